# language: zh-CN
功能: 核对关系
  部分不超过整体。不成立时只给出提示，不影响结论；缺数据时不提示。

  背景:
    假如 核对关系
      | 名称                                                     | 标识                              | 英文                                                                                            | 层级 | 关系                                                  | 仅限 | 程度   | 说明             |
      | 已验收教育评价改革试点项目数不超过教育评价改革试点项目数 | accepted-evaluation-pilots-within | pilot projects of the evaluation reform accepted within pilot projects of the evaluation reform | 盟市 | 已验收教育评价改革试点项目数 ≤ 教育评价改革试点项目数 |      | 不可能 | 部分不能大于整体 |

  场景大纲: 部分不超过整体
    假如 某<层级>的 <整体> 是 100
    而且 某<层级>的 <部分> 是 <数>
    当 在2025年考核
    那么 <有没有>核对提示"<关系>"
    例子:
      | 层级 | 整体                   | 部分                         | 数  | 有没有 | 关系                              |
      | 盟市 | 教育评价改革试点项目数 | 已验收教育评价改革试点项目数 | 100 | 没有   | accepted-evaluation-pilots-within |
      | 盟市 | 教育评价改革试点项目数 | 已验收教育评价改革试点项目数 | 101 | 有     | accepted-evaluation-pilots-within |
