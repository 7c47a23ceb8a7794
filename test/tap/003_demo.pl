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

like($first, qr/^National Agricultural Cooperative Federation ranks 1 of 151 candidates in /m, 'the first three in words');

# Numbers of section 12 that were computed apart, from the published table, by matrix algebra (the nonsymmetric eigenproblem).
my ($economy) = $first =~ /^(12\. .*)/ms;
like($economy, qr/^12\. .* among 229 municipalities/, 'the economy of the city among all municipalities');
like($economy, qr/^ 농업, 임업 및 어업 +\| 5\.82 +\| 4\.66 +\| +66 +\| +229 *$/m, 'its strongest location quotient, 2015 and 2020, and its rank');
like($economy, qr/^ 숙박 및 음식점업 +\| 0\.74 +\| 0\.685 /m, 'the density of the sector that it is nearest to');
like($economy, qr/^ economic complexity 2015 +\| -0\.15 +\| +113 +\| +229\n economic complexity 2020 +\| \+0\.52 +\| +68 +\| +229$/m, 'complexity with its rank');
like($economy, qr/^ all sectors +\| \+1025 +\| \+580 +\| \+88 +\| \+356 *$/m, 'shift-share');
like($economy, qr/^ 2020 +\| 0\.021 +\| 0\.191 +\| 0\.211 +\| 10 *$/m, 'inequality between and within provinces');

# Section 13; its numbers are recomputed in plan_lack, plan_territory and plan_living.
my ($territory) = $first =~ /^(13\. .*)/ms;
like($territory, qr/^ 나주 원도심 +\| old downtown +\| 4617011300 +\| 6\.5 +\| 0\.52 *$/m, 'the old downtown by its ten-digit code');
like($territory, qr/^ 충남혁신도시\(내포\) +\| 179,124 .*\| +0 \| +- \| - *$/m, 'a city that cannot be compared has no score on the national page');
like($territory, qr/^ 2020 +\| 52\.8 +\| 50\.2 +\| 0\.211 +\| +229 *$/m, 'the capital area and Theil of the nation');

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
like($korean, qr/^농업협동조합중앙회는 .*에서 후보 151곳 가운데 1위\(점수 0\.617\)이다\./m, 'and the sentences in Korean');
unlike($korean, qr/(^|\|) *(without \w+|score|part|rule|complementarity|optimal|update|up|down|same|left) *(\||$)/m, 'without words that only the code knows');

my $all_korean = demo($serial, 'PLAN_LANG=ko', 'PLAN_NAMES=ko');
like($all_korean, qr/순위/, 'all in Korean: headings');
like($all_korean, qr/한국전력공사/, 'and names');
unlike($all_korean, qr/Korea Electric Power Corporation/, 'not in English');

done_testing;
