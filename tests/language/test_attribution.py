"""Attributions, language by language: (text, the (verb, kind, speaker, person) of each)."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.language.attribution import Attribution, SpeechKind, find_attributions, resolve_pronouns
from summarizer.schema.article import Sentence, SentenceNumber

Told = tuple[str, str, str | None, str | None]
Case = tuple[str, list[Told]]


def sentences_of(text: str) -> list[Sentence]:
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    return [Sentence(SentenceNumber(i + 1), a, b, text[a:b], i + 1) for i, (a, b) in enumerate(spans)]


def told(text: str, language: str) -> list[Told]:
    found = find_attributions(text, language, sentences_of(text))
    return [(one.verb, one.kind.value, one.speaker, one.person) for one in found]


ENGLISH: list[Case] = [
    (
        '"We will not surrender," said President Volodymyr Zelensky on Tuesday.',
        [("said", "say", "President Volodymyr Zelensky", "Volodymyr Zelensky")],
    ),
    (
        "Antonio Guterres, the secretary-general of the United Nations, said the siege must end.",
        [("said", "say", "Antonio Guterres, the secretary-general of the United Nations", "Antonio Guterres")],
    ),
    ("The defence ministry said its troops had entered the town.", [("said", "say", "The defence ministry", None)]),
    (
        "Moscow rejected the accusations, saying its forces had withdrawn.",
        [("rejected", "refuse", "Moscow", None), ("saying", "say", "Moscow", None)],
    ),
    ("He warned that supplies would run out.", [("warned", "warn", "He", None)]),
    ("According to two witnesses, shells hit the market.", [("According to", "report", "two witnesses", None)]),
    ("“It was a massacre,” he said.", [("said", "say", "he", None)]),
    (
        "Iran condemned the strike and demanded an emergency meeting.",
        [("condemned", "condemn", "Iran", None), ("demanded", "demand", "Iran", None)],
    ),
    ("Officials in Kharkiv said five people had died.", [("said", "say", "Officials", None)]),
    ("The Kremlin has repeatedly denied targeting civilians.", [("denied", "deny", "The Kremlin", None)]),
    (
        "“We are ready,” said Maj. Gen. Andrei Petrov, a spokesman for the army.",
        [("said", "say", "Maj. Gen. Andrei Petrov, a spokesman for the army", "Andrei Petrov")],
    ),
    (
        "Jens Stoltenberg urged both sides to return to talks.",
        [("urged", "call", "Jens Stoltenberg", "Jens Stoltenberg")],
    ),
    ("The shelling, he added, lasted all night.", [("added", "say", "he", None)]),
    ("Hamas accused Israel of breaking the truce.", [("accused", "accuse", "Hamas", None)]),
    ("Dozens of strikes were reported overnight.", [("were reported", "report", None, None)]),
    ("Russia was accused of war crimes.", []),
    ("The troops advanced along the river.", []),
    ("She did not say when the talks would resume.", []),
]
FRENCH: list[Case] = [
    (
        "Le secrétaire général des Nations unies, Antonio Guterres, a déclaré que la trêve tenait.",
        [("a déclaré", "say", "Le secrétaire général des Nations unies, Antonio Guterres", "Antonio Guterres")],
    ),
    ("« Nous ne céderons pas », a-t-il déclaré mardi.", [("a-t-il déclaré", "say", "il", None)]),
    ("Selon lui, les combats continuent.", [("Selon", "report", "lui", None)]),
    ("Moscou accuse Kiev de bloquer les couloirs.", [("accuse", "accuse", "Moscou", None)]),
    (
        "« C'est faux », a déclaré lundi le ministre russe des Affaires étrangères Sergueï Lavrov, lors d'une visite.",
        [("a déclaré", "say", "le ministre russe des Affaires étrangères Sergueï Lavrov", "Sergueï Lavrov")],
    ),
    ("D'après deux témoins, un obus a touché l'école.", [("D'après", "report", "deux témoins", None)]),
    (
        "« La ville tient », affirme Vadym Boïtchenko, le maire de Marioupol.",
        [("affirme", "say", "Vadym Boïtchenko, le maire de Marioupol", "Vadym Boïtchenko")],
    ),
    ("L'armée israélienne a annoncé avoir frappé un dépôt.", [("a annoncé", "say", "L'armée israélienne", None)]),
    (
        "Emmanuel Macron a fermement condamné l'attaque.",
        [("a fermement condamné", "condemn", "Emmanuel Macron", "Emmanuel Macron")],
    ),
    (
        "Le ministère de la Santé indique que dix personnes sont mortes.",
        [("indique", "say", "Le ministère de la Santé", None)],
    ),
    ("« Nous sommes prêts », dit-elle.", [("dit-elle", "say", "elle", None)]),
    ("Téhéran a menacé de fermer le détroit.", [("a menacé", "threaten", "Téhéran", None)]),
    ("Selon l'ONU, deux millions de personnes ont fui.", [("Selon", "report", "l'ONU", None)]),
    (
        "Comme l'a dit le président Volodymyr Zelensky, la route est longue.",
        [("a dit", "say", "le président Volodymyr Zelensky", "Volodymyr Zelensky")],
    ),
    ("Kiev a été accusé de traîner.", []),
    ("Les troupes ont avancé vers le fleuve.", []),
]
SPANISH: list[Case] = [
    (
        "El ministro de Defensa, José García, dijo que las tropas avanzan.",
        [("dijo", "say", "El ministro de Defensa, José García", "José García")],
    ),
    (
        '"No nos rendiremos", dijo el presidente Volodímir Zelenski.',
        [("dijo", "say", "el presidente Volodímir Zelenski", "Volodímir Zelenski")],
    ),
    ("Según la ONU, hay dos millones de desplazados.", [("Según", "report", "la ONU", None)]),
    ("Moscú negó las acusaciones.", [("negó", "deny", "Moscú", None)]),
    ("El Ejército ha confirmado que perdió la posición.", [("ha confirmado", "say", "El Ejército", None)]),
    (
        "“Es un crimen”, denunció Josep Borrell, alto representante de la Unión Europea.",
        [("denunció", "condemn", "Josep Borrell, alto representante de la Unión Europea", "Josep Borrell")],
    ),
    ("Ella advirtió que faltan alimentos.", [("advirtió", "warn", "Ella", None)]),
    ("Testigos informaron de varias explosiones.", [("informaron", "report", "Testigos", None)]),
    ("Estados Unidos acusó a Irán de armar a los rebeldes.", [("acusó", "accuse", "Estados Unidos", None)]),
    (
        "De acuerdo con el portavoz militar Daniel Hagari, el túnel fue destruido.",
        [("De acuerdo con", "report", "el portavoz militar Daniel Hagari", "Daniel Hagari")],
    ),
    ("El papa Francisco pidió un alto el fuego.", [("pidió", "call", "El papa Francisco", "Francisco")]),
    ("El martes dijo el ministro que la tregua sigue.", [("dijo", "say", "el ministro", None)]),
    ("La ciudad fue acusada de nada.", []),
    ("No dijo cuándo volvería.", []),
]
GERMAN: list[Case] = [
    (
        "„Wir bleiben“, sagte der ukrainische Präsident Wolodymyr Selenskyj am Montag.",
        [("sagte", "say", "der ukrainische Präsident Wolodymyr Selenskyj", "Wolodymyr Selenskyj")],
    ),
    (
        "Das Verteidigungsministerium teilte mit, dass die Stadt eingenommen sei.",
        [("teilte", "say", "Das Verteidigungsministerium", None)],
    ),
    ("Nach Angaben der Behörden starben zehn Menschen.", [("Nach Angaben", "report", "der Behörden", None)]),
    ("Laut Augenzeugen brannte das Haus.", [("Laut", "report", "Augenzeugen", None)]),
    (
        "Am Dienstag erklärte Außenminister Sergej Lawrow, die Gespräche gingen weiter.",
        [("erklärte", "say", "Außenminister Sergej Lawrow", "Sergej Lawrow")],
    ),
    ("Russland wies die Vorwürfe zurück.", [("wies", "deny", "Russland", None)]),
    ("Er warnte vor einer Eskalation.", [("warnte", "warn", "Er", None)]),
    (
        "Die Bundesregierung hat den Angriff scharf verurteilt.",
        [("verurteilt", "condemn", "Die Bundesregierung", None)],
    ),
    ("Moskau droht mit Vergeltung.", [("droht", "threaten", "Moskau", None)]),
    ("Dem Ministerium zufolge wurden drei Drohnen abgeschossen.", [("zufolge", "report", "Dem Ministerium", None)]),
    (
        "„Das ist falsch“, sagte Maria Sacharowa, die Sprecherin des Außenministeriums.",
        [("sagte", "say", "Maria Sacharowa, die Sprecherin des Außenministeriums", "Maria Sacharowa")],
    ),
    ("Kiew beschuldigte Moskau des Bruchs der Waffenruhe.", [("beschuldigte", "accuse", "Kiew", None)]),
    ("Der Bürgermeister wurde beschuldigt.", []),
    ("Die Truppen rückten vor.", []),
]
RUSSIAN: list[Case] = [
    (
        "Об этом сообщил пресс-секретарь президента Дмитрий Песков.",
        [("сообщил", "say", "пресс-секретарь президента Дмитрий Песков", "Дмитрий Песков")],
    ),
    ("По словам Зеленского, переговоры продолжаются.", [("По словам", "report", "Зеленского", "Зеленского")]),
    ("Путин заявил, что операция продолжается.", [("заявил", "say", "Путин", "Путин")]),
    (
        "«Мы не уйдём», — сказала глава МИД Германии Анналена Бербок.",
        [("сказала", "say", "глава МИД Германии Анналена Бербок", "Анналена Бербок")],
    ),
    ("Министерство обороны опровергло эти сообщения.", [("опровергло", "deny", "Министерство обороны", None)]),
    ("По данным ООН, погибли сто человек.", [("По данным", "report", "ООН", None)]),
    ("Местные власти сообщили о взрывах.", [("сообщили", "say", "Местные власти", None)]),
    ("Киев обвинил Москву в обстреле.", [("обвинил", "accuse", "Киев", None)]),
    ("Он также призвал к переговорам.", [("призвал", "call", "Он", None)]),
    (
        "«Это ложь», — заявила официальный представитель МИД Мария Захарова.",
        [("заявила", "say", "официальный представитель МИД Мария Захарова", "Мария Захарова")],
    ),
    ("Сообщается о трёх раненых.", [("Сообщается", "report", None, None)]),
    ("Вашингтон пригрозил новыми санкциями.", [("пригрозил", "threaten", "Вашингтон", None)]),
    (
        "Генсек ООН Антониу Гутерриш осудил удар.",
        [("осудил", "condemn", "Генсек ООН Антониу Гутерриш", "Антониу Гутерриш")],
    ),
    ("Он не сказал, когда уедет.", []),
    ("Войска вошли в город.", []),
]
UKRAINIAN: list[Case] = [
    (
        "За словами речника армії Юрія Ігната, збито десять дронів.",
        [("За словами", "report", "речника армії Юрія Ігната", "Юрія Ігната")],
    ),
    (
        "Про це повідомив міський голова Харкова Ігор Терехов.",
        [("повідомив", "say", "міський голова Харкова Ігор Терехов", "Ігор Терехов")],
    ),
    (
        "Президент Володимир Зеленський заявив, що місто тримається.",
        [("заявив", "say", "Президент Володимир Зеленський", "Володимир Зеленський")],
    ),
    ("За даними ООН, загинули сто людей.", [("За даними", "report", "ООН", None)]),
    ("Генштаб підтвердив влучання в нафтобазу.", [("підтвердив", "say", "Генштаб", None)]),
    ("Вона попередила про брак води.", [("попередила", "warn", "Вона", None)]),
    ("«Ми вистоїмо», — сказав він.", [("сказав", "say", "він", None)]),
    ("Москва заперечує удар по лікарні.", [("заперечує", "deny", "Москва", None)]),
    ("Європейський Союз засудив обстріл.", [("засудив", "condemn", "Європейський Союз", None)]),
    ("Місцева влада закликала мешканців виїхати.", [("закликала", "call", "Місцева влада", None)]),
    ("Повідомляється про трьох поранених.", [("Повідомляється", "report", None, None)]),
    ("Київ звинуватив Москву в порушенні тиші.", [("звинуватив", "accuse", "Київ", None)]),
    ("Він не сказав, коли поїде.", []),
    ("Війська відступили за річку.", []),
]
ARABIC: list[Case] = [
    (
        "قال وزير الخارجية الروسي سيرغي لافروف إن المفاوضات مستمرة.",
        [("قال", "say", "وزير الخارجية الروسي سيرغي لافروف", "سيرغي لافروف")],
    ),
    (
        "اتهم الرئيس الأوكراني فولوديمير زيلينسكي روسيا بقصف المدينة.",
        [("اتهم", "accuse", "الرئيس الأوكراني فولوديمير زيلينسكي", "فولوديمير زيلينسكي")],
    ),
    ("وفقا للأمم المتحدة نزح مليون شخص.", [("وفقا", "report", "للأمم المتحدة", None)]),
    ("وبحسب وزارة الصحة قتل عشرة أشخاص.", [("وبحسب", "report", "وزارة الصحة", None)]),
    ("وأعلن الجيش الإسرائيلي أن قواته دخلت المدينة.", [("وأعلن", "say", "الجيش الإسرائيلي", None)]),
    ("ونفت موسكو هذه الاتهامات.", [("ونفت", "deny", "موسكو", None)]),
    (
        "دعا الأمين العام أنطونيو غوتيريش إلى وقف إطلاق النار.",
        [("دعا", "call", "الأمين العام أنطونيو غوتيريش", "أنطونيو غوتيريش")],
    ),
    ("وحذرت منظمة الصحة العالمية من كارثة.", [("وحذرت", "warn", "منظمة الصحة العالمية", None)]),
    ("وقال شهود عيان إن القصف استمر ساعات.", [("وقال", "say", "شهود عيان", None)]),
    ("رفضت حماس المقترح.", [("رفضت", "refuse", "حماس", None)]),
    ("هدد الرئيس بوتين في خطاب بالرد.", [("هدد", "threaten", "الرئيس بوتين", "بوتين")]),
    ("أدانت فرنسا الهجوم.", [("أدانت", "condemn", "فرنسا", None)]),
    (
        "وقال المتحدث باسم وزارة الدفاع إيغور كوناشينكوف: «دمرنا المستودع».",
        [("وقال", "say", "المتحدث باسم وزارة الدفاع إيغور كوناشينكوف", "إيغور كوناشينكوف")],
    ),
    ("دخلت القوات المدينة صباحا.", []),
]
PORTUGUESE: list[Case] = [
    (
        '"Não vamos ceder", disse o presidente Luiz Inácio Lula da Silva.',
        [("disse", "say", "o presidente Luiz Inácio Lula da Silva", "Luiz Inácio Lula da Silva")],
    ),
    ("Segundo a ONU, há dois milhões de deslocados.", [("Segundo", "report", "a ONU", None)]),
    (
        "O ministro da Defesa, José Múcio, afirmou que as tropas recuaram.",
        [("afirmou", "say", "O ministro da Defesa, José Múcio", "José Múcio")],
    ),
    ("Moscou negou as acusações.", [("negou", "deny", "Moscou", None)]),
    ("Ele alertou para a falta de água.", [("alertou", "warn", "Ele", None)]),
    ("Israel acusou o Hamas de violar a trégua.", [("acusou", "accuse", "Israel", None)]),
    ("O segundo ataque matou dez pessoas.", []),
]
ITALIAN: list[Case] = [
    (
        "Il ministro degli Esteri Antonio Tajani ha detto che la tregua regge.",
        [("ha detto", "say", "Il ministro degli Esteri Antonio Tajani", "Antonio Tajani")],
    ),
    (
        "«Non ci fermeremo», ha dichiarato il premier Benjamin Netanyahu.",
        [("ha dichiarato", "say", "il premier Benjamin Netanyahu", "Benjamin Netanyahu")],
    ),
    ("Secondo l'ONU, due milioni di persone sono fuggite.", [("Secondo", "report", "l'ONU", None)]),
    ("Mosca ha respinto le accuse.", [("ha respinto", "refuse", "Mosca", None)]),
    ("Papa Francesco ha chiesto il cessate il fuoco.", [("ha chiesto", "call", "Papa Francesco", "Francesco")]),
    ("Lei ha avvertito che mancano i farmaci.", [("ha avvertito", "warn", "Lei", None)]),
    ("Il secondo attacco ha colpito il porto.", []),
]
POLISH: list[Case] = [
    (
        "Według ministra obrony Władysława Kosiniaka-Kamysza sytuacja jest stabilna.",
        [("Według", "report", "ministra obrony Władysława Kosiniaka-Kamysza", "Władysława Kosiniaka-Kamysza")],
    ),
    (
        "„Nie poddamy się” – powiedział prezydent Wołodymyr Zełenski.",
        [("powiedział", "say", "prezydent Wołodymyr Zełenski", "Wołodymyr Zełenski")],
    ),
    (
        "Rzecznik Kremla Dmitrij Pieskow oświadczył, że rozmowy trwają.",
        [("oświadczył", "say", "Rzecznik Kremla Dmitrij Pieskow", "Dmitrij Pieskow")],
    ),
    ("Moskwa zaprzecza tym doniesieniom.", [("zaprzecza", "deny", "Moskwa", None)]),
    ("Ministerstwo Obrony poinformowało o ataku.", [("poinformowało", "say", "Ministerstwo Obrony", None)]),
    ("Ona ostrzegła przed głodem.", [("ostrzegła", "warn", "Ona", None)]),
    ("Nie powiedział, kiedy wróci.", []),
]
TURKISH: list[Case] = [
    (
        "Cumhurbaşkanı Recep Tayyip Erdoğan, Ankara'da yaptığı açıklamada ateşkes çağrısında bulundu.",
        [("çağrısında bulundu", "call", "Cumhurbaşkanı Recep Tayyip Erdoğan", "Recep Tayyip Erdoğan")],
    ),
    ("Sağlık Bakanlığı'na göre saldırıda on kişi öldü.", [("göre", "report", "Sağlık Bakanlığı'na", None)]),
    (
        'Dışişleri Bakanı Hakan Fidan, "Savaş bitmeli" dedi.',
        [("dedi", "say", "Dışişleri Bakanı Hakan Fidan", "Hakan Fidan")],
    ),
    ("Moskova suçlamaları reddetti.", [("reddetti", "refuse", "Moskova", None)]),
    ("NATO saldırıyı kınadı.", [("kınadı", "condemn", "NATO", None)]),
    ("Saldırıda üç kişinin öldüğü bildirildi.", [("bildirildi", "report", None, None)]),
    ("Birlikler kente girdi.", []),
]
PERSIAN: list[Case] = [
    (
        "ولودیمیر زلنسکی، رئیس‌جمهوری اوکراین، گفت که جنگ ادامه دارد.",
        [("گفت", "say", "ولودیمیر زلنسکی، رئیس‌جمهوری اوکراین", "ولودیمیر زلنسکی")],
    ),
    ("به گفته سخنگوی ارتش، ده نفر کشته شدند.", [("به گفته", "report", "سخنگوی ارتش", None)]),
    ("وزارت دفاع روسیه اعلام کرد که شهر سقوط کرده است.", [("اعلام کرد", "say", "وزارت دفاع روسیه", None)]),
    ("مسکو این اتهام را رد کرد.", [("رد کرد", "refuse", "مسکو", None)]),
    ("او هشدار داد که غذا کم است.", [("هشدار داد", "warn", "او", None)]),
    (
        "وزیر خارجه سرگئی لاوروف در مسکو گفت مذاکرات ادامه دارد.",
        [("گفت", "say", "وزیر خارجه سرگئی لاوروف", "سرگئی لاوروف")],
    ),
    ("نیروها وارد شهر شدند.", []),
]
CHINESE: list[Case] = [
    ("外交部发言人赵立坚周二表示，局势严峻。", [("表示", "say", "外交部发言人赵立坚", "赵立坚")]),
    ("据新华社报道，停火已生效。", [("据", "report", "新华社", None)]),
    ("乌克兰总统泽连斯基说：“我们不会投降。”", [("说", "say", "乌克兰总统泽连斯基", "泽连斯基")]),
    ("他强调，谈判仍在继续。", [("强调", "say", "他", None)]),
    ("俄罗斯国防部否认了这一指控。", [("否认", "deny", "俄罗斯国防部", None)]),
    ("联合国秘书长古特雷斯呼吁停火。", [("呼吁", "call", "联合国秘书长古特雷斯", "古特雷斯")]),
    ("部队进入了城市。", []),
]
NEWSROOM: dict[str, list[Case]] = {
    "en": [
        (
            "In a statement on Friday, the Israeli military said it had struck a command centre used by Hamas.",
            [("said", "say", "the Israeli military", None)],
        ),
        (
            '"There is no food left," Maria Ivanova, 45, told reporters at the border.',
            [("told reporters", "say", "Maria Ivanova", "Maria Ivanova")],
        ),
        (
            "U.N. Secretary-General Antonio Guterres on Monday called for an immediate ceasefire.",
            [("called for", "call", "U.N. Secretary-General Antonio Guterres", "Antonio Guterres")],
        ),
        (
            "The governor of the region, Oleh Syniehubov, wrote on Telegram that two people were wounded.",
            [("wrote", "say", "The governor of the region, Oleh Syniehubov", "Oleh Syniehubov")],
        ),
        (
            '"It is unacceptable," White House press secretary Karine Jean-Pierre said.',
            [("said", "say", "White House press secretary Karine Jean-Pierre", "Karine Jean-Pierre")],
        ),
        (
            "China's foreign ministry urged restraint, while Turkey offered to mediate.",
            [("urged", "call", "China's foreign ministry", None), ("offered", "offer", "Turkey", None)],
        ),
        ("The RSF, which controls most of Khartoum, denied responsibility.", [("denied", "deny", "The RSF", None)]),
        (
            "Mr. Biden, speaking in Warsaw, warned Russia against using chemical weapons.",
            [("warned", "warn", "Mr. Biden", "Biden")],
        ),
        ("He also said that the U.S. would support Kyiv.", [("said", "say", "He", None)]),
        ("The attack was condemned by the United Nations and by France.", []),
        (
            'The United States and Britain condemned the attack, calling it "barbaric".',
            [("condemned", "condemn", "The United States and Britain", None)],
        ),
        (
            "Hezbollah leader Naim Qassem vowed to respond.",
            [("vowed", "commit", "Hezbollah leader Naim Qassem", "Naim Qassem")],
        ),
        (
            'Israel\'s prime minister said Iran would "pay a heavy price."',
            [("said", "say", "Israel's prime minister", None)],
        ),
        ("The group said in a statement that it had seized the base.", [("said", "say", "The group", None)]),
        ("Analysts believe the war will last, but Kyiv insists it can win.", [("insists", "say", "Kyiv", None)]),
        ("The minister's office did not respond to requests for comment.", []),
        (
            '"Enough is enough," added Dr. Hanan Balkhy of the World Health Organization.',
            [("added", "say", "Dr. Hanan Balkhy of the World Health Organization", "Hanan Balkhy")],
        ),
    ],
    "fr": [
        (
            "Le porte-parole du Kremlin, Dmitri Peskov, a assuré jeudi que Moscou restait ouvert au dialogue.",
            [("a assuré", "say", "Le porte-parole du Kremlin, Dmitri Peskov", "Dmitri Peskov")],
        ),
        (
            "« Il faut arrêter cette guerre », a lancé le chef de la diplomatie européenne, Josep Borrell.",
            [("a lancé", "say", "le chef de la diplomatie européenne, Josep Borrell", "Josep Borrell")],
        ),
        (
            "Le président ukrainien, qui s'exprimait devant le Parlement, a appelé les alliés à livrer des chars.",
            [("a appelé", "call", "Le président ukrainien", None)],
        ),
        (
            "L'Organisation mondiale de la santé (OMS) a annoncé un bilan de 300 morts.",
            [("a annoncé", "say", "L'Organisation mondiale de la santé", None)],
        ),
        (
            "Interrogé par l'AFP, un habitant, Mohammed Ali, raconte avoir fui.",
            [("raconte", "say", "un habitant, Mohammed Ali", "Mohammed Ali")],
        ),
        (
            "Les autorités locales ont fait état de douze blessés, selon l'agence Reuters.",
            [("ont fait état", "say", "Les autorités locales", None), ("selon", "report", "l'agence Reuters", None)],
        ),
        ("M. Macron a dit vouloir parler à Vladimir Poutine.", [("a dit", "say", "M. Macron", "Macron")]),
        (
            "Pour sa part, l'Union européenne a exprimé son inquiétude.",
            [("a exprimé son inquiétude", "concern", "l'Union européenne", None)],
        ),
        (
            "L'Otan a dit craindre une escalade, d'après un diplomate européen.",
            [("a dit", "say", "L'Otan", None), ("d'après", "report", "un diplomate européen", None)],
        ),
        ("Les deux parties se sont accusées mutuellement.", []),
    ],
    "es": [
        (
            "La portavoz de la Casa Blanca, Karine Jean-Pierre, aseguró que Washington no enviará tropas.",
            [("aseguró", "say", "La portavoz de la Casa Blanca, Karine Jean-Pierre", "Karine Jean-Pierre")],
        ),
        (
            '"Vamos a resistir", ha señalado el jefe de la diplomacia ucraniana, Dmitro Kuleba, en una entrevista.',
            [("ha señalado", "say", "el jefe de la diplomacia ucraniana, Dmitro Kuleba", "Dmitro Kuleba")],
        ),
        (
            "El presidente de Colombia, Gustavo Petro, propuso un cese al fuego bilateral.",
            [("propuso", "offer", "El presidente de Colombia, Gustavo Petro", "Gustavo Petro")],
        ),
        (
            "Las autoridades sanitarias de Gaza informaron este lunes de 50 muertos.",
            [("informaron", "report", "Las autoridades sanitarias de Gaza", None)],
        ),
        (
            "El Gobierno de Nicolás Maduro rechazó la propuesta y denunció una agresión.",
            [
                ("rechazó", "refuse", "El Gobierno de Nicolás Maduro", None),
                ("denunció", "condemn", "El Gobierno de Nicolás Maduro", None),
            ],
        ),
        (
            "La ONG Human Rights Watch denunció ejecuciones sumarias.",
            [("denunció", "condemn", "La ONG Human Rights Watch", None)],
        ),
    ],
    "de": [
        (
            "Bundeskanzler Olaf Scholz kündigte am Freitag weitere Waffenlieferungen an.",
            [("kündigte", "say", "Bundeskanzler Olaf Scholz", "Olaf Scholz")],
        ),
        (
            "Der Gouverneur der Region, Oleh Synjehubow, schrieb auf Telegram, zwei Menschen seien verletzt worden.",
            [("schrieb", "say", "Der Gouverneur der Region, Oleh Synjehubow", "Oleh Synjehubow")],
        ),
        (
            "Wie die Nachrichtenagentur Tass berichtet, wurden drei Drohnen abgeschossen.",
            [("berichtet", "report", "die Nachrichtenagentur Tass", None)],
        ),
        (
            "UN-Generalsekretär António Guterres hat beide Seiten zu einer Waffenruhe aufgerufen.",
            [("aufgerufen", "call", "UN-Generalsekretär António Guterres", "António Guterres")],
        ),
        ("Israels Armee erklärte, sie habe einen Tunnel zerstört.", [("erklärte", "say", "Israels Armee", None)]),
        (
            "Selenskyj sagte in seiner abendlichen Videoansprache, die Lage sei schwierig.",
            [("sagte", "say", "Selenskyj", "Selenskyj")],
        ),
        ("Polen, so der Minister, werde helfen.", [("so", "report", "der Minister", None)]),
    ],
    "ru": [
        (
            "Губернатор Белгородской области Вячеслав Гладков сообщил, что ранены двое.",
            [("сообщил", "say", "Губернатор Белгородской области Вячеслав Гладков", "Вячеслав Гладков")],
        ),
        (
            "Как заявил в понедельник министр обороны Сергей Шойгу, войска готовы.",
            [("заявил", "say", "министр обороны Сергей Шойгу", "Сергей Шойгу")],
        ),
        ("В Генштабе ВСУ сообщили о 50 боях.", [("сообщили", "say", "Генштабе ВСУ", None)]),
        ("«Мы готовы к диалогу», — отметил Песков журналистам.", [("отметил", "say", "Песков", "Песков")]),
        (
            "По сообщению агентства Reuters, переговоры сорваны.",
            [("По сообщению", "report", "агентства Reuters", None)],
        ),
    ],
    "uk": [
        (
            "Начальник Харківської ОВА Олег Синєгубов повідомив про двох поранених.",
            [("повідомив", "say", "Начальник Харківської ОВА Олег Синєгубов", "Олег Синєгубов")],
        ),
        ("Як повідомляє Генштаб ЗСУ, відбулося 50 боїв.", [("повідомляє", "say", "Генштаб ЗСУ", None)]),
        (
            "Міністр закордонних справ Дмитро Кулеба закликав партнерів надати зброю.",
            [("закликав", "call", "Міністр закордонних справ Дмитро Кулеба", "Дмитро Кулеба")],
        ),
        ("За інформацією ОВА, пошкоджено 20 будинків.", [("За інформацією", "report", "ОВА", None)]),
    ],
    "ar": [
        (
            "وأعرب الأمين العام للأمم المتحدة أنطونيو غوتيريش عن قلقه من التصعيد.",
            [("وأعرب", "concern", "الأمين العام للأمم المتحدة أنطونيو غوتيريش", "أنطونيو غوتيريش")],
        ),
        ("وأكدت وزارة الصحة في غزة مقتل 50 شخصا.", [("وأكدت", "say", "وزارة الصحة", None)]),
        ("وأضاف زيلينسكي أن القوات الروسية انسحبت.", [("وأضاف", "say", "زيلينسكي", "زيلينسكي")]),
        (
            "قال المتحدث باسم الجيش الإسرائيلي دانيال هاغاري إن القوات دمرت نفقا.",
            [("قال", "say", "المتحدث باسم الجيش الإسرائيلي دانيال هاغاري", "دانيال هاغاري")],
        ),
        (
            "وقال الرئيس الأمريكي جو بايدن، الأربعاء، إن واشنطن ستواصل الدعم.",
            [("وقال", "say", "الرئيس الأمريكي جو بايدن", "جو بايدن")],
        ),
        (
            "من جهته، قال وزير الدفاع يوآف غالانت إن الحرب طويلة.",
            [("قال", "say", "وزير الدفاع يوآف غالانت", "يوآف غالانت")],
        ),
        ("ونقلت وكالة رويترز عن مسؤول قوله إن المفاوضات فشلت.", [("ونقلت", "report", "وكالة رويترز", None)]),
        ("وأكدت موسكو أن القوات انسحبت.", [("وأكدت", "say", "موسكو", None)]),
    ],
    "pt": [
        (
            "O secretário-geral da ONU, António Guterres, pediu um cessar-fogo imediato.",
            [("pediu", "call", "O secretário-geral da ONU, António Guterres", "António Guterres")],
        ),
        ("Zelensky disse que a Rússia mente.", [("disse", "say", "Zelensky", "Zelensky")]),
    ],
    "it": [
        (
            "Il portavoce del Cremlino, Dmitry Peskov, ha dichiarato che Mosca è pronta.",
            [("ha dichiarato", "say", "Il portavoce del Cremlino, Dmitry Peskov", "Dmitry Peskov")],
        ),
        ("Secondo fonti mediche, almeno dieci persone sono morte.", [("Secondo", "report", "fonti mediche", None)]),
    ],
    "pl": [
        (
            "Szef MSZ Ukrainy Dmytro Kułeba zaapelował o broń.",
            [("zaapelował", "call", "Szef MSZ Ukrainy Dmytro Kułeba", "Dmytro Kułeba")],
        ),
        (
            "Jak poinformował gubernator Ołeh Syniehubow, ranne są dwie osoby.",
            [("poinformował", "say", "gubernator Ołeh Syniehubow", "Ołeh Syniehubow")],
        ),
    ],
    "tr": [
        (
            "Kremlin Sözcüsü Dmitriy Peskov, görüşmelerin sürdüğünü söyledi.",
            [("söyledi", "say", "Kremlin Sözcüsü Dmitriy Peskov", "Dmitriy Peskov")],
        ),
        (
            "İsrail ordusundan yapılan açıklamada, tünelin imha edildiği belirtildi.",
            [("belirtildi", "report", None, None)],
        ),
        ('Zelenskiy, "Direneceğiz" dedi.', [("dedi", "say", "Zelenskiy", "Zelenskiy")]),
        ("Görgü tanıkları patlama seslerinin duyulduğunu söyledi.", [("söyledi", "say", "Görgü tanıkları", None)]),
    ],
    "fa": [
        (
            "آنتونیو گوترش، دبیرکل سازمان ملل متحد، خواستار آتش\u200cبس شد.",
            [("خواستار", "demand", "آنتونیو گوترش، دبیرکل سازمان ملل متحد", "آنتونیو گوترش")],
        ),
        ("مقام\u200cهای محلی گفتند ده نفر زخمی شدند.", [("گفتند", "say", "مقام\u200cهای محلی", None)]),
    ],
    "zh": [
        (
            "联合国秘书长安东尼奥·古特雷斯5日发表声明，谴责这次袭击。",
            [("谴责", "condemn", "联合国秘书长安东尼奥·古特雷斯", "安东尼奥·古特雷斯")],
        ),
        ("以色列国防军发言人哈加里在声明中说，部队摧毁了隧道。", [("说", "say", "以色列国防军发言人哈加里", "哈加里")]),
        ("中国外交部长王毅表示，各方应保持克制。", [("表示", "say", "中国外交部长王毅", "王毅")]),
        ("泽连斯基说，俄军已撤退。", [("说", "say", "泽连斯基", "泽连斯基")]),
        ("美国国务卿布林肯警告称，局势可能升级。", [("警告称", "warn", "美国国务卿布林肯", "布林肯")]),
        ("目击者告诉记者，爆炸声持续了一小时。", [("告诉记者", "say", "目击者", None)]),
    ],
}
TABLES = {
    "en": ENGLISH, "fr": FRENCH, "es": SPANISH, "de": GERMAN, "ru": RUSSIAN, "uk": UKRAINIAN, "ar": ARABIC,
    "pt": PORTUGUESE, "it": ITALIAN, "pl": POLISH, "tr": TURKISH, "fa": PERSIAN, "zh": CHINESE,
}  # fmt: skip
CASES = [
    (language, text, expected)
    for tables in (TABLES, NEWSROOM)
    for language, table in tables.items()
    for text, expected in table
]


FAR: list[tuple[str, str, Told]] = [
    ("en", "The president, who had come to Kyiv on Monday, said the talks would go on.", ("said", "say", "The president", None)),
    ("fr", "Le ministre, qui s'exprimait à Genève, a exigé le départ des troupes.", ("a exigé", "demand", "Le ministre", None)),
    ("es", "El ministro, que viajó a Ginebra, exigió la retirada de las tropas.", ("exigió", "demand", "El ministro", None)),
    ("de", "Der Präsident, der am Montag nach Kiew gereist war, sagte, die Gespräche gingen weiter.", ("sagte", "say", "Der Präsident", None)),
    ("ru", "Президент, который приехал в Киев, заявил, что переговоры продолжатся.", ("заявил", "say", "Президент", None)),
    ("uk", "Речник, який прибув до Харкова, заявив, що бої тривають.", ("заявив", "say", "Речник", None)),
    (
        "en",
        "According to the head of the centre for the coordination of relief, Anna Petrova, 12 people died.",
        ("According to", "report", "the head of the centre for the coordination of relief, Anna Petrova", "Anna Petrova"),
    ),
    (
        "es",
        "Según el director de la oficina para la coordinación de la ayuda, Juan Pérez, murieron 12 personas.",
        ("Según", "report", "el director de la oficina para la coordinación de la ayuda, Juan Pérez", "Juan Pérez"),
    ),
    (
        "fr",
        "La directrice de l'agence chargée des vivres, Awa Diop, a, de son côté, mis en garde contre la famine.",
        ("a, de son côté, mis en garde", "warn", "La directrice de l'agence chargée des vivres, Awa Diop", "Awa Diop"),
    ),
    ("fr", "M. Diop s'est, en outre, dit inquiet.", ("s'est, en outre, dit", "say", "M. Diop", "Diop")),
]  # fmt: skip
"""Speakers that stand far from their verb: behind a relative clause, in a long apposition."""


@pytest.mark.parametrize(("language", "text", "expected"), FAR)
def test_a_speaker_far_from_the_verb_is_found(language: str, text: str, expected: Told) -> None:
    assert expected in told(text, language)


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_attributions_name_verb_kind_and_speaker(language: str, text: str, expected: list[Told]) -> None:
    assert told(text, language) == expected


TITLES = [
    (
        "en",
        "Antonio Guterres, the secretary-general of the United Nations, said it.",
        "secretary-general of the United Nations",
    ),
    ("fr", "« Non », a déclaré le ministre russe de la Défense Sergueï Choïgou.", "ministre russe de la Défense"),
    ("de", "„Nein“, sagte die Sprecherin des Außenministeriums.", "Sprecherin des Außenministeriums"),
    ("ar", "قال وزير الخارجية الروسي سيرغي لافروف إن الحرب مستمرة.", "وزير الخارجية الروسي"),
    ("zh", "外交部发言人赵立坚表示，局势严峻。", "外交部发言人"),
]


@pytest.mark.parametrize(("language", "text", "title"), TITLES)
def test_the_title_is_the_office_without_name_and_determiner(language: str, text: str, title: str) -> None:
    assert [one.title for one in find_attributions(text, language, sentences_of(text))] == [title]


PRONOUNS = [
    ("en", "President Volodymyr Zelensky said no.\n“We stay,” he said.", ["Volodymyr Zelensky", "Volodymyr Zelensky"]),
    ("en", "Volodymyr Zelensky said no.\n“We stay,” they said.", ["Volodymyr Zelensky", None]),
    (
        "fr",
        "« Non », a dit le président Emmanuel Macron.\n« Jamais », a-t-il ajouté.",
        ["Emmanuel Macron", "Emmanuel Macron"],
    ),
    ("ru", "Путин заявил, что готов.\n«Мы ждём», — сказал он.", ["Путин", "Путин"]),
    ("en", "“We stay,” he said.", [None]),
    ("en", "Volodymyr Zelensky said no.\nThe ministry was silent; it said nothing.", ["Volodymyr Zelensky", None]),
]


@pytest.mark.parametrize(("language", "text", "persons"), PRONOUNS)
def test_a_pronoun_is_the_nearest_person_named_before(language: str, text: str, persons: list[str | None]) -> None:
    found = resolve_pronouns(find_attributions(text, language, sentences_of(text)), language)
    assert [one.person for one in found] == persons


ALPHABET = st.text(alphabet="said the Moscow «»\"“”'’,.:;-tilмосква 他说。قال\n\x00\ud800İ", max_size=80)


@settings(max_examples=150, deadline=None)
@given(st.one_of(ALPHABET, st.text(max_size=60)), st.sampled_from([*TABLES, "", "xx", "pt-BR"]))
def test_any_string_is_read_and_offsets_hold(text: str, language: str) -> None:
    for one in find_attributions(text, language, sentences_of(text)):
        check_offsets(text, one)


@pytest.mark.parametrize(("language", "text", "_"), CASES)
def test_offsets_point_into_the_text(language: str, text: str, _: list[Told]) -> None:
    for one in find_attributions(f"\n{text}", language, sentences_of(f"\n{text}")):
        check_offsets(f"\n{text}", one)


def check_offsets(text: str, one: Attribution) -> None:
    assert text[one.verb_start : one.verb_end] == one.verb
    assert one.start <= one.verb_start < one.verb_end <= one.end
    if one.speaker is not None:
        assert one.speaker_start is not None
        assert one.speaker_end is not None
        assert text[one.speaker_start : one.speaker_end] == one.speaker
        assert one.start <= one.speaker_start < one.speaker_end <= one.end
    assert (one.person or "") in (one.speaker or one.person or "")
    assert isinstance(one.kind, SpeechKind)


GROWING = [
    ("en", "said "),
    ("en", "the minister said , "),
    ("de", "teilte "),
    ("tr", "dedi "),
    ("zh", "说"),
    ("ar", "قال "),
]


@pytest.mark.parametrize(("language", "piece"), GROWING)
def test_time_grows_with_length(language: str, piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        best = 9.0
        for _ in range(2):
            began = time.perf_counter()
            find_attributions(text, language, sentences_of(text))
            best = min(best, time.perf_counter() - began)
        return best

    seconds(10)
    assert seconds(1600) < 2.9 * seconds(800) + 0.03
