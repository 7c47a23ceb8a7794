-- The indicators on the real table of Korea against numbers computed apart: from the published file by numpy alone, each by the formula of the
-- literature that the page of the indicator names, by test/reference/indicator_korea.py; complexity by the full nonsymmetric eigenproblem, AUC by
-- comparing all pairs. Of 46170 (Naju), of information and communication (group:J), manufacturing (group:C), or the whole country.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity_kr CASCADE;

SELECT plan(47);

CREATE TEMP TABLE korea AS
SELECT year, nonnegative(activity_matrix_agg(code, industry, value_mkrw)) AS m FROM region_industry_kr WHERE year IN (2015, 2020) GROUP BY year;

CREATE FUNCTION pg_temp.near(have float8, want float8, what text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT CASE WHEN abs(have - want) <= 1e-9 * greatest(1, abs(want)) THEN pass(what) ELSE is(have, want, what) END
$$;

SELECT pg_temp.near(value(location_quotient((SELECT m FROM korea WHERE year = 2020)), '46170', 'group:J'), 1.8025292287077106, 'location quotient');
SELECT pg_temp.near(value(symmetric_lq((SELECT m FROM korea WHERE year = 2020)), '46170', 'group:J'), 0.2863589148284349, 'symmetric');
SELECT pg_temp.near(value(additive_lq((SELECT m FROM korea WHERE year = 2020)), '46170', 'group:J'), 0.040984382807830115, 'additive');
SELECT pg_temp.near((SELECT value FROM diversity((SELECT m FROM korea WHERE year = 2020)) x WHERE region = '46170'), 9.0, 'diversity');
SELECT pg_temp.near((SELECT value FROM ubiquity((SELECT m FROM korea WHERE year = 2020)) x WHERE sector = 'group:J'), 24.0, 'ubiquity');
SELECT pg_temp.near(value(relatedness((SELECT m FROM korea WHERE year = 2020), 'proximity'), 'group:J', 'group:C'), 0.013888888888888888, 'relatedness proximity');
SELECT pg_temp.near(value(relatedness((SELECT m FROM korea WHERE year = 2020), 'sqrt'), 'group:J', 'group:C'), 0.024056261216234408, 'relatedness sqrt');
SELECT pg_temp.near(value(relatedness((SELECT m FROM korea WHERE year = 2020), 'asymmetric'), 'group:J', 'group:C'), 0.013888888888888888, 'relatedness asymmetric');
SELECT pg_temp.near(value(relatedness((SELECT m FROM korea WHERE year = 2020), 'correlation'), 'group:J', 'group:C'), 0.399498391776053, 'relatedness correlation');
SELECT pg_temp.near(value(relatedness((SELECT m FROM korea WHERE year = 2020), 'jaccard'), 'group:J', 'group:C'), 0.002364066193853428, 'relatedness jaccard');
SELECT pg_temp.near(value(relatedness((SELECT m FROM korea WHERE year = 2020), 'cosine'), 'group:J', 'group:C'), 0.0050150678392814965, 'relatedness cosine');
SELECT pg_temp.near(value(relatedness((SELECT m FROM korea WHERE year = 2020), 'association'), 'group:J', 'group:C'), 0.21951710261569415, 'relatedness association');
SELECT pg_temp.near(value(relatedness((SELECT m FROM korea WHERE year = 2020), 'probability'), 'group:J', 'group:C'), 0.2141698003899394, 'relatedness probability');
SELECT pg_temp.near(value(cooccurrence((SELECT m FROM korea WHERE year = 2020), 'zscore'), 'group:J', 'group:C'), -3.0350820102769993, 'z-score');
SELECT pg_temp.near(value(coagglomeration((SELECT m FROM korea WHERE year = 2020)), 'group:J', 'group:C'), -0.013119963107275773, 'coagglomeration');
SELECT pg_temp.near(value(cross_proximity((SELECT m FROM korea WHERE year = 2015), (SELECT m FROM korea WHERE year = 2020)), 'group:J', 'group:C'), 0.0, 'cross proximity');
SELECT pg_temp.near(value(relatedness_density((SELECT m FROM korea WHERE year = 2020)), '46170', 'group:C'), 0.6314573640823423, 'density');
SELECT pg_temp.near(value(relatedness_density((SELECT m FROM korea WHERE year = 2020), self => true), '46170', 'group:C'), 0.4599504390417279, 'density with the sector itself');
SELECT pg_temp.near(value(relatedness_density((SELECT m FROM korea WHERE year = 2020), k => 3), '46170', 'group:C'), 0.3214215718298818, 'density, k = 3');
SELECT pg_temp.near(value(relative_relatedness((SELECT m FROM korea WHERE year = 2020)), '46170', 'group:C'), 0.7630319553148532, 'relative relatedness');
SELECT pg_temp.near((SELECT eci FROM economic_complexity((SELECT m FROM korea WHERE year = 2020)) x WHERE region = '46170'), 0.5185853320560637, 'ECI');
SELECT pg_temp.near((SELECT pci FROM sector_complexity((SELECT m FROM korea WHERE year = 2020)) x WHERE sector = 'group:J'), 4.445147219224407, 'PCI');
SELECT pg_temp.near((SELECT pci FROM sector_complexity((SELECT m FROM korea WHERE year = 2020), own_scale => true) x WHERE sector = 'group:J'), 2.1586652442659107, 'PCI on its own scale');
SELECT pg_temp.near((SELECT fitness FROM region_fitness((SELECT m FROM korea WHERE year = 2020), 100, 0) x WHERE region = '46170'), 3.1238132204679343, 'fitness after 100 steps');
SELECT pg_temp.near((SELECT fitness FROM sector_fitness((SELECT m FROM korea WHERE year = 2020), 100, 0) x WHERE sector = 'group:J'), 6.995412058508945, 'sector fitness');
SELECT pg_temp.near((SELECT value FROM reflections((SELECT m FROM korea WHERE year = 2020), 4) x WHERE region = '46170'), 7.095725265337297, 'reflections');
SELECT pg_temp.near((SELECT value FROM complexity_outlook((SELECT m FROM korea WHERE year = 2020)) x WHERE region = '46170'), 2.365021505499427, 'outlook');
SELECT pg_temp.near(value(opportunity_gain((SELECT m FROM korea WHERE year = 2020)), '46170', 'group:C'), 1.0844904510308204, 'gain');
SELECT pg_temp.near((SELECT value FROM projected_complexity((SELECT m FROM korea WHERE year = 2020), ARRAY(SELECT (sector, pci)::sector_value FROM sector_complexity((SELECT m FROM korea WHERE year = 2015)))) x WHERE region = '46170'), 0.40450462957910793, 'projected');
SELECT pg_temp.near((SELECT krugman FROM specialization((SELECT m FROM korea WHERE year = 2020)) x WHERE region = '46170'), 0.31432974130323343, 'Krugman');
SELECT pg_temp.near((SELECT hachman FROM specialization((SELECT m FROM korea WHERE year = 2020)) x WHERE region = '46170'), 0.7409935319646932, 'Hachman');
SELECT pg_temp.near((SELECT herfindahl FROM specialization((SELECT m FROM korea WHERE year = 2020)) x WHERE region = '46170'), 0.10517268662597354, 'Herfindahl');
SELECT pg_temp.near((SELECT entropy FROM specialization((SELECT m FROM korea WHERE year = 2020)) x WHERE region = '46170'), 2.4595682957892895, 'entropy');
SELECT pg_temp.near((SELECT locational_gini FROM concentration((SELECT m FROM korea WHERE year = 2020)) x WHERE sector = 'group:J'), 0.6397509613705135, 'locational Gini');
SELECT pg_temp.near((SELECT hoover FROM concentration((SELECT m FROM korea WHERE year = 2020)) x WHERE sector = 'group:J'), 0.5197044018991508, 'Hoover');
SELECT pg_temp.near((SELECT sum("national") FROM shift_share((SELECT m FROM korea WHERE year = 2015), (SELECT m FROM korea WHERE year = 2020)) WHERE region = '46170'), 579826.5744064215, 'shift-share national');
SELECT pg_temp.near((SELECT sum(industry_mix) FROM shift_share((SELECT m FROM korea WHERE year = 2015), (SELECT m FROM korea WHERE year = 2020)) WHERE region = '46170'), 88479.52252801436, 'shift-share industry_mix');
SELECT pg_temp.near((SELECT sum(regional) FROM shift_share((SELECT m FROM korea WHERE year = 2015), (SELECT m FROM korea WHERE year = 2020)) WHERE region = '46170'), 356407.9030655642, 'shift-share regional');
SELECT pg_temp.near((SELECT sum(allocation) FROM shift_share((SELECT m FROM korea WHERE year = 2015), (SELECT m FROM korea WHERE year = 2020), 'esteban') WHERE region = '46170'), -1054759.588693524, 'esteban allocation');
SELECT pg_temp.near((SELECT count(*) FROM entry_exit((SELECT m FROM korea WHERE year = 2015), (SELECT m FROM korea WHERE year = 2020)) WHERE change = 'entry'), 174.0, 'entries');
SELECT pg_temp.near((SELECT count(*) FROM entry_exit((SELECT m FROM korea WHERE year = 2015), (SELECT m FROM korea WHERE year = 2020)) WHERE change = 'exit'), 140.0, 'exits');
SELECT pg_temp.near((SELECT between_groups FROM theil_decomposition((SELECT m FROM korea WHERE year = 2020), 1, ARRAY(SELECT (code, total)::region_value FROM population_kr WHERE year = 2020)) WHERE sector IS NULL), 0.02073141851734648, 'Theil between provinces per resident');
SELECT pg_temp.near((SELECT within_groups FROM theil_decomposition((SELECT m FROM korea WHERE year = 2020), 1, ARRAY(SELECT (code, total)::region_value FROM population_kr WHERE year = 2020)) WHERE sector IS NULL), 0.19052723568094768, 'Theil within');
SELECT pg_temp.near(value(rpop((SELECT m FROM korea WHERE year = 2020), ARRAY(SELECT (code, total)::region_value FROM population_kr WHERE year = 2020)), '46170', 'group:J'), 2.0558744557126696, 'rpop');
SELECT pg_temp.near((SELECT auc FROM backtest((SELECT m FROM korea WHERE year = 2015), (SELECT m FROM korea WHERE year = 2020)) WHERE score = 'relatedness_density'), 0.617817468181618, 'backtest AUC of relatedness_density');
SELECT pg_temp.near((SELECT auc FROM backtest((SELECT m FROM korea WHERE year = 2015), (SELECT m FROM korea WHERE year = 2020)) WHERE score = 'location_quotient'), 0.8552401241907782, 'backtest AUC of location_quotient');
SELECT pg_temp.near((SELECT auc FROM backtest((SELECT m FROM korea WHERE year = 2015), (SELECT m FROM korea WHERE year = 2020)) WHERE score = 'ubiquity'), 0.7173214757563746, 'backtest AUC of ubiquity');
SELECT * FROM finish();
