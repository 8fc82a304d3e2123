"""How good a model version is, on tiles that no version has been trained on."""
