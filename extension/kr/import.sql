/*
 * import.sql
 *	  What the texts of a staged batch mean: regions, sectors, institutions, years, numbers.
 *
 * A text is read literally when that has one meaning, repaired when a named rule leads to one meaning, else rejected with the candidates.
 * No match by the beginning or a part of a name is taken. A lost leading zero is restored where the code exists only with it; once a batch
 * has such a code, others that exist both ways are ambiguous. A code that two editions of KSIC use for different things is unclear.
 */
CREATE FUNCTION read_region(name text, numbering text DEFAULT NULL,
    OUT code region_code, OUT rules text[], OUT reason text, OUT suggestion text)
    LANGUAGE sql STABLE PARALLEL SAFE COST 12000
BEGIN ATOMIC
    WITH given (text, rules) AS MATERIALIZED (
        SELECT c.code, c.rules FROM clean_code(read_region.name) c
    ), found (code, name_ko, how, whole, fits) AS MATERIALIZED (
        SELECT f.code, f.name_ko, f.how, f.how !~ ', (beginning|part)$',
               CASE read_region.numbering WHEN 'mois' THEN f.how <> 'code of Statistics Korea'
                                          WHEN 'kostat' THEN f.how NOT IN ('code', 'former code', 'code of a part') ELSE true END
          FROM given g CROSS JOIN LATERAL find_region(g.text) f
    ), chosen (n, code, how) AS (
        SELECT count(*), min(f.code), min(f.how) FROM found f WHERE f.whole AND f.fits
    )
    SELECT CASE WHEN k.reason IS NULL THEN c.code END,
           CASE WHEN k.reason IS NULL
                THEN array_remove(g.rules || CASE WHEN c.how <> 'code' THEN replace(c.how, ' ', '_')
                                                  WHEN g.text <> c.code::text THEN 'trailing_zeros' END, NULL) END,
           k.reason,
           CASE WHEN k.reason = 'scientific_notation' THEN 'digits are lost: export the column as text'
                WHEN k.reason IN ('ambiguous_region', 'unknown_region')
                THEN (SELECT string_agg(format('%s %s (%s)', f.code, f.name_ko, f.how), ', ' ORDER BY f.code)
                        FROM (SELECT v.code, v.name_ko, v.how FROM found v ORDER BY v.code LIMIT 6) f) END
      FROM given g CROSS JOIN chosen c
     CROSS JOIN LATERAL (
        SELECT CASE WHEN g.text IS NULL THEN 'no_region'
                    WHEN g.text IN ('전국', '합계', '총계', '소계', '계', '전체') OR lower(g.text) IN ('total', 'sum', 'all', 'nation') THEN 'total_line'
                    WHEN g.text ~ '^[0-9][.]?[0-9]*[eE][+]?[0-9]+$' THEN 'scientific_notation'
                    WHEN c.n = 0 THEN 'unknown_region'
                    WHEN c.n > 1 THEN 'ambiguous_region' END) k (reason);
END;
COMMENT ON FUNCTION read_region(text, text) IS
'The one region that a text of a table means, with the rules that were needed, or NULL and the reason: no_region, total_line, scientific_notation, unknown_region, ambiguous_region, with a suggestion. numbering: mois, kostat, or NULL = not stated.';

CREATE FUNCTION read_sector(name text, edition text DEFAULT NULL, digits integer DEFAULT NULL, zeros_lost boolean DEFAULT false,
    OUT code sector_code, OUT rules text[], OUT reason text, OUT suggestion text)
    LANGUAGE sql STABLE PARALLEL SAFE COST 5000
