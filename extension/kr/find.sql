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
                   END COLLATE "C") COLLATE "default",       -- the caller's collation, or the server cannot inline this
             '㈜|[(](주|재|사)[)]|^(주식회사|재단법인|사단법인)|주식회사$|[[:space:]·ㆍ,''"-]',
             '', 'g');
END;
COMMENT ON FUNCTION match_key_kr(text) IS
'A name without what spelling varies in: blanks, middle dots, commas, hyphens, quotes, full width, case of ASCII letters, legal form.';

CREATE INDEX sector_kr_shipped_ko ON sector_kr_shipped (match_key_kr(label_ko));
CREATE INDEX sector_kr_shipped_en ON sector_kr_shipped (match_key_kr(label_en));

CREATE FUNCTION find_region(name text)
    RETURNS TABLE (code region_code, name_ko text, name_en text, how text)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10000 ROWS 2
BEGIN ATOMIC
    WITH wanted (key, code, kostat) AS MATERIALIZED (
        SELECT w.key, region_code_or_null(w.key), region_code_or_null('kostat:' || w.key)
          FROM (SELECT match_key_kr(find_region.name)) w (key)
         WHERE w.key <> ''
    ), spelled (code, place, how, name) AS (
        SELECT r.code, 1, 'name', r.name_ko FROM region_kr r
        UNION ALL
        SELECT r.code, 2, 'name with province', s.name_ko || r.name_ko
          FROM region_kr r JOIN region_kr s ON s.code = r.sido_code AND s.code <> r.code
        UNION ALL
        SELECT r.code, 2, 'name with province', n.name || r.name_ko
          FROM region_kr r JOIN region_name_kr n ON n.code = r.sido_code AND n.code <> r.code
        UNION ALL
        SELECT r.code, 3, 'name without city', split_part(r.name_ko, ' ', 2) FROM region_kr r WHERE r.level = 3
        UNION ALL
        SELECT n.code, 4, n.kind, n.name FROM region_name_kr n
        UNION ALL
        SELECT r.code, 5, 'short name', left(r.name_ko, -1) FROM region_kr r WHERE r.level = 2 AND length(r.name_ko) > 2
        UNION ALL
        SELECT r.code, 6, 'English name', r.name_en FROM region_kr r
        UNION ALL
        SELECT r.code, 7, 'short English name', split_part(r.name_en, '-', 1) FROM region_kr r WHERE r.level <= 2
    ), known (code, place, how, key) AS MATERIALIZED (
        SELECT n.code, n.place, n.how, match_key_kr(n.name) FROM spelled n
    ), whole (place, code, how) AS (
        SELECT 0, r.code, 'code' FROM wanted w JOIN region_kr r ON r.code = w.code
        UNION ALL
        SELECT 8, r.code, 'code of Statistics Korea' FROM wanted w JOIN region_kr r ON r.kostat_code = w.code OR r.kostat_code = w.kostat
        UNION ALL
        SELECT 9, r.code, 'former code' FROM wanted w JOIN region_kr r ON r.code_old = w.code
        UNION ALL
        SELECT k.place, k.code, k.how FROM wanted w JOIN known k ON k.key = w.key
    ), beginning (place, code, how) AS (
        SELECT 0, ancestor(w.code, a.level), 'code of a part'
          FROM wanted w, (SELECT max(r.level) FROM wanted v JOIN region_kr r ON r.code @> v.code) a (level)
        UNION ALL
        SELECT k.place, k.code, k.how || ', beginning' FROM wanted w JOIN known k ON starts_with(k.key, w.key)
    ), part (place, code, how) AS (
        SELECT k.place, k.code, k.how || ', part' FROM wanted w JOIN known k ON strpos(k.key, w.key) > 0
    ), matched (place, code, how) AS (
        SELECT m.place, m.code, m.how FROM whole m
        UNION ALL
        SELECT m.place, m.code, m.how FROM beginning m WHERE NOT EXISTS (SELECT FROM whole)
        UNION ALL
        SELECT m.place, m.code, m.how FROM part m WHERE NOT EXISTS (SELECT FROM whole) AND NOT EXISTS (SELECT FROM beginning b WHERE b.code IS NOT NULL)
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
    ), spelled (id, place, how, name) AS (
        SELECT i.id, 1, 'name', i.name_ko FROM institution_kr i
        UNION ALL
        SELECT n.institution_id, CASE n.kind WHEN 'short name' THEN 2 ELSE 3 END, n.kind, n.name FROM institution_name_kr n
        UNION ALL
        SELECT i.id, 4, 'abbreviation', i.abbr FROM institution_kr i
        UNION ALL
        SELECT i.id, 5, 'English name', i.name_en FROM institution_kr i
    ), known (id, place, how, key) AS MATERIALIZED (
        SELECT n.id, n.place, n.how, match_key_kr(n.name) FROM spelled n
    ), whole (place, id, how) AS (
        SELECT 0, i.id, 'identifier' FROM wanted w JOIN institution_kr i ON match_key_kr(i.id) = w.key
        UNION ALL
        SELECT k.place, k.id, k.how FROM wanted w JOIN known k ON k.key = w.key
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
        SELECT w.key, sector_code_or_null(w.key), sector_code_or_null('ksic9:' || w.key), sector_code_or_null('cluster:' || w.key)
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
