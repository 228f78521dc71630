"""/shops and /stats: for those who run the bot, and a kind word for the others."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest

from bot.conversation.messages import Sender
from core.looks import Look
from core.ranking import Experiment, Ranking, Rankings
from core.storage.answers import Answer, Trace
from core.storage.runs import RunStore
from core.storage.signals import Owner
from scraping.refresh import JOB
from tests.scenarios.bare import BareDriver
from tests.scenarios.photos import garment
from tests.scenarios.scenario import Seen
from tests.scenarios.world import Clock, World
from tests.support.english import texts

OLGA = Sender(platform="bare", person_id="olga", chat_id="olga")


def said(seen: Seen) -> str:
    return "\n".join(seen.texts)


@pytest.fixture
def olga(world: World) -> BareDriver:
    return BareDriver(world.conversation(), sender=OLGA)


async def test_an_operator_hears_how_every_shop_is_the_troubled_first(
    world: World, olga: BareDriver
) -> None:
    runs, at = RunStore(world.database), world.clock() - timedelta(hours=5)
    good = {"pages": 49, "products": 48, "before": 50, "new": 1, "changed": 2, "gone": 0}
    run = await runs.begin(JOB, "arcade", at)
    await runs.finish(run, at, good, None, {"http 500": 2, "refused": 1})
    run = await runs.begin(JOB, "corner", at)
    await runs.finish(run, at, {"pages": 8, "products": 8}, "it shows 8 products, last time 20")
    seen = await olga.send_command("shops")
    assert said(seen).splitlines() == [
        "Corner Shop: 8 products, 0 new, 0 changed, 0 gone, 8 pages; 5 h ago",
        "  ⚠ not seen as a whole: it shows 8 products, last time 20",
        (
            "Arcade: 48 products (96% of last time), 1 new, 2 changed, 0 gone, 49 pages, "
            "3 errors (http 500: 2, refused: 1); 5 h ago"
        ),
    ]


async def test_a_shop_that_nobody_scraped_is_named_too(olga: BareDriver) -> None:
    seen = await olga.send_command("shops")
    assert "Arcade: not scraped in the last month" in said(seen)


async def test_no_shops_are_said_to_be_none(empty_world: World) -> None:
    olga = BareDriver(empty_world.conversation(), sender=OLGA)
    assert said(await olga.send_command("shops")) == texts.NO_SHOPS


async def test_others_are_told_kindly_and_learn_nothing(ann: BareDriver) -> None:
    seen = await ann.send_command("shops")
    assert said(seen) == texts.for_operators("bare:ann")
    assert "Arcade" not in said(seen)


async def test_the_same_id_on_another_platform_is_somebody_else(world: World) -> None:
    other = BareDriver(world.conversation(), sender=replace(OLGA, platform="elsewhere"))
    assert "Arcade" not in said(await other.send_command("shops"))


async def test_a_hundred_shops_fit_one_message(world: World, olga: BareDriver) -> None:
    for number in range(100):
        await world.catalogue.shop_seen(f"shop-{number}", f"Shop {number} of the many", None)
    seen = await olga.send_command("shops")
    assert len(said(seen)) <= 2000
    assert "shops more; the log has them all." in said(seen).splitlines()[-1]


async def test_an_operator_hears_how_the_bot_was_used(world: World, olga: BareDriver) -> None:
    await BareDriver(world.conversation()).send_photos([garment("red", "dress")])
    day, week, month = said(await olga.send_command("stats")).split("\n\n")
    assert day.splitlines() == [
        "The last 1 day:",
        "people: 1 · groups: 0",
        "answers: 1 · likes: 0",
        "opened in a shop: 0 · of what was shown, by place: 1: 0% · 2: 0% · 3: 0% · 4: 0% · 5: 0%",
        "picks sent: 0 · messages with a pick opened: 0",
        "subscribed now: 0 · unsubscribed: 0",
    ]
    assert week.splitlines()[1:] == day.splitlines()[1:]
    assert month.startswith("The last 30 days:")


async def test_use_is_nobody_elses_business(ann: BareDriver) -> None:
    assert said(await ann.send_command("stats")) == texts.for_operators("bare:ann")


async def test_an_operator_has_the_index_built_anew(world: World, olga: BareDriver) -> None:
    await world.catalogue.mark_gone("corner", ["red-dress"])
    assert said(await olga.send_command("rebuild")) == texts.rebuilt(23)
    assert (await world.index.ready()).products == 23  # type: ignore[union-attr]


async def test_an_index_that_cannot_be_built_is_told_with_its_reason(
    world: World, olga: BareDriver
) -> None:
    for shop in ("corner", "arcade"):
        await world.catalogue.set_enabled(shop, enabled=False)
    before = await world.index.ready()
    assert "the one before answers" in said(await olga.send_command("rebuild"))
    assert await world.index.ready() == before


async def test_others_rebuild_nothing(ann: BareDriver, world: World) -> None:
    before = await world.index.ready()
    assert texts.rebuilt(24) not in said(await ann.send_command("rebuild"))
    assert await world.index.ready() == before


FRESHER = Experiment(
    name="fresher",
    setting="cheaper_first",
    a=Ranking(),
    b=Ranking(cheaper_first=True),
    first=date(2026, 5, 4),
    last=date(2026, 5, 10),
)


async def compared(world: World, experiment: Experiment = FRESHER) -> list[str]:
    """What an operator is told of it, line by line, in a message of its own."""
    rankings = Rankings(experiment=experiment)
    olga = BareDriver(replace(world, rankings=rankings).conversation(), sender=OLGA)
    _, told = (await olga.send_command("stats")).texts
    return told.splitlines()


async def shown_to(world: World, people: int, *, liked_by: Collection[bool]) -> None:
    """As many people in each half as that are shown a product; whole halves of them like it."""
    left = {False: people, True: people}
    for number in count():
        person = f"{number}"
        half = FRESHER.has_b("bare", Owner(person))
        if left[half]:
            left[half] -= 1
            answer = Answer(
                platform="bare",
                chat_id=person,
                person_id=person,
                product_ids=(1,),
                scores=(0.9,),
                shown=1,
                look=Look(fashion=1.0, seen=""),
                trace=Trace("space", b"1"),
                created_at=world.clock(),
            )
            await world.answers.save(answer)
            if half in liked_by:
                await world.people.toggle_like("bare", person, 1)
        if not any(left.values()):
            return


async def test_an_experiment_is_told_of_with_what_it_cannot_tell_yet(world: World) -> None:
    assert await compared(world) == [
        "Experiment fresher, May 4, 2026 to May 10, 2026",
        "A (cheaper_first=false): people and groups: 0 · messages: 0 · good: 0.0%",
        "B (cheaper_first=true): people and groups: 0 · messages: 0 · good: 0.0%",
        "Good is an answer to a photo of which a product was opened or liked.",
        "With fewer than 30 in a half nothing is said of the difference.",
        (
            "Not enough to tell yet: decide on May 11, 2026. Whoever looks every day and stops at "
            "the first difference often takes chance for one."
        ),
    ]


async def test_which_half_is_better_is_said_when_the_experiment_has_ended(
    world: World, clock: Clock
) -> None:
    await shown_to(world, 30, liked_by=[True])
    clock.go(hours=1)
    *_, difference, verdict = await compared(world)
    assert difference.startswith("B less A: +100.0 percentage points, 95% sure between +")
    assert verdict.startswith("Not enough to tell yet: decide on May 11, 2026.")
    clock.go(days=7)
    assert (await compared(world))[-1] == "B is better."
    other = replace(FRESHER, a=FRESHER.b, b=FRESHER.a)
    assert (await compared(world, other))[1].startswith("A (cheaper_first=true)")


async def test_where_both_halves_do_alike_nothing_is_made_of_it(world: World, clock: Clock) -> None:
    await shown_to(world, 30, liked_by=[True, False])
    clock.go(days=7)
    told = await compared(world)
    assert told[-1] == "Not enough to tell which is better."
    assert told[-2].startswith("B less A: +0.0 percentage points")


async def test_an_experiment_whose_messages_are_gone_is_counted_no_more(
    world: World, clock: Clock
) -> None:
    clock.go(days=31)
    (told,) = await compared(world)
    assert told.startswith("The experiment fresher ended on May 10, 2026. Messages are kept for 30")
