"""Every error that a reader may see, in one small tree.

RegularsError
├── InputError            a file (or a choice) cannot be used as it is
│   ├── PasswordNeeded    an encrypted workbook without a password
│   ├── WrongPassword     an encrypted workbook, and a password that does not open it
│   └── NotRecognised     a table of unknown layout: its first rows and guessed roles come along
├── TooLittleData         the orders are fine, but too few for this analysis
└── NotKept               the folder of remembered shops did not take or give what was asked; nothing in it was changed

Each is one sentence: what was got, what was wanted, what to do. `str(error)` is English; a page translates `template` and fills in
`values` itself. A `Note` is such a sentence about a file that could be used.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd


def N_(template: str) -> str:
    """Mark a sentence for the catalogues without translating it here."""
    return template


class RegularsError(Exception):
    """Root of the tree. `template` has named placeholders for `values`."""

    def __init__(self, template: str, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values))

    def as_json(self) -> dict:
        """What JSON can hold of it: the error comes back by `from_json`, days as texts."""
        return {"kind": type(self).__name__, "template": self.template, "values": self.values}


class InputError(RegularsError):
    """A file cannot be used. `file` is its name, or None when the fault is not one file's; `key` names its content, as `files.key` does.

    What the owner says of a file (a password, which column is which) is kept by key: two files may have one name.
    """

    def __init__(self, template: str, *, file: str | None = None, **values: object) -> None:
        self.file, self.key = file, ""
        super().__init__(template, **({} if file is None else {"file": file}), **values)

    def as_json(self) -> dict:
        return super().as_json() | {"key": self.key}


class PasswordNeeded(InputError):
    """An encrypted workbook arrived without a password."""


class WrongPassword(InputError):
    """The password given does not open the workbook."""


class NotRecognised(InputError):
    """No platform has these headers.

    preview: the first rows as text, one column per header. guess: canonical column -> header, for the roles that could be guessed.
    refused: its owner gave a mapping for it that was refused, with a sentence of its own: that one is enough (`told_once`).
    """

    def __init__(
        self, template: str, *, file: str, preview: pd.DataFrame, guess: dict[str, str], **values: object
    ) -> None:
        self.preview, self.guess, self.refused = preview, guess, False
        super().__init__(template, file=file, **values)

    def as_json(self) -> dict:
        rows = {"columns": list(self.preview.columns), "data": self.preview.to_numpy().tolist()}
        return super().as_json() | {"preview": rows, "guess": self.guess, "refused": self.refused}


class TooLittleData(RegularsError):
    """There are too few orders or customers for an honest answer; the sentence says how many are needed."""


@dataclass(frozen=True)
class Note:
    """Something odd about a file that was read: `template` with named placeholders for `values`, pairs of a name and what it stands for."""

    template: str
    values: tuple[tuple[str, str | int], ...] = ()

    def __str__(self) -> str:
        return self.template.format(**dict(self.values))

    def __contains__(self, words: str) -> bool:
        return words in str(self)

    def to_json(self) -> str:
        """One text, as the table `files` holds it."""
        return json.dumps([self.template, dict(self.values)], ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Note:
        """The note that `to_json` wrote."""
        template, values = json.loads(text)
        return cls(template, tuple(values.items()))


def note(template: str, **values: str | int) -> Note:
    """`note(N_("{n} rows …"), n=3)`."""
    return Note(template, tuple(values.items()))


class NotKept(RegularsError):
    """What was to be remembered, or was remembered, cannot be written or read now; the sentence says why, and that nothing is lost."""


def from_json(told: dict) -> RegularsError:
    """The error that `as_json` told of."""
    kinds = {
        kind.__name__: kind
        for kind in (InputError, PasswordNeeded, WrongPassword, NotRecognised, TooLittleData, NotKept)
    }
    more = {}
    if "preview" in told:
        more = {"preview": pd.DataFrame(**told["preview"], dtype=str), "guess": told["guess"]}
    error = kinds[told["kind"]](told["template"], **told["values"], **more)
    if isinstance(error, InputError):
        error.key = told.get("key", "")
    if isinstance(error, NotRecognised):
        error.refused = told.get("refused", False)
    return error


def told_once(problems: Iterable[RegularsError]) -> list[RegularsError]:
    """The problems that need a sentence: a file whose mapping was refused is not called unknown as well."""
    return [problem for problem in problems if not (isinstance(problem, NotRecognised) and problem.refused)]
