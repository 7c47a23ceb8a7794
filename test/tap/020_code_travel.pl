# Codes on their way to another server: dump and restore, in the text and the custom format, logical replication in text and in
# binary, a crash. Every published code of the corpus goes along.
use strict;
use warnings;
use Test::More;
use Innocity;

my $node = start_node('code_travel', 'wal_level = logical', 'max_wal_senders = 8', 'max_replication_slots = 8', 'synchronous_commit = on');
my $list = "$ENV{TESTDIR}/test/corpus/code_list.txt";

$node->safe_psql('postgres', 'CREATE DATABASE source');
$node->safe_psql('source', <<"SQL");
CREATE EXTENSION innocity;
CREATE TABLE listed (kind text, code text, level int, parent text);
\\copy listed FROM '$list'
CREATE TABLE sector (code sector_code PRIMARY KEY, among sector_code[]);
INSERT INTO sector SELECT code::sector_code, ARRAY[code::sector_code, subtree_end(code::sector_code), NULL] FROM listed WHERE kind = 'sector';
CREATE TABLE region (code region_code PRIMARY KEY);
INSERT INTO region SELECT code::region_code FROM listed WHERE kind = 'region';
CREATE TABLE fact (id int PRIMARY KEY, code sector_code REFERENCES sector, old varchar(20), again sector_code GENERATED ALWAYS AS (sector_code_or_null(old)) STORED);
INSERT INTO fact SELECT row_number() OVER (ORDER BY code), code, code::text FROM sector;
CREATE INDEX ON fact (code) WHERE code <@ 'ksic11:C';
CREATE INDEX ON fact USING hash (code);
ALTER TABLE fact ADD CHECK (level(code) <= 5);
SQL

# A fingerprint of the rows and of what the functions say about them.
my $fingerprint = <<'SQL';
SELECT (SELECT md5(string_agg(code || ' ' || level(code) || coalesce(' ' || parent(code), '') || among::text, E'\n' ORDER BY code)) FROM sector),
       (SELECT md5(string_agg(code || ' ' || level(code), E'\n' ORDER BY code)) FROM region),
       (SELECT md5(string_agg(concat_ws(' ', id, code, old, again), E'\n' ORDER BY id)) FROM fact)
SQL
my $source = $node->safe_psql('source', $fingerprint);

foreach my $format ('plain', 'custom')
{
	my $file = $node->basedir . "/$format.dump";
	$node->safe_psql('postgres', "CREATE DATABASE $format");
	$node->command_ok([ 'pg_dump', '-F', $format, '-f', $file, 'source' ], "dump, $format");
	$node->command_ok($format eq 'plain' ? [ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', $file, $format ] : [ 'pg_restore', '-d', $format, $file ],
		"restore, $format");
	is($node->safe_psql($format, $fingerprint), $source, "the same rows, $format");
}

foreach my $binary ('false', 'true')
{
	$node->safe_psql('postgres', "CREATE DATABASE subscriber_$binary");
	$node->safe_psql("subscriber_$binary", <<'SQL');
CREATE EXTENSION innocity;
CREATE TABLE sector (code sector_code PRIMARY KEY, among sector_code[]);
CREATE TABLE region (code region_code PRIMARY KEY);
CREATE TABLE fact (id int PRIMARY KEY, code sector_code REFERENCES sector, old varchar(20), again sector_code GENERATED ALWAYS AS (sector_code_or_null(old)) STORED);
SQL
	# The slot is made first: a subscription to a database of the same server would wait for itself.
	$node->safe_psql('source', "CREATE PUBLICATION all_$binary FOR TABLE sector, region, fact");
	$node->safe_psql('source', "SELECT pg_create_logical_replication_slot('slot_$binary', 'pgoutput')");
	$node->safe_psql("subscriber_$binary", "CREATE SUBSCRIPTION subscription_$binary CONNECTION '" . $node->connstr . " dbname=source' "
			. "PUBLICATION all_$binary WITH (create_slot = false, slot_name = 'slot_$binary', binary = $binary)");
}
# Also by the key of codes: rows that change and go.
$node->safe_psql('source', <<'SQL');
UPDATE sector SET among = '{35,cluster:A.B}' WHERE code <@ 'ksic9:D';
DELETE FROM region WHERE code <@ '11';
INSERT INTO sector VALUES ('cluster:ENERGY'), ('99999');
UPDATE sector SET code = '99998' WHERE code = '99999';
SQL
$source = $node->safe_psql('source', $fingerprint);
foreach my $binary ('false', 'true')
{
	$node->poll_query_until("subscriber_$binary", "SELECT NOT EXISTS (SELECT FROM pg_subscription_rel WHERE srsubstate <> 'r')");
	$node->wait_for_catchup("subscription_$binary");
	is($node->safe_psql("subscriber_$binary", $fingerprint), $source, "logical replication, binary = $binary");
	$node->safe_psql("subscriber_$binary", "DROP SUBSCRIPTION subscription_$binary");
}

# After a crash the indexes, hash and btree, still find what they held.
$node->stop('immediate');
$node->start;
is($node->safe_psql('source', $fingerprint), $source, 'the same rows after a crash');
is($node->safe_psql('source', "SET enable_seqscan = off; SELECT code FROM fact WHERE code = 'ksic11:26111'"), 'ksic11:26111', 'found by an index after it');

done_testing;
