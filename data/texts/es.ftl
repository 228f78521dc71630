# Cada frase que lee una persona, en español: corta, amable, de tú.

## Saludo

start =
    Mándame una foto de ropa y encontraré hasta cinco prendas parecidas en tiendas de verdad.
    Una captura de pantalla también sirve, y también unas palabras. Nunca guardo tus fotos.
    /help muestra qué más sé hacer.
try-a-sample = Probar con una foto de ejemplo
sample = Una foto de ejemplo, respondida como si fuera tuya:
help =
    Una foto o una captura: respondo con hasta cinco productos parecidos.
    También vale un enlace a una imagen o a la página de un producto.
    Junto a la foto o después de una respuesta: en rojo, menos de 50 €, como falda, de hombre, nuevo
    /similar: lo mismo; en un grupo, como respuesta a una foto
    /find vestido negro hasta 50 €: lo que tienen las tiendas; aquí bastan las palabras
    /outfit: lo que combina con una foto o con mi última respuesta, en una imagen
    /filters hombre, hasta 80 €: lo que vale para todas tus búsquedas
    /subscribe 09:00 Europe/Madrid: cinco propuestas al día, a tu hora
    /unsubscribe: no más propuestas
    /picks: las propuestas de hoy, ahora; /pause 1 semana: ninguna por un tiempo
    /alerts: qué vigilo para ti: precios, existencias, novedades
    /likes: lo que te gusta, a los precios de hoy
    /taste: lo que sé de tu gusto, y cómo corregirlo
    /language: English, Deutsch, Français, Русский, हिन्दी
    /settings: en un grupo, lo que eligen sus administradores: responder a todas las fotos, horas de silencio, tiendas
    ♡ bajo una respuesta recuerda lo que te gusta; si lo tocas otra vez, se deshace.
    /privacy: qué guardo y cómo borrarlo
how-to =
    Busco ropa a partir de una foto o de palabras, por ejemplo: vestido negro hasta 50 €
    /help muestra todo lo demás.
courtesy = Es un placer. Envíame una foto o dime qué buscas.
unknown-command = No conozco ese comando. /help muestra los que conozco.
similar-how-to = Mándame una foto y buscaré ropa parecida.
similar-how-to-in-a-group = Responde a una foto con /similar y buscaré ropa parecida.
find-how-to = ¿Qué busco? Por ejemplo: /find vestido negro hasta 50 €
lookup-how-to = Por ejemplo: vestido negro hasta 50 €
found-no-words = En ninguna tienda hay nada que se llame así. Lo mejor es una prenda y un color: vestido negro
outfit-how-to = Mándame una foto con /outfit, o escribe /outfit después de una respuesta: buscaré lo que combina. /outfit 2 es para el segundo producto.

## Una respuesta

