"""What is told of a list from elsewhere that waits or was exchanged."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["WORDS"]

WORDS = {
    "list.not_agreed": Words(
        en=(
            "the list that is kept with the keys is not the one that is in force",
            "two persons agree to a list before anybody is allocated from it",
            "Have it asked for and agreed to with `equipoise list`, or take the file away.",
        ),
        zh=(
            "与密钥同存的随机表并非已启用者",
            "按表分配之前须由两人同意",
            "请以`equipoise list`提出并同意，或移除该文件。",
        ),
    ),
    "list.other_file": Words(
        en=(
            "this is not the file that request {request} is about",
            "a list is agreed to as it is, to the byte",
            "Compare the two files with the source, and ask anew.",
        ),
        zh=("该文件并非请求{request}所指者", "随机表须逐字节一致方可同意", "请将两份文件与来源核对后重新提出。"),
    ),
}
