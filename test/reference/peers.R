# Our indicators beside those of EconGeo, REAT and economiccomplexity, on the table of Korea 2020.
#
#     Rscript test/reference/peers.R DIR      DIR is what peers.sql wrote; packages that are not installed are skipped
#
# Prints a row a function: ours, the peer's call, cells compared, the largest difference, and where it is. The outcome is in docs/en/peers.md.

folder <- commandArgs(TRUE)[1]
cells <- read.csv(file.path(folder, "table.csv"), colClasses = c("integer", "character", "character", "numeric"))
our <- read.csv(file.path(folder, "our.csv"), colClasses = c("character", "character", "character", "numeric"))
our$r[is.na(our$r)] <- ""
our$s[is.na(our$s)] <- ""
regions <- sort(unique(cells$r))
sectors <- sort(unique(cells$s))
wide <- function(year) {
  m <- matrix(0, length(regions), length(sectors), dimnames = list(regions, sectors))
  of <- cells[cells$year == year, ]
  m[cbind(of$r, of$s)] <- of$v
  m
}
x0 <- wide(2015)
x <- wide(2020)
b0 <- (x0 * sum(x0) >= outer(rowSums(x0), colSums(x0))) * (x0 > 0)
b <- (x * sum(x) >= outer(rowSums(x), colSums(x))) * (x > 0)

ours <- function(what, rows, columns, absent = 0) {           # as a table; a sector matrix holds one triangle
  of <- our[our$what == what, ]
  m <- matrix(absent, length(rows), length(columns), dimnames = list(rows, columns))
  m[cbind(of$r, of$s)] <- of$v
  if (identical(rows, columns) && identical(rows, sectors)) m[cbind(of$s, of$r)] <- of$v
  m
}
line <- function(what, call, mine, theirs) {
  mine <- as.numeric(mine)
  theirs <- as.numeric(theirs)
  both <- !is.na(mine) & !is.na(theirs)
  d <- abs(mine - theirs)
  worst <- if (any(both)) which.max(ifelse(both, d, -1)) else 1
  cat(sprintf("%s | %s | %d | %.1e | %d | %s\n", what, call, sum(both), max(d[both], 0), sum(is.na(mine) != is.na(theirs)),
              if (any(both) && d[worst] > 1e-9) sprintf("%.9g, %.9g", mine[worst], theirs[worst]) else ""))
}
of_region <- function(what) our$v[our$what == what][match(regions, our$r[our$what == what])]
of_sector <- function(what) our$v[our$what == what][match(sectors, our$s[our$what == what])]
one <- function(what) our$v[our$what == what]
rs <- function(what, absent = 0) ours(what, regions, sectors, absent)
ss <- function(what, absent = 0) ours(what, sectors, sectors, absent)
income <- of_region("income")
people <- of_region("residents")

if (requireNamespace("EconGeo", quietly = TRUE)) {
  suppressPackageStartupMessages(library(EconGeo))
  cat("== EconGeo", as.character(packageVersion("EconGeo")), "\n")
  line("location_quotient", "location.quotient", rs("location_quotient"), location.quotient(x))
  line("rca", "RCA (rounds to 2 digits)", rs("location_quotient"), RCA(x))
  line("specialized", "location.quotient(binary)", rs("specialized"), location.quotient(x, binary = TRUE))
  line("diversity", "diversity", of_region("diversity"), diversity(b))
  line("ubiquity", "ubiquity", of_sector("ubiquity"), ubiquity(b))
  together <- co.occurrence(t(b))
  off <- row(together) != col(together)
  line("cooccurrence count", "co.occurrence", ss("cooccurrence count")[off], together[off])
  for (method in c("association", "cosine", "jaccard"))
    line(paste("relatedness", method), sprintf("relatedness('%s')", method), ss(paste("relatedness", method)), relatedness(together, method))
  line("relatedness probability", "relatedness('prob')", ss("relatedness probability"), relatedness(together, "prob"))
  z <- try(zScore(b), silent = TRUE)
  if (!inherits(z, "try-error")) line("cooccurrence zscore", "zScore", ss("cooccurrence zscore", NA)[off], z[off]) else cat("cooccurrence zscore | zScore | fails:", conditionMessage(attr(z, "condition")), "\n")
  dense <- relatedness.density(b, relatedness(together, "prob"))
  line("relatedness_density probability", "relatedness.density / 100 (rounds)", rs("relatedness_density probability"), dense / 100)
  kci <- KCI(b)
  standard <- function(v) (v - mean(v)) / sqrt(mean((v - mean(v))^2))
  line("economic_complexity", "KCI, standardized (rounds its matrix to 4 digits)", of_region("economic_complexity"), standard(kci))
  line("economic_complexity", "KCI as given", of_region("economic_complexity"), kci)
  line("sector_complexity own_scale", "TCI, standardized", of_sector("sector_complexity own_scale"), standard(as.numeric(unlist(TCI(b)))))
  line("specialization krugman", "Krugman.index", of_region("specialization krugman"), Krugman.index(x))
  line("specialization coefficient", "spec.coeff", of_region("specialization coefficient"), spec.coeff(x))
  line("specialization hachman", "Hachman", of_region("specialization hachman"), Hachman(x))
  line("specialization herfindahl", "Herfindahl", of_region("specialization herfindahl"), Herfindahl(x))
  line("specialization entropy", "entropy * ln 2 (rounds to 3 digits)", of_region("specialization entropy"), entropy(x) * log(2))
  line("concentration locational_gini", "2 * locational.Gini", of_sector("concentration locational_gini"), 2 * locational.Gini(x)[, 2])
  line("concentration locational_gini", "Hoover.Gini(totals)", of_sector("concentration locational_gini"), Hoover.Gini(x, rowSums(x))[, 2])
  line("concentration hoover", "Hoover.index(totals) / 100", of_sector("concentration hoover"), Hoover.index(x, rowSums(x))[, 2] / 100)
  line("gini", "Gini", of_sector("gini"), Gini(x)[, 2])
  line("prody", "prody (of quotients rounded to 2 digits)", of_sector("prody") / mean(of_sector("prody")), as.numeric(prody(x, income)) / mean(of_sector("prody")))
  line("expy", "expy", of_region("expy") / mean(of_region("expy")), as.numeric(expy(x, income)) / mean(of_region("expy")))
  new <- entry.mat(b0, b)
  line("entry_exit entry", "entry.mat", rs("entry_exit entry")[b0 == 0], new[regions, sectors][b0 == 0])
  gone <- exit.mat(b0, b)[regions, sectors]
  line("entry_exit exit", "exit.mat", rs("entry_exit exit")[b0 == 1], gone[b0 == 1])
  g <- growth.mat(x0, x)
  line("growth", "growth.mat / 100", rs("growth", NA)[x0 > 0], g[x0 > 0] / 100)
  line("region_growth", "growth.reg / 100", of_region("region_growth"), growth.reg(x0, x) / 100)
}

