"""A plan as an official Word document: head, objectives, organisation of reporting, and appendices."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from sauro.reading import ReadingError, read
from sauro.reading.draft import Draft, DraftObjective, Form, Head, Signer
from sauro.reading.stated import words
from sauro.reading.units import Register
from sauro.vietnamese.text import fold
from sauro.writing import stated
from sauro.writing.canonical import canonical
from sauro.writing.layout import Origins, TaskTable, group_row
from sauro.writing.office import head_of, ordering_authority
from sauro.writing.official import OfficialDocument
from sauro.writing.ooxml import Run, TableCell, TableRow, Text
from sauro.writing.text import date_official, roman


def write_plan_docx(
    draft: Draft,
    path_or_file: str | Path | IO[bytes],
    *,
    agency: str | None = None,
    parent_agency: str | None = None,
    units: Register | None = None,
    exact: bool = True,
) -> None:
    """`draft` as a decision, or as a plan where its type is no decision, in the layout of Nghị định 30/2020/NĐ-CP.

    What is written is read again; a part that prose and the usual table cannot say exactly is stated in a table of its
    own in an appendix, so that `read` gives the plan back. `agency`: the name printed in the heading block where the
    draft names no issuer; `parent_agency`: printed above it; `units`: the register that readers will use, by default
    the bodies that the plan names; `exact`: False leaves all this out and writes prose and the usual table alone.
    Raises `OSError` where the file cannot be written.
    """
    plan = canonical(draft)
    register = units or register_of(plan)
    told: set[str] = set()
    for _ in range(4):
        out = io.BytesIO()
        PlanPaper(plan, agency=agency, parent_agency=parent_agency, told=told, units=register).write(out)
        missing = set() if not exact else _not_read_back(plan, out.getvalue(), register) - told
        if not missing:
            break
        told |= missing
    if isinstance(path_or_file, str | Path):
        Path(path_or_file).write_bytes(out.getvalue())
    else:
        path_or_file.write(out.getvalue())


def register_of(draft: Draft) -> Register:
    """A register of the bodies that a plan itself names."""
    names = dict.fromkeys(name for task in draft.tasks for name in (*task.lead_units, *task.coordinating_units))
    names |= dict.fromkeys(name for duty in draft.reporting_duties for name in (duty.who, duty.to, duty.via) if name)
    return Register.from_json({"units": [{"name": name} for name in names]})


def _not_read_back(plan: Draft, data: bytes, units: Register) -> set[str]:
    """The parts of `plan` that reading `data` does not give back: "objectives", "document.title", …"""
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        try:
            found = read(file.name, units).draft
        except ReadingError:
            return set()
    parts = {
        name
        for name in ("objectives", "tasks", "reporting_duties", "forms")
        if getattr(found, name) != getattr(plan, name)
    }
    for name in stated.HEAD_FIELDS:
        old, new = plan.document, found.document
        if name in {"authority", "position", "name"}:
            same = getattr(old.signer or Signer(), name) == getattr(new.signer or Signer(), name)
        else:
            same = getattr(old, name) == getattr(new, name)
        if not same:
            parts.add(f"document.{name}")
    return parts


def is_decision(head: Head) -> bool:
    """Whether the document orders by articles."""
    return bool(head.articles) or fold(head.type or "") == "quyet dinh"


class PlanPaper:
    """One plan being written. `told`: the parts that get a table of their own, as `_not_read_back` names them."""

    def __init__(
        self,
        draft: Draft,
        *,
        agency: str | None,
        parent_agency: str | None,
        told: set[str] | None = None,
        units: Register | None = None,
    ) -> None:
        self.draft, self.head, self.told = draft, draft.document, told or set()
        self.units, self.part = units, ""
        self.issuer = self.head.issuer or agency
        self.parent = parent_agency
        self.paper = OfficialDocument(title=self.head.title or "", agency=self.issuer or "", day=self.head.issued_on)

    def write(self, path_or_file: str | Path | IO[bytes]) -> None:
        paper, head = self.paper, self.head
        paper.heading(
            agency=self.issuer,
            parent_agency=self.parent,
            number=head.number,
            place=head.place,
            issued_on=head.issued_on,
        )
        paper.kind_and_title(head.type, head.title)
        if is_decision(head):
            self._bases(order=True)
            self._articles()
            self._signature()
            if self.draft.objectives or self.draft.reporting_duties:
                paper.appendix(label=None, title="MỤC TIÊU VÀ TỔ CHỨC THỰC HIỆN", attached=self._attached())
                self._content()
        else:
            self._bases(order=False)
            self._content()
            if self.issuer:
                # The text of a document ends with "./." (Nghị định 30/2020/NĐ-CP, Phụ lục I).
                paper.body(f"Trên đây là {head.type or 'Kế hoạch'} của {self.issuer}./.")
            self._signature()
        self._appendices()
        paper.save(path_or_file)

    # Head and tail ----------------------------------------------------------------------------------------

    def _bases(self, *, order: bool) -> None:
        paper, head = self.paper, self.head
        authority = ordering_authority(self.issuer)
        if order and authority:
            paper.issuer(authority)
        lines = [f"Căn cứ {basis.text}" for basis in head.legal_bases]
        if head.proposed_by:
            lines.append(f"Theo đề nghị của {head.proposed_by}")
        for n, line in enumerate(lines, 1):
            paper.basis(f"{line}{'.' if n == len(lines) else ';'}")
        if order:
            paper.orders("QUYẾT ĐỊNH:")
        elif lines and self.issuer:
            paper.body(f"{self.issuer} ban hành {head.type or 'Kế hoạch'} với các nội dung sau:")

    def _articles(self) -> None:
        for article in self.head.articles:
            self.paper.article(article.number, article.text)

    def _signature(self) -> None:
        signer = self.head.signer
        if signer is None and not self.head.recipients:
            return
        authority = signer.authority if signer else None
        principal = head_of(self.issuer or "") if authority in {"KT.", "Q.", "TUQ.", "TL."} else None
        if authority == "TM.":
            principal = self.issuer
        self.paper.signature(
            recipients=self.head.recipients,
            authority=authority,
            principal=principal,
            position=signer.position if signer else None,
            name=signer.name if signer else None,
        )

    def _attached(self) -> str:
        head = self.head
        kind = head.type or "Văn bản"
        number = f" số {head.number}" if head.number else ""
        day = f" {date_official(head.issued_on)}" if head.issued_on else ""
        by = ordering_authority(self.issuer) if is_decision(head) else self.issuer
        return f"(Kèm theo {kind}{number}{day}{f' của {by}' if by else ''})"

    # Body -------------------------------------------------------------------------------------------------

    def _content(self) -> None:
        # "II.1" is objective 1 of part II; where the plan numbers its objectives plainly, their part has no number.
        first = {(o.ref or "").partition(".")[0] for o in self.draft.objectives} or {"I"}
        self.part = first.pop() if len(first) == 1 else ""
        number = next((n for n in range(1, 40) if roman(n) == self.part), 0)
        for name, title, write in (
            ("objectives", "MỤC TIÊU", self._objectives),
            ("tasks", "NHIỆM VỤ", self._tasks_here),
            ("reporting_duties", "TỔ CHỨC THỰC HIỆN", self._duties),
        ):
            if getattr(self.draft, name):
                self.paper.part(f"{roman(number)}. {title}" if number else title)
                number += bool(number)
                if name in self.told:
                    self.paper.body("Nội dung chi tiết tại Phụ lục kèm theo.")
                else:
                    write()

    def _objectives(self) -> None:
        for objective in self.draft.objectives:
            self._objective(objective)

    def _tasks_here(self) -> None:
        self.paper.body("Danh mục nhiệm vụ tại Phụ lục kèm theo.")

    def _duties(self) -> None:
        for n, duty in enumerate(self.draft.reporting_duties, 1):
            if fold(duty.who) in fold(duty.text):
                self.paper.body(f"{n}. {duty.text}")
            else:
                # Who reports stood in a heading over the sentence.
                self.paper.section(f"{n}. {duty.who}")
                self.paper.body(f"- {duty.text}")

    def _objective(self, objective: DraftObjective) -> None:
        ref = f"{objective.ref.removeprefix(f'{self.part}.')}. " if objective.ref else ""
        text = f"{ref}{objective.text}"
        if all(o.items for o in self.draft.objectives):
            self.paper.section(text)
        else:
            self.paper.body(text)
        for item in objective.items:
            self.paper.body(f"- {item}")

    # Appendices -------------------------------------------------------------------------------------------

    def _appendices(self) -> None:
        """Each appendix as (title, landscape, what writes it); numbered where there are several."""
        draft, told = self.draft, self.told
        pages: list[tuple[str, bool, Callable[[], None]]] = []
        if "objectives" in told:
            pages.append(("MỤC TIÊU, CHỈ TIÊU", True, self._told_objectives))
        if "tasks" in told:
            pages.append(("DANH MỤC NHIỆM VỤ", True, self._told_tasks))
        elif draft.tasks:
            pages.append(("DANH MỤC NHIỆM VỤ", True, self._tasks))
        if "reporting_duties" in told:
            pages.append(("CHẾ ĐỘ BÁO CÁO", True, self._told_duties))
        for form in draft.forms:
            pages.append((form.name.upper(), len(form.columns) > 6, partial(self._form, form)))
        if "forms" in told:
            pages.append(("DANH MỤC BIỂU MẪU", True, self._told_forms))
        if any(part.startswith("document.") for part in told):
            pages.append(("THÔNG TIN VĂN BẢN", True, self._told_head))
        for n, (title, landscape, write) in enumerate(pages, 1):
            label = f"Phụ lục {roman(n)}" if len(pages) > 1 else "Phụ lục"
            self.paper.appendix(label=label, title=title, attached=self._attached(), landscape=landscape)
            write()

    def _tasks(self) -> None:
        tasks = TaskTable(self.draft, Origins(self.paper.note), self.units or register_of(self.draft))
        self.paper.table(tasks.widths(self.paper.width_mm), tasks.rows())

    def _told_objectives(self) -> None:
        self._told(words.OBJECTIVES, stated.objective_rows(self.draft), {0, 2})
        targets = stated.target_rows(self.draft)
        if targets:
            self.paper.gap()
            self._told(words.TARGETS, targets, {0, 1, 2})

    def _told_tasks(self) -> None:
        """As the usual table, groups over their tasks and origins in footnotes; every other field in its column."""
        tasks = self.draft.tasks
        # A task outside the groups cannot stand under a group's heading.
        grouped = all(t.group for t in tasks) or not any(t.group for t in tasks)
        rows = stated.task_rows(self.draft)
        if grouped and not any(row[5] or row[7] for row in rows):
            rows = stated.task_rows(self.draft, full=True)
        origins = Origins(self.paper.note, shared=False)
        marked: list[list[Sequence[Text]]] = []
        for task, row in zip(tasks, rows, strict=True):
            cells: list[Sequence[Text]] = list(row)
            cells[2] = origins.mark(row[2], task.origin_footnote)
            cells[18] = []
            if grouped:
                cells[1] = []
            marked.append(cells)
        self._told(words.TASKS, marked, {0, 2} if tasks else {0, 2, 7}, [t.group for t in tasks] if grouped else [])

    def _told_duties(self) -> None:
        self._told(words.DUTIES, stated.duty_rows(self.draft), {0, 3, 7})

    def _told_forms(self) -> None:
        self._told(words.FORMS, stated.form_rows(self.draft), {0, 1})

    def _told_head(self) -> None:
        fields = [name for name in stated.HEAD_FIELDS if f"document.{name}" in self.told]
        self._told(words.HEAD, stated.head_rows(self.head, fields), {0, 1})

    def _told(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[Sequence[Text]]],
        always: set[int],
        groups: Sequence[str | None] = (),
    ) -> None:
        """A table that states fields outright; a column that no row fills is left out unless the table needs it."""
        kept = [n for n in range(len(header)) if n in always or any(row[n] for row in rows)]
        columns = [[header[n], *(_plain(text) for row in rows for text in row[n])] for n in kept]
        widths = _fit(columns, self.paper.width_mm)
        table = [TableRow([TableCell([header[n]], "SauroCellHead") for n in kept], header=True)]
        group = None
        for place, row in enumerate(rows):
            if groups and groups[place] != group and (group := groups[place]):
                table.append(group_row(group, len(kept)))
            whole = sum(_length(text) for cell in row for text in cell) < 1500
            table.append(TableRow([TableCell(row[n]) for n in kept], whole=whole))
        self.paper.table(widths, table)

    def _form(self, form: Form) -> None:
        for n, part in enumerate(_halves(form.columns)):
            if n:
                self.paper.gap(new_page=True)
            rows = _form_header(part)
            if form.name != form.columns[0]:
                rows.insert(0, TableRow([TableCell([form.name], "SauroCellHead", span=len(part))], header=True))
            rows += [TableRow([TableCell([name]), *(TableCell([""]) for _ in part[1:])]) for name in form.rows]
            self.paper.table(_form_widths(part, self.paper.width_mm), rows)
        if form.ratings:
            *first, last = form.ratings
            scale = f"{'; '.join(first)} và {last}" if first else last
            self.paper.body(f"* Ghi kết quả thực hiện theo mức độ hoàn thành: {scale}", style="SauroNote")
        if form.signed_by:
            self.paper.sign_right(form.signed_by)


def _plain(text: Text) -> str:
    if isinstance(text, str):
        return text
    return text.text if isinstance(text, Run) else "".join(run.text for run in text)


def _length(text: Text) -> int:
    return len(_plain(text))


def _fit(columns: Sequence[Sequence[str]], width_mm: float) -> list[float]:
    """Widths that fill the page: first room for each column's longest word, the rest by how much it holds."""
    least = [
        4 + 2.3 * min(max((len(word) for text in column for word in text.split()), default=1), 14) for column in columns
    ]
    if sum(least) > width_mm:
        return [width_mm * one / sum(least) for one in least]
    wishes = [sum(map(len, column)) ** 0.6 for column in columns]
    return [one + (width_mm - sum(least)) * wish / sum(wishes) for one, wish in zip(least, wishes, strict=True)]


