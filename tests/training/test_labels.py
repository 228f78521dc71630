"""Labels: which photos a folder has, and what is known of each."""

from pathlib import Path

import pytest

from core.errors import ConfigurationError
from core.training.labels import read_flats, read_labels

SHOP = "image,id,gender,articleType,baseColour,image_large\n"
OWN = "image,id,label,kids,sender\n"


def folder(path: Path, shop: str, own: str | None = None) -> Path:
    (path / "shop").mkdir(parents=True)
    (path / "shop" / "labels.csv").write_text(SHOP + shop)
    if own is not None:
        (path / "own").mkdir()
        (path / "own" / "labels.csv").write_text(OWN + own)
    return path


def test_a_product_gives_a_thumbnail_and_where_there_is_one_a_large_photo(tmp_path: Path) -> None:
    shop = "s/1.jpg,1,Men,Shirts,Navy Blue,l/1.jpg\ns/2.jpg,2,Women,Dresses,Odd,\n"
    small, large, other = read_labels(folder(tmp_path, shop))
    assert (small.path, large.path) == (tmp_path / "shop/s/1.jpg", tmp_path / "shop/l/1.jpg")
    assert (small.large, large.large, other.large) == (False, True, False)
    assert small.source == large.source != other.source
    assert (small.kinds, small.gender, small.colour) == ({"Shirts"}, "Men", "blue")
    assert other.colour == "Odd"


def test_own_photos_know_which_kinds_are_right_and_whose_they_are(tmp_path: Path) -> None:
    own = "a.jpg,a,Hoodie,False,s1\nb.jpg,b,Hoodie,True,s1\nc.jpg,c,Not sure,False,s2\n"
    photos = read_labels(folder(tmp_path, "s/1.jpg,1,Men,Shirts,Red,\n", own))
    [hoodie] = [photo for photo in photos if photo.own]
    assert hoodie.kinds == {"Sweatshirts", "Jackets"}
    assert hoodie.source == "sender s1"


def test_another_shops_words_are_translated_and_what_has_none_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "outfits").mkdir()
    (tmp_path / "outfits" / "labels.csv").write_text(
        "image,id,type,colour,sex\n"
        "a.jpg,1-01,Blouse,blue,Female\nb.jpg,1-02,Fragance,red,Female\nc.jpg,2-01,Coat,other,\n"
    )
    blouse, coat = read_flats(tmp_path)
    assert blouse.kinds == {"Tops", "Shirts", "Tunics"}
    assert blouse.shades >= {"Blue", "Navy Blue"}
    assert (blouse.shade, blouse.gender, blouse.own) == ("", "Women", False)
    assert (coat.kinds, coat.shades, coat.gender) == ({"Coats"}, frozenset(), "")
    assert read_flats(tmp_path / "nowhere") == []


def test_a_shops_own_table_needs_a_kind_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text(
        "image,title,kind,colour\na.jpg,Striped shirt,Shirts,Red\nb.jpg,,Hats,\nc.jpg,Vase,,\n"
    )
    shirt, hat = read_labels(tmp_path)
    assert shirt.path == tmp_path / "a.jpg"
    assert (shirt.kinds, shirt.pattern, shirt.colour) == ({"Shirts"}, "striped", "red")
    assert shirt.large
    assert shirt.source != hat.source


def test_a_folder_without_labels_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"labels\.csv cannot be read"):
        read_labels(tmp_path)
    with pytest.raises(ConfigurationError, match="names no photo"):
        read_labels(folder(tmp_path / "empty", ""))
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "labels.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ConfigurationError, match="no column 'image'"):
        read_labels(tmp_path)