search-anyway = Buscar de todos modos
more = Más
search-shops = Buscar en las tiendas
share = Compartir
shared-already = Ya está compartido; mira más abajo.
cheaper = Más barato
other-colour = Otro color
other-shop = Otra tienda
complete-outfit = Completar el conjunto
nothing-cheaper = No he encontrado nada parecido por menos.
no-other-colour = No he encontrado nada parecido en otro color.
no-other-shop = Ninguna otra tienda tiene algo parecido.
filters = Filtros
filters-line = Filtros: { $filters }
filters-leave = { $count ->
    [0] Con estos filtros no queda nada.
    [one] Con estos filtros solo queda { $count }.
    [many] Con estos filtros solo quedan { $count }.
   *[other] Con estos filtros solo quedan { $count }.
}
filters-leave-nothing = Con estos filtros no queda nada parecido.
search-unfiltered = Buscar sin filtros
nothing-at-all = Tampoco sin filtros he encontrado nada parecido.
rates-of = precios en { $currency }, cambio del { $day }
in-size = talla { $sizes }
in-sure-size = con seguridad talla { $sizes }
asked-for = Has pedido: { $wish }
but = no { $what }
elsewhere = de otra tienda
new = novedad
in-stock = en stock
shops-asked-already = Ya he preguntado a las tiendas; mira más abajo.
end-of-list = Eso era todo.
liked-before = Lo que te gustó antes.
already-shown = Ya está más abajo.
no-longer-works = Este botón ya no funciona aquí. Mándame una foto y tendrás otros nuevos.
product-gone = Ese producto ya no está.
another-outfit = Otro conjunto
outfit = Un conjunto en torno a: { $look }
outfit-stand-in = El 1 hace las veces del tuyo: lo más parecido de las tiendas.
outfit-swaps = { $sign } cambia una prenda por la siguiente que va con el resto.
no-outfits = Aquí no puedo armar conjuntos.
no-piece = Con eso no se arma un conjunto. Con ropa, zapatos, bolsos y joyas, sí.
no-other-piece = No he encontrado nada más que combine.
nothing-goes-with = Las tiendas no tienen nada que combine.
seen = «{ $thing }»
quoted = «{ $words }»
sure-strong = { $count ->
    [1] Un resultado muy parecido.
   *[other] { all-are } muy parecidos.
}
sure-fair = { $count ->
    [1] Un resultado parecido.
   *[other] { all-are } parecidos.
}
sure-weak = Solo coincidencias débiles: aquí no hay nada muy parecido.
all-are = { $count ->
    [2] Los dos son
    [3] Los tres son
    [4] Los cuatro son
    [5] Los cinco son
   *[other] Todos son
}
ranks-strong = muy parecidos: { $ranks }
ranks-fair = parecidos: { $ranks }
ranks-weak = poco parecidos: { $ranks }
searched = He buscado entre { products } de { shops }.
products = { $products ->
    [one] { $products } producto
    [many] { $products } de productos
   *[other] { $products } productos
}
shops = { $shops ->
    [one] { $shops } tienda
    [many] { $shops } de tiendas
   *[other] { $shops } tiendas
}
also-in-photos = { $photos ->
    [1] También en la foto: { $garments }.
   *[other] También en las fotos: { $garments }.
}
garment-in-colour = { $kind } ({ $colour })
photos-bare = En { $bare } de las { $photos } fotos no veo ropa.
photos-unread = No he podido leer { $unread } de las { $photos } fotos.
shops-asked = He preguntado a { shops } por { $words }.
shops-asked-in-vain = { $shops ->
    [1] He preguntado a { shops } por { $words }; no ha contestado.
   *[other] He preguntado a { shops } por { $words }; ninguna ha contestado.
}
shops-asked-with-silence = { $silent ->
    [1] He preguntado a { shops } por { $words }; una no ha contestado.
   *[other] He preguntado a { shops } por { $words }; { $silent } no han contestado.
}
offered-nothing = { $shops ->
    [1] No tiene nada que no hubiera encontrado ya.
   *[other] No tienen nada que no hubiera encontrado ya.
}
under = hasta { $price }
over = desde { $price }
between = { $least } a { $most }
found-unsaid = Ninguno de estos se llama { $words }.
found-nothing =
    Las tiendas no tienen nada así: { $wish }.
    Con menos palabras quizá encuentre más.
also-at = también en { $shops }
also-at-more = también en { $shops } y { $more } más
from-link = De tu enlace: { $shown }
no-clothes = { $photos ->
    [1] No veo ropa en esta foto.
   *[other] No veo ropa en estas { $photos } fotos.
}
no-clothes-but = No veo ropa en esta foto. Diría que es «{ $thing }».
# Cinco de estos caben en una fila del móvil: seis caracteres como mucho.
buy-rank = 🛒 { $rank }
liked = ♥ Te gusta: { $title }
unliked = ♡ Ya no te gusta: { $title }
sold-out = agotado
price-age = { $days ->
    [1] precio de ayer
    [one] precio de hace { $days } día
    [many] precio de hace { $days } de días
   *[other] precio de hace { $days } días
}

## Problemas

