-- Which institutions fit a city, and why: a report over a plan, for psql.
--
--   psql -X -q -f examples/demo.sql                        the plan "naju", seen from its home city
--   psql -X -q -v plan=... -v city=... -v lang=ko ...      another plan, another of its cities, Korean headings
--
-- Reads the plan's tables and views; makes temporary tables only. Headings are English and names Korean, with lang=ko the
-- reverse; names=ko or names=en says it apart. Every listing is ordered by a key, so the same rows print the same bytes.
\if :{?plan} \else \set plan naju \endif
\if :{?lang} \else \set lang en \endif
\pset footer off
\pset null '-'
\pset border 1
\encoding UTF8
SET client_min_messages = warning;
SELECT set_config('search_path', quote_ident(:'plan') || ', ' || current_setting('search_path'), false) AS path \gset
\if :{?city} \else
SELECT home_city_id AS city FROM setting WHERE scenario = 'base' \gset
\endif
SELECT :'lang' = 'ko' AS korean, CASE :'lang' WHEN 'ko' THEN 'en' ELSE 'ko' END AS other_lang \gset
\if :{?names} \else \set names :other_lang \endif
\set name name_:names
\set place place_:names
\set partner_name partner_name_:names
\set partner_sector_name partner_sector_name_:names
\set name_of_sector sector_name_:names
SELECT name_ko AS city_ko, name_en AS city_en FROM city WHERE scenario = 'base' AND city_id = :'city' \gset
SELECT mode() WITHIN GROUP (ORDER BY i.place_ko) AS place_ko, mode() WITHIN GROUP (ORDER BY i.place_en) AS place_en
FROM city_partner p JOIN institution i ON i.scenario = p.scenario AND i.institution_id = p.partner_id
WHERE p.scenario = 'base' AND p.city_id = :'city' AND p.kind = 'incumbent' \gset

-- A bar in eighths of a block; 1 fills the width.
CREATE FUNCTION pg_temp.bar(value float8, width int) RETURNS text LANGUAGE sql IMMUTABLE
RETURN rtrim(repeat('█', floor(value * width)::int)
    || substr(' ▏▎▍▌▋▊▉', 1 + floor((value * width - floor(value * width)) * 8)::int, 1));

-- A part of a score: its value and its bar, a dash where the data are absent.
CREATE FUNCTION pg_temp.gauge(value float8) RETURNS text LANGUAGE sql IMMUTABLE
RETURN coalesce(to_char(value, 'FM0.00') || ' ' || pg_temp.bar(value, 6), '-');

-- A name cut to a width on the screen, where Hangul takes two columns.
CREATE FUNCTION pg_temp.short(name text, width int) RETURNS text LANGUAGE sql IMMUTABLE
RETURN (SELECT CASE WHEN max(w.upto) <= width THEN name
                    ELSE rtrim(string_agg(w.c, '' ORDER BY w.n) FILTER (WHERE w.upto < width)) || '…' END
        FROM (SELECT c, n, sum(CASE WHEN octet_length(c) > 2 THEN 2 ELSE 1 END) OVER (ORDER BY n) AS upto
              FROM regexp_split_to_table(name, '') WITH ORDINALITY AS x (c, n)) w);

-- What the views compute, read once: each costs a pass over the whole country.
CREATE TEMP TABLE ranking AS SELECT * FROM synergy_rank WHERE scenario = 'base';
CREATE TEMP TABLE part AS SELECT * FROM synergy_part WHERE scenario = 'base' AND city_id = :'city';
CREATE TEMP TABLE reason AS SELECT * FROM synergy_reason WHERE scenario = 'base' AND city_id = :'city';

CREATE TEMP TABLE shown AS                  -- whom the listings of candidates are about, in their order
SELECT institution_id, candidate_kind, score, rank_in_city, tied_with, rank_of_city, margin, runner_up_city_id
FROM ranking WHERE city_id = :'city'
  AND coverage = (SELECT max(coverage) FROM ranking WHERE city_id = :'city' AND score IS NOT NULL);

