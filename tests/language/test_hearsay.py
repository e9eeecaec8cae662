"""Which clauses pass on what is not verified, by words or by mood."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.language.attribution import reported

CASES = [
    ("en", "The missile allegedly killed ten people.", True),
    ("en", "Twelve deaths were reported in the town.", True),
    ("en", "The commander is believed to have fled.", True),
    ("en", "According to the mayor, ten people died.", True),
    ("en", "An unconfirmed video shows the strike.", True),
    ("en", "The missile killed ten people.", False),
    ("en", "The army would have won if it had stayed.", False),
    ("fr", "La frappe aurait tué dix personnes.", True),
    ("fr", "Dix civils auraient été tués dans le raid.", True),
    ("fr", "Trois soldats seraient morts.", True),
    ("fr", "Dix morts ont été signalés.", True),
    ("fr", "Le prétendu complot, selon Moscou.", True),
    ("fr", "Un présumé espion a été arrêté.", True),
    ("fr", "La frappe a tué dix personnes.", False),
    ("fr", "Un accord serait possible.", False),
    ("fr", "Il aurait gagné si l'aide était venue.", False),
    ("fr", "Nous aurions préféré la paix.", False),
    ("es", "El ataque habría matado a diez personas.", True),
    ("es", "Diez civiles habrían muerto en el bombardeo.", True),
    ("es", "Presuntamente murieron diez personas.", True),
    ("es", "El supuesto espía fue detenido.", True),
    ("es", "El ataque mató a diez personas.", False),
    ("es", "Habría ganado si hubiera llegado la ayuda.", False),
    ("es", "El segundo ataque mató a diez personas.", False),
    ("pt", "O ataque teria matado dez pessoas.", True),
    ("pt", "Dez civis teriam sido mortos.", True),
    ("pt", "O suposto espião foi detido.", True),
    ("pt", "O ataque matou dez pessoas.", False),
    ("pt", "O segundo ataque matou dez pessoas.", False),
    ("it", "L'attacco avrebbe ucciso dieci persone.", True),
    ("it", "Dieci civili sarebbero morti.", True),
    ("it", "Il presunto responsabile è in fuga.", True),
    ("it", "L'attacco ha ucciso dieci persone.", False),
    ("it", "Sarebbe utile una tregua.", False),
    ("it", "Il secondo attacco ha ucciso dieci persone.", False),
    ("de", "Die Rakete habe zehn Menschen getötet.", True),
    ("de", "Zehn Menschen seien getötet worden.", True),
    ("de", "Die Stadt sei eingenommen.", True),
    ("de", "Der Kommandeur soll geflohen sein.", True),
    ("de", "Die Truppen hätten sich zurückgezogen.", True),
    ("de", "Angeblich starben zehn Menschen.", True),
    ("de", "Die Rakete tötete zehn Menschen.", False),
    ("de", "Ich habe die Stadt verlassen.", False),
    ("de", "Er soll morgen kommen.", False),
    ("ru", "Ракета якобы убила десять человек.", True),
    ("ru", "Предположительно погибли десять человек.", True),
    ("ru", "По данным ООН, погибли десять человек.", True),
    ("ru", "Сообщается о десяти погибших.", True),
    ("ru", "Ракета убила десять человек.", False),
    ("uk", "Ракета нібито вбила десятьох людей.", True),
    ("uk", "За попередніми даними, загинули десятеро.", True),
    ("uk", "Повідомляється про десятьох загиблих.", True),
    ("uk", "Ракета вбила десятьох людей.", False),
    ("pl", "Rakieta rzekomo zabiła dziesięć osób.", True),
    ("pl", "Podobno zginęło dziesięć osób.", True),
    ("pl", "Dowódca miał zginąć w ataku.", True),
    ("pl", "Rakieta zabiła dziesięć osób.", False),
    ("tr", "İddiaya göre on kişi öldü.", True),
    ("tr", "Saldırıda on kişi ölmüş.", True),
    ("tr", "On kişinin öldüğü öne sürüldü.", True),
    ("tr", "Geçmiş yıllarda da böyle oldu.", False),
    ("tr", "Saldırıda on kişi öldü.", False),
    ("ar", "يُزعم أن الجيش قتل عشرة أشخاص.", True),
    ("ar", "وردت أنباء عن مقتل عشرة أشخاص.", True),
    ("ar", "بحسب السلطات قتل عشرة أشخاص.", True),
    ("ar", "قتل الصاروخ عشرة أشخاص.", False),
    ("fa", "به گفته مقامات ده نفر کشته شدند.", True),
    ("fa", "ظاهراً ده نفر کشته شدند.", True),
    ("fa", "گفته می‌شود ده نفر کشته شدند.", True),
    ("fa", "موشک ده نفر را کشت.", False),
    ("zh", "据称导弹炸死十人。", True),
    ("zh", "据报道，十人死亡。", True),
    ("zh", "疑似无人机袭击了仓库。", True),
    ("zh", "导弹炸死十人。", False),
    ("xx", "Anything at all.", False),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_hearsay_is_told_by_words_and_moods(language: str, text: str, expected: bool) -> None:
    assert reported(text, language, 0, len(text)) is expected


def test_only_the_clause_named_counts() -> None:
    text = "Ten died. Twelve allegedly fled."
    assert not reported(text, "en", 0, 9)
    assert reported(text, "en", 10, len(text))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["en", "fr", "de", "tr", "zh", "xx", ""]), st.integers(-5, 70))
def test_any_string_is_judged(text: str, language: str, start: int) -> None:
    assert reported(text, language, start, start + 20) in {True, False}
