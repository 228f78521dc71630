# Jeder Satz, den jemand liest, auf Deutsch: kurz, freundlich, per Du.

## Begrüßung

start =
    Schick mir ein Foto von Kleidung, und ich finde bis zu fünf ähnliche Stücke in echten Shops.
    Ein Screenshot geht auch, und Worte ebenso. Deine Fotos werden nie gespeichert.
    /help zeigt, was ich sonst noch kann.
try-a-sample = Beispielfoto ausprobieren
sample = Ein Beispielfoto, beantwortet, als wäre es deins:
help =
    Ein Foto oder ein Screenshot: Ich antworte mit bis zu fünf ähnlichen Produkten.
    Ein Link zu einem Bild oder zu einer Produktseite geht auch.
    Zum Foto oder nach einer Antwort: in Rot, unter 50 €, als Rock, für Herren, neu
    /similar: dasselbe; in einer Gruppe als Antwort auf ein Foto
    /find schwarzes Kleid unter 50 €: was die Shops davon haben; hier genügen auch Worte allein
    /outfit: was zu einem Foto passt, oder zu meiner letzten Antwort, als ein Bild
    /filters Herren, unter 80 €: was für alle deine Suchen gilt
    /subscribe 09:00 Europe/Berlin: jeden Tag fünf Tipps zu deiner Uhrzeit
    /unsubscribe: keine Tipps mehr
    /picks: die Tipps von heute, jetzt gleich; /pause 1 Woche: eine Weile keine
    /alerts: worauf ich für dich achte: Preise, Bestand, Neues
    /likes: was dir gefällt, zu heutigen Preisen
    /taste: was ich von deinem Geschmack weiß, und wie du es richtigstellst
    /language: English, Español, Français, Русский, हिन्दी
    /settings: in einer Gruppe das, was ihre Admins wählen: jedes Foto beantworten, Ruhezeiten, Shops
    ♡ unter einer Antwort merkt sich, was dir gefällt; noch einmal tippen nimmt es zurück.
    /privacy: was ich behalte, und wie du es löschst
how-to =
    Ich suche Kleidung nach einem Foto oder nach Worten, zum Beispiel: schwarzes Kleid unter 50 €
    /help zeigt alles Weitere.
courtesy = Immer gern. Schick mir ein Foto, oder schreib, was du suchst.
unknown-command = Diesen Befehl kenne ich nicht. /help zeigt dir alle.
similar-how-to = Schick mir ein Foto, und ich suche ähnliche Kleidung.
similar-how-to-in-a-group = Antworte mit /similar auf ein Foto, und ich suche ähnliche Kleidung.
find-how-to = Was soll ich suchen? Zum Beispiel: /find schwarzes Kleid unter 50 €
lookup-how-to = Zum Beispiel: schwarzes Kleid unter 50 €
found-no-words = In keinem Shop heißt etwas so. Am besten gehen Art und Farbe: schwarzes Kleid
outfit-how-to = Schick mir ein Foto mit /outfit, oder schreib /outfit nach einer Antwort: Ich finde, was dazu passt. /outfit 2 meint das zweite Produkt.

## Eine Antwort

