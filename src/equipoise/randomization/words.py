"""What may be wrong with a scheme, a list, a seal or a derivation, in both languages. Tells no concealed arm."""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse", "warning"]

_CHOOSE, _CHOOSE_ZH = "Choose one of these.", "请选择其中之一。"
_OWN_BACKUP, _OWN_BACKUP_ZH = "restore it from its own backup", "请从其专门备份恢复"
_STOP, _STOP_ZH = "Stop randomizing, and verify the ledger.", "请停止随机，并验证账本。"

_SCHEMES = {
    "randomization.kind": Words(
        en=("there is no scheme called {kind!r}", "the schemes are {kinds}", _CHOOSE),
        zh=("没有名为{kind!r}的随机方法", "随机方法有{kinds}", _CHOOSE_ZH),
    ),
    "randomization.version": Words(
        en=("version {version} is below 1", "versions count from 1", "Number the first version 1."),
        zh=("版本{version}小于1", "版本从1起计", "请将第一个版本编为1。"),
    ),
    "randomization.arms": Words(
        en=("the ratio names {arms} arm(s)", "randomization needs at least two", "Name every arm with its weight."),
        zh=("分配比例只列出{arms}个组", "随机至少需要两个组", "请列出每个组及其权重。"),
    ),
    "randomization.arm_twice": Words(
        en=("arm {arm!r} is named more than once", "its share would be unclear", "Give each arm one weight."),
        zh=("组{arm!r}列出不止一次", "其份额不明确", "请为每个组给出一个权重。"),
    ),
    "randomization.weight": Words(
        en=(
            "the weight of arm {arm!r} is {weight}",
            "an arm without a positive share gets nobody",
            "Use a whole number of at least 1, or remove the arm.",
        ),
        zh=("组{arm!r}的权重为{weight}", "份额不为正的组不会分到任何人", "请使用不小于1的整数，或删去该组。"),
    ),
    "randomization.no_block_sizes": Words(
        en=(
            "no block size is given",
            "permuted blocks cannot be drawn without one",
            "Give sizes that are multiples of {total}.",
        ),
        zh=("未给出区组长度", "没有区组长度无法抽取置换区组", "请给出{total}的倍数作为区组长度。"),
    ),
    "randomization.block_size": Words(
        en=(
            "block size {size} is not a multiple of {total}, the sum of the ratio",
            "such a block cannot hold the arms in their ratio",
            "Use {sizes} and so on.",
        ),
        zh=("区组长度{size}不是比例之和{total}的倍数", "这样的区组无法按比例容纳各组", "请使用{sizes}等。"),
    ),
    "randomization.block_size_twice": Words(
        en=(
            "a block size is listed twice",
            "it would be drawn more often than the others",
            "List each size once.",
        ),
        zh=("某一区组长度列出两次", "其被抽中的机会将多于其他长度", "请将每个长度只列一次。"),
    ),
    "randomization.one_block_size": Words(
        en=(
            "every block has {size} places",
            "who knows the size knows the last allocation of every block",
            "Draw from at least two sizes.",
        ),
        zh=("每个区组均为{size}个位置", "知道长度者即知道每个区组的最后一次分配", "请从至少两种长度中抽取。"),
    ),
    "randomization.small_block": Words(
        en=(
            "blocks of {total} hold each arm only once",
            "mixing in the smallest blocks makes the next arm easier to guess",
            "Start at {least}.",
        ),
        zh=("长度为{total}的区组中每组只出现一次", "掺入最短的区组会使下一个组更易猜中", "请从{least}起。"),
    ),
    "randomization.predictable": Words(
        en=(
            "p is {p}",
            "minimization without a chance element lets whoever knows the totals foresee every arm (CPMP/EWP/2863/99)",
            "Use a probability below 1, for example 0.8.",
        ),
        zh=(
            "p为{p}",
            "没有随机成分的最小化法会使知道合计者预见每一次分配（CPMP/EWP/2863/99）",
            "请使用小于1的概率，例如0.8。",
        ),
    ),
    "randomization.p_too_small": Words(
        en=(
            "p is {p}, below 1/{arms}",
            "the preferred arm would be chosen less often than by simple randomization",
            "Use a probability between 1/{arms} and 1, for example 0.8.",
        ),
        zh=("p为{p}，小于1/{arms}", "优先组被选中的机会将少于简单随机", "请使用1/{arms}与1之间的概率，例如0.8。"),
    ),
    "randomization.measure": Words(
        en=("there is no measure of imbalance called {measure!r}", "the measures are {measures}", _CHOOSE),
        zh=("没有名为{measure!r}的不平衡度量", "度量有{measures}", _CHOOSE_ZH),
    ),
    "randomization.factor_weight": Words(
        en=(
            "the weight of factor {factor!r} is {weight}",
            "a factor without a positive weight is not balanced",
            "Use a positive number, or leave the factor out.",
        ),
        zh=("因素{factor!r}的权重为{weight}", "权重不为正的因素得不到平衡", "请使用正数，或略去该因素。"),
    ),
    "randomization.unknown_factor": Words(
        en=("there is no factor {factor!r}", "the factors are {factors}", "Correct the name, or declare the factor."),
        zh=("没有因素{factor!r}", "因素有{factors}", "请更正名称，或声明该因素。"),
    ),
    "randomization.factor_twice": Words(
        en=("a factor has two weights", "its weight would be unclear", "Give each factor one weight."),
        zh=("某一因素有两个权重", "其权重不明确", "请为每个因素给出一个权重。"),
    ),
    "randomization.no_factors": Words(
        en=(
            "minimization has no factor to balance",
            "without one it would only follow the totals",
            "Declare the factors, or use complete randomization or the big stick.",
        ),
        zh=("最小化法没有可平衡的因素", "没有因素时只会跟随合计", "请声明因素，或改用完全随机或大棒法。"),
    ),
    "randomization.big_stick_ratio": Words(
        en=(
            "the ratio is {shares}",
            "the big stick is defined for two arms of equal share (Soares and Wu 1983)",
            "Use 1:1, or permuted blocks or minimization for this ratio.",
        ),
        zh=(
            "分配比例为{shares}",
            "大棒法只适用于两个份额相等的组（Soares与Wu 1983）",
            "请使用1:1，或对此比例改用置换区组或最小化法。",
        ),
    ),
    "randomization.limit": Words(
        en=(
            "the limit is {limit}",
            "no allocation would be possible without a difference of at least 1",
            "Use a whole number from 2; 3 is a good choice.",
        ),
        zh=("上限为{limit}", "若不允许至少相差1，则无法分配", "请使用不小于2的整数；3较为合适。"),
    ),
    "randomization.limit_of_one": Words(
        en=(
            "the limit is 1",
            "every second allocation would be certain, as in blocks of two",
            "Use 2 or more; 3 is a good choice.",
        ),
        zh=("上限为1", "每两次分配中第二次必然可知，如同长度为2的区组", "请使用2或以上；3较为合适。"),
    ),
    "randomization.recorded": Words(
        en=(
            "nobody can be randomized here",
            "allocation was made outside this system: {description}",
            "Record the allocation that was made.",
        ),
        zh=("此处不能随机", "分配在本系统之外进行：{description}", "请记录已作出的分配。"),
    ),
    "randomization.factor_missing": Words(
        en=(
            "{factor} has no value",
            "the stratum of the participant is not known",
            "Record {factor} first, then randomize.",
        ),
        zh=("{factor}没有值", "受试者所属的层未知", "请先记录{factor}，再随机。"),
    ),
    "randomization.past_incomplete": Words(
        en=(
            "allocation {place} is missing or out of order (found {found})",
            "the next allocation depends on every earlier one",
            "Rebuild the state from the ledger and verify the ledger.",
        ),
        zh=(
            "第{place}次分配缺失或次序不符（见到{found}）",
            "下一次分配取决于此前的每一次",
            "请由账本重建状态并验证账本。",
        ),
    ),
}

