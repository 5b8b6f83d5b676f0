"""`sauro`: one command with many verbs. Each verb's module is imported when it is asked for, so that help is quick."""

from __future__ import annotations

import importlib
import os
import sys

import click

from sauro import __version__
from sauro.cli.words import _

# verb → (module, one line of help)
VERBS = {
    "run": ("sauro.cli.run", _("Chạy máy chủ và bộ xử lý nền; Ctrl-C dừng cả hai.")),
    "read": ("sauro.cli.read", _("Đọc một văn bản, in bản đọc.")),
    "adopt": ("sauro.cli.adopt", _("Đọc và thông qua một văn bản, không qua màn hình.")),
    "write": ("sauro.cli.write", _("Ghi kế hoạch, báo cáo ra Word hoặc Excel.")),
    "standing": ("sauro.cli.standing", _("Đếm nhiệm vụ theo tình trạng, vào hôm nay hay một ngày đã qua.")),
    "agency": ("sauro.cli.agencies", _("Tạo cơ quan, thêm đơn vị vào danh bạ.")),
    "person": ("sauro.cli.person", _("Thêm một người dùng.")),
    "demo": ("sauro.cli.demo", _("Nạp cơ quan mẫu.")),
    "make-data": ("sauro.cli.make_data", _("Tạo dữ liệu khối lượng lớn để đo.")),
    "ledger": ("sauro.cli.ledger", _("Kiểm tra sổ cái.")),
    "daily": ("sauro.cli.daily", _("Làm các việc hằng ngày: sinh việc đến hạn của kỳ tới.")),
}


class Verbs(click.Group):
    """Loads a verb's module at the moment it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which a person meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name, or None."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(VERBS[cmd_name][0]).command
        _say(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Names and short helps, without importing anything."""
        with formatter.section(_("Lệnh")):
            formatter.write_dl([(name, words) for name, (_module, words) in VERBS.items()])


def _say(command: click.Command) -> None:
    """The words of the usage line, down to the verbs of a verb."""
    command.options_metavar = _("[TÙY CHỌN]")
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("LỆNH [ĐỐI SỐ]...")
        for below in command.commands.values():
            _say(below)


_EXIT_CODES = _(
    "Mã thoát: 0 xong; 1 không đọc được tệp; 2 gõ lệnh sai; 3 còn chỗ ngờ; 4 bị từ chối; 5 không tìm thấy; "
    "6 sổ cái không nguyên vẹn."
)


@click.group(cls=Verbs, help=_("Sáu Rõ: văn bản đã ban hành thành kế hoạch đang chạy."), epilog=_EXIT_CODES)
@click.version_option(__version__, prog_name="sauro")
def main() -> None:
    """The door of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sauro.settings")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


_say(main)
