# Every sentence that a person reads, in English. Each language has a file with the same ids and
# arguments (docs/decisions/0066). What comes in as an argument from a shop or a network stays as
# it is.

## Saying hello

start =
    Send me a photo of clothes, and I'll find five like it in real shops.
    A screenshot is fine too, and so are words. Your photos are never kept.
    /help shows what else I can do.
try-a-sample = Try a sample photo
sample = A sample photo, answered as if it were yours:
help =
    A photo or a screenshot: I answer with up to five products like it.
    A link to a picture or to a product's page will do, too.
    Beside a photo, or after an answer: in red, under 50 €, as a skirt, men's, new
    /similar: the same; in a group, as a reply to a photo
    /find black midi dress under 50 €: what the shops have of it; here, words alone will do
    /outfit: what goes with a photo, or with what I showed last, as one picture
    /filters men's, under 80 €: what every search of yours stays within
    /subscribe 09:00 Europe/Berlin: five picks a day at your hour
    /unsubscribe: no more picks
    /picks: today's picks, now; /pause 1 week: none for a while
    /alerts: what I watch for you: prices, stock, news
    /likes: what you like, at today's prices
    /taste: what I know of your taste, and how to put it right
    /language: Deutsch, Español, Français, Русский, हिन्दी
    /settings: in a group, what its admins choose: every photo answered, quiet hours, shops
    ♡ under an answer remembers what you like; tap again to undo.
    /privacy: what I keep, and how to have it erased
how-to =
    I look for clothes by photo or by words, such as: black midi dress under 50 €
    /help shows the rest.
courtesy = Always glad to help. Send me a photo, or say what you are looking for.
unknown-command = I don't know that command. /help lists those I do.
similar-how-to = Send me a photo, and I'll find clothes like it.
similar-how-to-in-a-group = Reply to a photo with /similar, and I'll find clothes like it.
find-how-to = What shall I look for? For example: /find black midi dress under 50 €
lookup-how-to = For example: black midi dress under 50 €
found-no-words = No shop has anything called that. A kind and a colour work best: black dress
outfit-how-to = Send me a photo with /outfit, or write /outfit after an answer: I find what goes with it. /outfit 2 is about the second product.

## An answer

search-anyway = Search all the same
more = More
search-shops = Search the shops
share = Share
shared-already = Shared already; see further down.
cheaper = Cheaper
other-colour = Other colour
other-shop = Other shop
complete-outfit = Complete the outfit
nothing-cheaper = I found nothing like it for less.
no-other-colour = I found nothing like it in another colour.
no-other-shop = No other shop has anything like it.
filters = Filters
filters-line = Filters: { $filters }
filters-leave = { $count ->
    [0] Nothing is within these filters.
    [one] Only { $count } is within these filters.
   *[other] Only { $count } are within these filters.
}
filters-leave-nothing = Nothing like it is within these filters.
search-unfiltered = Search without filters
nothing-at-all = I found nothing like it without filters either.
rates-of = prices in { $currency }, rates of { $day }
in-size = size { $sizes }
in-sure-size = size { $sizes } for sure
asked-for = You asked for: { $wish }
but = not { $what }
elsewhere = from another shop
new = new
in-stock = in stock
shops-asked-already = The shops were asked already; see further down.
end-of-list = That was all of it.
liked-before = What you liked before that.
already-shown = Already shown, further down.
no-longer-works = This button no longer works here. Send me a photo for new ones.
product-gone = That product is no longer there.
another-outfit = Another outfit
outfit = An outfit around: { $look }
outfit-stand-in = 1 stands for yours: the nearest in the shops.
outfit-swaps = { $sign } swaps a piece for the next that goes with the rest.
no-outfits = I can't put outfits together here.
no-piece = That is no piece of an outfit. Clothes, shoes, bags and jewellery are.
no-other-piece = I found nothing else that goes with it.
nothing-goes-with = The shops have nothing that goes with it.
seen = { $thing }
quoted = "{ $words }"
sure-strong = { $count ->
    [1] A close match.
   *[other] { all-are } close matches.
}
sure-fair = { $count ->
    [1] A fair match.
   *[other] { all-are } fair matches.
}
sure-weak = Only weak matches: nothing here is very like it.
all-are = { $count ->
    [2] Both are
    [3] All three are
    [4] All four are
    [5] All five are
   *[other] All are
}
ranks-strong = close: { $ranks }
ranks-fair = fair: { $ranks }
ranks-weak = weak: { $ranks }
searched = Searched { products } in { shops }.
products = { $products ->
    [one] { $products } product
   *[other] { $products } products
}
shops = { $shops ->
    [one] { $shops } shop
   *[other] { $shops } shops
}
also-in-photos = { $photos ->
    [1] Also in the photo: { $garments }.
   *[other] Also in the photos: { $garments }.
}
garment-in-colour = { $colour } { $kind }
photos-bare = In { $bare } of the { $photos } photos I see no clothes.
photos-unread = I couldn't read { $unread } of the { $photos } photos.
shops-asked = Asked { shops } for { $words }.
shops-asked-in-vain = { $shops ->
    [1] Asked { shops } for { $words }; it did not answer.
   *[other] Asked { shops } for { $words }; none of them answered.
}
shops-asked-with-silence = { $silent ->
    [1] Asked { shops } for { $words }; one did not answer.
   *[other] Asked { shops } for { $words }; { $silent } did not answer.
}
offered-nothing = { $shops ->
    [1] It has nothing that I had not found already.
   *[other] They have nothing that I had not found already.
}
under = under { $price }
over = from { $price }
between = { $least } to { $most }
found-unsaid = None of these is called { $words }.
found-nothing =
    The shops have nothing like this: { $wish }.
    Fewer words may find more.
