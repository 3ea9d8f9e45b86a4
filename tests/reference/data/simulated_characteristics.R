# The reference numbers of simulated_characteristics.json. Usage: NIT=400000 Rscript simulated_characteristics.R
# R 4.2.2 with rpact 3.3.4 and jsonlite; the versions stand in the file that it writes.
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
desc <- function(a) { if (!is.null(a$design)) { d <- a$design; g <- function(n) tryCatch({ v <- d[[n]]; if (is.character(v)) v else num(v) }, error = function(e) NULL); a$design <- Filter(function(v) !is.null(v) && length(v), sapply(c("kMax","alpha","beta","sided","typeOfDesign","method","informationRates","criticalValues","futilityBounds","alpha0Vec"), g, simplify = FALSE)) }; a }
use("rpact"); setLogLevel("DISABLED"); NIT <- as.integer(Sys.getenv("NIT", "400000"))
G <- function(...) suppressWarnings(getDesignGroupSequential(...))
sm <- function(id, design, note = NULL, ...) { a <- list(...); x <- suppressMessages(suppressWarnings(do.call(getSimulationSurvival, c(list(design = design, directionUpper = FALSE, maxNumberOfIterations = NIT, seed = 20260101, longTimeSimulationAllowed = TRUE, allocation1 = a$allocation1 %||% 1, allocation2 = a$allocation2 %||% 1), a[setdiff(names(a), c("allocation1", "allocation2"))])))); o <- pick(x, c("overallReject","rejectPerStage","futilityPerStage","futilityStop","earlyStop","analysisTime","studyDuration","expectedNumberOfSubjects","numberOfSubjects","overallEventsPerStage","cumulativeEventsPerStage","eventsPerStage","expectedNumberOfEvents","eventsNotAchieved","conditionalPowerAchieved"))
  o$se_power <- sqrt(num(x$overallReject)*(1 - num(x$overallReject))/NIT); o$iterations <- NIT; add(id, c(desc(list(design = design)), a), o, call = "rpact::getSimulationSurvival(directionUpper=FALSE)", note = note) }
`%||%` <- function(a, b) if (is.null(a)) b else a
fx <- G(kMax = 1, alpha = .025, sided = 1); of3 <- G(kMax = 3, alpha = .025, sided = 1, typeOfDesign = "OF")
for (h in c(.55, .75, 1)) sm(sprintf("fixed66_hr%g", h), fx, lambda2 = log(2)/24, hazardRatio = h, accrualTime = c(0, 24), maxNumberOfSubjects = 200, plannedEvents = 66)
for (h in c(.55, 1)) sm(sprintf("OF3_hr%g", h), of3, lambda2 = log(2)/24, hazardRatio = h, accrualTime = c(0, 24), maxNumberOfSubjects = 200, plannedEvents = c(22, 44, 66))
sm("asOF3_fut_dropout", G(kMax = 3, alpha = .025, sided = 1, typeOfDesign = "asOF", futilityBounds = c(0, .5), bindingFutility = FALSE), lambda2 = log(2)/24, hazardRatio = .6, dropoutRate1 = .05, dropoutRate2 = .05, dropoutTime = 12, accrualTime = c(0, 6, 24), accrualIntensity = c(5, 10), plannedEvents = c(22, 44, 66))
sm("delayed_effect", of3, piecewiseSurvivalTime = c(0, 6), lambda1 = c(log(2)/24, .5*log(2)/24), lambda2 = c(log(2)/24, log(2)/24), accrualTime = c(0, 24), maxNumberOfSubjects = 200, plannedEvents = c(22, 44, 66))
sm("alloc_2to1", fx, lambda2 = log(2)/18, hazardRatio = .6, allocation1 = 2, allocation2 = 1, accrualTime = c(0, 18), maxNumberOfSubjects = 210, plannedEvents = 90)
sm("ssr_cp80", getDesignInverseNormal(kMax = 2, alpha = .025, sided = 1, typeOfDesign = "asOF"), lambda2 = log(2)/24, hazardRatio = .65, accrualTime = c(0, 24), maxNumberOfSubjects = 300, plannedEvents = c(33, 66), conditionalPower = .8, minNumberOfEventsPerStage = c(NA, 33), maxNumberOfEventsPerStage = c(NA, 80))
write_ref("simulated_characteristics.json", "Simulated operating characteristics")
