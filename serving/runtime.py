"""Streamlit's server as this dashboard wants it: a session whose reader has left is over after a while, and all that was its own is freed.

Streamlit keeps the sessions of closed tabs, in case their readers come back, and looks for old ones only when another tab is closed; nor
does it delete their files then. This module stands on the insides of the one Streamlit version that requirements.txt names.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pyarrow as pa
import streamlit as st
from starlette.exceptions import HTTPException
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import Runtime, RuntimeConfig, app_session, get_instance
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.session_manager import SessionInfo, SessionStorage
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.cache_storage_manager_config import create_default_cache_storage_manager
from threadpoolctl import threadpool_limits

from pages.shared import place, uploads

QUOTA, SHARED_QUOTA = 6 << 30, 2 << 30
"""Bytes of files that one session may have, alone and where others are served."""
FREE = 1 << 30
"""Bytes of the disk that uploads leave free."""
M_ARENA_MAX, ARENAS = -8, 2


class Dashboard(st.App):
    """The app, with sessions that end and uploads that go with them."""

    def _create_runtime(self) -> Runtime:
        files = MemoryMediaFileStorage("/media")
        runtime = Quiet(
            RuntimeConfig(
                script_path=str(self._resolve_script_path()),
                media_file_storage=files,
                uploaded_file_manager=Uploads("/_stcore/upload_file"),
                cache_storage_manager=create_default_cache_storage_manager(),
                session_storage=Left(config.get_option("server.disconnectedSessionTTL")),
                on_script_error=self._on_script_error,
            )
        )
        runtime._media_file_mgr = Downloads(files)
        return runtime


class Quiet(Runtime):
    """Streamlit's runtime, which does not wake its own loop through a socket when it is in it already."""

    def _enqueued_some_message(self) -> None:
        objects = self._get_async_objs()
        if asyncio._get_running_loop() is objects.eventloop:
            objects.need_send_data.set()
        else:
            super()._enqueued_some_message()


class Left(SessionStorage):
    """Sessions whose readers have left, closed unless they come back within `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._sessions: dict[str, SessionInfo] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def get(self, session_id: str) -> SessionInfo | None:
        return self._sessions.get(session_id)

    def save(self, session_info: SessionInfo) -> None:
        session = session_info.session.id
        self.delete(session)
        self._sessions[session] = session_info
        with suppress(RuntimeError):  # no loop: the server is stopping
            self._timers[session] = asyncio.get_running_loop().call_later(self.seconds, self._over, session)

    def delete(self, session_id: str) -> None:
        self._sessions.pop(session_id, None)
        if timer := self._timers.pop(session_id, None):
            timer.cancel()

    def list(self) -> list[SessionInfo]:
        return list(self._sessions.values())

    def _over(self, session: str) -> None:
        if session in self._sessions:
            runtime = get_instance()
            runtime.close_session(session)
            runtime.media_file_mgr.remove_orphaned_files()
            threading.Thread(target=give_back, name="give back", daemon=True).start()


class Downloads(MediaFileManager):
    """Streamlit's keeper of what pages offer for download, which knows whose each file is."""

    def __init__(self, storage: MemoryMediaFileStorage) -> None:
        super().__init__(storage)
        self._made: dict[str, set[str]] = {}

    def execute_deferred(self, file_id: str) -> str:
        made_for = self._deferred_callables.get(file_id)
        address = super().execute_deferred(file_id)
        if made_for:
            self._made.setdefault(_name(address), set()).add(made_for["session_id"])
        return address

    def sessions_of(self, address: str) -> set[str]:
        """The sessions for which this file was made."""
        name = _name(address)
        shown = {
            session for session, files in list(self._files_by_session_and_coord.items()) if name in list(files.values())
        }
        return shown | self._made.get(name, set())

    def _delete_file(self, file_id: str) -> None:
        super()._delete_file(file_id)
        self._made.pop(file_id, None)


def _name(address: str) -> str:
    return address.rsplit("/", 1)[-1].split(".", 1)[0]


class Uploads(MemoryUploadedFileManager):
    """Streamlit's keeper of files, which lets the files on disk go too."""

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        taken = len(file.data) + sum(map(len, (kept.data for kept in self.file_storage.get(session_id, {}).values())))
        if file.data and taken + uploads.size(session_id) > (SHARED_QUOTA if place.shared() else QUOTA):
            raise HTTPException(413, "This session has more files than it may have.")
        if file.data and uploads.room() - len(file.data) < FREE:
            raise HTTPException(507, "The disk is full.")
        super().add_file(session_id, file)

    def remove_file(self, session_id: str, file_id: str) -> None:
        super().remove_file(session_id, file_id)
        uploads.forget_file(session_id, file_id)

    def remove_session_files(self, session_id: str) -> None:
        super().remove_session_files(session_id)
        uploads.forget(session_id)


def write_theme_once() -> None:
    """Keep what every run of a page tells the browser about colours and type: Streamlit looks some 300 options up each time."""
    write, kept = app_session._populate_theme_msg, {}

    def populate(message: CustomThemeConfig, section: str = "theme") -> None:
        if section not in kept:
            write(theme := CustomThemeConfig(), section)
            kept[section] = theme
        if kept[section].ByteSize():
            message.MergeFrom(kept[section])

    app_session._populate_theme_msg = populate


def read_options_freely() -> None:
    """Read Streamlit's options without its lock, which every message of every page's run takes: the runs of a class wait for each other at it."""
    take = config.get_option

    def read(key: str) -> Any:
        options = config._config_options
        return options[key].value if options and key in options else take(key)

    config.get_option = read


def wake_once() -> None:
    """Hand over what a page's run has to say in one go: Streamlit wakes the server's loop for every element, and the run stops for it."""
    lock = threading.Lock()

    def together(session: AppSession, callback: Callable[[], None]) -> None:
        with lock:
            waiting = session.__dict__.setdefault("_told_together", [])
            waiting.append(callback)
            first = len(waiting) == 1
        if first:
            with suppress(RuntimeError):  # the loop is closed: the server is stopping
                session._event_loop.call_soon_threadsafe(hand_over, session)

    def hand_over(session: AppSession) -> None:
        with lock:
            waiting, session.__dict__["_told_together"] = session.__dict__["_told_together"], []
        for callback in waiting:
            try:
                callback()
            except Exception as error:  # one that fails does not take the others along
                session._event_loop.call_exception_handler({"message": "telling the browser", "exception": error})

    AppSession._call_soon_on_event_loop = together


def one_thread_each() -> None:
    """Let numerical libraries work in the thread that asks: readers share the cores already, and threads that wait for each other spin."""
    os.environ["OMP_NUM_THREADS"] = "1"  # for what is loaded later
    threadpool_limits(limits=1)


def few_arenas() -> None:
    """Let threads share their heaps (Linux): each run of a page is a thread, and a heap of its own keeps what it frees."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Collect what a session left, and hand its memory back to the system."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
