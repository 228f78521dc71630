# हर वाक्य जो कोई पढ़ता है, हिन्दी में: छोटा, विनम्र, «आप» के साथ।

## नमस्ते

start =
    मुझे कपड़ों की एक फ़ोटो भेजिए, मैं असली दुकानों से पाँच तक मिलते-जुलते कपड़े ढूँढ दूँगा।
    स्क्रीनशॉट भी चलेगा, और शब्द भी। आपकी फ़ोटो कभी सहेजी नहीं जातीं।
    /help दिखाता है कि मैं और क्या कर सकता हूँ।
try-a-sample = नमूना फ़ोटो आज़माएँ
sample = एक नमूना फ़ोटो, जिसका जवाब वैसे ही जैसे आपकी फ़ोटो का:
help =
    फ़ोटो या स्क्रीनशॉट: जवाब में पाँच तक मिलते-जुलते प्रोडक्ट।
    किसी तस्वीर या प्रोडक्ट के पेज का लिंक भी चलेगा।
    फ़ोटो के साथ या जवाब के बाद: लाल, ₹2000 तक, स्कर्ट के रूप में, पुरुषों के लिए, नया
    /similar: वही काम; ग्रुप में किसी फ़ोटो के जवाब में
    /find काली ड्रेस ₹2000 तक: दुकानों में जो है; यहाँ सिर्फ़ शब्द भी काफ़ी हैं
    /outfit: फ़ोटो या मेरे पिछले जवाब के साथ जँचने वाली चीज़ें, एक तस्वीर में
    /filters पुरुषों के लिए, ₹2000 तक: जो आपकी हर खोज में लागू हो
    /subscribe 09:00 Asia/Kolkata: हर दिन आपके समय पर पाँच सुझाव
    /unsubscribe: सुझाव बंद
    /picks: आज के सुझाव, अभी; /pause 1 हफ़्ता: कुछ समय कोई नहीं
    /alerts: मैं आपके लिए किस पर नज़र रखता हूँ: क़ीमत, उपलब्धता, नया
    /likes: आपको जो पसंद है, आज के दाम पर
    /taste: आपकी पसंद के बारे में मुझे क्या पता है, और उसे कैसे सुधारें
    /language: English, Deutsch, Español, Français, Русский
    /settings: ग्रुप में, जो उसके एडमिन चुनें: हर फ़ोटो का जवाब, शांत समय, दुकानें
    जवाब के नीचे ♡ आपकी पसंद याद रखता है; हटाने के लिए फिर दबाइए।
    /privacy: मैं क्या रखता हूँ, और उसे कैसे मिटाएँ
how-to =
    मैं फ़ोटो या शब्दों से कपड़े ढूँढता हूँ, जैसे: काली ड्रेस ₹2000 तक
    बाक़ी सब /help में है।
courtesy = आपका स्वागत है। फ़ोटो भेजिए, या लिखिए कि क्या ढूँढ रहे हैं।
unknown-command = यह कमांड मुझे नहीं पता। सारी कमांड /help में हैं।
similar-how-to = एक फ़ोटो भेजिए, मैं वैसे ही कपड़े ढूँढ दूँगा।
similar-how-to-in-a-group = किसी फ़ोटो के जवाब में /similar लिखिए, मैं वैसे ही कपड़े ढूँढ दूँगा।
find-how-to = मैं क्या ढूँढूँ? जैसे: /find काली ड्रेस ₹2000 तक
lookup-how-to = जैसे: काली ड्रेस ₹2000 तक
found-no-words = किसी दुकान में इस नाम का कुछ नहीं है। चीज़ और रंग सबसे अच्छे रहते हैं: काली ड्रेस
outfit-how-to = /outfit के साथ एक फ़ोटो भेजिए, या किसी जवाब के बाद /outfit लिखिए: मैं उसके साथ जँचने वाली चीज़ें ढूँढ दूँगा। /outfit 2 दूसरे प्रोडक्ट के लिए है।

## जवाब

