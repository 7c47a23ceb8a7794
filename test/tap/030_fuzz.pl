# The parsers under the sanitizers, without a server: a bounded run of each driver in test/fuzz.
use strict;
use warnings;
use Test::More;

foreach my $driver (sort glob "$ENV{TESTDIR}/test/fuzz/*_fuzz.c")
{
	my ($name) = $driver =~ m{([^/]+)_fuzz\.c$};
	# The compiler that builds the extension, and the driver's own mutations: the same inputs each time.
	my $output = `CC=cc $ENV{TESTDIR}/test/fuzz/run $name 300000 2>&1`;
	is($?, 0, "$name: 300000 inputs") or diag($output);
	like($output, qr/300000 runs: ok/, "$name: all of them");
}

done_testing;