_SEALS = {
    "vault.secret_length": Words(
        en=("the secret has {bytes} bytes", "it must have exactly {needed}", "Let a new secret be made."),
        zh=("密钥为{bytes}字节", "必须恰为{needed}字节", "请生成新的密钥。"),
    ),
    "vault.secret_length/file": Words(
        en=(
            "the file does not hold a secret",
            "a secret is {digits} hexadecimal characters and nothing else",
            f"Name the right file; if it is damaged, {_OWN_BACKUP}.",
        ),
        zh=(
            "该文件不含密钥",
            "密钥为{digits}个十六进制字符，别无其他",
            f"请指定正确的文件；若已损坏，{_OWN_BACKUP_ZH}。",
        ),
    ),
    "vault.secret_exists": Words(
        en=(
            "there is a secret already",
            "without the old one, its allocations could never be opened again",
            "Choose another file; move nothing that a study still uses.",
        ),
        zh=("已有密钥", "失去原密钥，其分配将永远无法打开", "请另选文件；不要移动仍在使用的文件。"),
    ),
    "vault.secret_unwritable": Words(
        en=(
            "the secret cannot be written here",
            "{reason}",
            "Choose a folder that exists and that you may write to.",
        ),
        zh=("密钥无法写入此处", "{reason}", "请选择已存在且有写入权限的文件夹。"),
    ),
    "vault.secret_missing": Words(
        en=(
            "the study's secret cannot be read",
            "{reason}",
            f"Name the right file; if it is lost, {_OWN_BACKUP}.",
        ),
        zh=("无法读取研究的密钥", "{reason}", f"请指定正确的文件；若已丢失，{_OWN_BACKUP_ZH}。"),
    ),
    "vault.secret_open": Words(
        en=(
            "others may read the secret (mode {mode:04o})",
            "whoever holds it can foresee every allocation",
            "Run: chmod 600 {file}; then ask whether it was seen.",
        ),
        zh=(
            "他人可以读取密钥（权限 {mode:04o}）",
            "持有密钥者可预见每一次分配",
            "请运行：chmod 600 {file}；并查明是否已被他人看到。",
        ),
    ),
    "vault.commitment": Words(
        en=(
            "the secret is not the one this study committed to",
            "its allocations would not be those that were promised before the first participant",
            "Stop randomizing; find the secret that belongs to this study.",
        ),
        zh=(
            "该密钥不是本研究所承诺的密钥",
            "由其得出的分配并非首例受试者之前所承诺的分配",
            "请停止随机；找出属于本研究的密钥。",
        ),
    ),
    "vault.too_long": Words(
        en=(
            "the content has {bytes} bytes",
            "at most {most} fit, and a longer seal would set it apart",
            "Use shorter names for the arms.",
        ),
        zh=("内容为{bytes}字节", "至多容纳{most}字节，更长的封存件会显出差别", "请为各组使用较短的名称。"),
    ),
    "vault.broken_seal": Words(
        en=(
            "the seal of allocation {position} does not open",
            "it was changed, moved from another place, or made with another secret",
            "Stop randomizing; check the secret's commitment and verify the ledger.",
        ),
        zh=(
            "第{position}次分配的封存件无法打开",
            "它被改动、自他处移来，或由另一密钥制成",
            "请停止随机；核对密钥的承诺值并验证账本。",
        ),
    ),
}

