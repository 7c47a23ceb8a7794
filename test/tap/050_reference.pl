#!/usr/bin/perl
# The script of numpy that computed the constants of test/pgtap/indicator_korea.sql still gives them. Skipped by name where numpy is missing.
use strict;
use warnings;
use Test::More;

my ($python) = grep { -x $_ && system("$_ -c 'import numpy' 2> /dev/null") == 0 } '/usr/bin/python3', '/usr/local/bin/python3';
plan skip_all => 'no python3 with numpy' unless $python;

my $said = qx($python test/reference/indicator_korea.py --check 2>&1);
is($?, 0, 'every constant is computed again');
like($said, qr/^47 constants, 0 differ$/m, 'all 47 of them') or diag($said);
done_testing();
