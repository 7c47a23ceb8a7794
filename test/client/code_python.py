"""Codes through psycopg 2 and 3 and ODBC: strings bound as the drivers bind them. Prints TAP; the argument is the driver's module."""
import importlib
import os
import sys

count = 0


def ok(passed, name):
    global count
    count += 1
    print(f"{'ok' if passed else 'not ok'} {count} - {name}", flush=True)


def check(driver, connection, mark, list_mark, native_list):
    cursor = connection.cursor()

    def ask(sql, *values):
        cursor.execute(sql, values)
        return cursor.fetchall()

    def first(sql, *values):
        return ask(sql, *values)[0][0]

    ok(first(f"SELECT id FROM code_client WHERE sector = {mark}", "35111") == 0, f"{driver}: a bound string")
    ok(first(f"SELECT id FROM code_client WHERE sector = {mark}", "D35111") == 0, f"{driver}: by meaning")
    ok(first(f"SELECT sector FROM code_client WHERE id = {mark}", 3) == "cluster:ENERGY", f"{driver}: a value is a string")
    ok(first(f"SELECT count(*) FROM code_client WHERE sector IN ({mark}, {mark})", "35111", "35112") == 2, f"{driver}: IN")
    ok(first(f"SELECT count(*) FROM code_client WHERE sector <@ {mark}", "35") == 3, f"{driver}: a subtree")
    if native_list:
        ok(first(f"SELECT count(*) FROM code_client WHERE sector = ANY ({list_mark})", ["35111", "35112"]) == 2, f"{driver}: = ANY of a list")
        ok(first(f"SELECT count(*) FROM code_client WHERE sector = ANY ({list_mark}::text[])", ["35111", "n/a", ""]) == 1,
           f"{driver}: = ANY of a list of texts, codes or not")
    ok(first(f"SELECT count(*) FROM code_client WHERE sector = {mark}::text", "n/a") == 0, f"{driver}: a text that is no code finds nothing")

    def by_index(condition, *values):
        plan = "\n".join(row[0] for row in ask(f"EXPLAIN SELECT id FROM code_client WHERE {condition}", *values))
        ok("code_client_sector" in plan, f"{driver}: the index is used by {condition.replace('%s', '?')}")

    by_index(f"sector = {mark}", "35111")
    by_index(f"sector = {mark}::text", "35111")
    by_index(f"sector IN ({mark}, {mark})", "35111", "35112")
    by_index(f"sector <@ {mark}", "35")
    if native_list:
        by_index(f"sector = ANY ({list_mark}::text[])", ["35111", "n/a"])
    cursor.execute(f"INSERT INTO code_client (id, sector, region) VALUES ({mark}, {mark}, {mark})", (-1, "26111", "46000"))
    ok(ask("SELECT sector, region FROM code_client WHERE id = -1")[0][1] == "46", f"{driver}: inserted from strings")
    try:
        cursor.execute(f"SELECT {mark}::text::sector_code", ("no code",))
        ok(False, f"{driver}: a bad code is an error")
    except Exception as error:
        ok("invalid input syntax for type sector_code" in str(error), f"{driver}: a bad code is an error that says so")
    connection.rollback()
    connection.close()


module = importlib.import_module(sys.argv[1])
if sys.argv[1] == "pyodbc":
    server = ";".join(f"{key}={os.environ[variable]}" for key, variable in
                      (("Server", "PGHOST"), ("Port", "PGPORT"), ("Database", "PGDATABASE"), ("Uid", "PGUSER")))
    check("ODBC", module.connect("Driver={PostgreSQL Unicode};" + server), "?", None, False)
else:
    check(f"{sys.argv[1]} {module.__version__.split()[0]}", module.connect(""), "%s", "%s", True)
print(f"1..{count}")
