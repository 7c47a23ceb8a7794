-- The score of the sample, worked out once more in plain SQL: texts, numbers and joins over the rows of innocity_kr, none of our types or
-- functions. Parts agree to 1e-12; scores, leaves and contributions exactly after the rounding that the documents state.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE SCHEMA innocity;
CREATE EXTENSION innocity SCHEMA innocity;
CREATE EXTENSION innocity_kr SCHEMA innocity;
SET search_path = public, innocity;
SELECT create_plan('naju', sample => true) AS plan \gset

-- The input, as plain text and numbers
CREATE TEMP TABLE c_aff AS SELECT parent, subsidiary, kind, parent_id, subsidiary_id FROM affiliation_kr;
CREATE TEMP TABLE c_asset AS SELECT id, city FROM asset_kr;
CREATE TEMP TABLE c_asset_sector AS SELECT asset_id AS id, ksic_10::text AS code, weight FROM asset_sector_kr;
CREATE TEMP TABLE c_city AS SELECT code FROM innovation_city_kr;
CREATE TEMP TABLE cr AS SELECT code AS city, unnest(region_codes)::text AS region FROM innovation_city_kr;
CREATE TEMP TABLE c_inst AS SELECT id, ministry, hq_region::text, status, innovation_city FROM institution_kr;
CREATE TEMP TABLE c_inst_sector AS SELECT institution_id AS id, ksic_10::text AS code, weight FROM institution_sector_kr;
CREATE TEMP TABLE c_act AS SELECT code::text AS region, year, replace(industry::text, 'group:', '') AS grp, value_mkrw::float8 AS value FROM region_industry_kr;
CREATE TEMP TABLE c_flow AS SELECT replace(row_code::text, 'io:', '') AS row_code, replace(col_code::text, 'io:', '') AS col_code, value_mkrw::float8 AS value FROM input_output_kr;
CREATE TEMP TABLE c_group AS SELECT ksic_section::text AS section, replace(industry::text, 'group:', '') AS grp FROM ksic_group_kr;
CREATE TEMP TABLE c_io AS SELECT ksic_10::text AS code, replace(io_row::text, 'io:', '') AS io_row, weight FROM ksic_io_kr;
CREATE TEMP TABLE c_tie AS SELECT kind, weight FROM tie_kind_kr;

create temp table t_prof as select id, code, weight from c_inst_sector union all select id, code, weight from c_asset_sector;
create temp table t_norm as select id, code, weight / sum(weight) over (partition by id) as a from t_prof;
create temp table t_own as select * from t_norm where id in (select id from c_inst);
create temp table t_chain as
  select code, array_remove(array[
     case when code ~ '^[A-Z]$' then code
          when left(code,2) <= '03' then 'A' when left(code,2) <= '08' then 'B' when left(code,2) <= '34' then 'C' when left(code,2) = '35' then 'D'
          when left(code,2) <= '39' then 'E' when left(code,2) <= '42' then 'F' when left(code,2) <= '47' then 'G' when left(code,2) <= '52' then 'H'
          when left(code,2) <= '56' then 'I' when left(code,2) <= '63' then 'J' when left(code,2) <= '66' then 'K' when left(code,2) = '68' then 'L'
          when left(code,2) <= '73' then 'M' when left(code,2) <= '76' then 'N' when left(code,2) = '84' then 'O' when left(code,2) = '85' then 'P'
          when left(code,2) <= '87' then 'Q' when left(code,2) <= '91' then 'R' when left(code,2) <= '96' then 'S' when left(code,2) <= '98' then 'T' else 'U' end,
     case when code ~ '^\d{2}' then left(code,2) end, case when code ~ '^\d{3}' then left(code,3) end,
     case when code ~ '^\d{4}' then left(code,4) end, case when code ~ '^\d{5}' then left(code,5) end], null) as chain
  from (select distinct code from t_prof) d;
-- economy
create temp table x as select region, grp, value from c_act where year = 2020 and value > 0;
create temp table xg as select grp, sum(value) v from x group by grp;
create temp table xr as select region, sum(value) v from x group by region;
create temp table xt as select sum(value) v from x;
create temp table mb as select x.region, x.grp from x join xg using (grp) join xr using (region), xt where x.value::numeric * xt.v::numeric >= xg.v::numeric * xr.v::numeric;
create temp table ub as select grp, count(*) u from mb group by grp;
create temp table phi as select a.grp g, b.grp t, count(*)::float8 / greatest(ua.u, ut.u) phi from mb a join mb b using (region) join ub ua on ua.grp = a.grp join ub ut on ut.grp = b.grp group by a.grp, b.grp, ua.u, ut.u;
create temp table cx as select city, grp, sum(value) v from cr join x using (region) group by 1, 2;
create temp table ct as select city, sum(v) v from cx group by 1;
create temp table cq as select ct.city, xg.grp, (coalesce(cx.v,0) * xt.v) / (ct.v * xg.v) q, coalesce(cx.v,0)::numeric * xt.v::numeric >= ct.v::numeric * xg.v::numeric b
  from ct cross join xg left join cx on cx.city = ct.city and cx.grp = xg.grp cross join xt;
