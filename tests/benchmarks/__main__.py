"""`python -m tests.benchmarks`: every figure, beside its reference and what it should reach."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import inspect, processes, screens
from wizard.knowledge import content_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Row = tuple[str, str, str]


def main() -> int:
    """Print the table as it is measured."""
    example = Path(content_folder()) / "example.toml"
    parts: tuple[tuple[str, Callable[[], Iterable[Row]]], ...] = (
        ("Screens", screens.rows),
        ("Commands", lambda: processes.commands(example)),
        ("Plans", processes.plans),
        ("Certificates", inspect.run),
    )
    for title, rows in parts:
        print(f"\n{title}")
        for name, figure, target in rows():
            print(f"  {name:<44} {figure:<44} {target}".rstrip(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
