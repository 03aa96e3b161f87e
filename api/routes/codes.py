"""Codes at the till: look one up, redeem it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request, Response

from api.auth import Allowed, keyed
from api.installation import Here, Installation
from api.problems import NotJson, TooManyGuesses
from api.shapes.codes import CodeShown, RedemptionAsked, RedemptionShown, code_shown, redemption_shown
from api.shapes.values import Word
from punchcard.domain.keys import Key
from punchcard.domain.redeeming import Redeemed, Use, look_up, redeem
from punchcard.domain.refusals import (
    CodeExpired,
    CodeOfAnother,
    CodeRedeemed,
    CodeRevoked,
    CodeUnknown,
    CodeUsedForOrder,
    CurrencyUnfit,
    InputUnfit,
    RequestKeyReused,
)

router = APIRouter(prefix="/v1/codes", tags=["Codes"])

Code = Annotated[
    Word,
    Path(description="As it was typed: case, spaces and dashes do not matter.", examples=["NX7K-4GTP-W9CR"]),
]
KeyHeader = Annotated[
    Word,
    Header(
        alias="Idempotency-Key",
        description="Names this redemption, so that repeating it changes nothing.",
        examples=["till-7-receipt-1041"],
    ),
]
REFUSED = (
    CodeUnknown,
    CodeRedeemed,
    CodeUsedForOrder,
    CodeExpired,
    CodeRevoked,
    CodeOfAnother,
    CurrencyUnfit,
    InputUnfit,
    RequestKeyReused,
    TooManyGuesses,
)


@router.get("/{code}", summary="Look a code up", responses=keyed(CodeUnknown, TooManyGuesses))
def get_code(
    code: Code,
    request: Request,
    here: Here,
    key: Annotated[Key, Depends(Allowed("codes:read", "codes:redeem"))],
) -> CodeShown:
    """Return what a code is good for and whether it can be redeemed now. Looking changes nothing."""
    guessers = _guessers(key, request)
    here.guesses.check(guessers)
    try:
        with here.database.read() as connection:
            return code_shown(look_up(connection, code, here.now()))
    except CodeUnknown:
        here.guesses.count(guessers)
        raise


@router.post(
    "/{code}/redemptions",
    summary="Redeem a code",
    status_code=201,
    responses={
        200: {
            "model": RedemptionShown,
            "description": "This very redemption was made before; nothing changed.",
        },
        **keyed(NotJson, *REFUSED),
    },
)
def post_redemption(
    code: Code,
    body: RedemptionAsked,
    request: Request,
    response: Response,
    here: Here,
    key: Annotated[Key, Depends(Allowed("codes:redeem"))],
    idempotency_key: KeyHeader,
) -> RedemptionShown:
    """Use a code once: of two tills at the same moment, one wins and the other gets `code-redeemed`.

    A code for several orders is used once for each; the answer says how many uses are left.
    Give the redemption a key of its own as `Idempotency-Key`. Repeating the same request with the same key
    changes nothing and returns what was answered the first time.
    """
    wish = _wish(code, body, idempotency_key, key, here.now())
    redeemed = _redeem(here, wish, _guessers(key, request))
    response.status_code = 200 if redeemed.repeated else 201
    return redemption_shown(redeemed)


def _wish(code: str, body: RedemptionAsked, named: str, key: Key, now: int) -> Use:
    return Use(
        source=key.source,
        request_key=f"key:{named}",
        code=code,
        at=now,
        order=body.order,
        amount=None if body.amount is None else body.amount.minor,
        currency=None if body.amount is None else body.amount.currency,
        customer=body.customer,
    )


def _redeem(here: Installation, wish: Use, guessers: tuple[str, str]) -> Redeemed:
    here.guesses.check(guessers)
    try:
        return here.database.attempt(lambda connection: redeem(connection, wish, wish.at))
    except CodeUnknown:
        here.guesses.count(guessers)
        raise


def _guessers(key: Key, request: Request) -> tuple[str, str]:
    address = request.client.host if request.client else "unknown"
    return f"key:{key.id}", f"address:{address}"