also-at = also at { $shops }
also-at-more = also at { $shops } and { $more } more
from-link = From your link: { $shown }
no-clothes = { $photos ->
    [1] I see no clothes in this photo.
   *[other] I see no clothes in these { $photos } photos.
}
no-clothes-but = I see no clothes in this photo. It looks like { A($thing) } to me.
# Five of these stand in a row on a phone: no more than six characters.
buy-rank = Buy { $rank }
liked = ♥ Liked: { $title }
unliked = ♡ No longer liked: { $title }
sold-out = sold out
price-age = { $days ->
    [1] price from yesterday
    [one] price from { $days } day ago
   *[other] price from { $days } days ago
}

## Trouble

later = Please try again in a few minutes.
other-sticker = Nice sticker! I can only search by photos, though.
other-voice = I can't listen to voice messages. Send me a photo instead.
other-video = I can't watch videos yet. A screenshot of the right moment works well.
other-gif = I can't search by moving pictures. A screenshot of it works well.
other-file = I can't open that file. Send me a photo: JPEG, PNG or WebP.
other-other = I can't search by that. Send me a photo of clothes.
link-away = I couldn't reach that page. Is the link right? A screenshot works, too.
link-slow = That page takes too long. Send me a screenshot of it instead.
link-closed = That site doesn't let me look at its pages. Send me a screenshot instead.
link-refused = I can't open that link. Send me the picture itself, or a screenshot.
link-empty = I found no picture behind that link. Send me a screenshot instead.
unsupported-format = I can't read { $format } pictures. Send a JPEG, PNG or WebP; a screenshot of it works well.
broken-photo = That picture is damaged or cut off. Please send it again.
photo-too-heavy = That file has { $size } MB, and I read up to { $limit } MB. A screenshot of it works well.
photo-too-large = That picture has { $size } megapixels, and I read up to { $limit }. A screenshot of it works well.
not-a-photo = I can't find a picture in that. Send me a photo: JPEG, PNG or WebP.
busy = I'm busy; I'll be back in about { $seconds } s. Please try again then.
catalogue-empty = There are no products to search yet. { later }
unavailable = I'm still sorting the products. { later }
download-failed = I couldn't download that photo. Please send it again.
interrupted = Sorry, I was interrupted before I had finished. If an answer is missing, please send that again.
unforeseen = Sorry, something went wrong on my side. If it happens again, mention { $id }.

## Daily picks

stop-picks = Stop these
stopped = Done: no more daily picks. /subscribe brings them back.
not-subscribed = You get no daily picks. /subscribe 09:00 Europe/Berlin starts them.
subscribe-how-to = When would you like your daily picks? For example: /subscribe 09:00 Europe/Berlin
no-picks = I have no picks for you right now. { later }
picks = Your picks for today:
picks-newest =
    Your picks for today, from the newest in the shops.
    Tap ♡ on what you like, and the next ones come closer to it.
