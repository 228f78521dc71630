"""A broadcast's rows are made once, claimed once each, and only while it may be sent."""

import asyncio
from datetime import datetime, time, timedelta

import pytest

from core.looks import Look
from core.storage.answers import Answer, AnswerStore
from core.storage.broadcasts import LASTS, Begun, BroadcastStore, Post
from core.storage.chats import ChatStore
from core.storage.database import Database
from core.storage.people import PeopleStore, Subscription
from tests.storage.records import NIGHT

HOUR = timedelta(hours=1)


@pytest.fixture
def broadcasts(database: Database) -> BroadcastStore:
    return BroadcastStore(database)


async def answered(
    database: Database,
    chat: str,
    *,
    at: datetime = NIGHT,
    person: str | None = None,
    language: str | None = None,
) -> None:
    """A person of the chat's name was answered there; a group where ``person`` is ""."""
    answer = Answer(
        platform="web",
        chat_id=chat,
        person_id=chat if person is None else person,
        product_ids=(1,),
        scores=(0.5,),
        shown=1,
        look=Look(fashion=1.0, seen="jersey"),
        shown_at=at,
        language=language,
        created_at=at,
    )
    await AnswerStore(database).save(answer)


def subscription(chat: str, *, person: str | None = None) -> Subscription:
    return Subscription(
        platform="web",
        chat_id=chat,
        person_id=chat if person is None else person,
        at=time(9),
        timezone="UTC",
        created_at=NIGHT,
        language="de",
    )


async def begun(broadcasts: BroadcastStore, text: str = "News", at: datetime = NIGHT) -> int:
    number = await broadcasts.draft(text, at)
    assert await broadcasts.begin(number, at) is Begun.YES
    return number


async def claimed(broadcasts: BroadcastStore, number: int, at: datetime = NIGHT) -> list[Post]:
    """All that can be claimed, in order of the chats."""
    posts = []
    while post := await broadcasts.claim(number, "web", at):
        posts.append(post)
    return sorted(posts, key=lambda post: post.chat_id)


async def chats(broadcasts: BroadcastStore, number: int, at: datetime = NIGHT) -> list[str]:
    return [post.chat_id for post in await claimed(broadcasts, number, at)]


async def test_it_goes_to_who_was_answered_lately_or_subscribes_each_chat_once(
    database: Database, broadcasts: BroadcastStore
) -> None:
    people = PeopleStore(database, now=lambda: NIGHT)
    for chat in ("ann", "ann", "bob"):
        await answered(database, chat)
    await answered(database, "friends", person="")
    await answered(database, "long-ago", at=NIGHT - timedelta(days=31))
    for chat in ("bob", "cid", "dan"):
        await people.subscribe(subscription(chat))
    await people.subscribe(subscription("readers", person=""))
    await people.unsubscribe("web", "dan", "dan")
    assert await broadcasts.reach(NIGHT) == (3, 2)
    number = await begun(broadcasts)
    posts = await claimed(broadcasts, number)
    assert [(post.chat_id, post.person_id) for post in posts] == [
        ("ann", "ann"),
        ("bob", "bob"),
        ("cid", "cid"),
        ("friends", ""),
        ("readers", ""),
    ]
    assert [post.is_subscribed for post in posts] == [False, True, True, False, True]
    assert {post.text for post in posts} == {"News"}


async def test_it_does_not_go_where_it_is_unwelcome_or_in_vain(
    database: Database, broadcasts: BroadcastStore
) -> None:
    for chat in ("ann", "bob"):
        await answered(database, chat)
    for chat in ("friends", "left"):
        await answered(database, chat, person="")
        await ChatStore(database).answer_every_photo("web", chat, on=True)
    await ChatStore(database).left("web", "left", NIGHT)
    await broadcasts.refuse("web", "ann", "ann")
    await broadcasts.refuse("elsewhere", "bob", "bob")
    assert await broadcasts.reach(NIGHT) == (1, 1)
    assert await chats(broadcasts, await begun(broadcasts)) == ["bob", "friends"]


