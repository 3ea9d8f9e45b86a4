# Every number of results.json in three trials, by R. Usage: Rscript every_number.R, in this folder; R 4.2.2, survival 3.5-3, jsonlite.
# The oropharynx trial is read from protocols/; the other is the trial of test_every_number.py, typed in again below.
library(survival); library(jsonlite); options(digits = 15)
out <- list(); put <- function(id, ...) out[[id]] <<- list(...)
flat <- function(x) setNames(as.list(x), names(x))
cox <- function(id, f, n, events, which = 1) {
  s <- summary(f); b <- coef(f); se <- sqrt(diag(vcov(f))); q <- qnorm(.975)
  each <- list(hazard_ratio = exp(b), ci_lower = exp(b - q * se), ci_upper = exp(b + q * se), coefficient = b, standard_error = se, z = b / se, p_value = 2 * pnorm(-abs(b / se)))
  r <- lapply(each, function(v) unname(v[which]))
  for (j in seq_along(b)) for (k in names(each)) r[[paste0("coefficients.", j - 1, ".", k)]] <- unname(each[[k]][j])
  out[[id]] <<- c(r, n = n, events = events, compared.n = n, compared.events = events) }
logrank <- function(id, f, s) { o <- rowSums(as.matrix(f$obs)); e <- rowSums(as.matrix(f$exp)); put(id, chi_square = f$chisq, degrees_of_freedom = 1, p_value = pchisq(f$chisq, 1, lower.tail = FALSE), z = (e[2] - o[2]) / sqrt(f$var[2, 2]), n = sum(f$n), events = sum(o)) }
curve <- function(id, f, n, events) { t <- summary(f)$table; put(id, median = t[["median"]], median_lower = t[["0.95LCL"]], median_upper = t[["0.95UCL"]], ci_lower = t[["0.95LCL"]], ci_upper = t[["0.95UCL"]], n = n, events = events) }
mover <- function(a, b) c(lower = a$estimate - b$estimate - sqrt((a$estimate - a$ci_lower)^2 + (b$ci_upper - b$estimate)^2), upper = a$estimate - b$estimate + sqrt((a$ci_upper - a$estimate)^2 + (b$estimate - b$ci_lower)^2))
differ <- function(id, a, b, p, n, events) { m <- mover(a, b); put(id, estimate = a$estimate - b$estimate, standard_error = sqrt(a$standard_error^2 + b$standard_error^2), ci_lower = m[["lower"]], ci_upper = m[["upper"]], p_value = p, n = n, events = events) }
cloglog <- function(a, b, incidence = FALSE) { S <- c(a$estimate, b$estimate); if (incidence) S <- 1 - S; g <- log(-log(S)); s <- c(a$standard_error, b$standard_error) / (S * abs(log(S))); 2 * pnorm(-abs(g[1] - g[2]) / sqrt(sum(s^2))) }
at <- function(f, day) { s <- summary(f, times = day); list(estimate = s$surv, standard_error = s$std.err, ci_lower = s$lower, ci_upper = s$upper) }
rmean <- function(f, tau) { t <- summary(f, rmean = tau)$table; m <- t[["rmean"]]; s <- t[["se(rmean)"]]; q <- m + c(-1, 1) * qnorm(.975) * s; if (q[1] < 0 || q[2] > tau) q <- tau * plogis(qlogis(m / tau) + c(-1, 1) * qnorm(.975) * s * tau / (m * (tau - m))); list(estimate = m, standard_error = s, ci_lower = q[1], ci_upper = q[2]) }
d <- read.csv("../../../protocols/oropharynx-rtog/oropharynx.csv"); d$test <- d$treatment - 1
S <- Surv(d$time, d$status); N <- nrow(d); E <- sum(d$status)
logrank("os_logrank", survdiff(S ~ test, d)); logrank("os_logrank_institution", survdiff(S ~ test + strata(institution), d))
cox("os_cox", coxph(S ~ test, d), N, E); cox("os_cox_institution", coxph(S ~ test + strata(institution), d), N, E)
d$male <- as.numeric(d$sex == 1); d$t4 <- as.numeric(d$t_stage == 4); cox("os_cox_adjusted", coxph(S ~ test + age + male + t4, d), N, E)
arms <- list(standard = d[d$test == 0, ], test = d[d$test == 1, ])
for (a in names(arms)) { x <- arms[[a]]; n <- nrow(x); e <- sum(x$status)
  f <- survfit(Surv(time, status) ~ 1, x, conf.type = "log-log"); curve(paste0("os_km.", a), f, n, e)
  curve(paste0("os_follow_up.", a), survfit(Surv(time, 1 - status) ~ 1, x, conf.type = "log-log"), n, e)
  for (day in c(365, 730)) out[[paste0("os_2_years.", a, ".day_", day)]] <- c(at(f, day), n = n, events = e)
  out[[paste0("os_rmst.", a)]] <- c(rmean(f, 1096), n = n, events = e) }
