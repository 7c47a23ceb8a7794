-- roadmap: critical path, scheduling under department capacities, simulation

CREATE TYPE roadmap_task AS (
    task text,
    duration float8
);
COMMENT ON TYPE roadmap_task IS
'A task of a roadmap and its duration (working days, or any unit that is used throughout; 0 = milestone), as ROW(task, duration)::roadmap_task. Numbers are kept to a millionth of the unit.';

CREATE TYPE roadmap_link AS (
    predecessor text,
    successor text,
    kind text,
    lag float8
);
COMMENT ON TYPE roadmap_link IS
'The successor depends on the predecessor: kind FS (finish to start; also when NULL), SS, FF or SF, with a lag in the unit of the durations (negative = lead; NULL = 0).';

CREATE TYPE roadmap_constraint AS (
    task text,
    kind text,
    value float8
);
COMMENT ON TYPE roadmap_constraint IS
'A date given for a task, counted from the start of the project: kind start_no_earlier, or deadline (latest finish). Of several the tightest holds.';

CREATE TYPE roadmap_demand AS (
    task text,
    department text,
    amount float8
);
COMMENT ON TYPE roadmap_demand IS
'What a task takes of a department while it runs (persons, say); NULL or 0 = nothing.';

CREATE TYPE roadmap_capacity AS (
    department text,
    amount float8
);
COMMENT ON TYPE roadmap_capacity IS
'What a department has at any time; NULL = no limit.';

CREATE TYPE roadmap_estimate AS (
    task text,
    optimistic float8,
    likely float8,
    pessimistic float8
);
COMMENT ON TYPE roadmap_estimate IS
'Three-point estimate of a task''s duration, optimistic <= likely <= pessimistic; three equal numbers are a certain duration.';

CREATE FUNCTION critical_path(
    tasks roadmap_task[],
    links roadmap_link[],
    constraints roadmap_constraint[] DEFAULT '{}',
    OUT task text,
    OUT earliest_start float8,
    OUT earliest_finish float8,
    OUT latest_start float8,
    OUT latest_finish float8,
    OUT total_float float8,
    OUT free_float float8,
    OUT critical boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_critical_path'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION critical_path(roadmap_task[], roadmap_link[], roadmap_constraint[]) IS
'Critical path method with links FS, SS, FF, SF and lags: one row a task in byte order of tasks, times from the start of the project in the unit of the durations. total_float is negative behind a deadline; critical = total_float <= 0; free_float is the slip that moves no other task''s early dates. A cycle is an error that names it. NULL argument: no rows.';

CREATE FUNCTION schedule(
    tasks roadmap_task[],
    links roadmap_link[],
    demands roadmap_demand[],
    capacities roadmap_capacity[],
    effort bigint DEFAULT 1000000,
    seed bigint DEFAULT 1,
    constraints roadmap_constraint[] DEFAULT '{}',
    OUT task text,
    OUT start float8,
    OUT finish float8,
    OUT project_finish float8,
    OUT bound float8,
    OUT gap float8)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_schedule'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 100;
COMMENT ON FUNCTION schedule(roadmap_task[], roadmap_link[], roadmap_demand[], roadmap_capacity[], bigint, bigint, roadmap_constraint[]) IS
'Schedule under department capacities: one row a task, start and finish in the unit of the durations; project_finish, bound (no schedule is shorter) and gap = (project_finish - bound) / bound are the same on every row. A heuristic: gap 0 is proof of the optimum. effort counts placements of a task; the result depends on (rows, effort, seed) alone. Deadlines decide between schedules of equal length only. NULL argument: no rows.';

CREATE FUNCTION simulate_roadmap(
    estimates roadmap_estimate[],
    links roadmap_link[],
    samples integer DEFAULT 10000,
    seed bigint DEFAULT 1,
    OUT task text,
    OUT mean float8,
    OUT p50 float8,
    OUT p80 float8,
    OUT p95 float8,
    OUT criticality float8)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_simulate_roadmap'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 100;
COMMENT ON FUNCTION simulate_roadmap(roadmap_estimate[], roadmap_link[], integer, bigint) IS
'Monte Carlo with Beta-PERT durations: mean and percentiles of each task''s finish in the unit of the durations, criticality = share of draws in which it is critical; the row with task NULL is the project. Deterministic by (rows, samples, seed). NULL argument: no rows.';