async def test_the_language_is_what_was_told_last_else_the_subscriptions(
    database: Database, broadcasts: BroadcastStore
) -> None:
    await answered(database, "ann", language="fr", at=NIGHT - HOUR)
    await answered(database, "ann", language="ru")
    await PeopleStore(database).subscribe(subscription("ann"))
    await PeopleStore(database).subscribe(subscription("bob"))
    await answered(database, "cid")
    posts = await claimed(broadcasts, await begun(broadcasts))
    assert [post.language for post in posts] == ["ru", "de", None]


async def test_of_many_who_begin_and_claim_at_once_each_row_is_ones(
    database: Database, url: str
) -> None:
    for number in range(7):
        await answered(database, f"c{number}")
    async with Database.open(url) as other:
        stores = [BroadcastStore(database), BroadcastStore(other)]
        draft = await stores[0].draft("News", NIGHT)
        results = await asyncio.gather(*(store.begin(draft, NIGHT) for store in stores * 3))
        assert set(results) == {Begun.YES}
        claims = await asyncio.gather(*(store.claim(draft, "web", NIGHT) for store in stores * 6))
    assert sorted(post.chat_id for post in claims if post) == [f"c{number}" for number in range(7)]


async def test_each_row_comes_to_one_end(database: Database, broadcasts: BroadcastStore) -> None:
    for chat in ("a", "b", "c", "d", "e"):
        await answered(database, chat)
    number = await begun(broadcasts)
    first, second, third, fourth = [await broadcasts.claim(number, "web", NIGHT) for _ in range(4)]
    assert first
    assert second
    assert third
    assert fourth
    await broadcasts.sent(first, message_id="m", at=NIGHT)
    await broadcasts.failed(second, NIGHT)
    await broadcasts.release(third, until=NIGHT + HOUR)
    await broadcasts.failed(first, NIGHT)  # settled already
    await broadcasts.release(second, until=NIGHT)
    going = await broadcasts.latest(NIGHT)
    assert going
    assert (going.sent, going.failed, going.left, going.unsure) == (1, 1, 2, 1)
    assert going.is_going
    assert await broadcasts.due(NIGHT) == [(number, "web", 1)]
    assert len(await chats(broadcasts, number)) == 1
    assert await chats(broadcasts, number, NIGHT + HOUR) == [third.chat_id]
    over = await broadcasts.latest(NIGHT + HOUR)
    assert over
    assert (over.sent, over.failed, over.left, over.unsure) == (1, 1, 0, 3)
    assert not over.is_going


async def test_after_a_stop_nothing_is_claimed(
    database: Database, broadcasts: BroadcastStore
) -> None:
    for chat in ("a", "b", "c"):
        await answered(database, chat)
    number = await begun(broadcasts)
    assert await broadcasts.claim(number, "web", NIGHT)
    assert await broadcasts.stop(number, NIGHT)
    assert not await broadcasts.stop(number, NIGHT)
    assert await broadcasts.claim(number, "web", NIGHT) is None
    assert await broadcasts.due(NIGHT) == []
    stopped = await broadcasts.latest(NIGHT)
    assert stopped
    assert (stopped.is_stopped, stopped.is_going) == (True, False)
    assert (stopped.left, stopped.unsure) == (2, 1)


async def test_one_goes_out_at_a_time(database: Database, broadcasts: BroadcastStore) -> None:
    await answered(database, "ann")
    first, second = [await broadcasts.draft(text, NIGHT) for text in ("One", "Two")]
    assert not await broadcasts.is_busy(NIGHT)
    results = await asyncio.gather(*(broadcasts.begin(one, NIGHT) for one in (first, second)))
    assert sorted(results) == [Begun.BUSY, Begun.YES]
    going = first if results[0] is Begun.YES else second
    waiting = first + second - going
    assert await broadcasts.is_busy(NIGHT)
    assert await broadcasts.begin(going, NIGHT) is Begun.YES, "a second tap"
    post = await broadcasts.claim(going, "web", NIGHT)
    assert post
    await broadcasts.sent(post, message_id="m", at=NIGHT)
    assert await broadcasts.begin(waiting, NIGHT) is Begun.YES
    latest = await broadcasts.latest(NIGHT)
    assert latest
    assert latest.id == max(first, second)


