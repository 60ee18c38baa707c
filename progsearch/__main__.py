"""``python -m progsearch``."""

from progsearch.cli import main

if __name__ == "__main__":
    main()
