"""Fuzzy search in a memory: index, candidates, scores, placeables, concordance."""
