"""How a model version comes to be: samples, augmentation, fine-tuning."""
