"""All benchmarks, each in a process of its own: a big parent would show in the memory of its children."""

from __future__ import annotations

import subprocess
import sys


def main() -> int:
    codes = [
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=False).returncode
        for name in ("start", "keys", "quit", "pack")
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
