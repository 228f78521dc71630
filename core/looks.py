"""Look: what was recognised in a photo."""

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Gender, Match
from core.colours import colour_shares, name_colour
from core.heads import Heads
from core.vision.embedder import Sight
from core.vision.features import Readings
from core.vision.regions import Region
from core.words import WORDS
from data.labels import imagenet_classes

# All measured on photos of people's own clothes and of anything else; docs/decisions/0031.
_TEMPERATURE = 1.5  # softens a network that is too sure of the wrong thing
_SEEN_FROM = 0.08  # a class that is less likely is not named: it is right in 0.73 from here on
_RESEMBLING = 0.5  # what a class counts that clothes are often taken for
_MIDDLE, _STEEPNESS = -1.6, 1.5  # evidence (log-odds) at which it is as likely as not
_KNOWN_FROM, _KNOWN_GAIN, _KNOWN_MOST = 0.72, 40.0, 4.0  # of a product's own picture
_VOTERS = 20
_VOTE_SCALE = 0.03  # a match whose cosine is that much lower counts 1/e
_HINT = 0.6  # ImageNet's word against that of all voters
_KIND_FROM = 0.2
_COLOUR_FROM = 0.25
_UNREAD, _UNMEASURED = 0.02, 0.3  # what a colour has that only the pixels, or the network, name
_ALSO_FROM = 0.25  # of what speaks for all colours: a second one counts from here on
_PATTERN_FROM = 0.5
_READ_GENDER_FROM = 0.6
_GENDER_FROM = 0.7
_OCCASION_FROM = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a photo shows.

    ``fashion`` is the probability, 0 to 1, that it shows something to wear; ``seen`` what the
    network's own classes make of it ("tabby cat"), empty where none is likely. The rest is None
    where it is not known. ``colours`` are those of the garment with the share that each has in
    it, the first being ``colour``. ``occasion`` is the shop's word for when it is worn ("formal").
    ``likely`` tells how likely each of these is, 0 to 1, by its field's name, as far as it was
    read off the photo.
    """

    fashion: float
    seen: str
    kind: str | None = None
    colour: str | None = None
    pattern: str | None = None
    gender: Gender | None = None
    colours: tuple[tuple[str, float], ...] = ()
    occasion: str | None = None
    likely: Mapping[str, float] = field(default_factory=dict)


def recognise(sight: Sight, matches: Sequence[Match], *, heads: Heads | None = None) -> Look:
    """What the photo shows, from what was read off it and from the nearest products.

    Where ``heads`` were fitted to the catalogue, its own words are read. A network that was not
    taught clothes reads nothing off it: its ImageNet classes and the pixels stand in then.
    """
    read = sight.readings
    known = read.get("fashion")
    likely = _likely(sight.logits)
    fashion = known["fashion"] if known else _fashion(likely, matches)
    best = int(likely.argmax())
    seen = _classes().names[best] if likely[best] >= _SEEN_FROM else ""
    if "kind" not in read:
        votes = _votes(matches)
        return Look(
            fashion=fashion,
            seen=seen,
            kind=_kind(likely, votes),
            colour=name_colour(sight.photo.pixels),
            gender=_gender(votes),
        )
    told = {name: _in_words(sight, name, heads) for name in ("kind", "colour", "gender")}
    told |= {"pattern": read.get("pattern", {}), "occasion": _occasions(read)}
    kind = _likeliest(told["kind"], _KIND_FROM)
    read_kind = _likeliest(_in_words(sight, "kind"), _KIND_FROM) if heads else kind
    colours = _colours(told["colour"], _measured(sight))
    gender = _likeliest(told["gender"], _READ_GENDER_FROM)
    cloth = not _cloth().isdisjoint({kind, read_kind})
    words = {
        "kind": kind,
        "colour": colours[0][0] if colours else None,
        "pattern": _likeliest(told["pattern"], _PATTERN_FROM) if cloth else None,
        "gender": gender,
        "occasion": _likeliest(told["occasion"], _OCCASION_FROM),
    }
    return Look(
        fashion=fashion,
        seen=seen,
        kind=kind,
        colour=words["colour"],
        pattern=words["pattern"],
        gender=Gender(gender) if gender else None,
        colours=colours,
        occasion=words["occasion"],
        likely={name: round(told[name].get(word, 0.0), 4) for name, word in words.items() if word},
    )


def imagenet_word(logits: NDArray[np.float32]) -> str:
    """What the likeliest of ImageNet's classes is called ("tabby cat"), for float32[1000]."""
    return _classes().names[int(logits.argmax())]


def kind_of_garment(region: Region) -> str | None:
    """What one garment of a photo is, where that can be told."""
    return _likeliest(_told(region.readings, "kind"), _KIND_FROM)


