"""/likes shows what a person likes, the latest first, and nobody else's."""

from core.catalogue import Product
from tests.conversation.test_groups import member_of
from tests.scenarios.bare import BareDriver
from tests.scenarios.world import World
from tests.support.english import texts


async def liked(world: World, *product_ids: int) -> list[Product]:
    """Ann likes them, one after the other."""
    for number in product_ids:
        await world.people.toggle_like("bare", "ann", number)
    products = await world.catalogue.products(product_ids)
    return [products[number] for number in product_ids]


async def test_the_latest_come_first_whatever_the_filters_and_more_goes_on(
    ann: BareDriver, world: World
) -> None:
    titles = [one.title for one in await liked(world, *range(1, 8))]
    await ann.send_command("filters", "over 5000 €")
    seen = await ann.send_command("likes")
    assert list(seen.album) == titles[:1:-1]
    assert seen.texts == (texts.likes(7, gone=0),)
    seen = await ann.tap(texts.MORE)
    assert list(seen.album) == titles[1::-1]
    assert seen.texts == (texts.further((), last=True),)


async def test_a_heart_there_takes_the_like_back(ann: BareDriver, world: World) -> None:
    _, last = await liked(world, 1, 2)
    await ann.send_command("likes")
    heart = next(button for button in ann.keyboards[-1] if button.label.startswith("♥"))
    seen = await ann.tap_action(heart.action or "")
    assert seen.notices == (texts.unliked(last.title),)
    assert await world.people.likes("bare", "ann") == [1]


async def test_what_is_gone_is_counted_and_not_shown(ann: BareDriver, world: World) -> None:
    first, last = await liked(world, 1, 2)
    await world.catalogue.mark_gone(last.shop, [last.key])
    seen = await ann.send_command("likes")
    assert list(seen.album) == [first.title]
    assert "One is no longer sold." in seen.texts[0]
    await world.catalogue.mark_gone(first.shop, [first.key])
    assert (await ann.send_command("likes")).texts == (texts.likes(2, gone=2),)


async def test_without_a_like_it_says_how_to(ann: BareDriver) -> None:
    assert (await ann.send_command("likes")).texts == (texts.NO_LIKES,)


async def test_a_group_is_not_told(ann: BareDriver, world: World) -> None:
    await liked(world, 1)
    seen = await member_of(ann.answerer, person="ann").send_command("likes")  # type: ignore[arg-type]
    assert seen.texts == (texts.PRIVACY_ALONE,)
    assert seen.album == ()
