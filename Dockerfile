# `concord serve` in a container: what it needs to run and nothing else, as a user who may change nothing but /data.

FROM python:3.11-slim AS packages
COPY requirements-run.lock .
RUN python -m venv /opt/concord \
    && /opt/concord/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements-run.lock \
    && /opt/concord/bin/python -m pip uninstall --yes --quiet setuptools pip

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data concord
COPY --from=packages /opt/concord /opt/concord
COPY LICENSE /app/
COPY bot /app/bot
COPY db /app/db
COPY handlers /app/handlers
COPY migrations /app/migrations
COPY planning /app/planning
RUN printf '#!/bin/sh\nexec python -m bot "$@"\n' > /usr/local/bin/concord && chmod 755 /usr/local/bin/concord

ENV PATH=/opt/concord/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    CONCORD_HTTP_HOST=0.0.0.0 \
    CONCORD_SERVE_HOST=0.0.0.0 \
    CONCORD_HEALTH_PORT=8081
USER 10001
WORKDIR /data
EXPOSE 3000 8081
STOPSIGNAL SIGTERM
# The first start waits for the database and brings its tables up to date.
HEALTHCHECK --interval=15s --timeout=6s --start-period=120s --retries=3 CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"CONCORD_HEALTH_PORT\"]}/healthz/live', timeout=5)"]
ENTRYPOINT ["concord"]
CMD ["serve"]
