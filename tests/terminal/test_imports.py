"""What each command loads: looked at in processes of their own, because a test has loaded everything already."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.window import DAY, ROOT, environment
from wizard.knowledge import content_folder

_EXAMPLE = str(Path(content_folder()) / "example.toml")
_LOADED = "import sys; print(' '.join(sys.modules), file=sys.stderr)"


def _modules(code: str, home: Path) -> set[str]:
    """The modules that are loaded once `code` has run."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{_LOADED}"],
        capture_output=True,
        text=True,
        env=environment(home),
        cwd=ROOT,
        timeout=240,
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split())


def _command(*arguments: str) -> str:
    """The code that runs a command, whatever its exit status is."""
    return (
        "from wizard.cli import main\n"
        f"try:\n    main({list(arguments)!r})\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("plan", _EXAMPLE, "--as-of", DAY),
        ("content", "check"),
        ("content", "tree"),
        ("inspect", _EXAMPLE, "--as-of", DAY),
        ("where",),
        ("example",),
        ("collect",),
    ],
    ids=" ".join,
)
def test_a_command_without_screens_never_loads_textual(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    loaded = _modules(_command(*arguments), tmp_path)
    assert "wizard.cli" in loaded
    assert not loaded & {"textual", "rich", "wizard.faces.tui.app"}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_and_version_load_neither_content_nor_libraries(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    loaded = _modules(_command(*arguments), tmp_path)
    assert not loaded & {"pydantic", "cryptography", "wizard.knowledge", "wizard.domain.plan", "asyncio"}


def test_a_plan_from_a_deployment_file_needs_no_cryptography(tmp_path: Path) -> None:
    loaded = _modules(_command("plan", _EXAMPLE, "--as-of", DAY), tmp_path)
    assert "wizard.domain.plan" in loaded and "cryptography" not in loaded


_TO_THE_FIRST_PAINT = f"""
import datetime, pathlib
from wizard.faces.tui import Options
from wizard.faces.tui.start import build
from wizard.knowledge import content_folder
app = build(Options(content=content_folder(), as_of=datetime.date.fromisoformat("{DAY}")))
screen = app.get_default_screen()
"""


def test_home_is_painted_before_knowledge_and_libraries_are_loaded(tmp_path: Path) -> None:
    loaded = _modules(_TO_THE_FIRST_PAINT, tmp_path)
    assert "wizard.faces.tui.screens.home" in loaded
    late = {"pydantic", "cryptography", "markdown_it", "wizard.knowledge.loader", "wizard.domain.plan"}
    assert not loaded & late


def test_evidence_loads_cryptography_only_when_a_certificate_is_read(tmp_path: Path) -> None:
    every = (
        "import importlib, pkgutil, wizard.evidence\n"
        "for module in pkgutil.walk_packages(wizard.evidence.__path__, 'wizard.evidence.'):\n"
        "    if module.name != 'wizard.evidence.library':  # the one that is cryptography's, imported when used\n"
        "        importlib.import_module(module.name)"
    )
    loaded = _modules(every, tmp_path)
    assert {"wizard.evidence.reader", "wizard.evidence.pkcs12"} <= loaded
    assert not {name for name in loaded if name.split(".")[0] in ("cryptography", "textual", "pydantic")}
