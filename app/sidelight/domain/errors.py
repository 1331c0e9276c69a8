"""What is wrong with the world: said to people, with a way forward, or with a text."""


class UserError(Exception):
    """Something in the world (file, device, model, setting) is not as it must be.

    Everything else that is raised is a bug of ours and travels to a border.

    Attributes:
        message: One sentence for a person, saying what is wrong. Never session content.
        remedy: What the person can do next; a sentence or a command.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["UserError"], tuple[str, str]]:
        """Survive the pipe between processes with both sentences."""
        return (type(self), (self.message, self.remedy))

    def __str__(self) -> str:
        """The sentence and the way forward, as printed on stderr."""
        return f"{self.message} {self.remedy}"


class WireError(Exception):
    """Text that is not one of our values: damaged, or written by a newer program."""
