-- Row-level security: neither the operators nor the estimators show what a policy hides. Functions that print what they are
-- given stand in for a curious user's.
SET jit = off;
CREATE ROLE regress_code_reader;
CREATE TABLE code_secret (reader text, sector sector_code);
INSERT INTO code_secret SELECT 'regress_code_reader', '01110' FROM generate_series(1, 3);
INSERT INTO code_secret SELECT 'nobody', (CASE WHEN i % 10 = 0 THEN '26111' ELSE '35111' END)::sector_code FROM generate_series(1, 5000) i;
CREATE INDEX code_secret_sector ON code_secret (sector);
ANALYZE code_secret;
ALTER TABLE code_secret ENABLE ROW LEVEL SECURITY;
CREATE POLICY code_secret_reader ON code_secret USING (reader = current_user);
GRANT SELECT ON code_secret TO regress_code_reader;

CREATE FUNCTION code_prints(sector_code) RETURNS bool COST 0.0000001 LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE 'saw %', $1;
    RETURN true;
END $$;
CREATE FUNCTION code_prints_two(sector_code, sector_code) RETURNS bool COST 0.0000001 LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE 'saw % and %', $1, $2;
    RETURN $1 <@ $2;
END $$;
-- An operator of the user's own that asks our estimators.
CREATE OPERATOR <<@ (LEFTARG = sector_code, RIGHTARG = sector_code, FUNCTION = code_prints_two,
    RESTRICT = sector_code_contained_sel, JOIN = sector_code_contained_joinsel);
CREATE OPERATOR @>> (LEFTARG = sector_code, RIGHTARG = sector_code, FUNCTION = code_prints_two,
    RESTRICT = sector_code_contains_sel, JOIN = sector_code_contains_joinsel);
CREATE FUNCTION code_estimate(query text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END $$;

-- The owner: statistics are used.
SELECT code_estimate($$SELECT FROM code_secret WHERE sector <<@ '35'$$) AS "35", code_estimate($$SELECT FROM code_secret WHERE sector <<@ '26'$$) AS "26";

SET ROLE regress_code_reader;
-- Operators that are leakproof go before the policy, and may use the index; what prints comes after it.
EXPLAIN (COSTS OFF) SELECT * FROM code_secret WHERE sector <@ '01' AND code_prints(sector);
SELECT count(*) FROM code_secret WHERE sector <@ 'D' AND code_prints(sector);
SELECT count(*) FROM code_secret WHERE sector <@ 'A' AND code_prints(sector);
SELECT count(*) FROM code_secret WHERE sector >= '01' AND code_prints(sector);
SELECT count(*) FROM code_secret WHERE sector = '01110'::text AND code_prints(sector);
SELECT count(*) FROM code_secret WHERE sector <<@ '01';
SELECT count(*) FROM code_secret a JOIN code_secret b ON a.sector <<@ b.sector WHERE b.sector <@ '35';
-- The estimators show the reader nothing of hidden rows: 35 and 26, with 90 % and 10 % of them, look alike.
SELECT code_estimate($$SELECT FROM code_secret WHERE sector <<@ '35'$$) = code_estimate($$SELECT FROM code_secret WHERE sector <<@ '26'$$) AS alike,
       code_estimate($$SELECT FROM code_secret WHERE '35' @>> sector$$) = code_estimate($$SELECT FROM code_secret WHERE '26' @>> sector$$) AS alike_mirrored;
RESET ROLE;

-- Nor where there are no statistics, and our own operators look at the table or its index.
DELETE FROM pg_statistic WHERE starelid = 'code_secret'::regclass;
SET ROLE regress_code_reader;
SELECT code_estimate($$SELECT FROM code_secret WHERE sector <<@ '35'$$) = code_estimate($$SELECT FROM code_secret WHERE sector <<@ '26'$$) AS alike,
       code_estimate($$SELECT FROM code_secret WHERE sector @>> '35111'$$) = code_estimate($$SELECT FROM code_secret WHERE sector @>> '26111'$$) AS alike_above;
EXPLAIN (COSTS OFF) SELECT FROM code_secret WHERE sector <@ '35' AND code_prints(sector);
RESET ROLE;
DROP INDEX code_secret_sector;
SET ROLE regress_code_reader;
SELECT code_estimate($$SELECT FROM code_secret WHERE sector <<@ '35'$$) = code_estimate($$SELECT FROM code_secret WHERE sector <<@ '26'$$) AS alike_without_index;
SELECT count(*) FROM code_secret WHERE sector <@ 'D' AND code_prints(sector);
RESET ROLE;

-- Leakproof are exactly the functions that raise nothing and show nothing: comparison, containment, hash.
SELECT proname, array_agg(pg_get_function_identity_arguments(p.oid) ORDER BY pg_get_function_identity_arguments(p.oid)) AS arguments
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
WHERE proleakproof AND (proname LIKE 'code%' OR proname LIKE '%\_code\_%') AND pg_get_function_identity_arguments(p.oid) LIKE '%sector_code%'
GROUP BY proname ORDER BY proname;

DROP TABLE code_secret;
DROP OPERATOR <<@ (sector_code, sector_code);
DROP OPERATOR @>> (sector_code, sector_code);
DROP FUNCTION code_prints, code_prints_two, code_estimate;
DROP ROLE regress_code_reader;
