"""From a taste to places in the assortment: near it, fresh, varied, and now and then a surprise."""

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace

import numpy as np
from numpy.typing import NDArray

from core.assortment import WIDTH, Assortment
from core.index.exact import best
from core.ranking import Ranking
from core.taste import Interest, Taste, Weighed

Floats = NDArray[np.float32]

_NEAR = 300  # of each interest that are looked at closely
_DRAWN = 40  # of these
_OF_A_KIND = 2
# What speaks for a product besides, as cosine:
_BRAND = 0.03
_SHOP = 0.01
_PRICE = 0.05  # against it, for each time that it costs e times more or less than what is liked
_PRICED = 3  # so many prices tell that
_AGAINST, _HARM = 0.6, 0.5  # the cosine from which it suffers from what is not liked, and how much
_LOUD, _LOUDEST = 0.3, 4  # so few, of that weight, are heard throughout the catalogue
_JITTER = 0.005  # days differ


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of the assortment, the interest that it is for, and how near to it (a cosine).

    A ``surprise`` is a little off it.
    """

    place: int
    interest: Interest
    nearness: float
    surprise: bool = False


def choose(
    assortment: Assortment,
    taste: Taste,
    nearness: Floats,
    *,
    ranking: Ranking,
    without: Collection[int],
    inside: NDArray[np.bool_] | None,
    dice: random.Random,
    k: int,
) -> list[Choice]:
    """At most ``k``, from ``nearness`` float32[interests, n]: cosines of rows and centres.

    Only rows ``inside`` bool[n], where that is given.

    Each interest has its share of the places, over the days small ones too. None of the products
    ``without``, no picture twice, and two of a kind at most where there is a choice and not much
    of what is liked is of that kind.
    """
    places_of = assortment.place_of
    common = assortment.appeal - _harm(assortment.vectors, _loud(taste))
    common[assortment.fresh] += ranking.news
    common[[places_of[number] for number in without if number in places_of]] = -np.inf
    if inside is not None:
        common[~inside] = -np.inf
    noise = np.random.default_rng(dice.getrandbits(32))
    besides = _besides(assortment, taste)
    lists = [
        _near(assortment, interest, cosines, common, besides=besides, noise=noise)
        for interest, cosines in zip(taste.interests, nearness, strict=True)
    ]
    shares = [interest.share for interest in taste.interests]
    turns = _in_turn([some[:_DRAWN] for some in lists], shares, dice)
    chosen = [
        Choice(place, taste.interests[which], float(nearness[which, place]))
        for which, place in _varied(assortment, taste, turns, k)
    ]
    are_more = any(len(some) > _DRAWN for some in lists)
    if len(chosen) == k and are_more and dice.random() < ranking.surprises:
        farther = [(n, place) for n, some in enumerate(lists) for place in some[_DRAWN:]]
        shown = {int(assortment.pictures[choice.place]) for choice in chosen}
        which, place = dice.choice(farther)
        if int(assortment.pictures[place]) not in shown:
            near = float(nearness[which, place])
            chosen[-1] = Choice(place, taste.interests[which], near, surprise=True)
    return chosen


def _near(
    assortment: Assortment,
    interest: Interest,
    cosines: Floats,
    common: Floats,
    *,
    besides: Callable[[NDArray[np.intp], Floats], Floats],
    noise: np.random.Generator,
) -> list[int]:
    """The places nearest to the signals of an interest, not only to their middle, best first."""
    rough = cosines + common
    places = best(rough, _NEAR)
    places = places[np.isfinite(rough[places])]
    if not len(places):
        return []
    liked = np.stack([one.embedding for one in interest.made_by])
    weights = np.array([one.weight for one in interest.made_by], np.float32)
    vectors = assortment.vectors[places]
    near = np.exp((vectors @ liked.T - 1) / WIDTH) @ weights
    scores = WIDTH * np.log(np.maximum(near, 1e-30)) + common[places]
    scores += _price(assortment, interest, places)
    scores += besides(places, vectors)
    scores += _JITTER * noise.standard_normal(len(places))
    ranked: list[int] = places[np.argsort(-scores, kind="stable")].tolist()
    return ranked


def _besides(assortment: Assortment, taste: Taste) -> Callable[[NDArray[np.intp], Floats], Floats]:
    """What brands and shops liked, and the quieter dislikes, make of the rows at some places.

    It is asked with the places and the vectors there.
    """
    brands = np.float32(_BRAND) * _shares(assortment.brands, assortment, taste)
    shops = np.float32(_SHOP) * _shares(assortment.shops, assortment, taste)
    quiet = taste.against[len(_loud(taste)) :]

    def besides(places: NDArray[np.intp], vectors: Floats) -> Floats:
        worth: Floats = brands[assortment.brands[places]] + shops[assortment.shops[places]]
        return worth - _harm(vectors, quiet)

    return besides


def _loud(taste: Taste) -> Sequence[Weighed]:
    return [one for one in taste.against[:_LOUDEST] if one.weight >= _LOUD]


def _harm(vectors: Floats, against: Sequence[Weighed]) -> Floats:
    """What speaks against each of float32[n, d]: how like it is to what is not liked."""
    if not against:
        return np.zeros(len(vectors), np.float32)
    disliked = np.stack([one.embedding for one in against])
    weights = np.array([min(one.weight, 1.0) for one in against], np.float32)
    near = np.maximum(disliked @ vectors.T - np.float32(_AGAINST), 0)
    harm: Floats = np.float32(_HARM) * (weights @ near)
    return harm


def _shares(codes: NDArray[np.int32], assortment: Assortment, taste: Taste) -> Floats:
    """By code how much of what is liked has it; the last, which is that of -1, is 0."""
    shares = np.zeros(int(codes.max(initial=-1)) + 2, np.float32)
    for interest in taste.interests:
        total = sum(one.weight for one in interest.made_by)
        for one in interest.made_by:
            place = assortment.place_of.get(one.signal.product_id or -1)
            if place is not None:
                shares[codes[place]] += interest.share * one.weight / total
    shares[-1] = 0
    return shares


def _price(assortment: Assortment, interest: Interest, places: NDArray[np.intp]) -> Floats:
    """What speaks against the prices there; 0 where nothing is known."""
    nothing: Floats = np.zeros(len(places), np.float32)
    liked = [assortment.place_of.get(one.signal.product_id or -1) for one in interest.made_by]
    known = np.array([place for place in liked if place is not None], np.intp)
    known = known[assortment.prices[known] > 0]
    if len(known) < _PRICED:
        return nothing
    currency = Counter(assortment.currencies[known].tolist()).most_common(1)[0][0]
    paid = np.log(assortment.prices[known[assortment.currencies[known] == currency]])
    comparable = (assortment.currencies[places] == currency) & (assortment.prices[places] > 0)
    prices = np.log(assortment.prices[places[comparable]])
    off = np.maximum(np.maximum(prices - paid.max(), paid.min() - prices), 0)
    nothing[comparable] = -_PRICE * off
    return nothing


def _in_turn(
    lists: Sequence[Sequence[int]], shares: Sequence[float], dice: random.Random
) -> Iterator[tuple[int, int]]:
    """Interest and place, each interest as often as its share says.

    How soon the first turn of each comes is drawn, so that all have their day.
    """
    due = [((1 - dice.random()) / share, which) for which, share in enumerate(shares)]
    heapify(due)
    left = [iter(some) for some in lists]
    while due:
        at, which = due[0]
        place = next(left[which], None)
        if place is None:
            heappop(due)
        else:
            heapreplace(due, (at + 1 / shares[which], which))
            yield which, place


def _varied(
    assortment: Assortment, taste: Taste, turns: Iterable[tuple[int, int]], k: int
) -> list[tuple[int, int]]:
    """The first ``k`` of those turns without a picture twice; kinds that were enough come last."""
    liked: Counter[int] = Counter()
    for interest in taste.interests:
        for one in interest.made_by:
            place = assortment.place_of.get(one.signal.product_id or -1)
            if place is not None:
                liked[int(assortment.kinds[place])] += 1
    in_all = max(liked.total(), 1)
    allowed = {
        kind: max(_OF_A_KIND, min(count // 2, round(k * count / in_all)))
        for kind, count in liked.items()
    }
    chosen: list[tuple[int, int]] = []
    waiting: list[tuple[int, int]] = []
    kinds: Counter[int] = Counter()
    seen: set[int] = set()
    for turn in turns:
        kind, picture = int(assortment.kinds[turn[1]]), int(assortment.pictures[turn[1]])
        if picture in seen:
            continue
        seen.add(picture)
        if kind < 0 or kinds[kind] < allowed.get(kind, _OF_A_KIND):
            kinds[kind] += 1
            chosen.append(turn)
            if len(chosen) == k:
                return chosen
        else:
            waiting.append(turn)
    return [*chosen, *waiting][:k]
