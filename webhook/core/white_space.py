"""White space as Go sees it."""

# Go's `unicode.IsSpace`; Python also counts the separators U+001C to U+001F, Go does not.
_SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"


def is_padded(text: str) -> bool:
    """Say whether a text begins or ends with white space (Go's `strings.TrimSpace` would change it)."""
    return text.strip(_SPACES) != text
