"""Doors for other programs: the Model Context Protocol on standard input and output."""
