"""A link is found in what people write, without what their sentences put around it."""

import pytest

from bot.conversation.links import link_in


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://shop.example/dress", "https://shop.example/dress"),
        ("look: https://shop.example/dress.", "https://shop.example/dress"),
        ("this (https://shop.example/dress_(red)), or?", "https://shop.example/dress_(red)"),
        ("<HTTP://shop.example/?a=1&b=2> !", "HTTP://shop.example/?a=1&b=2"),
        ("**https://shop.example/a** https://shop.example/b", "https://shop.example/a"),
        ("shop.example has nice dresses", None),
        ("ftp://shop.example/dress", None),
        ("https://", None),
    ],
)
def test_the_first_address_is_the_link(text: str, link: str | None) -> None:
    assert link_in(text) == link
