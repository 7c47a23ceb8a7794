# The kernels of relatedness and density without a server: see test/kernel/kernel_test.c, whose checks are this test's.
use strict;
use warnings;

exec "$ENV{TESTDIR}/test/kernel/run" or die "cannot run test/kernel/run: $!\n";
