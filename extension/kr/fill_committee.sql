/*
 * fill_committee.sql
 *	  A sample committee: five experts by role judge the five default parts of the score.
 *
 * The experts and their judgements are made up by this project to show how a committee works; every name says so. They sit in a
 * scenario of their own, a copy of base, so that the ranking under default and under committee weights stand side by side. The expert of
 * culture is less consistent than the usual limit allows: the committee's views say which pair to ask again.
 */
CREATE FUNCTION fill_committee(plan text, scenario text DEFAULT 'committee') RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    sample CONSTANT text := '표본 (sample: made up by innocity)';
BEGIN
    PERFORM set_config('search_path',
        (SELECT format('%I, %s, pg_temp', plan, string_agg(quote_ident(n.nspname), ', ' ORDER BY e.extname DESC))
         FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname IN ('innocity', 'innocity_kr')), true);
    PERFORM copy_scenario(plan, 'base', scenario);
    UPDATE setting s SET name_ko = '자문위원회 표본안', name_en = 'Sample committee', note = sample WHERE s.scenario = fill_committee.scenario;

    INSERT INTO expert (scenario, expert, field, weight)
    SELECT fill_committee.scenario, format('%s 위원 (표본/sample)', e.name), e.field, 1
    FROM (VALUES ('에너지', 'energy'), ('농업', 'agriculture'), ('정보통신', 'ICT'), ('문화', 'culture'), ('도시계획', 'urban planning')) e (name, field);

    -- how many times as important the first part is as the second, by role
    INSERT INTO judgement (scenario, expert, criterion_a, criterion_b, judgement)
    SELECT fill_committee.scenario, x.expert, j.a, j.b, j.judgement[x.place]
    FROM (VALUES
        ('complementarity', 'affiliation',     '{2, 3, 3, 1, 4}'::float8[]),
        ('complementarity', 'localization',    '{3, 2, 4, 5, 2}'),
        ('complementarity', 'linkage',         '{2, 3, 3, 3, 3}'),
        ('complementarity', 'relatedness',     '{4, 4, 2, 2, 3}'),
        ('affiliation',     'localization',    '{2, 1, 2, 1, 0.5}'),
        ('affiliation',     'linkage',         '{1, 1, 1, 5, 1}'),
        ('affiliation',     'relatedness',     '{3, 2, 0.5, 2, 1}'),
        ('localization',    'linkage',         '{0.5, 2, 1, 3, 2}'),
        ('localization',    'relatedness',     '{1, 2, 0.5, 4, 2}'),
        ('linkage',         'relatedness',     '{2, 1, 0.5, 3, 1}')) j (a, b, judgement)
    CROSS JOIN (SELECT e.expert, array_position(ARRAY['energy', 'agriculture', 'ICT', 'culture', 'urban planning'], e.field) AS place
                FROM expert e WHERE e.scenario = fill_committee.scenario) x;
END
$function$;
COMMENT ON FUNCTION fill_committee(text, text) IS
'Copies the scenario base of a plan and seats a sample committee there: five experts by role (energy, agriculture, ICT, culture, urban planning) with judgements made up by innocity, so named. Shows committee_consistency, committee_consensus and the ranking under a committee''s weights.';
