"""The words of the page on where data is kept: the answer, by the place that the shop is in."""

from __future__ import annotations

from datetime import datetime

from analytics.errors import NotKept
from analytics.workspace import Forgotten, size
from pages.shared import place
from pages.shared.session import OWN, Current
from pages.shared.text import _, literal, number, plural


def answer(now: Current) -> str:
    """Where the shop that is open is, in a sentence."""
    computer = literal(place.computer())
    if now.remembered:
        try:
            files = now.remembered.files
        except NotKept:
            files = ()
        where = (
            _("on this computer")
            if not place.sign_in_offered()
            else _("on the computer “{name}”, for you alone", name=computer)
        )
        return plural(
            "“{shop}” is remembered {where}: {n} file, {size}.", "“{shop}” is remembered {where}: {n} files, {size}.", len(files),
            shop=literal(now.name), where=where, size=size(now.remembered.bytes()),
        )  # fmt: skip
    if now.shop != OWN:
        return _("This is a demo shop; nothing of yours is in it.")
    if place.shared() or place.sign_in_offered():
        return _(
            "Your files are on the computer “{name}” as long as this page is open, and are not kept.", name=computer
        )
    return _("Your files are on this computer as long as this page is open, and are not kept.")


def scope() -> str:
    """What holds of this server."""
    if place.sign_in_offered():
        if place.signed_in():
            return _("You are signed in: your shops are remembered on this server, and nobody else can open them.")
        return _("Nothing is remembered for those who are not signed in.")
    if place.workspace():
        return _("Only this computer is served: shops can be remembered in a folder of your account.")
    return _("This server serves others too: nothing that is dropped in is remembered.")


def age(then: datetime) -> int:
    """Whole days since then."""
    return max(0, (datetime.now() - then).days)


def forgotten(what: Forgotten) -> str:
    """What was deleted."""
    return _(
        "“{name}” is forgotten: {files} files ({size}), their tables and {notes} entries of the notebook were deleted for good.",
        name=literal(what.name),
        files=number(what.files),
        size=size(what.bytes),
        notes=number(what.notes),
    )
