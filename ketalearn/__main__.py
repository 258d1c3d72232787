"""``python -m ketalearn``."""

import sys

from ketalearn.cli.main import entry

if __name__ == "__main__":
    sys.exit(entry())
