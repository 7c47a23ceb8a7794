-- Indicators on the real table of Korea against the numbers of peer packages, as they printed them: call and package beside each. R 4.2.2 with
-- EconGeo 1.3 (420c3c5), REAT 3.0.3 (602f988), economiccomplexity 2.0.0 (423d5b4); Python 3.11 with py-ecomplexity 0.5.2 (d22c0f7) and
-- economic-complexity 0.3.0 (782f6a6). x is the table of 2020 and x0 that of 2015 (229 municipalities x 16 groups, test/reference/peers.sql), b its
-- presence. Where they round or err, see docs/en/peers.md; only what they give in full is here.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity_kr CASCADE;

SELECT plan(31);

CREATE TEMP TABLE korea AS
SELECT nonnegative(activity_matrix_agg(code, industry, value_mkrw) FILTER (WHERE year = 2015)) AS m0, nonnegative(activity_matrix_agg(code, industry, value_mkrw) FILTER (WHERE year = 2020)) AS m
FROM region_industry_kr;
CREATE TEMP TABLE income AS
SELECT t.region, t.value / p.total AS v, p.total AS people FROM korea, region_totals(m) t JOIN population_kr p ON p.code = t.region AND p.year = 2020;

CREATE FUNCTION pg_temp.near(have float8, want float8, what text, tolerance float8 DEFAULT 1e-12) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT CASE WHEN abs(have - want) <= tolerance * greatest(1, abs(want)) THEN pass(what) ELSE is(have, want, what) END
$$;

SELECT pg_temp.near(gamma, want, 'ellison_glaeser: REAT ellison.a, municipalities as plants of provinces, ' || s)
FROM (VALUES ('group:J', 0.12486379401189232), ('group:C', 0.035681923421895335), ('group:B', 0.17601800383114213)) v(s, want)
JOIN (SELECT e.* FROM korea, ellison_glaeser(ARRAY(SELECT (ancestor(region, 1), sector, value)::plant FROM cells(m))) e) e ON sector = s::sector_code;
SELECT pg_temp.near(theil_l(v), 0.15817944608959777, 'theil_l: REAT theil') FROM income;
SELECT pg_temp.near(atkinson(v, 0.5), 0.0841908584166704, 'atkinson: REAT atkinson') FROM income;
SELECT pg_temp.near(gini(v), 0.30292075097646376, 'gini: REAT gini') FROM income;
SELECT pg_temp.near(gini(v, people), 0.32824839842591286, 'gini with weights: REAT gini2(weighting)') FROM income;
SELECT pg_temp.near(value, want, 'shift_share: REAT shift, ' || what, 1e-9)
FROM (SELECT sum(actual) AS a, sum("national") AS n, sum(industry_mix) AS i, sum(regional) AS r FROM korea, shift_share(m0, m) WHERE region = '46170') s,
     LATERAL (VALUES ('Growth', a, 1024714), ('National share', n, 579826.57440642174), ('Industrial mix', i, 88479.522528014611), ('Regional share', r, 356407.90306556417)) v(what, value, want);
SELECT pg_temp.near(value, want, 'shift_share esteban: REAT shift(''Esteban''), ' || what, 1e-9)
FROM (SELECT sum(regional) AS r, sum(allocation) AS a FROM korea, shift_share(m0, m, 'esteban') WHERE region = '46170') s,
     LATERAL (VALUES ('Regional share', r, 1411167.4917590884), ('Allocation effect', a, -1054759.588693524)) v(what, value, want);
SELECT pg_temp.near(fitness, 2.9890927783508361, 'region_fitness: economiccomplexity complexity_measures(b, ''fitness'', 20)') FROM korea, region_fitness(m, 19, 0) WHERE region = '46170';
SELECT pg_temp.near(fitness, 6.7535658159580993, 'sector_fitness: the same') FROM korea, sector_fitness(m, 19, 0) WHERE sector = 'group:J';
SELECT pg_temp.near(value, 46.905098694586492, 'prody: economiccomplexity productivity_levels(x, income)')
FROM korea, prody(m, ARRAY(SELECT (region, v)::region_value FROM income)) WHERE sector = 'group:J';
SELECT pg_temp.near(value, 37.416559371148296, 'expy: the same') FROM korea, expy(m, ARRAY(SELECT (region, v)::region_value FROM income)) WHERE region = '46170';
SELECT pg_temp.near(value(relatedness(m, method), 'group:J', 'group:K'), want, 'relatedness ' || method || ': ' || who)
FROM korea, (VALUES ('proximity', 0.21052631578947367, 'economiccomplexity proximity'), ('sqrt', 0.26490647141300877, 'economic-complexity proximity(sqrt)'), ('probability', 1.8242968391770162, 'EconGeo relatedness(prob)'),
    ('association', 1.8679507758159442, 'EconGeo'), ('cosine', 0.04137808033693989, 'EconGeo'), ('jaccard', 0.020050125313283207, 'EconGeo')) v(method, want, who);
SELECT pg_temp.near(value(cooccurrence(m, 'zscore'), 'group:J', 'group:K'), 2.3246855576944125, 'cooccurrence: EconGeo zScore') FROM korea;
SELECT pg_temp.near(value(relatedness_density(m), '46170', 'group:C'), 0.6314573640823422, 'relatedness_density: economic-complexity relatedness') FROM korea;
SELECT pg_temp.near(value(relatedness_density(m, self => true), '46170', 'group:C'), 0.4599504390417279, 'with the sector itself: py-ecomplexity density') FROM korea;
SELECT pg_temp.near(value(cross_density(m0, m), '46170', 'group:C'), 0.3908656540525433, 'cross_density: economic-complexity cross_relatedness') FROM korea;
SELECT pg_temp.near(eci, 0.5185853320560639, 'economic_complexity: py-ecomplexity eci') FROM korea, economic_complexity(m) WHERE region = '46170';
SELECT pg_temp.near(pci, 4.445147219224408, 'sector_complexity: py-ecomplexity pci') FROM korea, sector_complexity(m) WHERE sector = 'group:J';
SELECT pg_temp.near(hachman, 0.7409935319646932, 'Hachman: EconGeo Hachman') FROM korea, specialization(m) WHERE region = '46170';
SELECT pg_temp.near(locational_gini / 2, 0.31987548068525662, 'locational Gini: EconGeo locational.Gini, to 0.5') FROM korea, concentration(m) WHERE sector = 'group:J';
SELECT * FROM finish();
