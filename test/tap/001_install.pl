# The owner of a database, who is no superuser, installs the extensions: in public, and in a schema off the search_path.
use strict;
use warnings;
use Test::More;
use Innocity;

my $node = start_node('install');
$node->safe_psql('postgres', 'CREATE ROLE planner LOGIN; CREATE ROLE visitor LOGIN');

my $extensions = $node->safe_psql('postgres',
	"SELECT string_agg(name, ' ' ORDER BY name) FROM pg_available_extensions WHERE name ~ '^innocity'");

foreach my $case ([ 'in_public', 'public' ], [ 'aside', 'innocity' ], [ 'quoted', '"Naju Team"' ])
{
	my ($database, $schema) = @$case;
	$node->safe_psql('postgres', "CREATE DATABASE $database OWNER planner");
	sql_as($node, $database, 'planner', "CREATE SCHEMA IF NOT EXISTS $schema") unless $schema eq 'public';
	$node->safe_psql($database, 'GRANT CREATE ON SCHEMA public TO planner') if $schema eq 'public';

	foreach my $extension (split ' ', $extensions)
	{
		is(error_as($node, $database, 'planner', "CREATE EXTENSION $extension SCHEMA $schema"),
			'', "$extension in $schema by the owner of the database");
	}
	is( $node->safe_psql(
			$database,
			"SELECT count(*) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
			 WHERE e.extname ~ '^innocity' AND quote_ident(n.nspname) = '$schema'"),
		scalar(split ' ', $extensions),
		"they are in $schema");

	foreach my $extension (reverse split ' ', $extensions)
	{
		is(error_as($node, $database, 'planner', "DROP EXTENSION $extension"), '', "$extension dropped again by its owner");
	}
}

$node->safe_psql('postgres', 'CREATE DATABASE closed');
like(error_as($node, 'closed', 'visitor', 'CREATE EXTENSION innocity'), qr/42501/, 'a visitor may not install');

done_testing;
