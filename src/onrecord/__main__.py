"""`python -m onrecord` to the command line."""

from onrecord.cli import main

# Worker processes import this module again, under another name.
if __name__ == "__main__":
    main()
