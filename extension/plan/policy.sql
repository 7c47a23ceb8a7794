-- Policy watch: what the government announced, what it changes in the plan's rows, and those changes carried out with before and after kept.

CREATE FUNCTION plan_policy_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE policy_item (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        policy_item text NOT NULL CHECK (policy_item <> ''),
        name_ko text,
        name_en text,
        stage text NOT NULL DEFAULT 'announced'
            CHECK (stage IN ('expected', 'announced', 'consultation', 'bill', 'decided', 'in force', 'withdrawn')),
        announced date,
        next_date date,
        next_step text,
        department text,
        source text,
        note text,
        PRIMARY KEY (scenario, policy_item),
        FOREIGN KEY (scenario, department) REFERENCES department ON UPDATE CASCADE ON DELETE SET NULL (department)
    );
    COMMENT ON TABLE policy_item IS 'Policies that the city watches: a law, a list, a guideline, a call for bids.';
    COMMENT ON COLUMN policy_item.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN policy_item.policy_item IS 'Identifier of the item.';
    COMMENT ON COLUMN policy_item.name_ko IS 'Title in Korean.';
    COMMENT ON COLUMN policy_item.name_en IS 'Title in English.';
    COMMENT ON COLUMN policy_item.stage IS 'expected, announced, consultation, bill, decided, in force or withdrawn.';
    COMMENT ON COLUMN policy_item.announced IS 'Day on which it became known.';
    COMMENT ON COLUMN policy_item.next_date IS 'Day of the next step; NULL = not known.';
    COMMENT ON COLUMN policy_item.next_step IS 'What is to happen then.';
    COMMENT ON COLUMN policy_item.department IS 'Department that watches it; NULL = none yet.';
    COMMENT ON COLUMN policy_item.source IS 'Publisher of the fact.';
    COMMENT ON COLUMN policy_item.note IS 'Free text; the sample marks its rows here.';

    CREATE TABLE policy_event (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        policy_event text NOT NULL CHECK (policy_event <> ''),
        policy_item text,
        event_date date NOT NULL,
        name_ko text,
        name_en text,
        applied timestamptz,
        source text,
        PRIMARY KEY (scenario, policy_event),
        FOREIGN KEY (scenario, policy_item) REFERENCES policy_item ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE policy_event IS 'What happened to a policy, and when the plan took it over.';
    COMMENT ON COLUMN policy_event.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN policy_event.policy_event IS 'Identifier of the event.';
    COMMENT ON COLUMN policy_event.policy_item IS 'Item that it belongs to; NULL = none.';
    COMMENT ON COLUMN policy_event.event_date IS 'Day of the event.';
    COMMENT ON COLUMN policy_event.name_ko IS 'What happened, in Korean.';
    COMMENT ON COLUMN policy_event.name_en IS 'What happened, in English.';
    COMMENT ON COLUMN policy_event.applied IS 'When apply_policy_event carried its changes out; NULL = not yet.';
    COMMENT ON COLUMN policy_event.source IS 'Publisher of the fact.';

    CREATE TABLE policy_change (
        scenario text NOT NULL DEFAULT 'base',
        policy_event text NOT NULL,
        position integer NOT NULL CHECK (position >= 1),
        action text NOT NULL DEFAULT 'update' CHECK (action IN ('insert', 'update', 'delete')),
        table_name text NOT NULL,
        row_filter jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(row_filter) = 'object'),
        new_values jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(new_values) = 'object'),
        rows_before jsonb,
        rows_after jsonb,
        PRIMARY KEY (scenario, policy_event, position),
        FOREIGN KEY (scenario, policy_event) REFERENCES policy_event ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE policy_change IS 'The changes of rows that an event means; apply_policy_event carries them out in order of position.';
    COMMENT ON COLUMN policy_change.scenario IS 'Scenario of the row, and of the rows that change.';
    COMMENT ON COLUMN policy_change.policy_event IS 'The event.';
    COMMENT ON COLUMN policy_change.position IS 'Order of the change within the event, from 1.';
    COMMENT ON COLUMN policy_change.action IS 'insert, update or delete.';
    COMMENT ON COLUMN policy_change.table_name IS 'A table of the plan, such as institution, city or rule.';
    COMMENT ON COLUMN policy_change.row_filter IS 'Which rows: columns and the values they must have, as {"city_id": "NJ"}; {} = all of the scenario.';
    COMMENT ON COLUMN policy_change.new_values IS 'Columns and their new values, as {"capacity": 2000}; for insert the whole row without scenario.';
    COMMENT ON COLUMN policy_change.rows_before IS 'The rows as they were, in order of their key; filled when the change is carried out.';
    COMMENT ON COLUMN policy_change.rows_after IS 'The rows as they became, in order of their key; filled when the change is carried out.';
END
$function$;
COMMENT ON FUNCTION plan_policy_tables(text) IS
'Makes the empty tables of a plan''s policy watch. Called by create_plan, which see.';

CREATE FUNCTION apply_policy_event(plan text, event text, scenario text DEFAULT 'base',
    OUT "position" integer, OUT action text, OUT table_name text, OUT rows integer)
RETURNS SETOF record
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    change record;
    known boolean;
    columns text;
    key_order text;
    unknown text;
    before jsonb;
    after jsonb;
    found_applied timestamptz;
    found_event boolean;
