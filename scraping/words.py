"""Kind, colour and gender from the words that shops use for them.

A phrase counts only as whole words; the longest phrase wins, and of several equally long ones
the last: in English and the Germanic names of clothes the head of a title stands last ("denim
shirt dress"). Plurals are understood without being listed.
"""

import re
from collections.abc import Iterable
from functools import cache

from core.catalogue import Gender

_KINDS = {
    "dress": "sundress gown kleid sommerkleid umstandskleid abendkleid robe vestido abito sukienka jurk klänning "
    "kjole mekko šaty obleka платье|maxi dress|mini dress|midi dress|shirt dress|nightdress~nightwear",
    "skirt": "rock jupe falda gonna saia spódnica rok kjol nederdel sukně krilo юбка|skort",
    "shirt": "hemd chemise camisa camicia koszula overhemd skjorta skjorte košile srajca рубашка overshirt|denim shirt|polo shirt~polo shirt",
    "blouse": "bluse blusa chemisier bluzka блузка",
    "t-shirt": "tshirt tee maglietta camiseta футболка|t shirt|tee shirt|lounge tshirt|long sleeve t shirt|koszulka",
    "polo shirt": "polo poloshirt polohemd|polo shirt",
    "vest top": "vest camisole tanktop débardeur singlet|tank top|vest top|cami top|innerwear vest",
    "top": "oberteil toppi|crop top|tube top|bodysuit|halter top",
    "tunic": "tunika tunique|shrug~cardigan",
    "sweater": "pullover jumper pulli knitwear maglione pull jersey sweter trui tröja genser neule svetr пуловер|knit sweater",
    "cardigan": "strickjacke gilet~waistcoat shrug cárdigan",
    "sweatshirt": "felpa sudadera bluza|sweat shirt",
    "hoodie": "hoody kapuzenpullover|hooded sweatshirt|hooded jacket~jacket",
    "jacket": "jacke veste chaqueta giacca kurtka jas jacka jakke bunda jakna куртка bomber anorak windbreaker parka~coat|denim jacket|rain jacket|leather jacket|nehru jacket|puffer jacket",
    "coat": "mantel manteau abrigo cappotto płaszcz overcoat raincoat trenchcoat parka пальто|trench coat|winter coat|rain coat",
    "blazer": "sakko|suit jacket|sport coat",
    "suit": "anzug costume traje tuxedo|pant suit|trouser suit|clothing set",
    "waistcoat": "gilet bodywarmer weste",
    "jeans": "jean jegging|denim trousers|skinny jeans|slim fit jeans",
    "trousers": "trouser pants pant chino hose pantalon pantalón pantalones pantaloni spodnie broek byxor bukser housut kalhoty hlače брюки slacks palazzo churidar patiala salwar capri cargo|cargo pants|lounge pants|cigarette pants",
    "joggers": "jogger trackpant sweatpants jogginghose|track pants|sweat pants|jogging pants",
    "leggings": "legging|treggings",
    "shorts": "short bermuda bermudas|lounge shorts|board shorts~swimwear|denim shorts",
    "jumpsuit": "playsuit romper overall dungaree dungarees onesie combinaison mono tuta",
    "tracksuit": "jogginganzug|track suit|jogging suit",
    "swimwear": "bikini swimsuit tankini badeanzug badehose|swim shorts|bathing suit|swim trunks",
    "underwear": "brief boxer trunk panty panties knickers thong boxershorts unterhose lingerie shapewear|boxer shorts|boxer briefs|boxer trunk",
    "bra": "bralette bh soutien-gorge reggiseno sujetador|sports bra",
    "nightwear": "pyjama pyjamas pajama pajamas nightdress nightgown nightshirt bathrobe robe~nightwear babydoll|night suit|baby doll|bath robe|dressing gown",
    "socks": "sock socken chaussettes calcetines calzini skarpety sokken",
    "tights": "stocking pantyhose strumpfhose collants",
    "shoes": "shoe schuh schuhe chaussures zapatos zapato scarpe scarpa sapato sapatos buty schoenen skor sko kengät boty čevlji обувь loafer loafers moccasin espadrille mule brogue oxford derby botines|casual shoes|lace up shoes|boat shoes|slip on",
    "trainers": "trainer sneaker turnschuh turnschuhe baskets zapatillas маратонки кроссовки|sports shoes|running shoes|tennis shoes|athletic shoes",
    "formal shoes": "|formal shoes|dress shoes|business shoes",
    "boots": "boot bootie stiefel stiefelette bottes bottines botas stivali kozaki laarzen|ankle boots|chelsea boots|chelsea boot|winter boots|lace up boots",
    "heels": "heel pump pumps stiletto escarpins tacones|high heels|high heel|court shoes|heeled sandals~sandals",
    "flats": "flat ballerina ballerinas|ballet flats|ballet pumps",
    "sandals": "sandal sandale sandalen sandales sandalias sandali|sports sandals",
    "flip-flops": "|flip flops|flip flop|pool slides|pool slide|bath slippers",
    "slippers": "slipper hausschuh hausschuhe pantuflas pantufas",
    "bag": "handbag tote clutch purse satchel tasche handtasche bolso bolsa borsa sac torba tas väska taske duffel holdall|cross body bag|across body bag|crossbody bag|shoulder bag|tote bag|laptop bag|duffel bag|messenger bag|waist pouch|bum bag|belt bag|trolley bag|hand bag",
    "backpack": "rucksack rucksacks mochila zaino plecak|back pack",
    "wallet": "geldbörse portemonnaie cartera portafoglio carteira cardholder|card holder",
    "belt": "gürtel ceinture cinturón cintura pasek cinto|belts",
    "hat": "beanie fedora hut mütze chapeau sombrero cappello czapka|bucket hat|straw hat|sun hat",
    "cap": "kappe casquette gorra|baseball cap",
    "scarf": "scarves schal foulard bufanda sciarpa szalik stole muffler shawl pashmina dupatta",
    "gloves": "glove handschuh handschuhe gants guantes guanti mitten mittens",
    "tie": "krawatte necktie corbata cravatta bowtie cufflink~cufflinks|bow tie",
    "sunglasses": "sunglass sonnenbrille gafas|sun glasses",
    "glasses": "spectacles eyeglasses|reading glasses",
    "watch": "armbanduhr montre orologio relógio reloj wristwatch|watches",
    "earrings": "earring ohrringe pendientes",
    "necklace": "pendant halskette collier collana|necklace and chains",
    "bracelet": "bangle armband brazalete|bangles",
    "ring": "|finger ring",
    "jewellery": "jewelry schmuck|jewellery set|jewelry set",
    "cufflinks": "cufflink",
    "kurta": "kurti kurtas|kurta set",
    "saree": "sari|lehenga choli",
    "braces": "suspender suspenders",
    "umbrella": "regenschirm parapluie",
}
_COLOURS = {
    "black": "schwarz noir negro nero preto czarny zwart svart sort musta černá črna черный чёрный أسود|core black|jet black",
    "white": "weiß weiss blanc blanche blanco blanca bianco branco biały wit vit hvit valkoinen bílá белый ivory|off white|optical white|footwear white",
    "grey": "gray grau gris grigio cinza szary grijs grå harmaa šedá серый charcoal graphite graphit anthracite antracite anthrazit slate|grey melange|steel grey|dark grey|light grey",
    "navy": "marine marinho marineblau indigo|navy blue|dark blue|midnight blue|dark navy|maritime blue",
    "blue": "blau bleu azul blu azzurro niebieski blauw blå sininen modrá синий azure cobalt denim|sky blue|royal blue|baby blue",
    "light blue": "hellblau celeste|light blue|pale blue|powder blue|ice blue",
    "turquoise": "teal aqua petrol türkis cyan|turquoise blue|sea green",
    "green": "grün vert verde zielony groen grön grønn vihreä zelená зеленый emerald mint lime sage|lime green|fluorescent green|dark green|forest green|bottle green",
    "olive": "khaki oliv army|olive green|army green|military green",
    "red": "rot rouge rojo rosso vermelho czerwony rood röd rød punainen červená красный scarlet crimson",
    "burgundy": "maroon bordeaux wine bordo oxblood weinrot|dark red",
    "pink": "rosa rose fuchsia magenta różowy roze rosé розовый وردي blush|hot pink|light pink|dusty pink",
    "purple": "violet lila violett viola morado roxo plum lilac lavender mauve aubergine fioletowy paars",
    "orange": "naranja arancione laranja pomarańczowy coral peach rust apricot terracotta",
    "yellow": "gelb jaune amarillo giallo amarelo żółty geel gul mustard lemon желтый ochre",
    "brown": "braun marron marrón marrone castanho brązowy bruin brun коричневый chocolate cognac coffee chestnut bronze copper|coffee brown|mushroom brown|dark brown",
    "beige": "cream sand nude tan camel taupe ecru écru stone skin crème creme champagne oatmeal",
    "gold": "golden dorado oro dourado złoty|rose gold",
    "silver": "silber argent plata prata argento steel metallic srebrny",
    "multicoloured": "multi multicolor multicolour multicolored multicoloured rainbow bunt farbig mehrfarbig assorted",
}
_GENDERS = {
    Gender.WOMEN: "women woman womens women's ladies lady female damen dame frau frauen femme femmes mujer mujeres señora donna "
    "feminino mulher kobieta damskie damska damski dames vrouwen dam naiset ženy ženske дамски дамы женский женская женское girlfriend نساء maternity",
    Gender.MEN: "men man mens men's male gents gentlemen herren herr homme hommes hombre hombres caballero uomo masculino homem "
    "męskie męska męski heren mannen herre miehet muži moške мъжки мужской мужская мужское guy رجال",
    Gender.KIDS: "kids kid kid's boys boy boy's girls girl girl's children child children's childrens baby babies infant toddler newborn youth junior "
    "kinder kind jungen mädchen enfant enfants niño niña niños niñas bambino bambina bambini menino menina infantil "
    "dziecięce dzieci barn děti otroci детский اطفال أطفال teen",
    Gender.UNISEX: "unisex",
}
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LONGEST = 4


