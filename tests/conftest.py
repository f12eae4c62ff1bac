"""Fixtures that any test may ask for."""

from tests.support.browser import browser, open_page, server

__all__ = ["browser", "open_page", "server"]