search-anyway = Trotzdem suchen
more = Mehr
search-shops = In den Shops suchen
share = Teilen
shared-already = Schon geteilt; siehe weiter unten.
cheaper = Günstiger
other-colour = Andere Farbe
other-shop = Anderer Shop
complete-outfit = Outfit vervollständigen
nothing-cheaper = Ich habe nichts Ähnliches gefunden, das weniger kostet.
no-other-colour = In einer anderen Farbe habe ich nichts Ähnliches gefunden.
no-other-shop = Kein anderer Shop hat etwas Ähnliches.
filters = Filter
filters-line = Filter: { $filters }
filters-leave = { $count ->
    [0] Diese Filter lassen nichts übrig.
   *[other] Diese Filter lassen nur { $count } übrig.
}
filters-leave-nothing = Diese Filter lassen nichts davon übrig.
search-unfiltered = Ohne Filter suchen
nothing-at-all = Auch ohne Filter habe ich nichts Ähnliches gefunden.
rates-of = Preise in { $currency }, Kurse vom { $day }
in-size = Größe { $sizes }
in-sure-size = sicher Größe { $sizes }
asked-for = Gewünscht: { $wish }
but = nicht { $what }
elsewhere = aus einem anderen Shop
new = neu
in-stock = auf Lager
shops-asked-already = Die Shops habe ich schon gefragt; schau weiter unten.
end-of-list = Das war alles.
liked-before = Was dir davor gefallen hat.
already-shown = Schon gezeigt, weiter unten.
no-longer-works = Dieser Knopf geht hier nicht mehr. Schick mir ein Foto, dann gibt es neue.
product-gone = Dieses Produkt gibt es nicht mehr.
another-outfit = Ein anderes Outfit
outfit = Ein Outfit rund um: { $look }
outfit-stand-in = 1 steht für deins: das Ähnlichste aus den Shops.
outfit-swaps = { $sign } tauscht ein Teil gegen das nächste, das zum Rest passt.
no-outfits = Outfits kann ich hier nicht zusammenstellen.
no-piece = Daraus wird kein Outfit. Kleidung, Schuhe, Taschen und Schmuck gehen.
no-other-piece = Sonst habe ich nichts gefunden, was dazu passt.
nothing-goes-with = Die Shops haben nichts, was dazu passt.
seen = „{ $thing }“
quoted = „{ $words }“
sure-strong = { $count ->
    [1] Ein sehr ähnlicher Treffer.
   *[other] { all-are } sehr ähnlich.
}
sure-fair = { $count ->
    [1] Ein ähnlicher Treffer.
   *[other] { all-are } ähnlich.
}
sure-weak = Nur schwache Treffer: Wirklich ähnlich ist hier nichts.
all-are = { $count ->
    [2] Beide sind
    [3] Alle drei sind
    [4] Alle vier sind
    [5] Alle fünf sind
   *[other] Alle sind
}
ranks-strong = sehr ähnlich: { $ranks }
ranks-fair = ähnlich: { $ranks }
ranks-weak = schwach: { $ranks }
searched = { products } aus { shops } durchsucht.
products = { $products ->
    [one] { $products } Produkt
   *[other] { $products } Produkte
}
shops = { $shops ->
    [one] { $shops } Shop
   *[other] { $shops } Shops
}
also-in-photos = { $photos ->
    [1] Auch auf dem Foto: { $garments }.
   *[other] Auch auf den Fotos: { $garments }.
}
garment-in-colour = { $kind } ({ $colour })
photos-bare = Auf { $bare } der { $photos } Fotos sehe ich keine Kleidung.
photos-unread = { $unread } der { $photos } Fotos konnte ich nicht lesen.
shops-asked = Nach { $words } in { shops } gefragt.
shops-asked-in-vain = { $shops ->
    [1] Nach { $words } in { shops } gefragt; er hat nicht geantwortet.
   *[other] Nach { $words } in { shops } gefragt; keiner hat geantwortet.
}
shops-asked-with-silence = { $silent ->
    [1] Nach { $words } in { shops } gefragt; einer hat nicht geantwortet.
   *[other] Nach { $words } in { shops } gefragt; { $silent } haben nicht geantwortet.
}
offered-nothing = { $shops ->
    [1] Er hat nichts, was ich nicht schon gefunden hatte.
   *[other] Sie haben nichts, was ich nicht schon gefunden hatte.
}
under = unter { $price }
over = ab { $price }
between = { $least } bis { $most }
found-unsaid = Keins davon heißt { $words }.
found-nothing =
    So etwas haben die Shops nicht: { $wish }.
    Weniger Worte finden vielleicht mehr.
also-at = auch bei { $shops }
also-at-more = auch bei { $shops } und { $more } weiteren
from-link = Von deinem Link: { $shown }
no-clothes = { $photos ->
    [1] Auf diesem Foto sehe ich keine Kleidung.
   *[other] Auf diesen { $photos } Fotos sehe ich keine Kleidung.
}
no-clothes-but = Auf diesem Foto sehe ich keine Kleidung. Für mich sieht das nach „{ $thing }“ aus.
# Fünf davon stehen am Handy nebeneinander: höchstens sechs Zeichen.
buy-rank = 🛒 { $rank }
liked = ♥ Gefällt dir: { $title }
unliked = ♡ Gefällt dir nicht mehr: { $title }
sold-out = ausverkauft
price-age = { $days ->
    [1] Preis von gestern
    [one] Preis von vor { $days } Tag
   *[other] Preis von vor { $days } Tagen
}

## Wenn etwas nicht geht

