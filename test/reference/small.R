# The numbers of R, REAT and EconGeo that tests on small tables hold, from the packages themselves.
#
#     Rscript test/reference/small.R      at the top of the sources; a package that is not installed is skipped
#
# Prints a row a number: test, call, the number, and whether the test has it (to 1e-14 of itself, or as the test says). Exits with 1 when one is
# missing. The tables are written here once more, as they stand in the tests.

missing <- 0
literals <- list()
holds <- function(test, call, value, digits = 1e-14) {
  file <- file.path("sql", paste0(test, ".sql"))
  if (is.null(literals[[file]])) {
    text <- paste(readLines(file, encoding = "UTF-8"), collapse = " ")
    literals[[file]] <<- as.numeric(regmatches(text, gregexpr("-?[0-9]*\\.?[0-9]+([eE]-?[0-9]+)?", text))[[1]])
  }
  for (v in as.numeric(value)) {
    found <- any(abs(literals[[file]] - v) <= digits * max(abs(v), 1e-300))
    if (!found) missing <<- missing + 1
    cat(sprintf("%s | %s | %.17g | %s\n", test, call, v, if (found) "in the test" else "NOT in the test"))
  }
}
quiet <- function(expression) {
  sink(nullfile())
  on.exit(sink())
  pdf(NULL)
  result <- suppressWarnings(expression)
  dev.off()
  result
}

# Convergence: eight regions, a span of 10 years, two controls.
initial <- c(10, 12, 15, 18, 22, 25, 31, 40)
later <- c(16, 17, 22, 23, 30, 31, 40, 47)
east <- c(1, 0, 1, 0, 0, 1, 0, 1)
share <- c(3, 1, 4, 1, 5, 9, 2, 6)
growth <- log(later / initial) / 10
plain <- summary(lm(growth ~ log(initial)))
holds("convergence", "lm", c(plain$coefficients[, 1], plain$coefficients[2, c(2, 4)], plain$r.squared), 1e-12)
controlled <- summary(lm(growth ~ log(initial) + east + share))
holds("convergence", "lm with controls", c(controlled$coefficients[, 1], controlled$coefficients[-1, c(2, 4)], controlled$r.squared), 1e-11)
speed <- summary(nls(growth ~ a - (1 - exp(-speed * 10)) / 10 * log(initial), start = list(a = .08, speed = .02)))$coefficients["speed", 1:2]
holds("convergence", "nls of the speed", speed, 1e-7)
deviation <- function(x) sqrt(mean((log(x) - mean(log(x)))^2))
test <- var.test(log(initial), log(later))
holds("convergence", "var.test", c(deviation(initial), deviation(later), deviation(initial) / deviation(later), test$statistic, test$p.value))
sigma <- summary(lm(c(.40, .38, .385, .36, .33) ~ c(2010, 2012, 2014, 2016, 2020)))
holds("convergence", "lm of a trend", c(sigma$coefficients[, 1], sigma$coefficients[2, c(2, 4)], sigma$r.squared), 1e-9)

# Four regions and sectors, of which the quotients q and presence b.
m <- matrix(c(6, 3, 1, 0, 2, 7, 0, 4, 0, 2, 5, 8, 1, 0, 4, 5), 4, byrow = TRUE, dimnames = list(c("11", "26", "27", "41"), c("A", "C", "J", "K")))
q <- (m / rowSums(m)) / matrix(colSums(m) / sum(m), 4, 4, byrow = TRUE)
b <- (q >= 1) * 1
standard <- function(x) (x - mean(x[is.finite(x)])) / sqrt(mean((x[is.finite(x)] - mean(x[is.finite(x)]))^2))
z <- apply(q, 2, standard)
holds("region_similarity", "quotients less their mean over the deviation", c(z[, "A"], z[c("11", "26"), "C"], z["27", "J"], z["41", "K"]), 1e-12)
holds("region_similarity", "their logarithms", apply(log(q), 2, standard)[c("11", "26", "41"), "A"], 1e-12)

if (requireNamespace("EconGeo", quietly = TRUE)) {
  suppressPackageStartupMessages(library(EconGeo))
  holds("region_mean", "EconGeo weighted.avg", weighted.avg(m, c(5, 10, 15, 25)))
  holds("region_mean", "EconGeo weighted.avg(reg = FALSE)", weighted.avg(m, c(-5, 10, 15, 25), reg = FALSE))
  unrounded <- norm.ubiquity
  environment(unrounded) <- list2env(list(round = function(x, digits) x), parent = environment(norm.ubiquity))
  holds("region_similarity", "EconGeo norm.ubiquity without its rounding", unrounded(m))
}

if (requireNamespace("REAT", quietly = TRUE)) {
  suppressPackageStartupMessages(library(REAT))
  x <- c(12.5, 7, 31, 9.25, 18, 4)
  w <- c(10, 3, 25, 8, 12, 2)
  holds("dispersion", "REAT cv(is.sample = FALSE)", quiet(cv(x, is.sample = FALSE)))
  holds("dispersion", "REAT williamson(wmean = TRUE)", quiet(williamson(x, w, wmean = TRUE)))
  holds("dispersion", "REAT herf(coefnorm = TRUE), herf(output = 'eq')", c(quiet(herf(x, coefnorm = TRUE)), quiet(herf(x, output = "eq"))))
  holds("dispersion", "REAT dalton, coulter", c(quiet(dalton(x)), quiet(coulter(x)), quiet(coulter(x, w))))
  # A region and its nation at three dates.
  r1 <- c(100, 60, 40)
  r2 <- c(110, 75, 30)
  n1 <- c(500, 400, 300)
  n2 <- c(520, 500, 250)
  holds("portfolio", "REAT shift(shift.method = 'Gerfin')", quiet(shift(r1, r2, n1, n2, shift.method = "Gerfin"))$components)
  holds("portfolio", "REAT shiftp", quiet(shiftp(r1, r2, n1, n2, c(530, 560, 220), 2010, 2015, 2020))$prog)
  holds("portfolio", "mean of REAT locq at both dates, which locq.growth draws", (mapply(locq, r1, 200, n1, 1200) + mapply(locq, r2, 215, n2, 1270)) / 2)
  holds("region_mean", "REAT litzenberger", c(quiet(litzenberger(1743, 5740, 50, 576, 488, 4621, 35, 53)), quiet(litzenberger(3997, 5740, 526, 576, 4133, 4621, 18, 53))), 1e-12)
  works <- data.frame(e = c(100, 80, 60, 40, 20, 10, 200, 50, 30, 70), i = c("A", "A", "A", "A", "A", "C", "C", "C", "C", "C"), r = c(11, 11, 26, 26, 27, 27, 11, 41, 26, 41))
  holds("region_mean", "REAT ellison.a2: gamma, G, z, Herfindahl", quiet(ellison.a2(works$e, works$i, works$r))[, c("Gamma i", "G i", "z Gi")], 1e-13)
}
if (missing > 0) {
  cat(missing, "numbers are not in the tests\n")
  quit(status = 1)
}
