"""What rich draws to standard output."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def print_drawn(draw: Callable[[Console], None]) -> None:
    """Print what `draw` puts on a console as wide as the terminal, in colours where it has them."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    # Not straight to the terminal: rich would leave with status 1 where a pipe is closed.
    with console.capture() as captured:
        draw(console)
    print(*(line.rstrip() for line in captured.get().splitlines()), sep="\n")