later = Bitte versuch es in ein paar Minuten noch einmal.
other-sticker = Schöner Sticker! Suchen kann ich aber nur nach Fotos.
other-voice = Sprachnachrichten kann ich nicht anhören. Schick mir lieber ein Foto.
other-video = Videos kann ich noch nicht ansehen. Ein Screenshot vom richtigen Moment hilft.
other-gif = Nach bewegten Bildern kann ich nicht suchen. Ein Screenshot davon hilft.
other-file = Diese Datei kann ich nicht öffnen. Schick mir ein Foto: JPEG, PNG oder WebP.
other-other = Danach kann ich nicht suchen. Schick mir ein Foto von Kleidung.
link-away = Diese Seite konnte ich nicht erreichen. Stimmt der Link? Ein Screenshot geht auch.
link-slow = Diese Seite braucht zu lange. Schick mir lieber einen Screenshot davon.
link-closed = Diese Website lässt mich ihre Seiten nicht ansehen. Schick mir lieber einen Screenshot.
link-refused = Diesen Link kann ich nicht öffnen. Schick mir das Bild selbst oder einen Screenshot.
link-empty = Hinter diesem Link habe ich kein Bild gefunden. Schick mir lieber einen Screenshot.
unsupported-format = Bilder im Format { $format } kann ich nicht lesen. Schick mir JPEG, PNG oder WebP; ein Screenshot davon geht auch.
broken-photo = Dieses Bild ist beschädigt oder unvollständig. Bitte schick es noch einmal.
photo-too-heavy = Diese Datei hat { $size } MB, und ich lese bis zu { $limit } MB. Ein Screenshot davon hilft.
photo-too-large = Dieses Bild hat { $size } Megapixel, und ich lese bis zu { $limit }. Ein Screenshot davon hilft.
not-a-photo = Darin finde ich kein Bild. Schick mir ein Foto: JPEG, PNG oder WebP.
busy = Hier ist gerade viel los; in etwa { $seconds } s bin ich wieder da. Bitte versuch es dann noch einmal.
catalogue-empty = Es gibt noch keine Produkte zum Durchsuchen. { later }
unavailable = Ich sortiere die Produkte noch. { later }
download-failed = Dieses Foto konnte ich nicht herunterladen. Bitte schick es noch einmal.
interrupted = Entschuldige, ich wurde unterbrochen, bevor ich fertig war. Falls eine Antwort fehlt, schick es mir bitte noch einmal.
unforeseen = Entschuldige, da ist bei mir etwas schiefgegangen. Falls es wieder passiert, nenne bitte { $id }.

## Tipps des Tages

stop-picks = Keine Tipps mehr
stopped = Erledigt: keine Tipps mehr. /subscribe holt sie zurück.
not-subscribed = Du bekommst keine täglichen Tipps. /subscribe 09:00 Europe/Berlin startet sie.
subscribe-how-to = Wann hättest du deine täglichen Tipps gern? Zum Beispiel: /subscribe 09:00 Europe/Berlin
no-picks = Gerade habe ich keine Tipps für dich. { later }
picks = Deine Tipps für heute:
picks-newest =
    Deine Tipps für heute, aus dem Neuesten in den Shops.
    Tippe bei dem, was dir gefällt, auf ♡, und die nächsten treffen es besser.
