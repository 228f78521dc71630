"""Sending what was claimed: the same for picks, news and broadcasts."""

from datetime import timedelta

from bot.conversation.messages import Courier, Reply
from core.errors import FetchFailed, Undeliverable

RETRY_AFTER = timedelta(minutes=5)
"""At least so long is waited before what failed is tried again."""


async def post(courier: Courier, chat_id: str, reply: Reply) -> str | timedelta | None:
    """Send a reply; returns its message id, how long to wait for another try, or None.

    None where the chat is gone for good. Whatever is raised leaves the claim as it is: the message
    may have gone out.
    """
    try:
        return await courier.deliver(chat_id, reply)
    except Undeliverable:
        return None
    except FetchFailed as error:
        return max(RETRY_AFTER, timedelta(seconds=error.retry_after_s or 0))
