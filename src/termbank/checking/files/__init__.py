"""Files of a check: which are read, what is suppressed in them, how fixes are written."""
