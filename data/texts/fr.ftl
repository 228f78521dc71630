# Chaque phrase que quelqu’un lit, en français : courte, aimable, au vouvoiement.

## Bonjour

start =
    Envoyez-moi une photo de vêtements, et je trouverai jusqu’à cinq modèles semblables dans de vraies boutiques.
    Une capture d’écran convient aussi, ou quelques mots. Vos photos ne sont jamais conservées.
    /help montre ce que je sais faire d’autre.
try-a-sample = Essayer avec un exemple
sample = Une photo d’exemple, traitée comme si c’était la vôtre :
help =
    Une photo ou une capture d’écran : je réponds avec cinq produits semblables au plus.
    Un lien vers une image ou la page d’un produit convient aussi.
    Avec la photo ou après une réponse : en rouge, moins de 50 €, en jupe, pour homme, nouveau
    /similar : la même chose ; dans un groupe, en réponse à une photo
    /find robe noire moins de 50 € : ce que les boutiques en ont ; ici, les mots seuls suffisent
    /outfit : ce qui va avec une photo, ou avec ma dernière réponse, en une image
    /filters homme, moins de 80 € : ce qui vaut pour toutes vos recherches
    /subscribe 09:00 Europe/Paris : cinq idées par jour, à votre heure
    /unsubscribe : arrêter les idées du jour
    /picks : les idées du jour, tout de suite ; /pause 1 semaine : aucune pendant un temps
    /alerts : ce que je surveille pour vous : prix, stock, nouveautés
    /likes : ce que vous aimez, aux prix du jour
    /taste : ce que je sais de vos goûts, et comment le corriger
    /language : English, Deutsch, Español, Русский, हिन्दी
    /settings : dans un groupe, ce que choisissent ses admins : répondre à chaque photo, heures calmes, boutiques
    ♡ sous une réponse retient ce qui vous plaît ; touchez-le encore pour annuler.
    /privacy : ce que je garde, et comment l’effacer
how-to =
    Je cherche des vêtements à partir d’une photo ou de mots, par exemple : robe noire moins de 50 €
    /help montre tout le reste.
courtesy = À votre service. Envoyez-moi une photo, ou dites-moi ce que vous cherchez.
unknown-command = Je ne connais pas cette commande. /help les montre toutes.
similar-how-to = Envoyez-moi une photo, et je chercherai des vêtements semblables.
similar-how-to-in-a-group = Répondez à une photo par /similar, et je chercherai des vêtements semblables.
find-how-to = Que dois-je chercher ? Par exemple : /find robe noire moins de 50 €
lookup-how-to = Par exemple : robe noire moins de 50 €
found-no-words = Rien ne porte ce nom dans les boutiques. Le mieux : un vêtement et une couleur, comme robe noire
outfit-how-to = Envoyez-moi une photo avec /outfit, ou écrivez /outfit après une réponse : je cherche ce qui va avec. /outfit 2 part du deuxième produit.

## Une réponse

