"""A draft as tables in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sauro.cli.common import print_doubts
from sauro.cli.words import _
from sauro.reading.draft import Draft, DraftTarget, Schedule

_KINDS = {
    "continuous": _("Thường xuyên"),
    "recurring": _("Định kỳ"),
    "event": _("Khi có sự kiện"),
    "unknown": _("Chưa rõ"),
}


def _when(schedule: Schedule) -> str:
    return f"{schedule.due:%d/%m/%Y}" if schedule.due else _KINDS.get(schedule.kind, schedule.kind)


def _amount(target: DraftTarget) -> str:
    low, high = (f"{x.normalize():f}".replace(".", ",") if x is not None else "" for x in (target.low, target.high))
    if target.comparator == "range":
        number = f"{low} - {high}"
    else:
        sign = {"=": "", "approx": "≈ ", ">=": "≥ ", "<=": "≤ "}.get(target.comparator, f"{target.comparator} ")
        number = sign + (low or high)
    return f"{number} {target.unit or ''}".strip()


def print_draft(draft: Draft) -> None:
    """Print the head, objectives with targets, tasks, reporting duties and doubts."""
    out = Console(soft_wrap=False)
    head = draft.document
    number = head.number or _("(chưa đọc được số)")
    out.print(f"[bold]{escape(number)}[/]  {escape(head.title or '')}")
    issued = f"{head.issued_on:%d/%m/%Y}" if head.issued_on else ""
    signer = head.signer.name if head.signer else ""
    out.print(escape(" · ".join(x for x in (head.issuer, head.place, issued, signer) if x)))
    if draft.objectives:
        table = Table(_("Mục tiêu"), _("Chỉ tiêu"), _("Mức"))
        for objective in draft.objectives:
            table.add_row(escape(f"{objective.ref or ''} {objective.text}".strip()), "", "")
            for target in objective.targets:
                table.add_row("", escape(target.indicator), _amount(target))
        out.print(table)
    if draft.tasks:
        table = Table(
            _("Mã"), _("Nhiệm vụ"), _("Chủ trì"), _("Phối hợp"), _("Thời hạn"), _("Sản phẩm"), show_lines=True
        )
        for task in draft.tasks:
            cells = [task.ref, task.title, *("\n".join(u) for u in (task.lead_units, task.coordinating_units))]
            table.add_row(*map(escape, [*cells, _when(task.schedule), "\n".join(task.products)]))
        out.print(table)
    for duty in draft.reporting_duties:
        out.print(f"• {escape(duty.who)} → {escape(duty.to or '')}: {escape(duty.schedule_text)}")
    if draft.doubts:
        out.print(f"[bold]{_('Chỗ ngờ')}: {len(draft.doubts)}[/]")
        print_doubts(draft)