because = { $ranks }: { $reason }
because-liked = weil dir „{ $title }“ gefällt
because-new = neu in den Shops
because-photo = wegen eines Fotos, das du geschickt hast
because-taste = nah an dem, was dir gefällt
because-surprise = zur Abwechslung etwas anderes
news-new = neu bei { $shop }
news-reduced = jetzt { $less } % günstiger
news-back = wieder zu haben
subscribed = Erledigt: Tipps { $every } um { $at } ({ $zone }). Die nächsten kommen { day } um { $next }. /unsubscribe beendet sie.
subscribed-already = Du bekommst { $every } um { $at } Tipps ({ $zone }); die nächsten kommen { day } um { $next }. Für eine andere Uhrzeit: /subscribe 18:30
day = { $days ->
    [0] heute
    [1] morgen
   *[other] am { $date }
}
every = jeden { $days }
every-day = jeden Tag
pause-picks = Eine Woche Pause
pause-how-to = Wie lange? Zum Beispiel: /pause 1 Woche
paused = Erledigt: Pause. Die nächsten Tipps kommen { day } um { $next }; /subscribe holt sie früher zurück.
no-likes = Du hast noch keine Likes: Tipp unter einer Antwort auf ♡.
likes = { $count ->
    [one] Dir gefällt ein Produkt.
   *[other] Dir gefallen { $count } Produkte; die neuesten Likes stehen vorn.
}
likes-gone = { $count ->
    [one] Eines wird nicht mehr verkauft.
   *[other] { $count } werden nicht mehr verkauft.
}
no-taste = Von deinem Geschmack weiß ich noch nichts. Schick mir ein Foto, oder tippe auf ♡, wenn dir etwas gefällt.
taste = Was dir gefällt, soviel ich weiß:
taste-line = { $rank }: { $what } ({ $share }) { $why }
taste-because = weil dir das gefällt: { $titles }
taste-against = Nichts für dich: { $titles }
taste-ways = Stimmt nicht? Hier kannst du es ändern:
less-of = Weniger { $rank }
forget-one = { $rank } vergessen
taste-less = Erledigt: Das zählt jetzt halb.
taste-dropped = Erledigt: vergessen, samt den Likes dahinter.
taste-reset = Von vorn anfangen
taste-reset-sure = Soll ich alles vergessen, was ich von deinem Geschmack weiß? Deine Likes gehen mit; die täglichen Tipps bleiben.
taste-is-reset = Erledigt: Von deinem Geschmack weiß ich nichts mehr.
taste-export = Als Datei
disliked = ✕ Gemerkt: weniger wie { $title }
which-zone = { $at } in welcher Zeitzone? Deine Stadt genügt: /subscribe { $at } Berlin
subscribe-quiet = Um { $at } ({ $zone }) hat diese Gruppe Ruhezeit, und zwar über Mitternacht hinaus (/settings): Es kämen keine Tipps. Eine andere Uhrzeit? /subscribe 18:30
unknown-zone = Die Zeitzone { $words } kenne ich nicht. Versuch es mit der nächsten großen Stadt, zum Beispiel: /subscribe { $at } Berlin
unknown-zone-perhaps = Welche Zeitzone ist { $words }? Vielleicht: { $examples }

## Meldungen

alert-me = Sag Bescheid
alert-when = { $title }: Wann soll ich Bescheid sagen? Oder antworte mit einem Preis, etwa: unter 30 €
alert-cheaper = Unter { $price }
alert-fifth = 20 % weniger: { $price }
alert-stock = Wieder da
alert-brand = Neu von { $brand }
alert-alike = Neues dieser Art
alert-like = Neues wie { $title }
alert-below = { $title }: unter { $price }
alert-at-most = { $title }: höchstens { $price }
alert-set = Gut, ich passe darauf auf: { $what }. /alerts zeigt alles.
alert-already = Es kostet jetzt { $price }; das liegt schon in deinem Rahmen.
alert-too-low = Es kostet jetzt { $price }. Weniger als ein Zehntel davon hielte ich für einen Irrtum.
alert-other-currency = Der Preis ist { $price }. Nenne deinen bitte in dieser Währung.
alert-no-price = Der Shop nennt keinen Preis, also gibt es nichts zu vergleichen.
alerts-full = Mehr kann ich für dich nicht im Auge behalten. /alerts beendet, was du nicht mehr brauchst.
alerts-how-to = Welches Produkt der letzten Antwort, und ab welchem Preis? Zum Beispiel: /alerts 2 unter 30 €. Für eine Marke schreib ihren Namen hinter /alerts.
alerts-none = Noch achte ich für dich auf nichts. Tippe unter einer Antwort auf „{ alert-me }“.
alerts = Darauf achte ich für dich:
alerts-hours = Ich schreibe zwischen 8 und 22 Uhr. ✕ beendet eine Meldung.
alert-ended = Gut: darauf achte ich nicht mehr.
alerts-daily = Mit meinen täglichen Tipps melden
alerts-at-once = Sofort melden
alerts-are-daily = Gut: ich melde mich zur Stunde deiner täglichen Tipps.
alerts-are-instant = Gut: ich melde mich sofort, tagsüber.
alerts-news = Neues zu dem, worauf ich für dich achte:
alerts-foot = /alerts zeigt und beendet, worauf ich achte.
alert-price = { $ranks }: günstiger; als du gefragt hast, waren es { $price }
alert-back = { $ranks }: wieder da
alert-new = { $ranks }: neu von { $brand }
alert-new-like = { $ranks }: neu und ähnlich wie { $title }

