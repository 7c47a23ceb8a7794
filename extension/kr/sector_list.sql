/*
 * sector_list.sql
 *	  Code lists of sectors: KSIC 9, 10, 11, ISIC 4, NACE 2, NAICS 2017, COFOG, SNA sectors; function groups,
 *	  industry groups, input-output rows; and sector_kr, all of them under one key.
 *
 * A list of an edition is keyed by codes of that edition (ksic9:36). sector_kr also holds the bare spelling of each
 * current list (36 is read as of KSIC 11, else 10; isic:, nace:, naics:, sna: as of the one edition listed), because
 * that is what people write: profiles, bridges and plans use bare KSIC codes.
 */
CREATE TABLE ksic_9_kr (                        --: Korean Standard Industrial Classification, revision 9 (2008).
    code        sector_code PRIMARY KEY,        --: Code of that revision, written ksic9:35111.
    level       integer NOT NULL,               --: 1 section, 2 division, 3 group, 4 class, 5 subclass; equals level(code).
    parent      sector_code REFERENCES ksic_9_kr,   --: The code above; NULL for a section.
    label_ko    text NOT NULL,                  --: Label in Korean.
    label_en    text NOT NULL,                  --: Label in English.
    source      text NOT NULL                   --: Publisher.
);
@rows ksic_9_kr ksic_9.csv code=ksic9:{code} level parent=ksic9:{parent} label_ko label_en source=[Statistics Korea];

CREATE TABLE ksic_10_kr (                       --: Korean Standard Industrial Classification, revision 10 (2017).
    code        sector_code PRIMARY KEY,        --: Code of that revision, written ksic10:35111.
    level       integer NOT NULL,               --: 1 section, 2 division, 3 group, 4 class, 5 subclass; equals level(code).
    parent      sector_code REFERENCES ksic_10_kr,  --: The code above; NULL for a section.
    label_ko    text NOT NULL,                  --: Label in Korean.
    label_en    text NOT NULL,                  --: Label in English.
    source      text NOT NULL                   --: Publisher.
);
@rows ksic_10_kr ksic_10.csv code=ksic10:{code} level parent=ksic10:{parent} label_ko label_en source=[Statistics Korea];

CREATE TABLE ksic_11_kr (                       --: Korean Standard Industrial Classification, revision 11 (2024).
    code        sector_code PRIMARY KEY,        --: Code of that revision, written ksic11:35111.
    level       integer NOT NULL,               --: 1 section, 2 division, 3 group, 4 class, 5 subclass; equals level(code).
    parent      sector_code REFERENCES ksic_11_kr,  --: The code above; NULL for a section.
    label_ko    text NOT NULL,                  --: Label in Korean.
    label_en    text NOT NULL,                  --: Label in English.
    source      text NOT NULL                   --: Publisher.
);
@rows ksic_11_kr ksic_11.csv code=ksic11:{code} level parent=ksic11:{parent} label_ko label_en source=[Statistics Korea];

CREATE TABLE isic_4_kr (                        --: International Standard Industrial Classification, revision 4.
    code        sector_code PRIMARY KEY,        --: Code of that revision, written isic4:3510.
    level       integer NOT NULL,               --: 1 section, 2 division, 3 group, 4 class.
    parent      sector_code REFERENCES isic_4_kr,   --: The code above; NULL for a section.
    label_en    text NOT NULL,                  --: Label in English.
    source      text NOT NULL                   --: Publisher.
);
@rows isic_4_kr isic_4.csv code=isic4:{code} level parent=isic4:{parent} label_en source=[United Nations Statistics Division];

CREATE TABLE nace_2_kr (                        --: Statistical classification of economic activities in the European Community, revision 2.
    code        sector_code PRIMARY KEY,        --: Code of that revision, written nace2:35.11.
    level       integer NOT NULL,               --: 1 section, 2 division, 3 group, 4 class.
    parent      sector_code REFERENCES nace_2_kr,   --: The code above; NULL for a section.
    label_en    text NOT NULL,                  --: Label in English.
    isic_4      sector_code NOT NULL REFERENCES isic_4_kr,  --: The ISIC 4 code it refers to.
    source      text NOT NULL                   --: Publisher.
);
@rows nace_2_kr nace_2.csv code=nace2:{code} level parent=nace2:{parent} label_en isic_4=isic4:{isic_4} source=Eurostat;