BEGIN ATOMIC
    WITH given (text, rules, form) AS MATERIALIZED (
        SELECT c.code, c.rules, regexp_match(c.code, '^(?:[kK][sS][iI][cC](9|10|11):)?(?:([A-Ua-u])|[A-Ua-u]?([0-9]{1,5}))$') FROM clean_code(read_sector.name) c
    ), named (code, how) AS MATERIALIZED (      -- a text that is no code
        SELECT f.code, f.how FROM given g CROSS JOIN LATERAL find_sector(g.text) f
         WHERE g.form IS NULL AND g.text !~ '[0-9]' AND sector_code_or_null(g.text) IS NULL AND f.how !~ ', (beginning|part)$'
    ), one_name (code, how) AS MATERIALIZED (
        SELECT min(n.code), min(n.how) FROM named n HAVING count(*) = 1
    ), written (text, edition, rules, name) AS MATERIALIZED (
        SELECT coalesce(upper(g.form[2]), g.form[3]), coalesce('ksic' || g.form[1], read_sector.edition), g.rules, false FROM given g WHERE g.form IS NOT NULL
        UNION ALL
        SELECT regexp_replace(o.code::text, '^.*:', ''), CASE scheme(o.code) WHEN 'ksic9' THEN 'ksic9' END, g.rules || replace(o.how, ' ', '_'), true
          FROM given g CROSS JOIN one_name o WHERE scheme(o.code) IN ('ksic', 'ksic9', 'ksic10', 'ksic11')
    ), variant (text, edition, rules, zero) AS MATERIALIZED (
        SELECT w.text, w.edition, w.rules, false FROM written w
         WHERE read_sector.digits IS NULL OR length(w.text) = read_sector.digits OR w.text !~ '[0-9]' OR w.name
        UNION ALL
        SELECT '0' || w.text, w.edition, w.rules || 'leading_zero'::text, true FROM written w
         WHERE NOT w.name AND w.text ~ '^[1-9][0-9]{0,3}$' AND coalesce(length(w.text) = read_sector.digits - 1, true)
        UNION ALL       -- a division or group that was filled up to five digits, unless some edition has the code as it is written
        SELECT left(w.text, 2) || rtrim(substr(w.text, 3), '0'), w.edition, w.rules || 'trailing_zeros'::text, false FROM written w
         WHERE NOT w.name AND w.text ~ '^[0-9]{4}0$' AND coalesce(read_sector.digits = 5, true)
           AND NOT EXISTS (SELECT FROM ksic_9_kr k WHERE k.code = sector_code_or_null('ksic9:' || w.text))
           AND NOT EXISTS (SELECT FROM ksic_10_kr k WHERE k.code = sector_code_or_null('ksic10:' || w.text))
           AND NOT EXISTS (SELECT FROM ksic_11_kr k WHERE k.code = sector_code_or_null('ksic11:' || w.text))
    ), known (text, edition, rules, zero, nine, ten, successors) AS MATERIALIZED (
        SELECT v.text, v.edition, v.rules, v.zero, EXISTS (SELECT FROM ksic_9_kr k WHERE k.code = sector_code_or_null('ksic9:' || v.text)),
               CASE WHEN v.edition IS DISTINCT FROM 'ksic11' THEN EXISTS (SELECT FROM ksic_10_kr k WHERE k.code = sector_code_or_null('ksic10:' || v.text)) ELSE false END
               OR CASE WHEN v.edition IS DISTINCT FROM 'ksic10' THEN EXISTS (SELECT FROM ksic_11_kr k WHERE k.code = sector_code_or_null('ksic11:' || v.text)) ELSE false END,
               ARRAY(SELECT DISTINCT regexp_replace(ancestor(l.to_code, level(n.code))::text, '^.*:', '') COLLATE "C"
                       FROM (SELECT sector_code_or_null('ksic9:' || v.text)) n (code) JOIN ksic_9_10_kr l ON l.from_code <@ n.code ORDER BY 1)
          FROM variant v
    ), meaning (zero, rules, text, reason, suggestion) AS MATERIALIZED (
        SELECT m.zero, array_remove(m.rules || CASE WHEN m.reason IS NULL AND m.as_nine AND m.successors[1] <> m.text THEN 'ksic9_to_ksic10' END, NULL),
               CASE WHEN m.reason IS NULL THEN CASE WHEN m.as_nine THEN m.successors[1] ELSE m.text END END, m.reason,
               CASE m.reason WHEN 'edition_unclear' THEN format('%s of KSIC 10 or 11, or %s from KSIC 9: state import_batch.sector_edition', m.text, array_to_string(m.successors, ', '))
                             WHEN 'sector_split' THEN format('KSIC 9 %s became %s', m.text, array_to_string(m.successors, ', ')) END
          FROM (SELECT k.*, (k.edition = 'ksic9' OR (k.edition IS NULL AND k.nine AND NOT k.ten)) AS as_nine,
                       CASE WHEN (k.edition = 'ksic9' OR (k.edition IS NULL AND k.nine AND NOT k.ten)) AND cardinality(k.successors) > 1 THEN 'sector_split'
                            WHEN k.edition IS NULL AND k.nine AND k.ten AND k.successors <> ARRAY[k.text] THEN 'edition_unclear' END AS reason
                  FROM known k
                 WHERE CASE k.edition WHEN 'ksic9' THEN k.nine WHEN 'ksic10' THEN k.ten WHEN 'ksic11' THEN k.ten ELSE k.nine OR k.ten END) m
    ), answer (text, rules, reason, suggestion) AS (
        SELECT m.text, m.rules, m.reason, m.suggestion FROM meaning m
         WHERE (SELECT count(*) FROM meaning) = 1
            OR (NOT m.zero AND NOT read_sector.zeros_lost)
        UNION ALL
        SELECT NULL, NULL, 'ambiguous_sector', format('%s: state import_batch.sector_digits', string_agg(v.text, ' or ' ORDER BY v.zero))
          FROM variant v WHERE (SELECT count(*) FROM meaning) = 2 AND read_sector.zeros_lost AND read_sector.digits IS NULL
        HAVING count(*) > 0
        UNION ALL
        SELECT g.text, g.rules, NULL, NULL FROM given g    -- a code of another scheme
         WHERE g.form IS NULL AND strpos(g.text, ':') > 0 AND sector_code_or_null(g.text) IS NOT NULL
        UNION ALL
        SELECT o.code::text, g.rules || replace(o.how, ' ', '_'), NULL, NULL FROM given g CROSS JOIN one_name o WHERE scheme(o.code) NOT IN ('ksic', 'ksic9', 'ksic10', 'ksic11')
    )
    SELECT sector_code_or_null(a.text), CASE WHEN a.text IS NOT NULL THEN a.rules END, CASE WHEN g.text IS NULL THEN 'no_sector' WHEN t.total THEN 'total_line' WHEN a.reason IS NOT NULL THEN a.reason
                                         WHEN a.text IS NOT NULL THEN NULL
                                         WHEN (SELECT count(*) FROM named) > 1 THEN 'ambiguous_sector'
                                         WHEN g.form IS NOT NULL AND read_sector.digits IS NOT NULL AND NOT EXISTS (SELECT FROM variant) THEN 'wrong_digits'
                                         ELSE 'unknown_sector' END,
           CASE WHEN t.total THEN NULL
                WHEN a.text IS NULL AND a.reason IS NULL AND EXISTS (SELECT FROM named)
                THEN (SELECT string_agg(format('%s (%s)', n.code, n.how), ', ' ORDER BY n.code) FROM named n) ELSE a.suggestion END
      FROM given g
     CROSS JOIN LATERAL (SELECT coalesce(g.text IN ('합계', '총계', '소계', '계', '전산업', '전체') OR lower(g.text) IN ('total', 'sum', 'all'), false)) t (total)
      LEFT JOIN answer a ON NOT t.total;
