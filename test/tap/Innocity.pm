# What the TAP tests share: a started UTF8 server with the C order of strings, and queries in the name of a role.
package Innocity;
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Exporter 'import';
our @EXPORT = qw(start_node sql_as error_as);

sub start_node
{
	my ($name, @settings) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);
	# one name for the superuser: that of whoever runs the tests could be a role of theirs
	$ENV{PGUSER} = 'postgres';
	$node->init(extra => [ '--encoding=UTF8', '--no-locale', '--username=postgres' ]);
	$node->append_conf('postgresql.conf', "$_\n") foreach 'autovacuum = off', @settings;
	$node->start;
	return $node;
}

# sql_as(node, database, role, sql): its output, or death by its error.
sub sql_as
{
	my ($node, $database, $role, $sql) = @_;
	return $node->safe_psql($database, $sql, extra_params => [ '-U', $role ]);
}

# error_as(node, database, role, sql): standard error of a statement that is to fail, with its SQLSTATE; '' if it does not fail.
sub error_as
{
	my ($node, $database, $role, $sql) = @_;
	my ($status, $out, $err) = $node->psql($database, $sql, extra_params => [ '-U', $role, '-v', 'VERBOSITY=verbose' ]);
	return $status == 0 ? '' : $err;
}

1;
