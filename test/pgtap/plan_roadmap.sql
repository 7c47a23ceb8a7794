-- plan: roadmap with calendar and progress, department load, stored schedules; policy events; copies of scenarios
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
SELECT no_plan();
SELECT create_plan('city') AS plan \gset
SET search_path = city, public;

INSERT INTO department (department, name_en, capacity) VALUES ('plan', 'Planning', 2), ('arch', 'Architecture', 1), ('idle', 'Idle', NULL);
INSERT INTO task (task, name_en, department, duration, demand) VALUES
    ('a', 'Survey', 'plan', 5, 1), ('b', 'Report', 'plan', 4, 2), ('c', 'Plans', 'arch', 10, 1), ('m', 'Submission', NULL, 0, 1), ('d', 'Review', 'arch', 3, 1);
INSERT INTO task_link (predecessor, successor) VALUES ('a', 'b'), ('b', 'm'), ('c', 'm'), ('a', 'd'), ('d', 'm');
INSERT INTO task_role (task, department, role, demand) VALUES ('b', 'arch', 'supports', 0.5), ('c', 'plan', 'consulted', 0);

SELECT set_eq($$SELECT problem, object_id FROM plan_problem WHERE table_name IN ('task', 'department')$$,
  $$VALUES ('task_without_department', 'm'), ('department_without_task', 'idle')$$, 'what nobody owns, and who owns nothing');

-- a column whose every code is in both numberings tells nothing
INSERT INTO city (city_id) VALUES ('twin');
INSERT INTO city_region (city_id, region) VALUES ('twin', '11110'), ('twin', '31140');
SELECT set_eq($$SELECT object_id FROM plan_problem WHERE problem = 'ambiguous_numbering' AND table_name = 'city_region'$$, $$VALUES ('11110'), ('31140')$$,
  'codes of both numberings alone are doubtful');
INSERT INTO city_region (city_id, region) VALUES ('twin', '46170');
SELECT is_empty($$SELECT object_id FROM plan_problem WHERE problem = 'ambiguous_numbering'$$, 'beside a code of the Ministry''s alone they are not');
DELETE FROM city WHERE city_id = 'twin';

-- without a calendar
SELECT results_eq($$SELECT task, earliest_start, latest_start, total_float, critical, start_date FROM roadmap ORDER BY task$$,
  $$VALUES ('a', 0::float8, 1::float8, 1::float8, false, NULL::date), ('b', 5, 6, 1, false, NULL), ('c', 0, 0, 0, true, NULL),
           ('d', 5, 7, 2, false, NULL), ('m', 10, 10, 0, true, NULL)$$, 'the roadmap without a calendar counts days');
SELECT is(sum(work), 5 * 1 + 4 * 2 + 10 * 1 + 3 * 1 + 4 * 0.5::float8, 'all work is in the load of some department') FROM department_load;

-- with one: Tuesday 2026-12-01, Christmas is free
INSERT INTO roadmap_setting (start_date) VALUES ('2026-12-01');
INSERT INTO holiday (holiday, name_en) VALUES ('2026-12-25', 'Christmas Day');
SELECT results_eq($$SELECT task, start_date, finish_date FROM roadmap ORDER BY task$$,
  $$VALUES ('a', '2026-12-01'::date, '2026-12-07'::date), ('b', '2026-12-08', '2026-12-11'), ('c', '2026-12-01', '2026-12-14'),
           ('d', '2026-12-08', '2026-12-10'), ('m', '2026-12-15', '2026-12-15')$$, 'dates, worked by hand on the calendar of December 2026');
SELECT is(sum(work), 28::float8, 'the calendar moves work, it loses none') FROM department_load;
SELECT results_eq($$SELECT week_start, work, capacity, overloaded FROM department_load WHERE department = 'arch' ORDER BY week_start$$,
  $$VALUES ('2026-11-30'::date, 4::float8, 5::float8, false), ('2026-12-07', 5 + 3 + 2, 5, true), ('2026-12-14', 1, 5, false)$$,
  'the load of a department by week');
SELECT is(string_agg(task, ' ' ORDER BY urgency), 'c a', 'what can begin now, the most urgent first') FROM next_actions;
SELECT is(string_agg(task || bar, '|' ORDER BY line), 'a▒▒▒▒▒·|c■■■■■■■■■■|d     ▒▒▒··|b     ▒▒▒▒·|m          ◆', 'bars') FROM gantt;

