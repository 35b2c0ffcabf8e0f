#!/bin/sh
# Prints the secrets of a new installation: (umask 077; deploy/make-env.sh office.example > .env)
set -eu
if [ $# -ne 1 ]; then
    echo "用法：deploy/make-env.sh 网站域名 > .env" >&2
    exit 2
fi
secret() {
    od -An -v -N"$1" -tx1 /dev/urandom | tr -d ' \n'
}
echo "SITE_HOST=$1"
echo "SECRET_KEY=$(secret 40)"
echo "DATABASE_PASSWORD=$(secret 24)"
echo "POSTGRES_PASSWORD=$(secret 24)"
