"""Rasters on disk, the tiles that cover them, and the numbers that the network is fed."""
