"""Training of base models, which campaigns start from."""
