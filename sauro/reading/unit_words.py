"""What names of bodies are made of: heads, separators, abbreviations, collectives."""

from __future__ import annotations

import re
from functools import lru_cache

from sauro.reading.text import key, letters

SEPARATOR = re.compile(
    r"\s*[;\n,]\s*(?:và\s+)?|\s+(?:và|cùng|với)\s+|\s+[-–]\s+|\s*/\s*|\s*\+\s*|(?<=[^\W\d_]{3})\.\s+(?=[A-ZĐ])"
)
STRONG = re.compile(r"[;\n]")
LEADING = re.compile(
    r"^(?:[-+•*–·]\s*|\(?(?-i:[a-zđ\d]{1,2})[.)]\s+|(?:cơ quan|đơn vị|bộ phận)?\s*(?:chủ trì|"
    r"phối hợp|thực hiện|đầu mối)\s*:\s*|:\s*|và\s+|với\s+|do\s+)+",
    re.IGNORECASE,
)
# With their marks: folded, "quận" is the head of "quản lý" and "mọi" of "môi trường".
HEADS = (
    "văn phòng",
    "thanh tra",
    "chi cục",
    "tổng cục",
    "tổng công ty",
    "công ty",
    "tập đoàn",
    "cục",
    "vụ",
    "sở",
    "ban",
    "bộ",
    "ủy ban",
    "uỷ ban",
    "ubnd",
    "hđnd",
    "hội đồng",
    "phòng",
    "trung tâm",
    "viện",
    "trường",
    "học viện",
    "báo",
    "tạp chí",
    "nhà xuất bản",
    "tổ",
    "đoàn",
    "hội",
    "liên đoàn",
    "liên hiệp",
    "liên minh",
    "mặt trận",
    "công an",
    "bộ chỉ huy",
    "bộ đội",
    "quân khu",
    "tòa án",
    "toà án",
    "viện kiểm sát",
    "ngân hàng",
    "kho bạc",
    "bảo hiểm",
    "thuế",
    "hải quan",
    "quản lý thị trường",
    "đảng ủy",
    "đảng uỷ",
    "tỉnh ủy",
    "tỉnh uỷ",
    "thành ủy",
    "thành uỷ",
    "huyện ủy",
    "đảng bộ",
    "chi bộ",
    "lãnh đạo",
    "thủ trưởng",
    "giám đốc",
    "phó",
    "chủ tịch",
    "bộ trưởng",
    "thủ tướng",
    "chánh",
    "các",
    "toàn thể",
    "tất cả",
    "mọi",
    "doanh nghiệp",
    "cơ quan",
    "đơn vị",
    "hiệp hội",
    "người",
    "cán bộ",
    "công chức",
    "chuyên viên",
    "quỹ",
    "đài",
    "thư viện",
    "bảo tàng",
    "bệnh viện",
    "trang thông tin",
    "cổng thông tin",
    "kế toán",
    "thư ký",
    "đại diện",
    "đồng chí",
    "đ/c",
    "siêu thị",
    "hợp tác xã",
    "xã",
    "phường",
    "thị xã",
    "quận",
    "huyện",
    "thành phố",
    "tỉnh",
    "qmr",
    "kiểm lâm",
    "vpub",
    "vpb",
    "ttxt",
)
HEAD = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(HEADS, key=len, reverse=True)))})(?!\w)", re.IGNORECASE)
# Fields of ministries and departments whose names hold "và" or a comma (Nghị định 45/2025/NĐ-CP and before it).
# "các sở, ban, ngành": one collective, not three bodies.
_KIND = (
    "sở|ban|ngành|phòng|đơn vị|cục|vụ|khoa|bộ|cơ quan|đoàn thể|địa phương|trung tâm|hội|tổ chức|xã|phường|huyện|thị xã|"
    "thành phố|doanh nghiệp|viện|trường|chi cục|bộ phận|tổ|cá nhân|cấp|bệnh viện|trạm|thôn|khu phố"
)
_COLLECTIVES = (
    rf"(?-i:[Cc]ác\s+(?:{_KIND})(?:\s*(?:,|và)\s*(?:{_KIND})"
    r"(?=\s*(?:[,;.()\n]|$|và\s|thuộc|liên quan|trực thuộc|có\s|tỉnh|trong|cấp|trên|của)))+)"
)
COMPOUND = re.compile(
    rf"{_COLLECTIVES}|(?:hđnd|hội đồng nhân dân)\s+và\s+(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)|"
    r"(?:đbqh|đại biểu quốc hội)\s+và\s+(?:hđnd|hội đồng nhân dân)|"
    r"nông nghiệp và (?:môi trường|phát triển nông thôn)|khoa học và công nghệ|giáo dục và đào tạo|dân tộc và tôn giáo"
    r"|văn h(?:óa|oá)\s*,\s*thể thao và du lịch|văn h(?:óa|oá) và thể thao|kế hoạch và đầu tư|tài nguyên và môi trường"
    r"|thông tin và truyền thông|lao động\s*[-,–]\s*thương binh và xã hội|phát thanh và truyền hình"
    r"|phát thanh\s*[-,–]\s*truyền hình|báo và (?=đài\b|phát thanh)|"
    r"khu (?:kinh tế|công nghiệp|công nghệ cao|chế xuất)\s*(?:,|và)\s*(?:các\s+)?khu (?:kinh tế|công nghiệp|chế xuất)"
    r"|đổi mới sáng tạo và chuyển đổi số|khoa học\s*[-–]\s*công nghệ"
    r"|(?:tỉnh|xã)\s*,\s*(?:thành phố|phường)(?:\s*,\s*(?:thị trấn|đặc khu))?|phường\s*,\s*(?:xã|thị trấn)"
    r"|xã\s*,\s*phường(?:\s*(?:,|và)\s*(?:thị trấn|đặc khu))?|sở\s*,\s*(?:ban\s*,\s*)?ngành"
    r"|cục\s*,\s*vụ|vụ\s*,\s*cục|tổ chức\s*,\s*cá nhân|cơ quan\s*,\s*(?:tổ chức\s*,\s*)?đơn vị|"
    r"phòng\s*,\s*ban|phòng\s*,\s*đơn vị|trong và ngoài",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"(?:công thương|tài chính|nội vụ|xây dựng|y tế|tư pháp|ngoại vụ|du lịch|quốc phòng|công an|giao thông vận tải"
    r"|nông nghiệp và \w+ \w+|khoa học và công nghệ|giáo dục và đào tạo|dân tộc và tôn giáo|"
    r"văn h\w+, thể thao và du lịch"
    r"|kế hoạch và đầu tư|tài nguyên và môi trường|thông tin và truyền thông)$",
    re.IGNORECASE,
)
SHARED = re.compile(
    r"(?:các\s+)?(Cục|Vụ|Sở|Phòng|Ban|Chi cục|Bộ|Trung tâm|Viện|UBND(?: các)?(?: (?:xã|"
    r"huyện|phường|tỉnh|thành phố))?|Trường|Văn phòng)"
    r"(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
SHORT = (
    (r"\bubnd\b", "uy ban nhan dan"),
    (r"\bhdnd\b", "hoi dong nhan dan"),
    (r"\bbcd\b", "ban chi dao"),
    (r"\btp\b\.?", "thanh pho"),
    (r"\btw\b", "trung uong"),
    (r"\bkh\s*&\s*cn\b|\bkhcn\b", "khoa hoc va cong nghe"),
    (r"\bcds\b", "chuyen doi so"),
    (r"\btmdt\b", "thuong mai dien tu"),
    (r"\bcntt\b", "cong nghe thong tin"),
    (r"\bkts\b", "kinh te so"),
    (r"\bgd\s*&?\s*dt\b", "giao duc va dao tao"),
    (r"\bnn\s*&?\s*mt\b", "nong nghiep va moi truong"),
    (r"\btt\s*&\s*tt\b|\btttt\b", "thong tin va truyen thong"),
    (r"\bvh\s*,?\s*tt\s*&?\s*dl\b", "van hoa the thao va du lich"),
    (r"\bkh\s*&?\s*dt\b", "ke hoach va dau tu"),
    (r"\btccb\b", "to chuc can bo"),
    (r"\bqltt\b", "quan ly thi truong"),
    (r"\bmttq\b", "mat tran to quoc"),
    (r"\bxnk\b", "xuat nhap khau"),
    (r"\s*&\s*", " va "),
)
SHORT_RE = tuple((re.compile(p), full) for p, full in SHORT)
_HEADED = (
    "Sở|Cục|Vụ|Phòng|Ban|Văn phòng|Chi cục|Tổng cục|Trung tâm|Thanh tra|Viện|Trường|Học viện|Báo|Đài|Bộ|Tổ|Đoàn|Hội|"
    "Liên đoàn|Liên minh|Hiệp hội|Bệnh viện|Tập đoàn|Tổng công ty|Công ty|Ngân hàng|Kho bạc|Bảo hiểm|Thuế|Hải quan|"
    "Khoa|Quỹ|Kiểm toán|Tòa án|Toà án|Nhà xuất bản|Tạp chí|Ủy ban|Uỷ ban|Hội đồng|Mặt trận"
)
# What stands at the head of a sentence as its subject: "Sở Tài chính", "Các sở, ban, ngành", "Công an tỉnh"; not
# "Ban hành", "Tổ chức", "Phòng, chống".
SUBJECT = re.compile(
    letters(
        rf"(?:Báo và (?=Đài|Phát thanh)"
        rf"|(?:{_HEADED})\s+(?=[A-ZĐÀ-Ỹ\d\"“]|nhân dân|các\b|chỉ đạo|tỉnh\b|thành phố|xã\b|phường|kiểm tra|"
        r"chuyên môn|"
        r"quản lý|nghiệp vụ|thường trực|thuộc\b|phận\b|giúp việc|công tác|nước\b|đại học|liên quan|Mặt)"
        r"|(?:Văn phòng(?! phẩm)|"
        r"UBND|HĐND|UBMTTQ|MTTQ|BCĐ|VP|Công an|Quân sự|Bộ Chỉ huy|Đảng ủy|Đảng uỷ|Tỉnh ủy|Thành ủy|Huyện ủy|"
        r"Chi bộ|Đảng bộ|Thường trực|Cơ quan|Đơn vị|Chính quyền)\b"
        r"|Các\s+(?:sở|cục|vụ|phòng|ban|bộ|cơ quan|đơn vị|địa phương|xã|phường|huyện|tỉnh|khoa|chi cục|chi bộ|đảng|"
        r"cấp ủy|trường|trung tâm|doanh nghiệp|tổ chức|tổng công ty|tập đoàn|hội|viện|Sở|Cục|Vụ|Phòng|Ban|Bộ|đồng chí|"
        r"ngành|đoàn thể|chủ đầu tư|chủ rừng|chủ hồ|chủ cơ sở|thành viên|hộ|thôn|khu phố)\b"
        r"|(?:Thủ trưởng|Lãnh đạo|Người đứng đầu|Giám đốc|Chủ tịch|Phó Chủ tịch|Chánh|Trưởng|Hiệu trưởng|Cục trưởng|"
        r"Vụ trưởng|Viện trưởng|Bộ trưởng|Bí thư|Tổng Giám đốc|Thư ký|Tổ trưởng|QMR)\s+(?=\S))"
    )
)
# Small-letter words that end such a subject.
PREDICATE = (
    r"chủ trì|chủ động|phối hợp|có trách nhiệm|chịu trách nhiệm|được giao|khẩn trương|thường xuyên|tiếp tục|tập trung|"
    r"tham mưu|tổ chức|triển khai|xây dựng|rà soát|thực hiện|ban hành|hoàn thành|hoàn thiện|hướng dẫn|đẩy mạnh|"
    r"nghiên cứu|theo dõi|đôn đốc|kiểm tra|giám sát|tổng hợp|báo cáo|gửi|lập|trình|căn cứ|lãnh đạo|chỉ đạo|là cơ quan|"
    r"là đơn vị|là đầu mối|giúp|định kỳ|xem xét|cập nhật|bố trí|đề xuất|tăng cường|nâng cao|quán triệt|tuyên truyền|"
    r"phổ biến|vận động|bảo đảm|đảm bảo|kịp thời|thẩm định|thẩm tra|cung cấp|tiếp nhận|hỗ trợ|đánh giá|kiện toàn|"
    r"phát động|lồng ghép|cụ thể hóa|sơ kết|tổng kết|cử|làm đầu mối|đăng ký|khảo sát|công bố|công khai|"
    r"rút kinh nghiệm|nghiêm túc|trực tiếp|phân công|ưu tiên|tạo điều kiện|chuẩn bị|đăng tải|đề nghị|thông báo|"
    r"phấn đấu|điều tra|xử lý|giải quyết|thống nhất|tháo gỡ|khắc phục|lựa chọn|xác định|vận hành|kết nối|bàn giao|"
    r"ngăn chặn|phòng ngừa|sửa đổi|bổ sung|tiến hành|thí điểm|áp dụng|duy trì|tập huấn|mở rộng|huy động|thu hút|"
    r"khuyến khích|thúc đẩy|rút ngắn|cắt giảm|đơn giản hóa|số hóa|tích hợp|chia sẻ|nâng cấp|lắp đặt|thiết lập|"
    r"thành lập|sắp xếp|thu thập|thống kê|bám sát|nắm chắc|nắm tình hình|dự báo|cảnh báo|tư vấn|kêu gọi|khai thác|"
    r"tính toán|đàm phán|thu hồi|giao|mở|phát triển"
)
_STRONG = r"chủ trì|có trách nhiệm|chịu trách nhiệm|chủ động|là cơ quan|là đơn vị|là đầu mối"
_LED_FIRST = re.compile(rf"^[^:;.()]{{2,140}}?(?=\s*,?\s+(?:{_STRONG})(?!\w))")
_LED = re.compile(rf"^[^:;.()]{{2,160}}?(?=\s*,?\s+(?:{PREDICATE})(?!\w))")


def subject_of(text: str) -> str | None:
    """The body that a sentence begins with and that its verb tells to act: "Sở Tài chính chủ trì …"; else None."""
    if not SUBJECT.match(text):
        return None
    # "Ban Quản lý dự án đầu tư xây dựng chủ trì": a verb inside a name gives way to one that only a sentence has.
    match = _LED_FIRST.match(text)
    if match is None or re.search(rf",\s+(?:{PREDICATE})(?!\w)", match[0]):
        match = _LED.match(text)
    return match[0].strip(" ,") if match else None


def is_body(text: str) -> bool:
    """Whether a heading is the name of a body and nothing else: "Công an tỉnh", not "Tổ chức thực hiện"."""
    text = text.strip(" :.")
    return len(text) < 160 and bool(SUBJECT.match(text)) and not re.search(rf"\s(?:{PREDICATE})(?!\w)|[;.:]", text)


_ORDERED = re.compile(r"(?:Giao|Đề nghị|Yêu cầu|Phân công|Chỉ đạo)\s+(?:cho\s+)?")


def body_in_heading(text: str) -> tuple[int, str] | None:
    """The body that a heading names, and where it begins: "Sở Y tế:" → 0, "Yêu cầu các chủ đầu tư:" → 8; else None."""
    order = _ORDERED.match(text)
    start = order.end() if order else 0
    name = text[start:].rstrip(" :.")
    return (start, name) if is_body(name[:1].upper() + name[1:]) else None


COLLECTIVE = re.compile(
    r"^(?:toan the |tat ca )?(?:cac|nhung|moi|toan)\b|^(?:doanh nghiep|nguoi|can bo|don vi|co quan)\b"
)
VAGUE = re.compile(r"\b(?:lien quan|khac|toan the|thanh vien|ca nhan)\b")


@lru_cache(maxsize=16384)
def canonical(text: str) -> str:
    """A name folded, common abbreviations written out, fillers of collectives dropped: equal for the same body."""
    text = key(text).strip(" .,;:-*")
    for pattern, full in SHORT_RE:
        text = pattern.sub(full, text)
    text = re.sub(r"[,;.]", " ", text)
    text = re.sub(r"\b(?:co|nay|deu|dong chi)\b(?= lien quan|$)", " ", text)
    if COLLECTIVE.match(text):
        text = re.sub(r"\btrong (?=bo$|so$|tinh$|toan bo$|bo\b(?! va))", "thuoc ", text)
        text = re.sub(r"^(?:toan the|tat ca|moi)?\s*(?:cac )?co quan (?:va )?don vi\b", "cac don vi", text)
        text = re.sub(
            r"^(?:toan the|tat ca) (?:cac )?|^don vi\b",
            lambda m: "cac don vi" if m[0].startswith("don") else "cac ",
            text,
        )
    return " ".join(text.split())
