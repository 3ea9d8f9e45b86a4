"""What the acts about queries refuse."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["WORDS"]

WORDS = {
    "query.asked": Words(
        en=(
            "{query} asks this already, at the same place and in the same words",
            "sent twice, one question would wait for two answers",
            "Wait for the answer, or ask in other words.",
        ),
        zh=("质疑{query}已在同一处以相同文字提出", "重复提交会使一个问题等待两次回复", "请等待回复，或换一种问法。"),
    ),
    "query.closed": Words(
        en=("{query} is closed", "{by} did so at {at}", "There is nothing left to do."),
        zh=("质疑{query}已关闭", "由{by}于{at}关闭", "无需操作。"),
    ),
    "query.empty": Words(
        en=("{of} needs words", "whoever reads it must know what to do", "Say it."),
        zh=("{of}须有内容", "读者须知道该做什么", "请填写。"),
    ),
    "query.language": Words(
        en=(
            "the text is given in {languages}",
            "a query is asked in en or zh, or in both",
            'Give it as {{en: "...", zh: "..."}}, or one of the two.',
        ),
        zh=(
            "文字的语言为{languages}",
            "质疑以en或zh提出，或两者兼用",
            '请写成{{en: "...", zh: "..."}}，或其中之一。',
        ),
    ),
    "query.not_again": Words(
        en=(
            "{query} is closed for good",
            "the check {check} opens another when it breaks",
            "Raise a query of your own.",
        ),
        zh=("质疑{query}已最终关闭", "核查{check}不成立时会另生成质疑", "请另提质疑。"),
    ),
    "query.not_again/erased": Words(
        en=("{query} is closed for good", "its words were erased", "Raise a query of your own."),
        zh=("质疑{query}已最终关闭", "其内容已删除", "请另提质疑。"),
    ),
    "query.not_open": Words(
        en=(
            "{query} is {status}",
            "{by} did so at {at}",
            "Read what was said; whoever may raise queries can open it again.",
        ),
        zh=("质疑{query}{status}", "由{by}于{at}操作", "请阅读其内容；有权提出质疑者可重新打开。"),
    ),
    "query.open": Words(
        en=(
            "{query} is open",
            "it waits for the site's answer",
            "Wait for the answer, or raise another query.",
        ),
        zh=("质疑{query}尚未回复", "正等待中心回复", "请等待回复，或另提质疑。"),
    ),
    "query.place": Words(
        en=(
            "the place has no {lacking}",
            "a place is a visit; then a form; then an item, or a group with its row",
            "Give the {lacking} too.",
        ),
        zh=("位置缺少{lacking}", "位置依次为访视、表单、项目，或组及其行", "请同时填写{lacking}。"),
    ),
    "query.unknown": Words(
        en=(
            "{participant} has no query {query}",
            "the queries not closed are {have}",
            "Correct the number of the query or of the participant.",
        ),
        zh=("{participant}没有质疑{query}", "未关闭的质疑为{have}", "请更正质疑编号或受试者编号。"),
    ),
    "query.unknown/all_closed": Words(
        en=(
            "{participant} has no query {query}",
            "every query of this participant is closed",
            "Correct the number of the query or of the participant.",
        ),
        zh=("{participant}没有质疑{query}", "该受试者的质疑均已关闭", "请更正质疑编号或受试者编号。"),
    ),
}