CREATE TABLE naics_2017_kr (                    --: North American Industry Classification System, 2017 (United States).
    code        sector_code PRIMARY KEY,        --: Code of that edition, written naics2017:221112 or naics2017:31-33.
    level       integer NOT NULL,               --: 1 sector, 2 subsector, 3 industry group, 4 industry, 5 national industry.
    parent      sector_code REFERENCES naics_2017_kr,   --: The code above; NULL for a sector.
    label_en    text NOT NULL,                  --: Label in English.
    source      text NOT NULL                   --: Publisher.
);
@rows naics_2017_kr naics_2017.csv code=naics2017:{code} level parent=naics2017:{parent} label_en source=[US Census Bureau];

CREATE TABLE cofog_kr (                         --: Classification of the Functions of Government, 1999.
    code        sector_code PRIMARY KEY,        --: Code, written cofog:04.3.5.
    level       integer NOT NULL,               --: 1 division, 2 group, 3 class.
    parent      sector_code REFERENCES cofog_kr,    --: The code above; NULL for a division.
    label_en    text NOT NULL,                  --: Label in English.
    service_kind text CHECK (service_kind IN ('IS', 'CS')), --: IS individual service, CS collective service; NULL above the class.
    source      text NOT NULL                   --: Publisher.
);
@rows cofog_kr cofog.csv code=cofog:{code} level parent=cofog:{parent} label_en service_kind source=[United Nations Statistics Division];

CREATE TABLE sna_sector_kr (                    --: Institutional sectors of the System of National Accounts 2008.
    code        sector_code PRIMARY KEY,        --: Code of that edition, written sna2008:S1311.
    level       integer NOT NULL,               --: 1 total economy or rest of the world, 2 sector, 3 subsector.
    parent      sector_code REFERENCES sna_sector_kr,   --: The code above; NULL at level 1.
    label_ko    text NOT NULL,                  --: Label in Korean; of S121 to S129 a translation by this project.
    label_en    text NOT NULL,                  --: Label in English.
    source      text NOT NULL                   --: Publisher.
);
@rows sna_sector_kr sna_sector.csv code=sna2008:{code} level parent=sna2008:{parent} label_ko label_en
  source=[United Nations Statistics Division];

CREATE TABLE cluster_kr (                       --: Function groups of the innovation cities and their institutions.
    code        sector_code PRIMARY KEY,        --: Code, written cluster:ENERGY.
    label_ko    text NOT NULL,                  --: Label in Korean.
    label_en    text NOT NULL,                  --: Label in English.
    source      text NOT NULL                   --: Who made the group.
);
@rows cluster_kr cluster.csv code=cluster:{code} label_ko label_en source=[assigned by this project];

CREATE TABLE industry_group_kr (                --: The 16 industry groups by which the provinces publish gross regional product.
    industry    sector_code PRIMARY KEY,        --: Group, written group:DE; named by the KSIC sections it joins.
    ksic_sections sector_code[] NOT NULL,       --: Those sections.
    label_ko    text NOT NULL,                  --: Label in Korean: the labels of the sections.
    label_en    text NOT NULL,                  --: Label in English.
    source      text NOT NULL                   --: Publisher.
);
@rows industry_group_kr industry_group.csv industry=group:{industry} ksic_sections=list(,ksic_sections) label_ko label_en
  source=[Statistics Korea];

CREATE TABLE input_output_code_kr (             --: Rows and columns of the input-output table.
    code        sector_code PRIMARY KEY,        --: Row or column, written io:C01.
    kind        text NOT NULL CHECK (kind IN ('sector', 'row_total_or_value_added', 'final_demand_or_supply')),    --: What it holds.
    label_ko    text NOT NULL,                  --: Label in Korean.
    label_en    text NOT NULL,                  --: Label in English: a translation by this project.
    source      text NOT NULL                   --: Publisher.
);
@rows input_output_code_kr input_output_code.csv code=io:{code} kind label_ko label_en source=[Bank of Korea];

GRANT SELECT ON ksic_9_kr, ksic_10_kr, ksic_11_kr, isic_4_kr, nace_2_kr, naics_2017_kr, cofog_kr, sna_sector_kr, cluster_kr,
                industry_group_kr, input_output_code_kr TO PUBLIC;

