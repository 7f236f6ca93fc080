# Reference results for the survey.
# usage: Rscript make_gold.R <data_dir> <gold_dir>
a <- commandArgs(TRUE); D <- a[1]; G <- a[2]; here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))); source(file.path(here, "stats.R"))
GO <- function(x, f) write_gold(c(list(meta = list(made_with = env_info())), x), file.path(G, f))
S <- read.csv(file.path(D, "survey.csv"), na.strings = "", fileEncoding = "UTF-8", check.names = FALSE); FR <- read.csv(file.path(D, "frame.csv"), fileEncoding = "UTF-8"); names(FR)[names(FR) == "staff"] <- "henkilosto"; TG <- read.csv(file.path(D, "targets.csv"), fileEncoding = "UTF-8")
areas <- c("tieto","viestinta","sisalto","turvallisuus","ongelmat","ohjaus"); IT <- lapply(setNames(nm = areas), function(x) paste0(x, "_", 1:5)); items <- unlist(IT, use.names = FALSE); rev <- c("turvallisuus_4","ongelmat_5")
RAW <- S[, items]; X <- RAW; for (v in items) { X[[v]][X[[v]] %in% c(8, 9)] <- NA; if (v %in% rev) X[[v]] <- 5 - X[[v]] }
SC <- as.data.frame(lapply(IT, function(i) person_mean(X[, i], .5))); SC$kaikki <- person_mean(X, .5)
APP <- as.data.frame(lapply(IT, function(i) { k <- 5 - rowSums(RAW[, i] == 8, na.rm = TRUE); n <- rowSums(!is.na(X[, i])); m <- rowMeans(X[, i], na.rm = TRUE); m[n < 2 | n < .5 * k] <- NA; m }))
w26 <- S$aalto == 2026; cty <- S$kaupunki; rol <- S$rooli
by <- function(v, keys) { k <- do.call(paste, c(keys, sep = "\r")); do.call(rbind, lapply(split(seq_along(v), k), function(i) cbind(as.data.frame(lapply(keys, `[`, i[1])), as.data.frame(describe_num(v[i]))))) }
rn <- function(d) { rownames(d) <- NULL; d }

## 1 items: raw codes, percentages of valid answers, top-2 share
codes <- c(0:5, 8, 9)
GO(list(items = lapply(setNames(nm = items), function(v) { r <- RAW[[v]]; x <- X[[v]]; list(raw_counts = c(freq(r, codes), blank = sum(is.na(r))), by_wave = lapply(split(seq_along(x), S$aalto), function(i) { q <- describe_num(x[i]); f <- freq(x[i], 0:5); c(q, list(counts = f, share = f / sum(f), top2_share = sum(x[i] >= 4, na.rm = TRUE) / q$n, top2_wilson95 = wilson(sum(x[i] >= 4, na.rm = TRUE), q$n), bottom2_share = sum(x[i] <= 1, na.rm = TRUE) / q$n)) }),
  by_city_2026 = lapply(split(which(w26), cty[w26]), function(i) c(describe_num(x[i])[c("n","mean","sd")], list(counts = freq(x[i], 0:5)))) ) })), "items.json")

## 2 area scores
sc <- function(d) lapply(setNames(nm = areas), function(v) list(total_by_wave = rn(by(d[[v]], list(aalto = S$aalto))), city_role_wave = rn(by(d[[v]], list(aalto = S$aalto, kaupunki = cty, rooli = rol))), city_wave = rn(by(d[[v]], list(aalto = S$aalto, kaupunki = cty)))))
GO(list(rule_half_of_items = sc(SC), rule_half_of_applicable_min2 = sc(APP), overall_mean_30_items = list(city_wave = rn(by(SC$kaikki, list(aalto = S$aalto, kaupunki = cty)))), area_correlations_2026_pairwise = cor(SC[w26, areas], use = "pairwise")), "scores.json")

## 3 gap to the role's target, needs ranking (wave 2026)
gap <- do.call(rbind, lapply(areas, function(v) do.call(rbind, lapply(unique(TG$rooli), function(r) { t <- TG$tavoite[TG$rooli == r & TG$osa_alue == v]; i <- which(w26 & rol == r & !is.na(SC[[v]])); s <- SC[[v]][i]; d <- t - s; q <- describe_num(d); data.frame(rooli = r, osa_alue = v, tavoite = t, n = length(i), mean_gap = q$mean, sd_gap = q$sd, ci95_low = q$ci95_low, ci95_high = q$ci95_high, mean_shortfall = mean(pmax(d, 0)), share_below = mean(s < t), share_below_wilson_low = wilson(sum(s < t), length(s))[[1]], share_below_wilson_high = wilson(sum(s < t), length(s))[[2]]) }))))
mw <- do.call(rbind, lapply(c("kaikki", unique(TG$rooli)), function(r) do.call(rbind, lapply(areas, function(v) { imp <- S[[paste0("tarkeys_", v)]]; comp <- 1 + .8 * SC[[v]]; i <- which(w26 & (r == "kaikki" | rol == r) & !is.na(imp) & !is.na(comp)); wd <- (imp[i] - comp[i]) * mean(imp[i]); data.frame(rooli = r, osa_alue = v, n = length(i), importance_mean = mean(imp[i]), competence_mean_1to5 = mean(comp[i]), mwds = mean(wd), mwds_sd = sd(wd)) }))))
mw$rank <- ave(-mw$mwds, mw$rooli, FUN = function(z) rank(z, ties.method = "min"))
ipa <- do.call(rbind, lapply(split(mw, mw$rooli), function(d) { a <- mean(d$importance_mean); b <- mean(d$competence_mean_1to5); d$quadrant <- ifelse(d$importance_mean >= a, ifelse(d$competence_mean_1to5 >= b, "keep up", "concentrate here"), ifelse(d$competence_mean_1to5 >= b, "possible overkill", "low priority")); d[, c("rooli","osa_alue","quadrant")] }))
GO(list(gap_2026 = gap, borich_2026 = mw, importance_performance_2026 = rn(ipa)), "needs.json")

