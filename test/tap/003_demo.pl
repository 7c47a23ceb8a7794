# The demo prints the same bytes twice, with no worker and with four, and whichever locale the client has.
use strict;
use warnings;
use Encode qw(decode);
use Test::More;
use PostgreSQL::Test::Utils;
use Innocity;

my $node = start_node('demo', 'max_worker_processes = 16', 'max_parallel_workers = 16');
$node->safe_psql('postgres', 'CREATE DATABASE naju');
$ENV{PGHOST} = $node->host;
$ENV{PGPORT} = $node->port;
$ENV{PGDATABASE} = 'naju';

my $serial   = '-c max_parallel_workers_per_gather=0';
my $parallel = join ' ', map { "-c $_" } 'max_parallel_workers_per_gather=4', 'min_parallel_table_scan_size=0',
	'parallel_setup_cost=10', 'parallel_tuple_cost=0', 'parallel_leader_participation=off';

# What was really executed, nested statements included, goes to the server's log.
my $watched = join ' ', $parallel, map { "-c $_" } 'session_preload_libraries=auto_explain', 'auto_explain.log_min_duration=0',
	'auto_explain.log_nested_statements=on', 'auto_explain.log_analyze=on', 'auto_explain.log_timing=off';

sub demo
{
	my ($options, @environment) = @_;
	local $ENV{PGOPTIONS} = $options;
	my ($out, $err) = run_command([ 'env', @environment, 'bash', 'examples/demo' ]);
	is($err, '', "no complaints: $options @environment");
	return $out;
}

# Columns on a terminal: Hangul takes two.
sub screen_width { my $line = shift; return length($line) + (() = $line =~ /\p{Hangul}/g) }

my $first = demo($serial);
like($first, qr/한국전력공사/, 'it names KEPCO in Korean');
unlike($first, qr/ERROR|NULL/, 'and shows no error');
is(scalar(grep { screen_width($_) > 150 } split /\n/, decode('UTF-8', $first)), 0, 'no line is endless');

ok(demo($serial) eq $first, 'the same bytes a second time');

my $from = -s $node->logfile;
ok(demo($watched) eq $first, 'the same bytes with four workers');
my $log = slurp_file($node->logfile, $from);
like($log, qr/Gather.*\n\s+Workers Planned: 4\n\s+Workers Launched: 4\n(.*\n)*?\s+->  Parallel Seq Scan on region_activity/,
	'who read the value added of the regions');

ok(demo($serial, 'LC_ALL=C', 'LANG=xx_XX') eq $first, 'the same bytes for a client without a locale');

my $korean = demo($serial, 'PLAN_LANG=ko');
like($korean, qr/순위/, 'headings in Korean on request');
like($korean, qr/Korea Electric Power Corporation/, 'with the names in English');

done_testing;