-- progress: a began two days late and took seven days
UPDATE task SET started = '2026-12-03', finished = '2026-12-11' WHERE task = 'a';
SELECT is(earliest_finish, 9::float8, 'a task that is done keeps its dates') FROM roadmap WHERE task = 'a';
SELECT is(start_date, '2026-12-14'::date, 'and its successor begins after it') FROM roadmap WHERE task = 'b';
SELECT is(string_agg(task, ' ' ORDER BY task), 'b c d', 'next actions move on') FROM next_actions;
UPDATE task SET started = '2026-12-09' WHERE task = 'b';
SELECT is(start_date, '2026-12-09'::date, 'work that began before its predecessor ended keeps its day') FROM roadmap WHERE task = 'b';
UPDATE roadmap_setting SET status_date = '2026-12-16';
SELECT is(min(start_date), '2026-12-16'::date, 'work that has not begun is not in the past') FROM roadmap WHERE status = 'planned';
UPDATE task SET deadline = '2026-12-18' WHERE task = 'c';
SELECT is(total_float, -7::float8, 'a deadline that cannot be kept is negative float') FROM roadmap WHERE task = 'c';

-- a stored schedule
UPDATE task SET started = NULL, finished = NULL, deadline = NULL;
UPDATE roadmap_setting SET status_date = NULL;
UPDATE task_role SET demand = 0;
SELECT is(solve_roadmap('city', effort => 10000), 1::bigint, 'the first run');
SELECT is(max(project_finish), 13::float8, 'three days longer: architecture does one thing at a time') FROM roadmap_schedule;
SELECT ok(bool_and(current AND gap = 0), 'proven, and of the present rows') FROM roadmap_schedule;
UPDATE department SET capacity = 2 WHERE department = 'arch';
SELECT ok(bool_and(NOT current), 'a changed capacity makes it out of date') FROM roadmap_schedule;
-- a stored simulation: without estimates it is the critical path, whatever holds a task back
SELECT is_empty('SELECT FROM roadmap_simulation', 'nothing is simulated before it is asked for');
PREPARE simulated AS SELECT task, mean, p50, p95, criticality FROM roadmap_simulation WHERE task IS NOT NULL ORDER BY task;
PREPARE certain AS SELECT task, earliest_finish, earliest_finish, earliest_finish, critical::integer::float8 FROM roadmap ORDER BY task;
SELECT is(assess_roadmap('city', samples => 100), 2::bigint, 'another kind of run');
SELECT results_eq('simulated', 'certain', 'certain durations: every draw is the critical path');
SELECT results_eq($$SELECT mean, p80, criticality, p80_date FROM roadmap_simulation WHERE task IS NULL$$, $$VALUES (10::float8, 10::float8, 1::float8, '2026-12-14'::date)$$,
  'the project has a row, and its last day of work is a date');