search-anyway = Chercher quand même
more = Voir plus
search-shops = Chercher en boutique
share = Partager
shared-already = Déjà partagé, voyez plus bas.
cheaper = Moins cher
other-colour = Autre couleur
other-shop = Autre boutique
complete-outfit = Compléter la tenue
nothing-cheaper = Je n’ai rien trouvé de semblable à moindre prix.
no-other-colour = Je n’ai rien trouvé de semblable dans une autre couleur.
no-other-shop = Aucune autre boutique n’a quelque chose de semblable.
filters = Filtres
filters-line = Filtres : { $filters }
filters-leave = { $count ->
    [0] Ces filtres ne laissent rien.
    [1] Ces filtres n’en laissent qu’un.
   *[other] Ces filtres n’en laissent que { $count }.
}
filters-leave-nothing = Ces filtres ne laissent rien de semblable.
search-unfiltered = Chercher sans filtres
nothing-at-all = Sans filtres non plus, je n’ai rien trouvé de semblable.
rates-of = prix en { $currency }, cours du { $day }
in-size = taille { $sizes }
in-sure-size = taille { $sizes } à coup sûr
asked-for = Votre souhait : { $wish }
but = pas { $what }
elsewhere = d’une autre boutique
new = nouveauté
in-stock = en stock
shops-asked-already = J’ai déjà demandé aux boutiques ; voyez plus bas.
end-of-list = C’est tout.
liked-before = Ce que vous avez aimé avant.
already-shown = Déjà affiché, plus bas.
no-longer-works = Ce bouton ne fonctionne plus ici. Envoyez-moi une photo pour en avoir d’autres.
product-gone = Ce produit n’est plus là.
another-outfit = Une autre tenue
outfit = Une tenue autour de : { $look }
outfit-stand-in = Le 1 tient lieu du vôtre : le plus proche en boutique.
outfit-swaps = { $sign } remplace une pièce par la suivante qui va avec le reste.
no-outfits = Je ne peux pas composer de tenues ici.
no-piece = Cela n’entre pas dans une tenue. Les vêtements, les chaussures, les sacs et les bijoux, si.
no-other-piece = Je n’ai rien trouvé d’autre qui aille avec.
nothing-goes-with = Les boutiques n’ont rien qui aille avec.
seen = « { $thing } »
quoted = « { $words } »
sure-strong = { $count ->
    [1] Un résultat très ressemblant.
   *[other] { all-are } très ressemblants.
}
sure-fair = { $count ->
    [1] Un résultat ressemblant.
   *[other] { all-are } ressemblants.
}
sure-weak = Seulement des résultats éloignés : rien ici n’est vraiment ressemblant.
all-are = { $count ->
    [2] Les deux sont
    [3] Les trois sont
    [4] Les quatre sont
    [5] Les cinq sont
   *[other] Tous sont
}
ranks-strong = très ressemblants : { $ranks }
ranks-fair = ressemblants : { $ranks }
ranks-weak = éloignés : { $ranks }
searched = J’ai cherché parmi { products } de { shops }.
products = { $products ->
    [one] { $products } produit
    [many] { $products } de produits
   *[other] { $products } produits
}
shops = { $shops ->
    [one] { $shops } boutique
    [many] { $shops } de boutiques
   *[other] { $shops } boutiques
}
also-in-photos = { $photos ->
    [1] Aussi sur la photo : { $garments }.
   *[other] Aussi sur les photos : { $garments }.
}
garment-in-colour = { $kind } ({ $colour })
photos-bare = Sur { $bare } des { $photos } photos, je ne vois pas de vêtements.
photos-unread = Je n’ai pas pu lire { $unread } des { $photos } photos.
shops-asked = J’ai demandé { $words } à { shops }.
shops-asked-in-vain = { $shops ->
    [1] J’ai demandé { $words } à { shops } ; elle n’a pas répondu.
   *[other] J’ai demandé { $words } à { shops } ; aucune n’a répondu.
}
shops-asked-with-silence = { $silent ->
    [1] J’ai demandé { $words } à { shops } ; une n’a pas répondu.
   *[other] J’ai demandé { $words } à { shops } ; { $silent } n’ont pas répondu.
}
offered-nothing = { $shops ->
    [1] Elle n’a rien que je n’avais déjà trouvé.
   *[other] Elles n’ont rien que je n’avais déjà trouvé.
}
under = moins de { $price }
over = à partir de { $price }
between = { $least } à { $most }
found-unsaid = Aucun de ceux-ci ne s’appelle { $words }.
found-nothing =
    Les boutiques n’ont rien de tel : { $wish }.
    Avec moins de mots, je trouverai peut-être plus.
also-at = aussi chez { $shops }
also-at-more = aussi chez { $shops } et { $more } autres
from-link = D’après votre lien : { $shown }
no-clothes = { $photos ->
    [1] Je ne vois pas de vêtements sur cette photo.
   *[other] Je ne vois pas de vêtements sur ces { $photos } photos.
}
no-clothes-but = Je ne vois pas de vêtements sur cette photo. Cela ressemble plutôt à « { $thing } ».
# Cinq côte à côte sur un téléphone : six caractères au plus.
buy-rank = 🛒 { $rank }
liked = ♥ Vous aimez : { $title }
unliked = ♡ Vous n’aimez plus : { $title }
sold-out = épuisé
price-age = { $days ->
    [1] prix d’hier
    [one] prix d’il y a { $days } jour
    [many] prix d’il y a { $days } de jours
   *[other] prix d’il y a { $days } jours
}

## Quand cela ne va pas

