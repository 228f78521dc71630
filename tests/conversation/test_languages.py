"""Everybody is answered in their language: their client's, until they choose another."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.conversation.conversation import Conversation
from bot.conversation.languages import named_language
from bot.conversation.messages import Departure, Migration, Sender
from bot.conversation.texts import texts_in
from core.storage.people import Subscription
from tests.conversation.test_picks_delivery import Letterbox
from tests.scenarios.bare import BareDriver
from tests.scenarios.conversations import DRESS
from tests.scenarios.photos import truncated
from tests.scenarios.world import Clock, World
from tests.support.english import texts

OWN_NAMES = ("English", "Deutsch", "Español", "Français", "Русский", "हिन्दी")


async def runs_it() -> bool:
    return True


def speaking(answerer: Conversation, language: str | None, **changes: object) -> BareDriver:
    sender = Sender(platform="bare", person_id="ann", chat_id="ann", language=language)
    return BareDriver(answerer, sender=replace(sender, **changes))  # type: ignore[arg-type]


def in_group(answerer: Conversation, *, admin: bool = False, **changes: object) -> BareDriver:
    if admin:
        changes["is_admin"] = runs_it
    return speaking(answerer, None, chat_id="friends", is_group=True, **changes)


async def hello(person: BareDriver) -> str:
    return (await person.send_command("start")).texts[0]


@pytest.mark.parametrize(
    ("client", "language"),
    [
        ("de-AT", "de"),
        ("es-419", "es"),
        ("fr", "fr"),
        ("RU", "ru"),
        ("hi_IN", "hi"),
        ("pt-BR", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
async def test_a_client_is_answered_in_what_it_speaks(
    world: World, client: str | None, language: str
) -> None:
    assert await hello(speaking(world.conversation(), client)) == texts_in(language).START


async def test_an_answer_is_in_one_language_from_its_cards_to_its_buttons(world: World) -> None:
    person = speaking(world.conversation(), "de")
    seen = await person.send_photos([DRESS])
    assert seen.texts[0].splitlines()[2] == "24 Produkte aus 2 Shops durchsucht."
    assert seen.buttons[0] == "🛒 1"
    assert seen.buttons[-7:] == (
        *("Mehr", "Outfit vervollständigen", "Sag Bescheid"),
        *("Günstiger", "Andere Farbe", "Anderer Shop", "Filter"),
    )
    colours = (await person.tap("Andere Farbe")).buttons[-5:]
    assert colours == ("Grau", "Marineblau", "Oliv", "Orange", "Lila")
    assert (await person.tap("♡ 1")).notices == ("♥ Gefällt dir: Red dress",)
    trouble = await person.send_photos([truncated()])
    assert trouble.texts == (texts_in("de").say("broken-photo"),)


async def test_the_languages_are_shown_by_their_own_names_and_chosen_by_a_tap(
    world: World,
) -> None:
    person = speaking(world.conversation(), "de")
    seen = await person.send_command("language")
    assert (seen.texts, seen.buttons) == ((texts_in("de").CHOOSE_LANGUAGE,), OWN_NAMES)
    assert (await person.tap("Français")).notices == (texts_in("fr").LANGUAGE_CHOSEN,)
    assert await hello(person) == texts_in("fr").START


async def test_a_choice_outlives_a_restart_and_holds_against_the_client(world: World) -> None:
    said = await speaking(world.conversation(), "de").send_command("language", "हिन्दी")
    assert said.texts == (texts_in("hi").LANGUAGE_CHOSEN,)
    assert await hello(speaking(world.conversation(), "de")) == texts_in("hi").START
    other = speaking(world.conversation(), "de", person_id="bob", chat_id="bob")
    assert await hello(other) == texts_in("de").START


@pytest.mark.parametrize(
    "words",
    ["de", "German", "Deutsch", " deutsch ", "allemand", "alemán", "ALEMAN", "немецкий", "de-CH"],
)
def test_a_language_has_its_name_in_each_language(words: str) -> None:
    assert named_language(words) == "de"


@pytest.mark.parametrize("words", ["हिन्दी", "हिंदी", "hindi", "in Hindi, please", "хинди"])
def test_hindi_is_named_however_it_is_written_and_in_a_sentence(words: str) -> None:
    assert named_language(words) == "hi"


@pytest.mark.parametrize("words", ["Klingon", "x" * 5000, "d", "en de"])
async def test_a_language_that_is_not_spoken_is_answered_with_those_that_are(
    world: World, words: str
) -> None:
    seen = await speaking(world.conversation(), "en").send_command("language", words)
    assert (seen.texts, seen.buttons) == ((texts.LANGUAGE_UNKNOWN,), OWN_NAMES)


async def test_a_button_of_no_language_does_nothing(world: World) -> None:
    person = speaking(world.conversation(), "en")
    assert (await person.tap_action("language:xx")).notices == (texts.NO_LONGER_WORKS,)


async def test_only_who_runs_a_group_chooses_for_it(world: World) -> None:
    answerer = world.conversation()
    member, admin = in_group(answerer, person_id="bob"), in_group(answerer, admin=True)
    assert (await member.send_command("language", "ru")).texts == (texts.LANGUAGE_FOR_ADMINS,)
    assert (await member.tap_action("language:ru")).notices == (texts.LANGUAGE_FOR_ADMINS,)
    assert await hello(member) == texts.START
    await admin.send_command("language", "ru")
    assert await hello(member) == texts_in("ru").START
    assert await hello(speaking(answerer, "de")) == texts_in("de").START


async def test_in_a_group_its_choice_comes_before_a_members(world: World) -> None:
    answerer = world.conversation()
    await speaking(answerer, None).send_command("language", "fr")
    assert await hello(in_group(answerer)) == texts_in("fr").START
    await in_group(answerer, admin=True).send_command("language", "es")
    assert await hello(in_group(answerer)) == texts_in("es").START
    assert await hello(speaking(answerer, None)) == texts_in("fr").START


async def test_a_groups_choice_moves_with_it_and_goes_with_it(world: World) -> None:
    answerer = world.conversation()
    admin = in_group(answerer, admin=True)
    await admin.send_command("language", "es")
    await answerer.answer(Migration(sender=admin.sender, update_id="moved", new_chat_id="club"))
    club = replace(admin.sender, chat_id="club")
    assert await hello(BareDriver(answerer, sender=club)) == texts_in("es").START
    assert await hello(admin) == texts.START
    await answerer.answer(Departure(sender=club, update_id="gone"))
    assert await hello(BareDriver(answerer, sender=club)) == texts.START


async def test_picks_come_in_the_language_they_were_asked_for_in(
    world: World, clock: Clock
) -> None:
    clock.at = datetime(2026, 5, 4, 5, tzinfo=UTC)
    answerer, letters = world.conversation(), Letterbox()
    picks = world.daily_picks({"bare": letters})
    person = speaking(answerer, "ru")
    await person.send_command("subscribe", "9 Berlin")
    clock.go(hours=3)
    assert await picks.run_due() == 1
    assert letters.got[-1][1].text == texts_in("ru").say("picks-newest")
    await person.send_command("language", "de")
    clock.go(days=1)
    assert await picks.run_due() == 1
    assert letters.got[-1][1].text == texts_in("de").say("picks-newest")


async def test_a_subscription_from_before_languages_is_served_in_english(
    world: World, clock: Clock
) -> None:
    letters = Letterbox()
    await world.people.subscribe(
        Subscription(
            platform="bare",
            chat_id="ann",
            person_id="ann",
            at=time(9),
            timezone="UTC",
            created_at=clock() - timedelta(days=1),
        )
    )
    assert await world.daily_picks({"bare": letters}).run_due() == 1
    assert letters.got[0][1].text == texts.say("picks-newest")
