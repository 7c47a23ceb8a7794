-- What the departments do until when, and what a change of policy does to the ranking: the second part of the report, for psql.
--
--   psql -X -q -f examples/roadmap.sql            with the variables of demo.sql: plan, city, lang
--
-- The change of policy is tried in a scenario of its own and rolled back.
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
\set department_name department_name_:names
\set institution_name institution_name_:names

\if :korean
\set h_task '과업' \set h_department '부서' \set h_start '시작' \set h_finish '끝' \set h_float '여유(일)' \set h_tasks '과업 수' \set h_critical '주공정 과업'
\set h_overloaded '과부하 주' \set h_peak '최대 부하' \set h_next '늦어도' \set h_end '완료일' \set h_bound '하한(일)' \set h_days '기간(일)' \set h_gap '차이'
\set h_institution '기관' \set h_before '전' \set h_after '후' \set h_change '변화' \set h_rows '행' \set h_city '배분: 도시' \set h_table '표' \set h_project '(전체)' \set h_deadline '기한' \set h_share '주공정 확률' \set h_left '빠짐' \set h_both '양쪽' \set h_bar '막대'
\else
\set h_task 'task' \set h_department 'department' \set h_start 'start' \set h_finish 'finish' \set h_float 'float (days)' \set h_tasks 'tasks' \set h_critical 'critical tasks'
\set h_overloaded 'overloaded weeks' \set h_peak 'peak load' \set h_next 'at the latest' \set h_end 'done on' \set h_bound 'bound (days)' \set h_days 'length (days)' \set h_gap 'gap'
\set h_institution 'institution' \set h_before 'before' \set h_after 'after' \set h_change 'change' \set h_rows 'rows' \set h_city 'allocated to' \set h_table 'table' \set h_project '(project)' \set h_deadline 'deadline' \set h_share 'critical' \set h_left 'left' \set h_both 'in both' \set h_bar 'bar'
\endif