CREATE TABLE sector_kr_shipped (                --: Every sector code that a list of this extension holds, with its labels.
    code        sector_code PRIMARY KEY,        --: Code with its edition, and once more without where the list is the current one.
    parent      sector_code,                    --: The code above, spelled the same way; NULL at the top.
    label_ko    text,                           --: Label in Korean; NULL where the list has none.
    label_en    text,                           --: Label in English; NULL where the list has none.
    list        text NOT NULL DEFAULT 'sector_kr_user',  --: Table that holds the code.
    source      text NOT NULL                   --: Publisher.
);
INSERT INTO sector_kr_shipped
SELECT code, parent, label_ko, label_en, 'ksic_9_kr', source FROM ksic_9_kr
UNION ALL
SELECT code, parent, label_ko, label_en, 'ksic_10_kr', source FROM ksic_10_kr
UNION ALL
SELECT code, parent, label_ko, label_en, 'ksic_11_kr', source FROM ksic_11_kr
UNION ALL
SELECT code, parent, NULL, label_en, 'isic_4_kr', source FROM isic_4_kr
UNION ALL
SELECT code, parent, NULL, label_en, 'nace_2_kr', source FROM nace_2_kr
UNION ALL
SELECT code, parent, NULL, label_en, 'naics_2017_kr', source FROM naics_2017_kr
UNION ALL
SELECT code, parent, NULL, label_en, 'cofog_kr', source FROM cofog_kr
UNION ALL
SELECT code, parent, label_ko, label_en, 'sna_sector_kr', source FROM sna_sector_kr
UNION ALL
SELECT code, NULL, label_ko, label_en, 'cluster_kr', source FROM cluster_kr
UNION ALL
SELECT industry, NULL, label_ko, label_en, 'industry_group_kr', source FROM industry_group_kr
UNION ALL
SELECT code, NULL, label_ko, label_en, 'input_output_code_kr', source FROM input_output_code_kr;
-- The same without edition. KSIC: revision 11, and from 10 the codes that 11 dropped.
@rows sector_kr_shipped ksic_11.csv code parent label_ko label_en list=ksic_11_kr source=[Statistics Korea];
INSERT INTO sector_kr_shipped
SELECT b.code, b.parent, b.label_ko, b.label_en, 'ksic_10_kr', b.source
  FROM (SELECT pg_catalog.replace(code::pg_catalog.text, 'ksic10:', '')::sector_code AS code,
               pg_catalog.replace(parent::pg_catalog.text, 'ksic10:', '')::sector_code AS parent, label_ko, label_en, source
          FROM ksic_10_kr) b
 WHERE NOT EXISTS (SELECT FROM sector_kr_shipped s WHERE s.code = b.code);
@rows sector_kr_shipped isic_4.csv code=isic:{code} parent=isic:{parent} label_en list=isic_4_kr
  source=[United Nations Statistics Division];
@rows sector_kr_shipped nace_2.csv code=nace:{code} parent=nace:{parent} label_en list=nace_2_kr source=Eurostat;
@rows sector_kr_shipped naics_2017.csv code=naics:{code} parent=naics:{parent} label_en list=naics_2017_kr
  source=[US Census Bureau];
@rows sector_kr_shipped sna_sector.csv code=sna:{code} parent=sna:{parent} label_ko label_en list=sna_sector_kr
  source=[United Nations Statistics Division];
@overlay sector_kr unit code needs list;

CREATE DOMAIN label_language AS text
    CONSTRAINT label_language_is_ko_or_en CHECK (VALUE IN ('ko', 'en'));
COMMENT ON DOMAIN label_language IS 'Language of a label: ko or en.';

CREATE FUNCTION label(code sector_code, lang text DEFAULT 'ko') RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20
BEGIN ATOMIC
    SELECT CASE lang::label_language
             WHEN 'ko' THEN (SELECT coalesce(s.label_ko, s.label_en) FROM sector_kr s WHERE s.code = label.code)
             ELSE (SELECT coalesce(s.label_en, s.label_ko) FROM sector_kr s WHERE s.code = label.code)
           END;
END;
COMMENT ON FUNCTION label(sector_code, text) IS
'Label of a sector code in Korean (ko) or English (en), in the other language where the list has only that one; NULL for a code of no list.';

CREATE FUNCTION is_listed(code sector_code) RETURNS boolean
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM sector_kr s WHERE s.code = is_listed.code);
END;
COMMENT ON FUNCTION is_listed(sector_code) IS
'Does a code list hold this code? A code can be well formed and mean nothing, such as 99999.';
