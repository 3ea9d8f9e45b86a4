"""The papers behind the numbers of a design: only those of methods that were used. Titles are never translated."""

from __future__ import annotations

from equipoise.planning.sequential.spending import SPENDING_KINDS
from equipoise.reports.design_document.material import Material

__all__ = ["references_of"]

_PAPERS = {
    "consort": (
        "Hopewell S, Chan A-W, Collins GS, et al. CONSORT 2025 statement: updated guideline for reporting randomised "
        "trials. BMJ 2025;388:e081123."
    ),
    "e9": (
        "ICH E9: Statistical Principles for Clinical Trials (1998), and E9(R1): Addendum on Estimands and Sensitivity "
        "Analysis (2019)."
    ),
    "schoenfeld": (
        "Schoenfeld DA. The asymptotic properties of nonparametric tests for comparing survival distributions. "
        "Biometrika 1981;68:316-319."
    ),
    "freedman": (
        "Freedman LS. Tables of the number of patients required in clinical trials using the logrank test. Stat Med "
        "1982;1:121-129."
    ),
    "hsieh_freedman": (
        "Hsieh FY. Comparing sample size formulae for trials with unbalanced allocation using the logrank test. Stat "
        "Med 1992;11:1091-1098."
    ),
    "lachin_foulkes": (
        "Lachin JM, Foulkes MA. Evaluation of sample size and power for analyses of survival with allowance for "
        "nonuniform patient entry, losses to follow-up, noncompliance, and stratification. Biometrics 1986;42:507-519."
    ),
    "lakatos": (
        "Lakatos E. Sample sizes based on the log-rank statistic in complex clinical trials. Biometrics "
        "1988;44:229-241."
    ),
    "rates": (
        "Farrington CP, Manning G. Test statistics and sample size formulae for comparative binomial trials with null "
        "hypothesis of non-zero risk difference or non-unity relative risk. Stat Med 1990;9:1447-1454."
    ),
    "obrien_fleming": (
        "O'Brien PC, Fleming TR. A multiple testing procedure for clinical trials. Biometrics 1979;35:549-556."
    ),
    "pocock": (
        "Pocock SJ. Group sequential methods in the design and analysis of clinical trials. Biometrika 1977;64:191-199."
    ),
    "wang_tsiatis": (
        "Wang SK, Tsiatis AA. Approximately optimal one-parameter boundaries for group sequential trials. Biometrics "
        "1987;43:193-199."
    ),
    "haybittle_peto": (
        "Peto R, Pike MC, Armitage P, et al. Design and analysis of randomized clinical trials requiring prolonged "
        "observation of each patient. I. Br J Cancer 1976;34:585-612."
    ),
    "pampallona_tsiatis": (
        "Pampallona S, Tsiatis AA. Group sequential designs for one-sided and two-sided hypothesis testing with "
        "provision for early stopping in favor of the null hypothesis. J Stat Plan Inference 1994;42:19-35."
    ),
    "spending": "Lan KKG, DeMets DL. Discrete sequential boundaries for clinical trials. Biometrika 1983;70:659-663.",
    "kim_demets": (
        "Kim K, DeMets DL. Design and analysis of group sequential tests based on the type I error spending rate "
        "function. Biometrika 1987;74:149-154."
    ),
    "hwang_shih_decani": (
        "Hwang IK, Shih WJ, De Cani JS. Group sequential designs using a family of type I error probability spending "
        "functions. Stat Med 1990;9:1439-1445."
    ),
    "sequential": (
        "Jennison C, Turnbull BW. Group Sequential Methods with Applications to Clinical Trials. Chapman & Hall/CRC, "
        "2000."
    ),
    "conditional": "Lan KKG, Wittes J. The B-value: a tool for monitoring data. Biometrics 1988;44:579-585.",
    "predictive": (
        "Spiegelhalter DJ, Freedman LS, Blackburn PR. Monitoring clinical trials: conditional or predictive power? "
        "Control Clin Trials 1986;7:8-17."
    ),
    "assurance": "O'Hagan A, Stevens JW, Campbell MJ. Assurance in clinical trial design. Pharm Stat 2005;4:187-201.",
    "ivanova": (
        "Ivanova A, Qaqish BF, Schell MJ. Continuous toxicity monitoring in phase II trials in oncology. Biometrics "
        "2005;61:540-545."
    ),
    "thall_simon": (
        "Thall PF, Simon R. Practical Bayesian guidelines for phase IIB clinical trials. Biometrics 1994;50:337-349."
    ),
    "goldman": (
        "Goldman AI. Issues in designing sequential stopping rules for monitoring side effects in clinical trials. "
        "Control Clin Trials 1987;8:327-337."
    ),
}
_BOUNDARIES = {"beta_binomial": "thall_simon", "pocock": "ivanova"}


def references_of(m: Material) -> list[str]:
    """Those of this design, in the order of the document."""
    design, rule = m.design, m.plan.boundaries
    keys = ["consort", "e9"]
    if m.is_survival:
        used = m.survival.method if m.survival is not None else design.method or "schoenfeld"
        others = [one.method for one in m.appraisal.methods if one.method != used]
        # A delayed effect is asked about in any plan that has a calendar, and answered by Lakatos.
        keys += [used, *others]
    elif design.rates is not None:
        keys.append("rates")
    kinds = (
        [clause.value.kind for clause in (design.spending, design.futility) if clause is not None]
        if rule.looks > 1
        else []
    )
    for kind in kinds:
        keys += ["spending"] if kind in SPENDING_KINDS else []
        shape = kind.removeprefix("lan_demets_")
        keys += [shape] if shape in _PAPERS else []
    if rule.looks > 1:
        keys.append("sequential")
    if m.appraisal.interim:
        keys += ["conditional", "predictive"]
    if m.appraisal.belief is not None:
        keys.append("assurance")
    rules = m.page.protocol.safety_rules
    keys += [_BOUNDARIES[b] for b in (rule.boundary.value.kind for rule in rules) if b in _BOUNDARIES]
    keys += ["goldman"] if rules else []
    return [_PAPERS[key] for key in dict.fromkeys(keys)]
