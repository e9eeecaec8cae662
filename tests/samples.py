"""A short article of our own, and a draft of it that is right; tests change one thing at a time."""

from __future__ import annotations

from typing import Any

from summarizer.schema.draft import Draft

TEXT = (
    "Government troops shelled the town of Marawi on Monday, killing at least 14 people, the Red Cross said.\n\n"
    "“We will not leave the city,” said Omar Solitario, a spokesman for the rebels. "
    "Talks are planned in Manila on Friday."
)
ARTICLE = f"Title: Shelling in Marawi\nDate: 2017-05-30\nSource: Our Wire\n\n{TEXT}"


def evidence(sentence: int, quote: str) -> list[dict[str, Any]]:
    return [{"sentence": sentence, "quote": quote}]


def draft() -> dict[str, Any]:
    """The draft as a model would answer it; every call gives a new one."""
    speaker = {"name": "Omar Solitario", "title": "spokesman", "party": "Rebels"}
    monday = {"as_written": "Monday", "date": "2017-05-29"}
    marawi = {"as_written": "the town of Marawi", "name": "Marawi", "country": "PHL", "precision": "settlement"}
    return {
        "publication_day": None,
        "parties": [
            {
                "key": "p1",
                "evidence": evidence(1, "Government troops shelled"),
                "name": "Philippine army",
                "other_names": ["Government troops"],
                "kind": "armed_forces",
                "role": "belligerent",
                "side": "Philippines",
                "country": "PHL",
            },
            {
                "key": "p2",
                "evidence": evidence(2, "a spokesman for the rebels"),
                "name": "Rebels",
                "other_names": ["the rebels"],
                "kind": "rebel_group",
                "role": "belligerent",
                "side": None,
                "country": "PHL",
            },
        ],
        "humanitarian_figures": [
            {
                "key": "f1",
                "evidence": evidence(1, "killing at least 14 people, the Red Cross said"),
                "category": "killed",
                "quantity": {"as_written": "at least 14", "value": 14, "low": None, "high": None, "hedge": "at_least"},
                "population": "people",
                "unit": "persons",
                "measure": "new",
                "since": None,
                "as_of": monday,
                "place": marawi,
                "origin": None,
                "destination": None,
                "side": None,
                "asserted_by": {"name": None, "title": None, "party": "Red Cross"},
                "assertion": "reported",
                "subset_of": None,
            }
        ],
        "military_developments": [
            {
                "key": "m1",
                "evidence": evidence(1, "Government troops shelled the town of Marawi on Monday"),
                "place": marawi,
                "when": monday,
                "description": "Government troops shelled Marawi.",
                "asserted_by": None,
                "assertion": "fact",
                "kind": "shelling_or_missile",
                "stage": "occurred",
                "initiators": ["Philippine army"],
                "targets": [],
                "figures": ["f1"],
            }
        ],
        "diplomatic_developments": [
            {
                "key": "d1",
                "evidence": evidence(3, "Talks are planned in Manila on Friday"),
                "place": {"as_written": "Manila", "name": "Manila", "country": "PHL", "precision": "settlement"},
                "when": {"as_written": "Friday", "date": "2017-06-02"},
                "description": "Talks are planned in Manila.",
                "asserted_by": None,
                "assertion": "fact",
                "kind": "talks",
                "stage": "planned",
                "participants": ["Rebels"],
                "mediators": [],
            }
        ],
        "positions": [
            {
                "key": "s1",
                "evidence": evidence(2, "“We will not leave the city,” said Omar Solitario"),
                "holder": "Rebels",
                "speaker": speaker,
                "kind": "refusal",
                "statement": "The rebels refuse to leave the city.",
                "quotation": "We will not leave the city,",
                "addressees": [],
                "when": None,
            }
        ],
        "gist": [
            {
                "key": "g1",
                "evidence": evidence(1, "Government troops shelled the town of Marawi"),
                "text": "Government troops shelled Marawi.",
            }
        ],
    }


def empty_draft() -> dict[str, Any]:
    """A draft with nothing in it."""
    return {name: None if name == "publication_day" else [] for name in Draft.model_fields}
