"""A group is as its admins want it, and nobody is disturbed who did not ask."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.conversation import Conversation
from bot.conversation.messages import (
    CommandMessage,
    Departure,
    Migration,
    PhotoMessage,
    PhotoRef,
    Sender,
    TapMessage,
)
from bot.conversation.texts import texts_in
from bot.conversation.times import read_hours
from tests.conversation.test_picks_delivery import Letterbox
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver, photo_ref
from tests.scenarios.conversations import DRESS
from tests.scenarios.world import Clock, World
from tests.support.english import texts

ON, OFF = f"☑ {texts.EVERY_PHOTO}", f"☐ {texts.EVERY_PHOTO}"
SHOPS = texts.shops_button(2, 2)


async def yes() -> bool:
    return True


def boss_of(answerer: Conversation, chat: str = "friends", **changes: object) -> BareDriver:
    sender = Sender(
        platform="bare", person_id="boss", chat_id=chat, is_group=True, is_admin=yes, hears_all=yes
    )
    return BareDriver(answerer, sender=replace(sender, **changes))  # type: ignore[arg-type]


def member_of(answerer: Conversation, chat: str = "friends", person: str = "bob") -> BareDriver:
    sender = Sender(platform="bare", person_id=person, chat_id=chat, is_group=True)
    return BareDriver(answerer, sender=sender)


@pytest.fixture
def boss(world: World) -> BareDriver:
    return boss_of(world.conversation())


@pytest.fixture
def bob(boss: BareDriver) -> BareDriver:
    return member_of(boss.answerer)  # type: ignore[arg-type]


async def answer_every_photo(boss: BareDriver) -> None:
    await boss.send_command("settings")
    assert ON in (await boss.tap(OFF)).buttons


async def bar_corner(boss: BareDriver) -> None:
    await boss.send_command("settings")
    await boss.tap(SHOPS)
    await boss.tap("☑ Corner Shop")


async def test_the_settings_are_one_keyboard_that_is_changed_in_place(boss: BareDriver) -> None:
    seen = await boss.send_command("settings")
    assert seen.texts == (texts.SETTINGS,)
    each = f"🌐 {texts.LANGUAGE_OF_EACH}"
    assert seen.buttons == (OFF, f"☐ {texts.quiet_button(None)}", each, SHOPS, texts.FILTERS)
    for label, instead in ((OFF, ON), (ON, OFF)):
        seen = await boss.tap(label)
        assert (seen.texts, seen.notices) == ((), ())
        assert seen.buttons[0] == instead
    assert len(boss.keyboards) == 1


async def test_a_double_tap_changes_a_setting_once(boss: BareDriver, bob: BareDriver) -> None:
    for _ in range(2):
        assert ON in (await boss.tap_action("settings:photos-on")).buttons
    assert len((await bob.send_photos([DRESS])).album) == 5


async def test_only_admins_see_and_change_them(boss: BareDriver, bob: BareDriver) -> None:
    assert (await bob.send_command("settings")).texts == (texts.SETTINGS_FOR_ADMINS,)
    await boss.send_command("settings")
    actions = [button.action or "" for button in boss.keyboards[0]]
    for action in (*actions, "settings:language-de", "bar:corner", "settings:main"):
        seen = await bob.tap_action(action)
        assert (seen.notices, seen.buttons) == ((texts.SETTINGS_FOR_ADMINS,), ())
    said = await bob.send_command("settings", "22-7 Berlin")
    assert said.texts == (texts.SETTINGS_FOR_ADMINS,)
    assert (await boss.send_command("settings")).buttons[0] == OFF


async def test_in_private_there_is_nothing_to_set(ann: BareDriver) -> None:
    assert (await ann.send_command("settings")).texts == (texts.SETTINGS_FOR_GROUPS,)
    assert (await ann.tap_action("settings:photos-on")).notices == (texts.NO_LONGER_WORKS,)


@pytest.mark.parametrize(
    "action",
    ["settings:x", "settings:shops-x", "settings:language-xx", "settings:photos", "bar:nobody"],
)
async def test_a_forged_setting_changes_nothing(boss: BareDriver, action: str) -> None:
    assert (await boss.tap_action(action)).notices == (texts.NO_LONGER_WORKS,)


async def test_photos_are_answered_unasked_once_their_admins_want_it(
    boss: BareDriver, bob: BareDriver
) -> None:
    assert (await bob.send_photos([DRESS])).is_silence
    await answer_every_photo(boss)
    seen = await bob.send_photos([DRESS])
    assert (len(seen.album), seen.album[0]) == (5, "Red dress")
    assert (await bob.tap("♡ 1")).notices == (texts.liked("Red dress"),)
    elsewhere = member_of(boss.answerer, chat="others")  # type: ignore[arg-type]
    assert (await elsewhere.send_photos([DRESS])).is_silence


async def test_who_switches_it_on_where_photos_are_not_seen_is_told_so(world: World) -> None:
    async def no() -> bool:
        return False

    boss = boss_of(world.conversation(), hears_all=no)
    assert texts.PHOTOS_UNSEEN in (await boss.send_command("settings")).texts[0]
    seen = await boss.tap(OFF)
    assert (seen.notices, seen.buttons[0]) == ((texts.PHOTOS_UNSEEN,), ON)


@pytest.mark.parametrize("content", [photos.cat(), photos.truncated(), photos.text_file()])
async def test_an_unasked_photo_gets_products_or_silence(
    boss: BareDriver, bob: BareDriver, content: bytes
) -> None:
    await answer_every_photo(boss)
    assert (await bob.send_photos([content])).is_silence
    assert not (await bob.send_command("similar", photo=content)).is_silence


async def test_what_members_write_under_their_photos_is_no_wish(
    boss: BareDriver, bob: BareDriver
) -> None:
    await answer_every_photo(boss)
    seen = await bob.send_photos([DRESS], caption="look, and under 5 €!")
    assert len(seen.album) == 5


async def test_an_unasked_photo_that_comes_again_is_answered_once(
    world: World, boss: BareDriver
) -> None:
    await answer_every_photo(boss)
    message = PhotoMessage(
        sender=boss.sender, update_id="again", photos=(photo_ref(DRESS),), addressed=False
    )
    assert await boss.answerer.answer(message)
    assert await boss.answerer.answer(message) == []
    assert await world.conversation().answer(message) == []


async def test_in_quiet_hours_only_what_is_asked_for_is_answered(
    boss: BareDriver, bob: BareDriver, clock: Clock
) -> None:
    """It is 14:00 in Berlin."""
    await answer_every_photo(boss)
    seen = await boss.send_command("settings", "13:30-15 Berlin")
    assert "13:30 to 15:00 (Europe/Berlin)" in seen.texts[0]
    assert (await bob.send_photos([DRESS])).is_silence
    assert len((await bob.send_command("similar", photo=DRESS)).album) == 5
    clock.go(hours=1)
    assert len((await bob.send_photos([DRESS])).album) == 5


async def test_quiet_hours_are_switched_off_and_on_by_a_tap(
    boss: BareDriver, bob: BareDriver
) -> None:
    await answer_every_photo(boss)
    quiet = f"☐ {texts.quiet_button(None)}"
    assert (await boss.tap(quiet)).notices == (texts.QUIET_HOW_TO,)
    await boss.send_command("settings", "from 10 to 18 Berlin")
    await boss.send_command("settings")
    label = "☑ Quiet hours 10:00–18:00 (Europe/Berlin)"
    assert quiet in (await boss.tap(label)).buttons
    assert not (await bob.send_photos([DRESS])).is_silence
    assert label in (await boss.tap(quiet)).buttons
    assert (await bob.send_photos([DRESS])).is_silence


@pytest.mark.parametrize("words", ["22:00–07:00", "22 Berlin", "7-7 Berlin", "x", "22-7 the moon"])
async def test_quiet_hours_that_are_not_understood_get_an_example(
    boss: BareDriver, words: str
) -> None:
    assert (await boss.send_command("settings", words)).texts == (texts.QUIET_HOW_TO,)


async def test_other_hours_are_in_the_zone_that_was_named_before(boss: BareDriver) -> None:
    await boss.send_command("settings", "22-7 Berlin")
    seen = await boss.send_command("settings", "23-6:30")
    assert "23:00 to 06:30 (Europe/Berlin)" in seen.texts[0]


@pytest.mark.parametrize(
    "words",
    ["22:00–07:00 Berlin", "from 10 pm to 7 am, Berlin time", "22 Uhr bis 7 Uhr Berlin",
     "Berlin 22.00 - 7.00", "de 22h a 7h Berlin", "с 22 до 7 Berlin"],
)  # fmt: skip
def test_hours_are_understood_as_people_write_them(words: str) -> None:
    start, end, zone = read_hours(words) or (None, None, None)
    assert f"{start:%H:%M} {end:%H:%M} {zone}" == "22:00 07:00 Europe/Berlin"


async def test_a_groups_picks_wait_until_its_quiet_hours_are_over(
    world: World, boss: BareDriver, clock: Clock
) -> None:
    clock.at = datetime(2026, 5, 4, 5, tzinfo=UTC)
    await boss.send_command("subscribe", "9 Berlin")
    await boss.send_command("settings", "22-10 Berlin")
    letters = Letterbox()
    picks = world.daily_picks({"bare": letters})
    clock.go(hours=2, minutes=59)
    assert await picks.run_due() == 0
    clock.go(minutes=1)
    assert await picks.run_due() == 1
    assert [chat for chat, _ in letters.got] == ["friends"]


async def test_a_language_is_chosen_on_the_same_keyboard(boss: BareDriver, bob: BareDriver) -> None:
    await boss.send_command("settings")
    seen = await boss.tap(f"🌐 {texts.LANGUAGE_OF_EACH}")
    assert seen.buttons == (
        "English", "Deutsch", "Español", "Français", "Русский", "हिन्दी", f"‹ {texts.BACK}",
    )  # fmt: skip
    seen = await boss.tap("Deutsch")
    german = texts_in("de")
    assert seen.notices == (german.LANGUAGE_CHOSEN,)
    assert seen.buttons[0] == f"☐ {german.EVERY_PHOTO}"
    assert "🌐 Deutsch" in seen.buttons
    assert (await bob.send_command("start")).texts == (german.START,)


async def test_a_shop_that_is_taken_out_is_in_no_answer(boss: BareDriver, bob: BareDriver) -> None:
    await bar_corner(boss)
    assert texts.shops_button(1, 2) in (await boss.tap(f"‹ {texts.BACK}")).buttons
    corner = {f"{colour.title()} {kind}" for colour, kind in _sold_by_corner()}
    seen = await bob.send_command("similar", photo=DRESS)
    shown = list(seen.album)
    assert len(shown) == 5
    assert texts.say("asked-for", wish="") not in seen.texts[0]
    while texts.MORE in seen.buttons:
        seen = await bob.tap(texts.MORE)
        shown += seen.album
    shown += (await bob.tap(texts.CHEAPER)).album
    shown += (await bob.send_command("find", "red dress")).album
    await answer_every_photo(boss)
    await bob.send_photos([DRESS, photos.garment("navy", "bag")])
    shown += (await bob.tap("Bag")).album
    await bob.send_command("similar", photo=photos.cat())
    shown += (await bob.tap(texts.SEARCH_ANYWAY)).album
    assert shown
    assert not corner.intersection(shown)
    other = member_of(boss.answerer, chat="others")  # type: ignore[arg-type]
    assert "Red dress" in (await other.send_command("similar", photo=DRESS)).album


def _sold_by_corner() -> list[tuple[str, str]]:
    every = [(colour, kind) for kind in photos.KINDS for colour in photos.COLOURS]
    return every[::2]


async def test_one_shop_always_stays(boss: BareDriver) -> None:
    await bar_corner(boss)
    assert (await boss.tap("☑ Arcade")).notices == (texts.ONE_SHOP_STAYS,)
    assert (await boss.tap("☐ Corner Shop")).buttons[:2] == ("☑ Arcade", "☑ Corner Shop")


async def test_many_shops_are_turned_over_page_by_page(world: World, boss: BareDriver) -> None:
    for number in range(10, 29):
        name = f"shop{number}"
        await world.catalogue.shop_seen(name, f"Shop {number}", f"https://{name}.example/")
    await boss.send_command("settings")
    seen = await boss.tap(texts.shops_button(21, 21))
    assert seen.buttons[-2:] == (f"‹ {texts.BACK}", "»")
    await boss.tap("»")
    seen = await boss.tap("☑ Shop 20")
    assert "☐ Shop 20" in seen.buttons
    assert seen.buttons[-3:] == (f"‹ {texts.BACK}", "«", "»")
    seen = await boss.tap("»")
    assert seen.buttons[-2:] == (f"‹ {texts.BACK}", "«")


async def test_settings_outlive_a_restart_and_move_with_the_group(
    world: World, boss: BareDriver
) -> None:
    await answer_every_photo(boss)
    answerer = world.conversation()
    moved = Migration(sender=boss.sender, update_id="moved", new_chat_id="club")
    assert await answerer.answer(moved) == []
    assert (await member_of(answerer).send_photos([DRESS])).is_silence
    assert (await member_of(answerer, chat="club").send_photos([DRESS])).album


async def test_a_move_is_not_lost_in_a_chat_that_is_busy(boss: BareDriver) -> None:
    """As many wait for an answer as may."""
    await answer_every_photo(boss)
    gate, answerer = asyncio.Event(), boss.answerer

    async def slow() -> bytes:
        await gate.wait()
        return DRESS

    def asked(number: int) -> CommandMessage:
        sender, photos = boss.sender, (PhotoRef(load=slow),)
        return CommandMessage(sender=sender, update_id=f"{number}", name="similar", photos=photos)

    waiting = [asyncio.create_task(answerer.answer(asked(number))) for number in range(12)]
    await asyncio.sleep(0.05)
    moved = Migration(sender=boss.sender, update_id="moved", new_chat_id="club")
    moving = asyncio.create_task(answerer.answer(moved))
    await asyncio.sleep(0.05)
    gate.set()
    await asyncio.gather(moving, *waiting)
    club = member_of(answerer, chat="club")  # type: ignore[arg-type]
    assert (await club.send_photos([DRESS])).album


async def test_settings_wait_a_while_for_a_bot_that_was_put_out(
    world: World, boss: BareDriver, bob: BareDriver, clock: Clock
) -> None:
    await answer_every_photo(boss)
    await boss.answerer.answer(Departure(sender=boss.sender, update_id="gone"))
    assert (await bob.send_photos([DRESS])).album
    await boss.answerer.answer(Departure(sender=boss.sender, update_id="gone again"))
    clock.go(days=31)
    await world.chats.purge(clock() - timedelta(days=30))
    assert (await bob.send_photos([DRESS])).is_silence


async def test_one_chatty_group_never_blocks_the_rest(boss: BareDriver) -> None:
    """Ten members show and ask about two hundred photos, then one other person sends one."""
    await answer_every_photo(boss)
    answerer, done = boss.answerer, list[str]()

    async def send(message: PhotoMessage | CommandMessage) -> None:
        if any(reply.album for reply in await answerer.answer(message)):
            done.append(message.sender.chat_id)

    def photo(number: int) -> PhotoMessage | CommandMessage:
        sender = replace(boss.sender, person_id=f"member{number % 10}")
        seen, shown = f"photo {number}", (photo_ref(DRESS),)
        if number % 4 == 0:
            return CommandMessage(sender=sender, update_id=seen, name="similar", photos=shown)
        return PhotoMessage(sender=sender, update_id=seen, photos=shown, addressed=False)

    crowd = [asyncio.create_task(send(photo(number))) for number in range(200)]
    await asyncio.sleep(0)
    eve = Sender(platform="bare", person_id="eve", chat_id="eve")
    await send(PhotoMessage(sender=eve, update_id="eve", photos=(photo_ref(DRESS),)))
    assert done[-1] == "eve"
    assert len(done) <= 4
    await asyncio.gather(*crowd)
    assert len(done) > 5


async def test_what_is_asked_for_has_its_place_beside_what_nobody_asked_about(
    boss: BareDriver,
) -> None:
    await answer_every_photo(boss)
    gate = asyncio.Event()

    async def slow() -> bytes:
        await gate.wait()
        return DRESS

    def shown(number: int) -> PhotoMessage:
        return PhotoMessage(
            sender=boss.sender,
            update_id=f"shown {number}",
            photos=(PhotoRef(load=slow),),
            addressed=False,
        )

    unasked = [asyncio.create_task(boss.answerer.answer(shown(number))) for number in range(30)]
    await asyncio.sleep(0.05)
    asking = asyncio.create_task(boss.send_command("similar", photo=DRESS))
    await asyncio.sleep(0.05)
    gate.set()
    assert len((await asking).album) == 5
    answered = [replies for replies in await asyncio.gather(*unasked) if replies]
    assert len(answered) == 5


async def alone(answerer: Conversation, **changes: object) -> BareDriver:
    """Somebody in a group who sees alone what they are answered, with an answer."""
    sender = replace(member_of(answerer).sender, sees_alone=True, **changes)  # type: ignore[arg-type]
    person = BareDriver(answerer, sender=sender)
    assert texts.SHARE in (await person.send_command("similar", photo=DRESS)).buttons
    return person


async def test_what_one_member_sees_alone_is_nothing_that_others_go_on_from(world: World) -> None:
    bob = await alone(world.conversation())
    eve = BareDriver(bob.answerer, sender=replace(bob.sender, person_id="eve"))
    nothing = (await eve.send_command("outfit")).texts
    assert (await eve.send_text("in blue")).texts == (texts.HOW_TO,)
    await bob.tap(texts.MORE)
    assert (await eve.send_command("outfit")).texts == nothing
    assert (await bob.send_command("outfit")).texts != nothing
    await bob.tap(texts.SHARE)
    assert (await eve.send_command("outfit")).texts != nothing


async def test_what_one_member_sees_can_be_shared_once_with_all(world: World) -> None:
    bob = await alone(world.conversation())
    share = next(one.action for one in bob.keyboards[0] if one.label == texts.SHARE) or ""
    seen = await bob.tap(texts.SHARE)
    assert (len(seen.album), seen.album[0]) == (5, "Red dress")
    assert seen.texts[0].startswith("Dress · red")
    assert texts.SHARE not in {button.label for row in bob.keyboards for button in row}
    for answerer in (bob.answerer, world.conversation()):
        bob.answerer = answerer
        again = await bob.tap_action(share, message=0)
        assert (again.album, again.notices) == ((), (texts.SHARED_ALREADY,))


async def test_a_shared_answer_is_gone_on_from_by_itself(world: World) -> None:
    answerer = world.conversation()
    bob = await alone(answerer)
    await bob.tap(texts.MORE)
    mine = len(bob.keyboards)
    await bob.tap(texts.SHARE)
    shared = [button for button in bob.keyboards[mine] if button.label == texts.MORE]
    eve = member_of(answerer, person="eve")
    assert len((await eve.tap_action(shared[0].action or "")).album) == 5
    assert (await bob.tap("♡ 1")).notices


async def test_only_that_one_is_open_to_all(world: World) -> None:
    bob = await alone(world.conversation())
    share = next(one.action for one in bob.keyboards[0] if one.label == texts.SHARE) or ""
    tap = TapMessage(sender=bob.sender, update_id="share", action=share)
    replies = await bob.answerer.answer(tap)
    assert [reply.shared for reply in replies if reply.album] == [True]
    more = await member_of(world.conversation()).send_command("similar", photo=DRESS)
    assert texts.SHARE not in more.buttons