if (requireNamespace("REAT", quietly = TRUE)) {
  cat("== REAT", as.character(packageVersion("REAT")), "\n")
  quiet <- function(e) { sink(nullfile()); on.exit(sink()); e }
  long <- data.frame(r = rep(regions, length(sectors)), s = rep(sectors, each = length(regions)), v = as.numeric(x))
  line("location_quotient", "locq2", rs("location_quotient"), t(quiet(REAT::locq2(long$v, long$s, long$r))[sectors, regions]))
  con <- quiet(REAT::conc(long$v, long$s, long$r))[sectors, ]
  line("concentration hoover", "conc()[1], hoover(ref)", of_sector("concentration hoover"), con[, 1])
  line("concentration locational_gini", "conc()[2], gini.conc (unweighted)", of_sector("concentration locational_gini"), con[, 2])
  line("concentration krugman", "conc()[3], krugman.conc2 (mean of the others)", of_sector("concentration krugman"), con[, 3])
  line("concentration krugman", "krugman.conc(all)", of_sector("concentration krugman"), sapply(sectors, function(s) REAT::krugman.conc(x[, s], rowSums(x))))
  line("specialization krugman", "krugman.spec(all)", of_region("specialization krugman"), sapply(regions, function(r) REAT::krugman.spec(x[r, ], colSums(x))))
  line("specialization krugman", "krugman.spec2 (mean of the others)", of_region("specialization krugman")[1:5],
       sapply(1:5, function(i) REAT::krugman.spec2(x[i, ], as.data.frame(t(x[-i, ])))))
  line("specialization herfindahl", "herf", of_region("specialization herfindahl"), apply(x, 1, REAT::herf))
  line("concentration herfindahl", "herf", of_sector("concentration herfindahl"), apply(x, 2, REAT::herf))
  line("gini income", "gini2", one("gini income"), REAT::gini2(income))
  line("gini income", "gini", one("gini income"), REAT::gini(income))
  line("gini income weighted", "gini2(weighting)", one("gini income weighted"), REAT::gini2(income, weighting = people))
  line("theil_l income", "theil", one("theil_l income"), REAT::theil(income))
  line("theil_t income", "theil", one("theil_t income"), REAT::theil(income))
  line("theil_l income weighted", "theil(weighting)", one("theil_l income weighted"), REAT::theil(income, weighting = people))
  line("atkinson income", "atkinson", one("atkinson income"), REAT::atkinson(income))
  parts <- function(method, what) sapply(regions, function(r) { of <- our[our$what == sprintf("shift_share %s %s", method, what) & our$r == r, ]; sum(of$v) })
  whole <- apply(x0 > 0 & x > 0, 1, all)
  s <- sapply(regions, function(r) quiet(REAT::shift(x0[r, ], x[r, ], colSums(x0), colSums(x), print.results = FALSE))$components[1:4])
  for (i in 1:4) {
    what <- c("actual", "national", "industry_mix", "regional")[i]
    line(paste("shift_share dunn", what), sprintf("shift('Dunn')[%d], of %d regions with every sector", i, sum(whole)), parts("dunn", what)[whole], s[i, whole])
  }
  line("shift_share dunn regional", "shift('Dunn')[4], regions that lack a sector", parts("dunn", "regional")[!whole], s[4, !whole])
  e <- sapply(regions, function(r) quiet(REAT::shift(x0[r, ], x[r, ], colSums(x0), colSums(x), shift.method = "Esteban", print.results = FALSE))$components[4:5])
  line("shift_share esteban regional", "shift('Esteban')[4]", parts("esteban", "regional")[whole], e[1, whole])
  line("shift_share esteban allocation", "shift('Esteban')[5]", parts("esteban", "allocation")[whole], e[2, whole])
  province <- substr(regions, 1, 2)
  total <- tapply(rowSums(x), factor(province, unique(province)), sum)
  eg <- sapply(sectors, function(s) { of <- x[, s] > 0; quiet(REAT::ellison.a(x[of, s], total[unique(province[of])], province[of], print.results = FALSE))[1] })
  line("ellison_glaeser", "ellison.a(e_j = everything)", of_sector("ellison_glaeser"), eg)
  ec <- try(quiet(REAT::ellison.c(long$v, long$s, substr(long$r, 1, 2))), silent = TRUE)
  if (!inherits(ec, "try-error")) line("group_coagglomeration", "ellison.c", one("group_coagglomeration"), ec) else cat("group_coagglomeration | ellison.c | fails\n")
}

