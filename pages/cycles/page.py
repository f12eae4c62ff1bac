"""stub"""

from pages.shared import widgets

widgets.header("stub?")
