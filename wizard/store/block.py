"""The last block of a plan, from which the wizard goes on: the deployment as JSON behind a fence.

The block begins with a checksum over what follows it, so that a change made by hand is noticed. It is ASCII
without a backtick, so that no name in it can end the fence.
"""

import hashlib
import json
import re
from collections.abc import Mapping

from wizard.model.deployment import Deployment
from wizard.store.decode import CHECKSUM, decode
from wizard.store.encode import pretty_json, saved_form
from wizard.store.errors import DeploymentError, EditedBlockError, Say, problem
from wizard.store.parse import parse

INFO = "json eku-wizard"
"""What follows the opening fence: viewers colour it as JSON."""

_OPENING = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*json eku-wizard[ \t]*")


def to_block(deployment: Deployment, dormant: frozenset[str] = frozenset()) -> str:
    """The fenced block, ending in a line break. `from_block` gives the same deployment back."""
    document = json.loads(pretty_json(saved_form(deployment, dormant)))
    text = pretty_json({CHECKSUM: checksum(document), **document}).replace("`", "\\u0060")
    return f"```{INFO}\n{text}\n```\n"


def from_block(markdown: str, file: str, *, say: Say, edited_ok: bool = False) -> Deployment | None:
    """The deployment in the last such block of a plan; None where there is none.

    A block that was edited is taken only with `edited_ok`.

    Raises:
        EditedBlockError: the block was edited, and holds a deployment all the same.
        DeploymentError: the block is cut off or damaged; line numbers are those of the plan.
    """
    lines = [line.removesuffix("\r") for line in markdown.split("\n")]
    start = next((n for n in range(len(lines) - 1, -1, -1) if _OPENING.fullmatch(lines[n])), None)
    if start is None:
        return None
    opening = _OPENING.fullmatch(lines[start])
    fence = opening.group(1) if opening else ""
    closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*")
    end = next((n for n in range(start + 1, len(lines)) if closing.fullmatch(lines[n])), None)
    where = say("store.line", line=str(start + 1))
    if end is None:
        raise DeploymentError((problem(say, file, "block-cut-off", where),))
    text = "\n".join(lines[start + 1 : end])
    document = parse(text, suffix=".json", file=file, say=say, first_line=start + 2)
    deployment = decode(text, suffix=".json", file=file, say=say, first_line=start + 2)
    if document.pop(CHECKSUM, None) != checksum(document) and not edited_ok:
        raise EditedBlockError((problem(say, file, "block-edited", where),))
    return deployment


def checksum(document: Mapping[str, object]) -> str:
    """SHA-256 over the values, whatever white space stands between them."""
    text = json.dumps(document, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
