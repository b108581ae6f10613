"""Which pairs are judged at all: spelling keys, candidate pairs, forms that cannot link."""