search-anyway = फिर भी ढूँढें
more = और
search-shops = दुकानों में ढूँढें
share = साझा करें
shared-already = यह पहले ही साझा हो चुका है, नीचे देखिए।
cheaper = सस्ता
other-colour = दूसरा रंग
other-shop = दूसरी दुकान
complete-outfit = पूरा आउटफ़िट
nothing-cheaper = इससे कम दाम में ऐसा कुछ नहीं मिला।
no-other-colour = किसी और रंग में ऐसा कुछ नहीं मिला।
no-other-shop = किसी और दुकान में ऐसा कुछ नहीं है।
filters = फ़िल्टर
filters-line = फ़िल्टर: { $filters }
filters-leave = { $count ->
    [0] इन फ़िल्टर में कुछ नहीं बचा।
    [one] इन फ़िल्टर में सिर्फ़ { $count } बचा।
   *[other] इन फ़िल्टर में सिर्फ़ { $count } बचे।
}
filters-leave-nothing = इन फ़िल्टर में ऐसा कुछ नहीं बचा।
search-unfiltered = बिना फ़िल्टर ढूँढें
nothing-at-all = बिना फ़िल्टर भी ऐसा कुछ नहीं मिला।
rates-of = दाम { $currency } में, { $day } की दर से
in-size = साइज़ { $sizes }
in-sure-size = पक्का साइज़ { $sizes }
asked-for = आपने माँगा: { $wish }
but = { $what } नहीं
elsewhere = किसी और दुकान से
new = नया
in-stock = स्टॉक में
shops-asked-already = दुकानों से पहले ही पूछ लिया है; नीचे देखिए।
end-of-list = बस इतना ही था।
liked-before = जो आपको उससे पहले पसंद आया।
already-shown = पहले ही दिखाया जा चुका है, नीचे देखिए।
no-longer-works = यह बटन अब यहाँ काम नहीं करता। नए बटनों के लिए एक फ़ोटो भेजिए।
product-gone = वह प्रोडक्ट अब नहीं है।
another-outfit = दूसरा आउटफ़िट
outfit = इसके साथ आउटफ़िट: { $look }
outfit-stand-in = 1 आपकी चीज़ की जगह है: दुकानों में सबसे मिलती-जुलती।
outfit-swaps = { $sign } किसी चीज़ की जगह अगली जँचने वाली लाता है।
no-outfits = यहाँ मैं आउटफ़िट नहीं बना सकता।
no-piece = इससे आउटफ़िट नहीं बनता। कपड़े, जूते, बैग और गहने चलेंगे।
no-other-piece = इसके साथ जँचने वाला और कुछ नहीं मिला।
nothing-goes-with = दुकानों में इसके साथ जँचने वाला कुछ नहीं है।
seen = “{ $thing }”
quoted = “{ $words }”
sure-strong = { $count ->
    [1] एक बहुत मिलता-जुलता नतीजा।
   *[other] { all-are } बहुत मिलते-जुलते हैं।
}
sure-fair = { $count ->
    [1] एक मिलता-जुलता नतीजा।
   *[other] { all-are } मिलते-जुलते हैं।
}
sure-weak = सिर्फ़ हल्के मेल मिले: यहाँ कुछ भी बहुत मिलता-जुलता नहीं है।
all-are = { $count ->
    [2] दोनों
    [3] तीनों
    [4] चारों
    [5] पाँचों
   *[other] सभी
}
ranks-strong = बहुत मिलते-जुलते: { $ranks }
ranks-fair = मिलते-जुलते: { $ranks }
ranks-weak = कम मिलते-जुलते: { $ranks }
searched = { $shops ->
    [one] { $shops } दुकान
   *[other] { $shops } दुकानों
} के { products } में ढूँढा।
products = { $products ->
    [one] { $products } प्रोडक्ट
   *[other] { $products } प्रोडक्ट
}
shops = { $shops ->
    [one] { $shops } दुकान
   *[other] { $shops } दुकानें
}
also-in-photos = { $photos ->
    [1] फ़ोटो में यह भी है: { $garments }।
   *[other] इन फ़ोटो में यह भी है: { $garments }।
}
garment-in-colour = { $kind } ({ $colour })
photos-bare = { $photos } में से { $bare } फ़ोटो में मुझे कपड़े नहीं दिखते।
photos-unread = { $photos } में से { $unread } फ़ोटो मैं नहीं पढ़ पाया।
shops-asked = { $shops ->
    [one] { $shops } दुकान से { $words } के लिए पूछा।
   *[other] { $shops } दुकानों से { $words } के लिए पूछा।
}
shops-asked-in-vain = { $shops ->
    [one] { $shops } दुकान से { $words } के लिए पूछा; जवाब नहीं आया।
   *[other] { $shops } दुकानों से { $words } के लिए पूछा; किसी का जवाब नहीं आया।
}
shops-asked-with-silence = { $shops ->
    [one] { $shops } दुकान से { $words } के लिए पूछा; { $silent } का जवाब नहीं आया।
   *[other] { $shops } दुकानों से { $words } के लिए पूछा; { $silent } का जवाब नहीं आया।
}
offered-nothing = { $shops ->
    [one] उसके पास ऐसा कुछ नहीं जो मुझे पहले न मिला हो।
   *[other] उनके पास ऐसा कुछ नहीं जो मुझे पहले न मिला हो।
}
under = { $price } तक
over = { $price } से
between = { $least } से { $most } तक
found-unsaid = इनमें से किसी के नाम में { $words } नहीं है।
found-nothing =
    दुकानों में ऐसा कुछ नहीं है: { $wish }।
    कम शब्दों से शायद ज़्यादा मिले।
also-at = { $shops } पर भी
also-at-more = { $shops } और { $more } और दुकानों पर भी
from-link = आपके लिंक से: { $shown }
no-clothes = { $photos ->
    [1] इस फ़ोटो में मुझे कपड़े नहीं दिखते।
   *[other] इन { $photos } फ़ोटो में मुझे कपड़े नहीं दिखते।
}
no-clothes-but = इस फ़ोटो में मुझे कपड़े नहीं दिखते। मुझे यह “{ $thing }” जैसा लगता है।
# फ़ोन पर ऐसे पाँच बटन एक पंक्ति में आते हैं: ज़्यादा से ज़्यादा छह अक्षर।
buy-rank = 🛒 { $rank }
liked = ♥ पसंद में जुड़ा: { $title }
unliked = ♡ पसंद से हटा: { $title }
sold-out = बिक चुका
price-age = { $days ->
    [1] कल का दाम
    [one] { $days } दिन पुराना दाम
   *[other] { $days } दिन पुराना दाम
}

