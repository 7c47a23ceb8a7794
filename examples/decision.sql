-- What the committee says, whether the ranking survives it, and who goes where in the whole country: a further part of the report, for psql.
--
--   psql -X -q -f examples/decision.sql           with the variables of demo.sql: plan, city, lang
--
-- The sample committee, the stored runs and the allocation are made in a transaction that is rolled back.
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
SELECT CASE :'lang' WHEN 'ko' THEN 'ko' ELSE 'en' END AS own \gset
\set own_name name_:own
\set own_object_name object_name_:own
\set institution_name institution_name_:names
\set city_name city_name_:names
\set object_name object_name_:names
\set cluster_name cluster_name_:names
\if :korean
\set h_expert '전문가' \set h_experts '전문가 수' \set h_equal '같은 가중치' \set h_ratio '일관성 비율' \set h_ask '다시 물을 쌍' \set h_part '부분' \set h_default '기본' \set h_committee '위원회' \set h_consensus '합의도'
\set h_institution '기관' \set h_score '점수' \set h_top '20위 안에 드는 비율' \set h_rank '순위'
\set h_city '도시' \set h_number '기관 수' \set h_price '한 곳 더의 값' \set h_status '상태' \set h_objective '점수 합' \set h_bound '상한' \set h_gap '차이'
\set h_alone '따로' \set h_together '함께' \set h_gain '서로에게 주는 값'
\set h_best '가장 맞는 도시' \set h_second '다음 자리' \set h_cost '옮기면 잃는 값'
\set h_left_out '뺀 것' \set h_which '이름' \set h_gone '20위 밖으로' \set h_moved '순위가 바뀜' \set h_fall '최대 하락' \set h_group '기능군' \set h_falling '하락' \set h_shift '평균 변화'
\set h_kind '구분' \set h_method '방법' \set h_error '표준오차' \set h_chance '우연' \set h_against '점수와의 차이'
\else
\set h_expert 'expert' \set h_experts 'experts' \set h_equal 'equal weights' \set h_ratio 'consistency ratio' \set h_ask 'pair to ask again' \set h_part 'part' \set h_default 'default' \set h_committee 'committee' \set h_consensus 'consensus'
\set h_institution 'institution' \set h_score 'score' \set h_top 'share of draws in the first 20' \set h_rank 'rank'
\set h_city 'city' \set h_number 'institutions' \set h_price 'worth of one place more' \set h_status 'status' \set h_objective 'sum of scores' \set h_bound 'bound' \set h_gap 'gap'
\set h_alone 'alone' \set h_together 'together' \set h_gain 'what they give each other'
\set h_best 'its best city' \set h_second 'next best place' \set h_cost 'what moving it there costs'
\set h_left_out 'left out' \set h_which 'which' \set h_gone 'leave the 20' \set h_moved 'ranks changed' \set h_fall 'largest fall' \set h_group 'group' \set h_falling 'fall' \set h_shift 'mean shift'
\set h_kind 'kind' \set h_method 'method' \set h_error 'error' \set h_chance 'chance' \set h_against 'against the score'
\endif

