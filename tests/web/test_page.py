"""The chat page in a real browser, over a real conversation."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.conversation.messages import Reply, TapMessage
from core.photos import MAX_BYTES
from tests.scenarios import photos
from tests.scenarios.conversations import DRESS, WAYS
from tests.support.answers import card
from tests.support.english import texts
from tests.web.conftest import Visit
from tests.web.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="module")

_PHONE = {"width": 360, "height": 740}

# WCAG 2.2, 1.4.3: each word's contrast with the nearest background that is not transparent.
_CONTRASTS = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data;
    };
    const light = (colour) => [...rgba(colour)].slice(0, 3).map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const behind = (node) => {
        const colour = getComputedStyle(node).backgroundColor;
        return rgba(colour)[3] > 250 || !node.parentElement ? colour : behind(node.parentElement);
    };
    const found = {};
    const words = "header *, #log p, h2, .words *, #log a, .button, .command";
    for (const node of document.querySelectorAll(words)) {
        if (node.matches("svg *, :not(button):empty")) continue;
        const [a, b] = [light(getComputedStyle(node).color), light(behind(node))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const name = `${node.tagName}.${node.className}`;
        found[name] = Math.min(found[name] ?? 21, ratio);
    }
    return found;
}"""

_SECOND_CLICK = """(node) => node.dispatchEvent(
    new MouseEvent("click", { detail: 2, bubbles: true, cancelable: true }))"""


async def test_a_chosen_photo_gets_five_cards_with_their_pictures(visitor: Visitor) -> None:
    await visitor.choose(DRESS)
    await expect(visitor.cards).to_have_count(5)
    await expect(visitor.cards.first).to_contain_text("Red dress")
    await expect(visitor.cards.first).to_contain_text("Corner Shop")
    await expect(visitor.said.last).to_contain_text("24 products in 2 shops")
    await visitor.pictures_are_there()
    link = visitor.cards.first.get_by_role("link", name="Buy: Red dress")
    await expect(link).to_have_attribute("href", "https://shop.example/red-dress")
    await expect(visitor.page.get_by_role("img", name="Your photo")).to_be_visible()


async def test_a_dropped_photo_is_sent_with_the_words_typed_so_far(visitor: Visitor) -> None:
    await visitor.text.fill("this one?")
    dragged = await visitor.drag(DRESS)
    await expect(visitor.page.get_by_text("Let go to send the photo")).to_be_visible()
    await visitor.drop(dragged)
    await expect(visitor.page.get_by_text("Let go to send the photo")).to_be_hidden()
    await expect(visitor.cards).to_have_count(5)
    assert visitor.house.answerer.asked[-1].caption == "this one?"
    await expect(visitor.text).to_have_value("")


async def test_a_pasted_photo_is_sent(visitor: Visitor) -> None:
    await visitor.text.focus()
    await visitor.paste(DRESS)
    await expect(visitor.cards).to_have_count(5)


async def test_a_like_fills_the_heart_says_so_and_keeps_the_focus(visitor: Visitor) -> None:
    await visitor.choose(DRESS)
    heart = visitor.button("Like: Red dress")
    await expect(heart).to_have_attribute("aria-pressed", "false")
    for pressed, said in (("true", "♥ Liked: Red"), ("false", "♡ No longer")):
        await heart.focus()
        await visitor.page.keyboard.press("Enter")
        await expect(heart).to_have_attribute("aria-pressed", pressed)
        await expect(heart).to_be_focused()
        await expect(visitor.page.get_by_role("status")).to_contain_text(said)


async def test_two_likes_in_a_row_both_show(visitor: Visitor) -> None:
    await visitor.choose(DRESS)
    await expect(visitor.hearts).to_have_count(5)
    await visitor.page.evaluate(
        """() => [...document.querySelectorAll(".heart")].slice(0, 2)
            .forEach((heart) => heart.click())"""
    )
    for place, pressed in enumerate(("true", "true", "false")):
        await expect(visitor.hearts.nth(place)).to_have_attribute("aria-pressed", pressed)


async def test_a_double_tap_is_one_tap(visitor: Visitor) -> None:
    await visitor.choose(DRESS)
    await visitor.button("More").dblclick()
    await visitor.hearts.first.dblclick()
    await expect(visitor.hearts.first).to_have_attribute("aria-pressed", "true")
    await expect(visitor.cards).to_have_count(10)
    taps = [asked for asked in visitor.house.answerer.asked if isinstance(asked, TapMessage)]
    assert len(taps) == 2


async def test_a_double_click_is_one_click_even_when_the_answer_comes_in_between(
    visitor: Visitor,
) -> None:
    await visitor.choose(DRESS)
    heart = visitor.hearts.first
    await heart.click()
    await expect(heart).to_have_attribute("aria-pressed", "true")
    await heart.evaluate(_SECOND_CLICK)
    command = visitor.button("/help")
    await command.click()
    await expect(visitor.said.last).to_contain_text("/unsubscribe")
    await command.evaluate(_SECOND_CLICK)
    await visitor.cards.first.get_by_role("link").evaluate(_SECOND_CLICK)
    await heart.click()
    await expect(heart).to_have_attribute("aria-pressed", "false")
    taps = [asked for asked in visitor.house.answerer.asked if isinstance(asked, TapMessage)]
    assert len(taps) == 2
    await expect(visitor.page.locator(".bubble.me", has_text="/help")).to_have_count(1)
    assert len(visitor.page.context.pages) == 1


