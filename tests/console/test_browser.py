"""The console in a real browser: by keyboard, at a phone's width, in light and dark, and bringing itself up to date."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.console.browser_user import TOKEN
from tests.support.run_servers import PATIENCE, wait_until
from tests.support.world import PASSWORD, World

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAITING = "/instances/spend-and-save.e1.c3.1.g1"
# One page of each kind.
ROOMS = (
    "/",
    "/account",
    "/account/password",
    "/campaigns/spend-and-save",
    "/campaigns/goodwill",
    "/campaigns/goodwill/start",
    "/campaigns/spend-and-save/pause",
    "/instances",
    "/instances?campaign=spend-and-save&state=waiting",
    WAITING,
    "/instances/spend-and-save.e1.c1.1.g1",
    "/instances/spend-and-save.e1.c8.1.g1",
    f"{WAITING}/do/cancel",
    "/mail",
    "/mail/10",
    "/customers",
    "/customers/C-102",
    "/debts",
    "/incidents",
    "/audit",
    "/nowhere",
)
WIDTHS = (320, 390, 768, 1024)
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
AGAINST_WCAG = (Path(__file__).parent / "contrast.js").read_text()

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def address(app: FastAPI, free_port: int) -> Iterator[str]:
    """Where the console is served."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=free_port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started, what="the console to be served")
    yield f"http://127.0.0.1:{free_port}/console"
    server.should_exit = True
    thread.join()


def _context(browser: Browser, **options: object) -> BrowserContext:
    """Return a context of its own."""
    context = browser.new_context(locale="en-US", **options)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE * 1000)
    return context


def _page(browser: Browser, address: str, **options: object) -> Page:
    """Return an empty page in a context of its own, signed in as an admin."""
    context = _context(browser, **options)
    form = TOKEN.search(context.request.get(f"{address}/sign-in").text())
    assert form is not None
    fields = {"csrf": form[1], "name": "admin", "password": PASSWORD}
    assert context.request.post(f"{address}/sign-in", form=fields).url == f"{address}/"
    return context.new_page()


def test_an_instance_is_found_and_cancelled_by_keyboard_alone(
    browser: Browser, address: str, world: World
) -> None:
    """From sign-in to the deed no mouse is needed, and the focus can always be seen."""
    page = _context(browser).new_page()
    page.goto(f"{address}{WAITING}")
    expect(page.get_by_label("Name")).to_be_focused()  # which comes after the page has been loaded
    page.keyboard.type("admin")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{WAITING}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    for _ in range(40):
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        covered = page.evaluate("document.activeElement.classList.contains('cover')")
        assert ring != "none" or covered
        if page.evaluate("document.activeElement.textContent") == "Cancel":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{WAITING}/do/cancel")
    expect(page.get_by_label("Reason, for the audit log")).to_be_focused()
    page.keyboard.type("Asked for on the phone")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{WAITING}")
    expect(page.get_by_role("status")).to_have_text("The instance is being cancelled.")


def test_a_row_is_one_link_with_a_ring_of_its_own(browser: Browser, address: str) -> None:
    """The whole row can be pressed, and shows when it is in focus."""
    page = _page(browser, address)
    page.goto(f"{address}/instances?state=waiting")
    row = page.locator("tr.row-link").first
    row.locator("a.cover").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert row.evaluate("row => getComputedStyle(row).outlineStyle") == "solid"
    row.locator("td").nth(3).click(force=True)  # what is pressed there is the link that covers the row
    page.wait_for_url(f"{address}/instances/*")


def test_every_page_is_sound(browser: Browser, address: str) -> None:
    """Each page is opened once and looked at in every way, by its landmarks, in any width, and in light and dark.

    The browser loads it without a complaint: nothing is refused by the policy, and nothing is missing.
    """
    page = _page(browser, address, reduced_motion="reduce")
    faults: list[tuple[str, object]] = []
    for path in ROOMS:
        complaints: list[str] = []
        with _complaints(page, complaints):
            page.goto(f"{address}{path}")
            looked = [fault for look in (_structure, _widths, _contrasts) for fault in look(page)]
        faults += [(path, fault) for fault in looked]
        if path != "/nowhere":
            faults += [(path, complaint) for complaint in complaints]
    assert faults == []


