#!/bin/sh
# Fills in deploy/nginx.conf for this installation and becomes nginx.
set -eu
export SITE_HOST="${SITE_HOST:?}"            # the name people call the website by
export UPLOAD_BODY_MB=$((${UPLOAD_LIMIT_MB:-50} + 1))
export WEB="${WEB:-web:8000}"                # where the product listens
export DATA_DIR="${DATA_DIR:-/data}"         # with static, files and pages
export TLS="${TLS:-/tls}"                    # with fullchain.pem and privkey.pem
export RUN="${RUN:-/tmp}"                    # may be written to; emptied at will
export HTTP_LISTEN="${HTTP_LISTEN:-8080}"
export HTTPS_LISTEN="${HTTPS_LISTEN:-8443}"
export HERE="${HERE:-/deploy}"               # this folder
umask 027
# shellcheck disable=SC2016  # the names themselves; nginx has variables of its own
envsubst '$SITE_HOST $UPLOAD_BODY_MB $WEB $DATA_DIR $TLS $RUN $HTTP_LISTEN $HTTPS_LISTEN $HERE' \
    < "$HERE/nginx.conf" > "$RUN/nginx.conf"
exec nginx -c "$RUN/nginx.conf" -g "daemon off; ${NGINX_GLOBALS:-}"
