# language: zh-CN
功能: 教育治理

  背景:
    假如 数据项
      | 名称                     | 标识                       | 英文                                                     | 层级       | 单位 | 类型 | 范围   | 汇总   | 口径                                                   |
      | 教育发展水平全区名次     | education_rank             | rank of education within the region                      | 盟市       | 名   | 整数 | 1..    |        | 教育总体发展水平在自治区各盟市中的名次                 |
      | 人民群众教育满意度       | education_satisfaction     | satisfaction with education                              | 旗县、盟市 | %    | 数值 | 0..100 |        | 满意度调查中对教育表示满意的比例                       |
      | 制定学校章程             | school_charter             | has a school charter                                     | 学校       |      | 是否 |        |        | 依法制定或修订学校章程并经核准                         |
      | 教育总体水平全盟名次     | county_education_rank      | rank of the county in the prefecture                     | 旗县       | 名   | 整数 | 1..    |        | 教育总体水平在盟市各旗县中的名次                       |
      | 义务教育教学质量全盟名次 | county_compulsory_rank     | rank of the county in compulsory education               | 旗县       | 名   | 整数 | 1..    |        | 义务教育教学质量在盟市各旗县中的名次                   |
      | 普通高中办学水平全盟名次 | county_senior_rank         | rank of the county in general senior secondary education | 旗县       | 名   | 整数 | 1..    |        | 普通高中办学水平在盟市各旗县中的名次                   |
      | 中考综合成绩全盟名次     | county_junior_exam_rank    | rank of the county in the junior graduation examination  | 旗县       | 名   | 整数 | 1..    |        | 本年中考综合成绩在盟市各旗县中的名次                   |
      | 纳入督导评价             | inspection_covered         | is part of the inspections                               | 学校       |      | 是否 |        |        | 学校已经纳入教育督导部门督导评价的范围                 |
      | 年终述职必述教育工作     | education_in_yearly_report | leaders' yearly reports cover education                  | 旗县、盟市 |      | 是否 |        |        | 党政主要负责同志年终述职必须述教育工作，已成制度并执行 |
      | 已开展规划实施评估       | plan_evaluated             | the plan was evaluated                                   | 旗县、盟市 |      | 是否 |        |        | 对本地教育规划的实施情况开展过评估，有报告             |
      | 规划实施情况公布次数     | plan_releases              | times the state of the plan was made public              | 旗县、盟市 | 次   | 整数 | 0..    | 不汇总 | 本年本级向社会公布规划实施情况的次数                   |
      | 规划重点任务文件种数     | plan_task_papers           | of timetable, road map and task list of the plan issued  | 旗县、盟市 | 种   | 整数 | 0..3   | 不汇总 | 时间表、路线图、任务书三种中本级已制定的种数           |