create temp table dens as select cq.city, p.g grp, sum(p.phi * cq.b::int) / sum(p.phi) d from phi p join cq on cq.grp = p.t where p.g <> p.t group by 1, 2;
create temp table sec as select code, chain[1] section from t_chain;
create temp table part as select n.id, cq.city, 'localization'::text part, sum(n.a * cq.q / (1 + cq.q)) v
  from t_own n join sec using (code) join c_group g using (section) join cq on cq.grp = g.grp group by 1, 2;
insert into part select n.id, d.city, 'relatedness', sum(n.a * d.d) from t_own n join sec using (code) join c_group g using (section) join dens d on d.grp = g.grp group by 1, 2;
-- linkage
create temp table z as select row_code s, col_code t, value v from c_flow
  where row_code in (select io_row from c_io) and col_code in (select io_row from c_io);
create temp table iog as select distinct io_row, case when io_row ~ '^C' then 'C' else (select grp from c_group where section = io_row) end grp from c_io;
create temp table g as
  with rows as (select io_row s from iog), cells as (select a.s, b.s t from rows a, rows b),
  o as (select c.s, c.t, coalesce(z.v, 0) v, coalesce(y.v, 0) w from cells c left join z using (s, t) left join z y on y.s = c.t and y.t = c.s)
  select s, t, (v / sum(v) over (partition by s) + w / sum(w) over (partition by s)) / 2 as g from o;
create temp table iomap as
  select c.code, i.io_row, i.weight / sum(i.weight) over (partition by c.code) w
  from (select t.code, (select max(l.o) from unnest(t.chain) with ordinality l(e, o) where exists (select from c_io where c_io.code = l.e)) o, t.chain from t_chain t) c
  join c_io i on i.code = c.chain[c.o];
insert into part select n.id, k.city, 'linkage', sum(n.a * m.w * k.f)
  from t_own n join iomap m using (code)
  join (select g.s, cq.city, sum(g.g * least(1, cq.q)) f from g join iog on iog.io_row = g.t join cq on cq.grp = iog.grp group by 1, 2) k on k.s = m.io_row group by 1, 2;
-- incumbents
create temp table inc as select distinct c.code city, i.id, i.ministry from c_city c join c_inst i on i.innovation_city = c.code
   or (i.status is distinct from 'capital' and exists (select from cr where cr.city = c.code and (i.hq_region = cr.region)));
-- complementarity
create temp table kk as select a.code s, b.code t, (select count(*) from unnest(a.chain) e where e = any(b.chain))::float8 /
   (cardinality(a.chain) + cardinality(b.chain) - (select count(*) from unnest(a.chain) e where e = any(b.chain))) k from t_chain a, t_chain b;
create temp table ka as select n.id, k.s, sum(k.k * n.a) ka from t_norm n join kk k on k.t = n.code group by 1, 2;
create temp table nn as select n.id, sqrt(sum(n.a * ka.ka)) nn from t_norm n join ka on ka.id = n.id and ka.s = n.code group by 1;
create temp table partner as select city, id, true inc from inc union all select city, id, false from c_asset;
create temp table sim as select i.id, j.id pid, sum(n.a * ka.ka) / (ni.nn * nj.nn) sim
  from c_inst i join t_norm n on n.id = i.id cross join (select distinct id from partner) j join ka on ka.id = j.id and ka.s = n.code
  join nn ni on ni.id = i.id join nn nj on nj.id = j.id group by 1, 2, ni.nn, nj.nn;
create temp table nb as select * from (select i.id, p.city, p.id pid, s.sim, row_number() over (partition by i.id, p.city order by round(s.sim::numeric, 12) desc, p.id) r
  from c_inst i join partner p on p.id <> i.id join sim s on s.id = i.id and s.pid = p.id
  where exists (select from inc where inc.city = p.city and inc.id <> i.id)) y where r <= 3;