later = Inténtalo de nuevo en unos minutos.
other-sticker = ¡Bonito sticker! Pero solo sé buscar a partir de fotos.
other-voice = No puedo escuchar mensajes de voz. Mejor mándame una foto.
other-video = Todavía no puedo ver vídeos. Una captura del momento justo funciona bien.
other-gif = No puedo buscar con imágenes en movimiento. Una captura funciona bien.
other-file = No puedo abrir ese archivo. Mándame una foto: JPEG, PNG o WebP.
other-other = Con eso no puedo buscar. Mándame una foto de ropa.
link-away = No he podido llegar a esa página. ¿Es correcto el enlace? Una captura también sirve.
link-slow = Esa página tarda demasiado. Mejor mándame una captura.
link-closed = Ese sitio no me deja ver sus páginas. Mejor mándame una captura.
link-refused = No puedo abrir ese enlace. Mándame la imagen misma o una captura.
link-empty = Tras ese enlace no he encontrado ninguna imagen. Mejor mándame una captura.
unsupported-format = No puedo leer imágenes { $format }. Mándame un JPEG, PNG o WebP; una captura también sirve.
broken-photo = Esa imagen está dañada o incompleta. Mándala otra vez, por favor.
photo-too-heavy = Ese archivo pesa { $size } MB y leo hasta { $limit } MB. Una captura funciona bien.
photo-too-large = Esa imagen tiene { $size } megapíxeles y leo hasta { $limit }. Una captura funciona bien.
not-a-photo = Ahí no encuentro ninguna imagen. Mándame una foto: JPEG, PNG o WebP.
busy = Ahora mismo no doy abasto; vuelvo en unos { $seconds } s. Inténtalo entonces, por favor.
catalogue-empty = Todavía no hay productos donde buscar. { later }
unavailable = Todavía estoy ordenando los productos. { later }
download-failed = No he podido descargar esa foto. Mándala otra vez, por favor.
interrupted = Perdona, una interrupción no me dejó terminar. Si falta una respuesta, vuelve a enviármelo, por favor.
unforeseen = Perdona, algo ha fallado por mi parte. Si vuelve a pasar, menciona { $id }.

## Propuestas del día

stop-picks = No más propuestas
stopped = Hecho: no habrá más propuestas diarias. Con /subscribe vuelven.
not-subscribed = No recibes propuestas diarias. Con /subscribe 09:00 Europe/Madrid empiezan.
subscribe-how-to = ¿A qué hora quieres tus propuestas diarias? Por ejemplo: /subscribe 09:00 Europe/Madrid
no-picks = Ahora mismo no tengo propuestas para ti. { later }
picks = Tus propuestas para hoy:
picks-newest =
    Tus propuestas para hoy, de lo más nuevo en las tiendas.
    Toca ♡ en lo que te guste y las próximas se acercarán más a tu gusto.
