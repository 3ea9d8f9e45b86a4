# The reference numbers of nonproportional.json (simtrial 1.0.2, nphRCT 0.1.1, gsDesign2 1.1.8). Usage: Rscript nonproportional.R
# R 4.2.2 with jsonlite and survival 3.5-3, whose data sets lung, veteran and aml are the csv files beside this one. gsDesign2
# integrates with R's integrate() at its own tolerance. The JSON file keeps what this writes, one case a line.
suppressMessages(library(jsonlite))
.cases <- list()
.pk <- character()
add <- function(id, inputs, outputs, call = NULL, tol = NULL, note = NULL) {
  if (id %in% vapply(.cases, `[[`, "", "id")) stop("duplicate id ", id)
  .cases[[length(.cases) + 1]] <<- Filter(Negate(is.null), list(id = id, call = call, inputs = inputs, outputs = outputs, tol = tol, note = note)) }
use <- function(...) for (p in c(...)) { suppressMessages(suppressWarnings(library(p, character.only = TRUE))); .pk[p] <<- as.character(packageVersion(p)) }
write_ref <- function(file, about) {
  d <- Sys.getenv("REF_OUT", "."); .pk["R"] <<- as.character(getRversion())
  x <- list(meta = list(about = about, made_by = sub("json$", "R", file), versions = as.list(.pk), numbers = "15 significant digits; 'Inf','-Inf','NA' are strings", n_cases = length(.cases)), cases = .cases)
  writeLines(toJSON(x, auto_unbox = TRUE, digits = NA, na = "string", null = "null", pretty = 2), file.path(d, file)); cat(file, length(.cases), "cases\n") }
num <- function(x) as.numeric(x)
dataset <- function(name) read.csv(file.path(Sys.getenv("REF_DATA", "data"), paste0(name, ".csv")), stringsAsFactors = FALSE)

use("survival", "simtrial", "nphRCT", "gsDesign2")

tests <- function(id, t, e, a, data, mb = c(90, 2)) { d <- data.frame(tte = t, event = e, treatment = ifelse(a == 1, "experimental", "control"), stratum = "All"); cp <- counting_process(d, arm = "experimental"); o <- list()
  for (w in list(c(0,0), c(0,.5), c(0,1), c(1,0), c(1,1), c(.5,.5))) { z <- wlr(d, weight = fh(w[1], w[2])); o[[sprintf("fh_%g_%g", w[1], w[2])]] <- list(z = z$z, estimate = z$estimate, se = z$se, info = z$info, info0 = z$info0) }
  z <- wlr(d, weight = mb(delay = mb[1], w_max = mb[2])); o$magirr_burman <- list(delay = mb[1], w_max = mb[2], z = z$z, estimate = z$estimate, se = z$se); z <- wlr(d, weight = early_zero(early_period = mb[1])); o$early_zero <- list(early_period = mb[1], z = z$z)
  dd <- data.frame(t, e, a = factor(a)); for (s in c(.5, .8)) { q <- wlrt(Surv(t, e) ~ a, dd, method = "mw", s_star = s); o[[sprintf("nphRCT_mw_sstar%g", s)]] <- list(u = q$u, v_u = q$v_u, z = q$z) }; q <- wlrt(Surv(t, e) ~ a, dd, method = "mw", t_star = mb[1]); o$nphRCT_mw_tstar <- list(t_star = mb[1], u = q$u, v_u = q$v_u, z = q$z)
  set.seed(1); m <- maxcombo(d, rho = c(0, 0, 1), gamma = c(0, 1, 0), return_corr = TRUE); o$maxcombo_00_01_10 <- list(z = num(m$z), p_value = num(m$p_value), corr = unname(as.matrix(m$corr))); set.seed(1); m <- maxcombo(d, rho = c(0, 0, 1, 1), gamma = c(0, 1, 0, 1), return_corr = TRUE); o$maxcombo_4 <- list(z = num(m$z), p_value = num(m$p_value), corr = unname(as.matrix(m$corr)))
  add(id, list(data = data), o, call = "simtrial::wlr/maxcombo, nphRCT::wlrt", tol = 1e-8, note = "maxcombo p by GenzBretz quasi Monte Carlo: tolerance 1e-3") }