## कोई दिक़्क़त

later = कृपया कुछ मिनट बाद फिर कोशिश कीजिए।
other-sticker = बढ़िया स्टिकर! पर मैं सिर्फ़ फ़ोटो से ढूँढ सकता हूँ।
other-voice = मैं वॉइस मैसेज नहीं सुन सकता। उसकी जगह एक फ़ोटो भेजिए।
other-video = मैं अभी वीडियो नहीं देख सकता। सही पल का स्क्रीनशॉट चलेगा।
other-gif = मैं चलती तस्वीरों से नहीं ढूँढ सकता। उसका स्क्रीनशॉट चलेगा।
other-file = यह फ़ाइल मुझसे नहीं खुलती। एक फ़ोटो भेजिए: JPEG, PNG या WebP।
other-other = इससे मैं नहीं ढूँढ सकता। कपड़ों की एक फ़ोटो भेजिए।
link-away = वह पेज मुझसे नहीं खुला। क्या लिंक सही है? स्क्रीनशॉट भी चलेगा।
link-slow = वह पेज बहुत देर लगा रहा है। उसका स्क्रीनशॉट भेजिए।
link-closed = वह साइट मुझे अपने पेज देखने नहीं देती। स्क्रीनशॉट भेजिए।
link-refused = मैं वह लिंक नहीं खोल सकता। तस्वीर ही भेजिए, या स्क्रीनशॉट।
link-empty = उस लिंक पर मुझे कोई तस्वीर नहीं मिली। स्क्रीनशॉट भेजिए।
unsupported-format = मैं { $format } तस्वीरें नहीं पढ़ सकता। JPEG, PNG या WebP भेजिए; स्क्रीनशॉट भी चलेगा।
broken-photo = यह तस्वीर ख़राब या अधूरी है। कृपया दोबारा भेजिए।
photo-too-heavy = यह फ़ाइल { $size } MB की है, और मैं { $limit } MB तक पढ़ता हूँ। उसका स्क्रीनशॉट चलेगा।
photo-too-large = यह तस्वीर { $size } मेगापिक्सल की है, और मैं { $limit } तक पढ़ता हूँ। उसका स्क्रीनशॉट चलेगा।
not-a-photo = इसमें मुझे कोई तस्वीर नहीं मिली। एक फ़ोटो भेजिए: JPEG, PNG या WebP।
busy = अभी बहुत काम है; क़रीब { $seconds } सेकंड में लौटूँगा। कृपया तब फिर कोशिश कीजिए।
catalogue-empty = ढूँढने के लिए अभी कोई प्रोडक्ट नहीं है। { later }
unavailable = मैं अभी प्रोडक्ट जमा रहा हूँ। { later }
download-failed = यह फ़ोटो डाउनलोड नहीं हो पाई। कृपया दोबारा भेजिए।
interrupted = माफ़ कीजिए, पूरा करने से पहले ही मैं रुक गया। कोई जवाब न मिला हो, तो कृपया उसे फिर भेजिए।
unforeseen = माफ़ कीजिए, मेरी तरफ़ से कुछ गड़बड़ हो गई। दोबारा हो तो { $id } बताइए।

## रोज़ के सुझाव

stop-picks = सुझाव बंद करें
stopped = हो गया: अब रोज़ के सुझाव नहीं आएँगे। /subscribe से फिर शुरू होंगे।
not-subscribed = आपको रोज़ के सुझाव नहीं आते। /subscribe 09:00 Asia/Kolkata से शुरू कीजिए।
subscribe-how-to = रोज़ के सुझाव आपको किस समय चाहिए? जैसे: /subscribe 09:00 Asia/Kolkata
no-picks = अभी आपके लिए कोई सुझाव नहीं है। { later }
picks = आपके आज के सुझाव:
picks-newest =
    आपके आज के सुझाव, दुकानों में सबसे नए में से।
    जो पसंद आए उस पर ♡ दबाइए, अगले सुझाव आपकी पसंद के और क़रीब होंगे।
