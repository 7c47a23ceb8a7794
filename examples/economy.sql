-- The city's economy among all municipalities: the indicators beneath the scores, as a further part of the report, for psql.
--
--   psql -X -q -f examples/economy.sql            with the variables of demo.sql: plan, city, lang
--
-- A city of several regions is put together as one row, the other municipalities stay apart. Cells below zero are left out.
-- Reads the plan's tables; makes temporary tables only.
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
SELECT name_ko AS city_ko, name_en AS city_en FROM city WHERE scenario = 'base' AND city_id = :'city' \gset
SELECT min(region) AS home FROM city_region WHERE scenario = 'base' AND city_id = :'city' \gset
\if :korean
\set h_sector '업종' \set h_before '입지계수 ' \set h_rank '순위' \set h_density '밀도' \set h_pci '업종 복잡성' \set h_gain '전망 이득' \set h_bring '가져올 후보' \set h_work '합한 비중' \set h_lq '입지계수'
\set h_measure '지표' \set h_value '값' \set h_of '비교 대상' \set h_actual '변화' \set h_national '전국 성장' \set h_mix '업종 구성' \set h_regional '지역 몫'
\set h_year '연도' \set h_between '시도 사이' \set h_within '시도 안' \set h_total '합' \set h_share '시도 사이의 비중 %' \set all_sectors '전체'
\else
\set h_sector 'sector' \set h_before 'location quotient ' \set h_rank 'rank' \set h_density 'density' \set h_pci 'complexity of the sector' \set h_gain 'gain of outlook' \set h_bring 'brought by' \set h_work 'work' \set h_lq 'location quotient'
\set h_measure 'measure' \set h_value 'value' \set h_of 'among' \set h_actual 'change' \set h_national 'national growth' \set h_mix 'industry mix' \set h_regional 'regional part'
\set h_year 'year' \set h_between 'between provinces' \set h_within 'within them' \set h_total 'total' \set h_share '% between' \set all_sectors 'all sectors'
\endif

SELECT coalesce(s.base_year, max(a.year)) AS year1 FROM setting s JOIN region_activity a USING (scenario) WHERE scenario = 'base' GROUP BY s.base_year \gset
SELECT max(year) AS year0 FROM region_activity WHERE scenario = 'base' AND year < :year1 \gset
\set h_lq0 :h_before:year0
\set h_lq1 :h_before:year1

CREATE TEMP TABLE economy AS
SELECT a.year, nonnegative(activity_matrix_agg(CASE WHEN c.region IS NULL THEN a.region ELSE :'home'::region_code END, a.sector, a.value)) AS m
FROM region_activity a LEFT JOIN city_region c ON c.scenario = 'base' AND c.city_id = :'city' AND c.region = a.region
WHERE a.scenario = 'base' AND a.year IN (:year0, :year1) GROUP BY a.year;
SELECT cardinality(regions(m)) AS municipalities, cardinality(sectors(m)) AS industries FROM economy WHERE year = :year1 \gset

CREATE TEMP TABLE own_sector AS
SELECT s.sector, regexp_replace(coalesce(n.:name, s.sector::text), ';.*', ' …') AS label, coalesce(value(location_quotient(e0.m), :'home', s.sector), 0) AS lq0,
       coalesce(value(location_quotient(e.m), :'home', s.sector), 0) AS lq1, value(specialized(e.m), :'home', s.sector) = 1 AS present,
       value(relatedness_density(e.m), :'home', s.sector) AS density, value(opportunity_gain(e.m), :'home', s.sector) AS gain, p.pci
FROM economy e JOIN economy e0 ON e0.year = :year0 CROSS JOIN LATERAL unnest(sectors(e.m)) s (sector)
JOIN LATERAL sector_complexity(e.m) p ON p.sector = s.sector
LEFT JOIN sector_name n ON n.scenario = 'base' AND n.sector = s.sector
WHERE e.year = :year1;

-- 12
\if :korean
\set title '12. ' :municipalities '개 시군구 가운데 이 도시의 경제: ' :city_ko ' (부가가치, ' :industries '개 업종)'
\set strongest '가장 특화된 업종: 지역에서 차지하는 비중을 전국에서의 비중으로 나눈 값 (1 = 전국 평균)과 ' :year1 '년 시군구 가운데 순위'
\set lacking '특화되지 않은 업종, ' :year1 '년: 밀도 (0에서 1)가 높을수록 이미 가진 업종에 가깝다. 복잡성은 시군구 사이의 표준편차 단위이고,'
\set outlook '전망: ' :year1 '년에 특화되지 않은 업종의 복잡성에 밀도를 곱한 합'
\else
\set title '12. The economy of ' :city_en ' among ' :municipalities ' municipalities (value added in ' :industries ' sectors)'
\set strongest 'What it is most specialised in: share of the city over share of the country (1 = alike), with its rank among the municipalities in ' :year1
\set lacking 'What it lacks in ' :year1 ': density (0 to 1) says how near a sector is to those it has; complexity is in standard deviations between municipalities,'
\set outlook 'outlook: complexities of what it lacks in ' :year1 ', each times its density'
\endif
\echo :title
\echo
\echo :strongest
SELECT label AS :"h_sector", to_char(lq0, 'FM990.00') AS :"h_lq0", to_char(lq1, 'FM990.00') AS :"h_lq1",
       (SELECT 1 + count(*) FROM economy e, cells(location_quotient(e.m)) c WHERE e.year = :year1 AND c.sector = o.sector AND c.value > o.lq1) AS :"h_rank", :municipalities AS :"h_of"
FROM (SELECT * FROM own_sector ORDER BY lq1 DESC, sector LIMIT 5) o ORDER BY lq1 DESC, sector;

