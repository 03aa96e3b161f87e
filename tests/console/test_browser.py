"""The console in a real browser: by keyboard, at a phone's width, in light and dark, and bringing itself up to date."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.run_servers import wait_until
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
    "/incidents",
    "/audit",
    "/nowhere",
)
AGAINST_WCAG = (Path(__file__).parent / "contrast.js").read_text()

pytestmark = pytest.mark.xdist_group("browser")


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
    wait_until(lambda: server.started, seconds=20, what="the console to be served")
    yield f"http://127.0.0.1:{free_port}/console"
    server.should_exit = True
    thread.join()


def _page(browser: Browser, address: str, **options: object) -> Page:
    """Return a page in a context of its own, signed in as an admin."""
    page = browser.new_context(locale="en-US", **options).new_page()  # type: ignore[arg-type]
    page.goto(f"{address}/sign-in")
    page.fill("input[name=name]", "admin")
    page.fill("input[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_url(f"{address}/")
    return page


def test_an_instance_is_found_and_cancelled_by_keyboard_alone(
    browser: Browser, address: str, world: World
) -> None:
    """From sign-in to the deed no mouse is needed, and the focus can always be seen."""
    page = browser.new_context(locale="en-US").new_page()
    page.goto(f"{address}{WAITING}")
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
    page.keyboard.type("Asked for on the phone")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{WAITING}")
    assert page.get_by_role("status").inner_text() == "The instance is being cancelled."


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
    assert "/console/instances/" in page.url


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_no_page_scrolls_sideways(browser: Browser, address: str, width: int) -> None:
    """At any width everything is there; only pictures and texts may scroll, within their frames."""
    page = _page(browser, address, viewport={"width": width, "height": 844})
    for path in ROOMS:
        page.goto(f"{address}{path}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(browser: Browser, address: str, scheme: str) -> None:
    """In light and dark, whatever is written stands out from its ground as WCAG 2.2 asks (1.4.3, AA)."""
    page = _page(browser, address, color_scheme=scheme)
    for path in ROOMS:
        page.goto(f"{address}{path}")
        assert page.evaluate(AGAINST_WCAG) == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ground_is_light_or_dark(browser: Browser, address: str, scheme: str) -> None:
    """The system's wish is followed, and the viewer's own goes before it."""
    page = _page(browser, address, color_scheme=scheme)
    brightness = "parseInt(getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0])"
    assert (page.evaluate(brightness) > 200) == (scheme == "light")
    other = "Dark" if scheme == "light" else "Light"
    page.get_by_role("button", name=other).click()
    assert (page.evaluate(brightness) > 200) == (other == "Light")


def test_fields_have_labels_and_pages_have_landmarks(browser: Browser, address: str) -> None:
    """Every field says what it is for, headings begin with the first, and there is one main part."""
    page = _page(browser, address)
    for path in ROOMS:
        page.goto(f"{address}{path}")
        fields = "[...document.querySelectorAll('input:not([type=hidden], [hidden]), select')]"
        assert page.evaluate(f"{fields}.every(e => e.labels.length)"), path
        assert page.evaluate("document.querySelectorAll('main').length") == 1
        ids = "[...document.querySelectorAll('[id]')].map(e => e.id)"
        assert page.evaluate(f"{ids}.length === new Set({ids}).size"), path
        assert page.evaluate("[...document.querySelectorAll('iframe')].every(e => e.title)")


def test_nothing_is_refused_by_the_policy_or_missing(browser: Browser, address: str) -> None:
    """Browsers load every page without a complaint."""
    page = _page(browser, address)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    for path in ROOMS:
        if path != "/nowhere":
            page.goto(f"{address}{path}")
    assert complaints == []


def test_an_instance_brings_itself_up_to_date(browser: Browser, address: str, world: World) -> None:
    """What happens is seen without reloading, and what has the focus keeps it."""
    page = _page(browser, address)
    page.goto(f"{address}{WAITING}")
    page.get_by_role("link", name="Pause").focus()
    world.redeem("C-103", "o-303", 5_000)
    page.get_by_text("The customer redeemed").wait_for(timeout=15_000)
    assert page.evaluate("document.activeElement.textContent") == "Pause"


def test_everything_works_without_script(browser: Browser, address: str) -> None:
    """Pausing a campaign, with its question and its answer, needs none."""
    page = _page(browser, address, java_script_enabled=False)
    page.goto(f"{address}/campaigns/spend-and-save")
    page.get_by_role("link", name="Pause").click()
    page.get_by_label("Reason, for the audit log").fill("Stocktaking")
    page.get_by_role("button", name="Pause the campaign").click()
    assert page.get_by_role("status").inner_text() == "The campaign is paused."


def test_the_picture_is_one_image_with_words(browser: Browser, address: str) -> None:
    """Assistive technology meets one picture with a name and a description, whatever the width."""
    for width, direction in ((1440, "across"), (390, "down")):
        page = _page(browser, address, viewport={"width": width, "height": 844})
        page.goto(f"{address}{WAITING}")
        pictures = page.get_by_role("img", name="Diagram of 20% off for every $500 spent")
        assert pictures.count() == 1
        assert direction in str(pictures.get_attribute("class"))
