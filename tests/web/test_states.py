"""What becomes of the page over time: waiting, trouble, reloads, a proxy in between."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Route, expect

from bot.conversation.messages import Answerer, Incoming, PhotoMessage, Reply
from bot.conversation.texts import texts_in
from core.errors import FetchFailed
from tests.scenarios.conversations import DRESS
from tests.scenarios.web import WebHouse
from tests.web.conftest import Visit
from tests.web.proxy import reverse_proxy
from tests.web.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="module")

_PHONE = {"width": 360, "height": 740}

_ORDER = """() => [...document.querySelectorAll("#log > :not(#welcome)")]
    .map((node) => node.matches(".me") ? "asked" : node.matches(".answer") ? "answered" : "else")"""

_PLACE = """(card) =>
    [card.offsetTop, card.offsetHeight, document.documentElement.scrollHeight]"""

# WCAG 2.2, 2.5.8 (targets), 4.1.1 (ids), 1.1.1 (pictures), 2.4.7 (the focus is seen).
_FAULTS = """() => {
    const seen = (node) => node.checkVisibility() && !node.matches(".skip");
    const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
    const small = all("button, input, a:not(.command)").filter((node) => {
        const box = node.getBoundingClientRect();
        return !node.matches(".command") && Math.min(box.width, box.height) < 24;
    });
    const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
    return [
        ...small.map((node) => `small: ${node.outerHTML}`),
        ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice: ${id}`),
        ...all("img:not([alt])").map((node) => `no alt: ${node.outerHTML}`),
        ...["main", "header", "h1"].filter((name) => all(name).length !== 1),
        ...all("#log :is([aria-live], [role=log], [role=status], [role=alert])"),
    ];
}"""


class Held:
    """Answers photos when it is let go."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self.gate = asyncio.Event()

    async def answer(self, message: Incoming) -> list[Reply]:
        if isinstance(message, PhotoMessage):
            await self.gate.wait()
        return await self._answerer.answer(message)


@asynccontextmanager
async def held(house: WebHouse) -> AsyncIterator[Held]:
    answerer = Held(house.answerer.answerer)
    house.answerer.answerer = answerer
    yield answerer
    answerer.gate.set()


async def test_a_second_photo_may_be_sent_and_each_answer_follows_its_own(
    visitor: Visitor,
) -> None:
    async with held(visitor.house) as answerer:
        await visitor.choose(DRESS)
        await visitor.choose(DRESS)
        await expect(visitor.page.get_by_text("Looking").first).to_be_visible()
        await expect(visitor.page.locator(".waiting")).to_have_count(2)
        answerer.gate.set()
        await expect(visitor.cards).to_have_count(10)
    greeting = ["answered"]
    assert await visitor.page.evaluate(_ORDER) == greeting + ["asked", "answered"] * 2


async def test_the_page_itself_speaks_the_language_that_was_chosen(visitor: Visitor) -> None:
    await visitor.choose(DRESS)
    await expect(visitor.cards).to_have_count(5)
    await visitor.text.fill("/language de")
    await visitor.text.press("Enter")
    german = texts_in("de")
    await expect(visitor.page.get_by_placeholder(german.say("page-placeholder"))).to_be_visible()
    await expect(visitor.said.last).to_have_text(german.LANGUAGE_CHOSEN)
    await expect(visitor.page.get_by_role("listitem")).to_have_count(5)


async def test_an_answer_is_announced_once(visitor: Visitor) -> None:
    await visitor.page.evaluate(
        """() => {
            window.heard = [];
            new MutationObserver((changes) => changes.forEach((change) =>
                change.addedNodes.forEach((node) => heard.push(node.textContent)))
            ).observe(document.querySelector("#announced"), { childList: true });
        }"""
    )
    await visitor.choose(DRESS)
    await expect(visitor.cards).to_have_count(5)
    heard = [words for words in await visitor.page.evaluate("heard") if "Looking" not in words]
    assert len(heard) == 1
    assert "24 products in 2 shops" in heard[0]


async def test_nothing_moves_when_the_pictures_come(visitor: Visitor) -> None:
    come = asyncio.Event()

    async def late(route: Route) -> None:
        await come.wait()
        await route.continue_()

    await visitor.page.route("**/pictures/**", late)
    await visitor.choose(DRESS)
    await expect(visitor.cards).to_have_count(5)
    before = await visitor.cards.last.evaluate(_PLACE)
    come.set()
    await visitor.pictures_are_there()
    assert await visitor.cards.last.evaluate(_PLACE) == before
    await visitor.page.unroute("**/pictures/**")


async def test_a_reload_shows_the_conversation_again_without_the_photo(visitor: Visitor) -> None:
    await visitor.choose(DRESS)
    await visitor.hearts.first.click()
    await expect(visitor.hearts.first).to_have_attribute("aria-pressed", "true")
    asked = len(visitor.house.answerer.asked)
    await visitor.page.reload()
    await expect(visitor.cards).to_have_count(5)
    await expect(visitor.hearts.first).to_have_attribute("aria-pressed", "true")
    await expect(visitor.page.get_by_role("img", name="not kept")).to_be_visible()
    assert len(visitor.house.answerer.asked) == asked, "a reload asks nothing"
    await visitor.button("More").click()
    await expect(visitor.cards).to_have_count(10)


async def test_words_left_unanswered_by_a_reload_can_be_sent_again(visitor: Visitor) -> None:
    async def never(_: Route) -> None:
        """The answer does not come."""

    await visitor.page.route("**/api/messages", never)
    await visitor.text.fill("/help")
    await visitor.text.press("Enter")
    await expect(visitor.page.get_by_text("Looking").first).to_be_visible()
    await visitor.page.reload()
    await visitor.page.unroute("**/api/messages")
    await expect(visitor.said.last).to_have_text("The answer to that did not arrive.")
    await visitor.button("Try again").click()
    await expect(visitor.said.last).to_contain_text("/unsubscribe")
    await visitor.page.reload()
    await expect(visitor.said.last).to_contain_text("/unsubscribe")
    await expect(visitor.page.get_by_text("did not arrive")).to_have_count(0)


async def test_a_photo_left_unanswered_by_a_reload_is_told_so(visitor: Visitor) -> None:
    async with held(visitor.house):
        await visitor.choose(DRESS)
        await expect(visitor.page.locator(".waiting")).to_be_visible()
        await visitor.page.reload()
        await expect(visitor.said.last).to_have_text("The answer to that did not arrive.")
        await expect(visitor.page.get_by_role("button", name="Try again")).to_have_count(0)


async def test_another_tab_begins_its_own_conversation(visitor: Visitor) -> None:
    await visitor.choose(DRESS)
    await expect(visitor.cards).to_have_count(5)
    context = visitor.page.context
    other = await Visitor.arriving(visitor.house, context, url=visitor.url)
    await expect(other.cards).to_have_count(0)
    senders = {asked.sender.person_id for asked in visitor.house.answerer.asked}
    assert len(senders) == 1


async def test_a_command_in_an_answer_can_be_tapped(visitor: Visitor) -> None:
    await visitor.button("/help").click()
    await expect(visitor.said.last).to_contain_text("/unsubscribe")


async def test_what_is_kept_can_be_saved_as_a_file(visitor: Visitor) -> None:
    await visitor.choose(DRESS)
    await visitor.hearts.first.click()
    await expect(visitor.hearts.first).to_have_attribute("aria-pressed", "true")
    await visitor.text.fill("/export")
    await visitor.text.press("Enter")
    async with visitor.page.expect_download() as saving:
        await visitor.page.get_by_role("link", name="twinset.json").click()
    saved = await saving.value
    assert saved.suggested_filename == "twinset.json"
    assert "Red dress" in (await saved.path()).read_text()


async def test_what_a_proxy_finds_too_heavy_is_told_so_without_its_markup(
    visitor: Visitor,
) -> None:
    async def refuse(route: Route) -> None:
        await route.fulfill(status=413, content_type="text/html", body="<h1>413 nginx</h1>")

    await visitor.page.route("**/api/messages", refuse)
    await visitor.choose(DRESS)
    await expect(visitor.said.last).to_contain_text("A screenshot of it works well.")
    await expect(visitor.page.get_by_text("nginx")).to_have_count(0)
    visitor.overlook("413")


async def test_the_page_works_under_a_proxys_prefix(house: WebHouse, visit: Visit) -> None:
    async with reverse_proxy(house.url("/"), prefix="/fashion/") as url:
        visitor = await visit(url=url)
        await visitor.choose(DRESS)
        await visitor.pictures_are_there()
        await visitor.button("More").click()
        await expect(visitor.cards).to_have_count(10)
        chat_id = house.answerer.asked[-1].sender.chat_id
        await _delivered(house, chat_id, Reply(text="Your picks"))
        await expect(visitor.said.last).to_have_text("Your picks")
        await visitor.page.close()


@pytest.mark.parametrize("size", [_PHONE, {"width": 1100, "height": 900}], ids=["phone", "desk"])
async def test_every_state_is_fit_for_fingers_and_screen_readers(
    visit: Visit, size: dict[str, int]
) -> None:
    visitor = await visit(size=size)
    assert await visitor.page.evaluate(_FAULTS) == []
    async with held(visitor.house) as answerer:
        await visitor.choose(DRESS)
        await expect(visitor.page.locator(".waiting")).to_be_visible()
        assert await visitor.page.evaluate(_FAULTS) == []
        answerer.gate.set()
    await expect(visitor.cards).to_have_count(5)
    assert await visitor.page.evaluate(_FAULTS) == []
    await visitor.page.reload()
    await expect(visitor.cards).to_have_count(5)
    assert await visitor.page.evaluate(_FAULTS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_hearts_are_seen_in_high_contrast(visit: Visit, scheme: str) -> None:
    visitor = await visit(scheme=scheme)
    await visitor.page.emulate_media(color_scheme=scheme, forced_colors="active")
    await visitor.choose(DRESS)
    drawn = visitor.hearts.first.locator("svg")
    line, ground = await drawn.evaluate(
        "(svg) => [getComputedStyle(svg).stroke, getComputedStyle(svg).backgroundColor]"
    )
    black, white = "rgb(0, 0, 0)", "rgb(255, 255, 255)"
    assert (line, ground) == ((white, black) if scheme == "dark" else (black, white))


async def test_on_a_very_low_screen_the_conversation_has_the_room(visit: Visit) -> None:
    visitor = await visit(size={"width": 320, "height": 256})
    await visitor.choose(DRESS)
    await expect(visitor.cards).to_have_count(5)
    await expect(visitor.page.get_by_role("banner")).not_to_be_in_viewport()
    await expect(visitor.text).to_be_in_viewport()


async def _delivered(house: WebHouse, chat_id: str, reply: Reply) -> None:
    """Deliver as soon as the page's event stream has come through."""
    for _ in range(100):
        try:
            await house.chat.deliver(chat_id, reply)
        except FetchFailed:
            await asyncio.sleep(0.05)
        else:
            return
    raise AssertionError("the page never listened")
