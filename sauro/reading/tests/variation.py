"""Plans whose truth is known, written down in all the ways that offices and converters write them.

`generate` invents a plan; `from_gold` takes one from a gold reading; a variation renders it as text, broken or
renamed in one way. `sauro.reading.tests.measure` counts what a reading of that text gives back.
"""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sauro.reading import Register

FIELDS = ("title", "lead", "coordinate", "time", "product")
HEADERS = {
    "ref": ("TT", "STT", "Số TT", "Stt"),
    "title": (
        "Tên nhiệm vụ",
        "Nội dung công việc",
        "Nhiệm vụ cần thực hiện",
        "Nội dung",
        "Nhiệm vụ",
        "Nội dung nhiệm vụ",
    ),
    "lead": ("Đơn vị chủ trì", "Cơ quan chủ trì", "Đơn vị thực hiện", "Trách nhiệm thực hiện", "Phân công", "Chủ trì"),
    "coordinate": ("Đơn vị phối hợp", "Cơ quan phối hợp", "Phối hợp", "Đơn vị phối hợp thực hiện"),
    "time": ("Thời gian thực hiện", "Thời hạn", "Tiến độ", "Tần suất / Thời hạn hoàn thành", "Thời gian hoàn thành"),
    "product": ("Sản phẩm đầu ra dự kiến", "Kết quả", "Sản phẩm", "Sản phẩm dự kiến hoàn thành", "Kết quả đầu ra"),
}
UNITS = (
    "Văn phòng Sở",
    "Phòng Quản lý công nghiệp",
    "Phòng Kế hoạch, Tài chính và Tổng hợp",
    "Thanh tra Sở",
    "Phòng Quản lý xuất nhập khẩu và Thương mại điện tử",
    "Trung tâm Khuyến công và Xúc tiến thương mại",
    "Phòng Kỹ thuật an toàn và Môi trường",
    "Chi cục Quản lý thị trường",
    "Phòng Quản lý năng lượng",
)
_VERBS = (
    "Xây dựng",
    "Rà soát",
    "Ban hành",
    "Tổ chức",
    "Triển khai",
    "Kiểm tra",
    "Hoàn thiện",
    "Tham mưu",
    "Đẩy mạnh",
    "Nghiên cứu",
)
_THINGS = (
    "quy trình giải quyết hồ sơ theo cơ chế một cửa",
    "kế hoạch phát triển thương mại điện tử trên địa bàn tỉnh",
    "cơ sở dữ liệu doanh nghiệp ngành Công Thương phục vụ quản lý nhà nước",
    "hội nghị kết nối cung cầu với các tỉnh phía Bắc",
    "danh mục thủ tục hành chính đủ điều kiện thực hiện trực tuyến toàn trình",
    "công tác an toàn thực phẩm tại các chợ, siêu thị",
    "đề án hạ tầng cụm công nghiệp giai đoạn 2026 - 2030, định hướng đến năm 2035",
    "việc chấp hành pháp luật về hóa chất",
    "chương trình tiết kiệm năng lượng tại các cơ sở sử dụng năng lượng trọng điểm",
)
_TAILS = (
    "",
    " năm 2026",
    " theo Nghị quyết số 57-NQ/TW của Bộ Chính trị",
    ", bảo đảm công khai, minh bạch",
    " và báo cáo kết quả thực hiện",
)
_PRODUCTS = (
    "Kế hoạch của Sở",
    "Quyết định được ban hành",
    "Báo cáo kết quả kiểm tra",
    "Tờ trình gửi UBND tỉnh",
    "Cơ sở dữ liệu được vận hành",
)
_TIMES = (
    ("Quý I/2026", "deadline", "2026-03-31", None),
    ("Tháng 6 năm 2026", "deadline", "2026-06-30", None),
    ("Trước ngày 15/11/2026", "deadline", "2026-11-15", None),
    ("Thường xuyên", "continuous", None, None),
    ("Hằng quý", "recurring", None, "quarter"),
    ("Quý IV năm 2026", "deadline", "2026-12-31", None),
    ("Hàng tháng", "recurring", None, "month"),
)


@dataclass(slots=True)
class TrueTask:
    """What a reading must give back of one task."""

    ref: str
    group: str
    title: str
    lead: list[str]
    coordinate: list[str]
    time: str
    schedule: tuple[str, str | None, str | None]
    product: list[str]

    def cells(self) -> dict[str, str]:
        """The words of its cells by role."""
        return {
            "ref": self.ref,
            "title": self.title,
            "lead": "; ".join(self.lead),
            "coordinate": "; ".join(self.coordinate),
            "time": self.time,
            "product": "<br>".join(f"- {p}" for p in self.product) if len(self.product) > 1 else "".join(self.product),
        }


@dataclass(slots=True)
class TruePlan:
    """A plan with its register."""

    tasks: list[TrueTask]
    register: Register
    year: int = 2026
    groups: dict[str, str] = field(default_factory=dict)


