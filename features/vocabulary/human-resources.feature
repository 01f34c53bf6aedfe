# language: zh-CN
功能: 人力资源开发

  背景:
    假如 数据项
      | 名称                           | 标识                           | 英文                                                  | 层级         | 单位 | 类型 | 范围 | 汇总 | 口径                                       |
      | 劳动年龄人口平均受教育年限     | mean_years_of_schooling        | mean years of schooling of the working-age population | 盟市、自治区 | 年   | 数值 | 0..  |      | 十六至五十九周岁人口平均接受学历教育的年数 |
      | 全区劳动年龄人口平均受教育年限 | region_mean_years_of_schooling | mean years of schooling of the region                 | 盟市         | 年   | 数值 | 0..  |      | 同年自治区公布的全区数                     |