## Privates

privacy =
    Fotos behalte ich nie: Ich sehe sie mir im Arbeitsspeicher an und verwerfe sie.
    Von dir behalte ich:
    · was dir mit ♡ gefallen hat, was du mit ✕ abgelehnt oder über meine Links im Shop geöffnet hast, bis du es zurücknimmst; /taste zeigt es
    · die Sprache, die du mit /language gewählt hast
    · deine Filter, gesetzt mit /filters
    · wann du tägliche Tipps möchtest, in welchem Chat und welcher Sprache, und welche du in den letzten 30 Tagen bekommen hast
    · worauf ich für dich achten soll (/alerts), in welchem Chat und welcher Sprache, und was davon eintraf
    · 30 Tage lang, was dir die Betreiber dieses Bots geschickt haben, in welchem Chat; und, bis du es zurücknimmst, dass du davon nichts mehr willst
    · 30 Tage lang, welche Sprache deine App spricht, welche Produkte dir eine Antwort gezeigt hat und was ich auf dem Foto gesehen habe und was du dazu gewünscht hast, mit rund 300 Zahlen zum Vergleichen von Produkten, damit ihre Knöpfe funktionieren und deine Tipps zu dir passen
    Von den Mitgliedern einer Gruppe behalte ich nur, was ihnen gefällt, und von der Gruppe, was dort gefiel; Antworten und Tipps gehören dort niemandem. Wer diesen Bot betreibt, sieht Zahlen, keine Menschen.
    /export gibt dir alles davon; /forget löscht es.
privacy-alone = Das bleibt unter uns: Frag mich in einem privaten Chat.
exported = Hier ist alles, was ich von dir behalte.
forget = Soll ich alles löschen, was ich von dir behalte: was dir gefällt, tägliche Tipps, Meldungen, deine Sprache, Filter und frühere Antworten?
forget-all = Alles löschen
forgotten = Erledigt. Ich behalte nichts mehr von dir; frühere Knöpfe gehen nicht mehr.
nothing-kept = Ich behalte nichts von dir.

## Filter

no-filters = Du hast keine Filter: Ich suche überall.
filters-how-to =
    Tippe zum Ändern, oder schreib es: /filters Herren, Größe M, unter 80 €, auf Lager
    /filters aus nimmt alle weg.
filters-unknown = Darin habe ich keinen Filter gefunden. Zum Beispiel: /filters Herren, Größe M, unter 80 €, auf Lager
no-rates = Ich habe gerade keine Wechselkurse, darum bleiben die Preise so, wie die Shops sie nennen.
for-anyone = Für alle
any-price = Jeder Preis
any-size = Jede Größe
sure-size = Nur bekannte Größen
all-shops = Alle Shops
shops-currencies = Währung der Shops
clear-filters = Alle Filter löschen
search-again = Noch einmal suchen
back = Zurück

## Die Sprache

choose-language = Welche Sprache soll ich sprechen?
language-chosen = Ab jetzt spreche ich Deutsch.
language-unknown = Diese Sprache kann ich noch nicht. Ich kann diese:
language-for-admins = In einer Gruppe wählen nur die Admins die Sprache. In einem privaten Chat mit mir wählst du.

## Gruppen

settings =
    So bin ich in dieser Gruppe. Ihre Admins ändern es durch Antippen; wer mit /similar fragt, bekommt immer Antwort.
    Ruhezeiten: /settings 22:00–07:00 Berlin
settings-for-groups = /settings gibt es nur in Gruppen. Hier gibt es /language und /subscribe.
settings-for-admins = Das ändern in einer Gruppe nur ihre Admins.
every-photo = Jedes Foto beantworten
photos-unseen = Fotos, die hier nicht an mich gehen, sehe ich nicht. Auf Telegram: mach mich zum Admin. Auf Discord fehlt mir der Message Content Intent.
quiet-hours = Ruhezeiten
quiet-how-to = Wann soll ich still sein, und in welcher Zeitzone? Zum Beispiel: /settings 22:00–07:00 Berlin
quiet-set = Erledigt: Von { $start } bis { $end } ({ $zone }) antworte ich nur, wenn jemand fragt, und es kommen keine Tipps.
language-of-each = jedem in seiner
shops-searched = { $searched } von { shops }
one-shop-stays = Ein Shop muss bleiben.

## Für die Betreiber

