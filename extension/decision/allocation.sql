-- allocation: which institution goes to which city, with a proven bound

CREATE TYPE allocation_cell AS (
    institution text,
    city text,
    score float8
);
COMMENT ON TYPE allocation_cell IS
'The score of an institution in a city, as ROW(institution, city, score)::allocation_cell; finite, kept to nine decimals. Where there is no cell the institution cannot go.';

CREATE TYPE allocation_institution AS (
    institution text,
    headcount bigint,
    category text,
    move_group text
);
COMMENT ON TYPE allocation_institution IS
'An institution to place. headcount: persons, NULL = not known (it takes a place, but nothing of a capacity). category: what quotas count. move_group: institutions of one group go to one city. The last two may be NULL.';

CREATE TYPE allocation_city AS (
    city text,
    capacity bigint,
    max_count integer,
    min_count integer,
    province text
);
COMMENT ON TYPE allocation_city IS
'A city: most persons (capacity), most and fewest institutions, NULL = no limit; province: what quotas of a province count, may be NULL.';

CREATE TYPE allocation_bonus AS (
    institution_a text,
    institution_b text,
    bonus float8
);
COMMENT ON TYPE allocation_bonus IS
'What two institutions bring more when they share a city; negative: less. In the unit of the scores, finite; one row a pair, in either order.';

CREATE TYPE allocation_rule AS (
    institution text,
    city text,
    rule text,
    other text
);
COMMENT ON TYPE allocation_rule IS
'rule forced or forbidden: institution and city (other NULL). rule together or apart: institution and other (city NULL).';

CREATE TYPE allocation_quota AS (
    city text,
    category text,
    min_count integer,
    max_count integer,
    province text
);
COMMENT ON TYPE allocation_quota IS
'Fewest and most institutions (NULL = no limit) of one category (NULL = of all) in a city or in the cities of a province; exactly one of city and province is given.';

CREATE TYPE allocation_place AS (
    institution text,
    city text
);
COMMENT ON TYPE allocation_place IS
'One line of a plan: an institution and its city.';

CREATE TYPE allocation_move AS (
    institution text,
    city text,
    score numeric,
    bonus numeric,
    changed boolean
);
COMMENT ON TYPE allocation_move IS
'One line of an answer; see assignments(allocation).';

CREATE TYPE allocation_limit AS (
    rule text,
    city text,
    price float8,
    province text,
    category text,
    used bigint,
    allowed bigint
);
COMMENT ON TYPE allocation_limit IS
'One limit and what more of it is worth; see shadow_prices(allocation).';

CREATE TYPE allocation_option AS (
    institution text,
    city text,
    second_city text,
    exchange_with text,
    cost numeric
);
COMMENT ON TYPE allocation_option IS
'One institution''s next best place; see alternatives(allocation).';

CREATE TYPE allocation_share AS (
    city text,
    institutions bigint,
    headcount bigint,
    score numeric
);
COMMENT ON TYPE allocation_share IS
'What one city gets; see shares(allocation).';

CREATE TYPE allocation_cause AS (
    rule text,
    detail text,
    institution text,
    other text,
    city text
);
COMMENT ON TYPE allocation_cause IS
'One of the rules that cannot be kept together; see conflicts(allocation).';

CREATE TYPE allocation AS (
    status text,
    objective numeric,
    bound numeric,
    gap float8,
    seed bigint,
    effort bigint,
    place_rows allocation_move[],
    price_rows allocation_limit[],
    option_rows allocation_option[],
    share_rows allocation_share[],
    conflict_rows allocation_cause[]
);
COMMENT ON TYPE allocation IS
'The answer of allocate(): certificate, plan, prices, alternatives, shares and conflicts; read by the functions of these names.';

CREATE FUNCTION allocate(
    cells allocation_cell[],
    institutions allocation_institution[],
    cities allocation_city[],
    bonuses allocation_bonus[] DEFAULT '{}',
    rules allocation_rule[] DEFAULT '{}',
    quotas allocation_quota[] DEFAULT '{}',
    effort bigint DEFAULT 10000000,
    seed bigint DEFAULT 1,
    previous allocation_place[] DEFAULT '{}',
    change_penalty float8 DEFAULT 0)
RETURNS allocation
AS 'MODULE_PATHNAME', 'innocity_allocate'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION allocate(allocation_cell[], allocation_institution[], allocation_city[], allocation_bonus[], allocation_rule[], allocation_quota[], bigint, bigint, allocation_place[], float8) IS
'The plan that puts every institution into one city, keeps all rules and has the largest sum of scores and bonuses (less change_penalty for each institution that leaves its previous city), with a bound that no plan can pass. effort: elementary steps, some millions a second. The same input, effort and seed give the same bytes whatever the order of the rows. NULL argument: NULL.';

