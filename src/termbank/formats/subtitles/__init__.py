"""Subtitles: what is said by time, paired with a file in another language."""
