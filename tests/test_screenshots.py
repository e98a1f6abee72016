"""The pictures in `screenshots/` are those that the program makes today, and the README shows the main ones.

`python -m tests.screenshots` makes them anew.
"""

import re

import pytest

from tests.screenshots.making import FOLDER, ROOT, names, pictures
from tests.screenshots.shots import SHOTS

_SHARES = 4
"""The pictures in shares, so that they can be made side by side."""

_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


@pytest.mark.parametrize("share", range(_SHARES))
def test_the_pictures_are_current(share: int) -> None:
    wanted = list(names())[share::_SHARES]
    for file, now in pictures(wanted).items():
        kept = (FOLDER / file).read_text(encoding="utf-8")
        assert _TEXT.findall(kept) == _TEXT.findall(now), f"{file}: run python -m tests.screenshots"
        assert kept == now, f"{file}: run python -m tests.screenshots"


def test_there_is_no_other_picture() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {file for file, _, _ in names()}


def test_nothing_is_fetched_by_a_picture() -> None:
    for path in FOLDER.glob("*.svg"):
        text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "://" not in text and "url(" not in text and "@font-face" not in text, path.name


def test_the_readme_shows_every_screen_and_no_picture_that_is_not_there() -> None:
    shown = re.findall(r"\]\(screenshots/([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    pictures_there = {file for file, _, _ in names()}
    assert set(shown) <= pictures_there
    assert {file.rpartition("-")[0] for file in shown} == set(SHOTS)
