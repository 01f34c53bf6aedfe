# language: zh-CN
功能: 职业教育与高等教育

  背景:
    假如 数据项
      | 名称                     | 标识                                   | 英文                                                           | 层级               | 单位 | 类型 | 范围 | 汇总 | 口径                                               |
      | 中职在校生数             | secondary_vocational_students          | students of secondary vocational schools                       | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 学年初中等职业学校全日制在校生数                   |
      | 高等教育在校生数         | higher_education_students              | students in higher education                                   | 盟市、自治区       | 人   | 整数 | 0..  | 求和 | 学年初普通本科和高职院校在校生数                   |
      | 自治区优质中职学校数     | quality_secondary_vocational_schools   | regional quality secondary vocational schools                  | 盟市               | 所   | 整数 | 0..  |      | 经自治区认定的优质中职学校数                       |
      | 新建中职学校数           | new_secondary_vocational_schools       | newly built secondary vocational schools                       | 盟市               | 所   | 整数 | 0..  |      | 2021年起新建成的中职学校累计数                     |
      | 新建高职院校数           | new_higher_vocational_colleges         | newly built higher vocational colleges                         | 盟市               | 所   | 整数 | 0..  |      | 2021年起新建成的高职院校累计数                     |
      | 本科院校数               | undergraduate_institutions             | undergraduate institutions                                     | 盟市               | 所   | 整数 | 0..  |      | 经批准设立的本科层次院校数，高职举办的本科专业不算 |
      | 自治区双高院校数         | regional_double_high_colleges          | colleges in the regional double-high plan                      | 盟市               | 所   | 整数 | 0..  |      | 入选自治区高水平高职学校和专业建设计划的院校数     |
      | 自治区双一流高校数       | regional_double_first_class            | regional double first-class universities                       | 盟市               | 所   | 整数 | 0..  |      | 入选自治区一流大学或一流学科建设的高校数           |
      | 自治区双一流本科专业数   | regional_first_class_programmes        | regional first-class undergraduate programmes                  | 盟市               | 个   | 整数 | 0..  |      | 入选自治区一流本科专业建设的专业数                 |
      | 中职优质专业数           | quality_secondary_programmes           | quality programmes of secondary vocational schools             | 盟市               | 个   | 整数 | 0..  |      | 经认定的中职优质专业数                             |
      | 自治区高水平专业群数     | regional_high_level_programmes         | regional high-level programme groups                           | 盟市               | 个   | 整数 | 0..  |      | 自治区认定的高水平专业或专业群数                   |
      | 国家高水平专业群数       | national_high_level_programmes         | national high-level programme groups                           | 盟市               | 个   | 整数 | 0..  |      | 国家认定的高水平专业或专业群数                     |
      | 中职专业教师数           | secondary_vocational_subject_teachers  | subject teachers of secondary vocational schools               | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 中职学校专业课教师数                               |
      | 中职双师型教师数         | secondary_dual_qualified_teachers      | dual-qualified teachers of secondary vocational schools        | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 其中认定为双师型的教师数                           |
      | 高职专业教师数           | higher_vocational_subject_teachers     | subject teachers of higher vocational colleges                 | 盟市、自治区       | 人   | 整数 | 0..  | 求和 | 高职院校专业课教师数                               |
      | 高职双师型教师数         | higher_dual_qualified_teachers         | dual-qualified teachers of higher vocational colleges          | 盟市、自治区       | 人   | 整数 | 0..  | 求和 | 其中认定为双师型的教师数                           |
      | 职业院校专任教师数       | vocational_teachers                    | full-time teachers of vocational institutions                  | 盟市               | 人   | 整数 | 0..  |      | 中职学校和高职院校专任教师数                       |
      | 职业院校兼职教师数       | vocational_part_time_teachers          | part-time teachers of vocational institutions                  | 盟市               | 人   | 整数 | 0..  |      | 聘用的行业企业等校外兼职教师数                     |
      | 职业院校毕业生数         | vocational_graduates                   | graduates of vocational institutions                           | 盟市               | 人   | 整数 | 0..  |      | 本年中职学校和高职院校毕业生数                     |
      | 双证书毕业生数           | double_certificate_graduates           | graduates with both certificates                               | 盟市               | 人   | 整数 | 0..  |      | 其中同时取得毕业证书和职业资格或技能等级证书的人数 |
      | 职业培训人次             | vocational_training_attendances        | attendances at non-degree vocational training                  | 旗县、盟市         | 人次 | 整数 | 0..  |      | 职业院校本年开展学历教育以外职业培训的人次         |
      | 职教集团数               | vocational_education_groups            | vocational education groups                                    | 盟市               | 个   | 整数 | 0..  |      | 职教集团、产教联盟数                               |
      | 综合实训基地数           | training_bases                         | comprehensive training bases                                   | 盟市               | 个   | 整数 | 0..  |      | 建成启用的职业教育综合实训基地数                   |
      | 现代产业学院数           | industry_colleges                      | modern industry colleges                                       | 盟市               | 所   | 整数 | 0..  |      | 建成的现代产业学院数                               |
      | 区内合作院校数           | partners_within_region                 | partner institutions within the region                         | 盟市               | 所   | 整数 | 0..  |      | 与本市职业院校签约合作的区内院校数                 |
      | 区外合作院校数           | partners_outside_region                | partner institutions outside the region                        | 盟市               | 所   | 整数 | 0..  |      | 与本市职业院校签约合作的区外院校数                 |
      | 中高职本科贯通培养项目数 | vocational_bachelor_tracks             | tracks from secondary vocational to bachelor                   | 盟市               | 个   | 整数 | 0..  |      | 获批的中职、高职、本科贯通培养项目数               |
      | 高职在校生数             | higher_vocational_students             | students of higher vocational education                        | 盟市               | 人   | 整数 | 0..  |      | 学年初高等职业教育全日制在校生数                   |
      | 提质培优项目中职学校数   | quality_project_schools                | secondary vocational schools in the quality project            | 盟市               | 所   | 整数 | 0..  |      | 实施提质培优项目的中职学校数                       |
      | 双优建设中职学校数       | double_excellent_schools               | secondary vocational schools in the double-excellent project   | 盟市               | 所   | 整数 | 0..  |      | 列入优质中职学校和优质专业建设的学校数             |
      | 自治区级示范中职学校数   | regional_model_vocational_schools      | regional model secondary vocational schools                    | 盟市               | 所   | 整数 | 0..  |      | 建成的自治区级示范中职学校数                       |
      | 县域标准化中职学校数     | standardised_county_vocational_schools | standardised county vocational schools                         | 盟市               | 所   | 整数 | 0..  |      | 建成的县域标准化中职学校数                         |
      | 职普融通试点学校数       | integrated_pilot_schools               | pilot schools of vocational and general education              | 盟市               | 所   | 整数 | 0..  |      | 培育的职业教育与普通教育融通试点学校数             |
      | 自治区级骨干特色专业数   | regional_key_programmes                | regional key programmes                                        | 盟市               | 个   | 整数 | 0..  |      | 建成的自治区级骨干专业、特色专业数                 |
      | 盟市级技能大师工作室数   | skill_master_studios                   | skill master studios of the prefecture                         | 盟市               | 个   | 整数 | 0..  |      | 创建的盟市级技能大师工作室数                       |
      | 证书试点专业数           | certificate_pilot_programmes           | pilot programmes of skill certificates                         | 盟市               | 个   | 整数 | 0..  |      | 开展“1+X”证书试点的专业数                          |
      | 证书试点培训人数         | certificate_pilot_trainees             | people trained for skill certificates                          | 盟市               | 人   | 整数 | 0..  |      | 本年“1+X”证书试点培训的人数                        |
      | 中职专任教师数           | secondary_vocational_teachers          | full-time teachers of secondary vocational schools             | 盟市               | 人   | 整数 | 0..  |      | 学年初中职学校专任教师数                           |
      | 参加培训中职专任教师数   | trained_secondary_vocational_teachers  | full-time teachers of secondary vocational schools trained     | 盟市               | 人   | 整数 | 0..  |      | 其中本年参加培训的人数                             |
      | 鲁班工坊数               | luban_workshops                        | Luban workshops                                                | 盟市               | 个   | 整数 | 0..  |      | 在境外建成的鲁班工坊数                             |
      | 援外培训基地数           | foreign_aid_training_bases             | training bases of foreign aid                                  | 盟市               | 个   | 整数 | 0..  |      | 建成的援外培训基地数                               |
      | 蒙古国留学生数           | mongolian_students                     | students from Mongolia                                         | 盟市               | 人   | 整数 | 0..  |      | 学年初在本地就读的蒙古国留学生数                   |
      | 中职毕业生升入本科人数   | vocational_to_bachelor                 | secondary vocational graduates admitted to bachelor programmes | 旗县、盟市         | 人   | 整数 | 0..  | 求和 | 本年升入本科的中职毕业生数                         |
    而且 指标
      | 名称                         | 标识                                 | 英文                                                              | 层级               | 单位    | 公式                                                                       | 口径                                 |
      | 中职在校生占高中阶段比例     | vocational_share_of_senior_secondary | vocational share of senior secondary students                     | 旗县、盟市、自治区 | %       | 比例(中职在校生数, 中职在校生数 + 普通高中在校生数)                        | 中职在校生占中职与普通高中在校生之和 |
      | 职业教育在校生数             | vocational_and_higher_students       | students in vocational and higher education                       | 盟市               | 人      | 中职在校生数 + 高等教育在校生数                                            | 中职与高等教育在校生之和             |
      | 中职双师型教师占专业教师比例 | secondary_dual_qualified_share       | dual-qualified share of secondary vocational subject teachers     | 旗县、盟市、自治区 | %       | 比例(中职双师型教师数, 中职专业教师数)                                     | 双师型教师占中职专业课教师           |
      | 高职双师型教师占专业教师比例 | higher_dual_qualified_share          | dual-qualified share of higher vocational subject teachers        | 盟市、自治区       | %       | 比例(高职双师型教师数, 高职专业教师数)                                     | 双师型教师占高职专业课教师           |
      | 职业院校双师型教师占比       | dual_qualified_share                 | dual-qualified share of vocational subject teachers               | 盟市               | %       | 比例(中职双师型教师数 + 高职双师型教师数, 中职专业教师数 + 高职专业教师数) | 双师型教师占中高职专业课教师         |
      | 职业院校兼职教师占比         | part_time_teacher_share              | share of part-time teachers in vocational institutions            | 盟市               | %       | 比例(职业院校兼职教师数, 职业院校专任教师数 + 职业院校兼职教师数)          | 兼职教师占专兼职教师总数             |
      | 职业院校毕业生双证书获取率   | double_certificate_rate              | graduates with both certificates, share                           | 盟市               | %       | 比例(双证书毕业生数, 职业院校毕业生数)                                     | 取得双证书的毕业生占全部毕业生       |
      | 职业培训规模与在校生规模之比 | training_to_students_ratio           | training attendances per student                                  | 盟市               | 人次/人 | 职业培训人次 ÷ 职业教育在校生数                                            | 每名在校生对应的培训人次             |
      | 中职专任教师培训率           | secondary_vocational_training_share  | full-time teachers of secondary vocational schools trained, share | 盟市               | %       | 比例(参加培训中职专任教师数, 中职专任教师数)                               | 参加培训的人数占中职专任教师         |

  场景: 中职在校生占高中阶段比例
    假如 某盟市的 中职在校生数 是 4000
    而且 普通高中在校生数 是 6000
    当 在2025年考核
    那么 中职在校生占高中阶段比例 是 40%

  场景: 中职在校生占高中阶段比例，缺数据时为空
    假如 某盟市的 中职在校生数 是 4000
    当 在2025年考核
    那么 中职在校生占高中阶段比例 为空

  场景: 中职在校生占高中阶段比例，分母为零时为空
    假如 某盟市的 中职在校生数 是 0
    而且 普通高中在校生数 是 0
    当 在2025年考核
    那么 中职在校生占高中阶段比例 为空

  场景: 职业教育在校生数
    假如 某盟市的 中职在校生数 是 17000
    而且 高等教育在校生数 是 34000
    当 在2025年考核
    那么 职业教育在校生数 是 51000

  场景: 职业教育在校生数，缺数据时为空
    假如 某盟市的 中职在校生数 是 17000
    当 在2025年考核
    那么 职业教育在校生数 为空

  场景: 中职双师型教师占专业教师比例
    假如 某盟市的 中职双师型教师数 是 60
    而且 中职专业教师数 是 100
    当 在2025年考核
    那么 中职双师型教师占专业教师比例 是 60%

  场景: 中职双师型教师占专业教师比例，分母为零时为空
    假如 某盟市的 中职双师型教师数 是 0
    而且 中职专业教师数 是 0
    当 在2025年考核
    那么 中职双师型教师占专业教师比例 为空

  场景: 中职双师型教师占专业教师比例，缺数据时为空
    假如 某盟市的 中职专业教师数 是 100
    当 在2025年考核
    那么 中职双师型教师占专业教师比例 为空

  场景: 高职双师型教师占专业教师比例
    假如 某自治区的 高职双师型教师数 是 70
    而且 高职专业教师数 是 100
    当 在2025年考核
    那么 高职双师型教师占专业教师比例 是 70%

  场景: 高职双师型教师占专业教师比例，分母为零时为空
    假如 某自治区的 高职双师型教师数 是 0
    而且 高职专业教师数 是 0
    当 在2025年考核
    那么 高职双师型教师占专业教师比例 为空

  场景: 高职双师型教师占专业教师比例，缺数据时为空
    假如 某自治区的 高职专业教师数 是 100
    当 在2025年考核
    那么 高职双师型教师占专业教师比例 为空

  场景: 职业院校双师型教师占比
    假如 某盟市的 中职双师型教师数 是 60
    而且 中职专业教师数 是 100
    而且 高职双师型教师数 是 30
    而且 高职专业教师数 是 50
    当 在2025年考核
    那么 职业院校双师型教师占比 是 60%

  场景: 职业院校双师型教师占比，缺数据时为空
    假如 某盟市的 中职双师型教师数 是 60
    而且 中职专业教师数 是 100
    而且 高职双师型教师数 是 30
    当 在2025年考核
    那么 职业院校双师型教师占比 为空

  场景: 职业院校双师型教师占比，分母为零时为空
    假如 某盟市的 中职双师型教师数 是 0
    而且 中职专业教师数 是 0
    而且 高职双师型教师数 是 0
    而且 高职专业教师数 是 0
    当 在2025年考核
    那么 职业院校双师型教师占比 为空

  场景: 职业院校兼职教师占比
    假如 某盟市的 职业院校兼职教师数 是 20
    而且 职业院校专任教师数 是 80
    当 在2025年考核
    那么 职业院校兼职教师占比 是 20%

  场景: 职业院校兼职教师占比，缺数据时为空
    假如 某盟市的 职业院校兼职教师数 是 20
    当 在2025年考核
    那么 职业院校兼职教师占比 为空

  场景: 职业院校兼职教师占比，分母为零时为空
    假如 某盟市的 职业院校兼职教师数 是 0
    而且 职业院校专任教师数 是 0
    当 在2025年考核
    那么 职业院校兼职教师占比 为空

  场景: 职业院校毕业生双证书获取率
    假如 某盟市的 双证书毕业生数 是 85
    而且 职业院校毕业生数 是 100
    当 在2025年考核
    那么 职业院校毕业生双证书获取率 是 85%

  场景: 职业院校毕业生双证书获取率，分母为零时为空
    假如 某盟市的 双证书毕业生数 是 0
    而且 职业院校毕业生数 是 0
    当 在2025年考核
    那么 职业院校毕业生双证书获取率 为空

  场景: 职业院校毕业生双证书获取率，缺数据时为空
    假如 某盟市的 职业院校毕业生数 是 100
    当 在2025年考核
    那么 职业院校毕业生双证书获取率 为空

  场景: 职业培训规模与在校生规模之比
    假如 某盟市的 职业培训人次 是 102000
    而且 中职在校生数 是 17000
    而且 高等教育在校生数 是 34000
    当 在2025年考核
    那么 职业培训规模与在校生规模之比 是 2

  场景: 职业培训规模与在校生规模之比，缺数据时为空
    假如 某盟市的 职业培训人次 是 102000
    而且 中职在校生数 是 17000
    当 在2025年考核
    那么 职业培训规模与在校生规模之比 为空

  场景: 职业培训规模与在校生规模之比，分母为零时为空
    假如 某盟市的 职业培训人次 是 100
    而且 中职在校生数 是 0
    而且 高等教育在校生数 是 0
    当 在2025年考核
    那么 职业培训规模与在校生规模之比 为空

  场景: 中职专任教师培训率
    假如 某盟市的 参加培训中职专任教师数 是 16
    而且 中职专任教师数 是 20
    当 在2025年考核
    那么 中职专任教师培训率 是 80%

  场景: 中职专任教师培训率，分母为零时为空
    假如 某盟市的 参加培训中职专任教师数 是 0
    而且 中职专任教师数 是 0
    当 在2025年考核
    那么 中职专任教师培训率 为空

  场景: 中职专任教师培训率，缺数据时为空
    假如 某盟市的 中职专任教师数 是 20
    当 在2025年考核
    那么 中职专任教师培训率 为空
