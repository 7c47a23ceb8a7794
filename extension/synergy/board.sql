--
-- Boards: all institutions and cities of a plan in one value, for scoring millions of pairs
--

CREATE TYPE synergy_worth AS (
    part text,
    worth sector_profile
);
COMMENT ON TYPE synergy_worth IS
'A part of the score and what a unit of each sector is worth to it in a city: the sums of the rows of the city''s fit.';
COMMENT ON COLUMN synergy_worth.part IS 'Name of the part.';
COMMENT ON COLUMN synergy_worth.worth IS 'Worth of a unit of each sector, 0 where it is not listed; NULL = the part is not known.';

CREATE TYPE synergy_newcomer AS (
    scenario text,
    institution_id text,
    ministry text,
    capital boolean,
    headcount float8,
    profile sector_profile
);
COMMENT ON TYPE synergy_newcomer IS
'An institution as synergy_board reads it.';
COMMENT ON COLUMN synergy_newcomer.scenario IS 'Scenario; not NULL.';
COMMENT ON COLUMN synergy_newcomer.institution_id IS 'Identifier; not NULL.';
COMMENT ON COLUMN synergy_newcomer.ministry IS 'Ministry; NULL = not known.';
COMMENT ON COLUMN synergy_newcomer.capital IS 'May it move to any city?';
COMMENT ON COLUMN synergy_newcomer.headcount IS 'Head count; NULL = not known, and absorption with it.';
COMMENT ON COLUMN synergy_newcomer.profile IS 'Its profile; NULL = not known, and complementarity and the parts that are products with it.';

CREATE TYPE synergy_bridge AS (
    scenario text,
    part text,
    bridge sector_matrix
);
COMMENT ON TYPE synergy_bridge IS
'How the profiles of a scenario arrive in the taxonomy of a part that is a product (route).';
COMMENT ON COLUMN synergy_bridge.scenario IS 'Scenario; not NULL.';
COMMENT ON COLUMN synergy_bridge.part IS 'Name of the part; not NULL, once a scenario.';
COMMENT ON COLUMN synergy_bridge.bridge IS 'Sector of profiles x sector of the part''s taxonomy; NULL = the part is not known.';

CREATE TYPE synergy_host AS (
    scenario text,
    variant text,
    city_id text,
    competes boolean,
    worths synergy_worth[],
    partners synergy_partner[],
    incumbents text[],
    ministries text[],
    shares synergy_share[],
    activity float8,
    tied text[],
    ties float8[],
    affiliates text[],
    parts text[],
    weights float8[],
    power float8,
    neighbours integer,
    kappa float8
);
COMMENT ON TYPE synergy_host IS
'A city, or a variant of it, as synergy_board reads it.';
COMMENT ON COLUMN synergy_host.scenario IS 'Scenario; not NULL.';
COMMENT ON COLUMN synergy_host.variant IS 'Variant; empty = the city as it stands.';
COMMENT ON COLUMN synergy_host.city_id IS 'Identifier; not NULL.';
COMMENT ON COLUMN synergy_host.competes IS 'Does it compete with the others?';
COMMENT ON COLUMN synergy_host.worths IS 'What a unit of each sector is worth, for each part that is a product.';
COMMENT ON COLUMN synergy_host.partners IS 'Incumbents and assets with their profiles.';
COMMENT ON COLUMN synergy_host.incumbents IS 'Incumbents.';
COMMENT ON COLUMN synergy_host.ministries IS 'Their ministries, one each; NULL = not known.';
COMMENT ON COLUMN synergy_host.shares IS 'Parts that the city brings whoever comes; those of complementarity are weights of partners (synergy_share), which count in the ministry''s share of affiliation too.';
COMMENT ON COLUMN synergy_host.activity IS 'Total activity; NULL = not known, and absorption with it.';
COMMENT ON COLUMN synergy_host.tied IS 'Institutions with a named tie to an incumbent.';
COMMENT ON COLUMN synergy_host.ties IS 'Strength of the tie of each, in [0,1].';
COMMENT ON COLUMN synergy_host.affiliates IS 'Subsidiaries of incumbents that are not in the city.';
COMMENT ON COLUMN synergy_host.parts IS 'Parts of the score.';
COMMENT ON COLUMN synergy_host.weights IS 'Their weights, one each.';
COMMENT ON COLUMN synergy_host.power IS 'Power of the mean.';
COMMENT ON COLUMN synergy_host.neighbours IS 'How many of the nearest partners count in complementarity.';
COMMENT ON COLUMN synergy_host.kappa IS 'How strongly head count weighs against the city''s activity in absorption.';

CREATE TYPE synergy_board;

CREATE FUNCTION synergy_board_in(cstring) RETURNS synergy_board
AS 'MODULE_PATHNAME', 'innocity_synergy_board_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION synergy_board_in(cstring) IS
'Input of synergy_board: refuses everything, since a board is only made by the function synergy_board.';

