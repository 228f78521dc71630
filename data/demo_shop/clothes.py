"""The range: tops, shirts, knitwear, jackets and coats."""

from functools import partial

from data.demo_shop.garments import knits, outer, shirts, tops
from data.demo_shop.models import Model


def upper_range() -> tuple[Model, ...]:
    """Everything worn above the waist."""
    return (*_tees(), *_shirts(), *_knits(), *_jackets())


def _tees() -> tuple[Model, ...]:
    tee, tank, polo = tops.tshirt, tops.tank, tops.polo
    women = partial(tee, women=True)
    return (
        Model(key="tee", section="men", kind="T-shirts", noun="crew-neck T-shirt", draw=tee,
              texture="jersey", price_eur=14.9,
              variants="white, black, navy, grey/white : melange, olive, navy/white : striped, "
              "burgundy, teal/white : tie-dye"),
        Model(key="tee-print", section="men", kind="T-shirts", noun="T-shirt", draw=tee,
              texture="jersey", price_eur=19.9,
              variants="red *sunset, charcoal/orange *mountains, white/teal *palm, "
              "grey/navy : melange *college, black/red *slogan"),
        Model(key="tee-v", section="men", kind="T-shirts", noun="V-neck T-shirt",
              draw=partial(tee, neck="v"), texture="jersey", price_eur=15.9,
              variants="white, blue, black"),
        Model(key="tee-pocket", section="men", kind="T-shirts", noun="pocket T-shirt",
              draw=partial(tee, pocket=True), texture="jersey", price_eur=17.9,
              variants="yellow, olive/beige : camouflage, orange, light blue"),
        Model(key="tee-w", section="women", kind="T-shirts", noun="T-shirt", draw=women,
              texture="jersey", price_eur=12.9,
              variants="white, pink, black/white : striped, mint, red/white : polka dot, "
              "white/red *heart"),
        Model(key="tee-scoop-w", section="women", kind="T-shirts", noun="scoop-neck T-shirt",
              draw=partial(women, neck="scoop"), texture="jersey", price_eur=13.9,
              variants="purple, grey/white : melange, teal, cream/orange : floral"),
        Model(key="tee-v-w", section="women", kind="T-shirts", noun="V-neck T-shirt",
              draw=partial(women, neck="v"), texture="jersey", price_eur=13.9,
              variants="black, burgundy, light blue"),
        Model(key="ringer", section="unisex", kind="T-shirts", noun="ringer T-shirt",
              draw=partial(tee, ringer=True), texture="jersey", price_eur=18.9,
              variants="white/red *star, cream/green *college, light blue/navy"),
        Model(key="tee-kids", section="kids", kind="T-shirts", noun="T-shirt", draw=tee,
              texture="jersey", price_eur=9.9,
              variants="yellow/brown *bear, light blue/red *rocket, pink/purple *heart, "
              "green/white : striped"),
        Model(key="longsleeve", section="men", kind="Long sleeves", noun="long-sleeve T-shirt",
              draw=partial(tee, long=True), texture="jersey", price_eur=19.9,
              variants="white/navy : striped, charcoal, olive, burgundy/cream : striped"),
        Model(key="longsleeve-w", section="women", kind="Long sleeves",
              noun="long-sleeve T-shirt", draw=partial(women, long=True), texture="jersey",
              price_eur=17.9, variants="black, cream/black : striped, pink, teal/cream : floral"),
        Model(key="polo", section="men", kind="Polo shirts", noun="polo shirt", draw=polo,
              texture="jersey", price_eur=29.9,
              variants="navy/white, white/navy, green, red, grey/white : melange, "
              "light blue/white : striped"),
        Model(key="polo-w", section="women", kind="Polo shirts", noun="polo shirt",
              draw=partial(polo, women=True), texture="jersey", price_eur=27.9,
              variants="pink, mint, white"),
        Model(key="tank", section="men", kind="Tank tops", noun="tank top", draw=tank,
              texture="jersey", price_eur=11.9,
              variants="white, grey, navy/white : striped, black"),
        Model(key="tank-w", section="women", kind="Tank tops", noun="ribbed tank top",
              draw=partial(tank, women=True, racer=True), texture="rib", price_eur=10.9,
              variants="white, black, red, beige"),
        Model(key="cami", section="women", kind="Tops", noun="camisole top", draw=tops.camisole,
              texture="satin", price_eur=19.9, material="satin",
              variants="cream, black, pink/red : floral, teal"),
        Model(key="bodysuit", section="kids", kind="Bodysuits", noun="baby bodysuit",
              draw=tops.bodysuit, texture="jersey", price_eur=9.9,
              variants="mint/white *bear, white/pink : polka dot, yellow/white : striped"),
        Model(key="bodysuit-long", section="kids", kind="Bodysuits",
              noun="long-sleeve baby bodysuit", draw=partial(tops.bodysuit, long=True),
              texture="jersey", price_eur=11.9, variants="white/grey : polka dot, pink/white *heart"),
    )  # fmt: skip


