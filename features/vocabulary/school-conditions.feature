# language: zh-CN
功能: 办学条件与校园安全

  背景:
    假如 数据项
      | 名称                   | 标识                        | 英文                                              | 层级             | 单位   | 类型 | 范围 | 汇总 | 口径                                                     |
      | 校舍安全达标           | safe_buildings              | buildings meet the safety standard                | 学校             |        | 是否 |      |      | 全部校舍经鉴定达到安全标准                               |
      | 标准化学校             | standardised_school         | standardised school                               | 学校             |        | 是否 |      |      | 达到自治区中小学、幼儿园标准化建设要求                   |
      | 完成消防验收           | fire_safety_accepted        | fire safety accepted                              | 学校             |        | 是否 |      |      | 全部校舍完成消防验收或备案                               |
      | 实施安全网格化管理     | grid_safety                 | safety managed by grid                            | 学校             |        | 是否 |      |      | 校园安全责任划分到网格并落实到人                         |
      | 校园安防视频智慧管理   | smart_security              | smart campus security                             | 学校             |        | 是否 |      |      | 安防视频、安全巡检、门禁等接入校园安全平台               |
      | 数字消防监测           | digital_fire_monitoring     | digital fire monitoring                           | 学校             |        | 是否 |      |      | 接入火灾隐患防控服务平台                                 |
      | 互联网明厨亮灶         | open_kitchen                | online open kitchen                               | 学校             |        | 是否 |      |      | 有食堂的学校建成能在线查看的标准化厨房                   |
      | 设有食堂               | has_canteen                 | has a canteen                                     | 学校             |        | 是否 |      |      | 有自办或承包的食堂                                       |
      | 校园消防事故数         | campus_fires                | campus fire accidents                             | 学校、旗县、盟市 | 件     | 整数 | 0..  | 求和 | 本年校园内发生的火灾等消防事故数                         |
      | 新改扩建城镇小学数     | new_urban_primary_schools   | urban primary schools built or extended           | 旗县、盟市       | 所     | 整数 | 0..  | 求和 | 2021年起新建、改建、扩建完成的城镇小学累计数             |
      | 新改扩建城镇初中数     | new_urban_junior_schools    | urban junior secondary schools built or extended  | 旗县、盟市       | 所     | 整数 | 0..  | 求和 | 2021年起新建、改建、扩建完成的城镇初中累计数             |
      | 新增城镇义务教育学位数 | new_urban_compulsory_places | new places in urban compulsory schools            | 旗县、盟市       | 个     | 整数 | 0..  | 求和 | 城镇义务教育学校新建、改建、扩建增加的学位，2021年起累计 |
      | 改建寄宿制学校数       | rebuilt_boarding_schools    | boarding schools rebuilt                          | 旗县、盟市       | 所     | 整数 | 0..  | 求和 | 2021年起改建完成的寄宿制学校累计数                       |
      | 未整改C级校舍面积      | grade_c_buildings           | grade C buildings left                            | 学校、旗县、盟市 | 平方米 | 数值 | 0..  | 求和 | 鉴定为C级、年末还没有完成整改的校舍面积                  |
      | 未整改D级校舍面积      | grade_d_buildings           | grade D buildings left                            | 学校、旗县、盟市 | 平方米 | 数值 | 0..  | 求和 | 鉴定为D级、年末还没有完成整改的校舍面积                  |
      | 校园封闭化管理         | closed_campus               | closed campus                                     | 学校             |        | 是否 |      |      | 上课期间实行封闭化管理                                   |
      | 配备专职保安员         | full_time_guards            | has full-time guards                              | 学校             |        | 是否 |      |      | 按规定人数配备专职保安员                                 |
      | 一键报警和视频监控联网 | alarm_connected             | alarm and cameras connected to the police         | 学校             |        | 是否 |      |      | 一键式紧急报警、视频监控系统达标并与公安机关联网         |
      | 设置护学岗             | guard_posts                 | posts that protect the way to school              | 学校             |        | 是否 |      |      | 上学放学时段校门口设置护学岗                             |
      | 三防建设达标           | three_defences              | staff, barriers and technology protect the school | 学校             |        | 是否 |      |      | 人防、物防、技防都达到规定要求                           |
    而且 指标
      | 名称                   | 标识                    | 英文                                | 层级       | 单位 | 公式                                                                              | 口径                       |
      | 校园安全智慧管理覆盖率 | smart_security_coverage | coverage of smart campus security   | 旗县、盟市 | %    | 占比(学校, 校园安防视频智慧管理 = 是)                                             | 接入的学校和幼儿园占比     |
      | 数字消防覆盖率         | digital_fire_coverage   | coverage of digital fire monitoring | 旗县、盟市 | %    | 占比(学校, 数字消防监测 = 是)                                                     | 接入平台的学校和幼儿园占比 |
      | 明厨亮灶覆盖率         | open_kitchen_coverage   | coverage of open kitchens           | 旗县、盟市 | %    | 比例(计数(学校, 设有食堂 = 是 且 互联网明厨亮灶 = 是), 计数(学校, 设有食堂 = 是)) | 建成的学校占有食堂的学校   |

  场景: 校园安全智慧管理覆盖率
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 校园安防视频智慧管理 |
      | 学校 | a      | 150602   | 是                   |
      | 学校 | b      | 150602   | 是                   |
      | 学校 | c      | 150602   | 是                   |
      | 学校 | d      | 150602   | 否                   |
      | 旗县 | 150602 | 150600   |                      |
    当 在2025年考核
    那么 校园安全智慧管理覆盖率 是 75%

  场景: 校园安全智慧管理覆盖率，有学校没报时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 校园安防视频智慧管理 |
      | 学校 | a      | 150602   | 是                   |
      | 学校 | b      | 150602   |                      |
      | 旗县 | 150602 | 150600   |                      |
    当 在2025年考核
    那么 校园安全智慧管理覆盖率 为空

  场景: 数字消防覆盖率
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 数字消防监测 |
      | 学校 | a      | 150602   | 是           |
      | 学校 | b      | 150602   | 是           |
      | 学校 | c      | 150602   | 是           |
      | 学校 | d      | 150602   | 否           |
      | 旗县 | 150602 | 150600   |              |
    当 在2025年考核
    那么 数字消防覆盖率 是 75%

  场景: 数字消防覆盖率，有学校没报时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 数字消防监测 |
      | 学校 | a      | 150602   | 是           |
      | 学校 | b      | 150602   |              |
      | 旗县 | 150602 | 150600   |              |
    当 在2025年考核
    那么 数字消防覆盖率 为空

  场景: 明厨亮灶覆盖率
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 设有食堂 | 互联网明厨亮灶 |
      | 学校 | a      | 150602   | 是       | 是             |
      | 学校 | b      | 150602   | 是       | 否             |
      | 学校 | c      | 150602   | 否       |                |
      | 旗县 | 150602 | 150600   |          |                |
    当 在2025年考核
    那么 明厨亮灶覆盖率 是 50%

  场景: 明厨亮灶覆盖率，不是一半
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 设有食堂 | 互联网明厨亮灶 |
      | 学校 | a      | 150602   | 是       | 是             |
      | 学校 | b      | 150602   | 是       | 是             |
      | 学校 | c      | 150602   | 是       | 否             |
      | 旗县 | 150602 | 150600   |          |                |
    当 在2025年考核
    那么 明厨亮灶覆盖率 是 66.7%

  场景: 明厨亮灶覆盖率，有学校没报时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 设有食堂 | 互联网明厨亮灶 |
      | 学校 | a      | 150602   | 是       | 是             |
      | 学校 | b      | 150602   | 是       |                |
      | 旗县 | 150602 | 150600   |          |                |
    当 在2025年考核
    那么 明厨亮灶覆盖率 为空

  场景: 明厨亮灶覆盖率，没有这类学校时为空
    假如 填报数据
      | 层级 | 代码   | 上级代码 | 设有食堂 | 互联网明厨亮灶 |
      | 学校 | a      | 150602   | 否       |                |
      | 旗县 | 150602 | 150600   |          |                |
    当 在2025年考核
    那么 明厨亮灶覆盖率 为空
