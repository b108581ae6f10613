"""Reading XML in bounded memory: safe bytes, positions, subtrees."""
