# The first version with a plan, its rows and what users built on them; the update; and an imaginary version after the present one.
use strict;
use warnings;
use Test::More;
use Innocity;

my $node = start_node('upgrade');
$node->safe_psql('postgres', 'CREATE ROLE planner LOGIN CREATEDB; CREATE ROLE analyst LOGIN');
sql_as($node, 'postgres', 'planner', 'CREATE DATABASE city; CREATE DATABASE fresh');
my $newest = $node->safe_psql('postgres', q{SELECT default_version FROM pg_available_extensions WHERE name = 'innocity'});

sub city { return sql_as($node, 'city', 'planner', shift) }

# --- the first version, as it was installed and used then

city(q{
	CREATE SCHEMA innocity; CREATE SCHEMA desk;
	CREATE EXTENSION innocity SCHEMA innocity VERSION '1.0';
	SET search_path = innocity;
	SELECT create_plan('naju');
	SET search_path = naju, innocity;
	UPDATE setting SET base_year = 2023, home_city_id = 'NJ';
	INSERT INTO city (city_id, name_en, capacity) VALUES ('NJ', 'Naju', 500), ('JJ', 'Jinju', 400);
	INSERT INTO city_region (city_id, region) VALUES ('NJ', '46170'), ('JJ', '48170');
	INSERT INTO institution (institution_id, name_en, status, city_id, headcount) VALUES
		('P', 'Power', 'relocated', 'NJ', 900), ('G', 'Grid', 'capital', NULL, 120), ('S', 'Seeds', 'capital', NULL, 80), ('H', 'Homes', 'relocated', 'JJ', 700);
	INSERT INTO institution_sector (institution_id, sector, weight) VALUES ('P', '35111', 1), ('G', '35120', 1), ('S', '01', 0.6), ('S', '72', 0.4), ('H', '41', 1);
	INSERT INTO affiliation (parent_id, subsidiary_id, kind) VALUES ('P', 'G', 'equity');
	INSERT INTO region_activity (year, region, sector, value) VALUES
		(2023, '46170', '35', 900), (2023, '46170', '01', 500), (2023, '46170', '41', 50), (2023, '48170', '35', 40), (2023, '48170', '01', 300),
		(2023, '48170', '41', 800), (2023, '11110', '35', 100), (2023, '11110', '72', 900), (2023, '11110', '41', 400);
	INSERT INTO expert (expert, field) VALUES ('Kim', 'energy'), ('Lee', 'farming');
	INSERT INTO judgement (expert, criterion_a, criterion_b, judgement) VALUES
		('Kim', 'localization', 'complementarity', 0.5), ('Lee', 'localization', 'complementarity', 2);
	INSERT INTO department (department, name_en, capacity) VALUES ('plan', 'Planning', 2);
	INSERT INTO roadmap_setting (start_date) VALUES ('2026-03-02');
	INSERT INTO task (task, name_en, department, duration) VALUES ('list', 'Candidate list', 'plan', 5), ('site', 'Sites', 'plan', 10);
	INSERT INTO task_link (predecessor, successor) VALUES ('list', 'site');
	SELECT copy_scenario('naju', 'base', 'other');
	SELECT take_snapshot('naju', 'first');
	SELECT assess_robustness('naju', samples => 100);
	GRANT USAGE ON SCHEMA naju, desk, innocity TO analyst;
	GRANT CREATE ON SCHEMA desk TO analyst;
	GRANT SELECT ON ALL TABLES IN SCHEMA naju TO analyst;

	-- what users built: on a view, inside the plan, on a table, materialized
	CREATE VIEW naju.our_ranking AS SELECT institution_name_en, score, rank_in_city FROM naju.synergy_rank WHERE city_id = 'NJ';
	CREATE VIEW desk.top AS SELECT * FROM naju.our_ranking WHERE rank_in_city <= 10;
	CREATE MATERIALIZED VIEW desk.load AS SELECT * FROM naju.department_load;
	CREATE TABLE naju.meeting (scenario text, city_id text, held date, FOREIGN KEY (scenario, city_id) REFERENCES naju.city);
	INSERT INTO naju.meeting VALUES ('base', 'NJ', '2026-03-05');
	ALTER TABLE naju.task ADD COLUMN our_colour text, ADD CONSTRAINT our_rule CHECK (our_colour <> '');
	UPDATE naju.task SET our_colour = 'green';
	CREATE INDEX our_index ON naju.task (name_en);
});
sql_as($node, 'city', 'analyst', 'CREATE VIEW desk.dates AS SELECT task, start_date, critical FROM naju.roadmap');

