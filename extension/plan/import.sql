-- Bringing a warehouse's own table into a plan. Its rows are staged as text, exactly as they came; what is read from them, every repair, and
-- every reason for not reading one are rows beside them. A line is matched or rejected, never dropped: lines and sums of values balance.
-- What the texts mean is known to the lists of innocity_kr: match_import there fills import_result and import_repair.

CREATE FUNCTION plan_import_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE import_batch (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        batch text NOT NULL CHECK (batch <> ''),
        target text NOT NULL CHECK (target IN ('region_activity', 'institution_sector', 'headcount')),
        year integer,
        region_numbering text CHECK (region_numbering IN ('mois', 'kostat')),
        sector_edition text CHECK (sector_edition IN ('ksic9', 'ksic10', 'ksic11')),
        sector_digits integer CHECK (sector_digits BETWEEN 2 AND 5),
        source text,
        matched timestamptz,
        loaded timestamptz,
        PRIMARY KEY (scenario, batch)
    );
    COMMENT ON TABLE import_batch IS 'Tables that were brought in, and what is known of how they are written. What is not stated is not assumed: a text that could mean two things is rejected.';
    COMMENT ON COLUMN import_batch.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN import_batch.batch IS 'Name of the batch, the planner''s own.';
    COMMENT ON COLUMN import_batch.target IS 'Where its rows go: region_activity (region, sector, year, value), institution_sector (institution, sector, value = weight) or headcount (institution, value).';
    COMMENT ON COLUMN import_batch.year IS 'Year of the lines that state none; NULL = each line must.';
    COMMENT ON COLUMN import_batch.region_numbering IS 'mois = codes of the Ministry of the Interior, kostat = of Statistics Korea; NULL = not stated.';
    COMMENT ON COLUMN import_batch.sector_edition IS 'Edition of KSIC of the codes; NULL = not stated, or mixed.';
    COMMENT ON COLUMN import_batch.sector_digits IS 'How many digits every code had before a spreadsheet took leading zeros away; NULL = not stated.';
    COMMENT ON COLUMN import_batch.source IS 'Publisher; goes with the rows that are loaded.';
    COMMENT ON COLUMN import_batch.matched IS 'When match_import last ran; NULL = not since the rows were staged.';
    COMMENT ON COLUMN import_batch.loaded IS 'When load_import last ran; NULL = nothing is loaded.';

    CREATE TABLE import_row (
        scenario text NOT NULL DEFAULT 'base',
        batch text NOT NULL,
        line bigint NOT NULL,
        institution text,
        region text,
        sector text,
        year text,
        value text,
        PRIMARY KEY (scenario, batch, line),
        FOREIGN KEY (scenario, batch) REFERENCES import_batch ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE import_row IS 'Lines as they came, as text; nothing here is ever changed.';
    COMMENT ON COLUMN import_row.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN import_row.batch IS 'The batch.';
    COMMENT ON COLUMN import_row.line IS 'Number of the line in the batch.';
    COMMENT ON COLUMN import_row.institution IS 'Name or identifier of an institution, as it came.';
    COMMENT ON COLUMN import_row.region IS 'Code or name of a region, as it came.';
    COMMENT ON COLUMN import_row.sector IS 'Code or name of a sector, as it came.';
    COMMENT ON COLUMN import_row.year IS 'Year, as it came.';
    COMMENT ON COLUMN import_row.value IS 'Value, as it came.';

    CREATE TABLE import_result (
        scenario text NOT NULL DEFAULT 'base',
        batch text NOT NULL,
        line bigint NOT NULL,
        institution_id text,
        region region_code,
        sector sector_code,
        year integer,
        value numeric,
        field text CHECK (field IN ('institution', 'region', 'sector', 'year', 'value', 'row')),
        reason text,
        suggestion text,
        loaded boolean NOT NULL DEFAULT false,
        PRIMARY KEY (scenario, batch, line),
        FOREIGN KEY (scenario, batch, line) REFERENCES import_row ON UPDATE CASCADE ON DELETE CASCADE,
        CHECK (reason IS NULL OR (field IS NOT NULL AND NOT loaded))
    );
    COMMENT ON TABLE import_result IS 'What was read from each line; a line with a reason is rejected.';
    COMMENT ON COLUMN import_result.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN import_result.batch IS 'The batch.';
    COMMENT ON COLUMN import_result.line IS 'The line.';
    COMMENT ON COLUMN import_result.institution_id IS 'Institution that was meant; NULL = none or not known.';
    COMMENT ON COLUMN import_result.region IS 'Region that was meant.';
    COMMENT ON COLUMN import_result.sector IS 'Sector that was meant.';
    COMMENT ON COLUMN import_result.year IS 'Year.';
    COMMENT ON COLUMN import_result.value IS 'The number in value; NULL when it is none.';
    COMMENT ON COLUMN import_result.field IS 'Field that the line is rejected for, the first of institution, region, sector, year, value; row = the target has such a row.';
    COMMENT ON COLUMN import_result.reason IS 'Why it is rejected; NULL = it is not. docs/en/import.md lists the reasons.';
    COMMENT ON COLUMN import_result.suggestion IS 'What it may mean, or what would help.';
    COMMENT ON COLUMN import_result.loaded IS 'Is it in the target?';

    CREATE TABLE import_repair (
        scenario text NOT NULL DEFAULT 'base',
        batch text NOT NULL,
        line bigint NOT NULL,
        field text NOT NULL,
        rule text NOT NULL,
        before text NOT NULL,
        after text NOT NULL,
        PRIMARY KEY (scenario, batch, line, field, rule),
        FOREIGN KEY (scenario, batch, line) REFERENCES import_row ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE import_repair IS 'Every repair that was made on the way from a text to its meaning, with the rule that made it.';
    COMMENT ON COLUMN import_repair.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN import_repair.batch IS 'The batch.';
    COMMENT ON COLUMN import_repair.line IS 'The line.';
    COMMENT ON COLUMN import_repair.field IS 'Field that was repaired.';
    COMMENT ON COLUMN import_repair.rule IS 'The rule; docs/en/import.md lists them.';
    COMMENT ON COLUMN import_repair.before IS 'The text as it came.';
    COMMENT ON COLUMN import_repair.after IS 'What it was read as.';

    CREATE TABLE import_load (
        scenario text NOT NULL DEFAULT 'base',
        batch text NOT NULL,
        row_number bigint NOT NULL,
        institution_id text,
        region region_code,
        sector sector_code,
        year integer,
        value numeric NOT NULL,
        lines bigint NOT NULL,
        PRIMARY KEY (scenario, batch, row_number),
        FOREIGN KEY (scenario, batch) REFERENCES import_batch ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE import_load IS 'What a batch has put into its target: unload_import takes exactly that away again.';
    COMMENT ON COLUMN import_load.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN import_load.batch IS 'The batch.';
    COMMENT ON COLUMN import_load.row_number IS 'Number of the row in the batch.';
    COMMENT ON COLUMN import_load.institution_id IS 'Institution of the row.';
    COMMENT ON COLUMN import_load.region IS 'Region of the row.';
    COMMENT ON COLUMN import_load.sector IS 'Sector of the row.';
    COMMENT ON COLUMN import_load.year IS 'Year of the row.';
    COMMENT ON COLUMN import_load.value IS 'Exact sum of its lines.';
    COMMENT ON COLUMN import_load.lines IS 'How many lines it is the sum of.';
END
$function$;
COMMENT ON FUNCTION plan_import_tables(text) IS
'Makes the empty staging tables of a plan. Called by create_plan, which see.';

CREATE FUNCTION plan_import_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW import_balance WITH (security_invoker = true) AS
    SELECT b.scenario, b.batch, b.target, coalesce(s.lines, 0) AS lines, coalesce(s.loaded, 0) AS loaded, coalesce(s.waiting, 0) AS waiting,
           coalesce(s.rejected, 0) AS rejected, coalesce(s.unmatched, 0) AS unmatched,
           s.value, coalesce(t.value, 0) AS loaded_value, coalesce(s.waiting_value, 0) AS waiting_value, coalesce(s.rejected_value, 0) AS rejected_value,
           coalesce(s.without_value, 0) AS without_value, coalesce(t.rows, 0) AS loaded_rows, coalesce(p.repairs, 0) AS repairs,
           coalesce(s.lines - s.loaded - s.waiting - s.rejected - s.unmatched, 0) = 0 AND coalesce(t.lines, 0) = coalesce(s.loaded, 0)
           AND coalesce(s.value, 0) = coalesce(t.value, 0) + coalesce(s.waiting_value, 0) + coalesce(s.rejected_value, 0) AS balances,
           concat_ws('|', b.scenario, b.batch) AS row_key
    FROM import_batch b
    LEFT JOIN (SELECT r.scenario, r.batch, count(*) AS lines, count(*) FILTER (WHERE m.loaded) AS loaded,
                      count(*) FILTER (WHERE m.reason IS NULL AND NOT m.loaded) AS waiting, count(m.reason) AS rejected,
                      count(*) FILTER (WHERE m.line IS NULL) AS unmatched, sum(m.value) AS value,
                      sum(m.value) FILTER (WHERE m.reason IS NULL AND NOT m.loaded) AS waiting_value,
                      sum(m.value) FILTER (WHERE m.reason IS NOT NULL) AS rejected_value,
                      count(*) FILTER (WHERE m.line IS NOT NULL AND m.value IS NULL) AS without_value
               FROM import_row r LEFT JOIN import_result m ON m.scenario = r.scenario AND m.batch = r.batch AND m.line = r.line
               GROUP BY r.scenario, r.batch) s ON s.scenario = b.scenario AND s.batch = b.batch
    LEFT JOIN (SELECT l.scenario, l.batch, count(*) AS rows, sum(l.lines) AS lines, sum(l.value) AS value
               FROM import_load l GROUP BY l.scenario, l.batch) t ON t.scenario = b.scenario AND t.batch = b.batch
    LEFT JOIN (SELECT q.scenario, q.batch, count(*) AS repairs FROM import_repair q GROUP BY q.scenario, q.batch) p ON p.scenario = b.scenario AND p.batch = b.batch;
    COMMENT ON VIEW import_balance IS 'Nothing is lost: the lines of a batch are loaded, waiting, rejected or not yet matched, and the sums of their values add up.';
    COMMENT ON COLUMN import_balance.scenario IS 'Scenario.';
    COMMENT ON COLUMN import_balance.batch IS 'The batch.';
    COMMENT ON COLUMN import_balance.target IS 'Where its rows go.';
    COMMENT ON COLUMN import_balance.lines IS 'Lines staged.';
    COMMENT ON COLUMN import_balance.loaded IS 'Lines that are in the target.';
    COMMENT ON COLUMN import_balance.waiting IS 'Lines that are matched and not loaded.';
    COMMENT ON COLUMN import_balance.rejected IS 'Lines with a reason; import_rejected lists them.';
    COMMENT ON COLUMN import_balance.unmatched IS 'Lines that match_import has not seen.';
    COMMENT ON COLUMN import_balance.value IS 'Sum of the values that are numbers; NULL before match_import.';
    COMMENT ON COLUMN import_balance.loaded_value IS 'Sum of what the target got.';
    COMMENT ON COLUMN import_balance.waiting_value IS 'Sum of the lines that wait.';
    COMMENT ON COLUMN import_balance.rejected_value IS 'Sum of the lines that are rejected.';
    COMMENT ON COLUMN import_balance.without_value IS 'Lines whose value is no number; all of them are rejected.';
    COMMENT ON COLUMN import_balance.loaded_rows IS 'Rows of the target that the lines became: lines of one key are added up.';
    COMMENT ON COLUMN import_balance.repairs IS 'Repairs that were made; import_repaired counts them by rule.';
    COMMENT ON COLUMN import_balance.balances IS 'Do lines and values add up? Always true.';
    COMMENT ON COLUMN import_balance.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW import_rejected WITH (security_invoker = true) AS
    SELECT m.scenario, m.batch, m.line, m.field, m.reason,
           CASE m.field WHEN 'institution' THEN r.institution WHEN 'region' THEN r.region WHEN 'sector' THEN r.sector
                        WHEN 'year' THEN r.year WHEN 'value' THEN r.value END AS text,
           m.suggestion, r.institution, r.region, r.sector, r.year, r.value,
           korean_term(m.field) AS field_ko, korean_term(m.reason) AS reason_ko, h.help_ko, h.help_en,
           concat_ws('|', m.scenario, m.batch, m.line) AS row_key
    FROM import_result m JOIN import_row r ON r.scenario = m.scenario AND r.batch = m.batch AND r.line = m.line
    LEFT JOIN (VALUES
        ('no_institution', '원자료에 기관을 적는다', 'name the institution in the source'),
        ('no_region', '원자료에 지역을 적는다', 'name the region in the source'),
        ('no_sector', '원자료에 업종을 적는다', 'name the sector in the source'),
        ('no_year', '원자료나 import_batch.year에 연도를 적는다', 'give the year in the source or in import_batch.year'),
        ('no_value', '원자료에 값을 적거나 행을 뺀다', 'give the value in the source, or leave the line out'),
        ('unknown_institution', '원자료의 이름을 고치거나 institution에 기관을 더한다', 'correct the name in the source, or add the institution to the table institution'),
        ('institution_not_in_plan', 'institution에 기관을 더한다', 'add the institution to the table institution'),
        ('ambiguous_institution', '원자료에 기관의 식별자를 적는다', 'write the identifier of the institution in the source'),
        ('unknown_region', '원자료의 코드나 이름을 고친다', 'correct the code or name in the source'),
        ('ambiguous_region', 'import_batch.region_numbering을 정하거나, 이름 앞에 시도를 붙인다', 'state import_batch.region_numbering, or write the province before the name'),
        ('unknown_sector', '원자료의 코드나 이름을 고친다', 'correct the code or name in the source'),
        ('ambiguous_sector', 'import_batch.sector_digits를 정한다', 'state import_batch.sector_digits'),
        ('wrong_digits', 'import_batch.sector_digits를 고치거나 원자료의 코드를 고친다', 'correct import_batch.sector_digits, or the code in the source'),
        ('edition_unclear', 'import_batch.sector_edition을 정한다', 'state import_batch.sector_edition'),
        ('sector_split', '원자료에서 새 업종별로 나눈다', 'split the line among the new sectors in the source'),
        ('total_line', '그대로 둔다: 합계는 두 번 세지 않는다', 'nothing to do: a sum is not counted twice'),
        ('scientific_notation', '자릿수가 없어졌다: 열을 문자로 내보낸다', 'digits are lost: export the column as text'),
        ('bad_year', '연도를 네 자리로 적는다', 'write the year with four digits'),
        ('bad_number', '숫자로 적는다: 소수점은 점, 쉼표는 세 자리마다', 'write a number: a point for decimals, commas between groups of three digits'),
        ('suppressed', '공표되지 않은 값이다: 알면 원자료에 적는다', 'the figure was not published: give it in the source if it is known'),
        ('out_of_range', '값을 고친다: 인원은 0보다 크고, 비중은 음수가 아니다', 'correct the value: a head count is above 0, a weight not negative'),
        ('several_lines', '한 기관에 한 행만 남긴다', 'leave one line for each institution'),
        ('row_exists', '표의 행을 지우거나 이 행을 뺀다', 'delete the row of the target, or leave this line out')
    ) h (reason, help_ko, help_en) ON h.reason = m.reason
    WHERE m.reason IS NOT NULL;
    COMMENT ON VIEW import_rejected IS 'Lines that were not loaded, each with the field and the reason.';
    COMMENT ON COLUMN import_rejected.scenario IS 'Scenario.';
    COMMENT ON COLUMN import_rejected.batch IS 'The batch.';
    COMMENT ON COLUMN import_rejected.line IS 'The line.';
    COMMENT ON COLUMN import_rejected.field IS 'Field that it is rejected for; row = the target has such a row.';
    COMMENT ON COLUMN import_rejected.reason IS 'Why.';
    COMMENT ON COLUMN import_rejected.text IS 'The text of that field, as it came.';
    COMMENT ON COLUMN import_rejected.suggestion IS 'What it may mean, or what would help.';
    COMMENT ON COLUMN import_rejected.institution IS 'Institution, as it came.';
    COMMENT ON COLUMN import_rejected.region IS 'Region, as it came.';
    COMMENT ON COLUMN import_rejected.sector IS 'Sector, as it came.';
    COMMENT ON COLUMN import_rejected.year IS 'Year, as it came.';
    COMMENT ON COLUMN import_rejected.value IS 'Value, as it came.';
    COMMENT ON COLUMN import_rejected.field_ko IS 'field in Korean.';
    COMMENT ON COLUMN import_rejected.reason_ko IS 'reason in Korean.';
    COMMENT ON COLUMN import_rejected.help_ko IS 'What would help, in Korean.';
    COMMENT ON COLUMN import_rejected.help_en IS 'What would help, in English.';
    COMMENT ON COLUMN import_rejected.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW import_repaired WITH (security_invoker = true) AS
    SELECT p.scenario, p.batch, p.field, p.rule, count(*) AS lines, count(DISTINCT p.before) AS texts,
           min(p.before COLLATE "C") AS example, (array_agg(p.after ORDER BY p.before COLLATE "C"))[1] AS read_as,
           korean_term(p.field) AS field_ko, korean_term(p.rule) AS rule_ko,
           concat_ws('|', p.scenario, p.batch, p.field, p.rule) AS row_key
    FROM import_repair p
    GROUP BY p.scenario, p.batch, p.field, p.rule;
    COMMENT ON VIEW import_repaired IS 'Repairs by rule, with an example.';
    COMMENT ON COLUMN import_repaired.scenario IS 'Scenario.';
    COMMENT ON COLUMN import_repaired.batch IS 'The batch.';
    COMMENT ON COLUMN import_repaired.field IS 'Field that was repaired.';
    COMMENT ON COLUMN import_repaired.rule IS 'The rule.';
    COMMENT ON COLUMN import_repaired.lines IS 'Lines that it repaired.';
    COMMENT ON COLUMN import_repaired.texts IS 'Different texts among them.';
    COMMENT ON COLUMN import_repaired.example IS 'One of the texts, as it came.';
    COMMENT ON COLUMN import_repaired.read_as IS 'What that one was read as.';
    COMMENT ON COLUMN import_repaired.field_ko IS 'field in Korean.';
    COMMENT ON COLUMN import_repaired.rule_ko IS 'rule in Korean.';
    COMMENT ON COLUMN import_repaired.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_import_views(text) IS
'Makes or replaces the views import_balance, import_rejected and import_repaired of a plan. Called by plan_views, which see.';

CREATE FUNCTION half_width(string text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT translate(string, '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ　',
                             '!"#$%&''()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz ');
END;
COMMENT ON FUNCTION half_width(text) IS
'The text with full-width digits, letters, punctuation and blanks as their ASCII forms.';

CREATE FUNCTION read_number(string text, OUT number numeric, OUT rules text[], OUT reason text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
BEGIN ATOMIC
    -- s1 half width; s2 without blanks; s3 sign of its own; body without separators. Dashes that EUC_KR lacks are written by
    -- number, so that the script can be installed in a database of that encoding.
    SELECT CASE WHEN d.ok THEN (d.sign || d.body)::numeric END,
           CASE WHEN d.ok THEN array_remove(ARRAY[
               CASE WHEN a.s1 <> string THEN 'full_width' END,
               CASE WHEN b.s2 <> a.s1 THEN 'blanks' END,
               CASE WHEN c.negative THEN 'negative_sign' END,
               CASE WHEN d.body <> c.s3 THEN 'thousands' END,
               CASE WHEN d.body ~ '[eE]' THEN 'scientific_notation' END], NULL) ELSE '{}' END,
           CASE WHEN d.ok THEN NULL
                WHEN coalesce(b.s2, '') ~ '^([-\u2013\u2014…]|[.]{1,3}|NA|N/A|NULL|null)?$' THEN 'no_value'
                WHEN b.s2 IN ('X', 'x', 'χ', '*', '**') THEN 'suppressed'
                ELSE 'bad_number' END
    FROM (SELECT half_width(string) AS s1) a
    CROSS JOIN LATERAL (SELECT regexp_replace(a.s1, '[[:space:]\u00a0\ufeff]', '', 'g') AS s2) b
    CROSS JOIN LATERAL (SELECT b.s2 ~ '^([△▲\u2212]|[(].*[)]$)' AS negative, regexp_replace(b.s2, '^[△▲\u2212]|^[(]|[)]$', '', 'g') AS s3) c
    CROSS JOIN LATERAL (SELECT x.body, CASE WHEN c.negative THEN '-' ELSE '' END AS sign,
                               coalesce(x.body ~ '^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?$'
                                        AND NOT (c.negative AND x.body ~ '^[+-]')
                                        AND NOT (c.s3 <> b.s2 AND NOT c.negative), false) AS ok
                        FROM (SELECT CASE WHEN c.s3 ~ '^[+-]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]*)?$' THEN replace(c.s3, ',', '') ELSE c.s3 END AS body) x) d;
END;
COMMENT ON FUNCTION read_number(text) IS
'The number that a text of a spreadsheet stands for, with the rules that were needed to read it (full_width, blanks, thousands, negative_sign for triangles and parentheses, scientific_notation), or NULL and the reason: no_value, suppressed (X, *), bad_number. A comma that does not separate thousands is bad_number: it may be a decimal mark.';

CREATE FUNCTION clean_code(string text, OUT code text, OUT rules text[])
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
BEGIN ATOMIC
    SELECT CASE WHEN e.s5 <> '' THEN e.s5 END,
           array_remove(ARRAY[
               CASE WHEN a.s1 <> string THEN 'full_width' END,
               CASE WHEN b.s2 <> a.s1 THEN 'blanks' END,
               CASE WHEN c.s3 <> b.s2 THEN 'apostrophe' END,
               CASE WHEN d.s4 <> c.s3 THEN 'decimal_zero' END,
               CASE WHEN e.s5 <> d.s4 THEN 'hyphen' END], NULL)
    FROM (SELECT half_width(string) AS s1) a
    -- inside a code of digits blanks mean nothing, inside a name they do
    CROSS JOIN LATERAL (SELECT CASE WHEN a.s1 ~ '[0-9]' AND a.s1 !~ '[^0-9[:space:]\u00a0\ufeff.''A-Za-z-]' THEN regexp_replace(a.s1, '[[:space:]\u00a0\ufeff]', '', 'g')
                                    ELSE regexp_replace(a.s1, '^[[:space:]\u00a0\ufeff]+|[[:space:]\u00a0\ufeff]+$', '', 'g') END AS s2) b
    CROSS JOIN LATERAL (SELECT regexp_replace(b.s2, '^''', '') AS s3) c
    CROSS JOIN LATERAL (SELECT regexp_replace(c.s3, '^([0-9]+)[.]0+$', '\1') AS s4) d
    CROSS JOIN LATERAL (SELECT CASE WHEN d.s4 ~ '^[0-9]+(-[0-9]+)+$' THEN replace(d.s4, '-', '') ELSE d.s4 END AS s5) e;
END;
COMMENT ON FUNCTION clean_code(text) IS
'The text of a code or name without what spreadsheets add, and the rules that were needed: full_width, blanks (around, and inside a code of digits), apostrophe (in front), decimal_zero (46170.0), hyphen (46-170). NULL when nothing is left.';

CREATE FUNCTION stage_import(plan text, batch text, source regclass, target text, institution text DEFAULT NULL, region text DEFAULT NULL,
    sector text DEFAULT NULL, year text DEFAULT NULL, value text DEFAULT NULL, scenario text DEFAULT 'base')
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    lines bigint;
    lacking text;
BEGIN
    IF plan IS NULL OR batch IS NULL OR source IS NULL OR target IS NULL OR scenario IS NULL THEN
        RAISE EXCEPTION 'plan, batch, source, target and scenario must not be null'
            USING ERRCODE = 'null_value_not_allowed', HINT = 'Leave scenario out to have the scenario base.';
    END IF;
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    SELECT string_agg(n.field, ', ' ORDER BY n.field) INTO lacking
    FROM (VALUES ('region_activity', 'region', region), ('region_activity', 'sector', sector), ('region_activity', 'value', value),
                 ('institution_sector', 'institution', institution), ('institution_sector', 'sector', sector), ('institution_sector', 'value', value),
                 ('headcount', 'institution', institution), ('headcount', 'value', value)) n (target, field, given)
    WHERE n.target = stage_import.target AND n.given IS NULL;
    IF lacking IS NOT NULL THEN
        RAISE EXCEPTION 'target "%" needs a column for: %', target, lacking
            USING ERRCODE = 'null_value_not_allowed', HINT = 'Name the columns of the source, such as region => ''code''.';
    END IF;
    EXECUTE format('SELECT %I.unload_import($1, $2, $3)', home) USING plan, batch, scenario;
    EXECUTE format('INSERT INTO %I.import_batch (scenario, batch, target) VALUES ($1, $2, $3)
                    ON CONFLICT (scenario, batch) DO UPDATE SET target = excluded.target, matched = NULL', plan) USING scenario, batch, target;
    EXECUTE format('DELETE FROM %I.import_row WHERE scenario = $1 AND batch = $2', plan) USING scenario, batch;
    EXECUTE format('INSERT INTO %I.import_row (scenario, batch, line, institution, region, sector, year, value)
                    SELECT $1, $2, row_number() OVER (), %s FROM %s s', plan,
                   (SELECT string_agg(CASE WHEN c.name IS NULL THEN 'NULL' ELSE format('s.%I::text', c.name) END, ', ' ORDER BY c.place)
                    FROM (VALUES (1, institution), (2, region), (3, sector), (4, year), (5, value)) c (place, name)), source)
        USING scenario, batch;
    GET DIAGNOSTICS lines = ROW_COUNT;
    -- fresh rows without statistics are taken for few, and joined row by row
    EXECUTE format('ANALYZE %I.import_row', plan);
    RETURN lines;
END
$function$;
COMMENT ON FUNCTION stage_import(text, text, regclass, text, text, text, text, text, text, text) IS
'Copies the rows of a table or view as text into import_row of a plan, in place of what the batch had, and returns their number. institution to value name the source''s columns; the target (region_activity, institution_sector, headcount) says which are needed. Nothing is read into the texts yet: state in import_batch what is known of them, then run match_import.';

CREATE FUNCTION unload_import(plan text, batch text, scenario text DEFAULT 'base') RETURNS bigint
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    gone bigint;
BEGIN
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    EXECUTE format($query$
        WITH mine AS (
            DELETE FROM %1$I.import_load l USING %1$I.import_batch b
            WHERE l.scenario = $1 AND l.batch = $2 AND b.scenario = l.scenario AND b.batch = l.batch RETURNING b.target, l.*
        ), activity AS (
            DELETE FROM %1$I.region_activity t USING mine m
            WHERE m.target = 'region_activity' AND t.scenario = $1 AND t.year = m.year AND t.region OPERATOR(%2$I.=) m.region AND t.sector OPERATOR(%2$I.=) m.sector AND t.value = m.value::float8
        ), profile AS (
            DELETE FROM %1$I.institution_sector t USING mine m
            WHERE m.target = 'institution_sector' AND t.scenario = $1 AND t.institution_id = m.institution_id AND t.sector OPERATOR(%2$I.=) m.sector AND t.weight = m.value::float8
        ), headcount AS (
            UPDATE %1$I.institution t SET headcount = NULL FROM mine m
            WHERE m.target = 'headcount' AND t.scenario = $1 AND t.institution_id = m.institution_id AND t.headcount = m.value::float8
        ), result AS (
            UPDATE %1$I.import_result r SET loaded = false, reason = nullif(r.reason, 'row_exists'),
                   field = CASE WHEN r.reason <> 'row_exists' THEN r.field END, suggestion = CASE WHEN r.reason <> 'row_exists' THEN r.suggestion END
            WHERE r.scenario = $1 AND r.batch = $2
        ), batch AS (
            UPDATE %1$I.import_batch b SET loaded = NULL WHERE b.scenario = $1 AND b.batch = $2
        )
        SELECT count(*) FROM mine $query$, plan, home) INTO gone USING scenario, batch;
    RETURN gone;
END
$function$;
COMMENT ON FUNCTION unload_import(text, text, text) IS
'Takes the rows that a batch has loaded out of its target again, but for those that were edited since, and returns how many it had loaded. The staged lines stay.';

CREATE FUNCTION load_import(plan text, batch text, scenario text DEFAULT 'base',
    OUT lines bigint, OUT loaded bigint, OUT rejected bigint, OUT value numeric, OUT loaded_value numeric, OUT rejected_value numeric)
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    state record;
    balances boolean;
BEGIN
    EXECUTE format('SELECT %I.unload_import($1, $2, $3)', home) USING plan, batch, scenario;
    EXECUTE format('SELECT b.target, b.matched FROM %I.import_batch b WHERE b.scenario = $1 AND b.batch = $2', plan) INTO state USING scenario, batch;
    IF state.target IS NULL THEN
        RAISE EXCEPTION 'plan "%" has no batch "%"', plan, batch
            USING ERRCODE = 'no_data_found', HINT = 'The table import_batch lists them; stage_import makes one.';
    ELSIF state.matched IS NULL THEN
        RAISE EXCEPTION 'batch "%" is not matched yet', batch
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Run match_import of innocity_kr first.';
    END IF;
    -- what the target holds already is not overwritten
    EXECUTE format($query$
        UPDATE %1$I.import_result r
        SET field = 'row', reason = 'row_exists', suggestion = format('the target has %%s', t.%3$I)
        FROM %1$I.%2$I t
        WHERE r.scenario = $1 AND r.batch = $2 AND r.reason IS NULL AND t.scenario = $1 AND %4$s
        $query$, plan, CASE state.target WHEN 'headcount' THEN 'institution' ELSE state.target END,
        CASE state.target WHEN 'region_activity' THEN 'value' WHEN 'institution_sector' THEN 'weight' ELSE 'headcount' END,
        CASE state.target WHEN 'region_activity' THEN format('t.year = r.year AND t.region OPERATOR(%1$I.=) r.region AND t.sector OPERATOR(%1$I.=) r.sector', home)
                          WHEN 'institution_sector' THEN format('t.institution_id = r.institution_id AND t.sector OPERATOR(%I.=) r.sector', home)
                          ELSE 't.institution_id = r.institution_id AND t.headcount IS NOT NULL' END) USING scenario, batch;
    EXECUTE format($query$
        INSERT INTO %1$I.import_load (scenario, batch, row_number, institution_id, region, sector, year, value, lines)
        SELECT $1, $2, row_number() OVER (ORDER BY r.institution_id COLLATE "C", r.region, r.sector, r.year),
               r.institution_id, r.region, r.sector, r.year, sum(r.value), count(*)
        FROM %1$I.import_result r WHERE r.scenario = $1 AND r.batch = $2 AND r.reason IS NULL
        GROUP BY r.institution_id, r.region, r.sector, r.year $query$, plan) USING scenario, batch;
    EXECUTE format('ANALYZE %I.import_load', plan);
    EXECUTE format('UPDATE %1$I.import_result r SET loaded = true WHERE r.scenario = $1 AND r.batch = $2 AND r.reason IS NULL', plan) USING scenario, batch;
    IF state.target = 'region_activity' THEN
        EXECUTE format('INSERT INTO %1$I.region_activity (scenario, year, region, sector, value, source)
                        SELECT l.scenario, l.year, l.region, l.sector, l.value::float8, b.source
                        FROM %1$I.import_load l JOIN %1$I.import_batch b USING (scenario, batch) WHERE l.scenario = $1 AND l.batch = $2', plan) USING scenario, batch;
    ELSIF state.target = 'institution_sector' THEN
        EXECUTE format('INSERT INTO %1$I.institution_sector (scenario, institution_id, sector, weight, source)
                        SELECT l.scenario, l.institution_id, l.sector, l.value::float8, b.source
                        FROM %1$I.import_load l JOIN %1$I.import_batch b USING (scenario, batch) WHERE l.scenario = $1 AND l.batch = $2', plan) USING scenario, batch;
    ELSE
        EXECUTE format('UPDATE %1$I.institution i SET headcount = l.value::float8
                        FROM %1$I.import_load l WHERE l.scenario = $1 AND l.batch = $2 AND i.scenario = $1 AND i.institution_id = l.institution_id', plan) USING scenario, batch;
    END IF;
    EXECUTE format('UPDATE %1$I.import_batch b SET loaded = now() WHERE b.scenario = $1 AND b.batch = $2', plan) USING scenario, batch;
    EXECUTE format('SELECT v.lines, v.loaded, v.rejected, v.value, v.loaded_value, v.rejected_value, v.balances
                    FROM %1$I.import_balance v WHERE v.scenario = $1 AND v.batch = $2', plan)
        INTO lines, loaded, rejected, value, loaded_value, rejected_value, balances USING scenario, batch;
    IF NOT balances THEN
        RAISE EXCEPTION 'batch "%" does not balance', batch
            USING ERRCODE = 'data_corrupted', DETAIL = format('%s lines are not %s loaded and %s rejected, or their values are not.', lines, loaded, rejected),
                  HINT = 'Nothing was loaded. Were rows of import_result or import_load edited? Run match_import again.';
    END IF;
END
$function$;
COMMENT ON FUNCTION load_import(text, text, text) IS
'Puts the matched lines of a batch into its target, lines of one key added up exactly, in place of what the batch had loaded before, and returns the balance: lines = loaded + rejected, value = loaded_value + rejected_value. A row that the target has from elsewhere is not overwritten: its lines are rejected as row_exists.';
