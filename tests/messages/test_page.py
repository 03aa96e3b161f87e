"""The page of a message in a real browser."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from punchcard.messages.frame import AnswerLink, Frame
from tests.messages.samples import rendered

FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]

BODY = (
    "Hello **{{ customer.first_name }}**\n\n"
    "https://shop.example/a-very-long-address-that-cannot-be-broken-anywhere/at-all/{{ coupon.code }}\n\n"
    "[[Redeem {{ coupon.code }} before it is too late]]({{ coupon.url }})"
)
FRAME = Frame(
    "Corner Shop",
    "marketing",
    unsubscribe_url="https://shop.example/u/1",
    answers=tuple(AnswerLink(str(number), f"https://shop.example/a/{number}") for number in range(11)),
)
# The contrast ratio (WCAG 2.2) of every visible text with the nearest background behind it.
CONTRASTS = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number)
  const luminance = (colour) => {
    const linear = (share) => share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    const [r, g, b] = parts(colour).map((channel) => linear(channel / 255))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const background = (element) => {
    const own = getComputedStyle(element).backgroundColor
    const isClear = parts(own).length === 4 && parts(own)[3] === 0
    return isClear && element.parentElement ? background(element.parentElement) : own
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement
    const isShown = texts.currentNode.data.trim() && element.tagName !== 'STYLE' && element.checkVisibility()
    if (!isShown) continue
    const pair = [luminance(getComputedStyle(element).color), luminance(background(element))].sort((a, b) => b - a)
    found.push([texts.currentNode.data.trim().slice(0, 20), (pair[0] + 0.05) / (pair[1] + 0.05)])
  }
  return found
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium, or the one that Playwright brought."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [600, 390, 320])
def test_the_page_is_readable(browser: Browser, width: int, scheme: str) -> None:
    """Nothing runs over the edge, every text stands out from what is behind it, and nothing is fetched."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.set_content(rendered(BODY, frame=FRAME).html)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) > 15
    assert [text for text, ratio in contrasts if ratio < 4.5] == []
    assert fetched == []
    page.close()
