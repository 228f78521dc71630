"""Discord's errors → ours, in this one place."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from core.errors import ConfigurationError, FetchFailed, Undeliverable

MISSING_PERMISSIONS = 50013
UNKNOWN_MESSAGE = 10008
CANNOT_REPLY = 160002  # for want of leave to read the channel's history
_TOKEN_EXPIRED = 50027
_TOKEN_REFUSED = 4004
_INTENTS_REFUSED = 4014
_RETRYING_IS_USELESS = {4010, 4011, 4012, 4013}


@contextmanager
def translated() -> Iterator[None]:
    """Raise what Discord and the network raise as one of ours.

    ``Undeliverable`` for what is gone for good (also an interaction that expired),
    ``ConfigurationError`` for what the operator must mend, ``FetchFailed`` for the rest.
    """
    try:
        yield
    except discord.LoginFailure as error:
        raise _token_refused() from error
    except discord.PrivilegedIntentsRequired as error:
        raise _intents_refused() from error
    except discord.ConnectionClosed as error:
        raise _closed(error.code) from error
    except discord.RateLimited as error:
        raise FetchFailed(
            "Discord asks us to slow down.", status=429, retry_after_s=error.retry_after
        ) from error
    except discord.HTTPException as error:
        raise _refused(error) from error
    except discord.GatewayNotFound as error:
        raise FetchFailed("Discord names no gateway.") from error
    except (aiohttp.ClientError, OSError) as error:
        # The class only: the text may hold an address with an interaction's token in it.
        raise FetchFailed(f"Discord cannot be reached ({type(error).__name__}).") from error


def _refused(error: discord.HTTPException) -> Undeliverable | FetchFailed:
    said = f"Discord answers {error.status} ({error.code}): {error.text[:200]}"
    # Without a code the answer is not Discord's but of something on the way, which tells
    # nothing about the chat.
    gone = error.status in (403, 404) and error.code != 0
    if gone or error.code == _TOKEN_EXPIRED:
        return Undeliverable(said)
    return FetchFailed(said, status=error.status)


def _closed(code: int) -> ConfigurationError | FetchFailed:
    if code == _TOKEN_REFUSED:
        return _token_refused()
    if code == _INTENTS_REFUSED:
        return _intents_refused()
    if code in _RETRYING_IS_USELESS:
        return ConfigurationError(f"Discord's gateway will not serve this bot (close code {code}).")
    return FetchFailed(f"Discord's gateway hung up (close code {code}).")


def _token_refused() -> ConfigurationError:
    return ConfigurationError("Discord refuses the bot's token; check TWINSET_DISCORD_TOKEN.")


def _intents_refused() -> ConfigurationError:
    return ConfigurationError(
        "Discord refuses the intents that the bot asks for (close code 4014). It asks for no "
        "privileged one; check the bot's page in the developer portal."
    )
