-- A plan's roadmap: departments, tasks and links; dates, loads, next actions, Gantt; stored schedules.
--
-- A task that has begun keeps its day and no longer waits for its predecessors; one that has ended keeps its length. So the roadmap
-- is that of the work still to be done.

CREATE FUNCTION plan_roadmap_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE roadmap_setting (
        scenario text PRIMARY KEY DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        start_date date NOT NULL CHECK (isfinite(start_date)),
        status_date date CHECK (isfinite(status_date)),
        weekend integer[] NOT NULL DEFAULT '{6,7}'
    );
    COMMENT ON TABLE roadmap_setting IS 'The calendar of a scenario''s roadmap; without a row the roadmap counts days and shows no dates.';
    COMMENT ON COLUMN roadmap_setting.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN roadmap_setting.start_date IS 'Day 0 of the roadmap: the first working day on or after this date.';
    COMMENT ON COLUMN roadmap_setting.status_date IS 'Work that has not begun cannot begin before this date; NULL = no such limit.';
    COMMENT ON COLUMN roadmap_setting.weekend IS 'ISO numbers of the free weekdays, 1 = Monday.';

    CREATE TABLE holiday (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        holiday date NOT NULL,
        name_ko text,
        name_en text,
        source text,
        PRIMARY KEY (scenario, holiday)
    );
    COMMENT ON TABLE holiday IS 'Public holidays: days on which no task goes on.';
    COMMENT ON COLUMN holiday.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN holiday.holiday IS 'The day.';
    COMMENT ON COLUMN holiday.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN holiday.name_en IS 'Name in English.';
    COMMENT ON COLUMN holiday.source IS 'Publisher of the fact.';

    CREATE TABLE department (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        department text NOT NULL CHECK (department <> ''),
        name_ko text,
        name_en text,
        capacity float8 CHECK (capacity >= 0 AND capacity < 'Infinity'),
        PRIMARY KEY (scenario, department)
    );
    COMMENT ON TABLE department IS 'Departments of the city hall that carry out the roadmap.';
    COMMENT ON COLUMN department.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN department.department IS 'Identifier of the department.';
    COMMENT ON COLUMN department.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN department.name_en IS 'Name in English.';
    COMMENT ON COLUMN department.capacity IS 'Staff that can work at one time; NULL = no limit.';

    CREATE TABLE task (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        task text NOT NULL CHECK (task <> ''),
        name_ko text,
        name_en text,
        department text,
        duration float8 NOT NULL CHECK (duration >= 0 AND duration <= 1e6),
        optimistic float8 CHECK (optimistic >= 0 AND optimistic <= duration),
        pessimistic float8 CHECK (pessimistic >= duration AND pessimistic <= 1e6),
        demand float8 NOT NULL DEFAULT 1 CHECK (demand >= 0 AND demand <= 1e6),
        start_no_earlier date CHECK (isfinite(start_no_earlier)),
        deadline date CHECK (isfinite(deadline)),
        started date CHECK (isfinite(started)),
        finished date CHECK (isfinite(finished)),
        note text,
        PRIMARY KEY (scenario, task),
        FOREIGN KEY (scenario, department) REFERENCES department ON UPDATE CASCADE ON DELETE SET NULL (department),
        CHECK (finished >= started),
        CHECK (finished IS NULL OR started IS NOT NULL)
    );
    COMMENT ON TABLE task IS 'Tasks of the roadmap.';
    COMMENT ON COLUMN task.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN task.task IS 'Identifier of the task.';
    COMMENT ON COLUMN task.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN task.name_en IS 'Name in English.';
    COMMENT ON COLUMN task.department IS 'Department that owns the task; NULL = none yet (listed in plan_problem).';
    COMMENT ON COLUMN task.duration IS 'Likely duration in working days; 0 = milestone.';
    COMMENT ON COLUMN task.optimistic IS 'Shortest duration in working days; NULL = the likely one.';
    COMMENT ON COLUMN task.pessimistic IS 'Longest duration in working days; NULL = the likely one.';
    COMMENT ON COLUMN task.demand IS 'Staff of the owner that the task keeps busy.';
    COMMENT ON COLUMN task.start_no_earlier IS 'The task cannot begin before this date; NULL = no such limit.';
    COMMENT ON COLUMN task.deadline IS 'The task is to be done on this date; NULL = none.';
    COMMENT ON COLUMN task.started IS 'Day on which work began; NULL = not yet.';
    COMMENT ON COLUMN task.finished IS 'Last day of work; NULL = not done.';
    COMMENT ON COLUMN task.note IS 'Free text; the sample marks its rows here.';

    CREATE TABLE task_role (
        scenario text NOT NULL DEFAULT 'base',
        task text NOT NULL,
        department text NOT NULL,
        role text NOT NULL CHECK (role IN ('supports', 'consulted', 'informed')),
        demand float8 NOT NULL DEFAULT 0 CHECK (demand >= 0 AND demand <= 1e6),
        PRIMARY KEY (scenario, task, department),
        FOREIGN KEY (scenario, task) REFERENCES task ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, department) REFERENCES department ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE task_role IS 'Departments that take part in a task beside its owner.';
    COMMENT ON COLUMN task_role.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN task_role.task IS 'The task.';
    COMMENT ON COLUMN task_role.department IS 'A department other than the owner.';
    COMMENT ON COLUMN task_role.role IS 'supports (works on it), consulted (asked before), informed (told after).';
    COMMENT ON COLUMN task_role.demand IS 'Staff of this department that the task keeps busy.';

    CREATE TABLE task_link (
        scenario text NOT NULL DEFAULT 'base',
        predecessor text NOT NULL,
        successor text NOT NULL,
        kind text NOT NULL DEFAULT 'FS' CHECK (kind IN ('FS', 'SS', 'FF', 'SF')),
        lag float8 NOT NULL DEFAULT 0 CHECK (lag BETWEEN -1e6 AND 1e6),
        PRIMARY KEY (scenario, predecessor, successor, kind),
        FOREIGN KEY (scenario, predecessor) REFERENCES task ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, successor) REFERENCES task ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE task_link IS 'What must happen before what.';
    COMMENT ON COLUMN task_link.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN task_link.predecessor IS 'The task that comes first.';
    COMMENT ON COLUMN task_link.successor IS 'The task that waits.';
    COMMENT ON COLUMN task_link.kind IS 'FS finish to start, SS start to start, FF finish to finish, SF start to finish.';
    COMMENT ON COLUMN task_link.lag IS 'Working days in between; negative = overlap.';

    CREATE TABLE run_task (
        scenario text NOT NULL,
        run bigint NOT NULL,
        task text NOT NULL,
        start float8 NOT NULL,
        finish float8 NOT NULL,
        PRIMARY KEY (scenario, run, task),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE run_task IS 'Rows of a run of kind schedule: which task goes when.';
    COMMENT ON COLUMN run_task.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_task.run IS 'The run.';
    COMMENT ON COLUMN run_task.task IS 'The task.';
    COMMENT ON COLUMN run_task.start IS 'Start in working days from day 0.';
    COMMENT ON COLUMN run_task.finish IS 'Finish in working days from day 0.';
END
$function$;
COMMENT ON FUNCTION plan_roadmap_tables(text) IS
'Makes the empty tables of a plan''s roadmap. Called by create_plan, which see.';

CREATE FUNCTION plan_roadmap_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW task_state WITH (security_invoker = true) AS
    WITH calendar AS (
        SELECT c.*, ARRAY(SELECT h.holiday FROM holiday h WHERE h.scenario = c.scenario ORDER BY h.holiday) AS holidays
        FROM roadmap_setting c)
    SELECT t.scenario, t.task, t.department, t.demand,
           CASE WHEN t.finished IS NOT NULL THEN 'done' WHEN t.started IS NOT NULL THEN 'under way' ELSE 'planned' END AS status,
           CASE WHEN t.finished IS NOT NULL AND c.scenario IS NOT NULL
                THEN working_days(t.started, t.finished, c.holidays, c.weekend)::float8 ELSE t.duration END AS duration,
           CASE WHEN t.started IS NOT NULL THEN working_days(c.start_date, t.started - 1, c.holidays, c.weekend)
                ELSE greatest(working_days(c.start_date, t.start_no_earlier - 1, c.holidays, c.weekend),
                              working_days(c.start_date, c.status_date - 1, c.holidays, c.weekend)) END::float8 AS not_before,
           working_days(c.start_date, t.deadline, c.holidays, c.weekend)::float8 AS deadline,
           t.scenario || '|' || t.task AS row_key
    FROM task t LEFT JOIN calendar c USING (scenario);
    COMMENT ON VIEW task_state IS 'What the roadmap is computed from: a task''s length and limits in working days from day 0.';
    COMMENT ON COLUMN task_state.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN task_state.task IS 'The task.';
    COMMENT ON COLUMN task_state.department IS 'Department that owns it.';
    COMMENT ON COLUMN task_state.demand IS 'Staff of the owner that it keeps busy.';
    COMMENT ON COLUMN task_state.status IS 'planned, under way or done.';
    COMMENT ON COLUMN task_state.duration IS 'Working days: those it took when it is done, else the likely duration.';
    COMMENT ON COLUMN task_state.not_before IS 'Working days from day 0 before which it cannot begin (or at which it did); NULL = no limit.';
    COMMENT ON COLUMN task_state.deadline IS 'Working days from day 0 by which it is to be done; NULL = none.';
    COMMENT ON COLUMN task_state.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW task_work WITH (security_invoker = true) AS
    SELECT w.scenario, w.task, w.department, w.role, w.demand, concat_ws('|', w.scenario, w.task, w.department) AS row_key
    FROM (SELECT t.scenario, t.task, t.department, 'owns' AS role, t.demand FROM task t WHERE t.department IS NOT NULL
          UNION ALL
          SELECT o.scenario, o.task, o.department, o.role, o.demand FROM task_role o
          WHERE NOT EXISTS (SELECT FROM task t WHERE t.scenario = o.scenario AND t.task = o.task AND t.department = o.department)) w;
    COMMENT ON VIEW task_work IS 'Which department has which part in which task, owners and others.';
    COMMENT ON COLUMN task_work.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN task_work.task IS 'The task.';
    COMMENT ON COLUMN task_work.department IS 'The department.';
    COMMENT ON COLUMN task_work.role IS 'owns, supports, consulted or informed; an owner''s other roles do not count.';
    COMMENT ON COLUMN task_work.demand IS 'Staff of the department that the task keeps busy.';
    COMMENT ON COLUMN task_work.row_key IS 'Key of the row.';

    -- the arguments of critical_path and schedule for each scenario, in one place
    CREATE OR REPLACE VIEW roadmap_input WITH (security_invoker = true) AS
    SELECT i.scenario, md5(concat_ws('|', i.tasks, i.links, i.limits, i.demands, i.capacities)) AS input_hash, i.scenario AS row_key
    FROM (
        SELECT s.scenario,
               (SELECT string_agg(concat_ws(' ', quote_literal(x.task), x.duration), ',' ORDER BY x.task COLLATE "C")
                FROM task_state x WHERE x.scenario = s.scenario) AS tasks,
               (SELECT string_agg(concat_ws(' ', quote_literal(l.predecessor), quote_literal(l.successor), l.kind, l.lag), ','
                                  ORDER BY l.predecessor COLLATE "C", l.successor COLLATE "C", l.kind)
                FROM task_link l JOIN task x ON x.scenario = l.scenario AND x.task = l.successor
                WHERE l.scenario = s.scenario AND x.started IS NULL) AS links,
               (SELECT string_agg(concat_ws(' ', quote_literal(x.task), coalesce(x.not_before::text, '-'), coalesce(x.deadline::text, '-')), ',' ORDER BY x.task COLLATE "C")
                FROM task_state x WHERE x.scenario = s.scenario) AS limits,
               (SELECT string_agg(concat_ws(' ', quote_literal(w.task), quote_literal(w.department), w.demand), ',' ORDER BY w.task COLLATE "C", w.department COLLATE "C")
                FROM task_work w WHERE w.scenario = s.scenario) AS demands,
               (SELECT string_agg(concat_ws(' ', quote_literal(d.department), coalesce(d.capacity::text, '-')), ',' ORDER BY d.department COLLATE "C")
                FROM department d WHERE d.scenario = s.scenario) AS capacities
        FROM setting s) i;
    COMMENT ON VIEW roadmap_input IS 'A hash over all rows that the schedule of a scenario depends on.';
    COMMENT ON COLUMN roadmap_input.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN roadmap_input.input_hash IS 'md5 over tasks, links, limits, demands and capacities in byte order; the same rows give the same hash.';
    COMMENT ON COLUMN roadmap_input.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW roadmap WITH (security_invoker = true) AS
    SELECT s.scenario, p.task, t.department, p.earliest_start, p.earliest_finish, p.latest_start, p.latest_finish,
           p.total_float, p.free_float, p.critical,
           t.name_ko, t.name_en, d.name_ko AS department_name_ko, d.name_en AS department_name_en, a.status,
           working_date(c.start_date, floor(p.earliest_start)::integer, c.holidays, c.weekend) AS start_date,
           working_date(c.start_date, greatest(ceil(p.earliest_finish) - 1, floor(p.earliest_start))::integer, c.holidays, c.weekend) AS finish_date,
           working_date(c.start_date, floor(p.latest_start)::integer, c.holidays, c.weekend) AS latest_start_date,
           t.deadline,
           s.scenario || '|' || p.task AS row_key
    FROM setting s
    CROSS JOIN LATERAL critical_path(
        ARRAY(SELECT (x.task, x.duration)::roadmap_task FROM task_state x WHERE x.scenario = s.scenario),
        ARRAY(SELECT (l.predecessor, l.successor, l.kind, l.lag)::roadmap_link FROM task_link l JOIN task x ON x.scenario = l.scenario AND x.task = l.successor
              WHERE l.scenario = s.scenario AND x.started IS NULL),
        ARRAY(SELECT (x.task, k.kind, k.value)::roadmap_constraint
              FROM task_state x CROSS JOIN LATERAL (VALUES ('start_no_earlier', x.not_before), ('deadline', x.deadline)) k (kind, value)
              WHERE x.scenario = s.scenario AND k.value IS NOT NULL)) p
    JOIN task t ON t.scenario = s.scenario AND t.task = p.task
    JOIN task_state a ON a.scenario = s.scenario AND a.task = p.task
    LEFT JOIN department d ON d.scenario = t.scenario AND d.department = t.department
    LEFT JOIN LATERAL (
        SELECT r.start_date, r.weekend, ARRAY(SELECT h.holiday FROM holiday h WHERE h.scenario = r.scenario ORDER BY h.holiday) AS holidays
        FROM roadmap_setting r WHERE r.scenario = s.scenario) c ON true;
    COMMENT ON VIEW roadmap IS 'The critical path of a scenario''s tasks, in working days from day 0 and as dates. Whether departments have the staff is shown by department_load and roadmap_schedule.';
    COMMENT ON COLUMN roadmap.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN roadmap.task IS 'The task.';
    COMMENT ON COLUMN roadmap.department IS 'Department that owns it.';
    COMMENT ON COLUMN roadmap.earliest_start IS 'Earliest start, working days from day 0.';
    COMMENT ON COLUMN roadmap.earliest_finish IS 'Earliest finish, working days from day 0.';
    COMMENT ON COLUMN roadmap.latest_start IS 'Latest start that delays neither the end nor a deadline, working days from day 0.';
    COMMENT ON COLUMN roadmap.latest_finish IS 'Latest finish that delays neither the end nor a deadline, working days from day 0.';
    COMMENT ON COLUMN roadmap.total_float IS 'latest_start - earliest_start in working days; negative behind a deadline.';
    COMMENT ON COLUMN roadmap.free_float IS 'Slip in working days that moves no other task''s early dates.';
    COMMENT ON COLUMN roadmap.critical IS 'Total float is zero or negative.';
    COMMENT ON COLUMN roadmap.name_ko IS 'Name of the task in Korean.';
    COMMENT ON COLUMN roadmap.name_en IS 'Name of the task in English.';
    COMMENT ON COLUMN roadmap.department_name_ko IS 'Name of the department in Korean.';
    COMMENT ON COLUMN roadmap.department_name_en IS 'Name of the department in English.';
    COMMENT ON COLUMN roadmap.status IS 'planned, under way or done.';
    COMMENT ON COLUMN roadmap.start_date IS 'First day of work at the earliest start; NULL without a calendar.';
    COMMENT ON COLUMN roadmap.finish_date IS 'Last day of work at the earliest finish; NULL without a calendar.';
    COMMENT ON COLUMN roadmap.latest_start_date IS 'First day of work at the latest start; NULL without a calendar.';
    COMMENT ON COLUMN roadmap.deadline IS 'The task is to be done on this date; NULL = none.';
    COMMENT ON COLUMN roadmap.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW department_load WITH (security_invoker = true) AS
    WITH work AS (
        SELECT r.scenario, r.task, w.department, w.demand, r.earliest_start AS start, r.earliest_finish AS finish
        FROM roadmap r
        JOIN task_work w USING (scenario, task)
        WHERE r.status <> 'done' AND w.demand > 0 AND r.earliest_finish > r.earliest_start),
    day AS (
        SELECT w.scenario, w.department, w.task, n AS day,
               (w.demand * (least(w.finish, n + 1) - greatest(w.start, n)))::numeric AS work
        FROM work w CROSS JOIN LATERAL generate_series(floor(w.start)::integer, (ceil(w.finish) - 1)::integer) n),
    dated AS (
        SELECT d.scenario, d.department, d.task, d.work, d.day / 5 AS number, date_trunc('week', working_date(c.start_date, d.day, c.holidays, c.weekend))::date AS week,
               c.holidays, c.weekend
        FROM day d LEFT JOIN LATERAL (
            SELECT r.start_date, r.weekend, ARRAY(SELECT h.holiday FROM holiday h WHERE h.scenario = r.scenario ORDER BY h.holiday) AS holidays
            FROM roadmap_setting r WHERE r.scenario = d.scenario) c ON true),
    week AS (
        SELECT scenario, department, week, CASE WHEN week IS NULL THEN number END AS number,
               coalesce(working_days(week, week + 6, holidays, weekend), 5) AS days, sum(work) AS work, count(DISTINCT task) AS tasks
        FROM dated GROUP BY scenario, department, week, CASE WHEN week IS NULL THEN number END, holidays, weekend)
    SELECT w.scenario, w.department, d.name_ko AS department_name_ko, d.name_en AS department_name_en, w.week AS week_start,
           (dense_rank() OVER (PARTITION BY w.scenario ORDER BY w.week, w.number))::integer AS week_number,
           w.tasks::integer AS tasks, w.work::float8 AS work, d.capacity * w.days AS capacity,
           CASE WHEN d.capacity * w.days > 0 THEN w.work::float8 / (d.capacity * w.days) END AS load,
           coalesce(w.work::float8 > d.capacity * w.days, false) AS overloaded,
           concat_ws('|', w.scenario, w.department, coalesce(w.week::text, w.number::text)) AS row_key
    FROM week w JOIN department d USING (scenario, department);
    COMMENT ON VIEW department_load IS 'Work of each department by week if every task begins as early as it can; only weeks with work are listed.';
    COMMENT ON COLUMN department_load.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN department_load.department IS 'The department.';
    COMMENT ON COLUMN department_load.department_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN department_load.department_name_en IS 'Its name in English.';
    COMMENT ON COLUMN department_load.week_start IS 'Monday of the week; NULL without a calendar.';
    COMMENT ON COLUMN department_load.week_number IS 'Number of the week among those with work, from 1.';
    COMMENT ON COLUMN department_load.tasks IS 'Tasks that the department works on in the week.';
    COMMENT ON COLUMN department_load.work IS 'Person-days.';
    COMMENT ON COLUMN department_load.capacity IS 'Person-days that the department has: staff times working days; NULL = no limit.';
    COMMENT ON COLUMN department_load.load IS 'work / capacity; NULL without a capacity.';
    COMMENT ON COLUMN department_load.overloaded IS 'More work than capacity.';
    COMMENT ON COLUMN department_load.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW next_actions WITH (security_invoker = true) AS
    SELECT r.scenario,
           (rank() OVER (PARTITION BY r.scenario ORDER BY r.latest_start, r.total_float))::integer AS urgency,
           r.task, r.name_ko, r.name_en, r.department, r.department_name_ko, r.department_name_en, r.status,
           r.start_date, r.latest_start_date, r.total_float, r.critical,
           (SELECT count(*) FROM task_link l WHERE l.scenario = r.scenario AND l.predecessor = r.task)::integer AS waiting_tasks,
           r.scenario || '|' || r.task AS row_key
    FROM roadmap r
    WHERE r.status = 'under way'
       OR r.status = 'planned' AND NOT EXISTS (
            SELECT FROM task_link l JOIN task t ON t.scenario = l.scenario AND t.task = l.predecessor
            WHERE l.scenario = r.scenario AND l.successor = r.task AND t.finished IS NULL
              AND (l.kind = 'FS' OR l.kind = 'SS' AND t.started IS NULL));
    COMMENT ON VIEW next_actions IS 'Tasks that are under way or can begin now: no unfinished predecessor holds them.';
    COMMENT ON COLUMN next_actions.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN next_actions.urgency IS '1 = must begin first, by latest start and then total float; ties share a number.';
    COMMENT ON COLUMN next_actions.task IS 'The task.';
    COMMENT ON COLUMN next_actions.name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN next_actions.name_en IS 'Its name in English.';
    COMMENT ON COLUMN next_actions.department IS 'Department that owns it.';
    COMMENT ON COLUMN next_actions.department_name_ko IS 'Name of the department in Korean.';
    COMMENT ON COLUMN next_actions.department_name_en IS 'Name of the department in English.';
    COMMENT ON COLUMN next_actions.status IS 'planned or under way.';
    COMMENT ON COLUMN next_actions.start_date IS 'Earliest first day; NULL without a calendar.';
    COMMENT ON COLUMN next_actions.latest_start_date IS 'Latest first day; NULL without a calendar.';
    COMMENT ON COLUMN next_actions.total_float IS 'Working days it can wait.';
    COMMENT ON COLUMN next_actions.critical IS 'It cannot wait.';
    COMMENT ON COLUMN next_actions.waiting_tasks IS 'Tasks that wait for it directly.';
    COMMENT ON COLUMN next_actions.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW gantt WITH (security_invoker = true) AS
    WITH scale AS (
        SELECT scenario, greatest(ceil(max(earliest_finish) / 60), 1) AS days FROM roadmap GROUP BY scenario)
    SELECT r.scenario, (row_number() OVER (PARTITION BY r.scenario ORDER BY r.earliest_start, r.earliest_finish, r.task COLLATE "C"))::integer AS line,
           r.task, r.name_ko, r.name_en, r.department, r.department_name_ko, r.department_name_en, r.status,
           r.start_date, r.finish_date, r.earliest_start, r.earliest_finish, r.total_float, r.critical,
           repeat(' ', floor(r.earliest_start / s.days)::integer)
           || CASE WHEN r.earliest_finish = r.earliest_start THEN '◆'
                   ELSE repeat(CASE WHEN r.status = 'done' THEN '□' WHEN r.critical THEN '■' ELSE '▒' END,
                               greatest(ceil(r.earliest_finish / s.days) - floor(r.earliest_start / s.days), 1)::integer) END
           || repeat('·', greatest(floor((r.earliest_finish + r.total_float) / s.days) - ceil(r.earliest_finish / s.days), 0)::integer) AS bar,
           s.days::integer AS days_per_mark,
           r.scenario || '|' || r.task AS row_key
    FROM roadmap r JOIN scale s USING (scenario);
    COMMENT ON VIEW gantt IS 'The roadmap as bars of text (■ critical, ▒ with float, · the float, □ done, ◆ milestone) and as rows for a BI tool.';
    COMMENT ON COLUMN gantt.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN gantt.line IS 'Line of the chart, from 1, by earliest start.';
    COMMENT ON COLUMN gantt.task IS 'The task.';
    COMMENT ON COLUMN gantt.name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN gantt.name_en IS 'Its name in English.';
    COMMENT ON COLUMN gantt.department IS 'Department that owns it.';
    COMMENT ON COLUMN gantt.department_name_ko IS 'Name of the department in Korean.';
    COMMENT ON COLUMN gantt.department_name_en IS 'Name of the department in English.';
    COMMENT ON COLUMN gantt.status IS 'planned, under way or done.';
    COMMENT ON COLUMN gantt.start_date IS 'First day of work; NULL without a calendar.';
    COMMENT ON COLUMN gantt.finish_date IS 'Last day of work; NULL without a calendar.';
    COMMENT ON COLUMN gantt.earliest_start IS 'Earliest start, working days from day 0.';
    COMMENT ON COLUMN gantt.earliest_finish IS 'Earliest finish, working days from day 0.';
    COMMENT ON COLUMN gantt.total_float IS 'Working days it can slip.';
    COMMENT ON COLUMN gantt.critical IS 'It cannot slip.';
    COMMENT ON COLUMN gantt.bar IS 'The bar; one mark is days_per_mark working days.';
    COMMENT ON COLUMN gantt.days_per_mark IS 'Working days a mark stands for; the chart is at most about 60 marks wide.';
    COMMENT ON COLUMN gantt.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW roadmap_schedule WITH (security_invoker = true) AS
    WITH latest AS (
        SELECT DISTINCT ON (r.scenario) r.* FROM run r WHERE r.kind = 'schedule' ORDER BY r.scenario, r.run DESC)
    SELECT w.scenario, w.task, t.department, w.start, w.finish,
           t.name_ko, t.name_en, d.name_ko AS department_name_ko, d.name_en AS department_name_en,
           working_date(c.start_date, floor(w.start)::integer, c.holidays, c.weekend) AS start_date,
           working_date(c.start_date, greatest(ceil(w.finish) - 1, floor(w.start))::integer, c.holidays, c.weekend) AS finish_date,
           r.objective AS project_finish, r.bound, r.gap, r.run, r.seed, r.effort,
           r.input_hash = h.input_hash AS current,
           w.scenario || '|' || w.task AS row_key
    FROM latest r
    JOIN run_task w USING (scenario, run)
    LEFT JOIN task t ON t.scenario = w.scenario AND t.task = w.task
    LEFT JOIN department d ON d.scenario = t.scenario AND d.department = t.department
    LEFT JOIN roadmap_input h ON h.scenario = w.scenario
    LEFT JOIN LATERAL (
        SELECT s.start_date, s.weekend, ARRAY(SELECT h.holiday FROM holiday h WHERE h.scenario = s.scenario ORDER BY h.holiday) AS holidays
        FROM roadmap_setting s WHERE s.scenario = w.scenario) c ON true;
    COMMENT ON VIEW roadmap_schedule IS 'The latest stored schedule under the departments'' capacities; solve_roadmap makes one.';
    COMMENT ON COLUMN roadmap_schedule.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN roadmap_schedule.task IS 'The task.';
    COMMENT ON COLUMN roadmap_schedule.department IS 'Department that owns it.';
    COMMENT ON COLUMN roadmap_schedule.start IS 'Start in working days from day 0.';
    COMMENT ON COLUMN roadmap_schedule.finish IS 'Finish in working days from day 0.';
    COMMENT ON COLUMN roadmap_schedule.name_ko IS 'Name of the task in Korean.';
    COMMENT ON COLUMN roadmap_schedule.name_en IS 'Name of the task in English.';
    COMMENT ON COLUMN roadmap_schedule.department_name_ko IS 'Name of the department in Korean.';
    COMMENT ON COLUMN roadmap_schedule.department_name_en IS 'Name of the department in English.';
    COMMENT ON COLUMN roadmap_schedule.start_date IS 'First day of work; NULL without a calendar.';
    COMMENT ON COLUMN roadmap_schedule.finish_date IS 'Last day of work; NULL without a calendar.';
    COMMENT ON COLUMN roadmap_schedule.project_finish IS 'Finish of the whole schedule in working days from day 0.';
    COMMENT ON COLUMN roadmap_schedule.bound IS 'No schedule finishes earlier.';
    COMMENT ON COLUMN roadmap_schedule.gap IS '(project_finish - bound) / bound; 0 = proven shortest.';
    COMMENT ON COLUMN roadmap_schedule.run IS 'The run that made it.';
    COMMENT ON COLUMN roadmap_schedule.seed IS 'Its seed.';
    COMMENT ON COLUMN roadmap_schedule.effort IS 'Its effort: placements of a task.';
    COMMENT ON COLUMN roadmap_schedule.current IS 'False when tasks, links, roles, departments or the calendar have changed since the run.';
    COMMENT ON COLUMN roadmap_schedule.row_key IS 'Key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_roadmap_views(text) IS
'Makes or replaces the views of a plan''s roadmap. Called by create_plan and upgrade_plan, which see.';

CREATE FUNCTION solve_roadmap(plan text, scenario text DEFAULT 'base', effort bigint DEFAULT 1000000, seed bigint DEFAULT 1) RETURNS bigint
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    new_run bigint;
BEGIN
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);
    EXECUTE $query$
        WITH solution AS MATERIALIZED (
            SELECT * FROM schedule(
                ARRAY(SELECT (x.task, x.duration)::roadmap_task FROM task_state x WHERE x.scenario = $1),
                ARRAY(SELECT (l.predecessor, l.successor, l.kind, l.lag)::roadmap_link
                      FROM task_link l JOIN task x ON x.scenario = l.scenario AND x.task = l.successor
                      WHERE l.scenario = $1 AND x.started IS NULL),
                ARRAY(SELECT (w.task, w.department, w.demand)::roadmap_demand
                      FROM task_work w JOIN task x ON x.scenario = w.scenario AND x.task = w.task
                      WHERE w.scenario = $1 AND x.finished IS NULL),
                ARRAY(SELECT (d.department, d.capacity)::roadmap_capacity FROM department d WHERE d.scenario = $1),
                $2, $3,
                ARRAY(SELECT (x.task, k.kind, k.value)::roadmap_constraint
                      FROM task_state x CROSS JOIN LATERAL (VALUES ('start_no_earlier', x.not_before), ('deadline', x.deadline)) k (kind, value)
                      WHERE x.scenario = $1 AND k.value IS NOT NULL))),
        made AS (
            INSERT INTO run (scenario, kind, seed, effort, status, objective, bound, gap, input_hash)
            SELECT $1, 'schedule', $3, $2, CASE WHEN max(s.gap) > 0 THEN 'feasible' ELSE 'optimal' END,
                   coalesce(max(s.project_finish), 0), coalesce(max(s.bound), 0), coalesce(max(s.gap), 0),
                   (SELECT i.input_hash FROM roadmap_input i WHERE i.scenario = $1)
            FROM solution s
            RETURNING run.run),
        rows AS (
            INSERT INTO run_task (scenario, run, task, start, finish)
            SELECT $1, made.run, s.task, s.start, s.finish FROM made CROSS JOIN solution s)
        SELECT run FROM made
        $query$ INTO new_run USING scenario, effort, seed;
    RETURN new_run;
END
$function$;
COMMENT ON FUNCTION solve_roadmap(text, text, bigint, bigint) IS
'Schedules a scenario''s tasks under the capacities of its departments, stores the result as a run and returns its number; view roadmap_schedule shows the latest. effort counts placements of a task. A task that demands more staff than its department has is an error (22023).';
