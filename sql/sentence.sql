-- The sentences of synergy_sentence on a plan that is worked out by hand.
-- City A: 30 of agriculture and 10 of ICT; B: 10 and 50. Location quotients of A 1.875 and 0.4167, of B 0.4167 and 1.3889, so that a whole profile of
-- one sector has localization .652174 or .294118 in A, .294118 or .581395 in B.
SELECT create_plan('say');
SET search_path = say, public;
UPDATE criterion SET weight = CASE criterion WHEN 'localization' THEN 0.2 WHEN 'complementarity' THEN 0.5 WHEN 'affiliation' THEN 0.3 ELSE 0 END;
INSERT INTO city (city_id, name_ko, name_en) VALUES ('A', '가람시', 'Garam'), ('B', NULL, 'New Narae');
INSERT INTO city_region (city_id, region) VALUES ('A', 'x:A'), ('B', 'x:B');
INSERT INTO sector_name (sector, name_ko, name_en) VALUES ('group:AGRI', '농업', 'Agriculture'), ('group:ICT', 'ICT', 'ICT');
INSERT INTO region_activity (year, region, sector, value) VALUES
    (2020, 'x:A', 'group:AGRI', 30), (2020, 'x:A', 'group:ICT', 10), (2020, 'x:B', 'group:AGRI', 10), (2020, 'x:B', 'group:ICT', 50);
INSERT INTO institution (institution_id, name_ko, name_en, status, city_id, ministry) VALUES
    ('I1', '한빛KDN', 'Hanbit KDN', 'relocated', 'A', 'M1'), ('I2', '두레공사', 'Dure Corporation', 'relocated', 'A', 'M1'),
    ('C1', '새싹진흥원', 'Sprout Agency', 'capital', NULL, 'M1'), ('C2', '별재단', 'Star Foundation', 'capital', NULL, NULL),
    ('C3', NULL, 'Blue Lab', 'capital', NULL, 'M2'), ('C4', '달재단', 'Moon Foundation', 'capital', NULL, NULL), ('C5', '無名', NULL, 'capital', NULL, NULL),
    ('F1', '한빛서비스(주)', 'Hanbit Service', 'other', NULL, NULL);
INSERT INTO institution_sector (institution_id, sector, weight) VALUES ('I1', 'group:ICT', 1), ('I2', 'group:AGRI', 1),
    ('C1', 'group:AGRI', 0.5), ('C1', 'group:ICT', 0.5), ('C2', 'group:AGRI', 1), ('C3', 'group:CAR', 1), ('C4', 'group:AGRI', 1), ('F1', 'group:ICT', 1);
INSERT INTO affiliation (parent_id, subsidiary_id, kind) VALUES ('I1', 'F1', 'equity');

-- C1: .2 x .473146 + .5 x .707107 + .3 x 1 = .748183, of which the last two are 87 %; C2 and C4: .2 x .652174 + .5 x .5 = .380435;
-- F1: .2 x .294118 + .5 x .5 + .3 = .608824; C3 lacks localization, C5 all but affiliation, and both have 0 in what they have.
SELECT city_id, institution_id, score, coverage, rank_in_city AS rank, candidates, named_share FROM synergy_sentence ORDER BY row_key COLLATE "C";
\pset format unaligned
\pset tuples_only on
SELECT institution_id, sentence_ko FROM synergy_sentence WHERE city_id = 'A' ORDER BY institution_id COLLATE "C";
SELECT institution_id, sentence_en FROM synergy_sentence WHERE city_id = 'A' ORDER BY institution_id COLLATE "C";
SELECT institution_id, sentence_ko, sentence_en FROM synergy_sentence WHERE city_id = 'B' AND institution_id IN ('C1', 'C5', 'F1') ORDER BY institution_id COLLATE "C";

-- The other parts, and an own criterion that names no sector; a sector without a name goes by its code
UPDATE criterion SET weight = CASE criterion WHEN 'relatedness' THEN 0.3 WHEN 'linkage' THEN 0.1 WHEN 'labour' THEN 0.1 ELSE 0 END;
INSERT INTO region_activity (year, region, sector, value) VALUES (2020, 'x:A', 'group:BIO', 10), (2020, 'x:B', 'group:BIO', 1), (2020, 'x:C', 'group:AGRI', 10), (2020, 'x:C', 'group:ICT', 20);
INSERT INTO sector_flow (seller, buyer, value) VALUES ('group:AGRI', 'group:ICT', 1), ('group:ICT', 'group:AGRI', 1);
INSERT INTO labour_flow (sector_from, sector_to, movers) VALUES ('group:AGRI', 'group:ICT', 5), ('group:ICT', 'group:AGRI', 5), ('group:CAR', 'group:CAR', 1);
SELECT institution_id, sentence_ko, sentence_en FROM synergy_sentence WHERE city_id = 'A' AND institution_id IN ('C1', 'C2') ORDER BY institution_id COLLATE "C";
UPDATE criterion SET weight = CASE criterion WHEN 'linkage' THEN 1 ELSE 0 END;
SELECT institution_id, sentence_ko, sentence_en FROM synergy_sentence WHERE city_id = 'B' AND institution_id = 'C2';
UPDATE criterion SET weight = CASE criterion WHEN 'labour' THEN 1 ELSE 0 END;
SELECT institution_id, sentence_ko, sentence_en FROM synergy_sentence WHERE city_id = 'B' AND institution_id = 'C2';
INSERT INTO criterion (criterion, name_ko, name_en, weight, indicator, direction) VALUES ('housing', '살 집', 'Homes', 1, 'homes', 'max');
INSERT INTO city_indicator (city_id, indicator, year, value) VALUES ('A', 'homes', 2024, 10), ('B', 'homes', 2024, 30);
SELECT institution_id, sentence_ko, sentence_en FROM synergy_sentence WHERE city_id = 'B' AND institution_id IN ('C2', 'C5') ORDER BY institution_id COLLATE "C";

-- Power 0: localization, complementarity and affiliation beside their means over the pairs that know all three
UPDATE criterion SET weight = CASE criterion WHEN 'localization' THEN 0.2 WHEN 'complementarity' THEN 0.5 WHEN 'affiliation' THEN 0.3 ELSE 0 END;
DELETE FROM region_activity WHERE region = 'x:C' OR sector = 'group:BIO';
UPDATE setting SET power = 0;
SELECT institution_id, sentence_ko FROM synergy_sentence WHERE city_id = 'A' ORDER BY institution_id COLLATE "C";
SELECT institution_id, sentence_en FROM synergy_sentence WHERE city_id = 'A' ORDER BY institution_id COLLATE "C";
\pset tuples_only off
SELECT institution_id, part, round(value::numeric, 6) AS value, round(reference_value::numeric, 6) AS mean, log_ratio, round(exp(log_ratio), 3) AS times, score, reference_score, pairs
FROM synergy_relative_part WHERE city_id = 'A' AND institution_id IN ('C1', 'C2') AND weight > 0 ORDER BY row_key COLLATE "C";
-- what the sentences name is what the other views show
SELECT count(*) AS sentences, count(*) FILTER (WHERE s.rank_in_city IS NOT DISTINCT FROM r.rank_in_city AND s.score IS NOT DISTINCT FROM c.score) AS agree
FROM synergy_sentence s JOIN synergy_score c USING (row_key) LEFT JOIN synergy_rank r USING (row_key);
RESET search_path;
SET client_min_messages = warning;
SELECT drop_plan('say');
