from core.storage.database import Database
from core.storage.runs import RunStore
from tests.storage.records import night


async def test_the_latest_end_and_the_latest_good_counts_are_known(database: Database) -> None:
    runs = RunStore(database)
    assert await runs.last_finished("scrape", "shop") is None
    assert await runs.last_good("scrape", "shop") is None

    good = await runs.begin("scrape", "shop", night(1))
    assert await runs.last_finished("scrape", "shop") is None
    await runs.finish(good, night(2), {"products": 200, "errors": 0})
    bad = await runs.begin("scrape", "shop", night(3))
    await runs.finish(bad, night(4), {"products": 3}, "half of the pages failed")
    await runs.begin("scrape", "shop", night(5))

    assert await runs.last_finished("scrape", "shop") == night(4)
    assert await runs.last_good("scrape", "shop") == {"products": 200, "errors": 0}


async def test_jobs_and_shops_are_kept_apart(database: Database) -> None:
    runs = RunStore(database)
    await runs.finish(await runs.begin("night", None, night(0)), night(1), {"shops": 2})
    await runs.finish(await runs.begin("night", "shop", night(0)), night(2), {"shops": 1})
    assert await runs.last_finished("night") == night(1)
    assert await runs.last_good("night", None) == {"shops": 2}
    assert await runs.last_finished("night", "shop") == night(2)
    assert await runs.last_finished("scrape") is None


async def test_the_latest_run_is_unfinished_until_its_end(database: Database) -> None:
    runs = RunStore(database)
    assert await runs.unfinished("scrape", "shop", since=night(0)) is None
    run = await runs.begin("scrape", "shop", night(1))
    found = await runs.unfinished("scrape", "shop", since=night(0))
    assert found is not None
    assert (found.id, found.started_at, found.counts) == (run, night(1), None)
    assert await runs.unfinished("scrape", "shop", since=night(2)) is None
    await runs.note(run, {"pages": 3}, "a problem", {"http 500": 2})
    found = await runs.unfinished("scrape", "shop", since=night(0))
    assert found is not None
    assert (found.counts, found.error, found.errors) == (
        {"pages": 3},
        "a problem",
        {"http 500": 2},
    )
    await runs.finish(run, night(2), {"pages": 3})
    assert await runs.unfinished("scrape", "shop", since=night(0)) is None


async def test_one_that_was_left_behind_is_not_the_latest(database: Database) -> None:
    runs = RunStore(database)
    await runs.begin("scrape", "shop", night(1))
    await runs.finish(await runs.begin("scrape", "shop", night(2)), night(3), {})
    assert await runs.unfinished("scrape", "shop", since=night(0)) is None


async def test_the_latest_ended_run_of_every_shop_is_told(database: Database) -> None:
    runs = RunStore(database)
    for at, shop in ((1, "one"), (2, "one"), (3, "two")):
        run = await runs.begin("scrape", shop, night(at))
        await runs.finish(run, night(at), {"pages": at}, None, {"refused": at})
    await runs.begin("scrape", "two", night(4))
    await runs.finish(await runs.begin("night", None, night(4)), night(5), {})
    found = await runs.finished("scrape", since=night(2))
    assert {shop: run.counts for shop, run in found.items()} == {
        "one": {"pages": 2},
        "two": {"pages": 3},
    }
    assert found["two"].errors == {"refused": 3}
    assert list(await runs.finished("scrape", since=night(3))) == ["two"]
