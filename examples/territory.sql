-- The city, its surroundings and the nation: who is missing, what reaches the sites, living conditions, the case before the nation; for psql.
--
--   psql -X -q -f examples/territory.sql          with the variables of demo.sql: plan, city, lang
--
-- Reads the plan's views and functions; writes nothing but a temporary function.
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
\set city_name city_name_:names
\set institution_name institution_name_:names
\set tied_to_name tied_to_name_:names
\set most_name most_name_:names
\set strongest strongest_:lang
\set weakest weakest_:lang
SELECT name_ko AS city_ko, name_en AS city_en FROM city WHERE scenario = 'base' AND city_id = :'city' \gset

-- A name cut to a width on the screen, where Hangul takes two columns.
CREATE FUNCTION pg_temp.short(name text, width int) RETURNS text LANGUAGE sql IMMUTABLE
RETURN (SELECT CASE WHEN max(w.upto) <= width THEN name
                    ELSE rtrim(string_agg(w.c, '' ORDER BY w.n) FILTER (WHERE w.upto < width)) || '…' END
        FROM (SELECT c, n, sum(CASE WHEN octet_length(c) > 2 THEN 2 ELSE 1 END) OVER (ORDER BY n) AS upto
              FROM regexp_split_to_table(name, '') WITH ORDINALITY AS x (c, n)) w);

\if :korean
\set title '13. ' :city_ko ': 없는 기관, 주변 지역, 정주 여건, 그리고 전국'
\set h_institution '기관' \set h_tie '관계' \set h_raised '오르는 후보' \set h_gain '오르는 점수' \set h_lowered '내리는 후보' \set h_loss '내리는 점수' \set h_most '가장 오르는 후보'
\set h_site '장소' \set h_kind '구분' \set h_code '법정동 코드' \set h_km 'km' \set h_decay '남는 효과' \set h_city '도시' \set h_index '지수' \set h_rank '순위' \set h_range '다른 방법의 순위' \set h_strong '강점' \set h_weak '약점'
\set h_people '주민' \set h_change '변화 %' \set h_extinct '소멸위험' \set h_activity '1인당 생산' \set h_there '기관' \set h_first '첫째인 후보' \set h_score '상위 20 평균'
\set h_year '연도' \set h_capital '수도권 생산 %' \set h_capital_people '수도권 인구 %' \set h_theil '타일 지수' \set h_regions '시군구'
\else
\set title '13. ' :city_en ': who is missing, its surroundings, living conditions, and the nation'
\set h_institution 'institution' \set h_tie 'tie' \set h_raised 'raised' \set h_gain 'gain' \set h_lowered 'lowered' \set h_loss 'loss' \set h_most 'gains most'
\set h_site 'site' \set h_kind 'kind' \set h_code 'code' \set h_km 'km' \set h_decay 'effect left' \set h_city 'city' \set h_index 'index' \set h_rank 'rank' \set h_range 'other choices' \set h_strong 'strongest' \set h_weak 'weakest'
\set h_people 'residents' \set h_change 'change %' \set h_extinct 'extinction' \set h_activity 'activity' \set h_there 'incumbents' \set h_first 'first for' \set h_score 'mean of first 20'
\set h_year 'year' \set h_capital 'capital: activity %' \set h_capital_people 'residents %' \set h_theil 'Theil' \set h_regions 'regions'
\endif
\echo :title
\echo

\if :korean
\echo '이 도시에 오면 상위 스무 후보의 점수를 가장 많이 올릴 기관 (기존 기관이나 후보와 소속 관계가 있는 곳)'
\else
\echo 'Institutions tied to those here whose arrival would raise the scores of the first twenty candidates most'
\endif
SELECT pg_temp.short(l.:institution_name, 34) AS :"h_institution",
       pg_temp.short(CASE WHEN NOT :'korean' THEN l.relation || ' of ' || l.:tied_to_name
                          ELSE l.:tied_to_name || CASE l.relation WHEN 'parent' THEN '의 모기관' WHEN 'subsidiary' THEN '의 자회사·산하' ELSE '의 형제 기관' END END, 38) AS :"h_tie",
       l.raised AS :"h_raised", to_char(l.gain, 'FM0.000') AS :"h_gain", l.lowered AS :"h_lowered", to_char(l.loss, 'FM0.000') AS :"h_loss", pg_temp.short(l.:most_name, 28) AS :"h_most"
