# language: zh-CN
功能: 国家通用语言文字

  背景:
    假如 数据项
      | 名称                                     | 标识                               | 英文                                                                          | 层级               | 单位 | 类型 | 范围   | 汇总 | 口径                                                   |
      | 普通话普及率                             | mandarin_share                     | share of people who speak Mandarin                                            | 旗县、盟市、自治区 | %    | 数值 | 0..100 |      | 普通话普及情况调查中能用普通话交流者的比例             |
      | 通过语言文字工作达标验收                 | language_standard_passed           | passed the school language standard                                           | 学校               |      | 是否 |        |      | 通过语言文字工作达标建设验收                           |
      | 语言文字规范化示范校                     | language_model_school              | model school of standard language                                             | 学校               |      | 是否 |        |      | 获评市级以上语言文字规范化示范校                       |
      | 原民族语言授课学校                       | former_ethnic_language_school      | formerly taught in an ethnic language                                         | 学校               |      | 是否 |        |      | 推行统编教材之前用民族语言授课的学校                   |
      | 小学一二年级使用统编两科教材             | primary_unified_textbooks          | grades one and two use the unified textbooks                                  | 学校               |      | 是否 |        |      | 小学一、二年级道德与法治、语文都使用国家统编教材       |
      | 小学一二年级两科使用国家通用语言文字教学 | primary_taught_in_mandarin         | grades one and two are taught the two subjects in the standard language       | 学校               |      | 是否 |        |      | 小学一、二年级道德与法治、语文                         |
      | 初中一二年级使用统编三科教材             | junior_unified_textbooks           | grades seven and eight use the unified textbooks                              | 学校               |      | 是否 |        |      | 初中一、二年级道德与法治、语文、历史都使用国家统编教材 |
      | 初中一二年级三科使用国家通用语言文字教学 | junior_taught_in_mandarin          | grades seven and eight are taught the three subjects in the standard language | 学校               |      | 是否 |        |      | 初中一、二年级道德与法治、语文、历史                   |
      | 高一三科使用国家通用语言文字教学         | grade_ten_taught_in_mandarin       | grade ten is taught the three subjects in the standard language               | 学校               |      | 是否 |        |      | 高中一年级思想政治、语文、历史                         |
      | 中考三科使用国家通用语言文字命题         | junior_exam_set_in_mandarin        | junior graduation examination set in the standard language                    | 旗县、盟市         |      | 是否 |        |      | 初中毕业生中考道德与法治、语文、历史                   |
      | 高考三科使用国家通用语言文字命题         | college_exam_set_in_mandarin       | college entrance examination set in the standard language                     | 旗县、盟市         |      | 是否 |        |      | 高中毕业生高考涉及的思想政治、语文、历史科目           |
      | 语言文字工作纳入履行教育职责评价         | language_in_county_evaluation      | language work is part of the evaluation of the county                         | 旗县               |      | 是否 |        |      | 评价本旗县政府履行教育职责时看推普工作                 |
      | 高一全部使用统编三科教材                 | grade_ten_unified_textbooks        | grade ten uses the unified textbooks                                          | 学校               |      | 是否 |        |      | 高中一年级思想政治、语文、历史都使用国家统编教材       |
      | 全部使用国家通用语言文字教学             | teaches_in_mandarin                | teaches in the standard language                                              | 学校               |      | 是否 |        |      | 各年级教学都用国家通用语言文字                         |
      | 中考三科使用国家通用语言文字答卷         | junior_exam_in_mandarin            | junior graduation examination answered in the standard language               | 旗县、盟市         |      | 是否 |        |      | 初中毕业生中考道德与法治、语文、历史                   |
      | 高考三科使用国家通用语言文字答卷         | college_exam_in_mandarin           | college entrance examination answered in the standard language                | 旗县、盟市         |      | 是否 |        |      | 高中毕业生高考涉及的思想政治、语文、历史科目           |
      | 配齐三科统编教材教师                     | unified_textbook_teachers_complete | has all teachers of the three subjects                                        | 学校               |      | 是否 |        |      | 思想政治（道德与法治）、语文、历史教师满足本校开课需要 |
    而且 指标
      | 名称                           | 标识                       | 英文                                                                        | 层级       | 单位 | 公式                                                                                                                                                | 口径                                     |
      | 语言文字工作达标率             | language_standard_share    | schools that passed the language standard                                   | 旗县、盟市 | %    | 占比(学校, 通过语言文字工作达标验收 = 是)                                                                                                           | 通过验收的学校和幼儿园占全部学校和幼儿园 |
      | 语言文字规范化示范校比例       | language_model_share       | share of model schools of standard language                                 | 旗县、盟市 | %    | 占比(学校, 语言文字规范化示范校 = 是)                                                                                                               | 市级以上示范校占全部学校和幼儿园         |
      | 中小学幼儿园语言文字示范校比例 | basic_language_model_share | share of model schools of standard language among schools and kindergartens | 旗县、盟市 | %    | 比例(计数(学校, (学校类别 = "中小学" 或 学校类别 = "幼儿园") 且 语言文字规范化示范校 = 是), 计数(学校, 学校类别 = "中小学" 或 学校类别 = "幼儿园")) | 示范校（园）占全部中小学和幼儿园         |

  场景: 语言文字工作达标率
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 通过语言文字工作达标验收 |
      | 学校 | a      | 150602   | 是                       |
      | 学校 | b      | 150602   | 是                       |
      | 学校 | c      | 150602   | 是                       |
      | 学校 | d      | 150602   | 否                       |
      | 旗县 | 150602 | 150600   |                          |
    当 在2025年考核
    那么 语言文字工作达标率 是 75%

  场景: 语言文字工作达标率，有学校没报时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 通过语言文字工作达标验收 |
      | 学校 | a      | 150602   | 是                       |
      | 学校 | b      | 150602   |                          |
      | 旗县 | 150602 | 150600   |                          |
    当 在2025年考核
    那么 语言文字工作达标率 为空

  场景: 语言文字规范化示范校比例
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 语言文字规范化示范校 |
      | 学校 | a      | 150602   | 是                   |
      | 学校 | b      | 150602   | 否                   |
      | 学校 | c      | 150602   | 否                   |
      | 学校 | d      | 150602   | 否                   |
      | 旗县 | 150602 | 150600   |                      |
    当 在2025年考核
    那么 语言文字规范化示范校比例 是 25%

  场景: 语言文字规范化示范校比例，有学校没报时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 语言文字规范化示范校 |
      | 学校 | a      | 150602   | 是                   |
      | 学校 | b      | 150602   |                      |
      | 旗县 | 150602 | 150600   |                      |
    当 在2025年考核
    那么 语言文字规范化示范校比例 为空

  场景: 中小学幼儿园语言文字示范校比例
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别     | 语言文字规范化示范校 |
      | 学校 | a      | 152502   | 中小学       | 是                   |
      | 学校 | b      | 152502   | 中小学       | 否                   |
      | 学校 | c      | 152502   | 幼儿园       | 是                   |
      | 学校 | d      | 152502   | 幼儿园       | 否                   |
      | 学校 | e      | 152502   | 中等职业学校 | 是                   |
      | 旗县 | 152502 | 152500   |              |                      |
    当 在2025年考核
    那么 中小学幼儿园语言文字示范校比例 是 50%

  场景: 中小学幼儿园语言文字示范校比例，不是一半
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别     | 语言文字规范化示范校 |
      | 学校 | a      | 152502   | 中小学       | 是                   |
      | 学校 | b      | 152502   | 中小学       | 是                   |
      | 学校 | c      | 152502   | 中小学       | 否                   |
      | 学校 | d      | 152502   | 幼儿园       | 是                   |
      | 学校 | e      | 152502   | 中等职业学校 | 是                   |
      | 旗县 | 152502 | 152500   |              |                      |
    当 在2025年考核
    那么 中小学幼儿园语言文字示范校比例 是 75%

  场景: 中小学幼儿园语言文字示范校比例，有学校没报时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别 | 语言文字规范化示范校 |
      | 学校 | a      | 152502   | 中小学   | 是                   |
      | 学校 | b      | 152502   | 幼儿园   |                      |
      | 旗县 | 152502 | 152500   |          |                      |
    当 在2025年考核
    那么 中小学幼儿园语言文字示范校比例 为空

  场景: 中小学幼儿园语言文字示范校比例，没有这类学校时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别     | 语言文字规范化示范校 |
      | 学校 | a      | 152502   | 中等职业学校 | 是                   |
      | 旗县 | 152502 | 152500   |              |                      |
    当 在2025年考核
    那么 中小学幼儿园语言文字示范校比例 为空
