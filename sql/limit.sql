-- Tables of very many codes and few cells: what would need a number for every region and sector, or a bit, is refused with 54000 before anything
-- of that size is taken from the machine.
\set VERBOSITY sqlstate
CREATE TEMP TABLE limit_sparse AS
SELECT activity_matrix_agg(('x:R' || 1000000 + i)::region_code, ('cluster:S' || 1000000 + i)::sector_code, 1 + i % 5) AS m
FROM generate_series(1, 800000) i;
SELECT cardinality(regions(m)) AS regions, cardinality(sectors(m)) AS sectors FROM limit_sparse;
SELECT relatedness(m, presence => 'given') IS NULL FROM limit_sparse;
SELECT count(*) FROM limit_sparse, relatedness_pairs(m, '{cluster:S1000001}', presence => 'given');
SELECT cooccurrence(m, presence => 'given') IS NULL FROM limit_sparse;
SELECT cross_proximity(m, m, 'given') IS NULL FROM limit_sparse;
SELECT cross_density(m, m, 'given') IS NULL FROM limit_sparse;
SELECT relatedness_density(m, presence => 'given') IS NULL FROM limit_sparse;
SELECT count(*) FROM limit_sparse, density_candidates(m, '{x:R1000001}', '{cluster:S1000001}', presence => 'given');
SELECT count(*) FROM limit_sparse, density_candidates(m, '{x:R1000001}', '{cluster:S1000001}', k => 3, presence => 'given');
SELECT count(*) FROM limit_sparse, density_explain(m, 'x:R1000001', 'cluster:S1000001', presence => 'given');
SELECT count(*) FROM limit_sparse, eci_optimization(m, 'x:R1000001', 0.1, pci => ARRAY[('cluster:S1000001', 1)::sector_value], presence => 'given');
-- Sectors that the reference has not are undefined in every region.
SELECT location_quotient(m, '{11:{26:1}}') IS NULL FROM limit_sparse;
SELECT specialized(m, reference => '{11:{26:1}}') IS NULL FROM limit_sparse;
SELECT symmetric_lq(m) IS NULL FROM limit_sparse;
-- What keeps to the cells takes them.
SELECT total(location_quotient(m)) AS quotients FROM limit_sparse;
SELECT count(*) AS regions FROM limit_sparse, diversity(m, 'given');
DROP TABLE limit_sparse;
