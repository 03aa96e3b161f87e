"""The form of a page as a browser would send it: what is filled in and chosen."""

from __future__ import annotations

from html.parser import HTMLParser


class _Form(HTMLParser):
    """Collects the fields of the page's form; a text area is left for the person to fill."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False
        self.fields: dict[str, str] = {}
        self.text_area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self.found = True
        elif tag == "textarea" and name:
            self.text_area = name
        elif tag == "input" and name and _is_sent(given):
            self.fields[name] = given.get("value") or ""


def fill(page: str, words: str) -> dict[str, str] | None:
    """Return what the page's form sends, with `words` where it asks for text; None if it has no form."""
    form = _Form()
    form.feed(page)
    if not form.found:
        return None
    return form.fields | ({form.text_area: words} if form.text_area else {})


def _is_sent(given: dict[str, str | None]) -> bool:
    return given.get("type") not in ("radio", "checkbox") or "checked" in given