# The rows of every table of the plan, in the columns it has now, and of what users built. (A new version's views may say more.)
my %columns = map { split /\|/ } split /\n/, city(q{
	SELECT a.attrelid::regclass, string_agg(quote_ident(a.attname), ',' ORDER BY a.attnum)
	FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE a.attnum > 0 AND NOT a.attisdropped
	  AND (n.nspname = 'naju' AND (c.relkind = 'r' OR c.relname = 'our_ranking') AND c.relname <> 'plan_version' OR n.nspname = 'desk' AND c.relname <> 'dates')
	GROUP BY 1});

sub rows
{
	return city(join ' UNION ALL ',
		map { "SELECT '$_', string_agg(t::text, E'\\n' ORDER BY t::text COLLATE \"C\") FROM (SELECT $columns{$_} FROM $_) t" } sort keys %columns);
}

my $views = join '; ', map { "SELECT count(*) FROM $_" } split /\n/,
  city(q{SELECT c.oid::regclass FROM pg_class c WHERE c.relnamespace = 'naju'::regnamespace AND c.relkind = 'v' ORDER BY c.relname COLLATE "C"});
my $rows = rows();
my $counts = city($views);
cmp_ok(scalar(keys %columns), '>', 40, 'tables of the first version');
like($rows, qr/desk\.top\|\("?Grid"?,0\.\d+,1\)/, 'and a view of a user on a view of a user on a view of ours');

# --- ALTER EXTENSION: the same objects as a fresh installation

city('ALTER EXTENSION innocity UPDATE');
is(city(q{SELECT extversion FROM pg_extension WHERE extname = 'innocity'}), $newest, "updated to $newest");
is(rows() . city($views), $rows . $counts, 'the old plan works on with the new library and functions');

sql_as($node, 'fresh', 'planner', 'CREATE SCHEMA innocity; CREATE EXTENSION innocity SCHEMA innocity; SET search_path = innocity; SELECT create_plan($$naju$$)');
my $members = q{
	SELECT coalesce(pg_describe_object(d.classid, d.objid, 0), '') || coalesce(
		(SELECT md5(concat_ws('|', pg_get_functiondef(p.oid), p.procost, p.prorows, p.proparallel, p.provolatile, p.proacl, p.prosupport, obj_description(p.oid, 'pg_proc')))
		 FROM pg_proc p WHERE d.classid = 'pg_proc'::regclass AND p.oid = d.objid AND p.prokind IN ('f', 'w')),
		(SELECT md5(concat_ws('|', p.proacl, a.aggtransfn, a.aggtranstype::regtype, a.aggfinalfn, a.aggfinalmodify, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggtransspace, a.aggmtransfn, a.aggminvtransfn, a.aggmtranstype::regtype, a.aggmfinalfn, a.aggmtransspace, a.aggminitval, a.agginitval, obj_description(p.oid, 'pg_proc')))
		 FROM pg_proc p JOIN pg_aggregate a ON a.aggfnoid = p.oid WHERE d.classid = 'pg_proc'::regclass AND p.oid = d.objid),
		(SELECT md5(concat_ws('|', (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), col_description(a.attrelid, a.attnum)), ',' ORDER BY a.attnum)
		                            FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), obj_description(t.oid, 'pg_type')))
		 FROM pg_type t WHERE d.classid = 'pg_type'::regclass AND t.oid = d.objid),
		(SELECT md5(concat_ws('|', o.oprcode, o.oprrest, o.oprjoin, o.oprcom::regoperator, o.oprnegate::regoperator, o.oprcanhash, o.oprcanmerge, obj_description(o.oid, 'pg_operator')))
		 FROM pg_operator o WHERE d.classid = 'pg_operator'::regclass AND o.oid = d.objid), '') AS member
	FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
	WHERE e.extname = 'innocity' AND d.deptype = 'e' ORDER BY member};
my $updated = city($members);
cmp_ok(scalar(split /\n/, $updated), '>', 500, 'members of the extension to compare');
is($updated, sql_as($node, 'fresh', 'planner', $members), 'the same members as in a fresh installation, to the comments and rights');

# --- upgrade_plan: the same objects as a fresh plan, and nothing of the users' lost