def kind_of(*texts: str | None) -> str | None:
    """What sort of thing the texts speak of ("dress"), the first text that says so deciding."""
    return _first(_kinds(), texts)


def colour_of(*texts: str | None) -> str | None:
    """The colour that the texts name ("navy"); the last of several in one text."""
    return _first(_colours(), texts)


def gender_of(*texts: str | None) -> Gender | None:
    """Whom the texts speak of; children before grown-ups, women and men together are unisex."""
    for text in texts:
        if text:
            found = {_genders()[word] for word in _words(text) if word in _genders()}
            if Gender.KIDS in found:
                return Gender.KIDS
            if Gender.UNISEX in found or {Gender.MEN, Gender.WOMEN} <= found:
                return Gender.UNISEX
            if found:
                return found.pop()
    return None


def _first(table: dict[tuple[str, ...], str], texts: Iterable[str | None]) -> str | None:
    for text in texts:
        if text and (found := _longest(table, _words(text))):
            return found
    return None


def _longest(table: dict[tuple[str, ...], str], words: list[str]) -> str | None:
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            if found := table.get(tuple(words[start : start + length])):
                return found
    return None


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORDS.findall(text[:500].casefold())]


@cache
def _kinds() -> dict[tuple[str, ...], str]:
    return _table(_KINDS, plurals=True)


