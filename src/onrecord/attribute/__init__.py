"""A parse to attributions: who said what, to whom, through whom."""

from onrecord.attribute.find import find_attributions

__all__ = ["find_attributions"]
