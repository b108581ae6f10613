"""Documents and their translations: segmentation and sentence alignment."""
