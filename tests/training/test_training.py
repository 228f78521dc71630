"""Training: what it is asked, that it learns, and that a killed run ends as a straight one."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.errors import ConfigurationError
from core.photos import open_photo
from core.training.aims import Aims
from core.training.calibration import (
    calibrated,
    confidence,
    weighed,
    with_agreement,
    with_fashion,
    with_style,
)
from core.training.drawing import Views
from core.training.labels import Labelled, Part, Photos
from core.training.opened import open_all
from core.training.plain import Plain
from core.vision.eye import FEATURES, STAGES, Eye, Reading, Space
from core.vision.tensors import SHAPES

KINDS = ("Shirts", "Dresses", "Caps")


def labelled(count: int, *, own_every: int = 4) -> list[Labelled]:
    return [
        Labelled(
            path=Path(f"{number}.jpg"),
            source=f"thing {number}",
            kinds=frozenset({KINDS[number % 3]}),
            own=number % own_every == 0,
            large=True,
            gender=("Men", "Women")[number % 2],
            shade=("Red", "Blue")[number // 2 % 2] if number % own_every else "",
            garment=KINDS[number % 3] if number % own_every == 0 else "",
        )
        for number in range(count)
    ]


def painted(folder: Path, labels: list[Labelled]) -> list[Labelled]:
    """The same with pictures: each kind has a shape of its own, and all else is noise."""
    rng = np.random.default_rng(0)
    some = []
    for photo in labels:
        pixels = rng.integers(100, 255, (60, 60, 3)).astype(np.uint8)
        kind = KINDS.index(min(photo.kinds))
        pixels[20 * kind : 20 * kind + 20] //= 5
        Image.fromarray(pixels).save(folder / photo.path.with_suffix(".png").name)
        some.append(replace(photo, path=folder / photo.path.with_suffix(".png").name))
    return some


def plain(labels: list[Labelled]) -> Plain:
    rng = np.random.default_rng(2)
    return Plain(
        pooled=rng.random((len(labels), 2048)).astype(np.float16),
        logits=rng.random((len(labels), 1000)).astype(np.float16),
    )


def views_of(labels: list[Labelled], folder: Path) -> Views:
    own = np.array([photo.own for photo in labels])
    opened = open_all(labels, cache_dir=folder)
    return Views(opened, own=own, grounds=np.flatnonzero(own).tolist())


def tensors() -> dict[str, np.ndarray]:
    """As an untrained network has them."""
    rng = np.random.default_rng(1)
    made = {}
    for name, shape in SHAPES.items():
        if name.endswith("kernel"):
            spread = np.sqrt(2 / np.prod(shape[:-1])) * (0.2 if "_3_" in name else 1)
            made[name] = rng.normal(0, spread, shape).astype(np.float32)
        else:
            ones = name.endswith(("gamma", "moving_variance"))
            made[name] = np.full(shape, float(ones), np.float32)
    return made


def test_names_are_those_that_are_learned_from_and_more_than_once() -> None:
    labels = labelled(60)
    aims = Aims(labels)
    assert aims.names["kind"] == ("Caps", "Dresses", "Shirts")
    assert aims.names["gender"] == ("Men", "Women")
    assert "pattern" not in aims.names  # nobody knows any


def test_what_is_not_known_of_a_view_is_not_asked() -> None:
    labels = labelled(60)
    aims = Aims(labels)
    wanted = aims.of(np.array([0, 2]))  # an own photo, and a product
    assert wanted["colour"].sum(axis=1).tolist() == [0, 1]
    assert wanted["garment"].sum(axis=1).tolist() == [1, 0]
    assert wanted["kind"].sum(axis=1).tolist() == [1, 1]


def test_a_colour_of_which_the_family_alone_is_known_may_be_any_of_it() -> None:
    labels = labelled(60)
    labels[2] = replace(labels[2], shade="", shades=frozenset({"Red", "Blue", "Teal"}))
    aims = Aims(labels)
    assert aims.of(np.array([2]))["colour"].tolist() == [[1, 1]]  # nobody else is teal


def test_a_batch_has_each_thing_twice_and_only_what_is_for_learning() -> None:
    labels = labelled(60)
    labels += [replace(photo, path=Path(f"large {photo.path}")) for photo in labels[1:4]]
    numbers = Aims(labels).draw(np.random.default_rng(3), 32, own_share=0.25)
    first, second = ([labels[n] for n in some] for some in (numbers[:32], numbers[32:]))
    assert [photo.source for photo in first] == [photo.source for photo in second]
    assert all(photo.part is Part.LEARNING for photo in first)
    assert sum(photo.own for photo in first) == 8


def test_a_seed_draws_the_same_views_and_another_one_others(tmp_path: Path) -> None:
    labels = painted(tmp_path, labelled(20))
    numbers = np.arange(20)
    with views_of(labels, tmp_path) as views:
        first, again, other = (
            views.draw(numbers, seed=seed, side_px=96)() for seed in ((1, 2), (1, 2), (1, 3))
        )
        seen = views.plain(numbers[:1])[0]
    assert (first.shape, first.dtype) == ((20, 96, 96, 3), np.uint8)
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
    np.testing.assert_array_equal(seen, open_photo(labels[0].path.read_bytes()).pixels)


def test_a_killed_run_ends_as_a_straight_one_and_has_learned(tmp_path: Path) -> None:
    from core.training.pupil import Lesson  # noqa: PLC0415 - imports TensorFlow
    from core.training.trainer import Trainer, TrainOptions  # noqa: PLC0415 - likewise
    from core.vision.tensorflow_runtime import tf  # noqa: PLC0415 - likewise

    labels = painted(tmp_path, labelled(60))
    options = TrainOptions(
        steps=4,
        batch=8,
        small_px=64,
        full_share=0.0,
        lesson=Lesson(dimensions={"kind": 8, "colour": 4, "gender": 2, "cut": 8}),
        seed=3,
    )
    imagenet = tensors()
    views = views_of(labels, tmp_path)

    def trainer(folder: str, start: Eye | None = None, stages: int = 2) -> Trainer:
        return Trainer(
            imagenet,
            views,
            plain(labels),
            Aims(labels),
            options=replace(options, stages=stages),
            folder=tmp_path / folder,
            start=start,
        )

    losses: list[float] = []
    straight = trainer("straight")
    before = learned(straight.eye())
    assert stages_of(straight.eye()) == {"conv4", "conv5"}
    assert stages_of(trainer("deeper", stages=5).eye()) == set(STAGES)
    straight.run(progress=lambda _done, _steps, loss: losses.append(loss["kind"]))
    tf.config.run_functions_eagerly(True)  # twice as quick as building that graph twice more
    try:
        trainer("killed").run(until=2)
        resumed = trainer("killed")
        assert resumed.step == 2
        resumed.run()
    finally:
        tf.config.run_functions_eagerly(False)
    eye = straight.eye()
    after, again = learned(eye), learned(resumed.eye())
    # Not to the last bit: TensorFlow's threads round a few numbers of a step either way.
    assert np.abs(again - after).mean() < 0.03 * np.abs(after - before).mean()
    assert losses[-1] < losses[0]
    features = straight.features(np.arange(5))
    assert features.shape == (5, FEATURES)
    assert eye.see(features)[0].shape == (5, 3 + 2 + 2 + 8)

    # Where the first one ended, as its file has it; what it taught stays, taught again or not.
    further = trainer("further", start=eye, stages=1)
    assert stages_of(further.eye()) == {"conv4", "conv5"}
    np.testing.assert_allclose(steps_of(further.eye()), steps_of(eye), atol=1e-6)
    np.testing.assert_array_equal(further.eye().look["w1"], eye.look["w1"])
    views.__exit__()


def stages_of(eye: Eye) -> set[str]:
    return {name.partition("_")[0].partition("/")[0] for name in eye.trunk}


def learned(eye: Eye) -> np.ndarray:
    parts = [reading.kernel.ravel() for reading in eye.readings.values()]
    return np.concatenate([*parts, steps_of(eye)]).astype(np.float64)


def steps_of(eye: Eye) -> np.ndarray:
    names = [name for name in eye.trunk if not name.endswith("/step")]
    return np.concatenate([(eye.trunk[name] * eye.trunk[f"{name}/step"]).ravel() for name in names])


@pytest.mark.parametrize(("count", "readable"), [(1, 1), (3, 3), (24, 4), (12, 0)])
def test_too_few_photos_that_can_be_read_are_refused_with_how_many_it_takes(
    tmp_path: Path, count: int, readable: int
) -> None:
    from core.training.course import learn  # noqa: PLC0415 - imports TensorFlow
    from core.training.trainer import TrainOptions  # noqa: PLC0415 - likewise

    labels = painted(tmp_path, labelled(count))
    for photo in labels[readable:]:
        photo.path.unlink()
    with pytest.raises(ConfigurationError, match="can be read; at least 6 for learning are needed"):
        learn(
            Photos(labels=labels, flats=[], others=[], worn=[]),
            maps_network=None,
            tensors=tensors(),
            cache_dir=tmp_path,
            folder=tmp_path / "run",
            options=TrainOptions(),
        )


def test_finding_is_not_learned_from_photos_that_cannot_be_read(tmp_path: Path) -> None:
    from core.training.course import learn  # noqa: PLC0415 - imports TensorFlow
    from core.training.trainer import TrainOptions  # noqa: PLC0415 - likewise

    class Nothing:
        batch_sizes, streams = (1,), 1

    with pytest.raises(ConfigurationError, match="No photo to learn finding"):
        learn(
            Photos(labels=labelled(12), flats=[], others=[], worn=[]),
            maps_network=lambda _eye: Nothing(),
            tensors={},
            cache_dir=tmp_path,
            folder=tmp_path / "run",
            options=TrainOptions(steps=0),
            start=an_eye(),
        )


def test_confidence_undoes_too_much_too_little_and_the_drawing_of_the_rare() -> None:
    rng = np.random.default_rng(4)
    scores = rng.normal(0, 2, (4000, 5)).astype(np.float32)
    powers = np.exp(scores)
    likely = powers / powers.sum(axis=1, keepdims=True)
    drawn = (rng.random((4000, 1)) > likely.cumsum(axis=1)).sum(axis=1).clip(0, 4)
    allowed = np.eye(5, dtype=np.float32)[drawn]
    alike, uneven = np.full(5, 100, np.float32), np.array([1000, 1000, 100, 10, 10], np.float32)
    assert confidence(scores, allowed, alike)[0] == pytest.approx(1, rel=0.1)
    assert confidence(3 * scores, allowed, alike)[0] == pytest.approx(3, rel=0.1)
    drawn_rarely = scores - 0.5 * np.log(uneven)
    warmth, shift = confidence(drawn_rarely, allowed, uneven)
    assert warmth == pytest.approx(1, rel=0.1)
    np.testing.assert_allclose(shift - shift[0], 0.5 * np.log(uneven / uneven[0]), atol=0.3)
    assert confidence(scores, 0 * allowed, alike)[0] == 1  # nothing is known


def an_eye(*, spaces: dict[str, Space] | None = None, **readings: Reading) -> Eye:
    return Eye(
        trunk={},
        look={"attention": np.zeros(2049, np.float32)},
        readings=readings,
        spaces=spaces or {},
    )


@pytest.mark.parametrize("directions", [None, np.eye(2, 4, dtype=np.float32)])
def test_calibration_leaves_the_likeliest_name_where_it_was(directions: np.ndarray | None) -> None:
    rng = np.random.default_rng(5)
    features = rng.normal(size=(300, FEATURES)).astype(np.float32)
    size = 2 if directions is None else 4
    reading = Reading(
        kernel=rng.normal(size=(FEATURES, size)).astype(np.float32),
        names=("a", "b"),
        directions=directions,
        bias=np.zeros(2, np.float32),
        scale=30,
    )
    before = an_eye(kind=reading)
    allowed = np.eye(2, dtype=np.float32)[rng.integers(0, 2, 300)]
    after = calibrated(before, features, {"kind": allowed}, {"kind": np.full(2, 9, np.float32)})
    sure, unsure = (seen.see(features)[1]["kind"] for seen in (before, after))
    assert unsure.max(axis=1).mean() < sure.max(axis=1).mean()  # the labels are noise
    np.testing.assert_array_equal(sure.argmax(axis=1), unsure.argmax(axis=1))


def test_what_helps_to_find_the_right_ones_weighs_more_than_it_did() -> None:
    labels = labelled(19, own_every=18)[1:]
    rng = np.random.default_rng(6)
    features = rng.normal(size=(18, FEATURES)).astype(np.float32)
    for row, photo in enumerate(labels):
        features[row, :3] = 9 * np.eye(3)[KINDS.index(min(photo.kinds))]
    nothing = np.zeros(3, np.float32)
    knows = Reading(np.eye(FEATURES, 3, dtype=np.float32), nothing, KINDS)
    guesses = Reading(np.eye(FEATURES, 3, k=-9, dtype=np.float32), nothing, ("a", "b", "c"))
    cut = Space(np.eye(FEATURES, 4, k=-20, dtype=np.float32), weight=0.9)
    chosen = weighed(
        an_eye(kind=knows, colour=guesses, spaces={"cut": cut}), features, labels, seed=1
    )
    kind, colour = (chosen.readings[name].weight for name in ("kind", "colour"))
    assert kind > 1.2 * colour
    assert kind**2 + colour**2 + chosen.spaces["cut"].weight ** 2 == pytest.approx(1)


def test_a_cosine_is_worth_as_many_right_matches_as_it_brought() -> None:
    """Caps look like nothing else; shirts and dresses look alike."""
    rng = np.random.default_rng(8)
    labels = [
        Labelled(
            path=Path(f"{number}.jpg"),
            source=f"{number}",
            kinds=frozenset({KINDS[number % 3]}),
            own=number % 2 == 0,
            large=True,
        )
        for number in range(300)
    ]
    features = np.zeros((300, FEATURES), np.float32)
    features[:, 1:9] = rng.normal(0, 0.5, (300, 8))
    features[2::3, 0] = 3
    cut = Space(np.eye(FEATURES, 9, dtype=np.float32), weight=1)
    agreement = with_agreement(an_eye(spaces={"cut": cut}), features, labels).agreement
    assert agreement
    shares = [agreement.at(cosine) for cosine in np.linspace(-1, 1, 50)]
    assert shares == sorted(shares)
    assert shares[0] < 0.75
    assert 0.9 < shares[-1] < 1


def test_style_holds_nothing_of_the_kind_where_the_network_is_less_sure_than_of_what_it_knows() -> (
    None
):
    """Kinds are read for certain off what was learned, and of others in part."""
    rng = np.random.default_rng(8)
    reading = Reading(
        kernel=np.eye(FEATURES, 3, dtype=np.float32),
        names=KINDS,
        bias=np.zeros(3, np.float32),
        weight=1,
    )
    cut = Space(np.roll(np.eye(FEATURES, 6, dtype=np.float32), 3, axis=0), weight=1)
    eye = an_eye(spaces={"cut": cut}, kind=reading)

    def embeddings(*, sure: float) -> tuple[np.ndarray, np.ndarray]:
        kinds = rng.integers(0, 3, 3000)
        features = np.zeros((3000, FEATURES), np.float32)
        features[:, :9] = rng.normal(size=(3000, 9))
        features[np.arange(3000), kinds] += sure
        features[np.arange(3000), 3 + kinds] += 1
        return eye.see(features)[0], kinds

    known, kinds = embeddings(sure=6)
    style = with_style(eye, known, [KINDS[one] for one in kinds]).style_of
    others, kinds = embeddings(sure=2)
    means = np.stack([style(others)[kinds == one].mean(axis=0) for one in range(3)])
    assert np.abs(means - means.mean(axis=0)).max() < 0.05
    assert style(others).std(axis=0).min() > 0.1  # the rest is there


def test_fashion_is_told_from_what_is_none() -> None:
    rng = np.random.default_rng(7)
    clothes, others = (rng.normal(size=(200, FEATURES)).astype(np.float32) for _ in range(2))
    clothes[:, 0] += 6
    seen = with_fashion(an_eye(), clothes, others, own=np.arange(200) < 20)
    fresh = rng.normal(size=(40, FEATURES)).astype(np.float32)
    fresh[:20, 0] += 6
    shares = seen.see(fresh)[1]["fashion"][:, 0]
    assert (shares[:20] > 0.5).mean() > 0.8
    assert (shares[20:] < 0.5).mean() > 0.8