no-shops = Es gibt noch keine Shops: Beschreibe einen im Ordner „shops“.
rebuilt = { $products ->
    [one] Der Index ist neu gebaut, aus { $products } Produkt.
   *[other] Der Index ist neu gebaut, aus { $products } Produkten.
}
not-rebuilt = Der Index ließ sich nicht neu bauen; der bisherige antwortet. { $reason }
for-operators = Das ist für die, die diesen Bot betreiben. Falls du das bist, trage { $name } in TWINSET_OPERATORS ein und starte ihn neu.
shop-news = { $title }: { $parts }; { $ago }
shop-products = { products } ({ $share } vom letzten Mal)
shop-new = { $count } neu
shop-changed = { $count } geändert
shop-gone = { $count } weg
shop-pages = { $count ->
    [one] { $count } Seite
   *[other] { $count } Seiten
}
shop-errors = { $count ->
    [one] { $count } Fehler ({ $kinds })
   *[other] { $count } Fehler ({ $kinds })
}
shop-not-whole = ⚠ nicht vollständig gesehen: { $problem }
shop-without-news = { $title }: im letzten Monat nicht abgefragt
and-more-shops = … und { shops } mehr; im Log stehen alle.
stats-days = { $days ->
    [one] Der letzte Tag:
   *[other] Die letzten { $days } Tage:
}
stats-people = Personen: { $people } · Gruppen: { $groups }
stats-answers = Antworten: { $answers } · Likes: { $likes }
stats-opens = im Shop geöffnet: { $opens } · vom Gezeigten, nach Platz: { $places }
stats-picks = Tipps verschickt: { $sent }
stats-picks-opened = Tipps verschickt: { $sent } · Nachrichten, aus denen ein Tipp geöffnet wurde: { $opened }
stats-subscribers = jetzt abonniert: { $subscribers } · abbestellt: { $ended }
stats-no-opens = Was im Shop geöffnet wird, zähle ich, sobald TWINSET_PUBLIC_URL gesetzt ist.
broadcast-how-to = Schreib hinter den Befehl, was alle lesen sollen: /broadcast Ich durchsuche jetzt drei neue Shops. Ich zeige es zuerst dir und verschicke nichts, bevor du es sagst.
broadcast-too-long = Das ist zu lang für eine Nachricht. Zeichen zu viel: { $over }
broadcast-reach =
    So kommt es an, die letzte Zeile in der Sprache jedes Chats.
    { stats-people }
broadcast-send = Abschicken
broadcast-discard = Verwerfen
broadcast-discarded = Erledigt: Es wurde nichts verschickt.
broadcast-begun = Begonnen. /broadcast sagt, wie weit es ist.
broadcast-busy = Es ist noch eine unterwegs. /broadcast zeigt sie und kann sie anhalten.
broadcast-stop = Anhalten
broadcast-stopped = Erledigt: Es wird nichts mehr verschickt.
broadcast = { $state ->
    [going] Unterwegs: { $text }
    [stopped] Angehalten: { $text }
   *[over] Verschickt: { $text }
}
broadcast-counts = verschickt: { $sent } · gescheitert: { $failed } · übrig: { $left }
broadcast-unsure = unterwegs, oder abgebrochen und vielleicht angekommen: { $unsure }
broadcast-foot = Das schreiben die, die diesen Bot betreiben.
broadcasts-no-more = Nichts mehr davon
broadcasts-off = Erledigt: Davon kommt hier nichts mehr.
broadcasts-again = Doch wieder schicken
broadcasts-on = Erledigt: Das kommt hier wieder an.
experiment = Experiment { $name }, { $first } bis { $last }
experiment-half = { $half } ({ $setting }): Personen und Gruppen: { $people } · Nachrichten: { $messages } · gut: { $share }
experiment-good = Gut ist { $what ->
    [picks] eine Nachricht mit Tipps des Tages
   *[answers] eine Antwort auf ein Foto
}, aus der ein Produkt { $opens ->
    [yes] geöffnet oder gelikt wurde.
   *[no] gelikt wurde; ohne TWINSET_PUBLIC_URL zählen nur Likes.
}
experiment-difference = B minus A: { $points } Prozentpunkte, mit 95 % Sicherheit zwischen { $low } und { $high }
experiment-few = Bei weniger als { $people } in einer Hälfte sage ich nichts über den Unterschied.
experiment-result = { $better ->
    [a] A ist besser.
    [b] B ist besser.
   *[open] Das reicht nicht, um zu sagen, was besser ist.
}
experiment-waits = Das reicht noch nicht: Entscheide am { $day }. Wer täglich nachsieht und beim ersten Unterschied aufhört, hält oft Zufall für einen.
experiment-over = Das Experiment { $name } endete am { $last }. Nachrichten werden 30 Tage aufbewahrt, deshalb lässt es sich nicht mehr auszählen.
just-now = gerade eben
hours-ago = vor { $hours } h
days-ago = { $days ->
    [one] vor { $days } Tag
   *[other] vor { $days } Tagen
}

