# language: zh-CN
功能: 体育美育与劳动教育

  背景:
    假如 数据项
      | 名称                     | 标识                          | 英文                                       | 层级       | 单位 | 类型 | 范围   | 汇总 | 口径                                              |
      | 学会生活技能学生比例     | life_skill_share              | pupils who learnt a life skill in the year | 学校       | %    | 数值 | 0..100 |      | 本年学会1项以上生活技能的学生占在校生             |
      | 劳动教育试点学校数       | labour_pilot_schools          | pilot schools of labour education          | 旗县、盟市 | 所   | 整数 | 0..    | 求和 | 开展劳动教育试点的学校数                          |
      | 每周美育课节数           | weekly_arts_lessons           | arts lessons a week                        | 班级       | 节   | 数值 | 0..    |      | 本班每周音乐、美术、书法、舞蹈、戏剧等美育课节数  |
      | 实施艺术素质测评         | arts_assessment               | assesses pupils in the arts                | 学校       |      | 是否 |        |      | 对在校学生全面开展艺术素质测评                    |
      | 盟市中小学艺术节举办届数 | arts_festivals                | arts festivals of the prefecture           | 盟市       | 届   | 整数 | 0..    |      | 本年举办的全盟、全市中小学艺术节届数              |
      | 开齐开足体育美育课程     | full_sports_arts_curriculum   | teaches all sports and arts lessons        | 学校       |      | 是否 |        |      | 体育、音乐、美术等课程按课程方案开齐，课时开足    |
      | 参加盟市中小学艺术节届数 | arts_festivals_joined         | arts festivals of the prefecture joined    | 旗县       | 届   | 整数 | 0..    |      | 本年组队参加全盟、全市中小学艺术节的届数          |
      | 学生每天校内体育锻炼时间 | daily_exercise_in_school      | daily exercise in school                   | 学校       | 分钟 | 数值 | 0..    |      | 有效锻炼时间，各年级不同时填最少的年级            |
      | 学生每天校外体育活动时间 | daily_exercise_out_of_school  | daily exercise out of school               | 学校       | 分钟 | 数值 | 0..    |      | 抽样调查的学生平均时间                            |
      | 掌握运动技能学生比例     | sports_skill_share            | pupils with a sports skill                 | 学校       | %    | 数值 | 0..100 |      | 掌握1项以上运动技能的学生占在校生                 |
      | 掌握艺术特长学生比例     | arts_skill_share              | pupils with a talent in the arts           | 学校       | %    | 数值 | 0..100 |      | 形成1项以上艺术爱好或特长的学生占在校生           |
      | 掌握艺术技能学生比例     | mastered_arts_share           | pupils with an arts skill                  | 学校       | %    | 数值 | 0..100 |      | 掌握1项以上艺术技能的学生占在校生，只有爱好的不算 |
      | 盟市中学生运动会举办届数 | secondary_games               | secondary school games of the prefecture   | 盟市       | 届   | 整数 | 0..    |      | 本年举办的全盟、全市中学生运动会届数              |
      | 每周特色体育课节数       | weekly_special_sports_lessons | special sports lessons a week              | 学校       | 节   | 数值 | 0..    |      | 各班不同时填最少的班                              |
      | 两周书法课节数           | calligraphy_lessons           | calligraphy lessons in two weeks           | 学校       | 节   | 数值 | 0..    |      | 每两周开设的书法课节数，各班不同时填最少的班      |
      | 合唱团数                 | choirs                        | choirs of a class                          | 班级       | 个   | 整数 | 0..    |      | 本班的合唱团数                                    |
      | 每周合唱活动次数         | weekly_choir_practice         | choir practices a week                     | 班级       | 次   | 数值 | 0..    |      | 学期中平均每周合唱活动次数                        |
      | 每周劳动教育课节数       | weekly_labour_lessons         | labour lessons a week                      | 学校       | 节   | 数值 | 0..    |      | 各班不同时填最少的班                              |
      | 每月劳动实践日天数       | monthly_labour_days           | labour days a month                        | 学校       | 天   | 数值 | 0..    |      | 学期中平均每月劳动实践日天数                      |
