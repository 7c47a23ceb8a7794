# The cheapest cover, least squares and the tails of Student's t and F without a server: see test/kernel/cover_test.c, whose checks are this test's.
use strict;
use warnings;

$ENV{TEST} = 'cover_test';
exec "$ENV{TESTDIR}/test/kernel/run" or die "cannot run test/kernel/run: $!\n";