insert into part select id, city, 'complementarity', avg(sim) from nb group by 1, 2;
-- affiliation
create temp table aff as select coalesce(parent_id, parent) p, coalesce(subsidiary_id, subsidiary) s, a.kind, t.weight w from c_aff a join c_tie t using (kind);
create temp table tie as
  select a, b, max(w) w from (
    select p a, s b, w from aff union all select s, p, w from aff
    union all select x.s, y.s, x.w * y.w * (select weight from c_tie where kind = 'sibling') from aff x join aff y on x.p = y.p and x.s <> y.s) u group by 1, 2;
insert into part select i.id, inc.city, 'affiliation', greatest(coalesce(max(tie.w), 0), avg((inc.ministry is not distinct from i.ministry and i.ministry is not null)::int))
  from c_inst i join inc on inc.id <> i.id left join tie on tie.a = i.id and tie.b = inc.id group by 1, 2;
create temp table w(part text, w numeric); insert into w values ('localization',.15),('relatedness',.10),('linkage',.10),('complementarity',.45),('affiliation',.20);
create temp table score as select id, city, round((sum(w * v::numeric) / sum(w))::numeric, 9) score, sum(w) coverage from part join w using (part) group by 1, 2;

-- The leaves of Naju's scores, and their largest remainders
create temp table leaf as
  select id, part, own, partner_sector, partner, f.w / t.w * v as v from (
    select n.id, 'localization' part, n.code own, 'group:' || g.grp partner_sector, null::text partner, n.a * cq.q / (1 + cq.q) v
      from t_own n join sec using (code) join c_group g using (section) join cq on cq.grp = g.grp and cq.city = 'NJ'
    union all
    select n.id, 'relatedness', n.code, 'group:' || p.t, null, n.a * (p.phi / s.phi)
      from t_own n join sec using (code) join c_group g using (section) join phi p on p.g = g.grp and p.t <> p.g
      join (select g, sum(phi) phi from phi where g <> t group by 1) s on s.g = g.grp join cq on cq.grp = p.t and cq.city = 'NJ' and cq.b
    union all
    select n.id, 'linkage', n.code, 'io:' || g.t, null, sum(n.a * m.w * g.g * least(1, cq.q))
      from t_own n join iomap m using (code) join g on g.s = m.io_row join iog on iog.io_row = g.t join cq on cq.grp = iog.grp and cq.city = 'NJ' group by 1, 2, 3, 4
    union all
    select n.id, 'complementarity', n.code, o.code, b.pid, n.a * k.k * o.a / (x.nn * y.nn) / c.n
      from nb b join (select id, count(*) n from nb where city = 'NJ' group by 1) c using (id) join t_own n using (id) join t_norm o on o.id = b.pid
      join kk k on k.s = n.code and k.t = o.code and k.k > 0 join nn x on x.id = n.id join nn y on y.id = b.pid where b.city = 'NJ'
    union all
    select id, 'affiliation', null, null, pid, v from (
      select i.id, j.id pid, tie.w v, row_number() over (partition by i.id order by tie.w desc, j.id) r, s.v best, 'tie' how
        from c_inst i join inc j on j.city = 'NJ' and j.id <> i.id join tie on tie.a = i.id and tie.b = j.id join part s on s.id = i.id and s.city = 'NJ' and s.part = 'affiliation') z
      where r = 1 and v = best
    union all
    select i.id, 'affiliation', null, null, j.id, 1.0::float8 / (select count(*) from inc o where o.city = 'NJ' and o.id <> i.id)
      from c_inst i join inc j on j.city = 'NJ' and j.id <> i.id and j.ministry = i.ministry join part s on s.id = i.id and s.city = 'NJ' and s.part = 'affiliation'
      where s.v > coalesce((select max(w) from tie join inc o on o.id = tie.b and o.city = 'NJ' where tie.a = i.id and o.id <> i.id), 0)
  ) l join (select part, w::float8 w from w) f using (part) cross join (select sum(w)::float8 w from w) t where v <> 0;
create temp table unit as
  select l.*, floor(round(v::numeric, 15) * 1e9) units, round(v::numeric, 15) * 1e9 - floor(round(v::numeric, 15) * 1e9) remainder from leaf l;
create temp table share as
  select u.*, (units + (row_number() over (partition by u.id order by remainder desc, part collate "C", own collate "C", partner_sector collate "C", partner collate "C")
                 <= s.score * 1e9 - sum(units) over (partition by u.id))::int) / 1e9 as contribution
  from unit u join score s on s.id = u.id and s.city = 'NJ';

SELECT no_plan();

