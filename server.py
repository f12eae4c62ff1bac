"""The server: python server.py [--share] [--processes N] [--port 8501] [--no-browser]; `run.py` installs what it needs and starts it.

By default it serves this computer alone. With --share, or under another ASGI server (uvicorn server:app --host 0.0.0.0 --port 8501), it
serves everybody on the network, and the page says whose computer the files go to. Under uvicorn a click is answered some 40 ms sooner
than under `streamlit run`, whose socket waits for acknowledgements. With --processes several of it stand behind HAProxy (serving/processes.py).
"""

from __future__ import annotations

import argparse
import ipaddress
import logging
import os
import socket
import sys
import threading
import time
import webbrowser
from contextlib import suppress

from pages.shared import place
from serving import processes

PORT = 8501


def main(words: list[str] | None = None) -> None:
    """Serve until interrupted."""
    options = _parser().parse_args(words)
    front = processes.haproxy() if options.processes > 1 else ""
    host = options.address or ("0.0.0.0" if options.share else "127.0.0.1")
    alone = not options.share and options.processes == 1 and _is_loopback(host)
    os.environ[place.SHARED], os.environ[place.ALONE] = ("", "1") if alone else ("1", "")
    port = options.port or free_port(host)
    here = f"http://127.0.0.1:{port}"
    sys.stdout.write(f"回頭客 Regulars\n  這台電腦 On this computer   {here}\n")
    if options.share:
        for address in place.addresses():
            sys.stdout.write(f"  給同學 For the class       http://{address}:{port}\n")
        sys.stdout.write("  檔案會傳到這台電腦。 Files that readers drop in come to this computer.\n")
    sys.stdout.flush()
    if not (options.headless or (sys.platform == "linux" and not os.environ.get("DISPLAY"))):
        threading.Thread(target=_open_when_ready, args=(here, port), daemon=True).start()
    if front:
        raise SystemExit(processes.serve(front, f"{host}:{port}", options.processes))
    import uvicorn

    from app import app
    from serving import warm

    warm.begin()
    config = uvicorn.Config(
        app, host=host, port=port, log_config=None, access_log=False, server_header=False, ws_max_size=200 * 2**20
    )
    for name in (
        "uvicorn.error",
        "uvicorn.access",
    ):  # Streamlit gives them a level of its own, and addresses hold what readers chose
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.WARNING)
    uvicorn.Server(config).run()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py", description="Open the dashboard.")
    parser.add_argument("--share", action="store_true", help="serve everybody on the network, as in a class")
    parser.add_argument(
        "--processes", type=int, default=1, metavar="N", help="so many processes behind HAProxy, one for each core"
    )
    parser.add_argument("--port", "--server.port", type=int, help=f"by default {PORT}, or the next that is free")
    parser.add_argument("--address", "--server.address", help="address to listen on, by default 127.0.0.1")
    parser.add_argument(
        "--no-browser", "--server.headless", dest="headless", nargs="?", const=True, default=False,
        type=lambda word: word.lower() in ("true", "1", "yes"), help="do not open a browser",
    )  # fmt: skip
    return parser


def _is_loopback(host: str) -> bool:
    """Whether only programs of this computer reach this address."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def free_port(host: str) -> int:
    """PORT, or the first after it that nothing listens on."""
    for port in range(PORT, PORT + 50):
        with socket.socket() as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise SystemExit(f"No port between {PORT} and {PORT + 49} is free; choose one with --port.")


def _open_when_ready(address: str, port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                webbrowser.open(address)
                return
        time.sleep(0.2)


if __name__ == "__main__":
    main()
else:
    os.environ.setdefault(place.SHARED, "1")
    os.environ.pop(place.ALONE, None)
    from app import app as app