async def test_a_photo_chosen_in_the_welcome_leaves_the_focus_in_the_conversation(
    visitor: Visitor,
) -> None:
    async with visitor.page.expect_file_chooser() as dialogue:
        await visitor.page.locator("#welcome").get_by_role("button").press("Enter")
    chooser = await dialogue.value
    await chooser.set_files({"name": "photo.png", "mimeType": "image/png", "buffer": DRESS})
    await expect(visitor.cards).to_have_count(5)
    assert await visitor.focused() == "Conversation"


async def test_more_adds_a_second_album_and_the_focus_stays_near(visitor: Visitor) -> None:
    await visitor.choose(DRESS)
    await visitor.button("More").focus()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.cards).to_have_count(10)
    await expect(visitor.page.get_by_role("button", name="More")).to_have_count(1)
    await expect(visitor.cards.nth(5)).to_contain_text("6")
    assert await visitor.focused() == texts.SEARCH_SHOPS
    for _ in (texts.COMPLETE_OUTFIT, texts.ALERT_ME, *WAYS, texts.FILTERS, "the card"):
        await visitor.page.keyboard.press("Tab")
    await expect(visitor.cards.nth(5).get_by_role("link")).to_be_focused()


async def test_an_outfit_is_one_picture_that_a_swap_changes_in_its_place(visitor: Visitor) -> None:
    await visitor.choose(photos.garment("red", "shirt", shift=2))
    await visitor.button(texts.COMPLETE_OUTFIT).click()
    outfit = visitor.page.get_by_role("img", name="The outfit in one picture")
    await expect(outfit).to_have_count(1)
    await expect(visitor.cards).to_have_count(8)
    await expect(visitor.cards.nth(7)).to_contain_text("Red bag")
    await expect(visitor.cards.nth(7).get_by_role("img")).to_have_count(0)
    before = await outfit.get_attribute("src")
    await visitor.button("⇄ Bag").focus()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.cards.nth(7)).not_to_contain_text("Red bag")
    await expect(visitor.cards).to_have_count(8)
    await expect(outfit).to_have_count(1)
    assert await outfit.get_attribute("src") != before
    assert await visitor.focused() == "⇄ Bag"
    await visitor.page.reload()
    await expect(outfit).to_have_count(1)
    await visitor.pictures_are_there()


async def test_a_typed_command_is_answered(visitor: Visitor) -> None:
    await visitor.text.fill("/help")
    await visitor.text.press("Enter")
    await expect(visitor.said.last).to_contain_text("/unsubscribe")
    await expect(visitor.text).to_be_focused()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (photos.text_file(), "JPEG, PNG or WebP"),
        (photos.truncated(), "damaged"),
        (photos.huge(), "200 megapixels"),
    ],
    ids=["text", "truncated", "huge"],
)
async def test_a_bad_file_gets_its_sentence(
    visitor: Visitor, content: bytes, sentence: str
) -> None:
    await visitor.choose(content)
    await expect(visitor.said.last).to_contain_text(sentence)
    await expect(visitor.cards).to_have_count(0)


async def test_too_many_photos_are_told_so(visit: Visit) -> None:
    visitor = await visit()
    await visitor.choose(*[DRESS] * 11)
    await expect(visitor.said.last).to_have_text(texts.say("too-many-photos", limit=10))
    await expect(visitor.page.get_by_role("button", name="Try again")).to_have_count(0)
    visitor.overlook("400 (Bad Request)")


async def test_what_is_too_heavy_is_told_so_without_an_upload(
    visitor: Visitor, tmp_path: Path
) -> None:
    heavy = tmp_path / "heavy.png"
    heavy.write_bytes(DRESS + bytes(MAX_BYTES))
    await visitor.choose(heavy)
    await expect(visitor.said.last).to_contain_text("21 MB")


async def test_an_album_heavier_than_a_message_is_answered_for_what_fits(
    visitor: Visitor, tmp_path: Path
) -> None:
    album = [tmp_path / f"{number}.png" for number in range(4)]
    for path in album:
        path.write_bytes(DRESS + bytes(MAX_BYTES - len(DRESS)))
    await visitor.choose(*album)
    await expect(visitor.said.last).to_contain_text("I couldn't read 1 of the 4 photos.")
    await expect(visitor.cards).to_have_count(5)


