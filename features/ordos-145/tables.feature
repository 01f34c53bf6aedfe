# language: zh-CN
功能: 主要指标表
  规划的三张主要指标表，鄂尔多斯一栏和内蒙古一栏分开：一行一个指标，基期、目标取自规则，现值取自填报数据。

  背景:
    假如 依据文件"ordos-145"
    而且 每个"盟市"一张表"教育事业发展主要指标"，每行一条规则
      | 类别               | 指标                               | 规则                             |
      | 教育和人力资源开发 | 学前三年入园率                     | preschool-gross-enrolment        |
      | 教育和人力资源开发 | 九年义务教育巩固率                 | compulsory-retention             |
      | 教育和人力资源开发 | 高中阶段毛入学率                   | senior-secondary-gross-enrolment |
      | 教育和人力资源开发 | 义务教育优质均衡旗县比例           | balanced-counties-table          |
      | 教育和人力资源开发 | 公办幼儿园在园幼儿占比             | public-kindergarten-share        |
      | 教育和人力资源开发 | 普惠性幼儿园覆盖率                 | inclusive-kindergarten-coverage  |
      | 教育和人力资源开发 | 劳动年龄人口平均受教育年限         | mean-years-of-schooling          |
      | 学生全面发展       | 中小学生体质健康达标率             | pupil-fitness                    |
      | 学生全面发展       | 中小学生近视眼率                   | pupil-myopia                     |
      | 学生全面发展       | 中小学生肥胖率                     | pupil-obesity                    |
      | 学生全面发展       | 公办学校校医配备率                 | school-doctors                   |
      | 教师队伍           | 学前教育专任教师接受专业教育比例   | trained-kindergarten-teachers    |
      | 教师队伍           | 义务教育阶段本科学历教师比例       | graduate-compulsory-teachers     |
      | 教育信息化         | 中小学智慧校园覆盖率               | smart-campus-coverage            |
      | 教育信息化         | 校均网络出口带宽                   | mean-school-bandwidth            |
      | 教育信息化         | 中小学基于大数据的教与学应用覆盖率 | learning-data-coverage           |
      | 教育信息化         | 中小学每十万名学生拥有在线课程数   | online-courses                   |
    而且 每个"盟市"一张表"职业教育发展主要指标"，每行一条规则
      | 类别         | 指标                             | 规则                                 |
      | 中职教育     | 职普比例                         | vocational-share                     |
      | 中职教育     | 在校生规模                       | secondary-vocational-students        |
      | 中职教育     | 新建学校                         | new-secondary-vocational-school      |
      | 中职教育     | 自治区中职优质学校               | quality-secondary-vocational-schools |
      | 高等教育     | 本科院校                         | undergraduate-institutions           |
      | 高等教育     | 在校生规模                       | higher-education-students            |
      | 高等教育     | 自治区双高院校                   | double-high-college                  |
      | 高等教育     | 自治区双一流高校                 | double-first-class-university        |
      | 高等教育     | 新建高职院校                     | new-higher-vocational-college        |
      | 专业建设     | 中职优质专业                     | quality-secondary-programmes         |
      | 专业建设     | 自治区本科双一流专业             | first-class-undergraduate-programme  |
      | 专业建设     | 自治区高水平专业（群）           | regional-high-level-programmes       |
      | 专业建设     | 国家高水平专业（群）             | national-high-level-programmes       |
      | 师资队伍建设 | 双师型教师占专业教师比例，中职   | secondary-dual-qualified             |
      | 师资队伍建设 | 双师型教师占专业教师比例，高职   | higher-dual-qualified                |
      | 师资队伍建设 | 兼职教师占比                     | part-time-teachers-table             |
      | 毕业生       | 中高等职业院校毕业生双证书获取率 | double-certificates                  |
      | 职业培训人次 | 非学历职业教育达到在校生规模     | non-degree-training-table            |
      | 产教融合     | 职教集团（产教联盟）             | vocational-groups                    |
      | 产教融合     | 综合实训基地                     | training-bases                       |
      | 产教融合     | 现代产业学院                     | industry-colleges                    |
      | 对外合作     | 区内合作院校                     | partners-within-region               |
      | 对外合作     | 区外合作院校                     | partners-outside-region              |
    而且 每个"盟市"一张表"体育事业发展主要指标"，每行一条规则
      | 类别       | 指标                                 | 规则                       |
      | 群众体育   | 经常参加体育锻炼人数比例             | regular-exercise           |
      | 群众体育   | 人均体育场地面积                     | sports-area-per-head       |
      | 群众体育   | 国民体质测定标准合格率               | citizens-fitness           |
      | 群众体育   | 国家级体育公园                       | national-sports-parks      |
      | 竞技体育   | 队伍建设，一级运动员                 | first-class-athletes       |
      | 竞技体育   | 队伍建设，二级运动员                 | second-class-athletes      |
      | 竞技体育   | 队伍建设，具有副高级以上职称的教练员 | senior-coaches             |
      | 竞技体育   | 队伍建设，国家一级裁判员             | first-class-referees       |
      | 竞技体育   | 队伍建设，国家二级裁判员             | second-class-referees      |
      | 青少年体育 | 体育传统特色学校数量                 | traditional-sports-schools |
      | 青少年体育 | 青少年体育社会组织数量               | youth-sports-organisations |
      | 青少年体育 | 创建市级青少年品牌赛事活动           | youth-brand-events         |
      | 青少年体育 | 基层教练员执教技能培训人数           | grassroots-coach-training  |
      | 青少年体育 | 注册青少年运动员                     | registered-youth-athletes  |
      | 青少年体育 | 自治区级以上竞技体育后备人才基地     | reserve-talent-bases       |
      | 青少年体育 | 青少年体育训练中心                   | youth-training-centres     |
      | 体育产业   | 体育产业增加值占地区生产总值的比重   | sports-share-of-gdp        |
      | 体育产业   | 城市体育服务综合体                   | urban-sports-complexes     |
      | 体育产业   | 培育体旅融合发展精品项目             | sports-tourism-projects    |
      | 足球发展   | 注册足球运动员数量                   | registered-footballers     |
      | 足球发展   | 等级足球教练员数量                   | graded-football-coaches    |
      | 足球发展   | 等级足球裁判员数量                   | graded-football-referees   |
    而且 每个"自治区"一张表"教育事业发展主要指标（内蒙古）"，每行一条规则
      | 类别               | 指标                             | 规则                                 |
      | 教育和人力资源开发 | 学前三年入园率                   | region-preschool-enrolment           |
      | 教育和人力资源开发 | 九年义务教育巩固率               | region-compulsory-retention          |
      | 教育和人力资源开发 | 高中阶段毛入学率                 | region-senior-secondary-enrolment    |
      | 教育和人力资源开发 | 义务教育优质均衡旗县比例         | region-balanced-counties             |
      | 教育和人力资源开发 | 公办幼儿园在园幼儿占比           | region-public-kindergarten-share     |
      | 教育和人力资源开发 | 普惠性幼儿园覆盖率               | region-inclusive-kindergartens       |
      | 教育和人力资源开发 | 劳动年龄人口平均受教育年限       | region-mean-years-of-schooling       |
      | 教师队伍           | 学前教育专任教师接受专业教育比例 | region-trained-kindergarten-teachers |
      | 教师队伍           | 义务教育阶段本科学历教师比例     | region-graduate-compulsory-teachers  |
    而且 每个"自治区"一张表"职业教育发展主要指标（内蒙古）"，每行一条规则
      | 类别         | 指标                           | 规则                            |
      | 师资队伍建设 | 双师型教师占专业教师比例，中职 | region-secondary-dual-qualified |
      | 师资队伍建设 | 双师型教师占专业教师比例，高职 | region-higher-dual-qualified    |
    而且 每个"自治区"一张表"体育事业发展主要指标（内蒙古）"，每行一条规则
      | 类别       | 指标                               | 规则                              |
      | 群众体育   | 经常参加体育锻炼人数比例           | region-regular-exercise           |
      | 群众体育   | 人均体育场地面积                   | region-sports-area-per-head       |
      | 群众体育   | 国民体质测定标准合格率             | region-citizens-fitness           |
      | 青少年体育 | 体育传统特色学校数量               | region-traditional-sports-schools |
      | 青少年体育 | 青少年体育社会组织数量             | region-youth-sports-organisations |
      | 青少年体育 | 基层教练员执教技能培训人数         | region-grassroots-coach-training  |
      | 青少年体育 | 注册青少年运动员                   | region-registered-youth-athletes  |
      | 青少年体育 | 自治区级以上竞技体育后备人才基地   | region-reserve-talent-bases       |
      | 体育产业   | 体育产业增加值占地区生产总值的比重 | region-sports-share-of-gdp        |
      | 足球发展   | 注册足球运动员数量                 | region-registered-footballers     |
      | 足球发展   | 等级足球教练员数量                 | region-graded-football-coaches    |
      | 足球发展   | 等级足球裁判员数量                 | region-graded-football-referees   |