later = Réessayez dans quelques minutes, s’il vous plaît.
other-sticker = Joli sticker ! Mais je ne sais chercher qu’à partir de photos.
other-voice = Je ne peux pas écouter les messages vocaux. Envoyez-moi plutôt une photo.
other-video = Je ne peux pas encore regarder de vidéos. Une capture du bon moment fait l’affaire.
other-gif = Je ne peux pas chercher à partir d’images animées. Une capture fait l’affaire.
other-file = Je ne peux pas ouvrir ce fichier. Envoyez-moi une photo : JPEG, PNG ou WebP.
other-other = Je ne peux pas chercher avec cela. Envoyez-moi une photo de vêtements.
link-away = Je n’ai pas pu atteindre cette page. Le lien est-il bon ? Une capture convient aussi.
link-slow = Cette page met trop de temps. Envoyez-m’en plutôt une capture.
link-closed = Ce site ne me laisse pas voir ses pages. Envoyez-moi plutôt une capture.
link-refused = Je ne peux pas ouvrir ce lien. Envoyez-moi l’image elle-même, ou une capture.
link-empty = Je n’ai pas trouvé d’image derrière ce lien. Envoyez-moi plutôt une capture.
unsupported-format = Je ne sais pas lire les images { $format }. Envoyez du JPEG, PNG ou WebP ; une capture d’écran convient aussi.
broken-photo = Cette image est abîmée ou incomplète. Renvoyez-la, s’il vous plaît.
photo-too-heavy = Ce fichier fait { $size } Mo, et je lis jusqu’à { $limit } Mo. Une capture fait l’affaire.
photo-too-large = Cette image fait { $size } mégapixels, et je lis jusqu’à { $limit }. Une capture fait l’affaire.
not-a-photo = Je ne trouve pas d’image là-dedans. Envoyez-moi une photo : JPEG, PNG ou WebP.
busy = Je suis débordé ; je reviens dans { $seconds } s environ. Réessayez à ce moment-là.
catalogue-empty = Il n’y a pas encore de produits à parcourir. { later }
unavailable = Je suis encore en train de classer les produits. { later }
download-failed = Je n’ai pas pu télécharger cette photo. Renvoyez-la, s’il vous plaît.
interrupted = Désolé, j’ai été interrompu avant d’avoir fini. S’il manque une réponse, renvoyez-moi votre message, s’il vous plaît.
unforeseen = Désolé, quelque chose a échoué de mon côté. Si cela se reproduit, mentionnez { $id }.

## Les idées du jour

stop-picks = Arrêter les idées du jour
stopped = C’est fait : vous ne recevrez plus d’idées du jour. /subscribe les fait revenir.
not-subscribed = Vous ne recevez pas d’idées du jour. /subscribe 09:00 Europe/Paris les lance.
subscribe-how-to = À quelle heure voulez-vous vos idées du jour ? Par exemple : /subscribe 09:00 Europe/Paris
no-picks = Je n’ai pas d’idées pour vous en ce moment. { later }
picks = Vos idées du jour :
picks-newest =
    Vos idées du jour, parmi les nouveautés des boutiques.
    Touchez ♡ sur ce qui vous plaît, et les prochaines s’en rapprocheront.
