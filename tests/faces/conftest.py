"""Knowledge for the faces: the real content. Nothing here changes it."""

from pathlib import Path

import pytest

from wizard.knowledge import ALL, load
from wizard.model.knowledge import Knowledge
from wizard.model.words import Words

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load(CONTENT, parts=ALL - {"troubleshooting", "faq", "collect"})


@pytest.fixture(scope="session")
def words(knowledge: Knowledge) -> Words:
    return knowledge.words
