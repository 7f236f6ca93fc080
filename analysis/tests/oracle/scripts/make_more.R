# Reference results for replicate weights, weighted tests, measurement invariance and profiles (wave 2026).
# usage: Rscript make_more.R <data_dir> <gold_dir>
a <- commandArgs(TRUE); D <- a[1]; G <- a[2]; here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
suppressMessages({ library(survey); library(lavaan); library(cluster) })
# The JSON writer of stats.R, without the packages that it loads.
eval(parse(text = grep("^(jnum|jstr) <-", readLines(file.path(here, "stats.R")), value = TRUE)))
lines <- readLines(file.path(here, "stats.R")); from <- grep("^to_json <-", lines); to <- grep("^write_gold <-", lines); eval(parse(text = lines[from:to]))
made <- list(R = R.version$version.string, packages = sapply(c("survey", "lavaan", "cluster"), function(p) as.character(packageVersion(p))))
GO <- function(x, f) write_gold(c(list(meta = list(made_with = made)), x), file.path(G, f))
S <- read.csv(file.path(D, "survey.csv"), na.strings = "", fileEncoding = "UTF-8", check.names = FALSE); FR <- read.csv(file.path(D, "frame.csv"), fileEncoding = "UTF-8")
S <- S[S$aalto == 2026, ]
areas <- c("tieto", "viestinta", "sisalto", "turvallisuus", "ongelmat", "ohjaus"); IT <- lapply(setNames(nm = areas), function(x) paste0(x, "_", 1:5)); rev <- c("turvallisuus_4", "ongelmat_5")
X <- S[, unlist(IT)]; for (v in names(X)) { X[[v]][X[[v]] %in% c(8, 9)] <- NA; if (v %in% rev) X[[v]] <- 5 - X[[v]] }
score <- function(i) { m <- rowMeans(X[, i], na.rm = TRUE); m[rowSums(!is.na(X[, i])) < 3] <- NA; m }
e <- cbind(S[, c("kaupunki", "rooli", "yksikko")], X, sapply(IT, score))
sum_by <- function(keys) { t <- aggregate(FR$staff, FR[keys], sum); t$x[match(do.call(paste, e[keys]), do.call(paste, t[keys]))] }
e$N_unit <- sum_by("yksikko"); e$w_unit <- e$N_unit / ave(e$N_unit, e$yksikko, FUN = length)
e$cell <- paste(e$kaupunki, e$rooli); e$N_cell <- sum_by(c("kaupunki", "rooli")); e$w_cell <- e$N_cell / ave(e$N_cell, e$cell, FUN = length)
e$N_all <- sum(FR$staff); e$w_all <- e$N_all / nrow(e)
clustered <- svydesign(id = ~yksikko, strata = ~kaupunki, weights = ~w_unit, data = e)
strata <- svydesign(id = ~1, strata = ~cell, weights = ~w_cell, fpc = ~N_cell, data = e)
simple <- svydesign(id = ~1, weights = ~w_all, fpc = ~N_all, data = e)

## 1 replicate weights: every unit left out in turn (JKn); pairs of neighbours, one twice and one not (JK2; three at the end of a city with an odd number, each left out in turn)
jkn <- as.svrepdesign(clustered, type = "JKn", mse = TRUE)
zones <- unlist(lapply(sort(unique(e$kaupunki)), function(c) { u <- sort(unique(e$yksikko[e$kaupunki == c])); cut <- seq(1, max(1, length(u) - length(u) %% 2 - 1), 2); lapply(seq_along(cut), function(i) if (i == length(cut)) u[cut[i]:length(u)] else u[cut[i] + 0:1]) }), recursive = FALSE)
rw <- NULL; rs <- NULL
for (z in zones) if (length(z) == 2) { f <- rep(1, nrow(e)); f[e$yksikko == z[1]] <- 2; f[e$yksikko == z[2]] <- 0; rw <- cbind(rw, f * e$w_unit); rs <- c(rs, 1) } else for (u in z) { f <- rep(1, nrow(e)); f[e$yksikko %in% z] <- 1.5; f[e$yksikko == u] <- 0; rw <- cbind(rw, f * e$w_unit); rs <- c(rs, 2 / 3) }
jk2 <- svrepdesign(data = e, weights = ~w_unit, repweights = rw, type = "other", scale = 1, rscales = rs, combined.weights = TRUE, mse = TRUE)
rep_mean <- function(d, v) { f <- as.formula(paste0("~", v)); one <- function(d) { d <- subset(d, !is.na(e[[v]][as.integer(rownames(d$variables))])); s <- svymean(f, d); list(mean = as.numeric(coef(s)), se = as.numeric(SE(s))) }; rownames(d$variables) <- NULL; list(all = one(d), by_city = lapply(setNames(nm = sort(unique(e$kaupunki))), function(c) one(subset(d, kaupunki == c)))) }
GO(list(zones = length(zones), replicates_jk2 = length(rs), replicates_jkn = ncol(weights(jkn, "analysis")), jkn = lapply(setNames(nm = areas), function(v) rep_mean(jkn, v)), jk2 = lapply(setNames(nm = areas), function(v) rep_mean(jk2, v))), "replicates.json")