def _halves(columns: list[str]) -> list[list[str]]:
    """A form over twelve months as two half-years, so that there is room to write in."""
    months = [c for c in columns if re.fullmatch(r"Tháng \d{1,2}", c)]
    if len(months) != 12 or len(columns) > 15:
        return [columns]
    first, last = columns.index(months[0]), columns.index(months[-1]) + 1
    return [[*columns[:first], *part, *columns[last:]] for part in (months[:6], months[6:])]


def _form_header(columns: list[str]) -> list[TableRow]:
    """The header of a form; months stand under one word "Tháng"."""
    months = [re.fullmatch(r"Tháng (\d{1,2})", c) for c in columns]
    if sum(map(bool, months)) < 2:
        return [TableRow([TableCell([c], "SauroCellHead") for c in columns], header=True)]
    top: list[TableCell] = []
    below: list[TableCell] = []
    for n, (column, month) in enumerate(zip(columns, months, strict=True)):
        if not month:
            top.append(TableCell([column], "SauroCellHead", down="restart"))
            below.append(TableCell([""], "SauroCellHead", down="continue"))
            continue
        below.append(TableCell([month[1]], "SauroCellHead"))
        if not n or not months[n - 1]:
            span = next((k for k, m in enumerate(months[n:]) if not m), len(months) - n)
            top.append(TableCell(["Tháng"], "SauroCellHead", span=span))
    return [TableRow(top, header=True), TableRow(below, header=True)]


def _form_widths(columns: list[str], width_mm: float) -> list[float]:
    if len(columns) < 2:
        return [width_mm] * len(columns)
    rest = width_mm - width_mm * 0.3
    return [width_mm * 0.3, *([rest / (len(columns) - 1)] * (len(columns) - 1))]
