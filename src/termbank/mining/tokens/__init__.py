"""Tokens of a batch of documents as a table: chunks, lexicon, flags, word lists."""
