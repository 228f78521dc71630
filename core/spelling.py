"""One spelling for what scripts let people write in several ways, and where their words end."""

import unicodedata

_CODES = range(0x0300, 0x1000)
_MARKS = "".join(chr(code) for code in _CODES if unicodedata.category(chr(code)).startswith("M"))

LETTER = rf"[\w{_MARKS}]"
"""A pattern like ``\\w``, for marks too: vowels and joined letters of many scripts are marks."""
BEGINS, ENDS = f"(?<!{LETTER})", f"(?!{LETTER})"
"""Patterns of where no word goes on to the left, and to the right."""

_DIGITS = {code: unicodedata.decimal(chr(code), None) for code in _CODES}
_ALIKE = {
    **{code: str(digit) for code, digit in _DIGITS.items() if digit is not None},
    0x093C: None,  # Hindi's dot under a letter is often left out,
    0x0901: 0x0902,  # and of its two signs for a nasal either is written
    0x200B: None,  # where a line may break
    0x200C: None,  # how letters are joined
    0x200D: None,
    0x2019: "'",  # what phones make of an apostrophe
    **dict.fromkeys((0x00A0, 0x2009, 0x202F), " "),  # blanks at which no line ends
}


def spelt(text: str) -> str:
    """The text in composed letters, with our digits, and without what people may leave out."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).translate(_ALIKE))
