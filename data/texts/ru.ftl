# Всё, что читает человек, по-русски: коротко, дружелюбно, на «вы» со строчной буквы.

## Знакомство

start =
    Пришлите мне фото одежды, и я найду до пяти похожих вещей в настоящих магазинах.
    Подойдёт и скриншот, и просто слова. Ваши фото никогда не сохраняются.
    /help покажет, что ещё я умею.
try-a-sample = Попробовать на примере
sample = Фото для примера — ответ такой же, как на ваше:
help =
    Фото или скриншот: в ответ придёт до пяти похожих товаров.
    Подойдёт и ссылка на картинку или на страницу товара.
    К фото или после ответа: красное, до 50 €, как юбка, мужское, новое
    /similar: то же самое; в группе — ответом на фото
    /find чёрное платье до 50 €: что есть в магазинах; здесь хватит и одних слов
    /outfit: что подходит к фото или к моему последнему ответу, одной картинкой
    /filters мужское, до 80 €: что учитывать во всех ваших поисках
    /subscribe 09:00 Москва: пять идей в день в удобное вам время
    /unsubscribe: больше не присылать
    /picks: сегодняшняя подборка прямо сейчас; /pause 1 неделя: пока не присылать
    /alerts: за чем я слежу: цены, наличие, новинки
    /likes: что вам нравится, по сегодняшним ценам
    /taste: что я знаю о вашем вкусе и как это исправить
    /language: English, Deutsch, Español, Français, हिन्दी
    /settings: в группе — то, что выбирают её админы: отвечать на каждое фото, тихие часы, магазины
    ♡ под ответом запоминает, что вам нравится; нажмите ещё раз, чтобы отменить.
    /privacy: что я храню и как это стереть
how-to =
    Я ищу одежду по фото или по словам, например: чёрное платье до 50 €
    Остальное покажет /help.
courtesy = Всегда пожалуйста. Пришлите фото или напишите, что ищете.
unknown-command = Такой команды я не знаю. Все команды — в /help.
similar-how-to = Пришлите фото, и я найду похожую одежду.
similar-how-to-in-a-group = Ответьте на фото командой /similar, и я найду похожую одежду.
find-how-to = Что искать? Например: /find чёрное платье до 50 €
lookup-how-to = Например: чёрное платье до 50 €
found-no-words = Ни в одном магазине ничего так не называется. Лучше всего вещь и цвет: чёрное платье
outfit-how-to = Пришлите фото с командой /outfit или напишите /outfit после ответа: я подберу, что к этому подходит. /outfit 2 — ко второму товару.

## Ответ

