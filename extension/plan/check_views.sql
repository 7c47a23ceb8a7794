CREATE FUNCTION plan_check_views(plan text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$BEGIN END$$;
COMMENT ON FUNCTION plan_check_views(text) IS 'Makes or replaces the views plan_problem and provenance of a plan. Called by plan_views, which see.';
