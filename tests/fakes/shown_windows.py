"""Home with the start card, the sidebar and a review on the screen, until it is ended.

For tests that look at windows from outside; what they show is invented.
"""

import sys

from sidelight.ui.application import WindowOptions, make_application
from sidelight.ui.gallery import SIDEBARS, review_of
from sidelight.ui.home.window import HomeWindow
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.specimen import specimen_events
from sidelight.ui.specimen_home import HOMES


def main() -> int:
    """Show them."""
    application, theme = make_application(WindowOptions())
    home = HomeWindow(theme)
    for news in (*HOMES["sessions"], *HOMES["card"]):
        home.take(news)
    sidebar = SidebarWindow(theme)
    sidebar.show_texts(SIDEBARS["running"])
    review = review_of(theme, specimen_events())
    for window in (home, sidebar, review):
        window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
