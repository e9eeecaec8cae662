"""Persons' names: declined, transliterated, or in a script that letters cannot bridge."""

from __future__ import annotations

import pytest

from summarizer.grounding.persons import person_in, script, unreadable


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("По словам Владимира Зеленского, город держится.", "Владимир Зеленский"),
        ("Об этом сообщили Лаврову и Захаровой.", "Сергей Лавров"),
        ("Об этом сообщили Лаврову и Захаровой.", "Мария Захарова"),
        ("За словами Валерія Залужного, бої тривають.", "Валерій Залужний"),
        ("По словам Владимира Зеленского, город держится.", "Volodymyr Zelensky"),
        ("Андрей Ермак прибыл в Женеву.", "Andriy Yermak"),
        ("Ο Κυριάκος Μητσοτάκης δήλωσε ότι", "Kyriakos Mitsotakis"),
        ("Sergey Lavrov said so.", "Сергей Лавров"),
        ("M. Guterres s'est dit inquiet.", "António Guterres"),
    ],
)
def test_the_name_stands_there(text: str, name: str) -> None:
    assert person_in(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Пётр Иваненко заявил об этом.", "Сергей Иванов"),
        ("Пётр Иваненко заявил об этом.", "Sergei Ivanov"),
        ("Андрей Ермак прибыл в Женеву.", "Sergei Lavrov"),
        ("The mayor spoke.", "Anna Mayer"),
        ("Johnston said so.", "Boris Johnson"),
        ("", "Boris Johnson"),
    ],
)
def test_another_name_does_not(text: str, name: str) -> None:
    assert not person_in(text, name)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("قال بشار الأسد", "Bashar al-Assad", True),
        ("古特雷斯表示", "Guterres", True),
        ("Лавров заявил", "Lavrov", False),
        ("Lavrov said", "Lavrov", False),
    ],
)
def test_letters_cannot_bridge_every_script(text: str, name: str, expected: bool) -> None:
    assert unreadable(text, name) is expected


def test_scripts() -> None:
    assert [script(text) for text in ("abc", "где", "古特", "123")] == ["LATIN", "CYRILLIC", "CJK", ""]
