"""How a model version comes to be: samples, augmentation, fine-tuning, and the store that keeps every version."""
