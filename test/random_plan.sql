-- make(plan, seed): a plan of random rows for tests, read by \ir. The random numbers are md5 of a seed and a key, so every run has the same plans.

-- A number in [0, 1) of a seed and a key.
CREATE FUNCTION u(seed text, VARIADIC key text[]) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
    SELECT ('x' || substr(md5(seed || '|' || array_to_string(key, '|')), 1, 13))::bit(52)::bigint / 4503599627370496.0 $$;

-- A plan of 7 cities, 40 institutions, 8 assets, sectors of three levels (three sections, nine divisions, 27 groups); activity by division.
CREATE FUNCTION make(plan text, seed text) RETURNS void LANGUAGE plpgsql AS $f$
BEGIN
    PERFORM create_plan(plan);
    EXECUTE format($q$
        INSERT INTO %1$I.city (city_id) SELECT 'T' || c FROM generate_series(1, 7) c;
        INSERT INTO %1$I.city_region (city_id, region) SELECT 'T' || c, ('x:R' || c)::region_code FROM generate_series(1, 7) c;
        INSERT INTO %1$I.region_activity (year, region, sector, value)
        SELECT 2020, ('x:R' || r)::region_code, format('group:S%%s.D%%s', 1 + s / 3, s)::sector_code, floor(1 + 1000 * u(%2$L, 'activity', r::text, s::text) ^ 3)
        FROM generate_series(1, 12) r, generate_series(0, 8) s WHERE u(%2$L, 'present', r::text, s::text) < 0.8;
        INSERT INTO %1$I.sector_flow (seller, buyer, value)
        SELECT format('group:S%%s.D%%s', 1 + a / 3, a)::sector_code, format('group:S%%s.D%%s', 1 + b / 3, b)::sector_code, 1 + floor(100 * u(%2$L, 'flow', a::text, b::text))
        FROM generate_series(0, 8) a, generate_series(0, 8) b;
        INSERT INTO %1$I.institution (institution_id, status, city_id, ministry)
        SELECT 'I' || lpad(i::text, 2, '0'), CASE WHEN i %% 2 = 0 THEN 'relocated' ELSE 'capital' END,
               CASE WHEN i %% 2 = 0 THEN 'T' || 1 + floor(6 * u(%2$L, 'city', i::text)) END, 'M' || floor(5 * u(%2$L, 'ministry', i::text))
        FROM generate_series(1, 40) i;
        INSERT INTO %1$I.asset (asset_id, city_id) SELECT 'X' || a, 'T' || 1 + floor(6 * u(%2$L, 'asset', a::text)) FROM generate_series(1, 8) a;
        INSERT INTO %1$I.institution_sector (institution_id, sector, weight)
        SELECT 'I' || lpad(i::text, 2, '0'), t.sector, u(%2$L, 'weight', i::text, t.sector::text) + 0.01
        FROM generate_series(1, 40) i
        CROSS JOIN LATERAL (SELECT DISTINCT format('group:S%%s.D%%s', 1 + d / 3, d) || CASE WHEN k > 0 THEN '.G' || k ELSE '' END AS sector
                            FROM generate_series(1, 3) n
                            CROSS JOIN LATERAL (SELECT floor(9 * u(%2$L, 'division', i::text, n::text))::int AS d, floor(3 * u(%2$L, 'group', i::text, n::text))::int AS k) x) s (text)
        CROSS JOIN LATERAL (SELECT s.text::sector_code AS sector) t;
        INSERT INTO %1$I.asset_sector (asset_id, sector, weight)
        SELECT 'X' || a, format('group:S%%s.D%%s', 1 + d / 3, d)::sector_code, 1 FROM generate_series(1, 8) a
        CROSS JOIN LATERAL (SELECT floor(9 * u(%2$L, 'asset division', a::text))::int AS d) x;
        INSERT INTO %1$I.affiliation (parent_id, subsidiary_id, kind)
        SELECT DISTINCT 'I' || lpad(p::text, 2, '0'), 'I' || lpad(s::text, 2, '0'), CASE WHEN n %% 2 = 0 THEN 'equity' ELSE 'research_council' END
        FROM generate_series(1, 15) n CROSS JOIN LATERAL (SELECT 1 + floor(40 * u(%2$L, 'parent', n::text))::int AS p, 1 + floor(40 * u(%2$L, 'subsidiary', n::text))::int AS s) x WHERE p <> s;
        $q$, plan, seed);
END $f$;