because = { $ranks }: { $reason }
because-liked = because you liked { $title }
because-new = new in the shops
because-photo = because of a photo that you sent
because-taste = near what you like
because-surprise = a little different, for a change
news-new = new at { $shop }
news-reduced = now { $less } % less
news-back = back in stock
subscribed = Done: picks { $every } at { $at } ({ $zone }). The next come { day } at { $next }. /unsubscribe stops them.
subscribed-already = You get picks { $every } at { $at } ({ $zone }); the next come { day } at { $next }. For another hour: /subscribe 18:30
day = { $days ->
    [0] today
    [1] tomorrow
   *[other] on { $date }
}
every = every { $days }
every-day = every day
pause-picks = Pause a week
pause-how-to = For how long? For example: /pause 1 week
paused = Done: a pause. The next picks come { day } at { $next }; /subscribe brings them back sooner.
no-likes = You like nothing yet: tap ♡ under an answer.
likes = { $count ->
    [one] You like one product.
   *[other] You like { $count } products; the latest come first.
}
likes-gone = { $count ->
    [one] One is no longer sold.
   *[other] { $count } are no longer sold.
}
no-taste = I know nothing of your taste yet. Send me a photo, or tap ♡ on what you like.
taste = What you like, as far as I know:
taste-line = { $rank }: { $what } ({ $share }) { $why }
taste-because = because you liked { $titles }
taste-against = Not for you: { $titles }
taste-ways = Not right? Put it right here:
less-of = Less of { $rank }
forget-one = Forget { $rank }
taste-less = Done: that counts half now.
taste-dropped = Done: forgotten, with the likes that it came from.
taste-reset = Start afresh
taste-reset-sure = Shall I forget all that I know of your taste? Your likes go with it; daily picks stay.
taste-is-reset = Done: I know nothing of your taste any more.
taste-export = As a file
disliked = ✕ Noted: less like { $title }
which-zone = { $at } in which time zone? Your city will do: /subscribe { $at } Berlin
subscribe-quiet = At { $at } ({ $zone }) this group has quiet hours, and they last past midnight (/settings), so no picks would come. Another hour? /subscribe 18:30
unknown-zone = I don't know the time zone { $words }. Try the nearest big city, for example: /subscribe { $at } Berlin
unknown-zone-perhaps = Which time zone is { $words }? Perhaps: { $examples }

## Alerts

alert-me = Alert me
alert-when = { $title }: when shall I tell you? Or reply with a price, such as: under 30 €
alert-cheaper = Below { $price }
alert-fifth = 20 % off: { $price }
alert-stock = Back in stock
alert-brand = New from { $brand }
alert-alike = New ones like it
alert-like = New and like { $title }
alert-below = { $title }: below { $price }
alert-at-most = { $title }: { $price } or less
alert-set = Done, I'll watch for this: { $what }. /alerts shows all.
alert-already = It costs { $price } now; that is within your price already.
alert-too-low = It costs { $price } now. Less than a tenth of that I would take for a mistake.
alert-other-currency = Its price is { $price }. Please name yours in that currency.
alert-no-price = Its shop tells no price, so there is nothing to compare.
alerts-full = I watch as much for you as I can. /alerts ends what you no longer need.
alerts-how-to = Which product of the last answer, and from which price? For example: /alerts 2 under 30 €. For a brand, write its name after /alerts.
alerts-none = I watch nothing for you yet. Tap "{ alert-me }" under an answer to begin.
alerts = I watch for this:
alerts-hours = I write between 8 am and 10 pm. ✕ ends one.
alert-ended = Done: I watch for that no more.
alerts-daily = Tell me with my daily picks
alerts-at-once = Tell me at once
alerts-are-daily = Done: I tell you at the hour of your daily picks.
alerts-are-instant = Done: I tell you at once, by day.
alerts-news = News of what I watch for you:
alerts-foot = /alerts shows and ends what I watch for.
alert-price = { $ranks }: cheaper; it was { $price } when you asked
alert-back = { $ranks }: back in stock
alert-new = { $ranks }: new from { $brand }
alert-new-like = { $ranks }: new, and like { $title }

