# language: zh-CN
功能: 发展目标表
  规划的发展目标表：一行一个指标，基期、目标取自规则，现值取自填报数据。

  背景:
    假如 依据文件"xilingol-145"
    而且 每个"盟市"一张表"教育事业发展目标"，每行一条规则
      | 类别     | 指标                               | 规则                             |
      | 学前教育 | 学前三年毛入园率                   | preschool-gross-enrolment        |
      | 学前教育 | 普惠性幼儿园覆盖率                 | inclusive-kindergarten-coverage  |
      | 学前教育 | 公办园在园幼儿占比                 | public-kindergarten-share        |
      | 义务教育 | 九年义务教育巩固率                 | compulsory-retention             |
      | 义务教育 | 县域义务教育优质均衡达标率         | balanced-county-share            |
      | 高中教育 | 高中阶段毛入学率                   | senior-secondary-gross-enrolment |
      | 特殊教育 | 义务教育残疾儿童少年入学率         | disabled-children-enrolment      |
      | 师资队伍 | 义务教育学校本科毕业及以上教师比例 | graduate-compulsory-teachers     |
      | 师资队伍 | 普通高中研究生毕业教师比例         | postgraduate-senior-teachers     |
      | 师资队伍 | 中职学校双师型教师比例             | dual-qualified-teachers          |
      |          | 劳动年龄人口平均受教育年限         | mean-years-of-schooling          |
