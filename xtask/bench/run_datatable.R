# The job in R with data.table; CSV only, since Debian has no Parquet reader for R.
# usage: Rscript run_datatable.R INPUT.csv FOLDER      threads: R_DATATABLE_NUM_THREADS

suppressMessages(library(data.table))
arguments <- commandArgs(TRUE)
folder <- arguments[2]
dir.create(folder, showWarnings = FALSE)
items <- sprintf("i%02d", 1:60)
keys <- c("city", "role", "wave")
data <- fread(arguments[1], select = c(keys, items), encoding = "UTF-8")
for (k in seq_along(items)) {
  values <- data[[items[k]]]
  values[values > 5L] <- NA_integer_
  if (k %% 10 == 7) values <- 5L - values
  set(data, j = items[k], value = values)
}
of_area <- function(area) items[(10 * area - 9):(10 * area)]
for (area in 1:6) {
  cells <- as.matrix(data[, of_area(area), with = FALSE])
  valid <- rowSums(!is.na(cells))
  score <- rowSums(cells, na.rm = TRUE) / valid
  score[valid < 5] <- NA
  set(data, j = paste0("a", area), value = score)
}

write <- function(table, name, by) {
  setorderv(table, by)
  for (column in names(table)) {
    if (is.double(table[[column]])) {
      text <- ifelse(is.na(table[[column]]), "", sprintf("%.17g", table[[column]]))
      set(table, j = column, value = text)
    }
  }
  fwrite(table, file.path(folder, name), quote = FALSE)
}

summary_of <- function(score) {
  score <- score[!is.na(score)]
  q <- quantile(score, c(.25, .5, .75), names = FALSE)
  mean <- if (length(score)) mean(score) else NA_real_
  list(n = length(score), mean = mean, sd = sd(score), p25 = q[1], p50 = q[2], p75 = q[3])
}
parts <- lapply(1:6, function(area) {
  data[, c(list(area = area), summary_of(get(paste0("a", area)))), by = keys]
})
write(rbindlist(parts), "scores.csv", c(keys, "area"))

parts <- lapply(items, function(item) {
  data[, c(list(item = item), setNames(as.list(tabulate(get(item) + 1L, 6L)), paste0("c", 0:5))), by = keys]
})
write(rbindlist(parts), "items.csv", c(keys, "item"))

alpha_of <- function(rows, area) {
  cells <- as.matrix(rows[, of_area(area), with = FALSE])
  cells <- cells[rowSums(is.na(cells)) == 0, , drop = FALSE]
  n <- nrow(cells)
  of_total <- if (n > 1) var(rowSums(cells)) else NA
  alpha <- if (isTRUE(of_total > 0)) 10 / 9 * (1 - sum(apply(cells, 2, var)) / of_total) else NA_real_
  list(area = area, n_complete = n, alpha = alpha)
}
alphas <- data[, rbindlist(lapply(1:6, function(area) alpha_of(.SD, area))), by = city, .SDcols = items]
write(alphas, "alpha.csv", c("city", "area"))