search-anyway = Всё равно искать
more = Ещё
search-shops = Искать в магазинах
share = Показать всем
shared-already = Уже показано всем, смотрите ниже.
cheaper = Дешевле
other-colour = Другой цвет
other-shop = Другой магазин
complete-outfit = Собрать образ
nothing-cheaper = Ничего похожего дешевле не нашлось.
no-other-colour = Ничего похожего в другом цвете не нашлось.
no-other-shop = В других магазинах ничего похожего нет.
filters = Фильтры
filters-line = Фильтры: { $filters }
filters-leave = { $count ->
    [0] С этими фильтрами ничего не осталось.
    [one] С этими фильтрами остался только { $count } товар.
    [few] С этими фильтрами осталось только { $count } товара.
    [many] С этими фильтрами осталось только { $count } товаров.
   *[other] С этими фильтрами осталось только { $count } товара.
}
filters-leave-nothing = С этими фильтрами ничего похожего не осталось.
search-unfiltered = Искать без фильтров
nothing-at-all = И без фильтров ничего похожего не нашлось.
rates-of = цены в { $currency }, курс на { $day }
in-size = размер { $sizes }
in-sure-size = точно размер { $sizes }
asked-for = Ваше пожелание: { $wish }
but = не { $what }
elsewhere = из другого магазина
new = новинка
in-stock = в наличии
shops-asked-already = Магазины уже опрошены; посмотрите ниже.
end-of-list = Это всё.
liked-before = Что вам понравилось раньше.
already-shown = Уже показано ниже.
no-longer-works = Эта кнопка здесь больше не работает. Пришлите фото, и появятся новые.
product-gone = Этого товара больше нет.
another-outfit = Другой образ
outfit = Образ вокруг: { $look }
outfit-stand-in = 1 — вместо вашей вещи: самое похожее в магазинах.
outfit-swaps = { $sign } меняет вещь на следующую, которая подходит к остальным.
no-outfits = Здесь я не умею собирать образы.
no-piece = Это не часть образа. Подойдут одежда, обувь, сумки и украшения.
no-other-piece = Больше ничего подходящего не нашлось.
nothing-goes-with = В магазинах нет ничего, что к этому подошло бы.
seen = «{ $thing }»
quoted = «{ $words }»
sure-strong = { $count ->
    [1] Один очень похожий вариант.
   *[other] { all-are } очень похожи.
}
sure-fair = { $count ->
    [1] Один похожий вариант.
   *[other] { all-are } похожи.
}
sure-weak = Только отдалённо похожее: ничего по-настоящему близкого здесь нет.
all-are = { $count ->
    [2] Оба варианта
    [3] Все три варианта
    [4] Все четыре варианта
    [5] Все пять вариантов
   *[other] Все варианты
}
ranks-strong = очень похожи: { $ranks }
ranks-fair = похожи: { $ranks }
ranks-weak = отдалённо похожи: { $ranks }
searched = Просмотрено: { products } в { $shops ->
    [one] { $shops } магазине
    [few] { $shops } магазинах
   *[many] { $shops } магазинах
}.
products = { $products ->
    [one] { $products } товар
    [few] { $products } товара
   *[many] { $products } товаров
}
shops = { $shops ->
    [one] { $shops } магазин
    [few] { $shops } магазина
   *[many] { $shops } магазинов
}
also-in-photos = { $photos ->
    [1] Ещё на фото: { $garments }.
   *[other] Ещё на этих фото: { $garments }.
}
garment-in-colour = { $kind } ({ $colour })
photos-bare = На { $bare } из { $photos } фото одежды не видно.
photos-unread = Не получилось прочитать { $unread } из { $photos } фото.
shops-asked = Запрос { $words } отправлен в { shops }.
shops-asked-in-vain = { $shops ->
    [1] Запрос { $words } отправлен в { shops }; он не ответил.
   *[other] Запрос { $words } отправлен в { shops }; никто не ответил.
}
shops-asked-with-silence = { $silent ->
    [1] Запрос { $words } отправлен в { shops }; один не ответил.
   *[other] Запрос { $words } отправлен в { shops }; не ответили: { $silent }.
}
offered-nothing = { $shops ->
    [1] В нём нет ничего, что не нашлось бы раньше.
   *[other] В них нет ничего, что не нашлось бы раньше.
}
under = до { $price }
over = от { $price }
between = { $least } – { $most }
found-unsaid = Ни в одном названии нет { $words }.
found-nothing =
    Ничего такого в магазинах нет: { $wish }.
    Если слов меньше, может найтись больше.
also-at = есть и в { $shops }
also-at-more = есть и в { $shops } и ещё в { $more }
from-link = По вашей ссылке: { $shown }
no-clothes = { $photos ->
    [1] На этом фото я не вижу одежды.
   *[other] На этих { $photos } фото я не вижу одежды.
}
no-clothes-but = На этом фото я не вижу одежды. Больше похоже на «{ $thing }».
# На телефоне пять таких кнопок в ряд: не больше шести знаков.
buy-rank = 🛒 { $rank }
liked = ♥ Нравится: { $title }
unliked = ♡ Больше не нравится: { $title }
sold-out = распродано
price-age = { $days ->
    [1] вчерашняя цена
    [one] цена { $days } день назад
    [few] цена { $days } дня назад
   *[many] цена { $days } дней назад
}

