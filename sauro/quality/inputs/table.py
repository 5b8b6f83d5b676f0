"""The inputs in the order of the standard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation

from sauro.quality.inputs import ahead, before, conformity, results
from sauro.quality.inputs.span import Rows, Span


@dataclass(frozen=True, slots=True)
class Input:
    """One input. `title`: as papers head it; `gather`: its rows as of a day."""

    key: str
    clause: str
    title: str
    gather: Callable[[Span], Rows]


INPUTS = (
    Input("previous", "9.3.2 a", "Việc thực hiện kết luận của lần xem xét trước", before.previous),
    Input("changes", "9.3.2 b", "Thay đổi của bối cảnh, căn cứ pháp lý, tài liệu", before.changes),
    Input("satisfaction", "9.3.2 c) 1", "Sự hài lòng, phản ánh, kiến nghị", results.satisfaction),
    Input("objectives", "9.3.2 c) 2", "Mức độ đạt mục tiêu chất lượng", results.objectives),
    Input("processes", "9.3.2 c) 3", "Kết quả của các quá trình, sự phù hợp của dịch vụ", results.processes),
    Input("nonconformities", "9.3.2 c) 4", "Sự không phù hợp, hành động khắc phục", conformity.nonconformities),
    Input("monitoring", "9.3.2 c) 5", "Kết quả theo dõi, đo lường", results.monitoring),
    Input("audits", "9.3.2 c) 6", "Kết quả đánh giá nội bộ", conformity.audits),
    Input("suppliers", "9.3.2 c) 7", "Bên cung cấp bên ngoài", conformity.suppliers),
    Input("resources", "9.3.2 d", "Nguồn lực", ahead.resources),
    Input("risks", "9.3.2 e", "Hiệu lực của hành động với rủi ro, cơ hội", conformity.risks),
    Input("improvement", "9.3.2 f", "Cơ hội cải tiến", ahead.improvement),
)
_BY_KEY = {i.key: i for i in INPUTS}


def input_of(key: str) -> Input:
    """The input of that key. Raises `KeyError`."""
    return _BY_KEY[key]


def gather(span: Span) -> dict[str, Rows]:
    """Every input's rows by key, with values fit for JSON: numbers and words. A fixed number of queries."""
    with translation.override("vi"):
        return {i.key: [_row(*row) for row in i.gather(span)] for i in INPUTS}


def _row(label: object, value: object, note: object) -> list[int | str]:
    return [str(label), value if isinstance(value, int) else str(value), str(note)]
