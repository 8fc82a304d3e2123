"""From the pixels of a tile to the probability of a building, and from there to footprints."""
