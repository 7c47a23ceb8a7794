-- roadmap: published networks, independent recomputation in SQL, brute force over all orders of work
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
SELECT no_plan();

-- Reliable Construction Co.: Hillier, Lieberman, Introduction to Operations Research (7th ed. 2001), chapter 10: 44 weeks, critical path
-- A B C E F J L N, and the slacks of its other activities.
CREATE TEMP TABLE construction AS
SELECT * FROM (VALUES ('A', 2), ('B', 4), ('C', 10), ('D', 6), ('E', 4), ('F', 5), ('G', 7), ('H', 9), ('I', 7), ('J', 8), ('K', 4),
  ('L', 5), ('M', 2), ('N', 6)) t (task, duration);
CREATE TEMP TABLE construction_link AS
SELECT * FROM (VALUES ('A', 'B'), ('B', 'C'), ('C', 'D'), ('C', 'E'), ('E', 'F'), ('D', 'G'), ('E', 'H'), ('G', 'H'), ('C', 'I'),
  ('F', 'J'), ('I', 'J'), ('J', 'K'), ('J', 'L'), ('H', 'M'), ('K', 'N'), ('L', 'N')) t (a, b);
CREATE TEMP VIEW construction_path AS
SELECT p.* FROM critical_path(ARRAY(SELECT (task, duration)::roadmap_task FROM construction),
                              ARRAY(SELECT (a, b, 'FS', 0)::roadmap_link FROM construction_link)) p;
SELECT is(max(earliest_finish), 44::float8, 'Hillier-Lieberman: 44 weeks') FROM construction_path;
SELECT is(string_agg(task, ' ' ORDER BY task), 'A B C E F J L N', 'Hillier-Lieberman: the critical path')
FROM construction_path WHERE critical;
SELECT is(string_agg(task || total_float, ' ' ORDER BY task), 'D4 G4 H4 I2 K1 M4', 'Hillier-Lieberman: slacks')
FROM construction_path WHERE NOT critical;

-- Milwaukee Paper Manufacturing: Heizer, Render, Operations Management, chapter 3: 15 weeks, slack B 1, D 1, F 6
CREATE TEMP TABLE paper AS
SELECT * FROM (VALUES ('A', 1, 2, 3), ('B', 2, 3, 4), ('C', 1, 2, 3), ('D', 2, 4, 6), ('E', 1, 4, 7), ('F', 1, 2, 9), ('G', 3, 4, 11),
  ('H', 1, 2, 3)) t (task, a, m, b);
CREATE TEMP TABLE paper_link AS
SELECT * FROM (VALUES ('A', 'C'), ('A', 'D'), ('B', 'D'), ('C', 'E'), ('C', 'F'), ('D', 'G'), ('E', 'G'), ('F', 'H'), ('G', 'H')) t (a, b);
CREATE TEMP VIEW paper_path AS
SELECT p.* FROM critical_path(ARRAY(SELECT (task, (a + 4 * m + b) / 6.0)::roadmap_task FROM paper),
                              ARRAY(SELECT (a, b, 'FS', 0)::roadmap_link FROM paper_link)) p;
SELECT is(max(earliest_finish), 15::float8, 'Heizer-Render: 15 weeks') FROM paper_path;
SELECT is(string_agg(task || total_float, ' ' ORDER BY task), 'B1 D1 F6', 'Heizer-Render: slack')
FROM paper_path WHERE NOT critical;

-- every kind of link, worked by hand: a = 5 days, b = 3 days; the start of b
SELECT is(p.earliest_start, expected::float8, kind || ' with lag ' || lag)
FROM (VALUES ('FS', 2, 7), ('SS', 2, 2), ('FF', 2, 4), ('SF', 2, 0), ('FS', -2, 3), ('SF', 9, 6)) t (kind, lag, expected),
     critical_path(ARRAY[('a', 5), ('b', 3)]::roadmap_task[], ARRAY[ROW('a', 'b', kind, lag)::roadmap_link]) p
WHERE p.task = 'b';

-- constraints: b may not start before day 9, c must be done by day 10
SELECT results_eq($$
  SELECT task, earliest_start, latest_start, total_float, free_float, critical
  FROM critical_path(ARRAY[('a', 4), ('b', 2), ('c', 3)]::roadmap_task[],
                     ARRAY[('a', 'b', NULL, NULL), ('b', 'c', NULL, NULL)]::roadmap_link[],
                     ARRAY[('b', 'start_no_earlier', 9), ('c', 'deadline', 10)]::roadmap_constraint[])$$, $$
  VALUES ('a', 0::float8, 1::float8, 1::float8, 5::float8, false), ('b', 9, 5, -4, 0, true), ('c', 11, 7, -4, 0, true)$$,
  'start_no_earlier and deadline: negative float behind the deadline');