\if :korean
\set title '어느 기관이 ' :place_ko '에 맞는가: ' :city_ko
\set h_part '부분' \set h_weight '가중치' \set h_meaning '뜻' \set h_data '자료' \set h_number '수'
\set h_group '기능군' \set h_institution '기관' \set h_ministry '소관 부처' \set h_year '이전 연도' \set h_profile '업종 (비중)'
\set h_kind '구분' \set h_partner '기관·자산' \set h_rank '순위' \set h_score '점수' \set h_tie '동점'
\set h_local '특화' \set h_related '관련성' \set h_link '연관' \set h_complement '상보성' \set h_affiliate '소속'
\set h_first '첫째 이유' \set h_second '둘째 이유' \set h_third '셋째 이유' \set h_place '현재 위치' \set h_parent '모기관'
\set h_runner_up '다음 도시' \set h_margin '점수 차' \set h_rank_here '이 도시에서의 순위' \set h_city '도시' \set h_why '비교하지 않는 까닭' \set h_lacking '자료가 없는 부분' \set h_distinct '서로 다른 점수'
\set h_candidates '후보' \set h_sector '업종' \set h_lq '입지계수' \set h_work '기존 기관의 비중'
\else
\set title 'Which institutions fit ' :place_en ': ' :city_en ', ' :city_ko
\set h_part 'part' \set h_weight 'weight' \set h_meaning 'what it measures, from 0 to 1' \set h_data 'data' \set h_number 'number'
\set h_group 'group' \set h_institution 'institution' \set h_ministry 'ministry' \set h_year 'moved in' \set h_profile 'sectors (share)'
\set h_kind 'kind' \set h_partner 'institution or asset' \set h_rank 'rank' \set h_score 'score' \set h_tie 'ties'
\set h_local 'localization' \set h_related 'relatedness' \set h_link 'linkage' \set h_complement 'complementarity' \set h_affiliate 'affiliation'
\set h_first 'strongest reason' \set h_second 'second' \set h_third 'third' \set h_place 'sits in' \set h_parent 'belongs to'
\set h_runner_up 'runner-up' \set h_margin 'margin' \set h_rank_here 'rank in the city' \set h_city 'city' \set h_why 'why it is not compared' \set h_lacking 'parts without data' \set h_distinct 'distinct scores'
\set h_candidates 'candidates' \set h_sector 'sector' \set h_lq 'location quotient' \set h_work 'share of incumbents'' work'
\endif

\echo :title
\echo

-- 1
\if :korean
\echo '1. 무엇을 계산하는가'
\echo '점수는 기관이 도시에 얼마나 맞는지를 0에서 1 사이로 나타낸 값이며, 아래 다섯 부분의 가중평균이다. 고용 예측이 아니다.'
\else
\echo '1. What is computed'
\echo 'The score says from 0 to 1 how well an institution fits a city: the weighted mean of five parts. It is no forecast of jobs.'
\endif
\echo
SELECT CASE WHEN :'korean' THEN w.name_ko ELSE w.name_en END AS :"h_part", to_char(w.weight, 'FM0.00') AS :"h_weight",
       CASE WHEN :'korean' THEN m.ko ELSE m.en END AS :"h_meaning"
FROM committee_weight w JOIN (VALUES
    (1, 'localization', '기관의 업종이 도시에 몰려 있는 정도 (0.5 = 전국 평균)',
        'how much of the institution''s sectors the city has (0.5 = as the country)'),
    (2, 'relatedness', '도시의 특화 업종이 기관의 업종과 함께 나타나는 정도',
        'how close the sectors that the city is specialised in are to the institution''s'),
    (3, 'linkage', '기관의 공급자와 수요자인 업종이 도시에 있는 정도 (산업연관표)',
        'how many of its suppliers and customers the city holds (input-output table)'),
    (4, 'complementarity', '하는 일이 가장 가까운 기존 기관·자산 셋과의 유사도 평균',
        'likeness to the three incumbents or assets whose work is closest'),
    (5, 'affiliation', '기존 기관과의 소속 관계, 또는 같은 부처 기관의 비율',
        'ties of ownership or supervision to an incumbent, or share of incumbents under its ministry')
) m (place, part, ko, en) ON m.part = w.criterion
WHERE w.scenario = 'base' ORDER BY m.place;

