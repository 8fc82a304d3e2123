"""Model versions on disk: immutable weights with a card each, and never a pickle.

Hashes stand in files of their own, in the format of sha256sum, and not in the card: plugins.qgis.org takes a hash in
JSON for a leaked secret.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ModelError
from ..imagery.fingerprint import OF_PIXELS
from ..segmentation.architecture import Architecture
from ..segmentation.classes import BUILDING, MappedClass
from ..storage.atomic_files import appearing_whole
from ..storage.bounded_json import FieldError
from ..storage.output_paths import check_place
from .card_format import read_fields

if TYPE_CHECKING:
    from torch import Tensor

    from ..imagery.raster import Imagery
    from ..segmentation.adapter import Adapter
    from ..segmentation.unet import UNet

BLANK = "blank"  # the method of a start version that has learnt nothing yet
BASE_MODEL = Path(__file__).parents[2] / "resources" / "base_model"
WEIGHTS, ADAPTER = "weights.safetensors", "adapter.safetensors"  # a version has one of them
CARD, OBSERVATIONS = "card.json", "observations.safetensors"
HASH = re.compile(f"({OF_PIXELS})?[0-9a-f]{{64}}")  # of a file, or the fingerprint of imagery
SUMS, TRAINED_ON, BASE = "SHA256SUMS", "TRAINED_ON", "BASE"
NEAR_GSD = 1.5  # times as coarse as a GSD is much the same still
TRIAL_PX = 64  # side of the picture that a network must say something of
MOST_BYTES = {
    **dict.fromkeys((CARD, SUMS, TRAINED_ON, BASE), 10**6),
    **dict.fromkeys((OBSERVATIONS, ADAPTER), 10**8),
    WEIGHTS: 2 * 10**9,
}


@dataclass(frozen=True)
class VersionCard:
    """What is known of a model version: its past, its network, the hash of its weights, and how good it was.

    ``trained_on`` holds the fingerprints, by name, of the imagery whose labels it has seen, ``confidence`` the slope
    and the intercept of its ``PlattScaling``, ``band_names`` what each of its bands shows, in their order, and
    ``gsd_metres`` the finest and the coarsest GSD that it has learnt at; nothing where that is not known. One that is
    an adapter names its ``base``, with the ``frozen_hash`` of that.
    """

    id: str
    parent: str | None
    created: str
    method: str
    encoder: str
    decoder_channels: tuple[int, ...]
    bands: int
    has_border: bool = False  # versions up to 0.3 had no border output
    confidence: tuple[float, float] = (1.0, 0.0)
    classes: tuple[MappedClass, ...] = (BUILDING,)
    band_names: tuple[str, ...] = ("red", "green", "blue")
    gsd_metres: tuple[float, ...] = ()
    sha256: str = ""
    trained_on: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)

    def knows_gsd(self, gsd_metres: float) -> bool:
        """Whether a GSD is about one that it has learnt at, as far as that is known."""
        if not self.gsd_metres:
            return True
        finest, coarsest = self.gsd_metres
        return finest / NEAR_GSD <= gsd_metres <= coarsest * NEAR_GSD

    @property
    def is_adapter(self) -> bool:
        return bool(self.base)

    @property
    def weights_file(self) -> str:
        return ADAPTER if self.is_adapter else WEIGHTS

    @property
    def architecture(self) -> Architecture:
        return Architecture(self.encoder, self.decoder_channels, self.bands, self.has_border, len(self.classes))


def save_version(folder: Path, network: UNet, card: VersionCard, is_half: bool = False) -> VersionCard:
    """Write a version's folder whole or not at all and return its card with the hash of the weights."""
    return _save(folder, {name: _stored(value, is_half) for name, value in network.state_dict().items()}, card)


def save_adapter(folder: Path, adapter: Adapter, card: VersionCard) -> VersionCard:
    """The same for an adapter, whose card names its base."""
    return _save(folder, adapter.tensors, card)


