/*
 * region_industry.sql
 *	  Gross regional product by region and industry group, and the national input-output table.
 */
CREATE TABLE region_industry_kr (               --: Gross value added by city, county or district and industry group.
    code        region_code REFERENCES region_kr_shipped,   --: Region of level 2.
    year        integer,                        --: 2010 (190 regions), 2015, 2020 (all 229).
    industry    sector_code REFERENCES industry_group_kr,   --: Industry group, written group:DE.
    value_mkrw  bigint NOT NULL,                --: Gross value added, million won at current prices; four published values are negative.
    source      text NOT NULL,                  --: Publisher.
    PRIMARY KEY (code, year, industry)
);
@rows region_industry_kr region_industry_kr.csv code year industry=group:{industry} value_mkrw
  source=[Statistics Korea (regional accounts of the provinces)];

CREATE TABLE region_grdp_kr (                   --: Gross regional domestic product by city, county or district.
    code        region_code REFERENCES region_kr_shipped,   --: Region of level 2.
    year        integer,                        --: 2010 (190 regions), 2015, 2020 (all 229).
    value_added_mkrw bigint,                    --: Gross value added, million won at current prices; NULL where the province did not give it.
    net_taxes_mkrw bigint NOT NULL,             --: Taxes less subsidies on products, million won.
    grdp_mkrw   bigint NOT NULL,                --: Gross regional domestic product, million won.
    source      text NOT NULL,                  --: Publisher.
    PRIMARY KEY (code, year)
);
@rows region_grdp_kr region_grdp_kr.csv code year value_added_mkrw net_taxes_mkrw grdp_mkrw
  source=[Statistics Korea (regional accounts of the provinces)];

CREATE TABLE input_output_kr (                  --: Input-output table of 2015: total transactions at producers' prices, 33 sectors; zero cells are left out.
    row_code    sector_code REFERENCES input_output_code_kr,    --: Selling sector, or a row of totals or value added.
    col_code    sector_code REFERENCES input_output_code_kr,    --: Buying sector, or a column of final demand or supply.
    value_mkrw  bigint NOT NULL,                --: Value, million won.
    source      text NOT NULL,                  --: Publisher.
    PRIMARY KEY (row_code, col_code)
);
@rows input_output_kr input_output.csv row_code=io:{row_code} col_code=io:{col_code} value_mkrw source=[Bank of Korea];

GRANT SELECT ON region_industry_kr, region_grdp_kr, input_output_kr TO PUBLIC;
