"""Alignment: a quote is found however it was disturbed, and its offsets are the original's."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from summarizer.grounding.alignment import THRESHOLD, _may_hold, align
from summarizer.grounding.folding import fold
from summarizer.language.sentences import split_sentences
from summarizer.schema.article import Article
from summarizer.schema.codes import Match

ARTICLES = {
    "fr": "L'armée a affirmé la veille avoir pris « le contrôle » de la cité. Plus de 142.500 personnes ont fui, dont près de "
    "40.000 enfants et environ 600 étrangers.\n\n« C’est une œuvre de l’ombre », a-t-il dit à l'aube.",
    "ru": "Армия заявила, что взяла город под контроль. Погибли не менее 12 человек, ещё 34 ранены. «Мы не уйдём», — сказал он.",
    "ar": "قالت القوات إنها سيطرت على المدينة أمس. وقُتل ما لا يقل عن ١٢ شخصًا وأصيب ٣٤ آخرون. «لن نغادر المدينة»، قال المتحدث.",
    "zh": "军方称已于周一控制该市。至少12人死亡，34人受伤。“我们不会离开这座城市”，发言人说。",
    "tr": "Ordu, İstanbul'daki üssü pazartesi günü ele geçirdiğini açıkladı. En az 12 kişi öldü, 34 kişi yaralandı.",
    "de": "Die Straße sei gesperrt, sagte der Sprecher. Mindestens 12 Menschen wurden getötet, 34 verletzt.",
}  # fmt: skip


def find(text: str, quote: str, sentence: int = 1, language: str = "fr") -> tuple[str, Match, int] | None:
    article = Article(text=text, language=language)
    found = align(quote, sentence, split_sentences(article))
    return (text[found.start : found.end], found.match, found.sentence.number) if found else None


@pytest.mark.parametrize(
    ("language", "quote", "expected"),
    [
        ("fr", "Plus de 142.500 personnes ont fui", ("Plus de 142.500 personnes ont fui", Match.EXACT, 2)),
        ("fr", "plus de 142.500  personnes", ("Plus de 142.500 personnes", Match.NORMALIZED, 2)),
        ("fr", 'pris "le contrôle" de', ("pris « le contrôle » de", Match.FUZZY, 1)),  # no space inside the marks
        ("fr", "L’ARMEE A AFFIRME", ("L'armée a affirmé", Match.NORMALIZED, 1)),
        ("fr", "C'est une oeuvre de l'ombre", ("C’est une œuvre de l’ombre", Match.NORMALIZED, 3)),
        ("fr", "L'armée a démenti hier avoir perdu « le contrôle » de la cité", None),
        (
            "fr",
            "L'armée affirmé la veille avoir pris « le contrôle » de la cité",
            ("L'armée a affirmé la veille avoir pris « le contrôle » de la cité", Match.FUZZY, 1),
        ),
        ("ru", "не менее 12 человек, еще 34 ранены", ("не менее 12 человек, ещё 34 ранены", Match.NORMALIZED, 2)),
        ("ar", "وقتل ما لا يقل عن ١٢ شخصا", ("وقُتل ما لا يقل عن ١٢ شخصًا", Match.NORMALIZED, 2)),
        ("zh", "至少12人死亡", ("至少12人死亡", Match.EXACT, 2)),
        ("zh", '"我们不会离开这座城市"', ("“我们不会离开这座城市”", Match.NORMALIZED, 3)),
        ("tr", "istanbul'daki üssü", ("İstanbul'daki üssü", Match.NORMALIZED, 1)),
        ("de", "Die Strasse sei gesperrt", ("Die Straße sei gesperrt", Match.NORMALIZED, 1)),
        # what is not there
        ("fr", "Plus de 142.600 personnes ont fui, dont près de 40.000 enfants", None),
        ("fr", "500 personnes", None),
        ("fr", "40.00", None),
        ("fr", "Le président a démissionné hier soir", None),
        ("fr", "", None),
        ("fr", "«»", None),
        ("ru", "Погибли не менее 13 человек, ещё 34 ранены", None),
    ],
)
def test_align(language: str, quote: str, expected: tuple[str, Match, int] | None) -> None:
    assert find(ARTICLES[language], quote, language=language) == expected


LEFT_OUT = {
    "fr": "L'armée a repris le pont et de nombreux villages du nord. La trêve n'est pas respectée par les deux camps.",
    "zh": "县政府通报说，他们的车队先后两次被当地居民拦下。由于在调解人的人选上谈不拢，会议被推迟。",
    "th": "โฆษกกล่าวว่าขบวนรถของพวกเขาถูกชาวบ้านหยุดไว้สองครั้งในวันจันทร์",
}


@pytest.mark.parametrize(
    ("language", "quote", "passage"),
    [
        # no spaces tell where the words end: the passage is as long as it is, not as long as the quote
        ("zh", "他们车队先后两次被当地居民拦下", "他们的车队先后两次被当地居民拦下"),
        ("zh", "由于在调解人人选上谈不拢", "由于在调解人的人选上谈不拢"),
        ("th", "ขบวนรถพวกเขาถูกชาวบ้านหยุดไว้สองครั้ง", "ขบวนรถของพวกเขาถูกชาวบ้านหยุดไว้สองครั้ง"),
        # the second word is missing: what follows it must not stand in for the first
        ("fr", "et nombreux villages du nord", "et de nombreux villages du nord"),
        ("fr", "n'est respectée par les deux camps", "n'est pas respectée par les deux camps"),
    ],
)
def test_a_quote_that_leaves_a_word_out_is_found_from_its_first_word_to_its_last(
    language: str, quote: str, passage: str
) -> None:
    found = find(LEFT_OUT[language], quote, language=language)
    assert found
    assert found[:2] == (passage, Match.FUZZY)


def test_a_passage_keeps_the_marks_on_its_last_letter() -> None:
    assert find("Il a été tue\u0301 hier soir.", "il a ete tue") == ("Il a été tue\u0301", Match.NORMALIZED, 1)
    text = "Il n'y a pas eu de blessés et personne n'a été tue\u0301 hier."
    found = find(text, "pas de blessés et personne n'a été tué")
    assert found == ("pas eu de blessés et personne n'a été tue\u0301", Match.FUZZY, 1)


def test_the_named_sentence_goes_before_an_equal_one_elsewhere() -> None:
    text = "The army left. It rained. The army left."
    assert find(text, "The army left.", 1, "en") == ("The army left.", Match.EXACT, 1)
    assert find(text, "The army left.", 3, "en") == ("The army left.", Match.EXACT, 3)


def test_a_wrong_sentence_number_is_mended() -> None:
    assert find(ARTICLES["fr"], "environ 600 étrangers", 77) == ("environ 600 étrangers", Match.EXACT, 2)


def test_a_quote_over_a_sentence_end_is_found_as_one_passage() -> None:
    found = find(ARTICLES["ru"], "под контроль. Погибли не менее 12", language="ru")
    assert found == ("под контроль. Погибли не менее 12", Match.NORMALIZED, 1)


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[str, str, int, int, str]:
    """A substring of an article of some language, with its spaces, marks, case and accents disturbed."""
    language = draw(st.sampled_from(sorted(ARTICLES)))
    text = ARTICLES[language]
    sentences = split_sentences(Article(text=text, language=language))
    sentence = draw(st.sampled_from(sentences))
    start = draw(st.integers(sentence.start, sentence.end - 1))
    end = draw(st.integers(start + 1, sentence.end))
    quote = text[start:end]
    swaps = {
        " ": draw(st.sampled_from([" ", "\u00a0", "\u202f", "  "])),
        "«": '"',
        "»": "”",
        "'": "’",
        "’": "'",
        "é": draw(st.sampled_from(["e", "e\u0301"])),
    }
    changed = "".join(swaps.get(character, character) for character in quote)
    changed = draw(
        st.sampled_from([changed, changed.upper() if language in ("fr", "ru") else changed, changed + "\u00ad"])
    )
    return language, changed, start, end, quote


@given(disturbed())
@settings(max_examples=300)
def test_any_disturbed_substring_is_aligned_back(case: tuple[str, str, int, int, str]) -> None:
    language, changed, start, end, quote = case
    text = ARTICLES[language]
    assume(any(character.isalnum() for character in quote))
    assume(not (text[start].isdigit() and text[start - 1 : start].strip(" ").isalnum()))
    assume(not (text[start].isdigit() and text[start - 1 : start] in ".,"))
    assume(not (text[end - 1].isdigit() and text[end : end + 1] and text[end : end + 1] in "0123456789٠١٢٣٤٥٦٧٨٩.,"))
    found = align(changed, 1, split_sentences(Article(text=text, language=language)))
    assert found is not None
    assert fold(text[found.start : found.end]).text == fold(quote).text


@given(st.text(max_size=200))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    if folded.text:
        start, end = folded.span(0, len(folded.text))
        assert 0 <= start < end <= len(text)
        assert fold(text[start:end]).text == folded.text


@given(st.text(max_size=120), st.text(max_size=60), st.integers(-3, 9))
def test_any_quote_against_any_text_never_fails_and_offsets_lie_inside(text: str, quote: str, number: int) -> None:
    text = text.encode("utf-8", "replace").decode()
    found = align(quote, number, split_sentences(Article(text=text, language="en")))
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)


@given(st.text("abc d", min_size=12, max_size=60), st.data())
def test_the_quick_look_never_misses_a_passage_that_is_like_enough(quote: str, data: st.DataObject) -> None:
    passage = list(quote)
    for _ in range(data.draw(st.integers(0, len(quote) // 3))):
        at = data.draw(st.integers(0, len(passage) - 1))
        passage[at : at + 1] = data.draw(st.sampled_from([[], [passage[at], "x"]])) or (
            [] if len(passage) > 1 else ["x"]
        )
    text = "".join(passage)
    assume(fuzz.ratio(quote, text) >= THRESHOLD)
    assert _may_hold(f"xx {text} xx", [quote[at : at + 2] for at in range(len(quote) - 1)])
