"""How well things that go together are told, on things never seen in training.

Beside what is judged stand three that know less: how often each thing is worn, which colours are
worn together, and how alike things look.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.compatibility import Codes, Compatibility
from core.heads import in_words
from core.informed import informed
from core.training.figures import Figure, area_under, mean, without_empty
from core.training.outfits import Outfits
from core.vision.eye import Eye

Floats = NDArray[np.float32]
Rows = Sequence[int]
Scores = Callable[[Rows, Rows], NDArray[np.floating]]
"""How well each of some things goes with others, which are worn together."""

_OTHERS = 3
_DRAWS = 3  # of each set, so that its figure depends less on chance


class Question(NamedTuple):
    """Of a look: the things that are left, and what may be missing: the right one, three others."""

    left: tuple[int, ...]
    choice: tuple[int, ...]


def questions(
    outfits: Outfits,
    families: Sequence[str],
    held: NDArray[np.bool_],
    *,
    others: NDArray[np.bool_],
) -> list[Question]:
    """One for each thing of each look that is ``held`` out of the training, bool[n].

    The wrong answers are of the same family and not of the look, of ``others``, bool[n], and drawn
    the same each time.
    """
    rng = np.random.default_rng(0)
    among = _by_family(families, others)
    asked = []
    for look in outfits.looks:
        for thing in look:
            wrong = np.setdiff1d(among[families[thing]], look)
            if held[thing] and len(wrong) >= _OTHERS:
                drawn = rng.choice(wrong, _OTHERS, replace=False).tolist()
                left = tuple(other for other in look if other != thing)
                asked.append(Question(left, (thing, *drawn)))
    return asked


def filled(asked: Sequence[Question], scores: Scores, *, alike: bool = False) -> Figure:
    """How often the right one is the best; chance decides between equals.

    The interval goes by the things that were held out, as some are asked for many times; with
    ``alike`` each counts once, however often.
    """
    right = []
    for question in asked:
        first, *others = scores(question.left, question.choice)
        beaten = all(first >= other for other in others)
        right.append(beaten / (1 + sum(first == other for other in others)))
    _, things = np.unique([question.choice[0] for question in asked], return_inverse=True)
    values, counts = np.array(right), np.bincount(things)
    if alike:
        return mean(np.bincount(things, values) / counts)
    if not asked:
        return mean([])
    off = np.bincount(things, values - values.mean())
    margin = 1.96 * float(np.sqrt((off**2).sum())) / len(values)
    return Figure(float(values.mean()), len(values), margin)


@dataclass(frozen=True, slots=True)
class Sets:
    """Things worn together, and others drawn in their places from the same families."""

    real: Sequence[Rows]
    drawn: Sequence[Rows]


def sets(
    outfits: Outfits,
    families: Sequence[str],
    held: NDArray[np.bool_],
    *,
    least: int,
    whole: bool = False,
) -> Sets:
    """Of each look that has ``least`` things or more held out of the training those, or the whole.

    Things that are held out are drawn among such. In a whole look others are drawn in the place of
    others, each as often as it is worn, so that how often says nothing.
    """
    rng = np.random.default_rng(0)
    unseen = _by_family(families, held)
    worn = np.concatenate([*map(np.array, outfits.looks)])
    seen = {family: worn[~held[worn] & (np.array(families)[worn] == family)] for family in unseen}
    real: list[Rows] = []
    drawn: list[Rows] = []
    for look in outfits.looks:
        if held[list(look)].sum() < least:
            continue
        things = [thing for thing in look if whole or held[thing]]
        for _ in range(_DRAWS):
            others: list[int] = []
            for thing in things:
                among = (unseen if held[thing] else seen)[families[thing]]
                left = among[~np.isin(among, [*things, *others])]
                others += [int(rng.choice(left))] if len(left) else []
            if len(others) == len(things):
                drawn.append(others)
        real.append(things)
    return Sets(real, drawn)


def told_apart(both: Sets, scores: Scores, held: NDArray[np.bool_]) -> Figure:
    """The area under the curve of real sets against drawn ones.

    The score of a set is how well each thing in it that is ``held`` out goes with the rest, on
    average.
    """

    def of(things: Rows) -> float:
        each = [
            scores([other for other in things if other != thing], [thing])[0]
            for thing in things
            if held[thing]
        ]
        return float(np.mean(each))

    real, drawn = (np.array([of(things) for things in some]) for some in (both.real, both.drawn))
    return area_under(real, drawn)


def how_often(outfits: Outfits, learned: NDArray[np.bool_]) -> Scores:
    """By how many looks each thing is in, of those that may be ``learned`` from, bool[n]."""
    counts = np.zeros(len(outfits.items))
    for look in outfits.looks:
        counts[list(look)] += 1
    counts *= learned
    return lambda _left, choice: counts[list(choice)]


def by_colours(outfits: Outfits, colours: NDArray[np.intp], learned: NDArray[np.bool_]) -> Scores:
    """By how much more often than by chance the colours, int[n], are worn together."""
    size = int(colours.max()) + 1
    counts = np.ones((size, size))
    for look in outfits.looks:
        some = colours[[thing for thing in look if learned[thing]]]
        pairs = np.add.outer(some * size, some).ravel()
        counts += np.bincount(pairs, minlength=size * size).reshape(size, size)
        np.subtract.at(counts, (some, some), 1)  # a thing is not worn with itself
    chance = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    odds = np.log(counts / chance)
    return lambda left, choice: odds[np.ix_(colours[list(left)], colours[list(choice)])].mean(
        axis=0
    )


def _by_family(families: Sequence[str], among: NDArray[np.bool_]) -> dict[str, NDArray[np.intp]]:
    return {
        family: np.flatnonzero(among & (np.array(families) == family)) for family in set(families)
    }


def judge_outfits(
    outfits: Outfits,
    embeddings: Floats,
    *,
    eye: Eye,
    model: Compatibility,
    families: Sequence[str],
    held: NDArray[np.bool_],
) -> dict[str, dict[str, Figure]]:
    """Every figure, by what tells things apart; ``held`` bool[n] are out of the training.

    ``embeddings`` float32[n, d] are of the photos alone.
    """
    said = [item.said for item in outfits.items]
    worn = np.isin(np.arange(len(embeddings)), np.concatenate([*map(np.array, outfits.looks)]))
    words = in_words(eye, "colour", embeddings)
    colours = np.stack(list(words.values())).argmax(axis=0)
    columns = {
        "how often worn": how_often(outfits, ~held),
        "colours worn together": by_colours(outfits, colours, ~held),
        "cosine": by_codes(Codes(embeddings, np.zeros(len(embeddings), np.float32))),
        "Twinset": by_codes(model.see(embeddings)),
        "with what the shop says": by_codes(model.see(informed(eye, embeddings, said))),
    }
    asked = questions(outfits, families, held, others=held & worn)
    known = questions(outfits, families, held, others=~held & worn)
    apart = {
        "outfits: whole ones, together or not": sets(
            outfits, families, held & worn, least=1, whole=True
        ),
        "outfits: of two or more never seen": sets(outfits, families, held & worn, least=2),
        "outfits: of three or more never seen": sets(outfits, families, held & worn, least=3),
    }
    return {
        column: without_empty(
            {
                "outfits: the right one of four": filled(asked, scores),
                "outfits: the same, each thing alike": filled(asked, scores, alike=True),
                "outfits: the same, the others seen in training": filled(known, scores),
                **{name: told_apart(both, scores, held) for name, both in apart.items()},
            }
        )
        for column, scores in columns.items()
    }


def by_codes(codes: Codes) -> Scores:
    """By what was learned."""

    def scores(left: Rows, choice: Rows) -> Floats:
        return codes.of(list(choice)).beside(codes.vectors[list(left)].mean(axis=0))

    return scores