## Если что-то не так

later = Попробуйте ещё раз через несколько минут.
other-sticker = Отличный стикер! Но искать я умею только по фото.
other-voice = Голосовые я слушать не умею. Пришлите лучше фото.
other-video = Видео я пока не смотрю. Подойдёт скриншот нужного момента.
other-gif = По движущимся картинкам я не ищу. Подойдёт скриншот.
other-file = Этот файл мне не открыть. Пришлите фото: JPEG, PNG или WebP.
other-other = По этому я искать не умею. Пришлите фото одежды.
link-away = Эта страница не открывается. Верна ли ссылка? Подойдёт и скриншот.
link-slow = Эта страница открывается слишком долго. Пришлите лучше скриншот.
link-closed = Этот сайт не даёт мне смотреть свои страницы. Пришлите лучше скриншот.
link-refused = Эту ссылку мне не открыть. Пришлите саму картинку или скриншот.
link-empty = По этой ссылке картинки не нашлось. Пришлите лучше скриншот.
unsupported-format = Картинки { $format } я читать не умею. Пришлите JPEG, PNG или WebP; подойдёт и скриншот.
broken-photo = Картинка повреждена или пришла не целиком. Пришлите её ещё раз, пожалуйста.
photo-too-heavy = В файле { $size } МБ, а я читаю до { $limit } МБ. Подойдёт скриншот.
photo-too-large = В картинке { $size } Мп, а я читаю до { $limit } Мп. Подойдёт скриншот.
not-a-photo = Картинки здесь не нашлось. Пришлите фото: JPEG, PNG или WebP.
busy = Сейчас много запросов; вернусь примерно через { $seconds } с. Попробуйте тогда ещё раз.
catalogue-empty = Товаров для поиска пока нет. { later }
unavailable = Я ещё раскладываю товары. { later }
download-failed = Не получилось скачать это фото. Пришлите его ещё раз, пожалуйста.
interrupted = Простите, меня прервали, и не всё готово. Если ответа нет, пришлите это, пожалуйста, ещё раз.
unforeseen = Простите, у меня что-то сломалось. Если это повторится, сообщите код { $id }.

## Подборка дня

stop-picks = Больше не присылать
stopped = Готово: подборки больше не придут. Вернуть их можно командой /subscribe.
not-subscribed = Ежедневной подборки у вас нет. Начать: /subscribe 09:00 Москва
subscribe-how-to = Во сколько присылать подборку? Например: /subscribe 09:00 Москва
no-picks = Сейчас мне нечего вам предложить. { later }
picks = Ваша подборка на сегодня:
picks-newest =
    Ваша подборка на сегодня: самое новое в магазинах.
    Нажимайте ♡ на том, что нравится, и следующие подборки будут ближе к вашему вкусу.
