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
