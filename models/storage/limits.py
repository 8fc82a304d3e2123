"""How large what is opened may be: beyond, it is refused with the number, before memory or patience is."""

from __future__ import annotations

MOST_TILES = 1_000_000  # of a campaign; QGIS lists and draws so many, and scoring them takes days
FINEST_GSD_METRES, COARSEST_GSD_METRES = 0.01, 100.0
LARGEST_COORDINATE = 1e8  # of a projected CRS, in its units: the Earth is 40,075 km around, 131 million feet
MOST_BANDS = 64  # of a network, and of the imagery that it reads
LARGEST_TILE_PX = 4096  # a side
DEEPEST_JSON = 8  # levels of lists and objects within each other
