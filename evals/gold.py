"""The gold: what careful readers find in each article, one YAML file beside its text.

The values mean what the codebook says. An item is core unless it says `optional: true`: neither missing nor giving an
optional item is an error. A field may list accepted alternatives (`kind: [advance, other]`), the preferred one first;
a field that is left out is not scored, `null` says that a right answer has nothing there.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from summarizer.reading.sources import read_article
from summarizer.schema.article import Article
from summarizer.schema.codes import (
    Assertion,
    DiplomaticKind,
    DiplomaticStage,
    FigureCategory,
    FigureUnit,
    Hedge,
    Measure,
    MilitaryKind,
    MilitaryStage,
    PartyKind,
    PartyRole,
    Population,
    PositionKind,
)

FOLDER = Path(__file__).parent
SECTIONS = ("parties", "positions", "military", "diplomatic", "figures")

T = TypeVar("T")


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


OneOf = Annotated[list[T], BeforeValidator(_listed), Field(min_length=1)]
"""One value, or accepted alternatives, the preferred one first."""


class GoldModel(BaseModel):
    """Base: closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def says(self, name: str) -> bool:
        """Whether the file gives this field: what it leaves out is not scored."""
        return name in self.model_fields_set


class GoldItem(GoldModel):
    """What every gold item carries. `tags` name the traps that it tests."""

    id: str
    optional: bool = False
    evidence: list[str] = Field(min_length=1)
    tags: list[str] = []
    note: str | None = None


class GoldPlace(GoldModel):
    """A place: any of its names, and where it is known its country and position (degrees, WGS 84)."""

    names: OneOf[str]
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class GoldParty(GoldItem):
    """A party; `names` are all names under which a right answer may give it, in any language."""

    names: OneOf[str]
    kind: OneOf[PartyKind]
    role: OneOf[PartyRole] = []
    country: OneOf[str | None] = []
    side: OneOf[str | None] = []


class GoldPosition(GoldItem):
    """A position. `holder` is a party's id, or several if careful readers differ; `speaker` the person's name."""

    holder: OneOf[str]
    speaker: OneOf[str | None] = []
    kind: OneOf[PositionKind]
    gloss: str
    quotation: OneOf[str | None] = []
    addressees: list[str] = []
    day: OneOf[str | None] = []


class GoldDevelopment(GoldItem):
    """What military and diplomatic developments share. `by` is a party's id or a person's name; null: nobody said to."""

    gloss: str
    place: GoldPlace | None = None
    day: OneOf[str | None] = []
    assertion: OneOf[Assertion] = []
    by: OneOf[str | None] = []


class GoldMilitary(GoldDevelopment):
    """A military development."""

    kind: OneOf[MilitaryKind]
    stage: OneOf[MilitaryStage] = []
    initiators: list[str] = []
    targets: list[str] = []


class GoldDiplomatic(GoldDevelopment):
    """A diplomatic development."""

    kind: OneOf[DiplomaticKind]
    stage: OneOf[DiplomaticStage] = []
    participants: list[str] = []
    mediators: list[str] = []


class GoldFigure(GoldItem):
    """A humanitarian figure. `low` and `high` follow from the hedge but for ranges and vague words."""

    category: OneOf[FigureCategory]
    as_written: str
    value: int | None = None
    low: int | None = None
    high: int | None = None
    hedge: OneOf[Hedge]
    population: OneOf[Population] = []
    unit: OneOf[FigureUnit] = []
    measure: OneOf[Measure] = []
    place: GoldPlace | None = None
    day: OneOf[str | None] = []
    by: OneOf[str | None] = []
    assertion: OneOf[Assertion] = []
    subset_of: OneOf[str | None] = []


class Gold(GoldModel):
    """The gold of one article.

    `published` is what a reader gets from the head of the file, `published_inferred` the day that the text fixes.
    `traps` are numbers and words in the text that must give no item: each verbatim, with the reason.
    """

    article: str
    language: str
    conflict: str
    split: Literal["dev", "test"]
    tags: list[str] = []
    published: str | None = None
    published_inferred: str | None = None
    parties: list[GoldParty] = []
    positions: list[GoldPosition] = []
    military: list[GoldMilitary] = []
    diplomatic: list[GoldDiplomatic] = []
    figures: list[GoldFigure] = []
    traps: dict[str, str] = {}

    def items(self, section: str) -> list[GoldItem]:
        """The items of a section."""
        listed: list[GoldItem] = getattr(self, section)
        return listed

    @cached_property
    def by_id(self) -> dict[str, GoldItem]:
        """Every item by its id."""
        return {item.id: item for section in SECTIONS for item in self.items(section)}

    @property
    def path(self) -> Path:
        """The article's file."""
        return FOLDER / "articles" / f"{self.article}.txt"

    def read(self) -> Article:
        """The article as the program reads it."""
        return read_article(self.path)


class GoldError(Exception):
    """A gold file that cannot be used; the message names it."""


try:
    from yaml import CSafeLoader as _Base  # libyaml's, ten times as fast
except ImportError:
    from yaml import SafeLoader as _Base  # type: ignore[assignment]


class _Loader(_Base):
    """YAML in which a date stays the string that it is: EDTF has more forms than YAML."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path: Path) -> Gold:
    """One gold file. Raises GoldError, naming the file and what is wrong in it."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  (a safe loader)
        gold = Gold.model_validate(data)
    except (OSError, yaml.YAMLError) as error:
        raise GoldError(f"{path.name}: {error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise GoldError(f"{path.name}: {where}: {first['msg']}") from None
    if gold.article != path.stem:
        raise GoldError(f"{path.name}: article is {gold.article!r}, the file's name says {path.stem!r}")
    return gold


def load_all(folder: Path = FOLDER / "gold") -> list[Gold]:
    """Every gold file of the set, in the order of their names. Raises GoldError."""
    return [load(path) for path in sorted(folder.glob("*.yaml"))]
