#!/usr/bin/perl
# Numbers from elsewhere: every function of indicators stands in the table beside the peers and has a worked example, and the script of numpy that computed the constants of
# test/pgtap/indicator_korea.sql still gives them, as that of mpmath gives test/kernel/tails.h, and that of R the
# numbers of tests on small tables. The latter three are skipped by name where numpy, mpmath or R is missing.
use strict;
use warnings;
use Test::More;

chdir($ENV{TESTDIR}) or die "cannot enter $ENV{TESTDIR}: $!\n" if $ENV{TESTDIR};

sub content { my $file = shift; open(my $in, '<', $file) or die "$file: $!\n"; local $/; return scalar <$in> }

my $peers = content('docs/en/peers.md');
my $examples = join '', map { content($_) =~ /^```sql\n(.*?)^```/msg } glob 'docs/en/*.md';
my (%missing, %unshown);
foreach my $file (glob 'extension/indicator/*.sql')
{
	# Not: what aggregates and types are made of.
	foreach my $name (content($file) =~ /^CREATE (?:FUNCTION|AGGREGATE) (\w+)\(/mg)
	{
		next if $name =~ /_(?:in|out|recv|send|accumulate|remove|combine|final|serialize|deserialize)$/;
		$unshown{$name} = 1 unless $examples =~ /\b\Q$name\E\(/;
		$missing{$name} = 1 unless $peers =~ /`\Q$name\E[`(]/;
	}
}
is(join(' ', sort keys %missing), '', 'docs/en/peers.md has every function of indicators');

is(join(' ', sort keys %unshown), '', 'and the documents an example of each');

SKIP:
{
	my ($python) = grep { -x $_ && system("$_ -c 'import numpy' 2> /dev/null") == 0 } '/usr/bin/python3', '/usr/local/bin/python3';
	skip 'no python3 with numpy', 2 unless $python;
	my $said = qx($python test/reference/indicator_korea.py --check 2>&1);
	is($?, 0, 'every constant is computed again');
	like($said, qr/^47 constants, 0 differ$/m, 'all 47 of them') or diag($said);
}
SKIP:
{
	my ($python) = grep { -x $_ && system("$_ -c 'import mpmath' 2> /dev/null") == 0 } '/usr/bin/python3', '/usr/local/bin/python3';
	skip 'no python3 with mpmath', 1 unless $python;
	like(scalar qx($python test/reference/tails.py --check 2>&1), qr/^\d+ tails, the same$/m, 'and every tail of t and F');
}
SKIP:
{
	skip 'no Rscript', 2 if system('Rscript --version > /dev/null 2>&1') != 0;
	my $said = qx(Rscript test/reference/small.R 2>&1);
	is($?, 0, 'the tests on small tables have the numbers of R and its packages') or diag($said);
	cmp_ok(scalar(() = $said =~ /in the test$/mg), '>=', 39, 'those of R itself at least');
}
done_testing();