because = { $ranks }: { $reason }
because-liked = क्योंकि आपको “{ $title }” पसंद है
because-new = दुकानों में नया
because-photo = आपकी भेजी हुई फ़ोटो की वजह से
because-taste = आपकी पसंद के क़रीब
because-surprise = बदलाव के लिए कुछ अलग
news-new = { $shop } में नया
news-reduced = अब { $less } % सस्ता
news-back = फिर से उपलब्ध
subscribed = हो गया: { $every } { $at } बजे सुझाव ({ $zone })। अगले { day } { $next } बजे आएँगे। /unsubscribe से बंद होंगे।
subscribed-already = आपको { $every } { $at } बजे सुझाव आते हैं ({ $zone }); अगले { day } { $next } बजे आएँगे। दूसरे समय के लिए: /subscribe 18:30
day = { $days ->
    [0] आज
    [1] कल
   *[other] { $date } को
}
every = हर { $days }
every-day = हर दिन
pause-picks = एक हफ़्ते का विराम
pause-how-to = कितने समय के लिए? जैसे: /pause 1 हफ़्ता
paused = हो गया: विराम। अगले सुझाव { day } { $next } बजे आएँगे; पहले चाहिए तो: /subscribe 18:30
no-likes = आपको अभी तक कुछ पसंद नहीं आया: किसी जवाब के नीचे ♡ दबाएँ।
likes = { $count ->
    [one] आपको { $count } चीज़ पसंद है।
   *[other] आपको { $count } चीज़ें पसंद हैं; नई सबसे पहले।
}
likes-gone = { $count ->
    [one] { $count } अब नहीं बिकती।
   *[other] { $count } अब नहीं बिकतीं।
}
no-taste = आपकी पसंद के बारे में मुझे अभी कुछ नहीं पता। फ़ोटो भेजिए, या जो पसंद आए उस पर ♡ दबाइए।
taste = जहाँ तक मुझे पता है, आपको यह पसंद है:
taste-line = { $rank }: { $what } ({ $share }) { $why }
taste-because = क्योंकि आपको यह पसंद है: { $titles }
taste-against = आपके लिए नहीं: { $titles }
taste-ways = ठीक नहीं है? यहाँ सुधारिए:
less-of = { $rank } कम
forget-one = { $rank } भूलें
taste-less = हो गया: अब यह आधा गिना जाएगा।
taste-dropped = हो गया: भुला दिया, जिन पसंदों से यह बना था वे भी।
taste-reset = नए सिरे से
taste-reset-sure = क्या आपकी पसंद के बारे में सब भूल जाऊँ? पसंद के निशान भी मिट जाएँगे; रोज़ के सुझाव रहेंगे।
taste-is-reset = हो गया: आपकी पसंद के बारे में अब मुझे कुछ नहीं पता।
taste-export = फ़ाइल में
disliked = ✕ ठीक है: { $title } जैसा कम
which-zone = { $at } बजे किस टाइम ज़ोन में? शहर का नाम काफ़ी है: /subscribe { $at } दिल्ली
subscribe-quiet = { $at } ({ $zone }) पर इस ग्रुप में शांत समय है, जो आधी रात के बाद तक चलता है (/settings), इसलिए सुझाव नहीं आएँगे। कोई और समय? /subscribe 18:30
unknown-zone = { $words } टाइम ज़ोन मुझे नहीं पता। सबसे पास का बड़ा शहर लिखिए, जैसे: /subscribe { $at } दिल्ली
unknown-zone-perhaps = { $words } कौन-सा टाइम ज़ोन है? शायद: { $examples }

## सूचनाएँ

alert-me = मुझे बताइए
alert-when = { $title }: आपको कब बताऊँ? या जवाब में क़ीमत लिखिए, जैसे: ₹3000 से कम
alert-cheaper = { $price } से कम
alert-fifth = 20 % कम: { $price }
alert-stock = फिर से उपलब्ध
alert-brand = { $brand } का नया
alert-alike = इस जैसे नए
alert-like = { $title } जैसे नए
alert-below = { $title }: { $price } से कम
alert-at-most = { $title }: { $price } या कम
alert-set = ठीक है, मैं इस पर नज़र रखूँगा: { $what }। /alerts सब दिखाता है।
alert-already = अभी इसकी क़ीमत { $price } है; यह पहले से आपकी क़ीमत में है।
alert-too-low = अभी इसकी क़ीमत { $price } है। दसवें हिस्से से कम को मैं ग़लती समझूँगा।
alert-other-currency = इसकी क़ीमत { $price } है। अपनी क़ीमत उसी मुद्रा में बताइए।
alert-no-price = दुकान क़ीमत नहीं बताती, इसलिए मिलाने को कुछ नहीं है।
alerts-full = मैं आपके लिए इससे ज़्यादा पर नज़र नहीं रख सकता। जो नहीं चाहिए, /alerts से हटाइए।
alerts-how-to = पिछले जवाब का कौन-सा प्रोडक्ट, और किस क़ीमत से? जैसे: /alerts 2, ₹3000 से कम। ब्रांड के लिए /alerts के बाद उसका नाम लिखिए।
alerts-none = अभी मैं आपके लिए किसी चीज़ पर नज़र नहीं रखता। जवाब के नीचे “{ alert-me }” दबाइए।
alerts = मैं इन पर नज़र रखता हूँ:
alerts-hours = मैं सुबह 8 से रात 10 बजे के बीच लिखता हूँ। ✕ से एक हटाइए।
alert-ended = हो गया: अब उस पर नज़र नहीं रखूँगा।
alerts-daily = रोज़ के सुझावों के साथ बताइए
alerts-at-once = तुरंत बताइए
alerts-are-daily = हो गया: मैं रोज़ के सुझावों के समय बताऊँगा।
alerts-are-instant = हो गया: मैं तुरंत बताऊँगा, दिन में।
alerts-news = जिन पर मैं नज़र रखता हूँ, उनकी ख़बर:
alerts-foot = /alerts सब दिखाता और हटाता है।
alert-price = { $ranks }: सस्ता; जब आपने कहा था तब { $price } था
alert-back = { $ranks }: फिर से उपलब्ध
alert-new = { $ranks }: { $brand } का नया
alert-new-like = { $ranks }: नया, और { $title } जैसा

