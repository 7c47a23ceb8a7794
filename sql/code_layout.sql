-- The layout of codes on disk, for ever: every value here was worked out by hand from docs/en/code-layout.md.
-- A difference means that stored data change their meaning. Rows may be added, never changed.

-- Digits, with or without a section: places in hexadecimal, a digit + 1 each, b = the A of ksco, f = fill.
CREATE TEMP TABLE digits (kind text, code text, scheme int8, edition int8, section int8, places text);
INSERT INTO digits VALUES
    ('sector', 'A',               0,  0,  1, ''),
    ('sector', 'D',               0,  0,  4, ''),
    ('sector', 'D~',              0,  0,  4, 'ffffffffffff'),
    ('sector', '35',              0,  0,  4, '46'),
    ('sector', '35~',             0,  0,  4, '46ffffffffff'),
    ('sector', '351',             0,  0,  4, '462'),
    ('sector', '3511',            0,  0,  4, '4622'),
    ('sector', '35111',           0,  0,  4, '46222'),
    ('sector', '36',              0,  0,  5, '47'),
    ('sector', '01110',           0,  0,  1, '12221'),
    ('sector', '99009',           0,  0, 21, 'aa11a'),
    ('sector', 'ksic8:40',        0,  8,  5, '51'),
    ('sector', 'ksic9:36',        0,  9,  4, '47'),
    ('sector', 'ksic10:36',       0, 10,  5, '47'),
    ('sector', 'ksic11:27193',    0, 11,  3, '382a4'),
    ('sector', 'isic:3510',       1,  0,  4, '4621'),
    ('sector', 'isic2:3',         1,  1,  0, '4'),
    ('sector', 'isic2:3841~',     1,  1,  0, '4952'),
    ('sector', 'isic3:40',        1,  2,  5, '51'),
    ('sector', 'isic3.1:97',      1,  3, 16, 'a8'),
    ('sector', 'isic4:U',         1,  4, 21, ''),
    ('sector', 'isic5:V',         1,  5, 22, ''),
    ('sector', 'nace:35.11',      2,  0,  4, '4622'),
    ('sector', 'nace1:95',        2,  1, 16, 'a6'),
    ('sector', 'nace1.1:96',      2,  2, 16, 'a7'),
    ('sector', 'nace2:61',        2,  3, 10, '72'),
    ('sector', 'nace2.1:61',      2,  4, 11, '72'),
    ('sector', 'hs:8541.40',      4,  0,  0, '965251'),
    ('sector', 'hs1988:85',       4,  1,  0, '96'),
    ('sector', 'hs1996:85~',      4,  2,  0, '96ffffffffff'),
    ('sector', 'hs2002:8541',     4,  3,  0, '9652'),
    ('sector', 'hs2007:85',       4,  4,  0, '96'),
    ('sector', 'hs2012:85',       4,  5,  0, '96'),
    ('sector', 'hs2017:85',       4,  6,  0, '96'),
    ('sector', 'hs2022:8541.40.90.20', 4, 7, 0, '965251a131'),
    ('sector', 'sitc:776.37',     5,  0,  0, '88748'),
    ('sector', 'sitc1:7',         5,  1,  0, '8'),
    ('sector', 'sitc2:7',         5,  2,  0, '8'),
    ('sector', 'sitc3:7',         5,  3,  0, '8'),
    ('sector', 'sitc4:7~',        5,  4,  0, '8fffffffffff'),
    ('sector', 'cpc:17100',       6,  0,  0, '28211'),
    ('sector', 'cpc1:0',          6,  1,  0, '1'),
    ('sector', 'cpc1.1:0',        6,  2,  0, '1'),
    ('sector', 'cpc2:0',          6,  3,  0, '1'),
    ('sector', 'cpc2.1:0',        6,  4,  0, '1'),
    ('sector', 'cofog:04.3.5',    7,  0,  0, '1546'),
    ('sector', 'sna:S1311',       8,  0,  0, '2422'),
    ('sector', 'sna1993:S2',      8,  1,  0, '3'),
    ('sector', 'sna2008:S11001',  8,  2,  0, '22112'),
    ('sector', 'sna2025:S13~',    8,  3,  0, '24ffffffffff'),
    ('sector', 'isco:2151',       9,  0,  0, '3262'),
    ('sector', 'isco1968:02305',  9,  1,  0, '13416'),
    ('sector', 'isco1988:2',      9,  2,  0, '3'),
    ('sector', 'isco2008:2',      9,  3,  0, '3'),
    ('sector', 'ksco:23511',     10,  0,  0, '34622'),
    ('sector', 'ksco6:A',        10,  6,  0, 'b'),
    ('sector', 'ksco7:A01',      10,  7,  0, 'b12'),
    ('sector', 'ksco8:A~',       10,  8,  0, 'bfffffffffff'),
    ('region', '46',              0,  0,  0, '57'),
    ('region', '46~',             0,  0,  0, '57ffffffffff'),
    ('region', '46170',           0,  0,  0, '57281'),
    ('region', '46170~',          0,  0,  0, '5728ffffffff'),
    ('region', '46710',           0,  0,  0, '57821'),
    ('region', '46710~',          0,  0,  0, '57821fffffff'),
    ('region', '46170250',        0,  0,  0, '57281361'),
    ('region', '4617025021',      0,  0,  0, '5728136132'),
    ('region', '41110~',          0,  0,  0, '5222ffffffff'),
    ('region', '41111',           0,  0,  0, '52222'),
    ('region', '41111~',          0,  0,  0, '52222fffffff'),
    ('region', '28170~',          0,  0,  0, '39281fffffff'),
    ('region', 'kostat:36040',    1,  0,  0, '47151'),
    ('region', 'kostat:36040~',   1,  0,  0, '4715ffffffff'),
    ('region', 'kostat:11010530', 1,  0,  0, '22121641'),
    ('region', 'fips:08031',      3,  0,  0, '19142'),
    ('region', 'fips:080310001021', 3, 0, 0, '191421112132');

