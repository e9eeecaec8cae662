"""Polish."""

THU = "2022-03-03"
JUN = "2024-06-20"
CASES = [
    ("Wojska weszły do Chersonia w środę.", THU, [("środę", "2022-03-02")]),
    ("Ostrzał wznowiono w czwartek rano.", THU, [("czwartek", "2022-03-03")]),
    ("Inwazja rozpoczęła się w zeszły czwartek.", THU, [("w zeszły czwartek", "2022-02-24")]),
    ("Rozmowy będą kontynuowane w poniedziałek.", THU, [("poniedziałek", "2022-03-07")]),
    ("W sobotę odbędzie się szczyt w Brukseli.", THU, [("sobotę", "2022-03-05")]),
    ("Posiedzenie zaplanowano na piątek.", THU, [("piątek", "2022-03-04")]),
    ("Minister powiedział we wtorek, że armia się nie wycofa.", THU, [("wtorek", "2022-03-01")]),
    ("W nocy z wtorku na środę spadły rakiety.", THU, [("W nocy z wtorku na środę", "2022-03-01/2022-03-02")]),
    ("W nocy z 1 na 2 marca było spokojnie.", THU, [("W nocy z 1 na 2 marca", "2022-03-01/2022-03-02")]),
    ("Operacja rozpoczęła się 24 lutego.", THU, [("24 lutego", "2022-02-24")]),
    ("1 marca 2022 roku trafiono w wieżę telewizyjną.", None, [("1 marca 2022 roku", "2022-03-01")]),
    ("W czwartek, 24 lutego 2022 r. zawyły syreny.", None, [("czwartek, 24 lutego 2022 r.", "2022-02-24")]),
    ("Od 3 do 5 marca obowiązywał rozejm.", "2022-03-10", [("Od 3 do 5 marca", "2022-03-03/2022-03-05")]),
    ("W marcu 2014 roku Krym został zaanektowany.", None, [("marcu 2014 roku", "2014-03")]),
    ("Od 2014 roku konflikt się tlił.", None, [("2014 roku", "2014")]),
    ("Na początku lutego wojska jeszcze ćwiczyły.", THU, [("początku lutego", "2022-02")]),
    ("Wczoraj zginęło 34 cywilów.", THU, [("Wczoraj", "2022-03-02")]),
    ("Dziś korytarz jest zamknięty, jutro zostanie otwarty.", THU, [("Dziś", "2022-03-03"), ("jutro", "2022-03-04")]),
    ("Trzy dni temu w mieście było spokojnie.", THU, [("Trzy dni temu", "2022-02-28")]),
    ("Wojna wybuchła osiem lat temu.", THU, [("osiem lat temu", "2014")]),
    ("W zeszłym tygodniu spłonęło 40 domów.", THU, [("W zeszłym tygodniu", "2022-02-21/2022-02-27")]),
    ("W ciągu ostatnich trzech dni uciekły tysiące.", THU, [("ostatnich trzech dni", "2022-02-28/2022-03-03")]),
    (
        "Szturm nastąpił 24 lutego. Następnego dnia padło lotnisko. Trzy dni później je odbito.",
        THU,
        [("24 lutego", "2022-02-24"), ("Następnego dnia", "2022-02-25"), ("Trzy dni później", "2022-02-28")],
    ),
    (
        "W ósmym dniu wojny, która rozpoczęła się 24 lutego, padł Chersoń.",
        THU,
        [("W ósmym dniu wojny", "2022-03-03"), ("24 lutego", "2022-02-24")],
    ),
    ("Konwój wyruszył w środę.", None, [("środę", None)]),
    ("Miasto padło w kwietniu ubiegłego roku.", JUN, [("kwietniu ubiegłego roku", "2023-04")]),
    ("12 kwietnia zeszłego roku podpisano rozejm.", JUN, [("12 kwietnia zeszłego roku", "2023-04-12")]),
]
NOTHING = [
    "Pojechał do miasta Środa i wrócił.",
    "Bilans to 24 osoby, 3,5 tony i 142.500 pocisków.",
    "Wygrali 3-2 o 14.30, mają siły.",
    "Poddało się około 2014 osób.",
]
