# The curve behind Gini, Hoover and Krugman index without a server: see test/kernel/curve_test.c, whose checks are this test's.
use strict;
use warnings;

$ENV{TEST} = 'curve_test';
exec "$ENV{TESTDIR}/test/kernel/run" or die "cannot run test/kernel/run: $!\n";
