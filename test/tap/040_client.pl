# Codes through the drivers that people use: psycopg 2 and 3, ODBC, JDBC, node-postgres. Each script in test/client asks the same of a
# table of codes, with strings bound as its driver binds them, and prints TAP. A driver that this machine lacks is skipped by name;
# `test/need client` installs Debian's.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use Test::More;
use Innocity;

# Java speaks no Unix sockets.
$PostgreSQL::Test::Cluster::use_tcp = 1;
$PostgreSQL::Test::Cluster::test_pghost = '127.0.0.1';
my $node = start_node('client');
my $scripts = "$ENV{TESTDIR}/test/client";
$node->safe_psql('postgres', slurp("$scripts/code_setup.sql"));
@ENV{qw(PGHOST PGPORT PGDATABASE)} = ($node->host, $node->port, 'postgres');

# The system's own python and Debian's folder of node's packages, beside what the caller names.
my $python = -x '/usr/bin/python3' ? '/usr/bin/python3' : 'python3';
$ENV{NODE_PATH} = join ':', grep { defined } $ENV{NODE_PATH}, '/usr/share/nodejs', '/usr/lib/nodejs';
my $jar = '/usr/share/java/postgresql.jar';
my $url = sprintf 'jdbc:postgresql://%s:%d/postgres?user=postgres', $node->host, $node->port;

# name, what tells that it is there, Debian's packages, the script
my @driver = (
	[ 'psycopg2', "$python -c 'import psycopg2'", 'python3-psycopg2', "$python $scripts/code_python.py psycopg2" ],
	[ 'psycopg 3', "$python -c 'import psycopg'", 'python3-psycopg', "$python $scripts/code_python.py psycopg" ],
	[ 'ODBC', "$python -c 'import pyodbc; assert \"PostgreSQL Unicode\" in pyodbc.drivers()'", 'python3-pyodbc odbc-postgresql', "$python $scripts/code_python.py pyodbc" ],
	# the compiler, for java to run a source as it is
	[ 'JDBC', "test -e $jar && java --list-modules | grep -q ^jdk.compiler", 'default-jdk-headless libpostgresql-jdbc-java', "java -cp $jar $scripts/CodeJdbc.java '$url'" ],
	[ 'node-postgres', q{node -e "require('pg')"}, 'node-pg', "node $scripts/code_node.js" ]);

foreach my $driver (@driver)
{
	my ($name, $probe, $packages, $command) = @$driver;
  SKIP:
	{
		skip "$name is not here; Debian's packages: $packages", 1 unless system("( $probe ) >/dev/null 2>&1") == 0;
		my @line = split /\n/, `$command 2>&1`;
		my $status = $?;
		my @result = grep { /^(not )?ok \d/ } @line;
		foreach (@result)
		{
			my ($failed, $what) = /^(not )?ok \d+ - (.*)/;
			ok(!$failed, $what);
		}
		my ($plan) = map { /^1\.\.(\d+)$/ } @line;
		ok($status == 0 && @result > 10 && ($plan // 0) == @result, "$name: the script came to its end") or diag(join "\n", @line);
	}
}

sub slurp
{
	open my $in, '<', shift or die $!;
	local $/;
	return <$in>;
}

done_testing;
