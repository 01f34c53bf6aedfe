# language: zh-CN
功能: 教育经费

  背景:
    假如 数据项
      | 名称                             | 标识                            | 英文                                                  | 层级               | 单位  | 类型 | 范围 | 汇总   | 口径                                                         |
      | 一般公共预算教育支出             | education_budget                | education spending of the general public budget       | 旗县、盟市、自治区 | 万元  | 数值 | 0..  | 不汇总 | 本年一般公共预算教育支出决算数，只填本级财政，不含下级       |
      | 辖区一般公共预算教育支出         | area_education_budget           | education spending of all budgets in the area         | 旗县、盟市、自治区 | 万元  | 数值 | 0..  | 不汇总 | 本辖区各级财政一般公共预算教育支出决算数，盟市含所属旗县     |
      | 教师工资总额                     | teacher_payroll                 | teachers' payroll                                     | 旗县、盟市         | 万元  | 数值 | 0..  | 不汇总 | 本级财政负担的中小学教师全年工资总额                         |
      | 教师培训经费预算                 | teacher_training_budget         | budget for teachers' training                         | 旗县、盟市         | 万元  | 数值 | 0..  | 不汇总 | 列入本级财政预算的中小学教师培训经费                         |
      | 公用经费总额                     | school_running_budget           | running budget of schools                             | 学校、旗县、盟市   | 万元  | 数值 | 0..  | 求和   | 本年公用经费总额                                             |
      | 公用经费用于教师培训支出         | running_budget_for_training     | running budget spent on teachers' training            | 学校、旗县、盟市   | 万元  | 数值 | 0..  | 求和   | 公用经费中用于教师培训的支出                                 |
      | 义务教育教师平均工资收入         | mean_teacher_pay                | mean yearly pay of compulsory teachers                | 旗县               | 元    | 数值 | 0..  |        | 义务教育教师全年人均工资收入                                 |
      | 公务员平均工资收入               | mean_civil_servant_pay          | mean yearly pay of civil servants                     | 旗县               | 元    | 数值 | 0..  |        | 本地公务员全年人均工资收入，口径与教师一致                   |
      | 教育费附加应征额                 | education_surcharge_due         | education surcharge due                               | 旗县、盟市         | 万元  | 数值 | 0..  | 求和   | 本年应征教育费附加                                           |
      | 教育费附加征收额                 | education_surcharge_collected   | education surcharge collected                         | 旗县、盟市         | 万元  | 数值 | 0..  | 求和   | 其中已征收入库的数额                                         |
      | 教育费附加用于学校数额           | education_surcharge_spent       | education surcharge spent on schools                  | 旗县、盟市         | 万元  | 数值 | 0..  | 求和   | 已拨付学校改善办学条件的数额                                 |
      | 地方教育附加应征额               | local_surcharge_due             | local education surcharge due                         | 旗县、盟市         | 万元  | 数值 | 0..  | 求和   | 本年应征地方教育附加                                         |
      | 地方教育附加征收额               | local_surcharge_collected       | local education surcharge collected                   | 旗县、盟市         | 万元  | 数值 | 0..  | 求和   | 其中已征收入库的数额                                         |
      | 教育附加用于教育以外支出         | surcharges_spent_elsewhere      | education surcharges spent elsewhere                  | 旗县、盟市         | 万元  | 数值 | 0..  | 求和   | 两项教育附加里不用在教育上的支出                             |
      | 家庭经济困难学生数               | poor_students                   | students in economic hardship                         | 旗县、盟市、自治区 | 人    | 整数 | 0..  | 求和   | 经认定的各级各类学校家庭经济困难学生数                       |
      | 受资助家庭经济困难学生数         | aided_poor_students             | students in economic hardship aided                   | 旗县、盟市、自治区 | 人    | 整数 | 0..  | 求和   | 其中本年按政策得到资助的人数                                 |
      | 财政经常性收入                   | recurrent_revenue               | recurrent revenue                                     | 旗县、盟市         | 万元  | 数值 | 0..  | 不汇总 | 本级财政经常性收入                                           |
      | 财政拨款总额                     | school_appropriation            | appropriation of schools                              | 学校、旗县、盟市   | 万元  | 数值 | 0..  | 求和   | 本年财政拨给学校的经费总额                                   |
      | 生均拨款自治区标准               | regional_appropriation_standard | regional standard of appropriation per pupil          | 学校               | 元/人 | 数值 | 0..  |        | 自治区对本校这类学校规定的生均拨款基本标准                   |
      | 生均公用经费国家标准             | national_running_standard       | national standard of running budget per pupil         | 学校               | 元/人 | 数值 | 0..  |        | 国家对本校这类学校规定的生均公用经费基准定额，没有规定的填0  |
      | 预算内公用经费拨款               | running_appropriation           | appropriation of running budget                       | 学校、旗县、盟市   | 万元  | 数值 | 0..  | 求和   | 公用经费中财政预算内拨款                                     |
      | 生均公用经费自治区拨款标准       | regional_running_standard       | regional standard of running appropriation per pupil  | 学校               | 元/人 | 数值 | 0..  |        | 自治区对本校这类学校规定的预算内生均公用经费拨款标准         |
      | 经费纳入财政保障                 | publicly_funded                 | funded from the public budget                         | 学校               |       | 是否 |      |        | 办学经费全面纳入财政保障范围                                 |
      | 绩效工资应发额                   | performance_pay_due             | performance pay due                                   | 旗县、盟市         | 万元  | 数值 | 0..  | 求和   | 本年按国家标准应发的中小学教师绩效工资                       |
      | 绩效工资按时足额发放额           | performance_pay_paid            | performance pay paid in time                          | 旗县、盟市         | 万元  | 数值 | 0..  | 求和   | 其中按时足额发放的数额                                       |
      | 截留挪用教育经费件数             | misused_funds                   | cases of misused education funds                      | 旗县、盟市         | 件    | 整数 | 0..  | 求和   | 本年查实的截留、挤占、挪用中小学公用经费和专项经费的件数     |
      | 农村牧区家庭经济困难学生数       | rural_poor_students             | rural students in economic hardship                   | 旗县、盟市         | 人    | 整数 | 0..  | 求和   | 经认定的农村牧区家庭经济困难学生数                           |
      | 受资助农村牧区家庭经济困难学生数 | aided_rural_poor_students       | rural students in economic hardship aided             | 旗县、盟市         | 人    | 整数 | 0..  | 求和   | 其中本年按规定得到资助的人数                                 |
      | 幼儿园生均教育支出               | kindergarten_spending_per_child | education spending per child in kindergartens         | 旗县、盟市         | 元/人 | 数值 | 0..  | 不汇总 | 本年幼儿园一般公共预算教育支出决算数按在校（园）生平均       |
      | 小学生均教育支出                 | primary_spending_per_pupil      | education spending per primary pupil                  | 旗县、盟市         | 元/人 | 数值 | 0..  | 不汇总 | 本年小学一般公共预算教育支出决算数按在校（园）生平均         |
      | 初中生均教育支出                 | junior_spending_per_pupil       | education spending per junior secondary pupil         | 旗县、盟市         | 元/人 | 数值 | 0..  | 不汇总 | 本年初中一般公共预算教育支出决算数按在校（园）生平均         |
      | 普通高中生均教育支出             | senior_spending_per_pupil       | education spending per general senior secondary pupil | 旗县、盟市         | 元/人 | 数值 | 0..  | 不汇总 | 本年普通高中一般公共预算教育支出决算数按在校（园）生平均     |
      | 中职生均教育支出                 | vocational_spending_per_student | education spending per secondary vocational student   | 旗县、盟市         | 元/人 | 数值 | 0..  | 不汇总 | 本年中等职业学校一般公共预算教育支出决算数按在校（园）生平均 |
      | 高校生均教育支出                 | higher_spending_per_student     | education spending per student in higher education    | 盟市               | 元/人 | 数值 | 0..  | 不汇总 | 本年高等学校一般公共预算教育支出决算数按在校生平均           |
    而且 指标
      | 名称                               | 标识                            | 英文                                              | 层级               | 单位  | 公式                                                               | 口径                               |
      | 生均一般公共预算教育支出           | education_budget_per_pupil      | education spending per pupil                      | 旗县、盟市、自治区 | 元/人 | 辖区一般公共预算教育支出 ÷ 在校生数                                | 支出和在校生都按整个辖区           |
      | 教师培训经费占工资总额比例         | training_budget_share           | training budget as a share of payroll             | 旗县、盟市         | %     | 比例(教师培训经费预算, 教师工资总额)                               | 培训经费预算占教师工资总额         |
      | 公用经费用于教师培训比例           | running_budget_training_share   | share of running budget spent on training         | 学校、旗县、盟市   | %     | 比例(公用经费用于教师培训支出, 公用经费总额)                       | 教师培训支出占公用经费总额         |
      | 教育费附加征收率                   | education_surcharge_rate        | education surcharge collected, share of due       | 旗县、盟市         | %     | 比例(教育费附加征收额, 教育费附加应征额)                           | 征收额占应征额                     |
      | 教育费附加使用率                   | education_surcharge_use         | education surcharge spent, share of collected     | 旗县、盟市         | %     | 比例(教育费附加用于学校数额, 教育费附加征收额)                     | 拨付学校的数额占征收额             |
      | 地方教育附加征收率                 | local_surcharge_rate            | local education surcharge collected, share of due | 旗县、盟市         | %     | 比例(地方教育附加征收额, 地方教育附加应征额)                       | 征收额占应征额                     |
      | 家庭经济困难学生资助覆盖率         | student_aid_coverage            | coverage of student aid                           | 旗县、盟市、自治区 | %     | 比例(受资助家庭经济困难学生数, 家庭经济困难学生数)                 | 受资助人数占认定的困难学生         |
      | 生均公用经费                       | running_budget_per_pupil        | running budget per pupil                          | 学校、旗县、盟市   | 元/人 | 公用经费总额 ÷ 在校生数                                            | 公用经费总额按在校生平均           |
      | 生均财政拨款                       | appropriation_per_pupil         | appropriation per pupil                           | 学校、旗县、盟市   | 元/人 | 财政拨款总额 ÷ 在校生数                                            | 财政拨款总额按在校生平均           |
      | 生均预算内公用经费拨款             | running_appropriation_per_pupil | running appropriation per pupil                   | 学校、旗县、盟市   | 元/人 | 预算内公用经费拨款 ÷ 在校生数                                      | 预算内公用经费拨款按在校生平均     |
      | 教师人均工资                       | pay_per_teacher                 | pay per teacher                                   | 旗县、盟市         | 元/人 | 教师工资总额 ÷ 中小学专任教师数                                    | 教师工资总额按中小学专任教师平均   |
      | 教师人均培训经费                   | training_budget_per_teacher     | training budget per teacher                       | 旗县、盟市         | 元/人 | 教师培训经费预算 ÷ 中小学专任教师数                                | 培训经费预算按中小学专任教师平均   |
      | 绩效工资按时足额发放率             | performance_pay_share           | performance pay paid in time, share               | 旗县、盟市         | %     | 比例(绩效工资按时足额发放额, 绩效工资应发额)                       | 按时足额发放的数额占应发额         |
      | 农村牧区家庭经济困难学生资助覆盖率 | rural_aid_coverage              | coverage of aid for rural students                | 旗县、盟市         | %     | 比例(受资助农村牧区家庭经济困难学生数, 农村牧区家庭经济困难学生数) | 受资助人数占认定的农村牧区困难学生 |

  场景: 生均一般公共预算教育支出
    假如 某盟市的 辖区一般公共预算教育支出 是 600000
    而且 在校生数 是 300000
    当 在2025年考核
    那么 生均一般公共预算教育支出 是 20000

  场景: 生均一般公共预算教育支出，分母为零时为空
    假如 某盟市的 辖区一般公共预算教育支出 是 0
    而且 在校生数 是 0
    当 在2025年考核
    那么 生均一般公共预算教育支出 为空

  场景: 生均一般公共预算教育支出，缺数据时为空
    假如 某盟市的 在校生数 是 300000
    当 在2025年考核
    那么 生均一般公共预算教育支出 为空

  场景: 教师培训经费占工资总额比例
    假如 某旗县的 教师培训经费预算 是 300
    而且 教师工资总额 是 20000
    当 在2025年考核
    那么 教师培训经费占工资总额比例 是 1.5%

  场景: 教师培训经费占工资总额比例，分母为零时为空
    假如 某旗县的 教师培训经费预算 是 0
    而且 教师工资总额 是 0
    当 在2025年考核
    那么 教师培训经费占工资总额比例 为空

  场景: 教师培训经费占工资总额比例，缺数据时为空
    假如 某旗县的 教师工资总额 是 20000
    当 在2025年考核
    那么 教师培训经费占工资总额比例 为空

  场景: 公用经费用于教师培训比例
    假如 某学校的 公用经费用于教师培训支出 是 5
    而且 公用经费总额 是 100
    当 在2025年考核
    那么 公用经费用于教师培训比例 是 5%

  场景: 公用经费用于教师培训比例，分母为零时为空
    假如 某学校的 公用经费用于教师培训支出 是 0
    而且 公用经费总额 是 0
    当 在2025年考核
    那么 公用经费用于教师培训比例 为空

  场景: 公用经费用于教师培训比例，缺数据时为空
    假如 某学校的 公用经费总额 是 100
    当 在2025年考核
    那么 公用经费用于教师培训比例 为空

  场景: 教育费附加征收率
    假如 某盟市的 教育费附加征收额 是 990
    而且 教育费附加应征额 是 1000
    当 在2025年考核
    那么 教育费附加征收率 是 99%

  场景: 教育费附加征收率，分母为零时为空
    假如 某盟市的 教育费附加征收额 是 0
    而且 教育费附加应征额 是 0
    当 在2025年考核
    那么 教育费附加征收率 为空

  场景: 教育费附加征收率，缺数据时为空
    假如 某盟市的 教育费附加应征额 是 1000
    当 在2025年考核
    那么 教育费附加征收率 为空

  场景: 教育费附加使用率
    假如 某盟市的 教育费附加用于学校数额 是 500
    而且 教育费附加征收额 是 1000
    当 在2025年考核
    那么 教育费附加使用率 是 50%

  场景: 教育费附加使用率，分母为零时为空
    假如 某盟市的 教育费附加用于学校数额 是 0
    而且 教育费附加征收额 是 0
    当 在2025年考核
    那么 教育费附加使用率 为空

  场景: 教育费附加使用率，缺数据时为空
    假如 某盟市的 教育费附加征收额 是 1000
    当 在2025年考核
    那么 教育费附加使用率 为空

  场景: 地方教育附加征收率
    假如 某盟市的 地方教育附加征收额 是 990
    而且 地方教育附加应征额 是 1000
    当 在2025年考核
    那么 地方教育附加征收率 是 99%

  场景: 地方教育附加征收率，分母为零时为空
    假如 某盟市的 地方教育附加征收额 是 0
    而且 地方教育附加应征额 是 0
    当 在2025年考核
    那么 地方教育附加征收率 为空

  场景: 地方教育附加征收率，缺数据时为空
    假如 某盟市的 地方教育附加应征额 是 1000
    当 在2025年考核
    那么 地方教育附加征收率 为空

  场景: 家庭经济困难学生资助覆盖率
    假如 某盟市的 受资助家庭经济困难学生数 是 99
    而且 家庭经济困难学生数 是 100
    当 在2025年考核
    那么 家庭经济困难学生资助覆盖率 是 99%

  场景: 家庭经济困难学生资助覆盖率，分母为零时为空
    假如 某盟市的 受资助家庭经济困难学生数 是 0
    而且 家庭经济困难学生数 是 0
    当 在2025年考核
    那么 家庭经济困难学生资助覆盖率 为空

  场景: 家庭经济困难学生资助覆盖率，缺数据时为空
    假如 某盟市的 家庭经济困难学生数 是 100
    当 在2025年考核
    那么 家庭经济困难学生资助覆盖率 为空

  场景: 生均公用经费
    假如 某学校的 公用经费总额 是 65
    而且 在校生数 是 1000
    当 在2025年考核
    那么 生均公用经费 是 650元/人

  场景: 生均公用经费，分母为零时为空
    假如 某学校的 公用经费总额 是 0
    而且 在校生数 是 0
    当 在2025年考核
    那么 生均公用经费 为空

  场景: 生均公用经费，缺数据时为空
    假如 某学校的 在校生数 是 1000
    当 在2025年考核
    那么 生均公用经费 为空

  场景: 生均财政拨款
    假如 某学校的 财政拨款总额 是 1500
    而且 在校生数 是 1000
    当 在2025年考核
    那么 生均财政拨款 是 15000元/人

  场景: 生均财政拨款，分母为零时为空
    假如 某学校的 财政拨款总额 是 0
    而且 在校生数 是 0
    当 在2025年考核
    那么 生均财政拨款 为空

  场景: 生均财政拨款，缺数据时为空
    假如 某学校的 在校生数 是 1000
    当 在2025年考核
    那么 生均财政拨款 为空

  场景: 生均预算内公用经费拨款
    假如 某学校的 预算内公用经费拨款 是 65
    而且 在校生数 是 1000
    当 在2025年考核
    那么 生均预算内公用经费拨款 是 650元/人

  场景: 生均预算内公用经费拨款，分母为零时为空
    假如 某学校的 预算内公用经费拨款 是 0
    而且 在校生数 是 0
    当 在2025年考核
    那么 生均预算内公用经费拨款 为空

  场景: 生均预算内公用经费拨款，缺数据时为空
    假如 某学校的 在校生数 是 1000
    当 在2025年考核
    那么 生均预算内公用经费拨款 为空

  场景: 教师人均工资
    假如 某旗县的 教师工资总额 是 12000
    而且 中小学专任教师数 是 1000
    当 在2025年考核
    那么 教师人均工资 是 120000元/人

  场景: 教师人均工资，分母为零时为空
    假如 某旗县的 教师工资总额 是 0
    而且 中小学专任教师数 是 0
    当 在2025年考核
    那么 教师人均工资 为空

  场景: 教师人均工资，缺数据时为空
    假如 某旗县的 中小学专任教师数 是 1000
    当 在2025年考核
    那么 教师人均工资 为空

  场景: 教师人均培训经费
    假如 某旗县的 教师培训经费预算 是 200
    而且 中小学专任教师数 是 1000
    当 在2025年考核
    那么 教师人均培训经费 是 2000元/人

  场景: 教师人均培训经费，分母为零时为空
    假如 某旗县的 教师培训经费预算 是 0
    而且 中小学专任教师数 是 0
    当 在2025年考核
    那么 教师人均培训经费 为空

  场景: 教师人均培训经费，缺数据时为空
    假如 某旗县的 中小学专任教师数 是 1000
    当 在2025年考核
    那么 教师人均培训经费 为空

  场景: 绩效工资按时足额发放率
    假如 某旗县的 绩效工资按时足额发放额 是 1990
    而且 绩效工资应发额 是 2000
    当 在2025年考核
    那么 绩效工资按时足额发放率 是 99.5%

  场景: 绩效工资按时足额发放率，分母为零时为空
    假如 某旗县的 绩效工资按时足额发放额 是 0
    而且 绩效工资应发额 是 0
    当 在2025年考核
    那么 绩效工资按时足额发放率 为空

  场景: 绩效工资按时足额发放率，缺数据时为空
    假如 某旗县的 绩效工资应发额 是 2000
    当 在2025年考核
    那么 绩效工资按时足额发放率 为空

  场景: 农村牧区家庭经济困难学生资助覆盖率
    假如 某盟市的 受资助农村牧区家庭经济困难学生数 是 1990
    而且 农村牧区家庭经济困难学生数 是 2000
    当 在2025年考核
    那么 农村牧区家庭经济困难学生资助覆盖率 是 99.5%

  场景: 农村牧区家庭经济困难学生资助覆盖率，分母为零时为空
    假如 某盟市的 受资助农村牧区家庭经济困难学生数 是 0
    而且 农村牧区家庭经济困难学生数 是 0
    当 在2025年考核
    那么 农村牧区家庭经济困难学生资助覆盖率 为空

  场景: 农村牧区家庭经济困难学生资助覆盖率，缺数据时为空
    假如 某盟市的 农村牧区家庭经济困难学生数 是 2000
    当 在2025年考核
    那么 农村牧区家庭经济困难学生资助覆盖率 为空
