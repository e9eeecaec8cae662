"""Quotation marks, language by language: (text, the inner texts with their depth)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.language.quotations import find_quotations

Case = tuple[str, list[tuple[str, int]]]

ENGLISH: list[Case] = [
    ("“We will hold the line,” the colonel said.", [("We will hold the line,", 0)]),
    ('"We will hold the line," the colonel said.', [("We will hold the line,", 0)]),
    ('The "special operation" and the so-called "republic".', [("special operation", 0), ("republic", 0)]),
    ("“He told me ‘run’ and I ran,” she said.", [("He told me ‘run’ and I ran,", 0), ("run", 1)]),
    ("\"He told me 'run' and I ran,\" she said.", [("He told me 'run' and I ran,", 0), ("run", 1)]),
    ("The 'humanitarian pause' never came.", [("humanitarian pause", 0)]),
    ("‘It’s a massacre,’ said the mayor.", [("It’s a massacre,", 0)]),
    ("'It's a massacre,' said the mayor.", [("It's a massacre,", 0)]),
    ("The soldiers' families don't know; it's O'Brien's view.", []),
    ("In the '90s and the ’80s, workers’ unions and ‘Ali’s men fought.", []),
    ('A 155" gun and a 5\'10" man stood by a 6" pipe.', []),
    ('He said the 12" shells "came every hour".', [("came every hour", 0)]),
    (
        '"We took it in 2022," he said. "They lost it in 2023".',
        [("We took it in 2022,", 0), ("They lost it in 2023", 0)],
    ),
    ('"The deadline is 2025" was the headline.', [("The deadline is 2025", 0)]),
    ("``We are leaving,'' the envoy said.", [("We are leaving,", 0)]),
    ("A town at 48°28'05\"N 35°01'24\"E was shelled.", []),
    ('("No comment") was all he gave.', [("No comment", 0)]),
    ('The army—"the wall"—held; "... until dawn," he added.', [("the wall", 0), ("... until dawn,", 0)]),
    ("“One. Two. Three!” he cried. “Go?”", [("One. Two. Three!", 0), ("Go?", 0)]),
    (
        '"The general said, "Fire at will," and left," she recalled.',
        [('The general said, "Fire at will," and left,', 0), ("Fire at will,", 1)],
    ),
    ("'Tis the season, 'em all, rock 'n' roll: nothing said.", []),
    ("'The workers' rights are at stake,' he said.", [("The workers' rights are at stake,", 0)]),
    ('An empty "" and a lone " mark', [("mark", 0)]),
    ("“We hold\nthe city,” he said.", [("We hold\nthe city,", 0)]),
]
FRENCH: list[Case] = [
    ("« Nous ne céderons pas », a dit le ministre.", [("Nous ne céderons pas", 0)]),
    ("«\u00a0Nous ne céderons pas\u00a0», a dit le ministre.", [("Nous ne céderons pas", 0)]),
    ("«\u202fLa paix\u202f» est loin.", [("La paix", 0)]),
    ("«La paix» est loin.", [("La paix", 0)]),
    ("L'« opération spéciale » continue.", [("opération spéciale", 0)]),
    ("Il dénonce l'«agression» et d'“autres crimes”.", [("agression", 0), ("autres crimes", 0)]),
    ("« Il m'a dit “partez” », raconte-t-elle.", [("Il m'a dit “partez”", 0), ("partez", 1)]),
    ("« Il m'a dit « partez » hier », raconte-t-elle.", [("Il m'a dit « partez » hier", 0), ("partez", 1)]),
    ("L'armée n'a pas d'hommes aujourd'hui, qu'importe.", []),
    ("L’armée n’a pas d’hommes aujourd’hui.", []),
    ('"Nous partons", a dit X.', [("Nous partons", 0)]),
    ('" Nous partons ", a dit X.', [("Nous partons", 0)]),
    ('Il parle d\'"annexion" et de "crime".', [("annexion", 0), ("crime", 0)]),
    ("« Assez ! » crie-t-il. « Qui tire ? »", [("Assez !", 0), ("Qui tire ?", 0)]),
    ("« Nous restons. Nous tiendrons. » Puis il part.", [("Nous restons. Nous tiendrons.", 0)]),
    ("Le mot ‹ guerre › est interdit.", [("guerre", 0)]),
    ("Accueil » Monde » Ukraine", []),
    ("Un texte » sans début et fini.", []),
    ("(« crime de guerre »)", [("crime de guerre", 0)]),
    (
        "Un « corridor » ici, un “corridor” là, un ‘corridor’ ailleurs.",
        [("corridor", 0), ("corridor", 0), ("corridor", 0)],
    ),
    ("<< Nous partons >>, dit-il.", [("Nous partons", 0)]),
    ("Le président a jugé « inacceptable » l'attaque.", [("inacceptable", 0)]),
]
SPANISH: list[Case] = [
    ("«No nos rendiremos», dijo el alcalde.", [("No nos rendiremos", 0)]),
    ("“No nos rendiremos”, dijo el alcalde.", [("No nos rendiremos", 0)]),
    ('"No nos rendiremos", dijo el alcalde.', [("No nos rendiremos", 0)]),
    ("«Me dijo “huye” y huí», contó.", [("Me dijo “huye” y huí", 0), ("huye", 1)]),
    ("“Me dijo ‘huye’ y huí”, contó.", [("Me dijo ‘huye’ y huí", 0), ("huye", 1)]),
    ("\"Me dijo 'huye' y huí\", contó.", [("Me dijo 'huye' y huí", 0), ("huye", 1)]),
    ('"¿Quién dispara?", preguntó.', [("¿Quién dispara?", 0)]),
    ("¿“Victoria” o “derrota”?", [("Victoria", 0), ("derrota", 0)]),
    ('El llamado "corredor" y la "tregua".', [("corredor", 0), ("tregua", 0)]),
    ("El Ejército de O'Higgins y el barrio d'Or.", []),
    ('Un cañón de 76" y otro de 100".', []),
    ("El 'cártel' niega el cargo.", [("cártel", 0)]),
    ('"Es una guerra". "Es el fin", añadió.', [("Es una guerra", 0), ("Es el fin", 0)]),
    ("«Basta. Ya basta.» Y se fue.", [("Basta. Ya basta.", 0)]),
    ("Dijo: «Vamos».", [("Vamos", 0)]),
    ('Dijo:"Vamos".', [("Vamos", 0)]),
    ('("alto el fuego")', [("alto el fuego", 0)]),
    ("«… y cayó la ciudad», relató.", [("… y cayó la ciudad", 0)]),
    ('La "limpieza"—según él—y la "paz".', [("limpieza", 0), ("paz", 0)]),
    ("Sin comillas: dijo que no.", []),
    ('Un "diálogo de paz" de los \'90s.', [("diálogo de paz", 0)]),
]
GERMAN: list[Case] = [
    ("„Wir bleiben hier“, sagte der Bürgermeister.", [("Wir bleiben hier", 0)]),
    ("»Wir bleiben hier«, sagte der Bürgermeister.", [("Wir bleiben hier", 0)]),
    ("«Wir bleiben hier», sagte der Bürgermeister.", [("Wir bleiben hier", 0)]),
    ('"Wir bleiben hier", sagte der Bürgermeister.', [("Wir bleiben hier", 0)]),
    ('„Wir bleiben hier", sagte der Bürgermeister.', [("Wir bleiben hier", 0)]),
    ("„Wir bleiben hier”, sagte der Bürgermeister.", [("Wir bleiben hier", 0)]),
    ("„Er rief ‚Feuer‘ und lief“, sagte sie.", [("Er rief ‚Feuer‘ und lief", 0), ("Feuer", 1)]),
    ("»Er rief ›Feuer‹ und lief«, sagte sie.", [("Er rief ›Feuer‹ und lief", 0), ("Feuer", 1)]),
    ("Die „Spezialoperation“ und die „Volksrepublik“.", [("Spezialoperation", 0), ("Volksrepublik", 0)]),
    ("Das ist Hans' Haus, wie geht's?", []),
    ("So ’n Krieg, ’s ist leider Krieg.", []),
    ("„Nein!“, rief er. „Niemals.“", [("Nein!", 0), ("Niemals.", 0)]),
    ('Ein 30" großes Rohr.', []),
    ("(„Waffenruhe“)", [("Waffenruhe", 0)]),
    ("Er sagte: »Es reicht.« Dann ging er.", [("Es reicht.", 0)]),
    ("Das »Nein« und das »Ja« zählen.", [("Nein", 0), ("Ja", 0)]),
    (",,Wir gehen'', sagte er.", [("Wir gehen", 0)]),
    ("„Das Lied “Heimat” spielte“, sagte er.", [("Das Lied “Heimat” spielte", 0), ("Heimat", 1)]),
    ("„Wir gehen. Sofort. Alle“ – so der Befehl.", [("Wir gehen. Sofort. Alle", 0)]),
    ("‚Frieden‘ ist das Wort.", [("Frieden", 0)]),
    ("Ein Satz ohne Zitat, ein « allein.", [("allein.", 0)]),
]
RUSSIAN: list[Case] = [
    ("«Мы не сдадимся», — сказал мэр.", [("Мы не сдадимся", 0)]),
    ("„Мы не сдадимся“, — сказал мэр.", [("Мы не сдадимся", 0)]),
    ('"Мы не сдадимся", - сказал мэр.', [("Мы не сдадимся", 0)]),
    ("“Мы не сдадимся”, — сказал мэр.", [("Мы не сдадимся", 0)]),
    ("«Он крикнул „огонь“ и упал», — сказала она.", [("Он крикнул „огонь“ и упал", 0), ("огонь", 1)]),
    ('«Он крикнул "огонь" и упал», — сказала она.', [('Он крикнул "огонь" и упал', 0), ("огонь", 1)]),
    ("«Операция «Вихрь» началась», — заявил он.", [("Операция «Вихрь» началась", 0), ("Вихрь", 1)]),
    ("Концерн «Калашников» и полк «Азов».", [("Калашников", 0), ("Азов", 0)]),
    ("«ООО «Рога» закрыто.", [("ООО «Рога»", 0), ("Рога", 1)]),
    ("Ракета «Калибр»: «пуск прошёл».", [("Калибр", 0), ("пуск прошёл", 0)]),
    ("«Стоять!» — крикнул он. «Кто там?»", [("Стоять!", 0), ("Кто там?", 0)]),
    ("Так называемая 'ЛНР' молчит.", [("ЛНР", 0)]),
    ("Кот-д'Ивуар и д'Артаньян.", []),
    ('Орудие 12" и экран 40".', []),
    ("(«перемирие»)", [("перемирие", 0)]),
    ("Он сказал: «Уходим. Сейчас же».", [("Уходим. Сейчас же", 0)]),
    ("«Да», «нет» и «не знаю».", [("Да", 0), ("нет", 0), ("не знаю", 0)]),
    ("<<Уходим>>, сказал он.", [("Уходим", 0)]),
    ("»Уходим«, сказал он.", [("Уходим", 0)]),
    ("Без кавычек он сказал, что уходит.", []),
    ("«…и город пал», — рассказал он.", [("…и город пал", 0)]),
]
UKRAINIAN: list[Case] = [
    ("«Ми не здамося», — сказав мер.", [("Ми не здамося", 0)]),
    ("„Ми не здамося“, — сказав мер.", [("Ми не здамося", 0)]),
    ("„Ми не здамося”, — сказав мер.", [("Ми не здамося", 0)]),
    ('"Ми не здамося", - сказав мер.', [("Ми не здамося", 0)]),
    ("“Ми не здамося”, — сказав мер.", [("Ми не здамося", 0)]),
    ("П'ять сімей, дев'ять дітей, здоров'я, Лук'янівка.", []),
    ("П’ять сімей, дев’ять дітей, здоров’я.", []),
    ("«У нас п'ять поранених», — каже лікар.", [("У нас п'ять поранених", 0)]),
    ("'У нас п'ять поранених', — каже лікар.", [("У нас п'ять поранених", 0)]),
    ("«Він крикнув „вогонь“ і впав», — каже вона.", [("Він крикнув „вогонь“ і впав", 0), ("вогонь", 1)]),
    ('«Він крикнув "вогонь" і впав», — каже вона.', [('Він крикнув "вогонь" і впав', 0), ("вогонь", 1)]),
    ("Полк «Азов» і завод «Азовсталь».", [("Азов", 0), ("Азовсталь", 0)]),
    ("«Стій!» — крикнув він. «Хто там?»", [("Стій!", 0), ("Хто там?", 0)]),
    ("Так звана «ДНР» мовчить.", [("ДНР", 0)]),
    ("(«перемир'я»)", [("перемир'я", 0)]),
    ("Він сказав: «Ідемо. Негайно».", [("Ідемо. Негайно", 0)]),
    ("«Так», «ні» та «не знаю».", [("Так", 0), ("ні", 0), ("не знаю", 0)]),
    ('Калібр 5" і екран 40".', []),
    ("«…і місто впало», — розповів він.", [("…і місто впало", 0)]),
    ("Без лапок він сказав, що йде.", []),
    ('Дрони "Shahed" та ракети "Х-101" збито.', [("Shahed", 0), ("Х-101", 0)]),
]
ARABIC: list[Case] = [
    ("قال الوزير: «لن نستسلم».", [("لن نستسلم", 0)]),
    ('قال الوزير: "لن نستسلم".', [("لن نستسلم", 0)]),
    ("قال الوزير: “لن نستسلم”.", [("لن نستسلم", 0)]),
    ("قال الوزير: ”لن نستسلم“.", [("لن نستسلم", 0)]),
    ("قال الوزير إن »الحرب« انتهت.", [("الحرب", 0)]),
    ('اتهم الجيش بـ"ارتكاب مجزرة" في المدينة.', [("ارتكاب مجزرة", 0)]),
    ('و"القوات" تتقدم.', [("القوات", 0)]),
    ("لـ«حزب الله» موقف آخر.", [("حزب الله", 0)]),
    ("«قال لي “اهرب” فهربت»، روت المرأة.", [("قال لي “اهرب” فهربت", 0), ("اهرب", 1)]),
    ('«قال لي "اهرب" فهربت»، روت المرأة.', [('قال لي "اهرب" فهربت', 0), ("اهرب", 1)]),
    ("حركة «حماس» وحركة «الجهاد».", [("حماس", 0), ("الجهاد", 0)]),
    ('"هل انتهت؟" سأل الصحفي. "لا"، أجاب.', [("هل انتهت؟", 0), ("لا", 0)]),
    ("قال إن العملية مستمرة بلا اقتباس.", []),
    ("(«هدنة إنسانية»)", [("هدنة إنسانية", 0)]),
    ("« لن نستسلم »، قال الوزير.", [("لن نستسلم", 0)]),
    ('قناة "الجزيرة" ووكالة "رويترز".', [("الجزيرة", 0), ("رويترز", 0)]),
    ("المدعو 'أبو محمد' قتل.", [("أبو محمد", 0)]),
    ("الصحفي Ra'ed من Sana'a وصل.", []),
    ("“انسحبوا. الآن.” هكذا قال.", [("انسحبوا. الآن.", 0)]),
    ("«... وسقطت المدينة»، أضاف.", [("... وسقطت المدينة", 0)]),
    ('شاشة 40" ومدفع 12".', []),
    ("“لن نستسلم“، قال الوزير.", [("لن نستسلم", 0)]),
]
PORTUGUESE: list[Case] = [
    ("“Não vamos ceder”, disse o ministro.", [("Não vamos ceder", 0)]),
    ('"Não vamos ceder", disse o ministro.', [("Não vamos ceder", 0)]),
    ("«Não vamos ceder», disse o ministro.", [("Não vamos ceder", 0)]),
    ("\"Ele gritou 'fogo' e fugiu\", contou.", [("Ele gritou 'fogo' e fugiu", 0), ("fogo", 1)]),
    ("«Ele gritou “fogo” e fugiu», contou.", [("Ele gritou “fogo” e fugiu", 0), ("fogo", 1)]),
    ("A caixa-d'água e o pau-d'arco.", []),
    ('O chamado "corredor" e a “trégua”.', [("corredor", 0), ("trégua", 0)]),
    ('Tela de 40" e "paz".', [("paz", 0)]),
    ("Disse: “Basta. Chega.”", [("Basta. Chega.", 0)]),
]
ITALIAN: list[Case] = [
    ("«Non ci arrenderemo», ha detto il sindaco.", [("Non ci arrenderemo", 0)]),
    ("“Non ci arrenderemo”, ha detto il sindaco.", [("Non ci arrenderemo", 0)]),
    ('"Non ci arrenderemo", ha detto il sindaco.', [("Non ci arrenderemo", 0)]),
    ("L'esercito dell'Ucraina non c'è, un po' di pace.", []),
    ("L'«operazione speciale» e l'“aggressione”.", [("operazione speciale", 0), ("aggressione", 0)]),
    ("«Ha gridato “fuoco” ed è fuggito», racconta.", [("Ha gridato “fuoco” ed è fuggito", 0), ("fuoco", 1)]),
    ("'Non c'è un po' di pace', dice.", [("Non c'è un po' di pace", 0)]),
    ('Negli anni \'90 la "tregua" durò.', [("tregua", 0)]),
    ("“Non ci arrenderemo“, ha detto.", [("Non ci arrenderemo", 0)]),
]
POLISH: list[Case] = [
    ("„Nie poddamy się” – powiedział burmistrz.", [("Nie poddamy się", 0)]),
    ("„Nie poddamy się“ – powiedział burmistrz.", [("Nie poddamy się", 0)]),
    ('"Nie poddamy się" - powiedział burmistrz.', [("Nie poddamy się", 0)]),
    ('„Nie poddamy się" – powiedział burmistrz.', [("Nie poddamy się", 0)]),
    ("„Krzyknął «ognia» i uciekł” – mówi.", [("Krzyknął «ognia» i uciekł", 0), ("ognia", 1)]),
    ("„Krzyknął »ognia« i uciekł” – mówi.", [("Krzyknął »ognia« i uciekł", 0), ("ognia", 1)]),
    (",,Nie poddamy się'' – powiedział.", [("Nie poddamy się", 0)]),
    ("Tzw. „republika” i «korytarz».", [("republika", 0), ("korytarz", 0)]),
    ("Polityka Kennedy'ego i de Gaulle'a.", []),
]
TURKISH: list[Case] = [
    ("“Teslim olmayacağız” dedi.", [("Teslim olmayacağız", 0)]),
    ('"Teslim olmayacağız" dedi.', [("Teslim olmayacağız", 0)]),
    ("«Teslim olmayacağız» dedi.", [("Teslim olmayacağız", 0)]),
    ("Ankara'da, Türkiye'nin ve NATO'nun tutumu.", []),
    ("Ankara’da, Türkiye’nin ve NATO’nun tutumu.", []),
    ('"NATO"nun ve “Barış Planı”nın sonu.', [("NATO", 0), ("Barış Planı", 0)]),
    ("'Özel operasyon' sürüyor.", [("Özel operasyon", 0)]),
    ("\"Bana 'kaç' dedi\" diye anlattı.", [("Bana 'kaç' dedi", 0), ("kaç", 1)]),
    ("“Bana ‘kaç’ dedi” diye anlattı.", [("Bana ‘kaç’ dedi", 0), ("kaç", 1)]),
]
PERSIAN: list[Case] = [
    ("وزیر گفت: «تسلیم نمی‌شویم».", [("تسلیم نمی‌شویم", 0)]),
    ('وزیر گفت: "تسلیم نمی‌شویم".', [("تسلیم نمی‌شویم", 0)]),
    ("وزیر گفت: “تسلیم نمی‌شویم”.", [("تسلیم نمی‌شویم", 0)]),
    ("«او گفت “برو” و رفتم»، زن گفت.", [("او گفت “برو” و رفتم", 0), ("برو", 1)]),
    ("«عملیات ویژه»ی روسیه و «جمهوری»های خودخوانده.", [("عملیات ویژه", 0), ("جمهوری", 0)]),
    ("او گفت که جنگ ادامه دارد.", []),
    ("(«آتش‌بس»)", [("آتش‌بس", 0)]),
    ("« تسلیم نمی‌شویم »؛ این را گفت.", [("تسلیم نمی‌شویم", 0)]),
]
CHINESE: list[Case] = [
    ("他说：“我们不会投降。”", [("我们不会投降。", 0)]),
    ("他说:“我们不会投降”，然后离开。", [("我们不会投降", 0)]),
    ('他说："我们不会投降。"', [("我们不会投降。", 0)]),
    ('所谓"特别行动"仍在继续。', [("特别行动", 0)]),
    ("他說：「我們不會投降。」", [("我們不會投降。", 0)]),
    ("他說：「他喊『開火』就跑。」", [("他喊『開火』就跑。", 0), ("開火", 1)]),
    ("他说：“他喊‘开火’就跑。”", [("他喊‘开火’就跑。", 0), ("开火", 1)]),
    ("《战争与和平》和《人民日报》。", []),
    ("《人民日报》称“停火”和“撤军”。", [("停火", 0), ("撤军", 0)]),
    ("“甲”“乙”两地。", [("甲", 0), ("乙", 0)]),
    ("＂停火＂开始。", [("停火", 0)]),
]
OTHER: list[Case] = [
    ('דובר צה"ל אמר: "לא ניסוג".', [("לא ניסוג", 0)]),
    ('ארה"ב והאו"ם הגיבו.', []),
    ("”Vi går inte”, sa ministern.", [("Vi går inte", 0)]),
    ("»Vi går inte», sa ministern.", [("Vi går inte", 0)]),
    ("彼は「撤退しない」と述べた。", [("撤退しない", 0)]),
    ("उन्होंने कहा, “हम नहीं हटेंगे”।", [("हम नहीं हटेंगे", 0)]),
]
TABLES = {
    "en": ENGLISH, "fr": FRENCH, "es": SPANISH, "de": GERMAN, "ru": RUSSIAN, "uk": UKRAINIAN, "ar": ARABIC,
    "pt": PORTUGUESE, "it": ITALIAN, "pl": POLISH, "tr": TURKISH, "fa": PERSIAN, "zh": CHINESE, "xx": OTHER,
}  # fmt: skip
CASES = [(language, text, expected) for language, table in TABLES.items() for text, expected in table]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_quotations_are_what_stands_between_marks(language: str, text: str, expected: list[tuple[str, int]]) -> None:
    assert [(one.text, one.depth) for one in find_quotations(text, language)] == expected


PARAGRAPHS = [
    ("“We go.\n\n“We stay.”", [("We go.", False), ("We stay.", True)]),
    ("“We go.\n“We stay.”", [("We go.", False), ("We stay.", True)]),
    ('"We go.\n\n"We stay.\n\n"We win," he said.', [("We go.", False), ("We stay.", False), ("We win,", True)]),
    ("« Nous partons.\n\n« Nous restons. »", [("Nous partons.", False), ("Nous restons.", True)]),
    ("« Nous partons.\n\n» Nous restons. »", [("Nous partons.", False), ("Nous restons.", True)]),
    ("«Мы уходим.\r\n\r\n«Мы остаёмся».", [("Мы уходим.", False), ("Мы остаёмся", True)]),
    ("‘We go.\n\n‘We stay.’", [("We go.", False), ("We stay.", True)]),
    ("“We go and nobody closes.\n\nNext “day” came.", [("We go and nobody closes.", False), ("day", True)]),
    ("“We go and nobody closes.\nNext “day” came.", [("We go and nobody closes.", False), ("day", True)]),
    ('He said "we go.\n\nThe next "day" came.', [("we go.", False), ("day", True)]),
    ("Nobody opened this.” But “this” is fine.", [("this", True)]),
    ('"We are here, he said. "They left," she said.', [("We are here, he said.", False), ("They left,", True)]),
    ("「行く。\n\n「残る。」", [("行く。", False), ("残る。", True)]),
]


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_a_quotation_without_its_closing_mark_ends_with_its_paragraph(
    text: str, expected: list[tuple[str, bool]]
) -> None:
    assert [(one.text, one.closed) for one in find_quotations(text, "en")] == expected


def test_offsets_include_the_marks_outside_and_exclude_marks_and_spaces_inside() -> None:
    text = "Il dit « oui » enfin."
    (one,) = find_quotations(text, "fr")
    assert (text[one.start : one.end], text[one.inner_start : one.inner_end]) == ("« oui »", "oui")


PAIRS = ["“”", "«»", '""', "„“", "„”", "»«", "‹›", "‘’", "''", "「」", "『』", ("``", "''"), ("« ", " »"), "”“"]
CLEAN = st.text(alphabet=st.sampled_from("abcdefg xyzéñжщЯяاب世界 ,-"), min_size=1, max_size=40).map(str.strip)
WORDED = CLEAN.filter(
    lambda piece: piece[:1].isalpha() and piece[-1:].isalpha() and len(piece) > 1 and piece[1].isalpha()
)


@settings(deadline=None)
@given(before=WORDED, inside=WORDED, behind=WORDED, pair=st.sampled_from(PAIRS))
def test_what_is_wrapped_in_marks_is_read_back(before: str, inside: str, behind: str, pair: str) -> None:
    text = f"{before} {pair[0]}{inside}{pair[1]}, {behind}."
    assert [(one.text, one.depth, one.closed) for one in find_quotations(text, "en")] == [(inside, 0, True)]


MARKS = "\"'“”„«»‹›‘’‚「」『』`<>, .5aяي世\n\r\u2029\u00a0\x00\ud800ה"


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.text(alphabet=MARKS, max_size=80), st.text(max_size=60)), st.sampled_from(["en", "", "xx", "zh-TW"])
)
def test_any_string_is_read_and_offsets_hold(text: str, language: str) -> None:
    for one in find_quotations(text, language):
        assert 0 <= one.start < one.inner_start < one.inner_end <= one.end <= len(text)
        assert text[one.inner_start : one.inner_end] == one.text == one.text.strip()
        assert one.depth >= 0


@pytest.mark.parametrize("piece", ['"', "“", "' ", '"a ', "«a „b ", "a'b ", '"word" and ', "\n ", "‘a ", '5" '])
def test_time_grows_with_length(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        best = 9.0
        for _ in range(2):
            began = time.perf_counter()
            find_quotations(text, "en")
            best = min(best, time.perf_counter() - began)
        return best

    assert seconds(4000) < 2.9 * seconds(2000) + 0.02
