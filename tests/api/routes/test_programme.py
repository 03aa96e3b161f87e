"""The programme through the API."""

import httpx

from api.routes.programme import EXAMPLE

PATH = "/v1/programme"
CAMPAIGN = """\
campaign: cups
when: order
steps:
  - if: customer.favourite_store == "Bern"
    then:
      - stop: they collect it there
"""


async def test_a_published_programme_is_what_campaigns_are_checked_with(client: httpx.AsyncClient) -> None:
    """A campaign may name the customers' own fields from then on; the same text again changes nothing."""
    assert (await client.get(PATH)).json()["type"] == "/problems/programme-unpublished"
    assert not (await client.post("/v1/checks", json={"text": CAMPAIGN})).json()["valid"]
    assert (await client.put(PATH, json={"text": EXAMPLE})).status_code == 201
    again = await client.put(PATH, json={"text": EXAMPLE})
    assert again.status_code == 200
    assert again.json() == (await client.get(PATH)).json()
    assert again.json()["text"] == EXAMPLE
    assert (await client.post("/v1/checks", json={"text": CAMPAIGN})).json()["valid"]


async def test_a_programme_with_mistakes_is_refused(client: httpx.AsyncClient) -> None:
    """Each mistake at its line; the one before stays."""
    answer = await client.put(PATH, json={"text": "currenzy: USD\n"})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/programme-refused"
    (found,) = answer.json()["diagnostics"]
    assert (found["code"], found["line"], found["suggestion"]) == ("PC1101", 1, "currency")
    assert (await client.get(PATH)).status_code == 404
