"""A template and a report's content made into a Word file."""

from __future__ import annotations

import io
from typing import IO, Any

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sauro.writing.ooxml import write_stable
from sauro.writing.report.charts import LABELS, four_cells_png, units_png
from sauro.writing.report.content import Four, ReportContent
from sauro.writing.report.standard import standard_template
from sauro.writing.text import clean, keep_place

PICTURE_MM = 160


def environment() -> ImmutableSandboxedEnvironment:
    """What templates are run in: values are escaped for XML, nothing of Python can be reached, nothing changed."""
    made = ImmutableSandboxedEnvironment(autoescape=True)
    # Beyond `validity`, which lets no call through: the sandbox's own limit on what could run for long.
    made.globals.clear()
    return made


class _Picture(InlineImage):
    """A picture with words for who can't see it."""

    def __init__(self, template: DocxTemplate, data: bytes, words: str) -> None:
        super().__init__(template, io.BytesIO(data), width=Mm(PICTURE_MM))
        self.words = words

    def _insert_image(self) -> str:
        escaped = self.words.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        return str(super()._insert_image()).replace("<wp:docPr ", f'<wp:docPr descr="{escaped}" ', 1)


def write_report(content: ReportContent, path_or_file: Any, template: bytes | None = None) -> None:
    """Write the report as .docx. `template`: a checked one (see `check_template`), the standard one where None.

    The same content and template give the same bytes. Raises `jinja2.TemplateError` where a template was never checked,
    `OSError` where the file can't be written.
    """
    paper = DocxTemplate(io.BytesIO(template or standard_template()))
    paper.init_docx()
    paper.render(_values(content, paper), environment())
    properties = paper.docx.core_properties
    properties.title, properties.author = clean(content.title)[:250], clean(content.agency)[:250]
    out = io.BytesIO()
    paper.save(out)
    write_stable(out.getvalue(), path_or_file)


def _cells(cells: Four) -> dict[str, Any]:
    return dict(zip(("dung_han", "xong_qua_han", "trong_han", "qua_han"), cells, strict=True)) | {"tong": sum(cells)}


def _values(content: ReportContent, paper: DocxTemplate) -> dict[str, Any]:
    four = ", ".join(f"{words}: {n}" for words, n in zip(LABELS, content.cells, strict=True))
    texts = {
        "can_cu": content.basis, "mo_dau": content.opening, "ket_qua_chung": content.overall,
        "ket_qua_nhom": content.results, "kho_khan": content.difficulties, "de_xuat": content.proposals,
        "ky_toi": content.following, "noi_nhan": content.recipients,
    }  # fmt: skip
    return {
        "co_quan_chu_quan": clean(keep_place(content.parent_agency)),
        "co_quan": clean(keep_place(content.agency)),
        "so_ky_hieu": clean(content.number),
        "dia_danh": clean(content.place),
        "trich_yeu": clean(content.title),
        "kinh_gui": clean(content.to),
        "ky": content.period,
        "ngay_so_lieu": content.as_of,
        "ke_hoach": clean(content.plan),
        **_cells(content.cells),
        "thuong_xuyen": content.continuous,
        **{name: [clean(text) for text in lines] for name, lines in texts.items()},
        "nhom": [{"ten": clean(g.name), **_cells(g.cells)} for g in content.groups],
        "don_vi": [{"ten": clean(u.name), **_cells(u.cells)} for u in content.units],
        "nhiem_vu": [
            {
                "nhom": clean(t.group), "ma": clean(t.ref), "ten": clean(t.title), "chu_tri": clean(t.lead),
                "phoi_hop": clean(t.others), "han": t.due, "tien_do": t.progress, "ket_qua": clean(t.result),
                "tinh_trang": t.standing, "san_pham": clean(t.products),
            }
            for t in content.tasks
        ],
        "bieu_do_bon_o": _Picture(paper, four_cells_png(content.cells), f"Biểu đồ bốn ô. {four}."),
        "bieu_do_don_vi": _Picture(
            paper,
            units_png([(u.name, u.cells) for u in content.units]),
            "Biểu đồ số nhiệm vụ chủ trì theo đơn vị, chia theo bốn ô.",
        ),
        "quyen_han": content.authority,
        "chuc_vu": clean(content.position),
        "nguoi_ky": clean(content.signer),
    }  # fmt: skip


def render_bytes(content: ReportContent, template: bytes | None = None) -> bytes:
    """`write_report` into memory."""
    out: IO[bytes] = io.BytesIO()
    write_report(content, out, template)
    out.seek(0)
    return out.read()
