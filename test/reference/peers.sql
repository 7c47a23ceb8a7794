-- What peers.R and peers.py read: the tables of 2015 and 2020, and our indicators of them in rows (what, r, s, v).
--     psql -v dir=/tmp/peers -f test/reference/peers.sql      in a database with innocity_kr; the directory exists
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
SET search_path = pg_temp, public;
CREATE TEMP TABLE korea AS
SELECT year, nonnegative(activity_matrix_agg(code, industry, value_mkrw)) AS m FROM region_industry_kr WHERE year IN (2015, 2020) GROUP BY year;
CREATE TEMP TABLE people AS SELECT code, total FROM population_kr WHERE year = 2020;
CREATE TEMP TABLE our(what text, r text, s text, v float8);
\set m '(SELECT m FROM korea WHERE year = 2020)'
\set m0 '(SELECT m FROM korea WHERE year = 2015)'
\set people 'ARRAY(SELECT (code, total)::region_value FROM people)'
INSERT INTO our SELECT 'location_quotient', region, sector, value FROM cells(location_quotient(:m));
INSERT INTO our SELECT 'symmetric_lq', region, sector, value FROM cells(symmetric_lq(:m));
INSERT INTO our SELECT 'specialized', region, sector, value FROM cells(specialized(:m));
INSERT INTO our SELECT 'rpop', region, sector, value FROM cells(rpop(:m, :people));
INSERT INTO our SELECT 'diversity', region, NULL, value FROM diversity(:m);
INSERT INTO our SELECT 'ubiquity', NULL, sector, value FROM ubiquity(:m);
INSERT INTO our SELECT 'relatedness ' || method, a, b, value FROM unnest('{proximity,sqrt,asymmetric,correlation,jaccard,cosine,association,probability}'::text[]) method, pairs(relatedness(:m, method)) p(a, b, value);
INSERT INTO our SELECT 'cooccurrence ' || method, a, b, value FROM unnest('{count,zscore}'::text[]) method, pairs(cooccurrence(:m, method)) p(a, b, value);
INSERT INTO our SELECT 'relatedness_density', region, sector, value FROM cells(relatedness_density(:m));
INSERT INTO our SELECT 'relatedness_density probability', region, sector, value FROM cells(relatedness_density(:m, relatedness(:m, 'probability')));
INSERT INTO our SELECT 'relatedness_density self', region, sector, value FROM cells(relatedness_density(:m, self => true));
INSERT INTO our SELECT 'distance self', region, sector, value FROM cells(distance(:m, self => true));
INSERT INTO our SELECT 'relative_relatedness', region, sector, value FROM cells(relative_relatedness(:m));
INSERT INTO our SELECT 'cross_proximity', a, b, value FROM pairs(cross_proximity(:m0, :m)) p(a, b, value);
INSERT INTO our SELECT 'cross_density', region, sector, value FROM cells(cross_density(:m0, :m));
INSERT INTO our SELECT 'reference_complexity', region, NULL, value FROM reference_complexity(:m, :m0);
INSERT INTO our SELECT 'sector_complexity 2015', NULL, sector, pci FROM sector_complexity(:m0);
INSERT INTO our SELECT 'economic_complexity', region, NULL, eci FROM economic_complexity(:m);
INSERT INTO our SELECT 'sector_complexity', NULL, sector, pci FROM sector_complexity(:m);
INSERT INTO our SELECT 'sector_complexity own_scale', NULL, sector, pci FROM sector_complexity(:m, own_scale => true);
INSERT INTO our SELECT 'region_fitness 19', region, NULL, fitness FROM region_fitness(:m, 19, 0);
INSERT INTO our SELECT 'region_fitness 100', region, NULL, fitness FROM region_fitness(:m, 100, 0);
INSERT INTO our SELECT 'sector_fitness 19', NULL, sector, fitness FROM sector_fitness(:m, 19, 0);
INSERT INTO our SELECT 'reflections 18', region, NULL, standardized FROM reflections(:m, 18);
INSERT INTO our SELECT 'complexity_outlook', region, NULL, value FROM complexity_outlook(:m);
INSERT INTO our SELECT 'opportunity_gain', region, sector, value FROM cells(opportunity_gain(:m));
INSERT INTO our SELECT 'projected_complexity', region, NULL, value FROM projected_complexity(:m, ARRAY(SELECT (sector, pci)::sector_value FROM sector_complexity(:m)));
CREATE TEMP TABLE income AS SELECT t.region, t.value / p.total AS v FROM region_totals(:m) t JOIN people p ON p.code = t.region;
INSERT INTO our SELECT 'income', region, NULL, v FROM income;
INSERT INTO our SELECT 'residents', code, NULL, total FROM people;
INSERT INTO our SELECT 'prody', NULL, sector, value FROM prody(:m, ARRAY(SELECT (region, v)::region_value FROM income));
INSERT INTO our SELECT 'expy', region, NULL, value FROM expy(:m, ARRAY(SELECT (region, v)::region_value FROM income));
INSERT INTO our SELECT 'specialization ' || k, region, NULL, v FROM specialization(:m) s, LATERAL (VALUES ('krugman', krugman), ('hachman', hachman), ('coefficient', coefficient), ('herfindahl', herfindahl), ('entropy', entropy)) x(k, v);
INSERT INTO our SELECT 'concentration ' || k, NULL, sector, v FROM concentration(:m) c, LATERAL (VALUES ('locational_gini', locational_gini), ('hoover', hoover), ('herfindahl', herfindahl), ('krugman', krugman)) x(k, v);
INSERT INTO our SELECT 'gini', NULL, sector, gini(value) FROM (SELECT s.sector, coalesce(c.value, 0) AS value FROM unnest(sectors(:m)) s(sector) CROSS JOIN unnest(regions(:m)) r(region)
    LEFT JOIN cells(:m) c ON c.region = r.region AND c.sector = s.sector) x GROUP BY sector;
