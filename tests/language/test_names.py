"""Parties and persons in sentences.

An expected mention is `written=party` and a mark of its kind: none for a country or a known party, `!` a capital that
stands for its government, `?` a capital as a place, `^` a seat, `~` a nationality word, `*` a person (no party).
A party that ends in `-army` is an army. Blanks within a name are written `_`.
"""

from __future__ import annotations

import pytest

from summarizer.language.names import find_names
from summarizer.schema.codes import PartyKind

EN = [
    ("Russian forces shelled the city.", "Russian_forces=RUS-army"),
    ("Moscow said it would withdraw, the Kremlin denied it.", "Moscow=RUS! Kremlin=RUS^"),
    ("In Moscow, protesters were arrested.", "Moscow=RUS?"),
    ("Talks between Moscow and Kyiv failed.", "Moscow=RUS! Kyiv=UKR!"),
    ("The IDF struck Hezbollah positions.", "IDF=ISR-army Hezbollah=hezbollah"),
    ("NATO and the European Union condemned Russia.", "NATO=nato European_Union=eu Russia=RUS"),
    ("The UN Security Council met; the United Nations warned us.", "UN_Security_Council=unsc United_Nations=un"),
    ("Who said that? The WHO did, not UNICEF.", "WHO=who UNICEF=unicef"),
    ("President Volodymyr Zelensky thanked Washington.", "Volodymyr_Zelensky=* Washington=USA!"),
    ("Ukraine's army said Ukrainian drones hit Russian ships.", "Ukraine's_army=UKR-army Ukrainian=UKR~ Russian=RUS~"),
    ("The armed forces of Ethiopia fought the TPLF.", "armed_forces_of_Ethiopia=ETH-army TPLF=tplf"),
    ("The Rapid Support Forces accused Sudan's military.", "Rapid_Support_Forces=rsf_sudan Sudan's_military=SDN-army"),
    ("Hamas, the Houthis and Islamic State were named.", "Hamas=hamas Houthis=houthis Islamic_State=isis"),
    ("U.S. officials told the ICC no.", "U.S=USA ICC=icc"),
    ("The White House and the Pentagon declined to comment.", "White_House=USA^ Pentagon=USA^"),
    ("M23 rebels, backed by Rwandan troops, fought the FARDC.", "M23=m23 Rwandan_troops=RWA-army FARDC=COD-army"),
    ("UN Secretary-General Antonio Guterres urged restraint.", "UN_Secretary-General=un Antonio_Guterres=*"),
    (
        "Boko Haram and ISWAP attacked Nigerian soldiers.",
        "Boko_Haram=boko_haram ISWAP=iswap Nigerian_soldiers=NGA-army",
    ),
    ("The West must help us, he said.", "The_West=west"),
    ("The Wagner Group left Mali.", "Wagner_Group=wagner Mali=MLI"),
    ("Human Rights Watch accused the Arakan Army.", "Human_Rights_Watch=hrw Arakan_Army=arakan_army"),
    ("They polish boots and turkey is for dinner.", ""),
    ("The general and his forces left.", ""),
    ("Tel Aviv rejected the offer.", "Tel_Aviv=ISR!"),
]
FR = [
    ("L'armée russe a bombardé un hôpital.", "armée_russe=RUS-army"),
    ("Les forces armées ukrainiennes résistent.", "forces_armées_ukrainiennes=UKR-army"),
    ("Moscou a affirmé que Kiev refusait.", "Moscou=RUS! Kiev=UKR!"),
    ("À Moscou, des manifestants ont été arrêtés.", "Moscou=RUS?"),
    ("Les pourparlers entre Moscou et Kiev ont échoué.", "Moscou=RUS! Kiev=UKR!"),
    ("Le Kremlin dément, l'Élysée s'inquiète.", "Kremlin=RUS^ Élysée=FRA^"),
    ("L'Otan et l'Union européenne condamnent la Russie.", "Otan=nato Union_européenne=eu Russie=RUS"),
    ("Selon le HCR, un million de réfugiés ont fui.", "HCR=unhcr"),
    ("Le Haut-Commissariat de l'ONU aux droits de l'homme est saisi.", "Haut-Commissariat_de_l'ONU_aux_droits_de_l'homme=ohchr"),
    ("Le président ukrainien Volodymyr Zelensky s'exprimera.", "ukrainien=UKR~ Volodymyr_Zelensky=*"),
    ("Le porte-parole du ministère russe s'est tu.", "russe=RUS~"),
    ("Le Hezbollah et le Hamas ont salué l'accord.", "Hezbollah=hezbollah Hamas=hamas"),
    ("Tsahal a visé les houthis.", "Tsahal=ISR-army houthis=houthis"),
    ("Des mercenaires du groupe Wagner appuient l'armée malienne.", "groupe_Wagner=wagner armée_malienne=MLI-army"),
    ("La Cédéao et l'Union africaine exigent un retour à l'ordre.", "Cédéao=ecowas Union_africaine=african_union"),
    ("Le Conseil de sécurité de l'ONU se réunit.", "Conseil_de_sécurité_de_l'ONU=unsc"),
    ("Les Forces de soutien rapide accusent l'armée du Soudan.", "Forces_de_soutien_rapide=rsf_sudan armée_du_Soudan=SDN-army"),
    ("Les États-Unis et la Chine ont voté.", "États-Unis=USA Chine=CHN"),
    ("Bruxelles propose un embargo.", "Bruxelles=eu!"),
    ("La Croix-Rouge et Médecins sans frontières sont sur place.", "Croix-Rouge=red_cross Médecins_sans_frontières=msf"),
    ("Les soldats se reposent et les forces manquent.", ""),
    ("La République populaire de Donetsk a été reconnue.", "République_populaire_de_Donetsk=dpr"),
]  # fmt: skip
ES = [
    ("El ejército ruso bombardeó la ciudad.", "ejército_ruso=RUS-army"),
    ("Las fuerzas ucranianas resisten.", "fuerzas_ucranianas=UKR-army"),
    ("Moscú afirmó que Kiev se niega.", "Moscú=RUS! Kiev=UKR!"),
    ("En Moscú hubo detenciones.", "Moscú=RUS?"),
    ("El Kremlin y la Casa Blanca hablaron.", "Kremlin=RUS^ Casa_Blanca=USA^"),
    ("La OTAN y la ONU piden calma.", "OTAN=nato ONU=un"),
    ("El ELN atacó a las disidencias de las FARC.", "ELN=eln disidencias_de_las_FARC=farc_dissidents"),
    ("El presidente Gustavo Petro suspendió el diálogo.", "Gustavo_Petro=*"),
    ("El ejército de Israel mató a un jefe de Hamás.", "ejército_de_Israel=ISR-army Hamás=hamas"),
    ("Acnur y Unicef alertaron.", "Acnur=unhcr Unicef=unicef"),
    ("Los hutíes atacaron un buque estadounidense.", "hutíes=houthis estadounidense=USA~"),
    ("El Clan del Golfo amenazó a los campesinos.", "Clan_del_Golfo=clan_del_golfo"),
    ("La Cruz Roja evacuó heridos.", "Cruz_Roja=red_cross"),
    ("Las tropas colombianas entraron al pueblo.", "tropas_colombianas=COL-army"),
    ("Según la Unión Europea, Rusia miente.", "Unión_Europea=eu Rusia=RUS"),
    ("El Estado Islámico reivindicó el ataque.", "Estado_Islámico=isis"),
    ("Los talibanes rechazaron la propuesta de Pakistán.", "talibanes=taliban Pakistán=PAK"),
    ("Médicos Sin Fronteras denunció saqueos.", "Médicos_Sin_Fronteras=msf"),
    ("La Corte Penal Internacional emitió una orden.", "Corte_Penal_Internacional=icc"),
    ("El Frente Polisario y Marruecos negocian.", "Frente_Polisario=polisario Marruecos=MAR"),
    ("Los fines justifican los medios, y las fuerzas faltan.", ""),
]
DE = [
    ("Die russische Armee griff an.", "russische_Armee=RUS-army"),
    ("Ukrainische Streitkräfte wehrten sich.", "Ukrainische_Streitkräfte=UKR-army"),
    ("Moskau erklärte, Kiew habe gelogen.", "Moskau=RUS! Kiew=UKR!"),
    ("In Moskau wurde demonstriert.", "Moskau=RUS?"),
    ("Der Kreml und das Weiße Haus schweigen.", "Kreml=RUS^ Weiße_Haus=USA^"),
    ("Die Nato und die EU sind besorgt.", "Nato=nato EU=eu"),
    ("Der UN-Sicherheitsrat tagt.", "UN-Sicherheitsrat=unsc"),
    ("Präsident Wolodymyr Selenskyj reiste ab.", "Wolodymyr_Selenskyj=*"),
    (
        "Die Huthi-Rebellen beschossen ein Schiff der Vereinigten Staaten.",
        "Huthi-Rebellen=houthis Vereinigten_Staaten=USA",
    ),
    ("Die Hisbollah und die Hamas drohten Israel.", "Hisbollah=hezbollah Hamas=hamas Israel=ISR"),
    ("Das Rote Kreuz brachte Hilfe.", "Rote_Kreuz=red_cross"),
    ("Der Internationale Strafgerichtshof ermittelt.", "Internationale_Strafgerichtshof=icc"),
    ("Die Bundesregierung und das Auswärtige Amt warnten.", "Bundesregierung=DEU^ Auswärtige_Amt=DEU^"),
    ("Die Truppen Russlands rückten vor.", "Truppen_Russlands=RUS-army"),
    ("Die Taliban verhandeln mit Pakistan.", "Taliban=taliban Pakistan=PAK"),
    ("Deutsche und französische Diplomaten trafen sich.", "Deutsche=DEU~ französische=FRA~"),
    ("Die Gruppe Wagner verließ Mali.", "Gruppe_Wagner=wagner Mali=MLI"),
    ("Human Rights Watch und Amnesty International berichten.", "Human_Rights_Watch=hrw Amnesty_International=amnesty"),
    ("Die Afrikanische Union vermittelt im Sudan.", "Afrikanische_Union=african_union Sudan=SDN"),
    ("Die Soldaten und ihre Streitkräfte ruhen.", ""),
    ("Außenminister Sergej Lawrow lehnte ab.", "Sergej_Lawrow=*"),
]
RU = [
    ("Российские войска обстреляли город.", "Российские_войска=RUS-army"),
    ("ВСУ отразили атаку.", "ВСУ=UKR-army"),
    ("Москва заявила, что Киев отказался.", "Москва=RUS! Киев=UKR!"),
    ("В Москве прошли обыски.", "Москве=RUS?"),
    ("Переговоры между Москвой и Киевом сорваны.", "Москвой=RUS! Киевом=UKR!"),
    ("В Кремле опровергли слова Белого дома.", "Кремле=RUS^ Белого_дома=USA^"),
    ("НАТО и ООН выразили озабоченность.", "НАТО=nato ООН=un"),
    ("Президент Украины Владимир Зеленский выступил.", "Украины=UKR Владимир_Зеленский=*"),
    ("ЦАХАЛ нанёс удар по ХАМАС.", "ЦАХАЛ=ISR-army ХАМАС=hamas"),
    ("Хуситы атаковали американский корабль.", "Хуситы=houthis американский=USA~"),
    ("Совет Безопасности ООН соберётся завтра.", "Совет_Безопасности_ООН=unsc"),
    ("Войска России вышли к реке.", "Войска_России=RUS-army"),
    ("ЧВК Вагнер покинула Мали.", "ЧВК_Вагнер=wagner Мали=MLI"),
    ("Евросоюз ввёл санкции против Белоруссии.", "Евросоюз=eu Белоруссии=BLR"),
    ("Минобороны РФ отчиталось.", "Минобороны_РФ=RUS^"),
    ("Турецкие военные вошли в Сирию.", "Турецкие_военные=TUR-army Сирию=SYR"),
    ("Силы быстрой поддержки Судана наступают.", "Силы_быстрой_поддержки=rsf_sudan Судана=SDN"),
    ("Украинская армия и украинцы держатся.", "Украинская_армия=UKR-army украинцы=UKR~"),
    ("Международный уголовный суд выдал ордер.", "Международный_уголовный_суд=icc"),
    ("Талибы и Пакистан договорились.", "Талибы=taliban Пакистан=PAK"),
    ("Солдаты и силы природы.", ""),
]
UK = [
    ("Російські війська обстріляли місто.", "Російські_війська=RUS-army"),
    ("ЗСУ відбили атаку.", "ЗСУ=UKR-army"),
    ("Москва заявила, що Київ відмовився.", "Москва=RUS! Київ=UKR!"),
    ("У Києві пролунав вибух.", "Києві=UKR?"),
    ("Збройні сили України наступають.", "Збройні_сили_України=UKR-army"),
    ("Кремль погрожує НАТО.", "Кремль=RUS^ НАТО=nato"),
    ("Президент України Володимир Зеленський звернувся до ООН.", "України=UKR Володимир_Зеленський=* ООН=un"),
    ("Білий дім підтримав Україну.", "Білий_дім=USA^ Україну=UKR"),
    ("Євросоюз запровадив санкції проти Білорусі.", "Євросоюз=eu Білорусі=BLR"),
    ("Рада Безпеки ООН зібралася.", "Рада_Безпеки_ООН=unsc"),
    ("Росіяни вдарили по лікарні.", "Росіяни=RUS~"),
    ("Українські військові звільнили село.", "Українські_військові=UKR-army"),
    ("ХАМАС і Хезболла погрожують Ізраїлю.", "ХАМАС=hamas Хезболла=hezbollah Ізраїлю=ISR"),
    ("США та Велика Британія надали допомогу.", "США=USA Велика_Британія=GBR"),
    ("Війська РФ відступили.", "Війська_РФ=RUS-army"),
    ("Червоний Хрест евакуював поранених.", "Червоний_Хрест=red_cross"),
    ("МАГАТЕ попередило про ризик.", "МАГАТЕ=iaea"),
    ("Міжнародний кримінальний суд видав ордер.", "Міжнародний_кримінальний_суд=icc"),
    ("Переговори між Москвою та Києвом зірвано.", "Москвою=RUS! Києвом=UKR!"),
    ("Німецькі та французькі дипломати прибули.", "Німецькі=DEU~ французькі=FRA~"),
    ("Військові та сили вичерпані.", ""),
]
AR = [
    ("قصفت القوات الروسية المدينة.", "القوات_الروسية=RUS-army"),
    ("قال الجيش الإسرائيلي إنه قتل قائدا في حماس.", "الجيش_الإسرائيلي=ISR-army حماس=hamas"),
    ("أعلنت موسكو أنها ستنسحب.", "موسكو=RUS!"),
    ("تظاهر المئات في موسكو.", "موسكو=RUS?"),
    ("فشلت المحادثات بين موسكو وكييف.", "موسكو=RUS! كييف=UKR!"),
    ("نفى الكرملين ذلك ودان البيت الأبيض الهجوم.", "الكرملين=RUS^ البيت_الأبيض=USA^"),
    ("دعت الأمم المتحدة إلى وقف القتال.", "الأمم_المتحدة=un"),
    ("قال حزب الله إن إسرائيل خرقت الاتفاق.", "حزب_الله=hezbollah إسرائيل=ISR"),
    ("سيطرت قوات الدعم السريع على المقر.", "قوات_الدعم_السريع=rsf_sudan"),
    ("اتهم الجيش السوداني الإمارات.", "الجيش_السوداني=SDN-army الإمارات=ARE"),
    ("أعلن الحوثيون استهداف سفينة أميركية.", "الحوثيون=houthis أميركية=USA~"),
    ("عقد مجلس الأمن جلسة.", "مجلس_الأمن=unsc"),
    ("طالبت جامعة الدول العربية بهدنة.", "جامعة_الدول_العربية=arab_league"),
    ("انسحبت حركة طالبان.", "حركة_طالبان=taliban"),
    ("أدان الاتحاد الأوروبي روسيا.", "الاتحاد_الأوروبي=eu روسيا=RUS"),
    ("قالت الأونروا إن الغذاء نفد.", "الأونروا=unrwa"),
    ("تقدمت القوات الأوكرانية.", "القوات_الأوكرانية=UKR-army"),
    ("نشر المرصد السوري لحقوق الإنسان حصيلة.", "المرصد_السوري_لحقوق_الإنسان=sohr"),
    ("تبنى تنظيم الدولة الإسلامية الهجوم.", "تنظيم_الدولة_الإسلامية=isis"),
    ("قوات سوريا الديمقراطية تفاوض تركيا.", "قوات_سوريا_الديمقراطية=sdf_syria تركيا=TUR"),
    ("كان الجنود في القوات متعبين.", ""),
]
PT = [
    ("O exército russo avançou.", "exército_russo=RUS-army"),
    ("Moscou afirmou que Kiev recusou.", "Moscou=RUS! Kiev=UKR!"),
    ("Em Moscou houve protestos.", "Moscou=RUS?"),
    ("A ONU e a OTAN pedem calma.", "ONU=un OTAN=nato"),
    ("As forças israelenses atacaram o Hamas.", "forças_israelenses=ISR-army Hamas=hamas"),
    ("O presidente Volodymyr Zelensky falou.", "Volodymyr_Zelensky=*"),
    ("O Kremlin e a Casa Branca negaram.", "Kremlin=RUS^ Casa_Branca=USA^"),
    ("Os Estados Unidos e a China votaram.", "Estados_Unidos=USA China=CHN"),
    ("A bola servia para todos.", ""),
]
IT = [
    ("L'esercito russo avanza.", "esercito_russo=RUS-army"),
    ("Mosca ha dichiarato che Kiev rifiuta.", "Mosca=RUS! Kiev=UKR!"),
    ("A Mosca ci sono stati arresti.", "Mosca=RUS?"),
    ("L'Onu e la Nato chiedono calma.", "Onu=un Nato=nato"),
    ("Le truppe israeliane hanno colpito Hamas.", "truppe_israeliane=ISR-army Hamas=hamas"),
    ("Il presidente Volodymyr Zelensky ha parlato.", "Volodymyr_Zelensky=*"),
    ("Il Cremlino e la Casa Bianca smentiscono.", "Cremlino=RUS^ Casa_Bianca=USA^"),
    ("La Croce Rossa è a Ginevra con l'Unicef.", "Croce_Rossa=red_cross Unicef=unicef"),
    ("I soldati e le forze mancano.", ""),
]
PL = [
    ("Rosyjska armia atakuje.", "Rosyjska_armia=RUS-army"),
    ("Wojska rosyjskie ostrzelały miasto.", "Wojska_rosyjskie=RUS-army"),
    ("Moskwa oświadczyła, że Kijów odmówił.", "Moskwa=RUS! Kijów=UKR!"),
    ("W Moskwie zatrzymano demonstrantów.", "Moskwie=RUS?"),
    ("Siły Zbrojne Ukrainy odparły atak.", "Siły_Zbrojne_Ukrainy=UKR-army"),
    ("ONZ i NATO wzywają do spokoju.", "ONZ=un NATO=nato"),
    ("Prezydent Rosji Władimir Putin milczy.", "Rosji=RUS Władimir_Putin=*"),
    ("Kreml i Biały Dom zaprzeczają.", "Kreml=RUS^ Biały_Dom=USA^"),
    ("Hamas i Hezbollah grożą Izraelowi.", "Hamas=hamas Hezbollah=hezbollah Izraelowi=ISR"),
    ("Żołnierze i siły natury.", ""),
]
TR = [
    ("Rus ordusu saldırdı.", "Rus_ordusu=RUS-army"),
    ("Moskova açıkladı, Kiev reddetti.", "Moskova=RUS! Kiev=UKR!"),
    ("Moskova'da gösteri yapıldı.", "Moskova=RUS?"),
    ("BM ve NATO endişeli.", "BM=un NATO=nato"),
    ("İsrail ordusu Hamas'ı vurdu.", "İsrail_ordusu=ISR-army Hamas=hamas"),
    ("Kremlin ve Beyaz Saray yalanladı.", "Kremlin=RUS^ Beyaz_Saray=USA^"),
    ("ABD Başkanı Joe Biden konuştu.", "ABD=USA Joe_Biden=*"),
    ("Husiler bir gemiyi vurdu.", "Husiler=houthis"),
    ("Askerler yorgun.", ""),
]
FA = [
    ("ارتش اسرائیل حماس را هدف قرار داد.", "ارتش_اسرائیل=ISR-army حماس=hamas"),
    ("نیروهای روسیه پیشروی کردند.", "نیروهای_روسیه=RUS-army"),
    ("مسکو اعلام کرد که کی‌یف نپذیرفت.", "مسکو=RUS! کی‌یف=UKR?"),
    ("سازمان ملل و ناتو ابراز نگرانی کردند.", "سازمان_ملل=un ناتو=nato"),
    ("کرملین و کاخ سفید تکذیب کردند.", "کرملین=RUS^ کاخ_سفید=USA^"),
    ("حزب‌الله به اسرائیل هشدار داد.", "حزب‌الله=hezbollah اسرائیل=ISR"),
    ("طالبان و پاکستان توافق کردند.", "طالبان=taliban پاکستان=PAK"),
    ("سپاه پاسداران بیانیه داد.", "سپاه_پاسداران=irgc"),
    ("سربازان خسته‌اند.", ""),
]
ZH = [
    ("俄军袭击了乌军阵地。", "俄军=RUS-army 乌军=UKR-army"),
    ("莫斯科表示,基辅拒绝了提议。", "莫斯科=RUS! 基辅=UKR!"),
    ("会议在莫斯科举行。", "莫斯科=RUS?"),
    ("联合国和北约呼吁停火。", "联合国=un 北约=nato"),
    ("以色列国防军打击哈马斯和真主党。", "以色列国防军=ISR-army 哈马斯=hamas 真主党=hezbollah"),
    ("白宫与克里姆林宫均未置评。", "白宫=USA^ 克里姆林宫=RUS^"),
    ("美国和中国投票。", "美国=USA 中国=CHN"),
    ("胡塞武装称袭击了美军舰艇。", "胡塞武装=houthis 美军=USA-army"),
    ("联合国安理会开会,俄方缺席。", "联合国安理会=unsc 俄方=RUS~"),
    ("士兵很累。", ""),
]