-- 60 networks of 8 tasks with every kind of link, against recursive queries over all paths
CREATE TEMP TABLE net AS
SELECT n, chr(96 + i) AS task, (n * 7919 + i * 104729) % 11 AS duration FROM generate_series(1, 60) n, generate_series(1, 8) i;
CREATE TEMP TABLE net_link AS
SELECT n, chr(96 + i) AS a, chr(96 + j) AS b, (ARRAY['FS', 'SS', 'FF', 'SF'])[1 + (n * 31 + i * 7 + j * 13) % 4] AS kind,
       (n * 17 + i * 5 + j * 3) % 7 - 3 AS lag
FROM generate_series(1, 60) n, generate_series(1, 8) i, generate_series(1, 8) j
WHERE i < j AND (n * 37 + i * 11 + j * 19) % 3 = 0;
CREATE TEMP TABLE net_gap AS
SELECT l.n, l.a, l.b,
       l.lag + CASE WHEN l.kind IN ('FS', 'FF') THEN p.duration ELSE 0 END
             - CASE WHEN l.kind IN ('FF', 'SF') THEN s.duration ELSE 0 END AS gap
FROM net_link l JOIN net p ON p.n = l.n AND p.task = l.a JOIN net s ON s.n = l.n AND s.task = l.b;
CREATE TEMP TABLE net_early AS
WITH RECURSIVE path AS (
  SELECT n, task, 0 AS start FROM net
  UNION
  SELECT g.n, g.b, greatest(p.start + g.gap, 0) FROM path p JOIN net_gap g ON g.n = p.n AND g.a = p.task)
SELECT n, task, max(start) AS start FROM path GROUP BY n, task;
CREATE TEMP TABLE net_late AS
WITH RECURSIVE finish AS (
  SELECT n, max(start + duration) AS finish FROM net_early JOIN net USING (n, task) GROUP BY n),
path AS (
  SELECT n, task, finish - duration AS start FROM net JOIN finish USING (n)
  UNION
  SELECT g.n, g.a, p.start - g.gap FROM path p JOIN net_gap g ON g.n = p.n AND g.b = p.task)
SELECT n, task, min(start) AS start FROM path GROUP BY n, task;
CREATE TEMP TABLE net_path AS
SELECT i.n, p.*
FROM (SELECT DISTINCT n FROM net) i,
     LATERAL critical_path(ARRAY(SELECT (t.task, t.duration)::roadmap_task FROM net t WHERE t.n = i.n),
                           ARRAY(SELECT (l.a, l.b, l.kind, l.lag)::roadmap_link FROM net_link l WHERE l.n = i.n)) p;
SELECT ok((SELECT count(DISTINCT kind) = 4 AND count(*) > 400 FROM net_link), 'the networks have every kind of link');
SELECT is_empty($$
  SELECT n, task FROM net_path JOIN net_early e USING (n, task) JOIN net_late l USING (n, task)
  WHERE earliest_start <> e.start OR latest_start <> l.start OR total_float <> l.start - e.start$$,
  'early and late dates equal the longest paths found by recursive queries');
SELECT is((SELECT count(*) FROM net_path), 480::bigint, 'a row a task');
-- free float: delaying a task alone by it moves nothing, by one more moves a successor or the end
SELECT is_empty($$
  SELECT p.n, p.task FROM net_path p JOIN net d USING (n, task)
  JOIN (SELECT n, max(earliest_finish) AS finish FROM net_path GROUP BY n) f USING (n)
  WHERE p.free_float <> least(f.finish - p.earliest_finish,
    (SELECT min(s.earliest_start - p.earliest_start - g.gap) FROM net_gap g JOIN net_path s ON s.n = g.n AND s.task = g.b
     WHERE g.n = p.n AND g.a = p.task))$$, 'free float is the least room to a successor''s early start or to the end');
SELECT set_eq($$
  SELECT p.* FROM critical_path(ARRAY(SELECT (task, duration)::roadmap_task FROM net WHERE n = 7 ORDER BY task DESC),
    ARRAY(SELECT (a, b, kind, lag)::roadmap_link FROM net_link WHERE n = 7 ORDER BY b, a DESC)) p$$,
  $$SELECT task, earliest_start, earliest_finish, latest_start, latest_finish, total_float, free_float, critical FROM net_path WHERE n = 7$$,
  'the order of rows does not matter');