async def test_the_keyboard_alone_does_it_all(visitor: Visitor) -> None:
    keyboard = visitor.page.keyboard
    await expect(visitor.button(texts.TRY_A_SAMPLE)).to_be_visible()
    names = []
    for _ in range(7):
        await keyboard.press("Tab")
        names.append(await visitor.focused())
    composer = ["Choose a photo", "Message", "Send"]
    greeting = ["/help", texts.TRY_A_SAMPLE]
    assert names == ["Write a message", "Choose a photo", *greeting, *composer]
    async with visitor.page.expect_file_chooser() as dialogue:
        await visitor.button("Choose a photo").focus()
        await keyboard.press("Enter")
    photo = {"name": "dress.png", "mimeType": "image/png", "buffer": DRESS}
    await (await dialogue.value).set_files([photo])
    await expect(visitor.cards).to_have_count(5)
    assert await visitor.focused() == "Choose a photo"
    back = []
    for _ in range(17 + len(WAYS)):
        await keyboard.press("Shift+Tab")
        back.append(await visitor.focused())
    assert back[:8] == [
        *(texts.FILTERS, *WAYS[::-1]),
        *(texts.ALERT_ME, texts.COMPLETE_OUTFIT, texts.SEARCH_SHOPS, texts.MORE),
    ]
    assert [name.partition(":")[0] for name in back[8:18]] == ["Like", "Buy"] * 5
    assert back[18:] == greeting[::-1]
    await keyboard.press("Escape")
    assert await visitor.focused() == "Message"


async def test_a_sample_is_seen_with_its_answer(visitor: Visitor) -> None:
    await visitor.button(texts.TRY_A_SAMPLE).click()
    await expect(visitor.cards).to_have_count(5)
    shown = visitor.page.get_by_role("img", name="A sample photo")
    assert await shown.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    await expect(visitor.button(texts.TRY_A_SAMPLE)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_phone_shows_it_without_scrolling_sideways(visit: Visit, scheme: str) -> None:
    visitor = await visit(size=_PHONE, scheme=scheme)
    await visitor.choose(DRESS)
    await expect(visitor.cards).to_have_count(5)
    for count in (10, 15):
        await visitor.button("More").click()
        await expect(visitor.cards).to_have_count(count)
    heights = await visitor.page.locator(".row > *").evaluate_all(
        "(buttons) => [...new Set(buttons.map((button) => button.offsetHeight))]"
    )
    assert len(heights) == 1, "a label takes two lines"
    await visitor.choose(photos.cat())
    await expect(visitor.button(texts.SEARCH_ANYWAY)).to_be_visible()
    assert await visitor.page.evaluate("document.documentElement.scrollWidth") <= _PHONE["width"]
    await expect(visitor.text).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_word_stands_out_in_either_scheme(visit: Visit, scheme: str) -> None:
    visitor = await visit(scheme=scheme)
    await visitor.choose(DRESS)
    await expect(visitor.button("More")).to_be_visible()
    page = await visitor.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (page == "rgb(20, 23, 21)") == (scheme == "dark")
    contrasts = await visitor.page.evaluate(_CONTRASTS)
    assert len(contrasts) > 8
    assert {name: ratio for name, ratio in contrasts.items() if ratio < 4.5} == {}


async def test_everything_to_use_has_a_role_and_a_name(visitor: Visitor) -> None:
    await visitor.choose(DRESS)
    await expect(visitor.button("More")).to_be_visible()
    seen = await visitor.accessible()
    assert ("region", "Conversation") in seen
    assert ("list", "Matches") in seen
    assert [name for role, name in seen if role == "heading"] == [
        "Twinset",
        "Dress · red · women's",
    ]
    for role in ("button", "link", "textbox", "image", "form"):
        names = [name for kind, name in seen if kind == role]
        assert names, role
        assert all(names), (role, names)
    assert await visitor.page.locator("img:not([alt])").count() == 0


async def test_markup_in_a_title_is_shown_as_text(visitor: Visitor) -> None:
    title = "<img src=/x onerror=alert(1)> <b>Dress</b> & more"
    chat_id = visitor.house.answerer.asked[-1].sender.chat_id
    await visitor.house.chat.deliver(chat_id, Reply(text=title, album=(card(1, title=title),)))
    await expect(visitor.cards).to_contain_text(title)
    await expect(visitor.said.last).to_have_text(title)
    assert await visitor.page.locator(".answer:last-child :is(p, .title) *").count() == 0
    async with asyncio.timeout(10):
        while not visitor.troubles:  # noqa: ASYNC110 - the browser tells when it will
            await asyncio.sleep(0.02)
    visitor.overlook("404")  # that product has no picture here


async def test_a_server_that_was_gone_is_tried_again(visit: Visit) -> None:
    visitor = await visit()
    port = visitor.house.server.port
    await visitor.house.stop()
    await visitor.choose(DRESS)
    await expect(visitor.said.last).to_have_text("That did not reach me.")
    away = visitor.page.get_by_role("banner").get_by_text("Not connected")
    await expect(away).to_be_visible()
    await visitor.house.start(port=port)
    await expect(away).to_be_hidden()
    await visitor.button("Try again").focus()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.cards).to_have_count(5)
    await expect(visitor.page.get_by_text("That did not reach me.")).to_have_count(0)
    assert await visitor.focused() == "Conversation"
    visitor.overlook("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING")
