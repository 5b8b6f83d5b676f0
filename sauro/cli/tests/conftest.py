"""A small decision as text, a register that knows its units, and the command line as a subprocess."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

DECISION = """BỘ CÔNG THƯƠNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/QĐ-BCT
Hà Nội, ngày 05 tháng 01 năm 2026

QUYẾT ĐỊNH
Ban hành Kế hoạch công tác năm 2026

Căn cứ Nghị định số 96/2022/NĐ-CP ngày 29 tháng 11 năm 2022 của Chính phủ;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch công tác năm 2026.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Trần Minh Khôi

PHỤ LỤC
DANH MỤC NHIỆM VỤ NĂM 2026

| TT | Nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn | Sản phẩm |
|---|---|---|---|---|---|
| 1 | Rà soát quy trình nội bộ | Văn phòng Bộ | Vụ Pháp chế | Quý II/2026 | Báo cáo rà soát |
| 2 | Xây dựng cơ sở dữ liệu dùng chung | Vụ Pháp chế | Văn phòng Bộ | Tháng 12 năm 2026 | Cơ sở dữ liệu |
"""
UNITS = {
    "units": [
        {"name": "Văn phòng Bộ", "kind": "unit", "parent": "Bộ Công Thương", "abbreviations": ["VP Bộ"]},
        {"name": "Vụ Pháp chế", "kind": "unit", "parent": "Bộ Công Thương", "abbreviations": []},
    ]
}
ROOT = Path(__file__).resolve().parents[3]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def decision(tmp_path: Path) -> Path:
    """A decision with two tasks, both of units that the register knows."""
    path = tmp_path / "quyet-dinh.txt"
    path.write_text(DECISION, encoding="utf-8")
    return path


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """The same decision with a unit that nobody knows."""
    path = tmp_path / "con-ngo.txt"
    path.write_text(DECISION.replace("| Vụ Pháp chế | Quý", "| Cục Hoàn toàn xa lạ | Quý"), encoding="utf-8")
    return path


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The register of that agency."""
    path = tmp_path / "units.json"
    path.write_text(json.dumps(UNITS, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation of its own on SQLite, in Vietnamese."""
    kept = {
        k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "LANGUAGE", "LC_ALL", "LANG", "PORT", "HOST")
    }
    return kept | {
        "SAURO_DATA": str(tmp_path / "data"),
        "SAURO_STATIC": str(tmp_path / "static"),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "vi_VN.UTF-8",
    }


@pytest.fixture
def sauro(environment: dict[str, str], tmp_path: Path) -> Run:
    """`sauro("read", file)` runs the command in a process of its own, from a foreign folder."""

    def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "-m", "sauro.cli", *map(str, arguments)],
            env=environment | more,
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )

    return run
