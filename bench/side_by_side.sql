-- Queries side by side: pg_temp.side_by_side(names, queries, repetitions) runs each in turn, again and again, so that a drift of the
-- machine hits all alike, and returns medians. The measure is CPU seconds of the server process (/proc/self/schedstat), which a
-- busy machine blurs less than wall time; where that cannot be read, and for parallel plans, use wall time.
CREATE FUNCTION pg_temp.side_by_side(names text[], queries text[], repetitions int, wall bool DEFAULT false)
RETURNS TABLE (name text, seconds float8) LANGUAGE plpgsql AS $$
DECLARE
    started float8;
    taken float8[] := '{}';
    number int[] := '{}';
BEGIN
    FOR repetition IN 0 .. repetitions LOOP
        FOR q IN 1 .. cardinality(queries) LOOP
            started := pg_temp.clock(wall);
            EXECUTE queries[q];
            -- the first round warms up
            IF repetition > 0 THEN
                taken := taken || pg_temp.clock(wall) - started;
                number := number || q;
            END IF;
        END LOOP;
    END LOOP;
    RETURN QUERY
    SELECT names[n], percentile_cont(0.5) WITHIN GROUP (ORDER BY t)
    FROM unnest(number, taken) u(n, t) GROUP BY n ORDER BY n;
END $$;

CREATE FUNCTION pg_temp.clock(wall bool) RETURNS float8 LANGUAGE plpgsql AS $$
BEGIN
    IF NOT wall THEN
        RETURN split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)::float8 / 1e9;
    END IF;
    RETURN extract(epoch FROM clock_timestamp());
EXCEPTION WHEN OTHERS THEN
    RETURN extract(epoch FROM clock_timestamp());
END $$;
