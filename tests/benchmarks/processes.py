"""CPU of whole commands, and of plans made in one process."""

import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from wizard.domain.assess import assess
from wizard.domain.plan import plan
from wizard.knowledge import content_folder, load
from wizard.model.deployment import USES, Certificate, Deployment, Node, Settings
from wizard.model.release import Release

Row = tuple[str, str, str]

DAY = date(2026, 11, 23)
_PYDANTIC = "from pydantic import BaseModel\nclass Model(BaseModel):\n    a: int\n    b: str\n"
_RUNS = 7
_COMBINED = Certificate(
    ca="public", issuer="digicert", eku=("serverAuth", "clientAuth"), not_after=date(2027, 1, 20)
)


def cpu(command: Sequence[str]) -> float:
    """The CPU time of a command in ms: the least of some runs, all with warm caches."""
    best = float("inf")
    for _ in range(_RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best * 1000


def deployment(nodes: int) -> Deployment:
    """Cores and edges in clusters of six, MRA and neighbor zones, all combined certificates."""
    found = tuple(
        Node(f"{role}{i}.example.com", role, f"c{i // 6}", i % 6 == 0, Release(14, 3, 7))
        for role in ("core", "edge")
        for i in range(nodes // 2)
    )
    uses = {use: "yes" if use in ("uc-traversal", "neighbor-mtls") else "no" for use in USES}
    return Deployment(
        name="benchmark",
        uses=uses,  # type: ignore[arg-type]
        settings=Settings(cluster_tls_verify="enforce"),
        nodes=tuple(replace(node, server_certificate=_COMBINED) for node in found),
    )


def commands(file: Path) -> list[Row]:
    """Whole commands beside what Python alone, and pydantic alone, cost."""
    python = [sys.executable, "-c"]
    wizard = [sys.executable, "-m", "wizard"]
    bare = cpu([*python, "pass"])
    pydantic = cpu([*python, _PYDANTIC])
    rows = [
        ("python -c pass", f"{bare:.0f} ms CPU", ""),
        ("pydantic, one model", f"{pydantic:.0f} ms CPU", ""),
    ]
    for name, arguments, reference, target in (
        ("--version", ["--version"], bare, 4.0),
        ("--help", ["--help"], bare, 4.0),
        ("plan", ["plan", str(file), "--as-of", DAY.isoformat()], pydantic, 4.0),
        ("content check", ["content", "check"], pydantic, 0.0),
    ):
        took = cpu([*wizard, *arguments])
        goal = f"at most {target:g}x" if target else ""
        rows.append((name, f"{took:.0f} ms CPU, {took / reference:.1f}x", goal))
    return rows


def plans() -> list[Row]:
    """1,000 plans of 12 nodes in one process, and how one plan grows with the nodes."""
    knowledge = load(content_folder(), parts=())
    twelve = deployment(12)
    start = time.perf_counter()
    for _ in range(1000):
        plan(knowledge, assess(knowledge, twelve, DAY), "benchmark")
    each = time.perf_counter() - start
    rows = [("1,000 plans of 12 nodes", f"{each:.1f} ms each", "at most 20 ms")]
    for nodes in (2, 12, 50, 100, 200):
        made = deployment(nodes)
        start = time.perf_counter()
        result = plan(knowledge, assess(knowledge, made, DAY), "benchmark")
        took = (time.perf_counter() - start) * 1000
        size = f"{len(result.assessment.connections)} connections, {len(result.steps)} steps"
        rows.append((f"one plan of {nodes} nodes", f"{took:.0f} ms ({size})", ""))
    return rows