UPDATE task SET start_no_earlier = '2026-12-21' WHERE task = 'b';
SELECT ok(bool_and(NOT current), 'a day that moves makes it out of date') FROM roadmap_simulation;
SELECT ok(assess_roadmap('city', samples => 100) > 2, 'run again');
SELECT results_eq('simulated', 'certain', 'a task that must wait waits in every draw');
SELECT is(p50_date, '2026-12-24'::date, 'four days from the 21st, before Christmas') FROM roadmap_simulation WHERE task = 'b';
UPDATE task SET start_no_earlier = NULL, optimistic = 1, pessimistic = 30 WHERE task = 'b';
UPDATE task SET started = '2026-12-03', finished = '2026-12-11' WHERE task IN ('a', 'b');
SELECT ok(assess_roadmap('city', samples => 100) > 3, 'and again');
SELECT results_eq('simulated', 'certain', 'what is done is certain, its estimates notwithstanding');
UPDATE task SET started = NULL, finished = NULL, optimistic = NULL, pessimistic = NULL;
UPDATE task SET optimistic = 2, pessimistic = 20 WHERE task = 'c';
SELECT ok(assess_roadmap('city', samples => 20000, seed => 5) > 4, 'a task with estimates');
SELECT ok(abs(mean - 62 / 6.0) < 0.1 AND p50 < p80 AND p80 < p95 AND criticality BETWEEN 0.5 AND 0.99, 'its mean is (2 + 4 x 10 + 20) / 6')
FROM roadmap_simulation WHERE task = 'c';
SELECT ok(abs(avg(criticality) FILTER (WHERE task = 'b') + avg(criticality) FILTER (WHERE task = 'c') - 1) < 1e-9, 'either its path is critical or the other')
FROM roadmap_simulation;
SELECT ok(bool_and(p80_date = working_date('2026-12-01', ceil(p80)::integer - 1, '{2026-12-25}') AND current AND samples = 20000 AND seed = 5), 'percentiles are dates')
FROM roadmap_simulation WHERE task IS NULL;
SELECT results_eq($$SELECT task, p80 FROM roadmap_simulation ORDER BY task$$,
  $$SELECT task, p80 FROM simulate_roadmap(ARRAY(SELECT (task, coalesce(optimistic, duration), duration, coalesce(pessimistic, duration))::roadmap_estimate FROM task),
      ARRAY(SELECT (predecessor, successor, kind, lag)::roadmap_link FROM task_link), 20000, 5) WHERE p80 IS NOT NULL ORDER BY task$$,
  'the function says the same, the milestone at day 0 draws nothing');
UPDATE department SET capacity = 3 WHERE department = 'arch';
SELECT ok(bool_and(current), 'capacities do not matter to it') FROM roadmap_simulation;
UPDATE task SET pessimistic = 21 WHERE task = 'c';
SELECT ok(bool_and(NOT current), 'estimates do') FROM roadmap_simulation;
INSERT INTO setting (scenario) VALUES ('empty');
SELECT ok(assess_roadmap('city', 'empty') > 5, 'a roadmap without tasks is simulated too');
SELECT is_empty($$SELECT FROM roadmap_simulation WHERE scenario = 'empty'$$, 'and has no rows');
SELECT throws_ok($$SELECT assess_roadmap('city', 'nowhere')$$, '42704', 'plan "city" has no scenario "nowhere"');
SELECT throws_ok($$SELECT assess_roadmap('city', samples => 0)$$, '22023', 'samples must be at least 1, not 0');
DELETE FROM setting WHERE scenario = 'empty';
UPDATE task SET optimistic = NULL, pessimistic = NULL;
SELECT throws_ok($$SELECT solve_roadmap('city', 'nowhere')$$, '42704', 'plan "city" has no scenario "nowhere"');
SELECT throws_ok($$SELECT solve_roadmap('public')$$, '42809', '"public" is no plan');
SELECT throws_ok($$INSERT INTO task_link (predecessor, successor) VALUES ('m', 'a'); SELECT * FROM roadmap$$, '22023',
  'the links of the roadmap form a cycle');

-- policy: one event, three changes of rows
INSERT INTO city (city_id, name_en, capacity) VALUES ('X', 'X', 100), ('Y', 'Y', 100);
INSERT INTO institution (institution_id, name_en, status) VALUES ('I1', 'One', 'capital'), ('I2', 'Two', 'capital'), ('I3', 'Three', 'other');
INSERT INTO policy_item (policy_item, name_en, department) VALUES ('P', 'List of institutions', 'plan');
INSERT INTO policy_event (policy_event, policy_item, event_date, name_en) VALUES ('E', 'P', '2027-01-15', 'The list changed');
INSERT INTO policy_change (policy_event, position, action, table_name, row_filter, new_values) VALUES
    ('E', 1, 'update', 'institution', '{"status": "capital"}', '{"status": "other"}'),
    ('E', 2, 'insert', 'institution', '{}', '{"institution_id": "I4", "name_en": "Four", "status": "capital"}'),
    ('E', 3, 'delete', 'institution', '{"institution_id": "I3"}', '{}'),
    ('E', 4, 'update', 'city', '{"city_id": "X"}', '{"capacity": 200}');
SELECT copy_scenario('city', 'base', 'before') AS copied \gset
SELECT results_eq($$SELECT * FROM apply_policy_event('city', 'E')$$,
  $$VALUES (1, 'update', 'institution', 2), (2, 'insert', 'institution', 1), (3, 'delete', 'institution', 1), (4, 'update', 'city', 1)$$,
  'an event carries out its changes');