def generate(seed: int, size: int = 24) -> TruePlan:
    """An invented plan of `size` tasks in groups; the same for the same seed."""
    rng = random.Random(seed)
    tasks: list[TrueTask] = []
    groups: dict[str, str] = {}
    group, within = 0, 0
    for _ in range(size):
        if not tasks or within >= rng.randint(3, 6):
            group, within = group + 1, 0
            groups[str(group)] = f"Nhóm {group}: {rng.choice(_THINGS)}"
        within += 1
        words, kind, due, period = rng.choice(_TIMES)
        lead = rng.sample(UNITS, rng.choice((1, 1, 1, 2)))
        others = [u for u in UNITS if u not in lead]
        tasks.append(
            TrueTask(
                f"{group}.{within}",
                groups[str(group)],
                f"{rng.choice(_VERBS)} {rng.choice(_THINGS)}{rng.choice(_TAILS)}",
                lead,
                rng.sample(others, rng.choice((0, 1, 1, 2))),
                words,
                (kind, due, period),
                rng.sample(_PRODUCTS, rng.choice((1, 1, 2))),
            )
        )
    return TruePlan(
        tasks,
        Register.from_json({"units": [{"name": n, "kind": "unit", "abbreviations": []} for n in UNITS]}),
        2026,
        groups,
    )


def from_gold(gold: Path, units: Path) -> TruePlan | None:
    """The plan of a gold reading whose tasks are numbered in groups, or None where it has none such."""
    data: dict[str, Any] = json.loads(gold.read_text(encoding="utf-8"))
    tasks, groups = [], {}
    for t in data["tasks"]:
        if not t["ref"][0].isdigit() or "." not in t["ref"]:
            continue
        number = t["ref"].split(".")[0]
        groups[number] = t["group"].removeprefix(number).strip()
        s = t["schedule"]
        tasks.append(
            TrueTask(
                t["ref"],
                groups[number],
                t["title"],
                t["lead_units"],
                t["coordinating_units"],
                t["schedule_text"] or "",
                (s["kind"], s["due"], s["period"] if s["kind"] == "recurring" else None),
                t["products"],
            )
        )
    register = Register.from_json(json.loads(units.read_text(encoding="utf-8")))
    return TruePlan(tasks, register, 2026, groups) if tasks else None


# Rows before they are written: each a list of cells in the order of the columns.
Rows = list[list[str]]


@dataclass(slots=True)
class Sheet:
    """The table of a plan on its way to text: columns in order, header words, rows (groups among them)."""

    order: list[str]
    header: list[str]
    rows: Rows
    repeat: int = 0


def sheet_of(plan: TruePlan, order: list[str] | None = None, header: dict[str, str] | None = None) -> Sheet:
    """The plain sheet of a plan."""
    order = order or ["ref", *FIELDS]
    rows: Rows = []
    last = None
    for task in plan.tasks:
        if task.group != last:
            number = task.ref.split(".")[0]
            rows.append([number if role == "ref" else task.group if role == "title" else "" for role in order])
            last = task.group
        cells = task.cells()
        rows.append([cells[role] for role in order])
    words = header or {role: HEADERS[role][0] for role in order}
    return Sheet(order, [words[role] for role in order], rows)


def written(plan: TruePlan, sheet: Sheet) -> str:
    """The text of a decision with that table."""
    head = (
        "SỞ CÔNG THƯƠNG\n\nSố: 12/QĐ-SCT\n\nBắc Sơn, ngày 05 tháng 01 năm 2026\n\nQUYẾT ĐỊNH\n\n"
        f"Ban hành Kế hoạch công tác năm {plan.year}\n\nGIÁM ĐỐC SỞ CÔNG THƯƠNG\n\n"
        "Căn cứ Quyết định số 30/2025/QĐ-UBND ngày 01/3/2025 của UBND tỉnh;\n\nQUYẾT ĐỊNH:\n\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch công tác.\n\nNơi nhận:\n\n- "
        "Như Điều 1;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Văn An\n\n"
        "PHỤ LỤC\n\nDANH MỤC NHIỆM VỤ\n\n"
    )
    lines = ["\t".join(sheet.header)]
    for n, row in enumerate(sheet.rows):
        if sheet.repeat and n and n % sheet.repeat == 0:
            lines += ["", "\t".join(sheet.header)]
        lines.append("\t".join(row))
    return head + "\n".join(lines) + "\n"


Variation = Callable[[TruePlan, random.Random], str]


def plain(plan: TruePlan, rng: random.Random) -> str:
    """As it should be."""
    return written(plan, sheet_of(plan))


def shuffled(plan: TruePlan, rng: random.Random) -> str:
    """Columns in any order."""
    order = ["ref", *FIELDS]
    rng.shuffle(order)
    return written(plan, sheet_of(plan, order))


def renamed(plan: TruePlan, rng: random.Random) -> str:
    """Other usual names for every column."""
    return written(plan, sheet_of(plan, header={role: rng.choice(names) for role, names in HEADERS.items()}))


def repeated(plan: TruePlan, rng: random.Random) -> str:
    """The header again every few rows."""
    sheet = sheet_of(plan)
    sheet.repeat = rng.randint(3, 7)
    return written(plan, sheet)