because = { $ranks } : { $reason }
because-liked = parce que vous aimez « { $title } »
because-new = nouveau dans les boutiques
because-photo = à cause d’une photo que vous avez envoyée
because-taste = proche de ce que vous aimez
because-surprise = un peu différent, pour changer
news-new = nouveau chez { $shop }
news-reduced = { $less } % de moins maintenant
news-back = de nouveau disponible
subscribed = C’est fait : des idées { $every } à { $at } ({ $zone }). Les prochaines arrivent { day } à { $next }. /unsubscribe les arrête.
subscribed-already = Vous recevez des idées { $every } à { $at } ({ $zone }) ; les prochaines arrivent { day } à { $next }. Pour une autre heure : /subscribe 18:30
day = { $days ->
    [0] aujourd’hui
    [1] demain
   *[other] le { $date }
}
every = chaque { $days }
every-day = chaque jour
pause-picks = Une semaine de pause
pause-how-to = Pour combien de temps ? Par exemple : /pause 1 semaine
paused = C’est fait : une pause. Les prochaines idées arrivent { day } à { $next } ; /subscribe les fait revenir plus tôt.
no-likes = Vous n’avez encore rien aimé : touchez ♡ sous une réponse.
likes = { $count ->
    [one] Vous aimez { $count } produit.
    [many] Vous aimez { $count } de produits, les derniers d’abord.
   *[other] Vous aimez { $count } produits, les derniers d’abord.
}
likes-gone = { $count ->
    [one] { $count } n’est plus en vente.
    [many] { $count } ne sont plus en vente.
   *[other] { $count } ne sont plus en vente.
}
no-taste = Je ne sais encore rien de vos goûts. Envoyez-moi une photo, ou touchez ♡ sur ce qui vous plaît.
taste = Ce que vous aimez, d’après ce que je sais :
taste-line = { $rank } : { $what } ({ $share }) { $why }
taste-because = parce que vous aimez { $titles }
taste-against = Pas pour vous : { $titles }
taste-ways = Ce n’est pas ça ? Corrigez ici :
less-of = Moins de { $rank }
forget-one = Oublier { $rank }
taste-less = C’est fait : cela compte à moitié.
taste-dropped = C’est fait : oublié, avec les « j’aime » qui en étaient la cause.
taste-reset = Repartir de zéro
taste-reset-sure = Faut-il oublier tout ce que je sais de vos goûts ? Vos « j’aime » partent avec ; les idées du jour restent.
taste-is-reset = C’est fait : je ne sais plus rien de vos goûts.
taste-export = En fichier
disliked = ✕ C’est noté : moins comme { $title }
which-zone = { $at } dans quel fuseau horaire ? Votre ville suffit : /subscribe { $at } Paris
subscribe-quiet = À { $at } ({ $zone }), ce groupe est en heures calmes jusqu’après minuit (/settings) : aucune idée n’arriverait. Une autre heure ? /subscribe 18:30
unknown-zone = Je ne connais pas le fuseau horaire { $words }. Essayez la grande ville la plus proche, par exemple : /subscribe { $at } Paris
unknown-zone-perhaps = Quel fuseau horaire est { $words } ? Peut-être : { $examples }

## Alertes

alert-me = M’avertir
alert-when = { $title } : quand dois-je vous avertir ? Ou répondez par un prix, par exemple : moins de 30 €
alert-cheaper = À moins de { $price }
alert-fifth = 20 % de moins : { $price }
alert-stock = De nouveau disponible
alert-brand = Nouveau chez { $brand }
alert-alike = Nouveautés semblables
alert-like = Nouveautés semblables à { $title }
alert-below = { $title } : à moins de { $price }
alert-at-most = { $title } : { $price } au plus
alert-set = C’est noté, je surveille : { $what }. /alerts montre tout.
alert-already = Il coûte { $price } en ce moment ; c’est déjà dans votre prix.
alert-too-low = Il coûte { $price } en ce moment. Moins du dixième, je le prendrais pour une erreur.
alert-other-currency = Son prix est de { $price }. Donnez le vôtre dans cette monnaie.
alert-no-price = La boutique n’indique pas de prix ; il n’y a donc rien à comparer.
alerts-full = Je ne peux rien surveiller de plus pour vous. /alerts arrête ce qui ne vous sert plus.
alerts-how-to = Quel produit de la dernière réponse, et à partir de quel prix ? Par exemple : /alerts 2 moins de 30 €. Pour une marque, écrivez son nom après /alerts.
alerts-none = Je ne surveille encore rien pour vous. Touchez « { alert-me } » sous une réponse.
alerts = Je surveille pour vous :
alerts-hours = J’écris entre 8 h et 22 h. ✕ arrête une alerte.
alert-ended = C’est fait : je ne surveille plus cela.
alerts-daily = M’avertir avec mes idées du jour
alerts-at-once = M’avertir aussitôt
alerts-are-daily = C’est fait : je vous avertis à l’heure de vos idées du jour.
alerts-are-instant = C’est fait : je vous avertis aussitôt, en journée.
alerts-news = Du nouveau dans ce que je surveille pour vous :
alerts-foot = /alerts montre et arrête ce que je surveille.
alert-price = { $ranks } : moins cher ; c’était { $price } quand vous l’avez demandé
alert-back = { $ranks } : de nouveau disponible
alert-new = { $ranks } : nouveau chez { $brand }
alert-new-like = { $ranks } : nouveau, et semblable à { $title }