_DERIVED = {
    "rederive.another_stratum": Words(
        en=(
            "allocation {place} is not as it was sealed",
            "its factor values or its stratum were changed afterwards",
            _STOP,
        ),
        zh=("第{place}次分配与封存时不一致", "其因素取值或所属的层事后被改动", _STOP_ZH),
    ),
    "rederive.version_twice": Words(
        en=(
            "two schemes carry the same version",
            "it is unclear which of them allocated",
            "Give every change of the scheme a new version.",
        ),
        zh=("两个随机方案版本相同", "不清楚分配由哪一个作出", "请为方案的每次变更编以新版本。"),
    ),
    "rederive.order": Words(
        en=(
            "allocation {place} is missing or out of order (found {found})",
            "every later allocation depends on it",
            "Verify the ledger.",
        ),
        zh=("第{place}次分配缺失或次序不符（见到{found}）", "其后的每次分配都取决于它", "请验证账本。"),
    ),
    "rederive.version": Words(
        en=(
            "allocation {place} names version {version} of the scheme",
            "that version is unknown, or a newer one was in force already",
            "Supply every version, in the order in which they came into force.",
        ),
        zh=(
            "第{place}次分配注明随机方案版本{version}",
            "该版本未知，或当时已有更新的版本生效",
            "请按生效次序提供每个版本。",
        ),
    ),
    "rederive.differs": Words(
        en=(
            "allocation {place} is not the one that the secret gives",
            "the record, the factor values or the scheme were changed after the fact",
            "Stop randomizing; compare the ledger with its last checkpoint.",
        ),
        zh=(
            "第{place}次分配并非由密钥得出",
            "记录、因素取值或随机方案事后被改动",
            "请停止随机；将账本与其最近的检查点比对。",
        ),
    ),
}

