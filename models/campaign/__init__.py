"""What lies on disk: the folder of a campaign, its GeoPackage with labels and log, and the model versions."""
