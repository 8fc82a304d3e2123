"""The folder of one campaign: what lies in it, its settings, and who may write to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from ..errors import ModelError, WorkspaceError
from ..imagery.content import content_of
from ..imagery.fingerprint import is_fingerprint_of
from ..imagery.grid import TileGrid
from ..imagery.normalization import Normalization
from ..imagery.raster import Imagery, open_imagery
from ..storage.atomic_files import appearing_whole
from ..storage.bounded_json import FieldError
from ..storage.links import check_all_plain
from ..storage.output_paths import CACHE, CAMPAIGN, HEATMAP, LOCK, VERSIONS, WRITTEN, check_place
from ..storage.own_folder import own_folder, sweep, sweep_after_0_2
from . import schema
from .campaign_file import ACTIVE_VERSION
from .label_store import LabelStore
from .layout import Layout
from .model_store import OBSERVATIONS, VersionCard, copy_files, load_network, read_card
from .settings_format import is_elsewhere, read_settings

if TYPE_CHECKING:
    from ..priority.queue import Observations
    from ..segmentation.prediction import Predictor

CAMPAIGN_ID = "campaign_id"  # its key among the settings
IMAGERY_CONTENT, IMAGERY_STATE = "imagery_content", "imagery_state"  # campaigns up to 0.2.0 have none
PATIENCE_SECONDS = 3.0
PROOF_PAYS_FROM = 1000  # passes; for fewer the proof of mixed precision takes longer than it saves


@dataclass(frozen=True)
class Workspace:
    """An open campaign. Its labels, tile states and the active version are in the GeoPackage, not here.

    The network computes with so many ``threads``, 0 for as many as leave one core to the user. Other programs that
    keep the GeoPackage are waited for up to ``busy_seconds``.
    """

    folder: Path
    imagery: Imagery
    grid: TileGrid
    normalization: Normalization
    threads: int = 0
    busy_seconds: float = 10

    @property
    def campaign(self) -> Path:
        return self.folder / CAMPAIGN

    @property
    def heatmap(self) -> Path:
        return self.folder / HEATMAP

    @property
    def cache(self) -> Path:
        return self.folder / CACHE

    @property
    def score_cache(self) -> Path:
        return self.cache / "scores.sqlite"

    def version_folder(self, version: str) -> Path:
        return self.folder / VERSIONS / version

    def store(self) -> LabelStore:
        return LabelStore(self.campaign, self.busy_seconds)

    def cards(self) -> list[VersionCard]:
        """The cards of all versions that can be read, oldest first."""
        cards, _ = self._read_cards()
        return cards

    def damaged_versions(self) -> dict[str, ModelError]:
        """The versions whose card cannot be read, and why not."""
        _, damaged = self._read_cards()
        return damaged

    def card(self, version: str) -> VersionCard:
        """The card of a version; WorkspaceError where there is none of that name, ModelError where it is damaged."""
        known = [folder.name for folder in self._version_folders()]
        if not known:
            raise WorkspaceError(
                "versions-none",
                "'{folder}' holds no version of the model. Restore the campaign from a copy, or begin a new one.",
                folder=self.folder / VERSIONS,
            )
        if version not in known:
            raise WorkspaceError(
                "version-unknown",
                "There is no version '{version}'. The campaign has: {known}. Name or activate one of these.",
                version=version,
                known=", ".join(known),
            )
        return read_card(self.version_folder(version), version)

    def active_card(self, store: LabelStore) -> VersionCard:
        return self.card(store.setting(ACTIVE_VERSION))

    def line(self, store: LabelStore, card: VersionCard) -> list[VersionCard]:
        """The version, its parent and so on, as far as they were made in this campaign, and what they began with.

        A version that comes from another campaign names that one's versions and tiles, whose ids are the same. Cards
        from before schema 2 name no campaign: those that a round has made here are this campaign's.
        """
        cards, line = {each.id: each for each in self.cards()}, [card]
        while self._is_own(store, line[-1]) and (parent := cards.get(str(line[-1].parent))) and parent not in line:
            line.append(parent)
        return line

    def learnt_tiles(self, store: LabelStore, card: VersionCard) -> set[str]:
        """The ids of the tiles of this campaign that a version, or one that it goes on from, has learnt from."""
        if "start" in card.settings:  # it was learnt anew
            return set(card.settings.get("tiles", ())) if self._is_own(store, card) else set()
        own = [each for each in self.line(store, card) if self._is_own(store, each)]
        return {tile_id for each in own for tile_id in each.settings.get("tiles", ())}

    def _is_own(self, store: LabelStore, card: VersionCard) -> bool:
        campaign = card.settings.get("campaign")
        if campaign is None:
            return card.id in {each.version for each in store.rounds()}
        return bool(campaign == store.setting(CAMPAIGN_ID))

    def next_version(self) -> str:
        """The first unused id of the row v001, v002, ..."""
        taken = {folder.name for folder in self._version_folders()}
        return next(version for number in count(1) if (version := f"v{number:03d}") not in taken)

    def predictor(self, version: str, passes: float) -> Predictor:
        """A version, ready for so many passes of a tile; raises ModelError where its weights are not its card's."""
        from ..segmentation.device import prepare_device
        from ..segmentation.precision import is_bfloat16_safe
        from ..segmentation.prediction import Predictor

        network, card = load_network(self.version_folder(version))
        device = prepare_device(self.threads)
        is_mixed = device.type == "cpu" and is_bfloat16_safe(
            card.architecture, self.cache / "precision.json", may_test=passes >= PROOF_PAYS_FROM
        )
        return Predictor(network.to(device), self.normalization, device, is_mixed, card.classes)

    def calibration_set(self) -> Observations | None:
        """What was observed with a version on regions that it had not seen, where that came with it and is whole."""
        from ..priority.queue import read_observations

        for folder in self._version_folders():
            if (folder / OBSERVATIONS).exists():
                with suppress(ModelError):  # a damaged one stops nothing: the predicted IoU does without it
                    return read_observations(folder / OBSERVATIONS)
        return None

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder on the campaign's disk for what is needed only during a job."""
        own = ExitStack()
        try:
            self.cache.mkdir(exist_ok=True)
            folder = own.enter_context(own_folder(self.cache))
        except OSError as error:
            raise self._unwritable(error) from error
        with own:
            yield folder

    @contextmanager
    def lock(self) -> Iterator[None]:
        """The right to write, for one process at a time; raises WorkspaceError where another one keeps it."""
        lock = FileLock(self.folder / LOCK, timeout=PATIENCE_SECONDS)
        try:
            self.folder.stat()  # or the lock would make a folder that is gone
            lock.acquire()
        except Timeout as error:
            raise WorkspaceError(
                "workspace-busy",
                "Another Tile Triage is working on {folder}. Wait until it has finished, or cancel it there.",
                folder=self.folder,
            ) from error
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            yield
        finally:
            lock.release()

    def _version_folders(self) -> list[Path]:
        paths = (self.folder / VERSIONS).iterdir()
        return sorted(path for path in paths if path.is_dir() and not path.name.startswith("."))

    def _read_cards(self) -> tuple[list[VersionCard], dict[str, ModelError]]:
        cards, damaged = [], {}
        for folder in self._version_folders():
            try:
                cards.append(read_card(folder, folder.name))
            except ModelError as error:
                damaged[folder.name] = error
        return sorted(cards, key=lambda card: (card.created, card.id)), damaged

    def _unwritable(self, error: OSError) -> WorkspaceError:
        if self.folder.exists():
            return WorkspaceError(
                "workspace-unwritable",
                "{folder} cannot be written to ({error}). Make it writable, or copy the campaign.",
                folder=self.folder,
                error=error.strerror,
            )
        return WorkspaceError(
            "workspace-gone",
            "{folder} cannot be written to ({error}). Put the campaign back.",
            folder=self.folder,
            error=error.strerror,
        )


