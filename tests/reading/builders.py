"""Documents made for tests: PDFs by hand, Word documents by python-docx."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx


def pdf(pages: Sequence[Sequence[tuple[float, float, float, str]]], info: str = "", *, encrypt: str = "") -> bytes:
    """A PDF in Helvetica; each line is (x, y, size, text of Latin-1), y measured from below on a page of 595 by 842."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>".encode("latin-1"),
    ]
    for number, lines in enumerate(pages):
        shown = "\n".join(
            f"BT /F1 {size} Tf {x} {y} Td ({text.translate({40: chr(92) + '(', 41: chr(92) + ')', 92: chr(92) * 2})}) Tj ET"
            for x, y, size, text in lines
        ).encode("cp1252")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R {encrypt} >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return bytes(out)


def set_lines(
    text: Sequence[str], *, x: float = 72, y: float = 740, size: float = 11, step: float = 14
) -> list[tuple[float, float, float, str]]:
    """Lines under one another; "" leaves a gap."""
    return [(x, y - number * step, size, line) for number, line in enumerate(text) if line]


def word(paragraphs: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]] = (), **properties: str) -> bytes:
    """A Word document of (style, text), and a table after them."""
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.core_properties.author = properties.get("author", "")
    document.core_properties.title = properties.get("title", "")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
