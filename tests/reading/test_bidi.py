"""Right-to-left lines: the order of reading from places on the page, whatever order the glyphs are stored in."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.reading.bidi import Glyph, in_reading_order, is_right_to_left


def painted(visual: str) -> list[Glyph]:
    """Glyphs ten units wide as they stand from left to right; a space leaves five."""
    glyphs, x = [], 0.0
    for character in visual:
        if character != " ":
            glyphs.append(Glyph(character, x, x + 10))
        x += 5 if character == " " else 10
    return glyphs


@pytest.mark.parametrize(
    ("visual", "written"),
    [
        ("םולש", "שלום"),
        ("םלוע םולש", "שלום עולם"),
        ("14 ולתק", "קתלו 14"),
        ("25/2/2020 םויב", "ביום 25/2/2020"),
        ("ולתק %50 כ", "כ %50 קתלו"),
        ("רמא Reuters News יכ", "כי Reuters News אמר"),
        ("12 ןיבו 7 ןיב", "בין 7 ובין 12"),
        ("(14) ולתק", "קתלו (14)"),
        ("the word םולש means peace", "the word שלום means peace"),
        ("3.5 وحن", "نحو 3.5"),
    ],
)
def test_a_line_is_read_as_it_was_written(visual: str, written: str) -> None:
    glyphs = painted(visual)
    assert in_reading_order(glyphs, 20) == written
    random.Random(7).shuffle(glyphs)
    assert in_reading_order(glyphs, 20) == written


@given(st.text(alphabet="אבגدسم()12.,%ab«»\u064b", min_size=1, max_size=30))
def test_no_character_is_lost_or_made_up(text: str) -> None:
    read = in_reading_order(painted(text), 20).replace(" ", "")
    brackets = str.maketrans("()«»", "||!!")
    if text.strip("\u064b"):
        assert sorted(read.translate(brackets)) == sorted(text.translate(brackets))


def test_lines_of_other_scripts_are_not_touched() -> None:
    assert not is_right_to_left("Die Armee, 军队, армия (14) 50%")
    assert is_right_to_left("said סלאם")
