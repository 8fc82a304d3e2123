"""The engine's work inside QGIS: one work queue, and the task that each piece of work is."""
