"""Portuguese, of Brazil and of Portugal."""

THU = "2022-03-03"
JUN = "2024-06-20"
CASES = [
    ("As tropas entraram em Kherson na quarta-feira.", THU, [("quarta-feira", "2022-03-02")]),
    ("Os bombardeios recomeçaram nesta quinta-feira (3).", THU, [("quinta-feira (3)", "2022-03-03")]),
    ("A invasão começou na quinta-feira passada.", THU, [("na quinta-feira passada", "2022-02-24")]),
    ("As negociações vão continuar na segunda-feira.", THU, [("segunda-feira", "2022-03-07")]),
    ("Uma reunião está marcada para sexta.", THU, [("sexta", "2022-03-04")]),
    ("O ministro disse na terça que o exército não vai recuar.", THU, [("terça", "2022-03-01")]),
    (
        "Na noite de terça para quarta caíram mísseis.",
        THU,
        [("Na noite de terça para quarta", "2022-03-01/2022-03-02")],
    ),
    ("A operação começou em 24 de fevereiro.", THU, [("24 de fevereiro", "2022-02-24")]),
    ("Em 1º de março de 2022 a torre foi atingida.", None, [("1º de março de 2022", "2022-03-01")]),
    ("De 3 a 5 de março houve trégua.", "2022-03-10", [("3 a 5 de março", "2022-03-03/2022-03-05")]),
    ("Em março de 2014 a Crimeia foi anexada.", None, [("março de 2014", "2014-03")]),
    ("Desde 2014 o conflito se arrasta.", None, [("2014", "2014")]),
    ("Ontem morreram 34 civis.", THU, [("Ontem", "2022-03-02")]),
    ("Hoje o corredor está fechado; amanhã será aberto.", THU, [("Hoje", "2022-03-03"), ("amanhã", "2022-03-04")]),
    ("Há três dias a cidade estava calma.", THU, [("Há três dias", "2022-02-28")]),
    ("A guerra começou há oito anos.", THU, [("há oito anos", "2014")]),
    ("Na semana passada arderam 40 casas.", THU, [("Na semana passada", "2022-02-21/2022-02-27")]),
    ("Nos últimos três dias fugiram milhares.", THU, [("últimos três dias", "2022-02-28/2022-03-03")]),
    (
        "O assalto foi em 24 de fevereiro. No dia seguinte caiu o aeroporto.",
        THU,
        [("24 de fevereiro", "2022-02-24"), ("No dia seguinte", "2022-02-25")],
    ),
    (
        "No oitavo dia da ofensiva lançada em 24 de fevereiro, Kherson caiu.",
        THU,
        [("No oitavo dia da ofensiva", "2022-03-03"), ("24 de fevereiro", "2022-02-24")],
    ),
    ("A coluna partiu na quarta-feira.", None, [("quarta-feira", None)]),
    ("No domingo passado, dois drones caíram.", THU, [("No domingo passado", "2022-02-27")]),
    ("O decreto de 03/04/2022 vale.", None, [("03/04/2022", "2022-04-03")]),
    (
        "As tropas entraram no dia 11 e dois dias depois saíram.",
        JUN,
        [("dia 11", "2024-06-11"), ("dois dias depois", "2024-06-13")],
    ),
    ("A reunião será realizada no dia 25.", JUN, [("dia 25", "2024-06-25")]),
    ("A cidade caiu em abril do ano passado.", JUN, [("abril do ano passado", "2023-04")]),
    ("Em 12 de abril do ano passado houve um ataque.", JUN, [("12 de abril do ano passado", "2023-04-12")]),
]
NOTHING = [
    "Pela segunda vez, a quinta potência recuou.",
    "O balanço é de 24 pessoas, 3,5 toneladas e 142.500 obuses.",
    "Venceram por 3-2 às 14.30.",
    "Na véspera da invasão ele estava calmo.",
    "Cerca de 2014 pessoas se renderam na Quinta da Boa Vista.",
    "Foram 11 dias de combates.",
]
