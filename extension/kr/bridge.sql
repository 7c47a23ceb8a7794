/*
 * bridge.sql
 *	  Bridges from what an institution is to the sectors it concerns, and from sectors to the rows of other tables.
 *	  All are assigned by this project; a planner's own rows replace them, one left-hand code at a time.
 */
CREATE TABLE cluster_ksic_kr_shipped (          --: Function group to the sectors it serves.
    cluster     sector_code NOT NULL REFERENCES cluster_kr,         --: Function group.
    ksic_10     sector_code NOT NULL REFERENCES sector_kr_shipped,  --: Sector.
    weight      double precision NOT NULL CHECK (weight > 0),       --: Weight; those of a group add up to 1.
    source      text NOT NULL,                  --: Who assigned it.
    PRIMARY KEY (cluster, ksic_10)
);
@rows cluster_ksic_kr_shipped bridge/cluster_ksic.csv cluster=cluster:{cluster} ksic_10 weight source=[assigned by this project];
@overlay cluster_ksic_kr unit cluster needs weight;

CREATE TABLE keyword_ksic_kr_shipped (          --: Words in institutions' Korean names to sectors.
    keyword     text PRIMARY KEY,               --: Word, as it occurs in a name.
    ksic_10     sector_code NOT NULL REFERENCES sector_kr_shipped,  --: Sector.
    source      text NOT NULL                   --: Who assigned it.
);
@rows keyword_ksic_kr_shipped bridge/keyword_ksic.csv keyword ksic_10 source=[assigned by this project];
@overlay keyword_ksic_kr unit keyword needs ksic_10;

CREATE TABLE own_weight_kr (                    --: Weight of an institution's own code in its profile.
    ksic_10     sector_code REFERENCES sector_kr_shipped,   --: Division of the own code; NULL is the rule for all others.
    own_weight  double precision NOT NULL CHECK (own_weight BETWEEN 0 AND 1),   --: Weight of the own code.
    why         text NOT NULL,                  --: Reason.
    source      text NOT NULL,                  --: Who assigned it.
    UNIQUE NULLS NOT DISTINCT (ksic_10)
);
@rows own_weight_kr bridge/own_weight.csv ksic_10 own_weight why source=[assigned by this project];

CREATE TABLE ksic_group_kr_shipped (            --: KSIC section to the industry group of region_industry_kr.
    ksic_section sector_code PRIMARY KEY REFERENCES sector_kr_shipped,  --: Section.
    industry    sector_code NOT NULL REFERENCES industry_group_kr,      --: Industry group.
    source      text NOT NULL                   --: Who assigned it.
);
@rows ksic_group_kr_shipped bridge/ksic_group.csv ksic_section industry=group:{industry} source=[assigned by this project];
@overlay ksic_group_kr unit ksic_section needs industry;

CREATE TABLE ksic_io_kr_shipped (               --: KSIC code to the rows of the input-output table; a code of no row takes that of its nearest ancestor.
    ksic_10     sector_code NOT NULL REFERENCES sector_kr_shipped,      --: Section or division.
    io_row      sector_code NOT NULL REFERENCES input_output_code_kr,   --: Row.
    weight      double precision NOT NULL CHECK (weight > 0),           --: Share of the code that goes to the row; those of a code add up to 1.
    note        text,                           --: How the weight came about.
    source      text NOT NULL,                  --: Who assigned it.
    PRIMARY KEY (ksic_10, io_row)
);
@rows ksic_io_kr_shipped bridge/ksic_io.csv ksic_10 io_row=io:{io_row} weight note source=[assigned by this project];
@overlay ksic_io_kr unit ksic_10 needs weight;

CREATE TABLE tie_kind_kr_shipped (              --: Strength of an affiliation by its kind.
    kind        text PRIMARY KEY,               --: Kind of affiliation; sibling: two subsidiaries of one parent.
    weight      double precision NOT NULL CHECK (weight BETWEEN 0 AND 1),   --: Strength, 0 to 1.
    source      text NOT NULL                   --: Who assigned it.
);
@rows tie_kind_kr_shipped bridge/tie_kind.csv kind weight source=[assigned by this project];
@overlay tie_kind_kr unit kind needs weight;

GRANT SELECT ON own_weight_kr TO PUBLIC;