## 4 reliability
GO(list(all_2026 = lapply(IT, function(i) reliability(X[w26, i], poly = TRUE)), overall_30_items_2026 = reliability(X[w26, ], omega = TRUE), alpha_by_city_2026 = do.call(rbind, lapply(areas, function(v) do.call(rbind, lapply(sort(unique(cty)), function(c) { r <- reliability(X[w26 & cty == c, IT[[v]]], omega = FALSE); data.frame(osa_alue = v, kaupunki = c, n_complete = r$n_complete, alpha = r$alpha_listwise, low = r$alpha_feldt95_low, high = r$alpha_feldt95_high) })))), alpha_by_city_wave = do.call(rbind, lapply(areas, function(v) do.call(rbind, lapply(split(seq_len(nrow(S)), list(cty, S$aalto), drop = TRUE), function(i) { L <- X[i, IT[[v]]]; L <- L[complete.cases(L), ]; data.frame(osa_alue = v, kaupunki = cty[i[1]], aalto = S$aalto[i[1]], n_complete = nrow(L), alpha = alpha_from_cov(cov(L))) }))))), "reliability.json")

## 5 group comparisons (2026)
GO(list(by_city = lapply(setNames(nm = c("kaikki", "turvallisuus", "ohjaus")), function(v) compare_groups(SC[[v]][w26], cty[w26])), by_role = lapply(setNames(nm = c("kaikki", "turvallisuus", "ohjaus")), function(v) compare_groups(SC[[v]][w26], rol[w26])), item_by_role = compare_groups(X$tieto_2[w26], rol[w26])), "groups.json")

## 6 response rates, weights, design-based estimates (2026)
fr <- aggregate(henkilosto ~ kaupunki + rooli, FR, sum); nr <- as.data.frame(table(kaupunki = cty[w26], rooli = rol[w26])); m <- merge(fr, nr, all.x = TRUE); names(m)[4] <- "n"; m$n[is.na(m$n)] <- 0; m$rate <- m$n / m$henkilosto; m <- m[order(m$kaupunki, m$rooli), ]
un <- aggregate(henkilosto ~ kaupunki + yksikko, FR, sum); ur <- as.data.frame(table(yksikko = S$yksikko[w26])); un <- merge(un, ur, all.x = TRUE); names(un)[4] <- "n"; un$n[is.na(un$n)] <- 0; un$rate <- un$n / un$henkilosto
d <- cbind(S[w26, c("vastaaja","kaupunki","rooli","yksikko")], SC[w26, ]); d$cell <- paste(d$kaupunki, d$rooli); d <- merge(d, m[, c("kaupunki","rooli","henkilosto","n")], sort = FALSE); d <- d[match(S$vastaaja[w26], d$vastaaja), ]
one <- names(which(table(d$cell) < 2)); e <- d[!(d$cell %in% one), ]; V <- c("tieto","turvallisuus","ohjaus","kaikki")
est <- function(des, e) lapply(setNames(nm = V), function(v) { sub <- des[!is.na(e[[v]]), ]; s <- svymean(as.formula(paste0("~", v)), sub, deff = TRUE); b <- svyby(as.formula(paste0("~", v)), ~kaupunki, sub, svymean); c(svy_ci(s, sub), list(deff = as.numeric(deff(s)), by_city = data.frame(kaupunki = b$kaupunki, mean = b[[v]], se = as.numeric(SE(b))))) })
e$w <- e$henkilosto / e$n; s1 <- svydesign(id = ~1, strata = ~cell, weights = ~w, fpc = ~henkilosto, data = e); s0 <- svydesign(id = ~1, strata = ~cell, weights = ~w, data = e)
e$upw <- { t <- aggregate(henkilosto ~ yksikko, FR, sum); t$henkilosto[match(e$yksikko, t$yksikko)] / ave(rep(1, nrow(e)), e$yksikko, FUN = sum) }
k1 <- svydesign(id = ~yksikko, strata = ~kaupunki, weights = ~upw, data = e)
cm <- aggregate(henkilosto ~ kaupunki, FR, sum); rm <- aggregate(henkilosto ~ rooli, FR, sum); names(cm)[2] <- names(rm)[2] <- "Freq"; d$one <- 1
rk <- rake(svydesign(id = ~1, weights = ~one, data = d), list(~kaupunki, ~rooli), list(cm, rm), control = list(maxit = 2000, epsilon = 1e-12)); d$rw <- as.numeric(weights(rk))
GO(list(rates_city_role = rn(m[, c("kaupunki","rooli","henkilosto","n","rate")]), rates_unit = rn(un[order(un$yksikko), c("kaupunki","yksikko","henkilosto","n","rate")]), overall_rate = sum(w26) / sum(FR$henkilosto), strata_with_one_respondent = as.list(one), strata_without_respondents = m[m$n == 0, c("kaupunki","rooli","henkilosto")],
  stratified_city_role_fpc = est(s1, e), stratified_city_role_no_fpc = est(s0, e), clustered_by_unit_within_city = est(k1, e),
  raking = list(city_margin = cm, role_margin = rm, weights = data.frame(vastaaja = d$vastaaja, w = d$rw), kish_deff = sum(w26) * sum(d$rw^2) / sum(d$rw)^2, n_effective = sum(d$rw)^2 / sum(d$rw^2), weighted_means = lapply(setNames(nm = V), function(v) { i <- !is.na(d[[v]]); list(all = sum(d$rw[i] * d[[v]][i]) / sum(d$rw[i]), by_city = data.frame(kaupunki = sort(unique(d$kaupunki)), mean = sapply(sort(unique(d$kaupunki)), function(c) { j <- i & d$kaupunki == c; sum(d$rw[j] * d[[v]][j]) / sum(d$rw[j]) }))) }))), "design.json")

