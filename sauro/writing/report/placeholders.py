"""The places that a template can have filled. Their names are Vietnamese without marks, for whoever edits in Word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`words`: what stands there; `fields`: of each item, where it is a list of records; `is_list`: a list of texts."""

    words: str
    required: bool = False
    is_list: bool = False
    fields: tuple[str, ...] = ()
    is_picture: bool = False


_CELLS = ("dung_han", "xong_qua_han", "trong_han", "qua_han", "tong")
PLACEHOLDERS: dict[str, Placeholder] = {
    "co_quan_chu_quan": Placeholder("cơ quan chủ quản"),
    "co_quan": Placeholder("cơ quan ban hành", required=True),
    "so_ky_hieu": Placeholder("số, ký hiệu"),
    "dia_danh": Placeholder("địa danh"),
    "trich_yeu": Placeholder("trích yếu nội dung báo cáo", required=True),
    "kinh_gui": Placeholder("nơi nhận chính, sau chữ Kính gửi"),
    "ky": Placeholder("kỳ báo cáo, ví dụ tháng 11 năm 2026"),
    "ngay_so_lieu": Placeholder("ngày của số liệu"),
    "ke_hoach": Placeholder("tên và số kế hoạch"),
    "can_cu": Placeholder("các căn cứ", is_list=True),
    "mo_dau": Placeholder("phần mở đầu", is_list=True),
    "ket_qua_chung": Placeholder("kết quả chung", required=True, is_list=True),
    "tong": Placeholder("tổng số nhiệm vụ"),
    "dung_han": Placeholder("số nhiệm vụ hoàn thành đúng hạn"),
    "xong_qua_han": Placeholder("số nhiệm vụ hoàn thành quá hạn"),
    "trong_han": Placeholder("số nhiệm vụ chưa hoàn thành, trong hạn"),
    "qua_han": Placeholder("số nhiệm vụ chưa hoàn thành, quá hạn"),
    "thuong_xuyen": Placeholder("số nhiệm vụ thường xuyên, trong số trong hạn"),
    "bieu_do_bon_o": Placeholder("biểu đồ bốn ô", is_picture=True),
    "bieu_do_don_vi": Placeholder("biểu đồ theo đơn vị", is_picture=True),
    "ket_qua_nhom": Placeholder("kết quả theo nhóm", is_list=True),
    "nhom": Placeholder("bảng theo nhóm", is_list=True, fields=("ten", *_CELLS)),
    "don_vi": Placeholder("bảng theo đơn vị", is_list=True, fields=("ten", *_CELLS)),
    "kho_khan": Placeholder("khó khăn, vướng mắc", required=True, is_list=True),
    "de_xuat": Placeholder("đề xuất, kiến nghị", required=True, is_list=True),
    "ky_toi": Placeholder("nhiệm vụ trọng tâm kỳ tới", is_list=True),
    "nhiem_vu": Placeholder(
        "phụ lục từng nhiệm vụ",
        is_list=True,
        fields=("nhom", "ma", "ten", "chu_tri", "phoi_hop", "han", "tien_do", "ket_qua", "tinh_trang", "san_pham"),
    ),
    "quyen_han": Placeholder("quyền hạn của người ký: TM., KT., TL."),
    "chuc_vu": Placeholder("chức vụ người ký"),
    "nguoi_ky": Placeholder("họ tên người ký"),
    "noi_nhan": Placeholder("nơi nhận", is_list=True),
}
