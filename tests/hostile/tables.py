"""The parts of docs/reliability.md that are made from the suites: `python -m tests.hostile.tables` writes them anew."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.hostile.faults import ANSWERS, BODIES, ERRORS, FAULTS, REDIRECTS, STATUSES, WIRE, Fault

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = ROOT / "docs" / "reliability.md"
_GROUPS = {
    "Statuses that are no answer": REDIRECTS,
    "Errors and what they say": ERRORS,
    "On the wire": WIRE,
    "Bodies": BODIES,
    "Answers": ANSWERS,
}


def faults() -> str:
    """Every row; statuses that end alike in one."""
    lines = [f"{len(FAULTS)} faults, each tried once and for ever.", "", "| fault | once | for ever |", "|---|---|---|"]
    alike: dict[tuple[str, str], list[str]] = {}
    for fault in STATUSES:
        alike.setdefault((fault.once, fault.always), []).append(fault.name.removeprefix("status "))
    lines += [f"| status {', '.join(codes)} | {once} | {always} |" for (once, always), codes in alike.items()]
    for group, rows in _GROUPS.items():
        lines += [f"| **{group}** | | |", *map(_row, rows)]
    return "\n".join(lines)


def dependencies() -> str:
    """The project's own dependencies, with the reasons that stand beside them in pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    names = [re.split(r"[^\w.-]", one)[0] for one in project["dependencies"]]
    lines = [f"{len(names)} packages.", "", "| package | why |", "|---|---|"]
    for name in names:
        found = re.search(rf'^\s*"{re.escape(name)}[^"]*",\s*# (.+)$', text, re.MULTILINE)
        lines.append(f"| {name} | {found.group(1).strip() if found else ''} |")
    return "\n".join(lines)


PARTS = {"faults": faults, "dependencies": dependencies}


def replaced(text: str) -> str:
    """The document with its made parts as they are now."""
    for name, make in PARTS.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        text = pattern.sub(lambda found, make=make: f"{found[1]}{make()}\n{found[2]}", text)  # type: ignore[misc]
    return text


def _row(fault: Fault) -> str:
    return f"| {fault.name.replace('|', '/')} | {fault.once} | {fault.always} |"


if __name__ == "__main__":
    DOCUMENT.write_text(replaced(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