@cache
def _cloth() -> frozenset[str]:
    """Kinds that are cut of cloth, and so have a pattern that is worth a word."""
    text = files("data").joinpath("vocabulary", "cloth.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["kinds"])


def _measured(sight: Sight) -> Mapping[str, float]:
    """The shares of colours in the pixels of what is asked about."""
    box = None
    if len(sight.regions) == 1:
        left, top, right, bottom = sight.photo.frame
        width, height = right - left, bottom - top
        shares = sight.regions[0].box
        box = (
            left + shares[0] * width,
            top + shares[1] * height,
            left + shares[2] * width,
            top + shares[3] * height,
        )
    return colour_shares(sight.photo.pixels, box)


def _colours(
    read: Mapping[str, float], measured: Mapping[str, float]
) -> tuple[tuple[str, float], ...]:
    """The colours that both the network and the pixels speak for, each with its share.

    The network knows what is garment and what is shade, the pixels how much there is of each.
    """
    spoken_for = {
        word: (read.get(word, 0.0) + _UNREAD) * (measured.get(word, 0.0) + _UNMEASURED)
        for word in read.keys() | measured.keys()
    }
    least = _ALSO_FROM * sum(spoken_for.values())
    first = _likeliest(spoken_for, least)
    if first is None or read.get(first, 0.0) + measured.get(first, 0.0) < _COLOUR_FROM:
        return ()
    if not measured.get(first):
        return ((first, 1.0),)
    parts = {word: measured.get(word, 0.0) for word in spoken_for if spoken_for[word] >= least}
    whole = sum(parts.values())
    ordered = sorted(parts, key=lambda word: (word != first, -parts[word]))
    return tuple((word, round(parts[word] / whole, 3)) for word in ordered)


def _in_words(sight: Sight, name: str, heads: Heads | None = None) -> Mapping[str, float]:
    """What is read of "kind" and so on, the probabilities of names with one word added up."""
    if heads and sight.fingerprint in {None, heads.fingerprint}:
        own = heads.read(name, sight.embedding)
        if own is not None:
            return own
    return _told(sight.readings, name)


def _occasions(read: Readings) -> Mapping[str, float]:
    return {name.lower(): share for name, share in read.get("usage", {}).items()}


def _told(readings: Readings, name: str) -> Mapping[str, float]:
    known: dict[str, float] = {}
    for shops_name, share in readings.get(name, {}).items():
        if word := _word(name, shops_name):
            known[word] = known.get(word, 0.0) + share
    return known


@cache
def _word(name: str, shops_name: str) -> str | None:
    return WORDS[name](shops_name)


def _likeliest(likely: Mapping[str, float], least: float) -> str | None:
    best = max(likely, key=likely.__getitem__, default=None)
    return best if best is not None and likely[best] >= least else None


@dataclass(frozen=True, slots=True)
class _Classes:
    """ImageNet's classes by name; which are worn, float64[kinds, 1000] of 0 and 1, as what."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    worn: NDArray[np.float64]
    resembling: NDArray[np.float64]


@cache
def _classes() -> _Classes:
    text = files("data").joinpath("vocabulary", "imagenet.toml").read_text("utf-8")
    table = tomllib.loads(text)
    names = np.array(imagenet_classes())

    def among(some: Iterable[str]) -> NDArray[np.float64]:
        return np.isin(names, list(some)).astype(np.float64)

    return _Classes(
        names=tuple(table["said"].get(name, name) for name in imagenet_classes()),
        kinds=tuple(table["worn"]),
        worn=np.stack([among(some) for some in table["worn"].values()]),
        resembling=among(table["resembling"]["classes"]),
    )


def _fashion(likely: NDArray[np.float64], matches: Sequence[Match]) -> float:
    classes = _classes()
    score = max((match.score for match in matches), default=0.0)
    mass = float((classes.worn @ likely).sum() + _RESEMBLING * classes.resembling @ likely)
    mass = min(max(mass, 1e-6), 1 - 1e-6)
    evidence = _STEEPNESS * (math.log(mass / (1 - mass)) - _MIDDLE)
    # Shops also sell what ImageNet does not know as worn: near such a product it counts as such.
    evidence += min(max(_KNOWN_GAIN * (score - _KNOWN_FROM), 0), _KNOWN_MOST)
    return 1 / (1 + math.exp(-evidence))


def _votes(matches: Sequence[Match]) -> list[tuple[Match, float]]:
    nearest = sorted(matches, key=lambda match: -match.score)[:_VOTERS]
    weights = [np.exp((match.score - nearest[0].score) / _VOTE_SCALE) for match in nearest]
    return [(match, float(weight)) for match, weight in zip(nearest, weights, strict=True)]


def _kind(likely: NDArray[np.float64], votes: list[tuple[Match, float]]) -> str | None:
    total = sum(weight for _, weight in votes)
    classes = _classes()
    shares = dict(zip(classes.kinds, (_HINT * (classes.worn @ likely)).tolist(), strict=True))
    for match, weight in votes:
        if kind := match.product.kind:
            shares[kind] = shares.get(kind, 0.0) + weight / total
    best = max(shares, key=lambda kind: shares[kind])
    return best if shares[best] >= _KIND_FROM else None


def _gender(votes: list[tuple[Match, float]]) -> Gender | None:
    shares: dict[Gender, float] = {}
    for match, weight in votes:
        if gender := match.product.gender:
            shares[gender] = shares.get(gender, 0.0) + weight
    if not shares:
        return None
    best = max(shares, key=lambda gender: shares[gender])
    return best if shares[best] >= _GENDER_FROM * sum(shares.values()) else None


def _likely(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    """Of each of ImageNet's classes how likely it is."""
    softened = logits.astype(np.float64) / _TEMPERATURE
    powers = np.exp(softened - softened.max())
    likely: NDArray[np.float64] = powers / powers.sum()
    return likely