## Vie privée

privacy =
    Je ne garde jamais de photo : je la regarde en mémoire, puis elle disparaît.
    De vous, je garde :
    · ce que vous avez aimé avec ♡, écarté avec ✕ ou ouvert en boutique par mes liens, jusqu’à ce que vous l’annuliez ; /taste le montre
    · la langue que vous avez choisie avec /language
    · vos filtres, choisis avec /filters
    · quand vous voulez vos idées du jour, dans quelle conversation et quelle langue, et celles que vous avez reçues ces 30 derniers jours
    · ce dont vous voulez être averti (/alerts), dans quelle conversation et quelle langue, et ce qui s’est réalisé
    · pendant 30 jours, ce que ceux qui font tourner ce bot vous ont envoyé, dans quelle conversation ; et, jusqu’à ce que vous reveniez là-dessus, que vous n’en voulez plus
    · pendant 30 jours, la langue de votre application, les produits qu’une réponse vous a montrés et ce que j’ai vu sur la photo et ce que vous avez souhaité avec elle, avec quelque 300 nombres pour comparer des produits, pour que ses boutons fonctionnent et que vos idées vous ressemblent
    Des membres d’un groupe, je garde seulement ce qu’ils aiment, et du groupe ce qui y a plu ; les réponses et les idées n’y sont à personne. Ceux qui font tourner ce bot voient des chiffres, pas des personnes.
    /export vous remet le tout ; /forget l’efface.
privacy-alone = Cela reste entre nous : demandez-le-moi dans une conversation privée.
exported = Voici tout ce que je garde de vous.
forget = Dois-je effacer tout ce que je garde de vous : vos favoris, vos idées du jour, vos alertes, votre langue, vos filtres et les réponses passées ?
forget-all = Tout effacer
forgotten = C’est fait. Je ne garde plus rien de vous ; les anciens boutons ne fonctionnent plus.
nothing-kept = Je ne garde rien de vous.

## Les filtres

no-filters = Vous n’avez pas de filtre : je cherche partout.
filters-how-to =
    Touchez pour les changer, ou écrivez : /filters homme, taille M, moins de 80 €, en stock
    /filters sans les enlève tous.
filters-unknown = Je n’y ai compris aucun filtre. Par exemple : /filters homme, taille M, moins de 80 €, en stock
no-rates = Je n’ai pas de cours de change en ce moment : les prix restent ceux des boutiques.
for-anyone = Pour tous
any-price = Tous les prix
any-size = Toutes les tailles
sure-size = Tailles connues seulement
all-shops = Toutes les boutiques
shops-currencies = Monnaie de la boutique
clear-filters = Enlever tous les filtres
search-again = Chercher à nouveau
back = Retour

## La langue

choose-language = Quelle langue dois-je parler ?
language-chosen = Désormais, je parle français.
language-unknown = Je ne parle pas encore cette langue. Je parle celles-ci :
language-for-admins = Dans un groupe, seuls les administrateurs choisissent la langue. Dans une conversation privée avec moi, c’est vous.

## Groupes

settings =
    Voici comment je suis dans ce groupe. Ses admins le changent en touchant un bouton ; qui demande avec /similar a toujours une réponse.
    Heures calmes : /settings 22:00–07:00 Paris
settings-for-groups = /settings sert dans les groupes. Ici, il y a /language et /subscribe.
settings-for-admins = Dans un groupe, seuls ses admins changent cela.
every-photo = Répondre à chaque photo
photos-unseen = Je ne vois pas les photos qui ne me sont pas adressées ici. Sur Telegram, nommez-moi admin ; sur Discord, il me manque le Message Content Intent.
quiet-hours = Heures calmes
quiet-how-to = Quand dois-je me taire, et dans quel fuseau horaire ? Par exemple : /settings 22:00–07:00 Paris
quiet-set = C’est fait : de { $start } à { $end } ({ $zone }), je ne réponds que si l’on me demande, et les idées du jour attendent.
language-of-each = à chacun la sienne
shops-searched = { $searched } sur { shops }
one-shop-stays = Il faut garder une boutique.

## Pour ceux qui font tourner le bot

