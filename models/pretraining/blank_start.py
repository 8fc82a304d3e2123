"""A start version for classes and bands that none knows: an encoder that knows pictures, and all else untrained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from ..segmentation.architecture import Architecture
from ..segmentation.unet import UNet

COLOURS = ("red", "green", "blue")  # the bands of the encoder that is known


def blank_network(known: UNet, architecture: Architecture, band_names: Sequence[str], seed: int) -> UNet:
    """A network with the encoder of a known one, of red, green and blue, fitted to other bands.

    Of its first convolution a band that is called red, green or blue keeps the filters of that colour, any other one
    gets the mean of the three. All are scaled by 3 over the number of bands, so that their sum is about as large as
    before (as timm does where it repeats filters).
    """
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        network = UNet(architecture)
    weights = known.encoder.state_dict()
    first = next(name for name, value in weights.items() if value.ndim == 4)
    of_colour = dict(zip(COLOURS, weights[first].unbind(dim=1)))
    filters = [of_colour.get(name.casefold(), weights[first].mean(dim=1)) for name in band_names]
    weights[first] = torch.stack(filters, dim=1) * len(COLOURS) / len(filters)
    network.encoder.load_state_dict(weights)
    return network.eval()


def fit_batch_norm(network: UNet, batches: Iterable[Tensor]) -> UNet:
    """Set all batch-norm statistics to those of some imagery: normalized pixels (tile, band, row, column).

    Fine-tuning keeps them frozen, and those of other bands, or of untrained layers, fit nothing.
    """
    with _averaging(network), torch.no_grad():
        for pixels in batches:
            network(pixels)
    return network.eval()


@contextmanager
def _averaging(network: UNet) -> Iterator[None]:
    """Every batch norm takes the mean over all batches that it sees, instead of a moving one."""
    norms = [layer for layer in network.modules() if isinstance(layer, nn.BatchNorm2d)]
    momentum = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    network.train()
    try:
        yield
    finally:
        for norm, before in zip(norms, momentum):
            norm.momentum = before
