"""Places in sentences: what is found, which place it is, and what must not be taken for one.

An expected place is `written=Key` (`Key` in places_known.toml; `written` alone where it is the key), a country
`written@ISO`, a region `written#ISO` (`written#` where it lies in no one country).
"""

from __future__ import annotations

import tomllib
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest

from summarizer.language.gazetteer import GazetteerEntry
from summarizer.language.places import find_places

_KNOWN = tomllib.loads((Path(__file__).parent / "places_known.toml").read_text(encoding="utf-8"))
WHERE: dict[str, tuple[str, float, float]] = {name: (*place,) for name, place in _KNOWN.items()}

EN = [
    ("Russian forces shelled Kharkiv overnight, wounding eleven.", "Kharkiv"),
    ("The mayor of Mariupol said the port was on fire.", "Mariupol"),
    ("Civilians were led out of Bucha, Irpin and Hostomel, Ukraine's deputy premier said.", "Bucha Irpin Hostomel Ukraine@UKR"),
    ("Fighting near Bakhmut in the Donetsk region continued.", "Bakhmut Donetsk"),
    ("Aid trucks reached Rafah, in the Gaza Strip, on Tuesday.", "Rafah Gaza_Strip#PSE"),
    ("Strikes hit Khan Younis and Jabalia.", "Khan_Younis=Khan_Yunis Jabalia"),
    ("The Rapid Support Forces besieged El Fasher in North Darfur.", "El_Fasher Darfur#SDN"),
    ("Shells fell on Omdurman, across the Nile from Khartoum.", "Omdurman Khartoum"),
    ("M23 rebels entered Goma and marched towards Bukavu.", "Goma Bukavu"),
    ("The talks in Addis Ababa ended without a deal.", "Addis_Ababa"),
    ("Security forces in N'Djamena fired on protesters in Chad.", "N'Djamena Chad@TCD"),
    ("Houthi drones were launched from Hodeidah toward the Red Sea.", "Hodeidah Red_Sea#"),
    ("A bomb went off in Kabul; two days later, another in Kandahar.", "Kabul Kandahar"),
    ("The junta bombed a market in Rakhine State, Myanmar.", "Rakhine_State#MMR Myanmar@MMR"),
    ("Gangs control most of Port-au-Prince.", "Port-au-Prince"),
    ("Ceasefire talks resumed in Cairo between Israel and Hamas.", "Cairo Israel@ISR"),
    ("Thousands fled from Stepanakert, the main city of Nagorno-Karabakh.", "Stepanakert Nagorno-Karabakh#AZE"),
    ("In the West Bank, soldiers raided Jenin and Nablus.", "West_Bank#PSE Jenin Nablus"),
    ("Syrian rebels took Aleppo, then Hama and Homs.", "Aleppo Hama Homs"),
    ("The U.S. and the UK closed their embassies in South Sudan.", "U.S@USA UK@GBR South_Sudan@SSD"),
    ("Clashes broke out in Tripoli, Lebanon's second city.", "Tripoli=Tripoli_LB Lebanon@LBN"),
    ("Libya's two governments met; militias in Tripoli and Misrata stood by.", "Libya@LBY Tripoli=Tripoli_LY Misrata"),
    ("The Democratic Republic of the Congo accused Rwanda.", "Democratic_Republic_of_the_Congo@COD Rwanda@RWA"),
    ("Shelling in Borodianka, Ukraine, killed dozens.", "Borodianka Ukraine@UKR"),
    ("He flew from New York to Saint Petersburg.", "New_York Saint_Petersburg"),
    ("Guinea-Bissau is not Guinea, nor Equatorial Guinea.", "Guinea-Bissau@GNB Guinea@GIN Equatorial_Guinea@GNQ"),
]  # fmt: skip
FR = [
    ("Les forces russes ont pilonné Kharkiv et Marioupol.", "Kharkiv Marioupol=Mariupol"),
    ("Des corridors ont été ouverts à Soumy, à Tchernihiv et à Boutcha.", "Soumy=Sumy Tchernihiv=Chernihiv Boutcha=Bucha"),
    ("L'Ukraine et la Biélorussie négocient à Gomel.", "Ukraine@UKR Biélorussie@BLR Gomel"),
    ("La centrale de Zaporijia est toujours occupée.", "Zaporijia=Zaporizhzhia"),
    ("Une frappe a tué dix personnes à Khan Younès, dans la bande de Gaza.", "Khan_Younès=Khan_Yunis bande_de_Gaza#PSE"),
    ("Au Soudan, les combats ont repris à El-Fasher et à Omdourman.", "Soudan@SDN El-Fasher=El_Fasher Omdourman=Omdurman"),
    ("Le M23 est entré dans Goma, capitale du Nord-Kivu.", "Goma Nord-Kivu#COD"),
    ("Tombouctou et Gao, dans le nord du Mali, sont sous blocus.", "Tombouctou=Timbuktu Gao Mali@MLI"),
    ("Alep est tombée, puis Homs.", "Alep=Aleppo Homs"),
    ("À Beyrouth, un immeuble s'est effondré ; Tyr et Baalbek ont été bombardées.", "Beyrouth=Beirut Tyr=Tyre Baalbek"),
    ("Les États-Unis et le Royaume-Uni ont frappé le Yémen depuis la mer Rouge.", "États-Unis@USA Royaume-Uni@GBR Yémen@YEM mer_Rouge#"),
    ("Le Haut-Karabakh, l'Arménie et l'Azerbaïdjan", "Haut-Karabakh#AZE Arménie@ARM Azerbaïdjan@AZE"),
    ("Il a quitté Le Caire pour Genève.", "Le_Caire=Cairo Genève=Geneva"),
    ("Des milliers d'habitants ont fui vers Lviv, dans l'ouest, près de la Pologne.", "Lviv Pologne@POL"),
    ("L'armée s'est retirée de Ménaka, a indiqué Bamako.", "Ménaka=Menaka Bamako"),
    ("En Cisjordanie, un raid à Jénine et à Naplouse a fait trois morts.", "Cisjordanie#PSE Jénine=Jenin Naplouse=Nablus"),
    ("En République démocratique du Congo, des civils ont fui Bunia, en Ituri.", "République_démocratique_du_Congo@COD Bunia Ituri#COD"),
    ("L'exilé vit à Tours, après des années à Nice.", "Tours Nice"),
    ("Les chars ont traversé Kherson ; la Crimée est à 100 kilomètres.", "Kherson Crimée#UKR"),
    ("Port-au-Prince, en Haïti, est tenue par les gangs.", "Port-au-Prince Haïti@HTI"),
    ("Le détroit d'Ormuz et le golfe d'Aden sont surveillés par l'Iran.", "détroit_d'Ormuz# golfe_d'Aden# Iran@IRN"),
    ("La France a évacué ses ressortissants de Niamey, au Niger.", "France@FRA Niamey Niger@NER"),
]  # fmt: skip
ES = [
    ("Las tropas rusas bombardearon Járkov y Mariúpol.", "Járkov=Kharkiv Mariúpol=Mariupol"),
    ("Los combates continúan en Bajmut, en el Donbás.", "Bajmut=Bakhmut Donbás#UKR"),
    ("Miles de personas huyeron de Tibú hacia Cúcuta por la violencia en el Catatumbo.", "Tibú=Tibu Cúcuta=Cucuta Catatumbo#COL"),
    ("Una bomba estalló en Jamundí, cerca de Cali, Colombia.", "Jamundí=Jamundi Cali Colombia@COL"),
    ("Las pandillas controlan Puerto Príncipe, la capital de Haití.", "Puerto_Príncipe=Port-au-Prince Haití@HTI"),
    ("Israel atacó la Franja de Gaza y el sur de Líbano.", "Israel@ISR Franja_de_Gaza#PSE Líbano@LBN"),
    ("En Alepo y en Idlib hubo bombardeos; Damasco calla.", "Alepo=Aleppo Idlib Damasco=Damascus"),
    ("El grupo avanzó hacia Jartum, en Sudán.", "Jartum=Khartoum Sudán@SDN"),
    ("Estados Unidos y Reino Unido evacuaron Kabul.", "Estados_Unidos@USA Reino_Unido@GBR Kabul"),
    ("El buque partió de Valencia rumbo a Trípoli.", "Valencia=Valencia_VE Trípoli=Tripoli_LY"),
    ("La oposición de Venezuela marchó en Caracas y en Valencia.", "Venezuela@VEN Caracas Valencia=Valencia_VE"),
    ("Los cárteles se enfrentaron en Culiacán, México.", "Culiacán=Culiacan México@MEX"),
    ("La Unión Africana se reunió en Adís Abeba, Etiopía.", "Adís_Abeba=Addis_Ababa Etiopía@ETH"),
    ("El Cairo y Doha median entre las partes.", "El_Cairo=Cairo Doha"),
    ("Las negociaciones de Ginebra y de Viena fracasaron.", "Ginebra=Geneva Viena=Vienna"),
    ("Un ataque en Guayaquil sacudió a Ecuador.", "Guayaquil Ecuador@ECU"),
    ("Los saharauis de Tinduf reclaman el Sáhara Occidental.", "Tinduf=Tindouf Sáhara_Occidental@ESH"),
    ("Corea del Norte lanzó misiles; Corea del Sur y Japón protestaron.", "Corea_del_Norte@PRK Corea_del_Sur@KOR Japón@JPN"),
    ("Desde Leópolis salieron trenes a Varsovia.", "Leópolis=Lviv Varsovia=Warsaw"),
    ("En el estrecho de Ormuz, Irán retuvo un petrolero.", "estrecho_de_Ormuz# Irán@IRN"),
    ("Santiago de Cuba quedó a oscuras.", "Santiago_de_Cuba=Santiago_CU"),
    ("Chile convocó a su embajador a Santiago.", "Chile@CHL Santiago=Santiago_CL"),
]  # fmt: skip
DE = [
    ("Russische Truppen beschossen Charkiw und Mariupol.", "Charkiw=Kharkiv Mariupol"),
    ("In der Großstadt Saporischschja fiel der Strom aus.", "Saporischschja=Zaporizhzhia"),
    ("Kiews Bürgermeister rief zur Flucht auf.", "Kiews=Kyiv"),
    ("Bei Bachmut und Awdijiwka wird weiter gekämpft.", "Bachmut=Bakhmut Awdijiwka=Avdiivka"),
    ("Im Gazastreifen wurden Chan Junis und Rafah getroffen.", "Gazastreifen#PSE Chan_Junis=Khan_Yunis Rafah"),
    ("Im Sudan rückte die Miliz auf El Fascher vor.", "Sudan@SDN El_Fascher=El_Fasher"),
    ("Die Vereinigten Staaten und Großbritannien griffen Ziele im Jemen an.", "Vereinigten_Staaten@USA Großbritannien@GBR Jemen@YEM"),
    ("Damaskus, Aleppo und Homs blieben ruhig.", "Damaskus=Damascus Aleppo Homs"),
    ("Das Treffen in Genf endete, das nächste ist in Wien.", "Genf=Geneva Wien=Vienna"),
    ("Russlands Armee zog sich aus Cherson zurück.", "Russlands@RUS Cherson=Kherson"),
    ("Rebellen nahmen Goma im Osten der Demokratischen Republik Kongo ein.", "Goma Demokratischen_Republik_Kongo@COD"),
    ("Der Verein aus Essen schickt Hilfsgüter nach Lwiw.", "Essen Lwiw=Lviv"),
    ("Im Roten Meer wurde ein Frachter beschossen.", "Roten_Meer#"),
    ("Armenien und Aserbaidschan streiten um Bergkarabach.", "Armenien@ARM Aserbaidschan@AZE Bergkarabach#AZE"),
    ("Aus Mossul und Kirkuk wurden Gefechte gemeldet.", "Mossul=Mosul Kirkuk"),
    ("Die Krim ist seit 2014 von Russland besetzt.", "Krim#UKR Russland@RUS"),
    ("Die Delegation flog von Warschau nach Brüssel.", "Warschau=Warsaw Brüssel=Brussels"),
    ("Im Westjordanland, in Dschenin, starben vier Menschen.", "Westjordanland#PSE Dschenin=Jenin"),
    ("In Mogadischu griff die Schabab-Miliz ein Hotel an.", "Mogadischu=Mogadishu"),
    ("Ärzte aus Bamako versorgten Verletzte in Timbuktu.", "Bamako Timbuktu"),
    ("Israel beschoss den Libanon, Tote gab es in Beirut und Tyros.", "Israel@ISR Libanon@LBN Beirut Tyros=Tyre"),
]  # fmt: skip
RU = [
    ("Войска обстреляли Харьков и Мариуполь.", "Харьков=Kharkiv Мариуполь=Mariupol"),
    ("В Харькове и Херсоне раздались взрывы.", "Харькове=Kharkiv Херсоне=Kherson"),
    ("Переговоры пройдут в Гомеле, в Белоруссии.", "Гомеле=Gomel Белоруссии@BLR"),
    ("Под Бахмутом и Авдеевкой идут бои.", "Бахмутом=Bakhmut Авдеевкой=Avdiivka"),
    ("Жителей Мариуполя вывезли в Запорожье.", "Мариуполя=Mariupol Запорожье=Zaporizhzhia"),
    ("Президент Украины прилетел из Киева во Львов.", "Украины@UKR Киева=Kyiv Львов=Lviv"),
    ("В Белгороде и Курске сработала сирена.", "Белгороде=Belgorod Курске=Kursk"),
    ("В Донецкой области погибли двое.", "Донецкой=Donetsk"),
    ("Ракета упала в Кривом Роге.", "Кривом_Роге=Kryvyi_Rih"),
    ("Израиль нанёс удары по сектору Газа и югу Ливана.", "Израиль@ISR сектору_Газа#PSE Ливана@LBN"),
    ("Россия и США обменялись нотами.", "Россия@RUS США@USA"),
    ("В Дамаске и Алеппо спокойно, в Идлибе стреляют.", "Дамаске=Damascus Алеппо=Aleppo Идлибе=Idlib"),
    ("Посол вылетел из Москвы в Анкару.", "Москвы=Moscow Анкару=Ankara"),
    ("Беженцы из Судана прибыли в Каир.", "Судана@SDN Каир=Cairo"),
    ("Армения и Азербайджан спорят о Нагорном Карабахе.", "Армения@ARM Азербайджан@AZE Нагорном_Карабахе#AZE"),
    ("Талибы вошли в Кабул и Кандагар.", "Кабул=Kabul Кандагар=Kandahar"),
    ("В Красном море атаковано судно.", "Красном_море#"),
    ("Из Санкт-Петербурга в Минск пошёл поезд.", "Санкт-Петербурга=Saint_Petersburg Минск=Minsk"),
    ("Северная Корея пригрозила Южной Корее.", "Северная_Корея@PRK Южной_Корее@KOR"),
    ("В Крыму и Севастополе отключали свет.", "Крыму#UKR Севастополе=Sevastopol"),
    ("Встреча в Женеве не состоялась, стороны едут в Вену.", "Женеве=Geneva Вену=Vienna"),
    ("В Нижнем Новгороде задержали подозреваемого.", "Нижнем_Новгороде=Nizhny_Novgorod"),
]  # fmt: skip
UK = [
    ("Ворог обстріляв Харків та Маріуполь.", "Харків=Kharkiv Маріуполь=Mariupol"),
    ("У Харкові та Херсоні пролунали вибухи.", "Харкові=Kharkiv Херсоні=Kherson"),
    ("Мешканці Маріуполя виїхали до Запоріжжя.", "Маріуполя=Mariupol Запоріжжя=Zaporizhzhia"),
    ("Бої тривають під Бахмутом і Авдіївкою.", "Бахмутом=Bakhmut Авдіївкою=Avdiivka"),
    ("Потяг вирушив з Києва до Львова.", "Києва=Kyiv Львова=Lviv"),
    ("У Кривому Розі загинули діти.", "Кривому_Розі=Kryvyi_Rih"),
    ("У Запорізькій області пошкоджено лікарню.", "Запорізькій=Zaporizhzhia"),
    ("У Бучі, Ірпені та Гостомелі знайшли тіла.", "Бучі=Bucha Ірпені=Irpin Гостомелі=Hostomel"),
    ("Росія та Білорусь проводять навчання.", "Росія@RUS Білорусь@BLR"),
    ("Президент України прибув до Варшави.", "України@UKR Варшави=Warsaw"),
    ("Ракети летіли на Одесу й Миколаїв.", "Одесу=Odesa Миколаїв=Mykolaiv"),
    ("В Ізюмі та Куп'янську немає води.", "Ізюмі=Izium Куп'янську=Kupiansk"),
    ("Допомогу надали США і Велика Британія.", "США@USA Велика_Британія@GBR"),
    ("Переговори в Стамбулі завершено.", "Стамбулі=Istanbul"),
    ("Ізраїль завдав удару по Лівану.", "Ізраїль@ISR Лівану@LBN"),
    ("У секторі Гази бракує ліків.", "секторі_Гази#PSE"),
    ("У Криму вибухнув склад.", "Криму#UKR"),
    ("Із Дніпра евакуювали поранених до Польщі.", "Дніпра=Dnipro Польщі@POL"),
    ("У Полтаві вшанували загиблих.", "Полтаві=Poltava"),
    ("Рашисти вдарили по Чернігову та Краматорську.", "Чернігову=Chernihiv Краматорську=Kramatorsk"),
    ("У Бердянську й Мелітополі діє комендантська година.", "Бердянську=Berdiansk Мелітополі=Melitopol"),
]  # fmt: skip
AR = [
    ("قصفت القوات الروسية مدينة خاركيف.", "خاركيف=Kharkiv"),
    ("وصل الوفد إلى القاهرة قادما من الدوحة.", "القاهرة=Cairo الدوحة=Doha"),
    ("اجتمع الوزراء بالقاهرة أمس.", "القاهرة=Cairo"),
    ("قتل عشرة في غارة على خان يونس في قطاع غزة.", "خان_يونس=Khan_Yunis قطاع_غزة#PSE"),
    ("سيطرت قوات الدعم السريع على مدينة الفاشر في دارفور.", "الفاشر=El_Fasher دارفور#SDN"),
    ("اندلعت اشتباكات في الخرطوم وأم درمان.", "الخرطوم=Khartoum أم_درمان=Omdurman"),
    ("دخلت الفصائل مدينة حلب ثم حماة وحمص.", "حلب=Aleppo حماة=Hama حمص=Homs"),
    ("دعت مصر والأردن إلى وقف إطلاق النار.", "مصر@EGY الأردن@JOR"),
    ("استهدفت غارات صنعاء والحديدة في اليمن.", "صنعاء=Sanaa الحديدة=Hodeidah اليمن@YEM"),
    ("عقد الاجتماع في الرياض بمشاركة الولايات المتحدة.", "الرياض=Riyadh الولايات_المتحدة@USA"),
    ("نزح الآلاف من رفح.", "رفح=Rafah"),
    ("قالت إسرائيل إنها قصفت بيروت.", "إسرائيل@ISR بيروت=Beirut"),
    ("اقتحمت القوات مدينة جنين في الضفة الغربية.", "جنين=Jenin الضفة_الغربية#PSE"),
    ("وصلت المساعدات إلى بورتسودان.", "بورتسودان=Port_Sudan"),
    ("تجددت المعارك قرب طرابلس في ليبيا.", "طرابلس=Tripoli_LY ليبيا@LBY"),
    ("أصيب جنود في الموصل وكركوك بالعراق.", "الموصل=Mosul كركوك=Kirkuk العراق@IRQ"),
    ("أعلنت روسيا وأوكرانيا تبادل الأسرى.", "روسيا@RUS أوكرانيا@UKR"),
    ("عاد السفير إلى طهران.", "طهران=Tehran"),
    ("هاجم مسلحون فندقا في مقديشو.", "مقديشو=Mogadishu"),
    ("تشهد منطقة الشرق الأوسط توترا بعد الهجوم في البحر الأحمر.", "الشرق_الأوسط# البحر_الأحمر#"),
    ("انسحب الجيش من مدينة غوما في جمهورية الكونغو الديمقراطية.", "غوما=Goma جمهورية_الكونغو_الديمقراطية@COD"),
]  # fmt: skip
PT = [
    ("As tropas russas bombardearam Kharkiv e Mariupol.", "Kharkiv Mariupol"),
    ("Os combates em Cabo Delgado chegaram a Pemba, em Moçambique.", "Cabo_Delgado#MOZ Pemba Moçambique@MOZ"),
    ("Israel atacou a Faixa de Gaza.", "Israel@ISR Faixa_de_Gaza#PSE"),
    ("O presidente viajou de Brasília para Nova York.", "Brasília=Brasilia Nova_York=New_York"),
    ("Os Estados Unidos e o Reino Unido condenaram o Irã.", "Estados_Unidos@USA Reino_Unido@GBR Irã@IRN"),
    ("Rebeldes tomaram Goma, na República Democrática do Congo.", "Goma República_Democrática_do_Congo@COD"),
    ("As forças entraram em Cartum, no Sudão.", "Cartum=Khartoum Sudão@SDN"),
    ("Houve explosões em Damasco e em Alepo.", "Damasco=Damascus Alepo=Aleppo"),
    ("O navio foi atacado no mar Vermelho, perto do Iêmen.", "mar_Vermelho# Iêmen@YEM"),
]  # fmt: skip
IT = [
    ("Le truppe russe hanno bombardato Kharkiv e Mariupol.", "Kharkiv Mariupol"),
    ("Si combatte a Bakhmut, nel Donbass.", "Bakhmut Donbass#UKR"),
    ("Israele ha colpito la Striscia di Gaza e il Libano.", "Israele@ISR Striscia_di_Gaza#PSE Libano@LBN"),
    ("I colloqui di Ginevra sono falliti.", "Ginevra=Geneva"),
    ("Il convoglio è partito da Damasco verso Aleppo.", "Damasco=Damascus Aleppo"),
    ("Gli Stati Uniti e la Gran Bretagna hanno attaccato lo Yemen.", "Stati_Uniti@USA Gran_Bretagna@GBR Yemen@YEM"),
    ("A Tripoli e a Bengasi si vota.", "Tripoli=Tripoli_LY Bengasi=Benghazi"),
    ("Nell'est dell'Ucraina si spara ancora; a Leopoli arrivano i profughi.", "Ucraina@UKR Leopoli=Lviv"),
    ("Il Sudan del Sud teme la guerra.", "Sudan_del_Sud@SSD"),
]  # fmt: skip
PL = [
    ("Rosjanie ostrzelali Charków i Mariupol.", "Charków=Kharkiv Mariupol"),
    ("W Charkowie i w Kijowie słychać było wybuchy.", "Charkowie=Kharkiv Kijowie=Kyiv"),
    ("Prezydent Ukrainy przyjechał do Warszawy.", "Ukrainy@UKR Warszawy=Warsaw"),
    ("Uchodźcy ze Lwowa dotarli do Przemyśla.", "Lwowa=Lviv Przemyśla=Przemysl"),
    ("W Strefie Gazy brakuje wody, a w Izraelu trwa alarm.", "Strefie_Gazy#PSE Izraelu@ISR"),
    ("Rosja i Białoruś ćwiczą pod Brześciem.", "Rosja@RUS Białoruś@BLR Brześciem=Brest"),
    ("W Damaszku i Aleppo trwają walki.", "Damaszku=Damascus Aleppo"),
    ("Delegacja wyleciała z Moskwy do Stambułu.", "Moskwy=Moscow Stambułu=Istanbul"),
    ("Rozmowy w Genewie i w Wiedniu nic nie dały.", "Genewie=Geneva Wiedniu=Vienna"),
    ("W Ukrainie wyzwolono dziś Buczę i Irpień.", "Ukrainie@UKR Buczę=Bucha Irpień=Irpin"),
]  # fmt: skip
TR = [
    ("Rus güçleri Harkiv'i ve Mariupol'ü vurdu.", "Harkiv=Kharkiv Mariupol"),
    ("Görüşmeler İstanbul'da yapılacak.", "İstanbul=Istanbul"),
    ("Kiev'de patlamalar duyuldu.", "Kiev=Kyiv"),
    ("İsrail, Gazze Şeridi'ni ve Lübnan'ı bombaladı.", "İsrail@ISR Gazze_Şeridi#PSE Lübnan@LBN"),
    ("Halep'te ve İdlib'de çatışmalar sürüyor.", "Halep=Aleppo İdlib=Idlib"),
    ("Rusya'nın Ukrayna'ya saldırısı sürüyor.", "Rusya@RUS Ukrayna@UKR"),
    ("ABD ve İngiltere Yemen'i vurdu.", "ABD@USA İngiltere@GBR Yemen@YEM"),
    ("Heyet Ankara'dan Moskova'ya gitti.", "Ankara Moskova=Moscow"),
    ("Sudan'ın başkenti Hartum'da çatışma çıktı.", "Sudan@SDN Hartum=Khartoum"),
]  # fmt: skip
FA = [
    ("نیروهای روسیه شهر خارکیف را گلوله‌باران کردند.", "روسیه@RUS خارکیف=Kharkiv"),
    ("اسرائیل نوار غزه را بمباران کرد.", "اسرائیل@ISR نوار_غزه#PSE"),
    ("وزیر خارجه از تهران به دوحه رفت.", "تهران=Tehran دوحه=Doha"),
    ("طالبان در کابل و قندهار حضور دارند.", "کابل=Kabul قندهار=Kandahar"),
    ("انفجار در دمشق، پایتخت سوریه، رخ داد.", "دمشق=Damascus سوریه@SYR"),
    ("آمریکا و بریتانیا یمن را هدف قرار دادند.", "آمریکا@USA بریتانیا@GBR یمن@YEM"),
    ("مذاکرات در ژنو و وین ادامه دارد.", "ژنو=Geneva وین=Vienna"),
    ("درگیری در شهر حلب ادامه دارد.", "حلب=Aleppo"),
    ("کشتی در دریای سرخ هدف قرار گرفت.", "دریای_سرخ#"),
]  # fmt: skip
ZH = [
    ("俄军炮击了哈尔科夫和马里乌波尔。", "哈尔科夫=Kharkiv 马里乌波尔=Mariupol"),
    ("以色列空袭加沙地带南部城市拉法。", "以色列@ISR 加沙地带#PSE 拉法=Rafah"),
    ("谈判在伊斯坦布尔举行,俄罗斯和乌克兰代表出席。", "伊斯坦布尔=Istanbul 俄罗斯@RUS 乌克兰@UKR"),
    ("苏丹首都喀土穆再次爆发冲突。", "苏丹@SDN 喀土穆=Khartoum"),
    ("美国和英国打击了也门胡塞武装在萨那的目标。", "美国@USA 英国@GBR 也门@YEM 萨那=Sanaa"),
    ("叛军进入戈马市,刚果民主共和国政府谴责卢旺达。", "戈马=Goma 刚果民主共和国@COD 卢旺达@RWA"),
    ("叙利亚反对派占领阿勒颇,随后向霍姆斯推进。", "叙利亚@SYR 阿勒颇=Aleppo 霍姆斯=Homs"),
    ("外长从北京前往日内瓦。", "北京=Beijing 日内瓦=Geneva"),
    ("和平大会呼吁人民团结。", ""),
    ("南苏丹与埃塞俄比亚就红海航运会谈。", "南苏丹@SSD 埃塞俄比亚@ETH 红海#"),
]  # fmt: skip
NOTHING = [
    ("en", "President Lincoln spoke with Victoria Nuland and Antonio Guterres."),
    ("en", "Most of the men were nice. Reading the report, many said the same."),
    ("en", "Sergei Lavrov met Boris Johnson; Johnson thanked him."),
    ("en", "Many are still missing. Of those, some may return in March or May."),
    ("en", "General Austin and Jake Sullivan briefed Senator Graham."),
    ("en", "Jordan Peterson and Chad Smith wrote a book."),
    ("en", "IDF and HTS are acronyms, ARE they not?"),
    ("fr", "Sur le terrain, les combats continuent. Tours de garde et mars froid."),
    ("fr", "Le ministre Lavrov a reçu Mme Florence Parly et M. Guterres."),
    ("fr", "Dans la nuit, le général Milan Petrov a été tué."),
    ("fr", "Selon lui, rien n'est sûr. Mais les secours arrivent."),
    ("es", "El presidente Petro habló con Francisco Santos y con Mercedes Torres."),
    ("es", "Sobre el terreno, las tropas del sur avanzan. Este lunes no hubo paz."),
    ("es", "La vicepresidenta Victoria Reyes negó los hechos."),
    ("de", "Essen und Trinken werden knapp. Waren fehlen in der Halle."),
    ("de", "Außenminister Sergej Lawrow und Frau Petra Berg sprachen über Frieden."),
    ("de", "Viele Menschen leiden unter Regen und Wind am Brand der Burg."),
    ("ru", "Министр Лавров и генерал Герасимов обсудили победу и мир."),
    ("ru", "После этого Сергей Киров выступил перед солдатами."),
    ("uk", "Міністр Кулеба заявив про перемогу. Мир буде."),
    ("ar", "قال المتحدث إن السلام هو النصر، وإن هذه الحرب لن تستمر."),
    ("ar", "أكد محمد حسن أن صور الضحايا نشرت بعد الهجوم."),
    ("it", "Il ministro Fermo e la signora Prato hanno parlato di massa e di sale."),
    ("pt", "O general Santos e a senhora Vitória Campos falaram da terra."),
    ("pl", "Most został zniszczony. Minister Tusk i pani Zofia Mała milczą."),
    ("tr", "Bu ordu büyük. Bakan Fidan ve General Ali Kaya konuştu."),
    ("fa", "این جنگ پس از آن روز پایان یافت و مردم شاد شدند."),
    ("zh", "人民希望和平,中央表示团结。"),
    ("en", ""),
    ("xx", "qwrtzp lorem ipsum"),
    ("en", "Far behind the lines people watch the sky."),
    ("uk", "Тоді не стало двадцяти двох людей."),
    ("en", "Shells fell on the banks of the Niger."),
    ("fr", "Le camp est posé sur la rive gauche du Niger."),
    ("en", "They crossed the Jordan River at night."),
    ("en", "Buses went to Busra al-Sham."),
]  # fmt: skip
AMBIGUOUS = [
    ("en", "Fighting in Tripoli.", ["LBN"], "Tripoli=Tripoli_LB"),
    ("en", "Fighting in Tripoli.", ["LBY"], "Tripoli=Tripoli_LY"),
    ("en", "Fighting in Tripoli.", [], "Tripoli=Tripoli_LY"),
    ("en", "Protests in Valencia.", ["VEN"], "Valencia=Valencia_VE"),
    ("en", "Protests in Valencia.", ["ESP"], "Valencia=Valencia_ES"),
    ("en", "A court in Alexandria ruled.", ["USA"], "Alexandria=Alexandria_US"),
    ("en", "A court in Alexandria ruled.", ["EGY"], "Alexandria=Alexandria_EG"),
    ("en", "Troops left Georgia.", ["RUS", "GEO"], "Georgia@GEO"),
    ("en", "Troops left Georgia.", ["USA"], "Georgia#USA"),
    ("en", "The army took Hama.", ["SYR"], "Hama"),
    ("en", "A meeting in Moscow.", ["USA"], "Moscow"),
    ("en", "A meeting in Paris.", ["USA"], "Paris"),
    ("es", "Disturbios en Santiago.", ["CHL"], "Santiago=Santiago_CL"),
    ("es", "Disturbios en Santiago.", ["CUB"], "Santiago=Santiago_CU"),
    ("en", "They live in Reading.", [], "Reading"),
    ("en", "They live in Split.", [], "Split"),
    ("fr", "Combats à Brest.", ["BLR"], "Brest"),
]  # fmt: skip