\if :korean
\echo '자료:'
\else
\echo 'Computed from:'
\endif
SELECT CASE WHEN :'korean' THEN d.ko ELSE d.en END AS :"h_data", d.number AS :"h_number" FROM (VALUES
    (1, '수도권 소재 후보 기관', 'institutions of the capital area, candidates for every city',
        (SELECT count(*) FROM institution WHERE scenario = 'base' AND status = 'capital')),
    (2, '도시 (그중 경쟁 도시 ' || (SELECT count(*) FROM city WHERE scenario = 'base' AND competes) || ')',
        'cities, of which ' || (SELECT count(*) FROM city WHERE scenario = 'base' AND competes) || ' compete for them',
        (SELECT count(*) FROM city WHERE scenario = 'base')),
    (3, '시군구', 'municipalities whose value added is compared',
        (SELECT count(DISTINCT region) FROM region_activity WHERE scenario = 'base' AND year = (SELECT base_year FROM setting WHERE scenario = 'base'))),
    (4, '기준 연도', 'year of that value added', (SELECT base_year FROM setting WHERE scenario = 'base'))
) d (place, ko, en, number) ORDER BY d.place;

-- 2
\if :korean
\echo '2. 이미 이 도시에 있는 기관'
\else
\echo '2. Who is in the city already'
\endif
\echo
SELECT coalesce((SELECT n.:name FROM sector_name n WHERE n.scenario = 'base' AND n.sector = p.cluster), p.cluster) AS :"h_group",
       pg_temp.short(p.:partner_name, 44) AS :"h_institution", p.ministry AS :"h_ministry", i.relocated_year AS :"h_year"
FROM city_partner p LEFT JOIN institution i ON i.scenario = p.scenario AND i.institution_id = p.partner_id
WHERE p.scenario = 'base' AND p.city_id = :'city' AND p.kind = 'incumbent' AND i.status = 'relocated'
ORDER BY min(i.institution_id) OVER (PARTITION BY p.cluster), p.partner_id;

SELECT CASE p.kind WHEN 'asset' THEN CASE WHEN :'korean' THEN '자산' ELSE 'asset' END
                   ELSE CASE WHEN :'korean' THEN '그 밖의 기존 기관' ELSE 'other incumbent' END END AS :"h_kind",
       pg_temp.short(p.:partner_name, 70) AS :"h_partner"
FROM city_partner p LEFT JOIN institution i ON i.scenario = p.scenario AND i.institution_id = p.partner_id
WHERE p.scenario = 'base' AND p.city_id = :'city' AND (p.kind = 'asset' OR i.status <> 'relocated')
ORDER BY p.kind DESC, p.partner_id;

-- 3
\if :korean
\echo '3. 수도권 기관 가운데 이 도시에 가장 맞는 스무 곳 (20위 동점까지)'
\else
\echo '3. The twenty institutions of the capital area that fit the city best (through the tie at rank 20)'
\endif
\echo
CREATE TEMP VIEW gauges AS
SELECT p.institution_id,
       pg_temp.gauge(max(p.value) FILTER (WHERE p.part = 'localization')) AS localization,
       pg_temp.gauge(max(p.value) FILTER (WHERE p.part = 'relatedness')) AS relatedness,
       pg_temp.gauge(max(p.value) FILTER (WHERE p.part = 'linkage')) AS linkage,
       pg_temp.gauge(max(p.value) FILTER (WHERE p.part = 'complementarity')) AS complementarity,
       pg_temp.gauge(max(p.value) FILTER (WHERE p.part = 'affiliation')) AS affiliation
FROM part p GROUP BY p.institution_id;

