/*
 * fill_roadmap.sql
 *	  A sample roadmap for a plan: the task force of a city that prepares for the second round of relocations.
 *
 * Departments, tasks, durations and staff are made up by this project to show how a roadmap is kept; every task and policy item says so
 * in its note. The holidays are real.
 */
CREATE FUNCTION fill_roadmap(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    sample CONSTANT text := '표본 (sample: made up by innocity)';
BEGIN
    PERFORM set_config('search_path',
        (SELECT format('%I, %s, pg_temp', plan, string_agg(quote_ident(n.nspname), ', ' ORDER BY e.extname DESC))
         FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname IN ('innocity', 'innocity_kr')), true);

    INSERT INTO roadmap_setting (start_date) VALUES ('2026-12-01');
    INSERT INTO holiday (holiday, name_ko, name_en, source)
    SELECT h.holiday, h.name_ko, h.name_en, h.source FROM holiday_kr h;

    INSERT INTO department (department, name_ko, name_en, capacity) VALUES
        ('planning', '기획예산실', 'Planning and Budget', 4),
        ('innovation', '혁신도시과', 'Innovation City', 5),
        ('energy', '에너지신산업과', 'Energy Industry', 3),
        ('agriculture', '농업정책과', 'Agriculture Policy', 2),
        ('urban', '도시재생과', 'Urban Regeneration', 3),
        ('housing', '건축허가과', 'Housing and Permits', 2),
        ('education', '교육지원과', 'Education', 2),
        ('transport', '교통행정과', 'Transport', 2),
        ('culture', '관광문화과', 'Culture and Tourism', 2),
        ('relations', '홍보실', 'Public Relations', 2);

    INSERT INTO task (task, name_ko, name_en, department, optimistic, duration, pessimistic, demand, deadline, note)
    SELECT t.task, t.name_ko, t.name_en, t.department, t.optimistic, t.duration, t.pessimistic, t.demand, t.deadline::date, sample
    FROM (VALUES
        ('T01', '정부 정책 동향 상시 점검', 'Watch government policy', 'planning', 60, 60, 60, 1, NULL),
        ('T02', '수도권 공공기관 목록 작성', 'List the institutions of the capital area', 'innovation', 8, 10, 20, 2, NULL),
        ('T03', '이전기관 계열·자회사 조사', 'List affiliates of relocated institutions', 'innovation', 10, 15, 30, 2, NULL),
        ('T04', '시너지 점수 산정과 후보 선정', 'Score synergy and choose candidates', 'planning', 4, 5, 10, 2, NULL),
        ('T05', '민관 자문위원회 구성', 'Set up the public-private committee', 'planning', 10, 15, 30, 1, NULL),
        ('T06', '전문가 쌍대비교와 가중치 확정', 'Experts judge, weights are settled', 'planning', 5, 8, 15, 1, NULL),
        ('T07', '에너지 후보기관 유치 논리', 'Case for energy institutions', 'energy', 10, 15, 20, 2, NULL),
        ('T08', '농생명 후보기관 유치 논리', 'Case for agriculture and life science', 'agriculture', 10, 15, 20, 2, NULL),
        ('T09', '문화예술 후보기관 유치 논리', 'Case for culture and arts', 'culture', 8, 10, 15, 1, NULL),
        ('T10', '혁신도시 내 부지 조사', 'Survey sites in the innovation city', 'innovation', 10, 15, 25, 2, NULL),
        ('T11', '원도심 임대·리모델링 부지 조사', 'Survey sites in the old downtown', 'urban', 15, 20, 35, 2, NULL),
        ('T12', '인허가 사전 검토', 'Check permits in advance', 'housing', 8, 10, 20, 2, NULL),
        ('T13', '정주여건 진단(주거)', 'Living conditions: housing', 'housing', 10, 15, 20, 1, NULL),
        ('T14', '정주여건 진단(교육·의료)', 'Living conditions: schools and health', 'education', 15, 20, 30, 2, NULL),
        ('T15', '광역교통 개선안', 'Regional transport plan', 'transport', 20, 30, 50, 2, NULL),
        ('T16', '주변지역 상생 방안', 'Mutual growth of the surrounding areas', 'urban', 10, 15, 25, 1, NULL),
        ('T17', 'KENTECH·인공태양 연계 국책사업 제안', 'Bid for national projects with KENTECH and fusion research', 'energy', 20, 30, 45, 2, NULL),
        ('T18', '유치 종합계획 초안', 'Draft the master plan', 'planning', 10, 15, 20, 3, NULL),
        ('T19', '시민 공청회', 'Public hearing', 'relations', 3, 5, 8, 2, NULL),
        ('T20', '유치 종합계획 확정', 'Adopt the master plan', 'planning', 3, 5, 10, 2, '2027-04-30'),
        ('T21', '혁신도시 공동 건의문', 'Joint petition with the other innovation cities', 'innovation', 10, 15, 30, 1, NULL),
        ('T22', '국토교통부·지방시대위원회 건의', 'Submit to the ministry and the Presidential Committee', 'planning', 0, 0, 0, 0, '2027-05-31'),
        ('T23', '기관별 방문 협의', 'Visit each candidate institution', 'innovation', 20, 30, 60, 3, NULL),
        ('T24', '유치 홍보', 'Public relations campaign', 'relations', 20, 30, 40, 1, NULL)
    ) t (task, name_ko, name_en, department, optimistic, duration, pessimistic, demand, deadline);

    INSERT INTO task_link (predecessor, successor, kind, lag) VALUES
        ('T02', 'T04', 'FS', 0), ('T03', 'T04', 'FS', 0), ('T05', 'T06', 'FS', 0), ('T06', 'T04', 'FF', 2),
        ('T04', 'T07', 'FS', 0), ('T04', 'T08', 'FS', 0), ('T04', 'T09', 'FS', 0), ('T04', 'T23', 'SS', 5),
        ('T10', 'T12', 'FS', 0), ('T11', 'T12', 'SS', 10), ('T13', 'T18', 'FS', 0), ('T14', 'T18', 'FS', 0), ('T15', 'T18', 'FS', -5),
        ('T11', 'T16', 'FS', 0), ('T16', 'T18', 'FF', 3), ('T12', 'T18', 'FS', 0), ('T07', 'T18', 'FS', 0), ('T08', 'T18', 'FS', 0),
        ('T09', 'T18', 'FS', 0), ('T07', 'T17', 'SS', 5), ('T18', 'T19', 'FS', 3), ('T19', 'T20', 'FS', 2), ('T20', 'T22', 'FS', 0),
        ('T21', 'T22', 'FS', 0), ('T01', 'T21', 'SS', 20), ('T17', 'T22', 'FS', 0), ('T19', 'T24', 'SS', 0), ('T23', 'T22', 'FS', 0);

    INSERT INTO task_role (task, department, role, demand) VALUES
        ('T04', 'innovation', 'supports', 1), ('T06', 'energy', 'consulted', 0), ('T06', 'agriculture', 'consulted', 0),
        ('T06', 'culture', 'consulted', 0), ('T06', 'urban', 'consulted', 0), ('T10', 'urban', 'consulted', 0),
        ('T11', 'innovation', 'consulted', 0), ('T16', 'agriculture', 'supports', 1), ('T17', 'planning', 'supports', 1),
        ('T18', 'innovation', 'supports', 2), ('T18', 'energy', 'supports', 1), ('T18', 'transport', 'consulted', 0),
        ('T20', 'relations', 'informed', 0), ('T21', 'planning', 'supports', 1), ('T22', 'relations', 'informed', 0),
        ('T23', 'energy', 'supports', 1), ('T23', 'agriculture', 'supports', 1);

    INSERT INTO policy_item (policy_item, name_ko, name_en, stage, announced, next_date, next_step, department, source, note) VALUES
        ('P01', '2차 공공기관 이전 대상 목록', 'List of institutions of the second round', 'expected', NULL, '2027-03-31', 'The ministry publishes its list.',
         'planning', sample, sample),
        ('P02', '이전 지역 배분 원칙', 'Rules for sharing among the regions', 'consultation', '2026-11-02', '2027-01-15', 'Cities give their opinions.',
         'innovation', sample, sample),
        ('P03', '국가 대형연구시설 공모', 'Call for large research facilities', 'announced', '2026-11-16', '2027-02-26', 'Bids are due.',
         'energy', sample, sample);
END
$function$;
COMMENT ON FUNCTION fill_roadmap(text) IS
'Fills scenario base of a new plan with a sample roadmap and policy watch: departments, tasks and policies made up by this project and marked as sample, with Korea''s public holidays. create_plan(name, sample => true) calls it.';