because = { $ranks }: { $reason }
because-liked = потому что вам нравится «{ $title }»
because-new = новинки в магазинах
because-photo = по фото, которое вы прислали
because-taste = близко к тому, что вам нравится
because-surprise = немного другое, для разнообразия
news-new = новинка: { $shop }
news-reduced = теперь на { $less } % дешевле
news-back = снова в наличии
subscribed = Готово: подборка { $every } в { $at } ({ $zone }). Следующая придёт { day } в { $next }. Отключить: /unsubscribe
subscribed-already = Подборка приходит { $every } в { $at } ({ $zone }); следующая придёт { day } в { $next }. Другое время: /subscribe 18:30
day = { $days ->
    [0] сегодня
    [1] завтра
   *[other] { $date }
}
every = по дням: { $days }
every-day = каждый день
pause-picks = Пауза на неделю
pause-how-to = На какое время? Например: /pause 1 неделя
paused = Готово: пауза. Следующая подборка придёт { day } в { $next }; вернуть раньше: /subscribe 18:30
no-likes = Вам пока ничего не понравилось: нажмите ♡ под ответом.
likes = { $count ->
    [one] Вам нравится { $count } товар; последние — в начале.
    [few] Вам нравятся { $count } товара; последние — в начале.
    [many] Вам нравятся { $count } товаров; последние — в начале.
   *[other] Вам нравятся { $count } товара; последние — в начале.
}
likes-gone = { $count ->
    [one] { $count } больше не продаётся.
    [few] { $count } больше не продаются.
    [many] { $count } больше не продаются.
   *[other] { $count } больше не продаются.
}
no-taste = О вашем вкусе я пока ничего не знаю. Пришлите фото или нажмите ♡ под тем, что нравится.
taste = Что вам нравится, насколько я знаю:
taste-line = { $rank }: { $what } ({ $share }) { $why }
taste-because = потому что вам нравится это: { $titles }
taste-against = Не для вас: { $titles }
taste-ways = Не так? Исправьте здесь:
less-of = Меньше { $rank }
forget-one = Забыть { $rank }
taste-less = Готово: теперь это значит вдвое меньше.
taste-dropped = Готово: забыто вместе с отметками, из которых оно взялось.
taste-reset = Начать заново
taste-reset-sure = Забыть всё, что я знаю о вашем вкусе? Отметки «нравится» тоже исчезнут; подборки останутся.
taste-is-reset = Готово: о вашем вкусе я больше ничего не знаю.
taste-export = Файлом
disliked = ✕ Учту: меньше такого, как { $title }
which-zone = { $at } в каком часовом поясе? Достаточно города: /subscribe { $at } Москва
subscribe-quiet = В { $at } ({ $zone }) в этой группе тихие часы, и длятся они за полночь (/settings): подборки не придут. Другое время? /subscribe 18:30
unknown-zone = Часового пояса { $words } я не знаю. Попробуйте ближайший большой город, например: /subscribe { $at } Москва
unknown-zone-perhaps = Какой часовой пояс — { $words }? Возможно: { $examples }

## Уведомления

alert-me = Сообщить мне
alert-when = { $title }: когда сообщить? Или ответьте ценой, например: до 30 €
alert-cheaper = Дешевле { $price }
alert-fifth = Минус 20 %: { $price }
alert-stock = Снова в продаже
alert-brand = Новинки { $brand }
alert-alike = Похожие новинки
alert-like = Новинки, похожие на { $title }
alert-below = { $title }: дешевле { $price }
alert-at-most = { $title }: не дороже { $price }
alert-set = Готово, слежу за этим: { $what }. /alerts покажет всё.
alert-already = Сейчас это стоит { $price } и уже укладывается в вашу цену.
alert-too-low = Сейчас это стоит { $price }. Цену меньше десятой доли я сочту ошибкой.
alert-other-currency = Цена в магазине: { $price }. Назовите свою в той же валюте.
alert-no-price = Магазин не указывает цену, поэтому сравнить не с чем.
alerts-full = Больше следить не получится. /alerts уберёт то, что уже не нужно.
alerts-how-to = За каким товаром из последнего ответа следить и до какой цены? Например: /alerts 2 до 30 €. Чтобы следить за маркой, напишите её название после /alerts.
alerts-none = Пока я ни за чем не слежу. Нажмите «{ alert-me }» под ответом.
alerts = Я слежу за этим:
alerts-hours = Пишу с 8 до 22 часов. ✕ убирает уведомление.
alert-ended = Готово: больше за этим не слежу.
alerts-daily = Сообщать вместе с подборкой
alerts-at-once = Сообщать сразу
alerts-are-daily = Готово: сообщу в час вашей ежедневной подборки.
alerts-are-instant = Готово: сообщу сразу, но днём.
alerts-news = Новости о том, за чем я слежу:
alerts-foot = /alerts покажет всё и уберёт лишнее.
alert-price = { $ranks }: дешевле; когда вы попросили, было { $price }
alert-back = { $ranks }: снова в продаже
alert-new = { $ranks }: новинка { $brand }
alert-new-like = { $ranks }: новинка, похоже на { $title }