CREATE FUNCTION assignments(
    a allocation,
    OUT institution text,
    OUT city text,
    OUT score numeric,
    OUT bonus numeric,
    OUT changed boolean)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    SELECT r.institution, r.city, r.score, r.bonus, r.changed FROM unnest((a).place_rows) r;
END;
COMMENT ON FUNCTION assignments(allocation) IS
'The plan, one row an institution in byte order: its city, the score there, its half of the bonuses with those that share the city, and whether it leaves its previous city (NULL: it had none). The sum of score and bonus, less the change penalties, is the objective. No plan: no rows.';

CREATE FUNCTION certificate(
    a allocation,
    OUT status text,
    OUT objective numeric,
    OUT bound numeric,
    OUT gap float8,
    OUT seed bigint,
    OUT effort bigint)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 1
BEGIN ATOMIC
    SELECT (a).status, (a).objective, (a).bound, (a).gap, (a).seed, (a).effort;
END;
COMMENT ON FUNCTION certificate(allocation) IS
'One row. status: optimal (proven), feasible (a plan and a bound), infeasible (proven: no plan keeps the rules), unknown (neither found nor refuted within the effort). objective is recomputed from the plan, no plan is worth more than bound, gap = (bound - objective) / |objective|.';

CREATE FUNCTION shadow_prices(
    a allocation,
    OUT rule text,
    OUT city text,
    OUT price float8,
    OUT province text,
    OUT category text,
    OUT used bigint,
    OUT allowed bigint)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 50
BEGIN ATOMIC
    SELECT r.rule, r.city, r.price, r.province, r.category, r.used, r.allowed FROM unnest((a).price_rows) r;
END;
COMMENT ON FUNCTION shadow_prices(allocation) IS
'The rules that bind: capacity (price of one head), max_count, min_count, quota_min, quota_max (price of one place), with what the plan uses and what is allowed. price is the multiplier of the bound, >= 0, in the unit of the scores: about what one more (of a minimum: one fewer) would bring; exact for small changes of the linear relaxation, an estimate for whole institutions. Of a limit of 0: what the first would bring.';

CREATE FUNCTION alternatives(
    a allocation,
    OUT institution text,
    OUT city text,
    OUT second_city text,
    OUT exchange_with text,
    OUT cost numeric)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    SELECT r.institution, r.city, r.second_city, r.exchange_with, r.cost FROM unnest((a).option_rows) r;
END;
COMMENT ON FUNCTION alternatives(allocation) IS
'For each institution the best change that takes it (with its move group) to another city and keeps all rules: alone, or in exchange with another institution; cost is the value lost, in the unit of the scores. Its twelve best cities are tried. NULL: no such change.';

CREATE FUNCTION shares(
    a allocation,
    OUT city text,
    OUT institutions bigint,
    OUT headcount bigint,
    OUT score numeric)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 12
BEGIN ATOMIC
    SELECT r.city, r.institutions, r.headcount, r.score FROM unnest((a).share_rows) r;
END;
COMMENT ON FUNCTION shares(allocation) IS
'What each city gets in the plan: number of institutions, persons where known, sum of scores (without bonuses).';

CREATE FUNCTION fairness(
    a allocation,
    OUT measure text,
    OUT gini float8,
    OUT smallest_city text,
    OUT smallest_share float8,
    OUT largest_city text,
    OUT largest_share float8)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 2
BEGIN ATOMIC
    WITH amount AS (
        SELECT m.measure, m.ordinal, s.city, m.value,
               row_number() OVER (PARTITION BY m.ordinal ORDER BY m.value, s.city COLLATE "C") AS i,
               row_number() OVER (PARTITION BY m.ordinal ORDER BY m.value DESC, s.city COLLATE "C") AS from_top,
               count(*) OVER (PARTITION BY m.ordinal) AS n,
               sum(m.value) OVER (PARTITION BY m.ordinal) AS total
          FROM unnest((a).share_rows) s,
               LATERAL (VALUES (1, 'institutions', s.institutions), (2, 'headcount', s.headcount)) m (ordinal, measure, value))
    SELECT measure,
           (sum((2 * i - n - 1) * value) / nullif(n * total, 0))::float8,
           min(city) FILTER (WHERE i = 1),
           (min(value) / nullif(total, 0))::float8,
           min(city) FILTER (WHERE from_top = 1),
           (max(value) / nullif(total, 0))::float8
      FROM amount
     GROUP BY ordinal, measure, n, total
     ORDER BY ordinal;
