# The scripts are UTF-8 (encoding = 'UTF8' in the control files) and hold labels in Korean: they are converted to the encoding of
# the database. In EUC_KR they install and mean the same; a database without Hangul refuses them, naming its encoding.
use strict;
use warnings;
use Test::More;
use Innocity;

my $node = start_node('encoding');
$node->safe_psql('postgres', "CREATE DATABASE euc_kr TEMPLATE template0 ENCODING 'EUC_KR' LOCALE 'C'");
$node->safe_psql('postgres', "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");

is(error_as($node, 'euc_kr', 'postgres', 'CREATE EXTENSION innocity_kr CASCADE'), '', 'both extensions install in EUC_KR');
is($node->safe_psql('euc_kr', "SELECT parent(sector_code '35111'), ancestor(region_code '46170', 1)"), '3511|46', 'codes work there');
is($node->safe_psql('euc_kr', "SET client_encoding = 'UTF8'; SELECT label(region_code '46170', 'ko')"), '나주시',
	'labels are converted and come back');
is($node->safe_psql('euc_kr', "SET client_encoding = 'UTF8'; SELECT string_agg(w || korean_particle(w, '은/는'), ' ' ORDER BY w COLLATE \"C\") FROM unnest('{나주,서울,㈜,ＫＤＮ}'::text[]) w"),
	'㈜는 ＫＤＮ은 나주는 서울은', 'particles follow the last sound there too');

like(error_as($node, 'latin', 'postgres', 'CREATE EXTENSION innocity'), qr/22P05.*LATIN1/s, 'LATIN1 is refused');

done_testing;
