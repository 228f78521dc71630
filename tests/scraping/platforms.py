"""Product pages as the wide-spread shop platforms write them, reduced to what tells a product."""

import json

PICTURE = "https://cdn.shop.example/media/linen-shirt-1.jpg"


def html(head: str, body: str, *, language: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">{head}</head>'
        f"<body>{body}</body></html>"
    )


def metas(**contents: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{content}">'
        for name, content in contents.items()
    )


def magento() -> str:
    """Magento 2 without structured data: prices in ``data-price-amount``, related below."""
    card = """<li class="product-item"><a href="/hat"><img src="/hat.jpg" alt="Straw hat"></a>
      <span class="price-box"><span class="price">9,00 €</span></span>
      <button class="action tocart">In den Warenkorb</button></li>"""
    return html(
        "<title>Leinenhemd Oslo | Nordhaus</title>"
        + metas(
            og__type="product",
            og__title="Leinenhemd Oslo",
            og__image=PICTURE,
            product__price__amount="33.61",
            product__price__currency="EUR",
        ),
        f"""<header><span class="minicart price">0,00 €</span></header>
        <div class="breadcrumbs"><a>Herren</a><a>Hemden</a></div>
        <div class="product-info-main"><h1 class="page-title"><span>Leinenhemd Oslo</span></h1>
        <div class="stock available" title="Verfügbarkeit"><span>Auf Lager</span></div>
        <div class="price-box price-final_price"><span class="special-price">
          <span id="product-price-5" data-price-amount="39.99" data-price-type="finalPrice"
            class="price-wrapper"><span class="price">39,99 €</span></span></span>
          <span class="old-price"><span class="price-label">Statt</span>
            <span class="price">59,99 €</span></span></div>
        <form id="product_addtocart_form"><button type="submit" class="action primary tocart"
          id="product-addtocart-button"><span>In den Warenkorb</span></button></form></div>
        <table id="product-attribute-specs-table"><tr><th>Marke</th><td>Nordhaus Atelier</td></tr>
        <tr><th>Farbe</th><td>Blau</td></tr></table>
        <div class="block related"><ol>{card * 3}</ol></div>""",
        language="de",
    )


def woocommerce() -> str:
    """WooCommerce of a theme without JSON-LD, on sale."""
    return html(
        '<title>Chemise en lin - La Boutique</title><link rel="canonical" '
        'href="https://shop.example/produit/chemise-en-lin/">' + metas(og__image=PICTURE),
        """<nav class="woocommerce-breadcrumb"><a>Accueil</a> / <a>Femme</a> / <a>Chemises</a></nav>
        <div class="product type-product"><div class="summary">
        <h1 class="product_title entry-title">Chemise en lin</h1>
        <p class="price"><del aria-hidden="true"><span class="woocommerce-Price-amount amount">
        <bdi>59,00&nbsp;<span class="woocommerce-Price-currencySymbol">&euro;</span></bdi></span>
        </del> <span class="screen-reader-text">Le prix initial était : 59,00 €.</span>
        <ins aria-hidden="true"><span class="woocommerce-Price-amount amount"><bdi>39,00&nbsp;
        <span class="woocommerce-Price-currencySymbol">&euro;</span></bdi></span></ins></p>
        <p class="stock in-stock">12 en stock</p>
        <form class="cart"><button type="submit" name="add-to-cart" value="71"
         class="single_add_to_cart_button button alt">Ajouter au panier</button></form></div>
        <section class="related products"><p class="price">8,00 €</p></section></div>""",
        language="fr",
    )


