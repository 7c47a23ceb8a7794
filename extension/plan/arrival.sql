-- What an arrival draws along: jobs and output in its chain of suppliers, city by city, as a range.

CREATE FUNCTION plan_arrival_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE flow_sector (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        sector sector_code NOT NULL,
        output float8 NOT NULL CHECK (output > 0 AND output < 'Infinity'),
        jobs float8 CHECK (jobs > 0 AND jobs < 'Infinity'),
        import_share float8 NOT NULL DEFAULT 0 CHECK (import_share BETWEEN 0 AND 1),
        source text,
        PRIMARY KEY (scenario, sector)
    );
    COMMENT ON TABLE flow_sector IS 'What the input-output table says of a sector beside its intermediate sales.';
    COMMENT ON COLUMN flow_sector.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN flow_sector.sector IS 'A sector of sector_flow.';
    COMMENT ON COLUMN flow_sector.output IS 'Total output, in the unit of sector_flow.';
    COMMENT ON COLUMN flow_sector.jobs IS 'Persons who work in it; NULL = not known, then an arrival in it has no multiplier.';
    COMMENT ON COLUMN flow_sector.import_share IS 'Share of imports in what is sold of it at home, in [0,1]: that part of each purchase leaves the country.';
    COMMENT ON COLUMN flow_sector.source IS 'Publisher of the figures.';
END
$function$;
COMMENT ON FUNCTION plan_arrival_tables(text) IS
'Makes the empty table flow_sector of a plan. Called by create_plan, which see.';