if (requireNamespace("economiccomplexity", quietly = TRUE)) {
  cat("== economiccomplexity", as.character(packageVersion("economiccomplexity")), "\n")
  library(economiccomplexity)
  fresh <- function(m) m + 0                                  # version 2.0.0 writes into its argument
  standard <- function(v) (v - mean(v)) / sqrt(mean((v - mean(v))^2))
  bal <- balassa_index(fresh(x), discrete = FALSE)
  line("location_quotient", "balassa_index(discrete = FALSE)", rs("location_quotient"), as.matrix(bal)[regions, sectors])
  dis <- as.matrix(balassa_index(fresh(x)))[regions, sectors]
  line("specialized", "balassa_index", rs("specialized"), dis)
  prox <- proximity(fresh(b))
  p <- as.matrix(prox$proximity_product)[sectors, sectors]
  off <- row(p) != col(p)
  line("relatedness proximity", "proximity", ss("relatedness proximity")[off], p[off])
  dense <- as.matrix(density(fresh(b), p + 0))
  line("relatedness_density self", "density", rs("relatedness_density self"), if (nrow(dense) == length(sectors)) t(dense) else dense)
  far <- as.matrix(distance(fresh(b), p + 0))
  line("distance self", "distance", rs("distance self"), if (nrow(far) == length(sectors)) t(far) else far)
  eig <- complexity_measures(fresh(b), method = "eigenvalues")
  n <- length(regions)
  line("economic_complexity", "complexity_measures('eigenvalues'), as population deviations", of_region("economic_complexity"), eig$complexity_index_country[regions] * sqrt(n / (n - 1)))
  line("sector_complexity own_scale", "complexity_measures('eigenvalues'), as population deviations", of_sector("sector_complexity own_scale"), eig$complexity_index_product[sectors] * sqrt(16 / 15))
  fit <- complexity_measures(fresh(b), method = "fitness", iterations = 20)
  line("region_fitness 19", "complexity_measures('fitness', 20)", of_region("region_fitness 19"), fit$complexity_index_country[regions])
  line("sector_fitness 19", "complexity_measures('fitness', 20)", of_sector("sector_fitness 19"), fit$complexity_index_product[sectors])
  ref <- complexity_measures(fresh(b), method = "reflections", iterations = 20)
  line("reflections 18", "complexity_measures('reflections', 20), as population deviations", of_region("reflections 18"), standard(ref$complexity_index_country[regions]))
  pl <- try(productivity_levels(fresh(x), setNames(income, regions)), silent = TRUE)
  if (!inherits(pl, "try-error")) {
    line("prody", "productivity_levels", of_sector("prody") / 1e6, pl$productivity_level_product[sectors] / 1e6)
    line("expy", "productivity_levels", of_region("expy") / 1e6, pl$productivity_level_country[regions] / 1e6)
  }
  pci <- setNames(of_sector("sector_complexity"), sectors)
  look <- try(complexity_outlook(fresh(b), p + 0, pci), silent = TRUE)
  if (!inherits(look, "try-error")) {
    line("complexity_outlook", "complexity_outlook$index", of_region("complexity_outlook"), look$complexity_outlook_index[regions])
    gain <- as.matrix(look$complexity_outlook_gain)
    counted <- (1 - b) * rs("relatedness_density self")
    line("complexity_outlook, own sector counted", "complexity_outlook$index", as.numeric(counted %*% pci), look$complexity_outlook_index[regions])
    line("opportunity_gain, without what the sector itself takes along", "complexity_outlook$gain", (1 - b) * ((1 - b) %*% (p * (pci / rowSums(p)))), look$complexity_outlook_gain)
    line("opportunity_gain", "complexity_outlook$gain", rs("opportunity_gain", NA)[b == 0], (if (nrow(gain) == length(sectors)) t(gain) else gain)[b == 0])
  } else cat("complexity_outlook | fails:", conditionMessage(attr(look, "condition")), "\n")
}
