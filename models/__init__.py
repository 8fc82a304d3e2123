"""The engine of Tile Triage: which tiles to annotate next, and a model that gets better with each.

    workspace = new(folder, imagery)                  # a campaign over one raster
    annotate(workspace, footprints, exam=True)        # a few tiles measure every model
    while there is time:
        score(workspace)                              # every tile gets a priority and a reason
        next_tiles(workspace, 10)                     # these are worth most
        annotate(workspace, footprints, count=10)     # people draw them
        fine_tune(workspace, minutes=5)               # kept when the exam tiles say so
    predict(workspace, "buildings.gpkg")              # footprints of the whole area

The use cases stand in `loop.py` in this order. Nothing in here knows QGIS.
"""