## 7 units
GO(lapply(setNames(nm = c("kaikki","turvallisuus")), function(v) units_block(SC[[v]][w26], S$yksikko[w26])), "units.json")

## 8 change between waves
dup <- unique(unlist(lapply(split(S$koodi, S$aalto), function(k) unique(k[!is.na(k) & duplicated(k)])))) # codes used twice in a wave are not linked in any wave
lk <- function(v, a, b, c = NULL) { f <- function(y) { i <- which(S$aalto == y & !is.na(S$koodi) & !(S$koodi %in% dup) & (is.null(c) | cty == (if (is.null(c)) "" else c))); data.frame(koodi = S$koodi[i], s = SC[[v]][i]) }; merge(f(a), f(b), by = "koodi") }
ch <- function(v, a, b) { m <- lk(v, a, b); x <- SC[[v]][S$aalto == a]; y <- SC[[v]][S$aalto == b]; t <- t.test(y, x); list(area = v, from = a, to = b, paired = paired_change(m$s.x, m$s.y), unpaired = list(diff = mean(y, na.rm = TRUE) - mean(x, na.rm = TRUE), t = unname(t$statistic), df = unname(t$parameter), p = t$p.value, ci95_low = t$conf.int[1], ci95_high = t$conf.int[2], hedges_g = pair_effects(y[!is.na(y)], x[!is.na(x)])$hedges_g_exact)) }
GO(list(codes_dropped = as.list(dup), changes = unlist(lapply(c(areas, "kaikki"), function(v) list(ch(v, 2024, 2025), ch(v, 2025, 2026), ch(v, 2024, 2026))), recursive = FALSE), paired_by_city_2025_2026 = lapply(setNames(nm = sort(unique(cty))), function(c) { m <- lk("kaikki", 2025, 2026, c); paired_change(m$s.x, m$s.y) })), "change.json")

## 9 differential item functioning: role, matching = mean of the other items of the area (complete rows)
two <- w26 & rol %in% c("opettaja","koulunkäynninohjaaja") & complete.cases(X[, IT$ohjaus])
GO(list(area = "ohjaus", groups = c("koulunkäynninohjaaja","opettaja"), matching = "sum of the other four items", items = lapply(setNames(nm = IT$ohjaus), function(v) dif_ordinal(X[[v]][two], rowSums(X[two, IT$ohjaus]) - X[[v]][two], rol[two]))), "dif.json")

## 10 factor analysis of the 30 items (2026, complete rows)
GO(efa_block(X[w26, ], 6), "efa.json")

## 11 themes in open answers: lower case, a theme is present when a word starts with one of its stems
stems <- list(koulutus = "koulutu", laitteet = c("laitte","kannettav"), verkko = c("verkko","verko","wifi","langat"), aika = c("aika","kiire"), tuki = c("tuke","tuki","lähituki","digitut"), tunnukset = c("tunnuk","salasan","kirjautu"))
wd <- strsplit(tolower(ifelse(is.na(S$avoin), "", S$avoin)), "[^a-zåäöA-ZÅÄÖ]+"); hit <- sapply(stems, function(s) sapply(wd, function(w) any(sapply(s, function(p) any(startsWith(w, p))))))
GO(list(stems = lapply(stems, as.list), answers = as.list(table(S$aalto[!is.na(S$avoin)])), counts = lapply(split(seq_len(nrow(S)), S$aalto), function(i) as.list(colSums(hit[i, ]))), counts_city_2026 = lapply(split(which(w26), cty[w26]), function(i) as.list(colSums(hit[i, , drop = FALSE])))), "themes.json")
