-- Every function over matrices, profiles, arrays of values and groups of rows, driven through every awkward argument, one at a time: a result
-- without NaN and infinity, or a clear error with a hint; never an internal error. A function that no call below names fails the test.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;

SELECT no_plan();

-- Arguments by the letter that stands for them in a call, as SQL. The row "good" is what the other letters of a call stand for meanwhile.
CREATE TEMP TABLE argument(letter text, name text, value text);

CREATE FUNCTION pg_temp.built(kind text, rows text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE kind WHEN 'm' THEN format('(SELECT activity_matrix_agg(r::region_code, s::sector_code, x::float8) FROM (VALUES %s) v(r, s, x))', rows)
                     WHEN 'r' THEN format('(SELECT sector_matrix_agg(r::sector_code, s::sector_code, x::float8) FROM (VALUES %s) v(r, s, x))', rows)
                     WHEN 'p' THEN format('(SELECT sector_profile_agg(s::sector_code, x::float8) FROM (VALUES %s) v(s, x))', rows) END
$$;

INSERT INTO argument SELECT 'm', name, pg_temp.built('m', rows) FROM (VALUES
    ('good', '(''11'',''A'',6),(''11'',''C'',3),(''11'',''J'',1),(''26'',''A'',2),(''26'',''C'',7),(''27'',''C'',2),(''27'',''J'',5),(''41'',''A'',1),(''41'',''J'',4)'),
    ('one cell', '(''11'',''A'',1)'), ('one region', '(''11'',''A'',1),(''11'',''C'',2)'), ('one sector', '(''11'',''A'',1),(''26'',''A'',2)'),
    ('nan', '(''11'',''A'',''nan''::float8),(''26'',''C'',2)'), ('infinity', '(''11'',''A'',''infinity''::float8),(''26'',''C'',2)'), ('zero', '(''11'',''A'',0)'), ('zero row and column', '(''11'',''A'',3),(''26'',''C'',2),(''26'',''A'',1),(''27'',''J'',0)'), ('null cell', '(''11'',''A'',NULL),(''26'',''C'',2)'),
    ('negative', '(''11'',''A'',1),(''26'',''C'',-2)'), ('all equal', '(''11'',''A'',0.1),(''11'',''C'',0.1),(''26'',''A'',0.1),(''26'',''C'',0.1)'),
    ('disconnected', '(''11'',''A'',1),(''11'',''C'',2),(''26'',''J'',1),(''26'',''K'',2)'), ('nested regions', '(''11'',''A'',1),(''11110'',''C'',1)'),
    ('nested sectors', '(''11'',''A'',1),(''26'',''011'',1)'), ('duplicates', '(''11'',''A'',1),(''11'',''A'',1),(''26'',''C'',5),(''26'',''A'',1)'),
    ('huge', '(''11'',''A'',1e308),(''11'',''C'',1e308),(''26'',''A'',1e308),(''26'',''C'',1)'), ('tiny', '(''11'',''A'',5e-324),(''11'',''C'',1e-310),(''26'',''A'',1e-320)')
) v(name, rows);
INSERT INTO argument VALUES ('m', 'missing', 'NULL::activity_matrix'), ('m', 'empty', 'activity_matrix ''{}'''), ('m', 'large', 'activity_matrix ''{11:{A:1e301, C:1e-300}, 26:{A:1, C:9e300+1}}'''), ('m', 'ratio', 'as_ratio((SELECT activity_matrix_agg(''11'', ''A'', 2)))');

INSERT INTO argument SELECT 'r', name, pg_temp.built('r', rows) FROM (VALUES
    ('good', '(''A'',''C'',0.2),(''C'',''A'',0.1),(''C'',''J'',0.3),(''J'',''J'',0.1)'), ('one cell', '(''A'',''A'',0.5)'), ('nan', '(''A'',''C'',''nan''::float8),(''C'',''A'',1)'), ('infinity', '(''A'',''C'',''infinity''::float8),(''C'',''A'',1)'), ('zero', '(''A'',''C'',0)'), ('null cell', '(''A'',''C'',NULL),(''C'',''A'',1)'),
    ('negative', '(''A'',''C'',-0.5),(''C'',''A'',0.2)'), ('all equal', '(''A'',''A'',0.5),(''A'',''C'',0.5),(''C'',''A'',0.5),(''C'',''C'',0.5)'), ('identity', '(''A'',''A'',1),(''C'',''C'',1)'),
    ('disconnected', '(''A'',''C'',0.1),(''J'',''K'',0.1)'), ('nested', '(''A'',''C'',1),(''011'',''C'',1)'), ('huge', '(''A'',''C'',1e308),(''C'',''A'',1e308),(''A'',''A'',1e308)'), ('tiny', '(''A'',''C'',5e-324),(''C'',''A'',5e-324)'),
    ('strangers', '(''Q'',''P'',0.5)'), ('duplicates', '(''A'',''C'',0.1),(''A'',''C'',0.1)')
) v(name, rows);
INSERT INTO argument VALUES ('r', 'missing', 'NULL::sector_matrix'), ('r', 'empty', 'sector_matrix ''{}'''), ('r', 'large', 'sector_matrix ''{A:{A:1e301, C:1e-300}, C:{A:1, C:9e300+1}}'''), ('r', 'ratio', 'as_ratio((SELECT sector_matrix_agg(''A'', ''C'', 0.5)))');

INSERT INTO argument SELECT 'p', name, pg_temp.built('p', rows) FROM (VALUES
    ('good', '(''A'',1),(''C'',2),(''J'',1)'), ('one', '(''A'',1)'), ('nan', '(''A'',''nan''::float8),(''C'',1)'), ('infinity', '(''A'',''infinity''::float8),(''C'',1)'), ('negative', '(''A'',-1),(''C'',2)'), ('null weight', '(''A'',NULL),(''C'',2)'), ('all equal', '(''A'',0.1),(''C'',0.1),(''J'',0.1)'),
    ('duplicates', '(''A'',1),(''A'',2)'), ('zero', '(''A'',0)'), ('strangers', '(''Q'',1)'), ('huge', '(''A'',1e308),(''C'',1e308)'), ('tiny', '(''A'',5e-324)'), ('nested', '(''A'',1),(''011'',1)')
) v(name, rows);
INSERT INTO argument VALUES ('p', 'missing', 'NULL::sector_profile'), ('p', 'empty', 'sector_profile ''{}'''), ('p', 'large', 'sector_profile ''{A:1e301, C:1e301, J:1e-300}''');

-- Arrays of values: of regions (v), of sectors (s), plants (l).
INSERT INTO argument SELECT letter, name, format('ARRAY[%s]::%s[]', string_agg(format('ROW(%s)::%s', element, type), ', ' ORDER BY place), type)
FROM (VALUES ('v', 'region_value', '''%s'',%s', '11', '26', '27', '41'), ('s', 'sector_value', '''%s'',%s', 'A', 'C', 'J', 'K'), ('l', 'plant', '''%s'',''A'',%s', '11', '26', '27', '41')) k(letter, type, form, a, b, b3, b4),
     LATERAL (VALUES ('good', 1, a, '3'), ('good', 2, b, '5'), ('good', 3, b3, '4'), ('good', 4, b4, '6'), ('nan', 1, a, '''nan'''), ('infinity', 1, a, '''infinity'''), ('negative', 1, a, '-1'), ('negative', 2, b, '2'), ('zero', 1, a, '0'), ('null value', 1, a, 'NULL'), ('null value', 2, b, '2'),
                     ('duplicates', 1, a, '1'), ('duplicates', 2, a, '2'), ('one', 1, a, '1'), ('huge', 1, a, '1e308'), ('huge', 2, b, '1e308'), ('tiny', 1, a, '5e-324')) x(name, place, code, number),
     LATERAL (SELECT format(form, code, number)) e(element)
GROUP BY letter, name, type;
INSERT INTO argument SELECT letter, n.name, format(n.value, type) FROM (VALUES ('v', 'region_value'), ('s', 'sector_value'), ('l', 'plant')) k(letter, type),
    (VALUES ('missing', 'NULL::%s[]'), ('empty', '''{}''::%s[]'), ('null element', 'ARRAY[NULL]::%1$s[]'), ('null code', '''{"(,)"}''::%s[]')) n(name, value) WHERE NOT (letter = 'l' AND n.name = 'null code');

-- Numbers (n), and rows of an aggregate (g) with a weight beside them.
INSERT INTO argument SELECT 'n', name, value || '::float8' FROM (VALUES ('good', '0.9'), ('missing', 'NULL'), ('nan', '''nan'''), ('infinity', '''infinity'''), ('minus infinity', '''-infinity'''), ('zero', '0'), ('negative', '-1'), ('huge', '1e308'), ('tiny', '5e-324')) v(name, value);
INSERT INTO argument SELECT 'i', name, value || '::int' FROM (VALUES ('good', '1'), ('missing', 'NULL'), ('zero', '0'), ('negative', '-1'), ('huge', '2147483647')) v(name, value);
INSERT INTO argument SELECT 'f', name, value || '::float8[]' FROM (VALUES ('good', '''{1,2,4}'''), ('missing', 'NULL'), ('empty', '''{}'''), ('one', '''{3}'''), ('null', '''{NULL,1,2}'''), ('nan', '''{nan,1,2}'''), ('infinity', '''{infinity,1,2}'''),
    ('negative', '''{-1,2,3}'''), ('zero', '''{0,0,0}'''), ('all equal', '''{0.1,0.1,0.1}'''), ('longer', '''{1,2,3,4}'''), ('table', '''{{1,2},{3,4}}'''), ('huge', '''{1e308,1e308,1}'''), ('tiny', '''{5e-324,1e-320,5e-324}''')) v(name, value);
INSERT INTO argument SELECT 't', name, value || '::text' FROM (VALUES ('good', '''lq'''), ('missing', 'NULL'), ('empty', ''''''), ('unknown', '''no such word''')) v(name, value);
INSERT INTO argument SELECT 'g', name, format('(VALUES %s) g(x, w)', rows) FROM (VALUES
    ('good', '(1::float8, 2::float8), (2, 1), (4, 3)'), ('no usable row', '(NULL::float8, NULL::float8)'), ('one', '(3::float8, 1::float8)'), ('zeros', '(0::float8, 0::float8), (0, 0)'), ('some zero', '(0::float8, 1::float8), (3, 1)'),
    ('all equal', '(0.1::float8, 0.1::float8), (0.1, 0.1), (0.1, 0.1)'), ('negative', '(-1::float8, 1::float8), (2, 1)'), ('negative weight', '(1::float8, -1::float8), (2, 1)'), ('nan', '(''nan''::float8, 1::float8), (2, 1)'),
    ('nan weight', '(1::float8, ''nan''::float8), (2, 1)'), ('infinity', '(''infinity''::float8, 1::float8), (2, 1)'), ('infinite weight', '(1::float8, ''infinity''::float8), (2, 1)'), ('null weight', '(1::float8, NULL::float8), (2, 1)'),
    ('huge', '(1e308::float8, 1e308::float8), (1e308, 1e308), (1, 1e308)'), ('tiny', '(5e-324::float8, 5e-324::float8), (1e-320, 5e-324)')) v(name, rows);
INSERT INTO argument VALUES ('g', 'empty', '(VALUES (1::float8, 1::float8)) g(x, w) WHERE false');

-- A call with good arguments in the places that are still open.
CREATE FUNCTION pg_temp.filled(expression text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(coalesce(a.value, part), '' ORDER BY place)
    FROM regexp_split_to_table(regexp_replace(expression, '\{([a-z])2?\}', E'\x01\\1\x02', 'g'), E'[\x01\x02]') WITH ORDINALITY AS x(part, place)
    LEFT JOIN argument a ON x.place % 2 = 0 AND a.letter = part AND a.name = 'good'
$$;

-- The calls. {m}, {m2}, {r} ... stand for arguments; a set of rows is read as one text.
CREATE TEMP TABLE call(name text, expression text);
INSERT INTO call(expression) VALUES
('location_quotient({m}, {m2})'), ('rca({m})'), ('symmetric_lq({m}, {m2})'), ('rsca({m})'), ('additive_lq({m}, {m2})'), ('specialized({m}, {n}, false, {m2})'), ('diversity({m}, {t})'), ('ubiquity({m}, {t})'),
('relatedness({m}, ''probability'', {t})'), ('relatedness({m}, {t})'), ('cooccurrence({m}, {t})'), ('cooccurrence({m}, ''zscore'', {t})'), ('relatedness_density({m}, {r}, {i}, false, {t})'), ('distance({m}, {r}, {i}, true, {t})'),
('relative_relatedness({m}, {r}, {i}, false, {t})'), ('density_explain({m}, ''11'', ''A'', {r}, {i}, false, {t})'), ('cross_proximity({m}, {m2}, {t})'), ('cross_density({m}, {m2}, {t})'), ('skill_relatedness({r})'), ('coagglomeration({m})'), ('group_coagglomeration({m})'), ('group_coagglomeration({m}, ''{A,C,Q}'')'),
('economic_complexity({m}, {t})'), ('sector_complexity({m}, {t})'), ('complexity_summary({m}, {t})'), ('region_fitness({m}, 20, {n}, {t})'), ('sector_fitness({m}, 20, {n}, {t})'), ('reflections({m}, {i}, {t})'),
('specialization({m})'), ('concentration({m})'), ('variety({m}, {i})'), ('theil_decomposition({m}, {i}, {v})'), ('theil_l_decomposition({m}, {i}, {v})'), ('shift_share({m}, {m2}, ''dunn'')'), ('shift_share({m}, {m2}, ''esteban'')'), ('shift_share({m}, {m2}, ''dynamic'')'),
('shift_share({m}, {m}, {t})'), ('entry_exit({m}, {m2}, {t})'), ('growth({m}, {m2}, {n})'), ('region_growth({m}, {m2}, {n})'), ('sector_growth({m}, {m2}, {n})'), ('input_coefficients({r}, {p})'), ('leontief_inverse({r})'),
('multipliers({r})'), ('multipliers({r}, {p})'), ('multipliers(leontief_inverse({r}))'), ('multipliers(leontief_inverse({r}), {p})'), ('regional_coefficients({r}, {m}, ''11'')'), ('regional_coefficients({r}, {m}, ''11'', ''flq'', {n})'), ('regional_coefficients({r}, {m}, ''11'', {t}, 0.3, {m2})'),
('arrival_impact({r}, {m}, ''11'', {p}, {n}, {p2})'), ('projected_complexity({m}, {s}, {t})'), ('reference_complexity({m}, {m2}, {t}, {t})'), ('complexity_outlook({m}, {r}, {t})'), ('opportunity_gain({m}, {r}, {t})'), ('prody({m}, {v})'), ('expy({m}, {v})'), ('rpop({m}, {v})'),
('ellison_glaeser({l})'), ('location_quotient_ci({m}, {n}, {v})'), ('what_if({m}, ''11'', {p}, {n})'), ('what_if({m}, ''11'', {p}, {n}, {v}, {s})'), ('backtest({m}, {m2})'), ('bootstrap({m}, ''location_quotient'', 5, {n})'), ('bootstrap({m}, {t}, 5)'), ('bootstrap_relatedness({m}, ''jaccard'', 5, {n})'), ('bootstrap_relatedness({m}, {t}, 5)'),
('density_mean({m}, {r}, {i}, false, {t})'), ('colocation({m}, {t})'), ('colocation({m})'), ('colocation({m}, ''excess'')'), ('sector_reflections({m}, {i}, {t})'), ('standardized_lq({m})'), ('standardized_lq({m}, true)'),
('region_similarity({m}, ''11'', {n})'), ('region_similarity({m})'), ('normalized_ubiquity({m}, {t})'), ('trim_core({m}, {i}, {i2}, {t})'), ('ellison_glaeser_test({l})'), ('pgi({m}, {v}, {t})'), ('peii({m}, {v}, {t})'), ('region_mean({m}, {s})'), ('sector_mean({m}, {v})'),
('cluster_index({m}, {m2}, {v}, {v2})'), ('eci_optimization({m}, ''11'', {n}, {m2}, {s}, {t}, {i})'), ('eci_optimization({m}, ''11'', {n})'), ('specialization_model({m}, {m2}, {m})'), ('diversification_path({m}, ''11'', ''greedy'', {r}, 0.1, {n}, {n2}, {t})'), ('diversification_path({m}, ''27'', {t}, NULL, 0.1)'), ('specialization_effort({m}, {m}, {m2}, {m})'), ('specialization_effort({m}, {m}, {m}, {m2})'), ('shift_share_factors({m}, {m2})'), ('shift_share_forecast({m}, {m2}, {s})'), ('portfolio({m}, {m2}, {n})'),
('density_candidates({m}, NULL, NULL, {r}, {i}, false, {t})'), ('density_candidates({m}, ''{11,26,11,99}'', ''{A,Q}'')'), ('bootstrap({m}, ''economic_complexity'', {i} % 100)'),
('extinction_index({n}, {n2})'), ('lorenz_curve({f})'), ('lorenz_curve({f}, {f2})'), ('location_curve({f}, {f2})'), ('has_rca({n}::numeric, {n2}::numeric, 2, 5)'), ('has_rca(1, 2, 3, {n}::numeric, {n2}::numeric, true)'), ('weighted_mean({p}, {m}, ''11'')'), ('profile_similarity({p}, {p2})'), ('row_shares({r}, true)'), ('transpose({r})'), ('scale_columns({r}, {p})'), ('row_sums({r})'), ('row_sums({r}, {p})'), ('route({p}, {r})'), ('region_sectors({m}, {m2})'), ('region_economies({m}, {m2}, {r}, {r2})'),
('cells({m})'), ('pairs({r})'), ('weights({p})'), ('value({m}, ''11'', ''A'')'), ('value({r}, ''A'', ''C'')'), ('value({p}, ''A'')'), ('regions({m})'), ('sectors({m})'), ('sectors({p})'), ('total({m})'), ('total({r})'), ('total({p})'),
('region_totals({m})'), ('sector_totals({m})'), ('kind({m})'), ('kind({r})'), ('as_ratio({m})'), ('as_ratio({r})'), ('rounded({m})'), ('nonnegative({m})'), ('slice({m}, ''11'')'), ('roll_up({m}, {i}, {i2})'), ('to_array({m})'),
('recode_regions({m}, ''{11}'', ''{26}'', ARRAY[{n}])'), ('profile({m}, ''11'')'), ('convert({m}, {r})'), ('convert({p}, {r})'), ('same_scheme({p}, {m})'),
('(SELECT herfindahl(x) FROM {g})'), ('(SELECT herfindahl(x, w) FROM {g})'), ('(SELECT entropy(x) FROM {g})'), ('(SELECT entropy(x, 2) FROM {g})'), ('(SELECT entropy(x, 2, w) FROM {g})'), ('(SELECT gini(x) FROM {g})'), ('(SELECT gini(x, w) FROM {g})'),
('(SELECT gini_normalized(x) FROM {g})'), ('(SELECT gini_normalized(x, w) FROM {g})'), ('(SELECT hoover(x, w) FROM {g})'), ('(SELECT krugman(x, w) FROM {g})'), ('(SELECT theil_t(x) FROM {g})'), ('(SELECT theil_t(x, w) FROM {g})'),
('(SELECT theil_l(x) FROM {g})'), ('(SELECT theil_l(x, w) FROM {g})'), ('(SELECT atkinson(x, 0.5) FROM {g})'), ('(SELECT atkinson(x, 1) FROM {g})'), ('(SELECT atkinson(x, 2, w) FROM {g})'), ('(SELECT entropy(x, 1 + {n}) FROM {g})'),
('(SELECT atkinson(x, {n}) FROM {g})'), ('(SELECT coefficient_of_variation(x) FROM {g})'), ('(SELECT coefficient_of_variation(x, w) FROM {g})'), ('(SELECT williamson(x, w) FROM {g})'), ('(SELECT herfindahl_normalized(x) FROM {g})'), ('(SELECT herfindahl_normalized(x, w) FROM {g})'),
('activity_matrix_add({m}, {m})'), ('activity_matrix_subtract({m}, {m})'), ('activity_matrix_multiply({m}, {n})'), ('activity_matrix_multiply({n}, {m})'), ('sector_matrix_add({r}, {r})'), ('sector_matrix_multiply({r}, {n})'),
('sector_matrix_multiply({n}, {r})'), ('sector_matrix_subtract({r}, {r})'), ('activity_matrix_divide({m}, {n})'), ('sector_matrix_divide({r}, {n})'), ('sector_profile_add({p}, {p})'), ('sector_profile_multiply({p}, {n})'), ('sector_profile_multiply({n}, {p})'),
('relatedness_pairs({m}, ''{A,Q}'')'), ('relatedness_pairs({m}, NULL, {t}, ''lq'')'), ('relatedness_pairs({m}, NULL, ''cosine'', {t})'), ('sectors_a({r})'), ('sectors_b({r})'), ('sector_matrix_to_array({r})'), ('sector_matrix_from_array(sectors_a({r}), sectors_b({r}), sector_matrix_to_array({r}))'), ('convert({r}, ''{A:{C:1}, C:{A:1, J:2}, J:{J:1}}'')'), ('(SELECT sum({r}))'), ('(SELECT sum({p}))'), ('(SELECT dalton(x) FROM {g})'), ('(SELECT dalton(x, w) FROM {g})'), ('(SELECT coulter(x, w) FROM {g})'),
('(SELECT beta_convergence(x, w, 3) FROM {g})'), ('(SELECT beta_convergence(w, x, {n}) FROM {g})'), ('(SELECT beta_convergence(x, w, 3, ARRAY[w]) FROM {g})'), ('(SELECT beta_convergence(x, w, 3, {f}) FROM {g})'), ('(SELECT sigma_convergence(x, w) FROM {g})'), ('(SELECT sigma_trend(x, w) FROM {g})'), ('(SELECT activity_matrix_agg(''11'', ''A'', x) FROM {g})'), ('(SELECT sector_matrix_agg(''A'', ''C'', x) FROM {g})'), ('(SELECT sector_profile_agg(''A'', x) FROM {g})'),
('(SELECT sum(a) FROM (VALUES ({m}), ({m2})) v(a))');

UPDATE call SET name = substring(expression FROM '^(?:\(SELECT )?([a-z_]+)\(');
UPDATE call SET expression = format('(SELECT string_agg(row_::text, '';'') FROM %s row_)', expression) WHERE expression NOT LIKE '(SELECT%';

-- Which function a call is, overload and all, is what the parser made of it: a view of the call depends on the functions that it calls.
CREATE TEMP TABLE called(expression text, function regprocedure);
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT name, expression FROM call LOOP
        EXECUTE 'CREATE TEMP VIEW parsed AS SELECT (' || pg_temp.filled(one.expression) || ')::text';
        INSERT INTO called
        SELECT one.expression, p.oid
        FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_proc'::regclass JOIN pg_proc p ON p.oid = d.refobjid
        WHERE r.ev_class = 'parsed'::regclass AND p.proname = one.name;
        DROP VIEW parsed;
    END LOOP;
END $$;

CREATE TEMP TABLE outcome(expression text, letter text, name text, result text, state text, hint text, detail text);
DO $$
DECLARE
    one record;
    filled text;
    result text;
    hint text;
    detail text;
BEGIN
    FOR one IN
        SELECT c.expression, h.hole, a.letter, a.name, a.value
        FROM call c, LATERAL (SELECT DISTINCT (regexp_matches(c.expression, '\{([a-z]2?)\}', 'g'))[1] AS hole) h JOIN argument a ON a.letter = left(h.hole, 1)
        ORDER BY 1, 2, 4
    LOOP
        filled := pg_temp.filled(replace(one.expression, '{' || one.hole || '}', one.value));
        BEGIN
            EXECUTE 'SELECT (' || filled || ')::text' INTO result;
            INSERT INTO outcome VALUES (one.expression, one.hole, one.name, result);
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT, detail = PG_EXCEPTION_DETAIL;
            INSERT INTO outcome VALUES (one.expression, one.hole, one.name, SQLERRM, SQLSTATE, hint, detail);
        END;
    END LOOP;
END $$;

-- What is no call of a user (support of types, operators and aggregates), and what other tests drive.
CREATE TEMP TABLE elsewhere(function regprocedure, test text);
INSERT INTO elsewhere
SELECT unnest(functions::regprocedure[]), test FROM (VALUES
    ('{"pairwise_matrix_agg(text,text,float8)","aggregate_judgements(pairwise_matrix)","aggregate_judgements(pairwise_matrix,float8)","aggregate_priorities(pairwise_matrix)","aggregate_priorities(pairwise_matrix,float8)",
       "aggregate_priorities(pairwise_matrix,float8,text,text)","consensus(pairwise_matrix)","group_diversity(pairwise_matrix)","kendall_w(pairwise_matrix)","kendall_w(float8[])"}', 'committee'),
    ('{"entropy_weights(float8[])","critic_weights(float8[],text[])","weight_stability(float8[],float8[],text[])","weight_stability(float8[],float8[],text[],text,text)","kendall_tau(float8,float8)"}', 'ranking'),
    ('{"nearest_partners(text,sector_profile,synergy_partner[],int)","synergy_values(text[],synergy_matrix[],synergy_matrix[],sector_profile,synergy_partner[],synergy_share[])",
       "synergy_leaves(text[],float8[],numeric,float8,bool,synergy_matrix[],synergy_matrix[],sector_profile,synergy_partner[],synergy_share[])"}', 'synergy_property'),
    ('{"synergy_relative_leaves(text[],float8[],float8[],float8,bool,synergy_matrix[],synergy_matrix[],sector_profile,synergy_partner[],synergy_share[])"}', 'synergy_relative'),
    ('{"min(sector_code)","max(sector_code)","min(region_code)","max(region_code)"}', 'code_text')) v(functions, test);

SELECT is_empty($$
    SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
         JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'innocity'
    WHERE (p.prokind = 'a' OR p.proargtypes::oid[] && ARRAY['activity_matrix', 'sector_matrix', 'sector_profile', 'region_value[]', 'sector_value[]', 'plant[]']::regtype[]::oid[]
           OR p.proname IN ('lorenz_curve', 'location_curve', 'extinction_index', 'has_rca'))
      AND p.oid NOT IN (SELECT function FROM called) AND p.oid NOT IN (SELECT function FROM elsewhere)
      AND p.proname !~ '^(activity_matrix|sector_matrix|sector_profile)_(out|send|accumulate|combine|move_in|move_out|eq|ne|lt|le|gt|ge|cmp|hash|hash_extended|to_json)$'
    ORDER BY 1$$, 'every function, each overload by itself, has a call here or a test that is named');
SELECT is_empty($$SELECT expression FROM call WHERE expression NOT IN (SELECT expression FROM called)$$, 'and every call a function');
SELECT cmp_ok((SELECT count(*) FROM outcome), '>', 2000::bigint, 'all combinations were tried');
SELECT is_empty($$SELECT expression, letter, name, state, result FROM outcome WHERE state !~ '^22' OR state IN ('22000') ORDER BY 1, 2, 3$$, 'every error is about the data given');
SELECT is_empty($$SELECT expression, letter, name, result FROM outcome
    WHERE state IS NOT NULL AND hint = '' AND detail = '' AND result !~ '^value out of range: (over|under)flow$'$$,
    'every error has a hint or a detail, but for a number that leaves the range of float8');
SELECT is_empty($$SELECT expression, letter, name, result FROM outcome WHERE state IS NULL AND result ~* '\m(nan|-?infinity)\M' ORDER BY 1, 2, 3$$, 'no result holds NaN or infinity');
SELECT is_empty($$SELECT expression, letter, name, result FROM outcome WHERE name = 'good' AND (state IS NOT NULL OR result IS NULL) AND expression !~ '[{]t[}]|FROM (backtest|multipliers[(][{])' ORDER BY 1, 2$$,
    'good arguments give a result (a matrix against itself has no entry to test; multipliers want an inverse)');
SELECT * FROM finish();
