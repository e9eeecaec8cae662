"""The linter: the set is sound, and every kind of damage turns it red."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from evals.gold import FOLDER, GoldError, load
from evals.lint import lint

EXAMPLE = "ukraine-talks.fr"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of one article, to be damaged."""
    for kind, suffix in (("articles", "txt"), ("gold", "yaml")):
        (tmp_path / kind).mkdir()
        shutil.copy(FOLDER / kind / f"{EXAMPLE}.{suffix}", tmp_path / kind)
    return tmp_path


def test_the_set_is_sound() -> None:
    assert lint() == []


def test_one_article_is_sound(folder: Path) -> None:
    assert lint(folder) == []


def _replace(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (_replace("dont près de 40.000 enfants", "dont presque 40.000 enfants"), "evidence is not in the article"),
        (_replace("kind: armed_forces", "kind: army"), "parties.2.kind"),
        (_replace("value: 142500", "value: 142600"), "reads as"),
        (_replace("high: 40000", "high: null"), "the hedge nearly gives 40000"),
        (_replace("day: 2022-03-02\n    stage: occurred\n    assertion: claimed", "day: 2022-03-03\n    stage: occurred\n    assertion: claimed"), "agrees with none"),
        (_replace("day: 2022-03-04", "day: 2022-13-04"), "month must be in 1..12"),
        (_replace("subset_of: evacuated", "subset_of: nobody"), "is no other figure"),
        (_replace("initiators: [russian_army]", "initiators: [russian_navy]"), "is the id of no party"),
        (_replace("country: RUS", "country: RUX"), "ISO 3166-1"),
        (_replace("published: 2022-03\n", "published: 2022-04\n"), "the file's head gives"),
        (_replace("language: fr", "language: es"), "it is detected as 'fr'"),
        (_replace("quotation: profondément préoccupé", "quotation: très préoccupé"), "between no quotation marks"),
        (_replace("speaker: Michelle Bachelet", "speaker: Michel Bachelet"), "is not in the article"),
        (_replace("by: russian_army", "by: the spokesman"), "neither a party's id nor in the article"),
        (_replace("id: ukraine\n", "id: russia\n"), "two items have this id"),
        (_replace("première fois: an ordinal", "deuxième fois: an ordinal"), "traps: not in the article"),
        (_replace("article: ukraine-talks.fr", "article: other"), "the file's name says"),
        (_replace("split: dev", "split: train"), "split"),
        (_replace("figures:\n", "figure:\n"), "figure: Extra inputs"),
    ],
)  # fmt: skip
def test_each_damage_is_found(folder: Path, change: Callable[[str], str], problem: str) -> None:
    file = folder / "gold" / f"{EXAMPLE}.yaml"
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    found = lint(folder)
    assert any(problem in line for line in found), found
    assert all(line.startswith((f"{EXAMPLE}.yaml", f"{EXAMPLE}.txt")) for line in found)


def test_an_article_without_gold_is_named(folder: Path) -> None:
    (folder / "gold" / f"{EXAMPLE}.yaml").unlink()
    assert lint(folder) == [f"{EXAMPLE}.txt: has no gold file"]


def test_dates_stay_strings(folder: Path) -> None:
    file = folder / "gold" / f"{EXAMPLE}.yaml"
    assert load(file).published_inferred == "2022-03-03"
    file.write_text("- [", "utf-8")
    with pytest.raises(GoldError, match=EXAMPLE):
        load(file)


def test_both_halves_keep_conflicts_apart() -> None:
    halves: dict[str, set[str]] = {}
    for path in (FOLDER / "gold").glob("*.yaml"):
        data = yaml.safe_load(path.read_text("utf-8"))
        if data["conflict"] != "none":
            halves.setdefault(data["split"], set()).add(data["conflict"])
    assert not halves.get("dev", set()) & halves.get("test", set())


def test_it_is_a_command(root: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "evals", "lint"], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "the gold is sound, as far as code can tell\n")
