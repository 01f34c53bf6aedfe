# language: zh-CN
功能: 教研

  背景:
    假如 数据项
      | 名称                     | 标识                                   | 英文                                                   | 层级       | 单位 | 类型 | 范围 | 汇总   | 口径                                               |
      | 教研员数                 | teaching_researchers                   | teaching researchers                                   | 旗县、盟市 | 人   | 整数 | 0..  | 不汇总 | 本级教研机构专兼职教研员数                         |
      | 参训教研员数             | trained_researchers                    | teaching researchers trained                           | 旗县、盟市 | 人   | 整数 | 0..  | 不汇总 | 其中已参加教研员培训的人数                         |
      | 教研经费                 | research_budget                        | budget of teaching research                            | 旗县、盟市 | 万元 | 数值 | 0..  | 不汇总 | 本年落实到教研员的教研经费                         |
      | 配齐各学科专职教研员     | full_time_researchers_in_every_subject | full-time researchers in every subject                 | 旗县、盟市 |      | 是否 |      |        | 本级教研机构按国家课程方案配齐各学科专职教研员     |
      | 具备分学段配备教研员条件 | able_to_staff_by_stage                 | able to have researchers of each stage                 | 旗县       |      | 是否 |      |        | 经本级认定有条件分学段配备专职教研员               |
      | 分学段配齐专职教研员     | researchers_of_each_stage              | full-time researchers of each stage                    | 旗县       |      | 是否 |      |        | 各学段、各学科都有专职教研员                       |
      | 教研视导次数             | research_visits                        | supervision visits of researchers                      | 旗县、盟市 | 次   | 整数 | 0..  | 不汇总 | 本级教研机构本年开展的学段或学科视导次数           |
      | 四级帮带联动教研机制     | four_tier_research                     | four tiers of teaching research                        | 盟市       |      | 是否 |      |        | 盟市、旗县、学校、教师四级的帮带联动机制已构建     |
      | 三级联动教研工作体系     | three_tier_research                    | three tiers of teaching research                       | 盟市       |      | 是否 |      |        | 盟市、旗县、学校三级的联动教研体系已形成           |
      | 备教学评一体化教学格局   | integrated_teaching                    | preparation, teaching, learning and assessment are one | 盟市       |      | 是否 |      |        | 以课程目标引领的备、教、学、评一体化教学格局已建立 |
    而且 指标
      | 名称               | 标识                           | 英文                                | 层级       | 单位  | 公式                         | 口径                     |
      | 教研员参训率       | researcher_training_coverage   | teaching researchers trained, share | 旗县、盟市 | %     | 比例(参训教研员数, 教研员数) | 参训人数占教研员         |
      | 教研员人均教研经费 | research_budget_per_researcher | budget per teaching researcher      | 旗县、盟市 | 元/人 | 教研经费 ÷ 教研员数         | 本年教研经费按教研员平均 |

  场景: 教研员参训率
    假如 某盟市的 参训教研员数 是 19
    而且 教研员数 是 20
    当 在2025年考核
    那么 教研员参训率 是 95%

  场景: 教研员参训率，分母为零时为空
    假如 某盟市的 参训教研员数 是 0
    而且 教研员数 是 0
    当 在2025年考核
    那么 教研员参训率 为空

  场景: 教研员参训率，缺数据时为空
    假如 某盟市的 教研员数 是 20
    当 在2025年考核
    那么 教研员参训率 为空

  场景: 教研员人均教研经费
    假如 某盟市的 教研经费 是 60
    而且 教研员数 是 20
    当 在2025年考核
    那么 教研员人均教研经费 是 30000

  场景: 教研员人均教研经费，分母为零时为空
    假如 某盟市的 教研经费 是 0
    而且 教研员数 是 0
    当 在2025年考核
    那么 教研员人均教研经费 为空

  场景: 教研员人均教研经费，缺数据时为空
    假如 某盟市的 教研员数 是 20
    当 在2025年考核
    那么 教研员人均教研经费 为空
