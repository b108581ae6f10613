"""Named entities: the trained tagger, name rules, kinds, boundaries."""