## Die eigenen Stellen der Plattformen: höchstens 100 Zeichen, Namen höchstens 32

command-start = Was dieser Bot macht
command-help = Wie man sucht, und alle Befehle
command-similar = Ähnliche Produkte wie auf einem Foto finden
command-find = Produkte mit Worten finden: schwarzes Kleid
command-outfit = Was zu einem Foto passt, oder zu meiner letzten Antwort
command-filters = Was für jede Suche gilt: Herren, unter 80 €
command-subscribe = Fünf Tipps am Tag: 09:00 Europe/Berlin
command-unsubscribe = Keine täglichen Tipps mehr
command-picks = Die Tipps von heute, jetzt gleich
command-alerts = Worauf ich für dich achte: Preise, Bestand, Neues
command-likes = Was dir gefällt, zu heutigen Preisen
command-taste = Was ich von deinem Geschmack weiß, und warum
command-pause = Eine Weile keine täglichen Tipps: 1 Woche
command-language = Eine andere Sprache
command-privacy = Was ich von dir behalte; /export und /forget
command-export = Alles, was ich von dir behalte, als Datei
command-forget = Alles davon löschen lassen
command-settings = Für die Admins einer Gruppe: Fotos, Ruhezeiten, Shops
command-shops = Für die Betreiber dieses Bots: wie es den Shops geht
command-stats = Für die Betreiber dieses Bots: wie er genutzt wird
command-rebuild = Für die Betreiber dieses Bots: den Index neu bauen
command-broadcast = Für die Betreiber dieses Bots: eine Nachricht an alle
# Telegram's own page of the bot: 512 and 120 characters.
description =
    Schick mir ein Foto von Kleidung oder einen Screenshot, und ich antworte mit fünf ähnlichen Produkten aus echten Shops: mit Preisen und Links zum Kaufen.

    Kein Foto zur Hand? Starte mich und probier ein Beispiel. Deine Fotos werden nie gespeichert.
short-description = Ein Foto von Kleidung rein, fünf ähnliche Produkte raus, mit Links zum Kaufen.
find-similar = Ähnliches finden
photo-option = foto
photo-about = Das Kleidungsstück, als Foto oder Screenshot
link-option = link
link-about = Oder wo es zu sehen ist: https://…
wish-option = wunsch
wish-about = Was anders sein soll: in Rot, unter 50 €, für Herren
words-option = worte
words-about = Was du suchst: schwarzes Kleid unter 50 €
number-option = nummer
number-about = Um welches Produkt meiner letzten Antwort es geht: 2
filters-option = worte
filters-about = Zum Beispiel: Herren, Größe M, unter 80 €, auf Lager; oder aus
at-option = uhrzeit
at-about = Wann, und wo du wohnst: 09:00 Europe/Berlin
quiet-option = ruhe
quiet-about = Ruhezeiten, und die Zeitzone: 22:00–07:00 Berlin
alerts-option = was
alerts-about = Worauf ich achte: 2 unter 30 € der letzten Antwort, oder eine Marke
text-option = text
text-about = Was alle lesen sollen; ohne Text, wie weit die letzte ist
language-option = sprache
language-about = Die Sprache, die ich sprechen soll
buy = Kaufen
unnamed = Produkt ohne Namen

## Die Chatseite