SELECT is(count(*), 4914::bigint, 'every institution meets every city') FROM naju.synergy_score;
SELECT is_empty($$
    SELECT p.institution_id, p.city_id, p.part, p.value, r.v FROM naju.synergy_part p
    FULL JOIN part r ON r.id = p.institution_id AND r.city = p.city_id AND r.part = p.part
    WHERE p.weight IS DISTINCT FROM 0 AND NOT coalesce(abs(p.value - r.v) <= 1e-12, p.value IS NULL AND r.v IS NULL)$$,
    'parts agree to 1e-12');
SELECT is_empty($$
    SELECT s.institution_id, s.city_id, s.score, r.score FROM naju.synergy_score s
    FULL JOIN score r ON r.id = s.institution_id AND r.city = s.city_id
    WHERE (s.score, s.coverage) IS DISTINCT FROM (r.score, r.coverage)$$, 'scores and coverage agree exactly');
SELECT is_empty($$
    SELECT p.institution_id, p.city_id FROM naju.synergy_part p JOIN naju.synergy_score s USING (institution_id, city_id)
    GROUP BY 1, 2 HAVING sum(p.contribution) IS DISTINCT FROM min(s.score)$$, 'contributions of the parts add up to the score, all pairs');
CREATE TEMP TABLE reason AS SELECT * FROM naju.synergy_reason WHERE city_id = 'NJ';
SELECT is_empty($$
    SELECT r.institution_id FROM reason r JOIN naju.synergy_score s USING (institution_id, city_id)
    GROUP BY 1 HAVING sum(r.contribution) IS DISTINCT FROM min(s.score)$$, 'so do the reasons');
SELECT is_empty($$
    SELECT p.institution_id, p.part FROM naju.synergy_part p
    LEFT JOIN (SELECT institution_id, part, sum(contribution) AS sum FROM reason GROUP BY 1, 2) r USING (institution_id, part)
    WHERE p.city_id = 'NJ' AND p.value IS NOT NULL AND p.contribution <> coalesce(r.sum, 0)$$, 'a part contributes the sum of its reasons');
SELECT is_empty($$
    SELECT coalesce(r.institution_id, x.id), r.part, r.own_sector, r.partner_sector, r.partner_id, r.contribution, x.contribution
    FROM reason r FULL JOIN share x ON x.id = r.institution_id AND x.part = r.part AND x.own IS NOT DISTINCT FROM r.own_sector
     AND x.partner_sector IS NOT DISTINCT FROM r.partner_sector AND x.partner IS NOT DISTINCT FROM r.partner_id
    WHERE r.contribution IS DISTINCT FROM x.contribution$$, 'every leaf of Naju''s scores agrees exactly');

-- What is known of the sample
SELECT is((SELECT count(*) FROM naju.city_partner WHERE city_id = 'NJ' AND kind = 'incumbent'), 17::bigint, 'Naju''s incumbents: the 16 and KEPCO MCS');
SELECT is((SELECT count(*) FROM naju.synergy_rank WHERE city_id = 'NJ' AND candidate_kind = 'capital'), 151::bigint, '151 candidates of the capital area');
SELECT is((SELECT count(DISTINCT score) FROM naju.synergy_rank WHERE city_id = 'NJ' AND candidate_kind = 'capital'), 129::bigint, '129 distinct scores');
SELECT set_eq($$SELECT institution_id FROM naju.synergy_rank WHERE city_id = 'NJ' AND candidate_kind = 'affiliate'$$,
    $$SELECT s FROM aff WHERE p = 'I001' AND s NOT IN (SELECT id FROM inc WHERE city = 'NJ')$$, 'affiliates: KEPCO''s subsidiaries that are not in Naju');
SELECT is((SELECT count(*) FROM naju.synergy_rank WHERE city_id = 'NJ' AND candidate_kind = 'affiliate'), 8::bigint, 'eight of them');

-- Ranks
SELECT is_empty($$
    SELECT institution_id, rank_in_city, tied_with FROM naju.synergy_rank r
    JOIN (SELECT id, rank() OVER (ORDER BY score DESC) AS rank, count(*) OVER (PARTITION BY score) - 1 AS tied
          FROM score WHERE city = 'NJ' AND id IN (SELECT id FROM c_inst WHERE status = 'capital')) x ON x.id = r.institution_id
    WHERE r.city_id = 'NJ' AND r.candidate_kind = 'capital' AND (r.rank_in_city, r.tied_with) IS DISTINCT FROM (x.rank, x.tied)$$, 'ranks and ties in Naju');
