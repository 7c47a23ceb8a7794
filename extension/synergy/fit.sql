--
-- Leaves of the score: which own sector meets which partner, and what that adds
--

CREATE TYPE synergy_matrix AS (
    part text,
    matrix sector_matrix
);
COMMENT ON TYPE synergy_matrix IS
'A part of the score and a matrix for it: an institution''s route (own sector x sector of the part''s taxonomy, adding up to 1) or a city''s fit (sector x partner sector).';
COMMENT ON COLUMN synergy_matrix.part IS 'Name of the part.';
COMMENT ON COLUMN synergy_matrix.matrix IS 'Route or fit; NULL = the part is not known.';

CREATE TYPE synergy_partner AS (
    partner_id text,
    profile sector_profile,
    similarity float8
);
COMMENT ON TYPE synergy_partner IS
'A partner of complementarity: an incumbent or asset of a city.';
COMMENT ON COLUMN synergy_partner.partner_id IS 'Identifier of the partner.';
COMMENT ON COLUMN synergy_partner.profile IS 'Its profile; NULL or without weight = it is no partner.';
COMMENT ON COLUMN synergy_partner.similarity IS 'Similarity to the institution in [0,1]: a result of nearest_partners, never read.';

CREATE TYPE synergy_share AS (
    part text,
    partner_id text,
    value float8
);
COMMENT ON TYPE synergy_share IS
'A part of the score, or a share of it, that comes as a number: the rows of one part add up to it. Rows of the part complementarity are no shares: they say how much its partners count in the mean, relative to each other and above 0; a partner without a row counts 1.';
COMMENT ON COLUMN synergy_share.part IS 'Name of the part.';
COMMENT ON COLUMN synergy_share.partner_id IS 'Partner that the share is owed to; NULL = none.';
COMMENT ON COLUMN synergy_share.value IS 'Share; the sum of a part lies in [0,1]. NULL adds nothing.';

CREATE TYPE synergy_variant AS (
    scenario text,
    variant text,
    city_id text,
    without text,
    joining text,
    profile sector_profile
);
COMMENT ON TYPE synergy_variant IS
'A change of whom a newcomer meets in a city of a plan: a partner left out, one joining, or both. The rows of one variant apply together.';
COMMENT ON COLUMN synergy_variant.scenario IS 'Scenario of the city.';
COMMENT ON COLUMN synergy_variant.variant IS 'Name of the variant, not empty.';
COMMENT ON COLUMN synergy_variant.city_id IS 'The city.';
COMMENT ON COLUMN synergy_variant.without IS 'Incumbent or asset that is left out; NULL = none.';
COMMENT ON COLUMN synergy_variant.joining IS 'Institution of the plan that joins the incumbents, or with a profile a new asset; NULL = none.';
COMMENT ON COLUMN synergy_variant.profile IS 'Profile of the new asset; NULL = joining is an institution, with its own profile.';

CREATE FUNCTION row_shares(r sector_matrix, diagonal boolean DEFAULT true) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_row_shares' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION row_shares(sector_matrix, boolean) IS
'Each row divided by its sum, so that it adds up to 1; diagonal => false leaves each sector''s relation to itself out first. Rows whose sum is not positive are left out.';

CREATE FUNCTION transpose(r sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_transpose' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION transpose(sector_matrix) IS
'The matrix with rows and columns changed over: of sales by seller and buyer, purchases by buyer and seller.';

CREATE FUNCTION scale_columns(r sector_matrix, p sector_profile) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_scale_columns' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION scale_columns(sector_matrix, sector_profile) IS
'Each column times the profile''s weight of its sector, 0 for a sector that the profile does not list.';

CREATE FUNCTION route(p sector_profile, bridge sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_route' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION route(sector_profile, sector_matrix) IS
'How a profile arrives in another taxonomy, with its own sectors kept apart: profile sector x sector of the bridge, all cells adding up to 1. A sector takes the row of its nearest listed ancestor; one without is left out and the others are weighted up. NULL when nothing is left. convert(p, bridge) gives the sums and is strict about such sectors.';

CREATE FUNCTION nearest_partners(institution_id text, profile sector_profile, partners synergy_partner[], k integer) RETURNS synergy_partner[]
AS 'MODULE_PATHNAME', 'innocity_nearest_partners' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION nearest_partners(text, sector_profile, synergy_partner[], integer) IS
'The k partners whose profiles are most similar to a profile (profile_similarity), most similar first; similarities equal to 12 decimals: smaller identifier first. The institution itself is never among them. Fewer when there are fewer; NULL when there is none or an argument is NULL.';

CREATE FUNCTION synergy_values(parts text[], routes synergy_matrix[], fits synergy_matrix[], profile sector_profile,
                               partners synergy_partner[], shares synergy_share[]) RETURNS float8[]
AS 'MODULE_PATHNAME', 'innocity_synergy_values' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION synergy_values(text[], synergy_matrix[], synergy_matrix[], sector_profile, synergy_partner[], synergy_share[]) IS
'Values of the named parts for one institution and city, in the order of the names, NULL where their data are absent: route times fit summed up; complementarity = mean similarity to the partners, weighted where shares of it say so (synergy_share); all others the sum of their shares.';

CREATE FUNCTION synergy_leaves(parts text[], weights float8[], score numeric, power float8, by_part boolean,
                               routes synergy_matrix[], fits synergy_matrix[], profile sector_profile,
                               partners synergy_partner[], shares synergy_share[],
                               OUT part text, OUT own_sector sector_code, OUT partner_sector sector_code, OUT partner_id text,
                               OUT value float8, OUT contribution numeric) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_synergy_leaves' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 300;
COMMENT ON FUNCTION synergy_leaves(text[], float8[], numeric, float8, boolean, synergy_matrix[], synergy_matrix[], sector_profile, synergy_partner[], synergy_share[]) IS
'The reasons of a score as rows (part, own sector, partner sector, partner) whose contributions, rounded to 9 decimals by largest remainder, add up to it exactly. With by_part one row a part: its value, and the sum of its leaves. For a power other than 1 a part''s share of the score is its share of the sum of weight x value^power, at power 0 of the sum of weights: a convention, where synergy_relative_leaves is exact.';

CREATE FUNCTION synergy_relative_leaves(parts text[], weights float8[], reference float8[], power float8, by_part boolean,
                                        routes synergy_matrix[], fits synergy_matrix[], profile sector_profile,
                                        partners synergy_partner[], shares synergy_share[],
                                        OUT part text, OUT own_sector sector_code, OUT partner_sector sector_code, OUT partner_id text,
                                        OUT value float8, OUT log_ratio numeric) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_synergy_relative_leaves' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 300;
COMMENT ON FUNCTION synergy_relative_leaves(text[], float8[], float8[], float8, boolean, synergy_matrix[], synergy_matrix[], sector_profile, synergy_partner[], synergy_share[]) IS
'What lifts a score above that of a reference, or holds it below: rows (part, own sector, partner sector, partner) whose log_ratio, rounded to 9 decimals by largest remainder, add up exactly to ln(score / reference score), the reference score being the same mean of the parts'' reference values. Exact at any power: at 0 a part has weight x ln(value / reference), both floored at 0.01; at others its share of the difference of the sums of weight x value^power. Inside a part in proportion to its leaves; a part of 0 has one row. With by_part one row a part. No rows (by part: NULL) where the logarithm is not finite, or a known part has no reference.';
