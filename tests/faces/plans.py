"""A plan made by hand, as hostile and as full as one can be: what a renderer is given."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from wizard.model.certificate import Ca, CaVerdict, CertificateRecord, Eku, EkuState
from wizard.model.deployment import (
    Certificate,
    Choice,
    Deployment,
    Node,
    Option,
    OriginKind,
    Role,
    Saved,
    Settings,
    TroubleNote,
)
from wizard.model.knowledge import Document, Edition, Source, State
from wizard.model.plan import (
    Asked,
    Assessment,
    Binding,
    CalendarDate,
    Change,
    ConnectionOutlook,
    Discrepancy,
    DroppedStep,
    Judgement,
    NodeCertificate,
    Notice,
    OpenPoint,
    OptionOutlook,
    Plan,
    PlanStep,
    Prediction,
    Reason,
    Walk,
)
from wizard.model.problems import Remark
from wizard.model.release import Release

if TYPE_CHECKING:
    from collections.abc import Mapping

AS_OF = date(2026, 11, 23)
SEED = Source("doc-225482", "Option 2")
GUIDE = Source("admin-x155", "Managing Security")


def record(file: str = "expe1.pem", **changes: object) -> CertificateRecord:
    """A certificate as it was read."""
    made = CertificateRecord(
        file=file,
        index=0,
        sha256="ab" * 32,
        subject="CN=expe1.example.com,O=Example",
        issuer="CN=R11,O=Let's Encrypt,C=US",
        common_name="expe1.example.com",
        sans=("expe1.example.com", "hq.example.com"),
        serial="0123456789abcdef",
        not_before=datetime(2026, 9, 20, 12, tzinfo=UTC),
        not_after=datetime(2026, 12, 19, 12, tzinfo=UTC),
        key="RSA 2048",
        is_ca=False,
        eku=Eku(EkuState.PRESENT, ("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2")),
        ca=Ca(CaVerdict.PUBLIC, "lets-encrypt"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def step(id: str = "backup@expe1.example.com", **changes: object) -> PlanStep:
    """A step of the plan."""
    rule, _, node = id.partition("@")
    made = PlanStep(
        id=id,
        rule=rule,
        phase="audit",
        phase_title="Audit",
        title=f"Back up {node}",
        node=node,
        owner="Expressway administrator",
        due=date(2026, 11, 30),
        needs=(),
        duration="15 min",
        interrupts="Nothing.",
        point_of_no_return=False,
        actions=(f"Create a backup of {node}.", "Store it off the node."),
        gui=("Maintenance > Backup and restore",),
        commands=("xStatus SystemUnit",),
        verify=f"The backup of {node} is stored.",
        stop="Stop without a backup.",
        rollback="Nothing is changed.",
        done=False,
        done_on=None,
        proved=False,
        note="",
        sources=(SEED, GUIDE),
        troubles=("cluster-replication",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def connection(start: str, end: str, id: str = "uc-traversal", today: State = "works") -> ConnectionOutlook:
    """A connection that works today, fails after the renewal and works after the plan."""
    shows = Prediction(today, f"{start} shows a certificate that allows clientAuth.", SEED)
    fails = Prediction("fails", f"{start} opens the session; {end} refuses it.", GUIDE)
    return ConnectionOutlook(id, "UC traversal zone (SIP TLS)", start, end, "", shows, fails, shows)


def option(id: Option, title: str) -> OptionOutlook:
    """An option with a verdict for each role."""
    roles: Mapping[Role, Judgement] = {
        "core": Judgement("possible", (Reason("Still open.", SEED),), ("An earlier date.",)),
        "edge": Judgement("closed", (Reason("The CA has closed.", SEED),)),
    }
    return OptionOutlook(
        id, title, "What it is.", "Its price.", "A restart.", 14, roles, ("uc-traversal",), "Later.", SEED
    )


def nodes(*names: str) -> tuple[Node, ...]:
    """Edges and cores by their name."""
    certificate = Certificate(
        "public", "lets-encrypt", ("serverAuth", "clientAuth"), not_after=date(2026, 12, 19)
    )
    return tuple(
        Node(
            name,
            "edge" if name.startswith("expe") else "core",
            release=Release(14, 3, 7),
            server_certificate=certificate,
        )
        for name in names
    )


def plan(
    names: tuple[str, ...] = ("expe1.example.com", "expc1.example.com"), text: str = "Example Corp"
) -> Plan:
    """A full plan; `text` stands wherever a stranger's words may stand."""
    members = nodes(*names)
    deployment = Deployment(
        name=text,
        customer=text,
        prepared_by=text,
        prepared_for=text,
        public_ca="yes",
        uses={"uc-traversal": "yes"},
        settings=Settings(eku_checking="on"),
        nodes=members,
        saved=Saved(revision=2),
        troubles=(TroubleNote("neighbor-zone", {}, (), "trust", "append", "as-expected", AS_OF, (text,)),),
    )
    edges, cores = [n for n in names if n.startswith("expe")], [n for n in names if not n.startswith("expe")]
    certificates = tuple(
        NodeCertificate(
            n.name, n.role or "", "server", n.server_certificate or Certificate(), record(text), 26
        )
        for n in members
    )
    options: dict[Option, OptionOutlook] = {
        "A": option("A", "Alternative root"), "B": option("B", "Renew in time"),
        "C": option("C", "Private CA on the core"), "D": option("D", "Upgrade"),
    }  # fmt: skip
    origin: OriginKind = "certificate"
    assessment = Assessment(
        deployment=deployment,
        as_of=AS_OF,
        edition=Edition("2026-11", date(2026, 11, 20), date(2027, 2, 20)),
        walk=Walk((), None, (), "act", ()),
        outcome="act",
        outcome_title="Act",
        outcome_text="Certificates of a public CA serve mutual TLS.",
        known=(
            Asked("public_ca", "", "public_ca", "yes", origin, text),
            Asked("release", names[0], "k", "X14.3.7", "answered"),
        ),
        binding=Binding(date(2026, 12, 19), text, "expires", date(2026, 10, 1), 79),
        connections=tuple(connection(core, edge) for core in cores for edge in edges),
        options=options,
        recommended=Choice(("C", "D"), ("D",)),
        chosen=Choice(("C", "D"), ("D",)),
        certificates=certificates,
        calendar=(
            CalendarDate(
                "chrome-leaf",
                date(2027, 3, 15),
                "Leaf certificates",
                "ahead",
                112,
                GUIDE,
                date(2026, 6, 15),
                SEED,
            ),
            CalendarDate("le-classic", date(2026, 2, 11), "Classic profile", "passed", -285, SEED),
        ),
        notices=(Notice("same-release", f"Both run the same release: {text}", SEED),),
        unknowns=(OpenPoint("peers", f"What {text} accepts", text, "Neighbor zones"),),
        discrepancies=(Discrepancy("public_ca", "public CA", text, "yes", "yes"),),
        subjects=(),
    )
    steps = [step(f"backup@{name}") for name in names]
    steps.append(
        step(
            "restart",
            phase="later",
            phase_title="Afterwards",
            title=text,
            node="",
            needs=(steps[0].id,),
            actions=(text,),
            commands=(text, "```"),
            note=text,
            done=True,
            done_on=AS_OF,
            proved=True,
            point_of_no_return=True,
            due=None,
        )
    )
    return Plan(
        assessment=assessment,
        steps=tuple(steps),
        dropped=(DroppedStep("gone@x", text, "Nothing calls for it.", text),),
        summary=(f"One: {text}.", "Two.", "Three."),
        changes=(Change("outcome", text),),
        sources=(
            (Document("doc-225482", "2026-02-13", "https://www.cisco.com/doc", "1.0"), "Prepare Expressway"),
        ),
        program="0.1.0",
    )


def noted(file: str) -> CertificateRecord:
    """A record with evidence and notes to put into words."""
    evidence = (Remark("evidence-code", {"name": "R11"}),)
    return record(file, ca=Ca(CaVerdict.PUBLIC, "lets-encrypt", evidence), notes=(Remark("note-code"),))
