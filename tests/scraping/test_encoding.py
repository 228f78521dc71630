"""Pages in the encodings that they are really in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraping.extract.encoding import as_utf8

GERMAN = "<p>Größe für Männer – 12 €</p>" + "x" * 500
JAPANESE = "<p>シャツ半袖メンズ 税込 1,200円 在庫あり カートに入れる</p>"
RUSSIAN = "<p>Платье женское купить в магазине</p>"


@pytest.mark.parametrize(
    "header", [None, "text/html; charset=utf-8", "text/html; charset=ISO-8859-1"]
)
@pytest.mark.parametrize("meta", ["", '<meta charset="utf-8">', "own"])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "cp1252"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-16"),
    ],
)
def test_the_bytes_are_believed_before_what_is_said_of_them(
    text: str, encoding: str, meta: str, header: str | None
) -> None:
    declared = f'<meta charset="{encoding}">' if meta == "own" else meta
    body = (declared + text).encode(encoding)
    assert text in as_utf8(body, content_type=header).decode()


def test_a_few_bad_bytes_do_not_spoil_a_page_in_utf_8() -> None:
    body = b'<meta charset="utf-8">' + "Größe ÄÖÜ äöü ß".encode() + b"\xe4"
    assert "Größe ÄÖÜ äöü ß" in as_utf8(body).decode()


@given(st.binary(max_size=200), st.none() | st.text(max_size=30))
def test_any_bytes_give_text(body: bytes, header: str | None) -> None:
    as_utf8(body, content_type=header).decode()