## Privacy

privacy =
    I never keep a photo: it is looked at in memory and dropped.
    Of you I keep:
    · what you liked with ♡, turned down with ✕ or opened in its shop through my links, until you take it back; /taste shows it
    · the language you chose with /language
    · your filters, set with /filters
    · when you want daily picks, in which chat and language, and which ones you were sent in the last 30 days
    · what you want to be told of (/alerts), in which chat and language, and what came true of it
    · for 30 days, what those who run this bot sent you, in which chat; and, until you take it back, that you want no more of it
    · for 30 days, which language your app speaks, which products an answer showed you and what I took the photo for and what you asked for with it, with some 300 numbers to compare products by, so that its buttons work and your picks suit you
    Of a group's members I keep only what they like, and of the group what was liked there; answers and picks there belong to nobody. Those who run this bot see numbers, not people.
    /export hands you all of it; /forget erases it.
privacy-alone = That is between the two of us: ask me in a private chat.
exported = Here is all that I keep of you.
forget = Shall I erase all that I keep of you: likes, daily picks, alerts, your language, filters and earlier answers?
forget-all = Erase everything
forgotten = Done. I keep nothing of you any more; earlier buttons no longer work.
nothing-kept = I keep nothing of you.

## Filters

no-filters = You have no filters: I search everything.
filters-how-to =
    Tap to change them, or say it: /filters men's, size M, under 80 €, in stock
    /filters off takes them all away.
filters-unknown = I understood no filter in that. For example: /filters men's, size M, under 80 €, in stock
no-rates = I have no exchange rates at the moment, so prices stay as the shops ask them.
for-anyone = For anyone
any-price = Any price
any-size = Any size
sure-size = Known sizes only
all-shops = All shops
shops-currencies = The shops' currency
clear-filters = Clear all filters
search-again = Search again
back = Back

## The language

choose-language = Which language shall I speak?
language-chosen = From now on I speak English.
language-unknown = I don't speak that one yet. These I do:
language-for-admins = In a group, only its admins choose the language. In a private chat with me, you do.

## Groups

settings =
    How I am in this group. Its admins change it with a tap; who asks with /similar is always answered.
    Quiet hours: /settings 22:00–07:00 Berlin
settings-for-groups = /settings is for groups. Here there are /language and /subscribe.
settings-for-admins = In a group, only its admins change that.
every-photo = Answer every photo
photos-unseen = I don't see photos here that are not sent to me. On Telegram, make me an admin; on Discord, I lack the Message Content Intent.
quiet-hours = Quiet hours
quiet-how-to = When shall I be quiet, and in which time zone? For example: /settings 22:00–07:00 Berlin
quiet-set = Done: from { $start } to { $end } ({ $zone }) I only answer when asked, and no picks come.
language-of-each = each member's own
shops-searched = { $searched } of { shops }
one-shop-stays = One shop has to stay.

## For operators

no-shops = There are no shops yet: describe one in the shops folder.
rebuilt = { $products ->
    [one] The index is built anew, of { $products } product.
   *[other] The index is built anew, of { $products } products.
}
not-rebuilt = The index could not be built anew; the one before answers. { $reason }
for-operators = That is for those who run this bot. If you do, put { $name } into TWINSET_OPERATORS and start it again.
shop-news = { $title }: { $parts }; { $ago }
shop-products = { products } ({ $share } of last time)
shop-new = { $count } new
shop-changed = { $count } changed
shop-gone = { $count } gone
shop-pages = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}
shop-errors = { $count ->
    [one] { $count } error ({ $kinds })
   *[other] { $count } errors ({ $kinds })
}
shop-not-whole = ⚠ not seen as a whole: { $problem }
shop-without-news = { $title }: not scraped in the last month
and-more-shops = … and { shops } more; the log has them all.
stats-days = { $days ->
    [one] The last { $days } day:
   *[other] The last { $days } days:
}
stats-people = people: { $people } · groups: { $groups }
stats-answers = answers: { $answers } · likes: { $likes }
stats-opens = opened in a shop: { $opens } · of what was shown, by place: { $places }
stats-picks = picks sent: { $sent }
stats-picks-opened = picks sent: { $sent } · messages with a pick opened: { $opened }
stats-subscribers = subscribed now: { $subscribers } · unsubscribed: { $ended }
stats-no-opens = What is opened in a shop is counted once TWINSET_PUBLIC_URL is set.
broadcast-how-to = Write after the command what everybody is to read: /broadcast I search three new shops now. I show it to you first, and send nothing before you say so.
broadcast-too-long = That is too long for one message. Signs too many: { $over }
broadcast-reach =
    That is how it arrives, the last line in each chat's own language.
    { stats-people }