## Личное

privacy =
    Фото я не храню никогда: они обрабатываются в памяти и сразу удаляются.
    О вас я храню:
    · что вы отметили ♡, отклонили ✕ или открыли в магазине по моим ссылкам, пока вы это не отмените; /taste это покажет
    · язык, который вы выбрали командой /language
    · фильтры, которые вы задали командой /filters
    · когда, в каком чате и на каком языке присылать подборку и что пришло за последние 30 дней
    · о чём вам сообщать (/alerts), в каком чате и на каком языке и что из этого сбылось
    · 30 дней — что вам прислали те, кто держит этого бота, и в каком чате, а ваш отказ от этого — пока вы его не отмените
    · 30 дней — язык вашего приложения, какие товары были в ответе и что я вижу на фото, что вы к нему пожелали, и ещё около 300 чисел для сравнения товаров, чтобы работали кнопки и подборки были вам по вкусу
    Об участниках групп я храню только то, что им нравится, а о группе — что в ней понравилось; ответы и подборки там ничьи. Те, кто держит этого бота, видят цифры, а не людей.
    /export выдаст всё это, /forget — сотрёт.
privacy-alone = Это только между нами: спросите меня в личном чате.
exported = Вот всё, что я о вас храню.
forget = Стереть всё, что я о вас храню: отметки ♡, ежедневную подборку, уведомления, ваш язык, фильтры и прежние ответы?
forget-all = Стереть всё
forgotten = Готово. Больше я ничего о вас не храню; прежние кнопки не работают.
nothing-kept = Я ничего о вас не храню.

## Фильтры

no-filters = Фильтров нет: я ищу везде.
filters-how-to =
    Нажмите, чтобы изменить, или напишите: /filters мужское, размер M, до 80 €, в наличии
    /filters сброс снимает все.
filters-unknown = Фильтров я в этом не понимаю. Например: /filters мужское, размер M, до 80 €, в наличии
no-rates = Сейчас у меня нет курсов валют, поэтому цены остаются такими, как в магазинах.
for-anyone = Для всех
any-price = Любая цена
any-size = Любой размер
sure-size = Только известные размеры
all-shops = Все магазины
shops-currencies = Валюта магазина
clear-filters = Снять все фильтры
search-again = Искать снова
back = Назад

## Язык

choose-language = На каком языке мне говорить?
language-chosen = Теперь я говорю по-русски.
language-unknown = Этого языка я пока не знаю. Я говорю на этих:
language-for-admins = В группе язык выбирают только администраторы. В личном чате со мной — вы.

## Группы

settings =
    Так я веду себя в этой группе. Её админы меняют это нажатием; кто спросит через /similar, всегда получит ответ.
    Тихие часы: /settings 22:00–07:00 Москва
settings-for-groups = /settings — для групп. Здесь есть /language и /subscribe.
settings-for-admins = В группе это меняют только её админы.
every-photo = Отвечать на каждое фото
photos-unseen = Мне не видны фото, которые здесь отправлены не мне. В Telegram сделайте меня админом; в Discord мне нужен Message Content Intent.
quiet-hours = Тихие часы
quiet-how-to = Когда мне молчать и в каком часовом поясе? Например: /settings 22:00–07:00 Москва
quiet-set = Готово: с { $start } до { $end } ({ $zone }) я отвечаю, только если спросят, и подборки не приходят.
language-of-each = каждому на своём
shops-searched = Поиск: { shops }, включено { $searched }
one-shop-stays = Один магазин должен остаться.

## Для тех, кто держит бота

