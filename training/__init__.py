"""Scripts that made the data files shipped with the package; not installed."""