broadcast-send = Send it
broadcast-discard = Discard
broadcast-discarded = Done: nothing was sent.
broadcast-begun = Begun. /broadcast tells how it goes.
broadcast-busy = One is still going out. /broadcast shows it, and can stop it.
broadcast-stop = Stop
broadcast-stopped = Done: nothing more is sent.
broadcast = { $state ->
    [going] Going out: { $text }
    [stopped] Stopped: { $text }
   *[over] Sent: { $text }
}
broadcast-counts = sent: { $sent } · failed: { $failed } · left: { $left }
broadcast-unsure = on the way, or broken off and perhaps sent: { $unsure }
broadcast-foot = This comes from those who run this bot.
broadcasts-no-more = No more of these
broadcasts-off = Done: no more of these come here.
broadcasts-again = Send them again
broadcasts-on = Done: these come here again.
experiment = Experiment { $name }, { $first } to { $last }
experiment-half = { $half } ({ $setting }): people and groups: { $people } · messages: { $messages } · good: { $share }
experiment-good = Good is { $what ->
    [picks] a message of daily picks
   *[answers] an answer to a photo
} of which a product was { $opens ->
    [yes] opened or liked.
   *[no] liked; without TWINSET_PUBLIC_URL likes alone count.
}
experiment-difference = B less A: { $points } percentage points, 95% sure between { $low } and { $high }
experiment-few = With fewer than { $people } in a half nothing is said of the difference.
experiment-result = { $better ->
    [a] A is better.
    [b] B is better.
   *[open] Not enough to tell which is better.
}
experiment-waits = Not enough to tell yet: decide on { $day }. Whoever looks every day and stops at the first difference often takes chance for one.
experiment-over = The experiment { $name } ended on { $last }. Messages are kept for 30 days, so that it can no longer be counted.
just-now = just now
hours-ago = { $hours } h ago
days-ago = { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
}

## The platforms' own places: at most 100 characters, names at most 32

command-start = What this bot does
command-help = How to search, and every command
command-similar = Find products like the one in a photo
command-find = Find products by words: black midi dress
command-outfit = What goes with a photo, or with what I showed last
command-filters = What every search stays within: men's, under 80 €
command-subscribe = Five picks a day: 09:00 Europe/Berlin
command-unsubscribe = No more daily picks
command-picks = Today's picks, now
command-alerts = What I watch for you: prices, stock, news
command-likes = What you like, at today's prices
command-taste = What I know of your taste, and why
command-pause = No daily picks for a while: 1 week
command-language = Another language
command-privacy = What I keep of you; /export and /forget
command-export = All that I keep of you, as a file
command-forget = Have all of it erased
command-settings = For the admins of a group: photos, quiet hours, shops
command-shops = For those who run this bot: how the shops are
command-stats = For those who run this bot: how it is used
command-rebuild = For those who run this bot: build the index anew
command-broadcast = For those who run this bot: a message to everybody
# Telegram's own page of the bot: 512 and 120 characters.
description =
    Send me a photo of clothes, or a screenshot, and I answer with five products like it from real shops: with prices, and links to buy them.

    No photo at hand? Start me, and try a sample. Your photos are never kept.
short-description = A photo of clothes in, five products like it out, with buy links.
find-similar = Find similar
photo-option = photo
photo-about = The garment, as a photo or a screenshot
link-option = link
link-about = Or where it is shown: https://…
wish-option = wish
wish-about = How it is to be otherwise: in red, under 50 €, men's
words-option = words
words-about = What you look for: black midi dress under 50 €
number-option = number
number-about = Around which product of my last answer: 2
filters-option = words
filters-about = Such as: men's, size M, under 80 €, in stock; or off
at-option = at
at-about = When, and where you live: 09:00 Europe/Berlin
quiet-option = quiet
quiet-about = Quiet hours, and the time zone: 22:00–07:00 Berlin
alerts-option = what
alerts-about = What to watch: 2 under 30 € of the last answer, or a brand
text-option = text
text-about = What everybody is to read; without it, how the latest goes
language-option = language
language-about = The language that I shall speak
buy = Buy
unnamed = Unnamed product