because = { $ranks }: { $reason }
because-liked = porque te gusta «{ $title }»
because-new = nuevo en las tiendas
because-photo = por una foto que enviaste
because-taste = cerca de lo que te gusta
because-surprise = algo distinto, para variar
news-new = nuevo en { $shop }
news-reduced = ahora un { $less } % menos
news-back = disponible de nuevo
subscribed = Hecho: propuestas { $every } a las { $at } ({ $zone }). Las próximas llegan { day } a las { $next }. Con /unsubscribe se acaban.
subscribed-already = Recibes propuestas { $every } a las { $at } ({ $zone }); las próximas llegan { day } a las { $next }. Para otra hora: /subscribe 18:30
day = { $days ->
    [0] hoy
    [1] mañana
   *[other] el { $date }
}
every = cada { $days }
every-day = cada día
pause-picks = Pausa de una semana
pause-how-to = ¿Por cuánto tiempo? Por ejemplo: /pause 1 semana
paused = Hecho: una pausa. Las próximas propuestas llegan { day } a las { $next }; con /subscribe vuelven antes.
no-likes = Aún no hay nada que te guste: toca ♡ bajo una respuesta.
likes = { $count ->
    [one] Te gusta un producto.
    [many] Te gustan { $count } de productos; primero, los últimos.
   *[other] Te gustan { $count } productos; primero, los últimos.
}
likes-gone = { $count ->
    [one] Uno ya no se vende.
    [many] { $count } ya no se venden.
   *[other] { $count } ya no se venden.
}
no-taste = Todavía no sé nada de tu gusto. Envíame una foto, o toca ♡ en lo que te guste.
taste = Lo que te gusta, hasta donde sé:
taste-line = { $rank }: { $what } ({ $share }) { $why }
taste-because = porque te gusta esto: { $titles }
taste-against = No es para ti: { $titles }
taste-ways = ¿No es así? Corrígelo aquí:
less-of = Menos de { $rank }
forget-one = Olvidar { $rank }
taste-less = Hecho: ahora cuenta la mitad.
taste-dropped = Hecho: olvidado, con los «me gusta» de los que venía.
taste-reset = Empezar de cero
taste-reset-sure = ¿Olvido todo lo que sé de tu gusto? Tus «me gusta» también se borran; las propuestas diarias siguen.
taste-is-reset = Hecho: ya no sé nada de tu gusto.
taste-export = Como archivo
disliked = ✕ Anotado: menos como { $title }
which-zone = ¿Las { $at } en qué zona horaria? Basta con tu ciudad: /subscribe { $at } Madrid
subscribe-quiet = A las { $at } ({ $zone }) este grupo está en horas de silencio hasta pasada la medianoche (/settings): no llegaría ninguna propuesta. ¿Otra hora? /subscribe 18:30
unknown-zone = No conozco la zona horaria { $words }. Prueba con la gran ciudad más cercana, por ejemplo: /subscribe { $at } Madrid
unknown-zone-perhaps = ¿Qué zona horaria es { $words }? Quizá: { $examples }

## Avisos

alert-me = Avísame
alert-when = { $title }: ¿cuándo te aviso? O responde con un precio, por ejemplo: menos de 30 €
alert-cheaper = Por menos de { $price }
alert-fifth = 20 % menos: { $price }
alert-stock = Disponible de nuevo
alert-brand = Novedades de { $brand }
alert-alike = Novedades parecidas
alert-like = Novedades como { $title }
alert-below = { $title }: por menos de { $price }
alert-at-most = { $title }: { $price } como mucho
alert-set = Hecho, estaré atento a esto: { $what }. /alerts lo muestra todo.
alert-already = Ahora cuesta { $price }; ya está dentro de tu precio.
alert-too-low = Ahora cuesta { $price }. Menos de una décima parte me parecería un error.
alert-other-currency = Su precio es { $price }. Di el tuyo en esa moneda, por favor.
alert-no-price = La tienda no dice el precio, así que no hay nada que comparar.
alerts-full = No puedo vigilar más cosas para ti. /alerts quita las que ya no necesites.
alerts-how-to = ¿Qué producto de la última respuesta y desde qué precio? Por ejemplo: /alerts 2 menos de 30 €. Para una marca, escribe su nombre tras /alerts.
alerts-none = Aún no vigilo nada para ti. Toca «{ alert-me }» bajo una respuesta.
alerts = Estoy atento a esto:
alerts-hours = Escribo entre las 8 y las 22 h. ✕ quita un aviso.
alert-ended = Hecho: ya no estoy atento a eso.
alerts-daily = Avisar con mis propuestas diarias
alerts-at-once = Avisar enseguida
alerts-are-daily = Hecho: te aviso a la hora de tus propuestas diarias.
alerts-are-instant = Hecho: te aviso enseguida, de día.
alerts-news = Novedades de lo que vigilo para ti:
alerts-foot = /alerts muestra y quita lo que vigilo.
alert-price = { $ranks }: más barato; costaba { $price } cuando lo pediste
alert-back = { $ranks }: disponible de nuevo
alert-new = { $ranks }: nuevo de { $brand }
alert-new-like = { $ranks }: nuevo y parecido a { $title }

## Privacidad

