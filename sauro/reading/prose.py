"""Tasks written as prose, where a plan has no table of them.

A task is a numbered or lettered line under "Nhiệm vụ"; lines under it say who, when and what ("Đơn vị chủ trì: …",
"Thời gian hoàn thành: …", "Sản phẩm: …"), or brackets at its end do ("(Chủ trì: …; thời gian: Quý I/2026)").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sauro.reading.context import Context
from sauro.reading.draft import DraftTask
from sauro.reading.groups import finish
from sauro.reading.lines import Line
from sauro.reading.responsibility import shares
from sauro.reading.schedules import find_times
from sauro.reading.sections import BODY, Node
from sauro.reading.tasks import add_units, items_in, set_time
from sauro.reading.text import letters, squeeze
from sauro.reading.unit_words import PREDICATE, body_in_heading, is_body, subject_of

# A field begins its line or stands after a stop: "mức độ hoàn thành: tốt" is none.
_SEPARATED = letters(
    r"(?:^|(?<=[.;,()–-])|(?<=[.;,()–-]\s)|(?<=[a-zà-ỹ]\s)"
    r"(?=(?-i:Đơn vị|Cơ quan|Thời gian|Thời hạn|Sản phẩm|Chủ trì|Phối hợp)))"
)
_LABELS: tuple[tuple[str, str], ...] = (
    ("coordinating_units", r"(?:(?:đơn vị|cơ quan|các đơn vị|các cơ quan|bộ phận|phòng)\s+)?phối hợp(?: thực hiện)?"),
    (
        "lead_units",
        r"(?:(?:đơn vị|cơ quan|bộ phận|người|phòng|đầu mối)\s+)?(?:chủ trì(?: thực hiện|"
        r" tham mưu)?|thực hiện|chịu trách nhiệm|phụ trách)|phân công(?: thực hiện)?|trách nhiệm(?: thực hiện)?|"
        r"đầu mối",
    ),
    (
        "schedule",
        r"(?:thời gian|thời hạn|tiến độ|thời điểm|hạn)(?: (?:thực hiện|hoàn thành|triển khai|"
        r"trình|ban hành))*|hoàn thành(?: trong| trước)?",
    ),
    (
        "products",
        r"(?:sản phẩm|kết quả|đầu ra|sản phẩm đầu ra|kết quả đầu ra)(?:[ ,/](?:đầu ra|dự kiến|"
        r"hoàn thành|kết quả|cần đạt|chủ yếu|sản phẩm|đạt được))*",
    ),
    ("measurement", r"(?:phương pháp|cách thức|tiêu chí)\s+(?:đo lường|đánh giá|đo)"),
    ("records", r"hồ sơ(?: cần)? lưu(?: trữ)?"),
    ("report_frequency", r"(?:tần suất|chế độ|kỳ)\s+báo cáo"),
    ("authority", r"(?:cấp|cơ quan|thẩm quyền)\s+(?:trình|phê duyệt|ban hành)"),
)
_LABEL = re.compile(
    _SEPARATED + "(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS) + r")\s*:\s*", re.IGNORECASE
)
_ORDER = re.compile(r"^(?:Giao|Đề nghị|Yêu cầu|Phân công|Chỉ đạo|Nhiệm vụ của)\s+(?:cho\s+)?(?=\S)")
_LEADS = re.compile(
    r"\s*(?:là\s+(?:cơ quan|đơn vị)\s+)?chủ trì\s*,?\s*(?:phối hợp\s*(?:cùng\s*)?với\s+(?P<with>[^:;.]*?)"
    rf"(?=:|[,\s]+(?:{PREDICATE})(?!\w)|[;.]|$))?"
)
_HELPED = re.compile(
    rf"^\s*[Cc]hủ trì\s*,?\s*phối hợp\s*(?:cùng\s*)?với\s+(?P<with>[^:;.]*?)(?=:|[,\s]+(?:{PREDICATE})(?!\w)|[;.]|$)"
)
_COLON = re.compile(r"([^:;.]{3,150}):\s+(?=\S)")
_HABIT = re.compile(r"thường xuyên|(?:hằng|hàng|định kỳ)\s", re.IGNORECASE)
_TIME_LABEL = re.compile(r"^\s*(?:thời gian|hoàn thành|thời hạn)[^:\d]{0,14}:\s*", re.IGNORECASE)
_BRACKETS = re.compile(
    r"\((?P<in>[^()]*\b(?:chủ trì|phối hợp|hoàn thành|thời gian|thường xuyên|quý|tháng|hằng|hàng)\b"
    r"[^()]*)\)\s*[.;]?\s*$",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"(?:hoàn thành|xong|trình|ban hành|thực hiện|thời gian)[^.;()]{0,30}?\b((?:trước|trong|chậm nhất|đến hết|vào)\s+"
    r"(?:(?:ngày|tháng|quý|năm)[^.;,()]{1,40}\d[^.;,()]*|\d{1,2}/\d{1,2}(?:/\d{4})?)|(?:quý|tháng)\s+[IV\d]+"
    r"(?:\s*(?:,|và|-|–)\s*(?:quý\s+|tháng\s+)?[IV\d]+\b)*[^.;,()]*)",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?:định kỳ\s+(?:(?:hằng|hàng|mỗi)\s+)?(?:tuần|tháng|quý|06 tháng|6 tháng|năm)|"
    r"(?:trước |chậm nhất )?(?:vào )?ngày \d{1,2} "
    r"(?:hằng|hàng) (?:tháng|quý|năm))\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:(?:xong|hoàn thành)\s+)?(?:trước|trong|chậm nhất(?: là| vào)?|đến hết|hết)\s+"
    r"(?:(?:ngày|tháng|quý)\s+[IV\d][^.;,()]*|\d{1,2}/\d{1,2}(?:/\d{4})?(?!\d))",
    re.IGNORECASE,
)
_CITED = re.compile(r"\bsố\s[^,;.]{1,60}$", re.IGNORECASE)


def prose_tasks(root: Node, context: Context, has_table: bool) -> list[DraftTask]:
    """The tasks written as prose. With a table in the document only lines with named fields count."""
    found: list[tuple[int, DraftTask]] = []
    used: set[int] = set()
    for node in root.walk():
        if node.index in used or node.rank < 4 or node.kind in ("result", "goal", "basis"):
            continue
        fields = _fields(node) if not _BRACKETS.search(node.line.text) else []
        names = {name for name, *_ in fields}
        least = 2 if has_table else 1
        if "lead_units" in names or len(names & {"schedule", "products", "coordinating_units"}) >= least:
            found.append((node.index, _task(node, fields, context, used)))
    if not has_table:
        found.extend(_bare(root, context, used))
    return finish([task for _, task in sorted(found, key=lambda pair: pair[0])], context)


Field = tuple[str, Line, int, int]


def _fields(node: Node) -> list[Field]:
    """The named fields of a task: in its own words or in the lines right under it."""
    if not 6 <= node.rank <= 12:
        return []
    found = _in_line(node.line, node.offset) if _is_title(node) else []
    for child in node.children:
        if child.children and child.rank < 11:
            continue
        for inner in child.walk():
            here = _in_line(inner.line, inner.offset)
            if here and here[0][2] - inner.offset < 60:
                found.extend(here)
    if any(_fields_below(child) for child in node.children if child.rank < 11):
        return []
    return found if node.rank < 11 or any(_in_line(node.line, node.offset)) else []


def _fields_below(node: Node) -> bool:
    return bool(_fields(node))


def _is_title(node: Node) -> bool:
    match = _LABEL.match(node.line.text, node.offset)
    return match is None


def _in_line(line: Line, start: int) -> list[Field]:
    marks = list(_LABEL.finditer(line.text, start))
    found: list[Field] = []
    for n, mark in enumerate(marks):
        name = next(k for k, v in mark.groupdict().items() if v)
        stop = marks[n + 1].start() if n + 1 < len(marks) else len(line.text)
        words = line.text[mark.end() : stop]
        if n + 1 == len(marks) and words.count(")") > words.count("("):
            stop = mark.end() + words.rindex(")")
        found.append((name, line, mark.end(), stop))
    return found


def _title(node: Node) -> tuple[str, int]:
    """The words of the task itself: up to its first named field or opening bracket before it."""
    text = node.line.text
    mark = _LABEL.search(text, node.offset)
    end = mark.start() if mark else len(text)
    words = re.sub(r"[\s(\[;,.:–-]+$", "", text[node.offset : end])
    return squeeze(words), node.offset + len(words)


def _task(node: Node, fields: list[Field], context: Context, used: set[int]) -> DraftTask:
    words, end = _title(node)
    task = DraftTask(node.path() or node.label, words, _group(node))
    task.read["title"] = node.line.trace(node.offset, end)
    last = node.line.last
    taken = {id(line) for _, line, _, _ in fields}
    for child in node.walk():
        used.add(child.index)
        last = max(last, child.line.last)
        if child is not node and id(child.line) not in taken and child.rank >= 11:
            task.title = squeeze(f"{task.title} {child.line.text}") if not task.title else task.title
    task.lines = (node.line.first, last)
    texts = []
    for name, line, start, stop in fields:
        value = line.text[start:stop].strip(" .;,-–")
        if not value:
            continue
        if name in ("lead_units", "coordinating_units"):
            add_units(task, name, line, start, stop, context)
            texts.append(squeeze(value))
        elif name == "schedule":
            set_time(task, line, context, value)
        elif name == "products":
            task.products.extend(items_in(value))
            task.read.setdefault("products", line.trace(start, stop))
        else:
            setattr(task, name, squeeze(value))
            task.read[name] = line.trace(start, stop)
    task.responsible_text = " | ".join(texts) or None
    if not task.lead_units:
        _sentence(task, node, node, context)
    task.coordinating_units = [u for u in task.coordinating_units if u not in task.lead_units]
    return task


def _group(node: Node) -> str | None:
    parent = node.parent
    while parent is not None and parent.rank >= 4:
        if parent.rank <= 10 and len(parent.text) < 400:
            return squeeze(parent.line.text)
        parent = parent.parent
    return None


def _bare(root: Node, context: Context, used: set[int]) -> list[tuple[int, DraftTask]]:
    """Numbered lines under a heading of tasks that have no named fields: each lowest one is a task."""
    found: list[tuple[int, DraftTask]] = []
    for top in root.children_of_kind("task"):
        for node in top.walk():
            lowest = not any(6 <= c.rank <= 10 for c in node.children)
            if (
                (node is top and top.rank < 6)
                or node.index in used
                or not (6 <= node.rank <= 10 and node.kind == "task" and lowest)
            ):
                continue
            below = [c for c in node.children if c.rank >= 11 and len(c.text) > 12 and c.index not in used]
            short = len(node.text.split()) < 14 and not node.text.rstrip().endswith((".", ";"))
            if any(c.index in used for c in node.children):
                continue
            if short and len(below) == 1 and below[0].rank == BODY:
                found.append((node.index, _plain(node, node.path(), context, _group(node), below[0])))
            elif short and below:
                group = squeeze(node.line.text)
                found.extend(
                    (child.index, _plain(child, f"{node.path()}.{k}", context, group))
                    for k, child in enumerate(below, 1)
                )
            elif len(node.text) > 15:
                found.append((node.index, _plain(node, node.path(), context, _group(node))))
    return found


def _plain(node: Node, ref: str, context: Context, group: str | None, body: Node | None = None) -> DraftTask:
    """A task of one line; `body`: the sentence under its heading that says who and when."""
    last = max(n.line.last for n in node.walk())
    task = DraftTask(ref, squeeze(node.text).rstrip(" ;"), group, lines=(node.line.first, last))
    task.read["title"] = node.line.trace(node.offset)
    said = body or node
    text = said.line.text
    brackets = _BRACKETS.search(text, said.offset)
    if brackets:
        if body is None:
            task.title = squeeze(text[node.offset : brackets.start()])
        _in_brackets(task, said.line, brackets.start("in"), brackets.end("in"), context)
    else:
        _sentence(task, node, said, context)
    if task.schedule_text is None and (words := _when(text, said.offset)):
        set_time(task, said.line, context, words)
    return task


def _when(text: str, start: int) -> str | None:
    """The words of a sentence that say when it is to be done, the last where there are several."""
    if match := _DEADLINE.search(text, start):
        return match[1]
    habit = _EACH.search(text, start)
    if habit:
        return habit[0]
    dates = [m for m in _BY.finditer(text, start) if not _CITED.search(text[: m.start()])]
    if dates:
        return dates[-1][0].rstrip(" .;,")
    always = re.search(r"thường xuyên(?! (?:liên lạc|hơn))", text[start:], re.IGNORECASE)
    return always[0] if always else None


def _sentence(task: DraftTask, node: Node, said: Node, context: Context) -> None:
    """Who is told to act: the subject of the sentence, else the body in whose heading it stands."""
    text = said.line.text
    order = _ORDER.match(text[said.offset :])
    start = said.offset + (order.end() if order else 0)
    rest = text[start:]
    if (colon := _COLON.match(rest)) and is_body(colon[1]):
        # "Sở Công Thương: Chủ trì, phối hợp với Sở Tài chính …"
        add_units(task, "lead_units", said.line, start, start + colon.end(1), context)
        task.responsible_text = squeeze(colon[1])
        _add_helpers(task, said.line, rest[colon.end() :], start + colon.end(), context)
        return
    named = context.register.opening(rest)
    who = subject_of(rest) or (subject_of(rest[:1].upper() + rest[1:]) if order else None)
    if who is None and named is None:
        for above in _above(node):
            if named_above := body_in_heading(above.line.text[above.offset :]):
                first = above.offset + named_above[0]
                add_units(task, "lead_units", above.line, first, len(above.line.text.rstrip(" :.")), context)
                task.responsible_text = squeeze(named_above[1])
                _add_helpers(task, said.line, rest, start, context)
                break
        return
    length = len(who) if who is not None else len(named or "")
    add_units(task, "lead_units", said.line, start, start + length, context)
    task.responsible_text = squeeze(rest[:length])
    if (led := _LEADS.match(rest, length)) and led["with"]:
        add_units(task, "coordinating_units", said.line, start + led.start("with"), start + led.end("with"), context)
        task.responsible_text = squeeze(rest[: led.end()]).rstrip(" ,")
    task.coordinating_units = [u for u in task.coordinating_units if u not in task.lead_units]


def _add_helpers(task: DraftTask, line: Line, rest: str, start: int, context: Context) -> None:
    """ "Chủ trì, phối hợp với …" after the body was named: who helps it. `start`: of `rest` in the line."""
    if helped := _HELPED.match(rest):
        add_units(task, "coordinating_units", line, start + helped.start("with"), start + helped.end("with"), context)
    task.coordinating_units = [u for u in task.coordinating_units if u not in task.lead_units]


def _above(node: Node) -> Iterator[Node]:
    parent = node.parent
    while parent is not None and parent.rank >= 4:
        yield parent
        parent = parent.parent


def _in_brackets(task: DraftTask, line: Line, start: int, end: int, context: Context) -> None:
    """Who and when, in the brackets at the end of a task: "(Ban A chủ trì, phối hợp với B; quý III/2026)"."""
    for match in re.finditer(r"[^;]+", line.text[start:end]):
        words = match[0]
        at = start + match.start()
        if re.search(r"chủ trì|phối hợp|thực hiện:|phụ trách", words, re.IGNORECASE):
            for share, first, last in shares(words):
                name = "lead_units" if share == "lead" else "coordinating_units"
                add_units(task, name, line, at + first, at + last, context)
            task.responsible_text = squeeze(words)
        elif find_times(words, context.year) or re.search(
            r"thường xuyên|(?:hằng|hàng|định kỳ)\s", words, re.IGNORECASE
        ):
            set_time(
                task, line, context, re.sub(r"^\s*(?:thời gian|hoàn thành|thời hạn)[^:\d]{0,14}:\s*", "", words).strip()
            )
