# A database with both extensions and a plan goes through pg_dump and comes back the same, by its owner alone.
use strict;
use warnings;
use Test::More;
use PostgreSQL::Test::Utils;
use Innocity;

# One query over all views is large: compiled, it would take minutes.
my $node = start_node('dump', 'jit = off');
$node->safe_psql('postgres', 'CREATE ROLE planner LOGIN CREATEDB');
sql_as($node, 'postgres', 'planner', 'CREATE DATABASE city');
$node->safe_psql('city', 'GRANT CREATE ON SCHEMA public TO planner');
sql_as($node, 'city', 'planner', q{
	CREATE SCHEMA innocity;
	CREATE EXTENSION innocity_kr SCHEMA innocity CASCADE;
	SET search_path = public, innocity;
	SELECT create_plan('naju', sample => true);
	SELECT copy_scenario('naju', 'base', 'without_ties');
	UPDATE naju.criterion SET weight = 0 WHERE scenario = 'without_ties' AND criterion = 'affiliation';
	CREATE TABLE firm (sector sector_code PRIMARY KEY, region region_code, jobs int);
	CREATE TABLE old (sector sector_code);
	INSERT INTO old VALUES ('ksic9:36');
	INSERT INTO firm VALUES ('35111', '46170', 3), ('24', '31110', 5);
	CREATE INDEX ON firm USING hash (region);
	CREATE TABLE store AS SELECT activity_matrix_agg(region, sector, jobs::float8) AS m FROM firm;
	CREATE VIEW firm_place AS SELECT sector::text, location_quotient(m) IS NOT NULL AS known FROM firm, store;
});

my $dump = "$PostgreSQL::Test::Utils::tmp_check/city.dump";
$node->command_ok([ 'pg_dump', '-U', 'planner', '-Fc', '-f', $dump, 'city' ], 'pg_dump by the owner');
sql_as($node, 'postgres', 'planner', 'CREATE DATABASE again');
$node->safe_psql('again', 'GRANT CREATE ON SCHEMA public TO planner');
$node->command_ok([ 'pg_restore', '-U', 'planner', '--no-owner', '--exit-on-error', '-d', 'again', $dump ],
	'pg_restore by the owner');

# Planned with statistics, as after any restore.
$node->safe_psql('again', 'ANALYZE');

# Contents: all tables of the plan and the user, the views that do not unfold every reason of the country, and Naju's reasons.
my $relations = $node->safe_psql('city', q{
	SELECT string_agg(format(
		$$SELECT %L, count(*), md5(string_agg(t::text, E'\n' ORDER BY t::text COLLATE "C")) FROM %s t$$, name, name), ' UNION ALL ' ORDER BY name COLLATE "C")
	FROM (SELECT c.oid::regclass::text AS name FROM pg_class c
	      WHERE c.relkind IN ('r', 'v') AND c.relnamespace IN ('naju'::regnamespace, 'public'::regnamespace)
	        AND (c.relname !~ '^synergy_' OR c.relname = 'synergy_rank')
	      UNION ALL VALUES ($$(SELECT * FROM naju.synergy_reason WHERE scenario = 'base' AND city_id = 'NJ')$$)) r});
# Workers may append the branches of the union in any order.
my @before = sort split /\n/, $node->safe_psql('city',  $relations);
my @after  = sort split /\n/, $node->safe_psql('again', $relations);
cmp_ok(scalar(@before), '>', 40, 'tables and views to compare');
is(scalar(@after), scalar(@before), 'as many came back');
foreach my $n (0 .. $#before)
{
	my ($relation) = split /\|/, $before[$n];
	is($after[$n], $before[$n], "$relation is the same");
}

# What makes a plan a plan is not lost: it can be copied, upgraded, dropped.
is(sql_as($node, 'again', 'planner', q{SELECT innocity.upgrade_plan('naju')}), 'naju', 'the restored plan can be upgraded');
is(sql_as($node, 'again', 'planner', q{SELECT innocity.drop_plan('naju')}), 'naju', 'and dropped');

# A dump of text, so that an upgrade to another major version can read it.
my ($out, $err) = run_command([ 'pg_dump', '-U', 'planner', '-d', $node->connstr('city') ]);
like($out, qr/^ksic9:36$/m, 'codes are dumped as they are written');
unlike($out, qr/CREATE (FUNCTION|TYPE) innocity\./, 'members of the extensions are not dumped');

done_testing;