## निजता

privacy =
    मैं कोई फ़ोटो कभी नहीं रखता: उसे मेमोरी में देखकर हटा देता हूँ।
    आपके बारे में मैं यह रखता हूँ:
    · ♡ से आपने जो पसंद किया, ✕ से जो ठुकराया या मेरे लिंक से दुकान में जो खोला, जब तक आप उसे न हटाएँ; /taste में दिखता है
    · /language से आपकी चुनी हुई भाषा
    · /filters से लगाए आपके फ़िल्टर
    · रोज़ के सुझाव आपको कब, किस चैट में और किस भाषा में चाहिए, और पिछले 30 दिनों में कौन-से भेजे गए
    · आपको किस बारे में बताना है (/alerts), किस चैट और भाषा में, और उसमें से क्या हुआ
    · 30 दिन तक, बॉट चलाने वालों ने आपको किस चैट में क्या भेजा; और जब तक आप इसे वापस न लें, यह कि आप ऐसे संदेश नहीं चाहते
    · 30 दिन तक, आपका ऐप किस भाषा में है, जवाब में कौन-से प्रोडक्ट दिखाए, फ़ोटो में मुझे क्या दिखा और आपने साथ में क्या माँगा, और प्रोडक्ट मिलाने के लिए क़रीब 300 संख्याएँ, ताकि बटन काम करें और सुझाव आपकी पसंद के हों
    ग्रुप के सदस्यों की मैं सिर्फ़ पसंद रखता हूँ, और ग्रुप का वह जो वहाँ पसंद आया; वहाँ के जवाब और सुझाव किसी एक के नहीं होते। बॉट चलाने वाले संख्याएँ देखते हैं, लोग नहीं।
    /export से यह सब आपको मिलता है; /forget से मिट जाता है।
privacy-alone = यह हम दोनों के बीच की बात है: मुझसे निजी चैट में पूछिए।
exported = आपके बारे में मैं जो कुछ रखता हूँ, वह सब यहाँ है।
forget = क्या मैं आपके बारे में सब कुछ मिटा दूँ: पसंद, रोज़ के सुझाव, सूचनाएँ, आपकी भाषा, फ़िल्टर और पिछले जवाब?
forget-all = सब मिटाएँ
forgotten = हो गया। अब मैं आपके बारे में कुछ नहीं रखता; पुराने बटन काम नहीं करेंगे।
nothing-kept = मैं आपके बारे में कुछ नहीं रखता।

## फ़िल्टर

no-filters = आपका कोई फ़िल्टर नहीं है: मैं सब में ढूँढता हूँ।
filters-how-to =
    बदलने के लिए दबाइए, या लिखिए: /filters पुरुषों के लिए, साइज़ M, ₹2000 तक, स्टॉक में
    /filters बंद से सब हट जाते हैं।
filters-unknown = इसमें कोई फ़िल्टर मेरी समझ में नहीं आया। जैसे: /filters पुरुषों के लिए, साइज़ M, ₹2000 तक, स्टॉक में
no-rates = अभी मेरे पास विनिमय दरें नहीं हैं, इसलिए दाम वही हैं जो दुकानें माँगती हैं।
for-anyone = सबके लिए
any-price = कोई भी दाम
any-size = कोई भी साइज़
sure-size = सिर्फ़ पता साइज़
all-shops = सारी दुकानें
shops-currencies = दुकान की मुद्रा
clear-filters = सारे फ़िल्टर हटाएँ
search-again = फिर से ढूँढें
back = वापस

## भाषा

choose-language = मैं कौन-सी भाषा बोलूँ?
language-chosen = अब से मैं हिन्दी बोलूँगा।
language-unknown = यह भाषा मुझे अभी नहीं आती। ये आती हैं:
language-for-admins = ग्रुप में भाषा सिर्फ़ उसके एडमिन चुनते हैं। मेरे साथ निजी चैट में आप चुनते हैं।

## ग्रुप

settings =
    इस ग्रुप में मैं ऐसे काम करता हूँ। इसके एडमिन बटन दबाकर इसे बदलते हैं; /similar से पूछने वाले को जवाब हमेशा मिलता है।
    शांत समय: /settings 22:00–07:00 दिल्ली
settings-for-groups = /settings ग्रुप के लिए है। यहाँ /language और /subscribe हैं।
settings-for-admins = ग्रुप में इसे सिर्फ़ उसके एडमिन बदल सकते हैं।
every-photo = हर फ़ोटो का जवाब
photos-unseen = यहाँ जो फ़ोटो मुझे नहीं भेजी जातीं, वे मुझे नहीं दिखतीं। Telegram पर मुझे एडमिन बनाइए; Discord पर मुझे Message Content Intent चाहिए।
quiet-hours = शांत समय
quiet-how-to = मैं कब चुप रहूँ, और किस टाइम ज़ोन में? जैसे: /settings 22:00–07:00 दिल्ली
quiet-set = हो गया: { $start } से { $end } ({ $zone }) तक मैं सिर्फ़ पूछने पर जवाब दूँगा, और सुझाव नहीं आएँगे।
language-of-each = हर एक की अपनी
shops-searched = { shops } में से { $searched }
one-shop-stays = एक दुकान रहनी ही चाहिए।

