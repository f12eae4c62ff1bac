"""Kill a program that changes remembered shops, at random moments, and look whether anything was lost.

    python benchmarks/kills.py [--kills 200] [--seed 0]

Each turn a child process adds, takes out, renames, forgets, restores and writes notes, saying before each change what it is about to do;
it is killed (SIGKILL) after a random while. Then the shop is opened as at the next start. Counted: shops lost, states that are neither
the one before nor the one after the change under way, databases that differ from their files, and files that belong to no state.
Target: 0 of each.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from analytics.sources import Upload  # noqa: E402
from analytics.store import open_shop  # noqa: E402
from analytics.workspace import Shop, Workspace  # noqa: E402
from analytics.workspace.disk import IN_THE_MAKING  # noqa: E402
from tests.support.rows import order, shopify_csv  # noqa: E402

NAME = "茶舖"
MONTHS = [
    Upload(
        f"orders_{month}.csv",
        shopify_csv(
            order(f"c{n}", f"2025-{month:02}-{1 + n % 27:02}", 100 + n, name=f"#{month * 1000 + n}") for n in range(60)
        ),
    )
    for month in range(1, 7)
]


def state(shop: Shop) -> str:
    """Everything that is remembered of a shop, as one text; not the keys by which its files know people, which are learned whenever files come."""
    notebook = shop.notebook
    files = sorted((file.name, file.digest) for file in shop.files)
    tables = [notebook.rows(table) for table in ("tags", "notes", "campaigns")]
    notes = [table.drop(columns="customer", errors="ignore").to_dict("records") for table in tables]
    return json.dumps([shop.name, files, notebook.settings(), notes], ensure_ascii=False, default=str)


def changes(home: Path, draw: random.Random) -> list[tuple[str, Callable[[], object]]]:
    """What a child may do next to the shop."""
    workspace = Workspace(home)
    shop = next(one for one in workspace.shops() if one.name.startswith(NAME))
    held = [file.name for file in shop.files]
    free = [month for month in MONTHS if month.name not in held]
    n = draw.randrange(1000)
    found: list[tuple[str, Callable[[], object]]] = [
        ("note", lambda: shop.notebook.put("notes", [{"email": f"c{n}@example.com", "note": f"n{n}-{i}", "written_at": "2025-01-01 00:00:00"} for i in range(20)])),
        ("tag", lambda: shop.notebook.put("tags", [{"email": f"c{i}@example.com", "tag": f"t{n}"} for i in range(50)])),
        ("setting", lambda: shop.notebook.keep(a=n, b=n)),
        ("rename", lambda: workspace.rename(shop, f"{NAME} {n}")),
    ]  # fmt: skip
    if free:
        come = free[: draw.randint(1, 3)]
        found += [(f"add {' '.join(file.name for file in come)}", lambda: shop.add(come))] * 4
    if len(held) > 1:
        go = draw.sample(held, draw.randint(1, len(held) - 1))
        found += [(f"take out {' '.join(go)}", lambda: shop.take_out(go))] * 3
    return found


def child(home: Path, seed: int, said: Connection) -> None:
    """Change the shop until killed, saying what state it is in before each change and after it."""
    draw = random.Random(seed)
    workspace = Workspace(home)
    while True:
        name, change = draw.choice(changes(home, draw))
        said.send(("begin", name))
        change()
        other = [one for one in workspace.shops() if not one.name.startswith(NAME)]
        if other and draw.random() < 0.5:
            workspace.forget(other[0])
        elif draw.random() < 0.3 and len(other) < 2:
            workspace.keep(f"other {draw.randrange(10**6)}", MONTHS[:1])
        shop = next(one for one in workspace.shops() if one.name.startswith(NAME))
        said.send(("done", state(shop)))


def wrong(home: Path, before: str, allowed: Callable[[str], bool], deep: bool) -> list[str]:
    """What is wrong with the workspace after the next start."""
    workspace = Workspace(home)
    workspace.tidy()
    mine = [one for one in workspace.shops() if one.name.startswith(NAME)]
    if len(mine) != 1:
        return ["shops lost"]
    [shop] = mine
    found = []
    if not allowed(state(shop)):
        found.append("half a state")
    for one in workspace.shops():
        names = {file.name for file in one.files}
        here = {path.name for path in (one.folder / "files").iterdir()}
        if names != here:
            found.append("files that belong to no state")
        if any(hashlib.sha256(one.path(file).read_bytes()).hexdigest() != file.digest for file in one.files):
            found.append("damaged files")
        store = one.open().store
        if deep:
            files = open_shop([Upload(file.name, one.path(file)) for file in one.files]).store
            if not files.table("orders").equals(store.table("orders")):
                found.append("databases that differ from their files")
    known = ("shop.json", "notebook.sqlite", "files")
    for path in home.rglob("*"):
        of_shop = path.parent.parent.name == "shops" and path.parent.is_dir()
        stray = of_shop and path.name not in known and not path.name.endswith(".duckdb")
        if path.name.startswith(IN_THE_MAKING) or stray:
            found.append(f"left over: {path.relative_to(home)}")
    if any(len(list(one.folder.glob("*.duckdb"))) > 1 for one in workspace.shops()):
        found.append("left over: a second database")
    return found


def run(kills: int, seed: int, *, longest: float = 1.5, show: bool = True) -> Counter[str]:
    """Kill so often; what was wrong, counted."""
    draw, found, during = random.Random(seed), Counter(), Counter()
    context = multiprocessing.get_context("forkserver" if os.name != "nt" else "spawn")
    if os.name != "nt":
        context.set_forkserver_preload(["benchmarks.kills"])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        Workspace(home).keep(NAME, MONTHS[:2])
        for turn in range(kills):
            shop = next(one for one in Workspace(home).shops() if one.name.startswith(NAME))
            before, doing = state(shop), "nothing"
            mine, its = context.Pipe(duplex=False)
            process = context.Process(target=child, args=(home, draw.randrange(2**31), its), daemon=True)
            process.start()
            its.close()
            mine.poll(60)
            time.sleep(draw.uniform(0, longest))
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            try:
                while mine.poll(0):
                    kind, words = mine.recv()
                    before, doing = (words, "nothing") if kind == "done" else (before, words)
            except (EOFError, OSError):
                pass  # killed in the middle of a word: what it said before holds
            during[doing.split()[0]] += 1
            after = state(next(one for one in Workspace(home).shops() if one.name.startswith(NAME)))
            allowed = _allowed(before, doing)
            for one in wrong(home, before, lambda now, after=after, allowed=allowed: allowed(now), deep=turn % 10 == 0):
                found[one] += 1
                if show:
                    print(f"turn {turn}, while {doing}: {one}\n  {before[:300]}\n  {after[:300]}", flush=True)
    if show:
        print(f"{kills} kills while: {dict(during)}")
        print("wrong:", dict(found) or "nothing")
    return found


def _allowed(before: str, doing: str) -> Callable[[str], bool]:
    """Whether a state is the one before the change, or one that the change, whole, may have led to."""
    was = json.loads(before)

    def allowed(now: str) -> bool:
        if now == before:
            return True
        name, files, settings, (tags, notes, campaigns) = json.loads(now)
        old_name, old_files, old_settings, (old_tags, old_notes, old_campaigns) = was
        same = {
            "name": name == old_name,
            "files": files == old_files,
            "settings": settings == old_settings,
            "tags": tags == old_tags,
            "notes": notes == old_notes,
            "campaigns": campaigns == old_campaigns,
        }
        kind, _space, names = doing.removeprefix("take ").partition(" ")
        what = {
            "add": "files",
            "out": "files",
            "rename": "name",
            "setting": "settings",
            "tag": "tags",
            "note": "notes",
        }.get(kind)
        others = all(kept for part, kept in same.items() if part != what)
        whole = {
            "add": lambda: {file for file, _ in files} == {file for file, _ in old_files} | set(names.split()),
            "out": lambda: {file for file, _ in files} == {file for file, _ in old_files} - set(names.split()),
            "rename": lambda: True,
            "setting": lambda: settings["a"] == settings["b"],
            "tag": lambda: len(tags) == len(old_tags) + 50,
            "note": lambda: len(notes) == len(old_notes) + 20,
        }.get(kind, lambda: False)
        return others and whole()

    return allowed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    return int(bool(run(given.kills, given.seed)))


if __name__ == "__main__":
    sys.exit(main())
