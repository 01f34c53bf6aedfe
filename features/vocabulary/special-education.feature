# language: zh-CN
功能: 特殊教育

  背景:
    假如 数据项
      | 名称                         | 标识                            | 英文                                                  | 层级               | 单位 | 类型 | 范围 | 汇总   | 口径                                                   |
      | 适龄残疾儿童少年数           | disabled_children               | school-age children with disabilities                 | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和   | 义务教育学龄残疾儿童少年数                             |
      | 适龄残疾儿童少年在学数       | enrolled_disabled_children      | school-age children with disabilities in education    | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和   | 其中在特教学校、随班就读或送教上门的人数               |
      | 轻度残疾学生数               | mildly_disabled_pupils          | pupils with mild disabilities                         | 学校               | 人   | 整数 | 0..  |        | 普通学校招收的轻度残疾学生数                           |
      | 特殊教育资源教室数           | resource_rooms                  | special education resource rooms                      | 学校               | 个   | 整数 | 0..  |        | 建成并启用的资源教室数                                 |
      | 特殊教育中心数               | special_education_centres       | special education guidance and resource centres       | 旗县               | 个   | 整数 | 0..  |        | 设在旗县政府所在地的特教指导中心、资源中心数           |
      | 特殊教育教研员数             | special_education_researchers   | special education researchers                         | 旗县、盟市         | 人   | 整数 | 0..  | 不汇总 | 本级教研机构专兼职特殊教育教研员数                     |
      | 招收残疾学生                 | admits_disabled_pupils          | admits pupils with disabilities                       | 学校               |      | 是否 |      |        | 特殊教育学校和有随班就读学生的普通学校填是             |
      | 特殊教育应训教师数           | special_training_due            | teachers due for special education training           | 学校               | 人   | 整数 | 0..  |        | 本年应参加特殊教育培训的校长和教师数                   |
      | 特殊教育参训教师数           | special_training_done           | teachers trained in special education                 | 学校               | 人   | 整数 | 0..  |        | 其中已参加的人数                                       |
      | 特殊教育融合幼儿园数         | inclusive_special_kindergartens | inclusive kindergartens of special education          | 旗县、盟市         | 所   | 整数 | 0..  | 求和   | 建成的特殊教育融合幼儿园数                             |
      | 在校残疾学生数               | disabled_pupils                 | pupils with disabilities                              | 旗县、盟市         | 人   | 整数 | 0..  | 求和   | 学年初各学段在特教学校、随班就读和送教上门的残疾学生数 |
      | 有个别化教育方案的残疾学生数 | pupils_with_own_plan            | pupils with disabilities who have a plan of their own | 旗县、盟市         | 人   | 整数 | 0..  | 求和   | 其中落实“一人一案”的人数                               |
    而且 指标
      | 名称                       | 标识                        | 英文                                                         | 层级               | 单位 | 公式                                               | 口径                                 |
      | 适龄残疾儿童义务教育入学率 | disabled_children_enrolment | compulsory enrolment of children with disabilities           | 旗县、盟市、自治区 | %    | 比例(适龄残疾儿童少年在学数, 适龄残疾儿童少年数)   | 在学人数占义务教育学龄残疾儿童少年   |
      | 特殊教育学校数             | special_schools             | special schools                                              | 旗县、盟市         | 所   | 计数(学校, 学校类别 = "特殊教育学校")              | 特殊教育学校数                       |
      | 特殊教育教师参训率         | special_training_coverage   | coverage of special education training                       | 学校               | %    | 比例(特殊教育参训教师数, 特殊教育应训教师数)       | 参训人数占应训人数                   |
      | 残疾学生一人一案覆盖率     | own_plan_coverage           | pupils with disabilities who have a plan of their own, share | 旗县、盟市         | %    | 比例(有个别化教育方案的残疾学生数, 在校残疾学生数) | 有个别化教育方案的学生占在校残疾学生 |

  场景: 适龄残疾儿童义务教育入学率
    假如 某盟市的 适龄残疾儿童少年在学数 是 970
    而且 适龄残疾儿童少年数 是 1000
    当 在2025年考核
    那么 适龄残疾儿童义务教育入学率 是 97%

  场景: 适龄残疾儿童义务教育入学率，分母为零时为空
    假如 某盟市的 适龄残疾儿童少年在学数 是 0
    而且 适龄残疾儿童少年数 是 0
    当 在2025年考核
    那么 适龄残疾儿童义务教育入学率 为空

  场景: 适龄残疾儿童义务教育入学率，缺数据时为空
    假如 某盟市的 适龄残疾儿童少年数 是 1000
    当 在2025年考核
    那么 适龄残疾儿童义务教育入学率 为空

  场景: 特殊教育教师参训率
    假如 某学校的 特殊教育参训教师数 是 19
    而且 特殊教育应训教师数 是 20
    当 在2025年考核
    那么 特殊教育教师参训率 是 95%

  场景: 特殊教育教师参训率，分母为零时为空
    假如 某学校的 特殊教育参训教师数 是 0
    而且 特殊教育应训教师数 是 0
    当 在2025年考核
    那么 特殊教育教师参训率 为空

  场景: 特殊教育教师参训率，缺数据时为空
    假如 某学校的 特殊教育应训教师数 是 20
    当 在2025年考核
    那么 特殊教育教师参训率 为空

  场景: 特殊教育学校数
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别     |
      | 学校 | a      | 150622   | 特殊教育学校 |
      | 学校 | b      | 150622   | 中小学       |
      | 旗县 | 150622 | 150600   |              |
    当 在2025年考核
    那么 特殊教育学校数 是 1

  场景: 特殊教育学校数，比别的学校多
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别     |
      | 学校 | a      | 150622   | 特殊教育学校 |
      | 学校 | b      | 150622   | 特殊教育学校 |
      | 学校 | c      | 150622   | 中小学       |
      | 旗县 | 150622 | 150600   |              |
    当 在2025年考核
    那么 特殊教育学校数 是 2

  场景: 特殊教育学校数，有学校没报类别时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别     |
      | 学校 | a      | 150622   | 特殊教育学校 |
      | 学校 | b      | 150622   |              |
      | 旗县 | 150622 | 150600   |              |
    当 在2025年考核
    那么 特殊教育学校数 为空

  场景: 残疾学生一人一案覆盖率
    假如 某旗县的 有个别化教育方案的残疾学生数 是 19
    而且 在校残疾学生数 是 20
    当 在2025年考核
    那么 残疾学生一人一案覆盖率 是 95%

  场景: 残疾学生一人一案覆盖率，分母为零时为空
    假如 某旗县的 有个别化教育方案的残疾学生数 是 0
    而且 在校残疾学生数 是 0
    当 在2025年考核
    那么 残疾学生一人一案覆盖率 为空

  场景: 残疾学生一人一案覆盖率，缺数据时为空
    假如 某旗县的 在校残疾学生数 是 20
    当 在2025年考核
    那么 残疾学生一人一案覆盖率 为空
