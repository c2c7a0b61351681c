"""Names of files that lead elsewhere, or are something else to some system; none of them is where a file is kept."""

NAMES = (
    # Up, down, and from the root, as each system writes it.
    *("../../x.txt", "..\\..\\x.txt", "/etc/x.txt", "a/../x.txt", "./x.txt", "~/x.txt", "....//....//x.txt"),
    *("C:\\x.txt", "C:x.txt", "\\\\host\\x.txt", "\\\\?\\C:\\x.txt", "\\\\.\\pipe\\x.txt", "//host/x.txt"),
    "file:///etc/x.txt",
    # Nothing but the way.
    *("..", ".", "...", "", "/", "\\", " ", ". .", "-", "~"),
    # Escaped once, twice, and longer than need be.
    *("%2e%2e%2fx.txt", "%252e%252e%252fx.txt", "..%c0%afx.txt", "..%5cx.txt", "%00x.txt", "..%u2216x.txt"),
    # What looks like a dot or a stroke.
    *("\uff0e\uff0e\uff0fx.txt", "\u2024\u2024/x.txt", "\u2025/x.txt", "\u2215etc\u2215x.txt", "..\u29f5x.txt"),
    *("..\uff3cx.txt", "..\u2044x.txt"),
    # The same word written in two ways.
    *("e\u0301.txt", "\u00e9.txt", "\ufb01.txt", "\u212b.txt"),
    # Controls, and what turns the way of reading round.
    *("x\x00.txt", "x\n.txt", "x\r\n.txt", "x\x1b[2J.txt", "x\x7f.txt", "x\x85.txt", "\u2028.txt", "\ud800.txt"),
    *("x\u202etxt.exe", "x\u2066.txt", "x\u200f.txt", "x\u200b.txt", "\ufeffx.txt"),
    # To Windows machines, streams, or another file.
    *("CON.txt", "nul", "aux.tar.txt", "COM1.txt", "lpt9 .txt", "com\u00b9.txt", "CONIN$"),
    *("x.txt::$DATA", "x.txt:stream", "x.txt.", "x.txt ", "x.txt. .", "x~1.txt"),
    # Too long, in bytes or in characters.
    *("x" * 500 + ".txt", "\u20ac" * 200 + ".txt", "x" * 100_000, "a/" * 5000 + "x.txt", "." * 300 + ".txt"),
    # What a shell or a page would obey.
    *("$(id).txt", "`id`.txt", "|id.txt", "*.txt", "?.txt", "-rf.txt", "<b>.txt", '"><script>alert(1)</script>'),
)
