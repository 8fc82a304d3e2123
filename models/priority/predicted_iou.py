"""The IoU expected on tiles that nobody has annotated, after Janik & Sankaran 2022 (arXiv 2202.04766).

The authors regress IoU on a low-dimensional latent of the U-Net with a small ReLU network. Our choice: the
statistics of the prediction for the latent, the smoothing of the target, ridge regression for few labels, and the
quality.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.base import RegressorMixin
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import VotingRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ..segmentation.metrics import ConfusionCounts, pixel_counts
from .uncertainty import IOU_SMOOTHING

ENOUGH_FOR_A_NETWORK = 30  # labelled tiles
ENOUGH_FOR_RHO = 10  # non-empty tiles
FOLDS = 5
NETWORKS = 5


@dataclass(frozen=True)
class Quality:
    """How far the predicted IoU can be trusted, from tiles that the regressor had not seen (out of fold)."""

    labels: int
    mae: float  # mean absolute error of the IoU
    rho: float  # Spearman's rank correlation over all tiles; 0 where it is undefined
    rho_non_empty: float | None  # over tiles with buildings alone: rho mostly rewards knowing where none are


@dataclass(frozen=True)
class IouRegressor:
    """Predicts a tile's IoU from its features, and knows how well it does so."""

    model: RegressorMixin
    quality: Quality

    def predict(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """The expected IoU of each tile, (tile,) in 0..1, from features (tile, feature) as in the fit."""
        return np.asarray(np.clip(self.model.predict(features), 0, 1))


def smoothed_iou(truth: NDArray[np.uint8], mask: NDArray[np.uint8]) -> float:
    """IoU of a tile's mask with the true one, both (row, column), of all classes together: see ``annotation.mask``.

    0.5 % of the tile's pixels are added above and below, so that an empty tile predicted empty counts 1.
    """
    return smoothed(pixel_counts(mask, truth), truth.size)


def smoothed(pixels: ConfusionCounts, tile_px: int) -> float:
    """The same of a tile of so many pixels, of which these are right and wrong."""
    smoothing = IOU_SMOOTHING * tile_px
    return (pixels.tp + smoothing) / (pixels.tp + pixels.fp + pixels.fn + smoothing)


def fit(
    features: NDArray[np.float64],
    iou: NDArray[np.float64],
    has_foreground: NDArray[np.bool_],
    rng: np.random.Generator,
) -> IouRegressor:
    """A regressor fitted to the IoU of annotated tiles, at least FOLDS of them.

    Takes features (tile, feature), iou in 0..1 (tile,) and has_foreground bool (tile,). Features and IoU must
    come from the same prediction, made before the tile was trained on: later the model is both sure of it
    and good at it.
    """
    model = _network(rng) if len(iou) >= ENOUGH_FOR_A_NETWORK else _ridge()
    folds = KFold(FOLDS, shuffle=True, random_state=_seed(rng))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early keeps the networks smooth
        unseen = np.clip(cross_val_predict(model, features, iou, cv=folds), 0, 1)
        return IouRegressor(model.fit(features, iou), _quality(iou, unseen, has_foreground))


def _ridge() -> RegressorMixin:
    return make_pipeline(StandardScaler(), RidgeCV(alphas=(1, 10, 100)))


def _network(rng: np.random.Generator) -> RegressorMixin:
    """The mean of several small networks that differ in their start."""
    settings = {"hidden_layer_sizes": (32,), "alpha": 10.0, "solver": "lbfgs", "max_iter": 100}
    networks = [(f"network {i}", MLPRegressor(**settings, random_state=_seed(rng))) for i in range(NETWORKS)]
    ensemble = TransformedTargetRegressor(VotingRegressor(networks), transformer=StandardScaler())
    return make_pipeline(StandardScaler(), ensemble)


def _quality(iou: NDArray[np.float64], predicted: NDArray[np.float64], has_foreground: NDArray[np.bool_]) -> Quality:
    is_enough = np.count_nonzero(has_foreground) >= ENOUGH_FOR_RHO
    return Quality(
        labels=len(iou),
        mae=float(np.abs(iou - predicted).mean()),
        rho=_spearman(iou, predicted),
        rho_non_empty=_spearman(iou[has_foreground], predicted[has_foreground]) if is_enough else None,
    )


def _spearman(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return 0.0
    return float(spearmanr(first, second)[0])


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**31))