no-shops = Магазинов пока нет: опишите какой-нибудь в папке shops.
rebuilt = { $products ->
    [one] Индекс построен заново, в нём { $products } товар.
    [few] Индекс построен заново, в нём { $products } товара.
    [many] Индекс построен заново, в нём { $products } товаров.
   *[other] Индекс построен заново, в нём { $products } товара.
}
not-rebuilt = Построить индекс заново не удалось; отвечает прежний. { $reason }
for-operators = Это для тех, кто держит этого бота. Если это вы, впишите { $name } в TWINSET_OPERATORS и перезапустите его.
shop-news = { $title }: { $parts }; { $ago }
shop-products = { products } ({ $share } от прошлого раза)
shop-new = новых: { $count }
shop-changed = изменилось: { $count }
shop-gone = пропало: { $count }
shop-pages = { $count ->
    [one] { $count } страница
    [few] { $count } страницы
   *[many] { $count } страниц
}
shop-errors = { $count ->
    [one] { $count } ошибка ({ $kinds })
    [few] { $count } ошибки ({ $kinds })
   *[many] { $count } ошибок ({ $kinds })
}
shop-not-whole = ⚠ просмотрен не целиком: { $problem }
shop-without-news = { $title }: за последний месяц не просматривался
and-more-shops = … и ещё { shops }; все есть в журнале.
stats-days = { $days ->
    [one] За последний { $days } день:
    [few] За последние { $days } дня:
   *[many] За последние { $days } дней:
}
stats-people = людей: { $people } · групп: { $groups }
stats-answers = ответов: { $answers } · отметок ♡: { $likes }
stats-opens = открыто в магазинах: { $opens } · от показанного, по местам: { $places }
stats-picks = подборок отправлено: { $sent }
stats-picks-opened = подборок отправлено: { $sent } · сообщений, откуда что-то открыли: { $opened }
stats-subscribers = подписаны сейчас: { $subscribers } · отписались: { $ended }
stats-no-opens = Что открывают в магазинах, считается, когда задан TWINSET_PUBLIC_URL.
broadcast-how-to = Напишите после команды то, что должны прочесть все: /broadcast Теперь я ищу ещё в трёх магазинах. Сначала я покажу это вам и ничего не отправлю без вашего согласия.
broadcast-too-long = Для одного сообщения это слишком длинно. Лишних знаков: { $over }
broadcast-reach =
    Вот что придёт, последняя строка — на языке каждого чата.
    { stats-people }
broadcast-send = Отправить
broadcast-discard = Не отправлять
broadcast-discarded = Готово: ничего не отправлено.
broadcast-begun = Рассылка началась. /broadcast покажет, как она идёт.
broadcast-busy = Одна рассылка ещё идёт. /broadcast покажет её, там же её можно остановить.
broadcast-stop = Остановить
broadcast-stopped = Готово: больше ничего не отправляется.
broadcast = { $state ->
    [going] Отправляется: { $text }
    [stopped] Остановлено: { $text }
   *[over] Отправлено: { $text }
}
broadcast-counts = отправлено: { $sent } · не дошло: { $failed } · осталось: { $left }
broadcast-unsure = в пути или прервано и, возможно, дошло: { $unsure }
broadcast-foot = Это сообщение от тех, кто держит этого бота.
broadcasts-no-more = Больше таких не надо
broadcasts-off = Готово: такие сообщения сюда больше не придут.
broadcasts-again = Присылать снова
broadcasts-on = Готово: такие сообщения снова будут приходить сюда.
experiment = Эксперимент { $name }, с { $first } по { $last }
experiment-half = { $half } ({ $setting }): людей и групп: { $people } · сообщений: { $messages } · удачных: { $share }
experiment-good = { $what ->
    [picks] Подборка дня удачна
   *[answers] Ответ на фото удачен
}, если какой-то товар из сообщения { $opens ->
    [yes] открыли или отметили ♡.
   *[no] отметили ♡; без TWINSET_PUBLIC_URL считаются только отметки ♡.
}
experiment-difference = B минус A: { $points } процентного пункта, с уверенностью 95 % от { $low } до { $high }
experiment-few = Пока в одной из половин меньше { $people }, о разнице ничего не сказать.
experiment-result = { $better ->
    [a] A лучше.
    [b] B лучше.
   *[open] Этого мало, чтобы сказать, что лучше.
}
experiment-waits = Пока рано судить; { $day } можно будет решать. Кто смотрит каждый день и останавливается на первой же разнице, часто принимает за неё случайность.
experiment-over = Эксперимент { $name } закончился { $last } – сообщения хранятся 30 дней, поэтому подсчитать его уже нельзя.
just-now = только что
hours-ago = { $hours } ч назад
days-ago = { $days ->
    [one] { $days } день назад
    [few] { $days } дня назад
   *[many] { $days } дней назад
}

