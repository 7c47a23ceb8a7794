-- Every indicator through every awkward matrix: a result, or an error that tells the user what to do; never an internal one.
-- Then presence, proximity and density of a generated table against plain SQL.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;

SELECT no_plan();

CREATE TEMP TABLE awkward(name text, m activity_matrix);
INSERT INTO awkward
SELECT name, activity_matrix_agg(r::region_code, s::sector_code, x)
FROM (VALUES ('one cell', '46170', 'A', 1), ('one region', '46170', 'A', 1), ('one region', '46170', 'C', 2), ('one sector', '46170', 'A', 1), ('one sector', '46110', 'A', 2),
             ('empty', '46170', 'A', 0), ('negative', '46170', 'A', 1), ('negative', '46110', 'C', -2), ('all negative', '46170', 'A', -1), ('nested regions', '46', 'A', 1),
             ('nested regions', '46170', 'C', 1), ('nested sectors', '46170', 'A', 1), ('nested sectors', '46170', '011', 1), ('disconnected', '46170', 'A', 1),
             ('disconnected', '46110', 'C', 1), ('all equal', '46170', 'A', 0.1), ('all equal', '46170', 'C', 0.1), ('all equal', '46110', 'A', 0.1), ('all equal', '46110', 'C', 0.1),
             ('duplicates', '46170', 'A', 1), ('duplicates', '46170', 'A', 1), ('duplicates', '46170', 'C', 1), ('duplicates', '46110', 'C', 5),
             ('huge and tiny', '46170', 'A', 1e280), ('huge and tiny', '46170', 'C', 1e-280), ('huge and tiny', '46110', 'A', 1e-280), ('huge and tiny', '46110', 'C', 1e280)) v(name, r, s, x)
GROUP BY name;
INSERT INTO awkward VALUES ('missing', NULL);
INSERT INTO awkward SELECT 'ratio', as_ratio(m) FROM awkward WHERE name = 'duplicates';
INSERT INTO awkward SELECT 'quotients with null', location_quotient(a.m, b.m) FROM awkward a, awkward b WHERE a.name = 'duplicates' AND b.name = 'one sector';

CREATE TEMP TABLE call(expression text);
INSERT INTO call VALUES
('location_quotient(m)::text'), ('rca(m)::text'), ('location_quotient(m, m)::text'), ('symmetric_lq(m)::text'), ('additive_lq(m)::text'), ('specialized(m)::text'),
('specialized(m, 1.5, true)::text'), ('rpop(m, ''{"(46170,5)","(46110,)"}'')::text'), ('(SELECT count(*) FROM diversity(m))'), ('(SELECT count(*) FROM ubiquity(m, ''given''))'),
('relatedness(m)::text'), ('relatedness(m, ''sqrt'')::text'), ('relatedness(m, ''asymmetric'')::text'), ('relatedness(m, ''correlation'')::text'), ('relatedness(m, ''jaccard'')::text'),
('relatedness(m, ''cosine'')::text'), ('relatedness(m, ''association'')::text'), ('relatedness(m, ''probability'', ''given'')::text'), ('cooccurrence(m)::text'),
('cooccurrence(m, ''zscore'')::text'), ('relatedness_density(m)::text'), ('relatedness_density(m, k => 1, self => true, presence => ''given'')::text'),
('relatedness_density(m, relatedness(m, presence => ''given''), presence => ''given'')::text'), ('distance(m)::text'), ('relative_relatedness(m)::text'),
('(SELECT count(*) FROM density_explain(m, ''46170'', ''A''))'), ('(SELECT count(*) FROM density_candidates(m))'), ('cross_proximity(m, m)::text'), ('coagglomeration(m)::text'),
('(SELECT string_agg(e::text, '';'') FROM economic_complexity(m) e)'), ('(SELECT string_agg(e::text, '';'') FROM sector_complexity(m, ''given'', true) e)'),
('(SELECT string_agg(e::text, '';'') FROM complexity_summary(m) e)'), ('(SELECT string_agg(e::text, '';'') FROM region_fitness(m, 20) e)'),
('(SELECT string_agg(e::text, '';'') FROM sector_fitness(m, 20, 0, ''given'') e)'), ('(SELECT string_agg(e::text, '';'') FROM reflections(m, 7) e)'),
('(SELECT string_agg(e::text, '';'') FROM projected_complexity(m, ''{"(A,-1)"}'') e)'), ('(SELECT string_agg(e::text, '';'') FROM complexity_outlook(m) e)'), ('opportunity_gain(m)::text'),
('(SELECT string_agg(e::text, '';'') FROM prody(m, ''{"(46170,5)"}'') e)'), ('(SELECT string_agg(e::text, '';'') FROM expy(m, ''{"(46170,0)"}'') e)'),
('(SELECT string_agg(e::text, '';'') FROM specialization(m) e)'), ('(SELECT string_agg(e::text, '';'') FROM concentration(m) e)'), ('(SELECT string_agg(e::text, '';'') FROM variety(m, 1) e)'),
('(SELECT string_agg(e::text, '';'') FROM theil_decomposition(m, 1) e)'), ('(SELECT string_agg(e::text, '';'') FROM shift_share(m, m, ''dynamic'') e)'),
('(SELECT string_agg(e::text, '';'') FROM shift_share(m, nonnegative(m * 2), ''esteban'') e)'), ('(SELECT string_agg(e::text, '';'') FROM entry_exit(m, m) e)'),
('(SELECT string_agg(e::text, '';'') FROM what_if(m, ''46170'', ''{A:1}'', 5) e)'), ('(SELECT string_agg(e::text, '';'') FROM backtest(m, m) e)'),
('(SELECT string_agg(e::text, '';'') FROM bootstrap(m, ''location_quotient'', 5) e)'), ('(SELECT string_agg(e::text, '';'') FROM bootstrap(m, ''economic_complexity'', 5) e)'),
('(SELECT string_agg(e::text, '';'') FROM bootstrap(m, ''sector_complexity_rank'', 5) e)'), ('(SELECT string_agg(e::text, '';'') FROM bootstrap_relatedness(m, ''asymmetric'', 5) e)'),
('cooccurrence(m, ''pvalue'')::text'), ('rsca(m)::text'), ('(SELECT string_agg(e::text, '';'') FROM theil_l_decomposition(m, 1) e)'),
('weighted_mean(''{A:1, 011:2}'', m, ''46170'')');

