"""A shop's own table: a folder with a CSV and pictures → product records, row by row."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from core.catalogue import Availability, Money, ProductRecord
from core.errors import ShopError
from core.words import colour_of, gender_of, kind_of
from scraping.extract.draft import availability
from scraping.extract.money import currency_code, machine_price
from scraping.extract.page import absolute, clean
from scraping.pictures import file_url

PREFERRED = ("styles.csv", "labels.csv", "products.csv")
_NOT_PRODUCTS = frozenset({"images.csv"})
_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
_FOLDERS = ("", "images", "photos", "pictures")
_DELIMITERS = ",;\t|"
_MAX_LINES_A_ROW = 50
_MAX_BYTES = 500_000_000

_COLUMNS = {
    "image_large": ("imagelarge", "largeimage"),
    "image": (
        "image", "photo", "picture", "img", "file", "filename", "path", "imagepath", "imagefile",
        "imageurl", "imagelink", "imagesrc", "photourl", "pictureurl",
    ),
    "title": ("title", "name", "productdisplayname", "productname", "producttitle", "displayname"),
    "price": ("price", "saleprice", "currentprice", "amount"),
    "currency": ("currency", "pricecurrency", "currencycode"),
    "url": ("url", "link", "producturl", "productlink", "buylink", "buyurl", "href"),
    "brand": ("brand", "manufacturer", "vendor", "label"),
    "kind": ("articletype", "kind", "category", "producttype", "type", "productcategory"),
    "kinds": ("subcategory", "mastercategory", "department"),
    "colour": ("basecolour", "basecolor", "colour", "color"),
    "gender": ("gender", "sex", "targetgender"),
    "id": ("id", "sku", "productid", "itemid", "code", "handle", "articlenumber", "mpn"),
    "availability": ("availability", "stock", "instock", "stockstatus", "quantity"),
    "sizes": ("size", "sizes", "availablesizes"),
    "shop": ("shop", "store", "shopname", "merchant"),
}  # fmt: skip
_NOTHING = frozenset({"", "na", "n/a", "nan", "none", "null", "-"})

Columns = Mapping[str, list[int]]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was passed over: its line in the file (1 is the header) and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A product and the line that it stands on; ``shop`` is None where no column names one."""

    line: int
    record: ProductRecord
    shop: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file, read: its products, the rows passed over, and remarks on the whole."""

    path: Path
    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...]
    notes: tuple[str, ...] = ()


def read_table(folder: Path, *, currency: str | None = None) -> Table:
    """Read the folder's CSV (or the one CSV given).

    Understood are Kaggle's "Fashion Product Images" as it comes, and any table with a header
    that names title and image in the usual words. ``currency`` is that of prices without one.
    Raises ``ShopError`` where there is no such table.
    """
    path = _find(folder.resolve())
    if path.stat().st_size > _MAX_BYTES:
        raise ShopError(f"{path} is larger than {_MAX_BYTES / 1e6:.0f} MB.")
    lines = _decode(path.read_bytes()).splitlines()
    if not lines:
        raise ShopError(f"{path} is empty.")
    delimiter = max(_DELIMITERS, key=lines[0].count)
    header = _split(lines[0], delimiter)
    reader = _RowReader(path.parent, header, _columns(path, header), currency)
    rows: list[Row] = []
    bad: list[BadRow] = []
    first_line: dict[tuple[str | None, str], int] = {}
    for line, fields in _records(lines, delimiter, len(header)):
        try:
            row = reader.row(line, fields)
            earlier = first_line.setdefault((row.shop, row.record.key), line)
            if earlier != line:
                raise _Unusable(f"the same id as line {earlier}")
        except _Unusable as error:
            bad.append(BadRow(line, str(error)))
        else:
            rows.append(row)
    notes: tuple[str, ...] = ()
    if reader.prices_without_currency:
        count = reader.prices_without_currency
        notes = (f"{count} prices are left out: nothing says in which currency they are.",)
    return Table(path=path, rows=tuple(rows), bad=tuple(bad), notes=notes)


def _find(folder: Path) -> Path:
    if folder.is_file():
        return folder
    if not folder.is_dir():
        raise ShopError(f"{folder} is no folder.")
    for pattern in ("*", "*/*"):
        found = sorted(
            path
            for path in folder.glob(pattern)
            if path.suffix.lower() in {".csv", ".tsv"} and path.name.lower() not in _NOT_PRODUCTS
        )
        for name in PREFERRED:
            if named := [path for path in found if path.name.lower() == name]:
                return named[0]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(path.name for path in found[:5])
            raise ShopError(f"{folder} has several tables ({names}): name the one to import.")
    raise ShopError(f"{folder} has no CSV file.")


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\0", "")


def _columns(path: Path, header: Sequence[str]) -> Columns:
    names = [re.sub(r"[^a-z0-9]", "", name.lower()) for name in header]
    columns = {
        field: [names.index(alias) for alias in aliases if alias in names]
        for field, aliases in _COLUMNS.items()
    }
    if not columns["title"]:
        raise ShopError(
            f"{path}: no column is a title (its first line: {', '.join(header)[:200]})."
        )
    if not (columns["image"] or columns["image_large"] or columns["id"]):
        raise ShopError(
            f"{path}: no column is an image (its first line: {', '.join(header)[:200]})."
        )
    return columns


def _split(line: str, delimiter: str, *, quotes: bool = True) -> list[str]:
    try:
        if not quotes:
            return line.split(delimiter)
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _records(lines: Sequence[str], delimiter: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """Line number and fields of each row after the header that is not blank.

    A quote may hold line breaks; one that never closes costs its own line only.
    """
    at = 1
    while at < len(lines):
        taken, fields = _record(lines, at, delimiter, width)
        if any(field.strip() for field in fields):
            yield at + 1, fields
        at += taken


def _record(lines: Sequence[str], at: int, delimiter: str, width: int) -> tuple[int, list[str]]:
    """How many lines a row takes, and its fields."""
    if lines[at].count('"') % 2:
        joined = lines[at]
        for taken in range(2, min(_MAX_LINES_A_ROW, len(lines) - at) + 1):
            joined += "\n" + lines[at + taken - 1]
            if joined.count('"') % 2 == 0:
                whole = _split_lines(joined, delimiter)
                if len(whole) == width:
                    return taken, whole
                break
        return 1, _split(lines[at], delimiter, quotes=False)
    return 1, _split(lines[at], delimiter)


def _split_lines(text: str, delimiter: str) -> list[str]:
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error:
        return []
    return rows[0] if len(rows) == 1 else []


class _Unusable(Exception):
    """Why a row is passed over."""


class _RowReader:
    """Makes records of rows."""

    def __init__(
        self, root: Path, header: Sequence[str], columns: Columns, currency: str | None
    ) -> None:
        self._root = root
        self._width = len(header)
        self._columns = columns
        self._currency = currency
        self._links = _links(root)
        self.prices_without_currency = 0

    def row(self, line: int, fields: list[str]) -> Row:
        if len(fields) != self._width:
            raise _Unusable(f"{len(fields)} fields, the header has {self._width}")

        def first(name: str) -> str:
            values = (fields[column].strip() for column in self._columns[name])
            return next((value for value in values if value.lower() not in _NOTHING), "")

        title = clean(first("title"))
        if not title:
            raise _Unusable("no title")
        image = self._image(first("image_large"), first("image"), first("id"))
        price = self._price(first("price"), first("currency"))
        url = absolute("", first("url"))
        key = first("id") or url or first("image_large") or first("image")
        kinds = [first("kind"), first("kinds")]
        record = ProductRecord(
            key=key,
            title=title,
            url=url,
            brand=clean(first("brand"), limit=120),
            kind=kind_of(*kinds) or clean(kinds[0].lower(), limit=60) or kind_of(title),
            colour=colour_of(first("colour"))
            or clean(first("colour").lower(), limit=60)
            or colour_of(title),
            gender=gender_of(first("gender"), *kinds, title),
            price=price,
            availability=_availability(first("availability")),
            image_urls=(image,),
            sizes=tuple(filter(None, re.split(r"\s*[,;|]\s*", first("sizes")))),
        )
        return Row(line, record, clean(first("shop"), limit=80))

    def _image(self, large: str, image: str, product_id: str) -> str:
        named = [name for name in (large, image) if name]
        for name in named:
            if name.startswith(("http://", "https://", "//")):
                if address := absolute("", name):
                    return address
            elif address := self._file(name):
                return address
        if not named and product_id:
            for suffix in _SUFFIXES:
                if address := self._file(product_id + suffix):
                    return address
            named = [product_id + _SUFFIXES[0]]
        for name in named:
            if link := self._links.get(PurePosixPath(name).name):
                return link
        raise _Unusable(f"no picture {named[-1][:100]}" if named else "no picture named")

    def _file(self, name: str) -> str | None:
        parts = PurePosixPath(name.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts:
            return None
        for folder in _FOLDERS:
            try:
                return file_url(self._root / folder / parts)
            except (OSError, ValueError):
                continue
        return None

    def _price(self, text: str, currency: str) -> Money | None:
        if not text:
            return None
        code = currency_code(currency) or currency_code(text, hint=self._currency)
        code = code or self._currency
        amount = machine_price(text, currency=code)
        if amount is None or text.lstrip("€$£¥₹ ").startswith("-"):
            raise _Unusable(f"{text[:40]!r} is no price")
        if code is None:
            self.prices_without_currency += 1
            return None
        return Money(amount, code)


def _links(root: Path) -> dict[str, str]:
    """Kaggle's ``images.csv``: where the pictures are that are not in the folder."""
    path = root / "images.csv"
    if not path.is_file():
        return {}
    rows = csv.reader(_decode(path.read_bytes()).splitlines())
    links = {}
    for row in rows:
        if len(row) >= 2 and (url := absolute("", row[1])):
            links[row[0].strip()] = url
    return links


def _availability(text: str) -> Availability:
    if text.isdecimal():
        return Availability.IN_STOCK if int(text[:9]) else Availability.SOLD_OUT
    word = text.lower()
    if word in {"yes", "true", "y"}:
        return Availability.IN_STOCK
    if word in {"no", "false", "n"}:
        return Availability.SOLD_OUT
    return availability(text)
