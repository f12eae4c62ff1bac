"""Set everything up and go: `python run.py` opens the dashboard with a demo shop, `python run.py test` runs all the tests.

Needs only Python 3.11 or newer. The packages go into the folder .venv beside this file, once, and again when requirements change.
`python run.py --share` serves a class on the network. Further words are passed on: `python run.py --port 8600`, and to the tests
`python run.py test tests/cohorts`.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(requirements: str) -> None:
    """Make .venv hold what this requirements file asks for; nothing to do when it did so last time."""
    wanted = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("requirements*.txt")))
    stamp = VENV / f"{requirements}.stamp"
    mark = hashlib.sha256(f"{sys.version}{wanted}".encode()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == mark:
        return
    sys.stderr.write("Installing the packages into .venv; this takes a few minutes the first time.\n")
    venv.create(VENV, with_pip=True)
    options = ["--quiet", "--disable-pip-version-check", "--requirement", str(ROOT / requirements)]
    subprocess.run([PYTHON, "-m", "pip", "install", *options], check=True)
    stamp.write_text(mark)


def main(words: list[str]) -> int:
    """The exit code of the dashboard or of the tests."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the point is to say so on an older one
        sys.stderr.write(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.\n")
        return 2
    testing = words[:1] == ["test"]
    install("requirements-dev.txt" if testing else "requirements.txt")
    command = ["-m", "pytest", *words[1:]] if testing else ["server.py", *words]
    try:
        return subprocess.run([PYTHON, *command], cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