BEGIN
    PERFORM set_config('search_path', format('%I, pg_temp', home), true);
    IF NOT is_plan(plan) THEN
        RAISE EXCEPTION '"%" is no plan', plan
            USING ERRCODE = 'wrong_object_type', HINT = 'Make one with create_plan(name).';
    END IF;
    -- the lock makes two editors who apply the same event wait for each other: the second finds it applied
    EXECUTE format('SELECT true, applied FROM %I.policy_event WHERE scenario = $1 AND policy_event = $2 FOR UPDATE', plan)
        INTO found_event, found_applied USING scenario, event;
    IF found_event IS NULL THEN
        RAISE EXCEPTION 'there is no policy event "%"', event
            USING ERRCODE = 'no_data_found', DETAIL = format('It is looked for in scenario "%s" of plan "%s".', scenario, plan);
    END IF;
    IF found_applied IS NOT NULL THEN
        RAISE EXCEPTION 'policy event "%" is already applied', event
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = format('It was applied at %s.', found_applied),
                  HINT = 'Its rows before and after are in policy_change.';
    END IF;

    FOR change IN EXECUTE format('SELECT * FROM %I.policy_change WHERE scenario = $1 AND policy_event = $2 ORDER BY position', plan)
        USING scenario, event
    LOOP
        -- only tables that the plan was made with, and only columns they have
        SELECT count(*) = 1 INTO known FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = plan AND c.relkind = 'r' AND c.relname = change.table_name
          AND change.table_name = ANY (scenario_tables()) AND change.table_name !~ '^policy_';
        IF NOT known THEN
            RAISE EXCEPTION 'a policy change cannot touch "%"', change.table_name
                USING ERRCODE = 'invalid_parameter_value', DETAIL = format('It is change %s of event "%s".', change.position, event),
                      HINT = 'Name a table of the plan, such as institution, city, rule or criterion.';
        END IF;
        SELECT string_agg(format('%I', k), ', ' ORDER BY k) FILTER (WHERE a.attname IS NOT NULL),
               min(k) FILTER (WHERE a.attname IS NULL)
        INTO columns, unknown
        FROM jsonb_object_keys(change.new_values) k
        LEFT JOIN pg_attribute a ON a.attrelid = format('%I.%I', plan, change.table_name)::regclass AND a.attname = k
             AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'scenario';
        SELECT coalesce(unknown, min(k)) INTO unknown
        FROM jsonb_object_keys(change.row_filter) k
        WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = format('%I.%I', plan, change.table_name)::regclass
                          AND a.attname = k AND a.attnum > 0 AND NOT a.attisdropped);
        IF unknown IS NOT NULL THEN
            RAISE EXCEPTION 'table "%" has no column "%" that a policy change can use', change.table_name, unknown
                USING ERRCODE = 'undefined_column', DETAIL = format('It is change %s of event "%s".', change.position, event);
        END IF;
        IF change.action IN ('insert', 'update') AND columns IS NULL THEN
            RAISE EXCEPTION 'change % of event "%" has no new values', change.position, event
                USING ERRCODE = 'invalid_parameter_value', HINT = 'Give columns and values, as {"capacity": 2000}.';
        END IF;
        SELECT string_agg(format('t.%I', a.attname), ', ' ORDER BY k.n) INTO key_order
        FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY k (attnum, n)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE i.indrelid = format('%I.%I', plan, change.table_name)::regclass AND i.indisprimary;

        before := '[]';
        after := '[]';
        IF change.action <> 'insert' THEN
            -- locked, so that what another editor is writing is seen before it is changed
            EXECUTE format('SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY %s), ''[]'') FROM (SELECT * FROM %I.%I t WHERE t.scenario = $1 AND to_jsonb(t) @> $2 FOR UPDATE) t',
                           key_order, plan, change.table_name)
                INTO before USING scenario, change.row_filter;
        END IF;
        CASE change.action
            WHEN 'insert' THEN
                EXECUTE format('WITH done AS (INSERT INTO %1$I.%2$I AS t (scenario, %3$s) SELECT $1, %3$s FROM jsonb_populate_record(NULL::%1$I.%2$I, $2) RETURNING to_jsonb(t) AS row) '
                               'SELECT coalesce(jsonb_agg(row), ''[]'') FROM done', plan, change.table_name, columns)
                    INTO after USING scenario, change.new_values;
            WHEN 'update' THEN
                EXECUTE format('WITH done AS (UPDATE %1$I.%2$I t SET (%3$s) = (SELECT %3$s FROM jsonb_populate_record(NULL::%1$I.%2$I, $3)) '
                               'WHERE t.scenario = $1 AND to_jsonb(t) @> $2 RETURNING t.*) '
                               'SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY %4$s), ''[]'') FROM done t', plan, change.table_name, columns, key_order)
                    INTO after USING scenario, change.row_filter, change.new_values;
            ELSE
                EXECUTE format('DELETE FROM %I.%I t WHERE t.scenario = $1 AND to_jsonb(t) @> $2', plan, change.table_name)
                    USING scenario, change.row_filter;
        END CASE;
        EXECUTE format('UPDATE %I.policy_change SET rows_before = $4, rows_after = $5 WHERE scenario = $1 AND policy_event = $2 AND position = $3', plan)
            USING scenario, event, change.position, before, after;
        "position" := change.position;
        action := change.action;
        table_name := change.table_name;
        rows := greatest(jsonb_array_length(before), jsonb_array_length(after));
        RETURN NEXT;
    END LOOP;
    EXECUTE format('UPDATE %I.policy_event SET applied = now() WHERE scenario = $1 AND policy_event = $2', plan) USING scenario, event;
END
$function$;
COMMENT ON FUNCTION apply_policy_event(text, text, text) IS
'Carries out the changes of a policy event in their order, in one transaction, and keeps the rows before and after in policy_change. One row a change: its position, action, table and the number of rows it met (0 = its filter met none). Refuses an event that is already applied (55000), tables that are not the plan''s and columns they do not have.';
