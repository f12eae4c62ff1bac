"""Shops remembered on this computer: their files, the database made of them, and the notebook of what the owner wrote.

    workspace = Workspace()                              # the folder of this account, or REGULARS_HOME
    shop, added = workspace.keep("山嵐茶舖", uploads)     # a new shop; `added` says what came and what could not be read
    added = shop.add(uploads)                            # next week's export on top
    store = shop.open().store                            # at once, from the database; made again from the files when it has to be

**The notebook** is how any part of the program keeps what an owner says. `shop.notebook` is a remembered shop's file; `Notebook()` is the
same for one session, in memory. Pages take whichever holds from `pages.shared.notes.notebook()`.

    notebook.setting("targets", {})                      # settings: a name, and anything that JSON holds
    notebook.keep(targets={"30": 0.2})                   # None forgets
    notebook.rows("tags")                                # a table (see TABLES) as a DataFrame
    notebook.put("tags", [{"customer": id, "email": e, "tag": "VIP"}])   # by key: a row with the same key is changed
    notebook.drop("tags", [{"person": 3, "tag": "VIP"}])
    result(analysis, store, notebook)                    # has a key, which changes with every change

People are written with any of the names they go by (customer: the shop's key; account, email, phone), and found again by any of them.
`customers(store, notebook)` says which customer each person is. `noted(store, notebook)` is the store with the tables of the notebook
beside its own, for SQL: TABLES says which, and tables of people have `customer_id` in place of the names.
"""

from analytics.workspace.backup import packed
from analytics.workspace.disk import size
from analytics.workspace.exchange import Taken, as_csv, as_workbook, take_in
from analytics.workspace.folder import Looked
from analytics.workspace.notebook import Notebook
from analytics.workspace.noted import noted
from analytics.workspace.people import customers, tagged
from analytics.workspace.shop import NOTED, Added, Came, Forgotten, Progress, Shop
from analytics.workspace.tables import TABLES
from analytics.workspace.workspace import HOME, Workspace, home

__all__ = [
    "Added", "Came", "Forgotten", "HOME", "Looked", "NOTED", "Notebook", "Progress", "Shop", "TABLES", "Taken", "Workspace", "as_csv", "as_workbook", "customers", "home", "noted", "packed",
    "size", "tagged", "take_in",
]  # fmt: skip
