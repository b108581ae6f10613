"""The records and segment frames that every format is read into and written from."""
