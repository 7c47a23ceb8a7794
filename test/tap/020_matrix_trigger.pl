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
foreach my $level ('read committed', 'repeatable read', 'serializable')
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

# Every other way to write rows.
sub agrees
{
	my ($statement, $name) = @_;
	$node->safe_psql('postgres', $statement);
	is($node->safe_psql('postgres', $disagree), '0', $name);
}
agrees(<<'SQL', 'MERGE that inserts, changes and deletes');
MERGE INTO fact f
USING (SELECT id, id % 3 AS what FROM generate_series(1, 300) id UNION ALL SELECT -id, 0 FROM generate_series(1, 5) id) s ON f.id = s.id
WHEN MATCHED AND what = 1 THEN DELETE
WHEN MATCHED THEN UPDATE SET jobs = f.jobs + 0.3, year = f.year + what / 2
WHEN NOT MATCHED THEN INSERT (year, region, sector, jobs) VALUES (2017, 'x:R7', 'cluster:S7', 0.7);
SQL
agrees(<<'SQL', 'COPY');
COPY fact (year, region, sector, jobs) FROM stdin;
2020	x:R1	cluster:S1	0.1
2031	x:R1	cluster:S1	0.2
\.
SQL
agrees(<<'SQL', 'ON CONFLICT DO UPDATE and DO NOTHING');
INSERT INTO fact OVERRIDING SYSTEM VALUE SELECT id, 2020, 'x:R2', 'cluster:S2', 0.1 FROM generate_series(400, 600) id ON CONFLICT (id) DO UPDATE SET jobs = fact.jobs + EXCLUDED.jobs;
INSERT INTO fact OVERRIDING SYSTEM VALUE SELECT id, 2020, 'x:R2', 'cluster:S2', 0.1 FROM generate_series(500, 700) id ON CONFLICT (id) DO NOTHING;
SQL
agrees(<<'SQL', 'savepoints, and rows that all move to another year');
BEGIN;
UPDATE fact SET year = year + 1;
SAVEPOINT before;
DELETE FROM fact WHERE id % 2 = 0;
ROLLBACK TO before;
UPDATE fact SET year = year - 1, jobs = -jobs WHERE id % 5 = 0;
COMMIT;
SQL
agrees('BEGIN; TRUNCATE fact; ROLLBACK', 'TRUNCATE that is rolled back');
agrees('UPDATE fact SET jobs = 1 WHERE false; DELETE FROM fact WHERE false', 'statements that write nothing');
my $versions = 'SELECT string_agg(xmin::text, \',\' ORDER BY year) FROM activity_year';
my $before = $node->safe_psql('postgres', $versions);
agrees('UPDATE fact SET jobs = jobs', 'an update of every row that changes none');
is($node->safe_psql('postgres', $versions), $before, 'which writes no matrix anew');

# A transaction whose snapshot is older than the last year: TRUNCATE removes rows that it does not see, and their matrix too.
my $other = $node->connstr('postgres');
agrees(<<SQL, 'TRUNCATE in a transaction that does not see the latest year');
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM activity_year;
\\! psql -X -q -d "$other" -c "INSERT INTO fact (year, region, sector, jobs) VALUES (2040, 'x:R1', 'cluster:S1', 1)"
TRUNCATE fact;
COMMIT;
SQL
is($node->safe_psql('postgres', 'SELECT count(*) FROM activity_year'), '0', 'nothing is left of it');
$node->safe_psql('postgres', "INSERT INTO fact (year, region, sector, jobs) SELECT 2018 + i % 3, 'x:R1', 'cluster:S1', i FROM generate_series(1, 9) i");

$node->safe_psql('postgres', 'DELETE FROM fact WHERE year = 2019');
is($node->safe_psql('postgres', 'SELECT m FROM activity_year WHERE year = 2019'), '{}', 'a year whose rows are all gone is the empty matrix');
$node->safe_psql('postgres', 'TRUNCATE fact');
is($node->safe_psql('postgres', 'SELECT count(*) FROM activity_year'), '0', 'TRUNCATE empties the matrices');

# A partitioned fact table: written through the parent, its rows moving from one partition to another.
$node->safe_psql('postgres', <<'SQL');
DROP TABLE fact, activity_year;
DROP FUNCTION follow_fact;
CREATE TABLE fact (year int NOT NULL, region region_code NOT NULL, sector sector_code NOT NULL, jobs float8 NOT NULL) PARTITION BY LIST (year);
CREATE TABLE fact_2020 PARTITION OF fact FOR VALUES IN (2020);
CREATE TABLE fact_2021 PARTITION OF fact FOR VALUES IN (2021);
SQL
$node->safe_psql('postgres', $pattern);
agrees("INSERT INTO fact SELECT 2020 + i % 2, ('x:R' || i % 3)::region_code, 'cluster:S1', i * 0.1 FROM generate_series(1, 30) i", 'rows for both partitions');
agrees("UPDATE fact SET year = 4041 - year WHERE region <> 'x:R1'", 'rows that change places');
$node->safe_psql('postgres', "INSERT INTO fact_2020 VALUES (2020, 'x:R1', 'cluster:S1', 1)");
is($node->safe_psql('postgres', $disagree), '1', 'rows written directly into a partition are not followed');
my ($rebuild) = $text =~ /^```sql\n(BEGIN;\nLOCK TABLE.*?)^```/ms;
agrees($rebuild, 'and are there once the matrices are built anew, as the document says');
$node->safe_psql('postgres', <<'SQL');
CREATE TRIGGER follow_insert AFTER INSERT ON fact_2020 REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_fact();
SQL
agrees("INSERT INTO fact_2020 VALUES (2020, 'x:R1', 'cluster:S1', 1); INSERT INTO fact VALUES (2020, 'x:R1', 'cluster:S1', 2)",
	'with the trigger on the partition too, both ways are followed, and once');

$node->stop;
done_testing();
