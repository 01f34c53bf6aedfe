# language: zh-CN
功能: 学校与班级的基本情况
  只数人，不列名单；一校一行，一班一行。

  背景:
    假如 数据项
      | 名称             | 标识                     | 英文                                      | 层级                     | 单位 | 类型 | 范围                                                 | 汇总 | 口径                                                                                     |
      | 学校类别         | school_kind              | kind of school                            | 学校                     |      | 类别 | 幼儿园、中小学、特殊教育学校、中等职业学校、高等学校 |      | 一校一类，九年一贯制学校、完全中学和教学点算中小学；教学点的章程、制度和组织照所属学校填 |
      | 办学性质         | ownership                | ownership                                 | 学校                     |      | 类别 | 公办、民办                                           |      | 按举办者                                                                                 |
      | 举办义务教育     | has_compulsory_education | offers compulsory education               | 学校                     |      | 是否 |                                                      |      | 设有小学或初中学段                                                                       |
      | 举办普通高中教育 | has_senior_secondary     | offers general senior secondary education | 学校                     |      | 是否 |                                                      |      | 设有普通高中学段                                                                         |
      | 学段             | stage                    | stage                                     | 班级                     |      | 类别 | 学前、小学、初中、普通高中、中等职业                 |      | 班级所在学段                                                                             |
      | 班级人数         | class_size               | class size                                | 班级                     | 人   | 整数 | 0..                                                  |      | 学年初在班学生数                                                                         |
      | 在校生数         | pupils                   | pupils                                    | 学校、旗县、盟市、自治区 | 人   | 整数 | 0..                                                  | 求和 | 学年初在校学生数，含在园幼儿                                                             |
      | 中小学在校生数   | basic_school_pupils      | pupils of primary and secondary schools   | 旗县、盟市、自治区       | 人   | 整数 | 0..                                                  | 求和 | 学年初小学、初中、普通高中在校学生数                                                     |
      | 专任教师数       | teachers                 | full-time teachers                        | 学校、旗县、盟市、自治区 | 人   | 整数 | 0..                                                  | 求和 | 学年初在岗专任教师数                                                                     |
      | 常住人口         | resident_population      | resident population                       | 旗县、盟市、自治区       | 人   | 整数 | 0..                                                  | 求和 | 年末常住人口                                                                             |
      | 举办小学教育     | has_primary              | offers primary education                  | 学校                     |      | 是否 |                                                      |      | 设有小学学段                                                                             |
      | 举办初中教育     | has_junior_secondary     | offers junior secondary education         | 学校                     |      | 是否 |                                                      |      | 设有初中学段                                                                             |
      | 学校所在地       | school_location          | location of the school                    | 学校                     |      | 类别 | 城镇、农村牧区                                       |      | 城市和县城为城镇，其余为农村牧区                                                         |
