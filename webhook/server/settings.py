"""What `prologue serve` was told."""

from dataclasses import dataclass, field
from pathlib import Path

from webhook.web.state import MAX_IN_FLIGHT

# Endpoints of a terminating Pod still get reviews until every API server has noticed.
DRAIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What `prologue serve` was told; `dev` makes a certificate of its own and falls back on the example policy."""

    host: str = "127.0.0.1"
    port: int = 8443
    operations_port: int = 8080
    policies: list[Path] = field(default_factory=list)
    tls_cert: Path | None = None
    tls_key: Path | None = None
    dev: bool = False
    minor: int | None = None
    drain_seconds: float = DRAIN_SECONDS
    max_in_flight: int = MAX_IN_FLIGHT