## Места самих платформ: не больше 100 знаков, имена — не больше 32

command-start = Что делает этот бот
command-help = Как искать и все команды
command-similar = Найти товары, похожие на фото
command-find = Найти товары по словам: чёрное платье
command-outfit = Что подходит к фото или к моему последнему ответу
command-filters = Что учитывать в каждом поиске: мужское, до 80 €
command-subscribe = Пять идей в день: 09:00 Москва
command-unsubscribe = Отключить ежедневную подборку
command-picks = Сегодняшняя подборка прямо сейчас
command-alerts = За чем я слежу: цены, наличие, новинки
command-likes = Что вам нравится, по сегодняшним ценам
command-taste = Что я знаю о вашем вкусе и почему
command-pause = Подборок какое-то время не присылать: 1 неделя
command-language = Другой язык
command-privacy = Что я о вас храню; /export и /forget
command-export = Всё, что я о вас храню, одним файлом
command-forget = Стереть всё это
command-settings = Для админов группы: фото, тихие часы, магазины
command-shops = Для тех, кто держит бота: как дела у магазинов
command-stats = Для тех, кто держит бота: как им пользуются
command-rebuild = Для тех, кто держит бота: построить индекс заново
command-broadcast = Для тех, кто держит бота: сообщение всем
# Telegram's own page of the bot: 512 and 120 characters.
description =
    Пришлите фото одежды или скриншот, и в ответ придут пять похожих товаров из настоящих магазинов: с ценами и ссылками на покупку.

    Нет фото под рукой? Запустите меня и попробуйте на примере. Ваши фото никогда не сохраняются.
short-description = Фото одежды — и пять похожих товаров со ссылками на покупку.
find-similar = Найти похожее
photo-option = фото
photo-about = Вещь на фото или скриншоте
link-option = ссылка
link-about = Или где это показано: https://…
wish-option = пожелание
wish-about = Что изменить: красное, до 50 €, мужское
words-option = слова
words-about = Что вы ищете: чёрное платье до 50 €
number-option = номер
number-about = К какому товару из последнего ответа: 2
filters-option = слова
filters-about = Например: мужское, размер M, до 80 €, в наличии; или сброс
at-option = время
at-about = Когда и где вы живёте: 09:00 Москва
quiet-option = тишина
quiet-about = Тихие часы и часовой пояс: 22:00–07:00 Москва
alerts-option = что
alerts-about = За чем следить: 2 до 30 € из последнего ответа или марка
text-option = текст
text-about = Что должны прочесть все; без текста — как идёт последняя рассылка
language-option = язык
language-about = Язык, на котором мне говорить
buy = Купить
unnamed = Товар без названия

## Страница чата