async def test_a_draft_is_discarded_and_what_was_begun_is_not(
    database: Database, broadcasts: BroadcastStore
) -> None:
    await answered(database, "ann")
    draft = await broadcasts.draft("News", NIGHT)
    assert await broadcasts.latest(NIGHT) is None
    assert await broadcasts.discard(draft)
    assert not await broadcasts.discard(draft)
    assert await broadcasts.begin(draft, NIGHT) is Begun.UNKNOWN
    number = await begun(broadcasts)
    assert number != draft, "a button of the one discarded must not send another"
    assert not await broadcasts.discard(number)


async def test_what_could_not_be_sent_in_a_day_is_not_sent(
    database: Database, broadcasts: BroadcastStore
) -> None:
    await answered(database, "ann")
    number = await begun(broadcasts)
    late = NIGHT + LASTS
    assert await broadcasts.due(late - HOUR)
    assert await broadcasts.due(late) == []
    assert await broadcasts.claim(number, "web", late) is None
    assert not await broadcasts.is_busy(late)
    over = await broadcasts.latest(late)
    assert over
    assert (over.is_going, over.failed, over.left) == (False, 1, 0)


async def test_who_refuses_is_not_even_sent_what_waits_and_may_change_their_mind(
    database: Database, broadcasts: BroadcastStore
) -> None:
    for chat in ("ann", "bob"):
        await answered(database, chat)
    number = await begun(broadcasts)
    for _ in range(2):
        await broadcasts.refuse("web", "ann", "ann")
    assert await chats(broadcasts, number) == ["bob"]
    assert await chats(broadcasts, await begun(broadcasts)) == ["bob"]
    await broadcasts.allow("web", "ann")
    assert await chats(broadcasts, await begun(broadcasts)) == ["ann", "bob"]


async def test_what_is_refused_on_its_way_is_not_tried_again(
    database: Database, broadcasts: BroadcastStore
) -> None:
    await answered(database, "ann")
    number = await begun(broadcasts)
    post = await broadcasts.claim(number, "web", NIGHT)
    assert post
    await broadcasts.refuse("web", "ann", "ann")
    await broadcasts.release(post, until=NIGHT)
    assert await chats(broadcasts, number) == []
    assert not await broadcasts.is_busy(NIGHT)


async def test_what_waits_and_what_is_refused_move_with_a_chat(
    database: Database, broadcasts: BroadcastStore
) -> None:
    await answered(database, "old", person="")
    await answered(database, "both", person="")
    number = await begun(broadcasts)
    for old in ("old", "both"):
        for _ in range(2):
            await broadcasts.move("web", old, "new")
            await broadcasts.move("web", "new", "new")
    assert await chats(broadcasts, number) == ["new"]
    await broadcasts.refuse("web", "old", "")
    await broadcasts.move("web", "old", "new")
    await broadcasts.refuse("web", "both", "")
    await broadcasts.move("web", "both", "new")
    await answered(database, "new", person="")
    assert await chats(broadcasts, await begun(broadcasts)) == ["both", "old"]


async def test_what_is_kept_of_a_person_is_handed_over_and_erased(
    database: Database, broadcasts: BroadcastStore
) -> None:
    people = PeopleStore(database)
    for chat in ("ann", "bob"):
        await answered(database, chat)
    number = await begun(broadcasts)
    await broadcasts.refuse("web", "bob", "bob")
    kept = {name: await people.export("web", name) for name in ("ann", "bob")}
    assert [row["state"] for row in kept["ann"]["broadcast_chats"]] == ["waiting"]
    assert [row["chat_id"] for row in kept["bob"]["broadcast_refusals"]] == ["bob"]
    for name in kept:
        await people.forget("web", name)
        assert not any((await people.export("web", name)).values())
    assert await chats(broadcasts, number) == []


async def test_old_ones_are_erased_with_who_got_them(
    database: Database, broadcasts: BroadcastStore
) -> None:
    await answered(database, "ann")
    await begun(broadcasts)
    await broadcasts.draft("Never sent", NIGHT)
    assert await broadcasts.purge(NIGHT) == 0
    assert await broadcasts.purge(NIGHT + HOUR) == 2
    assert await broadcasts.latest(NIGHT) is None
    assert (await PeopleStore(database).export("web", "ann"))["broadcast_chats"] == []
