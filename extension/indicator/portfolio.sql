
--
-- Growth as factors, carried on, and beside specialisation
--

CREATE FUNCTION shift_share_factors(m0 activity_matrix, m1 activity_matrix)
RETURNS TABLE(region region_code, structural float8, location float8, total float8)
AS 'MODULE_PATHNAME', 'innocity_shift_share_factors' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 250;
COMMENT ON FUNCTION shift_share_factors(activity_matrix, activity_matrix) IS
'Shift-share as factors (Gerfin 1964): structural = growth that the region would have had at the nation''s growth of each sector, over the nation''s growth of all; location = its own growth over that; total = their product (1 = as the nation). location is NULL where none of the region''s sectors is left in the nation. No rows for regions without an amount in m0, nor where all of m0 or m1 is 0.';

CREATE FUNCTION shift_share_forecast(m0 activity_matrix, m1 activity_matrix, next sector_value[])
RETURNS TABLE(region region_code, sector sector_code, value float8)
AS 'MODULE_PATHNAME', 'innocity_shift_share_forecast' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10000;
COMMENT ON FUNCTION shift_share_forecast(activity_matrix, activity_matrix, sector_value[]) IS
'Amounts of every region and sector of m1 at a third date, as long after m1 as m1 after m0: at the nation''s growth of the sector from m1 to next (the nation''s amounts then), times the region''s location factor between m0 and m1 (see shift_share_factors). It extrapolates; the sum over regions is not held to the nation''s. NULL where next does not list the sector or has a NULL, and where the location factor is NULL; no rows for regions without an amount in m0.';

CREATE FUNCTION portfolio(m0 activity_matrix, m1 activity_matrix, periods float8 DEFAULT 1)
RETURNS TABLE(region region_code, sector sector_code, before float8, after float8, location_quotient float8, rate float8, total_rate float8)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 10000
BEGIN ATOMIC
	WITH quotient AS (
		SELECT q.region, q.sector, sum(q.value ORDER BY q.date) / 2 AS value
		FROM (SELECT 0 AS date, c.region, c.sector, c.value FROM cells(location_quotient(portfolio.m0)) c
			  UNION ALL SELECT 1, c.region, c.sector, c.value FROM cells(location_quotient(portfolio.m1)) c) q
		GROUP BY q.region, q.sector
	)
	SELECT g.region, g.sector, g.before, g.after, q.value, g.rate, s.rate
	FROM growth(portfolio.m0, portfolio.m1, portfolio.periods) g
		 JOIN quotient q ON q.region = g.region AND q.sector = g.sector
		 LEFT JOIN sector_growth(portfolio.m0, portfolio.m1, portfolio.periods) s ON s.sector = g.sector
	ORDER BY g.region, g.sector;
END;
COMMENT ON FUNCTION portfolio(activity_matrix, activity_matrix, float8) IS
'What a portfolio diagram of a region''s sectors shows: amounts, the mean location quotient of both dates (0 at a date when the sector is absent), and the growth rates of the sector in the region and in all regions, a year when periods is the number of years. Above 1 and 0: specialised and growing. Rates are NULL where there was nothing before.';
