# The reference numbers of sample_size.json. Usage: Rscript sample_size.R
# R 4.2.2 with rpact 3.3.4, gsDesign and jsonlite; the versions stand in the file that it writes.
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
pick <- function(x, f) { o <- list(); for (n in f) { v <- tryCatch(x[[n]], error = function(e) NULL); if (!is.null(v) && length(v) && !all(is.na(v))) o[[n]] <- if (is.matrix(v) && ncol(v) > 1) unname(v) else num(v) }; o }
ssf <- c("eventsFixed","nFixed","nFixed1","nFixed2","maxNumberOfEvents","maxNumberOfSubjects","maxNumberOfSubjects1","maxNumberOfSubjects2","numberOfSubjects","cumulativeEventsPerStage","eventsPerStage","analysisTime","studyDuration","expectedStudyDuration","accrualTime","totalAccrualTime","accrualIntensity","followUpTime","expectedEventsH0","expectedEventsH01","expectedEventsH1","expectedNumberOfSubjectsH1","criticalValuesEffectScale","criticalValuesEffectScaleLower","criticalValuesEffectScaleUpper","futilityBoundsEffectScale","rejectPerStage","earlyStop","overallReject","futilityPerStage","lambda1","lambda2","median1","median2","hazardRatio","pi1","omega","expectedNumberOfEvents","expectedNumberOfSubjects","numberOfSubjects1","numberOfSubjects2","expectedNumberOfSubjectsH0","expectedNumberOfSubjectsH01")
desc <- function(a) { if (!is.null(a$design)) { d <- a$design; g <- function(n) tryCatch({ v <- d[[n]]; if (is.character(v)) v else num(v) }, error = function(e) NULL); a$design <- Filter(function(v) !is.null(v) && length(v), sapply(c("kMax","alpha","beta","sided","typeOfDesign","method","informationRates","criticalValues","futilityBounds","alpha0Vec"), g, simplify = FALSE)) }; a }
rp <- function(id, fn, ..., note = NULL) { a <- list(...); x <- suppressMessages(suppressWarnings(do.call(fn, a))); add(id, desc(a), pick(x, ssf), call = paste0("rpact::", fn), tol = 1e-5, note = note); invisible(x) }
use("rpact", "gsDesign")
G <- function(...) suppressWarnings(getDesignGroupSequential(...)); S <- function(id, ...) rp(id, "getSampleSizeSurvival", ...); P <- function(id, ...) rp(id, "getPowerSurvival", ...); R <- function(id, ...) rp(id, "getSampleSizeRates", ...); Q <- function(id, ...) rp(id, "getPowerRates", ...)
fx <- function(a = .025, b = .2, s = 1) G(kMax = 1, alpha = a, beta = b, sided = s)
## events only
for (hr in c(.55, .7, .8)) for (m in c("Schoenfeld", "Freedman", "HsiehFreedman")) S(sprintf("events_hr%g_%s", hr, m), design = fx(), hazardRatio = hr, typeOfComputation = m, median2 = 24, accrualTime = c(0, 24), followUpTime = 12)
for (r in c(2, .5)) for (m in c("Schoenfeld", "Freedman", "HsiehFreedman")) S(sprintf("alloc%g_%s", r, m), design = fx(), hazardRatio = .6, typeOfComputation = m, allocationRatioPlanned = r, median2 = 24, accrualTime = c(0, 24), followUpTime = 12)
## the pivotal example and variants
S("main_hr055_oneSided10", design = fx(.1, .1), hazardRatio = .55, lambda2 = log(2)/24, accrualTime = c(0, 24), followUpTime = 12)
S("solve_followup_N200", design = fx(), hazardRatio = .55, lambda2 = log(2)/24, accrualTime = c(0, 24), maxNumberOfSubjects = 220)
S("solve_accrual_intensity10", design = fx(), hazardRatio = .6, lambda2 = log(2)/18, accrualTime = c(0), accrualIntensity = 10, followUpTime = 12)
S("pi_eventTime12", design = fx(.025, .1), pi1 = .2, pi2 = .35, eventTime = 12, accrualTime = c(0, 12), followUpTime = 12)
S("weibull_kappa1.5", design = fx(), hazardRatio = .65, lambda2 = .03, kappa = 1.5, accrualTime = c(0, 18), followUpTime = 10)
S("noninferiority_1.3", design = fx(.025, .1), thetaH0 = 1.3, hazardRatio = 1, lambda2 = .04, accrualTime = c(0, 24), followUpTime = 12)
S("twosided", design = fx(.05, .1, 2), hazardRatio = .7, lambda2 = .05, accrualTime = c(0, 12), followUpTime = 12)
## dropout, piecewise accrual, piecewise hazards
S("dropout5pct12m", design = fx(), hazardRatio = .65, lambda2 = log(2)/20, dropoutRate1 = .05, dropoutRate2 = .05, dropoutTime = 12, accrualTime = c(0, 18), followUpTime = 12)
S("dropout_unequal", design = fx(), hazardRatio = .65, lambda2 = log(2)/20, dropoutRate1 = .1, dropoutRate2 = .04, dropoutTime = 12, accrualTime = c(0, 18), followUpTime = 12)
S("pw_accrual", design = fx(), hazardRatio = .65, lambda2 = log(2)/20, accrualTime = c(0, 3, 6, 24), accrualIntensity = c(3, 6, 12), followUpTime = NA_real_)
S("pw_hazard", design = fx(), hazardRatio = .7, piecewiseSurvivalTime = c(0, 6, 12), lambda2 = c(.06, .04, .02), accrualTime = c(0, 15), followUpTime = 15)
S("pw_hazard_dropout", design = fx(.025, .1), hazardRatio = .7, piecewiseSurvivalTime = c(0, 6, 12), lambda2 = c(.06, .04, .02), dropoutRate1 = .08, dropoutRate2 = .08, dropoutTime = 12, accrualTime = c(0, 6, 18), accrualIntensity = c(20, 40), followUpTime = NA_real_)
## group sequential
S("gs_OF3", design = G(kMax = 3, alpha = .025, beta = .2, sided = 1, typeOfDesign = "OF"), hazardRatio = .55, lambda2 = log(2)/24, accrualTime = c(0, 24), followUpTime = 12)
S("gs_asOF3_dropout", design = G(kMax = 3, alpha = .025, beta = .1, sided = 1, typeOfDesign = "asOF", informationRates = c(.5, .75, 1)), hazardRatio = .7, median2 = 15, dropoutRate1 = .05, dropoutRate2 = .05, dropoutTime = 12, accrualTime = c(0, 20), followUpTime = 12)
S("gs_asOF2_fut_nonbinding", design = G(kMax = 2, alpha = .025, beta = .2, sided = 1, typeOfDesign = "asOF", futilityBounds = 0, bindingFutility = FALSE), hazardRatio = .6, median2 = 18, accrualTime = c(0, 24), followUpTime = 10)
S("gs_bsOF3", design = G(kMax = 3, alpha = .025, beta = .2, sided = 1, typeOfDesign = "asOF", typeBetaSpending = "bsOF", bindingFutility = FALSE), hazardRatio = .65, median2 = 18, accrualTime = c(0, 24), followUpTime = 10)
S("gs_twosided_asP2", design = G(kMax = 2, alpha = .05, beta = .2, sided = 2, typeOfDesign = "asP"), hazardRatio = .7, median2 = 10, accrualTime = c(0, 12), followUpTime = 12)
## power
P("pow_fixed_66of200", design = fx(), directionUpper = FALSE, hazardRatio = c(.4, .55, .7, .85, 1), lambda2 = log(2)/24, accrualTime = c(0, 24), maxNumberOfSubjects = 200, maxNumberOfEvents = 66)
P("pow_OF3_66of200", design = G(kMax = 3, alpha = .025, sided = 1, typeOfDesign = "OF"), directionUpper = FALSE, hazardRatio = c(.4, .55, .7, 1), lambda2 = log(2)/24, accrualTime = c(0, 24), maxNumberOfSubjects = 200, maxNumberOfEvents = 66)
P("pow_asOF3_fut", design = G(kMax = 3, alpha = .025, sided = 1, typeOfDesign = "asOF", informationRates = c(.4, .7, 1), futilityBounds = c(0, .8), bindingFutility = FALSE), directionUpper = FALSE, hazardRatio = c(.55, .7, 1), lambda2 = log(2)/24, accrualTime = c(0, 24), maxNumberOfSubjects = 240, maxNumberOfEvents = 90)
P("pow_pw_dropout_accrual", design = G(kMax = 2, alpha = .025, sided = 1, typeOfDesign = "asOF", informationRates = c(.6, 1)), directionUpper = FALSE, hazardRatio = c(.6, .75), piecewiseSurvivalTime = c(0, 6, 12), lambda2 = c(.05, .035, .02), dropoutRate1 = .05, dropoutRate2 = .05, dropoutTime = 12, accrualTime = c(0, 4, 20), accrualIntensity = c(5, 15), maxNumberOfEvents = 120)
P("pow_schoenfeld_alloc2", design = fx(), directionUpper = FALSE, hazardRatio = c(.6, .8), allocationRatioPlanned = 2, lambda2 = .03, accrualTime = c(0, 12), maxNumberOfSubjects = 300, maxNumberOfEvents = 120)
## binary
R("rates_.3_.5", design = fx(), pi1 = .5, pi2 = .3); R("rates_twosided", design = fx(.05, .1, 2), pi1 = .45, pi2 = .3); R("rates_ratio2", design = fx(), pi1 = .4, pi2 = .2, allocationRatioPlanned = 2)
R("rates_noninf", design = fx(), pi1 = .8, pi2 = .8, thetaH0 = -.1); R("rates_riskratio", design = fx(), riskRatio = TRUE, thetaH0 = .9, pi1 = .6, pi2 = .5); R("rates_onearm", design = fx(), groups = 1, thetaH0 = .2, pi1 = .4, normalApproximation = TRUE); R("rates_onearm_exact", design = fx(), groups = 1, thetaH0 = .2, pi1 = .4, normalApproximation = FALSE)
R("rates_gs_asOF3", design = G(kMax = 3, alpha = .025, beta = .2, sided = 1, typeOfDesign = "asOF"), pi1 = .5, pi2 = .3)
Q("ratespow_OF2", design = G(kMax = 2, alpha = .025, sided = 1, typeOfDesign = "OF"), pi1 = c(.3, .4, .5), pi2 = .3, maxNumberOfSubjects = 200)
## gsDesign
for (m in c("LachinFoulkes", "Schoenfeld", "Freedman")) { s <- suppressMessages(nSurv(lambdaC = log(2)/24, hr = .55, hr0 = 1, eta = .005, T = 36, minfup = 12, alpha = .025, beta = .2, sided = 1, ratio = 1, method = m)); add(paste0("nSurv_", m), list(lambdaC = log(2)/24, hr = .55, eta = .005, T = 36, minfup = 12, alpha = .025, beta = .2, sided = 1, ratio = 1, method = m), list(n = s$n, d = s$d, gamma = num(s$gamma), eDC = num(s$eDC), eDE = num(s$eDE)), call = "gsDesign::nSurv", tol = 1e-5) }
s <- nSurv(lambdaC = log(2)/12, hr = .7, eta = .01, T = 30, minfup = 10, R = c(3, 6, 11), gamma = c(1, 2, 3), alpha = .025, beta = .1, sided = 1, ratio = 2); add("nSurv_piecewise_enroll_ratio2", list(lambdaC = log(2)/12, hr = .7, eta = .01, T = 30, minfup = 10, R = c(3, 6, 11), gamma = c(1, 2, 3), alpha = .025, beta = .1, ratio = 2), list(n = s$n, d = s$d, gamma = num(s$gamma)), call = "gsDesign::nSurv", tol = 1e-5)
g <- gsSurv(k = 3, test.type = 4, alpha = .025, beta = .1, timing = c(.5, .75), sfu = sfLDOF, sfl = sfHSD, sflpar = -2, lambdaC = log(2)/24, hr = .6, eta = .004, T = 42, minfup = 12, gamma = 8, r = 80, tol = 1e-6); add("gsSurv_k3", list(k = 3, test.type = 4, alpha = .025, beta = .1, timing = c(.5, .75), sfu = "sfLDOF", sfl = "sfHSD(-2)", lambdaC = log(2)/24, hr = .6, eta = .004, T = 42, minfup = 12), list(events = num(g$n.I), T = num(g$T), N = num(rowSums(g$eNC + g$eNE)), upper = num(g$upper$bound), lower = num(g$lower$bound), hr_upper = num(gsHR(z = g$upper$bound, i = 1:3, x = g)), hr_lower = num(gsHR(z = g$lower$bound, i = 1:3, x = g)), upperProb = unname(g$upper$prob), lowerProb = unname(g$lower$prob)), call = "gsDesign::gsSurv", tol = 1e-4)
for (a in list(list(p1 = .3, p2 = .5), list(p1 = .15, p2 = .05, ratio = 2), list(p1 = .2, p2 = .15, delta0 = -.05))) add(paste0("nBinomial_", paste(unlist(a), collapse = "_")), a, list(n = num(do.call(nBinomial, c(a, list(alpha = .025, beta = .1))))), call = "gsDesign::nBinomial(alpha=.025,beta=.1)", tol = 1e-6)
write_ref("sample_size.json", "sample sizes and power: rpact (survival, rates) and gsDesign (nSurv, gsSurv, nBinomial)")
