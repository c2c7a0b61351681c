"""Addresses on the network to reports, only when asked. No other room calls anybody."""

from onrecord.fetch.fetch import Fetched, fetch
from onrecord.fetch.read import read_address

__all__ = ["Fetched", "fetch", "read_address"]
