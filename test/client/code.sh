#!/bin/bash
# Codes through the drivers that people use: psycopg 2 and 3, ODBC, JDBC, node-pg. Against the server that the environment names:
#
#   test/with-server -s tmp_stage -c "listen_addresses = 'localhost'" -- test/client/code.sh
#
# Needs python3-psycopg2 python3-psycopg python3-pyodbc odbc-postgresql libpostgresql-jdbc-java, a JDK (java runs the source as it
# is), and the npm package pg in a folder that NODE_PATH names. A driver that is missing is a failure, not a pass.
set -u
cd "$(dirname "$0")"
psql -X -q -v ON_ERROR_STOP=1 -c 'SET client_min_messages = warning' -f code_setup.sql || exit 1
export PGUSER=${PGUSER:-$(id -un)} PGDATABASE=${PGDATABASE:-$PGUSER} PGPORT=${PGPORT:-5432}

# Java speaks no Unix sockets: the server must listen on the loopback.
jdbc() {
  local jar=/usr/share/java/postgresql.jar
  java -cp "$jar" CodeJdbc.java "jdbc:postgresql://localhost:$PGPORT/$PGDATABASE?user=$PGUSER"
}

failed=0
for client in '/usr/bin/python3 code_psycopg.py' 'node code_node.js' jdbc; do
  output=$($client 2>&1); status=$?
  echo "$output"
  { [ $status = 0 ] && grep -q '^1\.\.[1-9]' <<< "$output" && ! grep -q '^not ok' <<< "$output"; } || failed=1
done
psql -X -q -c 'DROP TABLE code_client'
exit $failed
