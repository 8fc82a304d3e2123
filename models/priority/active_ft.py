"""ActiveFT: a batch that resembles the pool as a whole while its tiles differ from each other.

Implements Xie et al., CVPR 2023 (arXiv 2303.14382). It needs neither labels nor predictions, so it serves the
first round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .features import EPSILON, distance_to_nearest

if TYPE_CHECKING:
    import torch

TEMPERATURE = 0.07
ITERATIONS, ITERATIONS_ON_A_SAMPLE = 300, 100
LEARNING_RATE = 1e-3
SAMPLED_TILES = 10_000  # of a larger pool (our choice; the paper samples 100,000)


def active_ft(
    points: NDArray[np.float32],
    labelled: NDArray[np.float32],
    count: int,
    rng: np.random.Generator,
    use_paper_loss: bool = False,
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The tiles chosen, the one that stands for most of the pool first, and how unlike these every tile is.

    Points and labelled are float32 unit vectors (tile, channel); the value is 1 - cosine, (tile,).
    The default loss is that of the released code, which gave the published numbers. Our choice: the order;
    labelled tiles take part as parameters that never move, and the search starts away from them.
    """
    count = min(count, len(points))
    sampled = rng.choice(len(points), min(SAMPLED_TILES, len(points)), replace=False)
    to_labelled = distance_to_nearest(points, labelled)
    strangeness = np.clip(to_labelled, EPSILON, 1) ** 2
    started = rng.choice(len(points), count, replace=False, p=strangeness / strangeness.sum())
    iterations = ITERATIONS if len(points) <= SAMPLED_TILES else ITERATIONS_ON_A_SAMPLE
    thetas = _optimise(points[sampled], labelled, points[started], iterations, use_paper_loss)
    chosen = _nearest_free(points, thetas)

    unlike = 1 - points @ points[chosen].T  # (tile, chosen)
    unlike_labelled = to_labelled**2 / 2  # 1 - cosine of unit vectors
    is_represented = unlike.min(axis=1) < unlike_labelled
    represented = np.bincount(unlike.argmin(axis=1)[is_represented], minlength=count)
    return chosen[np.argsort(-represented, kind="stable")], np.minimum(unlike.min(axis=1), unlike_labelled)


def released_loss(similarity: torch.Tensor, nearest: torch.Tensor, thetas: torch.Tensor) -> torch.Tensor:
    """The loss of the authors' code: mean of -log(e^s / (e^s + R)), with R summed over all thetas.

    Takes the cosine of each tile to its nearest theta (tile,), the index of that theta (tile,) and the unit
    thetas (theta, channel). In R the other thetas are constants: each is pushed away, none is pulled along.
    """
    from torch.nn.functional import softplus

    repulsion = (thetas @ thetas.detach().T / TEMPERATURE).logsumexp(dim=1)  # log R (theta,)
    return softplus(repulsion[nearest] - similarity / TEMPERATURE).mean()


def paper_loss(similarity: torch.Tensor, nearest: torch.Tensor, thetas: torch.Tensor) -> torch.Tensor:
    """The loss as printed: tiles close to their theta, thetas far from each other.

    Takes the same as released_loss.
    """
    others = (thetas @ thetas.T / TEMPERATURE).fill_diagonal_(-np.inf)
    return others.logsumexp(dim=1).mean() - similarity.mean() / TEMPERATURE


def _optimise(
    points: NDArray[np.float32],
    labelled: NDArray[np.float32],
    start: NDArray[np.float32],
    iterations: int,
    use_paper_loss: bool,
) -> NDArray[np.float32]:
    """The moving thetas after the search, float32 unit vectors (theta, channel)."""
    import torch
    from torch.nn.functional import normalize, pad

    loss = paper_loss if use_paper_loss else released_loss
    tiles, frozen = torch.from_numpy(points), torch.from_numpy(labelled)
    moving = torch.from_numpy(start.copy()).requires_grad_()
    optimiser = torch.optim.Adam([moving], lr=LEARNING_RATE)
    # The first column stands for "no labelled tile": less similar than any.
    to_frozen, nearest_frozen = pad(tiles @ frozen.T, (1, 0), value=-2).max(dim=1, keepdim=True)
    for _ in range(iterations):
        thetas = normalize(moving)
        similarity, nearest = torch.cat([tiles @ thetas.T, to_frozen], dim=1).max(dim=1)
        nearest = torch.where(nearest < len(start), nearest, len(start) + nearest_frozen[:, 0] - 1)
        optimiser.zero_grad()
        loss(similarity, nearest, torch.cat([thetas, frozen])).backward()
        optimiser.step()
    found: NDArray[np.float32] = normalize(moving).detach().numpy()
    return found


def _nearest_free(points: NDArray[np.float32], thetas: NDArray[np.float32]) -> NDArray[np.intp]:
    """For each theta in turn the most similar tile that is not taken yet, (theta,)."""
    is_taken = np.zeros(len(points), dtype=bool)
    for theta in thetas:
        is_taken[np.argmax(np.where(is_taken, -np.inf, points @ theta))] = True
    return np.flatnonzero(is_taken)
