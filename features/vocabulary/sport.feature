# language: zh-CN
功能: 体育事业

  背景:
    假如 数据项
      | 名称                               | 标识                       | 英文                                             | 层级               | 单位   | 类型 | 范围   | 汇总   | 口径                                         |
      | 经常参加体育锻炼人数比例           | regular_exercise_share     | share of people exercising regularly             | 盟市、自治区       | %      | 数值 | 0..100 |        | 全民健身状况调查中经常参加锻炼者的比例       |
      | 国民体质合格率                     | citizens_fitness_rate      | citizens' fitness rate                           | 盟市、自治区       | %      | 数值 | 0..100 |        | 按国民体质测定标准测定合格以上者的比例       |
      | 体育场地面积                       | sports_area                | sports area                                      | 旗县、盟市、自治区 | 平方米 | 数值 | 0..    | 求和   | 各类体育场地面积                             |
      | 社会体育指导员数                   | sports_instructors         | social sports instructors                        | 旗县、盟市、自治区 | 人     | 整数 | 0..    | 求和   | 持证社会体育指导员数                         |
      | 国家级体育公园数                   | national_sports_parks      | national sports parks                            | 旗县、盟市、自治区 | 个     | 整数 | 0..    | 求和   | 建成并列入国家名录的体育公园数               |
      | 一级运动员数                       | first_class_athletes       | first-class athletes                             | 盟市、自治区       | 人     | 整数 | 0..    | 求和   | 取得一级运动员称号的运动员数                 |
      | 二级运动员数                       | second_class_athletes      | second-class athletes                            | 盟市、自治区       | 人     | 整数 | 0..    | 求和   | 取得二级运动员称号的运动员数                 |
      | 副高级以上职称教练员数             | senior_coaches             | coaches with a senior title                      | 盟市、自治区       | 人     | 整数 | 0..    | 求和   | 职称在副高级以上的教练员数                   |
      | 国家一级裁判员数                   | first_class_referees       | national first-class referees                    | 盟市、自治区       | 人     | 整数 | 0..    | 求和   | 在册国家一级裁判员数                         |
      | 国家二级裁判员数                   | second_class_referees      | national second-class referees                   | 盟市、自治区       | 人     | 整数 | 0..    | 求和   | 在册国家二级裁判员数                         |
      | 体育传统特色学校数                 | traditional_sports_schools | schools with a sports tradition                  | 旗县、盟市、自治区 | 所     | 整数 | 0..    | 求和   | 命名的体育传统特色学校数                     |
      | 青少年体育社会组织数               | youth_sports_organisations | youth sports organisations                       | 旗县、盟市、自治区 | 个     | 整数 | 0..    | 求和   | 登记的青少年体育社会组织数                   |
      | 市级青少年品牌赛事数               | youth_brand_events         | municipal youth brand events                     | 盟市               | 个     | 整数 | 0..    |        | 创建的市级青少年品牌赛事活动数               |
      | 基层教练员培训人数                 | trained_grassroots_coaches | grassroots coaches trained                       | 盟市、自治区       | 人     | 整数 | 0..    | 求和   | 2021年起接受执教技能培训的基层教练员累计人数 |
      | 注册青少年运动员数                 | registered_youth_athletes  | registered youth athletes                        | 旗县、盟市、自治区 | 人     | 整数 | 0..    | 求和   | 本年注册青少年运动员数                       |
      | 自治区级以上竞技体育后备人才基地数 | reserve_talent_bases       | reserve talent bases of regional level and above | 旗县、盟市、自治区 | 个     | 整数 | 0..    | 求和   | 自治区级和国家级竞技体育后备人才基地数       |
      | 青少年体育训练中心数               | youth_training_centres     | youth sports training centres                    | 旗县、盟市、自治区 | 个     | 整数 | 0..    | 求和   | 青少年体育训练中心数                         |
      | 地区生产总值                       | gdp                        | gross regional product                           | 旗县、盟市、自治区 | 亿元   | 数值 | 0..    | 不汇总 | 本年地区生产总值，现价                       |
      | 体育产业增加值                     | sports_value_added         | value added of the sports industry               | 旗县、盟市、自治区 | 亿元   | 数值 | 0..    | 不汇总 | 本年体育产业增加值，现价                     |
      | 城市体育服务综合体数               | urban_sports_complexes     | urban sports service complexes                   | 旗县、盟市、自治区 | 个     | 整数 | 0..    | 求和   | 城市体育服务综合体数                         |
      | 体旅融合发展精品项目数             | sports_tourism_projects    | sports tourism projects                          | 旗县、盟市、自治区 | 个     | 整数 | 0..    | 求和   | 培育的体旅融合精品项目数                     |
      | 注册足球运动员数                   | registered_footballers     | registered footballers                           | 旗县、盟市、自治区 | 人     | 整数 | 0..    | 求和   | 本年注册足球运动员数                         |
      | 等级足球教练员数                   | graded_football_coaches    | graded football coaches                          | 旗县、盟市、自治区 | 人     | 整数 | 0..    | 求和   | 持有等级证书的足球教练员数                   |
      | 等级足球裁判员数                   | graded_football_referees   | graded football referees                         | 旗县、盟市、自治区 | 人     | 整数 | 0..    | 求和   | 持有等级证书的足球裁判员数                   |
    而且 指标
      | 名称                             | 标识                 | 英文                                | 层级               | 单位      | 公式                                   | 口径                               |
      | 人均体育场地面积                 | sports_area_per_head | sports area per head                | 旗县、盟市、自治区 | 平方米/人 | 体育场地面积 ÷ 常住人口                | 体育场地面积按常住人口平均         |
      | 每千人社会体育指导员数           | instructors_per_1000 | sports instructors per 1,000 people | 旗县、盟市、自治区 | 人        | 社会体育指导员数 ÷ (常住人口 ÷ 1000人) | 社会体育指导员数按千人常住人口折算 |
      | 体育产业增加值占地区生产总值比重 | sports_share_of_gdp  | sports industry share of GDP        | 旗县、盟市、自治区 | %         | 比例(体育产业增加值, 地区生产总值)     | 体育产业增加值与地区生产总值之比   |

  场景: 人均体育场地面积
    假如 某盟市的 体育场地面积 是 6000000
    而且 常住人口 是 2000000
    当 在2025年考核
    那么 人均体育场地面积 是 3

  场景: 人均体育场地面积，分母为零时为空
    假如 某盟市的 体育场地面积 是 0
    而且 常住人口 是 0
    当 在2025年考核
    那么 人均体育场地面积 为空

  场景: 人均体育场地面积，缺数据时为空
    假如 某盟市的 常住人口 是 2000000
    当 在2025年考核
    那么 人均体育场地面积 为空

  场景: 每千人社会体育指导员数
    假如 某盟市的 社会体育指导员数 是 7000
    而且 常住人口 是 2000000
    当 在2025年考核
    那么 每千人社会体育指导员数 是 3.5

  场景: 每千人社会体育指导员数，按每一千人算
    假如 某盟市的 社会体育指导员数 是 7000
    而且 常住人口 是 2000000
    当 在2025年考核
    那么 每千人社会体育指导员数 是 3.5000

  场景: 每千人社会体育指导员数，分母为零时为空
    假如 某盟市的 社会体育指导员数 是 0
    而且 常住人口 是 0
    当 在2025年考核
    那么 每千人社会体育指导员数 为空

  场景: 每千人社会体育指导员数，缺数据时为空
    假如 某盟市的 常住人口 是 2000000
    当 在2025年考核
    那么 每千人社会体育指导员数 为空

  场景: 体育产业增加值占地区生产总值比重
    假如 某盟市的 体育产业增加值 是 70
    而且 地区生产总值 是 5000
    当 在2025年考核
    那么 体育产业增加值占地区生产总值比重 是 1.4%

  场景: 体育产业增加值占地区生产总值比重，分母为零时为空
    假如 某盟市的 体育产业增加值 是 0
    而且 地区生产总值 是 0
    当 在2025年考核
    那么 体育产业增加值占地区生产总值比重 为空

  场景: 体育产业增加值占地区生产总值比重，缺数据时为空
    假如 某盟市的 地区生产总值 是 5000
    当 在2025年考核
    那么 体育产业增加值占地区生产总值比重 为空
