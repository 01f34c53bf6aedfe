# language: zh-CN
功能: 立德树人

  背景:
    假如 数据项
      | 名称                           | 标识                             | 英文                                                             | 层级       | 单位 | 类型 | 范围 | 汇总   | 口径                                                                             |
      | 开设民族团结进步教育专题课     | offers_ethnic_unity_course       | offers a course on ethnic unity                                  | 学校       |      | 是否 |      |        | 课表中有民族团结进步教育专题课                                                   |
      | 开设铸牢中华民族共同体意识课程 | offers_national_community_course | offers a course on the national community                        | 学校       |      | 是否 |      |        | 课表中有共同体意识课程                                                           |
      | 实施童语同音计划               | children_speech_plan             | carries out the plan for children to speak the standard language | 学校       |      | 是否 |      |        | 幼儿园开展学前儿童普通话教育的童语同音计划                                       |
      | 民族团结进步教育示范校         | ethnic_unity_model_school        | model school of ethnic unity education                           | 学校       |      | 是否 |      |        | 获评盟市级以上民族团结进步示范校或示范园                                         |
      | 开展课程思政                   | ideology_in_every_subject        | ideological education in every subject                           | 学校       |      | 是否 |      |        | 各学科教学都落实课程思政和德育目标                                               |
      | 校园文化品牌数                 | campus_culture_brands            | brands of campus culture                                         | 学校       | 个   | 整数 | 0..  |        | 形成的校园文化品牌、特色项目数                                                   |
      | 思政名师工作室数               | ideology_master_studios          | master teacher studios of ideology                               | 旗县、盟市 | 个   | 整数 | 0..  | 不汇总 | 建成的思政课名师工作室数                                                         |
      | 盟市级文明校园数               | civilised_campuses               | civilised campuses                                               | 旗县、盟市 | 所   | 整数 | 0..  |        | 创建成功的盟市级以上文明校园数                                                   |
      | 家庭教育专职教研员数           | family_education_researchers     | researchers of family education                                  | 旗县、盟市 | 人   | 整数 | 0..  | 不汇总 | 本级教学指导服务中心、教研机构的家庭教育专职教研员数                             |
      | 家庭教育指导服务站数           | family_education_stations        | stations of family education                                     | 旗县、盟市 | 个   | 整数 | 0..  | 求和   | 建立并开展服务的家庭教育指导服务站数                                             |
      | 落实五项管理的项数             | five_rules_observed              | of the five rules on pupils observed                             | 学校       | 项   | 整数 | 0..5 |        | 作业、睡眠、手机、读物、体质五项管理中已落实要求的项数                           |
      | 爱国主义和民族团结教育活动次数 | ethnic_unity_activities          | activities of patriotic and ethnic unity education               | 学校       | 次   | 整数 | 0..  |        | 本年面向全体学生开展的爱国主义教育、民族团结进步教育活动次数                     |
      | 德育一校一案                   | school_moral_plan                | has a moral education plan of its own                            | 学校       |      | 是否 |      |        | 制定并实施本校落实中小学德育工作指南的方案                                       |
      | 公共场馆对学生免费或优惠开放   | venues_for_pupils                | public venues are free or cheaper for pupils                     | 旗县、盟市 |      | 是否 |      |        | 规划点名的公共图书馆、文化馆、博物馆、青少年校外活动场所都对学生免费或优惠开放   |
      | 实施的五个一批项数             | five_batches                     | of the five projects of ideological education carried out        | 旗县、盟市 | 项   | 整数 | 0..5 | 不汇总 | 思政课程、思政教师、名师工作室、实践教育基地、人才五个一批中2021年起有成果的项数 |
    而且 指标
      | 名称                       | 标识                     | 英文                                             | 层级       | 单位 | 公式                                    | 口径                     |
      | 民族团结进步教育示范校比例 | ethnic_unity_model_share | share of model schools of ethnic unity education | 旗县、盟市 | %    | 占比(学校, 民族团结进步教育示范校 = 是) | 示范校占全部学校和幼儿园 |

  场景: 民族团结进步教育示范校比例
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 民族团结进步教育示范校 |
      | 学校 | a      | 152502   | 是                     |
      | 学校 | b      | 152502   | 是                     |
      | 学校 | c      | 152502   | 是                     |
      | 学校 | d      | 152502   | 否                     |
      | 旗县 | 152502 | 152500   |                        |
    当 在2025年考核
    那么 民族团结进步教育示范校比例 是 75%

  场景: 民族团结进步教育示范校比例，有学校没报时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 民族团结进步教育示范校 |
      | 学校 | a      | 152502   | 是                     |
      | 学校 | b      | 152502   |                        |
      | 旗县 | 152502 | 152500   |                        |
    当 在2025年考核
    那么 民族团结进步教育示范校比例 为空