@cache
def _colours() -> dict[tuple[str, ...], str]:
    return _table(_COLOURS, plurals=False)


@cache
def _genders() -> dict[str, Gender]:
    return {word.casefold(): gender for gender, words in _GENDERS.items() for word in words.split()}


def _table(source: dict[str, str], *, plurals: bool) -> dict[tuple[str, ...], str]:
    table: dict[tuple[str, ...], str] = {}
    own = {name: [name] for name in source}
    for name, listed in source.items():
        words, *phrases = listed.split("|")
        for entry in (*own[name], *words.split(), *phrases):
            phrase, _, other = entry.partition("~")
            key = tuple(_words(phrase))
            if not key:
                continue
            for form in _forms(key) if plurals else (key,):
                if form == key and entry in own[name]:
                    table[form] = name
                else:
                    table.setdefault(form, other or name)
    return table


def _forms(key: tuple[str, ...]) -> list[tuple[str, ...]]:
    *start, last = key
    plural = f"{last}es" if last.endswith(("s", "ch", "sh", "x")) else f"{last}s"
    forms = [key, (*start, plural)]
    if last.endswith("y"):
        forms.append((*start, f"{last[:-1]}ies"))
    if last.endswith("s") and not last.endswith("ss"):
        forms.append((*start, last[:-1]))
    return forms
