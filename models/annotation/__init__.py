"""What people drew, from files and as masks."""