-- Ranges: the sector as a number, then eleven places.
CREATE TEMP TABLE ranges (code text, edition int8, sector int8, places text);
INSERT INTO ranges VALUES
    ('naics:11',          0, 11, ''),
    ('naics:31-33',       0, 31, ''),
    ('naics:31-33~',      0, 31, 'fffffffffff'),
    ('naics:327',         0, 31, '438'),
    ('naics:221112',      0, 22, '332223'),
    ('naics1997:44-45',   1, 44, ''),
    ('naics2002:454',     2, 44, '565'),
    ('naics2007:48-49',   3, 48, ''),
    ('naics2012:492~',    4, 48, '5a3ffffffff'),
    ('naics2017:92',      5, 92, ''),
    ('naics2022:92',      6, 92, '');

-- Symbols: 1 = dot, 2 to 11 = 0 to 9, 12 to 37 = A to Z, 38 = fill, to ten places of base 39.
CREATE TEMP TABLE symbols (kind text, code text, scheme int8, edition int8, places int[]);
INSERT INTO symbols VALUES
    ('sector', 'cluster:ENERGY',     16, 0, '{16,25,16,29,18,36}'),
    ('sector', 'cluster:A.B',        16, 0, '{12,1,13}'),
    ('sector', 'cluster:A.B~',       16, 0, '{12,1,13,1,38,38,38,38,38,38}'),
    ('sector', 'cluster:ABCDEFGH~',  16, 0, '{12,13,14,15,16,17,18,19,1,38}'),
    ('sector', 'cluster:ABCDEFGHI~', 16, 0, '{12,13,14,15,16,17,18,19,20}'),
    ('sector', 'cluster:ZZZZZZZZZZ', 16, 0, '{37,37,37,37,37,37,37,37,37,37}'),
    ('sector', 'group:DE',           17, 0, '{15,16}'),
    ('sector', 'io:C01',             18, 0, '{14,2,3}'),
    ('region', 'nuts:DE',             2, 0, '{15,16}'),
    ('region', 'nuts:DE212',          2, 0, '{15,16,1,4,1,3,1,4}'),
    ('region', 'nuts2010:DE2~',       2, 1, '{15,16,1,4,1,38,38,38,38,38}'),
    ('region', 'nuts2013:DE',         2, 2, '{15,16}'),
    ('region', 'nuts2016:FRY',        2, 3, '{17,29,1,36}'),
    ('region', 'nuts2021:DE',         2, 4, '{15,16}'),
    ('region', 'nuts2024:DE',         2, 5, '{15,16}'),
    ('region', 'iso:KR-46',           4, 0, '{22,29,1,6,8}'),
    ('region', 'x:COAST.A1',         16, 0, '{14,26,12,30,31,1,12,3}');

CREATE TEMP TABLE golden AS
SELECT kind, code, (scheme << 58) + (edition << 53) + (section << 48) + ('x0000' || rpad(places, 12, '0'))::bit(64)::int8 AS value FROM digits
UNION ALL
SELECT 'sector', code, (3::int8 << 58) + (edition << 53) + (sector << 46) + (('x00000' || rpad(places, 11, '0'))::bit(64)::int8 << 2) FROM ranges
UNION ALL
SELECT kind, code, (scheme << 58) + (edition << 53) + sum(coalesce(places[n], 0) * 39::numeric ^ (10 - n))::int8
FROM symbols, generate_series(1, 10) n GROUP BY kind, code, scheme, edition;

-- What is stored is what is sent: eight bytes, most significant first.
SELECT count(*), count(DISTINCT kind || value) FROM golden;
SELECT kind, code, to_hex(value) AS golden,
       encode(CASE kind WHEN 'sector' THEN sector_code_send(code::sector_code) ELSE region_code_send(code::region_code) END, 'hex') AS sent
FROM golden
WHERE encode(CASE kind WHEN 'sector' THEN sector_code_send(code::sector_code) ELSE region_code_send(code::region_code) END, 'hex')
      <> lpad(to_hex(value), 16, '0')
ORDER BY kind, value;

-- The order of codes is the order of these numbers.
SELECT count(*) FROM golden a JOIN golden b ON a.kind = b.kind
WHERE CASE a.kind WHEN 'sector' THEN (a.code::sector_code < b.code::sector_code) <> (a.value < b.value)
                  ELSE (a.code::region_code < b.code::region_code) <> (a.value < b.value) END;

-- A few whole values, in case the arithmetic above is ever touched.
SELECT sector_code_send('35111') AS "35111", sector_code_send('ksic9:36') AS "ksic9:36", sector_code_send('naics:311') AS "naics:311",
       sector_code_send('cluster:A') AS "cluster:A", region_code_send('46170') AS "46170", region_code_send('kostat:36040~') AS "kostat:36040~";

-- Hash values are on disk as well: of 0 and of known codes, by the finaliser of splitmix64.
SELECT code_hash(sector_code '35111') AS sector, code_hash(region_code '46170') AS region, code_hash_extended(sector_code '35111', 0) AS extended,
       code_hash_extended(sector_code '35111', 7) AS seeded,
       code_hash(sector_code '35111') = (code_hash_extended(sector_code '35111', 0) & x'ffffffff'::int8)::bit(32)::int4 AS low_half;

DROP TABLE digits, ranges, symbols, golden;
