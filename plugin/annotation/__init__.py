"""One tile on the map: its labels and drafts, drawn on and finished."""