-- Words that the views and functions answer in English, for headings in Korean; the fields are those of the sample committee.
\if :korean
CREATE FUNCTION pg_temp.said(word text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE word WHEN 'energy' THEN '에너지' WHEN 'agriculture' THEN '농업' WHEN 'ICT' THEN '정보통신' WHEN 'culture' THEN '문화'
                 WHEN 'urban planning' THEN '도시계획' ELSE korean_term(word) END;
\else
CREATE FUNCTION pg_temp.said(word text) RETURNS text LANGUAGE sql IMMUTABLE RETURN word;
\endif

SELECT to_regproc('fill_committee') IS NOT NULL AS has_committee \gset
BEGIN;

-- 8
\if :has_committee
SELECT fill_committee(:'plan') \g /dev/null
\if :korean
\echo '8. 위원회 (표본 전문가 다섯 명): 일관성, 합의도, 가중치, 순위'
\else
\echo '8. A committee (five sample experts, made up): consistency, consensus, weights, and the ranking they give'
\endif
\echo
SELECT pg_temp.said(c.field) AS :"h_expert", to_char(c.consistency_ratio, 'FM0.000') AS :"h_ratio",
       CASE WHEN c.consistency_ratio > 0.1 THEN (SELECT a.:own_name || ' : ' || b.:own_name FROM criterion a, criterion b
                                                 WHERE (a.scenario, a.criterion, b.scenario, b.criterion) = (c.scenario, c.ask_a, c.scenario, c.ask_b)) ELSE '' END AS :"h_ask"
FROM committee_consistency c WHERE c.scenario = 'committee' ORDER BY c.consistency_ratio DESC, c.field;

SELECT c.experts AS :"h_experts", to_char(c.consensus, 'FM0.000') AS :"h_consensus", to_char(c.kendall_w, 'FM0.000') AS "Kendall W"
FROM committee_consensus c WHERE c.scenario = 'committee' AND c.experts > 1;

SELECT a.:own_name AS :"h_part", to_char(a.weight, 'FM0.000') AS :"h_default", to_char(b.weight, 'FM0.000') AS :"h_committee"
FROM committee_weight a JOIN committee_weight b ON b.scenario = 'committee' AND b.criterion = a.criterion
WHERE a.scenario = 'base' AND (a.weight > 0 OR b.weight > 0) ORDER BY a.weight DESC, a.criterion;

-- the same institutions under equal weights, the committee's weights, and other methods with the committee's weights
SELECT copy_scenario(:'plan', 'base', 'equal') \g /dev/null
UPDATE criterion SET weight = 1 WHERE scenario = 'equal' AND weight > 0;
SELECT a.rank_in_city AS :"h_default", e.rank_in_city AS :"h_equal", b.rank_in_city AS :"h_committee",
       m.wpm_rank AS "WPM", m.topsis_rank AS "TOPSIS", m.vikor_rank AS "VIKOR", m.promethee_rank AS "PROMETHEE", a.:institution_name AS :"h_institution"
FROM synergy_rank a
JOIN synergy_rank b ON b.scenario = 'committee' AND b.city_id = a.city_id AND b.institution_id = a.institution_id AND b.candidate_kind = a.candidate_kind
JOIN synergy_rank e ON e.scenario = 'equal' AND e.city_id = a.city_id AND e.institution_id = a.institution_id AND e.candidate_kind = a.candidate_kind
JOIN synergy_method m ON m.scenario = 'committee' AND m.city_id = a.city_id AND m.institution_id = a.institution_id AND m.candidate_kind = a.candidate_kind
WHERE a.scenario = 'base' AND a.city_id = :'city' AND a.candidate_kind = 'capital' AND a.rank_in_city <= 10 ORDER BY a.rank_in_city, a.institution_id;
\endif

\if :korean
\echo '가중치를 만 번 흔들어도 20위 안에 드는가 (기본 가중치)'
\else
\echo 'Does the ranking survive other weights? Ten thousand draws of all weights, with their seed (default scenario)'
\endif
\echo
SELECT assess_robustness(:'plan', 'base') \g /dev/null
SELECT r.rank_in_city AS :"h_rank", r.:institution_name AS :"h_institution", to_char(r.top_20, 'FM0.00') AS :"h_top"
FROM robustness r WHERE r.scenario = 'base' AND r.city_id = :'city' AND r.candidate_kind = 'capital' AND r.rank_in_city <= 20
ORDER BY r.rank_in_city, r.institution_id;

\if :korean
\echo '한 가지에 무엇이 달려 있는가: 부분, 기존 기관, 자산을 하나씩 뺄 때 이 도시의 1~20위'
\else
\echo 'What hangs on one thing: the first twenty when one part, incumbent or asset is left out'
\endif
\echo
SELECT assess_sensitivity(:'plan', :'city') \g /dev/null
SELECT pg_temp.said(s.change) AS :"h_left_out", CASE s.change WHEN 'without part' THEN s.:own_object_name ELSE s.:object_name END AS :"h_which", s.gone AS :"h_gone", s.moved AS :"h_moved", s.largest_fall AS :"h_fall"
FROM sensitivity s WHERE s.scenario = 'base' AND s.candidate_kind = 'capital' AND s.change LIKE 'without %'
ORDER BY s.gone DESC, s.moved DESC, s.change COLLATE "C", s.object_id COLLATE "C" LIMIT 10;

\if :korean
\echo '자산 하나가 움직이는 기능군'
\else
\echo 'The groups of candidates that one asset moves'
\endif
\echo
SELECT f.:object_name AS :"h_which", f.:cluster_name AS :"h_group", f.candidates AS :"h_number", f.falling AS :"h_falling", to_char(f.mean_rank_shift, 'FM990.0') AS :"h_shift"
FROM sensitivity_family f WHERE f.scenario = 'base' AND f.candidate_kind = 'capital' AND f.change = 'without asset'
ORDER BY f.mean_rank_shift, f.object_id COLLATE "C", f.cluster COLLATE "C" LIMIT 8;

\if :korean
\echo '1차 이전이 간 곳을 점수가 다시 찾는가: 기관을 하나씩 빼고 (1 = 언제나 첫째)'
\else
\echo 'Does the score find where the first phase went? Each institution left out in turn; mean of 1/rank (1 = always first)'
\endif
\echo
CREATE TEMP TABLE recovered ON COMMIT DROP AS SELECT * FROM recovery(:'plan');
SELECT pg_temp.said(r.kind) AS :"h_kind",
       coalesce((SELECT k.:own_name FROM criterion k WHERE r.kind = 'part' AND k.scenario = 'base' AND k.criterion = r.method), pg_temp.said(r.method)) AS :"h_method", r.institutions AS :"h_number", to_char(r.mean_reciprocal_rank, 'FM0.000') AS "MRR",
       to_char(r.standard_error, 'FM0.000') AS :"h_error", to_char(r.chance, 'FM0.000') AS :"h_chance", to_char(r.difference, 'FM990.000') AS :"h_against"
FROM recovered r WHERE r.kind IN ('score', 'part', 'rule')
ORDER BY array_position(ARRAY['score', 'part', 'rule'], r.kind), r.mean_reciprocal_rank DESC, r.method COLLATE "C";
SELECT to_char(s.mean_reciprocal_rank, 'FM0.000') AS found, to_char(s.chance, 'FM0.000') AS by_chance, pg_temp.said(b.method) AS best_rule,
       to_char(s.mean_reciprocal_rank + b.difference, 'FM0.000') AS by_rule, to_char(abs(b.difference), 'FM0.000') AS apart,
       to_char(b.difference_error, 'FM0.000') AS apart_error, abs(b.difference) > 2 * b.difference_error AS tells_apart
FROM recovered s
CROSS JOIN LATERAL (SELECT r.* FROM recovered r WHERE r.kind = 'rule' ORDER BY r.mean_reciprocal_rank DESC, r.method COLLATE "C" LIMIT 1) b
WHERE s.kind = 'score' \gset
\if :korean
\set reading '점수 ' :found ', 우연 ' :by_chance ', 가장 나은 규칙(' :best_rule ') ' :by_rule '. 규칙과의 차이 ' :apart ', 오차 ' :apart_error ':'
\echo :reading
\if :tells_apart
\echo '오차의 두 배를 넘는 차이이다. 지난 결정을 다시 찾는다고 그 결정이 옳았다는 뜻은 아니다.'
\else
\echo '오차와 구별되지 않는 차이이다. 지난 결정을 다시 찾는다고 그 결정이 옳았다는 뜻은 아니다.'
\endif
\else
\set reading 'Score ' :found ', chance ' :by_chance ', best rule (' :best_rule ') ' :by_rule '. Score and rule differ by ' :apart ', with an error of ' :apart_error ':'
\echo :reading
\if :tells_apart
\echo 'more than twice the error. Finding past decisions again does not make them right.'
\else
\echo 'no more than chance explains. Finding past decisions again does not make them right.'
\endif
\endif
\echo

-- 9
\if :korean
\echo '9. 전국 배분: 모든 후보를 경쟁 도시에 고르게 나눌 때'
\else
\echo '9. The nation''s allocation: all candidates among the competing cities, in even numbers'
\endif
\echo
SELECT solve(:'plan') \g /dev/null
SELECT pg_temp.said(status) AS :"h_status", round(objective::numeric, 6) AS :"h_objective", round(bound::numeric, 6) AS :"h_bound", round(gap::numeric, 6) AS :"h_gap"
FROM allocation_certificate WHERE scenario = 'base';
SELECT a.:city_name AS :"h_city", count(*) AS :"h_number",
       (SELECT to_char(max(p.price), 'FM0.000') FROM allocation_price p WHERE p.scenario = 'base' AND p.city_id = a.city_id AND p.rule = 'max_count') AS :"h_price"
FROM allocation_assignment a WHERE a.scenario = 'base' GROUP BY a.city_id, 1 ORDER BY a.city_id;
SELECT r.:institution_name AS :"h_institution", to_char(r.score, 'FM0.000') AS :"h_score",
       (SELECT c.:name FROM city c WHERE c.scenario = 'base' AND c.city_id = r.best_city_id) AS :"h_best",
       (SELECT c.:name FROM city c WHERE c.scenario = 'base' AND c.city_id = r.second_city_id) AS :"h_second", to_char(r.cost, 'FM0.000') AS :"h_cost"
FROM allocation_reason r WHERE r.scenario = 'base' AND r.city_id = :'city' ORDER BY r.score DESC, r.institution_id;

\if :korean
\echo '함께 올 때: 에너지 기관 모두를 한 묶음으로 (따로와 함께의 점수 합, 서로에게 주는 값)'
\else
\echo 'A package: all energy bodies together; sum of their scores alone, and with the others already there'
\endif
\echo
SELECT p.city_name_:names AS :"h_city", to_char(p.alone, 'FM0.000') AS :"h_alone", to_char(p.together, 'FM0.000') AS :"h_together", to_char(p.gain, 'FM0.000') AS :"h_gain"
FROM package_synergy(:'plan', (SELECT array_agg(i.institution_id) FROM institution i WHERE i.scenario = 'base' AND i.status = 'capital' AND i.category = 'energy')) p
JOIN city c ON c.scenario = 'base' AND c.city_id = p.city_id AND c.competes
WHERE p.gain IS NOT NULL ORDER BY p.together DESC, p.city_id COLLATE "C" LIMIT 5;
ROLLBACK;
