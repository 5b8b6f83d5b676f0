"""Who lives the year, in whose windows, and on which day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from sauro.monitoring.services import run_day
from sauro.organization import services as organization
from sauro.quality.services.daily import run_day_everywhere
from sauro.testing import PASSWORD
from tests.browser.hands import sign_in

YEAR = 2026
DESK = (1366, 768)
AGENCY = "Sở Công Thương tỉnh Bình Lãng"
TRADE = "Phòng Quản lý Thương mại và Thương mại điện tử"
OFFICE = "Văn phòng Sở"
PEOPLE = {
    "nguyet": ("Đỗ Thị Minh Nguyệt", "Ban Giám đốc Sở", "Giám đốc Sở"),
    "giang": ("Đỗ Trường Giang", "Ban Giám đốc Sở", "Phó Giám đốc Sở"),
    "khanh": ("Hồ Quang Khánh", OFFICE, "Chánh Văn phòng"),
    "chi": ("Lê Thị Kim Chi", OFFICE, "Thư ký ISO"),
    "hoa": ("Vũ Thị Hòa", OFFICE, "Đánh giá viên nội bộ"),
    "binh": ("Trần Quốc Bình", TRADE, "Trưởng phòng"),
    "an": ("Nguyễn Hoài An", TRADE, "Chuyên viên"),
}


@dataclass
class Year:
    """The day that the pages take for today, and the window of each person. `slips`: who signs in how."""

    clock: SimpleNamespace
    page_as: Callable[..., Page]
    root: str
    axe: Callable[[Page], list[str]]
    slips: dict[str, tuple[str, str]] = field(default_factory=dict)
    windows: dict[str, Page] = field(default_factory=dict)

    def empty(self) -> None:
        """The agency and its secretary, as `sauro agency` and `sauro person` make them; nothing else."""
        organization.ensure_roles()
        agency = organization.make_agency(AGENCY)
        name, _unit, position = PEOPLE["chi"]
        organization.add_person("chi", name, organization.root_of(agency), "secretary", PASSWORD, position=position)
        self.slips["chi"] = ("chi", PASSWORD)

    def on(self, day: int, month: int) -> None:
        """That day comes. The server's daily work is done once a week on the way and on the day itself: it makes up for
        the days on which a server was off."""
        until = dt.date(YEAR, month, day)
        assert self.clock.day < until
        while self.clock.day < until:
            self.clock.day = min(until, self.clock.day + dt.timedelta(weeks=1))
            run_day(self.clock.day, letters=False)
            run_day_everywhere(self.clock.day)

    def window(self, who: str, size: tuple[int, int] = DESK) -> Page:
        """The person's own window of that size, in which they are signed in."""
        key = f"{who} {size[0]}"
        if key not in self.windows:
            page = self.windows[key] = self.page_as("", size=size)
            page.goto(self.root)
            sign_in(page, *self.slips[who])
        return self.windows[key]

    def at(self, who: str, *links: str, size: tuple[int, int] = DESK) -> Page:
        """From their first page, or by the bar of the page they are on, one link after another."""
        page = self.window(who, size)
        if not links:
            page.goto(self.root)
        for words in links:
            # What waits stands in figures behind the words.
            link = page.get_by_role("link", name=re.compile(rf"^{re.escape(words)}($| \d)"))
            link.locator("visible=true").first.click()
        return page

    def stranger(self, size: tuple[int, int]) -> Page:
        """A window of someone who isn't signed in, in a Vietnamese browser."""
        page = self.windows[f"stranger {len(self.windows)}"] = self.page_as("", size=size)
        page.set_extra_http_headers({"Accept-Language": "vi"})
        return page

    def sound(self, page: Page) -> None:
        """Nothing for axe, nothing sideways."""
        assert self.axe(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"

    def said(self) -> list[Any]:
        """What the browser complained of in any window."""
        return [words for page in self.windows.values() for words in page.said]  # type: ignore[attr-defined]


def told(page: Page, words: str) -> None:
    """The page says so."""
    expect(page.get_by_text(words).first).to_be_visible()
