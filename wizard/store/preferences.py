"""The settings of the program (`settings.toml`): how it looks, which keys it takes, its language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wizard.model.problems import Problem
from wizard.store.errors import DeploymentError, Say, StoreError
from wizard.store.files import make_folder, read_text, store_error, write_text


@dataclass(frozen=True, slots=True)
class Preferences:
    """Settings of the program. None and "" leave it to the program.

    `ascii` is whether only ASCII is shown, `keymap` holds keys by the name of what they do ("back" to
    "ctrl+g"), `language` is a language of the content.
    """

    theme: str = ""
    ascii: bool | None = None
    mouse: bool = True
    language: str = ""
    keymap: Mapping[str, str] = field(default_factory=dict)


def read_preferences(path: Path | None, say: Say) -> tuple[Preferences, tuple[Problem, ...]]:
    """The settings in a file, and what was wrong with it: a setting that cannot be read has its default."""
    if path is None:
        return Preferences(), ()
    from wizard.store.faults import Faults
    from wizard.store.parse import lines, parse
    from wizard.store.reader import Table

    try:
        text = read_text(path, say)
        document = parse(text, suffix=".toml", file=str(path), say=say)
    except StoreError as error:
        return Preferences(), () if error.code == "missing" else error.problems
    except DeploymentError as error:
        return Preferences(), error.problems
    faults = Faults(say, str(path), lambda: lines(text, suffix=".toml"))
    table = Table(document, (), faults)
    mouse = table.flag("mouse")
    found = Preferences(
        theme=table.text("theme") or "",
        ascii=table.flag("ascii"),
        mouse=True if mouse is None else mouse,
        language=table.text("language") or "",
        keymap=table.text_map("keymap"),
    )
    table.close()
    return found, faults.problems()


def write_preferences(path: Path, preferences: Preferences, say: Say) -> None:
    """Write the settings; those that are left to the program are left out.

    Raises:
        StoreError: they were not written.
    """
    from wizard.store.toml_out import toml_text

    said: dict[str, object] = {
        "theme": preferences.theme or None,
        "ascii": preferences.ascii,
        "mouse": None if preferences.mouse else False,
        "language": preferences.language or None,
        "keymap": dict(preferences.keymap) or None,
    }
    text = toml_text({key: value for key, value in said.items() if value is not None})
    try:
        make_folder(path.parent)
    except OSError as error:
        raise store_error(say, path, error, writing=True) from error
    write_text(path, text, say=say, overwrite=True, backup=True)
