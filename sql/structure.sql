-- Worked by hand: [[30, 10], [10, 50]].
CREATE TEMP TABLE structure_small AS
SELECT activity_matrix_agg(region::region_code, sector::sector_code, value) AS m
FROM (VALUES ('46170', 'A', 30), ('46170', 'C', 10), ('46110', 'A', 10), ('46110', 'C', 50)) v(region, sector, value);
SELECT region, round(krugman::numeric, 6) AS krugman, round(hachman::numeric, 6) AS hachman, round(coefficient::numeric, 6) AS coefficient,
       round(herfindahl::numeric, 6) AS herfindahl, round(entropy::numeric, 6) AS entropy FROM structure_small, specialization(m) ORDER BY region;
SELECT sector, round(locational_gini::numeric, 6) AS locational_gini, round(hoover::numeric, 6) AS hoover, round(herfindahl::numeric, 6) AS herfindahl,
       round(krugman::numeric, 6) AS krugman FROM structure_small, concentration(m) ORDER BY sector;

-- The same from the aggregates and from plain SQL, on generated data.
CREATE TEMP TABLE structure_rows AS
SELECT ('46' || 100 + r * 10)::region_code AS region, s AS sector, (hashint4(r * 100 + n::int) & 1023)::float8 / 10 AS value
FROM generate_series(1, 12) r, unnest('{011,012,02,10,11,12,20,351,352,62,63}'::sector_code[]) WITH ORDINALITY t(s, n) WHERE hashint4(r + n::int) & 3 <> 0;
CREATE TEMP TABLE structure_shares AS
SELECT region, sector, coalesce(value, 0) AS x, coalesce(value, 0) / sum(value) OVER (PARTITION BY region) AS in_region, coalesce(value, 0) / sum(value) OVER (PARTITION BY sector) AS in_sector,
       sum(value) OVER (PARTITION BY region) / sum(value) OVER () AS region_share, sum(value) OVER (PARTITION BY sector) / sum(value) OVER () AS sector_share
FROM (SELECT DISTINCT a.region, b.sector FROM structure_rows a, structure_rows b) c LEFT JOIN structure_rows USING (region, sector);
SELECT count(*) AS regions, max(abs(s.krugman - p.krugman)) < 1e-12 AS krugman, max(abs(s.hachman - p.hachman)) < 1e-12 AS hachman,
       max(abs(s.herfindahl - p.herfindahl)) < 1e-12 AS herfindahl, max(abs(s.entropy - p.entropy)) < 1e-12 AS entropy
FROM (SELECT activity_matrix_agg(region, sector, value) AS m FROM structure_rows) t, specialization(m) s
JOIN (SELECT region, sum(abs(in_region - sector_share)) AS krugman, 1 / sum(in_region * in_region / sector_share) AS hachman, herfindahl(x) AS herfindahl,
             entropy(x) AS entropy FROM structure_shares GROUP BY region) p USING (region);
SELECT count(*) AS sectors, max(abs(c.locational_gini - p.gini)) < 1e-12 AS gini, max(abs(c.hoover - p.hoover)) < 1e-12 AS hoover,
       max(abs(c.herfindahl - p.herfindahl)) < 1e-12 AS herfindahl, max(abs(c.krugman - 2 * p.hoover)) < 1e-12 AS krugman
FROM (SELECT activity_matrix_agg(region, sector, value) AS m FROM structure_rows) t, concentration(m) c
JOIN (SELECT sector, gini(in_region, region_share) AS gini, sum(abs(in_sector - region_share)) / 2 AS hoover, sum(in_sector * in_sector) AS herfindahl
      FROM structure_shares GROUP BY sector) p USING (sector);