privacy =
    Nunca guardo una foto: la miro en memoria y la descarto.
    De ti guardo:
    · lo que te gusta con ♡, descartaste con ✕ o abriste en su tienda con mis enlaces, hasta que lo quites; /taste lo muestra
    · el idioma que elegiste con /language
    · tus filtros, puestos con /filters
    · cuándo quieres tus propuestas diarias, en qué chat e idioma, y cuáles recibiste en los últimos 30 días
    · de qué quieres que te avise (/alerts), en qué chat e idioma, y qué se cumplió
    · durante 30 días, qué te enviaron quienes llevan este bot y en qué chat; y, hasta que lo retires, que no quieres más
    · durante 30 días, qué idioma habla tu aplicación, qué productos te mostró una respuesta y qué vi en la foto y qué pediste con ella, con unos 300 números para comparar productos, para que sus botones funcionen y las propuestas te vayan bien
    De los miembros de un grupo guardo solo lo que les gusta, y del grupo lo que gustó en él; allí las respuestas y propuestas no son de nadie. Quienes llevan este bot ven números, no personas.
    /export te lo entrega todo; /forget lo borra.
privacy-alone = Eso queda entre tú y yo: pídemelo en un chat privado.
exported = Aquí está todo lo que guardo de ti.
forget = ¿Borro todo lo que guardo de ti: lo que te gusta, tus propuestas diarias, tus avisos, tu idioma, tus filtros y las respuestas anteriores?
forget-all = Borrarlo todo
forgotten = Hecho. Ya no guardo nada de ti; los botones anteriores dejan de funcionar.
nothing-kept = No guardo nada de ti.

## Los filtros

no-filters = No tienes filtros: busco en todo.
filters-how-to =
    Toca para cambiarlos, o escríbelo: /filters hombre, talla M, hasta 80 €, en stock
    /filters quitar los quita todos.
filters-unknown = Ahí no he entendido ningún filtro. Por ejemplo: /filters hombre, talla M, hasta 80 €, en stock
no-rates = Ahora mismo no tengo tipos de cambio, así que los precios quedan como los piden las tiendas.
for-anyone = Para todos
any-price = Cualquier precio
any-size = Cualquier talla
sure-size = Solo tallas conocidas
all-shops = Todas las tiendas
shops-currencies = La moneda de la tienda
clear-filters = Quitar todos los filtros
search-again = Buscar de nuevo
back = Atrás

## El idioma

choose-language = ¿En qué idioma quieres que hable?
language-chosen = A partir de ahora hablo español.
language-unknown = Ese idioma todavía no lo hablo. Hablo estos:
language-for-admins = En un grupo, solo sus administradores eligen el idioma. En un chat privado conmigo, lo eliges tú.

## Grupos

settings =
    Así soy en este grupo. Sus administradores lo cambian con un toque; quien pregunta con /similar siempre recibe respuesta.
    Horas de silencio: /settings 22:00–07:00 Madrid
settings-for-groups = /settings es para grupos. Aquí están /language y /subscribe.
settings-for-admins = En un grupo, eso solo lo cambian sus administradores.
every-photo = Responder a todas las fotos
photos-unseen = No veo las fotos que aquí no me envían a mí. En Telegram, hazme administrador; en Discord me falta el Message Content Intent.
quiet-hours = Horas de silencio
quiet-how-to = ¿Cuándo debo callar, y en qué zona horaria? Por ejemplo: /settings 22:00–07:00 Madrid
quiet-set = Hecho: de { $start } a { $end } ({ $zone }) solo respondo si me preguntan, y no llegan propuestas.
language-of-each = a cada uno en el suyo
shops-searched = { $searched } de { shops }
one-shop-stays = Tiene que quedar una tienda.

## Para quienes llevan el bot