_NONE_LEFT = "when none is left nobody can be randomized, and no other stratum's slot may be used"
_NONE_LEFT_ZH = "用尽后该层无人可随机，也不得借用其他层的位置"
_LISTS = {
    "list.duplicate_slot": Words(
        en=(
            "slot {slot} of {stratum} appears again",
            "two participants would get one slot",
            "Remove or renumber one of the lines.",
        ),
        zh=("{stratum}的位置{slot}重复出现", "两名受试者将得到同一位置", "请删去其中一行或重新编号。"),
    ),
    "list.order": Words(
        en=(
            "slot {slot} of {stratum} follows slot {before}",
            "a slot is missing or the list was sorted after it was made",
            "Restore the order in which the list was generated.",
        ),
        zh=(
            "{stratum}的位置{slot}紧接位置{before}",
            "缺少位置，或随机表生成后被重新排序",
            "请恢复随机表生成时的次序。",
        ),
    ),
    "list.unknown_arm": Words(
        en=("there is no arm {arm!r}", "the arms are {arms}", "Correct the label."),
        zh=("没有组{arm!r}", "各组为{arms}", "请更正标签。"),
    ),
    "list.unknown_stratum": Words(
        en=("there is no stratum {stratum!r}", "nobody can belong to it", "Correct its name, or remove it."),
        zh=("没有层{stratum!r}", "没有人能属于该层", "请更正其名称，或将其删去。"),
    ),
    "list.missing_stratum": Words(
        en=(
            "the list has no slot for {stratum}",
            "its first participant could not be randomized",
            "Add the stratum to the list.",
        ),
        zh=("随机表中没有{stratum}的位置", "该层首例受试者将无法随机", "请将该层加入随机表。"),
    ),
    "list.ratio": Words(
        en=(
            "slots 1 to {end} of {stratum} hold {shares}",
            "the arms are further from their ratio than the scheme allows",
            "Generate the list again; do not mend it by hand.",
        ),
        zh=("{stratum}的位置1至{end}含{shares}", "各组偏离比例超出随机方案所允许", "请重新生成随机表；不要手工修补。"),
    ),
    "list.unreadable": Words(
        en=("this is no table of text in UTF-8", "no slot could be read", "Save the list as CSV, in UTF-8."),
        zh=("不是UTF-8编码的文本表格", "无法读出任何位置", "请将随机表另存为UTF-8编码的CSV文件。"),
    ),
    "list.columns": Words(
        en=(
            "there are no columns {columns}",
            "a list says stratum, slot and arm of each place",
            "Name the columns stratum, slot and arm; a stratum is written as sex=F,site=S01, or all.",
        ),
        zh=(
            "没有{columns}列",
            "随机表须为每一位置注明层、位置与组",
            "请将各列命名为stratum、slot和arm；层写作sex=F,site=S01，或写all。",
        ),
    ),
    "list.slot": Words(
        en=("{slot!r} is no slot", "slots count from 1 within their stratum", "Write a whole number."),
        zh=("{slot!r}不是位置编号", "位置在各层内自1起编号", "请填写整数。"),
    ),
    "list.exhausted": Words(
        en=(
            "{used} of {slots} slots of {stratum} are used",
            _NONE_LEFT,
            "Add a newly generated and checked part to the list.",
        ),
        zh=("{stratum}的{slots}个位置已用{used}个", _NONE_LEFT_ZH, "请在随机表中加入新生成并核对过的部分。"),
    ),
    "list.nearly_exhausted": Words(
        en=(
            "{used} of {slots} slots of {stratum} are used",
            _NONE_LEFT,
            "Add a newly generated and checked part to the list.",
        ),
        zh=("{stratum}的{slots}个位置已用{used}个", _NONE_LEFT_ZH, "请在随机表中加入新生成并核对过的部分。"),
    ),
}

TABLE = Table(
    "randomization",
    {**_SCHEMES, **_SEALS, **_DERIVED, **_LISTS},
    {"share": ("{arm} {counted} for {wanted}", "{arm}{counted}个（应为{wanted}个）")},
)
finding, warning, refuse, phrase = TABLE.finding, TABLE.warning, TABLE.refuse, TABLE.phrase