END;
COMMENT ON FUNCTION read_sector(text, text, integer, boolean) IS
'The one sector that a text of a table means, as a bare code of KSIC 10 and 11 or a code of another scheme, with the rules that were needed, or NULL and the reason: no_sector, total_line, unknown_sector, ambiguous_sector, wrong_digits, edition_unclear, sector_split, with a suggestion. edition: ksic9, ksic10, ksic11, or NULL = not stated; digits: how many digits every code had; zeros_lost: has the column lost leading zeros?';

CREATE FUNCTION read_year(string text, OUT year integer, OUT rules text[], OUT reason text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
BEGIN ATOMIC
    SELECT CASE WHEN y.text ~ '^(19|20|21)[0-9][0-9]$' THEN y.text::integer END,
           CASE WHEN y.text ~ '^(19|20|21)[0-9][0-9]$' THEN array_remove(c.rules || CASE WHEN y.text <> c.code THEN 'year_suffix' END, NULL) END,
           CASE WHEN y.text ~ '^(19|20|21)[0-9][0-9]$' THEN NULL WHEN y.text IS NULL THEN 'no_year' ELSE 'bad_year' END
      FROM clean_code(string) c CROSS JOIN LATERAL (SELECT regexp_replace(c.code, '[[:space:]]*년(도)?$', '')) y (text);
END;
COMMENT ON FUNCTION read_year(text) IS
'The year that a text means, with the rules that were needed (those of clean_code, year_suffix), or NULL and the reason: no_year, bad_year.';

CREATE FUNCTION match_import(plan text, batch text, scenario text DEFAULT 'base', OUT matched bigint, OUT rejected bigint)
    LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home text;
    sample_home text;
    known boolean;
BEGIN
    SELECT min(quote_ident(n.nspname)) FILTER (WHERE e.extname = 'innocity'), min(quote_ident(n.nspname)) FILTER (WHERE e.extname = 'innocity_kr')
    INTO home, sample_home
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname IN ('innocity', 'innocity_kr');
    EXECUTE format('SELECT %s.unload_import($1, $2, $3)', home) USING plan, batch, scenario;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.import_batch b WHERE b.scenario = $1 AND b.batch = $2)', plan) INTO known USING scenario, batch;
    IF NOT known THEN
        RAISE EXCEPTION 'plan "%" has no batch "%"', plan, batch
            USING ERRCODE = 'no_data_found', HINT = 'The table import_batch lists them; stage_import makes one.';
    END IF;
    EXECUTE format('DELETE FROM %1$I.import_repair p WHERE p.scenario = $1 AND p.batch = $2', plan) USING scenario, batch;
    EXECUTE format('DELETE FROM %1$I.import_result r WHERE r.scenario = $1 AND r.batch = $2', plan) USING scenario, batch;
    EXECUTE format($query$
        WITH this AS MATERIALIZED (
            SELECT b.* FROM %1$I.import_batch b WHERE b.scenario = $1 AND b.batch = $2
        ), line AS MATERIALIZED (
            SELECT r.* FROM %1$I.import_row r WHERE r.scenario = $1 AND r.batch = $2
        ), field AS MATERIALIZED (
            SELECT b.target, n.field FROM this b
            JOIN (VALUES ('region_activity', '{region,sector,year,value}'::text[]), ('institution_sector', '{institution,sector,value}'), ('headcount', '{institution,value}')) t (target, fields)
              ON t.target = b.target CROSS JOIN LATERAL unnest(t.fields) n (field)
        ), region AS MATERIALIZED (
            SELECT l.region AS text, m.* FROM (SELECT DISTINCT d.region FROM line d WHERE EXISTS (SELECT FROM field f WHERE f.field = 'region')) l
            CROSS JOIN this b CROSS JOIN LATERAL %3$s.read_region(l.region, b.region_numbering) m
        ), sector_text AS MATERIALIZED (
            SELECT DISTINCT d.sector AS text FROM line d WHERE EXISTS (SELECT FROM field f WHERE f.field = 'sector')
        ), zeros AS MATERIALIZED (
            -- the column has lost zeros when a code of it exists only with one
            SELECT b.sector_digits IS NULL AND EXISTS (SELECT FROM sector_text l CROSS JOIN LATERAL %2$s.clean_code(l.text) c
                                                       CROSS JOIN LATERAL %3$s.read_sector(c.code, b.sector_edition) m
                                                       WHERE c.code ~ '^[1-9][0-9]{0,3}$' AND 'leading_zero' = ANY (m.rules)) AS lost FROM this b
        ), sector AS MATERIALIZED (
            SELECT l.text, m.* FROM sector_text l CROSS JOIN this b CROSS JOIN zeros z
            CROSS JOIN LATERAL %3$s.read_sector(l.text, b.sector_edition, b.sector_digits, z.lost) m
        ), institution AS MATERIALIZED (
            SELECT l.text, CASE WHEN x.n = 1 THEN x.id END AS id,
                   CASE WHEN x.n = 1 THEN array_remove(c.rules || CASE WHEN x.how NOT IN ('identifier', 'name') THEN replace(x.how, ' ', '_') END, NULL) END AS rules,
                   CASE WHEN c.code IS NULL THEN 'no_institution' WHEN x.n = 1 THEN NULL WHEN x.n > 1 THEN 'ambiguous_institution'
                        WHEN y.whole > 0 THEN 'institution_not_in_plan' ELSE 'unknown_institution' END AS reason,
                   CASE WHEN x.n > 1 THEN x.candidates ELSE y.candidates END AS suggestion
            FROM (SELECT DISTINCT d.institution AS text FROM line d WHERE EXISTS (SELECT FROM field f WHERE f.field = 'institution')) l
            CROSS JOIN LATERAL %2$s.clean_code(l.text) c
            CROSS JOIN LATERAL (
                SELECT count(DISTINCT q.id) AS n, min(q.id) AS id, (array_agg(q.how ORDER BY q.place))[1] AS how, string_agg(DISTINCT q.id || ' ' || q.name_ko, ', ') AS candidates
                FROM (SELECT i.institution_id AS id, i.name_ko, 'identifier' AS how, 1 AS place FROM %1$I.institution i WHERE i.scenario = $1 AND i.institution_id = c.code
                      UNION ALL
                      SELECT i.institution_id, i.name_ko, CASE WHEN c.code IN (i.name_ko, i.name_en) THEN 'name' ELSE 'spelling' END, 2 FROM %1$I.institution i
                      WHERE i.scenario = $1 AND %3$s.match_key_kr(c.code) IN (%3$s.match_key_kr(i.name_ko), %3$s.match_key_kr(i.name_en))
                      UNION ALL
                      SELECT i.institution_id, i.name_ko, f.how, 3 FROM %3$s.find_institution(c.code) f
                      JOIN %1$I.institution i ON i.scenario = $1 AND i.institution_id = f.institution_id
                      WHERE f.how !~ ', (beginning|part)$') q) x
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE f.how !~ ', (beginning|part)$') AS whole,
                       string_agg(format('%%s %%s (%%s)', f.institution_id, f.name_ko, f.how), ', ' ORDER BY f.institution_id) AS candidates
                FROM (SELECT u.* FROM %3$s.find_institution(c.code) u WHERE x.n = 0 ORDER BY u.institution_id LIMIT 6) f) y
        ), year AS MATERIALIZED (
            SELECT l.year AS text, coalesce(m.year, CASE WHEN m.reason = 'no_year' THEN b.year END) AS year, m.rules,
                   CASE WHEN m.reason = 'no_year' AND b.year IS NOT NULL THEN NULL ELSE m.reason END AS reason
            FROM (SELECT DISTINCT d.year FROM line d WHERE EXISTS (SELECT FROM field f WHERE f.field = 'year')) l
            CROSS JOIN this b CROSS JOIN LATERAL %3$s.read_year(l.year) m
        ), value AS MATERIALIZED (
            SELECT l.value AS text, m.number, m.rules,
                   CASE WHEN m.reason IS NOT NULL THEN m.reason
                        WHEN abs(m.number) >= 1e300 OR (b.target = 'headcount' AND m.number <= 0) OR (b.target = 'institution_sector' AND m.number < 0) THEN 'out_of_range' END AS reason
            FROM (SELECT DISTINCT d.value FROM line d) l CROSS JOIN this b CROSS JOIN LATERAL %2$s.read_number(l.value) m
        ), read AS MATERIALIZED (
            -- equality that also joins NULL to NULL, in a form that can be hashed
            SELECT l.line, i.id AS institution_id, r.code AS region, s.code AS sector, y.year, v.number AS value,
                   coalesce(CASE WHEN i.reason IS NOT NULL THEN 'institution' END, CASE WHEN r.reason IS NOT NULL THEN 'region' END,
                            CASE WHEN s.reason IS NOT NULL THEN 'sector' END, CASE WHEN y.reason IS NOT NULL THEN 'year' END, CASE WHEN v.reason IS NOT NULL THEN 'value' END) AS field,
                   coalesce(i.reason, r.reason, s.reason, y.reason, v.reason) AS reason,
                   CASE WHEN i.reason IS NOT NULL THEN i.suggestion WHEN r.reason IS NOT NULL THEN r.suggestion WHEN s.reason IS NOT NULL THEN s.suggestion END AS suggestion,
                   i.rules AS institution_rules, r.rules AS region_rules, s.rules AS sector_rules, y.rules AS year_rules, v.rules AS value_rules,
                   l.institution AS institution_text, l.region AS region_text, l.sector AS sector_text, l.year AS year_text, l.value AS value_text
            FROM line l
            LEFT JOIN institution i ON coalesce(i.text, '') = coalesce(l.institution, '') AND (i.text IS NULL) = (l.institution IS NULL)
            LEFT JOIN region r ON coalesce(r.text, '') = coalesce(l.region, '') AND (r.text IS NULL) = (l.region IS NULL)
            LEFT JOIN sector s ON coalesce(s.text, '') = coalesce(l.sector, '') AND (s.text IS NULL) = (l.sector IS NULL)
            LEFT JOIN year y ON coalesce(y.text, '') = coalesce(l.year, '') AND (y.text IS NULL) = (l.year IS NULL)
            LEFT JOIN value v ON coalesce(v.text, '') = coalesce(l.value, '') AND (v.text IS NULL) = (l.value IS NULL)
        ), several AS MATERIALIZED (
            -- one institution has one head count: which of several lines is meant cannot be known
            SELECT r.institution_id, string_agg(r.line::text, ', ' ORDER BY r.line) AS lines
            FROM read r CROSS JOIN this b WHERE b.target = 'headcount' AND r.reason IS NULL GROUP BY r.institution_id HAVING count(*) > 1
        ), result AS (
            INSERT INTO %1$I.import_result (scenario, batch, line, institution_id, region, sector, year, value, field, reason, suggestion)
            SELECT $1, $2, r.line, r.institution_id, r.region, r.sector, r.year, r.value,
                   CASE WHEN r.reason IS NULL AND s.lines IS NOT NULL THEN 'row' ELSE r.field END,
                   CASE WHEN r.reason IS NULL AND s.lines IS NOT NULL THEN 'several_lines' ELSE r.reason END,
                   CASE WHEN r.reason IS NULL AND s.lines IS NOT NULL THEN 'lines ' || s.lines ELSE r.suggestion END
            FROM read r LEFT JOIN several s ON s.institution_id = r.institution_id
        )
        INSERT INTO %1$I.import_repair (scenario, batch, line, field, rule, before, after)
        SELECT $1, $2, r.line, u.field, n.rule, u.before, u.after
        FROM read r
        CROSS JOIN LATERAL (VALUES ('institution', r.institution_rules, r.institution_text, r.institution_id), ('region', r.region_rules, r.region_text, r.region::text),
                                   ('sector', r.sector_rules, r.sector_text, r.sector::text), ('year', r.year_rules, r.year_text, r.year::text),
                                   ('value', r.value_rules, r.value_text, r.value::text)) u (field, rules, before, after)
        CROSS JOIN LATERAL unnest(u.rules) n (rule)
        WHERE u.after IS NOT NULL
        $query$, plan, home, sample_home) USING scenario, batch;
    EXECUTE format('ANALYZE %1$I.import_result, %1$I.import_repair', plan);
    EXECUTE format('UPDATE %1$I.import_batch b SET matched = now() WHERE b.scenario = $1 AND b.batch = $2', plan) USING scenario, batch;
    EXECUTE format('SELECT count(*) FILTER (WHERE r.reason IS NULL), count(r.reason) FROM %1$I.import_result r WHERE r.scenario = $1 AND r.batch = $2', plan)
        INTO matched, rejected USING scenario, batch;
END
$function$;
COMMENT ON FUNCTION match_import(text, text, text) IS
'Reads the staged lines of a batch: fills import_result (what each line means, or the reason why it is rejected) and import_repair (every repair with its rule), in place of what they had, and returns how many lines are matched and rejected. What the batch had loaded is taken out of the target first. Then run load_import.';