no-shops = Todavía no hay tiendas: describe una en la carpeta «shops».
rebuilt = { $products ->
    [one] El índice está rehecho, con { $products } producto.
    [many] El índice está rehecho, con { $products } de productos.
   *[other] El índice está rehecho, con { $products } productos.
}
not-rebuilt = El índice no se pudo rehacer; responde el anterior. { $reason }
for-operators = Eso es para quienes llevan este bot. Si es tu caso, pon { $name } en TWINSET_OPERATORS y reinícialo.
shop-news = { $title }: { $parts }; { $ago }
shop-products = { products } ({ $share } de la última vez)
shop-new = { $count ->
    [one] { $count } nuevo
    [many] { $count } nuevos
   *[other] { $count } nuevos
}
shop-changed = { $count ->
    [one] { $count } cambiado
    [many] { $count } cambiados
   *[other] { $count } cambiados
}
shop-gone = { $count ->
    [one] { $count } retirado
    [many] { $count } retirados
   *[other] { $count } retirados
}
shop-pages = { $count ->
    [one] { $count } página
    [many] { $count } de páginas
   *[other] { $count } páginas
}
shop-errors = { $count ->
    [one] { $count } error ({ $kinds })
    [many] { $count } de errores ({ $kinds })
   *[other] { $count } errores ({ $kinds })
}
shop-not-whole = ⚠ no se ha visto entera: { $problem }
shop-without-news = { $title }: sin visitas en el último mes
and-more-shops = … y { shops } más; en el registro están todas.
stats-days = { $days ->
    [one] El último día:
    [many] Los últimos { $days } de días:
   *[other] Los últimos { $days } días:
}
stats-people = personas: { $people } · grupos: { $groups }
stats-answers = respuestas: { $answers } · me gusta: { $likes }
stats-opens = abiertos en una tienda: { $opens } · de lo mostrado, por puesto: { $places }
stats-picks = propuestas enviadas: { $sent }
stats-picks-opened = propuestas enviadas: { $sent } · mensajes con alguna abierta: { $opened }
stats-subscribers = suscripciones ahora: { $subscribers } · bajas: { $ended }
stats-no-opens = Lo que se abre en una tienda se cuenta cuando TWINSET_PUBLIC_URL está puesto.
broadcast-how-to = Escribe tras el comando lo que todos deben leer: /broadcast Ahora busco en tres tiendas nuevas. Primero te lo muestro a ti, y no envío nada hasta que lo digas.
broadcast-too-long = Es demasiado largo para un mensaje. Caracteres de más: { $over }
broadcast-reach =
    Así llega, con la última línea en el idioma de cada chat.
    { stats-people }
broadcast-send = Enviar
broadcast-discard = Descartar
broadcast-discarded = Hecho: no se ha enviado nada.
broadcast-begun = Empezado. /broadcast dice cómo va.
broadcast-busy = Todavía hay uno en camino. /broadcast lo muestra y puede detenerlo.
broadcast-stop = Detener
broadcast-stopped = Hecho: no se envía nada más.
broadcast = { $state ->
    [going] En camino: { $text }
    [stopped] Detenido: { $text }
   *[over] Enviado: { $text }
}
broadcast-counts = enviados: { $sent } · fallidos: { $failed } · pendientes: { $left }
broadcast-unsure = en camino, o interrumpidos y quizá enviados: { $unsure }
broadcast-foot = Este mensaje es de quienes llevan este bot.
broadcasts-no-more = No más mensajes así
broadcasts-off = Hecho: aquí ya no llegarán mensajes así.
broadcasts-again = Volver a recibirlos
broadcasts-on = Hecho: aquí vuelven a llegar.
experiment = Experimento { $name }, del { $first } al { $last }
experiment-half = { $half } ({ $setting }): personas y grupos: { $people } · mensajes: { $messages } · buenos: { $share }
experiment-good = Cuenta como bueno { $what ->
    [picks] un mensaje de propuestas del día
   *[answers] un mensaje en respuesta a una foto
} si algún producto { $opens ->
    [yes] se abrió o gustó.
   *[no] gustó; sin TWINSET_PUBLIC_URL solo cuentan los «me gusta».
}
experiment-difference = B menos A: { $points } puntos porcentuales, con un 95 % de confianza entre { $low } y { $high }
experiment-few = Con menos de { $people } en una mitad no se dice nada de la diferencia.
experiment-result = { $better ->
    [a] A es mejor.
    [b] B es mejor.
   *[open] No basta para decir cuál es mejor.
}
experiment-waits = Aún no basta para decirlo: decide el { $day }. Quien mira cada día y para a la primera diferencia suele tomar el azar por una.
experiment-over = El experimento { $name } terminó el { $last }. Los mensajes se guardan 30 días, así que ya no se puede contar.
just-now = ahora mismo
hours-ago = hace { $hours } h
days-ago = { $days ->
    [one] hace { $days } día
    [many] hace { $days } de días
   *[other] hace { $days } días
}