## The chat page

code = en
other-site = That came from another site than this page, so I left it alone.
no-cookie = I lost track of who you are. Please reload the page, and allow it its cookie.
not-understood = That reached me in pieces. Please reload the page and try again.
too-long = That is more than I can read. I look for clothes by photo: send me one.
too-many-photos = That is a lot of photos: please send at most { $limit } at once.
too-much-at-once = That is more than { $limit } MB at once. Please send fewer photos.
page-skip = Write a message
page-tagline = A photo in, five products like it out
page-away = Not connected. Trying again…
page-conversation = Conversation
page-drop-or = Drop a photo here, paste one, or
page-gallery = A photo, or a screenshot from your gallery
page-choose = Choose a photo
page-your-message = Your message
page-take = Take a photo
page-message = Message
page-placeholder = Send a photo
page-send = Send
page-let-go = Let go to send the photo
page-news = News
page-like = Like
page-matches = Matches
page-your-photo = Your photo
page-sample = A sample photo
page-outfit = The outfit in one picture
page-photo-gone = Your photo, which is not kept
page-looking = Looking
page-sending = Sending
page-unreached = That did not reach me.
page-unanswered = The answer to that did not arrive.
page-again = Try again
page-too-heavy = That is heavier than this site lets through. A screenshot of it works well.

## Kinds of things to wear, and families of kinds

kind-accessory = accessory
kind-apron = apron
kind-backpack = backpack
kind-bag = bag
kind-belt = belt
kind-blazer = blazer
kind-blouse = blouse
kind-boots = boots
kind-bra = bra
kind-bracelet = bracelet
kind-braces = braces
kind-cap = cap
kind-cardigan = cardigan
kind-clothes = clothes
kind-coat = coat
kind-cufflinks = cufflinks
kind-dress = dress
kind-earrings = earrings
kind-flats = flats
kind-flip-flops = flip-flops
kind-formal-shoes = formal shoes
kind-glasses = glasses
kind-gloves = gloves
kind-hat = hat
kind-heels = heels
kind-hoodie = hoodie
kind-jacket = jacket
kind-jeans = jeans
kind-jewellery = jewellery
kind-joggers = joggers
kind-jumpsuit = jumpsuit
kind-kurta = kurta
kind-leggings = leggings
kind-necklace = necklace
kind-nightwear = nightwear
kind-polo-shirt = polo shirt
kind-ring = ring
kind-sandals = sandals
kind-saree = saree
kind-scarf = scarf
kind-shirt = shirt
kind-shoes = shoes
kind-shorts = shorts
kind-skirt = skirt
kind-slippers = slippers
kind-socks = socks
kind-suit = suit
kind-sunglasses = sunglasses
kind-sweater = sweater
kind-sweatshirt = sweatshirt
kind-swimwear = swimwear
kind-t-shirt = t-shirt
kind-tie = tie
kind-tights = tights
kind-top = top
kind-tracksuit = tracksuit
kind-trainers = trainers
kind-trousers = trousers
kind-tunic = tunic
kind-umbrella = umbrella
kind-underwear = underwear
kind-vest-top = vest top
kind-waistcoat = waistcoat
kind-wallet = wallet
kind-watch = watch

## Colours

colour-beige = beige
colour-black = black
colour-blue = blue
colour-brown = brown
colour-burgundy = burgundy
colour-gold = gold
colour-green = green
colour-grey = grey
colour-light-blue = light blue
colour-multicoloured = multicoloured
colour-navy = navy
colour-olive = olive
colour-orange = orange
colour-pink = pink
colour-purple = purple
colour-red = red
colour-silver = silver
colour-turquoise = turquoise
colour-white = white
colour-yellow = yellow

## Patterns

pattern-checked = checked
pattern-floral = floral
pattern-printed = printed
pattern-solid = solid
pattern-striped = striped

## Whom it is made for

gender-kids = kids'
gender-men = men's
gender-unisex = unisex
gender-women = women's
