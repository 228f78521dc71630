"""Product pictures as the platforms want them."""

from io import BytesIO

from PIL import Image

from bot.pictures import AlbumPictures
from core.catalogue import Match, Product
from tests.support.answers import jpeg, product

DRESS = product(7)
VERSION = str(DRESS.picture)[:12]


class Shelf:
    """One product, and its picture of 900 × 1,200 pixels; stands for store and catalogue."""

    async def original(self, _product: Product) -> bytes:
        return jpeg(size=(900, 1200))

    async def product(self, product_id: int) -> Product | None:
        return DRESS if product_id == DRESS.id else None


def pictures() -> AlbumPictures:
    return AlbumPictures(Shelf(), Shelf())  # type: ignore[arg-type]


def size(data: bytes | None) -> tuple[int, int]:
    assert data is not None
    return Image.open(BytesIO(data)).size


async def test_a_page_gets_a_smaller_picture_than_a_chat() -> None:
    assert size(await pictures().jpeg(Match(product=DRESS, score=1.0))) == (900, 1200)
    assert size(await pictures().for_page(DRESS.id, VERSION)) == (480, 640)


async def test_a_page_gets_the_picture_that_it_asks_for_or_none() -> None:
    assert await pictures().for_page(DRESS.id, "0123456789ab") is None
    assert await pictures().for_page(DRESS.id + 1, VERSION) is None
