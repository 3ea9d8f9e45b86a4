"""The items of SPIRIT 2025 in their order, by section, in English and Simplified Chinese.

Chan AW et al., SPIRIT 2025 statement, BMJ 2025;389:e081477 (34 items, their parts lettered). The headings name the
topics of the items; the statement says what each one asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.wording import Language

__all__ = ["SECTIONS", "Section", "SpiritItem", "numbers"]


@dataclass(frozen=True, slots=True)
class SpiritItem:
    """One item, or a lettered part of one."""

    number: str
    en: str
    zh: str

    def title(self, language: Language) -> str:
        """The heading in `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the statement with its items."""

    id: str
    en: str
    zh: str
    items: tuple[SpiritItem, ...]

    def title(self, language: Language) -> str:
        """The heading in `language`."""
        return self.zh if language == "zh" else self.en


SECTIONS: tuple[Section, ...] = (
    Section(
        "administrative",
        "Administrative information",
        "管理信息",
        (
            SpiritItem("1a", "Title", "题目"),
            SpiritItem("1b", "Structured summary", "结构式摘要"),
            SpiritItem("2", "Protocol version", "方案版本"),
            SpiritItem("3a", "Contributors to the protocol", "方案撰写者"),
            SpiritItem("3b", "Sponsor", "申办方"),
            SpiritItem("3c", "Role of sponsor and funders", "申办方与资助方的职责"),
            SpiritItem("3d", "Committees, teams and roles", "委员会、团队与角色"),
        ),
    ),
    Section(
        "open_science",
        "Open science",
        "开放科学",
        (
            SpiritItem("4", "Trial registration", "试验注册"),
            SpiritItem("5", "Protocol and statistical analysis plan", "试验方案与统计分析计划"),
            SpiritItem("6", "Data sharing", "数据共享"),
            SpiritItem("7a", "Funding", "资助来源"),
            SpiritItem("7b", "Conflicts of interest", "利益冲突"),
            SpiritItem("8", "Dissemination policy", "结果传播"),
        ),
    ),
    Section(
        "introduction",
        "Introduction",
        "引言",
        (
            SpiritItem("9a", "Background and rationale", "背景与依据"),
            SpiritItem("9b", "Choice of comparator", "对照的选择"),
            SpiritItem("10", "Objectives", "目的"),
        ),
    ),
    Section(
        "design",
        "Methods: patient and public involvement, trial design",
        "方法：患者与公众参与、试验设计",
        (
            SpiritItem("11", "Patient and public involvement", "患者与公众参与"),
            SpiritItem("12", "Trial design", "试验设计"),
        ),
    ),
    Section(
        "participants",
        "Methods: participants, interventions and outcomes",
        "方法：受试者、干预措施与结局",
        (
            SpiritItem("13", "Trial setting", "试验地点"),
            SpiritItem("14a", "Eligibility criteria of participants", "受试者入选与排除标准"),
            SpiritItem("14b", "Eligibility criteria of sites and of those who treat", "研究中心与干预实施者的条件"),
            SpiritItem("15a", "Interventions and comparator", "干预措施与对照"),
            SpiritItem("15b", "Discontinuing or modifying the intervention", "干预措施的停止与调整"),
            SpiritItem("15c", "Adherence", "依从性"),
            SpiritItem("15d", "Concomitant care", "合并治疗"),
            SpiritItem("16", "Outcomes", "结局"),
            SpiritItem("17", "Harms", "危害"),
            SpiritItem("18", "Participant timeline", "受试者时间表"),
            SpiritItem("19", "Sample size", "样本量"),
            SpiritItem("20", "Recruitment", "招募"),
        ),
    ),
    Section(
        "assignment",
        "Methods: assignment of interventions",
        "方法：干预分配",
        (
            SpiritItem("21a", "Sequence generation: who and how", "序列产生：人员与方法"),
            SpiritItem(
                "21b", "Sequence generation: type of randomization and stratification", "序列产生：随机类型与分层"
            ),
            SpiritItem("22", "Allocation concealment mechanism", "分配隐藏机制"),
            SpiritItem("23", "Implementation", "实施"),
            SpiritItem("24a", "Who is blinded", "设盲对象"),
            SpiritItem("24b", "How blinding is achieved", "设盲方法"),
            SpiritItem("24c", "Unblinding", "揭盲"),
        ),
    ),
    Section(
        "data",
        "Methods: data collection, management and analysis",
        "方法：数据收集、管理与分析",
        (
            SpiritItem("25a", "Data collection methods", "数据收集方法"),
            SpiritItem("25b", "Retention and complete follow-up", "受试者保留与完整随访"),
            SpiritItem("26", "Data management", "数据管理"),
            SpiritItem(
                "27a", "Statistical methods: primary and secondary outcomes, harms", "统计方法：主要与次要结局、危害"
            ),
            SpiritItem("27b", "Who is included in each analysis, and in which group", "各分析纳入的人群与组别"),
            SpiritItem("27c", "Missing data", "缺失数据"),
            SpiritItem("27d", "Additional analyses", "其他分析"),
        ),
    ),
    Section(
        "monitoring",
        "Methods: monitoring",
        "方法：监查",
        (
            SpiritItem("28a", "Data monitoring committee", "数据监查委员会"),
            SpiritItem("28b", "Interim analyses and stopping guidelines", "期中分析与终止准则"),
            SpiritItem("29", "Trial monitoring", "试验监查"),
        ),
    ),
    Section(
        "ethics",
        "Ethics",
        "伦理",
        (
            SpiritItem("30", "Research ethics approval", "伦理审查"),
            SpiritItem("31", "Protocol amendments", "方案修订"),
            SpiritItem("32a", "Consent or assent", "知情同意"),
            SpiritItem("32b", "Additional consent", "附加知情同意"),
            SpiritItem("33", "Confidentiality", "保密"),
            SpiritItem("34", "Ancillary and post-trial care", "附加与试验后医疗"),
        ),
    ),
)


def numbers() -> tuple[str, ...]:
    """Every item's number, in order."""
    return tuple(item.number for section in SECTIONS for item in section.items)