def woocommerce_yoast() -> str:
    """WooCommerce with Yoast: a graph whose parts name each other."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "@id": "https://shop.example/p#page"},
            {"@type": "Brand", "@id": "#brand", "name": "Atelier Nord"},
            {
                "@type": "Product",
                "@id": "https://shop.example/linen-shirt#product",
                "name": "Linen Shirt",
                "url": "https://shop.example/linen-shirt",
                "image": {"@id": "#picture"},
                "brand": {"@id": "#brand"},
                "offers": [
                    {
                        "@type": "AggregateOffer",
                        "lowPrice": "39.00",
                        "highPrice": "59.00",
                        "priceCurrency": "EUR",
                        "availability": "http://schema.org/InStock",
                    }
                ],
            },
            {"@type": "ImageObject", "@id": "#picture", "contentUrl": PICTURE},
        ],
    }
    data = json.dumps(graph)
    return html(f'<script type="application/ld+json">{data}</script>', "<h1>Linen Shirt</h1>")


def prestashop() -> str:
    """PrestaShop 1.7: prices in ``content``, the product once more in ``data-product``."""
    data = json.dumps(
        {
            "name": "Camisa de lino",
            "price_amount": 39.9,
            "quantity": 0,
            "manufacturer_name": "Nordhaus",
        }
    ).replace('"', "&quot;")
    return html(
        "<title>Camisa de lino</title>"
        + metas(og__title="Camisa de lino", og__type="product", og__image=PICTURE)
        + metas(product__price__amount="39.9", product__price__currency="EUR"),
        f"""<h1 class="h1">Camisa de lino</h1><div class="product-prices">
        <div class="product-discount"><span class="regular-price">59,90&nbsp;€</span></div>
        <div class="current-price"><span class="current-price-value" content="39.9">39,90&nbsp;€
        </span><span class="discount discount-percentage">Ahorre 33%</span></div></div>
        <span id="product-availability" class="product-unavailable">Fuera de stock</span>
        <button class="btn add-to-cart" data-button-action="add-to-cart" disabled>Añadir al carrito
        </button><div id="product-details" data-product="{data}"></div>""",
        language="es",
    )


def shopware() -> str:
    """Shopware 6: microdata with the price in a ``meta`` and cross-selling inside the scope."""
    return html(
        "<title>Leinenhemd</title>",
        f"""<div itemscope itemtype="https://schema.org/Product">
        <h1 class="product-detail-name" itemprop="name">Leinenhemd</h1>
        <a itemprop="brand" class="manufacturer" href="/nordhaus"><span itemprop="name">Nordhaus
        </span></a>
        <img itemprop="image" src="{PICTURE}">
        <div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
        <meta itemprop="priceCurrency" content="EUR"><meta itemprop="price" content="39.99">
        <p class="product-detail-price">39,99 €*</p>
        <span class="list-price-price">59,99 €</span>
        <link itemprop="availability" href="https://schema.org/InStock"></div>
        <div class="cross-selling"><div itemscope itemtype="https://schema.org/Product">
        <span itemprop="name">Gürtel</span></div></div></div>""",
        language="de",
    )


def salesforce() -> str:
    """Salesforce Commerce: JSON-LD with a size an offer, prices and stock each of its own."""
    offers = [
        {"@type": "Offer", "price": "29.00", "availability": "https://schema.org/OutOfStock"},
        {"@type": "Offer", "price": "39.00", "availability": "https://schema.org/InStock"},
    ]
    data = {
        "@context": "http://schema.org/",
        "@type": "Product",
        "name": "Linen Shirt",
        "image": [PICTURE, PICTURE + "?sw=200"],
        "brand": {"@type": "Thing", "name": "Nordhaus"},
        "offers": {"@type": "AggregateOffer", "priceCurrency": "GBP", "offers": offers},
    }
    text = json.dumps(data)
    return html(
        '<link rel="canonical" href="/linen-shirt/10021.html">',
        f'<h1>Linen Shirt</h1><script type="application/ld+json">{text}</script>',
    )


def hybris() -> str:
    """SAP Commerce: an analytics object and visible text, no markup."""
    layer = """var dataLayer = [{'pageType': 'product', ecommerce: {detail: {products: [
      {name: 'Linneskjorta', id: '10021', price: '399.00', brand: 'Nordhaus', variant: 'bl\\u00e5'}
      ]}}, user: undefined}];"""
    return html(
        "<title>Linneskjorta | Butiken</title>" + metas(og__image=PICTURE),
        f"""<script>{layer}</script><div class="product-details"><h1>Linneskjorta</h1>
        <p class="price">399 kr <span class="was">Tidigare 599 kr</span></p>
        <div class="stock-wrapper">I lager</div>
        <button id="addToCartButton" class="btn js-add-to-cart">Lägg i varukorgen</button></div>""",
        language="sv",
    )


def bigcommerce() -> str:
    """BigCommerce: microdata with the brand as a link, currency in meta tags."""
    return html(
        "<title>Linen Shirt - Shop</title>"
        + metas(
            og__type="product",
            og__title="Linen Shirt",
            og__image=PICTURE,
            product__price__amount="39",
            product__price__currency="AUD",
            og__availability="instock",
        ),
        """<div itemscope itemtype="http://schema.org/Product"><h1 itemprop="name">Linen Shirt</h1>
        <h2 itemprop="brand" itemscope itemtype="http://schema.org/Brand">
        <a itemprop="url" href="/nordhaus/"><span itemprop="name">Nordhaus</span></a></h2>
        <div class="price-section rrp-price--withTax" style="display: none;">
        <span class="price price--rrp">$59.00</span></div>
        <div class="price-section" itemprop="offers" itemscope itemtype="http://schema.org/Offer">
        <span class="price price--withTax">$39.00</span>
        <meta itemprop="price" content="39"><meta itemprop="priceCurrency" content="AUD">
        </div><input id="form-action-addToCart"
        class="button" type="submit" value="Add to Cart"></div>""",
    )


def squarespace() -> str:
    """Squarespace: JSON-LD whose name carries the site's entities, meta prices, no brand."""
    data = json.dumps(
        {
            "@context": "http://schema.org",
            "@type": "Product",
            "name": "Linen Shirt &mdash; &quot;Oslo&quot;",
            "image": PICTURE,
            "brand": "",
            "offers": {
                "@type": "Offer",
                "price": 39.0,
                "priceCurrency": "USD",
                "availability": "InStock",
            },
        }
    )
    return html(f'<script type="application/ld+json">{data}</script>', "<h1>Linen Shirt</h1>")


