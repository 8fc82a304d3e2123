"""What people drew and what became of each tile: the label store, and footprints as masks."""