## Los lugares propios de las plataformas: 100 caracteres como mucho, los nombres 32

command-start = Qué hace este bot
command-help = Cómo buscar, y todos los comandos
command-similar = Buscar productos como el de una foto
command-find = Buscar productos con palabras: vestido negro
command-outfit = Lo que combina con una foto o con mi última respuesta
command-filters = Lo que vale para cada búsqueda: hombre, hasta 80 €
command-subscribe = Cinco propuestas al día: 09:00 Europe/Madrid
command-unsubscribe = No más propuestas diarias
command-picks = Las propuestas de hoy, ahora
command-alerts = Qué vigilo para ti: precios, existencias, novedades
command-likes = Lo que te gusta, a los precios de hoy
command-taste = Lo que sé de tu gusto, y por qué
command-pause = Sin propuestas diarias por un tiempo: 1 semana
command-language = Otro idioma
command-privacy = Qué guardo de ti; /export y /forget
command-export = Todo lo que guardo de ti, en un archivo
command-forget = Borrarlo todo
command-settings = Para los administradores de un grupo: fotos, silencio, tiendas
command-shops = Para quienes llevan este bot: cómo están las tiendas
command-stats = Para quienes llevan este bot: cuánto se usa
command-rebuild = Para quienes llevan este bot: rehacer el índice
command-broadcast = Para quienes llevan este bot: un mensaje para todos
# Telegram's own page of the bot: 512 and 120 characters.
description =
    Mándame una foto de ropa o una captura y te respondo con cinco productos parecidos de tiendas de verdad: con precios y enlaces para comprarlos.

    ¿No tienes una foto a mano? Iníciame y prueba con un ejemplo. Nunca guardo tus fotos.
short-description = Entra una foto de ropa, salen cinco productos parecidos, con enlaces de compra.
find-similar = Buscar parecidos
photo-option = foto
photo-about = La prenda, en una foto o una captura
link-option = enlace
link-about = O dónde se ve: https://…
wish-option = deseo
wish-about = Cómo lo quieres: en rojo, por menos de 50 €, de hombre
words-option = palabras
words-about = Lo que buscas: vestido negro hasta 50 €
number-option = número
number-about = En torno a qué producto de mi última respuesta: 2
filters-option = palabras
filters-about = Por ejemplo: hombre, talla M, hasta 80 €, en stock; o quitar
at-option = hora
at-about = A qué hora y dónde vives: 09:00 Europe/Madrid
quiet-option = silencio
quiet-about = Horas de silencio y la zona horaria: 22:00–07:00 Madrid
alerts-option = qué
alerts-about = Qué vigilar: 2 menos de 30 € de la última respuesta, o una marca
text-option = texto
text-about = Lo que todos deben leer; sin texto, cómo va el último
language-option = idioma
language-about = El idioma en que quieres que hable
buy = Comprar
unnamed = Producto sin nombre

## La página del chat

