"""A translation against its source: pairs of segments, renderings, findings."""
