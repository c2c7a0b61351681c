"""What tests of several rooms share: a place for a record, in a file and in a PostgreSQL database."""

from tests.postgres import place, socket

__all__ = ["place", "socket"]
