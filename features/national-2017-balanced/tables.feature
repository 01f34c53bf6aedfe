# language: zh-CN
功能: 资源配置评估表
  一县一张，一校一行：七项指标，不达标的格子加底纹；表尾是校际差异系数。

  背景:
    假如 依据文件"national-2017-balanced"
    而且 每个"旗县"一张表"小学资源配置七项指标"，每行一个"学校"，仅限 小学计入学生数 > 0人
      | 列                           | 公式                             | 规则                         | 表尾                                     | 表尾规则                               |
      | 小学学生数                   | 小学计入学生数                   |                              |                                          |                                        |
      | 每百名学生高于规定学历教师数 | 小学每百名学生高于规定学历教师数 | primary-qualified-teachers   | 小学每百名学生高于规定学历教师数差异系数 | primary-qualified-teachers-variation   |
      | 每百名学生县级以上骨干教师数 | 小学每百名学生县级以上骨干教师数 | primary-key-teachers         | 小学每百名学生县级以上骨干教师数差异系数 | primary-key-teachers-variation         |
      | 每百名学生体育艺术专任教师数 | 小学每百名学生体育艺术专任教师数 | primary-sports-arts-teachers | 小学每百名学生体育艺术专任教师数差异系数 | primary-sports-arts-teachers-variation |
      | 生均教学及辅助用房面积       | 小学生均教学及辅助用房面积       | primary-rooms                | 小学生均教学及辅助用房面积差异系数       | primary-rooms-variation                |
      | 生均体育运动场馆面积         | 小学生均体育运动场馆面积         | primary-sports-grounds       | 小学生均体育运动场馆面积差异系数         | primary-sports-grounds-variation       |
      | 生均教学仪器设备值           | 小学生均教学仪器设备值           | primary-equipment            | 小学生均教学仪器设备值差异系数           | primary-equipment-variation            |
      | 每百名学生网络多媒体教室数   | 小学每百名学生网络多媒体教室数   | primary-multimedia           | 小学每百名学生网络多媒体教室数差异系数   | primary-multimedia-variation           |
    而且 每个"旗县"一张表"初中资源配置七项指标"，每行一个"学校"，仅限 初中计入学生数 > 0人
      | 列                           | 公式                             | 规则                        | 表尾                                     | 表尾规则                              |
      | 初中学生数                   | 初中计入学生数                   |                             |                                          |                                       |
      | 每百名学生高于规定学历教师数 | 初中每百名学生高于规定学历教师数 | junior-qualified-teachers   | 初中每百名学生高于规定学历教师数差异系数 | junior-qualified-teachers-variation   |
      | 每百名学生县级以上骨干教师数 | 初中每百名学生县级以上骨干教师数 | junior-key-teachers         | 初中每百名学生县级以上骨干教师数差异系数 | junior-key-teachers-variation         |
      | 每百名学生体育艺术专任教师数 | 初中每百名学生体育艺术专任教师数 | junior-sports-arts-teachers | 初中每百名学生体育艺术专任教师数差异系数 | junior-sports-arts-teachers-variation |
      | 生均教学及辅助用房面积       | 初中生均教学及辅助用房面积       | junior-rooms                | 初中生均教学及辅助用房面积差异系数       | junior-rooms-variation                |
      | 生均体育运动场馆面积         | 初中生均体育运动场馆面积         | junior-sports-grounds       | 初中生均体育运动场馆面积差异系数         | junior-sports-grounds-variation       |
      | 生均教学仪器设备值           | 初中生均教学仪器设备值           | junior-equipment            | 初中生均教学仪器设备值差异系数           | junior-equipment-variation            |
      | 每百名学生网络多媒体教室数   | 初中每百名学生网络多媒体教室数   | junior-multimedia           | 初中每百名学生网络多媒体教室数差异系数   | junior-multimedia-variation           |
