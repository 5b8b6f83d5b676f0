"""What the people of the demonstration agency write in their reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class Words:
    """One way of reporting: how it begins, goes on and ends, and what stood in the way."""

    begun: str
    going: str
    nearly: str
    finished: str
    trouble: str = ""

    def done(self, percent: int) -> str:
        """What was done, at this progress."""
        steps = ((100, self.finished), (75, self.nearly), (50, self.going))
        return next((text for least, text in steps if percent >= least), self.begun)

    def difficulty(self, percent: int) -> str:
        """What stood in the way; nothing once the work is done."""
        return self.trouble if 50 <= percent < 100 else ""


STORY = (
    Words(
        "Đã xây dựng kế hoạch chi tiết, phân công thành viên tổ soạn thảo.",
        "Đã hoàn thành dự thảo lần 1, lấy ý kiến các phòng, đơn vị.",
        "Đã tiếp thu ý kiến của 6/7 đơn vị, đang hoàn thiện hồ sơ trình.",
        "Đã trình và được phê duyệt; tài liệu đã phát hành, gửi các đơn vị thực hiện.",
    ),
    Words(
        "Đã khảo sát hiện trạng tại 12 đơn vị, tổng hợp nhu cầu.",
        "Đã thu thập dữ liệu của 60% đối tượng theo kế hoạch.",
        "Đã nhập và làm sạch dữ liệu, đang đối chiếu với hồ sơ gốc.",
        "Đã nghiệm thu, đưa vào vận hành, có biên bản bàn giao.",
        "Một số doanh nghiệp gửi số liệu chậm, phải đôn đốc nhiều lần.",
    ),
    Words(
        "Đã thống nhất nội dung, thời gian, thành phần với đơn vị phối hợp.",
        "Đã tổ chức đợt 1 với 45 người tham gia.",
        "Đã tổ chức xong các đợt, đang tổng hợp phiếu đánh giá.",
        "Đã hoàn thành, 98% người tham gia đánh giá đạt yêu cầu.",
    ),
    Words(
        "Đã rà soát danh mục, lập bảng đối chiếu với quy định hiện hành.",
        "Đã rà soát 70% danh mục, đề xuất sửa 9 nội dung.",
        "Đã hoàn thành rà soát, đang xin ý kiến Lãnh đạo Sở.",
        "Đã công bố kết quả rà soát trên Trang thông tin điện tử của Sở.",
        "Quy định của cấp trên mới thay đổi, phải rà soát lại một phần.",
    ),
    Words(
        "Đã lập hồ sơ, dự toán gửi thẩm định.",
        "Đã có kết quả thẩm định, đang lựa chọn đơn vị thực hiện.",
        "Đã ký hợp đồng, đơn vị thực hiện đạt 80% khối lượng.",
        "Đã nghiệm thu toàn bộ khối lượng, thanh lý hợp đồng.",
        "Kinh phí phân bổ chậm so với tiến độ.",
    ),
    Words(
        "Đã ban hành văn bản hướng dẫn, giao đầu mối từng đơn vị.",
        "Đã kiểm tra thực tế tại 5 địa bàn, kết quả cơ bản đạt yêu cầu.",
        "Đã kiểm tra xong, đang hoàn thiện báo cáo.",
        "Đã gửi báo cáo kết quả đến Lãnh đạo Sở và đơn vị liên quan.",
    ),
    Words(
        "Đã cập nhật số liệu tháng đầu theo biểu mẫu thống nhất.",
        "Số liệu được cập nhật đều, có đối chiếu với đơn vị phối hợp.",
        "Số liệu đầy đủ đến hết kỳ, còn 2 chỉ tiêu chờ xác nhận.",
        "Số liệu cả năm đã chốt, có xác nhận của đơn vị phối hợp.",
    ),
)
