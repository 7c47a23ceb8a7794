/*
 * sector_link.sql
 *	  Links between code lists. The official link tables of KSIC say which five-digit codes correspond, not how much
 *	  of a split code goes where.
 */
CREATE TABLE ksic_9_10_kr (                     --: Official link from KSIC 9 to KSIC 10, five-digit codes.
    from_code   sector_code REFERENCES ksic_9_kr,   --: Code of revision 9.
    to_code     sector_code REFERENCES ksic_10_kr,  --: Code of revision 10.
    partial     boolean NOT NULL,               --: True: from_code is split over several to_codes.
    relation    text NOT NULL CHECK (relation IN ('1:1', '1:n', 'n:1', 'n:n')), --: From : to; 1:n a split, n:1 a merger.
    source      text NOT NULL,                  --: Publisher.
    PRIMARY KEY (from_code, to_code)
);
@rows ksic_9_10_kr ksic_9_10.csv from_code=ksic9:{from_code} to_code=ksic10:{to_code} partial relation source=[Statistics Korea];

CREATE TABLE ksic_10_11_kr (                    --: Official link from KSIC 10 to KSIC 11, five-digit codes.
    from_code   sector_code REFERENCES ksic_10_kr,  --: Code of revision 10.
    to_code     sector_code REFERENCES ksic_11_kr,  --: Code of revision 11.
    partial     boolean NOT NULL,               --: True: from_code is split over several to_codes.
    relation    text NOT NULL CHECK (relation IN ('1:1', '1:n', 'n:1', 'n:n')), --: From : to; 1:n a split, n:1 a merger.
    source      text NOT NULL,                  --: Publisher.
    PRIMARY KEY (from_code, to_code)
);
@rows ksic_10_11_kr ksic_10_11.csv from_code=ksic10:{from_code} to_code=ksic11:{to_code} partial relation
  source=[Statistics Korea];

CREATE TABLE ksic_10_isic_4_division_kr (       --: KSIC 10 divisions to ISIC 4 divisions. No statistics office publishes this link.
    ksic_10     sector_code REFERENCES ksic_10_kr,  --: Division of KSIC 10.
    isic_4      sector_code REFERENCES isic_4_kr,   --: Division of ISIC 4.
    partial     boolean NOT NULL,               --: True: only a part corresponds.
    basis       text NOT NULL,                  --: Who assigned the link.
    source      text NOT NULL,                  --: The same.
    PRIMARY KEY (ksic_10, isic_4)
);
@rows ksic_10_isic_4_division_kr ksic_10_isic_4_division.csv ksic_10=ksic10:{ksic_10} isic_4=isic4:{isic_4} partial basis
  source=[assigned by this project];

GRANT SELECT ON ksic_9_10_kr, ksic_10_11_kr, ksic_10_isic_4_division_kr TO PUBLIC;
