"""Tile Triage in the Processing toolbox, in models and under qgis_process: one algorithm a file, one use case each."""