SELECT results_eq($$SELECT institution_id, status FROM institution WHERE scenario = 'base' ORDER BY 1$$,
  $$VALUES ('I1', 'other'), ('I2', 'other'), ('I4', 'capital')$$, 'the rows are as the event says');
SELECT results_eq($$SELECT institution_id, status FROM institution WHERE scenario = 'before' ORDER BY 1$$,
  $$VALUES ('I1', 'capital'), ('I2', 'capital'), ('I3', 'other')$$, 'the other scenario is as it was');
SELECT is(rows_before #>> '{1,status}' || ' ' || (rows_after #>> '{1,status}'), 'capital other', 'before and after are kept')
FROM policy_change WHERE scenario = 'base' AND position = 1;
SELECT is(rows_before -> 0 -> 'capacity', '100'::jsonb, 'before and after are kept: numbers') FROM policy_change WHERE scenario = 'base' AND position = 4;
SELECT isnt(applied, NULL, 'the event is marked as applied') FROM policy_event WHERE scenario = 'base';
SELECT throws_ok($$SELECT apply_policy_event('city', 'E')$$, '55000', 'policy event "E" is already applied');
SELECT throws_ok($$SELECT apply_policy_event('city', 'F')$$, 'P0002', 'there is no policy event "F"');
INSERT INTO policy_event (policy_event, event_date) VALUES ('bad', '2027-02-01');
INSERT INTO policy_change (policy_event, position, table_name, new_values) VALUES ('bad', 1, 'pg_class', '{"relname": "x"}');
SELECT throws_ok($$SELECT apply_policy_event('city', 'bad')$$, '22023', 'a policy change cannot touch "pg_class"');
UPDATE policy_change SET table_name = 'city', new_values = '{"scenario": "other"}' WHERE policy_event = 'bad';
SELECT throws_ok($$SELECT apply_policy_event('city', 'bad')$$, '42703', 'table "city" has no column "scenario" that a policy change can use');
UPDATE policy_change SET new_values = '{"name_en": "Z"}', row_filter = '{"no such": 1}' WHERE policy_event = 'bad';
SELECT throws_ok($$SELECT apply_policy_event('city', 'bad')$$, '42703', 'table "city" has no column "no such" that a policy change can use');
UPDATE policy_change SET new_values = '{"capacity": -1}', row_filter = '{}' WHERE policy_event = 'bad';
SELECT throws_ok($$SELECT apply_policy_event('city', 'bad')$$, '23514');
SELECT is(max(capacity), 200::float8, 'a change that a check refuses changes nothing') FROM city WHERE scenario = 'base';

-- copies; what runs, snapshots and imports have stored stays with the scenario they were made in
SELECT is_empty($$
  SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'scenario'
  WHERE c.relnamespace = 'city'::regnamespace AND c.relkind = 'r' AND c.relname !~ '^(run|snapshot|robustness|sensitivity|import)' AND c.relname <> ALL (scenario_tables())$$,
  'every table of a scenario is copied');
SELECT is_empty($$SELECT t FROM unnest(scenario_tables()) t WHERE to_regclass('city.' || t) IS NULL$$, 'and every table that is copied exists');
SELECT is(copied_from, 'base', 'a copy says where it came from') FROM setting WHERE scenario = 'before';
SELECT is((SELECT count(*) FROM task WHERE scenario = 'before'), 5::bigint, 'tasks are copied');
SELECT is((SELECT count(*) FROM criterion WHERE scenario = 'before'), (SELECT count(*) FROM criterion WHERE scenario = 'base'), 'criteria are copied');
SELECT throws_ok($$SELECT copy_scenario('city', 'base', 'before')$$, '42710', 'scenario "before" already exists');
SELECT throws_ok($$SELECT copy_scenario('city', 'none', 'x')$$, '42704', 'plan "city" has no scenario "none"');
SELECT lives_ok($$DELETE FROM setting WHERE scenario = 'before'$$, 'a scenario is removed by its row of setting');
SELECT is((SELECT count(*) FROM institution WHERE scenario = 'before'), 0::bigint, 'with all that is in it');

SELECT * FROM finish();
