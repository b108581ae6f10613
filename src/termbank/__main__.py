"""``python -m termbank``."""

import sys

from .cli import main

sys.exit(main())