CASES = [
    (language, text, expected)
    for language, rows in {
        "en": EN, "fr": FR, "es": ES, "de": DE, "ru": RU, "uk": UK, "ar": AR, "pt": PT, "it": IT, "pl": PL, "tr": TR, "fa": FA, "zh": ZH
    }.items()
    for text, expected in rows
]  # fmt: skip
_MARKS = {"!": ("capital", True), "?": ("capital", False), "^": ("seat", True), "~": ("demonym", False)}


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[f"{c[0]}-{c[1][:40]}" for c in CASES])
def test_the_names_of_a_sentence(language: str, text: str, expected: str) -> None:
    found = find_names(text, language)
    wanted = [item.rsplit("=", 1) for item in expected.split()]
    assert [(m.as_written, m.party.id if m.party else "*") for m in found] == [
        (written.replace("_", " "), party.rstrip("!?^~")) for written, party in wanted
    ]
    for mention, (_, party) in zip(found, wanted, strict=True):
        assert text[mention.start : mention.end] == mention.as_written
        if party[-1] in _MARKS:
            assert (mention.kind, mention.metonym) == _MARKS[party[-1]]
        elif party == "*":
            assert (mention.kind, mention.party) == ("person", None)
        elif party.endswith("-army"):
            assert mention.kind == "army"
        elif party.isupper():
            assert mention.kind == "country"
        else:
            assert mention.kind in {"alliance", "organization", "group", "body", "army"}


