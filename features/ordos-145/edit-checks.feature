# language: zh-CN
功能: 核对关系
  部分不超过整体。不成立时只给出提示，不影响结论；缺数据时不提示。

  背景:
    假如 核对关系
      | 名称                                                           | 标识                                           | 英文                                                                                         | 层级       | 关系                                                        | 仅限            | 程度   | 说明             |
      | 多品牌市级体育产业示范基地数不超过市级体育产业示范基地数       | multi-brand-bases-within                       | municipal sports industry bases with several brands within municipal sports industry bases   | 盟市       | 多品牌市级体育产业示范基地数 ≤ 市级体育产业示范基地数       |                 | 不可能 | 部分不能大于整体 |
      | 有体育文化的市级体育产业示范基地数不超过市级体育产业示范基地数 | bases-with-culture-within                      | municipal sports industry bases with a sports culture within municipal sports industry bases | 盟市       | 有体育文化的市级体育产业示范基地数 ≤ 市级体育产业示范基地数 |                 | 不可能 | 部分不能大于整体 |
      | 普通话二级甲等以上新招聘语文教师数不超过新招聘语文教师数       | mandarin-qualified-new-chinese-teachers-within | new teachers of Chinese with Mandarin level 2A or above within new teachers of Chinese       | 盟市、旗县 | 普通话二级甲等以上新招聘语文教师数 ≤ 新招聘语文教师数       |                 | 不可能 | 部分不能大于整体 |
      | 最强党支部数不超过党支部数                                     | strongest-branches-within                      | strongest party branches within party branches                                               | 盟市       | 最强党支部数 ≤ 党支部数                                     |                 | 不可能 | 部分不能大于整体 |
      | 党员教职工数不超过教职工数                                     | party-staff-within                             | staff who are party members within staff of schools                                          | 盟市       | 党员教职工数 ≤ 教职工数                                     |                 | 不可能 | 部分不能大于整体 |
      | 党员班主任数不超过班主任数                                     | party-form-teachers-within                     | form teachers who are party members within form teachers                                     | 盟市       | 党员班主任数 ≤ 班主任数                                     |                 | 不可能 | 部分不能大于整体 |
      | 体育设施达标新建居住区数不超过新建居住区数                     | new-areas-with-sports-within                   | new residential areas with standard sports facilities within new residential areas           | 盟市、旗县 | 体育设施达标新建居住区数 ≤ 新建居住区数                     |                 | 不可能 | 部分不能大于整体 |
      | 低免开放公共体育场馆数不超过政府投资公共体育场馆数             | open-public-venues-within                      | public venues open free or at low charge within public sports venues                         | 盟市、旗县 | 低免开放公共体育场馆数 ≤ 政府投资公共体育场馆数             |                 | 不可能 | 部分不能大于整体 |
      | 定期开放公共体育场馆数不超过政府投资公共体育场馆数             | regularly-open-venues-within                   | public venues open regularly within public sports venues                                     | 盟市、旗县 | 定期开放公共体育场馆数 ≤ 政府投资公共体育场馆数             |                 | 不可能 | 部分不能大于整体 |
      | 获补贴实习就业人才数不超过实习就业满二年人才数                 | subsidised-talents-within                      | talents subsidised within talents employed for two years                                     | 盟市       | 获补贴实习就业人才数 ≤ 实习就业满二年人才数                 |                 | 不可能 | 部分不能大于整体 |
      | 获补贴来市实习学生数不超过来市实习学生数                       | subsidised-interns-within                      | interns subsidised within interns from outside the city                                      | 盟市       | 获补贴来市实习学生数 ≤ 来市实习学生数                       |                 | 不可能 | 部分不能大于整体 |
      | 配建学校幼儿园的新建小区数不超过新建居住小区数                 | estates-with-schools-within                    | new housing estates with schools within new housing estates                                  | 盟市、旗县 | 配建学校幼儿园的新建小区数 ≤ 新建居住小区数                 |                 | 不可能 | 部分不能大于整体 |
      | 录用前政审新招聘教师数不超过新招聘教师数                       | vetted-new-teachers-within                     | new teachers vetted within new teachers                                                      | 盟市、旗县 | 录用前政审新招聘教师数 ≤ 新招聘教师数                       |                 | 不可能 | 部分不能大于整体 |
      | 参加业务考试教师数不超过应参加业务考试教师数                   | teachers-tested-within                         | teachers tested within teachers due for the professional test                                | 盟市、旗县 | 参加业务考试教师数 ≤ 应参加业务考试教师数                   |                 | 不可能 | 部分不能大于整体 |
      | 没有场馆就谈不上开放                                           | no-venue-not-open                              | no venue, none open                                                                          | 学校       | 课余时间向学生开放场馆 = 否 且 节假日向社会开放场馆 = 否    | 有体育场馆 = 否 | 不可能 |                  |
      | 已随班就读学生数不超过适宜随班就读学生数                       | included-within-suitable                       | included pupils within those suitable                                                        | 旗县、盟市 | 已随班就读学生数 ≤ 适宜随班就读学生数                       |                 | 不可能 | 部分不能大于整体 |
      | 受资助家庭经济困难残疾学生数不超过家庭经济困难残疾学生数       | aided-disabled-pupils-within                   | poor pupils with disabilities aided are some of all of them                                  | 旗县、盟市 | 受资助家庭经济困难残疾学生数 ≤ 家庭经济困难残疾学生数       |                 | 不可能 | 部分不能大于整体 |

  场景大纲: 部分不超过整体
    假如 某<层级>的 <整体> 是 100
    而且 某<层级>的 <部分> 是 <数>
    当 在2025年考核
    那么 <有没有>核对提示"<关系>"
    例子:
      | 层级 | 整体                   | 部分                               | 数  | 有没有 | 关系                                           |
      | 盟市 | 市级体育产业示范基地数 | 多品牌市级体育产业示范基地数       | 100 | 没有   | multi-brand-bases-within                       |
      | 盟市 | 市级体育产业示范基地数 | 多品牌市级体育产业示范基地数       | 101 | 有     | multi-brand-bases-within                       |
      | 盟市 | 市级体育产业示范基地数 | 有体育文化的市级体育产业示范基地数 | 100 | 没有   | bases-with-culture-within                      |
      | 盟市 | 市级体育产业示范基地数 | 有体育文化的市级体育产业示范基地数 | 101 | 有     | bases-with-culture-within                      |
      | 盟市 | 新招聘语文教师数       | 普通话二级甲等以上新招聘语文教师数 | 100 | 没有   | mandarin-qualified-new-chinese-teachers-within |
      | 盟市 | 新招聘语文教师数       | 普通话二级甲等以上新招聘语文教师数 | 101 | 有     | mandarin-qualified-new-chinese-teachers-within |
      | 盟市 | 党支部数               | 最强党支部数                       | 100 | 没有   | strongest-branches-within                      |
      | 盟市 | 党支部数               | 最强党支部数                       | 101 | 有     | strongest-branches-within                      |
      | 盟市 | 教职工数               | 党员教职工数                       | 100 | 没有   | party-staff-within                             |
      | 盟市 | 教职工数               | 党员教职工数                       | 101 | 有     | party-staff-within                             |
      | 盟市 | 班主任数               | 党员班主任数                       | 100 | 没有   | party-form-teachers-within                     |
      | 盟市 | 班主任数               | 党员班主任数                       | 101 | 有     | party-form-teachers-within                     |
      | 盟市 | 新建居住区数           | 体育设施达标新建居住区数           | 100 | 没有   | new-areas-with-sports-within                   |
      | 盟市 | 新建居住区数           | 体育设施达标新建居住区数           | 101 | 有     | new-areas-with-sports-within                   |
      | 盟市 | 政府投资公共体育场馆数 | 低免开放公共体育场馆数             | 100 | 没有   | open-public-venues-within                      |
      | 盟市 | 政府投资公共体育场馆数 | 低免开放公共体育场馆数             | 101 | 有     | open-public-venues-within                      |
      | 盟市 | 政府投资公共体育场馆数 | 定期开放公共体育场馆数             | 100 | 没有   | regularly-open-venues-within                   |
      | 盟市 | 政府投资公共体育场馆数 | 定期开放公共体育场馆数             | 101 | 有     | regularly-open-venues-within                   |
      | 盟市 | 实习就业满二年人才数   | 获补贴实习就业人才数               | 100 | 没有   | subsidised-talents-within                      |
      | 盟市 | 实习就业满二年人才数   | 获补贴实习就业人才数               | 101 | 有     | subsidised-talents-within                      |
      | 盟市 | 来市实习学生数         | 获补贴来市实习学生数               | 100 | 没有   | subsidised-interns-within                      |
      | 盟市 | 来市实习学生数         | 获补贴来市实习学生数               | 101 | 有     | subsidised-interns-within                      |
      | 盟市 | 新建居住小区数         | 配建学校幼儿园的新建小区数         | 100 | 没有   | estates-with-schools-within                    |
      | 盟市 | 新建居住小区数         | 配建学校幼儿园的新建小区数         | 101 | 有     | estates-with-schools-within                    |
      | 盟市 | 新招聘教师数           | 录用前政审新招聘教师数             | 100 | 没有   | vetted-new-teachers-within                     |
      | 盟市 | 新招聘教师数           | 录用前政审新招聘教师数             | 101 | 有     | vetted-new-teachers-within                     |
      | 盟市 | 应参加业务考试教师数   | 参加业务考试教师数                 | 100 | 没有   | teachers-tested-within                         |
      | 盟市 | 应参加业务考试教师数   | 参加业务考试教师数                 | 101 | 有     | teachers-tested-within                         |
      | 旗县 | 适宜随班就读学生数     | 已随班就读学生数                   | 100 | 没有   | included-within-suitable                       |
      | 旗县 | 适宜随班就读学生数     | 已随班就读学生数                   | 101 | 有     | included-within-suitable                       |
      | 盟市 | 家庭经济困难残疾学生数 | 受资助家庭经济困难残疾学生数       | 100 | 没有   | aided-disabled-pupils-within                   |
      | 盟市 | 家庭经济困难残疾学生数 | 受资助家庭经济困难残疾学生数       | 101 | 有     | aided-disabled-pupils-within                   |

  场景大纲: 没有场馆就谈不上开放
    假如 某学校的 有体育场馆 是 否
    而且 <数据项> 是 <值>
    当 在2025年考核
    那么 <有没有>核对提示"no-venue-not-open"
    例子:
      | 数据项                 | 值 | 有没有 |
      | 课余时间向学生开放场馆 | 是 | 有     |
      | 节假日向社会开放场馆   | 是 | 有     |
