"""Rows to pictures: SVG made on the server, which needs no script, prints, and is read without a picture too."""

from __future__ import annotations

from onrecord.web.pictures.card import draw_card
from onrecord.web.pictures.density import draw_density
from onrecord.web.pictures.shapes import draw_legend
from onrecord.web.pictures.strip import draw_strip
from onrecord.web.pictures.timeline import count_undrawn, draw_timeline
from onrecord.web.pictures.tree import draw_tree

__all__ = ["count_undrawn", "draw_card", "draw_density", "draw_legend", "draw_strip", "draw_timeline", "draw_tree"]
