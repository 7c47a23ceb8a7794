-- A plan's tables. plan_tables() runs fixed DDL: every statement is text of this file, and only the search path says in which schema the
-- tables land. Every table has scenario first in its key, so that a copy of a scenario is a copy of rows and a dashboard filters one
-- column. Deleting a scenario's row of setting deletes the scenario.

CREATE FUNCTION plan_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);
    IF home IS NULL OR current_schema() IS DISTINCT FROM plan THEN
        RAISE EXCEPTION 'schema "%" does not exist', plan
            USING ERRCODE = 'invalid_schema_name', HINT = 'Let create_plan make it.';
    END IF;

    -- What makes a schema a plan: drop_plan and upgrade_plan look for this table and its single row.
    CREATE TABLE plan_version (
        singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
        innocity_version text NOT NULL,
        created timestamptz NOT NULL DEFAULT now(),
        upgraded timestamptz
    );
    COMMENT ON TABLE plan_version IS 'One row: marks this schema as a plan of innocity, and says which version made its views.';
    COMMENT ON COLUMN plan_version.singleton IS 'Always true: the table has one row.';
    COMMENT ON COLUMN plan_version.innocity_version IS 'Version of innocity that made or last upgraded the views.';
    COMMENT ON COLUMN plan_version.created IS 'When create_plan made the schema.';
    COMMENT ON COLUMN plan_version.upgraded IS 'When upgrade_plan last replaced the views; NULL if never.';

    CREATE TABLE setting (
        scenario text PRIMARY KEY DEFAULT 'base' CHECK (scenario <> ''),
        name_ko text,
        name_en text,
        base_year integer,
        neighbours integer NOT NULL DEFAULT 3 CHECK (neighbours >= 1),
        power float8 NOT NULL DEFAULT 1 CHECK (power > '-Infinity' AND power < 'Infinity'),
        kappa float8 NOT NULL DEFAULT 10 CHECK (kappa > 0 AND kappa < 'Infinity'),
        sibling_weight float8 NOT NULL DEFAULT 0.5 CHECK (sibling_weight BETWEEN 0 AND 1),
        decay_km float8 NOT NULL DEFAULT 10 CHECK (decay_km > 0 AND decay_km < 'Infinity'),
        far_share float8 NOT NULL DEFAULT 0.5 CHECK (far_share BETWEEN 0 AND 1),
        living_normalization text NOT NULL DEFAULT 'min_max' CHECK (living_normalization IN ('min_max', 'z_score', 'rank', 'reference')),
        living_mean text NOT NULL DEFAULT 'arithmetic' CHECK (living_mean IN ('arithmetic', 'geometric')),
        home_city_id text,
        copied_from text,
        note text,
        pair_weight float8 NOT NULL DEFAULT 0 CHECK (pair_weight >= 0 AND pair_weight < 'Infinity'),
        pair_partners integer NOT NULL DEFAULT 3 CHECK (pair_partners BETWEEN 1 AND 1000),
        incumbent_weight text NOT NULL DEFAULT 'equal' CHECK (incumbent_weight IN ('equal', 'headcount')),
        pair_least float8 NOT NULL DEFAULT 0.01 CHECK (pair_least > 0 AND pair_least < 'Infinity'),
        CHECK (living_mean = 'arithmetic' OR living_normalization <> 'z_score')
    );
    COMMENT ON TABLE setting IS 'One row a scenario: its parameters. A scenario exists when it has a row here.';
    COMMENT ON COLUMN setting.scenario IS 'Name of the scenario; base is the one a plan starts with.';
    COMMENT ON COLUMN setting.name_ko IS 'Name of the scenario in Korean.';
    COMMENT ON COLUMN setting.name_en IS 'Name of the scenario in English.';
    COMMENT ON COLUMN setting.base_year IS 'Year of region_activity that the parts of the score read; NULL = the latest year there.';
    COMMENT ON COLUMN setting.neighbours IS 'Complementarity is the mean over this many most similar incumbents or assets (k).';
    COMMENT ON COLUMN setting.power IS 'Power of the weighted mean: 1 arithmetic, 0 geometric, -1 harmonic.';
    COMMENT ON COLUMN setting.kappa IS 'Absorption = x / (x + kappa n): how much activity of the city one job of the institution asks for.';
    COMMENT ON COLUMN setting.sibling_weight IS 'Strength of the tie of two subsidiaries of one parent, before the weights of their kinds, in [0,1].';
    COMMENT ON COLUMN setting.decay_km IS 'Distance in kilometres over which effects fade to 1/e, for the view spillover: the distance over which they halve, divided by ln 2.';
    COMMENT ON COLUMN setting.far_share IS 'Share of the effect that crosses more than one border, in [0,1], for the view spillover.';
    COMMENT ON COLUMN setting.living_normalization IS 'How figures are normalised for living_conditions: min_max, z_score, rank or reference.';
    COMMENT ON COLUMN setting.living_mean IS 'How they are put together: arithmetic, or geometric (not of z-scores).';
    COMMENT ON COLUMN setting.home_city_id IS 'The city that this plan is made for; reports start with it.';
    COMMENT ON COLUMN setting.copied_from IS 'Scenario that copy_scenario made this one from.';
    COMMENT ON COLUMN setting.note IS 'Free text.';
    COMMENT ON COLUMN setting.incumbent_weight IS 'How incumbents count in complementarity and in the ministry''s share of affiliation: equal, or headcount = in proportion to their head counts, those not known as the median of the city''s known ones; see partner_weight.';
    COMMENT ON COLUMN setting.pair_weight IS 'How much pair bonuses count in solve(): 0 = not at all, 1 = in full, at least 0.';
    COMMENT ON COLUMN setting.pair_partners IS 'assess_pair_bonus keeps the pairs that are among this many best of one of the two.';
    COMMENT ON COLUMN setting.pair_least IS 'The least bonus that assess_pair_bonus keeps, in units of the score, above 0.';

    CREATE TABLE city (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        city_id text NOT NULL CHECK (city_id <> ''),
        name_ko text,
        name_en text,
        competes boolean NOT NULL DEFAULT true,
        theme_ko text,
        theme_en text,
        capacity float8 CHECK (capacity >= 0 AND capacity < 'Infinity'),
        max_count integer CHECK (max_count >= 0),
        min_count integer CHECK (min_count >= 0),
        longitude float8 CHECK (longitude BETWEEN -180 AND 180),
        latitude float8 CHECK (latitude BETWEEN -90 AND 90),
        source text,
        PRIMARY KEY (scenario, city_id)
    );
    COMMENT ON TABLE city IS 'Cities that institutions may move to.';
    COMMENT ON COLUMN city.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN city.city_id IS 'Identifier of the city, the planner''s own.';
    COMMENT ON COLUMN city.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN city.name_en IS 'Name in English.';
    COMMENT ON COLUMN city.competes IS 'Does the city compete for institutions? rank_of_city, runner-up and margin count competing cities only.';
    COMMENT ON COLUMN city.theme_ko IS 'Theme of the city in Korean.';
    COMMENT ON COLUMN city.theme_en IS 'Theme of the city in English.';
    COMMENT ON COLUMN city.capacity IS 'Head count that the city can take; NULL = no limit.';
    COMMENT ON COLUMN city.max_count IS 'Most institutions that the city may get; NULL = no limit.';
    COMMENT ON COLUMN city.min_count IS 'Fewest institutions that the city must get; NULL = none.';
    COMMENT ON COLUMN city.longitude IS 'Longitude in degrees, WGS 84.';
    COMMENT ON COLUMN city.latitude IS 'Latitude in degrees, WGS 84.';
    COMMENT ON COLUMN city.source IS 'Publisher of the row''s facts.';

    CREATE TABLE city_region (
        scenario text NOT NULL DEFAULT 'base',
        city_id text NOT NULL,
        region region_code NOT NULL,
        PRIMARY KEY (scenario, city_id, region),
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE city_region IS 'Regions that make up a city. Its row of activity is the sum of the rows of region_activity that lie in them.';
    COMMENT ON COLUMN city_region.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN city_region.city_id IS 'The city.';
    COMMENT ON COLUMN city_region.region IS 'A region of the city; what lies under it counts too.';

    CREATE TABLE city_theme (
        scenario text NOT NULL DEFAULT 'base',
        city_id text NOT NULL,
        cluster text NOT NULL CHECK (cluster <> ''),
        source text,
        PRIMARY KEY (scenario, city_id, cluster),
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE city_theme IS 'Function groups that the theme of a city names, as institution.cluster writes them. The score does not read them; recovery compares it with them.';
    COMMENT ON COLUMN city_theme.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN city_theme.city_id IS 'The city.';
    COMMENT ON COLUMN city_theme.cluster IS 'Function group, as in institution.cluster.';
    COMMENT ON COLUMN city_theme.source IS 'Publisher of the row''s facts.';

    CREATE TABLE site (
        scenario text NOT NULL DEFAULT 'base',
        city_id text NOT NULL,
        site_id text NOT NULL CHECK (site_id <> ''),
        kind text NOT NULL CHECK (kind IN ('innovation_city', 'old_downtown', 'surrounding_centre', 'other')),
        name_ko text,
        name_en text,
        region region_code,
        longitude float8 CHECK (longitude BETWEEN -180 AND 180),
        latitude float8 CHECK (latitude BETWEEN -90 AND 90),
        area_km2 float8 CHECK (area_km2 >= 0 AND area_km2 < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, site_id),
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE site IS 'Places inside and around a city: the innovation city, the old downtown, centres of the surrounding areas.';
    COMMENT ON COLUMN site.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN site.city_id IS 'The city that the site belongs to.';
    COMMENT ON COLUMN site.site_id IS 'Identifier of the site, the planner''s own.';
    COMMENT ON COLUMN site.kind IS 'innovation_city, old_downtown, surrounding_centre or other.';
    COMMENT ON COLUMN site.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN site.name_en IS 'Name in English.';
    COMMENT ON COLUMN site.region IS 'Code of the place, down to ten digits.';
    COMMENT ON COLUMN site.longitude IS 'Longitude in degrees, WGS 84.';
    COMMENT ON COLUMN site.latitude IS 'Latitude in degrees, WGS 84.';
    COMMENT ON COLUMN site.area_km2 IS 'Area in square kilometres.';
    COMMENT ON COLUMN site.source IS 'Publisher of the row''s facts.';

    CREATE TABLE city_indicator (
        scenario text NOT NULL DEFAULT 'base',
        city_id text NOT NULL,
        indicator text NOT NULL CHECK (indicator <> ''),
        year integer NOT NULL,
        value float8 NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, city_id, indicator, year),
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE city_indicator IS 'Figures of a city beyond its economy (living conditions, extinction risk, ...), for the planner''s own criteria.';
    COMMENT ON COLUMN city_indicator.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN city_indicator.city_id IS 'The city.';
    COMMENT ON COLUMN city_indicator.indicator IS 'Name of the figure.';
    COMMENT ON COLUMN city_indicator.year IS 'Year of the figure; a criterion reads the latest.';
    COMMENT ON COLUMN city_indicator.value IS 'The figure, in its own unit, finite.';
    COMMENT ON COLUMN city_indicator.source IS 'Publisher of the figure.';

    CREATE TABLE institution (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        institution_id text NOT NULL CHECK (institution_id <> ''),
        name_ko text,
        name_en text,
        abbreviation text,
        ministry text,
        type text,
        status text NOT NULL DEFAULT 'other' CHECK (status IN ('capital', 'relocated', 'other')),
        head_office region_code,
        place_ko text,
        place_en text,
        city_id text,
        relocated_year integer,
        cluster text,
        category text,
        move_group text,
        headcount float8 CHECK (headcount > 0 AND headcount < 'Infinity'),
        confidence text,
        source text,
        PRIMARY KEY (scenario, institution_id),
        -- deferred: a scenario is deleted table by table
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
    );
    COMMENT ON TABLE institution IS 'Institutions: those that moved, those that may move, and all others that count as incumbents of a city.';
    COMMENT ON COLUMN institution.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN institution.institution_id IS 'Identifier of the institution, the planner''s own.';
    COMMENT ON COLUMN institution.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN institution.name_en IS 'Name in English.';
    COMMENT ON COLUMN institution.abbreviation IS 'Short name.';
    COMMENT ON COLUMN institution.ministry IS 'Ministry in charge; institutions of one ministry are affiliated by their share among the incumbents.';
    COMMENT ON COLUMN institution.type IS 'Legal type, as published.';
    COMMENT ON COLUMN institution.status IS 'capital = a candidate for every city; relocated = moved to city_id; other = elsewhere.';
    COMMENT ON COLUMN institution.head_office IS 'Region of the head office; NULL = not known.';
    COMMENT ON COLUMN institution.place_ko IS 'Where the head office is, in Korean.';
    COMMENT ON COLUMN institution.place_en IS 'Where the head office is, in English.';
    COMMENT ON COLUMN institution.city_id IS 'City that the institution moved to; NULL unless it did.';
    COMMENT ON COLUMN institution.relocated_year IS 'Year of the move.';
    COMMENT ON COLUMN institution.cluster IS 'Function group of the institution (energy, agri, ...).';
    COMMENT ON COLUMN institution.category IS 'The planner''s own category, for quotas of the allocation.';
    COMMENT ON COLUMN institution.move_group IS 'Institutions of one move group move together or not at all.';
    COMMENT ON COLUMN institution.headcount IS 'Persons employed; NULL = not known.';
    COMMENT ON COLUMN institution.confidence IS 'How sure the row''s facts are (high, medium, low), as its source says.';
    COMMENT ON COLUMN institution.source IS 'Publisher of the row''s facts.';

    CREATE TABLE institution_sector (
        scenario text NOT NULL DEFAULT 'base',
        institution_id text NOT NULL,
        sector sector_code NOT NULL,
        weight float8 NOT NULL CHECK (weight >= 0 AND weight < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, institution_id, sector),
        FOREIGN KEY (scenario, institution_id) REFERENCES institution ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE institution_sector IS 'Profile of an institution: what it does and whom it serves, as weights over sectors of any level. The score divides by their sum; plan_problem lists sums that are not 1.';
    COMMENT ON COLUMN institution_sector.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN institution_sector.institution_id IS 'The institution.';
    COMMENT ON COLUMN institution_sector.sector IS 'A sector, at any level.';
    COMMENT ON COLUMN institution_sector.weight IS 'Weight of the sector, at least 0; those of an institution should add up to 1.';
    COMMENT ON COLUMN institution_sector.source IS 'Who assigned the weight, and how.';

    CREATE TABLE asset (
        scenario text NOT NULL DEFAULT 'base',
        asset_id text NOT NULL CHECK (asset_id <> ''),
        city_id text NOT NULL,
        name_ko text,
        name_en text,
        confidence text,
        source text,
        PRIMARY KEY (scenario, asset_id),
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE asset IS 'National projects, universities and research facilities of a city: partners in complementarity, no incumbents.';
    COMMENT ON COLUMN asset.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN asset.asset_id IS 'Identifier of the asset, not that of an institution.';
    COMMENT ON COLUMN asset.city_id IS 'The city that has the asset.';
    COMMENT ON COLUMN asset.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN asset.name_en IS 'Name in English.';
    COMMENT ON COLUMN asset.confidence IS 'How sure the row''s facts are, as its source says.';
    COMMENT ON COLUMN asset.source IS 'Publisher of the row''s facts.';

    CREATE TABLE asset_sector (
        scenario text NOT NULL DEFAULT 'base',
        asset_id text NOT NULL,
        sector sector_code NOT NULL,
        weight float8 NOT NULL CHECK (weight >= 0 AND weight < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, asset_id, sector),
        FOREIGN KEY (scenario, asset_id) REFERENCES asset ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE asset_sector IS 'Profile of an asset, as that of an institution.';
    COMMENT ON COLUMN asset_sector.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN asset_sector.asset_id IS 'The asset.';
    COMMENT ON COLUMN asset_sector.sector IS 'A sector, at any level.';
    COMMENT ON COLUMN asset_sector.weight IS 'Weight of the sector, at least 0; those of an asset should add up to 1.';
    COMMENT ON COLUMN asset_sector.source IS 'Who assigned the weight, and how.';

    CREATE TABLE tie_kind (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind <> ''),
        weight float8 NOT NULL CHECK (weight BETWEEN 0 AND 1),
        PRIMARY KEY (scenario, kind)
    );
    COMMENT ON TABLE tie_kind IS 'Kinds of affiliation and how strong a tie each is.';
    COMMENT ON COLUMN tie_kind.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN tie_kind.kind IS 'Kind of affiliation.';
    COMMENT ON COLUMN tie_kind.weight IS 'Strength of the tie in [0,1].';

    CREATE TABLE affiliation (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        parent_id text NOT NULL CHECK (parent_id <> ''),
        subsidiary_id text NOT NULL CHECK (subsidiary_id <> ''),
        kind text NOT NULL,
        source text,
        PRIMARY KEY (scenario, parent_id, subsidiary_id, kind),
        FOREIGN KEY (scenario, kind) REFERENCES tie_kind ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
        CHECK (parent_id <> subsidiary_id)
    );
    COMMENT ON TABLE affiliation IS 'Who belongs to whom. A parent or subsidiary that is no row of institution is written by its name: two subsidiaries of one parent are siblings all the same.';
    COMMENT ON COLUMN affiliation.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN affiliation.parent_id IS 'Identifier of the parent, or its name where it is no row of institution.';
    COMMENT ON COLUMN affiliation.subsidiary_id IS 'Identifier of the subsidiary, or its name where it is no row of institution.';
    COMMENT ON COLUMN affiliation.kind IS 'Kind of affiliation.';
    COMMENT ON COLUMN affiliation.source IS 'Publisher of the fact.';

    CREATE TABLE region_activity (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        year integer NOT NULL,
        region region_code NOT NULL,
        sector sector_code NOT NULL,
        value float8 NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, year, region, sector)
    );
    COMMENT ON TABLE region_activity IS 'The economy: activity of each region in each sector (jobs, value added, ...). One level of regions and one level of sectors, so that nothing counts twice; absent cells are 0.';
    COMMENT ON COLUMN region_activity.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN region_activity.year IS 'Year of the figure.';
    COMMENT ON COLUMN region_activity.region IS 'The region.';
    COMMENT ON COLUMN region_activity.sector IS 'The sector, in the taxonomy of the statistic.';
    COMMENT ON COLUMN region_activity.value IS 'The figure, one unit throughout; negative ones are dropped by the score and listed in plan_problem.';
    COMMENT ON COLUMN region_activity.source IS 'Publisher of the figure.';

    CREATE TABLE sector_flow (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        seller sector_code NOT NULL,
        buyer sector_code NOT NULL,
        value float8 NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, seller, buyer)
    );
    COMMENT ON TABLE sector_flow IS 'Input-output table: intermediate sales between sectors; no final demand, no value added.';
    COMMENT ON COLUMN sector_flow.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN sector_flow.seller IS 'The sector that sells (row).';
    COMMENT ON COLUMN sector_flow.buyer IS 'The sector that buys (column).';
    COMMENT ON COLUMN sector_flow.value IS 'Sales, one unit throughout; the few negative ones of published tables count as they are and are listed in plan_problem.';
    COMMENT ON COLUMN sector_flow.source IS 'Publisher of the table.';

    CREATE TABLE labour_flow (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        sector_from sector_code NOT NULL,
        sector_to sector_code NOT NULL,
        movers float8 NOT NULL CHECK (movers >= 0 AND movers < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, sector_from, sector_to)
    );
    COMMENT ON TABLE labour_flow IS 'Persons who moved from a job in one sector to a job in another. The part labour reads them; without rows it is NULL.';
    COMMENT ON COLUMN labour_flow.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN labour_flow.sector_from IS 'Sector of the old job.';
    COMMENT ON COLUMN labour_flow.sector_to IS 'Sector of the new job.';
    COMMENT ON COLUMN labour_flow.movers IS 'Persons, at least 0.';
    COMMENT ON COLUMN labour_flow.source IS 'Publisher of the table.';

    CREATE TABLE sector_bridge (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        bridge text NOT NULL CHECK (bridge IN ('activity', 'flow', 'flow_activity', 'labour', 'labour_activity')),
        sector_from sector_code NOT NULL,
        sector_to sector_code NOT NULL,
        weight float8 NOT NULL DEFAULT 1 CHECK (weight > 0 AND weight < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, bridge, sector_from, sector_to)
    );
    COMMENT ON TABLE sector_bridge IS 'From one taxonomy to another. A code takes the rows of its nearest listed ancestor, whose weights are divided by their sum. A bridge without rows means that both sides share one taxonomy.';
    COMMENT ON COLUMN sector_bridge.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN sector_bridge.bridge IS 'activity: profiles to region_activity; flow: profiles to sector_flow; flow_activity: sector_flow to region_activity; labour and labour_activity: the same for labour_flow.';
    COMMENT ON COLUMN sector_bridge.sector_from IS 'Code that is translated, with all codes below it that have no row of their own.';
    COMMENT ON COLUMN sector_bridge.sector_to IS 'Code that it becomes, wholly or in part.';
    COMMENT ON COLUMN sector_bridge.weight IS 'Share that goes to sector_to, relative to the other rows of sector_from.';
    COMMENT ON COLUMN sector_bridge.source IS 'Who published or assigned the share.';

    CREATE TABLE sector_name (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        sector sector_code NOT NULL,
        name_ko text,
        name_en text,
        source text,
        PRIMARY KEY (scenario, sector)
    );
    COMMENT ON TABLE sector_name IS 'Names of sectors, shown beside their codes; a sector without a row is shown by its code alone.';
    COMMENT ON COLUMN sector_name.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN sector_name.sector IS 'The sector, of any taxonomy.';
    COMMENT ON COLUMN sector_name.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN sector_name.name_en IS 'Name in English.';
    COMMENT ON COLUMN sector_name.source IS 'Publisher of the names.';

    CREATE TABLE criterion (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        criterion text NOT NULL CHECK (criterion <> ''),
        name_ko text,
        name_en text,
        weight float8 NOT NULL DEFAULT 0 CHECK (weight >= 0 AND weight < 'Infinity'),
        indicator text,
        direction text NOT NULL DEFAULT 'max' CHECK (direction IN ('max', 'min')),
        parent text CHECK (parent <> criterion),
        source text,
        normalization text NOT NULL DEFAULT 'min_max' CHECK (normalization IN ('min_max', 'rank')),
        low float8 CHECK (low > '-Infinity' AND low < 'Infinity'),
        high float8 CHECK (high > '-Infinity' AND high < 'Infinity'),
        PRIMARY KEY (scenario, criterion),
        FOREIGN KEY (scenario, parent) REFERENCES criterion ON UPDATE CASCADE,
        CHECK (indicator IS NULL OR criterion NOT IN
            ('localization', 'relatedness', 'linkage', 'complementarity', 'affiliation', 'labour', 'absorption')),
        CHECK (indicator IS NOT NULL OR weight = 0 OR criterion IN
            ('localization', 'relatedness', 'linkage', 'complementarity', 'affiliation', 'labour', 'absorption')),
        CONSTRAINT criterion_goalposts CHECK (low < high)
    );
    COMMENT ON TABLE criterion IS 'Parts of the score with their default weights: the seven built-in ones, and the planner''s own, each on a figure of city_indicator. A row that is neither is a group of criteria, for a committee that compares groups first.';
    COMMENT ON COLUMN criterion.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN criterion.criterion IS 'Name of the part.';
    COMMENT ON COLUMN criterion.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN criterion.name_en IS 'Name in English.';
    COMMENT ON COLUMN criterion.weight IS 'Weight until a committee votes, at least 0, relative to the others; a group has 0.';
    COMMENT ON COLUMN criterion.indicator IS 'Figure of city_indicator that an own criterion reads (latest year), scaled to [0,1] as normalization says; NULL for the built-in parts and for groups.';
    COMMENT ON COLUMN criterion.parent IS 'Group that the criterion or group belongs to: a committee compares what has the same parent; NULL = top level.';
    COMMENT ON COLUMN criterion.direction IS 'max = a high figure is good, min = a low one.';
    COMMENT ON COLUMN criterion.normalization IS 'How the figure of an own criterion becomes a part in [0,1]: min_max = its place between the lowest and the highest city, or between low and high where they are given, cut off beyond; rank = share of the other cities that are worse, equal ones half.';
    COMMENT ON COLUMN criterion.low IS 'Lower goalpost of min_max, in the unit of the figure; NULL = the lowest city.';
    COMMENT ON COLUMN criterion.high IS 'Upper goalpost of min_max; NULL = the highest city.';
    COMMENT ON COLUMN criterion.source IS 'Where the weight comes from.';

    CREATE TABLE expert (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        expert text NOT NULL CHECK (expert <> ''),
        field text,
        weight float8 NOT NULL DEFAULT 1 CHECK (weight = 0 OR weight BETWEEN 1e-6 AND 1e6),
        PRIMARY KEY (scenario, expert)
    );
    COMMENT ON TABLE expert IS 'Members of the committee.';
    COMMENT ON COLUMN expert.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN expert.expert IS 'Name or pseudonym of the expert.';
    COMMENT ON COLUMN expert.field IS 'Field of expertise.';
    COMMENT ON COLUMN expert.weight IS 'Weight of the expert''s vote, relative: 0 = no vote, else 1e-6 to 1e6.';

    CREATE TABLE judgement (
        scenario text NOT NULL DEFAULT 'base',
        expert text NOT NULL,
        criterion_a text NOT NULL,
        criterion_b text NOT NULL,
        judgement float8 NOT NULL CHECK (judgement BETWEEN 1e-9 AND 1e9),
        PRIMARY KEY (scenario, expert, criterion_a, criterion_b),
        FOREIGN KEY (scenario, expert) REFERENCES expert ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, criterion_a) REFERENCES criterion ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, criterion_b) REFERENCES criterion ON UPDATE CASCADE ON DELETE CASCADE,
        CHECK (criterion_a <> criterion_b)
    );
    CREATE UNIQUE INDEX judgement_pair ON judgement (scenario, expert, least(criterion_a, criterion_b), greatest(criterion_a, criterion_b));
    COMMENT ON TABLE judgement IS 'Pairwise comparisons: expert says that criterion_a matters judgement times as much as criterion_b. One direction of each pair; both have the same parent.';
    COMMENT ON COLUMN judgement.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN judgement.expert IS 'Who judged.';
    COMMENT ON COLUMN judgement.criterion_a IS 'First criterion of the pair.';
    COMMENT ON COLUMN judgement.criterion_b IS 'Second criterion of the pair.';
    COMMENT ON COLUMN judgement.judgement IS 'Ratio of importance, a over b: 1/9 to 9 on the usual scale.';

    CREATE TABLE rule (
        scenario text NOT NULL DEFAULT 'base',
        institution_id text NOT NULL,
        city_id text NOT NULL,
        rule text NOT NULL CHECK (rule IN ('forced', 'forbidden')),
        reason text,
        PRIMARY KEY (scenario, institution_id, city_id),
        FOREIGN KEY (scenario, institution_id) REFERENCES institution ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE rule IS 'Moves that the allocation must or must not make.';
    COMMENT ON COLUMN rule.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN rule.institution_id IS 'The institution.';
    COMMENT ON COLUMN rule.city_id IS 'The city.';
    COMMENT ON COLUMN rule.rule IS 'forced or forbidden.';
    COMMENT ON COLUMN rule.reason IS 'Law or decision behind the rule.';

    CREATE TABLE pair_rule (
        scenario text NOT NULL DEFAULT 'base',
        institution_a text NOT NULL,
        institution_b text NOT NULL,
        rule text NOT NULL CHECK (rule IN ('together', 'apart')),
        reason text,
        PRIMARY KEY (scenario, institution_a, institution_b),
        FOREIGN KEY (scenario, institution_a) REFERENCES institution ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, institution_b) REFERENCES institution ON UPDATE CASCADE ON DELETE CASCADE,
        CHECK (institution_a < institution_b)
    );
    COMMENT ON TABLE pair_rule IS 'Pairs of institutions that the allocation must or must not put in one city.';
    COMMENT ON COLUMN pair_rule.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN pair_rule.institution_a IS 'The institution whose identifier sorts first.';
    COMMENT ON COLUMN pair_rule.institution_b IS 'The other institution.';
    COMMENT ON COLUMN pair_rule.rule IS 'together or apart.';
    COMMENT ON COLUMN pair_rule.reason IS 'Law or decision behind the rule.';

    CREATE TABLE quota (
        scenario text NOT NULL DEFAULT 'base',
        city_id text NOT NULL,
        category text NOT NULL,
        min_count integer NOT NULL DEFAULT 0 CHECK (min_count >= 0),
        max_count integer CHECK (max_count >= min_count),
        PRIMARY KEY (scenario, city_id, category),
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE quota IS 'Fewest and most institutions of a category that a city gets.';
    COMMENT ON COLUMN quota.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN quota.city_id IS 'The city.';
    COMMENT ON COLUMN quota.category IS 'A category of institution.category.';
    COMMENT ON COLUMN quota.min_count IS 'Fewest institutions, at least 0.';
    COMMENT ON COLUMN quota.max_count IS 'Most institutions; NULL = no limit.';

    CREATE TABLE province_quota (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        province region_code NOT NULL CHECK (level(province) = 1),
        category text NOT NULL DEFAULT '*',
        min_count integer NOT NULL DEFAULT 0 CHECK (min_count >= 0),
        max_count integer CHECK (max_count >= min_count),
        PRIMARY KEY (scenario, province, category)
    );
    COMMENT ON TABLE province_quota IS 'Fewest and most institutions that the competing cities of a province get together. A city is in the province of the first of its regions.';
    COMMENT ON COLUMN province_quota.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN province_quota.province IS 'A region code of level 1, as 46 for Jeonnam.';
    COMMENT ON COLUMN province_quota.category IS 'A category of institution.category; * = all institutions.';
    COMMENT ON COLUMN province_quota.min_count IS 'Fewest institutions, at least 0.';
    COMMENT ON COLUMN province_quota.max_count IS 'Most institutions; NULL = no limit.';

    CREATE TABLE bonus (
        scenario text NOT NULL DEFAULT 'base',
        institution_a text NOT NULL,
        institution_b text NOT NULL,
        bonus float8 NOT NULL CHECK (bonus > '-Infinity' AND bonus < 'Infinity'),
        PRIMARY KEY (scenario, institution_a, institution_b),
        FOREIGN KEY (scenario, institution_a) REFERENCES institution ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, institution_b) REFERENCES institution ON UPDATE CASCADE ON DELETE CASCADE,
        CHECK (institution_a < institution_b)
    );
    COMMENT ON TABLE bonus IS 'What the allocation gains when two institutions go to the same city.';
    COMMENT ON COLUMN bonus.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN bonus.institution_a IS 'The institution whose identifier sorts first.';
    COMMENT ON COLUMN bonus.institution_b IS 'The other institution.';
    COMMENT ON COLUMN bonus.bonus IS 'Gain, in units of the score.';

    CREATE TABLE run (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        run bigint GENERATED BY DEFAULT AS IDENTITY,
        kind text NOT NULL,
        started timestamptz NOT NULL DEFAULT now(),
        seed bigint,
        effort bigint,
        status text,
        objective float8,
        bound float8,
        gap float8,
        input_hash text NOT NULL,
        PRIMARY KEY (scenario, run)
    );
    COMMENT ON TABLE run IS 'Runs of costly computations. Views show the latest, and whether its inputs have changed since; no view runs a solver.';
    COMMENT ON COLUMN run.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run.run IS 'Number of the run.';
    COMMENT ON COLUMN run.kind IS 'What ran: allocation, schedule, robustness, ...';
    COMMENT ON COLUMN run.started IS 'When.';
    COMMENT ON COLUMN run.seed IS 'Seed of the random numbers.';
    COMMENT ON COLUMN run.effort IS 'Effort that was allowed.';
    COMMENT ON COLUMN run.status IS 'optimal, feasible, infeasible or unknown.';
    COMMENT ON COLUMN run.objective IS 'Objective of the result.';
    COMMENT ON COLUMN run.bound IS 'Proven bound of the objective.';
    COMMENT ON COLUMN run.gap IS '(bound - objective) / |objective|.';
    COMMENT ON COLUMN run.input_hash IS 'Hash over the inputs, as provenance shows it for the scenario at that time.';

    CREATE TABLE run_row (
        scenario text NOT NULL,
        run bigint NOT NULL,
        institution_id text NOT NULL,
        city_id text NOT NULL,
        score float8,
        bonus float8,
        PRIMARY KEY (scenario, run, institution_id, city_id),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE run_row IS 'Rows of a run: who goes where.';
    COMMENT ON COLUMN run_row.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_row.run IS 'The run.';
    COMMENT ON COLUMN run_row.institution_id IS 'The institution.';
    COMMENT ON COLUMN run_row.city_id IS 'The city.';
    COMMENT ON COLUMN run_row.score IS 'Score of the pair in the run.';
    COMMENT ON COLUMN run_row.bonus IS 'Bonus that the pair earned in the run.';
END
$function$;
COMMENT ON FUNCTION plan_tables(text) IS
'Makes the empty tables of a plan in an existing, empty schema. Called by create_plan, which see.';
