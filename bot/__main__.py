"""The command line: ``python -m bot [COMMAND]``."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from bot import benchmark, commands, dressing, extracting, learning, setup, shopkeeping
from bot.log import configure_logging
from bot.outputs import new_file
from bot.settings import Settings, load_settings
from core.errors import TwinsetError
from scraping.shops import Take

Command = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options; each sets ``command`` to what carries it out."""
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Twinset: send a photo of clothes to a chat, get five products like it.",
    )
    parser.set_defaults(command=commands.run)
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")

    def verb(name: str, command: Command, summary: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=summary, description=summary)
        sub.set_defaults(command=command)
        return sub

    verb("run", commands.run, "Run the bot (the default).")
    setting_up = verb("setup", setup.setup, "Set up the bot at Telegram and Discord, and check it.")
    setting_up.add_argument("--check", action="store_true", help="look only, and change nothing")
    setting_up.add_argument(
        "--name", help="what people see it called on Telegram; default: as it is"
    )
    ask = verb("ask", commands.ask, "Answer one photo in the terminal.")
    ask.add_argument("photo", metavar="FILE-OR-URL", help="a photo, or a page's or its address")
    ask.add_argument("--json", action="store_true", help="print the look and the matches as JSON")
    ask.add_argument("--anyway", action="store_true", help="search even when no clothes are seen")
    outfit = verb("outfit", dressing.outfit, "Complete the outfit of one photo.")
    outfit.add_argument("photo", type=Path, metavar="PHOTO", help="a JPEG, PNG or WebP file")
    outfit.add_argument("--out", type=new_file, metavar="FILE.jpg", help="draw it as one picture")
    scrape = verb("scrape", commands.scrape, "Scrape the shops, embed what is new, rebuild.")
    scrape.add_argument("shop", nargs="?", metavar="SHOP", help="only the shop of this name")
    scrape.add_argument(
        "--accept",
        action="store_true",
        help="believe what the shop shows, however much of it is gone or costs something else",
    )
    shops = verb("shops", shopkeeping.list_shops, "List the shops, add one, or check one.")
    _add_shop_verbs(shops)
    take_in = verb("import", commands.import_, "Take in a folder of product photos with a CSV.")
    take_in.add_argument("directory", type=Path, metavar="DIR", help="where the CSV lies")
    take_in.add_argument("--shop", metavar="NAME", help="the shop's name; default: the folder's")
    take_in.add_argument("--currency", help="of prices that name none, as ISO 4217: EUR")
    extract = verb("extract", extracting.extract, "Print the products that one page shows.")
    extract.add_argument("page", metavar="FILE-OR-URL", help="a saved page, or its address")
    extract.add_argument("--url", help="where a saved page was, for the links that it holds")
    extract.add_argument("--currency", help="of prices that name none, as ISO 4217: EUR")
    extract.add_argument("--json", action="store_true", help="print the products as JSON")
    verb("rebuild", commands.rebuild, "Embed what has no vector and rebuild the index.")
    verb("migrate", commands.migrate, "Bring the database to this version's tables.")
    embed = verb("embed", commands.embed, "Embed many images, one vector each.")
    embed.add_argument("list", metavar="LIST", help="a file with a path a line; - = standard input")
    embed.add_argument("--out", type=new_file, required=True, metavar="FILE.npz", help="where to")
    _add_learning(
        verb("train", learning.train, "Teach clothes from labelled photos, or outfits."),
        verb("evaluate", learning.evaluate, "Judge what was taught by such photos."),
    )
    measure = verb("benchmark", benchmark.benchmark, "Measure this machine, beside its limits.")
    measure.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser


def _add_learning(train: argparse.ArgumentParser, evaluate: argparse.ArgumentParser) -> None:
    train.add_argument(
        "directory", type=Path, metavar="DIR", help="with shop/labels.csv, or outfits.csv, in it"
    )
    train.add_argument("--out", type=new_file, required=True, metavar="FILE.npz", help="where to")
    train.add_argument("--start", type=Path, metavar="FILE.npz", help="go on from such a file")
    train.add_argument("--seed", type=int, default=20, help="draws the views and the batches")
    train.add_argument("--steps", type=int, help="fewer are quicker and worse; default: 1500, 800")
    train.add_argument("--stages", type=int, default=2, choices=range(1, 6), help="taught, of five")
    train.add_argument("--batch", type=int, default=128, help="views a step")
    train.add_argument("--eye", type=Path, metavar="FILE.npz", help="for outfits: not the shipped")
    evaluate.add_argument("directory", type=Path, metavar="DIR", help="with such a file in it")
    evaluate.add_argument("--held-out", action="store_true", help="only what `train` kept out")
    evaluate.add_argument("--eye", type=Path, metavar="FILE.npz", help="not the shipped one")
    evaluate.add_argument("--outfits", type=Path, metavar="FILE.npz", help="not the shipped one")
    evaluate.add_argument(
        "--sheet", type=new_file, metavar="FILE.jpg", help="draw what it gets wrong"
    )
    evaluate.add_argument("--json", action="store_true", help="print the figures as JSON")


def _add_shop_verbs(shops: argparse.ArgumentParser) -> None:
    verbs = shops.add_subparsers(title="what to do", metavar="VERB")
    add = verbs.add_parser("add", help="look at a site and write its shop's file")
    add.set_defaults(command=shopkeeping.add)
    add.add_argument("url", metavar="URL", help="the site, or a listing or a feed of it")
    add.add_argument("--name", help="the shop's name; default: by its address")
    add.add_argument("--take", choices=list(Take), help="the only way in to be tried")
    add.add_argument("--replace", action="store_true", help="write a file anew that is there")
    check = verbs.add_parser("check", help="say field by field what a shop's products have")
    check.set_defaults(command=shopkeeping.check)
    check.add_argument("name", metavar="NAME", help="as in the shop's file")


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; the exit status is 0 when it did what was asked."""
    try:
        options = build_parser().parse_args(arguments)
        settings = load_settings()
        configure_logging(settings.log_level, secrets=settings.secrets())
        command: Command = options.command
        return asyncio.run(command(settings, options))
    except TwinsetError as error:
        print(f"twinset: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read what was said has gone
        return 128 + signal.SIGPIPE
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