def _shirts() -> tuple[Model, ...]:
    shirt, blouse = shirts.shirt, shirts.blouse
    flannel = partial(shirt, pockets=2, flaps=True)
    return (
        Model(key="shirt", section="men", kind="Shirts", noun="slim-fit shirt", draw=shirt,
              texture="woven", price_eur=39.9,
              variants="white, light blue, white/blue : pinstriped, pink, navy, "
              "navy/white : polka dot"),
        Model(key="flannel", section="men", kind="Shirts", noun="flannel shirt", draw=flannel,
              texture="woven", price_eur=44.9,
              variants="red/cream : plaid, green/yellow : plaid, blue/white : checked, "
              "grey/black : checked"),
        Model(key="shirt-denim", section="men", kind="Shirts", noun="denim shirt", draw=flannel,
              texture="denim", price_eur=49.9, variants="mid blue, indigo, light wash",
              material="denim"),
        Model(key="shirt-short", section="men", kind="Shirts", noun="short-sleeve shirt",
              draw=partial(shirt, short=True), texture="woven", price_eur=34.9,
              variants="teal/cream : floral, white/navy : gingham, beige, black/red : floral"),
        Model(key="shirt-w", section="women", kind="Shirts", noun="shirt",
              draw=partial(shirt, women=True), texture="woven", price_eur=36.9,
              variants="white, light blue/white : pinstriped, black, blue/white : gingham"),
        Model(key="blouse-bow", section="women", kind="Blouses", noun="bow blouse",
              draw=partial(blouse, style="bow"), texture="satin", price_eur=39.9,
              variants="cream, pink, black/white : polka dot, navy", material="satin"),
        Model(key="blouse-wrap", section="women", kind="Blouses", noun="wrap blouse",
              draw=partial(blouse, style="wrap"), texture="satin", price_eur=42.9,
              variants="burgundy/pink : floral, green, white", material="viscose"),
        Model(key="blouse-peasant", section="women", kind="Blouses", noun="peasant blouse",
              draw=partial(blouse, style="peasant"), texture="woven", price_eur=34.9,
              variants="white/red, cream/orange : floral, light blue"),
        Model(key="blouse-ruffle", section="women", kind="Blouses", noun="ruffle blouse",
              draw=partial(blouse, style="ruffle"), texture="woven", price_eur=37.9,
              variants="white, red, beige/brown : leopard", material="viscose"),
        Model(key="tunic", section="women", kind="Tunics", noun="tunic", draw=shirts.tunic,
              texture="woven", price_eur=32.9,
              variants="orange/cream : floral, teal/gold, purple/pink, white/blue"),
    )  # fmt: skip


def _knits() -> tuple[Model, ...]:
    sweater, cardigan, hoodie = knits.sweater, knits.cardigan, knits.hoodie
    sweat = knits.sweatshirt
    return (
        Model(key="sweater", section="men", kind="Sweaters", noun="crew-neck sweater",
              draw=sweater, texture="knit", price_eur=49.9,
              variants="navy, grey, green, burgundy/cream : striped", material="wool"),
        Model(key="sweater-cable", section="men", kind="Sweaters", noun="cable-knit sweater",
              draw=sweater, texture="cable", price_eur=59.9, variants="cream, charcoal",
              material="wool"),
        Model(key="sweater-v", section="men", kind="Sweaters", noun="V-neck sweater",
              draw=partial(sweater, neck="v"), texture="knit", price_eur=45.9,
              variants="charcoal, blue, brown", material="merino wool"),
        Model(key="sweater-vest", section="men", kind="Sweaters", noun="knitted waistcoat",
              draw=partial(sweater, neck="v", vest=True), texture="knit", price_eur=39.9,
              variants="grey/navy, camel/brown", material="wool"),
        Model(key="sweater-w", section="women", kind="Sweaters", noun="sweater",
              draw=partial(sweater, women=True), texture="knit", price_eur=42.9,
              variants="pink, light blue, white/navy : striped", material="wool"),
        Model(key="roll-w", section="women", kind="Sweaters", noun="roll-neck sweater",
              draw=partial(sweater, women=True, neck="roll"), texture="cable", price_eur=49.9,
              variants="cream, camel, black", material="wool"),
        Model(key="cardigan", section="men", kind="Cardigans", noun="cardigan", draw=cardigan,
              texture="knit", price_eur=54.9, variants="charcoal, navy, olive", material="wool"),
        Model(key="cardigan-w", section="women", kind="Cardigans", noun="cardigan",
              draw=partial(cardigan, women=True), texture="knit", price_eur=44.9,
              variants="camel, mint, red, grey", material="wool"),
        Model(key="sweatshirt", section="men", kind="Sweatshirts", noun="sweatshirt", draw=sweat,
              texture="fleece", price_eur=34.9,
              variants="grey/navy : melange, green/white *college, black, navy/red *mountains"),
        Model(key="sweatshirt-w", section="women", kind="Sweatshirts", noun="sweatshirt",
              draw=partial(sweat, women=True), texture="fleece", price_eur=32.9,
              variants="pink, cream/red *heart, purple"),
        Model(key="hoodie", section="men", kind="Hoodies", noun="hoodie", draw=hoodie,
              texture="fleece", price_eur=39.9,
              variants="grey/charcoal : melange, black, burgundy *college, olive"),
        Model(key="hoodie-zip", section="men", kind="Hoodies", noun="zip hoodie",
              draw=partial(hoodie, zipped=True), texture="fleece", price_eur=44.9,
              variants="navy/grey, black/grey, grey/navy : melange"),
        Model(key="hoodie-w", section="women", kind="Hoodies", noun="hoodie",
              draw=partial(hoodie, women=True), texture="fleece", price_eur=37.9,
              variants="pink, purple/white *mountains, white/grey"),
        Model(key="hoodie-kids", section="kids", kind="Hoodies", noun="hoodie", draw=hoodie,
              texture="fleece", price_eur=24.9, variants="red/white *rocket, mint/white *bear"),
    )  # fmt: skip


