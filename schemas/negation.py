"""What the name of something that is to be so says where it is not, and where it should be."""

_DOING = (
    *("全部", "全面", "按时", "按期", "建立", "建成", "建设", "成立", "设立", "制定", "制订"),
    *("出台", "印发", "发布", "公布", "公开", "开展", "开设", "开齐", "配备", "配齐", "配置"),
    *("使用", "完成", "纳入", "实施", "实行", "实现", "落实", "推广", "推进", "编制", "通过"),
    *("取得", "执行", "参加", "开放", "举办", "组织", "健全", "签订", "达到", "安装", "接入"),
)
"""Words that a name of something to be done begins with."""
_WHOLE = "全部"
"""Before it stands who, and behind it what all of them do."""


def wanted(name: str) -> str:
    """Say in Chinese that something should be there or be done.

    Examples:
        >>> wanted("已出台方案"), wanted("有基地"), wanted("建立台账"), wanted("消防达标")
        ('应出台方案', '应有基地', '应建立台账', '应做到“消防达标”')
    """
    if name.startswith("已"):
        return f"应{name[1:]}"
    return f"应{name}" if name.startswith(("有", *_DOING)) else f"应做到“{name}”"


def undone(name: str) -> str:
    """Say in Chinese that something that is to be there or to be done is not.

    Examples:
        >>> undone("已出台方案"), undone("有基地"), undone("建立台账"), undone("消防达标")
        ('未出台方案', '没有基地', '未建立台账', '“消防达标”没有做到')
        >>> undone("评估项目全部达标")
        '评估项目未全部达标'
    """
    if name.startswith("已"):
        return f"未{name[1:]}"
    if name.startswith("有"):
        return f"没{name}"
    if name.startswith(_DOING):
        return f"未{name}"
    who, whole, what = name.partition(_WHOLE)
    return f"{who}未{whole}{what}" if what else f"“{name}”没有做到"
