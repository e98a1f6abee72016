"""Which node of the deployment a dump speaks of, and under what name.

Strong names are host names: the DNS name of the dump, the host in the bundle's file names. The system name
is a label that people choose; it counts only where no other node carries it too. A node that was known by
its address alone gets its name from the dump that has that address.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wizard.evidence.blob import Say, problem
from wizard.evidence.hosts import is_address, is_host_name, matching
from wizard.evidence.weigh import Draft
from wizard.model.dump import Finding, NodeDump
from wizard.model.text import visible

if TYPE_CHECKING:
    from wizard.model.problems import Problem

_LABEL = "SystemUnit Name"


@dataclass(frozen=True, slots=True)
class Told:
    """What the dumps of one Expressway tell, and the name of its node in the deployment.

    `node` is "" where no name could be found: what holds for the whole deployment is used all the same.
    """

    node: str
    dumps: tuple[NodeDump, ...]

    def first(self, what: str) -> tuple[NodeDump, Finding] | None:
        """The first finding about `what`, with its dump; dumps are asked in their order."""
        for dump in self.dumps:
            finding = dump.first(what)
            if finding is not None:
                return dump, finding
        return None


class Identities:
    """Finds the node of each group of dumps, and of each peer address, adding nodes that are new."""

    def __init__(self, draft: Draft, say: Say) -> None:
        self.problems: list[Problem] = []
        self._draft = draft
        self._say = say
        self._by_address: dict[str, str] = {}
        self._by_host: dict[str, str] = {}
        self._by_label: dict[str, set[str]] = {}

    def told(
        self, groups: Iterable[tuple[str, tuple[NodeDump, ...]]], placed: Mapping[str, str]
    ) -> tuple[Told, ...]:
        """The node of each group, given as host (of the file names; may be empty) and dumps. `placed` names
        the node for a file. Groups that have a host name go first, so that labels can lean on them."""
        numbered = list(enumerate(group for group in groups if group[1]))
        numbered.sort(key=lambda item: not self._strong(*item[1]))
        found = {at: Told(self._locate(host, dumps, placed), dumps) for at, (host, dumps) in numbered}
        return tuple(found[at] for at in sorted(found))

    def peer(self, address: str, file: str) -> str:
        """The node of a peer address; "" where it may be more than one."""
        known = self._by_address.get(address) or self._by_host.get(address.casefold())
        if known is not None:
            return known
        alike = matching(address, self._draft.names())
        if len(alike) > 1:
            self._report(file, "prefill-node-ambiguous", name=address, names=", ".join(alike))
            return ""
        return alike[0] if alike else self._draft.add(visible(address)).name

    def host(self, host: str) -> str:
        """The node of a host in a file's name; "" where there is none, or more than one."""
        known = self._by_host.get(host.casefold())
        alike = (known,) if known is not None else matching(host, self._draft.names())
        return alike[0] if len(alike) == 1 else ""

    def _locate(self, host: str, dumps: tuple[NodeDump, ...], placed: Mapping[str, str]) -> str:
        explicit = next((placed[dump.file] for dump in dumps if dump.file in placed), None)
        strong, labels = self._strong(host, dumps), self._labels(dumps)
        addresses = [finding.value for dump in dumps for finding in dump.all("address")]
        if explicit is not None:
            name = explicit if self._draft.deployment.node(explicit) else self._draft.add(explicit).name
        elif strong or labels:
            name = self._find(dumps[0].file, strong, labels, addresses)
        else:
            names = ", ".join(self._draft.names()) or "-"
            self._report(dumps[0].file, "prefill-unnamed", names=names)
            return ""
        if name:
            self._remember(name, (*strong, host), labels, addresses)
        return name

    def _find(self, file: str, strong: list[str], labels: list[str], addresses: list[str]) -> str:
        names = self._draft.names()
        for candidate in strong:
            alike = matching(candidate, names)
            if len(alike) > 1:
                self._report(file, "prefill-node-ambiguous", name=candidate, names=", ".join(alike))
                return ""
            if alike:
                return alike[0]
        for address in addresses:
            if address in names:
                self._draft.rename(address, (strong or labels)[0])
                return (strong or labels)[0]
        if not strong:
            sharing = self._by_label.get(labels[0].casefold(), set())
            alike = tuple(sharing) if len(sharing) == 1 else matching(labels[0], names)
            if len(alike) == 1:
                return alike[0]
        return self._draft.add((strong or labels)[0]).name

    def _remember(self, name: str, hosts: Iterable[str], labels: list[str], addresses: list[str]) -> None:
        self._by_address.update(dict.fromkeys(addresses, name))
        self._by_host.update({host.casefold(): name for host in hosts if host})
        for label in labels:
            self._by_label.setdefault(label.casefold(), set()).add(name)

    def _strong(self, host: str, dumps: tuple[NodeDump, ...]) -> list[str]:
        """Host names, the fullest first."""
        names = [
            f.value for dump in dumps for f in dump.all("name") if f.text != _LABEL and is_host_name(f.value)
        ]
        if is_host_name(host):
            names.append(host)
            # Without a DNS name in the dump, a label that is the host's name in full is as good.
            names.extend(label for label in self._labels(dumps) if "." in label and matching(host, [label]))
        return sorted(dict.fromkeys(names), key=lambda name: "." not in name)

    def _labels(self, dumps: tuple[NodeDump, ...]) -> list[str]:
        labels = [f.value for dump in dumps for f in dump.all("name") if f.text == _LABEL]
        return list(dict.fromkeys(label.replace("/", "-") for label in labels if not is_address(label)))

    def _report(self, file: str, code: str, **args: str) -> None:
        self.problems.append(problem(self._say, file, code, **args))