def opencart() -> str:
    """OpenCart: nothing but text, in a list."""
    return html(
        "<title>Рубашка льняная</title>",
        f"""<ul class="breadcrumb"><li><a>Мужская одежда</a></li></ul><div id="content">
        <h1>Рубашка льняная</h1><ul class="thumbnails"><li><a href="{PICTURE}">
        <img src="{PICTURE}" alt="Рубашка льняная"></a></li></ul>
        <ul class="list-unstyled"><li>Бренд: <a href="/nord">Nordhaus</a></li>
        <li class="stock">Наличие: В наличии</li></ul>
        <ul class="list-unstyled price"><li><h2>3 990 руб.</h2></li>
        <li>Без НДС: 3 325 руб.</li></ul>
        <button type="button" id="button-cart">В корзину</button></div>""",
        language="ru",
    )


def shopify() -> str:
    """Shopify without JSON-LD: the theme's product JSON, in cents."""
    data = json.dumps(
        {
            "id": 5,
            "title": "Linen Shirt",
            "handle": "linen-shirt",
            "vendor": "Nordhaus",
            "type": "Shirts",
            "price": 3900,
            "price_min": 3900,
            "price_max": 4900,
            "available": True,
            "compare_at_price": 5900,
            "images": [PICTURE.removeprefix("https:")],
            "variants": [
                {"title": "S", "available": False, "price": 3500},
                {"title": "M", "available": True, "price": 3900},
            ],
        }
    )
    return html(
        '<title>Linen Shirt – Nord Shop</title><link rel="canonical" '
        'href="https://shop.example/products/linen-shirt">',
        f"""<h1>Your cart</h1><span class="cart-price">$0.00</span><h1>Linen Shirt</h1>
        <script type="application/json" data-product-json>{data}</script>
        <script>Shopify.currency = {{"active":"CAD","rate":"1.0"}};</script>""",
    )


