"""TBX version 2 and 3, read and written in all dialects."""
