# language: zh-CN
功能: 学前教育

  背景:
    假如 数据项
      | 名称                           | 标识                            | 英文                                                            | 层级               | 单位 | 类型 | 范围 | 汇总 | 口径                                                           |
      | 学前三年毛入园率               | preschool_gross_enrolment       | gross enrolment in three-year preschool                         | 旗县、盟市、自治区 | %    | 数值 | 0..  |      | 在园幼儿总数与三至五周岁人口之比，可超过100%                   |
      | 在园幼儿数                     | kindergarten_children           | children in kindergartens                                       | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 学年初各类幼儿园在园幼儿数                                     |
      | 公办幼儿园在园幼儿数           | public_kindergarten_children    | children in public kindergartens                                | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 学年初公办幼儿园在园幼儿数                                     |
      | 普惠性幼儿园在园幼儿数         | inclusive_kindergarten_children | children in inclusive kindergartens                             | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 公办园和经认定的普惠性民办园在园幼儿数                         |
      | 幼儿园专任教师数               | kindergarten_teachers           | kindergarten teachers                                           | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 学年初幼儿园专任教师数                                         |
      | 接受专业教育的幼儿园专任教师数 | trained_kindergarten_teachers   | kindergarten teachers trained in preschool education            | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 所学为学前教育专业的专任教师数                                 |
      | 通过学前教育普及普惠认定       | preschool_universal_certified   | certified for universal preschool education                     | 旗县               |      | 是否 |      |      | 通过国家县域学前教育普及普惠督导评估认定，取得后一直填是       |
      | 新改扩建公办幼儿园数           | new_public_kindergartens        | public kindergartens built or extended                          | 旗县、盟市         | 所   | 整数 | 0..  | 求和 | 2021年起新建、改建、扩建完成的公办幼儿园累计数                 |
      | 需要公办幼儿园                 | needs_public_kindergarten       | needs a public kindergarten                                     | 苏木乡镇           |      | 是否 |      |      | 经旗县认定有举办公办幼儿园的需要                               |
      | 公办幼儿园数                   | public_kindergartens            | public kindergartens                                            | 苏木乡镇           | 所   | 整数 | 0..  |      | 本苏木乡镇地域内的公办幼儿园数，不论由谁主管、上级代码填的是谁 |
      | 公办幼儿园核定编制数           | public_kindergarten_posts       | approved staff of public kindergartens                          | 旗县、盟市         | 人   | 整数 | 0..  | 求和 | 机构编制部门给公办幼儿园定的教职工编制数，实行总量管理的填总量 |
      | 公办幼儿园教职工数             | public_kindergarten_staff       | staff of public kindergartens                                   | 旗县、盟市         | 人   | 整数 | 0..  | 求和 | 学年初公办幼儿园实有教职工数                                   |
      | 幼儿园应训园长教师数           | kindergarten_training_due       | kindergarten heads and teachers due for training                | 旗县、盟市         | 人   | 整数 | 0..  | 求和 | 应参加系统培训的各类幼儿园园长和教师数                         |
      | 幼儿园参训园长教师数           | kindergarten_training_done      | kindergarten heads and teachers trained                         | 旗县、盟市         | 人   | 整数 | 0..  | 求和 | 其中已参加培训的人数                                           |
      | 专科以上学历幼儿园专任教师数   | college_kindergarten_teachers   | kindergarten teachers with a college degree or above            | 旗县、盟市、自治区 | 人   | 整数 | 0..  | 求和 | 取得大学专科及以上学历的幼儿园专任教师数                       |
      | 三级学前教研体系               | three_tier_preschool_research   | three tiers of preschool research                               | 盟市               |      | 是否 |      |      | 盟市、旗县和幼儿园三级的学前教研体系已建立                     |
      | 自治区级示范幼儿园数           | regional_model_kindergartens    | regional model kindergartens                                    | 旗县、盟市         | 所   | 整数 | 0..  | 求和 | 获评自治区级示范幼儿园数                                       |
      | 通过民办幼儿园等级评估         | private_kindergarten_rated      | private kindergarten rated                                      | 学校               |      | 是否 |      |      | 民办幼儿园通过盟市级等级评估认定                               |
      | 公办幼儿园学位数               | public_kindergarten_places      | places in public kindergartens                                  | 旗县、盟市         | 个   | 整数 | 0..  | 求和 | 学年初公办幼儿园可提供的学位数                                 |
      | 通过学前教育普及普惠自治区评估 | preschool_universal_regional    | passed the regional assessment of universal preschool education | 旗县               |      | 是否 |      |      | 通过自治区县域学前教育普及普惠督导评估，通过后一直填是         |
      | 无证幼儿园数                   | unlicensed_kindergartens        | kindergartens without a licence                                 | 旗县、盟市、自治区 | 所   | 整数 | 0..  | 求和 | 年末未取得办学许可仍在办的幼儿园数                             |
    而且 指标
      | 名称                             | 标识                               | 英文                                                          | 层级               | 单位 | 公式                                                                                                                                            | 口径                                     |
      | 公办幼儿园在园幼儿占比           | public_kindergarten_share          | share of children in public kindergartens                     | 旗县、盟市、自治区 | %    | 比例(公办幼儿园在园幼儿数, 在园幼儿数)                                                                                                          | 公办园幼儿占全部在园幼儿                 |
      | 普惠性幼儿园覆盖率               | inclusive_kindergarten_coverage    | coverage of inclusive kindergartens                           | 旗县、盟市、自治区 | %    | 比例(普惠性幼儿园在园幼儿数, 在园幼儿数)                                                                                                        | 普惠性幼儿园幼儿占全部在园幼儿           |
      | 学前教育专任教师接受专业教育比例 | trained_kindergarten_teacher_share | share of kindergarten teachers trained in preschool education | 旗县、盟市、自治区 | %    | 比例(接受专业教育的幼儿园专任教师数, 幼儿园专任教师数)                                                                                          | 所学为学前教育专业的教师占幼儿园专任教师 |
      | 学前教育普及普惠旗县比例         | preschool_universal_county_share   | share of counties certified for universal preschool education | 盟市、自治区       | %    | 占比(旗县, 通过学前教育普及普惠认定 = 是)                                                                                                       | 通过认定的旗县占全部旗县                 |
      | 学前教育普及普惠旗县数           | preschool_universal_counties       | counties certified for universal preschool education          | 盟市、自治区       | 个   | 计数(旗县, 通过学前教育普及普惠认定 = 是)                                                                                                       | 通过认定的旗县数                         |
      | 幼儿园园长教师参训率             | kindergarten_training_coverage     | kindergarten heads and teachers trained, share                | 旗县、盟市         | %    | 比例(幼儿园参训园长教师数, 幼儿园应训园长教师数)                                                                                                | 参训人数占应训人数                       |
      | 幼儿园专科以上学历教师比例       | college_kindergarten_teacher_share | kindergarten teachers with a college degree, share            | 旗县、盟市、自治区 | %    | 比例(专科以上学历幼儿园专任教师数, 幼儿园专任教师数)                                                                                            | 专科及以上学历教师占幼儿园专任教师       |
      | 民办幼儿园评估认定通过率         | private_kindergarten_rated_share   | private kindergartens rated, share                            | 旗县、盟市         | %    | 比例(计数(学校, 学校类别 = "幼儿园" 且 办学性质 = "民办" 且 通过民办幼儿园等级评估 = 是), 计数(学校, 学校类别 = "幼儿园" 且 办学性质 = "民办")) | 通过评估认定的民办园占全部民办园         |

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

  场景: 幼儿园园长教师参训率
    假如 某盟市的 幼儿园参训园长教师数 是 19
    而且 幼儿园应训园长教师数 是 20
    当 在2025年考核
    那么 幼儿园园长教师参训率 是 95%

  场景: 幼儿园园长教师参训率，分母为零时为空
    假如 某盟市的 幼儿园参训园长教师数 是 0
    而且 幼儿园应训园长教师数 是 0
    当 在2025年考核
    那么 幼儿园园长教师参训率 为空

  场景: 幼儿园园长教师参训率，缺数据时为空
    假如 某盟市的 幼儿园应训园长教师数 是 20
    当 在2025年考核
    那么 幼儿园园长教师参训率 为空

  场景: 幼儿园专科以上学历教师比例
    假如 某盟市的 专科以上学历幼儿园专任教师数 是 17
    而且 幼儿园专任教师数 是 20
    当 在2025年考核
    那么 幼儿园专科以上学历教师比例 是 85%

  场景: 幼儿园专科以上学历教师比例，分母为零时为空
    假如 某盟市的 专科以上学历幼儿园专任教师数 是 0
    而且 幼儿园专任教师数 是 0
    当 在2025年考核
    那么 幼儿园专科以上学历教师比例 为空

  场景: 幼儿园专科以上学历教师比例，缺数据时为空
    假如 某盟市的 幼儿园专任教师数 是 20
    当 在2025年考核
    那么 幼儿园专科以上学历教师比例 为空

  场景: 民办幼儿园评估认定通过率
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别 | 办学性质 | 通过民办幼儿园等级评估 |
      | 学校 | a      | 152502   | 幼儿园   | 民办     | 是                     |
      | 学校 | b      | 152502   | 幼儿园   | 民办     | 否                     |
      | 学校 | c      | 152502   | 幼儿园   | 公办     |                        |
      | 学校 | d      | 152502   | 中小学   | 民办     |                        |
      | 旗县 | 152502 | 152500   |          |          |                        |
    当 在2025年考核
    那么 民办幼儿园评估认定通过率 是 50%

  场景: 民办幼儿园评估认定通过率，不是一半
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别 | 办学性质 | 通过民办幼儿园等级评估 |
      | 学校 | a      | 152502   | 幼儿园   | 民办     | 是                     |
      | 学校 | b      | 152502   | 幼儿园   | 民办     | 是                     |
      | 学校 | c      | 152502   | 幼儿园   | 民办     | 否                     |
      | 旗县 | 152502 | 152500   |          |          |                        |
    当 在2025年考核
    那么 民办幼儿园评估认定通过率 是 66.7%

  场景: 民办幼儿园评估认定通过率，有民办园没报时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别 | 办学性质 | 通过民办幼儿园等级评估 |
      | 学校 | a      | 152502   | 幼儿园   | 民办     | 是                     |
      | 学校 | b      | 152502   | 幼儿园   | 民办     |                        |
      | 旗县 | 152502 | 152500   |          |          |                        |
    当 在2025年考核
    那么 民办幼儿园评估认定通过率 为空

  场景: 民办幼儿园评估认定通过率，没有民办园时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 学校类别 | 办学性质 | 通过民办幼儿园等级评估 |
      | 学校 | a      | 152502   | 幼儿园   | 公办     |                        |
      | 旗县 | 152502 | 152500   |          |          |                        |
    当 在2025年考核
    那么 民办幼儿园评估认定通过率 为空
