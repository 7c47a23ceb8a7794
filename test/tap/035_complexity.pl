# Complexity without a server: see test/kernel/complexity_test.c, whose checks are this test's.
use strict;
use warnings;

$ENV{TEST} = 'complexity_test';
exec "$ENV{TESTDIR}/test/kernel/run" or die "cannot run test/kernel/run: $!\n";