def _jackets() -> tuple[Model, ...]:
    blazer, coat, puffer = outer.blazer, outer.coat, outer.puffer
    return (
        Model(key="blazer", section="men", kind="Blazers", noun="blazer", draw=blazer,
              texture="woven", price_eur=119.0, trim="burgundy", material="wool",
              variants="navy, charcoal, black, grey/charcoal : checked, brown/camel"),
        Model(key="blazer-w", section="women", kind="Blazers", noun="blazer",
              draw=partial(blazer, women=True), texture="woven", price_eur=89.0, trim="grey",
              variants="black, pink, beige/brown : checked", material="viscose"),
        Model(key="blazer-double-w", section="women", kind="Blazers",
              noun="double-breasted blazer", draw=partial(blazer, women=True, double=True),
              texture="woven", price_eur=99.0, trim="camel", variants="cream, navy, red",
              material="viscose"),
        Model(key="coat-w", section="women", kind="Coats", noun="wool coat",
              draw=partial(coat, women=True), texture="felt", price_eur=149.0, trim="brown",
              variants="camel, black, red, grey", material="wool"),
        Model(key="coat", section="men", kind="Coats", noun="double-breasted coat",
              draw=partial(coat, style="double"), texture="tweed", price_eur=179.0, trim="black",
              variants="charcoal, navy, brown", material="wool"),
        Model(key="trench", section="women", kind="Coats", noun="trench coat",
              draw=partial(coat, style="trench", women=True), texture="woven", price_eur=129.0,
              trim="brown", variants="beige, olive, navy"),
        Model(key="denim-jacket", section="men", kind="Jackets", noun="denim jacket",
              draw=outer.denim_jacket, texture="denim", price_eur=69.9,
              variants="mid blue, indigo, black", material="denim"),
        Model(key="denim-jacket-w", section="women", kind="Jackets", noun="denim jacket",
              draw=partial(outer.denim_jacket, women=True), texture="denim", price_eur=64.9,
              variants="light wash, mid blue, white", material="denim"),
        Model(key="bomber", section="men", kind="Jackets", noun="bomber jacket",
              draw=outer.bomber, texture="nylon", price_eur=74.9, material="nylon",
              variants="olive, black, navy/red"),
        Model(key="track-jacket", section="unisex", kind="Jackets", noun="track jacket",
              draw=outer.bomber, texture="jersey", price_eur=54.9,
              variants="red/white, blue/white, black/white", material="polyester"),
        Model(key="puffer", section="men", kind="Jackets", noun="puffer jacket", draw=puffer,
              texture="nylon", price_eur=99.0, trim="black",
              variants="red, navy, black, olive/orange", material="recycled nylon"),
        Model(key="puffer-w", section="women", kind="Jackets", noun="puffer jacket",
              draw=partial(puffer, women=True), texture="nylon", price_eur=94.0,
              variants="cream, purple, black", material="recycled nylon"),
        Model(key="puffer-vest", section="unisex", kind="Jackets", noun="quilted waistcoat",
              draw=partial(puffer, vest=True), texture="nylon", price_eur=64.9,
              variants="navy/orange, black, green", material="recycled nylon"),
        Model(key="parka", section="men", kind="Jackets", noun="parka", draw=outer.parka,
              texture="canvas", price_eur=129.0, trim="brown", variants="olive, navy, black"),
        Model(key="raincoat", section="women", kind="Jackets", noun="rain jacket",
              draw=partial(outer.parka, rain=True, women=True), texture="nylon", price_eur=79.9,
              trim="navy", variants="yellow, teal, red", material="polyester"),
        Model(key="biker", section="women", kind="Jackets", noun="leather biker jacket",
              draw=partial(outer.biker, women=True), texture="leather", price_eur=189.0,
              trim="charcoal", variants="black, brown, burgundy", material="leather"),
        Model(key="biker-m", section="men", kind="Jackets", noun="leather biker jacket",
              draw=outer.biker, texture="leather", price_eur=199.0, trim="charcoal",
              variants="black, brown", material="leather"),
    )  # fmt: skip
