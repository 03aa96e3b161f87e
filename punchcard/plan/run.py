"""One call of the machine under way: a state that may be changed, and what has been asked for so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from punchcard.plan.effects import Commit, Effect, Note
from punchcard.plan.events import Outcome
from punchcard.plan.facts import Fact, Finished
from punchcard.plan.program import Program
from punchcard.plan.state import State, Token


@dataclass(slots=True)
class Run:
    """The working copy of a state, with the facts, notes and effects that it has led to."""

    program: Program
    state: State
    at: int
    facts: list[Fact] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)

    @classmethod
    def begin(cls, program: Program, state: State, at: int) -> Run:
        """Open a run over a copy of the state."""
        return cls(program=program, state=state.copy(), at=at)

    def end(self) -> tuple[State, tuple[Effect, ...]]:
        """Close the run: with facts or notes the state becomes the next tick, and `Commit` comes first."""
        if not self.facts and not self.notes:
            return self.state, tuple(self.effects)
        self.state.tick += 1
        commit = Commit(tick=self.state.tick, facts=tuple(self.facts), notes=tuple(self.notes))
        return self.state, (commit, *self.effects)

    def tokens(self, *phases: str) -> list[Token]:
        """Return the tokens in one of these phases, in plan order."""
        return [token for token in self.state.tokens if token.phase in phases]

    def tokens_inside(self, path: str, but: Token) -> list[Token]:
        """Return the tokens that are on a way of the step at `path`, or have just come back from one."""
        return [
            token
            for token in self.state.tokens
            if token is not but and (token.path == path or token.path.startswith(f"{path}."))
        ]

    def holds(self, event: str) -> bool:
        """Whether an event that is a fact, too, has happened: `coupon.redeemed`, `order.delivered`."""
        owner, _, what = event.partition(".")
        return self.state.names.get(owner, {}).get(what) is True

    def note(self, what: str, path: str | None = None, **data: Any) -> None:
        """Add a line to the journal; what is None is left out."""
        self.notes.append(Note(what, path, {key: value for key, value in data.items() if value is not None}))

    def begin_at(self, path: str, due: int) -> None:
        """Bring the instance's first token."""
        self.state.tokens.append(Token(path=path, visit=0, due=due))
        self.arrive(self.state.tokens[0], path)

    def arrive(self, token: Token, path: str) -> None:
        """Move a token to a step: its next visit there."""
        token.path, token.phase, token.deadline, token.since = path, "ready", None, None
        token.visit = self.state.visits[path] = self.state.visits.get(path, 0) + 1

    def fork(self, token: Token, paths: tuple[str, ...]) -> None:
        """Send a token, and a new one for each further path, side by side."""
        place = self.state.tokens.index(token)
        for number, path in enumerate(paths[1:], start=1):
            twin = Token(path=path, visit=0, due=token.due)
            self.state.tokens.insert(place + number, twin)
            self.arrive(twin, path)
        self.arrive(token, paths[0])

    def leave(self, token: Token) -> None:
        """Go on with what follows the token's step, come back to the step around it, or be done."""
        following, home = self.program.after[token.path], self.program.home[token.path]
        if following is not None:
            self.arrive(token, following)
        elif home is not None:
            token.path, token.phase, token.deadline, token.since = home, "returning", None, None
            token.visit = self.state.visits[home]
        else:
            self.end_token(token)
            if not self.state.tokens:
                self.finish("completed")

    def end_token(self, token: Token) -> None:
        """Take a token away."""
        self.state.tokens = [each for each in self.state.tokens if each is not token]

    def enter(self, token: Token, block: tuple[Any, ...]) -> None:
        """Go into a block of the token's step, or past the step where the block is empty."""
        if block:
            self.arrive(token, block[0].path)
        else:
            self.leave(token)

    def finish(self, outcome: Outcome, reason: str | None = None) -> None:
        """End the instance; where tokens remain, they say where it was."""
        self.state.outcome = outcome
        self.facts.append(Finished(outcome, reason))
        self.note("finished", outcome=outcome, reason=reason)
