# allocation_mps() by way of outside solvers: what GLPK, CBC and HiGHS make of it, read back in by SQL, keeps all rules by allocation_check(),
# and is worth the optimum that allocate() has proven. Instances with rules of every kind, feasible by a hidden plan. A solver that this
# machine lacks is skipped by name; `test/need solvers` installs Debian's.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Innocity;

my $node = start_node('outside');
my $folder = PostgreSQL::Test::Utils::tempdir;
my $python = -x '/usr/bin/python3' ? '/usr/bin/python3' : 'python3';
my $highs = "$python $ENV{TESTDIR}/bench/highs.py";

# name, what tells that it is there, Debian's package, the command from model.mps to solution
my @solver = (
	[ 'GLPK', 'command -v glpsol', 'glpk-utils', 'glpsol --freemps model.mps --output solution --tmlim 60' ],
	[ 'CBC', 'command -v cbc', 'coinor-cbc', 'cbc model.mps sec 60 solve solution solution' ],
	[ 'HiGHS', "$highs --version", 'python3-scipy', "$highs model.mps 60 solution" ]);

$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION innocity;
CREATE FUNCTION dice(name text, n int) RETURNS int LANGUAGE sql IMMUTABLE
RETURN ('x' || substr(md5(name), 1, 7))::bit(28)::int % n;
CREATE TABLE instance (seed int PRIMARY KEY, cells allocation_cell[], institutions allocation_institution[], cities allocation_city[],
    bonuses allocation_bonus[], rules allocation_rule[], quotas allocation_quota[]);

-- 22 institutions, ids in another order than numbers; 1 and 2 are one move group, 3 has no headcount; the hidden plan sends i to city (i + seed) % 4
CREATE FUNCTION make_instance(seed int) RETURNS void LANGUAGE sql AS $$
WITH institution AS (
    SELECT i, 'i' || i AS id, CASE WHEN i <> 3 THEN 20 + dice(concat_ws(':', 'h', seed, i), 80) END AS heads,
           (ARRAY['energy', 'agri', NULL])[1 + dice(concat_ws(':', 'k', seed, i), 3)] AS category,
           CASE WHEN i <= 2 THEN 'g' END AS move_group,
           'c' || CASE WHEN i = 2 THEN 1 + seed ELSE i + seed END % 4 AS hidden
      FROM generate_series(1, 22) i),
  city AS (SELECT hidden AS id, ceil(1.05 * sum(heads)) AS capacity, count(*) AS k, count(*) FILTER (WHERE category = 'energy') AS energy,
                  CASE WHEN hidden < 'c2' THEN 'north' ELSE 'south' END AS province
             FROM institution GROUP BY 1)
INSERT INTO instance SELECT seed,
       ARRAY(SELECT (i.id, c.id, dice(concat_ws(':', 's', seed, i.i, c.id), 100) + 0.5)::allocation_cell FROM institution i, city c
              WHERE i.hidden = c.id OR dice(concat_ws(':', 'x', seed, i.i, c.id), 10) > 0),
       ARRAY(SELECT (id, heads, category, move_group)::allocation_institution FROM institution),
       ARRAY(SELECT (id, CASE WHEN id <> 'c3' THEN capacity END, CASE WHEN id <> 'c0' THEN k + 1 END, k - 1, province)::allocation_city FROM city),
       ARRAY(SELECT (a.id, b.id, dice(concat_ws(':', 'b', seed, a.i, b.i), 60) - 20)::allocation_bonus FROM institution a, institution b
              WHERE a.i < b.i AND dice(concat_ws(':', 'y', seed, a.i, b.i), 12) = 0),
       ARRAY(SELECT (id, hidden, 'forced', NULL)::allocation_rule FROM institution WHERE i = 4)
    || ARRAY(SELECT (i.id, c.id, 'forbidden', NULL)::allocation_rule FROM institution i, city c WHERE i.i IN (5, 6) AND c.id = 'c' || (i.i + seed + 1) % 4)
    || ARRAY[('i7', NULL, 'together', 'i11'), ('i8', NULL, 'apart', 'i9'), ('i10', NULL, 'apart', 'i12')]::allocation_rule[],
       ARRAY(SELECT (id, 'energy', energy, energy + 1, NULL)::allocation_quota FROM city WHERE id IN ('c1', 'c2'))
    || ARRAY(SELECT (NULL, 'energy', sum(energy) - 1, sum(energy), province)::allocation_quota FROM city WHERE province = 'north' GROUP BY province)
    || ARRAY(SELECT (NULL, NULL, sum(k), NULL, province)::allocation_quota FROM city WHERE province = 'south' GROUP BY province)
  FROM (SELECT 1) one
$$;
SQL

my %optimum;
my $all = 'cells, institutions, cities, bonuses, rules, quotas';
foreach my $seed (1 .. 3)
{
	$node->safe_psql('postgres', "SELECT make_instance($seed)");
	my ($status, $objective) = split /\|/,
	  $node->safe_psql('postgres', "SELECT c.status, c.objective FROM instance, certificate(allocate($all, effort => 40000000)) c WHERE instance.seed = $seed");
	is($status, 'optimal', "instance $seed: allocate proves its plan");
	$optimum{$seed} = $objective;
}

foreach my $solver (@solver)
{
	my ($name, $probe, $package, $command) = @$solver;
  SKIP:
	{
		skip "$name is not here; Debian's package: $package", scalar keys %optimum unless system("( $probe ) >/dev/null 2>&1") == 0;
		foreach my $seed (sort keys %optimum)
		{
			my $model = $node->safe_psql('postgres', "SELECT allocation_mps($all) FROM instance WHERE seed = $seed");
			unlink "$folder/solution";
			open my $out, '>', "$folder/model.mps" or die $!;
			print $out "$model\n";
			close $out;
			my $said = `cd $folder && $command 2>&1`;
			my $answer = $node->safe_psql('postgres', <<SQL);
SELECT (SELECT count(*) FROM unnest(plan)), allocation_objective($all, plan),
       (SELECT string_agg(detail, '; ') FROM allocation_check($all, plan))
  FROM instance, LATERAL (SELECT ARRAY(SELECT p FROM allocation_read(institutions, cities, pg_read_file('$folder/solution')) p) AS plan) answer
 WHERE seed = $seed
SQL
			is($answer, "22|$optimum{$seed}|", "instance $seed: the plan of $name is whole, keeps the rules and is worth the optimum") or diag($said);
		}
	}
}

done_testing;
