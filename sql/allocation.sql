-- allocation: answers in full, and what is refused, and how
\set VERBOSITY default
\set SHOW_CONTEXT never
\set cells 'ARRAY[(''kepco'', ''naju'', 9.5), (''kepco'', ''jinju'', 4), (''kdn'', ''naju'', 7), (''kdn'', ''jinju'', 6.25), (''lh'', ''naju'', 3), (''lh'', ''jinju'', 8)]::allocation_cell[]'
\set institutions 'ARRAY[(''kepco'', 100, ''energy'', NULL), (''kdn'', 50, ''energy'', NULL), (''lh'', 80, ''land'', NULL)]::allocation_institution[]'
\set cities 'ARRAY[(''naju'', 200, 2, 1, ''jeonnam''), (''jinju'', 90, NULL, NULL, ''gyeongnam'')]::allocation_city[]'
CREATE TEMP TABLE answer AS
SELECT allocate(:cells, :institutions, :cities, ARRAY[('kepco', 'kdn', 2)]::allocation_bonus[]) AS a;
SELECT x.* FROM answer, assignments(a) x;
SELECT x.* FROM answer, certificate(a) x;
SELECT x.* FROM answer, shadow_prices(a) x;
SELECT x.* FROM answer, alternatives(a) x;
SELECT x.* FROM answer, shares(a) x;
SELECT measure, round(gini::numeric, 6) AS gini, smallest_city, round(smallest_share::numeric, 6) AS smallest, largest_city, round(largest_share::numeric, 6) AS largest
  FROM answer, fairness(a) x;
SELECT x.* FROM answer, conflicts(a) x;
-- infeasible: named, in words
SELECT x.* FROM conflicts(allocate(:cells, :institutions, ARRAY[('naju', 90, 2, 1, NULL), ('jinju', 90, NULL, NULL, NULL)]::allocation_city[])) x;
SELECT x.* FROM certificate(allocate(:cells, :institutions, ARRAY[('naju', 90, 2, 1, NULL), ('jinju', 90, NULL, NULL, NULL)]::allocation_city[])) x;
SELECT x.* FROM conflicts(allocate(:cells, :institutions, :cities, '{}', '{}', ARRAY[('naju', 'water', 1, NULL, NULL)]::allocation_quota[])) x;
SELECT x.* FROM conflicts(allocate('{}', ARRAY[('lh', 1, NULL, NULL)]::allocation_institution[], :cities)) x;
-- nothing, and NULL
SELECT allocate('{}', '{}', '{}');
SELECT allocate(NULL, '{}', '{}') IS NULL AS nothing;
SELECT * FROM assignments(NULL);
-- the judge
SELECT * FROM allocation_check(:cells, :institutions, :cities, plan => ARRAY[('kepco', 'jinju'), ('kdn', 'jinju')]::allocation_place[]);
SELECT * FROM allocation_check(ARRAY[('a', 'X', 1), ('b', 'X', 1), ('c', 'Y', 1)]::allocation_cell[],
  ARRAY[('a', NULL, 'e', 'g'), ('b', 5, NULL, 'g'), ('c', 5, NULL, NULL)]::allocation_institution[], ARRAY[('X', 4, 1, NULL, 'p'), ('Y', 100, NULL, 2, 'p')]::allocation_city[],
  rules => ARRAY[('a', 'Y', 'forced', NULL), ('b', 'Y', 'forbidden', NULL), ('a', NULL, 'together', 'c'), ('b', NULL, 'apart', 'c')]::allocation_rule[],
  quotas => ARRAY[('X', 'e', 2, NULL, NULL), (NULL, NULL, NULL, 2, 'p')]::allocation_quota[],
  plan => ARRAY[('a', 'X'), ('b', 'Y'), ('c', 'Y')]::allocation_place[]);