code = ru
other-site = Это пришло не с этой страницы, а с другого сайта, и осталось без внимания.
no-cookie = Я больше не узнаю вас. Обновите страницу и разрешите ей cookie, пожалуйста.
not-understood = Это дошло до меня по частям. Обновите страницу и попробуйте ещё раз, пожалуйста.
too-long = Это больше, чем я могу прочитать. Я ищу одежду по фото: пришлите его.
too-many-photos = Очень много фото: присылайте не больше { $limit } за раз, пожалуйста.
too-much-at-once = Это больше { $limit } МБ за раз. Пришлите меньше фото, пожалуйста.
page-skip = Написать сообщение
page-tagline = По одному фото — пять похожих товаров
page-away = Нет связи. Пробуем снова…
page-conversation = Разговор
page-drop-or = Перетащите сюда фото, вставьте его или
page-gallery = Фото или скриншот из галереи
page-choose = Выбрать фото
page-your-message = Ваше сообщение
page-take = Сделать фото
page-message = Сообщение
page-placeholder = Пришлите фото
page-send = Отправить
page-let-go = Отпустите, чтобы отправить фото
page-news = Новое
page-like = Нравится
page-matches = Результаты
page-your-photo = Ваше фото
page-sample = Фото для примера
page-outfit = Образ одной картинкой
page-photo-gone = Ваше фото, оно не хранится
page-looking = Ищу
page-sending = Отправка
page-unreached = До меня это не дошло.
page-unanswered = Ответ на это не дошёл.
page-again = Попробовать ещё раз
page-too-heavy = Это больше, чем пропускает этот сайт. Подойдёт скриншот.

## Виды одежды и их семейства

kind-accessory = аксессуар
kind-apron = фартук
kind-backpack = рюкзак
kind-bag = сумка
kind-belt = ремень
kind-blazer = блейзер
kind-blouse = блузка
kind-boots = сапоги и ботинки
kind-bra = бюстгальтер
kind-bracelet = браслет
kind-braces = подтяжки
kind-cap = кепка
kind-cardigan = кардиган
kind-clothes = одежда
kind-coat = пальто
kind-cufflinks = запонки
kind-dress = платье
kind-earrings = серьги
kind-flats = балетки
kind-flip-flops = шлёпанцы
kind-formal-shoes = классические туфли
kind-glasses = очки
kind-gloves = перчатки
kind-hat = шляпа
kind-heels = туфли на каблуке
kind-hoodie = худи
kind-jacket = куртка
kind-jeans = джинсы
kind-jewellery = украшения
kind-joggers = джоггеры
kind-jumpsuit = комбинезон
kind-kurta = курта
kind-leggings = леггинсы
kind-necklace = колье
kind-nightwear = одежда для сна
kind-polo-shirt = поло
kind-ring = кольцо
kind-sandals = сандалии
kind-saree = сари
kind-scarf = шарф
kind-shirt = рубашка
kind-shoes = обувь
kind-shorts = шорты
kind-skirt = юбка
kind-slippers = тапочки
kind-socks = носки
kind-suit = костюм
kind-sunglasses = солнцезащитные очки
kind-sweater = свитер
kind-sweatshirt = свитшот
kind-swimwear = купальники и плавки
kind-t-shirt = футболка
kind-tie = галстук
kind-tights = колготки
kind-top = топ
kind-tracksuit = спортивный костюм
kind-trainers = кроссовки
kind-trousers = брюки
kind-tunic = туника
kind-umbrella = зонт
kind-underwear = нижнее бельё
kind-vest-top = майка
kind-waistcoat = жилет
kind-wallet = кошелёк
kind-watch = часы

## Цвета

colour-beige = бежевый
colour-black = чёрный
colour-blue = синий
colour-brown = коричневый
colour-burgundy = бордовый
colour-gold = золотой
colour-green = зелёный
colour-grey = серый
colour-light-blue = голубой
colour-multicoloured = разноцветный
colour-navy = тёмно-синий
colour-olive = оливковый
colour-orange = оранжевый
colour-pink = розовый
colour-purple = фиолетовый
colour-red = красный
colour-silver = серебристый
colour-turquoise = бирюзовый
colour-white = белый
colour-yellow = жёлтый

## Узоры

pattern-checked = в клетку
pattern-floral = в цветочек
pattern-printed = с принтом
pattern-solid = без рисунка
pattern-striped = в полоску

## Для кого

gender-kids = для детей
gender-men = для мужчин
gender-unisex = унисекс
gender-women = для женщин
