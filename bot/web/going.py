"""The way to a product's shop: one redirect."""

import logging
import re
from string import punctuation
from urllib.parse import quote

from aiohttp import web

from bot.conversation.going import PATH, Going
from bot.conversation.languages import language_of
from bot.conversation.texts import texts_in
from bot.web.visitors import preferred_language
from core.errors import TwinsetError

_log = logging.getLogger(__name__)

# Messengers look at links to draw a preview, and say so; a Cubot is a telephone.
_ROBOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|preview|facebookexternalhit|whatsapp|skypeuri|embedly|curl|python|java/"
    r"|headless|fetch|scan|monitor",
    re.IGNORECASE,
)
_AS_IT_IS = punctuation  # with letters and digits all that a header's address may hold
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def go_routes(going: Going) -> list[web.RouteDef]:
    """``/go/…``, for the application that holds the port."""

    async def go(request: web.Request) -> web.Response:
        token = request.match_info["token"]
        try:
            address = await going.address(token, counts=_is_a_person(request))
        except TwinsetError as error:
            _log.warning("go: %s", error)
            return _sentence(request, "later", status=503)
        if address is None:
            return _sentence(request, "product-gone", status=404)
        location = quote(address, safe=_AS_IT_IS)
        return web.Response(status=302, headers={**_HEADERS, "Location": location})

    return [web.get(PATH + "{token:[A-Za-z0-9._-]{1,100}}", go)]


def _is_a_person(request: web.Request) -> bool:
    """Whether somebody opens it, rather than a program that looks where it leads."""
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and not ahead and bool(agent) and not _ROBOT.search(agent)


def _sentence(request: web.Request, sentence: str, *, status: int) -> web.Response:
    language = language_of(preferred_language(request))
    return web.Response(
        text=texts_in(language).say(sentence),
        status=status,
        headers={**_HEADERS, "Content-Language": language, "Vary": "Accept-Language"},
    )