code = es
other-site = Eso venía de otro sitio y no de esta página, así que no lo he tenido en cuenta.
no-cookie = Ya no sé quién eres. Vuelve a cargar la página y permítele su cookie, por favor.
not-understood = Eso me ha llegado a trozos. Vuelve a cargar la página e inténtalo de nuevo, por favor.
too-long = Eso es más de lo que puedo leer. Busco ropa a partir de una foto: mándame una.
too-many-photos = Son muchas fotos: manda { $limit } a la vez como mucho, por favor.
too-much-at-once = Son más de { $limit } MB a la vez. Manda menos fotos, por favor.
page-skip = Escribir un mensaje
page-tagline = Entra una foto, salen cinco productos parecidos
page-away = Sin conexión. Reintentando…
page-conversation = Conversación
page-drop-or = Suelta aquí una foto, pégala o
page-gallery = Una foto, o una captura de tu galería
page-choose = Elegir una foto
page-your-message = Tu mensaje
page-take = Hacer una foto
page-message = Mensaje
page-placeholder = Manda una foto
page-send = Enviar
page-let-go = Suelta para enviar la foto
page-news = Novedades
page-like = Me gusta
page-matches = Resultados
page-your-photo = Tu foto
page-sample = Una foto de ejemplo
page-outfit = El conjunto en una imagen
page-photo-gone = Tu foto, que no se guarda
page-looking = Buscando
page-sending = Enviando
page-unreached = Eso no me ha llegado.
page-unanswered = La respuesta a eso no llegó.
page-again = Intentar de nuevo
page-too-heavy = Eso pesa más de lo que deja pasar este sitio. Una captura funciona bien.

## Clases de prendas y sus familias

kind-accessory = accesorio
kind-apron = delantal
kind-backpack = mochila
kind-bag = bolso
kind-belt = cinturón
kind-blazer = blazer
kind-blouse = blusa
kind-boots = botas
kind-bra = sujetador
kind-bracelet = pulsera
kind-braces = tirantes
kind-cap = gorra
kind-cardigan = cárdigan
kind-clothes = ropa
kind-coat = abrigo
kind-cufflinks = gemelos
kind-dress = vestido
kind-earrings = pendientes
kind-flats = bailarinas
kind-flip-flops = chanclas
kind-formal-shoes = zapatos de vestir
kind-glasses = gafas
kind-gloves = guantes
kind-hat = sombrero
kind-heels = tacones
kind-hoodie = sudadera con capucha
kind-jacket = chaqueta
kind-jeans = vaqueros
kind-jewellery = joyas
kind-joggers = pantalón de chándal
kind-jumpsuit = mono
kind-kurta = kurta
kind-leggings = leggings
kind-necklace = collar
kind-nightwear = ropa de dormir
kind-polo-shirt = polo
kind-ring = anillo
kind-sandals = sandalias
kind-saree = sari
kind-scarf = bufanda
kind-shirt = camisa
kind-shoes = zapatos
kind-shorts = shorts
kind-skirt = falda
kind-slippers = zapatillas de casa
kind-socks = calcetines
kind-suit = traje
kind-sunglasses = gafas de sol
kind-sweater = jersey
kind-sweatshirt = sudadera
kind-swimwear = ropa de baño
kind-t-shirt = camiseta
kind-tie = corbata
kind-tights = medias
kind-top = top
kind-tracksuit = chándal
kind-trainers = zapatillas
kind-trousers = pantalón
kind-tunic = túnica
kind-umbrella = paraguas
kind-underwear = ropa interior
kind-vest-top = camiseta de tirantes
kind-waistcoat = chaleco
kind-wallet = cartera
kind-watch = reloj

## Colores

colour-beige = beige
colour-black = negro
colour-blue = azul
colour-brown = marrón
colour-burgundy = burdeos
colour-gold = dorado
colour-green = verde
colour-grey = gris
colour-light-blue = azul claro
colour-multicoloured = multicolor
colour-navy = azul marino
colour-olive = verde oliva
colour-orange = naranja
colour-pink = rosa
colour-purple = morado
colour-red = rojo
colour-silver = plateado
colour-turquoise = turquesa
colour-white = blanco
colour-yellow = amarillo

## Estampados

pattern-checked = de cuadros
pattern-floral = de flores
pattern-printed = estampado
pattern-solid = liso
pattern-striped = de rayas

## Para quién

gender-kids = infantil
gender-men = de hombre
gender-unisex = unisex
gender-women = de mujer
