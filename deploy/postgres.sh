#!/bin/sh
# Runs once, when the database server is made: the product's own account and database. The account
# is no superuser.
set -eu
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv password DATABASE_PASSWORD
CREATE ROLE office LOGIN PASSWORD :'password';
CREATE DATABASE office OWNER office;
REVOKE ALL ON DATABASE office FROM PUBLIC;
SQL
