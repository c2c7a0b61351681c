"""A parse to attributions: who says what, in what way and to whom, through whom."""

from onrecord.attribute.find import find_attributions
from onrecord.attribute.setting import place_in_contacts

__all__ = ["find_attributions", "place_in_contacts"]
