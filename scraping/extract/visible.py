"""The last resort: what a person would read on the page."""

import re

from selectolax.lexbor import LexborNode

from core.catalogue import Availability
from scraping.extract.draft import Draft, OfferDraft
from scraping.extract.microdata import is_old
from scraping.extract.money import Amount, text_price
from scraping.extract.page import Page, clean, text_of

_BUY = re.compile(
    r"\b(add (it )?to (your |my )?(shopping )?(cart|bag|basket|trolley|tote)|buy (it )?now|shop now"
    r"|in den (waren|einkaufs)korb|in den einkaufswagen|jetzt kaufen"
    r"|ajouter au panier|acheter|añadir (a la cesta|al carrito|a la bolsa)|agregar al carr(o|ito)|comprar"
    r"|aggiungi al carrello|aggiungi alla borsa|acquista|adicionar (ao carrinho|à sacola|ao cesto)"
    r"|in winkel(wagen|mand(je)?)|dodaj do koszyka|do koszyka|kup teraz|do košíku|vložit do košíku"
    r"|do košíka|v košarico|dodaj v košarico|lägg i varukorg|læg i kurv|legg i (handlekurv|handlevogn)|osta|lisa (ostu)?korvi"
    r"|kosárba|adaugă în coș|adauga in cos|sepete ekle|в корзину|купить|до кошика|купити|добави в количка|купи"
    r"|カートに入れる|加入购物车|加入購物車|장바구니)",
    re.IGNORECASE,
)
_SOLD_OUT = re.compile(
    r"\b(sold[ -]?out|out of stock|currently unavailable|no longer available|ausverkauft|nicht (mehr )?(verfügbar|lieferbar|vorrätig)"
    r"|épuisé|rupture de stock|indisponible|agotado|sin stock|no disponible|esaurito|non disponibile|esgotado|indisponível"
    r"|uitverkocht|niet (op voorraad|beschikbaar)|wyprzedan[ey]|niedostępny|brak w magazynie|vyprodáno|nedostupné|ni na zalogi|razprodano"
    r"|slut i lager|slutsåld|udsolgt|utsolgt|loppuunmyyty|läbi müüdud|elfogyott|stoc epuizat|tükendi|нет в наличии|распродано|売り切れ)",
    re.IGNORECASE,
)
_IN_STOCK = re.compile(
    r"\b(in stock|auf lager|sofort lieferbar|en stock|disponible|disponibile( immediatamente)?|disponível|em stock|op voorraad"
    r"|dostępny|skladem|na sklade|na zalogi|i lager|på lager|varastossa|laos olemas|raktáron|în stoc|stokta|в наличии|налично)\b",
    re.IGNORECASE,
)
_PRICE_CLASS = '[class*="price" i], [id*="price" i], [class*="prix" i], [class*="preis" i], [class*="precio" i], [class*="prezzo" i], [class*="preco" i], [class*="cena" i]'
_NOT_IT = re.compile(
    r"tax|vat|ddv|netto|unit|per-|shipping|delivery|saving|save|discount|percent|installment|instal|cart|"
    r"basket|header|related|recommend|upsell|cross-?sell|similar|also|carousel|slider|footer|nav|menu|filter|range",
    re.IGNORECASE,
)
_NOT_TEXT = re.compile(
    r"brez ddv|ex(cl)?\.? ?(vat|tax)|netto|hors taxe|\bht\b|sin iva|zzgl|shipping|versand", re.I
)
_BUTTONS = 'button, input[type="submit"], input[type="button"], a[class*="cart" i], a[class*="btn" i], a[class*="button" i], [id*="add-to" i], [class*="add-to" i], [class*="addto" i]'
_STOCK_CLASS = '[class*="stock" i], [id*="stock" i], [class*="availab" i], [id*="availab" i], [class*="dispo" i], [class*="sold-out" i], [class*="soldout" i]'
_LOOK_AT = 400


def draft(page: Page, *, currency: str | None) -> Draft | None:
    """A product read off the page: needs a heading, a price after it, and something to buy it by."""
    name = heading(page)
    if not name:
        return None
    price = _price(page, currency)
    stock = stock_words(page)
    if not price or stock is Availability.UNKNOWN:
        return None
    offer = OfferDraft(price=price.value, currency=price.currency, availability=stock)
    return Draft(source="text", title=name, offers=(offer,))


def heading(page: Page) -> str | None:
    """The page's only first-level heading."""
    names = [name for node in page.tree.css("h1") if (name := clean(text_of(node)))]
    return names[0] if len(set(names)) == 1 else None


def stock_words(page: Page) -> Availability:
    """In stock when there is a live button to buy by, sold out when the page says so near none."""
    for node in page.tree.css(_BUTTONS)[:_LOOK_AT]:
        attributes = node.attributes
        label = attributes.get("value") or attributes.get("aria-label") or text_of(node)[:80]
        if "disabled" in attributes or re.search(
            r"\bdisabled\b", attributes.get("class") or "", re.I
        ):
            continue
        if len(label) < 60 and _BUY.search(label) and not _elsewhere(node):
            return Availability.IN_STOCK
    for node in page.tree.css(_STOCK_CLASS)[:_LOOK_AT]:
        label = text_of(node)[:160]
        if len(label) > 120 or _elsewhere(node):
            continue
        if _SOLD_OUT.search(label):
            return Availability.SOLD_OUT
        if _IN_STOCK.search(label):
            return Availability.IN_STOCK
    return Availability.UNKNOWN


def _price(page: Page, currency: str | None) -> Amount | None:
    for node in page.tree.css(_PRICE_CLASS)[:_LOOK_AT]:
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        if _NOT_IT.search(names) or is_old(node) or _elsewhere(node):
            continue
        text = text_of(node)[:200]
        if len(text) > 60:
            text = text[:60]
        if _NOT_TEXT.search(text[:25]):
            continue
        found = text_price(text, hint=currency)
        if found and found.currency:
            return found
    return None


def _elsewhere(node: LexborNode) -> bool:
    current = node.parent
    for _ in range(12):
        if current is None or current.tag == "body":
            return False
        names = f"{current.attributes.get('class') or ''} {current.attributes.get('id') or ''}"
        if current.tag in {"header", "footer", "nav", "aside"} or re.search(
            r"related|recommend|upsell|cross-?sell|similar|carousel|footer|mini-?cart|reviews?\b",
            names,
            re.I,
        ):
            return True
        current = current.parent
    return False
