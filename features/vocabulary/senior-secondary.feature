# language: zh-CN
功能: 普通高中教育

  背景:
    假如 数据项
      | 名称                         | 标识                             | 英文                                                           | 层级               | 单位 | 类型 | 范围               | 汇总 | 口径                                                             |
      | 高中阶段毛入学率             | senior_secondary_gross_enrolment | gross enrolment in senior secondary education                  | 旗县、盟市、自治区 | %    | 数值 | 0..                |      | 高中阶段在校学生数与十五至十七周岁人口之比，可超过100%           |
      | 普通高中在校生数             | general_senior_pupils            | pupils of general senior secondary schools                     | 旗县、盟市、自治区 | 人   | 整数 | 0..                | 求和 | 学年初普通高中在校学生数                                         |
      | 普通高中评估等级             | senior_secondary_grade           | regional grade of a senior secondary school                    | 学校               |      | 类别 | 未评定、优质、示范 |      | 自治区评定的等级，示范校同时是优质校；没有高中部的中小学填未评定 |
      | 普通高中专任教师数           | general_senior_teachers          | teachers of general senior secondary schools                   | 旗县、盟市、自治区 | 人   | 整数 | 0..                | 求和 | 学年初普通高中专任教师数                                         |
      | 研究生学历普通高中专任教师数 | postgraduate_senior_teachers     | general senior secondary teachers with a postgraduate degree   | 旗县、盟市、自治区 | 人   | 整数 | 0..                | 求和 | 其中取得研究生学历的人数                                         |
      | 大规模普通高中数             | oversized_senior_schools         | oversized general senior secondary schools                     | 旗县、盟市         | 所   | 整数 | 0..                | 求和 | 按国家和自治区规定认定的大规模普通高中数                         |
      | 实施新课程新教材             | new_curriculum                   | teaches the new curriculum                                     | 学校               |      | 是否 |                    |      | 普通高中各年级都已实施新课程、使用新教材                         |
      | 推行选课走班                 | elective_classes                 | pupils choose courses and change classes                       | 学校               |      | 是否 |                    |      | 普通高中已推行选课走班教学                                       |
      | 高考考生数                   | college_exam_candidates          | candidates of the college entrance examination                 | 旗县、盟市         | 人   | 整数 | 0..                | 求和 | 本年参加高考的普通高中毕业生数                                   |
      | 本科上线考生数               | above_bachelor_line              | candidates above the bachelor line                             | 旗县、盟市         | 人   | 整数 | 0..                | 求和 | 其中达到本科录取控制线的人数                                     |
      | 一本上线考生数               | above_first_line                 | candidates above the first line                                | 旗县、盟市         | 人   | 整数 | 0..                | 求和 | 其中达到一本录取控制线的人数，合并批次后按特殊类型招生控制线     |
      | 普通高中录取控制线           | senior_admission_line            | admission line of general senior secondary schools             | 旗县               | 分   | 数值 | 0..                |      | 本年普通高中最低录取控制分数，满分改变时按同一满分折算           |
      | 初中毕业生数                 | junior_graduates                 | graduates of junior secondary schools                          | 旗县、盟市         | 人   | 整数 | 0..                | 求和 | 本年初中毕业生数                                                 |
      | 普通高中招生数               | senior_intake                    | intake of general senior secondary schools                     | 旗县、盟市         | 人   | 整数 | 0..                | 求和 | 本年普通高中新高一招生数                                         |
      | 县域优质高中数               | county_quality_seniors           | quality county senior secondary schools                        | 旗县、盟市         | 所   | 整数 | 0..                | 求和 | 达到县域优质高中要求的普通高中数                                 |
      | 薄弱县域高中数               | weak_county_seniors              | weak county senior secondary schools                           | 旗县、盟市         | 所   | 整数 | 0..                | 求和 | 认定为薄弱的县域普通高中数                                       |
      | 受托管帮扶薄弱县域高中数     | mentored_weak_seniors            | weak county senior secondary schools mentored                  | 旗县、盟市         | 所   | 整数 | 0..                | 求和 | 其中由示范高中托管帮扶的所数                                     |
      | 高考双一流录取人数           | double_first_class_admissions    | pupils admitted to double first-class universities or subjects | 旗县               | 人   | 整数 | 0..                |      | 本年高考被“双一流”大学或专业录取的人数                           |
    而且 指标
      | 名称                         | 标识                              | 英文                                                                | 层级               | 单位 | 公式                                                                                                                                                        | 口径                             |
      | 优质普通高中比例             | quality_senior_secondary_share    | share of quality senior secondary schools                           | 旗县、盟市         | %    | 比例(计数(学校, 学校类别 = "中小学" 且 (普通高中评估等级 = "优质" 或 普通高中评估等级 = "示范")), 计数(学校, 学校类别 = "中小学" 且 举办普通高中教育 = 是)) | 优质和示范校占办有普通高中的学校 |
      | 示范性普通高中比例           | model_senior_secondary_share      | share of model senior secondary schools                             | 旗县、盟市         | %    | 比例(计数(学校, 学校类别 = "中小学" 且 普通高中评估等级 = "示范"), 计数(学校, 学校类别 = "中小学" 且 举办普通高中教育 = 是))                                | 示范校占办有普通高中的学校       |
      | 普通高中研究生学历教师比例   | postgraduate_senior_teacher_share | general senior secondary teachers with a postgraduate degree, share | 旗县、盟市、自治区 | %    | 比例(研究生学历普通高中专任教师数, 普通高中专任教师数)                                                                                                      | 研究生学历教师占普通高中专任教师 |
      | 普通高中大班额数             | large_senior_classes              | large classes in general senior secondary schools                   | 学校、旗县、盟市   | 个   | 计数(班级, 学段 = "普通高中" 且 班级人数 ≥ 56人)                                                                                                            | 普通高中56人以上的班数           |
      | 高考本科上线率               | bachelor_line_share               | candidates above the bachelor line, share                           | 旗县、盟市         | %    | 比例(本科上线考生数, 高考考生数)                                                                                                                            | 达到本科线的人数占高考考生       |
      | 高考一本上线率               | first_line_share                  | candidates above the first line, share                              | 旗县、盟市         | %    | 比例(一本上线考生数, 高考考生数)                                                                                                                            | 达到一本线的人数占高考考生       |
      | 普通高中招生占初中毕业生比例 | senior_intake_share               | intake of general senior secondary schools as a share of graduates  | 旗县、盟市         | %    | 比例(普通高中招生数, 初中毕业生数)                                                                                                                          | 普通高中招生数占本年初中毕业生   |
      | 薄弱县域高中托管帮扶覆盖率   | weak_senior_mentoring             | coverage of mentoring of weak county schools                        | 旗县、盟市         | %    | 比例(受托管帮扶薄弱县域高中数, 薄弱县域高中数)                                                                                                              | 受托管帮扶的所数占薄弱县域高中   |

  场景: 优质和示范普通高中比例
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别 | 举办普通高中教育 | 普通高中评估等级 |
      | 学校 | a      | 150602   | 中小学   | 是               | 示范             |
      | 学校 | b      | 150602   | 中小学   | 是               | 优质             |
      | 学校 | c      | 150602   | 中小学   | 是               | 未评定           |
      | 学校 | d      | 150602   | 中小学   | 是               | 优质             |
      | 学校 | e      | 150602   | 中小学   | 否               | 未评定           |
      | 学校 | f      | 150602   | 幼儿园   |                  |                  |
      | 旗县 | 150602 | 150600   |          |                  |                  |
    当 在2025年考核
    那么 优质普通高中比例 是 75%
    而且 示范性普通高中比例 是 25%

  场景: 有学校没报等级时，比例为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别 | 举办普通高中教育 | 普通高中评估等级 |
      | 学校 | a      | 150602   | 中小学   | 是               | 示范             |
      | 学校 | b      | 150602   | 中小学   | 是               | 优质             |
      | 学校 | c      | 150602   | 中小学   | 是               |                  |
      | 学校 | d      | 150602   | 中小学   | 是               | 优质             |
      | 学校 | e      | 150602   | 中小学   | 否               | 未评定           |
      | 学校 | f      | 150602   | 幼儿园   |                  |                  |
      | 旗县 | 150602 | 150600   |          |                  |                  |
    当 在2025年考核
    那么 优质普通高中比例 为空
    而且 示范性普通高中比例 为空

  场景: 没有普通高中时，比例为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别 | 举办普通高中教育 | 普通高中评估等级 |
      | 学校 | e      | 150602   | 中小学   | 否               | 未评定           |
      | 旗县 | 150602 | 150600   |          |                  |                  |
    当 在2025年考核
    那么 优质普通高中比例 为空
    而且 示范性普通高中比例 为空

  场景: 普通高中研究生学历教师比例
    假如 某盟市的 研究生学历普通高中专任教师数 是 3
    而且 普通高中专任教师数 是 20
    当 在2025年考核
    那么 普通高中研究生学历教师比例 是 15%

  场景: 普通高中研究生学历教师比例，分母为零时为空
    假如 某盟市的 研究生学历普通高中专任教师数 是 0
    而且 普通高中专任教师数 是 0
    当 在2025年考核
    那么 普通高中研究生学历教师比例 为空

  场景: 普通高中研究生学历教师比例，缺数据时为空
    假如 某盟市的 普通高中专任教师数 是 20
    当 在2025年考核
    那么 普通高中研究生学历教师比例 为空

  场景: 普通高中大班额数
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学段     | 班级人数 |
      | 班级 | a1     | a        | 普通高中 | 56       |
      | 班级 | a2     | a        | 普通高中 | 55       |
      | 班级 | a3     | a        | 普通高中 | 60       |
      | 班级 | a4     | a        | 初中     | 60       |
      | 学校 | a      | 152502   |          |          |
      | 旗县 | 152502 | 152500   |          |          |
    当 在2025年考核
    那么 普通高中大班额数 是 2

  场景: 普通高中大班额数，有班级没报时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学段     | 班级人数 |
      | 班级 | a1     | a        | 普通高中 | 56       |
      | 班级 | a2     | a        | 普通高中 |          |
      | 学校 | a      | 152502   |          |          |
      | 旗县 | 152502 | 152500   |          |          |
    当 在2025年考核
    那么 普通高中大班额数 为空

  场景: 高考本科上线率
    假如 某旗县的 本科上线考生数 是 331
    而且 高考考生数 是 500
    当 在2025年考核
    那么 高考本科上线率 是 66.2%

  场景: 高考本科上线率，分母为零时为空
    假如 某旗县的 本科上线考生数 是 0
    而且 高考考生数 是 0
    当 在2025年考核
    那么 高考本科上线率 为空

  场景: 高考本科上线率，缺数据时为空
    假如 某旗县的 高考考生数 是 500
    当 在2025年考核
    那么 高考本科上线率 为空

  场景: 高考一本上线率
    假如 某旗县的 一本上线考生数 是 60
    而且 高考考生数 是 500
    当 在2025年考核
    那么 高考一本上线率 是 12%

  场景: 高考一本上线率，分母为零时为空
    假如 某旗县的 一本上线考生数 是 0
    而且 高考考生数 是 0
    当 在2025年考核
    那么 高考一本上线率 为空

  场景: 高考一本上线率，缺数据时为空
    假如 某旗县的 高考考生数 是 500
    当 在2025年考核
    那么 高考一本上线率 为空

  场景: 普通高中招生占初中毕业生比例
    假如 某旗县的 普通高中招生数 是 600
    而且 初中毕业生数 是 1000
    当 在2025年考核
    那么 普通高中招生占初中毕业生比例 是 60%

  场景: 普通高中招生占初中毕业生比例，分母为零时为空
    假如 某旗县的 普通高中招生数 是 0
    而且 初中毕业生数 是 0
    当 在2025年考核
    那么 普通高中招生占初中毕业生比例 为空

  场景: 普通高中招生占初中毕业生比例，缺数据时为空
    假如 某旗县的 初中毕业生数 是 1000
    当 在2025年考核
    那么 普通高中招生占初中毕业生比例 为空

  场景: 薄弱县域高中托管帮扶覆盖率
    假如 某盟市的 受托管帮扶薄弱县域高中数 是 6
    而且 薄弱县域高中数 是 8
    当 在2025年考核
    那么 薄弱县域高中托管帮扶覆盖率 是 75%

  场景: 薄弱县域高中托管帮扶覆盖率，分母为零时为空
    假如 某盟市的 受托管帮扶薄弱县域高中数 是 0
    而且 薄弱县域高中数 是 0
    当 在2025年考核
    那么 薄弱县域高中托管帮扶覆盖率 为空

  场景: 薄弱县域高中托管帮扶覆盖率，缺数据时为空
    假如 某盟市的 薄弱县域高中数 是 8
    当 在2025年考核
    那么 薄弱县域高中托管帮扶覆盖率 为空
