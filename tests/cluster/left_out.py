"""How the harness says that something can be neither found nor made on this machine."""


class LeftOutError(Exception):
    """What a test needs can be neither found nor made here; the message is one line."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))
