"""Layers of the project as plain values for the engine, and what the engine has written as layers of the project."""
