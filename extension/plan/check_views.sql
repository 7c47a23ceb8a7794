-- What is wrong with a plan's rows, and where they come from.

CREATE FUNCTION plan_check_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW plan_problem WITH (security_invoker = true) AS
    WITH base AS MATERIALIZED (
        SELECT a.scenario, a.year, a.region, a.sector, a.value
        FROM region_activity a
        JOIN (SELECT s.scenario, coalesce(s.base_year, (SELECT max(l.year) FROM region_activity l WHERE l.scenario = s.scenario)) AS year
              FROM setting s) y ON y.scenario = a.scenario AND y.year = a.year
    ), place AS MATERIALIZED (
        SELECT DISTINCT b.scenario, b.region FROM base b
    ), trade AS MATERIALIZED (
        SELECT DISTINCT b.scenario, b.sector FROM base b
    ), region_use AS MATERIALIZED (
        SELECT DISTINCT r.scenario, 'city_region' AS used_in, 'region' AS in_column, r.region FROM city_region r
        UNION SELECT i.scenario, 'institution', 'head_office', i.head_office FROM institution i WHERE i.head_office IS NOT NULL
        UNION SELECT t.scenario, 'site', 'region', t.region FROM site t WHERE t.region IS NOT NULL
        UNION SELECT p.scenario, 'region_activity', 'region', p.region FROM place p
    ), numbering AS MATERIALIZED (
        -- the Ministry's provinces, with the numbers of Gangwon and Jeonbuk before they changed
        SELECT u.scenario, u.used_in, u.in_column, u.region,
               left(u.region::text, 2) NOT IN ('11', '26', '27', '28', '29', '30', '31', '36', '41', '42', '43', '44', '45', '46', '47', '48', '50', '51', '52') AS foreign_province,
               u.region::text IN ('11110', '11140', '11170', '11200', '11230', '26', '29', '31', '31110', '31140', '31170', '31200', '36') AS in_both
        FROM region_use u WHERE scheme(u.region) = 'mois'
    ), problem AS (
        SELECT b.scenario, 'warning' AS severity, 'negative_activity' AS problem, 'region_activity' AS table_name,
               concat_ws(' ', b.year, b.region::text, b.sector::text) AS object_id,
               format('음수 값 %s: 점수에서 제외됨', b.value) AS detail_ko, format('negative value %s: left out of the score', b.value) AS detail_en
        FROM region_activity b WHERE b.value < 0
        UNION ALL
        SELECT p.scenario, 'note', 'missing_activity', 'region_activity', concat_ws(' ', p.region::text, t.sector::text),
               '기준연도에 값이 없음: 0으로 계산', 'no cell in the base year: counts as 0'
        FROM place p JOIN trade t ON t.scenario = p.scenario
        WHERE NOT EXISTS (SELECT FROM base b WHERE b.scenario = p.scenario AND b.region = p.region AND b.sector = t.sector)
        UNION ALL
        SELECT a.scenario, 'error', 'overlapping_regions', 'region_activity', concat_ws(' ', a.region::text, b.region::text),
               '상위 지역과 하위 지역이 함께 있어 중복 계산됨', 'a region and one inside it are both listed: activity would count twice'
        FROM place a JOIN place b ON b.scenario = a.scenario AND b.region <@ a.region AND b.region <> a.region
        UNION ALL
        SELECT a.scenario, 'error', 'overlapping_sectors', 'region_activity', concat_ws(' ', a.sector::text, b.sector::text),
               '상위 산업과 하위 산업이 함께 있어 중복 계산됨', 'a sector and one inside it are both listed: activity would count twice'
        FROM trade a JOIN trade b ON b.scenario = a.scenario AND b.sector <@ a.sector AND b.sector <> a.sector
        UNION ALL
        SELECT s.scenario, 'warning', 'no_activity', 'region_activity', s.scenario,
               '기준연도의 지역별 산업 자료가 없음: 경제 부문은 NULL', 'no activity in the base year: the economic parts are NULL'
        FROM setting s WHERE NOT EXISTS (SELECT FROM base b WHERE b.scenario = s.scenario)
        UNION ALL
        SELECT n.scenario, 'error', 'wrong_numbering', n.used_in, n.region::text,
               format('%s 열: 행정안전부 코드가 아님 (통계청 코드는 kostat: 을 붙임)', n.in_column),
               format('column %s: no code of the Ministry; write Statistics Korea''s as kostat:%s', n.in_column, n.region)
        FROM numbering n WHERE n.foreign_province
        UNION ALL
        SELECT n.scenario, 'warning', 'ambiguous_numbering', n.used_in, n.region::text,
               format('%s 열: 두 코드 체계에서 뜻이 다르고, 같은 열에 통계청 코드가 있거나 행정안전부만의 코드가 없음', n.in_column),
               format('column %s: means another place in Statistics Korea''s numbering, and the column has codes of it or none that is the Ministry''s alone', n.in_column)
        FROM numbering n
        WHERE n.in_both
          AND (EXISTS (SELECT FROM numbering o WHERE o.scenario = n.scenario AND o.used_in = n.used_in AND o.foreign_province)
               OR NOT EXISTS (SELECT FROM numbering o WHERE o.scenario = n.scenario AND o.used_in = n.used_in AND NOT o.in_both))
        UNION ALL
        SELECT i.scenario, 'warning', 'no_profile', 'institution', i.institution_id,
               '업종 구성이 없음: 그것을 읽는 점수의 다섯 부분(특화, 산업 관련성, 산업 연관, 기관 상보성, 인력 관련성)이 NULL',
               'no profile: the five parts of its score that read it (localization, relatedness, linkage, complementarity, labour) are NULL'
        FROM institution i
        WHERE NOT EXISTS (SELECT FROM institution_sector p WHERE p.scenario = i.scenario AND p.institution_id = i.institution_id AND p.weight > 0)
        UNION ALL
        SELECT p.scenario, 'warning', 'profile_sum', 'institution_sector', p.institution_id,
               format('가중치 합 %s: 합으로 나누어 계산', sum(p.weight::numeric)), format('weights add up to %s, not 1: divided by their sum', sum(p.weight::numeric))
        FROM institution_sector p GROUP BY p.scenario, p.institution_id HAVING abs(sum(p.weight::numeric) - 1) > 1e-9
        UNION ALL
        SELECT a.scenario, 'warning', 'no_profile', 'asset', a.asset_id, '업종 구성이 없음: 상보성에서 제외', 'no profile: no partner in complementarity'
        FROM asset a WHERE NOT EXISTS (SELECT FROM asset_sector p WHERE p.scenario = a.scenario AND p.asset_id = a.asset_id AND p.weight > 0)
        UNION ALL
        SELECT p.scenario, 'warning', 'profile_sum', 'asset_sector', p.asset_id,
               format('가중치 합 %s: 합으로 나누어 계산', sum(p.weight::numeric)), format('weights add up to %s, not 1: divided by their sum', sum(p.weight::numeric))
        FROM asset_sector p GROUP BY p.scenario, p.asset_id HAVING abs(sum(p.weight::numeric) - 1) > 1e-9
        UNION ALL
        SELECT p.scenario, 'warning', 'sector_without_route', 'institution_sector', p.sector::text,
               format('연결표 %s 에 없는 업종: 해당 부문에서 제외', b.bridge), format('no row of the bridge %s leads on from this sector: left out of its parts', b.bridge)
        FROM (SELECT DISTINCT i.scenario, i.sector FROM institution_sector i) p
        JOIN (SELECT DISTINCT r.scenario, r.bridge FROM sector_route r) b ON b.scenario = p.scenario AND b.bridge IN ('activity', 'flow', 'labour')
        WHERE NOT EXISTS (SELECT FROM sector_route r WHERE r.scenario = p.scenario AND r.bridge = b.bridge AND r.sector_from = p.sector::text)
        UNION ALL
        SELECT f.scenario, 'note', 'negative_flow', 'sector_flow', concat_ws(' ', f.seller::text, f.buyer::text),
               format('음수 거래 %s: 그대로 계산', f.value), format('negative sales %s: count as they are', f.value)
        FROM sector_flow f WHERE f.value < 0
        UNION ALL
        SELECT f.scenario, 'note', 'flow_without_activity', 'sector_flow', f.sector,
               '지역 산업 자료와 연결되지 않는 행: 제외됨', 'leads to no sector of region_activity: dropped from the links'
        FROM (SELECT o.scenario, o.seller::text AS sector FROM sector_flow o UNION SELECT o.scenario, o.buyer::text FROM sector_flow o) f
        WHERE NOT EXISTS (SELECT FROM sector_route r WHERE r.scenario = f.scenario AND r.bridge = 'flow_activity' AND r.sector_from = f.sector)
        UNION ALL
        SELECT f.scenario, 'note', 'labour_without_activity', 'labour_flow', f.sector,
               '지역 산업 자료와 연결되지 않는 업종: 인력 관련성의 상대에서 제외됨', 'leads to no sector of region_activity: no partner in the part labour'
        FROM (SELECT o.scenario, o.sector_from::text AS sector FROM labour_flow o UNION SELECT o.scenario, o.sector_to::text FROM labour_flow o) f
        WHERE NOT EXISTS (SELECT FROM sector_route r WHERE r.scenario = f.scenario AND r.bridge = 'labour_activity' AND r.sector_from = f.sector)
        UNION ALL
        SELECT c.scenario, 'warning', 'city_without_region', 'city', c.city_id, '지역이 없음: 경제 부문은 NULL', 'no regions: the economic parts are NULL'
        FROM city c WHERE NOT EXISTS (SELECT FROM city_region r WHERE r.scenario = c.scenario AND r.city_id = c.city_id)
        UNION ALL
        SELECT r.scenario, 'warning', 'region_without_activity', 'city_region', concat_ws(' ', r.city_id, r.region::text),
               '기준연도 자료에 없는 지역', 'no activity of this region in the base year'
        FROM city_region r
        WHERE EXISTS (SELECT FROM place p WHERE p.scenario = r.scenario)
          AND NOT EXISTS (SELECT FROM place p WHERE p.scenario = r.scenario AND p.region <@ r.region)
        UNION ALL
        SELECT c.scenario, 'note', 'city_without_incumbent', 'city', c.city_id,
               '기존 이전기관이 없음: 상보성과 소속 관계는 NULL', 'no incumbents: complementarity and affiliation are NULL, its ranks stand apart'
        FROM city c
        WHERE NOT EXISTS (SELECT FROM city_partner p WHERE p.scenario = c.scenario AND p.city_id = c.city_id AND p.kind = 'incumbent')
        UNION ALL
        SELECT h.scenario, 'note', 'headcount_unknown', 'institution', h.city_id,
               CASE WHEN h.known = 0 THEN '인원을 아는 기존 기관이 없음: 모두 같은 가중치'
                    ELSE format('기존 기관 %s곳 중 %s곳의 인원을 모름: 아는 인원의 중앙값으로 계산', h.incumbents, h.incumbents - h.known) END,
               CASE WHEN h.known = 0 THEN 'no incumbent has a head count: all count alike'
                    ELSE format('%s of %s incumbents have no head count: they count as the median of the others', h.incumbents - h.known, h.incumbents) END
        FROM (SELECT p.scenario, p.city_id, count(*) AS incumbents, count(i.headcount) AS known
              FROM setting s
              JOIN city_partner p ON p.scenario = s.scenario AND p.kind = 'incumbent'
              JOIN institution i ON i.scenario = p.scenario AND i.institution_id = p.partner_id
              WHERE s.incumbent_weight = 'headcount' GROUP BY p.scenario, p.city_id) h
        WHERE h.known < h.incumbents
        UNION ALL
        SELECT i.scenario, 'error', 'relocated_nowhere', 'institution', i.institution_id, '이전 완료이나 도시가 없음', 'relocated, but to no city'
        FROM institution i WHERE i.status = 'relocated' AND i.city_id IS NULL
        UNION ALL
        SELECT i.scenario, 'error', 'moved_candidate', 'institution', i.institution_id, '수도권 후보인데 도시가 적혀 있음', 'a candidate of the capital area, yet with a city'
        FROM institution i WHERE i.status = 'capital' AND i.city_id IS NOT NULL
        UNION ALL
        SELECT i.scenario, 'note', 'no_head_office', 'institution', i.institution_id, '본사 위치가 없음', 'head office not known: no incumbent by its place'
        FROM institution i WHERE i.head_office IS NULL AND i.status <> 'capital'
        UNION ALL
        SELECT a.scenario, 'error', 'id_twice', 'asset', a.asset_id, '기관과 같은 식별자', 'an institution has the same identifier'
        FROM asset a JOIN institution i ON i.scenario = a.scenario AND i.institution_id = a.asset_id
        UNION ALL
        SELECT i.scenario, 'note', 'same_name', 'institution', i.institution_id,
               format('%s곳의 이름이 같음: 이름으로는 구별되지 않음', i.same), format('%s institutions have this name: it does not tell them apart', i.same)
        FROM (SELECT o.scenario, o.institution_id, count(*) OVER (PARTITION BY o.scenario, o.name_ko) AS same FROM institution o WHERE o.name_ko <> '') i
        WHERE i.same > 1
        UNION ALL
        SELECT u.scenario, 'warning', 'bar_in_identifier', u.used_in, u.id,
               '식별자에 | 가 있음: row_key가 겹칠 수 있음', 'a bar in the identifier: row_key may not be unique'
        FROM (SELECT i.scenario, 'institution' AS used_in, i.institution_id AS id FROM institution i
              UNION ALL SELECT c.scenario, 'city', c.city_id FROM city c
              UNION ALL SELECT a.scenario, 'asset', a.asset_id FROM asset a
              UNION ALL SELECT k.scenario, 'criterion', k.criterion FROM criterion k) u
        WHERE strpos(u.id, '|') > 0
        UNION ALL
        SELECT a.scenario, 'note', 'affiliation_without_institution', 'affiliation', u.id, '기관 목록에 없음', 'no institution of the list'
        FROM affiliation a CROSS JOIN LATERAL (VALUES (a.parent_id), (a.subsidiary_id)) u (id)
        WHERE NOT EXISTS (SELECT FROM institution i WHERE i.scenario = a.scenario AND i.institution_id = u.id)
        GROUP BY a.scenario, u.id
        UNION ALL
        SELECT c.scenario, 'warning', 'criterion_without_figures', 'criterion', c.criterion, '지표 값이 없음: 부문은 NULL', 'no city has its figure: the part is NULL'
        FROM criterion c
        WHERE c.indicator IS NOT NULL
          AND NOT EXISTS (SELECT FROM city_indicator f WHERE f.scenario = c.scenario AND f.indicator = c.indicator)
        UNION ALL
        SELECT l.scenario, 'warning', 'living_without_figures', 'living_indicator', l.indicator, '도시 지표 값이 없음: 정주 여건 지수에서 제외', 'no city has its figure: left out of the index of cities'
        FROM living_indicator l
        WHERE NOT EXISTS (SELECT FROM city_indicator f WHERE f.scenario = l.scenario AND f.indicator = l.indicator)
        UNION ALL
        SELECT s.scenario, 'error', 'no_weight', 'criterion', s.scenario, '가중치가 모두 0: 점수가 없음', 'all weights are 0: there is no score'
        FROM setting s WHERE NOT EXISTS (SELECT FROM committee_weight w WHERE w.scenario = s.scenario AND w.weight > 0)
        UNION ALL
        SELECT j.scenario, 'warning', 'unlike_parents', 'judgement', concat_ws(' ', j.expert, j.criterion_a, j.criterion_b),
               '상위 기준이 다른 두 기준의 비교: 제외됨', 'compares criteria of different parents: not counted'
        FROM judgement j JOIN criterion a ON a.scenario = j.scenario AND a.criterion = j.criterion_a
        JOIN criterion b ON b.scenario = j.scenario AND b.criterion = j.criterion_b
        WHERE a.parent IS DISTINCT FROM b.parent
        UNION ALL
        SELECT k.scenario, 'warning', 'expert_not_counted', 'judgement', concat_ws(' ', k.expert, k.parent), '판단이 모든 기준을 잇지 않아 제외됨', 'judgements do not tie all criteria together: not counted'
        FROM committee_consistency k WHERE NOT k.counted
        UNION ALL
        SELECT k.scenario, 'warning', 'inconsistent_expert', 'judgement', concat_ws(' ', k.expert, k.parent),
               format('일관성 비율 %s > 0.10', round(k.consistency_ratio::numeric, 3)), format('consistency ratio %s is above 0.10', round(k.consistency_ratio::numeric, 3))
        FROM committee_consistency k WHERE k.consistency_ratio > 0.1
        UNION ALL
        SELECT t.scenario, 'warning', 'task_without_department', 'task', t.task, '담당 부서가 없음', 'no department in charge'
        FROM task t WHERE t.department IS NULL
        UNION ALL
        SELECT d.scenario, 'warning', 'department_without_task', 'department', d.department, '맡은 과업이 없음', 'owns no task'
        FROM department d WHERE NOT EXISTS (SELECT FROM task t WHERE t.scenario = d.scenario AND t.department = d.department)
        UNION ALL
        SELECT s.scenario, 'warning', 'home_city', 'setting', s.home_city_id, '도시 목록에 없음', 'no city of the list'
        FROM setting s
        WHERE s.home_city_id IS NOT NULL AND NOT EXISTS (SELECT FROM city c WHERE c.scenario = s.scenario AND c.city_id = s.home_city_id)
    )
    SELECT p.scenario, p.severity, p.problem, p.table_name, p.object_id, p.detail_ko, p.detail_en, korean_term(p.severity) AS severity_ko,
           concat_ws('|', p.scenario, p.problem, p.table_name, p.object_id, p.detail_en) AS row_key
    FROM problem p;
    COMMENT ON VIEW plan_problem IS 'What is wrong with the rows of a plan, and what that does to its results. An empty list is a clean plan.';
    COMMENT ON COLUMN plan_problem.scenario IS 'Scenario.';
    COMMENT ON COLUMN plan_problem.severity IS 'error = results would be wrong; warning = something is left out; note = worth knowing.';
    COMMENT ON COLUMN plan_problem.problem IS 'Kind of problem.';
    COMMENT ON COLUMN plan_problem.table_name IS 'Table that holds it.';
    COMMENT ON COLUMN plan_problem.object_id IS 'Key of the row or rows, without scenario.';
    COMMENT ON COLUMN plan_problem.detail_ko IS 'What is wrong, in Korean.';
    COMMENT ON COLUMN plan_problem.detail_en IS 'What is wrong, in English.';
    COMMENT ON COLUMN plan_problem.severity_ko IS 'severity in Korean.';
    COMMENT ON COLUMN plan_problem.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW provenance WITH (security_invoker = true) AS
    WITH input AS MATERIALIZED (
        SELECT t.scenario, 'setting' AS table_name, to_jsonb(t) - 'scenario' - 'copied_from' - 'name_ko' - 'name_en' - 'note'
                   - 'pair_weight' - 'pair_partners' - 'pair_least' AS content, NULL AS source FROM setting t
        UNION ALL SELECT t.scenario, 'city', to_jsonb(t) - 'scenario', t.source FROM city t
        UNION ALL SELECT t.scenario, 'city_region', to_jsonb(t) - 'scenario', NULL FROM city_region t
        UNION ALL SELECT t.scenario, 'city_indicator', to_jsonb(t) - 'scenario', t.source FROM city_indicator t
        UNION ALL SELECT t.scenario, 'institution', to_jsonb(t) - 'scenario', t.source FROM institution t
        UNION ALL SELECT t.scenario, 'institution_sector', to_jsonb(t) - 'scenario', t.source FROM institution_sector t
        UNION ALL SELECT t.scenario, 'asset', to_jsonb(t) - 'scenario', t.source FROM asset t
        UNION ALL SELECT t.scenario, 'asset_sector', to_jsonb(t) - 'scenario', t.source FROM asset_sector t
        UNION ALL SELECT t.scenario, 'tie_kind', to_jsonb(t) - 'scenario', NULL FROM tie_kind t
        UNION ALL SELECT t.scenario, 'affiliation', to_jsonb(t) - 'scenario', t.source FROM affiliation t
        UNION ALL SELECT t.scenario, 'region_activity', to_jsonb(t) - 'scenario', t.source FROM region_activity t
        UNION ALL SELECT t.scenario, 'sector_flow', to_jsonb(t) - 'scenario', t.source FROM sector_flow t
        UNION ALL SELECT t.scenario, 'labour_flow', to_jsonb(t) - 'scenario', t.source FROM labour_flow t
        UNION ALL SELECT t.scenario, 'sector_bridge', to_jsonb(t) - 'scenario', t.source FROM sector_bridge t
        UNION ALL SELECT t.scenario, 'criterion', to_jsonb(t) - 'scenario', t.source FROM criterion t
        UNION ALL SELECT t.scenario, 'expert', to_jsonb(t) - 'scenario', NULL FROM expert t
        UNION ALL SELECT t.scenario, 'judgement', to_jsonb(t) - 'scenario', NULL FROM judgement t
    ), hashed AS MATERIALIZED (
        SELECT i.scenario, i.table_name, count(*) AS row_count,
               encode(sha256(convert_to(string_agg(i.content::text, E'\n' ORDER BY i.content::text COLLATE "C"), 'UTF8')), 'hex') AS hash
        FROM input i GROUP BY i.scenario, i.table_name
    ), fact AS (
        SELECT s.scenario, 'version' AS kind, 'innocity' AS item, v.innocity_version AS value FROM setting s CROSS JOIN plan_version v
        UNION ALL
        SELECT s.scenario, 'parameter', p.item, p.value
        FROM setting s
        CROSS JOIN LATERAL (VALUES ('base_year', coalesce(s.base_year, (SELECT max(l.year) FROM region_activity l WHERE l.scenario = s.scenario))::text),
                                   ('neighbours', s.neighbours::text), ('power', s.power::text), ('kappa', s.kappa::text),
                                   ('sibling_weight', s.sibling_weight::text), ('incumbent_weight', s.incumbent_weight), ('home_city_id', s.home_city_id),
                                   ('copied_from', s.copied_from)) p (item, value)
        UNION ALL
        SELECT w.scenario, 'weight', w.criterion, w.weight::text || ' (' || w.method || ')' FROM committee_weight w
        UNION ALL
        SELECT a.scenario, 'vintage', 'region_activity', string_agg(DISTINCT a.year::text, ', ') FROM region_activity a GROUP BY a.scenario
        UNION ALL
        SELECT c.scenario, 'vintage', 'city_indicator ' || c.indicator, string_agg(DISTINCT c.year::text, ', ') FROM city_indicator c GROUP BY c.scenario, c.indicator
        UNION ALL
        SELECT i.scenario, 'source', i.table_name, string_agg(DISTINCT i.source, '; ') FROM input i WHERE i.source IS NOT NULL GROUP BY i.scenario, i.table_name
        UNION ALL
        SELECT h.scenario, 'rows', h.table_name, h.row_count::text FROM hashed h
        UNION ALL
        SELECT h.scenario, 'hash', h.table_name, h.hash FROM hashed h
        UNION ALL
        SELECT h.scenario, 'hash', 'all inputs',
               encode(sha256(convert_to(string_agg(h.table_name || ' ' || h.hash, E'\n' ORDER BY h.table_name COLLATE "C"), 'UTF8')), 'hex')
        FROM hashed h GROUP BY h.scenario
    )
    SELECT f.scenario, f.kind, f.item, f.value, concat_ws('|', f.scenario, f.kind, f.item) AS row_key FROM fact f;
    COMMENT ON VIEW provenance IS 'Where a scenario''s results come from: version, parameters, weights, vintages, publishers, and SHA-256 over the rows that the score reads. Equal hashes are equal inputs, whatever the scenario is called.';
    COMMENT ON COLUMN provenance.scenario IS 'Scenario.';
    COMMENT ON COLUMN provenance.kind IS 'version, parameter, weight, vintage, source, rows or hash.';
    COMMENT ON COLUMN provenance.item IS 'What the value is of: a parameter, a criterion, a table; all inputs = all tables together.';
    COMMENT ON COLUMN provenance.value IS 'The value, as text; NULL = not set.';
    COMMENT ON COLUMN provenance.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_check_views(text) IS
'Makes or replaces the views plan_problem and provenance of a plan. Called by plan_views, which see.';
