"""Text as Go sees it, where Python differs."""


def lower(text: str) -> str:
    """Give a text in lower case: Go makes one letter of every letter, so that the dotted capital I becomes a plain i."""
    return text if text.isascii() and text.islower() else text.replace("\u0130", "i").lower()
