-- roadmap: what is refused, and how
\set VERBOSITY default
\set SHOW_CONTEXT never
-- a table, then nothing for NULL
SELECT * FROM critical_path(ARRAY[('petition', 10), ('sites', 15), ('bid', 5)]::roadmap_task[],
                            ARRAY[('petition', 'bid', 'FS', 2), ('sites', 'bid', 'SS', 5)]::roadmap_link[]);
SELECT * FROM critical_path(NULL, '{}');
-- tasks
SELECT * FROM critical_path(ARRAY[('a', 1), NULL]::roadmap_task[], '{}');
SELECT * FROM critical_path(ARRAY[('a', 1), (NULL, 2)]::roadmap_task[], '{}');
SELECT * FROM critical_path(ARRAY[('', 1)]::roadmap_task[], '{}');
SELECT * FROM critical_path(ARRAY[('a', NULL)]::roadmap_task[], '{}');
SELECT * FROM critical_path(ARRAY[('a', -1)]::roadmap_task[], '{}');
SELECT * FROM critical_path(ARRAY[('a', 'NaN')]::roadmap_task[], '{}');
SELECT * FROM critical_path(ARRAY[('a', 1e7)]::roadmap_task[], '{}');
SELECT * FROM critical_path(ARRAY[('b', 1), ('a', 1), ('b', 2)]::roadmap_task[], '{}');
SELECT * FROM critical_path(ARRAY[[('a', 1)], [('b', 1)]]::roadmap_task[], '{}');
SELECT * FROM critical_path(ARRAY[(repeat('나', 100), 1), (repeat('나', 100), 1)]::roadmap_task[], '{}');
-- links and constraints
SELECT * FROM critical_path(ARRAY[('a', 1)]::roadmap_task[], ARRAY[('a', 'z', 'FS', 0)]::roadmap_link[]);
SELECT * FROM critical_path(ARRAY[('a', 1), ('b', 1)]::roadmap_task[], ARRAY[('a', 'b', 'FX', 0)]::roadmap_link[]);
SELECT * FROM critical_path(ARRAY[('a', 1), ('b', 1)]::roadmap_task[], ARRAY[('a', 'b', 'FS', 'Infinity')]::roadmap_link[]);
SELECT * FROM critical_path(ARRAY[('a', 1)]::roadmap_task[], ARRAY[('a', 'a', 'FS', 0)]::roadmap_link[]);
SELECT * FROM critical_path(ARRAY[('x', 1), ('c', 1), ('b', 1), ('a', 1), ('y', 1)]::roadmap_task[],
  ARRAY[('x', 'b', 'FS', 0), ('b', 'c', 'SS', 0), ('c', 'a', 'FS', 0), ('a', 'b', 'FF', -9), ('c', 'y', 'FS', 0)]::roadmap_link[]);
SELECT * FROM critical_path(ARRAY(SELECT (lpad(i::text, 2, '0'), 1)::roadmap_task FROM generate_series(0, 19) i),
  ARRAY(SELECT (lpad(i::text, 2, '0'), lpad(((i + 1) % 20)::text, 2, '0'), 'FS', 0)::roadmap_link FROM generate_series(0, 19) i));
SELECT * FROM critical_path(ARRAY[('a', 1)]::roadmap_task[], '{}', ARRAY[('a', 'never', 1)]::roadmap_constraint[]);
SELECT * FROM critical_path(ARRAY[('a', 1)]::roadmap_task[], '{}', ARRAY[('a', 'deadline', NULL)]::roadmap_constraint[]);
-- schedule
SELECT * FROM schedule(ARRAY[('a', 2), ('b', 3)]::roadmap_task[], '{}', ARRAY[('a', 'd', 1), ('b', 'd', 1)]::roadmap_demand[],
  ARRAY[('d', 1)]::roadmap_capacity[]);
SELECT * FROM schedule(ARRAY[('a', 2)]::roadmap_task[], '{}', ARRAY[('a', 'd', 2)]::roadmap_demand[], ARRAY[('d', 1)]::roadmap_capacity[]);
SELECT * FROM schedule(ARRAY[('a', 2)]::roadmap_task[], '{}', ARRAY[('a', 'e', 2)]::roadmap_demand[], ARRAY[('d', 1)]::roadmap_capacity[]);
SELECT * FROM schedule(ARRAY[('a', 2)]::roadmap_task[], '{}', ARRAY[('a', 'd', 1), ('a', 'd', 1)]::roadmap_demand[], ARRAY[('d', 1)]::roadmap_capacity[]);
SELECT * FROM schedule(ARRAY[('a', 2)]::roadmap_task[], '{}', '{}', ARRAY[('d', 1), ('d', 2)]::roadmap_capacity[]);
SELECT * FROM schedule(ARRAY[('a', 2)]::roadmap_task[], '{}', '{}', '{}', effort => -1);
SELECT * FROM schedule('{}', '{}', '{}', '{}');
-- simulation
SELECT * FROM simulate_roadmap(ARRAY[('a', 3, 2, 1)]::roadmap_estimate[], '{}');
SELECT * FROM simulate_roadmap(ARRAY[('a', 1, 2, NULL)]::roadmap_estimate[], '{}');
SELECT * FROM simulate_roadmap(ARRAY[('a', 1, 2, 3)]::roadmap_estimate[], '{}', 0);
SELECT * FROM simulate_roadmap(ARRAY[('a', 1, 2, 3)]::roadmap_estimate[], '{}', 2000000000);
SELECT * FROM simulate_roadmap('{}', '{}');
-- a long computation can be cancelled
SET statement_timeout = '200ms';
SELECT count(*) FROM schedule(ARRAY(SELECT (i::text, i % 7 + 1)::roadmap_task FROM generate_series(1, 2000) i), '{}',
  ARRAY(SELECT (i::text, 'd', 1 + i % 3)::roadmap_demand FROM generate_series(1, 2000) i), ARRAY[('d', 4)]::roadmap_capacity[], 1000000000000);
RESET statement_timeout;