SELECT s.rank_in_city AS :"h_rank", pg_temp.short(i.:name, 34) AS :"h_institution", to_char(s.score, 'FM0.000') AS :"h_score",
       g.localization AS :"h_local", g.relatedness AS :"h_related", g.linkage AS :"h_link",
       g.complementarity AS :"h_complement", g.affiliation AS :"h_affiliate",
       CASE WHEN s.tied_with > 0 THEN CASE WHEN :'korean' THEN s.tied_with || '곳과 동점' ELSE 'tied with ' || s.tied_with END ELSE '' END AS :"h_tie"
FROM shown s JOIN institution i ON i.scenario = 'base' AND i.institution_id = s.institution_id JOIN gauges g ON g.institution_id = s.institution_id
WHERE s.candidate_kind = 'capital' AND s.rank_in_city <= 20
ORDER BY s.rank_in_city, s.institution_id;

-- 4
\if :korean
\echo '그 이유: 점수를 가장 많이 올린 셋. 모든 이유의 합이 점수이다.'
\echo '유사 = 하는 일이 비슷한 기존 기관, 소속 = 소속 관계가 있는 기존 기관, 업종·관련·거래 = 도시의 업종'
\else
\echo 'Why: the three reasons that add most to each score. All reasons of an institution add up to its score.'
\echo 'like = does similar work, tie = owns, supervises or shares a ministry; has, near, trade = a sector of the city'
\endif
\echo
CREATE TEMP VIEW strongest AS
SELECT r.institution_id, w.word || pg_temp.short(r.met, 22) || ' ' || to_char(r.contribution, 'FM0.000') AS text,
       row_number() OVER (PARTITION BY r.institution_id ORDER BY r.contribution DESC, w.place, r.met COLLATE "C") AS place
FROM (SELECT institution_id, part, coalesce(:partner_name, :partner_sector_name) AS met, sum(contribution) AS contribution
      FROM reason GROUP BY 1, 2, 3 HAVING sum(contribution) > 0) r
JOIN (VALUES (1, 'localization', '업종: ', 'has '), (2, 'relatedness', '관련: ', 'near '), (3, 'linkage', '거래: ', 'trade '),
             (4, 'complementarity', '유사: ', 'like '), (5, 'affiliation', '소속: ', 'tie ')) n (place, part, ko, en) ON n.part = r.part
CROSS JOIN LATERAL (SELECT n.place, CASE WHEN :'korean' THEN n.ko ELSE n.en END AS word) w;

SELECT s.rank_in_city AS :"h_rank", pg_temp.short(i.:name, 28) AS :"h_institution",
       max(t.text) FILTER (WHERE t.place = 1) AS :"h_first", max(t.text) FILTER (WHERE t.place = 2) AS :"h_second",
       max(t.text) FILTER (WHERE t.place = 3) AS :"h_third"
FROM shown s JOIN institution i ON i.scenario = 'base' AND i.institution_id = s.institution_id JOIN strongest t ON t.institution_id = s.institution_id
WHERE s.candidate_kind = 'capital' AND s.rank_in_city <= 20
GROUP BY s.rank_in_city, s.institution_id, i.:name
ORDER BY s.rank_in_city, s.institution_id;

\if :korean
\echo '말로 하면: 1위부터 3위까지'
\else
\echo 'In words: the first three'
\endif
\echo
-- lines of at most 116 columns, where Hangul takes two
\pset format unaligned
\pset tuples_only on
SELECT regexp_replace(CASE WHEN :'korean' THEN t.sentence_ko ELSE t.sentence_en END, CASE WHEN :'korean' THEN '(.{1,58})(\s+|$)' ELSE '(.{1,116})(\s+|$)' END, E'\\1\n', 'g')
FROM shown s JOIN synergy_sentence t ON t.scenario = 'base' AND t.city_id = :'city' AND t.institution_id = s.institution_id
WHERE s.candidate_kind = 'capital' AND s.rank_in_city <= 3
ORDER BY s.rank_in_city, s.institution_id;
\pset tuples_only off
\pset format aligned

