"""The figures that Prometheus reads; the labels come from fixed sets, never from a request's text."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from webhook.admission.decision import Decision

# Reviews take 0.1 to 5 ms; the API server gives up after seconds.
_BUCKETS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1.0, 3.0)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
ROUTES = ("mutate", "validate")
_OUTCOMES = ("untouched", "denied", "injected", "warned", "allowed")


class Metrics:
    """A registry of its own, so that two services in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        reviews = Counter(
            "prologue_reviews", "Reviews answered, by route and outcome.", ["route", "outcome"], registry=self.registry
        )
        seconds = Histogram(
            "prologue_review_seconds",
            "Seconds from the last byte of a review to its answer, by route.",
            ["route"],
            registry=self.registry,
            buckets=_BUCKETS,
        )
        # Looked up once: labels() takes a lock and builds a tuple every time.
        self._reviews = {(r, o): reviews.labels(r, o) for r in ROUTES for o in _OUTCOMES}
        self._seconds = {route: seconds.labels(route) for route in ROUTES}
        self._refusals = Counter(
            "prologue_refused_requests",
            "Requests that got no review's answer, by HTTP status.",
            ["status"],
            registry=self.registry,
        )
        self._findings = Counter("prologue_findings", "Findings, by rule code.", ["code"], registry=self.registry)
        self._policy_reloads = Counter(
            "prologue_policy_reloads", "Looks at changed policy files, by result.", ["result"], registry=self.registry
        )
        self._policy_broken = Gauge(
            "prologue_policy_broken",
            "1 while the policy files are broken and the last good policy serves.",
            registry=self.registry,
        )
        self._certificate = Gauge(
            "prologue_certificate_not_after_seconds",
            "Unix time at which the serving certificate expires.",
            registry=self.registry,
        )
        self._certificate_refused = Gauge(
            "prologue_certificate_refused",
            "1 while the certificate files do not fit and the last good pair serves.",
            registry=self.registry,
        )

    def reviewed(self, route: str, decision: Decision, seconds: float) -> None:
        """Count one answered review."""
        self._reviews[route, decision.outcome].inc()
        self._seconds[route].observe(seconds)
        for finding in decision.findings[:100]:
            self._findings.labels(finding.code).inc()

    def refused(self, status: int) -> None:
        """Count one request that was no review, or that we failed at."""
        self._refusals.labels(str(status)).inc()

    def policy_looked_at(self, *, changed: bool, newly_broken: bool, broken: bool) -> None:
        """Tell what a look at the policy files came to."""
        if newly_broken:
            self._policy_reloads.labels("broken").inc()
        elif changed:
            self._policy_reloads.labels("loaded").inc()
        self._policy_broken.set(int(broken))

    def certificate(self, not_after: float, *, refused: bool) -> None:
        """Tell when the serving certificate expires, and whether newer files were refused."""
        self._certificate.set(not_after)
        self._certificate_refused.set(int(refused))

    def text(self) -> bytes:
        """Give all figures in Prometheus' text format."""
        return generate_latest(self.registry)