## 2 weighted tests. svyranktest ranks ties by the order of rows; `mid` has every tie at its middle and the same test from there on
chi <- function(d, v) { d <- subset(d, !is.na(e[[v]])); f <- as.formula(paste0("~", v, "+rooli")); t <- svychisq(f, d); n <- nrow(d$variables); x <- suppressWarnings(chisq.test(svytable(f, d, Ntotal = n), correct = FALSE))$statistic; list(n = n, chisq = unname(x), f = unname(t$statistic), df1 = unname(t$parameter[1]), df2 = unname(t$parameter[2]), p = unname(t$p.value)) }
mid <- function(d, v) { d <- subset(d, !is.na(e[[v]])); y <- d$variables[[v]]; g <- factor(d$variables$rooli); w <- weights(d, "sampling"); k <- match(y, sort(unique(y))); W <- tapply(w, k, sum); r <- (cumsum(W) - W / 2)[k] / sum(w); m <- glm(r ~ g, weights = w); V <- survey:::svy.varcoef(m, d)[-1, -1]; b <- coef(m)[-1]; q <- length(b); x <- as.numeric(b %*% solve(V, b)); list(chisq = x, df1 = q, df2 = degf(d) - q, p = pf(x / q, q, degf(d) - q, lower.tail = FALSE)) }
own <- function(d, v) { t <- svyranktest(as.formula(paste0(v, "~rooli")), subset(d, !is.na(e[[v]])), test = "KruskalWallis"); list(chisq = as.numeric(t$parameter), df1 = t$statistic, df2 = t$ddf, p = as.numeric(t$p.value)) }
two <- function(d, v) { u <- subset(d, rooli %in% c("opettaja", "johtaja")); u <- subset(u, !is.na(u$variables[[v]])); t <- svyranktest(as.formula(paste0(v, "~rooli")), u); list(t = unname(t$statistic), df = unname(t$parameter), p = as.numeric(t$p.value)) }
its <- c("tieto_1", "turvallisuus_4", "ohjaus_2"); ars <- c("tieto", "turvallisuus", "ohjaus"); e$rooli <- factor(e$rooli)
designs <- list(strata = strata, clustered = clustered, simple = simple)
GO(lapply(designs, function(d) list(rao_scott = lapply(setNames(nm = its), function(v) chi(d, v)), ranks_mid = lapply(setNames(nm = ars), function(v) mid(d, v)), ranks_svyranktest = lapply(setNames(nm = ars), function(v) own(d, v)))), "weighted_tests.json")

## 3 support profiles: k-means on standardised area scores of those who have all six
P <- as.matrix(e[, areas]); P <- P[complete.cases(P), ]; Z <- scale(P); dd <- dist(Z)
GO(list(n = nrow(Z), numbers = lapply(setNames(nm = 2:6), function(k) { set.seed(k); m <- kmeans(Z, k, nstart = 300, iter.max = 200); s <- silhouette(m$cluster, dd); o <- order(rowMeans(m$centers)); n <- nrow(Z); q <- ncol(Z); v <- m$tot.withinss / (n * q); p <- m$size / n; list(within = m$tot.withinss, silhouette = mean(s[, 3]), bic = -2 * (sum(m$size * log(p)) - n * q / 2 * (log(2 * pi * v) + 1)) + (k * q + k) * log(n), sizes = as.list(m$size[o]), means = lapply(o, function(j) as.list(colMeans(P[m$cluster == j, , drop = FALSE])))) })), "profiles.json")

## 4 measurement invariance: one factor, by role and by city; groups of fewer than 100 complete rows left out
inv <- function(v, col) { i <- IT[[v]]; d <- e[complete.cases(e[, i]), c(i, col)]; names(d)[6] <- "g"; keep <- names(which(table(d$g) >= 100)); d <- d[d$g %in% keep, ]; d$g <- as.character(d$g); m <- paste0("f =~ ", paste(i, collapse = "+"))
  # the tightest tolerance that the optimiser reaches
  fit <- function(eq) { for (tol in 10^-(14:10)) { x <- suppressWarnings(cfa(m, d, group = "g", meanstructure = TRUE, group.equal = if (is.null(eq)) "" else eq, control = list(rel.tol = tol, iter.max = 20000))); if (lavInspect(x, "converged")) break }; as.list(fitMeasures(x, c("chisq", "df", "pvalue", "cfi", "rmsea"))) }
  list(groups = as.list(sort(keep)), left_out = as.list(setdiff(sort(unique(as.character(e[[col]]))), keep)), n = nrow(d), configural = fit(NULL), metric = fit("loadings"), scalar = fit(c("loadings", "intercepts"))) }
GO(list(rooli = lapply(setNames(nm = areas), function(v) inv(v, "rooli")), kaupunki = lapply(setNames(nm = areas), function(v) inv(v, "kaupunki"))), "invariance.json")

## 5 two factors of five items with uniquenesses not below 0.005, where many solutions lie: the best of 400 starts, each followed to the end
fa2 <- function(i, rows) { d <- as.matrix(e[rows, i]); d <- d[complete.cases(d), ]; set.seed(5); f <- factanal(d, 2, rotation = "none", control = list(nstart = 400, lower = .005, opt = list(factr = 1e2, maxit = 5000))); u <- f$uniquenesses; list(n = nrow(d), criterion = unname(f$criteria["objective"]), chisq = unname(f$STATISTIC), at_bound = sum(u < .005 * (1 + 1e-9)), uniquenesses = as.list(u), products = unname(tcrossprod(unclass(f$loadings)))) }
GO(list(kaupunki = lapply(setNames(nm = areas), function(v) lapply(setNames(nm = sort(unique(e$kaupunki))), function(c) fa2(IT[[v]], e$kaupunki == c))), rooli = lapply(setNames(nm = areas), function(v) lapply(setNames(nm = sort(unique(as.character(e$rooli)))), function(c) fa2(IT[[v]], e$rooli == c)))), "heywood.json")