no-shops = Il n’y a pas encore de boutiques : décrivez-en une dans le dossier « shops ».
rebuilt = { $products ->
    [one] L’index est refait, avec { $products } produit.
    [many] L’index est refait, avec { $products } de produits.
   *[other] L’index est refait, avec { $products } produits.
}
not-rebuilt = L’index n’a pas pu être refait ; le précédent répond. { $reason }
for-operators = C’est pour ceux qui font tourner ce bot. Si c’est votre cas, mettez { $name } dans TWINSET_OPERATORS et redémarrez-le.
shop-news = { $title } : { $parts } ; { $ago }
shop-products = { products } ({ $share } de la dernière fois)
shop-new = { $count ->
    [one] { $count } nouveau
    [many] { $count } nouveaux
   *[other] { $count } nouveaux
}
shop-changed = { $count ->
    [one] { $count } modifié
    [many] { $count } modifiés
   *[other] { $count } modifiés
}
shop-gone = { $count ->
    [one] { $count } disparu
    [many] { $count } disparus
   *[other] { $count } disparus
}
shop-pages = { $count ->
    [one] { $count } page
    [many] { $count } de pages
   *[other] { $count } pages
}
shop-errors = { $count ->
    [one] { $count } erreur ({ $kinds })
    [many] { $count } d’erreurs ({ $kinds })
   *[other] { $count } erreurs ({ $kinds })
}
shop-not-whole = ⚠ pas vue en entier : { $problem }
shop-without-news = { $title } : pas parcourue ce dernier mois
and-more-shops = … et { shops } de plus ; le journal les donne toutes.
stats-days = { $days ->
    [one] Le dernier jour :
    [many] Les { $days } de derniers jours :
   *[other] Les { $days } derniers jours :
}
stats-people = personnes : { $people } · groupes : { $groups }
stats-answers = réponses : { $answers } · favoris : { $likes }
stats-opens = ouverts en boutique : { $opens } · de ce qui a été montré, par place : { $places }
stats-picks = idées envoyées : { $sent }
stats-picks-opened = idées envoyées : { $sent } · messages dont une idée a été ouverte : { $opened }
stats-subscribers = abonnements en cours : { $subscribers } · désabonnements : { $ended }
stats-no-opens = Ce qui est ouvert en boutique est compté dès que TWINSET_PUBLIC_URL est défini.
broadcast-how-to = Écrivez après la commande ce que tout le monde doit lire : /broadcast Je cherche maintenant dans trois nouvelles boutiques. Je vous le montre d’abord, et n’envoie rien sans votre accord.
broadcast-too-long = C’est trop long pour un message. Signes en trop : { $over }
broadcast-reach =
    Voilà ce qui arrivera, la dernière ligne dans la langue de chaque conversation.
    { stats-people }
broadcast-send = Envoyer
broadcast-discard = Abandonner
broadcast-discarded = C’est fait : rien n’a été envoyé.
broadcast-begun = C’est parti. /broadcast dit où il en est.
broadcast-busy = Un message est encore en route. /broadcast le montre et peut l’arrêter.
broadcast-stop = Arrêter
broadcast-stopped = C’est fait : plus rien n’est envoyé.
broadcast = { $state ->
    [going] En route : { $text }
    [stopped] Arrêté : { $text }
   *[over] Envoyé : { $text }
}
broadcast-counts = envoyés : { $sent } · échoués : { $failed } · restants : { $left }
broadcast-unsure = en route, ou interrompus et peut-être envoyés : { $unsure }
broadcast-foot = Ce message vient de ceux qui font tourner ce bot.
broadcasts-no-more = Plus de ces messages
broadcasts-off = C’est fait : ces messages n’arriveront plus ici.
broadcasts-again = Les recevoir à nouveau
broadcasts-on = C’est fait : ces messages arrivent de nouveau ici.
experiment = Expérience { $name }, du { $first } au { $last }
experiment-half = { $half } ({ $setting }) : personnes et groupes : { $people } · messages : { $messages } · bons : { $share }
experiment-good = Compte comme bon { $what ->
    [picks] un message d’idées du jour
   *[answers] un message en réponse à une photo
} dont un produit a été { $opens ->
    [yes] ouvert ou mis en favori.
   *[no] mis en favori ; sans TWINSET_PUBLIC_URL, seuls les favoris comptent.
}
experiment-difference = B moins A : { $points } points de pourcentage, à 95 % entre { $low } et { $high }
experiment-few = À moins de { $people } dans une moitié, rien n’est dit de la différence.
experiment-result = { $better ->
    [a] A est meilleur.
    [b] B est meilleur.
   *[open] Pas de quoi dire lequel est meilleur.
}
experiment-waits = Pas encore de quoi trancher : décidez le { $day }. Qui regarde chaque jour et s’arrête à la première différence prend souvent le hasard pour une différence.
experiment-over = L’expérience { $name } s’est terminée le { $last }. Les messages sont gardés 30 jours : elle ne peut plus être comptée.
just-now = à l’instant
hours-ago = il y a { $hours } h
days-ago = { $days ->
    [one] il y a { $days } jour
    [many] il y a { $days } de jours
   *[other] il y a { $days } jours
}

