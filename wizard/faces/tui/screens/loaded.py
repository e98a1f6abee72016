"""What was read, shown before it is used: certificates with file and SHA-256, answers filled in, problems."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from wizard.domain.remarks import key_words
from wizard.evidence.blob import Blob
from wizard.evidence.bundles import BundleNode
from wizard.evidence.place import Place
from wizard.evidence.prefill import prefill
from wizard.faces.tables import eku_words
from wizard.faces.tui import doors
from wizard.faces.tui.certtable import CertificatesFrame, Row, draw_details
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.screens.files import Begin, FilesScreen
from wizard.faces.tui.screens.small import Choice, PickScreen, ReadScreen, TypeScreen
from wizard.faces.tui.sheet import Sheet
from wizard.gather import Gathered, evidence_words
from wizard.model.certificate import CertificateRecord
from wizard.model.deployment import STORES, Deployment
from wizard.model.text import visible

_MOST = 30
"""Certificates that are listed with their SHA-256; the table shows all."""


class Loaded:
    """What was read, and where the user said that certificates belong."""

    def __init__(self, frame: Frame[None], gathered: Gathered, begin: Begin) -> None:
        knowledge = frame.wizard.flow.knowledge
        self._say = evidence_words(knowledge.words)
        known = frame.wizard.flow.session.deployment if not begin else Deployment()
        self.before = known
        # Where a deployment file or a plan was among the files, that is what the evidence is added to.
        self._base = gathered.deployment if gathered.began_with else known
        self._nodes = tuple(_without_bytes(node) for node in gathered.bundles.nodes)
        self.records = gathered.inspection.records
        self.placed: dict[str, Place] = {}
        self.deployment = gathered.deployment
        self.problems = gathered.problems
        self._told = tuple(p for p in gathered.problems if p.code not in _UNPLACED)
        self.began_with = gathered.began_with
        self.secrets = gathered.bundles.secrets

    @property
    def told(self) -> bool:
        """Whether there is anything in it to use."""
        return bool(self.records or self.began_with) or self.deployment != self.before

    def place(self, record: CertificateRecord, place: Place) -> None:
        """Put a certificate where the user says."""
        self.placed[record.sha256] = place
        self.deployment, unplaced = prefill(
            self._base, say=self._say, bundles=self._nodes, certificates=self.records, placed=self.placed
        )
        self.problems = (*self._told, *(p for p in unplaced if p not in self._told))

    def where(self, record: CertificateRecord) -> tuple[str, str]:
        """The node and store that a certificate is in; ("", "") where it is in none."""
        for node, store, certificate in self.deployment.certificates():
            if certificate.record is not None and certificate.record.sha256 == record.sha256:
                return node.name, store
        return "", ""

    def filled(self) -> list[str]:
        """The paths of the values that the files filled in or changed."""
        before = self.before.origins
        return [path for path, origin in self.deployment.origins.items() if before.get(path) != origin]


_UNPLACED = ("prefill-certificate-ambiguous", "prefill-certificate-unmatched")


def _without_bytes(node: BundleNode) -> BundleNode:
    """What placing needs of a bundle is the names of its files: their bytes may hold a private key."""

    def bare(blob: Blob | None) -> Blob | None:
        return replace(blob, data=b"") if blob is not None else None

    return replace(node, server=bare(node.server), client=bare(node.client), ca=bare(node.ca))


class LoadedScreen(Frame[None]):
    """See the module. `path` is what was read, to be mended where nothing came of it."""

    name_id = "loaded"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "back", "help", "commands")

    def __init__(self, gathered: Gathered, *, begin: Begin, path: str = "") -> None:
        super().__init__()
        self.path = path
        self._gathered: Gathered | None = gathered
        self.begin: Begin = begin

    def on_mount(self) -> None:
        """Sort what was read; the files' bytes are let go of."""
        assert self._gathered is not None
        self.loaded = Loaded(self, self._gathered, self.begin)
        self._gathered = None

    def on_screen_resume(self) -> None:
        """Certificates may have been put elsewhere."""
        self.redraw()

    def draw(self, sheet: Sheet) -> None:
        say, loaded = self.say, self.loaded
        sheet.text(say("tui.loaded.heading" if loaded.told else "tui.loaded.nothing"), "accent")
        counts = {
            "certificates": len(loaded.records),
            "nodes": len(loaded.deployment.nodes),
            "filled": len(loaded.filled()),
            "problems": len(loaded.problems),
        }
        sheet.text(say("tui.loaded.counts", **{name: str(count) for name, count in counts.items()}))
        if loaded.secrets:
            sheet.text(self.desk.words.say("dumps.secrets", count=str(loaded.secrets)))
        if loaded.began_with:
            sheet.text(say("tui.loaded.began", file=visible(loaded.began_with)))
        sheet.gap()
        used = say("tui.loaded.use-begin" if self.begin else "tui.loaded.use")
        if loaded.told:
            sheet.item("use", [(used, "strong")], detail=say("tui.loaded.use-detail"))
        else:
            sheet.item("again", [(say("tui.loaded.again"), "strong")])
        if loaded.records:
            detail = say("tui.loaded.certificates-detail")
            sheet.item("certificates", [(say("tui.loaded.certificates"), "strong")], detail=detail)
        sheet.item("leave", [(say("tui.loaded.leave"), "strong")])
        self._problems(sheet)
        self._certificates(sheet)
        filled = loaded.filled()
        if filled:
            sheet.heading(say("tui.loaded.filled"))
            words = self.desk.words
            for path in filled:
                origin = loaded.deployment.origins[path]
                told = say(f"tui.origin.{origin.kind}", detail=visible(origin.detail))
                sheet.text([(key_words(words, path), "strong"), (", " + told, "faint")], hang=2, wide=True)

    def _problems(self, sheet: Sheet) -> None:
        if self.loaded.problems:
            sheet.heading(self.say("tui.loaded.problems"))
            for problem in self.loaded.problems:
                sheet.text(problem.line(), "warn", hang=2, wide=True)

    def _certificates(self, sheet: Sheet) -> None:
        records = self.loaded.records
        if not records:
            return
        sheet.heading(self.say("tui.loaded.certificates-heading"))
        for record in records[:_MOST]:
            node, store = self.loaded.where(record)
            until = record.not_after.date().isoformat() if record.not_after else ""
            name = record.common_name or record.subject
            place = (
                self.say("tui.loaded.in", node=node, store=self.desk.words.say(f"store.{store}"))
                if node
                else ""
            )
            facts = ", ".join(filter(None, (eku_words(record, self.desk.words), until, place)))
            sheet.text([(name, "strong"), (f"  {facts}", "ink")], hang=2, wide=True)
            sheet.text(record.file, "faint", indent=2, wide=True)
            sheet.text(f"SHA-256 {record.sha256}", "faint", indent=2, wide=True)
        if len(records) > _MOST:
            sheet.text(self.say("tui.loaded.more", count=str(len(records) - _MOST)), "faint")

    def chosen(self, key: str) -> None:
        match key:
            case "use":
                self._use()
            case "certificates":
                self.app.push_screen(LoadedCertificatesScreen(self.loaded))
            case "again":
                self.app.switch_screen(FilesScreen(self.begin, self.path))
            case "leave":
                self.dismiss(None)

    def _use(self) -> None:
        flow, deployment = self.wizard.flow, self.loaded.deployment
        if not self.begin:
            if flow.change(deployment):
                self.dismiss(None)
            return
        name = deployment.name or self.say("tui.new.default-name", day=self.desk.options.as_of.isoformat())
        deployment = replace(deployment, name=name)
        self.dismiss(None)
        if self.begin == "example":
            flow.work_on(deployment, None)
        else:
            flow.begin(deployment)
        if self.begin == "trouble":
            doors.troubleshoot(self.wizard)


