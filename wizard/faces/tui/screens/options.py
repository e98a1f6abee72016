"""What follows from the answers: the outcome, and options A to D side by side, to be taken per role."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from wizard.faces.session import Session
from wizard.faces.tui.answering import source_in_short
from wizard.faces.tui.ink import Line, Span, wrap
from wizard.faces.tui.ink import size as cells
from wizard.faces.tui.screens.small import Choice, PickScreen
from wizard.faces.tui.sheet import Column, Sheet
from wizard.faces.tui.workframe import WorkFrame
from wizard.model.deployment import OPTIONS, ROLES, Option, Role
from wizard.model.deployment import Choice as Taken
from wizard.model.knowledge import Verdict
from wizard.model.plan import Judgement, OptionOutlook

VERDICT_ROLES: dict[Verdict, str] = {
    "recommended": "good", "possible": "ink", "closed": "warn", "not-applicable": "faint",
    "not-needed": "faint",
}  # fmt: skip
_TAKEABLE = ("recommended", "possible")
_ROOM_FOR_ALL = 30
"""Lines from which what the outcome means stands above the options; else it is on the plan only."""

_LABEL = 15
"""Cells of the labels, so that what they name stands in one column."""

_ROOM_FOR_LEAD = 70
"""Cells from which the table has a column for how long an option takes."""

_SIDE_BY_SIDE = 110
"""Cells from which four columns of sentences can be read."""


class OptionsScreen(WorkFrame):
    """See the module."""

    name_id = "options"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "plan", "review", "back", "help", "commands")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        recommended = session.assessment.recommended
        taken = (recommended.core or ()) + (recommended.edge or ())
        first = next((o for o in OPTIONS if o in taken), "plan")
        self._current: str = first
        self._detailed = self._current
        """The option that is told in detail: the last one that the cursor was on."""

    def on_mount(self) -> None:
        """Begin on the option that is recommended; where none is, on what goes on."""
        self.page.begin_at(self._current)

    def draw(self, sheet: Sheet) -> None:
        assessment = self.session.assessment
        sheet.text(assessment.outcome_title, "accent")
        if sheet.height >= _ROOM_FOR_ALL or assessment.outcome != "act":
            sheet.text(assessment.outcome_text)
        binding = assessment.binding
        if binding is not None:
            sheet.gap()
            late = binding.latest_start < assessment.as_of
            sheet.pair(
                self.say("tui.options.binding"),
                [(binding.date.isoformat(), "strong"), (f"  {binding.because}", "ink")],
                width=_LABEL,
            )
            start: list[Span] = [(binding.latest_start.isoformat(), "strong")]
            if late:
                start.append((self.say("tui.options.late"), "bad"))
            sheet.pair(self.say("tui.options.start"), start, width=_LABEL)
        sheet.gap()
        self._table(sheet)
        sheet.gap()
        choice = self.session.deployment.choice
        if choice.core is not None or choice.edge is not None:
            sheet.item("recommended", [(self.say("tui.options.take-recommended"), "strong")], digit="9")
        sheet.item("plan", [(self.say("tui.options.to-plan"), "strong")], digit="5")
        if sheet.width >= _SIDE_BY_SIDE:
            self._compare(sheet)
        elif self._detailed in OPTIONS:
            self._detail(sheet, assessment.options[self._detailed])

    def _table(self, sheet: Sheet) -> None:
        say, assessment = self.say, self.session.assessment
        # Where there is no room for it, how long an option takes stands with its other details.
        lead = sheet.width >= _ROOM_FOR_LEAD
        columns = [
            Column(say("tui.options.option"), 14, wraps=True),
            *(Column(say(f"tui.role.{role}"), 11) for role in ROLES),
            *([Column(say("tui.options.lead"), 7)] if lead else []),
            Column(say("tui.options.taken"), 6, wraps=True),
        ]
        rows: list[tuple[str, list[Span]]] = []
        for option in assessment.options.values():
            taken = [say(f"tui.role.{role}") for role in ROLES if option.id in self._taken(role)]
            row: list[Span] = [(f"{option.id}  {option.title}", "strong")]
            row += [self._verdict(option.roles.get(role)) for role in ROLES]
            if lead:
                row.append(self._lead(option))
            row.append((", ".join(taken), "good"))
            rows.append((option.id, row))
        sheet.table(columns, rows, digits=True)

    def _lead(self, option: OptionOutlook) -> Span:
        return (self.say("tui.options.days", days=str(option.lead_days)), "ink")

    def _taken(self, role: Role) -> tuple[Option, ...]:
        return getattr(self.session.assessment.chosen, role) or ()

    def _verdict(self, judgement: Judgement | None) -> Span:
        if judgement is None:
            return ("", "faint")
        verdict = judgement.verdict
        return (self.session.knowledge.words.say(f"verdict.{verdict}"), VERDICT_ROLES[verdict])

    def _lines_of(self, option: OptionOutlook) -> Iterator[tuple[str, list[Span]]]:
        """What there is to compare: the label, and the words."""
        say = self.say
        for role in ROLES:
            judgement = option.roles.get(role)
            if judgement is None:
                continue
            spans: list[Span] = [self._verdict(judgement)]
            for reason in judgement.reasons:
                spans.append((f"\n{reason.text}", "ink"))
                source = source_in_short(reason.source, say)
                spans.append((f" [{source}]", "faint"))
            for need in judgement.would_need:
                spans += [("\n" + say("tui.options.would-need"), "faint"), (f" {need}", "ink")]
            yield say(f"tui.role.{role}"), spans
        yield say("tui.options.what"), [(option.what, "ink")]
        yield say("tui.options.price"), [(option.price, "ink")]
        yield say("tui.options.interruption"), [(option.interruption, "ink")]
        yield say("tui.options.leaves"), [(option.leaves_words, "ink")]
        titles = {connection.id: connection.title for connection in self.session.assessment.connections}
        failing = ", ".join(dict.fromkeys(titles.get(id, id) for id in option.leaves))
        none = self.session.knowledge.words.say("phrase.none")
        yield say("tui.options.failing"), [(failing or none, "ink" if failing else "faint")]

    def _detail(self, sheet: Sheet, option: OptionOutlook) -> None:
        sheet.heading(f"{option.id}  {option.title}")
        if sheet.width < _ROOM_FOR_LEAD:
            sheet.pair(self.say("tui.options.lead"), [self._lead(option)], width=_LABEL)
        for label, spans in self._lines_of(option):
            sheet.pair(label, spans, width=_LABEL)

    def _compare(self, sheet: Sheet) -> None:
        """The four options beside each other, a row for each thing to compare."""
        options = list(self.session.assessment.options.values())
        label_width, gap = 14, 2
        width = (sheet.room - label_width) // len(options) - gap
        sheet.gap()
        sheet.rule()
        rows: list[tuple[str, list[Line]]] = [("", [((f"{o.id}  {o.title}", "accent"),) for o in options])]
        by_option = [dict(self._lines_of(option)) for option in options]
        rows += [(label, [tuple(each.get(label, [])) for each in by_option]) for label in by_option[0]]
        for label, columns in rows:
            wrapped = [wrap(spans, width, hang=3 if not label else 0) for spans in columns]
            if label:
                sheet.gap()
            for at in range(max(map(len, wrapped))):
                line: list[Span] = [(f"{label if not at else '':<{label_width}}"[:label_width], "faint")]
                for column in wrapped:
                    part: Line = column[at] if at < len(column) else ()
                    part = tuple((self.ink.text(text), role) for text, role in part)
                    line += [*part, (" " * max(0, width + gap - cells(part)), "ink")]
                sheet.line(line)

    def moved(self, key: str) -> None:
        self._current = key
        self._detailed = key if key in OPTIONS else self._detailed
        self.redraw()

    def key_words(self, id: str) -> str:
        """Enter takes an option, and goes on from what is none."""
        return (
            self.say("tui.key.go-on")
            if id == "go-on" and self._current not in OPTIONS
            else super().key_words(id)
        )

    def action_leaf(self, by: int) -> None:
        """A page of the details: the option that they are of stays the picked one."""
        self.page.scroll(by * max(1, self.page.size.height - 2))

    def chosen(self, key: str) -> None:
        if key == "plan":
            self.action_show("plan")
        elif key == "recommended":
            self.wizard.flow.change(replace(self.session.deployment, choice=Taken()))
            self.redraw(cursor="plan")
        else:
            self._take(key)

    def _take(self, key: str) -> None:
        """Ask for which role the option is to be taken, or left."""
        option = self.session.assessment.options[key]  # type: ignore[index]
        able = [role for role in ROLES if role in option.roles and option.roles[role].verdict in _TAKEABLE]
        choices: list[Choice] = []
        for role in able:
            taken = option.id in self._taken(role)
            words = self.say(f"tui.options.{'leave' if taken else 'take'}", role=self.say(f"tui.role.{role}"))
            choices.append(Choice(role, words))
        if not choices:
            self.tell(self.say("tui.options.not-takeable", option=option.id))
            return
        heading = self.say("tui.options.take-heading", option=option.id, title=option.title)
        self.app.push_screen(
            PickScreen(self.where(), heading, [option.what], choices),
            lambda role: self._toggled(option.id, role),
        )

    def _toggled(self, option: Option, picked: str | None) -> None:
        role = next((role for role in ROLES if role == picked), None)
        if role is None:
            return
        chosen = self.session.assessment.chosen
        now = getattr(chosen, role) or ()
        changed = tuple(o for o in OPTIONS if (o in now) != (o == option))
        choice = replace(self.session.deployment.choice, **{role: changed})
        self.wizard.flow.change(replace(self.session.deployment, choice=choice))
        self.redraw()
