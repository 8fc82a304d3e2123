"""The model versions of a campaign: which one works, copies to take away, and how fast one is here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..campaign.campaign_file import ACTIVE_VERSION
from ..campaign.model_store import BASE_MODEL, VersionCard, check_weights, copy_version
from ..campaign.workspace import Workspace
from ..jobs import Job

if TYPE_CHECKING:  # these bring torch, which takes seconds: imported where they are used
    from ..segmentation.speed import Speed


def activate(workspace: Workspace, version: str) -> VersionCard:
    """Make a version the active one: roll back to an earlier one, or take one that was parked."""
    card = workspace.card(version)
    check_weights(workspace.version_folder(version), card)
    with workspace.lock(), workspace.store() as store:
        store.set_setting(ACTIVE_VERSION, version)
    return card


def export_version(workspace: Workspace, version: str, folder: Path) -> None:
    """Copy a version into a new folder, to start another campaign from: whole or not at all."""
    copy_version(workspace.version_folder(workspace.card(version).id), folder)


def probe_speed(version: Path = BASE_MODEL) -> Job[Speed]:
    """How many tiles a second a version takes on this computer, by a probe of five."""
    from ..campaign.model_store import load_network
    from ..segmentation.speed import probe_speed

    network, card = load_network(version)
    return (yield from probe_speed(network, card.bands))
