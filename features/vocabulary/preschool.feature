# language: zh-CN
功能: 学前教育

  背景:
    假如 数据项
      | 名称                           | 标识                            | 英文                                                 | 层级               | 单位 | 类型 | 范围 | 汇总 | 口径                                                     |
      | 学前三年毛入园率               | preschool_gross_enrolment       | gross enrolment in three-year preschool              | 旗县、盟市、自治区 | %    | 数值 | 0..  |      | 在园幼儿总数与三至五周岁人口之比                         |
      | 在园幼儿数                     | kindergarten_children           | children in kindergartens                            | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 学年初各类幼儿园在园幼儿数                               |
      | 公办幼儿园在园幼儿数           | public_kindergarten_children    | children in public kindergartens                     | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 学年初公办幼儿园在园幼儿数                               |
      | 普惠性幼儿园在园幼儿数         | inclusive_kindergarten_children | children in inclusive kindergartens                  | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 公办园和经认定的普惠性民办园在园幼儿数                   |
      | 幼儿园专任教师数               | kindergarten_teachers           | kindergarten teachers                                | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 学年初幼儿园专任教师数                                   |
      | 接受专业教育的幼儿园专任教师数 | trained_kindergarten_teachers   | kindergarten teachers trained in preschool education | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 所学为学前教育专业的专任教师数                           |
      | 通过学前教育普及普惠认定       | preschool_universal_certified   | certified for universal preschool education          | 旗县               |      | 是否 |      |      | 通过国家县域学前教育普及普惠督导评估认定，取得后一直填是 |
    而且 指标
      | 名称                             | 标识                               | 英文                                                          | 层级               | 单位 | 公式                                                   | 口径                                     |
      | 公办幼儿园在园幼儿占比           | public_kindergarten_share          | share of children in public kindergartens                     | 旗县、盟市、自治区 | %    | 比例(公办幼儿园在园幼儿数, 在园幼儿数)                 | 公办园幼儿占全部在园幼儿                 |
      | 普惠性幼儿园覆盖率               | inclusive_kindergarten_coverage    | coverage of inclusive kindergartens                           | 旗县、盟市、自治区 | %    | 比例(普惠性幼儿园在园幼儿数, 在园幼儿数)               | 普惠性幼儿园幼儿占全部在园幼儿           |
      | 学前教育专任教师接受专业教育比例 | trained_kindergarten_teacher_share | share of kindergarten teachers trained in preschool education | 旗县、盟市、自治区 | %    | 比例(接受专业教育的幼儿园专任教师数, 幼儿园专任教师数) | 所学为学前教育专业的教师占幼儿园专任教师 |
      | 学前教育普及普惠旗县比例         | preschool_universal_county_share   | share of counties certified for universal preschool education | 盟市、自治区       | %    | 占比(旗县, 通过学前教育普及普惠认定 = 是)              | 通过认定的旗县占全部旗县                 |
      | 学前教育普及普惠旗县数           | preschool_universal_counties       | counties certified for universal preschool education          | 盟市、自治区       | 个   | 计数(旗县, 通过学前教育普及普惠认定 = 是)              | 通过认定的旗县数                         |

  场景: 公办幼儿园在园幼儿占比
    假如 某盟市的 公办幼儿园在园幼儿数 是 750
    而且 在园幼儿数 是 1000
    当 在2025年考核
    那么 公办幼儿园在园幼儿占比 是 75%

  场景: 公办幼儿园在园幼儿占比，分母为零时为空
    假如 某盟市的 公办幼儿园在园幼儿数 是 0
    而且 在园幼儿数 是 0
    当 在2025年考核
    那么 公办幼儿园在园幼儿占比 为空

  场景: 公办幼儿园在园幼儿占比，缺数据时为空
    假如 某盟市的 在园幼儿数 是 1000
    当 在2025年考核
    那么 公办幼儿园在园幼儿占比 为空

  场景: 普惠性幼儿园覆盖率
    假如 某旗县的 普惠性幼儿园在园幼儿数 是 900
    而且 在园幼儿数 是 1000
    当 在2025年考核
    那么 普惠性幼儿园覆盖率 是 90%

  场景: 普惠性幼儿园覆盖率，分母为零时为空
    假如 某旗县的 普惠性幼儿园在园幼儿数 是 0
    而且 在园幼儿数 是 0
    当 在2025年考核
    那么 普惠性幼儿园覆盖率 为空

  场景: 普惠性幼儿园覆盖率，缺数据时为空
    假如 某旗县的 在园幼儿数 是 1000
    当 在2025年考核
    那么 普惠性幼儿园覆盖率 为空

  场景: 学前教育专任教师接受专业教育比例
    假如 某盟市的 接受专业教育的幼儿园专任教师数 是 17
    而且 幼儿园专任教师数 是 20
    当 在2025年考核
    那么 学前教育专任教师接受专业教育比例 是 85%

  场景: 学前教育专任教师接受专业教育比例，分母为零时为空
    假如 某盟市的 接受专业教育的幼儿园专任教师数 是 0
    而且 幼儿园专任教师数 是 0
    当 在2025年考核
    那么 学前教育专任教师接受专业教育比例 为空

  场景: 学前教育专任教师接受专业教育比例，缺数据时为空
    假如 某盟市的 幼儿园专任教师数 是 20
    当 在2025年考核
    那么 学前教育专任教师接受专业教育比例 为空

  场景: 学前教育普及普惠旗县比例
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 通过学前教育普及普惠认定 |
      | 旗县 | 150602 | 150600   | 是                       |
      | 旗县 | 150603 | 150600   | 是                       |
      | 旗县 | 150621 | 150600   | 是                       |
      | 旗县 | 150622 | 150600   | 否                       |
      | 盟市 | 150600 |          |                          |
    当 在2025年考核
    那么 学前教育普及普惠旗县比例 是 75%
    而且 学前教育普及普惠旗县数 是 3

  场景: 学前教育普及普惠旗县比例，有旗县没报时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 通过学前教育普及普惠认定 |
      | 旗县 | 150602 | 150600   | 是                       |
      | 旗县 | 150603 | 150600   |                          |
      | 盟市 | 150600 |          |                          |
    当 在2025年考核
    那么 学前教育普及普惠旗县比例 为空
    而且 学前教育普及普惠旗县数 为空