-- Variety: unrelated is the entropy of the sections' shares, related what is left; four equal sectors in two sections: ln 2 each.
SELECT region, round(related::numeric, 9) AS related, round(unrelated::numeric, 9) AS unrelated, round(total::numeric, 9) AS total, round(ln(2.0), 9) AS ln2
FROM (SELECT activity_matrix_agg('46170', s, 5) AS m FROM unnest('{011,012,62,63}'::sector_code[]) s) t, variety(m, 1);
SELECT level, count(*) AS regions, max(abs(v.total - p.entropy)) < 1e-12 AS total, max(abs(v.unrelated - u.entropy)) < 1e-12 AS unrelated, min(v.related) >= 0 AS related
FROM generate_series(1, 3) level, LATERAL (SELECT activity_matrix_agg(region, sector, value) AS m FROM structure_rows) t, variety(m, level) v
JOIN (SELECT region, entropy(value) AS entropy FROM structure_rows GROUP BY region) p USING (region),
LATERAL (SELECT entropy(x) AS entropy FROM (SELECT sum(value) AS x FROM structure_rows r WHERE r.region = v.region GROUP BY coalesce(ancestor(sector, level), sector)) g) u
GROUP BY level ORDER BY level;

-- Theil: between and within provinces, per region and per head.
SELECT sector, round(between_groups::numeric, 6) AS between_groups, round(within_groups::numeric, 6) AS within_groups, round(total::numeric, 6) AS total,
       (SELECT round(theil_t(x)::numeric, 6) FROM (VALUES (1), (3), (2), (2)) v(x)) AS aggregate
FROM theil_decomposition((SELECT activity_matrix_agg(r, 'A', x) FROM (VALUES ('46110'::region_code, 1), ('46170', 3), ('26110', 2), ('26140', 2)) v(r, x)), 1)
ORDER BY sector;
SELECT sector, round(total::numeric, 9) AS total, round(between_groups::numeric, 9) AS between_groups,
       (SELECT round(theil_t(x / n, n)::numeric, 9) FROM (VALUES (1.0, 10), (3, 20), (2, 40), (2, 5)) v(x, n)) AS aggregate
FROM theil_decomposition((SELECT activity_matrix_agg(r, 'A', x) FROM (VALUES ('46110'::region_code, 1), ('46170', 3), ('26110', 2), ('26140', 2)) v(r, x)), 1,
                         '{"(46110,10)","(46170,20)","(26110,40)","(26140,5)","(11110,99)"}') ORDER BY sector;
-- In proportion to the population everywhere: no inequality.
SELECT * FROM theil_decomposition((SELECT activity_matrix_agg(r, 'A', x) FROM (VALUES ('46110'::region_code, 0.1), ('46170', 0.3), ('26110', 0.2)) v(r, x)), 1,
                                  '{"(46110,1)","(46170,3)","(26110,2)"}') ORDER BY sector;

-- One region, one sector, nothing.
SELECT * FROM specialization((SELECT activity_matrix_agg('46', 'A', 1)));
SELECT * FROM concentration((SELECT activity_matrix_agg('46', 'A', 1)));
SELECT * FROM variety((SELECT activity_matrix_agg('46', 'A', 1)), 5);
SELECT * FROM theil_decomposition((SELECT activity_matrix_agg('46', 'A', 1)), 1);
SELECT count(*) FROM (SELECT activity_matrix_agg('46', 'A', 0) AS m) t, specialization(m), concentration(m), variety(m, 1);
SELECT * FROM theil_decomposition((SELECT activity_matrix_agg('46', 'A', 0)), 1);
SELECT * FROM specialization(NULL);

SELECT * FROM variety((SELECT m FROM structure_small), 0);
SELECT * FROM specialization((SELECT location_quotient(m) FROM structure_small));
SELECT * FROM theil_decomposition((SELECT m FROM structure_small), 1, '{"(46110,1)"}');
SELECT * FROM theil_decomposition((SELECT m FROM structure_small), 1, '{"(46110,1)","(46110,1)"}');
SELECT * FROM theil_decomposition((SELECT m FROM structure_small), 1, '{"(46110,-1)"}');
SELECT * FROM theil_decomposition((SELECT m FROM structure_small), 1, '{"(,1)"}');
DROP TABLE structure_small, structure_rows, structure_shares;
