# language: zh-CN
功能: 核对关系
  部分不超过整体。不成立时只给出提示，不影响结论；缺数据时不提示。

  背景:
    假如 核对关系
      | 名称                                           | 标识                                   | 英文                                                                                           | 层级 | 关系                                        | 仅限 | 程度   | 说明             |
      | 任期考核领导班子数不超过任期届满领导班子数     | leaders-appraised-within               | school leaderships appraised for their term within school leaderships at the end of their term | 旗县 | 任期考核领导班子数 ≤ 任期届满领导班子数     |      | 不可能 | 部分不能大于整体 |
      | 城镇公办幼儿园园位数不超过城镇幼儿园园位数     | town-public-kindergarten-places-within | public kindergarten places in towns within kindergarten places in towns                        | 旗县 | 城镇公办幼儿园园位数 ≤ 城镇幼儿园园位数     |      | 不可能 | 部分不能大于整体 |
      | 同工同酬编外教师数不超过公办幼儿园编外教师数   | equal-pay-teachers-within              | teachers without a post paid equally within teachers without a post in public kindergartens    | 旗县 | 同工同酬编外教师数 ≤ 公办幼儿园编外教师数   |      | 不可能 | 部分不能大于整体 |
      | 已配教研员学段学科数不超过应配教研员学段学科数 | research-subjects-staffed-within       | subjects by stage with a researcher within subjects by stage that need a researcher            | 旗县 | 已配教研员学段学科数 ≤ 应配教研员学段学科数 |      | 不可能 | 部分不能大于整体 |
      | 已评职称教研员数不超过应评职称教研员数         | title-reviewed-researchers-within      | researchers reviewed for a title within researchers due for a title                            | 旗县 | 已评职称教研员数 ≤ 应评职称教研员数         |      | 不可能 | 部分不能大于整体 |
      | 已聘岗位教研员数不超过应聘岗位教研员数         | post-given-researchers-within          | researchers given their post within researchers due for a post                                 | 旗县 | 已聘岗位教研员数 ≤ 应聘岗位教研员数         |      | 不可能 | 部分不能大于整体 |
      | 备案编制调整次数不超过编制调整次数             | post-changes-filed-within              | changes of allotted posts filed within changes of allotted posts                               | 旗县 | 备案编制调整次数 ≤ 编制调整次数             |      | 不可能 | 部分不能大于整体 |

  场景大纲: 部分不超过整体
    假如 某<层级>的 <整体> 是 100
    而且 某<层级>的 <部分> 是 <数>
    当 在2025年考核
    那么 <有没有>核对提示"<关系>"
    例子:
      | 层级 | 整体                 | 部分                 | 数  | 有没有 | 关系                                   |
      | 旗县 | 任期届满领导班子数   | 任期考核领导班子数   | 100 | 没有   | leaders-appraised-within               |
      | 旗县 | 任期届满领导班子数   | 任期考核领导班子数   | 101 | 有     | leaders-appraised-within               |
      | 旗县 | 城镇幼儿园园位数     | 城镇公办幼儿园园位数 | 100 | 没有   | town-public-kindergarten-places-within |
      | 旗县 | 城镇幼儿园园位数     | 城镇公办幼儿园园位数 | 101 | 有     | town-public-kindergarten-places-within |
      | 旗县 | 公办幼儿园编外教师数 | 同工同酬编外教师数   | 100 | 没有   | equal-pay-teachers-within              |
      | 旗县 | 公办幼儿园编外教师数 | 同工同酬编外教师数   | 101 | 有     | equal-pay-teachers-within              |
      | 旗县 | 应配教研员学段学科数 | 已配教研员学段学科数 | 100 | 没有   | research-subjects-staffed-within       |
      | 旗县 | 应配教研员学段学科数 | 已配教研员学段学科数 | 101 | 有     | research-subjects-staffed-within       |
      | 旗县 | 应评职称教研员数     | 已评职称教研员数     | 100 | 没有   | title-reviewed-researchers-within      |
      | 旗县 | 应评职称教研员数     | 已评职称教研员数     | 101 | 有     | title-reviewed-researchers-within      |
      | 旗县 | 应聘岗位教研员数     | 已聘岗位教研员数     | 100 | 没有   | post-given-researchers-within          |
      | 旗县 | 应聘岗位教研员数     | 已聘岗位教研员数     | 101 | 有     | post-given-researchers-within          |
      | 旗县 | 编制调整次数         | 备案编制调整次数     | 100 | 没有   | post-changes-filed-within              |
      | 旗县 | 编制调整次数         | 备案编制调整次数     | 101 | 有     | post-changes-filed-within              |