def create_workspace(folder: Path, imagery: Imagery, layout: Layout, start: Path) -> Workspace:
    """Make the folder of a campaign, whole or not at all, with a copy of the version to start from."""
    folder = folder.resolve()  # so that '.' has a name
    if "|" in str(folder) or not str(folder).isprintable():
        raise WorkspaceError(
            "workspace-name",
            "{folder} cannot be opened in QGIS: there is a '|' or a control character in its name. Choose another one.",
            folder=repr(str(folder)),
        )
    check_place(folder)
    if folder.exists() and (folder.is_file() or any(folder.iterdir())):
        raise WorkspaceError(
            "workspace-not-empty",
            "{folder} is not empty. Choose a new folder: a campaign never overwrites anything.",
            folder=folder,
        )
    version = read_card(start).id
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with appearing_whole(folder) as beside:
            copy_files(start, beside / VERSIONS / version)
            schema.create(beside / CAMPAIGN, layout.grid, layout.splits, layout.bad_imagery)
            with LabelStore(beside / CAMPAIGN) as store:
                store.set_setting("imagery", str(imagery.path))
                store.set_setting("bands", json.dumps(imagery.bands))
                store.set_setting("fingerprint", imagery.fingerprint)
                store.set_setting(IMAGERY_CONTENT, content_of(imagery))
                store.set_setting(IMAGERY_STATE, imagery.state)
                store.set_setting("grid", json.dumps(asdict(layout.grid)))
                store.set_setting("normalization", json.dumps(asdict(layout.normalization)))
                store.set_setting(ACTIVE_VERSION, version)
            if folder.exists():
                folder.rmdir()
    except OSError as error:
        raise WorkspaceError(
            "workspace-not-made",
            "The campaign cannot be made in {folder} ({error}). Choose a folder that you can write to, on a "
            "disk with room.",
            folder=folder,
            error=error.strerror or error,
        ) from error
    return Workspace(folder, imagery, layout.grid, layout.normalization)


