"""A record for assistants: its questions as tools of the Model Context Protocol, each answer with its evidence."""

from onrecord.mcp.server import make_server, serve

__all__ = ["make_server", "serve"]
