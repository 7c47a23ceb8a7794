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

# A database whose order of texts is not that of their bytes: pairs stand in its order, and an own bonus takes the place of its pair's.
SKIP: {
	skip 'the server has no ICU', 2 unless $node->safe_psql('postgres', "SELECT count(*) FROM pg_collation WHERE collprovider = 'i'");
	$node->safe_psql('postgres', "CREATE DATABASE icu TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en'");
	$node->safe_psql('icu', "CREATE EXTENSION innocity_kr CASCADE");
	$node->safe_psql('icu', "SELECT create_plan('p', sample => true)");
	# four candidates of one ministry, which give each other something
	$node->safe_psql('icu', q{CREATE TABLE four AS SELECT institution_id, (ARRAY['a', 'B', 'c', 'D'])[row_number() OVER (ORDER BY institution_id)] AS name FROM p.institution
			WHERE status = 'capital' AND ministry = (SELECT ministry FROM p.institution WHERE status = 'capital' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1) LIMIT 4;
		DELETE FROM p.institution WHERE status = 'capital' AND institution_id NOT IN (SELECT institution_id FROM four);
		UPDATE p.institution i SET institution_id = f.name FROM four f WHERE f.institution_id = i.institution_id;
		UPDATE p.setting SET pair_weight = 1, pair_least = 1e-9});
	is($node->safe_psql('icu', "SELECT assess_pair_bonus('p'); SELECT bool_and(institution_a < institution_b), count(*) > 0 FROM p.run_pair"), "1\nt|t",
		'pairs stand in the order of the database');
	is($node->safe_psql('icu', q{INSERT INTO p.bonus (institution_a, institution_b, bonus) SELECT institution_a, institution_b, 0.5 FROM p.run_pair ORDER BY institution_a COLLATE "C" LIMIT 1;
		SELECT count(*) - count(DISTINCT (least(institution_a, institution_b), greatest(institution_a, institution_b))), count(*) FILTER (WHERE kind = 'own') FROM p.pair_bonus_offer}),
		'0|1', 'an own bonus takes the place of the computed one');
}

done_testing;
