# Hostile bytes: binary and text forms of the matrix types, changed at random (seeded), are accepted or refused, and never more than that.
# What is accepted must be canonical: it goes through text and binary unchanged.
use strict;
use warnings;
use Test::More;
use Innocity;

my $node = start_node('matrix_hostile', 'log_min_messages = warning');
$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION innocity;
CREATE TABLE good (type text, literal text);
INSERT INTO good VALUES
  ('activity_matrix', '{46110:{26:5}, 46170:{26:30, 35111:120}}'),
  ('activity_matrix', '{46:{26:0.1+1e-20, 27:-1e300-1, 28:2e-320}, 51:{C:7}}'),
  ('activity_matrix', 'ratio {46170:{35111:null, 26:1.5, 10:0}, 46:{}}'),
  ('activity_matrix', '{x:A:{26:1}, x:B:{27:1}, x:C:{28:1}, x:D:{29:0.3-1e-17}}'),
  ('sector_matrix', 'ratio {26:{26:1, 35111:0.25}, 27:{26:null}, ksic9:36:{group:DE:1e-300}}'),
  ('activity_matrix', '{"kind":"ratio","regions":["46110","46"],"sectors":["26"],"cells":{"46110":{"26":null}}}'),
  ('sector_matrix', '{"kind":"quantity","rows":["26"],"columns":["27"],"cells":{"26":{"27":1.5}}}'),
  ('sector_profile', '{26:0.3, 35111:0.7+1e-19}');
