"""The one error root of this package, and the families below it.

    CertsError                what was asked for cannot be done; the person who asked can mend it
    ├── CertificateError      a certificate or a key that cannot be read or used
    ├── NamesError            a name that no server certificate can carry
    ├── LifetimeError         moments and lifetimes that no certificate can have
    └── StoreError            a file that cannot be read, or must not be written

No message carries a private key, not even a part of one.
"""


class CertsError(Exception):
    """What was asked for cannot be done; the message says what, where and what to do next."""


class CertificateError(CertsError):
    """A certificate or a key that cannot be read or used."""


class NamesError(CertsError):
    """A name that no server certificate can carry."""


class LifetimeError(CertsError):
    """A moment without a time zone, or a lifetime that no certificate can have."""


class StoreError(CertsError):
    """A file that cannot be read, or must not be written."""
