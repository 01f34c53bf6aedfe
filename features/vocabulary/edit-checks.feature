# language: zh-CN
功能: 核对关系
  填报数据之间应有的关系。不成立时只给出提示，不影响结论；缺数据时不提示。

  背景:
    假如 同类对象的 学段 相同
    而且 同类对象的 学校类别 相同
    而且 核对关系
      | 名称                                                             | 标识                                         | 英文                                                                                                                 | 层级                     | 关系                                                          | 仅限                           | 程度   | 说明                               |
      | 有学生就有教师                                                   | pupils-have-teachers                         | where there are pupils there are teachers                                                                            | 学校、旗县               | 专任教师数 > 0                                                | 在校生数 > 0                   | 不可能 |                                    |
      | 有教师就有学生                                                   | teachers-have-pupils                         | where there are teachers there are pupils                                                                            | 学校、旗县               | 在校生数 > 0                                                  | 专任教师数 > 0                 | 不可能 |                                    |
      | 有学生就有班级                                                   | pupils-have-classes                          | where there are pupils there are classes                                                                             | 学校                     | 计数(班级, 班级人数 > 0) > 0                                  | 在校生数 > 0 且 计数(班级) > 0 | 不可能 | 报了班级，各班人数却都是0          |
      | 各班人数之和不超过在校生数                                       | classes-within-school                        | pupils of all classes within pupils of the school                                                                    | 学校                     | 合计(班级.班级人数) ≤ 在校生数                                |                                | 不可能 | 两者都是学年初人数                 |
      | 生师比常见范围                                                   | pupils-per-teacher                           | usual number of pupils per teacher                                                                                   | 学校、旗县               | 在校生数 ≥ 2 × 专任教师数 且 在校生数 ≤ 40 × 专任教师数       | 专任教师数 > 0 且 在校生数 > 0 | 少见   | 每名教师2至40名学生                |
      | 班级人数常见范围                                                 | usual-class-size                             | usual size of a class                                                                                                | 班级                     | 班级人数 > 0 且 班级人数 ≤ 80人                               |                                | 少见   | 1至80人                            |
      | 普通话二级乙等以上教师数不超过专任教师数                         | mandarin-within-teachers                     | teachers with Mandarin 2B within all teachers                                                                        | 学校、旗县、盟市、自治区 | 普通话二级乙等以上教师数 ≤ 专任教师数                         |                                | 不可能 | 部分不能大于整体                   |
      | 专职心理健康教师数不超过专任教师数                               | psychology-within-teachers                   | psychology teachers within all teachers                                                                              | 学校                     | 专职心理健康教师数 ≤ 专任教师数                               |                                | 不可能 | 部分不能大于整体                   |
      | 不招收残疾学生就没有轻度残疾学生                                 | no-disabled-pupils                           | no disabled pupils where none are admitted                                                                           | 学校                     | 轻度残疾学生数 = 0                                            | 招收残疾学生 = 否              | 不可能 |                                    |
      | 不开展课后服务就不收费                                           | no-service-no-fee                            | no fee without after-school care                                                                                     | 学校                     | 课后服务收费 = 0                                              | 开展课后服务 = 否              | 不可能 |                                    |
      | 课后服务收费常见范围                                             | usual-care-fee                               | usual fee of after-school care                                                                                       | 学校                     | 课后服务收费 ≤ 3000元                                         |                                | 少见   | 每名学生一学期3000元以内           |
      | 书面作业时间常见范围                                             | usual-homework                               | usual time of homework                                                                                               | 学校                     | 小学三至六年级书面作业时间 ≤ 240分钟                          |                                | 少见   | 每天4小时以内                      |
      | 初中书面作业时间常见范围                                         | usual-junior-homework                        | usual time of junior homework                                                                                        | 学校                     | 初中书面作业时间 ≤ 300分钟                                    |                                | 少见   | 每天5小时以内                      |
      | 校内体育锻炼时间常见范围                                         | usual-exercise                               | usual time of exercise in school                                                                                     | 学校                     | 学生每天校内体育锻炼时间 ≤ 300分钟                            |                                | 少见   | 每天5小时以内                      |
      | 中小学在校生数不超过在校生数                                     | basic-within-pupils                          | pupils of primary and secondary schools within all pupils                                                            | 旗县、盟市、自治区       | 中小学在校生数 ≤ 在校生数                                     |                                | 不可能 | 部分不能大于整体                   |
      | 在园幼儿数不超过在校生数                                         | kindergarten-within-pupils                   | kindergarten children within all pupils                                                                              | 旗县、盟市、自治区       | 在园幼儿数 ≤ 在校生数                                         |                                | 少见   | 部分不能大于整体                   |
      | 中小学专任教师数不超过专任教师数                                 | basic-within-teachers                        | school teachers within all teachers                                                                                  | 旗县、盟市、自治区       | 中小学专任教师数 ≤ 专任教师数                                 |                                | 不可能 | 部分不能大于整体                   |
      | 普惠性幼儿园在园幼儿数不超过在园幼儿数                           | inclusive-within-kindergarten                | children in inclusive kindergartens within all                                                                       | 旗县、盟市、自治区       | 普惠性幼儿园在园幼儿数 ≤ 在园幼儿数                           |                                | 不可能 | 部分不能大于整体                   |
      | 公办幼儿园在园幼儿数不超过在园幼儿数                             | public-within-kindergarten                   | children in public kindergartens within all                                                                          | 旗县、盟市、自治区       | 公办幼儿园在园幼儿数 ≤ 在园幼儿数                             |                                | 不可能 | 部分不能大于整体                   |
      | 专科以上学历幼儿园专任教师数不超过幼儿园专任教师数               | college-within-kindergarten-teachers         | kindergarten teachers with a college degree within all                                                               | 旗县、盟市、自治区       | 专科以上学历幼儿园专任教师数 ≤ 幼儿园专任教师数               |                                | 不可能 | 部分不能大于整体                   |
      | 接受专业教育的幼儿园专任教师数不超过幼儿园专任教师数             | trained-within-kindergarten-teachers         | kindergarten teachers with professional training within all                                                          | 旗县、盟市、自治区       | 接受专业教育的幼儿园专任教师数 ≤ 幼儿园专任教师数             |                                | 不可能 | 部分不能大于整体                   |
      | 适龄非残疾儿童少年在学数不超过适龄非残疾儿童少年数               | enrolled-within-age                          | school-age children in education within all                                                                          | 旗县、盟市、自治区       | 适龄非残疾儿童少年在学数 ≤ 适龄非残疾儿童少年数               |                                | 不可能 | 部分不能大于整体                   |
      | 适龄残疾儿童少年在学数不超过适龄残疾儿童少年数                   | enrolled-within-disabled                     | disabled children in education within all                                                                            | 旗县、盟市、自治区       | 适龄残疾儿童少年在学数 ≤ 适龄残疾儿童少年数                   |                                | 不可能 | 部分不能大于整体                   |
      | 公办学校就读随迁子女数不超过义务教育随迁子女数                   | public-within-migrant                        | migrant pupils in public schools within all                                                                          | 旗县、盟市、自治区       | 公办学校就读随迁子女数 ≤ 义务教育随迁子女数                   |                                | 不可能 | 部分不能大于整体                   |
      | 本科以上学历义务教育专任教师数不超过义务教育专任教师数           | graduate-within-compulsory-teachers          | graduate compulsory teachers within all                                                                              | 旗县、盟市、自治区       | 本科以上学历义务教育专任教师数 ≤ 义务教育专任教师数           |                                | 不可能 | 部分不能大于整体                   |
      | 本科以上学历小学专任教师数不超过小学专任教师数                   | graduate-within-primary-teachers             | graduate primary teachers within all                                                                                 | 旗县、盟市、自治区       | 本科以上学历小学专任教师数 ≤ 小学专任教师数                   |                                | 不可能 | 部分不能大于整体                   |
      | 研究生学历初中专任教师数不超过初中专任教师数                     | postgraduate-within-junior-teachers          | postgraduate junior teachers within all                                                                              | 旗县、盟市、自治区       | 研究生学历初中专任教师数 ≤ 初中专任教师数                     |                                | 不可能 | 部分不能大于整体                   |
      | 研究生学历普通高中专任教师数不超过普通高中专任教师数             | postgraduate-within-senior-teachers          | postgraduate senior teachers within all                                                                              | 旗县、盟市、自治区       | 研究生学历普通高中专任教师数 ≤ 普通高中专任教师数             |                                | 不可能 | 部分不能大于整体                   |
      | 普通话二级甲等以上语文教师数不超过语文教师数                     | mandarin-within-chinese-teachers             | teachers of Chinese with Mandarin 2A within all                                                                      | 旗县、盟市、自治区       | 普通话二级甲等以上语文教师数 ≤ 语文教师数                     |                                | 不可能 | 部分不能大于整体                   |
      | 普通话达标民族语言授课教师数不超过民族语言授课教师数             | mandarin-within-ethnic-teachers              | qualified teachers in an ethnic language within all                                                                  | 旗县、盟市、自治区       | 普通话达标民族语言授课教师数 ≤ 民族语言授课教师数             |                                | 不可能 | 部分不能大于整体                   |
      | 交流轮岗教师数不超过符合交流条件教师数                           | rotated-within-due                           | teachers rotated within those due                                                                                    | 旗县、盟市               | 交流轮岗教师数 ≤ 符合交流条件教师数                           |                                | 不可能 | 部分不能大于整体                   |
      | 交流轮岗骨干教师数不超过交流轮岗教师数                           | key-within-rotated                           | key teachers rotated within all rotated                                                                              | 旗县、盟市               | 交流轮岗骨干教师数 ≤ 交流轮岗教师数                           |                                | 不可能 | 部分不能大于整体                   |
      | 交流轮岗校长教师数不超过符合交流条件校长教师数                   | rotated-staff-within-eligible                | heads and teachers rotated within those eligible                                                                     | 旗县、盟市               | 交流轮岗校长教师数 ≤ 符合交流条件校长教师数                   |                                | 不可能 | 部分不能大于整体                   |
      | 交流轮岗优秀校长骨干教师数不超过交流轮岗校长教师数               | leading-within-rotated-staff                 | outstanding staff rotated within all rotated                                                                         | 旗县、盟市               | 交流轮岗优秀校长骨干教师数 ≤ 交流轮岗校长教师数               |                                | 不可能 | 部分不能大于整体                   |
      | 学前专业专科以上新招聘幼儿园教师数不超过新招聘幼儿园教师数       | qualified-within-new-kindergarten            | qualified new kindergarten teachers within all new                                                                   | 旗县、盟市               | 学前专业专科以上新招聘幼儿园教师数 ≤ 新招聘幼儿园教师数       |                                | 不可能 | 部分不能大于整体                   |
      | 本科以上学历新招聘中小学教师数不超过新招聘中小学教师数           | graduate-within-new-teachers                 | graduate new teachers within all new                                                                                 | 旗县、盟市               | 本科以上学历新招聘中小学教师数 ≤ 新招聘中小学教师数           |                                | 不可能 | 部分不能大于整体                   |
      | 持证新招聘中小学教师数不超过新招聘中小学教师数                   | certified-within-new-teachers                | certified new teachers within all new                                                                                | 旗县、盟市               | 持证新招聘中小学教师数 ≤ 新招聘中小学教师数                   |                                | 不可能 | 部分不能大于整体                   |
      | 获补贴超工作量班主任数不超过超工作量班主任数                     | paid-within-overloaded                       | form teachers paid within those overloaded                                                                           | 旗县、盟市               | 获补贴超工作量班主任数 ≤ 超工作量班主任数                     |                                | 不可能 | 部分不能大于整体                   |
      | 受资助家庭经济困难学生数不超过家庭经济困难学生数                 | aided-within-poor                            | poor students aided within all poor                                                                                  | 旗县、盟市、自治区       | 受资助家庭经济困难学生数 ≤ 家庭经济困难学生数                 |                                | 不可能 | 部分不能大于整体                   |
      | 近视中小学生数不超过视力检查中小学生数                           | myopic-within-checked                        | myopic pupils within those checked                                                                                   | 旗县、盟市、自治区       | 近视中小学生数 ≤ 视力检查中小学生数                           |                                | 不可能 | 部分不能大于整体                   |
      | 肥胖中小学生数不超过体检中小学生数                               | obese-within-examined                        | obese pupils within those examined                                                                                   | 旗县、盟市、自治区       | 肥胖中小学生数 ≤ 体检中小学生数                               |                                | 不可能 | 部分不能大于整体                   |
      | 体质健康达标学生数不超过体质健康测试学生数                       | passed-within-tested                         | pupils fit within those tested                                                                                       | 旗县、盟市、自治区       | 体质健康达标学生数 ≤ 体质健康测试学生数                       |                                | 不可能 | 部分不能大于整体                   |
      | 体质健康优良学生数不超过体质健康达标学生数                       | good-within-passed                           | pupils in good shape within those fit                                                                                | 旗县、盟市、自治区       | 体质健康优良学生数 ≤ 体质健康达标学生数                       |                                | 不可能 | 部分不能大于整体                   |
      | 本科上线考生数不超过高考考生数                                   | bachelor-within-candidates                   | candidates above the bachelor line within all                                                                        | 旗县、盟市               | 本科上线考生数 ≤ 高考考生数                                   |                                | 不可能 | 部分不能大于整体                   |
      | 一本上线考生数不超过本科上线考生数                               | first-within-bachelor                        | candidates above the first line within the bachelor line                                                             | 旗县、盟市               | 一本上线考生数 ≤ 本科上线考生数                               |                                | 不可能 | 部分不能大于整体                   |
      | 中职双师型教师数不超过中职专业教师数                             | dual-within-subject-teachers                 | dual-qualified teachers within subject teachers                                                                      | 旗县、盟市、自治区       | 中职双师型教师数 ≤ 中职专业教师数                             |                                | 不可能 | 部分不能大于整体                   |
      | 参训教研员数不超过教研员数                                       | trained-within-researchers                   | researchers trained within all                                                                                       | 旗县、盟市               | 参训教研员数 ≤ 教研员数                                       |                                | 不可能 | 部分不能大于整体                   |
      | 教育费附加征收额不超过教育费附加应征额                           | surcharge-within-due                         | surcharge collected within the due                                                                                   | 旗县、盟市               | 教育费附加征收额 ≤ 教育费附加应征额                           |                                | 少见   | 补征往年的会超过，请说明           |
      | 体育产业增加值不超过地区生产总值                                 | sports-within-gdp                            | sports industry within GDP                                                                                           | 旗县、盟市、自治区       | 体育产业增加值 ≤ 地区生产总值                                 |                                | 不可能 | 部分不能大于整体                   |
      | 小学和初中专任教师数之和等于义务教育专任教师数                   | compulsory-teachers-add-up                   | primary and junior teachers add up to compulsory teachers                                                            | 旗县、盟市、自治区       | 小学专任教师数 + 初中专任教师数 = 义务教育专任教师数          |                                | 少见   | 九年一贯制学校请分学段填           |
      | 中小学和幼儿园学生数之和不超过在校生数                           | pupils-add-up                                | school pupils and kindergarten children within all pupils                                                            | 旗县、盟市、自治区       | 中小学在校生数 + 在园幼儿数 ≤ 在校生数                        |                                | 少见   | 在校生数含在园幼儿                 |
      | 教师人均工资常见范围                                             | usual-pay                                    | usual pay of a teacher                                                                                               | 旗县、盟市               | 教师人均工资 ≥ 1万元/人 且 教师人均工资 ≤ 50万元/人           |                                | 少见   | 全年1万至50万元，注意万元和元      |
      | 生均公用经费常见范围                                             | usual-running-budget                         | usual running budget per pupil                                                                                       | 学校、旗县、盟市         | 生均公用经费 ≥ 100元/人 且 生均公用经费 ≤ 5万元/人            | 公用经费总额 > 0               | 少见   | 每名学生100元至5万元，注意万元和元 |
      | 信息技术应用培训教师数不超过中小学专任教师数                     | digitally-trained-teachers-within            | teachers trained in digital teaching within teachers of primary and secondary schools                                | 自治区、盟市、旗县       | 信息技术应用培训教师数 ≤ 中小学专任教师数                     |                                | 不可能 | 部分不能大于整体                   |
      | 压减学科类培训机构数不超过原有学科类培训机构数                   | subject-tutoring-closed-within               | subject tutoring providers closed or converted within subject tutoring providers before the reform                   | 盟市、旗县               | 压减学科类培训机构数 ≤ 原有学科类培训机构数                   |                                | 不可能 | 部分不能大于整体                   |
      | 非营利学科类培训机构数不超过现有学科类培训机构数                 | nonprofit-subject-tutoring-within            | non-profit subject tutoring providers within subject tutoring providers now                                          | 盟市、旗县               | 非营利学科类培训机构数 ≤ 现有学科类培训机构数                 |                                | 不可能 | 部分不能大于整体                   |
      | 平台监管培训机构数不超过面向中小学生培训机构数                   | tutoring-on-platform-within                  | tutoring providers on the platform within tutoring providers for pupils                                              | 盟市、旗县               | 平台监管培训机构数 ≤ 面向中小学生培训机构数                   |                                | 不可能 | 部分不能大于整体                   |
      | 地方教育附加征收额不超过地方教育附加应征额                       | local-surcharge-collected-within             | local education surcharge collected within local education surcharge due                                             | 盟市、旗县               | 地方教育附加征收额 ≤ 地方教育附加应征额                       |                                | 少见   | 补征往年的会超过，请说明           |
      | 绩效工资按时足额发放额不超过绩效工资应发额                       | performance-pay-paid-within                  | performance pay paid in time within performance pay due                                                              | 盟市、旗县               | 绩效工资按时足额发放额 ≤ 绩效工资应发额                       |                                | 不可能 | 部分不能大于整体                   |
      | 受资助农村牧区家庭经济困难学生数不超过农村牧区家庭经济困难学生数 | aided-rural-poor-students-within             | rural students in economic hardship aided within rural students in economic hardship                                 | 盟市、旗县               | 受资助农村牧区家庭经济困难学生数 ≤ 农村牧区家庭经济困难学生数 |                                | 不可能 | 部分不能大于整体                   |
      | 幼儿园参训园长教师数不超过幼儿园应训园长教师数                   | kindergarten-training-done-within            | kindergarten heads and teachers trained within kindergarten heads and teachers due for training                      | 盟市、旗县               | 幼儿园参训园长教师数 ≤ 幼儿园应训园长教师数                   |                                | 不可能 | 部分不能大于整体                   |
      | 一本上线考生数不超过高考考生数                                   | above-first-line-within                      | candidates above the first line within candidates of the college entrance examination                                | 盟市、旗县               | 一本上线考生数 ≤ 高考考生数                                   |                                | 不可能 | 部分不能大于整体                   |
      | 受托管帮扶薄弱县域高中数不超过薄弱县域高中数                     | mentored-weak-seniors-within                 | weak county senior secondary schools mentored within weak county senior secondary schools                            | 盟市、旗县               | 受托管帮扶薄弱县域高中数 ≤ 薄弱县域高中数                     |                                | 不可能 | 部分不能大于整体                   |
      | 特殊教育参训教师数不超过特殊教育应训教师数                       | special-training-done-within                 | teachers trained in special education within teachers due for special education training                             | 学校                     | 特殊教育参训教师数 ≤ 特殊教育应训教师数                       |                                | 不可能 | 部分不能大于整体                   |
      | 有个别化教育方案的残疾学生数不超过在校残疾学生数                 | pupils-with-own-plan-within                  | pupils with disabilities who have a plan of their own within pupils with disabilities                                | 盟市、旗县               | 有个别化教育方案的残疾学生数 ≤ 在校残疾学生数                 |                                | 不可能 | 部分不能大于整体                   |
      | 高职双师型教师数不超过高职专业教师数                             | higher-dual-qualified-teachers-within        | dual-qualified teachers of higher vocational colleges within subject teachers of higher vocational colleges          | 自治区、盟市             | 高职双师型教师数 ≤ 高职专业教师数                             |                                | 不可能 | 部分不能大于整体                   |
      | 双证书毕业生数不超过职业院校毕业生数                             | double-certificate-graduates-within          | graduates with both certificates within graduates of vocational institutions                                         | 盟市                     | 双证书毕业生数 ≤ 职业院校毕业生数                             |                                | 不可能 | 部分不能大于整体                   |
      | 参加培训中职专任教师数不超过中职专任教师数                       | trained-secondary-vocational-teachers-within | full-time teachers of secondary vocational schools trained within full-time teachers of secondary vocational schools | 盟市                     | 参加培训中职专任教师数 ≤ 中职专任教师数                       |                                | 不可能 | 部分不能大于整体                   |
      | 就近入学小学新生数不超过城区公办小学新生数 | nearby-primary-entrants-within | entrants near by within all entrants of primary schools | 旗县 | 就近入学小学新生数 ≤ 城区公办小学新生数 |  | 不可能 |  |
      | 就近入学初中新生数不超过城区公办初中新生数 | nearby-junior-entrants-within | entrants near by within all entrants of junior secondary schools | 旗县 | 就近入学初中新生数 ≤ 城区公办初中新生数 |  | 不可能 |  |
      | 优质高中分配名额不超过招生名额 | allotted-senior-places-within | places allotted within all places of good senior secondary schools | 旗县 | 优质高中分配名额 ≤ 优质高中招生名额 |  | 不可能 |  |

  场景大纲: 部分不超过整体
    假如 某旗县的 <整体> 是 100
    而且 某旗县的 <部分> 是 <数>
    当 在2025年考核
    那么 <有没有>核对提示"<关系>"
    例子:
      | 整体                   | 部分                               | 数  | 有没有 | 关系                                 |
      | 专任教师数             | 普通话二级乙等以上教师数           | 100 | 没有   | mandarin-within-teachers             |
      | 专任教师数             | 普通话二级乙等以上教师数           | 101 | 有     | mandarin-within-teachers             |
      | 在校生数               | 中小学在校生数                     | 100 | 没有   | basic-within-pupils                  |
      | 在校生数               | 中小学在校生数                     | 101 | 有     | basic-within-pupils                  |
      | 在校生数               | 在园幼儿数                         | 100 | 没有   | kindergarten-within-pupils           |
      | 在校生数               | 在园幼儿数                         | 101 | 有     | kindergarten-within-pupils           |
      | 专任教师数             | 中小学专任教师数                   | 100 | 没有   | basic-within-teachers                |
      | 专任教师数             | 中小学专任教师数                   | 101 | 有     | basic-within-teachers                |
      | 在园幼儿数             | 普惠性幼儿园在园幼儿数             | 100 | 没有   | inclusive-within-kindergarten        |
      | 在园幼儿数             | 普惠性幼儿园在园幼儿数             | 101 | 有     | inclusive-within-kindergarten        |
      | 在园幼儿数             | 公办幼儿园在园幼儿数               | 100 | 没有   | public-within-kindergarten           |
      | 在园幼儿数             | 公办幼儿园在园幼儿数               | 101 | 有     | public-within-kindergarten           |
      | 幼儿园专任教师数       | 专科以上学历幼儿园专任教师数       | 100 | 没有   | college-within-kindergarten-teachers |
      | 幼儿园专任教师数       | 专科以上学历幼儿园专任教师数       | 101 | 有     | college-within-kindergarten-teachers |
      | 幼儿园专任教师数       | 接受专业教育的幼儿园专任教师数     | 100 | 没有   | trained-within-kindergarten-teachers |
      | 幼儿园专任教师数       | 接受专业教育的幼儿园专任教师数     | 101 | 有     | trained-within-kindergarten-teachers |
      | 适龄非残疾儿童少年数   | 适龄非残疾儿童少年在学数           | 100 | 没有   | enrolled-within-age                  |
      | 适龄非残疾儿童少年数   | 适龄非残疾儿童少年在学数           | 101 | 有     | enrolled-within-age                  |
      | 适龄残疾儿童少年数     | 适龄残疾儿童少年在学数             | 100 | 没有   | enrolled-within-disabled             |
      | 适龄残疾儿童少年数     | 适龄残疾儿童少年在学数             | 101 | 有     | enrolled-within-disabled             |
      | 义务教育随迁子女数     | 公办学校就读随迁子女数             | 100 | 没有   | public-within-migrant                |
      | 义务教育随迁子女数     | 公办学校就读随迁子女数             | 101 | 有     | public-within-migrant                |
      | 义务教育专任教师数     | 本科以上学历义务教育专任教师数     | 100 | 没有   | graduate-within-compulsory-teachers  |
      | 义务教育专任教师数     | 本科以上学历义务教育专任教师数     | 101 | 有     | graduate-within-compulsory-teachers  |
      | 小学专任教师数         | 本科以上学历小学专任教师数         | 100 | 没有   | graduate-within-primary-teachers     |
      | 小学专任教师数         | 本科以上学历小学专任教师数         | 101 | 有     | graduate-within-primary-teachers     |
      | 初中专任教师数         | 研究生学历初中专任教师数           | 100 | 没有   | postgraduate-within-junior-teachers  |
      | 初中专任教师数         | 研究生学历初中专任教师数           | 101 | 有     | postgraduate-within-junior-teachers  |
      | 普通高中专任教师数     | 研究生学历普通高中专任教师数       | 100 | 没有   | postgraduate-within-senior-teachers  |
      | 普通高中专任教师数     | 研究生学历普通高中专任教师数       | 101 | 有     | postgraduate-within-senior-teachers  |
      | 语文教师数             | 普通话二级甲等以上语文教师数       | 100 | 没有   | mandarin-within-chinese-teachers     |
      | 语文教师数             | 普通话二级甲等以上语文教师数       | 101 | 有     | mandarin-within-chinese-teachers     |
      | 民族语言授课教师数     | 普通话达标民族语言授课教师数       | 100 | 没有   | mandarin-within-ethnic-teachers      |
      | 民族语言授课教师数     | 普通话达标民族语言授课教师数       | 101 | 有     | mandarin-within-ethnic-teachers      |
      | 符合交流条件教师数     | 交流轮岗教师数                     | 100 | 没有   | rotated-within-due                   |
      | 符合交流条件教师数     | 交流轮岗教师数                     | 101 | 有     | rotated-within-due                   |
      | 交流轮岗教师数         | 交流轮岗骨干教师数                 | 100 | 没有   | key-within-rotated                   |
      | 交流轮岗教师数         | 交流轮岗骨干教师数                 | 101 | 有     | key-within-rotated                   |
      | 符合交流条件校长教师数 | 交流轮岗校长教师数                 | 100 | 没有   | rotated-staff-within-eligible        |
      | 符合交流条件校长教师数 | 交流轮岗校长教师数                 | 101 | 有     | rotated-staff-within-eligible        |
      | 交流轮岗校长教师数     | 交流轮岗优秀校长骨干教师数         | 100 | 没有   | leading-within-rotated-staff         |
      | 交流轮岗校长教师数     | 交流轮岗优秀校长骨干教师数         | 101 | 有     | leading-within-rotated-staff         |
      | 新招聘幼儿园教师数     | 学前专业专科以上新招聘幼儿园教师数 | 100 | 没有   | qualified-within-new-kindergarten    |
      | 新招聘幼儿园教师数     | 学前专业专科以上新招聘幼儿园教师数 | 101 | 有     | qualified-within-new-kindergarten    |
      | 新招聘中小学教师数     | 本科以上学历新招聘中小学教师数     | 100 | 没有   | graduate-within-new-teachers         |
      | 新招聘中小学教师数     | 本科以上学历新招聘中小学教师数     | 101 | 有     | graduate-within-new-teachers         |
      | 新招聘中小学教师数     | 持证新招聘中小学教师数             | 100 | 没有   | certified-within-new-teachers        |
      | 新招聘中小学教师数     | 持证新招聘中小学教师数             | 101 | 有     | certified-within-new-teachers        |
      | 超工作量班主任数       | 获补贴超工作量班主任数             | 100 | 没有   | paid-within-overloaded               |
      | 超工作量班主任数       | 获补贴超工作量班主任数             | 101 | 有     | paid-within-overloaded               |
      | 家庭经济困难学生数     | 受资助家庭经济困难学生数           | 100 | 没有   | aided-within-poor                    |
      | 家庭经济困难学生数     | 受资助家庭经济困难学生数           | 101 | 有     | aided-within-poor                    |
      | 视力检查中小学生数     | 近视中小学生数                     | 100 | 没有   | myopic-within-checked                |
      | 视力检查中小学生数     | 近视中小学生数                     | 101 | 有     | myopic-within-checked                |
      | 体检中小学生数         | 肥胖中小学生数                     | 100 | 没有   | obese-within-examined                |
      | 体检中小学生数         | 肥胖中小学生数                     | 101 | 有     | obese-within-examined                |
      | 体质健康测试学生数     | 体质健康达标学生数                 | 100 | 没有   | passed-within-tested                 |
      | 体质健康测试学生数     | 体质健康达标学生数                 | 101 | 有     | passed-within-tested                 |
      | 体质健康达标学生数     | 体质健康优良学生数                 | 100 | 没有   | good-within-passed                   |
      | 体质健康达标学生数     | 体质健康优良学生数                 | 101 | 有     | good-within-passed                   |
      | 高考考生数             | 本科上线考生数                     | 100 | 没有   | bachelor-within-candidates           |
      | 高考考生数             | 本科上线考生数                     | 101 | 有     | bachelor-within-candidates           |
      | 本科上线考生数         | 一本上线考生数                     | 100 | 没有   | first-within-bachelor                |
      | 本科上线考生数         | 一本上线考生数                     | 101 | 有     | first-within-bachelor                |
      | 中职专业教师数         | 中职双师型教师数                   | 100 | 没有   | dual-within-subject-teachers         |
      | 中职专业教师数         | 中职双师型教师数                   | 101 | 有     | dual-within-subject-teachers         |
      | 教研员数               | 参训教研员数                       | 100 | 没有   | trained-within-researchers           |
      | 教研员数               | 参训教研员数                       | 101 | 有     | trained-within-researchers           |
      | 教育费附加应征额       | 教育费附加征收额                   | 100 | 没有   | surcharge-within-due                 |
      | 教育费附加应征额       | 教育费附加征收额                   | 101 | 有     | surcharge-within-due                 |
      | 地区生产总值           | 体育产业增加值                     | 100 | 没有   | sports-within-gdp                    |
      | 地区生产总值           | 体育产业增加值                     | 101 | 有     | sports-within-gdp                    |

  场景大纲: 教师和学生
    假如 某学校的 在校生数 是 <学生>
    而且 专任教师数 是 <教师>
    当 在2025年考核
    那么 <无教师>核对提示"pupils-have-teachers"
    而且 <无学生>核对提示"teachers-have-pupils"
    而且 <生师比>核对提示"pupils-per-teacher"
    例子:
      | 学生 | 教师 | 无教师 | 无学生 | 生师比 |
      | 40   | 1    | 没有   | 没有   | 没有   |
      | 41   | 1    | 没有   | 没有   | 有     |
      | 2    | 1    | 没有   | 没有   | 没有   |
      | 1    | 1    | 没有   | 没有   | 有     |
      | 40   | 0    | 有     | 没有   | 没有   |
      | 0    | 1    | 没有   | 有     | 没有   |
      | 0    | 0    | 没有   | 没有   | 没有   |
      |      | 0    | 没有   | 没有   | 没有   |

  场景大纲: 班级和学校
    假如 填报数据
      | 层级 | 代码 | 上级代码 | 在校生数 | 班级人数 |
      | 学校 | S1   |          | <学生>   |          |
      | 班级 | C1   | S1       |          | <一班>   |
      | 班级 | C2   | S1       |          | <二班>   |
    当 在2025年考核
    那么 <无班级>核对提示"pupils-have-classes"
    而且 <超出>核对提示"classes-within-school"
    而且 <班额>核对提示"usual-class-size"
    例子:
      | 学生 | 一班 | 二班 | 无班级 | 超出 | 班额 |
      | 160  | 80   | 80   | 没有   | 没有 | 没有 |
      | 160  | 81   | 79   | 没有   | 没有 | 有   |
      | 160  | 80   | 0    | 没有   | 没有 | 有   |
      | 159  | 80   | 80   | 没有   | 有   | 没有 |
      | 159  | 80   |      | 没有   | 没有 | 没有 |
      | 1    | 0    | 0    | 有     | 没有 | 有   |

  场景大纲: 学校自相矛盾
    假如 某学校的 <前提> 是 否
    而且 <数据项> 是 <值>
    当 在2025年考核
    那么 <有没有>核对提示"<关系>"
    例子:
      | 前提         | 数据项                 | 值 | 有没有 | 关系               |
      | 招收残疾学生 | 轻度残疾学生数         | 0  | 没有   | no-disabled-pupils |
      | 招收残疾学生 | 轻度残疾学生数         | 1  | 有     | no-disabled-pupils |
      | 开展课后服务 | 课后服务收费           | 0  | 没有   | no-service-no-fee  |
      | 开展课后服务 | 课后服务收费           | 1  | 有     | no-service-no-fee  |

  场景大纲: 学校的常见范围
    假如 某学校的 <数据项> 是 <值>
    当 在2025年考核
    那么 <有没有>核对提示"<关系>"
    例子:
      | 数据项                     | 值   | 有没有 | 关系                  |
      | 课后服务收费               | 3000 | 没有   | usual-care-fee        |
      | 课后服务收费               | 3001 | 有     | usual-care-fee        |
      | 小学三至六年级书面作业时间 | 240  | 没有   | usual-homework        |
      | 小学三至六年级书面作业时间 | 241  | 有     | usual-homework        |
      | 初中书面作业时间           | 300  | 没有   | usual-junior-homework |
      | 初中书面作业时间           | 301  | 有     | usual-junior-homework |
      | 学生每天校内体育锻炼时间   | 300  | 没有   | usual-exercise        |
      | 学生每天校内体育锻炼时间   | 301  | 有     | usual-exercise        |

  场景大纲: 合计
    假如 某旗县的 <甲> 是 40
    而且 某旗县的 <乙> 是 60
    而且 某旗县的 <合计> 是 <数>
    当 在2025年考核
    那么 <有没有>核对提示"<关系>"
    例子:
      | 甲             | 乙             | 合计               | 数  | 有没有 | 关系                       |
      | 小学专任教师数 | 初中专任教师数 | 义务教育专任教师数 | 100 | 没有   | compulsory-teachers-add-up |
      | 小学专任教师数 | 初中专任教师数 | 义务教育专任教师数 | 101 | 有     | compulsory-teachers-add-up |
      | 中小学在校生数 | 在园幼儿数     | 在校生数           | 100 | 没有   | pupils-add-up              |
      | 中小学在校生数 | 在园幼儿数     | 在校生数           | 99  | 有     | pupils-add-up              |

  场景大纲: 学校的部分和常见范围
    假如 某学校的 专任教师数 是 100
    而且 在校生数 是 1000
    而且 <数据项> 是 <值>
    当 在2025年考核
    那么 <有没有>核对提示"<关系>"
    例子:
      | 数据项                   | 值     | 有没有 | 关系                       |
      | 普通话二级乙等以上教师数 | 100    | 没有   | mandarin-within-teachers   |
      | 普通话二级乙等以上教师数 | 101    | 有     | mandarin-within-teachers   |
      | 专职心理健康教师数       | 100    | 没有   | psychology-within-teachers |
      | 专职心理健康教师数       | 101    | 有     | psychology-within-teachers |
      | 公用经费总额             | 0      | 没有   | usual-running-budget       |
      | 公用经费总额             | 9.99   | 有     | usual-running-budget       |
      | 公用经费总额             | 10     | 没有   | usual-running-budget       |
      | 公用经费总额             | 5000   | 没有   | usual-running-budget       |
      | 公用经费总额             | 5000.1 | 有     | usual-running-budget       |

  场景大纲: 工资的常见范围
    假如 某旗县的 教师人均工资 是 <值>
    当 在2025年考核
    那么 <有没有>核对提示"usual-pay"
    例子:
      | 值     | 有没有 |
      | 9999   | 有     |
      | 10000  | 没有   |
      | 500000 | 没有   |
      | 500001 | 有     |

  场景大纲: 其中的部分不超过整体
    假如 某<层级>的 <整体> 是 100
    而且 某<层级>的 <部分> 是 <数>
    当 在2025年考核
    那么 <有没有>核对提示"<关系>"
    例子:
      | 层级   | 整体                       | 部分                             | 数  | 有没有 | 关系                                         |
      | 自治区 | 中小学专任教师数           | 信息技术应用培训教师数           | 100 | 没有   | digitally-trained-teachers-within            |
      | 自治区 | 中小学专任教师数           | 信息技术应用培训教师数           | 101 | 有     | digitally-trained-teachers-within            |
      | 盟市   | 原有学科类培训机构数       | 压减学科类培训机构数             | 100 | 没有   | subject-tutoring-closed-within               |
      | 盟市   | 原有学科类培训机构数       | 压减学科类培训机构数             | 101 | 有     | subject-tutoring-closed-within               |
      | 盟市   | 现有学科类培训机构数       | 非营利学科类培训机构数           | 100 | 没有   | nonprofit-subject-tutoring-within            |
      | 盟市   | 现有学科类培训机构数       | 非营利学科类培训机构数           | 101 | 有     | nonprofit-subject-tutoring-within            |
      | 盟市   | 面向中小学生培训机构数     | 平台监管培训机构数               | 100 | 没有   | tutoring-on-platform-within                  |
      | 盟市   | 面向中小学生培训机构数     | 平台监管培训机构数               | 101 | 有     | tutoring-on-platform-within                  |
      | 盟市   | 地方教育附加应征额         | 地方教育附加征收额               | 100 | 没有   | local-surcharge-collected-within             |
      | 盟市   | 地方教育附加应征额         | 地方教育附加征收额               | 101 | 有     | local-surcharge-collected-within             |
      | 盟市   | 绩效工资应发额             | 绩效工资按时足额发放额           | 100 | 没有   | performance-pay-paid-within                  |
      | 盟市   | 绩效工资应发额             | 绩效工资按时足额发放额           | 101 | 有     | performance-pay-paid-within                  |
      | 盟市   | 农村牧区家庭经济困难学生数 | 受资助农村牧区家庭经济困难学生数 | 100 | 没有   | aided-rural-poor-students-within             |
      | 盟市   | 农村牧区家庭经济困难学生数 | 受资助农村牧区家庭经济困难学生数 | 101 | 有     | aided-rural-poor-students-within             |
      | 盟市   | 幼儿园应训园长教师数       | 幼儿园参训园长教师数             | 100 | 没有   | kindergarten-training-done-within            |
      | 盟市   | 幼儿园应训园长教师数       | 幼儿园参训园长教师数             | 101 | 有     | kindergarten-training-done-within            |
      | 盟市   | 高考考生数                 | 一本上线考生数                   | 100 | 没有   | above-first-line-within                      |
      | 盟市   | 高考考生数                 | 一本上线考生数                   | 101 | 有     | above-first-line-within                      |
      | 盟市   | 薄弱县域高中数             | 受托管帮扶薄弱县域高中数         | 100 | 没有   | mentored-weak-seniors-within                 |
      | 盟市   | 薄弱县域高中数             | 受托管帮扶薄弱县域高中数         | 101 | 有     | mentored-weak-seniors-within                 |
      | 学校   | 特殊教育应训教师数         | 特殊教育参训教师数               | 100 | 没有   | special-training-done-within                 |
      | 学校   | 特殊教育应训教师数         | 特殊教育参训教师数               | 101 | 有     | special-training-done-within                 |
      | 盟市   | 在校残疾学生数             | 有个别化教育方案的残疾学生数     | 100 | 没有   | pupils-with-own-plan-within                  |
      | 盟市   | 在校残疾学生数             | 有个别化教育方案的残疾学生数     | 101 | 有     | pupils-with-own-plan-within                  |
      | 自治区 | 高职专业教师数             | 高职双师型教师数                 | 100 | 没有   | higher-dual-qualified-teachers-within        |
      | 自治区 | 高职专业教师数             | 高职双师型教师数                 | 101 | 有     | higher-dual-qualified-teachers-within        |
      | 盟市   | 职业院校毕业生数           | 双证书毕业生数                   | 100 | 没有   | double-certificate-graduates-within          |
      | 盟市   | 职业院校毕业生数           | 双证书毕业生数                   | 101 | 有     | double-certificate-graduates-within          |
      | 盟市   | 中职专任教师数             | 参加培训中职专任教师数           | 100 | 没有   | trained-secondary-vocational-teachers-within |
      | 盟市   | 中职专任教师数             | 参加培训中职专任教师数           | 101 | 有     | trained-secondary-vocational-teachers-within |
      | 旗县   | 城区公办小学新生数 | 就近入学小学新生数 | 100 | 没有   | nearby-primary-entrants-within |
      | 旗县   | 城区公办小学新生数 | 就近入学小学新生数 | 101 | 有     | nearby-primary-entrants-within |
      | 旗县   | 城区公办初中新生数 | 就近入学初中新生数 | 100 | 没有   | nearby-junior-entrants-within |
      | 旗县   | 城区公办初中新生数 | 就近入学初中新生数 | 101 | 有     | nearby-junior-entrants-within |
      | 旗县   | 优质高中招生名额 | 优质高中分配名额 | 100 | 没有   | allotted-senior-places-within |
      | 旗县   | 优质高中招生名额 | 优质高中分配名额 | 101 | 有     | allotted-senior-places-within |
