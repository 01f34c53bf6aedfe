# language: zh-CN
功能: 教师队伍

  背景:
    假如 数据项
      | 名称                               | 标识                                | 英文                                                                    | 层级                     | 单位 | 类型 | 范围 | 汇总   | 口径                                                               |
      | 普通话二级乙等以上教师数           | mandarin_qualified_teachers         | teachers with Mandarin level 2B or above                                | 学校、旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和   | 专任教师中普通话水平达到二级乙等以上的人数                         |
      | 语文教师数                         | chinese_teachers                    | teachers of Chinese                                                     | 旗县、盟市、自治区       | 人   | 整数 | 0..  | 求和   | 学年初语文学科专任教师数                                           |
      | 普通话二级甲等以上语文教师数       | mandarin_qualified_chinese_teachers | teachers of Chinese with Mandarin level 2A or above                     | 旗县、盟市、自治区       | 人   | 整数 | 0..  | 求和   | 语文教师中普通话水平达到二级甲等以上的人数                         |
      | 民族语言授课教师数                 | ethnic_language_teachers            | teachers teaching in an ethnic language                                 | 旗县、盟市、自治区       | 人   | 整数 | 0..  | 求和   | 学年初民族语言授课教师数                                           |
      | 普通话达标民族语言授课教师数       | mandarin_qualified_ethnic_teachers  | teachers teaching in an ethnic language with Mandarin level 2B or above | 旗县、盟市、自治区       | 人   | 整数 | 0..  | 求和   | 其中普通话水平达到二级乙等以上的人数                               |
      | 教师最少培训学时                   | least_training_hours                | fewest training hours of a teacher in five years                        | 学校                     | 学时 | 数值 | 0..  |        | 近五年一直在岗的专任教师中，五年累计培训学时最少者的学时           |
      | 实施县管校聘                       | county_managed_teachers             | teachers are managed by the county and employed by the school           | 旗县                     |      | 是否 |      |        | 教师由县级统一管理、学校聘用的改革已经实施                         |
      | 开展校长教师交流轮岗               | rotates_teachers                    | rotates heads and teachers among schools                                | 旗县                     |      | 是否 |      |        | 本年县域内有义务教育校长、教师交流轮岗                             |
      | 小学专任教师数                     | primary_teachers                    | primary school teachers                                                 | 旗县、盟市、自治区       | 人   | 整数 | 0..  | 求和   | 学年初小学专任教师数                                               |
      | 本科以上学历小学专任教师数         | graduate_primary_teachers           | primary teachers with a bachelor's degree or above                      | 旗县、盟市、自治区       | 人   | 整数 | 0..  | 求和   | 其中取得本科及以上学历的人数                                       |
      | 初中专任教师数                     | junior_teachers                     | junior secondary school teachers                                        | 旗县、盟市、自治区       | 人   | 整数 | 0..  | 求和   | 学年初初中专任教师数                                               |
      | 研究生学历初中专任教师数           | postgraduate_junior_teachers        | junior secondary teachers with a postgraduate degree                    | 旗县、盟市、自治区       | 人   | 整数 | 0..  | 求和   | 其中取得研究生学历的人数                                           |
      | 符合交流条件教师数                 | teachers_due_for_rotation           | teachers due for rotation                                               | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 本学年义务教育学校符合交流轮岗条件的教师数                         |
      | 交流轮岗教师数                     | rotated_teachers                    | teachers rotated                                                        | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 本学年实际交流轮岗的教师数                                         |
      | 交流轮岗骨干教师数                 | rotated_key_teachers                | key teachers rotated                                                    | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 其中骨干教师人数                                                   |
      | 五级教师培训体系                   | five_tier_training                  | five tiers of teachers' training                                        | 盟市                     |      | 是否 |      |        | 国家、自治区、盟市、旗县、学校五级教师培训体系已构建               |
      | 新招聘幼儿园教师数                 | new_kindergarten_teachers           | new kindergarten teachers                                               | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 本年新招聘的幼儿园教师数                                           |
      | 学前专业专科以上新招聘幼儿园教师数 | qualified_new_kindergarten_teachers | new kindergarten teachers with a college degree in preschool education  | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 其中学前专业大专以上学历人数                                       |
      | 新招聘中小学教师数                 | new_basic_teachers                  | new school teachers                                                     | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 本年新招聘的中小学教师数                                           |
      | 本科以上学历新招聘中小学教师数     | graduate_new_basic_teachers         | new school teachers with a bachelor's degree or above                   | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 其中本科及以上学历的人数                                           |
      | 持证新招聘中小学教师数             | certified_new_basic_teachers        | new school teachers with a certificate                                  | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 其中持有相应学科教师资格证书的人数                                 |
      | 部属师范毕业新招聘教师数           | national_normal_new_teachers        | new teachers from national normal universities                          | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 本年新招聘教师中教育部直属师范院校毕业生数                         |
      | 三十五岁以下后备校园长数           | young_reserve_heads                 | reserve heads up to the age of 35                                       | 旗县、盟市               | 人   | 整数 | 0..  | 不汇总 | 后备校（园）长人才库中35周岁以下的人数                             |
      | 配齐音体美心理教师                 | arts_teachers_complete              | has all teachers of music, sports, arts and psychology                  | 学校                     |      | 是否 |      |        | 体育、音乐、美术、心理健康教师达到优质均衡督导评估规定的数量和比例 |
      | 自治区级领航校长数                 | regional_leading_heads              | regional leading heads                                                  | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 2021年起培养的自治区级领航校长累计人数                             |
      | 盟市级名校长数                     | prefecture_famous_heads             | famous heads of the prefecture                                          | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 2021年起培养的盟市级名校（园）长累计人数                           |
      | 盟市级名教师数                     | prefecture_famous_teachers          | famous teachers of the prefecture                                       | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 2021年起培养的盟市级名教师累计人数                                 |
      | 教师招聘计划数                     | planned_new_teachers                | new teachers planned                                                    | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 本年教师招聘计划人数                                               |
      | 班主任津贴标准                     | form_teacher_allowance              | allowance of form teachers                                              | 旗县                     | 元   | 数值 | 0..  |        | 每名班主任每月津贴，各校不同时填最低的                             |
      | 班主任工作量折算比例               | form_teacher_workload               | workload of form teachers                                               | 旗县                     | %    | 数值 | 0..  |        | 班级管理工作量折合教师标准课时工作量的比例，可超过100%             |
      | 超工作量班主任数                   | overloaded_form_teachers            | form teachers above the standard workload                               | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 折算后超过标准工作量的班主任人数                                   |
      | 获补贴超工作量班主任数             | overloaded_form_teachers_paid       | form teachers paid for extra workload                                   | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 其中得到超工作量补贴的人数                                         |
      | 建立师德师风考核制度               | ethics_assessment                   | ethics of teachers are assessed                                         | 旗县                     |      | 是否 |      |        | 师德师风考核制度已印发施行                                         |
      | 建立校长储备人选培养机制           | reserve_head_training               | reserve heads are trained                                               | 旗县                     |      | 是否 |      |        | 校长（园长）储备人选培养机制已建立                                 |
      | 教师节表彰庆祝活动次数             | teachers_day_events                 | events on teachers’ day                                                 | 旗县、盟市               | 次   | 整数 | 0..  | 不汇总 | 本级本年教师节前后开展的表彰、庆祝活动次数                         |
      | 实行中小学校长职级制               | head_grades                         | heads are graded                                                        | 旗县                     |      | 是否 |      |        | 中小学校长职级制改革已经实施                                       |
      | 实行城乡统一的教职工编制标准       | unified_post_standard               | town and country have one standard of posts                             | 旗县                     |      | 是否 |      |        | 中小学教职工编制按城乡统一的标准核定                               |
      | 建立教师编制周转池                 | teacher_post_pool                   | has a pool of teaching posts                                            | 旗县                     |      | 是否 |      |        | 教师编制“周转池”已建立，由县级统一调剂                             |
      | 符合交流条件校长教师数             | rotation_eligible_staff             | heads and teachers eligible for rotation                                | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 本年义务教育学校符合交流轮岗条件的校长、教师数                     |
      | 交流轮岗校长教师数                 | rotated_staff                       | heads and teachers rotated                                              | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 其中本年交流轮岗的校长、教师数                                     |
      | 交流轮岗优秀校长骨干教师数         | rotated_leading_staff               | outstanding heads and key teachers rotated                              | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 本年交流轮岗的优秀校长、骨干教师数                                 |
      | 名师工作室示范课次数               | master_studio_lessons               | model lessons of master studios                                         | 旗县、盟市               | 次   | 整数 | 0..  | 求和   | 本年名师工作室面向教师上示范课的次数                               |
      | 教育家型校园长数                   | educator_heads                      | heads who are educators of regional standing                            | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 2021年起培养的在自治区有影响力的教育家型校（园）长累计人数         |
      | 旗县级骨干校园长数                 | county_key_heads                    | key heads of the county                                                 | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 2021年起培养的旗县级骨干校（园）长累计人数                         |
      | 新招聘教师数                       | new_teachers                        | new teachers                                                            | 旗县、盟市               | 人   | 整数 | 0..  | 求和   | 本年新招聘教师数                                                   |
      | 自治区卓越教师数                   | regional_outstanding_teachers       | regional outstanding teachers                                           | 盟市                     | 人   | 整数 | 0..  |        | 2021年起培养的自治区卓越教师累计人数                               |
      | 核定教职工编制总数                 | approved_posts                      | posts approved                                                          | 旗县                     | 个   | 整数 | 0..  |        | 机构编制部门会同教育、财政部门核定的中小学教职工编制总数           |
      | 分配学校教职工编制数               | allotted_posts                      | posts allotted to schools                                               | 旗县                     | 个   | 整数 | 0..  |        | 教育部门分配到各学校的教职工编制合计                               |
    而且 指标
      | 名称                           | 标识                              | 英文                                                                           | 层级                     | 单位 | 公式                                                         | 口径                                       |
      | 教师普通话达标率               | mandarin_qualified_share          | teachers with Mandarin level 2B or above, share                                | 学校、旗县、盟市、自治区 | %    | 比例(普通话二级乙等以上教师数, 专任教师数)                   | 二级乙等以上教师占专任教师                 |
      | 语文教师普通话达标率           | mandarin_qualified_chinese_share  | teachers of Chinese with Mandarin level 2A or above, share                     | 旗县、盟市、自治区       | %    | 比例(普通话二级甲等以上语文教师数, 语文教师数)               | 二级甲等以上教师占语文教师                 |
      | 民族语言授课教师普通话达标率   | mandarin_qualified_ethnic_share   | teachers teaching in an ethnic language with Mandarin level 2B or above, share | 旗县、盟市、自治区       | %    | 比例(普通话达标民族语言授课教师数, 民族语言授课教师数)       | 二级乙等以上教师占民族语言授课教师         |
      | 小学本科以上学历教师比例       | graduate_primary_teacher_share    | primary teachers with a bachelor's degree, share                               | 旗县、盟市、自治区       | %    | 比例(本科以上学历小学专任教师数, 小学专任教师数)             | 本科及以上学历教师占小学专任教师           |
      | 初中研究生学历教师比例         | postgraduate_junior_teacher_share | junior secondary teachers with a postgraduate degree, share                    | 旗县、盟市、自治区       | %    | 比例(研究生学历初中专任教师数, 初中专任教师数)               | 研究生学历教师占初中专任教师               |
      | 教师交流轮岗比例               | teacher_rotation_share            | share of teachers rotated                                                      | 旗县、盟市               | %    | 比例(交流轮岗教师数, 符合交流条件教师数)                     | 交流轮岗教师占符合条件教师                 |
      | 交流教师中骨干教师比例         | rotated_key_teacher_share         | share of key teachers among those rotated                                      | 旗县、盟市               | %    | 比例(交流轮岗骨干教师数, 交流轮岗教师数)                     | 骨干教师占交流轮岗教师                     |
      | 新招聘幼儿园教师学历专业达标率 | qualified_new_kindergarten_share  | new kindergarten teachers with the required degree, share                      | 旗县、盟市               | %    | 比例(学前专业专科以上新招聘幼儿园教师数, 新招聘幼儿园教师数) | 学前教育专业大专以上者占新招聘幼儿园教师   |
      | 新招聘中小学教师本科率         | graduate_new_basic_share          | new school teachers with a bachelor's degree, share                            | 旗县、盟市               | %    | 比例(本科以上学历新招聘中小学教师数, 新招聘中小学教师数)     | 本科及以上学历者占新招聘中小学教师         |
      | 新招聘中小学教师持证率         | certified_new_basic_share         | new school teachers with a certificate, share                                  | 旗县、盟市               | %    | 比例(持证新招聘中小学教师数, 新招聘中小学教师数)             | 持有相应学科资格证者占新招聘中小学教师     |
      | 部属师范毕业生招聘比例         | national_normal_share             | new teachers from national normal universities, share                          | 旗县、盟市               | %    | 比例(部属师范毕业新招聘教师数, 新招聘教师数)                 | 部属师范院校毕业生占新招聘教师             |
      | 教师招聘计划完成率             | recruitment_plan_share            | new teachers, share of the plan                                                | 旗县、盟市               | %    | 比例(新招聘教师数, 教师招聘计划数)                           | 本年新招聘教师占招聘计划                   |
      | 超工作量班主任补贴率           | overload_pay_share                | form teachers paid for extra workload, share                                   | 旗县、盟市               | %    | 比例(获补贴超工作量班主任数, 超工作量班主任数)               | 得到补贴的人数占超工作量班主任             |
      | 校长教师交流轮岗比例           | rotated_staff_share               | heads and teachers rotated, share of those eligible                            | 旗县、盟市               | %    | 比例(交流轮岗校长教师数, 符合交流条件校长教师数)             | 交流轮岗的校长、教师占符合条件的校长、教师 |
      | 交流轮岗中优秀校长骨干教师比例 | rotated_leading_share             | outstanding heads and key teachers, share of those rotated                     | 旗县、盟市               | %    | 比例(交流轮岗优秀校长骨干教师数, 交流轮岗校长教师数)         | 优秀校长、骨干教师占交流轮岗的校长、教师   |

  场景: 教师普通话达标率
    假如 某学校的 普通话二级乙等以上教师数 是 49
    而且 专任教师数 是 50
    当 在2025年考核
    那么 教师普通话达标率 是 98%

  场景: 教师普通话达标率，分母为零时为空
    假如 某学校的 普通话二级乙等以上教师数 是 0
    而且 专任教师数 是 0
    当 在2025年考核
    那么 教师普通话达标率 为空

  场景: 教师普通话达标率，缺数据时为空
    假如 某学校的 专任教师数 是 50
    当 在2025年考核
    那么 教师普通话达标率 为空

  场景: 语文教师普通话达标率
    假如 某旗县的 普通话二级甲等以上语文教师数 是 49
    而且 语文教师数 是 50
    当 在2025年考核
    那么 语文教师普通话达标率 是 98%

  场景: 语文教师普通话达标率，分母为零时为空
    假如 某旗县的 普通话二级甲等以上语文教师数 是 0
    而且 语文教师数 是 0
    当 在2025年考核
    那么 语文教师普通话达标率 为空

  场景: 语文教师普通话达标率，缺数据时为空
    假如 某旗县的 语文教师数 是 50
    当 在2025年考核
    那么 语文教师普通话达标率 为空

  场景: 民族语言授课教师普通话达标率
    假如 某盟市的 普通话达标民族语言授课教师数 是 49
    而且 民族语言授课教师数 是 50
    当 在2025年考核
    那么 民族语言授课教师普通话达标率 是 98%

  场景: 民族语言授课教师普通话达标率，分母为零时为空
    假如 某盟市的 普通话达标民族语言授课教师数 是 0
    而且 民族语言授课教师数 是 0
    当 在2025年考核
    那么 民族语言授课教师普通话达标率 为空

  场景: 民族语言授课教师普通话达标率，缺数据时为空
    假如 某盟市的 民族语言授课教师数 是 50
    当 在2025年考核
    那么 民族语言授课教师普通话达标率 为空

  场景: 小学本科以上学历教师比例
    假如 某盟市的 本科以上学历小学专任教师数 是 19
    而且 小学专任教师数 是 20
    当 在2025年考核
    那么 小学本科以上学历教师比例 是 95%

  场景: 小学本科以上学历教师比例，分母为零时为空
    假如 某盟市的 本科以上学历小学专任教师数 是 0
    而且 小学专任教师数 是 0
    当 在2025年考核
    那么 小学本科以上学历教师比例 为空

  场景: 小学本科以上学历教师比例，缺数据时为空
    假如 某盟市的 小学专任教师数 是 20
    当 在2025年考核
    那么 小学本科以上学历教师比例 为空

  场景: 初中研究生学历教师比例
    假如 某盟市的 研究生学历初中专任教师数 是 1
    而且 初中专任教师数 是 20
    当 在2025年考核
    那么 初中研究生学历教师比例 是 5%

  场景: 初中研究生学历教师比例，分母为零时为空
    假如 某盟市的 研究生学历初中专任教师数 是 0
    而且 初中专任教师数 是 0
    当 在2025年考核
    那么 初中研究生学历教师比例 为空

  场景: 初中研究生学历教师比例，缺数据时为空
    假如 某盟市的 初中专任教师数 是 20
    当 在2025年考核
    那么 初中研究生学历教师比例 为空

  场景: 教师交流轮岗比例
    假如 某旗县的 交流轮岗教师数 是 10
    而且 符合交流条件教师数 是 100
    当 在2025年考核
    那么 教师交流轮岗比例 是 10%

  场景: 教师交流轮岗比例，分母为零时为空
    假如 某旗县的 交流轮岗教师数 是 0
    而且 符合交流条件教师数 是 0
    当 在2025年考核
    那么 教师交流轮岗比例 为空

  场景: 教师交流轮岗比例，缺数据时为空
    假如 某旗县的 符合交流条件教师数 是 100
    当 在2025年考核
    那么 教师交流轮岗比例 为空

  场景: 交流教师中骨干教师比例
    假如 某旗县的 交流轮岗骨干教师数 是 2
    而且 交流轮岗教师数 是 10
    当 在2025年考核
    那么 交流教师中骨干教师比例 是 20%

  场景: 交流教师中骨干教师比例，分母为零时为空
    假如 某旗县的 交流轮岗骨干教师数 是 0
    而且 交流轮岗教师数 是 0
    当 在2025年考核
    那么 交流教师中骨干教师比例 为空

  场景: 交流教师中骨干教师比例，缺数据时为空
    假如 某旗县的 交流轮岗教师数 是 10
    当 在2025年考核
    那么 交流教师中骨干教师比例 为空

  场景: 新招聘幼儿园教师学历专业达标率
    假如 某盟市的 学前专业专科以上新招聘幼儿园教师数 是 19
    而且 新招聘幼儿园教师数 是 20
    当 在2025年考核
    那么 新招聘幼儿园教师学历专业达标率 是 95%

  场景: 新招聘幼儿园教师学历专业达标率，分母为零时为空
    假如 某盟市的 学前专业专科以上新招聘幼儿园教师数 是 0
    而且 新招聘幼儿园教师数 是 0
    当 在2025年考核
    那么 新招聘幼儿园教师学历专业达标率 为空

  场景: 新招聘幼儿园教师学历专业达标率，缺数据时为空
    假如 某盟市的 新招聘幼儿园教师数 是 20
    当 在2025年考核
    那么 新招聘幼儿园教师学历专业达标率 为空

  场景: 新招聘中小学教师本科率
    假如 某盟市的 本科以上学历新招聘中小学教师数 是 19
    而且 新招聘中小学教师数 是 20
    当 在2025年考核
    那么 新招聘中小学教师本科率 是 95%

  场景: 新招聘中小学教师本科率，分母为零时为空
    假如 某盟市的 本科以上学历新招聘中小学教师数 是 0
    而且 新招聘中小学教师数 是 0
    当 在2025年考核
    那么 新招聘中小学教师本科率 为空

  场景: 新招聘中小学教师本科率，缺数据时为空
    假如 某盟市的 新招聘中小学教师数 是 20
    当 在2025年考核
    那么 新招聘中小学教师本科率 为空

  场景: 新招聘中小学教师持证率
    假如 某盟市的 持证新招聘中小学教师数 是 19
    而且 新招聘中小学教师数 是 20
    当 在2025年考核
    那么 新招聘中小学教师持证率 是 95%

  场景: 新招聘中小学教师持证率，分母为零时为空
    假如 某盟市的 持证新招聘中小学教师数 是 0
    而且 新招聘中小学教师数 是 0
    当 在2025年考核
    那么 新招聘中小学教师持证率 为空

  场景: 新招聘中小学教师持证率，缺数据时为空
    假如 某盟市的 新招聘中小学教师数 是 20
    当 在2025年考核
    那么 新招聘中小学教师持证率 为空

  场景: 部属师范毕业生招聘比例
    假如 某盟市的 部属师范毕业新招聘教师数 是 1
    而且 新招聘教师数 是 20
    当 在2025年考核
    那么 部属师范毕业生招聘比例 是 5%

  场景: 部属师范毕业生招聘比例，分母为零时为空
    假如 某盟市的 部属师范毕业新招聘教师数 是 0
    而且 新招聘教师数 是 0
    当 在2025年考核
    那么 部属师范毕业生招聘比例 为空

  场景: 部属师范毕业生招聘比例，缺数据时为空
    假如 某盟市的 新招聘教师数 是 20
    当 在2025年考核
    那么 部属师范毕业生招聘比例 为空

  场景: 教师招聘计划完成率
    假如 某旗县的 新招聘教师数 是 38
    而且 教师招聘计划数 是 40
    当 在2025年考核
    那么 教师招聘计划完成率 是 95%

  场景: 教师招聘计划完成率，分母为零时为空
    假如 某旗县的 新招聘教师数 是 0
    而且 教师招聘计划数 是 0
    当 在2025年考核
    那么 教师招聘计划完成率 为空

  场景: 教师招聘计划完成率，缺数据时为空
    假如 某旗县的 教师招聘计划数 是 40
    当 在2025年考核
    那么 教师招聘计划完成率 为空

  场景: 超工作量班主任补贴率
    假如 某旗县的 获补贴超工作量班主任数 是 19
    而且 超工作量班主任数 是 20
    当 在2025年考核
    那么 超工作量班主任补贴率 是 95%

  场景: 超工作量班主任补贴率，分母为零时为空
    假如 某旗县的 获补贴超工作量班主任数 是 0
    而且 超工作量班主任数 是 0
    当 在2025年考核
    那么 超工作量班主任补贴率 为空

  场景: 超工作量班主任补贴率，缺数据时为空
    假如 某旗县的 超工作量班主任数 是 20
    当 在2025年考核
    那么 超工作量班主任补贴率 为空

  场景: 校长教师交流轮岗比例
    假如 某旗县的 交流轮岗校长教师数 是 19
    而且 符合交流条件校长教师数 是 20
    当 在2025年考核
    那么 校长教师交流轮岗比例 是 95%

  场景: 校长教师交流轮岗比例，分母为零时为空
    假如 某旗县的 交流轮岗校长教师数 是 0
    而且 符合交流条件校长教师数 是 0
    当 在2025年考核
    那么 校长教师交流轮岗比例 为空

  场景: 校长教师交流轮岗比例，缺数据时为空
    假如 某旗县的 符合交流条件校长教师数 是 20
    当 在2025年考核
    那么 校长教师交流轮岗比例 为空

  场景: 交流轮岗中优秀校长骨干教师比例
    假如 某旗县的 交流轮岗优秀校长骨干教师数 是 19
    而且 交流轮岗校长教师数 是 20
    当 在2025年考核
    那么 交流轮岗中优秀校长骨干教师比例 是 95%

  场景: 交流轮岗中优秀校长骨干教师比例，分母为零时为空
    假如 某旗县的 交流轮岗优秀校长骨干教师数 是 0
    而且 交流轮岗校长教师数 是 0
    当 在2025年考核
    那么 交流轮岗中优秀校长骨干教师比例 为空

  场景: 交流轮岗中优秀校长骨干教师比例，缺数据时为空
    假如 某旗县的 交流轮岗校长教师数 是 20
    当 在2025年考核
    那么 交流轮岗中优秀校长骨干教师比例 为空