FROM synergy_lack_institution(:'plan', :'city') l ORDER BY l.rise DESC NULLS LAST, l.institution_id LIMIT 5;

SELECT trim_scale(round(half_distance_km::numeric, 1)) AS half FROM spillover WHERE scenario = 'base' AND city_id = :'city' LIMIT 1 \gset
\if :korean
\set near '혁신도시에서 생기는 효과가 닿는 곳: ' :half ' km 마다 절반이 남는다고 본 어림'
\else
\set near 'How much of what happens in the innovation city reaches its surroundings, if half is left after every ' :half ' km'
\endif
\echo :near
SELECT pg_temp.short(s.:name, 40) AS :"h_site",
       CASE WHEN NOT :'korean' THEN replace(s.kind, '_', ' ') WHEN s.kind = 'old_downtown' THEN '원도심' WHEN s.kind = 'surrounding_centre' THEN '주변 지역' ELSE '기타' END AS :"h_kind",
       rpad(s.region, 10, '0') AS :"h_code", to_char(s.distance_km, 'FM990.0') AS :"h_km", to_char(s.decay, 'FM0.00') AS :"h_decay"
FROM spillover s WHERE s.scenario = 'base' AND s.city_id = :'city' ORDER BY s.decay DESC, s.site_id LIMIT 8;

\if :korean
\echo '정주 여건: 의사, 빈집, 복지시설, 출산율, 사업자, 인구 변화를 같은 비중으로.'
\echo '정규화와 평균을 달리하면 순위는 그 옆의 범위에서 움직인다'
\else
\echo 'Living conditions: doctors, vacant housing, welfare, births, businesses, change of residents, weighted alike;'
\echo 'beside the rank how far it moves under other normalisations and means'
\endif
SELECT pg_temp.short(l.:name, 48) AS :"h_city", to_char(l.index, 'FM0.000') AS :"h_index", l.rank AS :"h_rank", l.best_rank || '-' || l.worst_rank AS :"h_range",
       pg_temp.short(l.:strongest, 34) AS :"h_strong", pg_temp.short(l.:weakest, 34) AS :"h_weak"
FROM living_conditions l WHERE l.scenario = 'base' AND l.kind = 'city' ORDER BY l.rank, l.unit_id;

\if :korean
\echo '전국 앞의 논거: 소멸위험이 큰 도시부터 (1인당 생산은 전국 100)'
\else
\echo 'The case before the nation: the competing cities, those closest to extinction first (activity per resident, nation = 100)'
\endif
CREATE TEMP TABLE page AS SELECT * FROM case_national WHERE scenario = 'base';
SELECT pg_temp.short(c.:city_name, 44) AS :"h_city", to_char(c.residents, 'FM999,999,999') AS :"h_people", to_char(c.residents_change_pct, 'FMSG990.0') AS :"h_change",
       to_char(c.extinction_index, 'FM0.00') AS :"h_extinct", to_char(c.activity_per_resident_index, 'FM9990') AS :"h_activity", c.incumbents AS :"h_there",
       CASE WHEN c.coverage = max(c.coverage) OVER () THEN c.first_choices END AS :"h_first", CASE WHEN c.coverage = max(c.coverage) OVER () THEN to_char(c.mean_score_first_20, 'FM0.000') END AS :"h_score"
FROM page c WHERE c.competes ORDER BY c.extinction_index, c.city_id;
SELECT y.year AS :"h_year", to_char(100 * y.capital_share_activity, 'FM990.0') AS :"h_capital", to_char(100 * y.capital_share_residents, 'FM990.0') AS :"h_capital_people",
       to_char(y.theil, 'FM0.000') AS :"h_theil", y.regions AS :"h_regions"
FROM case_national_year y WHERE y.scenario = 'base' AND y.city_id = :'city' AND y.theil IS NOT NULL ORDER BY y.year;
\if :korean
\echo '2010년의 지역계정은 모든 시군구를 담지 않는다. 비교는 시군구 수가 같은 해끼리 한다.'
\else
\echo 'A year with fewer regions (accounts that provinces did not publish) is not comparable with the others.'
\endif
