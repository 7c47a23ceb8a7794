/*
 * region_statistics.sql
 *	  Population, ageing, living conditions, trade and businesses by region and year.
 */
CREATE TABLE population_kr (                    --: Registered residents by region and year; foreigners are not counted.
    code        region_code REFERENCES region_kr_shipped,   --: Province, or city, county or district.
    year        integer,                        --: Year.
    month       integer NOT NULL CHECK (month BETWEEN 1 AND 12),    --: Month at whose end residents were counted: 12, in 2025 9.
    total       bigint NOT NULL CHECK (total >= 0),     --: Persons.
    male        bigint NOT NULL CHECK (male >= 0),      --: Men.
    female      bigint NOT NULL CHECK (female >= 0),    --: Women.
    merged      boolean NOT NULL,               --: True where a region that merged into this one later was added.
    source      text NOT NULL,                  --: Publisher.
    PRIMARY KEY (code, year)
);
@rows population_kr population_kr.csv code year month total male female merged source=[Ministry of the Interior and Safety];

CREATE TABLE population_2010_census_kr (        --: Census of 2010: age groups and the index of local extinction.
    kostat_code_2010 region_code PRIMARY KEY,   --: Code of Statistics Korea in 2010, written kostat:36040.
    code        region_code REFERENCES region_kr_shipped,   --: Present region; NULL where it no longer exists.
    name_ko     text NOT NULL,                  --: Name in 2010.
    total       bigint NOT NULL,                --: Persons.
    age_0_14    bigint NOT NULL,                --: Persons under 15.
    women_20_39 bigint NOT NULL,                --: Women from 20 to 39.
    age_65_plus bigint NOT NULL,                --: Persons from 65 on.
    extinction_index double precision,          --: women_20_39 / age_65_plus, rounded to 4 decimals.
    source      text NOT NULL                   --: Publisher.
);
@rows population_2010_census_kr population_2010_census.csv
  kostat_code_2010=kostat:{kostat_code_2010} code name_ko total age_0_14 women_20_39 age_65_plus extinction_index
  source=[Statistics Korea];

CREATE TABLE region_indicator_kr (              --: Living conditions: 2010, 2015, 2020; not every region has every indicator.
    code        region_code REFERENCES region_kr_shipped,   --: Region.
    year        integer,                        --: Year.
    indicator   text,                           --: total_fertility_rate (children per woman), vacant_housing_pct (percent), doctors (persons), housing_units, welfare_residential_facilities (counts).
    value       double precision NOT NULL,      --: Value, in the indicator's unit.
    source      text NOT NULL,                  --: Publisher.
    PRIMARY KEY (code, year, indicator)
);
@rows region_indicator_kr region_indicator_kr.csv code year indicator value source=[Statistics Korea];

CREATE TABLE trade_kr (                         --: Exports and imports by region and year.
    code        region_code REFERENCES region_kr_shipped,   --: Region.
    year        integer,                        --: Year.
    months      integer NOT NULL CHECK (months BETWEEN 1 AND 12),   --: Months summed up; below 12 the year is not complete.
    export_kusd bigint NOT NULL,                --: Exports, thousand US dollars.
    import_kusd bigint NOT NULL,                --: Imports, thousand US dollars.
    source      text NOT NULL,                  --: Publisher.
    PRIMARY KEY (code, year)
);
@rows trade_kr trade_kr.csv code year months export_kusd import_kusd source=[Korea Customs Service];

CREATE TABLE business_kr (                      --: Operating businesses registered for tax, by region and year.
    code        region_code REFERENCES region_kr_shipped,   --: Region.
    year        integer,                        --: Year: 2010, 2015, 2020, 2022, 2024.
    kind        text,                           --: corporation; individual, of them individual_general, individual_simplified, individual_exempt; total.
    count       bigint NOT NULL CHECK (count >= 0),     --: Businesses.
    source      text NOT NULL,                  --: Publisher.
    PRIMARY KEY (code, year, kind)
);
@rows business_kr business_kr.csv code year kind count source=[National Tax Service];

GRANT SELECT ON population_kr, population_2010_census_kr, region_indicator_kr, trade_kr, business_kr TO PUBLIC;
