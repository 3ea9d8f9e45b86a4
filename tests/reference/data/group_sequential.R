# The reference numbers of gs_boundaries.json (rpact 3.3.4) and gs_design.json (gsDesign 3.11.0.9003). Usage: Rscript group_sequential.R
# R 4.2.2 with jsonlite. rpact computes boundaries to about 1e-8; gsDesign is asked for a fine grid (r = 80) and the smallest
# tolerance that it reaches. The JSON files keep what this writes, one case a line.
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

gsd <- function(id, ..., char = TRUE, note = NULL) { a <- list(...)
  d <- suppressWarnings(do.call(getDesignGroupSequential, a))
  o <- list(criticalValues = num(d$criticalValues), stageLevelsOneSided = num(d$stageLevels), alphaSpent = num(d$alphaSpent), informationRates = num(d$informationRates))
  if (d$kMax > 1 && any(d$futilityBounds > -6 + 1e-9, na.rm = TRUE)) o$futilityBounds <- num(d$futilityBounds)
  if (!is.null(a$typeBetaSpending)) { o$betaSpent <- num(d$betaSpent); o$power <- num(d$power) }
  if (isTRUE(a$typeOfDesign == "PT")) o$power <- num(d$power)
  if (char) { ch <- tryCatch(suppressWarnings(getDesignCharacteristics(d)), error = function(e) NULL)
    if (!is.null(ch)) { o$inflationFactor <- num(ch$inflationFactor); o$shift <- num(ch$shift); o$ASN_H0 <- num(ch$averageSampleNumber0); o$ASN_H01 <- num(ch$averageSampleNumber01); o$ASN_H1 <- num(ch$averageSampleNumber1); o$powerPerStage <- num(ch$power); o$rejectionProbabilities <- num(ch$rejectionProbabilities); if (length(ch$futilityProbabilities)) o$futilityProbabilities <- num(ch$futilityProbabilities) } }
  add(id, a, o, call = "rpact::getDesignGroupSequential + getDesignCharacteristics", tol = if (isTRUE(a$typeOfDesign %in% c("OF","P","WT","HP","PT"))) 1e-6 else 1e-6, note = note); invisible(d) }

