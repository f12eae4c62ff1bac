"""Every error that a reader may see, in one small tree.

RegularsError
├── InputError            a file (or a choice) cannot be used as it is
│   ├── PasswordNeeded    an encrypted workbook without a password
│   ├── WrongPassword     an encrypted workbook, and a password that does not open it
│   └── NotRecognised     a table of unknown layout: its first rows and guessed roles come along
├── TooLittleData         the orders are fine, but too few for this analysis
└── NotKept               the folder of remembered shops did not take or give what was asked; nothing in it was changed

Each is one sentence: what was got, what was wanted, what to do. `str(error)` is English; a page translates `template` and fills in
`values` itself.
"""

from __future__ import annotations

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
    """A file cannot be used. `file` is its name, or None when the fault is not one file's."""

    def __init__(self, template: str, *, file: str | None = None, **values: object) -> None:
        self.file = file
        super().__init__(template, **({} if file is None else {"file": file}), **values)


class PasswordNeeded(InputError):
    """An encrypted workbook arrived without a password."""


class WrongPassword(InputError):
    """The password given does not open the workbook."""


class NotRecognised(InputError):
    """No platform has these headers.

    preview: the first rows as text, one column per header. guess: canonical column -> header, for the roles that could be guessed.
    """

    def __init__(
        self, template: str, *, file: str, preview: pd.DataFrame, guess: dict[str, str], **values: object
    ) -> None:
        self.preview, self.guess = preview, guess
        super().__init__(template, file=file, **values)

    def as_json(self) -> dict:
        rows = {"columns": list(self.preview.columns), "data": self.preview.to_numpy().tolist()}
        return super().as_json() | {"preview": rows, "guess": self.guess}


class TooLittleData(RegularsError):
    """There are too few orders or customers for an honest answer; the sentence says how many are needed."""


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
    return kinds[told["kind"]](told["template"], **told["values"], **more)
