"""JSON in scripts: what is mended, what is not, and JavaScript's own literals."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraping.extract.jsontext import documents, literal


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"a":1}{"b":2}', [{"a": 1}, {"b": 2}]),
        ('{"a":1},\n{"b":2};', [{"a": 1}, {"b": 2}]),
        ('/*<![CDATA[*/{"a":1}/*]]>*/', [{"a": 1}]),
        ('{"a":[1,2,],}', [{"a": [1, 2]}]),
        ('{\n// the price\n"a":1 /* euros */}', [{"a": 1}]),
        (r'{"a":"it\'s \x22big\x22"}', [{"a": 'it\'s "big"'}]),
        ('{&quot;a&quot;:&quot;b&quot;}', [{"a": "b"}]),
        ('{"a":"a 5" heel","b":"say "hi""}', [{"a": 'a 5" heel', "b": 'say "hi"'}]),
        ('{"a":"two\nlines"}', [{"a": "two\nlines"}]),
        ('{"a":1} and so on', [{"a": 1}]),
        ('{"a":', []),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_broken_in_the_usual_ways_is_mended(text: str, values: list[object]) -> None:
    assert list(documents(text)) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a: 'b', \"c\": .5, d: [1, -2,], e: !0, f: undefined}",
         {"a": "b", "c": 0.5, "d": [1, -2], "e": True, "f": None}),
        ("{a: `x`, /* no */ b: {c: null}} + 1", {"a": "x", "b": {"c": None}}),
        (r"['caf\u00e9', 'it\'s', 'a\x2fb']", ["café", "it's", "a/b"]),
    ],
)  # fmt: skip
def test_a_javascript_literal_is_read(text: str, value: object) -> None:
    assert literal(text)[0] == value


@pytest.mark.parametrize("text", ["{a: f(1)}", "{a: 1 + 2}", "{a", "[1 2]", "{a: b.c}"])
def test_what_must_be_computed_is_no_literal(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        literal(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=15,
)


@given(JSON.filter(lambda value: isinstance(value, dict | list)))
def test_sound_json_comes_back_as_it_is(value: object) -> None:
    assert list(documents(json.dumps(value))) == [value]
    assert literal(json.dumps(value))[0] == value


@given(JSON.filter(lambda value: isinstance(value, dict | list)))
def test_json_within_a_literal_comes_back_as_it_is(value: object) -> None:
    assert literal(f"{{of: 'it', all: {json.dumps(value)}}}")[0] == {"of": "it", "all": value}


@given(st.text(max_size=60), st.sampled_from(['{"a":"', "[{", "{a:'", '{"a":1}', ""]))
def test_any_text_gives_values_or_none(text: str, start: str) -> None:
    list(documents(start + text))
