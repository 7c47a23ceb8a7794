# Users' rows of innocity_kr: written by the owner of the database and by whom the owner lets, kept by dump and restore
# (whoever restores), and by an update that ships a row of the same key or drops what a user's row refers to.
use strict;
use warnings;
use Test::More;
use PostgreSQL::Test::Utils;
use Innocity;

my $node = start_node('kr_rows');
my $dir = $node->basedir;
$node->safe_psql('postgres', 'CREATE ROLE planner LOGIN; CREATE ROLE colleague LOGIN; CREATE ROLE visitor LOGIN');
$node->safe_psql('postgres', "CREATE DATABASE $_ OWNER planner") foreach 'first', 'by_superuser', 'by_owner';
sql_as($node, 'first', 'planner', 'CREATE SCHEMA innocity; CREATE EXTENSION innocity_kr SCHEMA innocity CASCADE;
	GRANT USAGE ON SCHEMA innocity TO PUBLIC; ALTER DATABASE first SET search_path = public, innocity');

my @statements = (
	"INSERT INTO institution_kr_user (id, name_ko, name_en, status, candidate, source)
	 VALUES ('U001', '나주에너지진흥원', 'Naju Energy Agency', 'other', false, 'city council'),
	        ('I002', '한전KPS(개명)', 'renamed', 'relocated', false, 'city council')",
	"INSERT INTO institution_kr_user (id, removed) VALUES ('I003', true)",
	"INSERT INTO institution_sector_kr_user (institution_id, ksic_10, weight) VALUES ('U001', '35', 0.5), ('U001', '26', 0.5)",
	"INSERT INTO region_name_kr_user (code, name, kind) VALUES ('46170', '배의 고장', 'short name')",
	"INSERT INTO innovation_city_kr_user (code, name_ko, name_en, region_code, region_codes, theme_cluster)
	 VALUES ('MU', '무안', 'Muan', '46840', '{46840,46170}', '{cluster:ENERGY}')",
	"INSERT INTO ksic_io_kr_user (ksic_10, io_row, weight) VALUES ('35', 'io:D', 1)");

# Rights
is(error_as($node, 'first', 'planner', $_), '', 'the owner of the database writes ' . (/INTO (\w+)/)[0]) foreach @statements;
like(error_as($node, 'first', 'planner', "DELETE FROM institution_kr_shipped"), qr/42501/, 'but no shipped row');
like(error_as($node, 'first', 'visitor', "INSERT INTO tie_kind_kr_user (kind, weight) VALUES ('x', 1)"), qr/42501/, 'a visitor writes nothing');
is(sql_as($node, 'first', 'visitor', "SELECT name_ko FROM institution_kr WHERE id = 'I002'"), '한전KPS(개명)', 'and reads all');
is(error_as($node, 'first', 'planner', 'GRANT INSERT ON tie_kind_kr_user TO colleague'), '', 'the owner lets a colleague write');
is(error_as($node, 'first', 'colleague', "INSERT INTO tie_kind_kr_user (kind, weight) VALUES ('cooperation', 0.25)"), '', 'who then does');

# What is seen, in a form to compare: a line for each users' table and each table or view that is read.
my $lines = q{SELECT string_agg(format(
		$$SELECT %1$L || ' ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, ';' ORDER BY t::text COLLATE "C")), '') FROM innocity.%1$I t$$,
		c.relname), ' UNION ALL ' ORDER BY c.relname COLLATE "C")
	FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'innocity_kr' JOIN pg_class c ON c.oid = d.objid
	WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_class'::regclass AND c.relkind IN ('r', 'v')};

sub seen
{
	my $database = shift;
	# workers may append the branches of the union in any order
	return join "\n", sort split /\n/, $node->safe_psql($database, $node->safe_psql($database, $lines));
}
my $before = seen('first');
like($before, qr/^institution_kr 378 /m, 'one came, one went, one was renamed');

# A role that must be quoted, and who does not own the database but may create in it.
$node->safe_psql('postgres', 'CREATE ROLE "Naju Team" LOGIN; CREATE DATABASE quoted; GRANT CREATE ON DATABASE quoted TO "Naju Team"');
sql_as($node, 'quoted', 'Naju Team', 'CREATE SCHEMA "Naju"; CREATE EXTENSION innocity_kr SCHEMA "Naju" CASCADE');
is(error_as($node, 'quoted', 'Naju Team', q{INSERT INTO "Naju".tie_kind_kr_user (kind, weight) VALUES ('cooperation', 0.25)}), '',
	'who installed it writes too');

# Dump and restore
$node->command_ok([ 'pg_dump', '-Fc', '-U', 'planner', '-f', "$dir/first.dump", $node->connstr('first') ], 'the owner dumps');
foreach my $case ([ 'by_superuser', [] ], [ 'by_owner', [ '-U', 'planner', '--role=planner' ] ])
{
	my ($database, $options) = @$case;
	$node->command_ok([ 'pg_restore', '-e', '--no-acl', '-d', $node->connstr($database), @$options, "$dir/first.dump" ], "restored $database");
	is(seen($database), $before, "$database: the same rows");
	is(error_as($node, $database, 'planner', "SET search_path = innocity; UPDATE institution_kr_user SET name_en = 'again' WHERE id = 'U001'"),
		'', "$database: the owner of the database writes on");
}
$node->safe_psql('postgres', 'DROP DATABASE by_superuser; CREATE DATABASE by_superuser OWNER planner');
$node->command_ok([ 'pg_restore', '-e', '-d', $node->connstr('by_superuser'), "$dir/first.dump" ], 'restored with the rights given');
is(error_as($node, 'by_superuser', 'colleague', "SET search_path = innocity; INSERT INTO tie_kind_kr_user (kind, weight) VALUES ('sister', 0.1)"),
	'', 'the colleague writes on');

# Update: 1.1 ships an institution of the user's key and drops one that a user's row replaces.
my $extension = `pg_config --sharedir`;
chomp $extension;
my $update = "$extension/extension/innocity_kr--1.0--1.1.sql";
append_to_file($update, "INSERT INTO institution_kr_shipped (id, name_ko, name_en, status, candidate, source)
	VALUES ('U001', '출하된 기관', 'shipped', 'other', false, 'public record');
	DELETE FROM institution_name_kr_shipped WHERE institution_id = 'I003';
	DELETE FROM institution_sector_kr_shipped WHERE institution_id = 'I003';
	DELETE FROM affiliation_kr_shipped WHERE 'I003' IN (parent_id, subsidiary_id);
	DELETE FROM institution_kr_shipped WHERE id = 'I003';\n");
is(error_as($node, 'first', 'planner', "ALTER EXTENSION innocity_kr UPDATE TO '1.1'"), '', 'updated by its owner');
is(sql_as($node, 'first', 'planner', "SELECT string_agg(id || name_en, ',' ORDER BY id) FROM institution_kr WHERE id IN ('U001', 'I002', 'I003')"),
	'I002renamed,U001Naju Energy Agency', "users' rows win over what the update ships");
unlink $update;

done_testing;