for (day in c(365, 730)) { a <- out[[paste0("os_2_years.test.day_", day)]]; b <- out[[paste0("os_2_years.standard.day_", day)]]; differ(paste0("os_2_years.test_difference.day_", day), a, b, cloglog(a, b), N, E) }
a <- out$os_rmst.test; b <- out$os_rmst.standard; differ("os_rmst.test_difference", a, b, 2 * pnorm(-abs(a$estimate - b$estimate) / sqrt(a$standard_error^2 + b$standard_error^2)), N, E)
z <- cox.zph(coxph(S ~ test, d))$table; put("os_ph", chi_square = z["GLOBAL", 1], degrees_of_freedom = 1, p_value = z["GLOBAL", 3], n = N, events = E)
d$bad <- ifelse(d$condition %in% 1:4, as.numeric(d$condition > 1), NA); d$bad[d$condition == 0 | d$condition == 9] <- NA
sub <- function(id, v, codes) { k <- !is.na(v); x <- d[k, ]; g <- v[k]
  for (l in names(codes)) { y <- x[g == codes[[l]], ]; cox(paste0(id, ".", l), coxph(Surv(time, status) ~ test, y), nrow(y), sum(y$status)) }
  a <- coxph(Surv(time, status) ~ test + g, x); b <- coxph(Surv(time, status) ~ test * g, x); q <- 2 * (b$loglik[2] - a$loglik[2])
  put(paste0(id, ".interaction"), chi_square = q, degrees_of_freedom = 1, p_value = pchisq(q, 1, lower.tail = FALSE), n = nrow(x), events = sum(x$status)) }
sub("os_by_sex", d$sex, list(M = 1, F = 2)); sub("os_by_t4", d$t4, list(false = 0, true = 1)); sub("os_by_condition", d$bad, list(false = 0, true = 1))
oro <- out; out <- list()
# The other trial: binary, continuous, competing.
time <- list(B = c(30, 50, 60, 80, 95, 120, 130, 150, 160, 210, 240, 260, 300, 300), A = c(40, 70, 90, 110, 125, 140, 170, 200, 230, 250, 280, 310, 320, 330))
how <- list(B = c(1, 1, 2, 1, 0, 1, 2, 1, 1, 0, 1, 0, 0, 0), A = c(2, 1, 0, 1, 0, 2, 1, 0, 1, 0, 0, 0, 0, 0))
level <- list(B = 10 + 1.5 * (0:13), A = 13 + 1.5 * (0:13))
for (g in c("B", "A")) { t <- time[[g]]; h <- how[[g]]; n <- length(t); e <- sum(h == 1)
  f <- survfit(Surv(t, factor(h, 0:2)) ~ 1)
  for (day in c(100, 200)) { s <- summary(f, times = day); out[[paste0("cumulative_incidence_0.", g, ".day_", day)]] <- list(estimate = s$pstate[1, 2], standard_error = s$std.err[1, 2], ci_lower = s$lower[1, 2], ci_upper = s$upper[1, 2], competing = sum(h == 2), n = n, events = e) }
  w <- prop.test(e, n, correct = FALSE); put(paste0("proportion_0.", g), estimate = e / n, ci_lower = w$conf.int[1], ci_upper = w$conf.int[2], n = n, events = e)
  x <- level[[g]]; put(paste0("mean_0.", g), estimate = mean(x), sd = sd(x), median = median(x), n = n)
  k <- survfit(Surv(t, as.numeric(h == 1)) ~ 1, conf.type = "log-log"); for (day in c(100, 200)) out[[paste0("milestone_0.", g, ".day_", day)]] <- c(at(k, day), n = n, events = e); out[[paste0("rmst_0.", g)]] <- c(rmean(k, 100), n = n, events = e) }
n <- 28; e <- sum(unlist(how) == 1)
for (day in c(100, 200)) { for (m in c("cumulative_incidence_0", "milestone_0")) { a <- out[[paste0(m, ".A.day_", day)]]; b <- out[[paste0(m, ".B.day_", day)]]; differ(paste0(m, ".A_difference.day_", day), a, b, cloglog(a, b, m == "cumulative_incidence_0"), n, e) } }
a <- out$rmst_0.A; b <- out$rmst_0.B; differ("rmst_0.A_difference", a, b, 2 * pnorm(-abs(a$estimate - b$estimate) / sqrt(a$standard_error^2 + b$standard_error^2)), n, e)
a <- out$proportion_0.A; b <- out$proportion_0.B; m <- mover(a, b); put("proportion_0.A_difference", estimate = a$estimate - b$estimate, ci_lower = m[["lower"]], ci_upper = m[["upper"]], p_value = fisher.test(matrix(c(a$events, 14 - a$events, b$events, 14 - b$events), 2))$p.value, n = n, events = e)
if (min(chisq.test(matrix(c(a$events, 14 - a$events, b$events, 14 - b$events), 2))$expected) >= 5) out$proportion_0.A_difference$p_value <- prop.test(c(a$events, b$events), c(14, 14), correct = FALSE)$p.value
w <- t.test(level$A, level$B); put("mean_0.A_difference", estimate = unname(w$estimate[1] - w$estimate[2]), ci_lower = w$conf.int[1], ci_upper = w$conf.int[2], p_value = w$p.value, n = n)
tt <- unlist(time); h <- as.numeric(unlist(how) == 1); g <- rep(c(0, 1), each = 14)
logrank("logrank_0", survdiff(Surv(tt, h) ~ g)); cox("cox_0", coxph(Surv(tt, h) ~ g), n, e)
z <- cox.zph(coxph(Surv(tt, h) ~ g))$table; put("proportional_hazards_0", chi_square = z["GLOBAL", 1], degrees_of_freedom = 1, p_value = z["GLOBAL", 3], n = n, events = e)
for (a in 1:2) { k <- c("B", "A")[a]; curve(paste0("kaplan_meier_0.", k), survfit(Surv(tt, h) ~ 1, subset = g == a - 1, conf.type = "log-log"), 14, sum(h[g == a - 1])); curve(paste0("reverse_kaplan_meier_0.", k), survfit(Surv(tt, 1 - h) ~ 1, subset = g == a - 1, conf.type = "log-log"), 14, sum(h[g == a - 1])) }
writeLines(toJSON(list(oropharynx = oro, other = out), auto_unbox = TRUE, digits = NA, na = "null", pretty = 1), "every_number.json")