def _save(folder: Path, tensors: Mapping[str, Tensor], card: VersionCard) -> VersionCard:
    from safetensors.torch import save

    if folder.exists():
        raise ModelError(
            "version-exists",
            "{folder} is taken: versions never change. Choose another name.",
            folder=folder,
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with appearing_whole(folder) as beside:
        beside.mkdir()
        (beside / card.weights_file).write_bytes(save(dict(tensors)))
        card = replace(card, sha256=_sha256(beside / card.weights_file))
        write_card(beside, card)
    return card


def write_card(folder: Path, card: VersionCard) -> None:
    """The card of a version into its folder, with the hashes beside it."""
    known = asdict(card)
    _write_sums(folder / SUMS, {card.weights_file: known.pop("sha256")})
    _write_sums(folder / TRAINED_ON, known.pop("trained_on"))
    if base := known.pop("base"):
        _write_sums(folder / BASE, base)
    (folder / CARD).write_text(json.dumps(known, indent=1, allow_nan=False), encoding="utf-8")


def copy_version(source: Path, target: Path) -> None:
    """Copy a version's folder, whole or not at all; raises ModelError where the target is taken or read-only."""
    check_place(target)
    if target.exists():
        raise ModelError(
            "version-target-exists",
            "{target} exists already, and nothing is overwritten. Choose another folder.",
            target=target,
        )
    try:
        with appearing_whole(target) as beside:
            copy_files(source, beside)
    except OSError as error:
        raise ModelError(
            "version-unwritable",
            "{target} cannot be written ({error}). Choose a folder of yours, on a disk with room.",
            target=target,
            error=error.strerror or error,
        ) from error


def copy_files(source: Path, target: Path) -> VersionCard:
    """Copy the files that a version has, and nothing else of its folder, into a new one; gives the card of the copy.

    The copy of an adapter is whole: its base may not be where it goes. Raises ModelError where a file is a link or
    larger than any of ours, and where the copy is no sound version.
    """
    if read_card(source).is_adapter:
        network, card = load_network(source)
        return save_version(target, network, replace(card, base={}))
    target.mkdir(parents=True)
    for name, most in MOST_BYTES.items():
        if os.path.lexists(source / name):
            _check_file(source / name, most)
            shutil.copyfile(source / name, target / name, follow_symlinks=False)
    card = read_card(target)
    check_weights(target, card)
    return card


def read_card(folder: Path, version: str | None = None) -> VersionCard:
    """The card of the version in a folder, of this ``version`` where one is named.

    Raises ModelError where there is none that can be used.
    """
    if folder.is_file() or not os.path.lexists(folder / CARD):
        raise ModelError(
            "version-missing",
            "{folder} is no model version: a version is a folder with {weights} and {card}. Name such a folder. "
            "Pickled models (.pt, .pth, .ckpt) are refused because opening one can run any code.",
            folder=folder,
            weights=WEIGHTS,
            card=CARD,
        )
    try:
        fields = read_fields(_read_text(folder / CARD))
        if version not in (None, fields["id"]):
            raise FieldError(f"'id' is {fields['id']}, the folder is called {version}")
        base = _read_sums(folder / BASE) if os.path.lexists(folder / BASE) else {}
        if len(base) > 1:
            raise FieldError(f"{BASE} names more than one base")
        weights_sum = _read_weights_sum(folder, ADAPTER if base else WEIGHTS)
        return VersionCard(**fields, sha256=weights_sum, trained_on=_read_sums(folder / TRAINED_ON), base=base)
    except (OSError, ValueError) as error:
        raise ModelError(
            "card-unreadable",
            "{card} cannot be read ({error}). Take the version from its source again.",
            card=folder / CARD,
            error=error,
        ) from error


def load_network(folder: Path, versions: Path | None = None) -> tuple[UNet, VersionCard]:
    """A version's network, on the CPU in evaluation mode; raises ModelError where its weights are not the card's.

    The base of an adapter is looked for among the ``versions`` beside it, see ``base_of``.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load, load_file

    from ..segmentation.adapter import read_adapter, with_adapter
    from ..segmentation.unet import UNet

    card = read_card(folder)
    check_weights(folder, card)
    base = base_of(card, versions or folder.parent) if card.is_adapter else None
    try:
        path = folder / card.weights_file
        tensors = load(path.read_bytes()) if base else load_file(path)  # what is small is not kept open
        network = with_adapter(base, read_adapter(tensors), card.architecture) if base else UNet(card.architecture)
        _check_tensors(tensors, network)
        if not base:
            network.load_state_dict(tensors)  # copies half precision into single
        _check_answer(network.eval(), card.bands)
    except (RuntimeError, ValueError, KeyError, SafetensorError) as error:  # of timm, smp, torch and safetensors
        raise ModelError(
            "weights-do-not-fit",
            "The weights of version {version} are not those of the network on its card ({error}). Take the version "
            "from its source again.",
            version=card.id,
            error=str(error).splitlines()[0],
        ) from error
    return network, card


def base_of(card: VersionCard, versions: Path) -> UNet:
    """The network whose frozen weights an adapter lies beside: of a version in a folder of them, or the one that ships.

    Raises ModelError where none has them.
    """
    found = _base_among(card, [*_folders_in(versions), BASE_MODEL])
    if found:
        return found
    raise ModelError(
        "base-missing",
        "'{version}' is an adapter of the base '{base}', and no version here has the encoder of that. Put that base "
        "back, or take the adapter to a campaign that began with it.",
        version=card.id,
        base=", ".join(card.base),
    )


def has_base(card: VersionCard, versions: Path) -> bool:
    """Whether an adapter lies beside a version in a folder of them, and not only beside the one that ships."""
    return _base_among(card, _folders_in(versions)) is not None


def _folders_in(versions: Path) -> list[Path]:
    return sorted(path for path in versions.iterdir() if path.is_dir() and not path.name.startswith("."))


def _base_among(card: VersionCard, folders: Sequence[Path]) -> UNet | None:
    from ..segmentation.adapter import frozen_hash

    for folder in folders:
        with suppress(ModelError):  # a damaged one is no base
            known = read_card(folder)
            if not known.is_adapter and known.encoder == card.encoder:  # before a larger one is built
                network, _ = load_network(folder)
                if frozen_hash(network) in card.base.values():
                    return network
    return None


def check_weights(folder: Path, card: VersionCard) -> None:
    """Raises ModelError unless the weights are there with the hash that the card names."""
    path = folder / card.weights_file
    if not os.path.lexists(path):
        raise ModelError(
            "weights-missing",
            "Version {version} has lost its {weights}. Copy the folder {folder} from its source again.",
            version=card.id,
            weights=card.weights_file,
            folder=folder,
        )
    _check_file(path, MOST_BYTES[card.weights_file])
    if _sha256(path) != card.sha256:
        raise ModelError(
            "weights-changed",
            "The weights of version {version} are not the ones that its card names (SHA-256 differs): the "
            "file is damaged or was exchanged. Copy the version from its source again, or activate another "
            "one.",
            version=card.id,
        )


def check_bands(card: VersionCard, imagery: Imagery) -> None:
    """Raises ModelError unless the version takes as many bands as the imagery has."""
    if len(imagery.bands) != card.bands:
        example = ",".join(["1"] * card.bands if len(imagery.bands) == 1 else map(str, range(1, card.bands + 1)))
        names = card.band_names if len(card.band_names) == card.bands else ()
        raise ModelError(
            "bands-do-not-fit",
            "{name} has {bands} bands, the model '{version}' takes {wanted} ({names}). Name the ones to use, in that "
            "order, with the option bands, for example {example}.",
            name=imagery.path.name,
            bands=len(imagery.bands),
            version=card.id,
            wanted=card.bands,
            names=", ".join(names),
            example=example,
        )


def _check_tensors(tensors: Mapping[str, Tensor], network: UNet) -> None:
    """ValueError where one is of another kind than the network's, or holds what is no number."""
    own = network.state_dict()
    for name, tensor in tensors.items():
        if name in own and tensor.is_floating_point() != own[name].is_floating_point():
            raise ValueError(f"{name} is of type {tensor.dtype}")
        if not bool(tensor.isfinite().all()):
            raise ValueError(f"{name} holds no finite numbers")


def _check_answer(network: UNet, bands: int) -> None:
    """ValueError where the network says nothing at all of a picture: its weights are numbers, but absurd ones."""
    import torch

    with torch.inference_mode():
        answer = network(torch.linspace(-2, 2, bands * TRIAL_PX**2).reshape(1, bands, TRIAL_PX, TRIAL_PX))
    if not all(bool(part.isfinite().all()) for part in answer):
        raise ValueError("what it draws are no finite numbers")


def _write_sums(path: Path, hashes: Mapping[str, str]) -> None:
    lines = (
        f"{known}  {' '.join(name.splitlines())}\n" for name, known in hashes.items()
    )  # a name may hold any letter
    path.write_text("".join(lines), encoding="utf-8", errors="replace")


def _read_weights_sum(folder: Path, weights_file: str) -> str:
    hashes = _read_sums(folder / SUMS)
    if weights_file not in hashes:
        raise FieldError(f"{SUMS} does not name {weights_file}")
    return hashes[weights_file]


def _read_sums(path: Path) -> dict[str, str]:
    lines = [line.partition("  ") for line in _read_text(path).splitlines()]
    if not all(HASH.fullmatch(known) and name for known, _, name in lines):
        raise FieldError(f"{path.name} has a line that is no SHA-256 and name")
    return {name: known for known, _, name in lines}


def _read_text(path: Path) -> str:
    _check_file(path, MOST_BYTES[path.name])
    return path.read_text(encoding="utf-8")


def _check_file(path: Path, most: int) -> None:
    """ModelError where a version's file is no plain file, or larger than any of ours: known before it is read."""
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise ModelError(
            "version-of-links",
            "{path} is a link or no file, and links are not followed. Copy the files themselves into one folder.",
            path=path,
        )
    if found.st_size > most:
        raise ModelError(
            "version-too-large",
            "{path} has {size} bytes, and at most {most} are read. Take the version from its source again.",
            path=path,
            size=found.st_size,
            most=most,
        )


def _stored(value: Tensor, is_half: bool) -> Tensor:
    value = value.detach().contiguous()
    return value.half() if is_half and value.is_floating_point() else value


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()
