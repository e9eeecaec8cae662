"""Italian."""

THU = "2022-03-03"
JUN = "2024-06-20"
CASES = [
    ("Le truppe sono entrate a Kherson mercoledì.", THU, [("mercoledì", "2022-03-02")]),
    ("I bombardamenti sono ripresi giovedì mattina.", THU, [("giovedì", "2022-03-03")]),
    ("L'invasione è iniziata giovedì scorso.", THU, [("giovedì scorso", "2022-02-24")]),
    ("I colloqui riprenderanno lunedì a Brest.", THU, [("lunedì", "2022-03-07")]),
    ("Una riunione è prevista per venerdì.", THU, [("venerdì", "2022-03-04")]),
    ("Il ministro ha detto martedì che l'esercito non si ritirerà.", THU, [("martedì", "2022-03-01")]),
    ("Il vertice si terrà giovedì prossimo.", THU, [("giovedì prossimo", "2022-03-10")]),
    (
        "Nella notte tra martedì e mercoledì sono caduti missili.",
        THU,
        [("Nella notte tra martedì e mercoledì", "2022-03-01/2022-03-02")],
    ),
    ("L'operazione è cominciata il 24 febbraio.", THU, [("24 febbraio", "2022-02-24")]),
    ("Il 1° marzo 2022 la torre è stata colpita.", None, [("1° marzo 2022", "2022-03-01")]),
    ("Il primo maggio ci sarà una tregua.", THU, [("primo maggio", "2022-05-01")]),
    ("Dal 3 al 5 marzo c'è stata una tregua.", "2022-03-10", [("3 al 5 marzo", "2022-03-03/2022-03-05")]),
    ("Nel marzo 2014 la Crimea fu annessa.", None, [("marzo 2014", "2014-03")]),
    ("Dal 2014 il conflitto covava.", None, [("2014", "2014")]),
    ("All'inizio di febbraio le truppe erano in esercitazione.", THU, [("All'inizio di febbraio", "2022-02")]),
    ("Ieri sono morti 34 civili.", THU, [("Ieri", "2022-03-02")]),
    ("Oggi il corridoio è chiuso, domani aprirà.", THU, [("Oggi", "2022-03-03"), ("domani", "2022-03-04")]),
    ("Tre giorni fa la città era calma.", THU, [("Tre giorni fa", "2022-02-28")]),
    ("La guerra è scoppiata otto anni fa.", THU, [("otto anni fa", "2014")]),
    ("La settimana scorsa sono bruciate 40 case.", THU, [("La settimana scorsa", "2022-02-21/2022-02-27")]),
    ("Negli ultimi tre giorni sono fuggiti in migliaia.", THU, [("ultimi tre giorni", "2022-02-28/2022-03-03")]),
    (
        "L'assalto fu il 24 febbraio. Il giorno dopo cadde l'aeroporto.",
        THU,
        [("24 febbraio", "2022-02-24"), ("Il giorno dopo", "2022-02-25")],
    ),
    (
        "All'ottavo giorno dell'offensiva lanciata il 24 febbraio, Kherson è caduta.",
        THU,
        [("All'ottavo giorno dell'offensiva", "2022-03-03"), ("24 febbraio", "2022-02-24")],
    ),
    ("Il convoglio è partito mercoledì.", None, [("mercoledì", None)]),
    (
        "Le truppe sono entrate il giorno 11 e due giorni dopo sono uscite.",
        JUN,
        [("giorno 11", "2024-06-11"), ("due giorni dopo", "2024-06-13")],
    ),
    ("Il giorno 25 si terrà una riunione.", JUN, [("giorno 25", "2024-06-25")]),
    ("La città è caduta nell'aprile dell'anno scorso.", JUN, [("aprile dell'anno scorso", "2023-04")]),
    ("Il 12 aprile dello scorso anno fu firmata la tregua.", JUN, [("12 aprile dello scorso anno", "2023-04-12")]),
]
NOTHING = [
    "Il mar Nero e il set del film; dom Sabatino arrivò.",
    "Il bilancio è di 24 persone, 3,5 tonnellate e 142.500 proiettili.",
    "Hanno vinto 3-2 alle 14.30, in 3 set.",
    "Alla vigilia dell'invasione era calmo.",
    "Circa 2014 persone si sono arrese.",
    "Sono passati 11 giorni di scontri.",
]
