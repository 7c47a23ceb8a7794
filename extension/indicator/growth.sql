
--
-- Growth between two dates
--

CREATE FUNCTION growth(m0 activity_matrix, m1 activity_matrix, periods float8 DEFAULT 1)
RETURNS TABLE(region region_code, sector sector_code, before float8, after float8, change float8, rate float8)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 10000
BEGIN ATOMIC
	SELECT j.region, j.sector, j.before, j.after, j.after - j.before,
		   CASE WHEN j.before > 0 AND j.after >= 0 AND growth.periods > 0 THEN power(j.after / j.before, 1 / growth.periods) - 1 END
	FROM (SELECT coalesce(a.region, b.region) AS region, coalesce(a.sector, b.sector) AS sector, coalesce(a.value, 0) AS before, coalesce(b.value, 0) AS after
		  FROM cells(growth.m0) a FULL JOIN cells(growth.m1) b ON b.region = a.region AND b.sector = a.sector) j
	ORDER BY j.region, j.sector;
END;
COMMENT ON FUNCTION growth(activity_matrix, activity_matrix, float8) IS
'Change from m0 to m1 of every region and sector, and its rate (0.1 = 10 percent), a year when periods is the number of years (compound). A cell that a matrix does not store is 0; rate is NULL where there was nothing before or an amount is negative.';

CREATE FUNCTION region_growth(m0 activity_matrix, m1 activity_matrix, periods float8 DEFAULT 1)
RETURNS TABLE(region region_code, before float8, after float8, change float8, rate float8)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 250
BEGIN ATOMIC
	SELECT j.region, j.before, j.after, j.after - j.before,
		   CASE WHEN j.before > 0 AND j.after >= 0 AND region_growth.periods > 0 THEN power(j.after / j.before, 1 / region_growth.periods) - 1 END
	FROM (SELECT coalesce(a.region, b.region) AS region, coalesce(a.value, 0) AS before, coalesce(b.value, 0) AS after
		  FROM region_totals(region_growth.m0) a FULL JOIN region_totals(region_growth.m1) b ON b.region = a.region) j
	ORDER BY j.region;
END;
COMMENT ON FUNCTION region_growth(activity_matrix, activity_matrix, float8) IS
'Change of every region''s total from m0 to m1 and its rate; see growth.';

CREATE FUNCTION sector_growth(m0 activity_matrix, m1 activity_matrix, periods float8 DEFAULT 1)
RETURNS TABLE(sector sector_code, before float8, after float8, change float8, rate float8)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 1000
BEGIN ATOMIC
	SELECT j.sector, j.before, j.after, j.after - j.before,
		   CASE WHEN j.before > 0 AND j.after >= 0 AND sector_growth.periods > 0 THEN power(j.after / j.before, 1 / sector_growth.periods) - 1 END
	FROM (SELECT coalesce(a.sector, b.sector) AS sector, coalesce(a.value, 0) AS before, coalesce(b.value, 0) AS after
		  FROM sector_totals(sector_growth.m0) a FULL JOIN sector_totals(sector_growth.m1) b ON b.sector = a.sector) j
	ORDER BY j.sector;
END;
COMMENT ON FUNCTION sector_growth(activity_matrix, activity_matrix, float8) IS
'Change of every sector''s total from m0 to m1 and its rate; see growth.';