INSERT INTO our SELECT f, NULL, NULL, v FROM (SELECT theil_l(v) AS theil_l, theil_t(v) AS theil_t, atkinson(v, 0.5) AS atkinson, gini(v) AS g, gini(v, total) AS gw, theil_l(v, total) AS lw
    FROM income JOIN people ON code = region) i, LATERAL (VALUES ('theil_l income', theil_l), ('theil_t income', theil_t), ('atkinson income', atkinson), ('gini income', g), ('gini income weighted', gw), ('theil_l income weighted', lw)) x(f, v);
INSERT INTO our SELECT 'shift_share ' || method || ' ' || k, region, sector, v FROM unnest('{dunn,esteban,dynamic}'::text[]) method, shift_share(:m0, :m, method) s,
    LATERAL (VALUES ('actual', actual), ('national', "national"), ('industry_mix', industry_mix), ('regional', regional), ('allocation', allocation)) x(k, v);
INSERT INTO our SELECT 'entry_exit ' || change, region, sector, 1 FROM entry_exit(:m0, :m);
INSERT INTO our SELECT 'growth', region, sector, rate FROM growth(:m0, :m);
INSERT INTO our SELECT 'region_growth', region, NULL, rate FROM region_growth(:m0, :m);
-- A municipality's amount stands for a plant of its province.
INSERT INTO our SELECT 'ellison_glaeser', NULL, sector, gamma FROM ellison_glaeser(ARRAY(SELECT (ancestor(region, 1), sector, value)::plant FROM cells(:m)));
INSERT INTO our SELECT 'group_coagglomeration', NULL, NULL, group_coagglomeration(roll_up(:m, 1));
\set file :dir /table.csv
COPY (SELECT year, region AS r, sector AS s, value AS v FROM korea, cells(m) ORDER BY 1, 2, 3) TO STDOUT WITH (FORMAT csv, HEADER) \g :file
\set file :dir /our.csv
COPY (SELECT * FROM our ORDER BY 1, 2, 3) TO STDOUT WITH (FORMAT csv, HEADER) \g :file