CREATE FUNCTION plan_arrival_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW city_multiplier WITH (security_invoker = true) AS
    WITH nation AS MATERIALIZED (
        SELECT n.scenario, n.m FROM national_activity() n
    ), row_of AS MATERIALIZED (
        -- an activity is divided among the rows of the table that lie in it: quotients stay what they are
        SELECT r.scenario, r.sector_from::sector_code AS flow, r.sector_to::sector_code AS activity,
               r.weight / sum(r.weight) OVER (PARTITION BY r.scenario, r.sector_to ORDER BY r.sector_from
                                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS weight
        FROM sector_route r WHERE r.bridge = 'flow_activity'
    ), whole AS MATERIALIZED (
        SELECT n.scenario, activity_matrix_agg('x:0', o.flow, t.value * o.weight) AS m
        FROM nation n CROSS JOIN LATERAL sector_totals(n.m) t JOIN row_of o ON o.scenario = n.scenario AND o.activity = t.sector
        GROUP BY n.scenario
    ), place AS MATERIALIZED (
        SELECT c.scenario, c.city_id, ('x:' || row_number() OVER (PARTITION BY c.scenario ORDER BY c.city_id COLLATE "C"))::region_code AS place
        FROM city c
    ), town AS MATERIALIZED (
        SELECT p.scenario, p.city_id, p.place, activity_matrix_agg(p.place, o.flow, e.value * o.weight) AS m
        FROM place p
        JOIN city_sector e ON e.scenario = p.scenario AND e.city_id = p.city_id AND e.value > 0
        JOIN row_of o ON o.scenario = e.scenario AND o.activity = e.sector::sector_code
        GROUP BY p.scenario, p.city_id, p.place
    ), input AS MATERIALIZED (
        SELECT f.scenario, f.seller, f.buyer, f.value * (1 - w.import_share) / b.output AS value
        FROM sector_flow f
        JOIN flow_sector w ON w.scenario = f.scenario AND w.sector = f.seller
        JOIN flow_sector b ON b.scenario = f.scenario AND b.sector = f.buyer
        WHERE f.value > 0
    ), payable AS MATERIALIZED (
        -- a sector whose inputs reach its output would make more than all, or nothing that can be solved
        SELECT i.scenario, i.buyer FROM input i GROUP BY i.scenario, i.buyer HAVING sum(i.value ORDER BY i.seller) < 1
    ), economy AS MATERIALIZED (
        SELECT i.scenario, as_ratio(sector_matrix_agg(i.seller, i.buyer, i.value)) AS a
        FROM input i JOIN payable p ON p.scenario = i.scenario AND p.buyer = i.buyer
        GROUP BY i.scenario
    ), labour AS MATERIALIZED (
        SELECT s.scenario, sector_profile_agg(s.sector, s.jobs / s.output) AS labour
        FROM flow_sector s
        WHERE NOT EXISTS (SELECT FROM input i WHERE i.scenario = s.scenario AND i.buyer = s.sector
                          AND NOT EXISTS (SELECT FROM payable p WHERE p.scenario = i.scenario AND p.buyer = i.buyer))
        GROUP BY s.scenario
    ), share AS MATERIALIZED (
        SELECT t.scenario, t.city_id, v.method, regional_coefficients(e.a, t.m, t.place, v.method, 0.3, w.m) AS a
        FROM town t JOIN whole w ON w.scenario = t.scenario JOIN economy e ON e.scenario = t.scenario
        CROSS JOIN (VALUES ('flq'), ('slq')) v (method)
    ), inverse AS MATERIALIZED (
        SELECT s.scenario, s.city_id, s.method,
               leontief_inverse((SELECT sector_matrix_agg(x.sector_a, x.sector_b, x.value) FROM pairs(s.a) x WHERE x.value > 0)) AS l
        FROM share s
    )
    SELECT i.scenario, i.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, i.method,
           d.sector::text AS sector, n.name_ko AS sector_name_ko, n.name_en AS sector_name_en,
           d.weight AS labour, coalesce(x.output, 1) AS output_multiplier, coalesce(x.jobs, 1) AS jobs_multiplier,
           concat_ws('|', i.scenario, i.city_id, i.method, d.sector::text) AS row_key
    FROM inverse i
    JOIN city c ON c.scenario = i.scenario AND c.city_id = i.city_id
    JOIN labour l ON l.scenario = i.scenario
    CROSS JOIN LATERAL weights(l.labour) d
    LEFT JOIN LATERAL multipliers(i.l, l.labour) x ON x.sector = d.sector
    LEFT JOIN sector_name n ON n.scenario = i.scenario AND n.sector = d.sector;
    COMMENT ON VIEW city_multiplier IS 'What a job or a unit of output in a sector of the input-output table draws along in a city, itself included, by what the city can supply itself.';
    COMMENT ON COLUMN city_multiplier.scenario IS 'Scenario.';
    COMMENT ON COLUMN city_multiplier.city_id IS 'The city.';
    COMMENT ON COLUMN city_multiplier.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN city_multiplier.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN city_multiplier.method IS 'How the city''s own supply is told: flq (Flegg''s location quotients, cautious) or slq (simple ones, the upper end).';
    COMMENT ON COLUMN city_multiplier.sector IS 'Sector of sector_flow with jobs, as text.';
    COMMENT ON COLUMN city_multiplier.sector_name_ko IS 'Name of the sector in Korean.';
    COMMENT ON COLUMN city_multiplier.sector_name_en IS 'Name of the sector in English.';
    COMMENT ON COLUMN city_multiplier.labour IS 'Jobs per unit of output.';
    COMMENT ON COLUMN city_multiplier.output_multiplier IS 'Output in the city for each unit of output in the sector; at least 1.';
    COMMENT ON COLUMN city_multiplier.jobs_multiplier IS 'Jobs in the city for each job in the sector; at least 1.';
    COMMENT ON COLUMN city_multiplier.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW arrival_impact WITH (security_invoker = true) AS
    WITH own AS MATERIALIZED (
        SELECT s.scenario, s.institution_id, sum(s.weight ORDER BY s.sector) AS weight FROM institution_sector s GROUP BY s.scenario, s.institution_id
    ), profile AS MATERIALIZED (
        SELECT s.scenario, s.institution_id, r.sector_to AS sector, sum(s.weight * r.weight / o.weight ORDER BY s.sector) AS share
        FROM institution_sector s
        JOIN own o ON o.scenario = s.scenario AND o.institution_id = s.institution_id AND o.weight > 0
        JOIN sector_route r ON r.scenario = s.scenario AND r.bridge = 'flow' AND r.sector_from = s.sector::text
        GROUP BY s.scenario, s.institution_id, r.sector_to
    ), multiplier AS MATERIALIZED (
        SELECT m.scenario, m.city_id, m.method, m.sector, m.labour, m.output_multiplier, m.jobs_multiplier FROM city_multiplier m
    ), chain AS MATERIALIZED (
        SELECT p.scenario, p.institution_id, m.city_id, m.method, sum(p.share ORDER BY p.sector) AS coverage,
               sum(p.share * m.jobs_multiplier ORDER BY p.sector) AS jobs,
               sum(p.share / m.labour ORDER BY p.sector) AS output, sum(p.share / m.labour * m.output_multiplier ORDER BY p.sector) AS total_output
        FROM profile p JOIN multiplier m ON m.scenario = p.scenario AND m.sector = p.sector
        GROUP BY p.scenario, p.institution_id, m.city_id, m.method
    ), effect AS MATERIALIZED (
        -- what the table does not reach is taken to be like the rest
        SELECT c.scenario, c.institution_id, c.city_id, round(min(c.coverage)::numeric, 9)::float8 AS coverage, min(c.output / c.coverage) AS output,
               min(c.jobs / c.coverage) AS jobs_low, max(c.jobs / c.coverage) AS jobs_high,
               min(c.total_output / c.output) AS output_low, max(c.total_output / c.output) AS output_high
        FROM chain c GROUP BY c.scenario, c.institution_id, c.city_id
    ), incumbent AS MATERIALIZED (
        SELECT b.scenario, b.city_id, b.partner_id FROM city_partner b WHERE b.kind = 'incumbent'
    ), candidate AS MATERIALIZED (
        SELECT i.scenario, i.institution_id, c.city_id, 'capital' AS kind
        FROM institution i JOIN city c ON c.scenario = i.scenario WHERE i.status = 'capital'
        UNION ALL
        (SELECT a.scenario, a.subsidiary_id, b.city_id, 'affiliate'
         FROM affiliation a
         JOIN incumbent b ON b.scenario = a.scenario AND b.partner_id = a.parent_id
         JOIN institution i ON i.scenario = a.scenario AND i.institution_id = a.subsidiary_id AND i.status IS DISTINCT FROM 'capital'
         EXCEPT
         SELECT b.scenario, b.partner_id, b.city_id, 'affiliate' FROM incumbent b)
    ), measured AS (
        SELECT min(l.jobs) AS low, max(l.jobs) AS high FROM local_multipliers() l
    )
    SELECT k.scenario, k.institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en,
           k.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, k.kind AS candidate_kind, i.headcount AS direct_jobs,
           e.jobs_low AS jobs_multiplier_low, e.jobs_high AS jobs_multiplier_high,
           i.headcount * (e.jobs_low - 1) AS indirect_jobs_low, i.headcount * (e.jobs_high - 1) AS indirect_jobs_high,
           i.headcount * e.jobs_low AS total_jobs_low, i.headcount * e.jobs_high AS total_jobs_high,
           i.headcount * d.low AS total_jobs_measured_low, i.headcount * d.high AS total_jobs_measured_high,
           e.output_low AS output_multiplier_low, e.output_high AS output_multiplier_high,
           i.headcount * e.output AS direct_output,
           i.headcount * e.output * (e.output_low - 1) AS indirect_output_low, i.headcount * e.output * (e.output_high - 1) AS indirect_output_high,
           coalesce(e.coverage, 0) AS coverage,
           concat_ws('|', k.scenario, k.institution_id, k.city_id) AS row_key
    FROM candidate k
    JOIN institution i ON i.scenario = k.scenario AND i.institution_id = k.institution_id
    JOIN city c ON c.scenario = k.scenario AND c.city_id = k.city_id
    CROSS JOIN measured d
    LEFT JOIN effect e ON e.scenario = k.scenario AND e.institution_id = k.institution_id AND e.city_id = k.city_id;
    COMMENT ON VIEW arrival_impact IS 'Jobs and output that a candidate would bring to a city, itself and along its chain of suppliers there, as a range: low by Flegg''s location quotients, high by simple ones; beside it what multipliers measured elsewhere would give. Multipliers stand without a head count too. No forecast: what its people spend, and what it displaces, is in the measured ones only.';
    COMMENT ON COLUMN arrival_impact.scenario IS 'Scenario.';
    COMMENT ON COLUMN arrival_impact.institution_id IS 'The candidate.';
    COMMENT ON COLUMN arrival_impact.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN arrival_impact.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN arrival_impact.city_id IS 'The city.';
    COMMENT ON COLUMN arrival_impact.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN arrival_impact.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN arrival_impact.candidate_kind IS 'capital: status capital; affiliate: a subsidiary of one of the city''s incumbents that is not in the city.';
    COMMENT ON COLUMN arrival_impact.direct_jobs IS 'Its head count; NULL = not known, and so are all numbers of jobs and output.';
    COMMENT ON COLUMN arrival_impact.jobs_multiplier_low IS 'Jobs in the city for each of its own, at least 1: what Flegg''s location quotients say the city supplies itself. NULL without coverage.';
    COMMENT ON COLUMN arrival_impact.jobs_multiplier_high IS 'The same by simple location quotients.';
    COMMENT ON COLUMN arrival_impact.indirect_jobs_low IS 'Jobs at suppliers in the city, low.';
    COMMENT ON COLUMN arrival_impact.indirect_jobs_high IS 'Jobs at suppliers in the city, high.';
    COMMENT ON COLUMN arrival_impact.total_jobs_low IS 'Direct and indirect jobs, low.';
    COMMENT ON COLUMN arrival_impact.total_jobs_high IS 'Direct and indirect jobs, high.';
    COMMENT ON COLUMN arrival_impact.total_jobs_measured_low IS 'All jobs by the lowest of local_multipliers().';
    COMMENT ON COLUMN arrival_impact.total_jobs_measured_high IS 'All jobs by the highest of local_multipliers().';
    COMMENT ON COLUMN arrival_impact.output_multiplier_low IS 'Output in the city for each unit of its own, low.';
    COMMENT ON COLUMN arrival_impact.output_multiplier_high IS 'Output in the city for each unit of its own, high.';
    COMMENT ON COLUMN arrival_impact.direct_output IS 'Its own output at the labour productivity of its sectors, in the unit of sector_flow.';
    COMMENT ON COLUMN arrival_impact.indirect_output_low IS 'Output of suppliers in the city, low.';
    COMMENT ON COLUMN arrival_impact.indirect_output_high IS 'Output of suppliers in the city, high.';
    COMMENT ON COLUMN arrival_impact.coverage IS 'Share of its profile in sectors whose output and jobs are known, in [0,1]; 0 = no multiplier.';
    COMMENT ON COLUMN arrival_impact.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_arrival_views(text) IS
'Makes or replaces the views city_multiplier and arrival_impact of a plan. Called by plan_views, which see.';
