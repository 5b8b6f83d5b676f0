"""The one-minute form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.monitoring.models import Evidence, Report
from sauro.monitoring.services import AskedFigure, Said, check_figure, fell_back
from sauro.plans.services.errors import NotNow
from sauro.web.reports import figures
from sauro.web.reports.fields import DayField

YES, NO = "yes", "no"
KINDS = [choice for choice in Evidence.Kind.choices if choice[0] != Evidence.Kind.LINK]


@dataclass(slots=True, frozen=True)
class Line:
    """A piece of evidence with the fields that say what it is; `more`: kind, issuer, number."""

    file: Evidence
    day: forms.BoundField
    product: forms.BoundField | None
    more: list[forms.BoundField]


class ReportForm(forms.Form):
    """What a unit says of a task: progress, result, difficulties, proposals, and of each file its day and product.

    `before` is the report handed in before this one, or None; `asked` the figures that the report asks for.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    progress = forms.IntegerField(
        label=gettext_lazy("Tiến độ nhiệm vụ, phần trăm"),
        min_value=0,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Ghi tiến độ, từ 0 đến 100."),
            "invalid": gettext_lazy("Ghi tiến độ bằng số nguyên từ 0 đến 100."),
            "min_value": gettext_lazy("Ghi tiến độ bằng số nguyên từ 0 đến 100."),
            "max_value": gettext_lazy("Ghi tiến độ bằng số nguyên từ 0 đến 100."),
        },
    )
    done_text = forms.CharField(
        label=gettext_lazy("Kết quả đã làm"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=20_000,
    )
    has_difficulties = forms.ChoiceField(choices=[(NO, NO), (YES, YES)], required=False)
    difficulties = forms.CharField(
        label=gettext_lazy("Khó khăn, vướng mắc"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=20_000,
    )
    has_proposals = forms.ChoiceField(choices=[(NO, NO), (YES, YES)], required=False)
    proposals = forms.CharField(
        label=gettext_lazy("Đề xuất, kiến nghị"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=20_000,
    )

    def __init__(
        self,
        data: Any,
        report: Report,
        before: Report | None,
        today: dt.date,
        asked: Sequence[AskedFigure] = (),
        **kwargs: Any,
    ) -> None:
        if data is not None:
            data = data.copy()
            data["progress"] = str(data.get("progress", "")).replace("%", "").strip()
        super().__init__(data, **kwargs)
        self.report, self.before, self.asked = report, before, asked
        self.evidence = list(report.evidence.current().select_related("file", "product").order_by("pk"))
        self.products = list(report.task.products.all()) if report.task else []
        if report.task is None:
            del self.fields["progress"]
        for name in ("progress", "done_text", "difficulties", "proposals"):
            self.initial[name] = getattr(report, name)
        self.initial["version"] = report.version
        self.initial["has_difficulties"] = YES if report.difficulties else NO
        self.initial["has_proposals"] = YES if report.proposals else NO
        for figure in asked:
            self.fields.update(figures.fields_for(figure, report))
        choices = [("", _("chưa ghi sản phẩm nào"))] + [(str(p.pk), _short(p.text)) for p in self.products]
        for file in self.evidence:
            self.fields[f"day_{file.pk}"] = DayField(
                label=_("Ngày văn bản"), required=False, latest=today, initial=file.document_date
            )
            if file.file_id:
                self.fields[f"kind_{file.pk}"] = forms.ChoiceField(
                    label=_("Loại minh chứng"), choices=KINDS, required=False, initial=file.kind
                )
                self.fields[f"issuer_{file.pk}"] = forms.CharField(
                    label=_("Cơ quan ban hành"), max_length=200, required=False, initial=file.issuer
                )
                self.fields[f"number_{file.pk}"] = forms.CharField(
                    label=_("Số, ký hiệu"), max_length=60, required=False, initial=file.number
                )
            if self.products:
                self.fields[f"product_{file.pk}"] = forms.ChoiceField(
                    label=_("Chứng minh cho"), choices=choices, required=False, initial=str(file.product_id or "")
                )

    def clean(self) -> dict[str, Any]:
        """Texts under a question answered "Không có" are let go."""
        data = super().clean() or self.cleaned_data
        for name in ("difficulties", "proposals"):
            if data.get(f"has_{name}") == NO:
                data[name] = ""
        return data

    def check_for_submission(self) -> bool:
        """Whether the report can be handed in as it is; errors are added where not."""
        if not self.cleaned_data.get("done_text", "").strip():
            self.add_error("done_text", _("Ghi kết quả đã làm, một hai câu là đủ."))
        now, before = self.cleaned_data.get("progress"), self.before
        same_words = before and self.cleaned_data.get("done_text", "").strip() == before.done_text
        if before and now is not None and now < before.progress and same_words:
            self.add_error("progress", fell_back(now, before.progress))
        for name, words in (("difficulties", _("khó khăn")), ("proposals", _("đề xuất"))):
            if self.cleaned_data.get(f"has_{name}") == YES and not self.cleaned_data.get(name, "").strip():
                self.add_error(name, _("Đã chọn “Có”: ghi rõ %(what)s, hoặc chọn “Không có”.") % {"what": words})
        for figure in self.asked:
            try:
                check_figure(figure, figure.typed(self.report.figures | self.typed_figures()))
            except NotNow as error:
                self.add_error(figures.field_name(figure, figure.names[0]), str(error))
        return not self.errors

    def typed_figures(self) -> dict[str, str]:
        """What was typed of the figures, right or not yet, under their keys."""
        names = {f.key(name): figures.field_name(f, name) for f in self.asked for name in f.names}
        data = self.cleaned_data
        return {key: data[name].strip() for key, name in names.items() if name in data and name in self.data}

    def figure_lines(self) -> list[figures.Line]:
        """Each figure that is asked for, with its fields."""
        return [figures.line_of(figure, self) for figure in self.asked]

    def values(self) -> dict[str, Any]:
        """What can be kept as it is now: the fields that are right."""
        names = ("progress", "done_text", "difficulties", "proposals")
        kept: dict[str, Any] = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return kept | ({"figures": self.typed_figures()} if self.asked else {})

    def said_of_files(self) -> dict[int, Said]:
        """For each piece whose day could be read: what is said of it."""
        products = {str(p.pk): p for p in self.products}
        said = {}
        for file in self.evidence:
            if f"day_{file.pk}" in self.cleaned_data and f"day_{file.pk}" in self.data:
                said[file.pk] = Said(
                    self.cleaned_data[f"day_{file.pk}"],
                    products.get(self.cleaned_data.get(f"product_{file.pk}", "")),
                    self._typed("kind", file) or None,
                    self._typed("issuer", file),
                    self._typed("number", file),
                )
        return said

    def _typed(self, name: str, file: Evidence) -> str | None:
        field = f"{name}_{file.pk}"
        return self.cleaned_data.get(field) if field in self.data else None

    def lines(self) -> Iterator[Line]:
        """Each piece with its fields."""
        for file in self.evidence:
            yield Line(
                file,
                self[f"day_{file.pk}"],
                self[f"product_{file.pk}"] if self.products else None,
                [self[f"{name}_{file.pk}"] for name in ("kind", "issuer", "number")] if file.file_id else [],
            )


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:89].rstrip() + "…"
