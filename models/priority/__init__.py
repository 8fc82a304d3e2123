"""Which tile is worth annotating next: arrays in, an order with reasons out. Start in strategies.py."""
