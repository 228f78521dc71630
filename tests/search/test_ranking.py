"""Who is ranked for how can be told from who it is, and from nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from core.ranking import Experiment, Ranking, Rankings
from core.storage.signals import Owner

A, B = Ranking(), Ranking(news=0.06)
TRIED = Experiment(
    name="fresher", setting="news", a=A, b=B, first=date(2026, 3, 2), last=date(2026, 3, 8)
)
BEGINS = datetime(2026, 3, 2, tzinfo=UTC)
PEOPLE = [Owner(f"{number}") for number in range(1_000)]


def half(experiment: Experiment, platform: str = "web") -> list[bool]:
    return [experiment.has_b(platform, one) for one in PEOPLE]


def test_about_half_of_the_people_are_in_each_half() -> None:
    assert 450 < sum(half(TRIED)) < 550


def test_the_halves_are_known_for_good() -> None:
    """Another worker, or another version, that drew anew would mix what is compared."""
    assert half(TRIED)[:12] == [one == "b" for one in "bbbabbaaabab"]


def test_another_experiment_draws_other_halves() -> None:
    other = half(replace(TRIED, name="newer"))
    moved = sum(one is not there for one, there in zip(half(TRIED), other, strict=True))
    assert 450 < moved < 550


def test_a_group_is_one_person_and_each_platform_has_its_own() -> None:
    groups = {TRIED.has_b("web", Owner("", f"{number}")) for number in range(20)}
    assert groups == {True, False}
    assert half(TRIED, "telegram") != half(TRIED)


def test_halves_differ_from_the_first_moment_to_the_last_and_never_else() -> None:
    rankings = Rankings(usual=A, experiment=TRIED)
    in_b = next(one for one in PEOPLE if TRIED.has_b("web", one))
    in_a = next(one for one in PEOPLE if not TRIED.has_b("web", one))
    ends = BEGINS + timedelta(days=7)
    moment = timedelta(seconds=1)
    at = (BEGINS - moment, BEGINS, ends - moment, ends)
    assert [rankings.of("web", in_b, when) for when in at] == [A, B, B, A]
    assert [rankings.of("web", in_a, when) for when in at] == [A] * 4
    assert Rankings(usual=B).of("web", in_a, BEGINS) == B
