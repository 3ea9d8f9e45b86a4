"""The words of simulation results, in both languages."""

from __future__ import annotations

from typing import Any

from equipoise.findings import Table
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked
from equipoise.words import Words

__all__ = ["TABLE", "phrase", "refuse", "say"]

TABLE = Table(
    "reports.simulation_report",
    {
        "simulation.not_written": Words(
            en=(
                "the results could not be written",
                "{trouble}",
                "Choose a folder that you may write to and that has room; nothing was half-written.",
            ),
            zh=("结果未能写出", "{trouble}", "请选择可写且有空间的文件夹；未留下任何写了一半的文件。"),
        ),
    },
    {
        "folder": ("a folder has this name", "已有同名文件夹"),
    },
)
refuse, phrase = TABLE.refuse, TABLE.phrase

_WORDS: dict[str, tuple[str, str]] = {
    "title": (
        "Simulated trials of {study}: {trials} in each scenario, seed {seed}",
        "{study}的模拟试验：每个情景{trials}次，种子{seed}",
    ),
    "unfinished": (
        "Interrupted: what follows rests on the trials that were finished.",
        "已中断：以下结果仅基于已完成的试验。",
    ),
    "errors": ("In brackets: Monte Carlo standard errors.", "括号内为蒙特卡罗标准误。"),
    "scenario": ("Scenario", "情景"),
    "trials": ("Trials", "试验次数"),
    "power": ("Rejects", "拒绝"),
    "power_long": ("Probability of rejecting the null hypothesis for benefit", "因获益拒绝零假设的概率"),
    "harm": ("For harm", "有害"),
    "futility": ("Futility", "无效"),
    "early": ("Stops early", "提前停止"),
    "events": ("Events", "事件"),
    "participants": ("Participants", "受试者"),
    "approached": ("Approached", "接洽"),
    "duration": ("Months", "月数"),
    "assessed": ("Assessed", "已评估"),
    "hazard_ratio": ("Hazard ratio", "风险比"),
    "rate_difference": ("Difference of rates", "率差"),
    "mean_difference": ("Difference of means", "均数差"),
    "rate": ("Rate", "率"),
    "mean": ("Mean", "均数"),
    "bias_plain": ("Bias", "偏倚"),
    "bias": ("Bias (log)", "偏倚（对数）"),
    "coverage": ("Coverage {level}", "覆盖率{level}"),
    "missed": ("Misses events", "未达事件数"),
    "null_of": ("{label}, if the null hypothesis holds", "{label}，零假设成立时"),
    "type_one": (
        "Type I error for benefit: {value} ({error}); planned {planned}",
        "获益方向的I类错误：{value}（{error}）；计划{planned}",
    ),
    "looks": ("By look", "各次观察"),
    "look": ("Look", "观察"),
    "reached": ("Reached", "到达"),
    "stops_benefit": ("Stops: benefit", "停止：获益"),
    "stops_futility": ("Stops: futility", "停止：无效"),
    "stops_harm": ("Stops: harm", "停止：有害"),
    "month": ("Month", "月份"),
    "at_events": ("{events} events", "{events}例事件"),
    "at_assessed": ("{events} assessed", "{events}例已评估"),
    "at_end": ("end of follow-up", "随访结束"),
    "notes": ("Supposed", "设定"),
    "many": ("Results of {count} trials are in {path}", "{count}次试验的结果见{path}"),
    "fig_power_title": ("Power against the {measure}", "检验效能与{measure}"),
    "fig_power_told": (
        (
            "Simulated probability of rejecting the null hypothesis for benefit, at a {measure} from {low} to "
            "{high}; bars are two Monte Carlo standard errors."
        ),
        "{measure}自{low}至{high}时，模拟所得因获益拒绝零假设的概率；短线为两个蒙特卡罗标准误。",
    ),
    "axis_hazard_ratio": ("True hazard ratio (experimental to control)", "真实风险比（试验组对对照组）"),
    "axis_rate_difference": ("True difference of rates (experimental minus control)", "真实率差（试验组减对照组）"),
    "axis_mean_difference": ("True difference of means (experimental minus control)", "真实均数差（试验组减对照组）"),
    "axis_rate": ("True rate", "真实率"),
    "axis_mean": ("True mean", "真实均数"),
    "fig_hazard_ratio": ("hazard ratio", "风险比"),
    "fig_rate_difference": ("difference of rates", "率差"),
    "fig_mean_difference": ("difference of means", "均数差"),
    "fig_rate": ("rate", "率"),
    "fig_mean": ("mean", "均数"),
    "fig_power_y": ("Rejects for benefit (%)", "因获益拒绝（%）"),
    "fig_analytic": ("computed", "计算值"),
    "fig_simulated": ("simulated", "模拟值"),
    "fig_scenarios_title": ("Operating characteristics across the scenarios", "各情景的操作特性"),
    "counted_events": ("events", "事件数"),
    "counted_assessed": ("participants assessed", "已评估人数"),
    "fig_scenarios_told": (
        (
            "For each scenario: the probability of rejecting for benefit, and the mean number of {counted}, of people "
            "approached and of months at the end of the trial."
        ),
        "各情景下：因获益拒绝的概率，以及试验结束时的平均{counted}、接洽人数与月数。",
    ),
    "fig_calendar_title": ("Calendar of looks", "各次观察的时间"),
    "fig_calendar_told": (
        (
            "For each scenario: the mean month of each look among the trials that reached it; the larger the dot, the "
            "more trials stop there."
        ),
        "各情景下：到达各次观察的试验中该次观察的平均月份；圆点越大，在此停止的试验越多。",
    ),
    "fig_calendar_axis": ("Months since accrual began", "入组开始后的月数"),
    "fig_stops": ("stops {share}", "停止{share}"),
    "fig_size": ("size of a dot: the share of trials that end at the look", "圆点大小：在该次观察结束的试验比例"),
}


@literals_checked
def say(language: Language, key: str, **blanks: Any) -> str:
    """The words of `key`, blanks filled in."""
    return _WORDS[key][1 if language == "zh" else 0].format(**blanks)
