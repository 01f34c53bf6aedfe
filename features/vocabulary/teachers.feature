# language: zh-CN
功能: 教师队伍

  背景:
    假如 数据项
      | 名称                         | 标识                                | 英文                                                                    | 层级                     | 单位 | 类型 | 范围 | 汇总 | 口径                                                     |
      | 普通话二级乙等以上教师数     | mandarin_qualified_teachers         | teachers with Mandarin level 2B or above                                | 学校、旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 专任教师中普通话水平达到二级乙等以上的人数               |
      | 语文教师数                   | chinese_teachers                    | teachers of Chinese                                                     | 旗县、盟市、自治区       | 人   | 整数 | 0..  | 求和 | 学年初语文学科专任教师数                                 |
      | 普通话二级甲等以上语文教师数 | mandarin_qualified_chinese_teachers | teachers of Chinese with Mandarin level 2A or above                     | 旗县、盟市、自治区       | 人   | 整数 | 0..  | 求和 | 语文教师中普通话水平达到二级甲等以上的人数               |
      | 民族语言授课教师数           | ethnic_language_teachers            | teachers teaching in an ethnic language                                 | 旗县、盟市、自治区       | 人   | 整数 | 0..  | 求和 | 学年初民族语言授课教师数                                 |
      | 普通话达标民族语言授课教师数 | mandarin_qualified_ethnic_teachers  | teachers teaching in an ethnic language with Mandarin level 2B or above | 旗县、盟市、自治区       | 人   | 整数 | 0..  | 求和 | 其中普通话水平达到二级乙等以上的人数                     |
      | 教师最少培训学时             | least_training_hours                | fewest training hours of a teacher in five years                        | 学校                     | 学时 | 数值 | 0..  |      | 近五年一直在岗的专任教师中，五年累计培训学时最少者的学时 |
      | 实施县管校聘                 | county_managed_teachers             | teachers are managed by the county and employed by the school           | 旗县                     |      | 是否 |      |      | 教师由县级统一管理、学校聘用的改革已经实施               |
      | 开展校长教师交流轮岗         | rotates_teachers                    | rotates heads and teachers among schools                                | 旗县                     |      | 是否 |      |      | 本年县域内有义务教育学校校长、教师交流轮岗               |
    而且 指标
      | 名称                         | 标识                             | 英文                                                                           | 层级                     | 单位 | 公式                                                   | 口径                               |
      | 教师普通话达标率             | mandarin_qualified_share         | teachers with Mandarin level 2B or above, share                                | 学校、旗县、盟市、自治区 | %    | 比例(普通话二级乙等以上教师数, 专任教师数)             | 二级乙等以上教师占专任教师         |
      | 语文教师普通话达标率         | mandarin_qualified_chinese_share | teachers of Chinese with Mandarin level 2A or above, share                     | 旗县、盟市、自治区       | %    | 比例(普通话二级甲等以上语文教师数, 语文教师数)         | 二级甲等以上教师占语文教师         |
      | 民族语言授课教师普通话达标率 | mandarin_qualified_ethnic_share  | teachers teaching in an ethnic language with Mandarin level 2B or above, share | 旗县、盟市、自治区       | %    | 比例(普通话达标民族语言授课教师数, 民族语言授课教师数) | 二级乙等以上教师占民族语言授课教师 |

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