-- Words that functions answer in English, for headings in Korean.
\if :korean
CREATE FUNCTION pg_temp.said(word text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN korean_term(word);
\else
CREATE FUNCTION pg_temp.said(word text) RETURNS text LANGUAGE sql IMMUTABLE RETURN word;
\endif

-- 10
\if :korean
\echo '10. 모든 부서의 로드맵 (표본)'
\echo '■ 주공정, ▒ 여유 있음, · 여유, ◆ 이정표. 근무일 기준이며 공휴일을 뺀다.'
\else
\echo '10. The roadmap of all departments (a sample: tasks and durations are made up)'
\echo '■ critical, ▒ with float, · the float, ◆ milestone. Counted in working days without public holidays.'
\endif
\echo
SELECT CASE WHEN char_length(:name) > 42 THEN left(:name, 41) || '…' ELSE :name END AS :"h_task", :department_name AS :"h_department", start_date AS :"h_start", finish_date AS :"h_finish", total_float AS :"h_float", bar AS :"h_bar"
FROM gantt WHERE scenario = 'base' ORDER BY line;

\if :korean
\echo '부서별: 모든 과업을 가장 일찍 시작할 때의 부하 (1 = 부서의 인력)'
\else
\echo 'By department: the load if every task begins as early as it can (1 = the department''s staff)'
\endif
\echo
SELECT d.:name AS :"h_department", count(DISTINCT r.task) AS :"h_tasks", count(DISTINCT r.task) FILTER (WHERE r.critical) AS :"h_critical",
       (SELECT count(*) FROM department_load l WHERE l.scenario = 'base' AND l.department = d.department AND l.overloaded) AS :"h_overloaded",
       (SELECT to_char(max(l.load), 'FM0.00') FROM department_load l WHERE l.scenario = 'base' AND l.department = d.department) AS :"h_peak"
FROM department d LEFT JOIN roadmap r ON r.scenario = d.scenario AND r.department = d.department
WHERE d.scenario = 'base' GROUP BY d.department, 1 ORDER BY 2 DESC, d.department;

\if :korean
\echo '지금 시작할 수 있는 일, 급한 순서'
\else
\echo 'What can begin now, the most urgent first'
\endif
\echo
SELECT urgency AS "#", :name AS :"h_task", :department_name AS :"h_department", latest_start_date AS :"h_next", total_float AS :"h_float"
FROM next_actions WHERE scenario = 'base' AND urgency <= 5 ORDER BY urgency, task;

\if :korean
\echo '기간이 불확실할 때의 완료일: 약속은 80% 날짜로 한다 (10,000회 모의, 난수 씨앗 1)'
\else
\echo 'When durations vary: promise the day that 80% of the draws meet (10,000 draws, seed 1)'
\endif
\echo
SELECT assess_roadmap(:'plan') \g /dev/null
SELECT coalesce(left(:name, 42), :'h_project') AS :"h_task", p50_date AS "50%", p80_date AS "80%", p95_date AS "95%", deadline AS :"h_deadline", to_char(criticality, 'FM0.00') AS :"h_share"
FROM roadmap_simulation WHERE scenario = 'base' AND (task IS NULL OR deadline IS NOT NULL) ORDER BY p50, task;

-- 11
\if :korean
\echo '11. 정책이 바뀌면: 이 도시의 1~10위 후보가 빠지고 이 도시의 자리가 두 배가 될 때'
\else
\echo '11. If policy changes: the ten best candidates of the city are taken off the list, and its places are doubled'
\endif
\echo
BEGIN;
SELECT copy_scenario(:'plan', 'base', 'withdrawn') AS scenario \gset
INSERT INTO policy_event (scenario, policy_event, event_date, name_ko, name_en)
VALUES ('withdrawn', 'TEN', '2027-03-31', '열 기관이 이전 대상에서 빠짐', 'Ten institutions are taken off the list');
INSERT INTO policy_change (scenario, policy_event, position, action, table_name, row_filter, new_values)
SELECT 'withdrawn', 'TEN', row_number() OVER (ORDER BY r.rank_in_city, r.institution_id), 'update', 'institution',
       jsonb_build_object('institution_id', r.institution_id), '{"status": "other"}'
FROM synergy_rank r WHERE r.scenario = 'base' AND r.city_id = :'city' AND r.candidate_kind = 'capital'
ORDER BY r.rank_in_city, r.institution_id LIMIT 10;
SELECT solve(:'plan') \g /dev/null
INSERT INTO policy_change (scenario, policy_event, position, action, table_name, row_filter, new_values)
SELECT 'withdrawn', 'TEN', 10 + row_number() OVER (ORDER BY city_id), 'update', 'city', jsonb_build_object('city_id', city_id),
       jsonb_build_object('max_count', count(*) * CASE WHEN city_id = :'city' THEN 2 ELSE 1 END, 'min_count', 0)
FROM allocation_assignment WHERE scenario = 'base' GROUP BY city_id;
SELECT pg_temp.said(table_name) AS :"h_table", pg_temp.said(action) AS :"h_change", sum(rows) AS :"h_rows" FROM apply_policy_event(:'plan', 'TEN', 'withdrawn') GROUP BY 1, 2 ORDER BY 3, 1, 2;
SELECT solve(:'plan', 'withdrawn') \g /dev/null
CREATE TEMP TABLE compared ON COMMIT DROP AS SELECT * FROM compare_scenarios(:'plan', 'base', 'withdrawn') WHERE city_id = :'city' AND candidate_kind = 'capital';
SELECT c.:institution_name AS :"h_institution", pg_temp.said(c.change) AS :"h_change", c.rank_a AS :"h_before", c.rank_b AS :"h_after"
FROM compared c WHERE c.rank_a <= 20 ORDER BY c.rank_a, c.institution_id;
\if :korean
\echo '두 순위의 일치: 1 = 같음. 타우는 남은 후보 전체의 순서, 겹침은 앞자리의 순서를 본다'
\else
\echo 'How far the two rankings agree (1 = wholly): tau looks at the order of all who are in both, the overlap at the first places'
\endif
\echo
SELECT candidates AS :"h_both", gone AS :"h_left", round(kendall_tau::numeric, 3) AS "Kendall tau", round(rank_biased_overlap::numeric, 3) AS "rank-biased overlap"
FROM scenario_agreement(:'plan', 'base', 'withdrawn') WHERE city_id = :'city' AND candidate_kind = 'capital';
SELECT c.:name AS :"h_city", count(*) FILTER (WHERE a.scenario = 'base') AS :"h_before", count(*) FILTER (WHERE a.scenario = 'withdrawn') AS :"h_after"
FROM allocation_assignment a JOIN city c ON c.scenario = a.scenario AND c.city_id = a.city_id
WHERE a.scenario IN ('base', 'withdrawn') GROUP BY c.city_id, 1 ORDER BY c.city_id;
ROLLBACK;
