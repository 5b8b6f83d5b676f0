"""Every page of the site, in both languages, on a screen and on a phone: axe finds nothing, nothing overflows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from sauro.testing import TODAY
from tests.addresses import PEOPLE, QUERIES, place_of, rows
from tests.place import Place, make_place
from tests.quality import PARTS

# Pages know no difference between databases: one walk is enough.
pytestmark = [pytest.mark.browser, pytest.mark.pure, pytest.mark.django_db(transaction=True)]
SIZES = [(1366, 768), (360, 800)]
# Who looks at a page, where more than one may: the ones with most on it first.
LOOKERS = ("chi", "binh", "giang", "an", "hoa", "")
NO_PAGE = {
    "plan-file", "document-file", "reading-file", "reading-item", "reading-units", "reading-progress", "calendar-feed",
    "evidence", "account-data", "logout", "round-sheet-file", "tracking-form",
    "overview-pdf", "evidence-preview", "change-decision",
    "consolidation-file", "template-standard", "template-file", "template-preview",
}.union(*(part.NO_PAGE for part in PARTS))  # fmt: skip
AS_OTHERS = [("home", who) for who in ("an", "binh", "giang", "hoa")] + [("calendar", "binh"), ("task-list", "hoa")]
STATES = [
    ("task-list", "-", "?q=khong-co-gi-ca", "chi"),
    ("task-list", "-", "?tinh_trang=open_overdue&sap=don-vi", "binh"),
    ("task", "task-open", "", "binh"),
    ("task", "task-done", "", "binh"),
    ("calendar", "-", "?kieu=danh-sach&cua=tat-ca", "chi"),
    ("reading-review", "reading-doubtful", "", "chi"),
    ("reading-review", "reading-ready", "?muc=nhiem-vu&mo=tasks[0]", "chi"),
    ("reading-review", "reading-ready", "?muc=muc-tieu&mo=objectives[0].targets[0]", "chi"),
    ("reading-review", "reading-ready", "?muc=chung", "chi"),
    ("report", "report-draft", "", "an"),
    ("report", "report-sent", "", "binh"),
    ("task-assign", "task-next-door", "", "binh"),
    ("task", "nothing", "", "binh"),
]


def pages(place: Place) -> list[tuple[str, str]]:
    """Each page's address and who looks at it: every GET of the table that shows a page, and what else it can look
    like; a refusal and a page that isn't there among them."""
    found = []
    for name, thing, method, statuses in rows():
        if method == "GET" and name not in NO_PAGE and 200 in statuses:
            who = next(w for w in LOOKERS if statuses[PEOPLE.index(w)] == 200)
            query = f"?{urlencode(QUERIES[name])}" if name in QUERIES else ""
            found.append((reverse(name, kwargs=place_of(place, thing)) + query, who))
    place.keys["nothing"] = 999_999
    found += [(reverse(name), who) for name, who in AS_OTHERS]
    found += [(reverse(name, kwargs=place_of(place, thing)) + query, who) for name, thing, query, who in STATES]
    return sorted(dict.fromkeys(found), key=lambda pair: pair[1])


# Forms sent with nothing, or with what can't be, in them: what the page then says is a page too.
WRONG = [
    ("login", "-", "", "form:has([name=password])", {}),
    ("task-split", "task-open", "binh", "main form[method=post]", {}),
    ("task-complete", "task-open", "binh", "main form[method=post]", {}),
    ("task-reopen", "task-done", "binh", "main form[method=post]", {}),
    ("task-edit", "task-open", "chi", "main form[method=post]", {"title": ""}),
    ("person-add", "-", "chi", "main form[method=post]", {"email": "x"}),
    ("unit-add", "-", "chi", "main form[method=post]", {}),
    ("password_change", "-", "chi", "main form[method=post]", {}),
    ("account", "-", "chi", "main form[method=post]", {"full_name": ""}),
    ("round-call", "-", "chi", "main form[method=post]", {}),
    ("round-edit", "round-gathered", "chi", "main form[method=post]", {"due": ""}),
    ("template-list", "-", "chi", "main form[method=post]", {}),
    ("days-off", "-", "chi", "form[action*='/them/']", {"day": "31/11/2026"}),
    ("report", "report-draft", "an", "#phieu", {"progress": "abc", "done_text": ""}),
    ("reading-adopt", "reading-doubtful", "chi", "#thong-qua", {}),
]
SEND = """([form, values, action]) => {
  const sent = document.querySelector(form);
  for (const [name, value] of Object.entries(values)) sent.elements[name].value = value;
  if (action) sent.action = action;
  HTMLFormElement.prototype.submit.call(sent);
}"""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing_and_nothing_overflows_on_any_page(
    page_as: Any, live_server: Any, axe: Any, language: str, monkeypatch: pytest.MonkeyPatch, django_user_model: Any
) -> None:
    monkeypatch.setattr("sauro.web.today.timezone", SimpleNamespace(localdate=lambda: TODAY))
    place = make_place()
    django_user_model.objects.update(language=language)
    faults: list[str] = []
    who, page = None, None
    for path, looker in pages(place):
        if looker != who:
            who, page = looker, looked_by(looker, page_as, place, language, live_server.url)
        page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
        answer = page.goto(live_server.url + path)
        settled(page)
        faults += [f"{path} ({who}) {fault}" for fault in faults_of(page, axe, language, ok=answer.ok)]
    for name, thing, looker, form, values in WRONG:
        page = looked_by(looker, page_as, place, language, live_server.url)
        kwargs = place_of(place, thing)
        page.goto(live_server.url + reverse("reading-review" if name == "reading-adopt" else name, kwargs=kwargs))
        action = {"report": "report-submit"}.get(name, "")
        with page.expect_navigation():
            page.evaluate(SEND, [form, values, reverse(action, kwargs=kwargs) if action else ""])
        settled(page)
        faults += [f"{name} sent wrong ({looker}) {fault}" for fault in faults_of(page, axe, language, ok=False)]
        if not page.locator("[role=alert], .note-late, .field-error").count():
            faults.append(f"{name} sent wrong ({looker}) says nothing")
        page.context.close()
    assert not faults, "\n".join(faults)


def settled(page: Any) -> None:
    """Waits until the page is there and nothing that it asked for with htmx is still on its way."""
    page.wait_for_load_state("load")
    # Not by a script of ours: the site's own policy forbids evaluating one again and again.
    page.locator(".htmx-request").first.wait_for(state="detached")


def looked_by(who: str, page_as: Any, place: Place, language: str, url: str) -> Any:
    """A page in that person's hands and in that language."""
    page = page_as(who, people=place.world.people)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": url}])
    return page


def faults_of(page: Any, axe: Any, language: str, *, ok: bool) -> list[str]:
    """What is wrong with the page that is open. `ok`: it answered as asked, so that the browser has nothing to say."""
    found = [f"says {words}" for words in page.said if ok or "Failed to load resource" not in words]
    page.said.clear()
    if page.evaluate("document.documentElement.lang") != language:
        found.append(f"is not in {language}")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"at {width}: {fault}" for fault in axe(page)]
        over = page.evaluate("document.documentElement.scrollWidth")
        if over > width:
            found.append(f"at {width}: {over} px wide")
    return found