-- fractions are exact: ten tenths are one
SELECT is(max(earliest_finish), 1::float8, 'ten tasks of 0.1 finish at 1')
FROM critical_path(ARRAY(SELECT (i::text, 0.1)::roadmap_task FROM generate_series(1, 10) i),
                   ARRAY(SELECT (i::text, (i + 1)::text, 'FS', 0)::roadmap_link FROM generate_series(1, 9) i));
SELECT is_empty($$SELECT * FROM critical_path('{}', '{}')$$, 'no tasks, no rows');

-- schedule: feasible, not below the bound, and optimal on small instances (every order of work by the serial method, in plpgsql)
CREATE TEMP TABLE job AS
SELECT n, chr(96 + i) AS task, 1 + (n * 13 + i * 29) % 6 AS duration, 1 + (n * 7 + i * 5) % 3 AS red, (n * 3 + i * 11) % 3 AS blue
FROM generate_series(1, 8) n, generate_series(1, 6) i;
CREATE TEMP TABLE job_link AS
SELECT n, chr(96 + i) AS a, chr(96 + j) AS b, (n + i) % 3 AS lag
FROM generate_series(1, 8) n, generate_series(1, 6) i, generate_series(1, 6) j WHERE i < j AND (n * 37 + i * 11 + j * 19) % 5 = 0;
CREATE FUNCTION pg_temp.shortest(job_set int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  orders text[];
  best int;
BEGIN
  -- all orders that respect the links
  WITH RECURSIVE o AS (
    SELECT '{}'::text[] AS done
    UNION ALL
    SELECT o.done || j.task FROM o JOIN job j ON j.n = job_set AND NOT j.task = ANY (o.done)
    WHERE NOT EXISTS (SELECT FROM job_link l WHERE l.n = job_set AND l.b = j.task AND NOT l.a = ANY (o.done)))
  SELECT array_agg(array_to_string(done, ',')) INTO orders FROM o WHERE cardinality(done) = 6;
  FOR i IN 1 .. cardinality(orders) LOOP
    DECLARE
      starts jsonb := '{}';
      length int := 0;
      current text;
      j record;
      start int;
    BEGIN
      FOREACH current IN ARRAY string_to_array(orders[i], ',') LOOP
        SELECT * INTO j FROM job WHERE job.n = job_set AND job.task = current;
        SELECT coalesce(max((starts ->> l.a)::int + p.duration + l.lag), 0) INTO start
        FROM job_link l JOIN job p ON p.n = l.n AND p.task = l.a WHERE l.n = job_set AND l.b = j.task;
        WHILE EXISTS (
          SELECT FROM generate_series(start, start + j.duration - 1) day, LATERAL (
            SELECT coalesce(sum(o.red), 0) AS red, coalesce(sum(o.blue), 0) AS blue FROM job o
            WHERE o.n = job_set AND starts ? o.task AND day >= (starts ->> o.task)::int AND day < (starts ->> o.task)::int + o.duration) u
          WHERE u.red + j.red > 4 OR u.blue + j.blue > 3) LOOP
          start := start + 1;
        END LOOP;
        starts := starts || jsonb_build_object(j.task, start);
        length := greatest(length, start + j.duration);
      END LOOP;
      best := least(best, length);
    END;
  END LOOP;
  RETURN best;
END $$;
CREATE TEMP TABLE job_schedule AS
SELECT i.n, s.*
FROM (SELECT DISTINCT n FROM job) i,
     LATERAL schedule(ARRAY(SELECT (j.task, j.duration)::roadmap_task FROM job j WHERE j.n = i.n),
                      ARRAY(SELECT (l.a, l.b, 'FS', l.lag)::roadmap_link FROM job_link l WHERE l.n = i.n),
                      ARRAY(SELECT (j.task, d.department, d.amount)::roadmap_demand FROM job j,
                            LATERAL (VALUES ('red', j.red), ('blue', j.blue)) d (department, amount) WHERE j.n = i.n),
                      ARRAY[('red', 4), ('blue', 3)]::roadmap_capacity[], effort => 20000) s;
SELECT is(max(project_finish), pg_temp.shortest(n)::float8, 'instance ' || n || ' is scheduled in the shortest time there is')
FROM job_schedule GROUP BY n ORDER BY n;
SELECT is_empty($$SELECT n FROM job_schedule GROUP BY n
  HAVING max(finish) <> max(project_finish) OR max(bound) > max(project_finish) OR min(gap) <> max(gap)
      OR abs(max(gap) - (max(project_finish) - max(bound)) / max(bound)) > 1e-12$$, 'finish, bound and gap agree');
SELECT is_empty($$
  SELECT l.* FROM job_link l JOIN job_schedule p ON p.n = l.n AND p.task = l.a JOIN job_schedule s ON s.n = l.n AND s.task = l.b
  WHERE s.start < p.finish + l.lag$$, 'no link is broken');
SELECT is_empty($$
  SELECT s.n, s.start FROM job_schedule s, LATERAL (
    SELECT sum(j.red) AS red, sum(j.blue) AS blue FROM job_schedule o JOIN job j USING (n, task)
    WHERE o.n = s.n AND s.start >= o.start AND s.start < o.finish) u WHERE u.red > 4 OR u.blue > 3$$, 'no department is overloaded');
SELECT is(project_finish, 7::float8, 'a milestone and a department without limit constrain nothing')
FROM schedule(ARRAY[('a', 4), ('b', 3), ('m', 0)]::roadmap_task[], ARRAY[('a', 'b', 'FS', 0), ('b', 'm', 'FS', 0)]::roadmap_link[],
              ARRAY[('a', 'x', 1), ('b', 'x', 5), ('m', 'y', 1)]::roadmap_demand[], ARRAY[('x', NULL), ('y', 1)]::roadmap_capacity[])
WHERE task = 'm';
SELECT results_eq($$SELECT task, start FROM schedule(ARRAY[('a', 2), ('b', 2)]::roadmap_task[], '{}',
    ARRAY[('a', 'x', 1), ('b', 'x', 1)]::roadmap_demand[], ARRAY[('x', 1)]::roadmap_capacity[],
    constraints => ARRAY[('b', 'deadline', 2)]::roadmap_constraint[])$$, $$VALUES ('a', 2::float8), ('b', 0)$$,
  'of equal lengths the one that keeps the deadline');
SELECT set_eq($$SELECT * FROM schedule(ARRAY(SELECT (task, duration)::roadmap_task FROM job WHERE n = 3 ORDER BY task DESC),
    '{}', ARRAY(SELECT (task, 'red', red)::roadmap_demand FROM job WHERE n = 3 ORDER BY task DESC), ARRAY[('red', 4)]::roadmap_capacity[])$$,
  $$SELECT * FROM schedule(ARRAY(SELECT (task, duration)::roadmap_task FROM job WHERE n = 3 ORDER BY task),
    '{}', ARRAY(SELECT (task, 'red', red)::roadmap_demand FROM job WHERE n = 3 ORDER BY task), ARRAY[('red', 4)]::roadmap_capacity[])$$,
  'the order of rows does not matter to the schedule');

-- simulation
CREATE TEMP TABLE paper_simulation AS
SELECT s.* FROM simulate_roadmap(ARRAY(SELECT (task, a, m, b)::roadmap_estimate FROM paper),
                                 ARRAY(SELECT (a, b, 'FS', 0)::roadmap_link FROM paper_link), 20000) s;
SELECT is((SELECT count(*) FROM paper_simulation WHERE task IS NULL), 1::bigint, 'one row is the project');
SELECT ok(abs(mean - 2) < 0.015, 'the mean of Beta-PERT is (a + 4 m + b) / 6') FROM paper_simulation WHERE task = 'A';
SELECT ok(mean > 15, 'the project takes longer than its most likely critical path') FROM paper_simulation WHERE task IS NULL;
SELECT ok(p50 <= p80 AND p80 <= p95 AND criticality BETWEEN 0 AND 1, 'percentiles rise: ' || coalesce(task, 'project')) FROM paper_simulation;
SELECT is(criticality, 1::float8, 'the last task is always critical') FROM paper_simulation WHERE task = 'H';
SELECT set_eq($$SELECT * FROM simulate_roadmap(ARRAY(SELECT (task, a, m, b)::roadmap_estimate FROM paper ORDER BY task DESC),
                  ARRAY(SELECT (a, b, 'FS', 0)::roadmap_link FROM paper_link ORDER BY b DESC), 20000)$$,
  $$SELECT * FROM paper_simulation$$, 'the same seed gives the same rows, whatever their order');
SELECT results_eq($$SELECT task, p50, p95, criticality FROM simulate_roadmap(ARRAY[('a', 2, 2, 2), ('b', 3, 3, 3)]::roadmap_estimate[],
    ARRAY[('a', 'b', 'FS', 1)]::roadmap_link[], 10)$$,
  $$VALUES ('a', 2::float8, 2::float8, 1::float8), ('b', 6, 6, 1), (NULL, 6, 6, 1)$$, 'certain durations: the critical path method');

SELECT * FROM finish();
