"""Files on disk, below everything else: where a file may be written, and how it appears whole."""