END;
COMMENT ON FUNCTION fairness(allocation) IS
'How evenly the plan shares out institutions and persons, one row each: Gini of the cities'' amounts (0 = equal), the smallest and the largest share (of 1) and their cities (equal ones: first in byte order). NULL when there is nothing to share.';

CREATE FUNCTION conflicts(
    a allocation,
    OUT rule text,
    OUT detail text,
    OUT institution text,
    OUT other text,
    OUT city text)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 5
BEGIN ATOMIC
    SELECT r.rule, r.detail, r.institution, r.other, r.city FROM unnest((a).conflict_rows) r;
END;
COMMENT ON FUNCTION conflicts(allocation) IS
'When status is infeasible: a small set of rules that cannot be kept together, in words. Loosening one of them breaks this set; there may be others. Institutions are listed (rule assigned, cell) where few of them are enough.';

CREATE FUNCTION allocation_check(
    cells allocation_cell[],
    institutions allocation_institution[],
    cities allocation_city[],
    bonuses allocation_bonus[] DEFAULT '{}',
    rules allocation_rule[] DEFAULT '{}',
    quotas allocation_quota[] DEFAULT '{}',
    plan allocation_place[] DEFAULT '{}',
    OUT rule text,
    OUT detail text,
    OUT institution text,
    OUT other text,
    OUT city text,
    OUT used bigint,
    OUT allowed bigint)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_allocation_check'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 5;
COMMENT ON FUNCTION allocation_check(allocation_cell[], allocation_institution[], allocation_city[], allocation_bonus[], allocation_rule[], allocation_quota[], allocation_place[]) IS
'Judges any plan: one row a broken rule, with what the plan uses and what is allowed; no rows: it keeps them all. NULL argument: no rows.';

CREATE FUNCTION allocation_objective(
    cells allocation_cell[],
    institutions allocation_institution[],
    cities allocation_city[],
    bonuses allocation_bonus[] DEFAULT '{}',
    rules allocation_rule[] DEFAULT '{}',
    quotas allocation_quota[] DEFAULT '{}',
    plan allocation_place[] DEFAULT '{}')
RETURNS numeric
AS 'MODULE_PATHNAME', 'innocity_allocation_objective'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION allocation_objective(allocation_cell[], allocation_institution[], allocation_city[], allocation_bonus[], allocation_rule[], allocation_quota[], allocation_place[]) IS
'What any plan is worth: the scores of its cells (an absent cell counts 0) and the bonuses of pairs that share a city, whether it keeps the rules or not. NULL argument: NULL.';

CREATE FUNCTION allocation_mps(
    cells allocation_cell[],
    institutions allocation_institution[],
    cities allocation_city[],
    bonuses allocation_bonus[] DEFAULT '{}',
    rules allocation_rule[] DEFAULT '{}',
    quotas allocation_quota[] DEFAULT '{}')
RETURNS text
AS 'MODULE_PATHNAME', 'innocity_allocation_mps'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION allocation_mps(allocation_cell[], allocation_institution[], allocation_city[], allocation_bonus[], allocation_rule[], allocation_quota[]) IS
'The model as free-format MPS for outside solvers (to be minimised: values are negated), with the rows that keep its linear relaxation tight under bonuses. Column x_I_J: institution I goes to city J, numbered from 1 in byte order of their ids. NULL argument: NULL.';

CREATE FUNCTION allocation_read(
    institutions allocation_institution[],
    cities allocation_city[],
    solution text)
RETURNS SETOF allocation_place
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    WITH i AS (SELECT r.institution, row_number() OVER (ORDER BY r.institution COLLATE "C") AS number FROM unnest(institutions) r),
         c AS (SELECT r.city, row_number() OVER (ORDER BY r.city COLLATE "C") AS number FROM unnest(cities) r)
    SELECT i.institution, c.city
      FROM regexp_matches(solution, 'x_([0-9]+)_([0-9]+)[[:space:]*]+([0-9.eE+-]+)', 'g') m
      JOIN i ON i.number = (m[1])::bigint
      JOIN c ON c.number = (m[2])::bigint
     WHERE (m[3])::float8 > 0.5
     ORDER BY i.number, c.number;
END;
COMMENT ON FUNCTION allocation_read(allocation_institution[], allocation_city[], text) IS
'The plan in an outside solver''s solution file of an allocation_mps model (CBC, GLPK, HiGHS: a column''s name followed by its value), for allocation_check and allocation_objective. NULL argument: no rows.';
