"""What the demo shop sells, and how that moves from day to day."""

from collections import Counter

from data.demo_shop.catalogue import DemoCatalogue
from data.demo_shop.models import load_range


def test_there_are_a_few_hundred_products_with_names_of_their_own(
    catalogue: DemoCatalogue,
) -> None:
    products = catalogue.products
    assert 240 <= len(products) <= 320
    for name in ("sku", "slug", "title"):
        assert len({getattr(product, name) for product in products}) == len(products)


def test_no_two_products_of_the_whole_season_share_a_title_or_a_number() -> None:
    products = DemoCatalogue(day=60).products
    assert len(products) == sum(len(model.variants) for model in load_range())
    for name in ("sku", "slug", "title"):
        counts = Counter(getattr(product, name) for product in products)
        assert [text for text, count in counts.items() if count > 1] == []


def test_kinds_genders_colours_and_patterns_are_covered(catalogue: DemoCatalogue) -> None:
    products = catalogue.products
    assert {product.section for product in products} == {"women", "men", "unisex", "kids"}
    assert {
        *("T-shirts", "Shirts", "Polo shirts", "Blouses", "Hoodies", "Sweaters", "Jackets"),
        *("Blazers", "Coats", "Dresses", "Skirts", "Trousers", "Jeans", "Shorts", "Sneakers"),
        *("Boots", "Heels", "Sandals", "Bags", "Backpacks", "Caps", "Hats"),
    } <= set(catalogue.kinds)
    assert len({product.colour for product in products}) >= 16
    patterns = {product.pattern for product in products}
    assert {
        *("solid", "striped", "checked", "plaid", "floral", "polka dot", "printed"),
        *("camouflage", "melange", "gingham"),
    } <= patterns


def test_both_women_and_men_find_most_kinds_of_clothes(catalogue: DemoCatalogue) -> None:
    for kind in ("T-shirts", "Shirts", "Sweaters", "Jackets", "Jeans", "Trousers", "Shorts"):
        assert catalogue.shelf("women", kind), kind
        assert catalogue.shelf("men", kind), kind


def test_some_are_sold_out_some_reduced_and_sizes_run_out(catalogue: DemoCatalogue) -> None:
    products = catalogue.products
    sold_out = [product for product in products if not product.in_stock]
    reduced = [product for product in products if product.was]
    assert 5 <= len(sold_out) <= 40
    assert 15 <= len(reduced) <= 80
    assert all(product.was > product.price > 0 for product in reduced if product.was)
    assert any(product.in_stock and not all(product.sizes.values()) for product in products)


def test_a_title_reads_like_a_shops(catalogue: DemoCatalogue) -> None:
    titles = {product.title for product in DemoCatalogue(day=60).products}
    assert "Men's white crew-neck T-shirt" in titles
    assert "Women's navy floral maxi dress" in titles
    assert "Kids' yellow T-shirt with bear print" in titles
    assert "Black high-top sneakers" in titles
    assert catalogue.products[0].title in titles


def test_the_same_day_is_always_the_same() -> None:
    assert DemoCatalogue(day=3).products == DemoCatalogue(day=3).products


def test_a_night_brings_something_new_and_moves_prices_and_stock() -> None:
    for day in range(6):
        before = {product.slug: product for product in DemoCatalogue(day=day).products}
        after = {product.slug: product for product in DemoCatalogue(day=day + 1).products}
        assert before.keys() < after.keys()
        moved = [slug for slug in before if before[slug].price != after[slug].price]
        stocked = [slug for slug in before if before[slug].sizes != after[slug].sizes]
        assert 1 <= len(moved) < len(before) / 4
        assert stocked
