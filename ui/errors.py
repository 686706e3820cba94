"""What can go wrong on the page itself; every message is ready to be shown to a person."""


class CannotListen(Exception):
    """The page cannot be served on that host and port; the message names them, the reason and the way out."""


class BadSetting(Exception):
    """A variable of the environment has no value of its kind; the message names it, the value and the way out."""
