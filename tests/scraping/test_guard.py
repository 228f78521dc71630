"""What counts as the public internet."""

import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FetchRefused
from scraping.fetcher import open_fetcher
from scraping.guard import is_public
from tests.support.shop_world import ShopWorld


class Fickle(AbstractResolver):
    """A name server that tells something else each time."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
        ]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@given(
    st.ip_addresses(v=4, network="10.0.0.0/8")
    | st.ip_addresses(v=4, network="127.0.0.0/8")
    | st.ip_addresses(v=4, network="100.64.0.0/10")
    | st.ip_addresses(v=4, network="169.254.0.0/16")
)
def test_no_form_of_a_private_address_is_public(address: object) -> None:
    assert not is_public(str(address))
    assert not is_public(f"::ffff:{address}")
    assert not is_public(f"::{address}")
    assert not is_public(f"64:ff9b::{address}")


@given(st.text(max_size=40))
def test_what_is_no_address_is_not_public(text: str) -> None:
    if text.count(".") != 3 and ":" not in text:
        assert not is_public(text)


async def test_a_name_that_changes_its_mind_is_judged_by_the_answer_used(
    world: ShopWorld,
) -> None:
    port = world.origin.rpartition(":")[2]
    async with open_fetcher(contact="x", resolver=Fickle("127.0.0.1")) as fetcher:
        for _ in range(2):
            with pytest.raises(FetchRefused):
                await fetcher.fetch(f"http://shop.example:{port}/shop")
    assert world.asked == []
