# The pattern of docs/en/matrix.md, "A matrix a year, kept up to date", under concurrent writers: nothing lost, nothing counted twice.
use strict;
use warnings;
use FindBin;
use Test::More;
use Innocity;

open my $doc, '<', "$FindBin::Bin/../../docs/en/matrix.md" or die "docs/en/matrix.md: $!";
my $text = do { local $/; <$doc> };
close $doc;
my ($pattern) = $text =~ /<!-- pattern -->\n```sql\n(.*?)^```/ms;
ok($pattern, 'the document has the pattern');

my $node = start_node('matrix_trigger', 'deadlock_timeout = 20ms');
$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION innocity;
CREATE TABLE fact (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  year int NOT NULL, region region_code NOT NULL, sector sector_code NOT NULL, jobs float8 NOT NULL);
INSERT INTO fact (year, region, sector, jobs)
SELECT 2018 + i % 3, ('x:R' || i % 20)::region_code, ('cluster:S' || i % 31)::sector_code, i * 0.1 FROM generate_series(1, 2000) i;
SQL
$node->safe_psql('postgres', $pattern);

my $disagree = <<'SQL';
SELECT count(*) FROM (SELECT year, activity_matrix_agg(region, sector, jobs) AS m FROM fact GROUP BY year) f
  FULL JOIN activity_year a USING (year) WHERE coalesce(f.m, '{}') <> coalesce(a.m, '{}')
SQL
is($node->safe_psql('postgres', $disagree), '0', 'the first fill agrees');

# Writers that insert, change and delete rows of several years, in several statements, some rolled back; new years appear on the way.
my $writer = <<'SQL';
\set y random(2016, 2022)
\set k random(1, 1000000)
BEGIN;
INSERT INTO fact (year, region, sector, jobs)
SELECT 2016 + (:y + i) % 7, ('x:R' || (:k + i) % 25)::region_code, ('cluster:S' || (:k * i) % 40)::sector_code, (:k % 977) * 0.01 + i
FROM generate_series(1, 5) i;
UPDATE fact SET jobs = jobs * 1.1, sector = ('cluster:S' || :k % 40)::sector_code, year = :y
WHERE id IN (SELECT id FROM fact WHERE id % 97 = :k % 97 ORDER BY id LIMIT 7 FOR UPDATE SKIP LOCKED);
DELETE FROM fact WHERE id IN (SELECT id FROM fact WHERE id % 89 = :k % 89 ORDER BY id LIMIT 4 FOR UPDATE SKIP LOCKED);
SQL
foreach my $level ('read committed', 'repeatable read')
{
	(my $name = $level) =~ s/ /_/g;
	$node->pgbench(
		'--no-vacuum --client=4 --jobs=2 --transactions=25 --max-tries=1000',
		0,
		[qr/number of failed transactions: 0 /],
		[qr/^$/],
		"writers at $level",
		{
			"commit_$name\@3" => "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL $level;\n${writer}COMMIT;\n",
			"rollback_$name\@1" => "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL $level;\n${writer}ROLLBACK;\n"
		});
	is($node->safe_psql('postgres', $disagree), '0', "after them, every year is the same bytes as computed afresh ($level)");
}
cmp_ok($node->safe_psql('postgres', 'SELECT count(*) FROM activity_year'), '>=', 6, 'years that did not exist at first are there');

# A crash of the pattern's assumptions would show: a plain read-modify-write loses updates, so the check can fail.
$node->safe_psql('postgres', "UPDATE activity_year SET m = m + '{x:R1:{cluster:S1:0.001}}' WHERE year = 2019");
is($node->safe_psql('postgres', $disagree), '1', 'the check sees a single wrong cell');
$node->safe_psql('postgres', "UPDATE activity_year SET m = m - '{x:R1:{cluster:S1:0.001}}' WHERE year = 2019");
is($node->safe_psql('postgres', $disagree), '0', 'and its removal');

$node->safe_psql('postgres', 'DELETE FROM fact WHERE year = 2019');
is($node->safe_psql('postgres', 'SELECT m FROM activity_year WHERE year = 2019'), '{}', 'a year whose rows are all gone is the empty matrix');
$node->safe_psql('postgres', 'TRUNCATE fact');
is($node->safe_psql('postgres', 'SELECT count(*) FROM activity_year'), '0', 'TRUNCATE empties the matrices');

$node->stop;
done_testing();
