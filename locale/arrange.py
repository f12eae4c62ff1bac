"""Put the catalogues in order: python locale/arrange.py [--check]

Each sentence that the code marks stands in the catalogue of the room that says it: one per page, `shared` for what several pages say,
`sources` and `analytics`. Translations are kept, sentences that nobody says any more go, and those without words are listed (exit code 1)
and written with an empty msgstr, to be filled in by hand. --check changes nothing and fails where something would change.

Keys (`Champions`, `cancelled`) are said by no sentence: they have English words too, and stand in `sources` where a platform's file names
them, else in `analytics`.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("zh_TW", "en")
Words = str | tuple[str, str]


def code() -> list[Path]:
    """Every file that may mark a sentence, in a fixed order."""
    return [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "analytics").rglob("*.py"))]


def marked(path: Path) -> Iterator[Words]:
    """The sentences a file marks: `_("…")`, `N_("…")`, and both forms of `plural("…", "…", n)`."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [argument.value for argument in node.args[:2] if isinstance(argument, ast.Constant)]
        if name in {"_", "N_"} and texts and isinstance(texts[0], str) and texts[0]:
            yield texts[0]
        elif name == "plural" and len(texts) == 2:
            yield texts[0], texts[1]


def room(path: Path) -> str:
    """The catalogue of a file: its page's, shared, sources or analytics."""
    parts = path.relative_to(ROOT).parts
    if parts[0] == "pages":
        return parts[1]
    return "shared" if parts[0] == "app.py" else "sources" if parts[1] == "sources" else "analytics"


def homes() -> dict[str, tuple[str, Words]]:
    """First form of each sentence -> its catalogue and all its forms."""
    found: dict[str, tuple[set[str], Words]] = {}
    for path in code():
        for words in marked(path):
            first = words if isinstance(words, str) else words[0]
            rooms, forms = found.setdefault(first, (set(), words))
            rooms.add(room(path))
            found[first] = rooms, (words if isinstance(words, tuple) else forms)
    return {first: (_home(rooms), words) for first, (rooms, words) in found.items()}


def _home(rooms: set[str]) -> str:
    if len(rooms) == 1:
        return next(iter(rooms))
    return "analytics" if rooms <= {"sources", "analytics"} else "shared"


def translations(lang: str) -> dict[str, Words]:
    """First form of each msgid -> its words, out of all catalogues of a language."""
    held: dict[str, Words] = {}
    for path in sorted(folder(lang).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id:
                    held.setdefault(message.id if isinstance(message.id, str) else message.id[0], message.string)
    return held


def folder(lang: str) -> Path:
    return ROOT / "locale" / lang / "LC_MESSAGES"


def arranged(lang: str) -> tuple[dict[str, bytes], list[str]]:
    """What the catalogues of a language should be, file name -> content, and the sentences that have no words in it."""
    said, told, keys = homes(), translations(lang), translations("en")
    named = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "analytics" / "sources").rglob("*.toml")))
    catalogues: dict[str, Catalog] = {}
    missing = []
    wanted = dict(said) if lang != "en" else {}
    for key in sorted(keys.keys() - said.keys()):
        wanted[key] = ("sources" if f'"{key}"' in named else "analytics"), key
    for first, (home, words) in wanted.items():
        string = told.get(first, "")
        if not string or not all([string] if isinstance(string, str) else string):
            missing.append(first)
        if isinstance(words, tuple) and isinstance(string, str):
            string = (string,)
        catalogues.setdefault(home, Catalog(locale=lang, fuzzy=False)).add(words, string)
    return {f"{home}.po": _text(catalogue) for home, catalogue in sorted(catalogues.items())}, missing


def _text(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=0, omit_header=True)
    head = f'msgid ""\nmsgstr ""\n"Language: {catalogue.locale_identifier}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    return (head + f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n' + out.getvalue().decode().strip() + "\n").encode()


def main() -> int:
    """The exit code: 1 where a sentence has no words, or with --check where a file is not in order."""
    wrong = []
    for lang in LANGUAGES:
        files, missing = arranged(lang)
        wrong += [f"no {lang} words: {sentence}" for sentence in missing]
        here = {path.name: path.read_bytes() for path in folder(lang).glob("*.po")}
        changed = [name for name in {*files, *here} if files.get(name) != here.get(name)]
        if "--check" in sys.argv:
            wrong += [f"not in order: {lang}/{name}" for name in sorted(changed)]
            continue
        for name in changed:
            path = folder(lang) / name
            path.write_bytes(files[name]) if name in files else path.unlink()
    sys.stderr.write("".join(f"{line}\n" for line in wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
