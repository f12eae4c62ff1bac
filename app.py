"""The dashboard: `streamlit run app.py`. Each run of it draws the frame (menu, language, shop, files, filters), then the page.

Streamlit looks into this file for a server first, and then runs it as a script for each reader; hence the two halves.
"""

if __name__ == "__main__":
    from pages.shared import frame

    frame.run()
else:
    import atexit
    import gc

    from starlette.middleware import Middleware
    from streamlit.runtime.pages_manager import PagesManager

    from analytics.store import imports
    from pages.shared import frame as frame  # so that the first reader does not wait for the imports
    from pages.shared import place
    from serving.compressed import Compressed
    from serving.guards import Guards
    from serving.lighter import Lighter
    from serving.runtime import Dashboard, few_arenas, one_thread_each, read_options_freely, wake_once, write_theme_once

    # A server that has not run yet takes pages/ for Streamlit's old menu, and says "Page not found" over a deep link.
    PagesManager.uses_pages_directory = False
    app = Dashboard(
        __file__,
        middleware=[
            Middleware(Guards, hosts=place.hosts()),
            Middleware(Compressed),
            Middleware(Lighter),
        ],
    )
    few_arenas()
    one_thread_each()
    write_theme_once()
    read_options_freely()
    wake_once()
    imports.of_server().warm()
    # What is imported by now stays: to look it over again after every click costs 90 ms.
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
