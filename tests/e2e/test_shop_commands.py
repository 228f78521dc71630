"""``shops``, as somebody types it, against a shop on loopback."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.process import command, environment
from tests.support.shop_world import ShopWorld, html, open_world, status


@pytest.fixture
async def world() -> AsyncIterator[ShopWorld]:
    async with open_world(products=12) as opened:
        yield opened


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path, TWINSET_DEMO_SHOP="off")


async def test_a_shop_is_added_listed_and_checked(
    world: ShopWorld, env: dict[str, str], tmp_path: Path
) -> None:
    code, out, err = await command("shops", env=env)
    assert (code, err) == (0, "")
    assert "shops add URL" in out
    code, out, err = await command("shops", "add", world.url, "--name", "corner", env=env)
    assert (code, err) == (0, "")
    assert "10. Women's navy dress" in out
    assert "€19.90" in out
    path = tmp_path / "shops" / "corner.toml"
    assert str(path) in out
    assert 'take = "shopify"' in path.read_text()
    path.write_text("# mine\n" + path.read_text())
    code, out, err = await command("shops", "add", world.url, "--name", "corner", env=env)
    assert code == 1
    assert "is there already" in err
    assert path.read_text().startswith("# mine")
    code, out, err = await command("shops", env=env)
    assert "corner:" in out
    assert "every night" in out
    code, out, err = await command("shops", "check", "corner", env=env)
    assert (code, err) == (0, "")
    assert "price         12 of 12" in out
    code, out, err = await command(
        "shops", "add", world.url, "--name", "corner", "--replace", env=env
    )
    assert "written anew" in out


async def test_a_check_says_what_is_missing(
    world: ShopWorld, env: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "shops").mkdir()
    (tmp_path / "shops" / "world.toml").write_text(
        f'start = "{world.url}"\nlocal = true\npace_per_s = 200\ncurrency = "EUR"\n'
    )
    world.things["../about"] = world.things["thing-0"]
    world.pages["/about"] = html("<h1>About us</h1>")
    for name in ("thing-3", "thing-5"):
        world.fail(f"/products/{name}", status(404))
    for name in list(world.things)[6:12]:
        world.change(name, price="")
    code, out, err = await command("shops", "check", "world", env=env)
    assert "13 listed, 10 products looked at" in out
    assert "price          4 of 10" in out
    assert f"missing: {world.url}products/thing-6" in out
    assert "thing-3 answers 404" in out
    assert f"1 of the pages show no product, {world.url}about" in out
    assert "Not good enough: price." in out
    assert (code, err) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "not an address"), "not a web address"),
        (("add", "ftp://x.example/"), "not a web address"),
        (("add", "http://169.254.169.254/"), "is not a public address"),
        (("add", "http://10.0.0.1/"), "is not a public address"),
        (("check", "nosuch"), "There is no shop 'nosuch'"),
    ],
)
async def test_a_wrong_argument_gets_a_sentence(
    env: dict[str, str], arguments: tuple[str, ...], says: str
) -> None:
    code, out, err = await command("shops", *arguments, env=env)
    assert code == 1
    assert out == ""
    assert says in err
    assert "Traceback" not in err


async def test_a_file_that_is_wrong_is_named(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "shops").mkdir()
    (tmp_path / "shops" / "bad.toml").write_text('start = "https://a.example"\npacee = 1\n')
    code, out, _ = await command("shops", env=env)
    assert code == 1
    assert "bad.toml: pacee is not a key" in out
    code, _, err = await command("shops", "check", "bad", env=env)
    assert code == 1
    assert "pacee" in err
