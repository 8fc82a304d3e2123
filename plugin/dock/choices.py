"""What the user can choose from, in words. Names are those of the engine, whose own tables need its packages."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication


def _tr(text):
    return QCoreApplication.translate("choices", text)


def strategies() -> list[tuple[str, str]]:
    """Name and sentence of every strategy; the first one, without a name, lets the campaign decide."""
    return [
        (
            "",
            _tr(
                "Half a round from the tiles that should mend and teach most by the minute, the other half drawn by "
                "lot, so that the same tiles tell how good the map is (map-gain)."
            ),
        ),
        (
            "map-gain",
            _tr("Draws tiles by lot, by what they are expected to mend on the map and to teach, by the minute."),
        ),
        (
            "balanced",
            _tr("Takes half a round from tiles that show something unsure, and half that looks like the whole area."),
        ),
        (
            "uncertain-k-means",
            _tr("Groups the tiles that the model is least sure of by their looks and takes a typical one of each."),
        ),
        ("p2", _tr("Takes, one by one, the tile with a low expected IoU that is least like the labelled ones.")),
        ("p1", _tr("Groups the tiles by their looks and takes the one with the lowest expected IoU in each.")),
        ("active-ft", _tr("Takes a set of different tiles that together look like the whole area (ActiveFT).")),
        ("active-ft-paper", _tr("ActiveFT with the loss printed in the paper instead of that of its released code.")),
        ("entropy", _tr("Takes the tiles whose pixels the model is least sure of.")),
        ("margin", _tr("Takes the tiles whose probabilities are closest to one half.")),
        ("k-centre", _tr("Takes, one by one, the tile least like all tiles taken before.")),
        ("k-means", _tr("Groups the tiles by their looks and takes the most typical one of each.")),
        ("random", _tr("Draws tiles by chance: the yardstick for all others.")),
    ]


def methods() -> list[tuple[str, str]]:
    """Name and sentence of every way to fine-tune."""
    return [
        ("full", _tr("The whole network learns: usually the better one for buildings.")),
        (
            "decoder",
            _tr(
                "Only the second half of the network learns: faster, and it forgets less. From nothing it learns a "
                "flood as well as full: F1 0.91 and 0.92 with 5 and 20 tiles, full 0.90 and 0.92."
            ),
        ),
        (
            "lora",
            _tr(
                "The second half learns, and small adapters beside the first: one file of 2 MB for other campaigns. "
                "On a flood as good as full: F1 0.90 and 0.92 with 5 and 20 tiles. It needs the package peft."
            ),
        ),
    ]
