# language: zh-CN
功能: 基层党建与党的领导

  背景:
    假如 数据项
      | 名称                       | 标识                        | 英文                                    | 层级       | 单位 | 类型 | 范围 | 汇总   | 口径                                               |
      | 党委常委会研究教育工作次数 | party_meetings_on_education | party committee meetings on education   | 旗县、盟市 | 次   | 整数 | 0..  | 不汇总 | 本级党委（党工委）常委会本年专题研究教育工作的次数 |
      | 党的组织覆盖               | party_organisation          | covered by a party organisation         | 学校       |      | 是否 |      |        | 单独或联合建立了党组织                             |
      | 党的工作覆盖               | party_work                  | covered by party work                   | 学校       |      | 是否 |      |        | 已开展党的工作，没有党员的也有党建工作指导         |
      | 具备成立业余党校条件       | able_to_have_party_school   | able to have a spare-time party school  | 学校       |      | 是否 |      |        | 经主管部门认定具备条件                             |
      | 成立业余党校               | party_school                | has a spare-time party school           | 学校       |      | 是否 |      |        | 面向学生和教师的业余党校已成立                     |
      | 健全教育团工委             | education_youth_league      | education committee of the youth league | 旗县、盟市 |      | 是否 |      |        | 本级教育系统团工委已建立并开展工作                 |
      | 党支部数                   | party_branches              | party branches                          | 盟市       | 个   | 整数 | 0..  |        | 教育（教体）系统党支部数                           |
      | 实行党组织领导的校长负责制 | party_led_head_system       | head responsible under party leadership | 学校       |      | 是否 |      |        | 学校已按党组织领导的校长负责制运行                 |
      | 健全党组织会议议事规则     | party_meeting_rules         | has rules of party meetings             | 学校       |      | 是否 |      |        | 学校党组织会议的会议制度和议事规则已经健全         |
      | 健全校长办公会议议事规则   | head_meeting_rules          | has rules of head's meetings            | 学校       |      | 是否 |      |        | 校长办公会议或校务会议的制度、规则已经健全         |
