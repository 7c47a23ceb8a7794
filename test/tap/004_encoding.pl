# The scripts are UTF-8 (encoding = 'UTF8' in the control files) and are converted to the database's encoding: in EUC_KR they
# install and mean the same; a database that knows no Hangul refuses the Korean data and keeps innocity.
use strict;
use warnings;
use Test::More;
use Innocity;

my $node = start_node('encoding');
$node->safe_psql('postgres', "CREATE DATABASE euc_kr TEMPLATE template0 ENCODING 'EUC_KR' LOCALE 'C'");
$node->safe_psql('postgres', "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");

foreach my $database ('euc_kr', 'latin')
{
	is(error_as($node, $database, 'postgres', 'CREATE EXTENSION innocity'), '', "innocity installs in $database");
	is($node->safe_psql($database, "SELECT parent(sector_code '35111'), ancestor(region_code '46170', 1)"), '3511|46', 'and works');
}

is(error_as($node, 'euc_kr', 'postgres', 'CREATE EXTENSION innocity_kr'), '', 'innocity_kr installs in euc_kr');
is($node->safe_psql('euc_kr', "SET client_encoding = 'UTF8'; SELECT label(region_code '46170', 'ko')"), '나주시',
	'its labels are converted to EUC_KR and back');
like(error_as($node, 'latin', 'postgres', 'CREATE EXTENSION innocity_kr'), qr/22P05.*LATIN1/s, 'innocity_kr refuses a database without Hangul');

done_testing;