def _cut_words(text: str, rng: random.Random) -> tuple[str, str]:
    words = text.split(" ")
    at = rng.randint(1, len(words) - 1) if len(words) > 1 else 1
    return " ".join(words[:at]), " ".join(words[at:])


def _breakable(sheet: Sheet, rng: random.Random, last: bool = True) -> list[int]:
    title = sheet.order.index("title")
    lead = sheet.order.index("lead")
    spots = [
        n
        for n, row in enumerate(sheet.rows)
        if row[lead] and len(row[title].split()) > 3 and (last or n + 1 < len(sheet.rows))
    ]
    return rng.sample(spots, max(1, len(spots) // 4))


def cut_row(plan: TruePlan, rng: random.Random) -> str:
    """A page end through rows: what is cut of several cells stands in a row of its own, its number empty."""
    sheet = sheet_of(plan)
    rows: Rows = []
    chosen = set(_breakable(sheet, rng))
    for n, row in enumerate(sheet.rows):
        if n not in chosen:
            rows.append(row)
            continue
        first, rest = list(row), [""] * len(row)
        for c, role in enumerate(sheet.order):
            if role == "title" or (
                role in ("product", "lead") and rng.random() < 0.5 and "<br>" not in row[c] and len(row[c].split()) > 2
            ):
                first[c], rest[c] = _cut_words(row[c], rng)
        rows += [first, rest]
    sheet.rows = rows
    return written(plan, sheet)


def cut_cell(plan: TruePlan, rng: random.Random) -> str:
    """A page end through one cell of any column, with the header after it."""
    sheet = sheet_of(plan)
    rows: Rows = []
    chosen = set(_breakable(sheet, rng))
    for n, row in enumerate(sheet.rows):
        rows.append(row)
        if n in chosen:
            c = rng.choice(
                [
                    i
                    for i, role in enumerate(sheet.order)
                    if role != "ref" and len(row[i].split()) > 2 and "<br>" not in row[i]
                ]
            )
            first, rest = list(row), [""] * len(row)
            first[c], rest[c] = _cut_words(row[c], rng)
            rows[-1:] = [first, list(sheet.header), rest]
    sheet.rows = rows
    return written(plan, sheet)


def glued(plan: TruePlan, rng: random.Random) -> str:
    """The rest of a cell stands before the words of the next row's cell."""
    sheet = sheet_of(plan)
    lead = sheet.order.index("lead")
    for n in sorted(_breakable(sheet, rng, last=False), reverse=True):
        row, after = sheet.rows[n], sheet.rows[n + 1]
        if not after[lead]:
            continue
        c = sheet.order.index(rng.choice(("title", "lead")))
        words = row[c].split(" ")
        # A page ends within a phrase; where the rest begins with a capital nobody could tell it from a new cell.
        spots = [i for i in range(1, len(words)) if words[i][:1].islower()]
        if spots and ";" not in row[c]:
            at = rng.choice(spots)
            row[c], after[c] = " ".join(words[:at]), f"{' '.join(words[at:])} {after[c]}"
    return written(plan, sheet)


def decomposed(plan: TruePlan, rng: random.Random) -> str:
    """Unicode NFD, as some machines save text."""
    return unicodedata.normalize("NFD", plain(plan, rng))


def merged_groups(plan: TruePlan, rng: random.Random) -> str:
    """Group rows as one merged cell: number and words in the first place."""
    sheet = sheet_of(plan)
    lead, ref, title = (sheet.order.index(r) for r in ("lead", "ref", "title"))
    for row in sheet.rows:
        if not row[lead] and "." not in row[ref]:
            row[ref], row[title] = f"{row[ref]}. {row[title]}", ""
    return written(plan, sheet)


_SLIPS = {
    "ổ": "ồ",
    "ô": "ơ",
    "ế": "ê",
    "ị": "i",
    "ử": "ứ",
    "ề": "ê",
    "ả": "à",
    "l": "i",
    "ấ": "á",
    "ụ": "u",
    "đ": "d",
    "Đ": "D",
}


def noisy_units(plan: TruePlan, rng: random.Random) -> str:
    """One slip of recognition in every unit's name."""
    sheet = sheet_of(plan)
    for row in sheet.rows:
        for role in ("lead", "coordinate"):
            c = sheet.order.index(role)
            row[c] = "; ".join(_slip(name, rng) for name in row[c].split("; ")) if row[c] else ""
    return written(plan, sheet)


def _slip(name: str, rng: random.Random) -> str:
    spots = [i for i, char in enumerate(name) if char in _SLIPS]
    if not spots:
        return name
    at = rng.choice(spots)
    return name[:at] + _SLIPS[name[at]] + name[at + 1 :]


VARIATIONS: dict[str, Variation] = {
    "plain": plain,
    "shuffled columns": shuffled,
    "renamed headers": renamed,
    "header repeated": repeated,
    "row cut, number empty": cut_row,
    "one cell cut": cut_cell,
    "glued to the next row": glued,
    "NFD": decomposed,
    "merged groups": merged_groups,
    "slips in unit names": noisy_units,
}