def next_js() -> str:
    """A shop of its own on Next.js: classes say nothing, all is in the state."""
    product = {
        "id": "10021",
        "name": "Linen Shirt",
        "brand": {"name": "Nordhaus"},
        "price": {"current": {"value": 39, "currency": "GBP"}, "was": {"value": 59}},
        "media": [{"url": PICTURE}],
        "sizes": [{"label": "S", "inStock": False}, {"label": "M", "inStock": True}],
    }
    others = [{"name": "Wool Hat", "price": {"current": {"value": 9}}}]
    state = json.dumps({"props": {"pageProps": {"product": product, "others": others}}})
    return html(
        "<title>Linen Shirt | Shop</title>",
        f"""<main><h1 class="x1">Linen Shirt</h1><div class="a9"><span class="b1">£39</span>
        <span class="b2"><s>£59</s></span></div></main>
        <script id="__NEXT_DATA__" type="application/json">{state}</script>""",
    )


def nuxt() -> str:
    """A shop of its own on Nuxt 3: a flat table of numbers that name entries."""
    table = [
        {"data": 1},
        {"product": 2},
        {"name": 3, "price": 4, "brand": 5, "inStock": 6, "image": 7, "currency": 8},
        "Linen Shirt",
        39.5,
        "Nordhaus",
        True,
        PICTURE,
        "EUR",
    ]
    return html(
        "<title>Linen Shirt</title>",
        f"""<h1>Linen Shirt</h1><p class="product-price">39,50 €</p>
        <script id="__NUXT_DATA__" type="application/json">{json.dumps(table)}</script>""",
    )


def data_vocabulary() -> str:
    """Microdata of the years before schema.org."""
    return html(
        "<title>Linen Shirt</title>",
        f"""<div itemscope itemtype="http://data-vocabulary.org/Product">
        <h1 itemprop="name">Linen Shirt</h1><span itemprop="brand">Nordhaus</span>
        <img itemprop="image" src="{PICTURE}">
        <span itemprop="offerDetails" itemscope itemtype="http://data-vocabulary.org/Offer">
        <meta itemprop="currency" content="GBP"><del itemprop="price">£59.00</del>
        <span itemprop="price" content="39.00">£39.00</span>
        <span itemprop="availability" content="in_stock">Ships today</span></span></div>
        <div itemscope itemtype="http://data-vocabulary.org/Breadcrumb">
        <a itemprop="url" href="/men"><span itemprop="title">Men</span></a></div>""",
    )


def good_relations() -> str:
    """RDFa of the same years."""
    return html(
        "<title>Linen Shirt</title>",
        f"""<div xmlns:gr="http://purl.org/goodrelations/v1#" typeof="gr:Offering" about="#offer">
        <h1 property="gr:name">Linen Shirt</h1><span property="gr:brand">Nordhaus</span>
        <img property="image" src="{PICTURE}">
        <div rel="gr:hasPriceSpecification"><div typeof="gr:UnitPriceSpecification">
        <span property="gr:hasCurrency" content="USD">$</span>
        <span property="gr:hasCurrencyValue" content="39.00">39.00</span></div></div>
        <link property="availability" href="https://schema.org/InStock"></div>""",
    )


def rdfa() -> str:
    """RDFa Lite, as some content management systems write it."""
    return html(
        "<title>Linnen overhemd</title>",
        f"""<div vocab="https://schema.org/" typeof="Product">
        <h1 property="name">Linnen overhemd</h1>
        <img property="image" src="{PICTURE}"><span property="brand">Nordhaus</span>
        <div property="offers" typeof="Offer"><meta property="priceCurrency" content="EUR">
        <span property="price" content="39.95">€ 39,95</span>
        <link property="availability" href="https://schema.org/InStock"></div></div>""",
        language="nl",
    )
