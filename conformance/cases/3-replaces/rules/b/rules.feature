# language: zh-CN
功能: 接替
  背景:
    假如 依据文件"later"

  @other
  规则: other
    背景:
      假如 出处"第103条"
      而且 考核对象是"学校"
      而且 长期执行
      而且 取代"plan/always"自2024年起
      那么 甲 应不低于 20人
