/*
 * region.sql
 *	  Provinces, cities, counties and districts: codes in both numberings, names, centroids, land borders.
 *
 * code is the Ministry of the Interior's code as of 2024; code_old the one before the changes of 2018 to 2024;
 * kostat_code Statistics Korea's (2018), whose digits mean other places (kostat:36040 is Naju, 46170).
 */
CREATE TABLE region_kr_shipped (                --: The 17 provinces, 229 cities, counties and districts, 32 districts of cities.
    code        region_code PRIMARY KEY,        --: Code of the Ministry of the Interior and Safety, as of 2024.
    level       integer NOT NULL,               --: 1 province, 2 city, county or district, 3 district of a city; equals level(code).
    parent      region_code REFERENCES region_kr_shipped,   --: The region above; NULL for a province.
    name_ko     text NOT NULL,                  --: Name in Korean; of level 3 with the city's name before it.
    name_en     text NOT NULL,                  --: Name in English.
    sido_code   region_code NOT NULL REFERENCES region_kr_shipped,  --: The province.
    kostat_code region_code UNIQUE,             --: Code of Statistics Korea, 2018, written kostat:36040.
    code_old    region_code UNIQUE,             --: Code of the Ministry before the last change; NULL where it did not change.
    lon         double precision CHECK (lon BETWEEN -180 AND 180),  --: Longitude of the centroid, degrees east, WGS84.
    lat         double precision CHECK (lat BETWEEN -90 AND 90),    --: Latitude of the centroid, degrees north, WGS84.
    area_km2    double precision CHECK (area_km2 >= 0), --: Area of the generalised boundary of 2018, square kilometres: no official area.
    population  bigint CHECK (population >= 0), --: Registered residents at the end of population_year; NULL at level 3.
    population_year integer,                    --: Year of population.
    source      text NOT NULL                   --: Publisher.
);
@rows region_kr_shipped region_kr.csv
  code level parent name_ko name_en sido_code kostat_code=kostat:{kostat_code} code_old lon lat area_km2 population population_year
  source=[Ministry of the Interior and Safety; Statistics Korea];
@overlay region_kr unit code needs level name_ko name_en sido_code;

CREATE TABLE region_name_kr_shipped (           --: Names of regions besides those in region_kr: former and short ones.
    code        region_code NOT NULL REFERENCES region_kr_shipped,  --: Region.
    name        text NOT NULL,                  --: Name.
    kind        text NOT NULL CHECK (kind IN ('former name', 'short name')),    --: What sort of name.
    source      text NOT NULL,                  --: Publisher.
    PRIMARY KEY (code, name)
);
@rows region_name_kr_shipped region_name.csv code name kind source=[public record];
@overlay region_name_kr unit code name needs kind;

CREATE TABLE region_adjacency_kr (              --: Land borders of the 250 areas of the lowest level, in both directions.
    code        region_code REFERENCES region_kr_shipped,   --: Area.
    neighbour   region_code REFERENCES region_kr_shipped,   --: Area that shares a border with it.
    source      text NOT NULL,                  --: Publisher of the boundaries.
    PRIMARY KEY (code, neighbour)
);
@rows region_adjacency_kr region_adjacency.csv code neighbour source=[Statistics Korea (boundaries of 2018)];
GRANT SELECT ON region_adjacency_kr TO PUBLIC;

CREATE FUNCTION label(code region_code, lang text DEFAULT 'ko') RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20
BEGIN ATOMIC
    SELECT CASE lang::label_language WHEN 'ko' THEN r.name_ko ELSE r.name_en END
      FROM (SELECT 1 AS place, k.name_ko, k.name_en FROM region_kr k WHERE k.code = label.code
            UNION ALL
            SELECT 2, k.name_ko, k.name_en FROM region_kr k WHERE k.kostat_code = label.code
            UNION ALL
            SELECT 3, k.name_ko, k.name_en FROM region_kr k WHERE k.code_old = label.code) r
     ORDER BY r.place
     LIMIT 1;
END;
COMMENT ON FUNCTION label(region_code, text) IS
'Name of a region in Korean (ko) or English (en), by its code, Statistics Korea''s or its former one; NULL for a code of no list.';

CREATE FUNCTION is_listed(code region_code) RETURNS boolean
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM region_kr r WHERE r.code = is_listed.code)
        OR EXISTS (SELECT FROM region_kr r WHERE r.kostat_code = is_listed.code);
END;
COMMENT ON FUNCTION is_listed(region_code) IS
'Is this a code of the present list of regions, the Ministry''s or (kostat:) Statistics Korea''s? Former codes are not listed.';

CREATE FUNCTION neighbours(code region_code) RETURNS SETOF region_code
    LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 6
BEGIN ATOMIC
    SELECT DISTINCT coalesce(ancestor(a.neighbour, level(c.code)), a.neighbour)
      FROM (SELECT coalesce((SELECT r.code FROM region_kr r WHERE r.kostat_code = neighbours.code), neighbours.code)) c (code)
      JOIN region_adjacency_kr a ON a.code <@ c.code AND NOT a.neighbour <@ c.code
     ORDER BY 1;
END;
COMMENT ON FUNCTION neighbours(region_code) IS
'Regions of the same level that share a land border with a region (its code or Statistics Korea''s), in order of code; for a district of a city also cities without districts.';
