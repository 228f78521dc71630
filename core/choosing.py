"""From a taste to places in the assortment: near it, fresh, varied, and now and then a surprise."""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.assortment import WIDTH, Assortment
from core.index.exact import best
from core.taste import Interest, Taste, Weighed

Floats = NDArray[np.float32]

_NEAR = 300  # of each interest that are looked at closely
_DRAWN = 40  # of these
_LIFT = 0.5  # how far what many products look like is left for what few do
_OF_A_KIND = 2
# What speaks for a product besides, as cosine:
_FRESH = 0.03
_BRAND = 0.03
_SHOP = 0.01
_PRICE = 0.05  # against it, for each time that it costs e times more or less than what is liked
_PRICED = 3  # so many prices tell that
_AGAINST, _HARM = 0.6, 0.5  # the cosine from which it suffers from what is not liked, and how much
_LOUDEST = 4  # of what is not liked is heard throughout the catalogue, the rest close by
_JITTER = 0.005  # days differ
_SURPRISES = 0.3  # of the days have one


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
    without: Collection[int],
    dice: random.Random,
    k: int,
) -> list[Choice]:
    """At most ``k``, from ``nearness`` float32[interests, n]: cosines of rows and centres.

    Each interest has its share of the places, over the days small ones too. None of the products
    ``without``, no picture twice, and two of a kind at most where there is a choice and not much
    of what is liked is of that kind.
    """
    wanted = assortment.can_be_had.copy()
    places_of = assortment.place_of
    wanted[[places_of[number] for number in without if number in places_of]] = False
    common = _common(assortment, taste) - np.float32(_LIFT * WIDTH) * assortment.commonness
    common[~wanted] = -np.inf
    noise = np.random.default_rng(dice.getrandbits(32))
    quiet = taste.against[_LOUDEST:]
    lists = [
        _near(assortment, interest, cosines, common, against=quiet, noise=noise)
        for interest, cosines in zip(taste.interests, nearness, strict=True)
    ]
    shares = [interest.share for interest in taste.interests]
    near = [some[:_DRAWN] for some in lists]
    chosen = _varied(assortment, taste, _in_turn(near, shares, dice), k)
    farther = [choice for some in lists for choice in some[_DRAWN:]]
    if len(chosen) == k and farther and dice.random() < _SURPRISES:
        shown = {int(assortment.pictures[choice.place]) for choice in chosen}
        surprise = replace(dice.choice(farther), surprise=True)
        if int(assortment.pictures[surprise.place]) not in shown:
            chosen[-1] = surprise
    return chosen


def _near(
    assortment: Assortment,
    interest: Interest,
    cosines: Floats,
    common: Floats,
    *,
    against: Sequence[Weighed],
    noise: np.random.Generator,
) -> list[Choice]:
    """What is nearest to the signals of an interest, not only to their middle, best first."""
    rough = cosines + common
    places = best(rough, _NEAR)
    places = places[np.isfinite(rough[places])]
    if not len(places):
        return []
    liked = np.stack([one.embedding for one in interest.made_by])
    weights = np.array([one.weight for one in interest.made_by], np.float32)
    near = np.exp((assortment.vectors[places] @ liked.T - 1) / WIDTH) @ weights
    scores = WIDTH * np.log(np.maximum(near, 1e-30)) + common[places]
    scores += _price(assortment, interest, places)
    scores -= _harm(assortment.vectors[places], against)
    scores += _JITTER * noise.standard_normal(len(places))
    ranked = places[np.argsort(-scores, kind="stable")]
    return [Choice(int(place), interest, float(cosines[place])) for place in ranked]


def _common(assortment: Assortment, taste: Taste) -> Floats:
    """What speaks for and against each row, whatever the interest; float32[n]."""
    common: Floats = np.float32(_FRESH) * assortment.is_fresh
    for codes, worth in ((assortment.brands, _BRAND), (assortment.shops, _SHOP)):
        common = common + np.float32(worth) * _shares(codes, assortment, taste)
    return common - _harm(assortment.vectors, taste.against[:_LOUDEST])


def _harm(vectors: Floats, against: Sequence[Weighed]) -> Floats:
    """What speaks against each of float32[n, d]: how like it is to what is not liked."""
    if not against:
        return np.zeros(len(vectors), np.float32)
    disliked = np.stack([one.embedding for one in against])
    weights = np.array([min(one.weight, 1.0) for one in against], np.float32)
    near = np.maximum(vectors @ disliked.T - np.float32(_AGAINST), 0)
    harm: Floats = np.float32(_HARM) * (near @ weights)
    return harm


def _shares(codes: NDArray[np.int32], assortment: Assortment, taste: Taste) -> Floats:
    """Of each row how much of what is liked has the same code."""
    shares = np.zeros(int(codes.max(initial=-1)) + 2, np.float32)  # the last is that of -1
    for interest in taste.interests:
        total = sum(one.weight for one in interest.made_by)
        for one in interest.made_by:
            place = assortment.place_of.get(one.signal.product_id or -1)
            if place is not None:
                shares[codes[place]] += interest.share * one.weight / total
    shares[-1] = 0
    return shares[codes]


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
    lists: Sequence[Sequence[Choice]], shares: Sequence[float], dice: random.Random
) -> Iterator[Choice]:
    """Each interest as often as its share says; who begins is drawn, so that all have their day."""
    due = [dice.random() * share for share in shares]
    left = [iter(some) for some in lists]
    for _ in range(sum(map(len, lists))):
        due = [so_far + share for so_far, share in zip(due, shares, strict=True)]
        while (which := max(range(len(due)), key=due.__getitem__, default=None)) is not None:
            choice = next(left[which], None)
            if choice is not None:
                due[which] -= 1
                yield choice
                break
            due[which] = -np.inf
            if max(due) == -np.inf:
                return


def _varied(
    assortment: Assortment, taste: Taste, candidates: Iterable[Choice], k: int
) -> list[Choice]:
    liked: Counter[int] = Counter()
    for interest in taste.interests:
        for one in interest.made_by:
            place = assortment.place_of.get(one.signal.product_id or -1)
            if place is not None:
                liked[int(assortment.kinds[place])] += 1
    chosen: list[Choice] = []
    waiting: list[Choice] = []
    kinds: Counter[int] = Counter()
    seen: set[int] = set()
    for choice in candidates:
        kind = int(assortment.kinds[choice.place])
        picture = int(assortment.pictures[choice.place])
        if picture in seen:
            continue
        seen.add(picture)
        of_kind = min(liked[kind] // 2, round(k * liked[kind] / max(sum(liked.values()), 1)))
        if kind < 0 or kinds[kind] < max(_OF_A_KIND, of_kind):
            kinds[kind] += 1
            chosen.append(choice)
            if len(chosen) == k:
                return chosen
        else:
            waiting.append(choice)
    return [*chosen, *waiting][:k]
