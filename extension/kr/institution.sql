/*
 * institution.sql
 *	  Innovation cities, public institutions, their profiles and affiliations, and national projects in the cities.
 *
 * Sectors of profiles are bare KSIC codes (35, not ksic10:35): that is what planners write, and the codes used mean
 * the same in revisions 10 and 11. No foreign key leads to or from a user's row: a later version may ship or drop
 * the row on the other side.
 */
CREATE TABLE innovation_city_kr_shipped (       --: The ten innovation cities of the first round, Sejong, and the two designated in 2020.
    code        text PRIMARY KEY,               --: Identifier, such as NJ.
    name_ko     text NOT NULL,                  --: Name in Korean.
    name_en     text NOT NULL,                  --: Name in English.
    region_code region_code NOT NULL REFERENCES region_kr_shipped,  --: Main region.
    region_codes region_code[] NOT NULL,        --: All its regions, of level 2; the city's economy is the sum of theirs.
    theme_ko    text,                           --: Theme as designated, in Korean; NULL where none is known.
    theme_cluster sector_code[],                --: Function groups of the theme, cluster:ENERGY; NULL where none is known.
    lon         double precision CHECK (lon BETWEEN -180 AND 180),  --: Longitude, degrees east, to about 0.01.
    lat         double precision CHECK (lat BETWEEN -90 AND 90),    --: Latitude, degrees north, to about 0.01.
    planned_population bigint CHECK (planned_population >= 0),  --: Persons, rounded figure of the plan.
    area_km2    double precision CHECK (area_km2 >= 0), --: Planned area, square kilometres.
    designated_year integer,                    --: Year of designation.
    round       text,                           --: first, 2020 or sejong.
    relocated_staff bigint CHECK (relocated_staff >= 0),        --: Staff of the institutions that moved there, persons.
    relocated_staff_asof text,                  --: Month of that figure.
    source      text NOT NULL,                  --: Publisher.
    confidence  text CHECK (confidence IN ('high', 'medium', 'low'))    --: How sure the row is.
);
@rows innovation_city_kr_shipped innovation_city.csv
  code name_ko name_en region_code region_codes=list(,region_codes) theme_ko theme_cluster=list(cluster:,theme_cluster) lon lat
  planned_population area_km2 designated_year round relocated_staff relocated_staff_asof source confidence;
@overlay innovation_city_kr unit code needs name_ko name_en region_code region_codes;

CREATE TABLE institution_kr_shipped (           --: Public institutions, from public record: not the government's list of candidates.
    id          text PRIMARY KEY,               --: Identifier, such as I001.
    name_ko     text NOT NULL,                  --: Name in Korean.
    name_en     text NOT NULL,                  --: Name in English.
    abbr        text,                           --: Abbreviation; three are used twice.
    ministry    text,                           --: Ministry in charge, as of about 2024.
    type        text,                           --: Legal type, in Korean.
    hq_region   region_code REFERENCES region_kr_shipped,   --: Region of the head office; a province where the district is not known.
    hq_city     text,                           --: Its name.
    ksic_10     sector_code REFERENCES sector_kr_shipped,   --: KSIC code of two to four digits.
    ksic_basis  text,                           --: Who assigned the code.
    cluster     sector_code REFERENCES cluster_kr,          --: Function group, cluster:ENERGY.
    cluster_basis text,                         --: Who assigned the group.
    status      text NOT NULL CHECK (status IN ('relocated', 'capital', 'other')),  --: Moved to an innovation city or Sejong; head office in the capital area; elsewhere.
    innovation_city text REFERENCES innovation_city_kr_shipped, --: Where it moved to; NULL unless relocated.
    relocated_year integer,                     --: Year of the move; NULL where not known.
    candidate   boolean NOT NULL,               --: True: a designated public institution with its head office in the capital area.
    employees   bigint CHECK (employees >= 0),  --: Head count; NULL throughout the shipped rows.
    source      text NOT NULL,                  --: Publisher.
    confidence  text CHECK (confidence IN ('high', 'medium', 'low'))    --: How sure the row is.
);
@rows institution_kr_shipped institution.csv
  id name_ko name_en abbr ministry type hq_region hq_city ksic_10 ksic_basis cluster=cluster:{cluster} cluster_basis status
  innovation_city relocated_year candidate employees source confidence;
@overlay institution_kr unit id needs name_ko name_en status candidate;

CREATE TABLE institution_name_kr_shipped (      --: Names of institutions besides those in institution_kr: former and short ones.
    institution_id text NOT NULL REFERENCES institution_kr_shipped, --: Institution.
    name        text NOT NULL,                  --: Name.
    kind        text NOT NULL CHECK (kind IN ('former name', 'short name')),    --: What sort of name.
    source      text NOT NULL,                  --: Publisher.
    PRIMARY KEY (institution_id, name)
);
@rows institution_name_kr_shipped institution_name.csv institution_id name kind source=[public record];
@overlay institution_name_kr unit institution_id name needs kind;