def open_workspace(folder: Path, imagery: Path | None = None) -> Workspace:
    """The campaign in a folder; raises WorkspaceError or ImageryError where it cannot be opened.

    Imagery that has moved is looked for beside the campaign, or at the path given; it must be the same picture.
    """
    check_all_plain(folder, WRITTEN, only_read={VERSIONS})  # programs that save room give equal weights one file
    if not (folder / CAMPAIGN).exists():
        raise WorkspaceError(
            "workspace-without-campaign",
            "{folder} holds no campaign. Choose the folder of one, or make a new campaign.",
            folder=folder,
        )
    with LabelStore(folder / CAMPAIGN) as store:
        try:
            settings = read_settings(store.settings())
        except FieldError as error:
            raise WorkspaceError(
                "settings-unusable",
                "'{path}' is damaged: its setting {problem}. Restore it from a copy.",
                path=folder / CAMPAIGN,
                problem=error,
            ) from error
        content = _known_content(store)
    known, fingerprint = settings.imagery, settings.fingerprint
    beside = [folder / known.name, folder.parent / known.name]
    candidates = [imagery] if imagery else beside if is_elsewhere(known, folder.absolute()) else [known, *beside]
    found = next((path for path in candidates if path.exists()), None)
    if found is None:
        raise WorkspaceError(
            "imagery-gone",
            "The imagery of this campaign is gone: {known}. Put it back, or copy {name} into {folder}.",
            known=known,
            name=known.name,
            folder=folder,
        )
    opened = open_imagery(found, settings.bands, {content[0]: fingerprint} if content else {})
    workspace = Workspace(folder, opened, settings.grid, settings.normalization)
    if not is_fingerprint_of(fingerprint, opened) or not _has_content(workspace, content):
        raise WorkspaceError(
            "imagery-changed",
            "{path} is not the imagery of this campaign: its content has changed. Bring the original back, "
            "or make a new campaign for the new imagery.",
            path=found,
        )
    for place in (folder, folder / VERSIONS, folder / CACHE, folder / CACHE / "drawing"):
        sweep(place)
    sweep_after_0_2(folder / CACHE)
    if fingerprint != opened.fingerprint:
        _renew_fingerprint(workspace, fingerprint)
    return workspace


def _known_content(store: LabelStore) -> tuple[str, str] | None:
    """State and content of the imagery when they were last looked at; None in campaigns that do not keep them."""
    try:
        return store.setting(IMAGERY_STATE), store.setting(IMAGERY_CONTENT)
    except KeyError:
        return None


def _has_content(workspace: Workspace, known: tuple[str, str] | None) -> bool:
    """Whether all pixels are those that are known: looked at only where the files are not as they were."""
    state = workspace.imagery.state
    if known is None or known[0] == state:
        return True
    if known[1] != content_of(workspace.imagery):
        return False
    with suppress(WorkspaceError), workspace.store() as store:  # what is read-only is looked at again the next time
        store.set_setting(IMAGERY_STATE, state)
    return True


def _renew_fingerprint(workspace: Workspace, former: str) -> None:
    """Let a campaign of version 0.2.0 know its imagery by the pixels from now on, with what was scored on it."""
    from .score_cache import ScoreCache

    with suppress(WorkspaceError):  # what is read-only or busy stays as it is, and is known by its former fingerprint
        if workspace.score_cache.exists():
            with ScoreCache(workspace.score_cache) as cache:
                cache.rename_imagery(former, workspace.imagery.fingerprint)
        with workspace.store() as store:
            store.set_setting("fingerprint", workspace.imagery.fingerprint)
