"""`python -m tests.screenshots` makes the pictures of `screenshots/` anew, and removes what is none."""

from tests.screenshots.making import FOLDER, names, pictures


def main() -> None:
    """Make them all."""
    FOLDER.mkdir(exist_ok=True)
    made = pictures(names())
    for old in FOLDER.glob("*.svg"):
        if old.name not in made:
            old.unlink()
    for file, text in made.items():
        (FOLDER / file).write_text(text, encoding="utf-8")
    print(f"{len(made)} pictures in {FOLDER.name}/")


if __name__ == "__main__":
    main()