def test_a_full_stop_or_the_rest_of_a_title_is_no_part_of_a_person() -> None:
    found = find_names("Не менее сорока ранены, уточнил секретарь Дмитрий Усов. Почти половина больна.", "ru")
    assert [one.as_written for one in found if one.kind == "person"] == ["Дмитрий Усов"]
    for text in ("The General Staff confirmed the loss.", "The Chief Minister announced aid."):
        assert [one for one in find_names(text, "en") if one.kind == "person"] == []
    (general,) = (one for one in find_names("Gen. Mark Milley was silent.", "en") if one.kind == "person")
    assert general.as_written == "Mark Milley"


def test_a_person_keeps_the_title_that_stood_before() -> None:
    (person,) = find_names("Le général Oleksandr Syrsky a parlé.", "fr")
    assert (person.as_written, person.kind, person.title) == ("Oleksandr Syrsky", "person", "général")


def test_a_known_party_has_its_kind_its_country_and_its_names() -> None:
    (mention,) = find_names("Les houthis ont tiré.", "fr")
    assert mention.party is not None
    assert (mention.party.kind, mention.party.country) == (PartyKind.REBEL_GROUP, "YEM")
    assert (mention.party.names["en"], mention.party.names["ru"]) == ("Houthis", "Хуситы")
    (mention,) = find_names("L'armée russe a tiré.", "fr")
    assert mention.party is not None
    assert (mention.party.kind, mention.party.country) == (PartyKind.ARMED_FORCES, "RUS")
    assert (mention.party.names["de"], mention.party.names["ar"]) == ("russische Armee", "الجيش الروسي")