er <- function(d, r) define_enroll_rate(duration = d, rate = r); fr <- function(d, f, hr, dr) define_fail_rate(duration = d, fail_rate = f, hr = hr, dropout_rate = dr)
dz <- function(id, enroll, fail, T, k) { i <- list(enroll = as.list(as.data.frame(enroll)), fail = as.list(as.data.frame(fail)), times = T)
  a <- ahr(enroll_rate = enroll, fail_rate = fail, total_duration = T, ratio = 1); add(paste0(id, "_ahr"), i, list(time = num(a$time), ahr = num(a$ahr), event = num(a$event), info = num(a$info), info0 = num(a$info0)), call = "gsDesign2::ahr", tol = 1e-6)
  g <- gs_power_ahr(enroll, fail, event = NULL, analysis_time = T, upper = gs_spending_bound, upar = list(sf = gsDesign::sfLDOF, total_spend = .025), lower = gs_b, lpar = rep(-Inf, length(T))); add(paste0(id, "_gs_power_ahr"), i, list(z = num(g$bound$z[g$bound$bound == "upper"]), probability = num(g$bound$probability[g$bound$bound == "upper"]), ahr = num(g$analysis$ahr), event = num(g$analysis$event), info_frac = num(g$analysis$info_frac)), call = "gsDesign2::gs_power_ahr(LDOF .025, no lower)", tol = 1e-5)
  for (w in list(c(0, 0), c(0, .5), c(0, 1))) { g <- gs_power_wlr(enroll, fail, event = NULL, analysis_time = T, weight = list(method = "fh", param = list(rho = w[1], gamma = w[2])), approx = "asymptotic", upper = gs_spending_bound, upar = list(sf = gsDesign::sfLDOF, total_spend = .025), lower = gs_b, lpar = rep(-Inf, length(T))); add(sprintf("%s_gs_power_wlr_fh%g%g", id, w[1], w[2]), c(i, list(rho = w[1], gamma = w[2])), list(z = num(g$bound$z[g$bound$bound == "upper"]), probability = num(g$bound$probability[g$bound$bound == "upper"]), info = num(g$analysis$info), info_frac = num(g$analysis$info_frac)), call = "gsDesign2::gs_power_wlr", tol = 1e-4) }
  fin <- tail(T, 1); tau <- k; fx <- function(nm, f, ...) { x <- f(alpha = .025, power = NULL, enroll_rate = enroll, fail_rate = fail, study_duration = fin, ratio = 1, ...); add(paste0(id, "_fixed_", nm), c(i, list(study_duration = fin), list(...)), list(power = num(x$analysis$power %||% x$analysis$Power), n = num(x$analysis$n %||% x$analysis$N), event = num(x$analysis$event %||% x$analysis$Events)), call = paste0("gsDesign2::fixed_design_", nm), tol = 1e-4) }
  fx("ahr", fixed_design_ahr); fx("fh", fixed_design_fh, rho = 0, gamma = 1); fx("mb", fixed_design_mb, tau = 4); fx("rmst", fixed_design_rmst, tau = tau); fx("milestone", fixed_design_milestone, tau = tau); fx("maxcombo", fixed_design_maxcombo, rho = c(0, 0), gamma = c(0, 1), tau = c(-1, -1)); fx("lf", fixed_design_lf) }
`%||%` <- function(a, b) if (is.null(a)) b else a
L <- dataset("lung"); V <- dataset("veteran"); A <- dataset("aml")
tests("lung_sex", L$time, L$status - 1, as.numeric(L$sex == 2), "lung, arm = sex==2", c(100, 2)); tests("veteran_trt", V$time, V$status, V$trt - 1, "veteran, arm = trt-1", c(60, 2)); tests("aml", A$time, A$status, as.numeric(A$x == "Maintained"), "aml, arm = Maintained", c(10, 1.5))
dz("delayed4", er(24, 200/24), fr(c(4, 100), log(2)/24, c(1, .5), .001), c(24, 36, 48), 24); dz("crossing", er(c(6, 12), c(10, 20)), fr(c(3, 6, 100), c(.08, .05, .04), c(1.3, .8, .5), .005), c(18, 30, 42), 18); dz("proportional", er(24, 200/24), fr(100, log(2)/24, .55, 0), c(20, 30, 40), 24)
write_ref("nonproportional.json", "Non-proportional hazards: tests on data, power of designs")