## Les endroits propres aux plateformes : 100 caractères au plus, 32 pour les noms

command-start = Ce que fait ce bot
command-help = Comment chercher, et toutes les commandes
command-similar = Trouver des produits comme celui d’une photo
command-find = Trouver des produits par des mots : robe noire
command-outfit = Ce qui va avec une photo, ou avec ma dernière réponse
command-filters = Ce qui vaut pour chaque recherche : homme, moins de 80 €
command-subscribe = Cinq idées par jour : 09:00 Europe/Paris
command-unsubscribe = Arrêter les idées du jour
command-picks = Les idées du jour, tout de suite
command-alerts = Ce que je surveille pour vous : prix, stock, nouveautés
command-likes = Ce que vous aimez, aux prix du jour
command-taste = Ce que je sais de vos goûts, et pourquoi
command-pause = Pas d’idées du jour pendant un temps : 1 semaine
command-language = Une autre langue
command-privacy = Ce que je garde de vous ; /export et /forget
command-export = Tout ce que je garde de vous, en un fichier
command-forget = Tout faire effacer
command-settings = Pour les admins d’un groupe : photos, heures calmes, boutiques
command-shops = Pour ceux qui font tourner ce bot : l’état des boutiques
command-stats = Pour ceux qui font tourner ce bot : son usage
command-rebuild = Pour ceux qui font tourner ce bot : refaire l’index
command-broadcast = Pour ceux qui font tourner ce bot : un message à tous
# Telegram’s own page of the bot: 512 and 120 characters.
description =
    Envoyez-moi une photo de vêtements ou une capture d’écran, et je réponds avec cinq produits semblables de vraies boutiques : avec les prix et les liens pour les acheter.

    Pas de photo sous la main ? Démarrez-moi et essayez un exemple. Vos photos ne sont jamais conservées.
short-description = Une photo de vêtements, et voici cinq produits semblables, avec les liens d’achat.
find-similar = Trouver des semblables
photo-option = photo
photo-about = Le vêtement, en photo ou en capture d’écran
link-option = lien
link-about = Ou l’endroit où on le voit : https://…
wish-option = souhait
wish-about = Ce qui doit changer : en rouge, moins de 50 €, pour homme
words-option = mots
words-about = Ce que vous cherchez : robe noire moins de 50 €
number-option = numéro
number-about = Autour de quel produit de ma dernière réponse : 2
filters-option = mots
filters-about = Par exemple : homme, taille M, moins de 80 €, en stock ; ou sans
at-option = heure
at-about = À quelle heure, et où vous vivez : 09:00 Europe/Paris
quiet-option = calme
quiet-about = Heures calmes, et le fuseau horaire : 22:00–07:00 Paris
alerts-option = quoi
alerts-about = Que surveiller : 2 moins de 30 € de la dernière réponse, ou une marque
text-option = texte
text-about = Ce que tout le monde doit lire ; sans texte, où en est le dernier
language-option = langue
language-about = La langue que je dois parler
buy = Acheter
unnamed = Produit sans nom

## La page de discussion