CASES = [
    (language, text, expected)
    for language, rows in [
        ("en", EN), ("fr", FR), ("es", ES), ("de", DE), ("ru", RU), ("uk", UK), ("ar", AR), ("pt", PT), ("it", IT), ("pl", PL), ("tr", TR), ("fa", FA), ("zh", ZH)
    ]
    for text, expected in rows
]  # fmt: skip


def kilometres(entry: GazetteerEntry, latitude: float, longitude: float) -> float:
    assert entry.latitude is not None and entry.longitude is not None
    a, b = radians(entry.latitude), radians(latitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(longitude - entry.longitude) / 2) ** 2
    return 12742 * asin(sqrt(half))


def check(text: str, language: str, about: list[str] | None, expected: str) -> None:
    found = find_places(text, language, about)  # type: ignore[arg-type]
    wanted = [item.replace("_", " ") for item in expected.split()]
    written = [item.split("=")[0].split("@")[0].split("#")[0] for item in wanted]
    assert [mention.as_written for mention in found] == written
    for mention, item in zip(found, wanted, strict=True):
        assert text[mention.start : mention.end] == mention.as_written
        if "@" in item:
            assert (mention.entry.kind, mention.entry.country) == ("country", item.split("@")[1])
        elif "#" in item:
            assert (mention.entry.kind, mention.entry.country or "") == ("region", item.split("#")[1])
        else:
            country, latitude, longitude = WHERE[item.split("=")[-1]]
            assert (mention.entry.kind, mention.entry.country) == ("settlement", country)
            assert kilometres(mention.entry, latitude, longitude) < 25


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[f"{c[0]}-{c[1][:40]}" for c in CASES])
def test_the_places_of_a_sentence(language: str, text: str, expected: str) -> None:
    check(text, language, None, expected)


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_words_and_persons_are_no_places(language: str, text: str) -> None:
    assert find_places(text, language) == []


@pytest.mark.parametrize(("language", "text", "about", "expected"), AMBIGUOUS)
def test_a_name_of_many_places_is_in_the_country_that_the_article_is_about(
    language: str, text: str, about: list[str], expected: str
) -> None:
    check(text, language, about, expected)
