
--
-- Growth as factors, carried on, and beside specialisation
--

CREATE FUNCTION shift_share_factors(m0 activity_matrix, m1 activity_matrix)
RETURNS TABLE(region region_code, structural float8, location float8, total float8)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 250
BEGIN ATOMIC
	WITH before AS (
		SELECT c.region, sum(c.value ORDER BY c.sector) AS amount, sum(c.value * (coalesce(s1.value, 0) / s0.value) ORDER BY c.sector) AS expected
		FROM cells(shift_share_factors.m0) c JOIN sector_totals(shift_share_factors.m0) s0 ON s0.sector = c.sector
			 LEFT JOIN sector_totals(shift_share_factors.m1) s1 ON s1.sector = c.sector
		GROUP BY c.region
	), factor AS (
		SELECT b.region, (b.expected / b.amount) / nullif(total(shift_share_factors.m1) / nullif(total(shift_share_factors.m0), 0), 0) AS structural,
			   CASE WHEN b.expected > 0 THEN coalesce(r1.value, 0) / b.expected END AS location,
			   (coalesce(r1.value, 0) / b.amount) / nullif(total(shift_share_factors.m1) / nullif(total(shift_share_factors.m0), 0), 0) AS total
		FROM before b LEFT JOIN region_totals(shift_share_factors.m1) r1 ON r1.region = b.region
		WHERE total(shift_share_factors.m0) > 0 AND total(shift_share_factors.m1) > 0
	)
	SELECT f.region, f.structural, f.location, f.total FROM factor f ORDER BY f.region;
END;
COMMENT ON FUNCTION shift_share_factors(activity_matrix, activity_matrix) IS
'Shift-share as factors (Gerfin 1964): structural = growth that the region would have had at the nation''s growth of each sector, over the nation''s growth of all; location = its own growth over that; total = their product (1 = as the nation). location is NULL where none of the region''s sectors is left in the nation. Regions that m0 does not list have no row.';

CREATE FUNCTION shift_share_forecast(m0 activity_matrix, m1 activity_matrix, next sector_value[])
RETURNS TABLE(region region_code, sector sector_code, value float8)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 10000
BEGIN ATOMIC
	SELECT c.region, c.sector, CASE WHEN n.value >= 0 AND n.value < 'infinity' THEN c.value * (n.value / s.value) * f.location END
	FROM cells(shift_share_forecast.m1) c JOIN shift_share_factors(shift_share_forecast.m0, shift_share_forecast.m1) f ON f.region = c.region
		 JOIN sector_totals(shift_share_forecast.m1) s ON s.sector = c.sector JOIN (SELECT u.sector, sum(u.value ORDER BY u.value) AS value FROM unnest(shift_share_forecast.next) u GROUP BY u.sector) n ON n.sector = c.sector
	ORDER BY c.region, c.sector;
END;
COMMENT ON FUNCTION shift_share_forecast(activity_matrix, activity_matrix, sector_value[]) IS
'Amounts of every region and sector at a third date, as long after m1 as m1 after m0: at the nation''s growth of the sector from m1 to next (the nation''s amounts then), times the region''s location factor between m0 and m1 (see shift_share_factors). It extrapolates; the sum over regions is not held to the nation''s. NULL where the nation''s amount is NULL, negative or not finite; no rows for sectors that next does not list, nor for regions that m0 does not.';

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
