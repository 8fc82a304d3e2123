"""Tile Triage: which tiles to annotate next. `models` is the engine, `plugin` its place in QGIS."""

from __future__ import annotations


def classFactory(iface):
    """The plugin, as QGIS asks for it."""
    from .plugin.main import TileTriage

    return TileTriage(iface)
