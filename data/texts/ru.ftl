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
    К фото или после ответа: красное, до 5000 ₽, мужское, новое
    /similar: то же самое; в группе — ответом на фото
    /find чёрное платье до 5000 ₽: что есть в магазинах; здесь хватит и одних слов
    /subscribe 09:00 Europe/Moscow: пять идей в день в удобное вам время
    /unsubscribe: больше не присылать
    /picks: сегодняшняя подборка прямо сейчас; /pause 1 неделя: пока не присылать
    /taste: что я знаю о вашем вкусе и как это исправить
    /language: English, Deutsch, Español, Français, हिन्दी
    ♡ под ответом запоминает, что вам нравится; нажмите ещё раз, чтобы отменить.
    /privacy: что я храню и как это стереть
how-to =
    Я ищу одежду по фото или по словам, например: чёрное платье до 5000 ₽
    Остальное покажет /help.
unknown-command = Такой команды я не знаю. Все команды — в /help.
similar-how-to = Пришлите фото, и я найду похожую одежду.
similar-how-to-in-a-group = Ответьте на фото командой /similar, и я найду похожую одежду.
find-how-to = Что искать? Например: /find чёрное платье до 5000 ₽
found-no-words = Ни в одном магазине ничего так не называется. Лучше всего вещь и цвет: чёрное платье

## Ответ

search-anyway = Всё равно искать
more = Ещё
search-shops = Искать в магазинах
cheaper = Дешевле
other-colour = Другой цвет
other-shop = Другой магазин
nothing-cheaper = Ничего похожего дешевле не нашлось.
no-other-colour = Ничего похожего в другом цвете не нашлось.
no-other-shop = В других магазинах ничего похожего нет.
asked-for = Ваше пожелание: { $wish }
elsewhere = из другого магазина
new = новинка
in-stock = в наличии
shops-asked-already = Магазины уже опрошены; посмотрите ниже.
end-of-list = Это всё.
already-shown = Уже показано ниже.
no-longer-works = Эта кнопка здесь больше не работает. Пришлите фото, и появятся новые.
product-gone = Этого товара больше нет.
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
unforeseen = Простите, у меня что-то сломалось. Если это повторится, сообщите код { $id }.

## Подборка дня

stop-picks = Больше не присылать
stopped = Готово: подборки больше не придут. Вернуть их можно командой /subscribe.
not-subscribed = Ежедневной подборки у вас нет. Начать: /subscribe 09:00 Europe/Moscow
subscribe-how-to = Во сколько присылать подборку? Например: /subscribe 09:00 Europe/Moscow
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
no-taste = О вашем вкусе я пока ничего не знаю. Пришлите фото или нажмите ♡ под тем, что нравится.
taste = Что вам нравится, насколько я знаю:
taste-line = { $rank }: { $what } ({ $share }) { $why }
taste-because = потому что вам нравится { $titles }
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
which-zone = { $at } в каком часовом поясе? Достаточно города латиницей: /subscribe { $at } Moscow
unknown-zone = Часового пояса { $words } я не знаю. Попробуйте ближайший большой город латиницей, например: /subscribe { $at } Moscow
unknown-zone-perhaps = Какой часовой пояс — { $words }? Возможно: { $examples }

## Личное

privacy =
    Фото я не храню никогда: они обрабатываются в памяти и сразу удаляются.
    О вас я храню:
    · что вы отметили ♡ или отклонили ✕, пока вы это не отмените; /taste это покажет
    · язык, который вы выбрали командой /language
    · когда, в каком чате и на каком языке присылать подборку и что пришло за последние 30 дней
    · 30 дней — какие товары были в ответе и что я вижу на фото, что вы к нему пожелали, и ещё около 300 чисел для сравнения товаров, чтобы работали кнопки и подборки были вам по вкусу
    Об участниках групп я храню только то, что им нравится, а о группе — что в ней понравилось; ответы и подборки там ничьи. Те, кто держит этого бота, видят цифры, а не людей.
    /export выдаст всё это, /forget — сотрёт.
privacy-alone = Это только между нами: спросите меня в личном чате.
exported = Вот всё, что я о вас храню.
forget = Стереть всё, что я о вас храню: отметки ♡, ежедневную подборку, ваш язык и прежние ответы?
forget-all = Стереть всё
forgotten = Готово. Больше я ничего о вас не храню; прежние кнопки не работают.
nothing-kept = Я ничего о вас не храню.

## Язык

choose-language = На каком языке мне говорить?
language-chosen = Теперь я говорю по-русски.
language-unknown = Этого языка я пока не знаю. Я говорю на этих:
language-for-admins = В группе язык выбирают только администраторы. В личном чате со мной — вы.

## Для тех, кто держит бота

no-shops = Магазинов пока нет: опишите какой-нибудь в папке shops.
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
command-subscribe = Пять идей в день: 09:00 Europe/Moscow
command-unsubscribe = Отключить ежедневную подборку
command-picks = Сегодняшняя подборка прямо сейчас
command-taste = Что я знаю о вашем вкусе и почему
command-pause = Подборок какое-то время не присылать: 1 неделя
command-language = Другой язык
command-privacy = Что я о вас храню; /export и /forget
command-export = Всё, что я о вас храню, одним файлом
command-forget = Стереть всё это
command-shops = Для тех, кто держит бота: как дела у магазинов
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
wish-about = Что изменить: красное, до 5000 ₽, мужское
words-option = слова
words-about = Что вы ищете: чёрное платье до 5000 ₽
at-option = время
at-about = Когда и где вы живёте: 09:00 Europe/Moscow
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
page-photo-gone = Ваше фото, оно не хранится
page-looking = Ищу
page-sending = Отправка
page-unreached = До меня это не дошло.
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