## बॉट चलाने वालों के लिए

no-shops = अभी कोई दुकान नहीं है: shops फ़ोल्डर में एक का ब्योरा लिखिए।
rebuilt = { $products ->
    [one] सूची नई बन गई, { $products } चीज़ से।
   *[other] सूची नई बन गई, { $products } चीज़ों से।
}
not-rebuilt = सूची नई नहीं बन सकी; पुरानी ही जवाब दे रही है। { $reason }
for-operators = यह उनके लिए है जो यह बॉट चलाते हैं। अगर आप चलाते हैं, तो TWINSET_OPERATORS में { $name } डालकर इसे फिर से शुरू कीजिए।
shop-news = { $title }: { $parts }; { $ago }
shop-products = { products } (पिछली बार का { $share })
shop-new = { $count } नए
shop-changed = { $count } बदले
shop-gone = { $count } हटे
shop-pages = { $count ->
    [one] { $count } पेज
   *[other] { $count } पेज
}
shop-errors = { $count ->
    [one] { $count } गड़बड़ी ({ $kinds })
   *[other] { $count } गड़बड़ियाँ ({ $kinds })
}
shop-not-whole = ⚠ पूरी नहीं देखी गई: { $problem }
shop-without-news = { $title }: पिछले महीने में नहीं देखी गई
and-more-shops = … और { shops }; सब लॉग में हैं।
stats-days = { $days ->
    [one] पिछला { $days } दिन:
   *[other] पिछले { $days } दिन:
}
stats-people = लोग: { $people } · ग्रुप: { $groups }
stats-answers = जवाब: { $answers } · पसंद: { $likes }
stats-opens = दुकान में खोले गए: { $opens } · दिखाए गए में से, जगह के हिसाब से: { $places }
stats-picks = भेजे गए सुझाव: { $sent }
stats-picks-opened = भेजे गए सुझाव: { $sent } · संदेश जिनसे कोई सुझाव खोला गया: { $opened }
stats-subscribers = अभी सब्सक्राइब: { $subscribers } · बंद किए: { $ended }
stats-no-opens = दुकान में क्या खोला गया, यह TWINSET_PUBLIC_URL सेट होने पर गिना जाता है।
broadcast-how-to = कमांड के बाद वह लिखिए जो सब पढ़ें: /broadcast अब मैं तीन नई दुकानों में भी खोजता हूँ। पहले मैं आपको दिखाऊँगा, और आपके कहने तक कुछ नहीं भेजूँगा।
broadcast-too-long = यह एक संदेश के लिए बहुत लंबा है। इतने अक्षर ज़्यादा हैं: { $over }
broadcast-reach =
    यही पहुँचेगा, आख़िरी पंक्ति हर चैट की अपनी भाषा में।
    { stats-people }
broadcast-send = भेजें
broadcast-discard = रहने दें
broadcast-discarded = हो गया: कुछ नहीं भेजा गया।
broadcast-begun = शुरू हो गया। /broadcast बताता है कि कितना हुआ।
broadcast-busy = एक संदेश अभी जा रहा है। /broadcast उसे दिखाता है, और वहीं उसे रोका जा सकता है।
broadcast-stop = रोकें
broadcast-stopped = हो गया: अब और कुछ नहीं भेजा जाएगा।
broadcast = { $state ->
    [going] जा रहा है: { $text }
    [stopped] रोका गया: { $text }
   *[over] भेजा गया: { $text }
}
broadcast-counts = भेजे गए: { $sent } · नहीं पहुँचे: { $failed } · बाक़ी: { $left }
broadcast-unsure = रास्ते में, या बीच में रुके और शायद पहुँचे: { $unsure }
broadcast-foot = यह संदेश इस बॉट को चलाने वालों की ओर से है।
broadcasts-no-more = ऐसे संदेश नहीं चाहिए
broadcasts-off = हो गया: ऐसे संदेश यहाँ अब नहीं आएँगे।
broadcasts-again = फिर से भेजें
broadcasts-on = हो गया: ऐसे संदेश यहाँ फिर आएँगे।
experiment = प्रयोग { $name }, { $first } से { $last } तक
experiment-half = { $half } ({ $setting }): लोग और ग्रुप: { $people } · संदेश: { $messages } · सफल: { $share }
experiment-good = { $what ->
    [picks] रोज़ के सुझावों का संदेश
   *[answers] फ़ोटो का जवाब
} तब सफल है जब उसका कोई प्रोडक्ट { $opens ->
    [yes] खोला या पसंद किया गया।
   *[no] पसंद किया गया; TWINSET_PUBLIC_URL के बिना सिर्फ़ पसंद गिनी जाती है।
}
experiment-difference = B में से A घटाकर: { $points } प्रतिशत अंक, 95% भरोसे के साथ { $low } और { $high } के बीच
experiment-few = किसी आधे में { $people } से कम हों तो अंतर के बारे में कुछ नहीं कहा जाता।
experiment-result = { $better ->
    [a] A बेहतर है।
    [b] B बेहतर है।
   *[open] कौन बेहतर है, यह कहने के लिए इतना काफ़ी नहीं है।
}
experiment-waits = अभी कहने के लिए काफ़ी नहीं है: { $day } को फ़ैसला कीजिए। जो रोज़ देखता है और पहले ही अंतर पर रुक जाता है, वह अक्सर संयोग को अंतर समझ लेता है।
experiment-over = प्रयोग { $name } { $last } को ख़त्म हुआ। संदेश 30 दिन रखे जाते हैं, इसलिए अब उसकी गिनती नहीं हो सकती।
just-now = अभी-अभी
hours-ago = { $hours } घंटे पहले
days-ago = { $days ->
    [one] { $days } दिन पहले
   *[other] { $days } दिन पहले
}

