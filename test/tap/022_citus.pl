# The aggregates over a distributed table: a coordinator and two workers of Citus on this machine, where it is installed.
# Every aggregate must be pushed down - the workers send states, as text, not rows - and give the very bytes of one server.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use Test::More;
use Innocity;

chomp(my $sharedir = `$ENV{PG_CONFIG} --sharedir`);
plan skip_all => 'Citus is not installed beside this PostgreSQL' unless -e "$sharedir/extension/citus.control";

# Citus connects its nodes by TCP.
$PostgreSQL::Test::Cluster::use_tcp = 1;
$PostgreSQL::Test::Cluster::test_pghost = '127.0.0.1';
my @node = map {
	start_node("citus_$_", "shared_preload_libraries = 'citus'", 'wal_level = logical', 'max_prepared_transactions = 50',
		"citus.node_conninfo = 'sslmode=disable'", 'citus.enable_statistics_collection = off',
		# a plan that pulls rows to the coordinator is an error, not a slow success
		"citus.coordinator_aggregation_strategy = 'disabled'")
} 0 .. 2;
$_->safe_psql('postgres', 'CREATE EXTENSION citus') foreach @node;
my $coordinator = $node[0];
my @at = map { sprintf "'%s', %d", $_->host, $_->port } @node;
$coordinator->safe_psql('postgres', "SELECT citus_set_coordinator_host($at[0])");
$coordinator->safe_psql('postgres', "SELECT citus_add_node($_)") foreach @at[ 1, 2 ];

$coordinator->safe_psql('postgres', 'CREATE EXTENSION innocity');
is($_->safe_psql('postgres', "SELECT count(*) FROM pg_extension WHERE extname = 'innocity'"), '1', 'on ' . $_->name)
	foreach @node;

# Fractions, so that an order of addition would show; one table spread by region, one by sector, one kept whole.
$coordinator->safe_psql('postgres', <<'SQL');
CREATE TABLE whole AS
SELECT i AS id, 2018 + i % 3 AS year, ('x:R' || i % 40)::region_code AS region, ('cluster:S' || i * 7 % 61)::sector_code AS sector,
       ('cluster:S' || i * 11 % 53)::sector_code AS partner, (i % 977) * 0.1::float8 + 1e-9 AS value, ((i % 977) + 1)::float8 AS weight
FROM generate_series(1, 20000) i;
CREATE TABLE by_region (LIKE whole);
CREATE TABLE by_sector (LIKE whole);
SET citus.shard_count = 8;
SELECT create_distributed_table('by_region', 'region');
SELECT create_distributed_table('by_sector', 'sector');
INSERT INTO by_region SELECT * FROM whole;
INSERT INTO by_sector SELECT * FROM whole;
SQL

my %aggregate = (
	'activity_matrix_agg'           => 'activity_matrix_agg(region, sector, value)',
	'its part by FILTER'            => 'activity_matrix_agg(region, sector, value) FILTER (WHERE year = 2019)',
	'sector_matrix_agg'             => 'sector_matrix_agg(sector, partner, value)',
	'sector_profile_agg'            => 'sector_profile_agg(sector, value)',
	'min and max of codes'          => "concat_ws(' ', min(region), max(region), min(sector), max(sector))",
	'herfindahl, entropy'           => "concat_ws(' ', herfindahl(value), herfindahl(value, weight), entropy(value), entropy(value, 2), entropy(value, 2, weight))",
	'theil, atkinson'               => "concat_ws(' ', theil_t(value), theil_t(value, weight), theil_l(value), theil_l(value, weight), atkinson(value, 0.5), atkinson(value, 2, weight))",
	'gini, hoover, krugman'         => "concat_ws(' ', gini(value), gini(value, weight), gini_normalized(value), hoover(value, weight), krugman(value, weight))",
	'relatedness of an aggregate'   => 'relatedness(activity_matrix_agg(region, sector, value))',
);
foreach my $name (sort keys %aggregate)
{
	my $single = $coordinator->safe_psql('postgres', "SELECT md5(($aggregate{$name})::text) FROM whole");
	foreach my $table ('by_region', 'by_sector')
	{
		is($coordinator->safe_psql('postgres', "SELECT md5(($aggregate{$name})::text) FROM $table"),
			$single, "$name: the same bytes, $table");
	}
}

# A matrix a year: the group is not the distribution column, so states are combined on the coordinator.
my $years = 'SELECT string_agg(year || md5(m::text), chr(32) ORDER BY year) FROM
	(SELECT year, activity_matrix_agg(region, sector, value) AS m FROM %s GROUP BY year) t';
is($coordinator->safe_psql('postgres', sprintf $years, 'by_region'),
	$coordinator->safe_psql('postgres', sprintf $years, 'whole'), 'a matrix a year');
my $inequality = 'SELECT string_agg(concat_ws(chr(32), year, g, t), chr(10) ORDER BY year) FROM
	(SELECT year, gini(value, weight) AS g, theil_t(value) AS t FROM %s GROUP BY year) t';
is($coordinator->safe_psql('postgres', sprintf $inequality, 'by_region'),
	$coordinator->safe_psql('postgres', sprintf $inequality, 'whole'), 'inequality a year');
like(
	$coordinator->safe_psql('postgres',
		"SET citus.explain_all_tasks = off;
		 EXPLAIN (VERBOSE, COSTS off) SELECT activity_matrix_agg(region, sector, value) FROM by_region"),
	qr/worker_partial_agg\(.*activity_matrix_agg/, 'the workers aggregate');

# Stored matrices, distributed themselves.
$coordinator->safe_psql('postgres', <<'SQL');
CREATE TABLE matrix_part (part region_code PRIMARY KEY, m activity_matrix);
SELECT create_distributed_table('matrix_part', 'part');
INSERT INTO matrix_part SELECT region, activity_matrix_agg(region, sector, value) FROM by_region GROUP BY region;
SQL
is( $coordinator->safe_psql('postgres', 'SELECT md5(sum(m)::text) FROM matrix_part'),
	$coordinator->safe_psql('postgres', 'SELECT md5(activity_matrix_agg(region, sector, value)::text) FROM whole'),
	'sum of stored matrices');

# A code as distribution column: one shard is read for one code, and text of any spelling finds it.
my $one = 'SELECT count(*) FROM %s WHERE region = %s';
is($coordinator->safe_psql('postgres', sprintf $one, 'by_region', "'x:R7'"), '500', 'one region');
like(
	$coordinator->safe_psql('postgres', 'EXPLAIN (COSTS off) ' . sprintf $one, 'by_region', "'x:R7'"),
	qr/Task Count: 1/, 'read from one shard');
is( $coordinator->safe_psql('postgres',
		'SELECT count(*) FROM by_region a JOIN by_region b USING (region) WHERE a.id < 400 AND b.id < 400'),
	$coordinator->safe_psql('postgres',
		'SELECT count(*) FROM whole a JOIN whole b USING (region) WHERE a.id < 400 AND b.id < 400'),
	'a join of co-located shards');

done_testing;
