-- The roadmap under uncertain durations: simulations are stored, no view computes them.
--
-- What is simulated is the roadmap of the work still to be done, as in roadmap.sql: a task that has ended has its length, one that has
-- begun keeps its day. A day before which a task cannot begin is a start-to-start link from a milestone at day 0, whose name is longer
-- than that of any task.

CREATE FUNCTION plan_simulation_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE run_simulation (
        scenario text NOT NULL,
        run bigint NOT NULL,
        task text NOT NULL,
        mean float8 NOT NULL,
        p50 float8 NOT NULL,
        p80 float8 NOT NULL,
        p95 float8 NOT NULL,
        criticality float8 NOT NULL,
        PRIMARY KEY (scenario, run, task),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE run_simulation IS 'Rows of a run of kind simulation: when a task is done if durations vary.';
    COMMENT ON COLUMN run_simulation.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_simulation.run IS 'The run.';
    COMMENT ON COLUMN run_simulation.task IS 'The task; empty = the whole project.';
    COMMENT ON COLUMN run_simulation.mean IS 'Mean finish in working days from day 0.';
    COMMENT ON COLUMN run_simulation.p50 IS 'Finish in working days that half of the draws do not pass.';
    COMMENT ON COLUMN run_simulation.p80 IS 'Finish that 80 percent of the draws do not pass.';
    COMMENT ON COLUMN run_simulation.p95 IS 'Finish that 95 percent of the draws do not pass.';
    COMMENT ON COLUMN run_simulation.criticality IS 'Share of the draws in which the task is critical.';
END
$function$;
COMMENT ON FUNCTION plan_simulation_tables(text) IS
'Makes the empty table of a plan''s simulated roadmaps. Called by create_plan, which see.';

CREATE FUNCTION plan_simulation_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW task_estimate WITH (security_invoker = true) AS
    SELECT x.scenario, x.task, e.optimistic, x.duration AS likely, e.pessimistic, x.not_before, x.scenario || '|' || x.task AS row_key
    FROM task_state x
    JOIN task t USING (scenario, task)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN t.finished IS NULL THEN coalesce(t.optimistic, x.duration) ELSE x.duration END AS optimistic,
               CASE WHEN t.finished IS NULL THEN coalesce(t.pessimistic, x.duration) ELSE x.duration END AS pessimistic) e;
    COMMENT ON VIEW task_estimate IS 'Durations of the tasks as a simulation draws them; a task without estimates, or done, has three equal ones.';
    COMMENT ON COLUMN task_estimate.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN task_estimate.task IS 'The task.';
    COMMENT ON COLUMN task_estimate.optimistic IS 'Shortest duration in working days.';
    COMMENT ON COLUMN task_estimate.likely IS 'Likely duration in working days; the measured one of a task that is done.';
    COMMENT ON COLUMN task_estimate.pessimistic IS 'Longest duration in working days.';
    COMMENT ON COLUMN task_estimate.not_before IS 'Working day before which it cannot begin, from day 0; NULL = none.';
    COMMENT ON COLUMN task_estimate.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW roadmap_simulation_input WITH (security_invoker = true) AS
    SELECT s.scenario,
           md5(concat_ws('|',
               (SELECT string_agg(concat_ws(' ', quote_literal(x.task), x.optimistic, x.likely, x.pessimistic, coalesce(x.not_before::text, '-')), ','
                                  ORDER BY x.task COLLATE "C")
                FROM task_estimate x WHERE x.scenario = s.scenario),
               (SELECT string_agg(concat_ws(' ', quote_literal(l.predecessor), quote_literal(l.successor), l.kind, l.lag), ','
                                  ORDER BY l.predecessor COLLATE "C", l.successor COLLATE "C", l.kind)
                FROM task_link l JOIN task x ON x.scenario = l.scenario AND x.task = l.successor
                WHERE l.scenario = s.scenario AND x.started IS NULL))) AS input_hash,
           s.scenario AS row_key
    FROM setting s;
    COMMENT ON VIEW roadmap_simulation_input IS 'Hash of what a simulation of a scenario''s roadmap depends on.';
    COMMENT ON COLUMN roadmap_simulation_input.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN roadmap_simulation_input.input_hash IS 'MD5 of estimates, links and the days before which tasks cannot begin.';
    COMMENT ON COLUMN roadmap_simulation_input.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW roadmap_simulation WITH (security_invoker = true) AS
    SELECT w.scenario, nullif(w.task, '') AS task, t.department, w.mean, w.p50, w.p80, w.p95, w.criticality,
           t.name_ko, t.name_en, d.name_ko AS department_name_ko, d.name_en AS department_name_en,
           working_date(c.start_date, greatest(ceil(w.mean)::integer - 1, 0), c.holidays, c.weekend) AS mean_date,
           working_date(c.start_date, greatest(ceil(w.p50)::integer - 1, 0), c.holidays, c.weekend) AS p50_date,
           working_date(c.start_date, greatest(ceil(w.p80)::integer - 1, 0), c.holidays, c.weekend) AS p80_date,
           working_date(c.start_date, greatest(ceil(w.p95)::integer - 1, 0), c.holidays, c.weekend) AS p95_date,
           t.deadline, r.run, r.started, r.seed, r.effort AS samples, r.input_hash = h.input_hash AS current,
           w.scenario || '|' || w.task AS row_key
    FROM (SELECT u.scenario, max(u.run) AS run FROM run u WHERE u.kind = 'simulation' GROUP BY u.scenario) latest
    JOIN run r USING (scenario, run)
    JOIN run_simulation w USING (scenario, run)
    LEFT JOIN task t ON t.scenario = w.scenario AND t.task = w.task
    LEFT JOIN department d ON d.scenario = t.scenario AND d.department = t.department
    LEFT JOIN roadmap_simulation_input h ON h.scenario = w.scenario
    LEFT JOIN LATERAL (
        SELECT s.start_date, s.weekend, ARRAY(SELECT h.holiday FROM holiday h WHERE h.scenario = s.scenario ORDER BY h.holiday) AS holidays
        FROM roadmap_setting s WHERE s.scenario = w.scenario) c ON true;
    COMMENT ON VIEW roadmap_simulation IS 'The latest run of assess_roadmap: when each task and the whole project are done if durations vary.';
    COMMENT ON COLUMN roadmap_simulation.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN roadmap_simulation.task IS 'The task; NULL = the whole project.';
    COMMENT ON COLUMN roadmap_simulation.department IS 'Department that owns it.';
    COMMENT ON COLUMN roadmap_simulation.mean IS 'Mean finish in working days from day 0.';
    COMMENT ON COLUMN roadmap_simulation.p50 IS 'Finish in working days that half of the draws do not pass.';
    COMMENT ON COLUMN roadmap_simulation.p80 IS 'Finish that 80 percent of the draws do not pass.';
    COMMENT ON COLUMN roadmap_simulation.p95 IS 'Finish that 95 percent of the draws do not pass.';
    COMMENT ON COLUMN roadmap_simulation.criticality IS 'Share of the draws in which the task has no float, in [0,1]; 1 for the project.';
    COMMENT ON COLUMN roadmap_simulation.name_ko IS 'Name of the task in Korean.';
    COMMENT ON COLUMN roadmap_simulation.name_en IS 'Name of the task in English.';
    COMMENT ON COLUMN roadmap_simulation.department_name_ko IS 'Name of the department in Korean.';
    COMMENT ON COLUMN roadmap_simulation.department_name_en IS 'Name of the department in English.';
    COMMENT ON COLUMN roadmap_simulation.mean_date IS 'Last day of work if it takes the mean; NULL without a calendar.';
    COMMENT ON COLUMN roadmap_simulation.p50_date IS 'Day on which half of the draws are done; NULL without a calendar.';
    COMMENT ON COLUMN roadmap_simulation.p80_date IS 'Day on which 80 percent of the draws are done; NULL without a calendar.';
    COMMENT ON COLUMN roadmap_simulation.p95_date IS 'Day on which 95 percent of the draws are done; NULL without a calendar.';
    COMMENT ON COLUMN roadmap_simulation.deadline IS 'Deadline of the task; NULL = none.';
    COMMENT ON COLUMN roadmap_simulation.run IS 'Number of the run.';
    COMMENT ON COLUMN roadmap_simulation.started IS 'When it ran.';
    COMMENT ON COLUMN roadmap_simulation.seed IS 'Seed of its random numbers.';
    COMMENT ON COLUMN roadmap_simulation.samples IS 'Draws made.';
    COMMENT ON COLUMN roadmap_simulation.current IS 'False when estimates, links or days have changed since the run.';
    COMMENT ON COLUMN roadmap_simulation.row_key IS 'Key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_simulation_views(text) IS
