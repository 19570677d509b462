"""What the running service holds between requests: the policy in force, the facts, the metrics, and whether it drains."""

import datetime as dt
from dataclasses import dataclass, field

from webhook.policy.policy import Facts
from webhook.policy.store import PolicyStore
from webhook.web.metrics import Metrics

# More reviews than this at once are turned away with 503: the API server retries inside its own timeout, and each
# review of 7 MiB that waits costs about 60 MiB once it is read.
MAX_IN_FLIGHT = 64


@dataclass(slots=True)
class State:
    """The one mutable thing of the service; everything else is made of values."""

    store: PolicyStore
    metrics: Metrics
    max_in_flight: int = MAX_IN_FLIGHT
    in_flight: int = 0
    draining: bool = False
    started: bool = False
    certificate_problem: str = ""
    certificate_not_after: dt.datetime | None = None
    facts: Facts = field(default_factory=Facts)

    @property
    def ready(self) -> bool:
        """Whether new reviews should come here."""
        return self.started and not self.draining

    def set_today(self, now: dt.datetime) -> None:
        """Tell the day (UTC), by which exemptions end."""
        today = now.date().isoformat()
        if today != self.facts.today:
            self.facts = Facts(self.facts.namespaces, today)
