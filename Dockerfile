# Any image with Python 3.11 or newer, its venv module and a shell will do; both stages use the same one.
ARG PYTHON_IMAGE=docker.io/library/python:3.13-slim

FROM ${PYTHON_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_COMPILE=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
# What changes seldom comes first: the pinned libraries are a layer of their own.
COPY requirements/build.txt requirements/runtime.txt requirements/
RUN python3 -m venv /opt/build \
 && /opt/build/bin/pip install --quiet --require-hashes --only-binary :all: --requirement requirements/build.txt
RUN python3 -m venv --without-pip /opt/prologue \
 && /opt/build/bin/pip --python /opt/prologue/bin/python \
      install --quiet --require-hashes --only-binary :all: --requirement requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY certs certs
COPY webhook webhook
# The same bytes of bytecode for the same source, whatever the dates of the files.
RUN /opt/build/bin/pip wheel --quiet --no-deps --no-index --no-build-isolation --wheel-dir dist . \
 && /opt/build/bin/pip --python /opt/prologue/bin/python install --quiet --no-deps --no-index dist/*.whl \
 && python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/prologue/lib

FROM ${PYTHON_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Prologue" \
      org.opencontainers.image.description="The admission service for everything that runs before a Pod's main containers." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /opt/prologue /opt/prologue
ENV PATH=/opt/prologue/bin:/usr/local/bin:/usr/bin:/bin
# Nothing installs anything here any more. Slim images come without bytecode of the standard library, and a read-only file
# system could not keep it: the commands leave behind that of what the service imports, and prove that it can be imported.
RUN find / -xdev \( -path '*/ensurepip' -o -path '*-packages/pip' -o -path '*-packages/pip-*-info' -o -path '*/bin/pip*' \) \
      -prune -exec rm -rf {} + \
 && prologue rules > /dev/null \
 && python -c 'import webhook.server.run'
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PROLOGUE_HOST=0.0.0.0
USER 65532:65532
WORKDIR /
# 8443: reviews, HTTPS. 8080: /healthz, /readyz and /metrics, plain.
EXPOSE 8443 8080
ENTRYPOINT ["prologue"]
# Asks for a certificate; `serve --dev` makes one of its own.
CMD ["serve"]
