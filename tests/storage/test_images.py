import numpy as np
import pytest

from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.vectors import VectorStore
from tests.storage.records import night, record, store_with, with_pictures


async def pending(store: CatalogueStore, shop: str | None = None) -> list[str]:
    return [image.url for image in await store.pending_images(shop)]


async def picture(store: CatalogueStore) -> str | None:
    product = await store.product(1)
    return product.picture if product else None


async def test_one_picture_a_product_is_asked_for_the_first_that_can_be_read(
    database: Database,
) -> None:
    store = await store_with(database, record("a", image_urls=("1", "2", "3")))
    assert await pending(store) == ["1"]
    await store.set_image_content(1, None, error="404")
    assert await pending(store) == ["2"]
    await store.set_image_content(2, "hash")
    assert await pending(store) == []
    assert await picture(store) == "hash"


async def test_pictures_can_be_asked_for_by_shop_and_in_portions(database: Database) -> None:
    await store_with(database, *(record(f"a{number}") for number in range(5)), shop="one")
    store = await store_with(database, record("b"), shop="two")
    assert await pending(store, "two") == ["https://shop.test/b.jpg"]
    first = await store.pending_images(None, 4)
    rest = await store.pending_images(None, 4, after=first[-1].id)
    assert len({image.id for image in [*first, *rest]}) == 6


async def test_a_picture_whose_url_stays_stays_known_wherever_it_moves(database: Database) -> None:
    store = await store_with(database, record("a", image_urls=("1", "2")))
    await store.set_image_contents({1: "one", 2: "two"})
    await store.save("shop", [record("a", image_urls=("2", "3", "1"))], seen_at=night(1))
    assert await picture(store) == "two"
    assert await pending(store) == []


async def test_a_new_first_picture_is_asked_for_while_the_old_one_is_shown(
    database: Database,
) -> None:
    store = await store_with(database, record("a", image_urls=("1",)))
    await store.set_image_content(1, "one")
    await store.save("shop", [record("a", image_urls=("new", "1"))], seen_at=night(1))
    assert await picture(store) == "one"
    assert await pending(store) == ["new"]
    [image] = await store.pending_images()
    await store.set_image_content(image.id, "new")
    assert await picture(store) == "new"


async def test_an_unreadable_picture_is_asked_for_again_only_under_another_url(
    database: Database,
) -> None:
    store = await store_with(database, record("a", image_urls=("1",)))
    await store.set_image_content(1, None, error="not an image")
    await store.save("shop", [record("a", title="New", image_urls=("1",))], seen_at=night(1))
    assert await pending(store) == []
    await store.save("shop", [record("a", image_urls=("1?v=2",))], seen_at=night(2))
    assert await pending(store) == ["1?v=2"]


async def test_news_of_a_picture_that_was_replaced_meanwhile_changes_nothing(
    database: Database,
) -> None:
    store = await store_with(database, record("a", image_urls=("1",)))
    [old] = await store.pending_images()
    await store.save("shop", [record("a", image_urls=("2",))], seen_at=night(1))
    await store.set_image_content(old.id, "old")
    assert await pending(store) == ["2"]
    assert await picture(store) is None


@pytest.mark.parametrize(("content", "error"), [(None, None), ("hash", "error")])
async def test_a_picture_has_either_content_or_an_error(
    database: Database, content: str | None, error: str | None
) -> None:
    with pytest.raises(ValueError, match="Either"):
        await CatalogueStore(database).set_image_content(1, content, error=error)


async def test_the_same_picture_of_several_products_wants_one_vector(database: Database) -> None:
    store = await store_with(database, record("a"), record("b"), record("c"))
    await store.set_image_contents({1: "same", 2: "same", 3: "other"})
    wanted = await store.images_without_vector("f1")
    assert [(image.product_id, image.content_hash) for image in wanted] == [
        (1, "same"),
        (3, "other"),
    ]
    assert len(await store.images_without_vector("f1", limit=1)) == 1
    await VectorStore(database).save("f1", {"same": np.ones(4, np.float32)})
    assert [image.content_hash for image in await store.images_without_vector("f1")] == ["other"]
    assert len(await store.images_without_vector("f2")) == 2


async def test_no_vector_is_wanted_of_products_that_are_gone(database: Database) -> None:
    store = await store_with(database, record("a"))
    await with_pictures(store)
    await store.mark_gone("shop", ["a"])
    assert await store.images_without_vector("f") == []
    assert await pending(store) == []