## प्लेटफ़ॉर्म की अपनी जगहें: ज़्यादा से ज़्यादा 100 अक्षर, नाम 32

command-start = यह बॉट क्या करता है
command-help = कैसे ढूँढें, और सारी कमांड
command-similar = फ़ोटो जैसे प्रोडक्ट ढूँढें
command-find = शब्दों से प्रोडक्ट ढूँढें: काली ड्रेस
command-outfit = फ़ोटो या मेरे पिछले जवाब के साथ क्या जँचेगा
command-filters = जो हर खोज में लागू हो: पुरुषों के लिए, ₹2000 तक
command-subscribe = हर दिन पाँच सुझाव: 09:00 Asia/Kolkata
command-unsubscribe = रोज़ के सुझाव बंद
command-picks = आज के सुझाव, अभी
command-alerts = मैं आपके लिए किस पर नज़र रखता हूँ
command-likes = आपको जो पसंद है, आज के दाम पर
command-taste = आपकी पसंद के बारे में मुझे क्या पता है, और क्यों
command-pause = कुछ समय रोज़ के सुझाव नहीं: 1 हफ़्ता
command-language = दूसरी भाषा
command-privacy = मैं आपके बारे में क्या रखता हूँ; /export और /forget
command-export = आपके बारे में सब कुछ, एक फ़ाइल में
command-forget = वह सब मिटवाएँ
command-settings = ग्रुप के एडमिन के लिए: फ़ोटो, शांत समय, दुकानें
command-shops = बॉट चलाने वालों के लिए: दुकानों का हाल
command-stats = बॉट चलाने वालों के लिए: बॉट का कितना इस्तेमाल हुआ
command-rebuild = बॉट चलाने वालों के लिए: सूची नई बनाना
command-broadcast = बॉट चलाने वालों के लिए: सबको एक संदेश
# Telegram's own page of the bot: 512 and 120 characters.
description =
    मुझे कपड़ों की फ़ोटो या स्क्रीनशॉट भेजिए, और जवाब में असली दुकानों के पाँच मिलते-जुलते प्रोडक्ट पाइए: दाम और ख़रीदने के लिंक के साथ।

    फ़ोटो पास नहीं है? मुझे शुरू कीजिए और नमूना आज़माइए। आपकी फ़ोटो कभी सहेजी नहीं जातीं।
short-description = कपड़ों की फ़ोटो भेजिए, पाँच मिलते-जुलते प्रोडक्ट पाइए, ख़रीदने के लिंक के साथ।
find-similar = ऐसा ही ढूँढें
photo-option = फ़ोटो
photo-about = कपड़ा, फ़ोटो या स्क्रीनशॉट में
link-option = लिंक
link-about = या जहाँ यह दिखता है: https://…
wish-option = पसंद
wish-about = क्या अलग हो: लाल, ₹2000 तक, पुरुषों के लिए
words-option = शब्द
words-about = आप क्या ढूँढ रहे हैं: काली ड्रेस ₹2000 तक
number-option = नंबर
number-about = मेरे पिछले जवाब के किस प्रोडक्ट के साथ: 2
filters-option = शब्द
filters-about = जैसे: पुरुषों के लिए, साइज़ M, ₹2000 तक, स्टॉक में; या बंद
at-option = समय
at-about = कब, और आप कहाँ रहते हैं: 09:00 Asia/Kolkata
quiet-option = शांति
quiet-about = शांत समय और टाइम ज़ोन: 22:00–07:00 दिल्ली
alerts-option = क्या
alerts-about = किस पर नज़र रखूँ: पिछले जवाब का 2, ₹3000 से कम; या ब्रांड
text-option = संदेश
text-about = जो सब पढ़ें; उसके बिना, पिछला संदेश कहाँ तक पहुँचा
language-option = भाषा
language-about = वह भाषा जो मैं बोलूँ
buy = ख़रीदें
unnamed = बिना नाम का प्रोडक्ट

## चैट का पेज