-- Each accepted value must survive both ways unchanged; the probe is by type.
CREATE FUNCTION try_text(type text, literal text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  printed text;
  again text;
BEGIN
  EXECUTE format('SELECT %L::%s::text', literal, type) INTO printed;
  EXECUTE format('SELECT %L::%s::text', printed, type) INTO again;
  RETURN CASE WHEN printed = again THEN 'accepted' ELSE 'CHANGED ' || printed || ' INTO ' || again END;
EXCEPTION WHEN invalid_text_representation OR numeric_value_out_of_range OR invalid_parameter_value OR program_limit_exceeded
    OR untranslatable_character OR character_not_in_repertoire THEN
  RETURN SQLSTATE;
END $$;
SQL

# The output and the SQLSTATEs of statements that may fail one by one.
sub run_file
{
	my $file = PostgreSQL::Test::Utils::tempdir() . '/input.sql';
	open my $fh, '>:raw', $file or die "$file: $!";
	print $fh "$_\n" foreach @_;
	close $fh;
	my ($rc, $stdout, $stderr) =
		$node->psql('postgres', "\\i $file", on_error_stop => 0, extra_params => [ '-v', 'VERBOSITY=sqlstate' ]);
	return ($stdout, $stderr);
}

srand(20261125);
my %outcome;

# Text: bytes changed, dropped, doubled and swapped.
my @good = map { [ split /\|/, $_, 2 ] } split /\n/, $node->safe_psql('postgres', 'SELECT * FROM good');
my @pieces = ('{', '}', ':', ',', ' ', '0', '9', '-', '+', 'e', '.', 'null', 'ratio ', '~', 'ksic9', 'x', '1e308', '1e-330', "'", '"', '[', ']', '"kind"', '"cells"', '\\', 'é', '나');
my @calls;
foreach my $round (1 .. 1500)
{
	my ($type, $literal) = @{ $good[ rand @good ] };
	foreach (0 .. rand 3)
	{
		my $at = int rand(length($literal) + 1);
		my $kind = rand 4;
		if ($kind < 1) { substr($literal, $at, 1 + int rand 3) = '' if $at < length $literal; }
		elsif ($kind < 2) { substr($literal, $at, 0) = $pieces[ rand @pieces ]; }
		elsif ($kind < 3) { substr($literal, $at, 1) = $pieces[ rand @pieces ] if $at < length $literal; }
		else { substr($literal, $at, 0) = substr($literal, int rand length($literal), int rand 12); }
	}
	$literal =~ s/'/''/g;
	push @calls, "SELECT try_text('$type', '$literal');";
}
my $dir = PostgreSQL::Test::Utils::tempdir();
chmod 0777, $dir;
# One call a statement: text that is no UTF-8 is refused by the server before it reaches the type.
my ($out, $err) = run_file(@calls);
$outcome{$_}++ foreach split /\n/, $out;
is(scalar(grep { /CHANGED/ } keys %outcome), 0, 'accepted literals print as what they read back as') or diag(join "\n", grep { /CHANGED/ } keys %outcome);
cmp_ok($outcome{accepted} // 0,  '>', 50, 'some changed literals are accepted');
cmp_ok($outcome{'22P02'} // 0, '>', 300, 'most are refused as text');
is(join(' ', grep { $_ ne '22021' } $err =~ /ERROR:\s+(\w{5})/g), '', 'nothing else happened');

# Binary: COPY files with changed bytes.
my ($accepted, $refused) = (0, 0);
foreach my $type (qw(activity_matrix sector_matrix sector_profile))
{
	$node->safe_psql('postgres', "CREATE TABLE target_$type (v $type)");
	$node->safe_psql('postgres',
		"INSERT INTO target_$type SELECT literal::$type FROM good WHERE type = '$type'; COPY target_$type TO '$dir/$type' (FORMAT binary)");
	my $bytes = PostgreSQL::Test::Utils::slurp_file("$dir/$type");
	my @sql = ('SET client_min_messages = error;');
	foreach my $round (1 .. 400)
	{
		my $changed = $bytes;
		# The file header and the lengths of fields are COPY's own: a change there is mostly no test of ours, but no harm either.
		foreach (0 .. rand 3)
		{
			my $at = 25 + int rand(length($changed) - 27);
			substr($changed, $at, 1) = rand(3) < 1 ? chr(int rand 256) : chr(ord(substr($changed, $at, 1)) ^ (1 << int rand 8));
		}
		my $file = "$dir/$type.$round";
		open my $fh, '>:raw', $file or die "$file: $!";
		print $fh $changed;
		close $fh;
		chmod 0644, $file;
		push @sql, "TRUNCATE target_$type;", "COPY target_$type FROM '$file' (FORMAT binary);",
			"SELECT 'taken', count(*), count(*) FILTER (WHERE v::text::$type <> v) FROM target_$type;";
	}
	my ($stdout, $stderr) = run_file(@sql);
	foreach my $line (split /\n/, $stdout)
	{
		my (undef, $count, $different) = split /\|/, $line;
		$accepted++ if $count;
		is($different, '0', "$type: what was taken is canonical") if $different ne '0';
	}
	my @codes = $stderr =~ /ERROR:\s+(\w{5})/g;
	$refused += @codes;
	# 22P03 ours, 22P04 COPY's own (lengths), 22023 mixed editions, 22003 out of range, 54000 an announced field beyond 1 GB.
	is(join(' ', grep { !/^(22P03|22P04|22023|22003|54000|22021|53200)$/ } @codes), '', "$type: refused as documented");
}
cmp_ok($accepted, '>', 20, 'some changed files are taken: a changed value or code is still a value or code');
cmp_ok($refused, '>', 200, 'many are refused');

# Binary forms put together by hand: each with one thing wrong, beside one that is right.
my ($r46, $r47) = map { pack 'H*', $_ } split /\|/, $node->safe_psql('postgres', "SELECT encode(region_code_send('46'), 'hex'), encode(region_code_send('47'), 'hex')");
my ($s26, $s27) = map { pack 'H*', $_ } split /\|/, $node->safe_psql('postgres', "SELECT encode(sector_code_send('26'), 'hex'), encode(sector_code_send('27'), 'hex')");
my ($one, $nan, $other_nan, $minus_zero, $minus) = map { pack 'H*', $_ } qw(3ff0000000000000 7ff8000000000000 fff8000000000001 8000000000000000 bff0000000000000);
my $zero = "\0" x 8;
sub form
{
	my ($version, $kind, $rows, $cols, $cells, $rest, %count) = @_;
	my $n = 0;
	$n += @$_ foreach @$cells;
	return pack('CCNNNN', $version, $kind, scalar @$rows, scalar @$cols, $count{cells} // $n, $count{rest} // scalar @$rest) . join('', @$rows, @$cols)
		. join('', map { pack('N', scalar @$_) . join('', map { pack('N', $_->[0]) . $_->[1] } @$_) } @$cells) . join('', map { pack('N', $_->[0]) . $_->[1] } @$rest);
}
my $tiny = pack 'H*', '3be0000000000000';
my @forms = (
	[ 'activity_matrix', 'all in order', '{46:{26:1+2.710505431213761e-20, 27:1}}', form(1, 0, [$r46], [ $s26, $s27 ], [ [ [ 0, $one ], [ 1, $one ] ] ], [ [ 0, $tiny ] ]) ],
	[ 'activity_matrix', 'a zero, a minus zero and unlisted codes', '{46:{26:1}}', form(1, 0, [ $r46, $r47 ], [ $s26, $s27 ], [ [ [ 0, $one ], [ 1, $minus_zero ] ], [ [ 1, $zero ] ] ], []) ],
	[ 'activity_matrix', 'a NULL in other bits', 'ratio {46:{26:null}}', form(1, 1, [$r46], [$s26], [ [ [ 0, $other_nan ] ] ], []) ],
	[ 'activity_matrix', 'a ratio that lists codes without cells', 'ratio {46:{26:0, 27:0}, 47:{}}', form(1, 1, [ $r46, $r47 ], [ $s26, $s27 ], [ [], [] ], []) ],
	[ 'activity_matrix', 'an unknown version', undef, form(2, 0, [$r46], [$s26], [ [ [ 0, $one ] ] ], []) ],
	[ 'activity_matrix', 'an unknown kind', undef, form(1, 2, [$r46], [$s26], [ [ [ 0, $one ] ] ], []) ],
	[ 'activity_matrix', 'NaN in a quantity', undef, form(1, 0, [$r46], [$s26], [ [ [ 0, $nan ] ] ], []) ],
	[ 'activity_matrix', 'a region twice', undef, form(1, 0, [ $r46, $r46 ], [$s26], [ [ [ 0, $one ] ], [ [ 0, $one ] ] ], []) ],
	[ 'activity_matrix', 'regions in descending order', undef, form(1, 0, [ $r47, $r46 ], [$s26], [ [ [ 0, $one ] ], [ [ 0, $one ] ] ], []) ],
	[ 'activity_matrix', 'a sector twice', undef, form(1, 0, [$r46], [ $s26, $s26 ], [ [ [ 0, $one ] ] ], []) ],
	[ 'activity_matrix', 'a region that is none', undef, form(1, 0, [ pack 'NN', 1, 1 ], [$s26], [ [ [ 0, $one ] ] ], []) ],
	[ 'activity_matrix', 'a column twice', undef, form(1, 0, [$r46], [ $s26, $s27 ], [ [ [ 0, $one ], [ 0, $one ] ] ], []) ],
	[ 'activity_matrix', 'a column beyond the last', undef, form(1, 0, [$r46], [$s26], [ [ [ 1, $one ] ] ], []) ],
	[ 'activity_matrix', 'a remainder of a cell beyond the last', undef, form(1, 0, [$r46], [$s26], [ [ [ 0, $one ] ] ], [ [ 1, $tiny ] ]) ],
	[ 'activity_matrix', 'NaN as a remainder', undef, form(1, 0, [$r46], [$s26], [ [ [ 0, $one ] ] ], [ [ 0, $nan ] ]) ],
	[ 'activity_matrix', 'four billion cells', undef, form(1, 0, [$r46], [$s26], [ [ [ 0, $one ] ] ], [], cells => 4294967295) ],
	[ 'activity_matrix', 'a cell fewer than announced, a remainder more', undef, form(1, 0, [$r46], [$s26], [ [ [ 0, $one ] ] ], [ [ 0, $tiny ] ], cells => 2, rest => 0) ],
	[ 'sector_profile', 'all in order', '{26:1}', form(1, 0, [$zero], [$s26], [ [ [ 0, $one ] ] ], []) ],
	[ 'sector_profile', 'a ratio', undef, form(1, 1, [$zero], [$s26], [ [ [ 0, $one ] ] ], []) ],
	[ 'sector_profile', 'two rows', undef, form(1, 0, [ $zero, $one ], [$s26], [ [ [ 0, $one ] ], [ [ 0, $one ] ] ], []) ],
	[ 'sector_profile', 'a code of the row', undef, form(1, 0, [$r46], [$s26], [ [ [ 0, $one ] ] ], []) ],
	[ 'sector_profile', 'a negative weight', undef, form(1, 0, [$zero], [$s26], [ [ [ 0, $minus ] ] ], []) ],
	[ 'sector_profile', 'a weight made negative by its remainder', undef, form(1, 0, [$zero], [$s26], [ [ [ 0, $one ] ] ], [ [ 0, pack 'H*', 'c000000000000000' ] ]) ]);
foreach my $try (@forms)
{
	my ($type, $name, $expected, $bytes) = @$try;
	open my $fh, '>:raw', "$dir/form" or die "$dir/form: $!";
	print $fh "PGCOPY\n\377\r\n\0", pack('NNnN', 0, 0, 1, length $bytes), $bytes, pack('n', 65535);
	close $fh;
	chmod 0644, "$dir/form";
	my ($stdout, $stderr) = run_file("TRUNCATE target_$type;", "COPY target_$type FROM '$dir/form' (FORMAT binary);",
		defined $expected ? "SELECT v, v = '$expected', v::text::$type = v FROM target_$type;" : ());
	if (defined $expected) { is($stdout, "$expected|t|t", "$type received: $name") or diag($stderr); }
	else { like($stderr, qr/ERROR:\s+22P03/, "$type refused: $name"); }
}

is($node->safe_psql('postgres', 'SELECT 1'), '1', 'the server is alive');
unlike(PostgreSQL::Test::Utils::slurp_file($node->logfile), qr/terminated by signal|PANIC|TRAP/, 'no process died');
$node->stop;
done_testing();
