# A cancel reaches allocate() wherever it is: while arguments are read, in the search for a plan, in the bounds, in branch and bound, with and without
# bonuses, where cities hold many and where they hold few, and in the search for the rules that conflict. Each instance would keep its
# server busy for minutes; a cancel comes after several delays and must end the statement within seconds (its own goal is a tenth of one, which
# a loaded machine cannot promise), and the server goes on.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use Test::More;
use Time::HiRes qw(time);
use Innocity;

my $patience = 5;
my $node = start_node('cancel', 'jit = off');

$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION innocity;
CREATE TABLE instance (title text PRIMARY KEY, cells allocation_cell[], institutions allocation_institution[], cities allocation_city[], bonuses allocation_bonus[]);
-- decompression, which is the server's, cannot be cancelled
ALTER TABLE instance ALTER cells SET STORAGE EXTERNAL;
-- scores that grow with heads, as hard as such instances are; capacities `room` of the mean load of a city
CREATE FUNCTION make_instance(title text, n int, m int, pairs int, room float8) RETURNS void LANGUAGE sql AS $$
INSERT INTO instance
SELECT title,
       ARRAY(SELECT ('i' || i, 'c' || j, 20 + i * 7919 % 81 + (i * 104729 + j * 1299709 + i * j * 611953) % 41)::allocation_cell
               FROM generate_series(1::bigint, n) i, generate_series(1::bigint, m) j),
       ARRAY(SELECT ('i' || i, 20 + i * 7919 % 81, NULL, NULL)::allocation_institution FROM generate_series(1, n) i),
       ARRAY(SELECT ('c' || j, (room * 60 * n / m)::bigint, NULL, NULL, NULL)::allocation_city FROM generate_series(1, m) j),
       ARRAY(SELECT DISTINCT ON (a, b) ('i' || a, 'i' || b, 1 + k % 50)::allocation_bonus
               FROM generate_series(1::bigint, pairs) k, LATERAL (SELECT 1 + k * 7907 % n, 1 + k * 104723 % n) t (x, y),
                    LATERAL (SELECT least(x, y), greatest(x, y)) u (a, b) WHERE a < b)
$$;
SELECT make_instance('120 x 12', 120, 12, 0, 1.01), make_instance('120 x 12 with bonuses', 120, 12, 2000, 1.1),
       make_instance('400 x 230', 400, 230, 0, 1.2), make_instance('400 x 230 with bonuses', 400, 230, 2000, 1.2),
       make_instance('2000 x 250', 2000, 250, 0, 1.02), make_instance('10000 x 250', 10000, 250, 0, 1.02), make_instance('conflict', 400, 12, 0, 0.997);
SQL

my $solve = 'SELECT (allocate(cells, institutions, cities, bonuses, effort => 1000000000000)).status FROM instance WHERE title = ';
foreach my $title ('120 x 12', '120 x 12 with bonuses', '400 x 230', '400 x 230 with bonuses', '2000 x 250', '10000 x 250')
{
	foreach my $delay (10, 300, 1000, 2500)
	{
		my $began = time;
		my ($status, $out, $err) = $node->psql('postgres', "SET statement_timeout = $delay; $solve '$title'");
		my $late = time - $began - $delay / 1000;
		ok($status != 0 && $err =~ /canceling statement due to statement timeout/ && $late < $patience,
			sprintf '%s, cancelled after %d ms', $title, $delay) or diag("status $status after $late s: $out $err");
		note(sprintf '%s, %d ms: %.3f s late, the connection included', $title, $delay, $late);
	}
}

# By hand as well, and where there is no plan: the answer may come first, but nothing may hang.
my $session = $node->background_psql('postgres', on_error_stop => 0);
my $pid = $session->query_safe('SELECT pg_backend_pid()');
$session->query_until(qr/begun/, "\\echo begun\n$solve 'conflict';\n");
Time::HiRes::sleep(0.3);
my $began = time;
$node->safe_psql('postgres', "SELECT pg_cancel_backend($pid)");
# the newline that ends an answer is left on it by the perl modules of some minor versions of 16
chomp(my $answer = $session->query('SELECT 1'));
is($answer, 1, 'the session goes on after pg_cancel_backend');
ok(time - $began < $patience, 'and at once');
$session->quit;
is($node->safe_psql('postgres', "SELECT (allocate(cells, institutions, cities, effort => 10000)).status <> 'optimal' FROM instance WHERE title = '120 x 12'"),
	't', 'the server answers');

done_testing;