CREATE TABLE institution_sector_kr_shipped (    --: Profile of each institution: what it does and whom it serves.
    institution_id text NOT NULL REFERENCES institution_kr_shipped, --: Institution.
    ksic_10     sector_code NOT NULL REFERENCES sector_kr_shipped,  --: Sector.
    weight      double precision NOT NULL CHECK (weight > 0),       --: Weight; those of an institution add up to 1.
    basis       text,                           --: How the weight came about.
    source      text NOT NULL,                  --: Who assigned it.
    PRIMARY KEY (institution_id, ksic_10)
);
@rows institution_sector_kr_shipped institution_sector.csv institution_id ksic_10 weight basis source=[assigned by this project];
@overlay institution_sector_kr unit institution_id needs weight;

CREATE TABLE affiliation_kr_shipped (           --: Affiliations: who owns, supervises or holds whom.
    parent      text NOT NULL,                  --: Name of the parent.
    subsidiary  text NOT NULL,                  --: Name of the subsidiary.
    kind        text NOT NULL,                  --: equity, research_council, supervision, attached_institute or division.
    parent_id   text REFERENCES institution_kr_shipped,     --: The parent as an institution; NULL where it is none of the list.
    subsidiary_id text REFERENCES institution_kr_shipped,   --: The subsidiary as an institution; NULL where it is none of the list.
    source      text NOT NULL,                  --: Publisher.
    confidence  text CHECK (confidence IN ('high', 'medium', 'low')),   --: How sure the row is.
    PRIMARY KEY (parent, subsidiary)
);
@rows affiliation_kr_shipped affiliation.csv parent subsidiary kind parent_id subsidiary_id source confidence;
@overlay affiliation_kr unit parent subsidiary needs kind;

CREATE TABLE asset_kr_shipped (                 --: National projects and research facilities in the cities.
    id          text PRIMARY KEY,               --: Identifier, such as X001.
    city        text NOT NULL REFERENCES innovation_city_kr_shipped,    --: Innovation city.
    name_ko     text NOT NULL,                  --: Name in Korean.
    name_en     text NOT NULL,                  --: Name in English.
    ksic_10     sector_code REFERENCES sector_kr_shipped,   --: KSIC code.
    cluster     sector_code REFERENCES cluster_kr,          --: Function group.
    confidence  text CHECK (confidence IN ('high', 'medium', 'low')),   --: How sure the row is.
    source      text NOT NULL                   --: Publisher.
);
@rows asset_kr_shipped asset.csv id city name_ko name_en ksic_10 cluster=cluster:{cluster} confidence source=[public record];
@overlay asset_kr unit id needs city name_ko name_en;

CREATE TABLE asset_sector_kr_shipped (          --: Profile of each asset, by the same rule as those of institutions.
    asset_id    text NOT NULL REFERENCES asset_kr_shipped,  --: Asset.
    ksic_10     sector_code NOT NULL REFERENCES sector_kr_shipped,  --: Sector.
    weight      double precision NOT NULL CHECK (weight > 0),       --: Weight; those of an asset add up to 1.
    basis       text,                           --: How the weight came about.
    source      text NOT NULL,                  --: Who assigned it.
    PRIMARY KEY (asset_id, ksic_10)
);
@rows asset_sector_kr_shipped asset_sector.csv asset_id ksic_10 weight basis source=[assigned by this project];
@overlay asset_sector_kr unit asset_id needs weight;

CREATE TABLE site_kr_shipped (                  --: Places in and around the innovation cities: the city itself, old downtowns, surrounding towns.
    id          text PRIMARY KEY,               --: Identifier; that of the city for the innovation city itself.
    city        text NOT NULL REFERENCES innovation_city_kr_shipped,    --: Innovation city.
    kind        text NOT NULL CHECK (kind IN ('innovation_city', 'old_downtown', 'surrounding_centre', 'other')),   --: What sort of place.
    name_ko     text NOT NULL,                  --: Name in Korean.
    name_en     text NOT NULL,                  --: Name in English.
    region      region_code NOT NULL,           --: Legal-dong code of the place, ten digits; of an old downtown that of its middle.
    lon         double precision NOT NULL CHECK (lon BETWEEN -180 AND 180),  --: Longitude, degrees east, WGS84, to 0.01.
    lat         double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),    --: Latitude, degrees north, WGS84, to 0.01.
    confidence  text CHECK (confidence IN ('high', 'medium', 'low')),   --: How sure the row is.
    source      text NOT NULL                   --: Publisher.
);
@rows site_kr_shipped site.csv id city kind name_ko name_en region lon lat confidence
  source=[Ministry of the Interior and Safety (codes); Statistics Korea (middle of towns); public record (downtowns)];
@overlay site_kr unit id needs city kind name_ko name_en region lon lat;