code = fr
other-site = Cela venait d’un autre site que cette page, je l’ai donc ignoré.
no-cookie = Je ne sais plus qui vous êtes. Rechargez la page et autorisez son cookie, s’il vous plaît.
not-understood = Cela m’est arrivé en morceaux. Rechargez la page et réessayez, s’il vous plaît.
too-long = C’est plus que je ne peux lire. Je cherche des vêtements à partir d’une photo : envoyez-m’en une.
too-many-photos = Cela fait beaucoup de photos : envoyez-en { $limit } au plus à la fois, s’il vous plaît.
too-much-at-once = C’est plus de { $limit } Mo à la fois. Envoyez moins de photos, s’il vous plaît.
page-skip = Écrire un message
page-tagline = Une photo, et voici cinq produits semblables
page-away = Pas de connexion. Nouvel essai…
page-conversation = Conversation
page-drop-or = Déposez une photo ici, collez-en une ou
page-gallery = Une photo, ou une capture de votre galerie
page-choose = Choisir une photo
page-your-message = Votre message
page-take = Prendre une photo
page-message = Message
page-placeholder = Envoyez une photo
page-send = Envoyer
page-let-go = Lâchez pour envoyer la photo
page-news = Nouvelles
page-like = J’aime
page-matches = Résultats
page-your-photo = Votre photo
page-sample = Une photo d’exemple
page-outfit = La tenue en une image
page-photo-gone = Votre photo, qui n’est pas conservée
page-looking = Je cherche
page-sending = Envoi
page-unreached = Cela ne m’est pas parvenu.
page-unanswered = La réponse n’est pas arrivée.
page-again = Réessayer
page-too-heavy = C’est plus lourd que ce que ce site laisse passer. Une capture fait l’affaire.

## Sortes de vêtements, et leurs familles

kind-accessory = accessoire
kind-apron = tablier
kind-backpack = sac à dos
kind-bag = sac
kind-belt = ceinture
kind-blazer = blazer
kind-blouse = blouse
kind-boots = bottes
kind-bra = soutien-gorge
kind-bracelet = bracelet
kind-braces = bretelles
kind-cap = casquette
kind-cardigan = cardigan
kind-clothes = vêtements
kind-coat = manteau
kind-cufflinks = boutons de manchette
kind-dress = robe
kind-earrings = boucles d’oreilles
kind-flats = ballerines
kind-flip-flops = tongs
kind-formal-shoes = chaussures de ville
kind-glasses = lunettes
kind-gloves = gants
kind-hat = chapeau
kind-heels = escarpins
kind-hoodie = sweat à capuche
kind-jacket = veste
kind-jeans = jean
kind-jewellery = bijoux
kind-joggers = pantalon de jogging
kind-jumpsuit = combinaison
kind-kurta = kurta
kind-leggings = leggings
kind-necklace = collier
kind-nightwear = vêtements de nuit
kind-polo-shirt = polo
kind-ring = bague
kind-sandals = sandales
kind-saree = sari
kind-scarf = écharpe
kind-shirt = chemise
kind-shoes = chaussures
kind-shorts = short
kind-skirt = jupe
kind-slippers = chaussons
kind-socks = chaussettes
kind-suit = costume
kind-sunglasses = lunettes de soleil
kind-sweater = pull
kind-sweatshirt = sweat
kind-swimwear = maillots de bain
kind-t-shirt = t-shirt
kind-tie = cravate
kind-tights = collants
kind-top = haut
kind-tracksuit = survêtement
kind-trainers = baskets
kind-trousers = pantalon
kind-tunic = tunique
kind-umbrella = parapluie
kind-underwear = sous-vêtements
kind-vest-top = débardeur
kind-waistcoat = gilet sans manches
kind-wallet = portefeuille
kind-watch = montre

## Couleurs

colour-beige = beige
colour-black = noir
colour-blue = bleu
colour-brown = marron
colour-burgundy = bordeaux
colour-gold = doré
colour-green = vert
colour-grey = gris
colour-light-blue = bleu clair
colour-multicoloured = multicolore
colour-navy = bleu marine
colour-olive = olive
colour-orange = orange
colour-pink = rose
colour-purple = violet
colour-red = rouge
colour-silver = argenté
colour-turquoise = turquoise
colour-white = blanc
colour-yellow = jaune

## Motifs

pattern-checked = à carreaux
pattern-floral = à fleurs
pattern-printed = imprimé
pattern-solid = uni
pattern-striped = à rayures

## Pour qui

gender-kids = enfant
gender-men = homme
gender-unisex = unisexe
gender-women = femme
