"""The buttons under a person's filters: each says what it makes of them, so that twice is once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from babel.numbers import get_currency_symbol

from bot.conversation.actions import Action, Verb, write_action
from bot.conversation.messages import Button
from bot.conversation.texts import Texts
from bot.conversation.wording import capital
from core.catalogue import Gender
from core.rates import Rates
from core.sizes import sizes_in
from core.wishes import Wish

_GENDERS = (None, Gender.WOMEN, Gender.MEN, Gender.KIDS)
_SIZES = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl")
_AMOUNTS = (25, 50, 100, 200)
_CURRENCIES = (
    "EUR", "USD", "GBP", "CHF", "PLN", "SEK", "NOK", "DKK", "CZK", "INR", "JPY", "TRY",
)  # fmt: skip
_MOST_SHOPS = 12
_IN_A_ROW = 4

_Row = tuple[Button, ...]
_Shop = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a button does: open a ``menu`` ("" is the first), and set one thing to a value.

    A shop goes by the ``shop`` that ``tag`` makes of its name.
    """

    menu: str = ""
    sets: str = ""
    value: str = ""

    @property
    def shop(self) -> str | None:
        """The tag of the shop that it is about, if it is."""
        return self.value if self.sets in {"shop", "noshop"} else None

    @property
    def on(self) -> bool:
        """Whether it adds, where it may take away as well."""
        return not self.sets.startswith("no")

    @staticmethod
    def tag(name: str) -> str:
        """A shop's name, short enough for a button."""
        return hashlib.blake2b(name.encode(), digest_size=4).hexdigest()

    def made(self, kept: Wish) -> Wish:  # noqa: C901, PLR0911  a case each
        """The filters with what it sets; of shops it knows too little.

        The shops' own currencies are "": nobody is to be asked what is used at home instead.
        """
        match self.sets:
            case "gender":
                gender = Gender(self.value) if self.value in set(Gender) else None
                return replace(kept, gender=gender)
            case "most":
                known = self.value.isdecimal() and len(self.value) < 9
                most = Decimal(self.value) if known else None
                return replace(kept, least=None, most=most)
            case "currency":
                known = len(self.value) == 3 and self.value.isupper()
                return replace(kept, currency=self.value if known else "")
            case "size" | "nosize":
                size = self.value.replace("_", " ").replace("-", ".")
                others = tuple(one for one in kept.sizes if one != size)
                sizes = (*others, *sizes_in(size)) if self.on else others
                return replace(kept, sizes=sizes, sure_size=kept.sure_size and bool(sizes))
            case "sure":
                return replace(kept, sure_size=self.value == "on")
            case "stock":
                return replace(kept, in_stock=self.value == "on")
            case "new":
                return replace(kept, new=self.value == "on")
            case "shops":
                return replace(kept, shops=())
            case "sizes":
                return replace(kept, sizes=(), sure_size=False)
            case "off":
                return Wish()
        return kept


_MENUS = {"prices", "currencies", "sizes", "shops"}
_STAYS = {"size": "sizes", "nosize": "sizes", "sure": "sizes", "shop": "shops", "noshop": "shops"}
_SETS = {"gender", "most", "currency", "stock", "new", "shops", "sizes", "off", *_STAYS}


def change_of(key: str) -> Change | None:
    """What the key of a ``FILTER`` button means; None for none of ours."""
    name, _, value = key.partition("-")
    if not value:
        menu = "" if key == "menu" else key
        return Change(menu=menu) if key in {"menu", *_MENUS} else None
    if name not in _SETS:
        return None
    return Change(menu=_STAYS.get(name, ""), sets=name, value=value)


def keyboard(
    filters: Wish,
    say: Texts,
    *,
    menu: str,
    shops: Sequence[_Shop],
    rates: Rates,
    again: str = "",
) -> tuple[_Row, ...]:
    """At most five rows: what is set, or in a ``menu`` what there is to choose from.

    ``again`` is the key of the answer that can be searched once more within them.
    """
    back = (_button(say.BACK, "menu"),)
    match menu:
        case "prices":
            return (*_rows(_prices(filters, say, rates)), back)
        case "currencies":
            return (*_rows(_currencies(filters, say, rates.currencies)), back)
        case "sizes":
            return (*_rows(_sizes(filters, say)), back)
        case "shops":
            return (*_rows(_shops(filters, say, shops), in_a_row=3), back)
    return _first(filters, say, again)


