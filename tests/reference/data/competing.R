# The numbers of competing.json. R 4.2.2 with survival 3.5-3 and cmprsk 2.2-11, on data sets of the package survival.
# `listing` names every case and field that was computed there; `cases` keeps what this project computes and survival.json lacks.
library(survival); library(cmprsk)
M <- mgus2; t <- ifelse(M$pstat == 1, M$ptime, M$futime); s <- ifelse(M$pstat == 1, 1, ifelse(M$death == 1, 2, 0))
write.csv(data.frame(sex = M$sex, months = t, status = s, age = M$age), "mgus2_competing.csv", row.names = FALSE, quote = FALSE)
x <- timepoints(cuminc(t, s, M$sex), c(12, 60, 120, 240))                         # mgus2_sex: est
z <- summary(survfit(Surv(t, factor(s, 0:2)) ~ sex, M), times = c(12, 60, 120, 240)) # mgus2_aalen_johansen: pstate, std.err, lower, upper
f <- coxph(Surv(t, s == 1) ~ age + sex, M)                                        # mgus2_causespecific_cox: coef, sqrt(diag(var))
L <- lung[!is.na(lung$ph.ecog), ]; a <- anova(coxph(Surv(time, status == 2) ~ age + sex + ph.ecog, L))  # lung_anova
# n of each survdiff: survdiff(...)$n of the formulas in survival.R