@contextlib.contextmanager
def _complaints(page: Page, kept: list[str]) -> Iterator[None]:
    """Keep what the browser complains of meanwhile; what it says of the page that it leaves is not meant."""
    left = page.url
    keep: dict[str, Callable[[Any], object]] = {
        "console": lambda message: kept.append(message.text) if page.url != left else None,
        "pageerror": lambda error: kept.append(str(error)) if page.url != left else None,
        "response": lambda answer: kept.append(answer.url) if answer.status >= 400 else None,
    }
    for event, hear in keep.items():
        page.on(event, hear)  # type: ignore[call-overload]
    yield
    for event, hear in keep.items():
        page.remove_listener(event, hear)


def _structure(page: Page) -> Iterator[str]:
    """Every field says what it is for, every id is one, and there is one main part."""
    fields = "[...document.querySelectorAll('input:not([type=hidden], [hidden]), select')]"
    if not page.evaluate(f"{fields}.every(e => e.labels.length)"):
        yield "a field without a label"
    if page.evaluate("document.querySelectorAll('main').length") != 1:
        yield "not one main part"
    ids = "[...document.querySelectorAll('[id]')].map(e => e.id)"
    if not page.evaluate(f"{ids}.length === new Set({ids}).size"):
        yield "an id twice"
    if not page.evaluate("[...document.querySelectorAll('iframe')].every(e => e.title)"):
        yield "a frame without a title"


def _widths(page: Page) -> Iterator[str]:
    """At any width everything is there; only pictures and texts may scroll, within their frames."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{wide} px wide in a window of {width}"


def _contrasts(page: Page) -> Iterator[object]:
    """In light and dark, whatever is written stands out from its ground as WCAG 2.2 asks (1.4.3, AA)."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        yield from page.evaluate(AGAINST_WCAG)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ground_is_light_or_dark(browser: Browser, address: str, scheme: str) -> None:
    """The system's wish is followed, and the viewer's own goes before it."""
    page = _page(browser, address, color_scheme=scheme)
    page.goto(f"{address}/account")
    brightness = "parseInt(getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0])"
    assert (page.evaluate(brightness) > 200) == (scheme == "light")
    other = "Dark" if scheme == "light" else "Light"
    with page.expect_event("load"):
        page.get_by_role("button", name=other).click()
    assert (page.evaluate(brightness) > 200) == (other == "Light")


def test_an_instance_brings_itself_up_to_date(browser: Browser, address: str, world: World) -> None:
    """What happens is seen without reloading, and what has the focus keeps it."""
    page = _page(browser, address)
    page.goto(f"{address}{WAITING}")
    page.get_by_role("link", name="Pause").focus()
    world.redeem("C-103", "o-303", 5_000)
    page.get_by_text("The customer redeemed").wait_for()
    expect(page.get_by_role("link", name="Pause")).to_be_focused()


def test_everything_works_without_script(browser: Browser, address: str) -> None:
    """Pausing a campaign, with its question and its answer, needs none."""
    page = _page(browser, address, java_script_enabled=False)
    page.goto(f"{address}/campaigns/spend-and-save")
    page.get_by_role("link", name="Pause").click()
    page.get_by_label("Reason, for the audit log").fill("Stocktaking")
    page.get_by_role("button", name="Pause the campaign").click()
    expect(page.get_by_role("status")).to_have_text("The campaign is paused.")


def test_the_picture_is_one_image_with_words(browser: Browser, address: str) -> None:
    """Assistive technology meets one picture with a name and a description, whatever the width."""
    page = _page(browser, address)
    for width, direction in ((1440, "across"), (390, "down")):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{address}{WAITING}")
        pictures = page.get_by_role("img", name="Diagram of 20% off for every $500 spent")
        expect(pictures).to_have_count(1)
        expect(pictures).to_contain_class(direction)