-- 5
\if :korean
\echo '4. 기존 기관의 계열 기관 가운데 이 도시에 없는 곳'
\else
\echo '4. Affiliates of the incumbents that are not in the city, ranked apart'
\endif
\echo
SELECT s.rank_in_city AS :"h_rank", pg_temp.short(i.:name, 34) AS :"h_institution",
       coalesce(i.:place, i.place_ko, i.place_en) AS :"h_place",
       (SELECT string_agg(pg_temp.short(p.:partner_name, 24), ', ' ORDER BY p.partner_id)
        FROM affiliation a JOIN city_partner p ON p.scenario = 'base' AND p.city_id = :'city' AND p.partner_id = a.parent_id
        WHERE a.scenario = 'base' AND a.subsidiary_id = s.institution_id) AS :"h_parent",
       to_char(s.score, 'FM0.000') AS :"h_score", g.localization AS :"h_local", g.linkage AS :"h_link",
       g.complementarity AS :"h_complement", g.affiliation AS :"h_affiliate"
FROM shown s JOIN institution i ON i.scenario = 'base' AND i.institution_id = s.institution_id JOIN gauges g ON g.institution_id = s.institution_id
WHERE s.candidate_kind = 'affiliate'
ORDER BY s.rank_in_city, s.institution_id;

-- 6
SELECT count(*) AS candidates, count(*) FILTER (WHERE rank_of_city = 1) AS firsts FROM shown WHERE candidate_kind = 'capital' \gset
SELECT count(DISTINCT city_id) AS cities FROM ranking WHERE candidate_kind = 'capital' AND comparable \gset
\if :korean
\set first '5. 비교되는 ' :cities '개 경쟁 도시 가운데 이 도시가 첫째인 기관 (후보 ' :candidates '곳 가운데 ' :firsts '곳)과 점수 차'
\else
\set first '5. For whom the city comes first among the ' :cities ' comparable cities (' :firsts ' of ' :candidates ' candidates), and by how much'
\endif
\echo :first
\echo
SELECT row_number() OVER (ORDER BY s.margin DESC, s.institution_id) AS "#", pg_temp.short(i.:name, 50) AS :"h_institution",
       to_char(s.score, 'FM0.000') AS :"h_score", c.:name AS :"h_runner_up", to_char(s.margin, 'FM0.000') AS :"h_margin", s.rank_in_city AS :"h_rank_here"
FROM shown s JOIN institution i ON i.scenario = 'base' AND i.institution_id = s.institution_id
LEFT JOIN city c ON c.scenario = 'base' AND c.city_id = s.runner_up_city_id
WHERE s.candidate_kind = 'capital' AND s.rank_of_city = 1
ORDER BY s.margin DESC, s.institution_id;

\if :korean
\echo '비교하지 않는 도시'
\else
\echo 'Cities that are not compared'
\endif
\echo
SELECT c.:name AS :"h_city", CASE WHEN :'korean' THEN r.not_comparable_ko ELSE r.not_comparable_en END AS :"h_why",
       coalesce(l.parts, '') AS :"h_lacking", count(*) AS :"h_candidates"
FROM ranking r JOIN city c ON c.scenario = 'base' AND c.city_id = r.city_id
LEFT JOIN (SELECT u.city_id, string_agg(u.part, ', ' ORDER BY u.part COLLATE "C") AS parts
           FROM (SELECT DISTINCT p.city_id, CASE WHEN :'korean' THEN p.part_name_ko ELSE lower(p.part_name_en) END AS part
                 FROM synergy_part p
                 WHERE p.scenario = 'base' AND p.candidate_kind = 'capital' AND p.weight > 0 AND p.value IS NULL) u
           GROUP BY u.city_id) l ON l.city_id = r.city_id
WHERE r.candidate_kind = 'capital' AND NOT r.comparable
GROUP BY r.city_id, 1, 2, 3 ORDER BY r.city_id, 2;
\if :korean
\echo '자료가 없는 부분이 있는 도시는 남은 부분만으로 점수가 나오므로 순위에 넣지 않는다. 기존 기관이 없으면 상보성과 소속이 없다.'
\else
\echo 'A city that lacks parts is scored on the others alone, so it is not ranked; without incumbents it has no complementarity and no affiliation.'
\endif
\echo

