"""How large what is opened may be: beyond, it is refused with the number, before memory or patience is."""

from __future__ import annotations

MOST_TILES = 1_000_000  # of a campaign; QGIS lists and draws so many, and scoring them takes days
MOST_PIXELS = 4_000_000_000_000  # of a raster in all; a country at 0.5 m
MOST_PIXELS_IN_TURN = 250_000_000  # of a PNG or JPEG, which is unpacked from its beginning for each look
LARGEST_BLOCK_BYTES = 1 << 30  # of a raster, unpacked: what one look at a single pixel takes
MOST_RASTER_BANDS = 512  # those of hyperspectral sensors; of them 16 are read
FINEST_GSD_METRES, COARSEST_GSD_METRES = 0.01, 100.0
LARGEST_COORDINATE = 1e8  # of a projected CRS, in its units: the Earth is 40,075 km around, 131 million feet
HASHED_SAMPLES = 500_000_000  # pixels times bands, to notice imagery changed in place: some 4 s
BATCH_PIXELS = 8 * 256 * 256  # through the network at once: 8 tiles of the usual size, about 0.4 GB

LARGEST_VRT_BYTES, DEEPEST_VRT = 8 << 20, 3  # some 20,000 sources; one VRT within another, and once more
LARGEST_SIDECAR_BYTES = 16 << 20
LARGEST_VALUE_BYTES = 64 << 20  # of a campaign, in one row: an outline of four million vertices
LARGEST_VECTOR_BYTES = 4 << 30
LARGEST_GEOJSON_BYTES = 256 << 20  # it is read as a whole, which takes ten times its size
MOST_VERTICES = 20_000_000  # of a file
MOST_AREA_VERTICES = 500_000  # of an area of interest; the border of a country
MOST_CROSSINGS_TOGETHER = (
    40_000  # of the outlines of an area with each other: to join them takes 1.4 s, of 250,000 11 s
)
MOST_BROKEN_RINGS = 5_000  # of an outline that is to be repaired: 33,000 holes take 7 s, and the square of that
MOST_CROSSINGS = 2_000  # of one outline with itself; to repair 13,000 takes 3 s, 80,000 more than a minute

MOST_BANDS = 64  # of a network, and of the imagery that it reads
LARGEST_TILE_PX = 4096  # a side
LARGEST_RESULTS_BYTES = 256 << 20  # of simulated campaigns; ours have half a kilobyte a line
DEEPEST_JSON = 8  # levels of lists and objects within each other
MOST_BANDS_UNASKED = 3  # of a raster with more somebody has to say which ones are meant
