"""The real pages beside the project, and how far what is read from them is right."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from yarl import URL

from core.catalogue import ProductRecord
from scraping.extract import Page, extract
from tests.support.shared import SHARED

PAGES = SHARED / "pages"
STOCK = {"in_stock": "InStock", "sold_out": "OutOfStock", "unknown": None}
Answer = dict[str, str]


@dataclass(slots=True)
class Tally:
    """How many answers each field has, how many were given, and those that were wrong."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def share(self, name: str) -> float:
        """The share of right answers of one field."""
        return self.right[name] / self.asked[name]

    def __str__(self) -> str:
        return ", ".join(f"{name} {self.right[name]}/{self.asked[name]}" for name in self.asked)


def tally(change: Callable[[bytes], bytes] = bytes) -> Tally:
    """What is read from every product page, once ``change`` was done to it."""
    counted = Tally()
    for row in answers("product"):
        body = change((PAGES / row["file"]).read_bytes())
        found = extract(Page.parse(body, url=address(row)))
        for name, value, is_right in judged(row, found[0] if found else None):
            counted.asked[name] += 1
            counted.right[name] += is_right
            if value and not is_right:
                counted.wrong.append(f"{row['file']}: {name} = {value}")
    return counted


def address(row: Answer) -> str:
    """Where a page was, as far as that is known; something where no answer depends on it."""
    somewhere = f"https://{row['site']}/products/1" if row["url_scored"] == "no" else ""
    return row["page_url"] or somewhere


def answers(kind: str) -> list[Answer]:
    if not (PAGES / "index.csv").is_file():
        return []
    with (PAGES / "index.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["kind"] == kind]


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def choices(row: Answer, field: str) -> list[str]:
    listed = [row[field], *row.get(f"{field}_alt", "").split("|")]
    return [choice for choice in listed if choice]


def judged(row: Answer, record: ProductRecord | None) -> Iterator[tuple[str, object, bool]]:
    """Each field that has a right answer: its name, what was read, whether it is right."""
    price = record.price if record else None
    titles = [plain(title) for title in choices(row, "title")]
    title = record.title if record else None
    yield "title", title, bool(title) and plain(title or "") in titles
    amount = price.amount if price else None
    yield "price", amount, amount in [Decimal(choice) for choice in choices(row, "price")]
    currency = price.currency if price else None
    yield "currency", currency, currency == row["currency"]
    stock = STOCK[record.availability] if record else None
    if row["availability"]:
        yield "availability", stock, stock == row["availability"]
    brand = record.brand if record else None
    if row["brand"]:
        yield "brand", brand, plain(brand or "") in [plain(name) for name in choices(row, "brand")]
    image = record.image_urls[0] if record and record.image_urls else None
    if row["image_re"]:
        yield "image", image, bool(image and re.search(row["image_re"], image))
    if row["url"] and row["url_scored"] == "yes":
        url = record.url if record else None
        prefix = row["url_prefix"]
        right = bool(url) and str(URL(url or "")) in [str(URL(u)) for u in choices(row, "url")]
        yield "url", url, right or bool(prefix and (url or "").startswith(prefix))
