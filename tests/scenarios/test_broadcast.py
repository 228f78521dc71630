"""A broadcast from an operator's words to everybody's chats, on loopback platforms."""

import pytest

from tests.scenarios.discord import DiscordDriver, open_discord
from tests.scenarios.telegram import TelegramDriver, open_telegram
from tests.scenarios.world import World
from tests.support.english import texts

NEWS = "<b>*Three* new_shops</b> @everyone https://shop.example/a_b?x=1&y=<2>\n- `one`"
MESSAGE = f"{NEWS}\n\n{texts.BROADCAST_FOOT}"
PLATFORMS = {"telegram": (open_telegram, TelegramDriver), "discord": (open_discord, DiscordDriver)}


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_everybody_reads_what_an_operator_wrote_as_it_was_shown(
    platform: str, world: World
) -> None:
    opened, driver = PLATFORMS[platform]
    async with opened(world) as house:
        olga, ann = driver(house), driver(house)
        boss = driver(house, in_group=True, is_admin=True)
        world.operators.append(olga.name)
        await olga.restart()
        await ann.send_command("find", "red dress", None)
        await boss.send_command("find", "red dress", None)

        seen = await olga.send_command("broadcast", NEWS, None)
        assert seen.texts[0] == MESSAGE
        assert "people: 1 · groups: 1" in seen.texts[1]
        assert seen.buttons == (texts.BROADCAST_SEND, texts.BROADCAST_DISCARD)
        seen = await olga.tap(texts.BROADCAST_SEND)
        assert (seen.notices, seen.buttons) == ((texts.BROADCAST_BEGUN,), (texts.BROADCAST_STOP,))

        post = world.broadcast_post({platform: house.courier})
        assert await post.run_due() == 2
        assert await post.run_due() == 0
        assert ann.heard.count(MESSAGE) == boss.heard.count(MESSAGE) == 1
        seen = await olga.send_command("broadcast", "", None)
        assert "sent: 2 · failed: 0 · left: 0" in seen.texts[0]

        seen = await ann.tap(texts.BROADCASTS_NO_MORE)
        assert (seen.notices, seen.buttons) == ((texts.BROADCASTS_OFF,), (texts.BROADCASTS_AGAIN,))
        assert (await boss.tap(texts.BROADCASTS_NO_MORE)).notices == (texts.BROADCASTS_OFF,)
        seen = await olga.send_command("broadcast", "More", None)
        assert "people: 0 · groups: 0" in seen.texts[1]
        # The poll that was broken off by the restart is answered with a conflict.
        assert [one for one in house.server.refused if one.status != 409] == []
