"""`python -m mreze`."""

import sys

from mreze.cli import main

if __name__ == "__main__":
    sys.exit(main())