class LoadedCertificatesScreen(CertificatesFrame[None]):
    """The certificates that were read; Enter puts one into a store, or shows all of it."""

    name_id = "loaded-certificates"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "filter", "sort", "details", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [bind("details", "space", "details")]

    def __init__(self, loaded: Loaded) -> None:
        super().__init__()
        self.loaded = loaded
        self._rows: list[Row] = []

    def rows(self) -> Sequence[Row]:
        if not self._rows:
            self._rows = list(self._made())
        return self._rows

    def _made(self) -> Iterator[Row]:
        for at, record in enumerate(self.loaded.records):
            node, store = self.loaded.where(record)
            words = (
                self.say("tui.loaded.in", node=node, store=self.desk.words.say(f"store.{store}"))
                if node
                else ""
            )
            yield Row(str(at), record, words)

    def intro(self) -> str:
        return self.say("tui.loaded.certificates-intro", count=str(len(self.loaded.records)))

    def action_details(self) -> None:
        """All that was read of the picked one."""
        row = self.picked
        if row is not None:
            as_of, words = self.desk.options.as_of, self.desk.words
            title = self.say("tui.certificates.title-one")
            screen = ReadScreen(title, lambda sheet: draw_details(sheet, row, words, self.say, as_of))
            self.app.push_screen(screen)

    def chosen(self, key: str) -> None:
        row = self.picked
        if row is None:
            return
        nodes = self.loaded.deployment.nodes
        choices = [
            Choice(f"{store}/{node.name}", self.say("tui.loaded.in", node=node.name, store=words))
            for node in nodes
            for store in STORES
            for words in (self.desk.words.say(f"store.{store}"),)
        ]
        choices.append(Choice("new", self.say("tui.loaded.new-node")))
        heading = self.say("tui.loaded.assign", name=row.name)
        lines = [f"{row.record.file}", f"SHA-256 {row.record.sha256}"]
        self.app.push_screen(
            PickScreen(self.where(), heading, lines, choices), lambda picked: self._assign(row, picked)
        )

    def _assign(self, row: Row, picked: str | None) -> None:
        if picked is None:
            return
        if picked == "new":
            lines = [self.say("tui.loaded.new-node-intro")]
            screen = TypeScreen(self.where(), self.say("tui.loaded.new-node"), lines, initial=row.name)
            self.app.push_screen(screen, lambda name: self._put(row, Place(visible(name))) if name else None)
            return
        store, _, node = picked.partition("/")
        self._put(row, Place(node, "client" if store == "client" else "server"))

    def _put(self, row: Row, place: Place) -> None:
        self.loaded.place(row.record, place)
        self._rows = []
        self.redraw(cursor=row.key)
        self.detail.redraw()