def _first(filters: Wish, say: Texts, again: str) -> tuple[_Row, ...]:
    place = _GENDERS.index(filters.gender) if filters.gender in _GENDERS else -1
    then = _GENDERS[(place + 1) % len(_GENDERS)]
    whose = capital(say.word("gender", filters.gender)) if filters.gender else say.FOR_ANYONE
    sizes = capital(say.sizes(filters.sizes, sure=filters.sure_size))
    shops = filters.shops[0][1] if len(filters.shops) == 1 else None
    if len(filters.shops) > 1:
        shops = say.say("shops", shops=len(filters.shops))
    rows: tuple[_Row, ...] = (
        (
            _button(whose, f"gender-{then or 'any'}"),
            _button(sizes or say.ANY_SIZE, "sizes"),
        ),
        (
            _button(capital(say.limit(filters)) or say.ANY_PRICE, "prices"),
            _button(_currency(filters.currency, say), "currencies"),
        ),
        (_button(shops or say.ALL_SHOPS, "shops"),),
        (
            _switch(capital(say.say("in-stock")), "stock", on=filters.in_stock),
            _switch(capital(say.say("new")), "new", on=filters.new),
        ),
    )
    last = () if filters.is_empty else (_button(say.CLEAR_FILTERS, "off-all"),)
    if again:
        action = write_action(Action(verb=Verb.AGAIN, key=again))
        last = (*last, Button(label=say.SEARCH_AGAIN, action=action))
    return (*rows, last) if last else rows


def _prices(filters: Wish, say: Texts, rates: Rates) -> list[Button]:
    """Round amounts, of about the same worth in every currency."""
    here = rates.per_euro.get(filters.currency or "", Decimal(1))
    scale = 10 ** max(0, round(here.log10()))
    buttons = [_choice(say.ANY_PRICE, "most-any", is_on=not filters.is_priced)]
    for amount in (scale * one for one in _AMOUNTS):
        wish = replace(filters, least=None, most=Decimal(amount))
        label = capital(say.limit(wish))
        buttons.append(_choice(label, f"most-{amount}", is_on=wish == filters))
    return buttons


def _currencies(filters: Wish, say: Texts, known: Sequence[str]) -> list[Button]:
    names = [name for name in _CURRENCIES if name in known]
    if filters.currency and filters.currency not in names:
        names.insert(0, filters.currency)
    return [
        _choice(say.SHOPS_CURRENCIES, "currency-shops", is_on=filters.currency is None),
        *(
            _choice(_currency(name, say), f"currency-{name}", is_on=name == filters.currency)
            for name in names
        ),
    ]


def _sizes(filters: Wish, say: Texts) -> list[Button]:
    buttons = [_choice(say.ANY_SIZE, "sizes-any", is_on=not filters.sizes)]
    for size in dict.fromkeys((*_SIZES, *filters.sizes[:_MOST_SHOPS])):
        is_on = size in filters.sizes
        written = size.replace(" ", "_").replace(".", "-")
        buttons.append(_choice(size.upper(), f"{'no' if is_on else ''}size-{written}", is_on=is_on))
    buttons = buttons[: 4 * _IN_A_ROW - 1]
    if filters.sizes:
        buttons.append(_switch(say.SURE_SIZE, "sure", on=filters.sure_size))
    return buttons


def _shops(filters: Wish, say: Texts, shops: Sequence[_Shop]) -> list[Button]:
    buttons = [_choice(say.ALL_SHOPS, "shops-all", is_on=not filters.shops)]
    for name, title in list(dict.fromkeys((*filters.shops, *shops)))[: _MOST_SHOPS - 1]:
        is_on = name in dict(filters.shops)
        key = f"{'noshop' if is_on else 'shop'}-{Change.tag(name)}"
        buttons.append(_choice(title, key, is_on=is_on))
    return buttons


def _currency(currency: str | None, say: Texts) -> str:
    if currency is None:
        return say.SHOPS_CURRENCIES
    sign = get_currency_symbol(currency, locale=say.locale)
    return currency if sign == currency else f"{currency} {sign}"


def _rows(buttons: Sequence[Button], *, in_a_row: int = _IN_A_ROW) -> tuple[_Row, ...]:
    starts = range(0, len(buttons), in_a_row)
    return tuple(tuple(buttons[start : start + in_a_row]) for start in starts)


def _switch(label: str, name: str, *, on: bool) -> Button:
    return _choice(label, f"{name}-{'off' if on else 'on'}", is_on=on)


def _choice(label: str, key: str, *, is_on: bool) -> Button:
    mark = "✓" if is_on else "○"
    return replace(_button(f"{mark} {label}", key), is_on=is_on)


def _button(label: str, key: str) -> Button:
    return Button(label=label, action=write_action(Action(verb=Verb.FILTER, key=key)))
