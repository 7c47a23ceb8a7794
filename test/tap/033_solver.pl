# The allocation solver without a server, under sanitizers and against all plans: see test/solver/solver_test.c, whose checks are this test's.
use strict;
use warnings;

exec "$ENV{TESTDIR}/test/solver/run", 100, 6 or die "cannot run test/solver/run: $!\n";
