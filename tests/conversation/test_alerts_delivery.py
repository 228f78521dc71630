"""What came true is told once, while it is true, to who still wants it, and not at night."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest

from bot.conversation.alerts_delivery import AlertPost
from core.alerts import AlertKind
from core.catalogue import Availability, Money, Product, ProductRecord
from core.errors import FetchFailed, Undeliverable
from core.informed import told
from core.storage.alerts import AlertStore
from core.storage.people import Subscription
from tests.conversation.test_offers import News
from tests.conversation.test_picks_delivery import Fails, Letterbox
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver
from tests.scenarios.photos import garment
from tests.scenarios.world import Clock, World
from tests.support.english import texts

MORNING = datetime(2026, 5, 5, 9, tzinfo=UTC)
DRESS = photos.garment("red", "dress")


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
async def post(world: World, letterbox: Letterbox, ann: BareDriver, clock: Clock) -> AlertPost:
    """Ann waits for the red dress to cost less than its 39.90; it is morning."""
    clock.at = MORNING
    await ann.send_photos([DRESS])
    await ann.send_command("alerts", "1")
    await ann.tap("Below €39.90")
    return world.alert_post({"bare": letterbox})


async def offered(
    world: World,
    amount: str | None,
    *,
    currency: str = "EUR",
    there: Availability = Availability.IN_STOCK,
    key: str = "red-dress",
) -> None:
    """The shop shows the product at that price from now on."""
    product = await world.catalogue.with_key([key])
    assert product
    record = ProductRecord(
        key=key,
        title=product.title,
        url=product.url,
        brand=product.brand,
        kind=product.kind,
        colour=product.colour,
        gender=product.gender,
        price=Money(Decimal(amount), currency) if amount else None,
        availability=there,
        image_urls=(product.picture_url or "",),
    )
    await world.catalogue.save(product.shop, [record], seen_at=world.clock())


async def test_a_drop_is_told_once(
    post: AlertPost, world: World, letterbox: Letterbox, clock: Clock
) -> None:
    clock.go(hours=1)
    assert await post.run_due(look=True) == 0
    await offered(world, "29.90")
    for _ in range(4):
        await post.run_due(look=True)
        clock.go(hours=5)
    ((chat, reply),) = letterbox.got
    assert chat == "ann"
    assert [card.details for card in reply.album] == ["€29.90 · Corner Shop"]
    line = "1: cheaper; it was €39.90 when you asked"
    assert reply.text == f"{texts.ALERTS_NEWS}\n{line}\n{texts.ALERTS_FOOT}"
    assert [button.label for button in reply.buttons[1]] == ["♡ 1"]


async def test_what_changed_is_found_without_being_asked_to_look(
    post: AlertPost, world: World, letterbox: Letterbox, clock: Clock
) -> None:
    await post.run_due()
    clock.go(minutes=1)
    await offered(world, "29.90")
    for _ in range(11):
        await post.run_due()
        clock.go(minutes=1)
    assert len(letterbox.got) == 1


@pytest.mark.parametrize(
    ("amount", "currency", "there"),
    [
        ("0", "EUR", Availability.IN_STOCK),
        ("0.40", "EUR", Availability.IN_STOCK),
        ("29.90", "USD", Availability.IN_STOCK),
        ("29.90", "EUR", Availability.SOLD_OUT),
        (None, "EUR", Availability.UNKNOWN),
    ],
)
async def test_a_mistake_is_no_drop(
    post: AlertPost, world: World, amount: str | None, currency: str, there: Availability
) -> None:
    await offered(world, amount, currency=currency, there=there)
    assert await post.run_due(look=True) == 0


async def test_what_is_gone_is_no_drop(post: AlertPost, world: World, letterbox: Letterbox) -> None:
    await offered(world, "29.90")
    await world.catalogue.mark_gone("corner", ["red-dress"])
    assert await post.run_due(look=True) == 0
    assert letterbox.got == []


async def test_a_price_that_goes_up_and_down_is_told_once(
    post: AlertPost, world: World, letterbox: Letterbox, clock: Clock
) -> None:
    for day in range(20):
        await offered(world, "29.90" if day % 2 else "39.90")
        await post.run_due(look=True)
        clock.go(days=1)
    assert len(letterbox.got) == 1


async def test_what_fell_further_and_rose_again_by_morning_is_not_told_again(
    post: AlertPost, world: World, letterbox: Letterbox, clock: Clock
) -> None:
    await offered(world, "30.00")
    assert await post.run_due(look=True) == 1
    clock.go(hours=14)
    await offered(world, "27.00")
    assert await post.run_due(look=True) == 0, "at night"
    await offered(world, "29.90")
    clock.go(hours=12)
    assert await post.run_due(look=True) == 0
    assert len(letterbox.got) == 1


async def test_what_is_not_true_any_more_when_it_would_be_told_is_not_told(
    post: AlertPost, world: World, letterbox: Letterbox, clock: Clock
) -> None:
    clock.at = MORNING + timedelta(hours=14)
    await offered(world, "29.90")
    assert await post.run_due(look=True) == 0, "at night"
    await offered(world, "39.90")
    clock.go(hours=12)
    assert await post.run_due(look=True) == 0
    clock.go(hours=1)
    await offered(world, "28.90")
    assert await post.run_due(look=True) == 1
    assert len(letterbox.got) == 1


@pytest.mark.usefixtures("post")
async def test_the_shop_is_asked_once_more_before_it_is_told(
    world: World, letterbox: Letterbox
) -> None:
    await offered(world, "29.90")
    news = News()
    news.sold_out = {"Red dress"}
    again = world.alert_post({"bare": letterbox}, offers=news)
    assert await again.run_due(look=True) == 0
    assert news.asked == ["Red dress"]
    assert letterbox.got == []


async def test_nobody_is_told_at_night_by_their_own_clocks(
    post: AlertPost, world: World, clock: Clock, ann: BareDriver
) -> None:
    await ann.send_command("subscribe", "9 Tokyo")
    clock.at = datetime(2026, 5, 5, 13, 5, tzinfo=UTC)
    await offered(world, "29.90")
    times = []
    for _ in range(24 * 6):
        if await post.run_due(look=True):
            times.append(clock.at)
        clock.go(minutes=10)
    assert times == [datetime(2026, 5, 5, 23, 5, tzinfo=UTC)], "08:05 in Tokyo"


async def test_with_the_daily_picks_it_comes_at_their_hour(
    post: AlertPost, world: World, clock: Clock, ann: BareDriver
) -> None:
    await ann.send_command("subscribe", "07:30 Berlin")
    await AlertStore(world.database).set_daily("bare", "ann", daily=True)
    await offered(world, "29.90")
    times = []
    for _ in range(24 * 6 * 2):
        if await post.run_due(look=True):
            times.append(clock.at)
        clock.go(minutes=10)
    assert times == [datetime(2026, 5, 6, 5, 30, tzinfo=UTC)]


async def test_a_restart_and_other_workers_tell_nothing_again(
    post: AlertPost, world: World, letterbox: Letterbox
) -> None:
    await offered(world, "29.90")
    workers = [post, *(world.alert_post({"bare": letterbox}) for _ in range(3))]
    assert sum(await asyncio.gather(*(one.run_due(look=True) for one in workers))) == 1
    assert await world.alert_post({"bare": letterbox}).run_due(look=True) == 0
    assert len(letterbox.got) == 1


async def test_what_may_have_been_sent_is_not_sent_again(
    post: AlertPost, world: World, letterbox: Letterbox, clock: Clock
) -> None:
    """The process is killed between the claim and the record."""
    await offered(world, "29.90")
    letterbox.before = Fails(asyncio.CancelledError())
    with pytest.raises(asyncio.CancelledError):
        await post.run_due(look=True)
    clock.go(hours=1)
    assert await world.alert_post({"bare": letterbox}).run_due(look=True) == 0
    assert letterbox.got == []


async def test_what_surely_was_not_sent_is_sent_later(
    post: AlertPost, world: World, letterbox: Letterbox, clock: Clock
) -> None:
    await offered(world, "29.90")
    letterbox.before = Fails(FetchFailed("429", status=429, retry_after_s=1200))
    assert await post.run_due(look=True) == 0
    clock.go(minutes=19)
    assert await post.run_due() == 0
    clock.go(minutes=1)
    assert await post.run_due() == 1


async def test_who_blocked_the_bot_is_told_nothing_and_watches_nothing(
    post: AlertPost, world: World, letterbox: Letterbox
) -> None:
    await offered(world, "29.90")
    letterbox.before = Fails(Undeliverable("blocked"))
    assert await post.run_due(look=True) == 0
    assert await AlertStore(world.database).of("bare", "ann") == []
    assert await post.run_due(look=True) == 0


async def test_what_was_ended_or_erased_meanwhile_is_not_told(
    post: AlertPost, world: World, clock: Clock, ann: BareDriver
) -> None:
    clock.at = MORNING + timedelta(hours=14)
    await offered(world, "29.90")
    await post.run_due(look=True)
    await ann.send_command("forget")
    await ann.tap(texts.FORGET_ALL)
    clock.go(hours=12)
    assert await post.run_due(look=True) == 0


async def test_who_erases_everything_while_the_shop_is_asked_leaves_nothing_behind(
    post: AlertPost, world: World, letterbox: Letterbox, ann: BareDriver
) -> None:
    class Leaving(News):
        async def now(self, products: Sequence[Product]) -> Mapping[int, Product]:
            await ann.send_command("forget")
            await ann.tap(texts.FORGET_ALL)
            return await super().now(products)

    del post
    await offered(world, "29.90")
    late = world.alert_post({"bare": letterbox}, offers=Leaving())
    assert await late.run_due(look=True) == 0
    assert not any((await world.people.export("bare", "ann")).values())


async def test_one_persons_trouble_is_nobody_elses(
    post: AlertPost, world: World, letterbox: Letterbox, ann: BareDriver
) -> None:
    for name in ("bea", "cleo"):
        other = BareDriver(ann.answerer, sender=replace(ann.sender, person_id=name, chat_id=name))
        await other.send_photos([DRESS])
        await other.send_command("alerts", "1 under 30 €")
    await offered(world, "29.90")

    def some_fail(chat: str) -> None:
        if chat == "ann":
            raise RuntimeError("a bug")

    letterbox.before = some_fail
    assert await post.run_due(look=True) == 2
    assert {chat for chat, _ in letterbox.got} == {"bea", "cleo"}


async def test_a_platform_that_is_not_started_is_left_for_later(
    post: AlertPost, world: World
) -> None:
    await offered(world, "29.90")
    assert await world.alert_post({}).run_due(look=True) == 0
    assert await post.run_due() == 1


async def test_what_two_alerts_say_alike_is_said_once(
    post: AlertPost, world: World, letterbox: Letterbox, ann: BareDriver
) -> None:
    await ann.send_command("alerts", "1 under 35 €")
    await offered(world, "29.90")
    assert await post.run_due(look=True) == 1
    ((_, reply),) = letterbox.got
    assert len(reply.album) == 1
    assert reply.text.count("1: cheaper") == 1
    assert await post.run_due(look=True) == 0


async def test_what_is_back_is_told_and_then_only_after_a_week_away(
    post: AlertPost, world: World, letterbox: Letterbox, clock: Clock, ann: BareDriver
) -> None:
    await offered(world, "39.90", there=Availability.SOLD_OUT)
    await world.catalogue.set_enabled("arcade", False)
    await ann.send_photos([DRESS])
    product = await world.catalogue.with_key(["red-dress"])
    assert product
    (kept,) = await AlertStore(world.database).of("bare", "ann")
    await AlertStore(world.database).add(
        replace(kept, kind=AlertKind.STOCK, price=None, most=None, created_at=clock())
    )
    for days in (2, 2, 2, 8):
        await offered(world, "39.90", there=Availability.SOLD_OUT)
        assert await post.run_due(look=True) == 0
        clock.go(days=days)
        await offered(world, "39.90")
        await post.run_due(look=True)
        clock.go(days=1)
    assert [reply.text.split("\n")[1] for _, reply in letterbox.got] == ["1: back in stock"] * 2


def _nordlicht(key: str, title: str, *, colour: str | None = None) -> ProductRecord:
    return ProductRecord(
        key=key,
        title=title,
        url=f"https://shop.example/{key}",
        brand="Nordlicht",
        kind="dress",
        colour=colour,
        price=Money(Decimal(20), "EUR"),
        availability=Availability.IN_STOCK,
        image_urls=(f"https://shop.example/pictures/{key}.png",),
    )


async def new_products(world: World, shop: str, *colours: str) -> None:
    """The shop has further dresses, with pictures and vectors."""
    records = [_nordlicht(f"new-{one}", f"New {one} dress", colour=one) for one in colours]
    await world.catalogue.save(shop, records, seen_at=world.clock())
    for image in await world.catalogue.pending_images(shop):
        colour = image.url.rsplit("-", 1)[1].removesuffix(".png")
        sight = await world.embedder.see(garment(colour, "dress", shift=3))
        await world.catalogue.set_image_contents({image.id: f"new-{colour}"})
        await world.vectors.save(world.embedder.fingerprint, {f"new-{colour}": sight.embedding})
    await world.index.rebuild(told(world.vectors.rows(world.embedder.fingerprint), None))


async def test_what_is_new_of_a_brand_or_like_a_product_is_told_once(
    post: AlertPost, world: World, letterbox: Letterbox, clock: Clock, ann: BareDriver
) -> None:
    clock.go(days=2)
    await new_products(world, "corner", "red")
    await ann.send_command("alerts", "new from Nordlicht")
    await ann.tap(texts.ALERT_ALIKE)
    assert await post.run_due(look=True) == 0, "it was there before that was asked for"
    clock.go(days=1)
    await new_products(world, "corner", "red", "olive", "navy")
    for _ in range(3):
        await post.run_due(look=True)
        clock.go(hours=4)
    assert sorted(letterbox.titles()) == ["New navy dress", "New olive dress"]


@pytest.mark.parametrize(
    ("filters", "told"),
    [("under 15 €", 0), ("under 30 €", 1), ("from Arcade", 0), ("from Corner, size S", 1)],
)
async def test_of_what_is_new_only_what_is_inside_the_filters_is_told(
    post: AlertPost, world: World, clock: Clock, ann: BareDriver, *, filters: str, told: int
) -> None:
    clock.go(days=2)
    await new_products(world, "corner", "red")
    await ann.send_command("alerts", "new from Nordlicht")
    await ann.send_command("filters", filters)
    clock.go(days=1)
    await new_products(world, "corner", "red", "olive")
    assert await post.run_due(look=True) == told


async def test_what_was_outside_the_filters_when_it_came_is_not_told_later(
    post: AlertPost, world: World, clock: Clock, ann: BareDriver
) -> None:
    clock.go(days=2)
    await new_products(world, "corner", "red")
    await ann.send_command("alerts", "new from Nordlicht")
    await ann.send_command("filters", "under 15 €")
    clock.go(days=1)
    await new_products(world, "corner", "red", "olive")
    assert await post.run_due(look=True) == 0
    await ann.send_command("filters", "off")
    clock.go(hours=1)
    assert await post.run_due(look=True) == 0


async def test_of_a_night_with_much_news_the_first_five_are_told(
    post: AlertPost, world: World, letterbox: Letterbox, clock: Clock, ann: BareDriver
) -> None:
    clock.go(days=2)
    await _arrive(world, 1)
    await ann.send_command("alerts", "new from Nordlicht")
    clock.go(days=1)
    await _arrive(world, 12)
    for _ in range(60):
        await post.run_due(look=True)
        clock.go(hours=1)
    assert len(letterbox.titles()) == 5
    await _arrive(world, 14)
    await post.run_due(look=True)
    assert sorted(letterbox.titles()[5:]) == ["New 12", "New 13"]


async def _arrive(world: World, count: int) -> None:
    """So many of one brand are in the shop now."""
    records = [_nordlicht(f"n{number}", f"New {number}") for number in range(count)]
    await world.catalogue.save("corner", records, seen_at=world.clock())
    images = await world.catalogue.pending_images("corner")
    await world.catalogue.set_image_contents({one.id: f"x{one.id}" for one in images})


async def test_a_drop_that_was_asked_for_is_told_whatever_the_filters(
    post: AlertPost, world: World, ann: BareDriver
) -> None:
    await ann.send_command("filters", "over 50 €, from Arcade")
    await offered(world, "29.90")
    assert await post.run_due(look=True) == 1


async def test_a_shop_that_is_new_itself_is_no_news(
    post: AlertPost, world: World, clock: Clock, ann: BareDriver
) -> None:
    clock.go(days=2)
    await new_products(world, "corner", "red")
    await ann.send_command("alerts", "Nordlicht")
    clock.go(hours=1)
    await world.catalogue.shop_seen("bazaar", "Bazaar", None)
    await new_products(world, "bazaar", "navy")
    assert await post.run_due(look=True) == 0


async def test_picks_and_alerts_keep_the_language_of_who_asked(
    post: AlertPost, world: World, letterbox: Letterbox, ann: BareDriver
) -> None:
    await ann.send_command("language", "Deutsch")
    await offered(world, "29.90")
    assert await post.run_due(look=True) == 1
    assert letterbox.got[0][1].text.startswith("Neues zu dem")


async def test_a_subscription_elsewhere_is_no_reason_to_wait(
    post: AlertPost, world: World, clock: Clock
) -> None:
    """The hour of another chat says nothing about this one."""
    await world.people.subscribe(
        Subscription(
            platform="bare",
            chat_id="elsewhere",
            person_id="ann",
            at=time(23),
            timezone="Asia/Tokyo",
            created_at=clock(),
        )
    )
    await AlertStore(world.database).set_daily("bare", "ann", daily=True)
    await offered(world, "29.90")
    assert await post.run_due(look=True) == 1
