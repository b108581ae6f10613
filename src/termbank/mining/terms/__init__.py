"""Terms: phrases, counts over a collection, measures, ranking."""
