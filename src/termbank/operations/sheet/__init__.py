"""The translator's sheet: one row a concept, written, filled in, and brought back."""