like(error_as($node, 'city', 'analyst', q{SELECT innocity.upgrade_plan('naju')}), qr/42501.*must be owner of plan "naju"/s, 'not by another role');
like(error_as($node, 'city', 'postgres', q{SELECT innocity.upgrade_plan('naju')}), qr/42501.*SET ROLE planner/s, 'nor by a superuser, whose objects it would fill with');
city('CREATE VIEW naju.sensitivity AS SELECT 1 AS mine');
like(error_as($node, 'city', 'planner', q{SELECT innocity.upgrade_plan('naju')}),
	qr/42710.*"naju"\."sensitivity" is not innocity's.*Rename it/s, 'nor over an object of a user that has a name of the new version');
is(city('SELECT mine FROM naju.sensitivity'), '1', 'which stays');
is(city(q{SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'innocity_model%'}), '0', 'and nothing is left behind');
city('ALTER VIEW naju.sensitivity RENAME TO our_sensitivity');

city(q{SELECT innocity.upgrade_plan('naju')});
is(rows(), $rows, 'all rows and the views of the users, after upgrade_plan');
is(city('SELECT innocity_version, upgraded IS NOT NULL FROM naju.plan_version'), "$newest|t", 'the plan names its version');
is(sql_as($node, 'city', 'analyst', 'SELECT count(*) FROM desk.dates'), '4', 'the view of another role, by its rights');
is(city(q{SELECT our_colour FROM naju.task LIMIT 1}), 'green', 'a column of the users in our table');
like(error_as($node, 'city', 'planner', q{UPDATE naju.task SET our_colour = ''}), qr/our_rule/, 'and their constraint');
is(city(q{SELECT to_regclass('naju.our_index') IS NOT NULL}), 't', 'and their index');

# Parts of a fresh plan, but for the order of columns, which a view in use keeps, and for names of columns that nobody named.
my $parts = q{
	SELECT kind, relation, part, type, CASE WHEN kind <> 'view' THEN regexp_replace(definition, '(''\w+''::text) AS text', '\1', 'g') END, required, note FROM innocity.plan_parts('naju')
	WHERE NOT (relation ~ '^our_|^meeting$' OR coalesce(part, '') ~ '^our_') ORDER BY kind, relation COLLATE "C", part COLLATE "C"};
my %of_fresh = map { $_ => 1 } split /\n(?=\w+\|)/, sql_as($node, 'fresh', 'planner', $parts);
is(join("\n", grep { !delete $of_fresh{$_} } split /\n(?=\w+\|)/, city($parts)), '', 'no part that a fresh plan has not');
is(join("\n", sort keys %of_fresh), '', 'and none less');

# --- what comes after the present version: every kind of change

$node->safe_psql('city', q{
	ALTER FUNCTION innocity.plan_objects(text) RENAME TO plan_objects_before;
	CREATE FUNCTION innocity.plan_objects(plan text) RETURNS void LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp AS $$
	BEGIN
		PERFORM innocity.plan_objects_before(plan);
		PERFORM set_config('search_path', format('%I, innocity, pg_temp', plan), true);
		ALTER TABLE department ADD COLUMN phone text NOT NULL DEFAULT '-' CHECK (phone <> ''), ALTER COLUMN capacity SET DEFAULT 1;
		ALTER TABLE department DROP CONSTRAINT department_capacity_check, ADD CONSTRAINT department_capacity_check CHECK (capacity >= 0 AND capacity < 1000);
		CREATE TABLE visit (scenario text NOT NULL DEFAULT 'base', visit bigint GENERATED BY DEFAULT AS IDENTITY, city_id text, day date NOT NULL,
			PRIMARY KEY (scenario, visit), FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE);
		CREATE INDEX visit_day ON visit (day);
		COMMENT ON TABLE visit IS 'Visits.';
		CREATE FUNCTION visit_check() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.day IS NULL THEN NEW.day := date ''2026-01-01''; END IF; RETURN NEW; END';
		COMMENT ON FUNCTION visit_check() IS 'A day for each visit.';
		CREATE TRIGGER visit_check BEFORE INSERT ON visit FOR EACH ROW EXECUTE FUNCTION visit_check();
		-- a column between the old ones, and a function whose result changes with it
		DROP VIEW task_work CASCADE;
		DROP FUNCTION committee_vote() CASCADE;
		CREATE VIEW task_work WITH (security_invoker = true) AS
			SELECT t.scenario, t.task, 'new'::text AS news, t.department, 'owns'::text AS role, t.demand, concat_ws('|', t.scenario, t.task, t.department) AS row_key FROM task t;
		COMMENT ON VIEW task_work IS 'Changed.';
		CREATE FUNCTION committee_vote() RETURNS TABLE (scenario text, expert text) LANGUAGE sql STABLE
			BEGIN ATOMIC SELECT e.scenario, e.expert FROM expert e; END;
		COMMENT ON FUNCTION committee_vote() IS 'Changed.';
		CREATE VIEW vote_count WITH (security_invoker = true) AS SELECT count(*) AS votes FROM committee_vote();
		COMMENT ON VIEW vote_count IS 'New.';
		-- a column goes
		DROP VIEW next_actions;
		CREATE VIEW next_actions WITH (security_invoker = true) AS SELECT scenario, task FROM task;
		COMMENT ON VIEW next_actions IS 'Changed.';
	END $$});
city(q{
	CREATE VIEW desk.work AS SELECT task, department, row_key FROM naju.task_work;
	CREATE VIEW desk.voters AS SELECT expert, field FROM naju.committee_vote();
	CREATE VIEW desk.actions AS SELECT * FROM naju.next_actions;
	GRANT SELECT ON naju.next_actions TO analyst WITH GRANT OPTION;
});
my $before = city('SELECT * FROM desk.work ORDER BY 1, 2; SELECT * FROM desk.voters ORDER BY 1');
my ($status, $out, $err) = $node->psql('city', q{SELECT innocity.upgrade_plan('naju')}, extra_params => [ '-U', 'planner' ]);
is($status, 0, 'upgraded to the version after') or diag $err;
like($err, qr/WARNING:  FUNCTION naju\.replaced_\d+\(\) of the old version is still in use/, 'an old function in use is kept, and said so');
like($err, qr/WARNING:  VIEW naju\.replaced_\d+ of the old version is still in use/, 'so is a view that lost a column');
is(city('SELECT * FROM desk.work ORDER BY 1, 2; SELECT * FROM desk.voters ORDER BY 1'), $before, 'the views of the users say what they said');
is(city(q{SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'naju.task_work'::regclass}),
	'scenario task department role demand row_key news', 'a view gets its new column, behind the old ones');
is(city(q{SELECT news FROM naju.task_work LIMIT 1}), 'new', 'and its new text');
is(city(q{SELECT phone FROM naju.department LIMIT 1}), '-', 'a table gets its new column, old rows the default');
like(error_as($node, 'city', 'planner', q{INSERT INTO naju.department (department, capacity) VALUES ('x', 5000)}), qr/department_capacity_check/, 'a changed constraint holds');
is(city(q{INSERT INTO naju.visit (city_id) VALUES ('NJ') RETURNING visit, day}), "1|2026-01-01", 'a new table with identity and trigger');
like(error_as($node, 'city', 'planner', q{INSERT INTO naju.visit (city_id) VALUES ('XX')}), qr/23503/, 'its foreign key leads to the plan');
is(city(q{SELECT to_regclass('naju.visit_day') IS NOT NULL AND obj_description('naju.visit'::regclass) = 'Visits.'}), 't', 'its index and comment');
is(city(q{SELECT has_table_privilege('analyst', 'naju.next_actions', 'SELECT WITH GRANT OPTION')}), 't', 'rights on a view that stepped aside go on to the new one');
is(city(q{SELECT count(*) FROM pg_depend d JOIN pg_namespace n ON n.oid = d.refobjid WHERE n.nspname LIKE 'innocity_model%'}), '0', 'nothing leans on the model');
is(city(q{SELECT innocity.upgrade_plan('naju')}), 'naju', 'once more: nothing to do');

# A row that a new rule forbids stops the upgrade, and nothing of it stays.
$node->safe_psql('city', q{
	CREATE OR REPLACE FUNCTION innocity.plan_objects(plan text) RETURNS void LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp AS $$
	BEGIN
		PERFORM innocity.plan_objects_before(plan);
		EXECUTE format('ALTER TABLE %I.expert ADD COLUMN seat integer DEFAULT 1, ADD CHECK (field <> %L)', plan, 'energy');
	END $$});
like(error_as($node, 'city', 'planner', q{SELECT innocity.upgrade_plan('naju')}), qr/23514.*expert/s, 'a row that a new rule forbids is named by its constraint');
is(city(q{SELECT count(*) FROM pg_attribute WHERE attrelid = 'naju.expert'::regclass AND attname = 'seat'}), '0', 'and the plan is as before');
is(city(q{ALTER TABLE naju.task ALTER COLUMN note TYPE varchar(80)}) . '', '', 'a user changes the type of a column of ours');
like(error_as($node, 'city', 'planner', q{SELECT innocity.upgrade_plan('naju')}), qr/42804.*column "note" of "naju"\."task".*character varying\(80\), not text/s, 'which is refused by name');

done_testing;
