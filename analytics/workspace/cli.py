"""`python -m analytics shop …`: remembered shops from the command line."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from analytics.errors import RegularsError
from analytics.sources import Upload
from analytics.store import Opened
from analytics.workspace import backup, disk, manifest
from analytics.workspace.notebook import Notebook
from analytics.workspace.shop import Added, Came
from analytics.workspace.workspace import Workspace


def add_commands(commands: argparse._SubParsersAction) -> None:
    """`shop keep|add|list|backup|restore|forget`."""
    shop = commands.add_parser(
        "shop", help="shops remembered on this computer (in REGULARS_HOME, or this account's own folder)"
    )
    kinds = shop.add_subparsers(required=True, metavar="COMMAND")
    for name, run, about in (
        ("keep", _keep, "remember a new shop of these files"),
        ("add", _add, "put files on top of a remembered shop"),
    ):
        command = kinds.add_parser(name, help=about)
        command.add_argument("name", metavar="NAME")
        command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="order exports: xlsx, xls, csv or zip")
        command.add_argument("--password", help="of encrypted workbooks, which are kept without it; it is not kept")
        command.add_argument(
            "--mapping", type=Path, help="a mapping saved on the data page, for files no platform recognises"
        )
        command.set_defaults(run=run)
    kinds.add_parser("list", help="the shops there are").set_defaults(run=_list)
    command = kinds.add_parser("backup", help="files and notebook of a shop, as one zip")
    command.add_argument("name", metavar="NAME")
    command.add_argument("zip", type=Path, metavar="ZIP")
    command.set_defaults(run=_backup)
    command = kinds.add_parser("restore", help="bring a shop back from such a zip")
    command.add_argument("zip", type=Path, metavar="ZIP")
    command.set_defaults(run=_restore)
    command = kinds.add_parser("forget", help="delete a shop for good: files, tables, notebook")
    command.add_argument("name", metavar="NAME")
    command.set_defaults(run=_forget)


def opened(name: str, as_of: date | None) -> Opened:
    """The remembered shop of this name; its tables are made again first where they have to be. as_of: as in `open_shop`."""
    return _workspace().shop(name).open(_progress, as_of)


def notebook(name: str) -> Notebook:
    """What the owner of this remembered shop wrote."""
    return _workspace().shop(name).notebook


def _workspace() -> Workspace:
    workspace = Workspace()
    workspace.tidy()
    return workspace


def _keep(options: argparse.Namespace) -> int:
    notebook = Notebook()
    _tell(notebook, options)
    _shop, added = _workspace().keep(
        options.name, _uploads(options), passwords=_passwords(options), notebook=notebook, progress=_progress
    )
    return _said(added)


def _add(options: argparse.Namespace) -> int:
    shop = _workspace().shop(options.name)
    _tell(shop.notebook, options)
    return _said(shop.add(_uploads(options), passwords=_passwords(options), progress=_progress))


def _list(options: argparse.Namespace) -> int:
    for shop in _workspace().shops():
        try:
            files = shop.files
            last = max((file.added for file in files), default="–")
            print(f"{shop.name}\t{len(files)} files\t{disk.size(shop.bytes())}\tlast added {last}\t{shop.folder}")
        except RegularsError as error:
            print(error, file=sys.stderr)
    return 0


def _backup(options: argparse.Namespace) -> int:
    print(backup.pack(_workspace().shop(options.name), options.zip))
    return 0


def _restore(options: argparse.Namespace) -> int:
    shop = _workspace().restore(options.zip)
    print(f"{shop.name}: {len(shop.files)} files, {shop.notebook.count()} entries in the notebook")
    return 0


def _forget(options: argparse.Namespace) -> int:
    workspace = _workspace()
    what = workspace.forget(workspace.shop(options.name))
    print(
        f"{what.name} is forgotten: {what.files} files ({disk.size(what.bytes)}), their tables and {what.notes} entries were deleted."
    )
    return 0


def _uploads(options: argparse.Namespace) -> list[Upload]:
    return [Upload(path.name, path) for path in options.files]


def _passwords(options: argparse.Namespace) -> dict[str, str]:
    return {path.name: options.password for path in options.files} if options.password else {}


def _tell(notebook: Notebook, options: argparse.Namespace) -> None:
    if options.mapping:
        words = options.mapping.read_text("utf-8")
        for path in options.files:
            notebook.tell("mapping", manifest.file_name(path.name), words)


def _said(added: Added) -> int:
    """Say what came of files; the exit code: 2 where none was kept and not all were there already."""
    for problem in added.problems:
        print(problem, file=sys.stderr)
    if added.files:
        print(f"{len(added.files)} files added: {_came(added.came)}")
    for name in added.there:
        print(f"already there: {name}")
    if added.decrypted:
        print(f"{added.decrypted} files are kept without their password")
    return 0 if added.files or (added.there and not added.problems) else 2


def _came(came: Came) -> str:
    parts = [f"{came.added} new orders", f"{came.changed} changed"]
    parts += [
        f"{n} {what}" for n, what in ((came.cancelled, "of them cancelled"), (came.refunded, "of them refunded")) if n
    ]
    parts += [f"{came.same} as before"]
    parts += [f"{n} {what}" for n, what in ((came.gone, "gone"), (came.reviews_added, "new reviews")) if n]
    return ", ".join(parts)


def _progress(done: int, total: int, name: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} / {total} {name[:60]:60}", end="\n" if done == total else "", file=sys.stderr, flush=True)
