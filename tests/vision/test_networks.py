"""The eye of an index is kept with it, so that its network can be made once more."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.vision.backbone import fingerprint
from core.vision.eye import Eye
from core.vision.features import Network
from core.vision.networks import KeptEyes
from core.vision.tensors import IMAGENET_DIGEST
from tests.support.colour_backbone import ColourBackbone
from tests.vision.test_eye import eye


def described(file: Path, *, weights: str = IMAGENET_DIGEST) -> Network:
    """As ``resnet50_network``, with a small network."""
    read = Eye.read_file(file)
    return Network(fingerprint(weights, read), read, ColourBackbone)


def another() -> Eye:
    made = eye()
    return made.but(
        spaces={name: replace(space, weight=0.1) for name, space in made.spaces.items()}
    )


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    file = tmp_path / "shipped.npz"
    eye().write(file)
    return file


@pytest.fixture
def networks(tmp_path: Path, shipped: Path) -> KeptEyes:
    return KeptEyes(tmp_path / "eyes", described, shipped=shipped)


def test_the_network_that_was_kept_can_be_had_after_an_update(
    networks: KeptEyes, shipped: Path
) -> None:
    before = networks.shipped()
    networks.keep(before.fingerprint, before.eye)
    another().write(shipped)
    assert networks.shipped().fingerprint != before.fingerprint
    load = networks.kept(before.fingerprint)
    assert load is not None
    assert isinstance(load(), ColourBackbone)


def test_only_one_is_kept_and_it_is_the_one_that_was_in_use(
    networks: KeptEyes, shipped: Path, tmp_path: Path
) -> None:
    before = networks.shipped()
    another().write(shipped)  # an update of the files under a process that goes on
    networks.keep(before.fingerprint, before.eye)
    assert networks.kept(before.fingerprint)
    after = networks.shipped()
    networks.keep(after.fingerprint, after.eye)
    assert networks.kept(after.fingerprint)
    assert networks.kept(before.fingerprint) is None
    assert len(list((tmp_path / "eyes").iterdir())) == 1


def test_what_is_kept_already_is_not_written_again(networks: KeptEyes, tmp_path: Path) -> None:
    network = networks.shipped()
    networks.keep(network.fingerprint, network.eye)
    [file] = (tmp_path / "eyes").iterdir()
    written_at = file.stat().st_mtime_ns
    networks.keep(network.fingerprint, network.eye)
    assert file.stat().st_mtime_ns == written_at


def test_a_damaged_eye_and_none_at_all_are_not_to_be_had(
    networks: KeptEyes, tmp_path: Path
) -> None:
    assert networks.kept("nowhere") is None
    network = networks.shipped()
    networks.keep(network.fingerprint, network.eye)
    [file] = (tmp_path / "eyes").iterdir()
    file.write_bytes(file.read_bytes()[:1000])
    assert networks.kept(network.fingerprint) is None


def test_an_eye_whose_network_is_another_by_now_is_not_to_be_had(
    networks: KeptEyes, tmp_path: Path, shipped: Path
) -> None:
    network = networks.shipped()
    networks.keep(network.fingerprint, network.eye)
    later = KeptEyes(
        tmp_path / "eyes", lambda file: described(file, weights="others"), shipped=shipped
    )
    assert later.kept(network.fingerprint) is None


def test_a_disk_that_does_not_take_it_is_a_warning(
    shipped: Path, caplog: pytest.LogCaptureFixture
) -> None:
    networks = KeptEyes(shipped / "no folder", described, shipped=shipped)
    network = networks.shipped()
    networks.keep(network.fingerprint, network.eye)
    assert "next change of the network" in caplog.text