\if :korean
\echo :lacking
\echo '전망 이득은 그 업종이 들어오면 남은 업종의 전망 (아래)이 달라지는 폭이다.'
\echo '끝의 두 열: 상위 스무 후보 가운데 그 업종을 가져올 곳의 수와, 그 비중의 합 (기관 수로)'
\else
\echo :lacking
\echo 'gain of outlook how much the outlook (below) changes once the city has it: up by what comes nearer, down by what is no longer ahead;'
\echo 'at the end how many of its first twenty candidates would bring it, and how much of their work that is, in institutions'
\endif
SELECT label AS :"h_sector", to_char(lq1, 'FM990.00') AS :"h_lq", to_char(o.density, 'FM0.000') AS :"h_density",
       to_char(pci, 'FMSG990.00') AS :"h_pci", to_char(gain, 'FMSG990.000') AS :"h_gain", l.bringing AS :"h_bring", to_char(l.weight, 'FM990.00') AS :"h_work"
FROM own_sector o LEFT JOIN synergy_lack(:'plan', :'city') l ON l.sector = o.sector::text
WHERE present IS NOT TRUE ORDER BY o.density DESC NULLS LAST, o.sector;

\if :korean
\echo '복잡성: 드문 업종을 두루 가진 곳일수록 높다 (0 = 시군구 평균, 단위는 표준편차). 기술 수준이 아니다'
\echo :outlook
\else
\echo 'Complexity: high where rare sectors come together (0 = mean of the municipalities, in standard deviations); no measure of technology;'
\echo :outlook
\endif
SELECT d.name AS :"h_measure", to_char(d.value, d.form) AS :"h_value", d.rank AS :"h_rank", d.number AS :"h_of"
FROM (
    SELECT 1 AS place, CASE WHEN :'korean' THEN '특화 업종 수' ELSE 'number of specialisations' END AS name, 'FM990' AS form, v.region, v.value::float8,
           rank() OVER (ORDER BY v.value DESC), count(v.value) OVER () AS number
    FROM economy e, diversity(e.m) v WHERE e.year = :year1
    UNION ALL
    SELECT 2, CASE WHEN :'korean' THEN '경제 복잡성 ' ELSE 'economic complexity ' END || e.year, 'FMSG990.00', v.region, v.eci,
           rank() OVER (PARTITION BY e.year ORDER BY v.eci DESC NULLS LAST), count(v.eci) OVER (PARTITION BY e.year)
    FROM economy e, economic_complexity(e.m) v
    UNION ALL
    SELECT 3, CASE WHEN :'korean' THEN '복잡성 전망' ELSE 'complexity outlook' END, 'FMSG990.00', v.region, v.value,
           rank() OVER (ORDER BY v.value DESC NULLS LAST), count(v.value) OVER ()
    FROM economy e, complexity_outlook(e.m) v WHERE e.year = :year1
) d WHERE d.region = :'home' ORDER BY d.place, d.name COLLATE "C";

\if :korean
\set shift :year0 '년에서 ' :year1 '년까지의 변화 (십억 원, 경상가격): 전국과 같은 성장, 업종 구성, 지역 몫의 합이 변화와 같다'
\else
\set shift 'Change from ' :year0 ' to ' :year1 ' (billion won, prices of each year): growth as the country, its mix of sectors, its own part; they add up'
\endif
\echo :shift
CREATE TEMP TABLE shift AS
SELECT s.* FROM economy e0, economy e1, shift_share(e0.m, e1.m) s WHERE e0.year = :year0 AND e1.year = :year1 AND s.region = :'home';
SELECT label AS :"h_sector", to_char(actual / 1000, 'FMSG999990') AS :"h_actual", to_char(nat / 1000, 'FMSG999990') AS :"h_national",
       to_char(mix / 1000, 'FMSG999990') AS :"h_mix", to_char(own / 1000, 'FMSG999990') AS :"h_regional"
FROM (SELECT 0 AS place, :'all_sectors' AS label, NULL::sector_code AS sector, sum(actual) AS actual, sum("national") AS nat,
             sum(industry_mix) AS mix, sum(regional) AS own, 0::float8 AS size FROM shift
      UNION ALL
      (SELECT 1, o.label, f.sector, f.actual, f."national", f.industry_mix, f.regional, abs(f.regional) FROM shift f JOIN own_sector o USING (sector)
       ORDER BY abs(f.regional) DESC, f.sector LIMIT 6)) x
ORDER BY place, size DESC, sector;

\if :korean
\echo '전국의 불평등: 주민 한 사람당 부가가치의 타일 지수 (0 = 고름)'
\else
\echo 'Inequality of the nation: Theil index of value added per resident (0 = even) among the municipalities, and how much of it lies between provinces'
\endif
SELECT e.year AS :"h_year", to_char(t.between_groups, 'FM0.000') AS :"h_between", to_char(t.within_groups, 'FM0.000') AS :"h_within",
       to_char(t.total, 'FM0.000') AS :"h_total", to_char(100 * t.between_groups / nullif(t.total, 0), 'FM990') AS :"h_share"
FROM economy e
CROSS JOIN LATERAL theil_decomposition(e.m, 1, ARRAY(
    SELECT (CASE WHEN c.region IS NULL THEN i.region ELSE :'home'::region_code END, sum(i.value))::region_value
    FROM region_indicator i LEFT JOIN city_region c ON c.scenario = 'base' AND c.city_id = :'city' AND c.region = i.region
    WHERE i.scenario = 'base' AND i.indicator = 'residents' AND i.year = e.year
    GROUP BY CASE WHEN c.region IS NULL THEN i.region ELSE :'home'::region_code END)) t
WHERE t.sector IS NULL ORDER BY e.year;
