"""The demo shop's pages as text: HTML with JSON-LD, robots.txt, sitemaps.

Pure functions of the catalogue and the site's address, which ends in a slash.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from xml.sax.saxutils import escape as escape_xml

from data.demo_shop.catalogue import CURRENCY, TITLE, DemoCatalogue, DemoProduct

PER_PAGE = 24
SEARCH = "search"
SECTIONS = {"women": "Women", "men": "Men", "unisex": "Unisex", "kids": "Kids"}

Crumb = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A listing: its path, its heading, and the shelves above it."""

    path: str
    heading: str
    above: tuple[Crumb, ...]
    products: Sequence[DemoProduct]

    @property
    def pages(self) -> int:
        """How many pages it has; at least one."""
        return max(1, -(-len(self.products) // PER_PAGE))


def slugged(kind: str) -> str:
    """A kind's name as part of an address."""
    return kind.lower().replace(" ", "-")


def shelves(catalogue: DemoCatalogue) -> dict[str, Shelf]:
    """Every listing of the shop by its path: all, each section, each kind within it."""
    home = ("", "Home")
    found = [Shelf("shop", "Everything", (home,), catalogue.products)]
    for section, name in SECTIONS.items():
        products = catalogue.shelf(section, None)
        found.append(Shelf(section, name, (home,), products))
        for kind in dict.fromkeys(product.kind for product in products):
            path = f"{section}/{slugged(kind)}"
            shelf = catalogue.shelf(section, kind)
            found.append(Shelf(path, f"{name}: {kind}", (home, (section, name)), shelf))
    return {shelf.path: shelf for shelf in found}


def found(catalogue: DemoCatalogue, words: str) -> Shelf:
    """What the search page shows: everything that has all of the words."""
    wanted = [f" {word}" for word in words.lower().split()]
    products = [one for one in catalogue.products if all(word in _said(one) for word in wanted)]
    heading = f"Found: {words}" if wanted else "Search"
    return Shelf(SEARCH, heading, (("", "Home"),), products[:PER_PAGE])


def _said(product: DemoProduct) -> str:
    words = (product.section, product.title, product.kind, product.colour, product.pattern)
    return f" {' '.join(words)} {product.brand}".lower()


def home_page(base: str, catalogue: DemoCatalogue) -> str:
    """The first page: a greeting, the sections, what is reduced and what came last."""
    reduced = [product for product in catalogue.products if product.was and product.in_stock]
    picked = [product for product in catalogue.products if product.in_stock]
    tiles = "".join(
        f'<a class="door" href="{base}{path}">{name}</a>' for path, name in SECTIONS.items()
    )
    body = (
        f'<section class="hero"><h1>Clothes for every corner of the week.</h1>'
        f"<p>{len(catalogue.products)} things to wear, and not one of them real: this shop, its "
        f"brands and its pictures were drawn to try Twinset on.</p>"
        f'<a class="button" href="{base}shop">See everything</a></section>'
        f'<nav class="doors" aria-label="Sections">{tiles}</nav>'
        f"<h2>Reduced</h2>{_grid(base, reduced[::3][:8])}"
        f"<h2>Well loved</h2>{_grid(base, picked[:: max(1, len(picked) // 12)][:12])}"
    )
    about: dict[str, object] = {"@type": "Organization", "name": TITLE, "url": base}
    target = f"{base}{SEARCH}?q={{words}}"
    search: dict[str, object] = {
        "@type": "WebSite",
        "url": base,
        "potentialAction": {"@type": "SearchAction", "target": target},
    }
    return _layout(base, TITLE, body, canonical=base, data=[about, search])


def listing_page(base: str, shelf: Shelf, page: int) -> str:
    """One page of a listing, from 1."""
    start = (page - 1) * PER_PAGE
    shown = shelf.products[start : start + PER_PAGE]
    trail = (*shelf.above, (shelf.path, shelf.heading.rpartition(": ")[2]))
    links = []
    if page > 1:
        links.append(f'<link rel="prev" href="{_page_url(base, shelf, page - 1)}">')
    if page < shelf.pages:
        links.append(f'<link rel="next" href="{_page_url(base, shelf, page + 1)}">')
    count = f"{len(shelf.products)} product{'' if len(shelf.products) == 1 else 's'}"
    body = (
        f"{_crumbs(base, trail)}<h1>{escape(shelf.heading)}</h1>"
        f'<p class="count">{count}</p>{_grid(base, shown)}{_pager(base, shelf, page)}'
    )
    title = f"{shelf.heading} – {TITLE}" + (f" – page {page}" if page > 1 else "")
    return _layout(
        base,
        title,
        body,
        canonical=_page_url(base, shelf, page),
        links=links,
        data=[_breadcrumbs(base, trail)],
    )


def product_page(base: str, product: DemoProduct) -> str:
    """A product's page."""
    section = SECTIONS[product.section]
    trail: tuple[Crumb, ...] = (
        ("", "Home"),
        (product.section, section),
        (f"{product.section}/{slugged(product.kind)}", product.kind),
        (product.path[1:], product.title),
    )
    url, image = base + product.path[1:], base + product.image_path[1:]
    was = f"<del>{_money(product.was)}</del> " if product.was else ""
    sizes = "".join(
        f'<label><input type="radio" name="size" value="{name}"'
        f"{'' if there else ' disabled'}><span>{name}</span></label>"
        for name, there in product.sizes.items()
    )
    buy = (
        '<button class="button" type="submit">Add to bag</button>'
        if product.in_stock
        else '<button class="button" type="submit" disabled>Sold out</button>'
    )
    body = f"""{_crumbs(base, trail)}
<article class="product">
<img src="{image}" width="640" height="800" alt="{escape(product.title)}">
<div>
<p class="brand">{escape(product.brand)}</p>
<h1>{escape(product.title)}</h1>
<p class="price">{was}<strong>{_money(product.price)}</strong></p>
<form action="{base}cart" method="get">
<input type="hidden" name="add" value="{product.sku}">
<fieldset><legend>Size</legend>{sizes}</fieldset>
{buy}
</form>
<p>{escape(product.description)}</p>
<dl><dt>Colour</dt><dd>{escape(product.colour)}</dd><dt>Material</dt><dd>{escape(product.material)}</dd>
<dt>Article</dt><dd>{product.sku}</dd></dl>
</div>
</article>"""
    meta = (
        ("og:type", "product"),
        ("og:title", product.title),
        ("og:image", image),
        ("og:url", url),
        ("og:site_name", TITLE),
        ("product:price:amount", str(product.price)),
        ("product:price:currency", CURRENCY),
    )
    links = [f'<meta property="{name}" content="{escape(value)}">' for name, value in meta]
    return _layout(
        base,
        f"{product.title} – {TITLE}",
        body,
        canonical=url,
        links=links,
        data=[_product_data(product, url, image), _breadcrumbs(base, trail)],
        description=product.description,
    )


def cart_page(base: str) -> str:
    """Where the button leads; robots are told to stay away."""
    body = (
        "<h1>Your bag</h1><p>Nothing can be bought here: the shop is drawn, and so are its "
        f'clothes.</p><a class="button" href="{base}shop">Keep looking</a>'
    )
    return _layout(base, f"Your bag – {TITLE}", body, robots="noindex")


def missing_page(base: str) -> str:
    """What is shown where nothing is."""
    body = (
        "<h1>Nothing hangs here</h1><p>The page has moved, or the product is no longer sold.</p>"
        f'<a class="button" href="{base}shop">See everything</a>'
    )
    return _layout(base, f"Not found – {TITLE}", body, robots="noindex")


def robots_txt(base: str) -> str:
    """What crawlers may see, and where the sitemap is."""
    rules = "User-agent: *\nDisallow: /cart\nDisallow: /account\nAllow: /\n"
    return f"{rules}\nSitemap: {base}sitemap.xml\n"


def sitemap_index(base: str, changed: str) -> str:
    """The sitemap of sitemaps; ``changed`` is a date."""
    entries = "".join(
        f"<sitemap><loc>{base}{name}</loc><lastmod>{changed}</lastmod></sitemap>"
        for name in ("sitemap-products.xml", "sitemap-pages.xml")
    )
    return _xml(f'<sitemapindex xmlns="{_SITEMAP}">{entries}</sitemapindex>')


def product_sitemap(base: str, catalogue: DemoCatalogue, changed: str) -> str:
    """Every product with its picture."""
    entries = "".join(
        f"<url><loc>{base}{product.path[1:]}</loc><lastmod>{changed}</lastmod><image:image>"
        f"<image:loc>{base}{product.image_path[1:]}</image:loc>"
        f"<image:title>{escape_xml(product.title)}</image:title></image:image></url>"
        for product in catalogue.products
    )
    return _xml(f'<urlset xmlns="{_SITEMAP}" xmlns:image="{_SITEMAP_IMAGE}">{entries}</urlset>')


def page_sitemap(base: str, catalogue: DemoCatalogue, changed: str) -> str:
    """The first page and every listing."""
    entries = "".join(
        f"<url><loc>{base}{path}</loc><lastmod>{changed}</lastmod></url>"
        for path in ("", *shelves(catalogue))
    )
    return _xml(f'<urlset xmlns="{_SITEMAP}">{entries}</urlset>')


_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SITEMAP_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"


def _xml(root: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'


def _product_data(product: DemoProduct, url: str, image: str) -> dict[str, object]:
    stock = "InStock" if product.in_stock else "OutOfStock"
    return {
        "@type": "Product",
        "@id": f"{url}#product",
        "name": product.title,
        "sku": product.sku,
        "description": product.description,
        "brand": {"@type": "Brand", "name": product.brand},
        "image": [image],
        "color": product.colour,
        "material": product.material,
        "pattern": product.pattern,
        "category": f"{SECTIONS[product.section]} > {product.kind}",
        "audience": _audience(product),
        "size": [name for name, there in product.sizes.items() if there],
        "offers": {
            "@type": "Offer",
            "url": url,
            "price": str(product.price),
            "priceCurrency": CURRENCY,
            "availability": f"https://schema.org/{stock}",
            "itemCondition": "https://schema.org/NewCondition",
            "seller": {"@type": "Organization", "name": TITLE},
        },
    }


def _audience(product: DemoProduct) -> dict[str, object]:
    if product.section == "kids":
        return {"@type": "PeopleAudience", "suggestedMaxAge": 12}
    gender = {"women": "female", "men": "male"}.get(product.section, "unisex")
    return {"@type": "PeopleAudience", "suggestedGender": gender}


def _breadcrumbs(base: str, trail: Iterable[Crumb]) -> dict[str, object]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": base + path}
            for place, (path, name) in enumerate(trail, 1)
        ],
    }


def _crumbs(base: str, trail: Sequence[Crumb]) -> str:
    links = [f'<a href="{base}{path}">{escape(name)}</a>' for path, name in trail[:-1]]
    links.append(f'<span aria-current="page">{escape(trail[-1][1])}</span>')
    return f'<nav class="crumbs" aria-label="Breadcrumbs">{" / ".join(links)}</nav>'


def _grid(base: str, products: Sequence[DemoProduct]) -> str:
    return f'<ul class="grid">{"".join(_card(base, product) for product in products)}</ul>'


def _card(base: str, product: DemoProduct) -> str:
    was = f"<del>{_money(product.was)}</del> " if product.was else ""
    note = "" if product.in_stock else '<em class="note">Sold out</em>'
    if product.was and product.in_stock:
        note = '<em class="note sale">−30 %</em>'
    return (
        f'<li><a href="{base}{product.path[1:]}"><img src="{base}{product.image_path[1:]}" '
        f'width="320" height="400" loading="lazy" alt="">{note}'
        f'<span class="brand">{escape(product.brand)}</span>'
        f'<span class="name">{escape(product.title)}</span>'
        f'<span class="price">{was}{_money(product.price)}</span></a></li>'
    )


def _pager(base: str, shelf: Shelf, page: int) -> str:
    if shelf.pages == 1:
        return ""
    links = []
    if page > 1:
        links.append(f'<a rel="prev" href="{_page_url(base, shelf, page - 1)}">Previous</a>')
    for number in range(1, shelf.pages + 1):
        here = ' aria-current="page"' if number == page else ""
        links.append(f'<a href="{_page_url(base, shelf, number)}"{here}>{number}</a>')
    if page < shelf.pages:
        links.append(f'<a rel="next" href="{_page_url(base, shelf, page + 1)}">Next</a>')
    return f'<nav class="pager" aria-label="Pages">{"".join(links)}</nav>'


def _page_url(base: str, shelf: Shelf, page: int) -> str:
    return f"{base}{shelf.path}" + (f"?page={page}" if page > 1 else "")


def _money(amount: object) -> str:
    return f"€{amount}"


def _layout(
    base: str,
    title: str,
    body: str,
    *,
    canonical: str | None = None,
    links: Sequence[str] = (),
    data: Sequence[dict[str, object]] = (),
    robots: str | None = None,
    description: str = "A shop that was drawn to try Twinset on.",
) -> str:
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f'<meta name="description" content="{escape(description)}">',
    ]
    if robots:
        head.append(f'<meta name="robots" content="{robots}">')
    if canonical:
        head.append(f'<link rel="canonical" href="{canonical}">')
    head += [f'<link rel="stylesheet" href="{base}style.css">', *links]
    for item in data:
        text = json.dumps({"@context": "https://schema.org", **item}, ensure_ascii=False)
        safe = text.replace("<", "\\u003c")
        head.append(f'<script type="application/ld+json">{safe}</script>')
    sections = "".join(f'<a href="{base}{path}">{name}</a>' for path, name in SECTIONS.items())
    lines = "\n".join(head)
    return f"""<!doctype html>
<html lang="en">
<head>
{lines}
</head>
<body>
<header><a class="logo" href="{base}">{escape(TITLE)}</a>
<nav aria-label="Shop">{sections}<a href="{base}shop">Everything</a></nav>
<a class="bag" href="{base}cart" rel="nofollow">Bag</a></header>
<main>{body}</main>
<footer>{escape(TITLE)} is Twinset's demo shop: brands, prices and pictures are made up.</footer>
</body>
</html>
"""