'Makes or replaces the views of a plan''s simulated roadmap. Called by plan_views, which see.';

CREATE FUNCTION assess_roadmap(plan text, scenario text DEFAULT 'base', samples integer DEFAULT 10000, seed bigint DEFAULT 1) RETURNS bigint
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    new_run bigint;
BEGIN
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);
    EXECUTE $query$
        WITH origin AS (
            SELECT repeat('0', 1 + max(char_length(x.task))) AS task FROM task_estimate x WHERE x.scenario = $1 HAVING count(*) > 0),
        made AS (
            INSERT INTO run (scenario, kind, seed, effort, input_hash)
            SELECT $1, 'simulation', $3, $2, i.input_hash FROM roadmap_simulation_input i WHERE i.scenario = $1
            RETURNING run.run),
        rows AS (
            INSERT INTO run_simulation (scenario, run, task, mean, p50, p80, p95, criticality)
            SELECT $1, made.run, coalesce(s.task, ''), s.mean, s.p50, s.p80, s.p95, s.criticality
            FROM made CROSS JOIN simulate_roadmap(
                ARRAY(SELECT (x.task, x.optimistic, x.likely, x.pessimistic)::roadmap_estimate FROM task_estimate x WHERE x.scenario = $1
                      UNION ALL
                      SELECT (o.task, 0, 0, 0)::roadmap_estimate FROM origin o),
                ARRAY(SELECT (l.predecessor, l.successor, l.kind, l.lag)::roadmap_link
                      FROM task_link l JOIN task x ON x.scenario = l.scenario AND x.task = l.successor
                      WHERE l.scenario = $1 AND x.started IS NULL
                      UNION ALL
                      SELECT (o.task, x.task, 'SS', x.not_before)::roadmap_link FROM origin o CROSS JOIN task_estimate x WHERE x.scenario = $1 AND x.not_before > 0),
                $2, $3) s
            WHERE s.task IS NULL OR s.task <> (SELECT o.task FROM origin o))
        SELECT run FROM made
        $query$ INTO new_run USING scenario, samples, seed;
    RETURN new_run;
END
$function$;
COMMENT ON FUNCTION assess_roadmap(text, text, integer, bigint) IS
'Simulates the roadmap of a plan''s scenario with durations drawn between the optimistic and the pessimistic ones of its tasks (Beta-PERT), stores the run for the view roadmap_simulation and returns its number. Capacities of departments are not looked at. The same rows, samples and seed give the same run. NULL argument: NULL.';