code = hi
other-site = यह इस पेज से नहीं, किसी और साइट से आया था, इसलिए मैंने इसे छोड़ दिया।
no-cookie = मैं आपको पहचान नहीं पा रहा। कृपया पेज दोबारा खोलिए और उसे कुकी रखने दीजिए।
not-understood = यह मुझ तक टुकड़ों में पहुँचा। कृपया पेज दोबारा खोलकर फिर कोशिश कीजिए।
too-long = इतना मैं नहीं पढ़ सकता। मैं फ़ोटो से कपड़े ढूँढता हूँ: एक फ़ोटो भेजिए।
too-many-photos = बहुत सारी फ़ोटो हैं: कृपया एक बार में ज़्यादा से ज़्यादा { $limit } भेजिए।
too-much-at-once = यह एक बार में { $limit } MB से ज़्यादा है। कृपया कम फ़ोटो भेजिए।
page-skip = संदेश लिखें
page-tagline = एक फ़ोटो से पाँच मिलते-जुलते प्रोडक्ट
page-away = कनेक्शन नहीं है। फिर कोशिश हो रही है…
page-conversation = बातचीत
page-drop-or = फ़ोटो यहाँ छोड़िए, पेस्ट कीजिए, या
page-gallery = फ़ोटो, या गैलरी से कोई स्क्रीनशॉट
page-choose = फ़ोटो चुनें
page-your-message = आपका संदेश
page-take = फ़ोटो लें
page-message = संदेश
page-placeholder = फ़ोटो भेजिए
page-send = भेजें
page-let-go = फ़ोटो भेजने के लिए छोड़िए
page-news = नया
page-like = पसंद
page-matches = नतीजे
page-your-photo = आपकी फ़ोटो
page-sample = नमूना फ़ोटो
page-outfit = पूरा आउटफ़िट एक तस्वीर में
page-photo-gone = आपकी फ़ोटो, जो रखी नहीं जाती
page-looking = ढूँढ रहा हूँ
page-sending = भेजा जा रहा है
page-unreached = यह मुझ तक नहीं पहुँचा।
page-unanswered = इसका जवाब नहीं पहुँच पाया।
page-again = फिर कोशिश करें
page-too-heavy = यह इस साइट की सीमा से भारी है। उसका स्क्रीनशॉट चलेगा।

## पहनने की चीज़ें और उनके समूह

kind-accessory = एक्सेसरी
kind-apron = एप्रन
kind-backpack = बैकपैक
kind-bag = बैग
kind-belt = बेल्ट
kind-blazer = ब्लेज़र
kind-blouse = ब्लाउज़
kind-boots = बूट
kind-bra = ब्रा
kind-bracelet = ब्रेसलेट
kind-braces = सस्पेंडर
kind-cap = कैप
kind-cardigan = कार्डिगन
kind-clothes = कपड़े
kind-coat = कोट
kind-cufflinks = कफ़लिंक
kind-dress = ड्रेस
kind-earrings = झुमके
kind-flats = फ़्लैट्स
kind-flip-flops = फ़्लिप-फ़्लॉप
kind-formal-shoes = फ़ॉर्मल जूते
kind-glasses = चश्मा
kind-gloves = दस्ताने
kind-hat = हैट
kind-heels = हील्स
kind-hoodie = हुडी
kind-jacket = जैकेट
kind-jeans = जींस
kind-jewellery = गहने
kind-joggers = जॉगर्स
kind-jumpsuit = जंपसूट
kind-kurta = कुर्ता
kind-leggings = लेगिंग्स
kind-necklace = हार
kind-nightwear = नाइटवियर
kind-polo-shirt = पोलो शर्ट
kind-ring = अंगूठी
kind-sandals = सैंडल
kind-saree = साड़ी
kind-scarf = स्कार्फ़
kind-shirt = शर्ट
kind-shoes = जूते
kind-shorts = शॉर्ट्स
kind-skirt = स्कर्ट
kind-slippers = घर की चप्पलें
kind-socks = मोज़े
kind-suit = सूट
kind-sunglasses = धूप का चश्मा
kind-sweater = स्वेटर
kind-sweatshirt = स्वेटशर्ट
kind-swimwear = स्विमवियर
kind-t-shirt = टी-शर्ट
kind-tie = टाई
kind-tights = टाइट्स
kind-top = टॉप
kind-tracksuit = ट्रैकसूट
kind-trainers = स्नीकर्स
kind-trousers = पैंट
kind-tunic = ट्यूनिक
kind-umbrella = छाता
kind-underwear = अंडरवियर
kind-vest-top = टैंक टॉप
kind-waistcoat = वेस्टकोट
kind-wallet = बटुआ
kind-watch = घड़ी

## रंग

colour-beige = बेज
colour-black = काला
colour-blue = नीला
colour-brown = भूरा
colour-burgundy = बरगंडी
colour-gold = सुनहरा
colour-green = हरा
colour-grey = स्लेटी
colour-light-blue = हल्का नीला
colour-multicoloured = रंग-बिरंगा
colour-navy = नेवी ब्लू
colour-olive = ऑलिव
colour-orange = नारंगी
colour-pink = गुलाबी
colour-purple = बैंगनी
colour-red = लाल
colour-silver = चाँदी जैसा
colour-turquoise = फ़िरोज़ी
colour-white = सफ़ेद
colour-yellow = पीला

## पैटर्न

pattern-checked = चेक वाला
pattern-floral = फूलों वाला
pattern-printed = प्रिंटेड
pattern-solid = सादा
pattern-striped = धारीदार

## किसके लिए

gender-kids = बच्चों के लिए
gender-men = पुरुषों के लिए
gender-unisex = यूनिसेक्स
gender-women = महिलाओं के लिए