code = de
other-site = Das kam von einer anderen Seite als dieser; ich habe es nicht beachtet.
no-cookie = Ich weiß nicht mehr, wer du bist. Bitte lade die Seite neu und erlaube ihr ihr Cookie.
not-understood = Das kam nur in Stücken bei mir an. Bitte lade die Seite neu und versuch es noch einmal.
too-long = Das ist mehr, als ich lesen kann. Ich suche Kleidung nach einem Foto: Schick mir eins.
too-many-photos = Das sind viele Fotos: Bitte schick höchstens { $limit } auf einmal.
too-much-at-once = Das sind mehr als { $limit } MB auf einmal. Bitte schick weniger Fotos.
page-skip = Nachricht schreiben
page-tagline = Ein Foto rein, fünf ähnliche Produkte raus
page-away = Keine Verbindung. Neuer Versuch …
page-conversation = Unterhaltung
page-drop-or = Leg hier ein Foto ab, füg eins ein oder
page-gallery = Ein Foto oder ein Screenshot aus deiner Galerie
page-choose = Foto auswählen
page-your-message = Deine Nachricht
page-take = Foto aufnehmen
page-message = Nachricht
page-placeholder = Schick ein Foto
page-send = Senden
page-let-go = Loslassen, um das Foto zu senden
page-news = Neues
page-like = Gefällt mir
page-matches = Treffer
page-your-photo = Dein Foto
page-sample = Ein Beispielfoto
page-outfit = Das Outfit in einem Bild
page-photo-gone = Dein Foto, das nicht gespeichert wird
page-looking = Ich suche
page-sending = Wird gesendet
page-unreached = Das ist nicht bei mir angekommen.
page-unanswered = Die Antwort darauf ist nicht angekommen.
page-again = Noch einmal versuchen
page-too-heavy = Das ist schwerer, als diese Seite durchlässt. Ein Screenshot davon hilft.

## Arten von Kleidung, und Familien davon

kind-accessory = Accessoire
kind-apron = Schürze
kind-backpack = Rucksack
kind-bag = Tasche
kind-belt = Gürtel
kind-blazer = Blazer
kind-blouse = Bluse
kind-boots = Stiefel
kind-bra = BH
kind-bracelet = Armband
kind-braces = Hosenträger
kind-cap = Cap
kind-cardigan = Strickjacke
kind-clothes = Kleidung
kind-coat = Mantel
kind-cufflinks = Manschettenknöpfe
kind-dress = Kleid
kind-earrings = Ohrringe
kind-flats = flache Schuhe
kind-flip-flops = Zehentrenner
kind-formal-shoes = elegante Schuhe
kind-glasses = Brille
kind-gloves = Handschuhe
kind-hat = Hut
kind-heels = High Heels
kind-hoodie = Hoodie
kind-jacket = Jacke
kind-jeans = Jeans
kind-jewellery = Schmuck
kind-joggers = Jogginghose
kind-jumpsuit = Jumpsuit
kind-kurta = Kurta
kind-leggings = Leggings
kind-necklace = Halskette
kind-nightwear = Nachtwäsche
kind-polo-shirt = Poloshirt
kind-ring = Ring
kind-sandals = Sandalen
kind-saree = Sari
kind-scarf = Schal
kind-shirt = Hemd
kind-shoes = Schuhe
kind-shorts = Shorts
kind-skirt = Rock
kind-slippers = Hausschuhe
kind-socks = Socken
kind-suit = Anzug
kind-sunglasses = Sonnenbrille
kind-sweater = Pullover
kind-sweatshirt = Sweatshirt
kind-swimwear = Bademode
kind-t-shirt = T-Shirt
kind-tie = Krawatte
kind-tights = Strumpfhose
kind-top = Oberteil
kind-tracksuit = Trainingsanzug
kind-trainers = Sneaker
kind-trousers = Hose
kind-tunic = Tunika
kind-umbrella = Regenschirm
kind-underwear = Unterwäsche
kind-vest-top = Trägertop
kind-waistcoat = Weste
kind-wallet = Portemonnaie
kind-watch = Armbanduhr

## Farben

colour-beige = beige
colour-black = schwarz
colour-blue = blau
colour-brown = braun
colour-burgundy = bordeaux
colour-gold = gold
colour-green = grün
colour-grey = grau
colour-light-blue = hellblau
colour-multicoloured = bunt
colour-navy = marineblau
colour-olive = oliv
colour-orange = orange
colour-pink = rosa
colour-purple = lila
colour-red = rot
colour-silver = silber
colour-turquoise = türkis
colour-white = weiß
colour-yellow = gelb

## Muster

pattern-checked = kariert
pattern-floral = geblümt
pattern-printed = gemustert
pattern-solid = einfarbig
pattern-striped = gestreift

## Für wen

gender-kids = Kinder
gender-men = Herren
gender-unisex = unisex
gender-women = Damen
