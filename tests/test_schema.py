"""The contract: the Draft's schema fits strict structured outputs, the Summary's says what it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from summarizer.schema import codes
from summarizer.schema.draft import DRAFT_MODELS, SECTIONS, Draft, DraftModel
from summarizer.schema.summary import SCHEMA_VERSION, Summary
from tests.samples import draft, empty_draft

# OpenAI, Structured Outputs, "Supported schemas" (February 2026). The older and tighter limits, which some
# compatible endpoints still have, are 100 properties, 5 levels and 500 enum values: we stay below both.
MAX_PROPERTIES = 100
MAX_DEPTH = 5
MAX_ENUM_VALUES = 500
MAX_NAMES_LENGTH = 15_000
KEYWORDS = {
    "$defs", "$ref", "additionalProperties", "anyOf", "description", "enum", "items", "properties", "required", "title", "type",
}  # fmt: skip
TYPES = {"string", "number", "boolean", "integer", "object", "array", "null"}


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema node; the keys under `properties` and `$defs` are names, not keywords."""
    yield schema
    for name in ("properties", "$defs"):
        for part in schema.get(name, {}).values():
            yield from nodes(part)
    for part in schema.get("anyOf", []):
        yield from nodes(part)
    if "items" in schema:
        yield from nodes(schema["items"])


def depth(schema: dict[str, Any], definitions: dict[str, Any], trail: tuple[str, ...] = ()) -> int:
    """Levels of objects inside one another."""
    if reference := schema.get("$ref"):
        assert reference not in trail, "no recursion"
        return depth(definitions[reference.rsplit("/", 1)[-1]], definitions, (*trail, reference))
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", [])]
    inner += [schema["items"]] if "items" in schema else []
    deepest = max((depth(part, definitions, trail) for part in inner), default=0)
    return deepest + (1 if schema.get("type") == "object" else 0)


@pytest.mark.parametrize("model", DRAFT_MODELS, ids=lambda model: model.__name__)
def test_draft_schema_is_fit_for_strict_structured_outputs(model: type[DraftModel]) -> None:
    schema = model.model_json_schema()
    assert schema["type"] == "object"
    assert "anyOf" not in schema
    for node in nodes(schema):
        assert set(node) <= KEYWORDS, f"unsupported: {set(node) - KEYWORDS}"
        assert "$ref" not in node or set(node) == {"$ref"}, "a $ref takes no siblings"
        if "type" in node:
            assert node["type"] in TYPES
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert sorted(node["required"]) == sorted(node["properties"])
    properties = [name for node in nodes(schema) for name in node.get("properties", {})]
    values = [value for node in nodes(schema) for value in node.get("enum", [])]
    definitions = schema.get("$defs", {})
    assert len(properties) <= MAX_PROPERTIES
    assert len(values) <= MAX_ENUM_VALUES
    assert sum(map(len, [*properties, *values, *definitions])) <= MAX_NAMES_LENGTH
    assert depth(schema, definitions) <= MAX_DEPTH


def test_every_field_of_the_draft_says_what_it_is() -> None:
    for node in nodes(Draft.model_json_schema()):
        for name, field in node.get("properties", {}).items():
            bare_reference = "$ref" in field or "$ref" in field.get("items", {})
            assert field.get("description") or bare_reference, f"{name} has no description"


def test_enum_values_are_described_where_a_model_reads_them() -> None:
    schema = json.dumps(Draft.model_json_schema())
    for kind in codes.MilitaryKind:
        assert not kind.meaning or kind.meaning in schema, kind


def test_the_codebook_values_are_all_there() -> None:
    def values(code: type[codes.Code]) -> set[str]:
        return {member.value for member in code}

    assert values(codes.PositionKind) == {
        "demand",
        "offer",
        "acceptance",
        "refusal",
        "call",
        "condition",
        "accusation",
        "denial",
        "condemnation",
        "warning",
        "threat",
        "justification",
        "commitment",
        "concern",
        "support",
    }
    assert values(codes.FigureCategory) == {
        "killed",
        "injured",
        "missing",
        "captured",
        "detained",
        "abducted",
        "displaced",
        "refugees",
        "evacuated",
        "returned",
        "trapped",
        "in_need",
        "assisted",
        "affected",
        "homes_damaged",
        "other",
    }
    assert values(codes.Hedge) == {
        "exact",
        "at_least",
        "more_than",
        "at_most",
        "less_than",
        "about",
        "nearly",
        "range",
        "vague",
    }
    assert values(codes.Assertion) == {"fact", "claimed", "reported", "alleged", "denied"}
    assert len(values(codes.MilitaryKind)) == 24
    assert len(values(codes.DiplomaticKind)) == 22
    assert len(values(codes.PartyKind)) == 13


def test_a_draft_is_closed_and_complete() -> None:
    Draft.model_validate(draft())
    Draft.model_validate(empty_draft())
    for name in SECTIONS:
        with pytest.raises(ValidationError):
            Draft.model_validate({key: value for key, value in empty_draft().items() if key != name})
    with pytest.raises(ValidationError):
        Draft.model_validate({**empty_draft(), "more": 1})


def test_the_summary_carries_its_schema_version_and_describes_itself() -> None:
    schema = Summary.model_json_schema(mode="serialization")
    assert schema["properties"]["schema_version"]["default"] == SCHEMA_VERSION
    sections = {
        "gist",
        "parties",
        "positions",
        "military_developments",
        "diplomatic_developments",
        "humanitarian_figures",
    }
    assert sections | {"article", "timeline", "verification", "run"} <= set(schema["properties"])


def test_no_instruction_is_taken_from_the_example_article(root: Path) -> None:
    """Prompt and descriptions may not lean on an article on which the program is judged."""
    words = (root / "examples/ukraine-talks.fr.txt").read_text(encoding="utf-8").split()
    article = {" ".join(words[i : i + 3]).lower().strip('.,"') for i in range(len(words) - 2)}
    told = json.dumps(Draft.model_json_schema(), ensure_ascii=False)
    told += "".join(file.read_text(encoding="utf-8") for file in (root / "prompts").glob("*.jinja"))
    said = told.lower().split()
    instructed = {" ".join(said[i : i + 3]).strip("'.,\"") for i in range(len(said) - 2)}
    assert not article & instructed
    assert "142" not in told