use("rpact")
for (k in c(2, 3, 5)) { 
  for (ty in c("OF", "P")) { gsd(sprintf("%s_k%d_1s_025", ty, k), typeOfDesign = ty, kMax = k, alpha = .025, beta = .2, sided = 1); gsd(sprintf("%s_k%d_2s_05", ty, k), typeOfDesign = ty, kMax = k, alpha = .05, beta = .1, sided = 2) }
  gsd(sprintf("WT025_k%d_1s_025", k), typeOfDesign = "WT", deltaWT = .25, kMax = k, alpha = .025, beta = .2, sided = 1)
  for (ty in c("asOF", "asP")) { gsd(sprintf("%s_k%d_1s_025", ty, k), typeOfDesign = ty, kMax = k, alpha = .025, beta = .2, sided = 1); gsd(sprintf("%s_k%d_2s_05", ty, k), typeOfDesign = ty, kMax = k, alpha = .05, beta = .1, sided = 2) }
  for (g in c(-4, 1)) gsd(sprintf("asHSD_g%g_k%d_1s_025", g, k), typeOfDesign = "asHSD", gammaA = g, kMax = k, alpha = .025, beta = .2, sided = 1)
  gsd(sprintf("asKD_g2_k%d_1s_025", k), typeOfDesign = "asKD", gammaA = 2, kMax = k, alpha = .025, beta = .2, sided = 1)
}
gsd("OF_k3_uneven", typeOfDesign = "OF", kMax = 3, alpha = .025, beta = .2, sided = 1, informationRates = c(.5, .75, 1))
gsd("asOF_k3_uneven", typeOfDesign = "asOF", kMax = 3, alpha = .025, beta = .2, sided = 1, informationRates = c(.5, .75, 1))
gsd("asP_k4_uneven", typeOfDesign = "asP", kMax = 4, alpha = .025, beta = .1, sided = 1, informationRates = c(.3, .5, .9, 1))
gsd("asOF_k2_2s_uneven", typeOfDesign = "asOF", kMax = 2, alpha = .05, beta = .1, sided = 2, informationRates = c(.6, 1))
gsd("HP_k3_const3", typeOfDesign = "HP", constantBoundsHP = 3, kMax = 3, alpha = .025, beta = .2, sided = 1)
gsd("asUser_k3", typeOfDesign = "asUser", userAlphaSpending = c(.001, .01, .025), kMax = 3, alpha = .025, beta = .2, sided = 1)
gsd("OF_k3_alpha10", typeOfDesign = "OF", kMax = 3, alpha = .1, beta = .2, sided = 1, note = "one-sided 10 percent, the randomized phase 2 convention")
gsd("asOF_k3_alpha10_events_22_44_66", typeOfDesign = "asOF", kMax = 3, alpha = .1, beta = .2, sided = 1, informationRates = c(22, 44, 66)/66)
gsd("OF_k3_futility0_nonbinding", typeOfDesign = "OF", kMax = 3, alpha = .025, beta = .2, sided = 1, futilityBounds = c(0, .5), bindingFutility = FALSE)
gsd("OF_k3_futility0_binding", typeOfDesign = "OF", kMax = 3, alpha = .025, beta = .2, sided = 1, futilityBounds = c(0, .5), bindingFutility = TRUE)
gsd("asOF_bsOF_k3_nonbinding", typeOfDesign = "asOF", typeBetaSpending = "bsOF", kMax = 3, alpha = .025, beta = .2, sided = 1, bindingFutility = FALSE)
gsd("asOF_bsOF_k3_binding", typeOfDesign = "asOF", typeBetaSpending = "bsOF", kMax = 3, alpha = .025, beta = .2, sided = 1, bindingFutility = TRUE)
gsd("asOF_bsP_k2_nonbinding", typeOfDesign = "asOF", typeBetaSpending = "bsP", kMax = 2, alpha = .025, beta = .1, sided = 1, bindingFutility = FALSE)
gsd("asHSD_bsHSD_k3_nonbinding", typeOfDesign = "asHSD", gammaA = -4, typeBetaSpending = "bsHSD", gammaB = -2, kMax = 3, alpha = .025, beta = .1, sided = 1, bindingFutility = FALSE)
gsd("asOF_bsOF_k4_uneven_nonbinding", typeOfDesign = "asOF", typeBetaSpending = "bsOF", kMax = 4, alpha = .025, beta = .2, sided = 1, informationRates = c(.3, .55, .8, 1), bindingFutility = FALSE)
gsd("PT_k3", typeOfDesign = "PT", deltaPT1 = 0, deltaPT0 = 0, kMax = 3, alpha = .025, beta = .2, sided = 1, bindingFutility = FALSE)
write_ref("gs_boundaries.json", "Group sequential boundaries, alpha and beta spent, inflation factors and ASN from rpact")
.cases <- list(); .pk <- character(); use("gsDesign")
gd <- function(id, ..., theta = NULL) { a <- list(...); x <- NULL; for (tl in c(1e-10, 1e-8, 1e-7, 1e-6)) { x <- tryCatch(suppressWarnings(do.call(gsDesign, c(a, list(r = 80, tol = tl)))), error = function(e) NULL); if (!is.null(x)) break }; sf <- function(s) if (is.function(s)) s(.025, .5, 0)$name else s
  ai <- a; for (n in c("sfu","sfl","sfharm")) if (is.function(ai[[n]])) ai[[n]] <- tryCatch(ai[[n]](.025, .5, if (n == "sfu") a$sfupar else a$sflpar)$name, error = function(e) "function")
  o <- list(upper = num(x$upper$bound), lower = if (!is.null(x$lower)) num(x$lower$bound), upperSpend = num(x$upper$spend), lowerSpend = if (!is.null(x$lower)) num(x$lower$spend), n.I = num(x$n.I), timing = num(x$timing), theta = num(x$theta), upperProb = unname(x$upper$prob), lowerProb = if (!is.null(x$lower)) unname(x$lower$prob), en = num(x$en))
  add(id, ai, Filter(Negate(is.null), o), call = sprintf("gsDesign::gsDesign(r=80,tol=%g)", tl), tol = max(1e-7, 10*tl)); invisible(x) }
for (k in c(2, 3, 5)) { gd(sprintf("tt1_LDOF_k%d", k), k = k, test.type = 1, alpha = .025, beta = .1, sfu = sfLDOF); gd(sprintf("tt2_OF_k%d", k), k = k, test.type = 2, alpha = .025, beta = .1, sfu = "OF"); gd(sprintf("tt2_Pocock_k%d", k), k = k, test.type = 2, alpha = .025, beta = .1, sfu = "Pocock"); gd(sprintf("tt4_HSD_k%d", k), k = k, test.type = 4, alpha = .025, beta = .1, sfu = sfHSD, sfupar = -4, sfl = sfHSD, sflpar = -2); gd(sprintf("tt3_HSD_k%d", k), k = k, test.type = 3, alpha = .025, beta = .1, sfu = sfHSD, sfupar = -4, sfl = sfHSD, sflpar = -2) }
gd("tt1_power3_uneven", k = 3, test.type = 1, alpha = .025, beta = .2, timing = c(.4, .7, 1), sfu = sfPower, sfupar = 3)
gd("tt4_LDOF_LDPocock", k = 3, test.type = 4, alpha = .025, beta = .2, timing = c(.5, .8, 1), sfu = sfLDOF, sfl = sfLDPocock)
gd("tt6_LDOF_astar", k = 3, test.type = 6, alpha = .025, beta = .2, astar = .2, sfu = sfLDOF, sfl = sfHSD, sflpar = 1)
write_ref("gs_design.json", "gsDesign boundaries and crossing probabilities")
