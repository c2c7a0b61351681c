"""What all tests share: a place for a record, in a file and in a PostgreSQL database, and no clock over hypothesis."""

from hypothesis import settings

from tests.postgres import place, socket

__all__ = ["place", "socket"]

# A busy machine makes no failures.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