CREATE FUNCTION synergy_board_out(synergy_board) RETURNS cstring
AS 'MODULE_PATHNAME', 'innocity_synergy_board_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION synergy_board_out(synergy_board) IS
'Output of synergy_board: how many institutions and cities it holds.';

CREATE FUNCTION synergy_board_recv(internal) RETURNS synergy_board
AS 'MODULE_PATHNAME', 'innocity_synergy_board_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION synergy_board_recv(internal) IS
'Binary input of synergy_board: refuses everything, as its input does.';

CREATE FUNCTION synergy_board_send(synergy_board) RETURNS bytea
AS 'MODULE_PATHNAME', 'innocity_synergy_board_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION synergy_board_send(synergy_board) IS
'Binary output of synergy_board: the text of its output.';

CREATE TYPE synergy_board (
    INPUT = synergy_board_in,
    OUTPUT = synergy_board_out,
    RECEIVE = synergy_board_recv,
    SEND = synergy_board_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = extended
);
COMMENT ON TYPE synergy_board IS
'All institutions and cities of a plan in one value, laid out for scoring many pairs of them. It lives inside one query: it has no input.';

CREATE FUNCTION row_sums(r sector_matrix) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_row_sums' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION row_sums(sector_matrix) IS
'The sum of each row, of cells that are not NULL. Negative sums are an error: a profile has none.';

CREATE FUNCTION row_sums(r sector_matrix, p sector_profile) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_row_sums' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION row_sums(sector_matrix, sector_profile) IS
'The sums of the rows of scale_columns(r, p), to the same bytes, without that matrix.';

CREATE FUNCTION synergy_board(institutions synergy_newcomer[], bridges synergy_bridge[], cities synergy_host[]) RETURNS synergy_board
AS 'MODULE_PATHNAME', 'innocity_synergy_board' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION synergy_board(synergy_newcomer[], synergy_bridge[], synergy_host[]) IS
'A board of these institutions, with their routes through the bridges of their scenario, and of these cities, numbered from 1 in the order given. NULL = none. At most 1 GB.';

CREATE FUNCTION board_institutions(board synergy_board, OUT number integer, OUT scenario text, OUT institution_id text) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_board_institutions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 2000;
COMMENT ON FUNCTION board_institutions(synergy_board) IS
'The institutions of a board in the order of their numbers.';

CREATE FUNCTION board_cities(board synergy_board, OUT number integer, OUT scenario text, OUT variant text, OUT city_id text) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_board_cities' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION board_cities(synergy_board) IS
'The cities of a board, and their variants, in the order of their numbers.';

CREATE FUNCTION board_values(board synergy_board, institution integer, city integer) RETURNS float8[]
AS 'MODULE_PATHNAME', 'innocity_board_values' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION board_values(synergy_board, integer, integer) IS
'Values of the city''s parts for an institution, as synergy_values gives them; both by number. NULL when they are of two scenarios, or the city has no parts.';

CREATE FUNCTION board_score(board synergy_board, institution integer, city integer) RETURNS numeric
AS 'MODULE_PATHNAME', 'innocity_board_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION board_score(synergy_board, integer, integer) IS
'Score of an institution in a city, as synergy_score gives it; both by number. NULL without known parts of any weight, or when they are of two scenarios.';

CREATE FUNCTION board_coverage(board synergy_board, institution integer, city integer) RETURNS numeric
AS 'MODULE_PATHNAME', 'innocity_board_coverage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION board_coverage(synergy_board, integer, integer) IS
'Share of the weight whose parts are known, for an institution in a city; both by number. NULL when they are of two scenarios, or the city has no parts.';

CREATE FUNCTION board_candidate_kind(board synergy_board, institution integer, city integer) RETURNS text
AS 'MODULE_PATHNAME', 'innocity_board_candidate_kind' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION board_candidate_kind(synergy_board, integer, integer) IS
'capital = the institution may move to any city; affiliate = it is a subsidiary of an incumbent of this city that is not in it; NULL = no candidate for this city, or of another scenario.';

CREATE FUNCTION board_ranking(board synergy_board, city integer,
                              OUT institution integer, OUT candidate_kind text, OUT score numeric, OUT coverage numeric, OUT rank_in_city bigint, OUT tied_with bigint,
                              OUT best_coverage numeric, OUT comparable boolean, OUT rank_of_city bigint, OUT runner_up integer, OUT margin numeric) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_board_ranking' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 1000;
COMMENT ON FUNCTION board_ranking(synergy_board, integer) IS
'Candidates of a city, institutions and cities by number: score and coverage, rank among the candidates of the same kind and coverage and how many others share it; then the city among the cities of its scenario, without variants, for the candidate: the highest coverage in a competing city, whether this one competes with it, its rank among those, the best other one (equal scores: smaller identifier), and the score''s distance to that one''s. Best candidates first. No rows for a variant or a city without parts.';
