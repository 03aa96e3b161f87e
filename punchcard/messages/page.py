"""A message as an HTML page for mail programs: readable at any width, in light and in dark."""

from functools import lru_cache
from html import escape
from typing import assert_never

from babel import Locale
from css_inline import CSSInliner
from mjml import mjml2html

from punchcard.messages import text
from punchcard.messages.catalogue import YOUR_ANSWER, translate
from punchcard.messages.colour import on, readable
from punchcard.messages.frame import Frame
from punchcard.messages.markup import Block, Bold, Button, Link, Paragraph, Span

# Only fonts that a system has: MJML loads Roboto and its like from elsewhere where they are named.
FONTS = "-apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
CARD, CARD_DARK = "#ffffff", "#1f242a"
SHORT_ANSWER = 3  # characters up to which answers stand side by side

_INLINER = CSSInliner(
    keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False, preallocate_node_capacity=256
)


def render_page(subject: str, preview: str, blocks: tuple[Block, ...], frame: Frame, locale: Locale) -> str:
    """The whole HTML document; block texts are still signed, everything else is plain."""
    head = _head(subject, preview, frame)
    body = f"{_brand(frame)}{_card(blocks, frame, locale)}{_foot(frame, locale)}"
    document = (
        f'<mjml lang="{escape(str(locale).replace("_", "-"))}" dir="{_direction(locale)}">'
        f'{head}<mj-body background-color="#f1f3f6" css-class="page">{body}</mj-body></mjml>'
    )
    return _INLINER.inline(mjml2html(document))


def _direction(locale: Locale) -> str:
    return "rtl" if locale.text_direction == "rtl" else "ltr"


def _head(subject: str, preview: str, frame: Frame) -> str:
    return (
        f"<mj-head><mj-title>{escape(subject)}</mj-title>"
        f"<mj-preview>{escape(preview)}</mj-preview>"
        f'<mj-attributes><mj-all font-family="{FONTS}" />'
        '<mj-text font-size="16px" line-height="1.55" color="#1f2933" padding="0 28px" />'
        f'<mj-button background-color="{frame.colour}" color="{on(frame.colour)}"'
        ' font-size="16px" font-weight="600" border-radius="8px" inner-padding="14px 26px"'
        ' align="left" padding="10px 28px 18px" /></mj-attributes>'
        '<mj-raw><meta name="color-scheme" content="light dark">'
        '<meta name="supported-color-schemes" content="light dark"></mj-raw>'
        f"<mj-style>{_style(frame.colour)}</mj-style></mj-head>"
    )


@lru_cache(maxsize=64)
def _style(colour: str) -> str:
    return f"""
:root {{ color-scheme: light dark; supported-color-schemes: light dark; }}
.page {{ padding: 0 10px; }}
.words p {{ margin: 0 0 16px; }}
.words a {{ color: {readable(colour, CARD)}; text-decoration: underline; }}
.foot p {{ margin: 0 0 8px; }}
.foot a {{ color: #4d5863; text-decoration: underline; }}
.words a.answer {{ display: inline-block; min-width: 24px; margin: 0 8px 8px 0; padding: 12px;
  border-radius: 8px; background-color: {colour}; color: {on(colour)}; font-weight: 600;
  line-height: 24px; text-align: center; text-decoration: none; }}
@media (prefers-color-scheme: dark) {{
  body, .page {{ background-color: #14181d !important; }}
  .card, .card > table {{ background-color: {CARD_DARK} !important; }}
  .words div, .brand div {{ color: #e8ebee !important; }}
  .words a:not(.answer) {{ color: {readable(colour, CARD_DARK)} !important; }}
  .foot div, .foot a {{ color: #a9b4bf !important; }}
}}"""


def _brand(frame: Frame) -> str:
    return (
        '<mj-section padding="28px 0 14px"><mj-column><mj-text css-class="brand"'
        f' font-size="20px" font-weight="700">{escape(frame.brand)}</mj-text>'
        "</mj-column></mj-section>"
    )


def _card(blocks: tuple[Block, ...], frame: Frame, locale: Locale) -> str:
    content = "".join(_block(block) for block in blocks) + _answers(frame.choices(locale), locale)
    return (
        f'<mj-section css-class="card" background-color="{CARD}" border-radius="12px"'
        f' padding="32px 0 16px"><mj-column>{content}</mj-column></mj-section>'
    )


def _block(block: Block) -> str:
    match block:
        case Paragraph(lines):
            words = "<br />".join("".join(_span(span) for span in line) for line in lines)
            return f'<mj-text css-class="words"><p>{words}</p></mj-text>'
        case Button(label, target):
            return _button(text.html(label), text.address(target))
        case _:
            assert_never(block)


def _span(span: Span) -> str:
    match span:
        case str():
            return text.html(span)
        case Bold(spans):
            return f"<strong>{''.join(_span(each) for each in spans)}</strong>"
        case Link(label, target):
            return f'<a href="{escape(text.address(target))}">{text.html(label)}</a>'
        case _:
            assert_never(span)


def _button(label: str, target: str, attributes: str = "") -> str:
    return f'<mj-button href="{escape(target)}"{attributes}>{label}</mj-button>'


def _answers(choices: tuple[Link, ...], locale: Locale) -> str:
    if not choices:
        return ""
    heading = escape(translate(YOUR_ANSWER, locale))
    if any(len(choice.text) > SHORT_ANSWER for choice in choices):
        buttons = "".join(
            _button(escape(choice.text), text.address(choice.target), ' padding="0 28px 10px"')
            for choice in choices
        )
        return f'<mj-text css-class="words"><p>{heading}</p></mj-text>{buttons}'
    links = " ".join(
        f'<a class="answer" href="{escape(text.address(choice.target))}">{escape(choice.text)}</a>'
        for choice in choices
    )
    return (
        f'<mj-text css-class="words"><p>{heading}</p>'
        f'<p role="group" aria-label="{heading}">{links}</p></mj-text>'
    )


def _foot(frame: Frame, locale: Locale) -> str:
    links = " &middot; ".join(
        f'<a href="{escape(text.address(link.target))}">{escape(link.text)}</a>'
        for link in frame.ways_out(locale)
    )
    address = "<br />".join(escape(line) for line in (frame.address or "").splitlines())
    parts = [escape(frame.reason_in(locale)), links, address]
    words = "".join(f"<p>{part}</p>" for part in parts if part)
    return (
        '<mj-section padding="20px 0 32px"><mj-column><mj-text css-class="foot"'
        f' font-size="13px" color="#4d5863">{words}</mj-text></mj-column></mj-section>'
    )