SELECT allocation_objective(:cells, :institutions, :cities, ARRAY[('kepco', 'kdn', 2)]::allocation_bonus[], plan => ARRAY[('kepco', 'naju'), ('kdn', 'naju')]::allocation_place[]);
-- the model
SELECT allocation_mps(:cells, :institutions, :cities, ARRAY[('kepco', 'kdn', 2)]::allocation_bonus[], ARRAY[('lh', 'naju', 'forbidden', NULL), ('lh', NULL, 'apart', 'kdn')]::allocation_rule[]);
-- A city that must take more than it may: no plan keeps it, in the model neither.
WITH model(line) AS (SELECT string_to_table(allocation_mps(ARRAY[('a', 'X', 1), ('b', 'X', 1)]::allocation_cell[], ARRAY[('a', 1, NULL, NULL), ('b', 1, NULL, NULL)]::allocation_institution[],
  ARRAY[('X', NULL, 1, 2, NULL)]::allocation_city[]), E'\n'))
SELECT line FROM model WHERE line ~ 'never|range';
-- refused: identifiers
SELECT allocate(:cells, ARRAY[('lh', 1, NULL, NULL), ('lh', 2, NULL, NULL)]::allocation_institution[], :cities);
SELECT allocate(:cells, ARRAY[('lh', 1, NULL, NULL), (NULL, 2, NULL, NULL)]::allocation_institution[], :cities);
SELECT allocate(:cells, ARRAY[('lh', 1, NULL, '')]::allocation_institution[], :cities);
SELECT allocate(:cells, :institutions, ARRAY[('naju', 1, NULL, NULL, NULL), NULL]::allocation_city[]);
SELECT allocate(ARRAY[('lh', 'seoul', 1)]::allocation_cell[], :institutions, :cities);
SELECT allocate(ARRAY[('koica', 'naju', 1)]::allocation_cell[], :institutions, :cities);
SELECT allocate(ARRAY[('lh', 'naju', 1), ('lh', 'naju', 2)]::allocation_cell[], :institutions, :cities);
SELECT allocate(:cells, :institutions, :cities, ARRAY[('lh', 'kdn', 1), ('kdn', 'lh', 2)]::allocation_bonus[]);
SELECT allocate(:cells, :institutions, :cities, ARRAY[('lh', 'lh', 1)]::allocation_bonus[]);
-- refused: numbers
SELECT allocate(ARRAY[('lh', 'naju', NULL)]::allocation_cell[], :institutions, :cities);
SELECT allocate(ARRAY[('lh', 'naju', 'NaN')]::allocation_cell[], :institutions, :cities);
SELECT allocate(ARRAY[('lh', 'naju', 1e300)]::allocation_cell[], :institutions, :cities);
SELECT allocate(:cells, :institutions, ARRAY[('naju', -1, NULL, NULL, NULL)]::allocation_city[]);
SELECT allocate(:cells, :institutions, :cities, effort => 0);
SELECT allocate(:cells, :institutions, :cities, change_penalty => -1);
-- refused: rules and quotas
SELECT allocate(:cells, :institutions, :cities, rules => ARRAY[('lh', 'naju', 'must', NULL)]::allocation_rule[]);
SELECT allocate(:cells, :institutions, :cities, rules => ARRAY[('lh', 'naju', 'forced', 'kdn')]::allocation_rule[]);
SELECT allocate(:cells, :institutions, :cities, rules => ARRAY[('lh', NULL, 'apart', 'lh')]::allocation_rule[]);
SELECT allocate(:cells, :institutions, :cities, rules => ARRAY[('lh', NULL, 'apart', 'kdn'), ('kdn', NULL, 'apart', 'lh')]::allocation_rule[]);
SELECT allocate(:cells, :institutions, :cities, quotas => ARRAY[('naju', NULL, 1, NULL, 'jeonnam')]::allocation_quota[]);
SELECT allocate(:cells, :institutions, :cities, quotas => ARRAY[(NULL, NULL, 1, NULL, 'jeju')]::allocation_quota[]);
SELECT allocate(:cells, :institutions, :cities, quotas => ARRAY[('naju', NULL, 1, NULL, NULL), ('naju', NULL, 2, NULL, NULL)]::allocation_quota[]);
SELECT allocation_check(:cells, :institutions, :cities, plan => ARRAY[('lh', 'naju'), ('lh', 'jinju')]::allocation_place[]);
-- how the planner sees it
SELECT proname, provolatile, proparallel, procost, proisstrict FROM pg_proc WHERE proname = 'allocate';
