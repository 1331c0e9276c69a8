"""What is raised when the other side is gone; apart, because home needs nothing else.

``session.client`` brings the whole wire format along, which home's window never speaks.
"""


class ConnectionLost(Exception):  # noqa: N818 - it is news, not a mistake
    """The other side of the control socket, or of home's pipe, is gone."""
