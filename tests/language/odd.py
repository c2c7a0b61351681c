"""Characters that nobody would type in a report, and that reports hold all the same."""

from hypothesis import strategies as st

# A lone surrogate, NUL, a combining mark, a joiner, zero width, a mark and letters from right to left, a letter whose
# small form is two, a ligature, an emoji of three parts, every kind of line break, no-break space, soft hyphen.
ODD = (
    "\ud800", "\udfff", "\0", "\u0301", "\u200d", "\u200b", "\u202e", "שלום", "İ", "ﬁ", "👩\u200d🌾", "각", "界",
    "\r\n", "\n", "\n\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\u00a0", "\u00ad", "\ufeff", "\t",
)  # fmt: skip
MARKS = ("“", "”", '"', "«", "»", "„", "‘", "’", "'", ".", ",", ";", "…", "—", "(", ")")
PROSE = (
    "“The bridge will stay shut,” Ada Holm said on Thursday. ",
    '"Nobody has asked us," Norran Foreign Minister Emil Vorac told reporters. ',
    "According to two harbour officials, the U.S.-built crane weighs 400,000 kg. ",
    "“We waited,” said Silas Orme, the harbour master, “and nobody came.”",
    "Ada Holm’s office declined to comment.",
)

anything = st.text(st.characters(exclude_categories=()), max_size=200)
texts = st.one_of(
    anything, st.lists(st.sampled_from(ODD + MARKS + PROSE + (" ", "a", "Holm")), max_size=25).map("".join)
)