CREATE TEMP TABLE outcome(name text, expression text, result text, state text, hint text);
DO $$
DECLARE
    one record;
    result text;
    hint text;
BEGIN
    FOR one IN SELECT * FROM awkward, call LOOP
        BEGIN
            EXECUTE format('SELECT (%s)::text FROM awkward WHERE name = %L', one.expression, one.name) INTO result;
            INSERT INTO outcome VALUES (one.name, one.expression, result);
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
            INSERT INTO outcome VALUES (one.name, one.expression, SQLERRM, SQLSTATE, hint);
        END;
    END LOOP;
END $$;

SELECT is((SELECT count(*) FROM outcome WHERE state IS NULL) > 400 AND (SELECT count(*) FROM outcome WHERE state IS NOT NULL) > 100, true, 'both kinds of outcome are met');
SELECT is_empty($$SELECT name, expression, state, result FROM outcome WHERE state <> '22023' ORDER BY 1, 2$$, 'every error is about the argument (22023)');
SELECT is_empty($$SELECT name, expression, result FROM outcome WHERE state IS NOT NULL AND hint = '' ORDER BY 1, 2$$, 'every error has a hint');
SELECT is_empty($$SELECT name, expression, result FROM outcome WHERE state IS NULL AND result ~* 'nan|infinity' ORDER BY 1, 2$$, 'no result shows NaN or infinity');
SELECT is_empty($$SELECT name, expression, state FROM outcome WHERE name ~ '^(one|empty|missing|disconnected|all equal|duplicates)' AND state IS NOT NULL ORDER BY 1, 2$$,
    'small and degenerate tables are answered');
SELECT is_empty($$SELECT name, expression FROM outcome WHERE name ~ 'negative|^nested' AND state IS NULL AND expression !~ '^weighted_mean' ORDER BY 1, 2$$,
    'negative cells and codes beside their ancestors are refused');

-- A generated table against plain SQL: presence by whole numbers, proximity and density by joins.
CREATE TEMP TABLE x AS
SELECT ('x:R' || r)::region_code AS region, ('cluster:S' || s)::sector_code AS sector, (hashint4(r * 131 + s * 7) & 255)::bigint AS value
FROM generate_series(1, 25) r, generate_series(1, 30) s WHERE hashint4(r * 31 + s) & 3 > 0 AND hashint4(r * 131 + s * 7) & 255 > 0;
CREATE TEMP TABLE m AS SELECT activity_matrix_agg(region, sector, value) AS m FROM x;
CREATE TEMP TABLE presence AS
SELECT region, sector FROM (SELECT region, sector, value, sum(value) OVER (PARTITION BY region) AS xr, sum(value) OVER (PARTITION BY sector) AS xs, sum(value) OVER () AS total FROM x) t
WHERE value * total >= xr * xs;
SELECT set_eq('SELECT region, sector FROM m, cells(specialized(m))', 'SELECT region, sector FROM presence', 'presence');
CREATE TEMP TABLE together AS SELECT a.sector AS a, b.sector AS b, count(*) AS c FROM presence a JOIN presence b USING (region) GROUP BY 1, 2;
CREATE TEMP TABLE proximity AS
SELECT t.a, t.b, t.c::float8 / greatest(i.c, j.c) AS phi FROM together t JOIN together i ON i.a = t.a AND i.b = t.a JOIN together j ON j.a = t.b AND j.b = t.b;
SELECT is_empty($$SELECT sector_a, sector_b FROM m, pairs(relatedness(m)) FULL JOIN proximity ON a = sector_a AND b = sector_b WHERE abs(value - phi) < 1e-15 IS NOT TRUE$$, 'proximity');
CREATE TEMP TABLE density AS
SELECT r.region, p.a AS sector, sum(phi) FILTER (WHERE q.sector IS NOT NULL) / sum(phi) AS density
FROM (SELECT DISTINCT region FROM x) r CROSS JOIN proximity p LEFT JOIN presence q ON q.region = r.region AND q.sector = p.b WHERE p.a <> p.b GROUP BY 1, 2;
SELECT is_empty($$SELECT d.region, d.sector FROM density d, m WHERE abs(coalesce(density, 0) - value(relatedness_density(m), region, sector)) < 1e-12 IS NOT TRUE$$, 'density');
-- Any scale of the amounts and any order of the rows: the same bytes.
SELECT is((SELECT md5(relatedness_density(m)::text) FROM m), (SELECT md5(relatedness_density(activity_matrix_agg(region, sector, value * 1000 ORDER BY value, sector))::text) FROM x), 'scale and order change nothing');

SELECT * FROM finish();