-- 7
\if :korean
\echo '6. 점수가 후보를 얼마나 가르는가'
\else
\echo '6. How finely the score tells candidates apart'
\endif
\echo
SELECT count(*) AS :"h_candidates", count(DISTINCT score) AS :"h_distinct" FROM shown WHERE candidate_kind = 'capital';

-- 8
\if :korean
\echo '7. 직관과 다른 점'
\else
\echo '7. Where the data go against intuition'
\endif
\echo
CREATE TEMP TABLE incumbent_sector AS
SELECT e.sector, e.sector_name_ko, e.sector_name_en, e.location_quotient,
       sum(p.weight * r.weight ORDER BY p.institution_id, r.sector_from) / (
           SELECT count(*) FROM city_partner WHERE scenario = 'base' AND city_id = :'city' AND kind = 'incumbent') AS share
FROM city_partner i
JOIN institution_sector p ON p.scenario = 'base' AND p.institution_id = i.partner_id
JOIN sector_route r ON r.scenario = 'base' AND r.bridge = 'activity' AND r.sector_from = p.sector::text
JOIN city_sector e ON e.scenario = 'base' AND e.city_id = :'city' AND e.sector = r.sector_to
WHERE i.scenario = 'base' AND i.city_id = :'city' AND i.kind = 'incumbent'
GROUP BY e.sector, e.sector_name_ko, e.sector_name_en, e.location_quotient;

\if :korean
\echo '기존 기관이 하는 일과 이 도시의 입지계수 (1 = 전국 평균)'
\else
\echo 'What the incumbents do, and how specialised the city is in it (location quotient, 1 = as the country)'
\endif
\echo
SELECT pg_temp.short(:name_of_sector, 80) AS :"h_sector", to_char(share, 'FM0.00') AS :"h_work", to_char(location_quotient, 'FM990.00') AS :"h_lq"
FROM incumbent_sector ORDER BY share DESC, sector LIMIT 6;

SELECT sector_name_ko AS weak_ko, sector_name_en AS weak_en, to_char(location_quotient, 'FM990.00') AS weak_quotient
FROM (SELECT * FROM incumbent_sector ORDER BY share DESC, sector LIMIT 6) most ORDER BY location_quotient, sector LIMIT 1 \gset
SELECT to_char(100 * sum(p.contribution) FILTER (WHERE p.part IN ('complementarity', 'affiliation')) / sum(p.contribution), 'FM990') AS percent
FROM part p JOIN shown s ON s.institution_id = p.institution_id WHERE s.candidate_kind = 'capital' AND s.rank_in_city <= 20 \gset
\if :korean
\set weak '- ' :weak_ko '.'
\set low '  ' :place_ko '의 입지계수는 ' :weak_quotient '에 지나지 않는다.'
\set own '- 위 기관들의 점수 가운데 ' :percent '%는 도시의 경제가 아니라 이미 와 있는 기관에서 나온다.'
\echo :weak
\echo :low
\echo '  지역계정은 생산이 일어난 곳에 값을 적는다. 본사가 있다고 그 산업이 있는 것은 아니다.'
\echo :own
\echo '- 지역계정에는 그때까지 옮겨 온 기관이 들어 있다. 기관이 오기 전의 도시가 아니라 온 뒤의 도시이다.'
\else
\set weak '- ' :weak_en '.'
\set low '  The location quotient of ' :place_en ' is no more than ' :weak_quotient '.'
\set own '- Of the scores of the twenty above, ' :percent '% come from the institutions that are there already, the rest from the economy of the city.'
\echo :weak
\echo :low
\echo '  The accounts book value where it is made: a head office brings no industry with it.'
\echo :own
\echo '- The accounts include the institutions that had moved by then: they show the city with them, not before them.'
\endif
