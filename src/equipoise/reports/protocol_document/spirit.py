"""The items of SPIRIT 2025 in their order, by section, in English and Simplified Chinese.

Chan AW et al., SPIRIT 2025 statement, BMJ 2025;389:e081477 (34 items, their parts lettered). The headings name the
topics of the items; the statement says what each one asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = ["SECTIONS", "Section", "Topic", "numbers"]


@dataclass(frozen=True, slots=True)
class Topic:
    """One item, or a lettered part of one."""

    number: str
    en: str
    zh: str

    @literals_checked
    def title(self, language: Language) -> str:
        """The heading in `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the statement with its items."""

    id: str
    en: str
    zh: str
    items: tuple[Topic, ...]

    @literals_checked
    def title(self, language: Language) -> str:
        """The heading in `language`."""
        return self.zh if language == "zh" else self.en


SECTIONS: tuple[Section, ...] = (
    Section(
        "administrative",
        "Administrative information",
        "管理信息",
        (
            Topic("1a", "Title", "题目"),
            Topic("1b", "Structured summary", "结构式摘要"),
            Topic("2", "Protocol version", "方案版本"),
            Topic("3a", "Contributors to the protocol", "方案撰写者"),
            Topic("3b", "Sponsor", "申办方"),
            Topic("3c", "Role of sponsor and funders", "申办方与资助方的职责"),
            Topic("3d", "Committees, teams and roles", "委员会、团队与角色"),
        ),
    ),
    Section(
        "open_science",
        "Open science",
        "开放科学",
        (
            Topic("4", "Trial registration", "试验注册"),
            Topic("5", "Protocol and statistical analysis plan", "试验方案与统计分析计划"),
            Topic("6", "Data sharing", "数据共享"),
            Topic("7a", "Funding", "资助来源"),
            Topic("7b", "Conflicts of interest", "利益冲突"),
            Topic("8", "Dissemination policy", "结果传播"),
        ),
    ),
    Section(
        "introduction",
        "Introduction",
        "引言",
        (
            Topic("9a", "Background and rationale", "背景与依据"),
            Topic("9b", "Choice of comparator", "对照的选择"),
            Topic("10", "Objectives", "目的"),
        ),
    ),
    Section(
        "design",
        "Methods: patient and public involvement, trial design",
        "方法：患者与公众参与、试验设计",
        (
            Topic("11", "Patient and public involvement", "患者与公众参与"),
            Topic("12", "Trial design", "试验设计"),
        ),
    ),
    Section(
        "participants",
        "Methods: participants, interventions and outcomes",
        "方法：受试者、干预措施与结局",
        (
            Topic("13", "Trial setting", "试验地点"),
            Topic("14a", "Eligibility criteria of participants", "受试者入选与排除标准"),
            Topic("14b", "Eligibility criteria of sites and of those who treat", "研究中心与干预实施者的条件"),
            Topic("15a", "Interventions and comparator", "干预措施与对照"),
            Topic("15b", "Discontinuing or modifying the intervention", "干预措施的停止与调整"),
            Topic("15c", "Adherence", "依从性"),
            Topic("15d", "Concomitant care", "合并治疗"),
            Topic("16", "Outcomes", "结局"),
            Topic("17", "Harms", "危害"),
            Topic("18", "Participant timeline", "受试者时间表"),
            Topic("19", "Sample size", "样本量"),
            Topic("20", "Recruitment", "招募"),
        ),
    ),
    Section(
        "assignment",
        "Methods: assignment of interventions",
        "方法：干预分配",
        (
            Topic("21a", "Sequence generation: who and how", "序列产生：人员与方法"),
            Topic("21b", "Sequence generation: type of randomization and stratification", "序列产生：随机类型与分层"),
            Topic("22", "Allocation concealment mechanism", "分配隐藏机制"),
            Topic("23", "Implementation", "实施"),
            Topic("24a", "Who is blinded", "设盲对象"),
            Topic("24b", "How blinding is achieved", "设盲方法"),
            Topic("24c", "Unblinding", "揭盲"),
        ),
    ),
    Section(
        "data",
        "Methods: data collection, management and analysis",
        "方法：数据收集、管理与分析",
        (
            Topic("25a", "Data collection methods", "数据收集方法"),
            Topic("25b", "Retention and complete follow-up", "受试者保留与完整随访"),
            Topic("26", "Data management", "数据管理"),
            Topic(
                "27a", "Statistical methods: primary and secondary outcomes, harms", "统计方法：主要与次要结局、危害"
            ),
            Topic("27b", "Who is included in each analysis, and in which group", "各分析纳入的人群与组别"),
            Topic("27c", "Missing data", "缺失数据"),
            Topic("27d", "Additional analyses", "其他分析"),
        ),
    ),
    Section(
        "monitoring",
        "Methods: monitoring",
        "方法：监查",
        (
            Topic("28a", "Data monitoring committee", "数据监查委员会"),
            Topic("28b", "Interim analyses and stopping guidelines", "期中分析与终止准则"),
            Topic("29", "Trial monitoring", "试验监查"),
        ),
    ),
    Section(
        "ethics",
        "Ethics",
        "伦理",
        (
            Topic("30", "Research ethics approval", "伦理审查"),
            Topic("31", "Protocol amendments", "方案修订"),
            Topic("32a", "Consent or assent", "知情同意"),
            Topic("32b", "Additional consent", "附加知情同意"),
            Topic("33", "Confidentiality", "保密"),
            Topic("34", "Ancillary and post-trial care", "附加与试验后医疗"),
        ),
    ),
)


def numbers() -> tuple[str, ...]:
    """Every item's number, in order."""
    return tuple(item.number for section in SECTIONS for item in section.items)
