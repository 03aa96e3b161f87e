"""What the hand-written journey does: its rows in one transaction each, and its e-mails."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from sqlite3 import Connection

from temporalio import activity

from benchmarks.yardstick.database import Database
from benchmarks.yardstick.letters import Letter, write_letter
from benchmarks.yardstick.mail import Post
from benchmarks.yardstick.payloads import Coupon, Journey, Mail, Place

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_EXPIRES_AFTER = timedelta(days=30)
_PERCENT = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """The activities, over one database and one mail server."""

    database: Database
    post: Post

    @activity.defn
    def give_reward(self, journey: Journey) -> Coupon:
        """Open the journey's row, issue its reward once, and request the first message."""
        at = now()
        expires = at + int(_EXPIRES_AFTER / journey.pace / timedelta(milliseconds=1))
        with self.database.begin() as connection:
            connection.execute(
                "INSERT INTO journey (id, customer, status, step, updated_at) VALUES (?, ?, 'open', 'reward', ?)"
                " ON CONFLICT DO NOTHING",
                (journey.id, journey.customer, at),
            )
            connection.execute(
                "INSERT INTO reward (journey, customer, code, percent, status, issued_at, expires_at)"
                " VALUES (?, ?, ?, ?, 'issued', ?, ?) ON CONFLICT (journey) DO NOTHING",
                (journey.id, journey.customer, _code(), _PERCENT, at, expires),
            )
            _request(connection, journey.id, "you-earned-it", at)
            code, expires = connection.execute(
                "SELECT code, expires_at FROM reward WHERE journey = ?", (journey.id,)
            ).fetchone()
        return Coupon(code, expires)

    @activity.defn
    def may_remind(self, journey: Journey) -> bool:
        """Request the reminder, unless the reward was used meanwhile."""
        with self.database.begin() as connection:
            status = connection.execute(
                "SELECT status FROM reward WHERE journey = ?", (journey.id,)
            ).fetchone()
            if status != ("issued",):
                return False
            _request(connection, journey.id, "redeem-reminder", now())
        return True

    @activity.defn
    def ask(self, journey: Journey) -> None:
        """Put the question, and request the message that carries it."""
        at = now()
        with self.database.begin() as connection:
            connection.execute(
                "INSERT INTO question (journey, customer, asked_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (journey.id, journey.customer, at),
            )
            _request(connection, journey.id, "how-was-it", at)

    @activity.defn
    def move(self, place: Place) -> None:
        """Say where the journey stands now."""
        with self.database.begin() as connection:
            _stand(connection, place, "open")

    @activity.defn
    def close(self, place: Place) -> None:
        """Say that the journey has ended."""
        with self.database.begin() as connection:
            _stand(connection, place, "closed")

    @activity.defn
    async def send_mail(self, mail: Mail) -> None:
        """Write the e-mail, hand it over, and keep the words that went out."""
        letter = await asyncio.to_thread(self._prepare, mail)
        if letter is not None:
            await self.post.send(letter)
            await asyncio.to_thread(self._sent, mail)

    def _prepare(self, mail: Mail) -> Letter | None:
        """Mark the message as attempted and return it; None if it went out before."""
        with self.database.begin() as connection:
            status, customer, email, first_name, code, expires = connection.execute(
                "SELECT message.status, customer.id, email, first_name, code, expires_at FROM message"
                " JOIN reward USING (journey) JOIN customer ON customer.id = reward.customer"
                " WHERE message.journey = ? AND name = ?",
                (mail.journey, mail.message),
            ).fetchone()
            if status == "sent":
                return None
            values = {
                "first_name": first_name,
                "code": code,
                "expires": f"{datetime.fromtimestamp(expires / 1000, UTC):%d %B %Y}",
                "journey": mail.journey,
            }
            mail_id = f"<{mail.message}.{mail.journey}@shop.example>"
            letter = write_letter(mail.message, email, mail_id, values)
            connection.execute(
                "UPDATE message SET status = 'attempting', mail_id = ?, subject = ?, text = ?, html = ?"
                " WHERE journey = ? AND name = ?",
                (mail_id, letter.subject, letter.text, letter.html, mail.journey, mail.message),
            )
        return letter

    def _sent(self, mail: Mail) -> None:
        with self.database.begin() as connection:
            connection.execute(
                "UPDATE message SET status = 'sent', sent_at = ? WHERE journey = ? AND name = ?",
                (now(), mail.journey, mail.message),
            )
            _note(connection, mail.journey, now(), f"sent {mail.message}")


def now() -> int:
    """Return the present instant in epoch milliseconds."""
    return time.time_ns() // 1_000_000


def _code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


def _request(connection: Connection, journey: str, message: str, at: int) -> None:
    connection.execute(
        "INSERT INTO message (journey, name, status, requested_at) VALUES (?, ?, 'granted', ?)"
        " ON CONFLICT DO NOTHING",
        (journey, message, at),
    )
    _note(connection, journey, at, f"granted {message}")


def _stand(connection: Connection, place: Place, status: str) -> None:
    at = now()
    connection.execute(
        "UPDATE journey SET status = ?, step = ?, deadline = ?, updated_at = ? WHERE id = ?",
        (status, place.step, place.deadline, at, place.journey),
    )
    _note(connection, place.journey, at, f"{status} {place.step}")


def _note(connection: Connection, journey: str, at: int, what: str) -> None:
    connection.execute("INSERT INTO journal (journey, at, what) VALUES (?, ?, ?)", (journey, at, what))
