"""The service of a team: who asks, what they may, and where it is done."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn
from urllib.parse import urlsplit

from termbank.errors import GlossaryError, InputError, TermbankError
from termbank.glossary import index
from termbank.glossary.glossary_sources import key_of
from termbank.messages import say
from termbank.operations.team.concept_versions import (
    StaleConceptError,
    UnknownConceptError,
)

from .argument_schemas import argument_fault
from .http_refusals import Refusal
from .json_calls import both_versions
from .rate_limits import RateLimit
from .request_log import facts_of
from .work_lanes import Lanes

if TYPE_CHECKING:
    from starlette.requests import Request

    from termbank.operations.team.access_tokens import AccessToken, AccessTokens
    from termbank.operations.team.audit_trail import AuditTrail

    from .http_calls import HttpCall
    from .json_calls import Resources
    from .request_log import JsonLog

_LONGEST_AT_ONCE: Final = 2_000  # characters of arguments that keep nobody waiting
_FAILURES: Final = 1.0  # wrong tokens a second that one address may send
_FAILURES_AT_ONCE: Final = 20


class Limits(NamedTuple):
    """What one caller may ask for.

    Attributes:
        rate: Requests a second a token; 0 for no limit.
        largest: Bytes of a body.
        seconds: Longest time of a call.
    """

    rate: float = 100.0
    largest: int = 8 << 20
    seconds: float = 30.0


class TeamService:
    """What all requests of one service share.

    Args:
        resources: Glossary as a stack of places, memory as an object, project as one.
        tokens: Who may ask.
        trail: Where changes are noted.
        log: Where requests are.
        limits: What one caller may ask for.
    """

    def __init__(
        self,
        resources: Resources,
        tokens: AccessTokens,
        trail: AuditTrail,
        log: JsonLog,
        limits: Limits,
    ) -> None:
        self.resources, self.tokens, self.trail = resources, tokens, trail
        self.log, self.limits = log, limits
        self.lanes = Lanes(limits.seconds)
        self.stopping = False
        # Calls of agents that run, by token, session and request: they can be cancelled.
        self.agent_calls: dict[tuple[str, str, object], asyncio.Future[Any]] = {}
        self._rates = RateLimit(limits.rate, 2 * limits.rate, monotonic)
        self._failures = RateLimit(_FAILURES, _FAILURES_AT_ONCE, monotonic)
        self._compiled_key, self._compiling = "", asyncio.Lock()

    def caller(
        self,
        request: Request,
        secret: str | None = None,
        *,
        from_anywhere: bool = False,
    ) -> AccessToken:
        """Return the token that a request bears.

        Args:
            request: Whose.
            secret: From another place than the Authorization header.
            from_anywhere: Whether pages of other sites may send it.

        Raises:
            Refusal: 401 no good token, 403 sent by a page of another site, 429 too many
                wrong ones from this address.
        """
        if not from_anywhere:
            refuse_other_sites(request)
        if secret is None:
            scheme, _, secret = request.headers.get("authorization", "").partition(" ")
            secret = secret.strip() if scheme.lower() == "bearer" else ""
        token = self.tokens.holder(secret) if secret else None
        if token is None:
            self._refuse_stranger(request, secret)
        facts_of(request.scope).token = token.id
        return token

    def allow(self, caller: AccessToken, cost: float = 1.0) -> None:
        """Take requests of a caller into account.

        Raises:
            Refusal: 429: more than the rate allows.
        """
        wait = self._rates.wait_for(caller.id, cost)
        if wait:
            raise _too_many(wait)

    def _refuse_stranger(self, request: Request, secret: str) -> NoReturn:
        # Who sends no token at all guesses none.
        wait = secret and self._failures.wait_for(
            request.client.host if request.client else ""
        )
        if wait:
            raise _too_many(wait)
        detail = say("有効なトークンが必要です", "a good token is needed")
        raise Refusal(401, detail, headers={"WWW-Authenticate": "Bearer"})

    async def carry_out(
        self, call: HttpCall, arguments: Any, caller: AccessToken
    ) -> dict[str, Any]:
        """Return what a call answers.

        Raises:
            Refusal: By role, argument, version, time or queue.
        """
        if not caller.may(call.role):
            await self._refuse_role(call, arguments, caller)
        fault = argument_fault(arguments, call.takes, call.required)
        if fault:
            raise Refusal(422, fault)
        on = self.resources._replace(
            who=caller.name, may_write=caller.may("translator")
        )
        if call.needs_memory and not on.memory:
            raise Refusal(404, say("翻訳メモリはありません", "no memory is served"))
        if call.lane == "project":
            return await self.lanes.project.run(self._do, call, on, arguments, caller)
        await self.compile_glossary()
        size = sum(len(part) for part in arguments.values() if isinstance(part, str))
        if call.lane == "quick" and size <= _LONGEST_AT_ONCE:
            return self._do(call, on, arguments, caller)
        return await self.lanes.reading.run(self._do, call, on, arguments, caller)

    async def compile_glossary(self) -> None:
        """Compile the glossary where its files changed, once for all who wait."""
        stack = self.resources.glossary
        if key_of(stack) == self._compiled_key:  # type: ignore[arg-type]
            return
        async with self._compiling:
            key = key_of(stack)  # type: ignore[arg-type]
            if key != self._compiled_key:
                await self.lanes.reading.run(self._guarded, self._compile)
                self._compiled_key = key

    def close(self) -> None:
        """Wait for what runs and close all files."""
        self.lanes.close()
        if self.resources.memory and not isinstance(self.resources.memory, str):
            self.resources.memory.close()
        self.tokens.close()
        self.trail.close()

    def _compile(self) -> None:
        glossary = self.resources.glossary
        for table in (index.names, index.patterns, index.spellings, index.bare_names):
            table(glossary)

    def _do(
        self, call: HttpCall, on: Resources, arguments: Any, caller: AccessToken
    ) -> dict[str, Any]:
        """Make a call and note in the trail what came of it."""
        outcome = "rejected"
        try:
            answer: dict[str, Any] = self._guarded(call.call, on, arguments)
            outcome = "done"
        except StaleConceptError as stale:
            outcome = "stale"
            versions = both_versions(on, arguments)
            raise Refusal(409, str(stale), **versions) from None
        except GlossaryError as error:
            raise Refusal(409 if call.may_conflict else 422, str(error)) from None
        finally:
            self._note(call, arguments, caller, outcome)
        return answer

    def _guarded(self, call: Any, *arguments: Any) -> Any:
        """Make a call; what the caller cannot mend is logged, not shown."""
        try:
            return call(*arguments)
        except UnknownConceptError as error:
            raise Refusal(404, str(error)) from None
        except GlossaryError:
            raise
        except InputError as error:
            if arguments and error.path in arguments[-1]:
                raise Refusal(422, str(error)) from None
            raise self._unusable(error) from None
        except TermbankError as error:
            raise self._unusable(error) from None

    def _unusable(self, error: TermbankError) -> Refusal:
        self.log.write("unusable", error=type(error).__name__, message=str(error))
        detail = say(
            "用語集か翻訳メモリが使えません。記録を見てください",
            "the glossary or the memory cannot be used; see the log",
        )
        return Refusal(503, detail, headers={"Retry-After": "5"})

    async def _refuse_role(
        self, call: HttpCall, arguments: Any, caller: AccessToken
    ) -> None:
        await self.lanes.project.run(self._note, call, arguments, caller, "refused")
        detail = say(f"{call.role} の権限が必要です", f"needs the role {call.role}")
        raise Refusal(403, detail)

    def _note(
        self, call: HttpCall, arguments: Any, caller: AccessToken, outcome: str
    ) -> None:
        if not call.subject:
            return
        subject = arguments.get(call.subject, "") if isinstance(arguments, dict) else ""
        self.trail.note(
            self.resources.clock(),
            caller.name,
            call.name,
            str(subject),
            token=caller.id,
            outcome=outcome,
        )


def refuse_other_sites(request: Request) -> None:
    """Refuse what a page of another site sent.

    Raises:
        Refusal: 403.
    """
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Refusal(403, say("ほかのサイトからの送信です", "sent by another site"))


def _too_many(wait: float) -> Refusal:
    seconds = max(1, round(wait))
    detail = say(
        f"要求が多すぎます。{seconds} 秒後にどうぞ",
        f"too many requests; again in {seconds} s",
    )
    return Refusal(429, detail, headers={"Retry-After": str(seconds)})
