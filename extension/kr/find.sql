/*
 * find.sql
 *	  Names and codes of other lists to ours. Every candidate is a row, how says what matched, nothing is guessed.
 *
 * Three rounds, and only the first that finds anything answers: a whole name or a code; the beginning of a name; a
 * part of one. Names are compared by match_key_kr, so that spelling (blanks, middle dots, width, case, legal form)
 * does not matter. Inside a round a candidate comes once, with the first way in which it matched, in order of code.
 */
CREATE FUNCTION match_key_kr(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE    -- not STRICT: CASE is not, so the server could not inline it
BEGIN ATOMIC
    SELECT regexp_replace(
             lower(CASE                     -- translate() is slow, and full width is rare; no range that only Unicode has
                     WHEN name ~ '[０-９Ａ-Ｚａ-ｚ！＂＃＄％＆＇（）＊＋，－．／：；＜＝＞？　]'
                     THEN translate(name,
                                    '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ　',
                                    '!"#$%&''()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz ')
                     ELSE name
                   END COLLATE "C"),
             '㈜|[(](주|재|사)[)]|^(주식회사|재단법인|사단법인)|주식회사$|[[:space:]·ㆍ,''"-]',
             '', 'g') COLLATE "default";                  -- the caller's, or the server could not inline this
END;
COMMENT ON FUNCTION match_key_kr(text) IS
'A name without what spelling varies in: blanks, middle dots, commas, hyphens, quotes, full width, case of ASCII letters, legal form.';

CREATE INDEX sector_kr_shipped_ko ON sector_kr_shipped (match_key_kr(label_ko));
CREATE INDEX sector_kr_shipped_en ON sector_kr_shipped (match_key_kr(label_en));
CREATE INDEX region_kr_shipped_ko ON region_kr_shipped (match_key_kr(name_ko));
CREATE INDEX region_kr_shipped_en ON region_kr_shipped (match_key_kr(name_en));
CREATE INDEX region_name_kr_shipped_name ON region_name_kr_shipped (match_key_kr(name));
CREATE INDEX institution_kr_shipped_ko ON institution_kr_shipped (match_key_kr(name_ko));
CREATE INDEX institution_kr_shipped_en ON institution_kr_shipped (match_key_kr(name_en));
CREATE INDEX institution_kr_shipped_abbr ON institution_kr_shipped (match_key_kr(abbr));
CREATE INDEX institution_kr_shipped_id ON institution_kr_shipped (match_key_kr(id));
CREATE INDEX institution_name_kr_shipped_name ON institution_name_kr_shipped (match_key_kr(name));

CREATE FUNCTION find_region(name text)
    RETURNS TABLE (code region_code, name_ko text, name_en text, how text)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10000 ROWS 2
BEGIN ATOMIC
    WITH wanted (key, code, kostat) AS MATERIALIZED (
        SELECT w.key, coalesce(region_code_or_null(btrim(find_region.name)), region_code_or_null(w.key)),
               region_code_or_null('kostat:' || w.key)
          FROM (SELECT match_key_kr(find_region.name)) w (key)
         WHERE w.key <> ''
    ), province (code, key) AS (            -- with which the text begins
        SELECT s.code, match_key_kr(s.name_ko) FROM region_kr s WHERE s.level = 1
        UNION ALL
        SELECT n.code, match_key_kr(n.name) FROM region_name_kr n WHERE level(n.code) = 1
    ), whole (place, code, how) AS (        -- each by its index
        SELECT 0, r.code, 'code' FROM region_kr r WHERE r.code = (SELECT w.code FROM wanted w)
        UNION ALL
        SELECT 1, r.code, 'name' FROM region_kr r WHERE match_key_kr(r.name_ko) = (SELECT w.key FROM wanted w)
        UNION ALL
        SELECT 2, r.code, 'name with province'
          FROM wanted w JOIN province p ON starts_with(w.key, p.key)
         CROSS JOIN LATERAL (SELECT t.code FROM region_kr t
                              WHERE match_key_kr(t.name_ko) = substr(w.key, length(p.key) + 1) AND t.sido_code = p.code) r
        UNION ALL
        SELECT 3, r.code, 'name without city' FROM region_kr r
         WHERE r.level = 3 AND match_key_kr(split_part(r.name_ko, ' ', 2)) = (SELECT w.key FROM wanted w)
        UNION ALL
        SELECT 4, n.code, n.kind FROM region_name_kr n WHERE match_key_kr(n.name) = (SELECT w.key FROM wanted w)
        UNION ALL
        SELECT 5, r.code, 'short name'
          FROM wanted w, unnest(ARRAY['시', '군', '구']) e (ending),
               LATERAL (SELECT t.code FROM region_kr t WHERE match_key_kr(t.name_ko) = w.key || e.ending AND t.level = 2) r
         WHERE length(w.key) >= 2
        UNION ALL
        SELECT 6, r.code, 'English name' FROM region_kr r WHERE match_key_kr(r.name_en) = (SELECT w.key FROM wanted w)
        UNION ALL
        SELECT 7, r.code, 'short English name'
          FROM wanted w, unnest(ARRAY['si', 'gun', 'gu', 'do']) e (ending),
               LATERAL (SELECT t.code FROM region_kr t WHERE match_key_kr(t.name_en) = w.key || e.ending AND t.level <= 2) r
        UNION ALL
        SELECT 8, r.code, 'code of Statistics Korea' FROM region_kr r WHERE r.kostat_code = (SELECT w.kostat FROM wanted w)
        UNION ALL
        SELECT 8, r.code, 'code of Statistics Korea' FROM region_kr r WHERE r.kostat_code = (SELECT w.code FROM wanted w)
        UNION ALL
        SELECT 9, r.code, 'former code' FROM region_kr r WHERE r.code_old = (SELECT w.code FROM wanted w)
    ), spelled (code, place, how, name) AS (
        SELECT r.code, 1, 'name', r.name_ko FROM region_kr r
        UNION ALL
        SELECT r.code, 2, 'name with province', p.key || r.name_ko FROM region_kr r JOIN province p ON p.code = r.sido_code AND p.code <> r.code
        UNION ALL
        SELECT r.code, 3, 'name without city', split_part(r.name_ko, ' ', 2) FROM region_kr r WHERE r.level = 3
        UNION ALL
        SELECT n.code, 4, n.kind, n.name FROM region_name_kr n
        UNION ALL
        SELECT r.code, 6, 'English name', r.name_en FROM region_kr r
    ), known (code, place, how, key) AS MATERIALIZED (
        SELECT n.code, n.place, n.how, match_key_kr(n.name) FROM spelled n
    ), beginning (place, code, how) AS (
        SELECT 0, ancestor(w.code, a.level), 'code of a part'
          FROM wanted w, (SELECT max(r.level) FROM region_kr r WHERE r.code @> (SELECT v.code FROM wanted v)) a (level)
         WHERE a.level IS NOT NULL
        UNION ALL
        SELECT k.place, k.code, k.how || ', beginning' FROM wanted w JOIN known k ON starts_with(k.key, w.key)
    ), part (place, code, how) AS (
        SELECT k.place, k.code, k.how || ', part' FROM wanted w JOIN known k ON strpos(k.key, w.key) > 0
    ), matched (place, code, how) AS (
        SELECT m.place, m.code, m.how FROM whole m
        UNION ALL
        SELECT m.place, m.code, m.how FROM beginning m WHERE NOT EXISTS (SELECT FROM whole)
        UNION ALL
        SELECT m.place, m.code, m.how FROM part m WHERE NOT EXISTS (SELECT FROM whole) AND NOT EXISTS (SELECT FROM beginning)
    )
    SELECT r.code, r.name_ko, r.name_en, b.how
      FROM (SELECT DISTINCT ON (m.code) m.code, m.how FROM matched m ORDER BY m.code, m.place, m.how) b
      JOIN region_kr r ON r.code = b.code
     ORDER BY r.code;
END;
COMMENT ON FUNCTION find_region(text) IS
'Regions of a name (present, former, short, English, with its province or without) or code (either numbering, former, of a part); several candidates are several rows.';

CREATE FUNCTION find_institution(name text)
    RETURNS TABLE (institution_id text, name_ko text, name_en text, how text)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10000 ROWS 2
BEGIN ATOMIC
    WITH wanted (key) AS MATERIALIZED (
        SELECT w.key FROM (SELECT match_key_kr(find_institution.name)) w (key) WHERE w.key <> ''
    ), whole (place, id, how) AS (          -- each by its index
        SELECT 0, i.id, 'identifier' FROM institution_kr i WHERE match_key_kr(i.id) = (SELECT w.key FROM wanted w)
        UNION ALL
        SELECT 1, i.id, 'name' FROM institution_kr i WHERE match_key_kr(i.name_ko) = (SELECT w.key FROM wanted w)
        UNION ALL
        SELECT CASE n.kind WHEN 'short name' THEN 2 ELSE 3 END, n.institution_id, n.kind
          FROM institution_name_kr n WHERE match_key_kr(n.name) = (SELECT w.key FROM wanted w)
        UNION ALL
        SELECT 4, i.id, 'abbreviation' FROM institution_kr i WHERE match_key_kr(i.abbr) = (SELECT w.key FROM wanted w)
        UNION ALL
        SELECT 5, i.id, 'English name' FROM institution_kr i WHERE match_key_kr(i.name_en) = (SELECT w.key FROM wanted w)
    ), known (place, id, how, key) AS MATERIALIZED (
        SELECT 1, i.id, 'name', match_key_kr(i.name_ko) FROM institution_kr i
        UNION ALL
        SELECT CASE n.kind WHEN 'short name' THEN 2 ELSE 3 END, n.institution_id, n.kind, match_key_kr(n.name) FROM institution_name_kr n
        UNION ALL
        SELECT 4, i.id, 'abbreviation', match_key_kr(i.abbr) FROM institution_kr i
        UNION ALL
        SELECT 5, i.id, 'English name', match_key_kr(i.name_en) FROM institution_kr i
    ), beginning (place, id, how) AS (
        SELECT k.place, k.id, k.how || ', beginning' FROM wanted w JOIN known k ON starts_with(k.key, w.key)
    ), part (place, id, how) AS (
        SELECT k.place, k.id, k.how || ', part' FROM wanted w JOIN known k ON strpos(k.key, w.key) > 0
    ), matched (place, id, how) AS (
        SELECT m.place, m.id, m.how FROM whole m
        UNION ALL
        SELECT m.place, m.id, m.how FROM beginning m WHERE NOT EXISTS (SELECT FROM whole)
        UNION ALL
        SELECT m.place, m.id, m.how FROM part m WHERE NOT EXISTS (SELECT FROM whole) AND NOT EXISTS (SELECT FROM beginning)
    )
    SELECT i.id, i.name_ko, i.name_en, b.how
      FROM (SELECT DISTINCT ON (m.id) m.id, m.how FROM matched m ORDER BY m.id, m.place, m.how) b
      JOIN institution_kr i ON i.id = b.id
     ORDER BY i.id COLLATE "C";
END;
COMMENT ON FUNCTION find_institution(text) IS
'Institutions of a name (present, former, short, English), abbreviation or identifier; several candidates are several rows.';

CREATE FUNCTION find_sector(name text)
    RETURNS TABLE (code sector_code, name_ko text, name_en text, how text)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10000 ROWS 3
BEGIN ATOMIC
    WITH wanted (key, code, code_9, cluster) AS MATERIALIZED (
        SELECT w.key, coalesce(sector_code_or_null(btrim(find_sector.name)), sector_code_or_null(w.key)),
               sector_code_or_null('ksic9:' || w.key), sector_code_or_null('cluster:' || w.key)
          FROM (SELECT match_key_kr(find_sector.name)) w (key)
         WHERE w.key <> ''
    ), old (code) AS MATERIALIZED (         -- a code of KSIC 9: written so, or bare and in no current list
        SELECT CASE WHEN scheme(w.code) = 'ksic9' THEN w.code ELSE w.code_9 END
          FROM wanted w
         WHERE scheme(w.code) = 'ksic9' OR NOT EXISTS (SELECT FROM sector_kr s WHERE s.code = w.code)
    ), division (isic_4) AS MATERIALIZED (  -- a code of ISIC or NACE, by its ISIC 4 division
        SELECT ancestor(replace(w.code::text, 'isic:', 'isic4:')::sector_code, 2) FROM wanted w WHERE scheme(w.code) IN ('isic', 'isic4')
        UNION ALL
        SELECT ancestor(n.isic_4, 2) FROM wanted w JOIN nace_2_kr n ON n.code = replace(w.code::text, 'nace:', 'nace2:')::sector_code
         WHERE scheme(w.code) IN ('nace', 'nace2')
    ), whole (place, code, label_ko, label_en, how) AS (
        SELECT 0, s.code, s.label_ko, s.label_en, 'code' FROM sector_kr s WHERE s.code = (SELECT w.code FROM wanted w)
        UNION ALL
        SELECT 1, s.code, s.label_ko, s.label_en, 'function group' FROM sector_kr s WHERE s.code = (SELECT w.cluster FROM wanted w)
        UNION ALL
        SELECT 2, s.code, s.label_ko, s.label_en, 'code of KSIC 9' FROM sector_kr s WHERE s.code = (SELECT o.code FROM old o)
        UNION ALL
        SELECT 3, k.code, k.label_ko, k.label_en, 'successor in KSIC 10'
          FROM old o JOIN ksic_9_10_kr l ON l.from_code = o.code JOIN ksic_10_kr k ON k.code = l.to_code
        UNION ALL
        SELECT 3, k.code, k.label_ko, k.label_en, 'successor in KSIC 11'
          FROM wanted w JOIN ksic_10_11_kr l ON l.from_code = w.code JOIN ksic_11_kr k ON k.code = l.to_code
        UNION ALL
        SELECT 4, k.code, k.label_ko, k.label_en, 'by ISIC 4 division'
          FROM division d JOIN ksic_10_isic_4_division_kr l ON l.isic_4 = d.isic_4 JOIN ksic_10_kr k ON k.code = l.ksic_10
        UNION ALL
        SELECT 5, s.code, s.label_ko, s.label_en, 'name'
          FROM sector_kr s WHERE match_key_kr(s.label_ko) = (SELECT w.key FROM wanted w)
        UNION ALL
        SELECT 6, s.code, s.label_ko, s.label_en, 'English name'
          FROM sector_kr s WHERE match_key_kr(s.label_en) = (SELECT w.key FROM wanted w)
    ), known (place, code, label_ko, label_en, how, key) AS MATERIALIZED (
        SELECT 5, s.code, s.label_ko, s.label_en, 'name', match_key_kr(s.label_ko) FROM sector_kr s
        UNION ALL
        SELECT 6, s.code, s.label_ko, s.label_en, 'English name', match_key_kr(s.label_en) FROM sector_kr s
    ), beginning (place, code, label_ko, label_en, how) AS (
        SELECT k.place, k.code, k.label_ko, k.label_en, k.how || ', beginning'
          FROM wanted w JOIN known k ON starts_with(k.key, w.key)
    ), part (place, code, label_ko, label_en, how) AS (
        SELECT k.place, k.code, k.label_ko, k.label_en, k.how || ', part'
          FROM wanted w JOIN known k ON strpos(k.key, w.key) > 0
    ), matched AS (
        SELECT m.* FROM whole m
        UNION ALL
        SELECT m.* FROM beginning m WHERE NOT EXISTS (SELECT FROM whole)
        UNION ALL
        SELECT m.* FROM part m WHERE NOT EXISTS (SELECT FROM whole) AND NOT EXISTS (SELECT FROM beginning)
    ), spelling (code, label_ko, label_en, how, n) AS (
        -- a code that several editions hold with the same label is one candidate: the bare one, else the latest
        SELECT m.code, m.label_ko, m.label_en, m.how,
               row_number() OVER (PARTITION BY rtrim(scheme(m.code), '0123456789'), regexp_replace(m.code::text, '^.*:', ''),
                                               coalesce(m.label_ko, m.label_en)
                                  ORDER BY m.place, scheme(m.code) <> rtrim(scheme(m.code), '0123456789'), m.code DESC)
          FROM matched m
    )
    SELECT s.code, s.label_ko, s.label_en, s.how FROM spelling s WHERE s.n = 1 ORDER BY s.code;
END;
COMMENT ON FUNCTION find_sector(text) IS
'Sector codes of a label (Korean, English) or of a code, also of KSIC 9, ISIC 4, NACE 2 by their links; several candidates are several rows.';
