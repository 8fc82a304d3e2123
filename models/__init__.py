"""The engine of Tile Triage: which tiles to annotate next, and a model that gets better with each.

The story is told in ``loop``. Nothing in here knows QGIS.
"""