SELECT is_empty($$
    SELECT r.institution_id, r.city_id FROM naju.synergy_rank r JOIN (
        SELECT a.id, a.city, 1 + count(*) FILTER (WHERE b.score > a.score) AS rank, a.score - max(b.score) AS margin,
               (array_agg(b.city ORDER BY b.score DESC, b.city COLLATE "C"))[1] AS runner_up
        FROM score a JOIN score b ON b.id = a.id AND b.city <> a.city AND b.coverage = 1 AND b.city <> 'SJ'
        WHERE a.coverage = 1 AND a.city <> 'SJ' GROUP BY a.id, a.city, a.score) x ON x.id = r.institution_id AND x.city = r.city_id
    WHERE (r.rank_of_city, r.margin, r.runner_up_city_id) IS DISTINCT FROM (x.rank, x.margin, x.runner_up)$$, 'rank of the city, runner-up and margin');
SELECT set_eq($$SELECT DISTINCT city_id, not_comparable_en FROM naju.synergy_rank WHERE NOT comparable AND candidate_kind = 'capital'$$,
    $$VALUES ('SJ', 'the city does not compete'), ('CN', 'coverage 0.35, where the best of this institution is 1')$$, 'cities that are not comparable, and why');
SELECT is_empty($$SELECT FROM naju.synergy_rank WHERE NOT comparable AND (rank_of_city, margin, runner_up_city_id) IS DISTINCT FROM (NULL, NULL, NULL)$$,
    'they have no rank among the cities');

-- The same bytes with workers: costs are set so that the plan has a Gather
CREATE FUNCTION pg_temp.bytes() RETURNS text LANGUAGE sql AS $$
    SELECT md5(string_agg(t::text, E'\n' ORDER BY t.row_key COLLATE "C")) FROM (
        SELECT row_key, r::text FROM naju.synergy_rank r
        UNION ALL SELECT row_key, p::text FROM naju.synergy_part p WHERE p.city_id = 'NJ'
        UNION ALL SELECT row_key, x::text FROM naju.synergy_reason x WHERE x.city_id = 'NJ' AND x.institution_id IN ('I281', 'I147')
        UNION ALL SELECT row_key, c::text FROM naju.city_sector c
        UNION ALL SELECT row_key, v::text FROM naju.provenance v) t $$;
CREATE FUNCTION pg_temp.gathers(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line ~ 'Gather' THEN RETURN NEXT line; END IF;
    END LOOP;
END $$;
SET max_parallel_workers_per_gather = 0;
SELECT pg_temp.bytes() AS serial \gset
SET max_parallel_workers_per_gather = 4;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET min_parallel_index_scan_size = 0;
SELECT isnt_empty($$SELECT pg_temp.gathers('SELECT * FROM naju.city_sector')$$, 'with these costs a plan has a Gather');
SELECT is(pg_temp.bytes(), :'serial', 'the same bytes with four workers');
RESET ALL;
SET search_path = public, innocity;

-- Invariants
SELECT is_empty($$SELECT FROM naju.synergy_neighbour WHERE partner_id = institution_id$$, 'an institution is never its own neighbour');
SELECT ok(bool_and(value BETWEEN 0 AND 1), 'every part is in [0,1]') FROM naju.synergy_part WHERE value IS NOT NULL;
CREATE TEMP TABLE before AS SELECT institution_id, city_id, score FROM naju.synergy_score;
CREATE FUNCTION pg_temp.changed() RETURNS SETOF text LANGUAGE sql AS $$
    SELECT format('%s %s: %s, now %s', b.institution_id, b.city_id, b.score, s.score)
    FROM before b JOIN naju.synergy_score s USING (institution_id, city_id) WHERE s.score IS DISTINCT FROM b.score $$;
BEGIN;
UPDATE naju.region_activity SET value = value * 3;
UPDATE naju.sector_flow SET value = value * 7;
UPDATE naju.sector_bridge SET weight = weight * 2;
SELECT count(*) AS changed FROM pg_temp.changed() \gset
ROLLBACK;
SELECT is(:changed, 0, 'other units change nothing');
BEGIN;
UPDATE naju.institution_sector SET weight = weight / 4 WHERE institution_id < 'I200';
UPDATE naju.asset_sector SET weight = weight * 2;
SELECT count(*) AS changed FROM pg_temp.changed() \gset
SELECT count(*) AS told FROM naju.plan_problem WHERE problem = 'profile_sum' \gset
ROLLBACK;
SELECT is(:changed, 0, 'only the proportions of a profile count');
SELECT cmp_ok(:told, '>', 0, 'and plan_problem tells');
CREATE TEMP TABLE shuffled AS SELECT * FROM naju.institution_sector ORDER BY md5(institution_id || sector::text);
DELETE FROM naju.institution_sector;
INSERT INTO naju.institution_sector SELECT * FROM shuffled;
SELECT is_empty('SELECT pg_temp.changed()', 'the order of the rows changes nothing');

SELECT * FROM finish();
