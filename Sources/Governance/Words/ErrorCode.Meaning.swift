extension ErrorCode {
  /// What the code stands for, as `gongyue help errors` lists it.
  public var meaning: Words {
    switch self {
    case .usage: Words("命令写得不对", "the command is not written correctly")
    case .inputInvalid: Words("文件或数据的内容不对", "the content of a file or data is wrong")
    case .periodInvalid: Words("没有这样的期间", "there is no such period")
    case .unitUnknown: Words("没有这个单位", "there is no such unit")
    case .kindUnknown: Words("没有这种记录", "there is no such kind of record")
    case .fieldUnknown: Words("没有这个字段", "there is no such field")
    case .recordUnknown: Words("没有这条记录", "there is no such record")
    case .calendarInvalid: Words("工作日历文件有误", "the calendar of working days is wrong")
    case .settingInvalid, .settingUnknown, .settingConflict, .settingRefused, .settingRequired:
      meaningOfSetting
    case .pluginInvalid, .pluginChanged, .pluginUnknown, .pluginTest: meaningOfPlugin
    case .formulaInvalid: Words("公式写得不对", "a formula is not written correctly")
    case .scoreInvalid: Words("得分不是有效的数", "a score is not a valid number")
    case .periodOpen: Words("期间尚未结束，不能封存", "the period is still running and cannot be closed")
    case .replayUnavailable: Words("无法重算已封存的结果", "a closed result cannot be replayed")
    case .scriptSyntax: Words("脚本有语法错误", "a script is not valid Lua")
    case .scriptError: Words("脚本运行时出错", "a script failed while running")
    case .limitTime, .limitMemory, .limitOutput, .limitInstructions, .limitDepth: meaningOfLimit
    case .denied: Words("没有权限", "not permitted")
    case .workspaceMissing: Words("找不到工作区", "there is no workspace here")
    case .workspaceExists: Words("工作区或文件已经存在", "the workspace or file exists already")
    case .storageUnavailable, .storageLocked, .storageReadOnly, .storageNotDatabase,
      .storageDamaged, .storageBehind, .storageNewer:
      meaningOfStorage
    case .auditBroken: Words("审计记录对不上", "the audit log does not add up")
    case .fileUnavailable: Words("文件无法读写", "a file cannot be read or written")
    case .internal: Words("程序自身的错误，请报告", "an error of the program itself; please report it")
    }
  }

  private var meaningOfSetting: Words {
    switch self {
    case .settingUnknown: Words("没有这个设置", "there is no such setting")
    case .settingConflict: Words("两处设置互相矛盾", "two settings contradict each other")
    case .settingRefused: Words("上级不允许这样设置", "a higher layer does not allow the setting")
    case .settingRequired: Words("必须设置的项没有设置", "a required setting is not set")
    default: Words("设置的值不对", "the value of a setting is wrong")
    }
  }

  private var meaningOfPlugin: Words {
    switch self {
    case .pluginChanged:
      Words("插件文件改了，版本号没有改", "a plugin's files changed without a new version")
    case .pluginUnknown: Words("没有这个插件", "there is no such plugin")
    case .pluginTest: Words("插件的测试没有通过", "a test of a plugin failed")
    default: Words("插件写得不对", "a plugin is not written correctly")
    }
  }

  private var meaningOfLimit: Words {
    switch self {
    case .limitMemory: Words("脚本超过内存上限", "a script went over its memory limit")
    case .limitOutput: Words("脚本输出超过上限", "a script went over its output limit")
    case .limitInstructions:
      Words("脚本超过指令数上限", "a script went over its instruction limit")
    case .limitDepth: Words("脚本嵌套太深", "a script nested too deeply")
    default: Words("脚本超过时间上限", "a script went over its time limit")
    }
  }

  private var meaningOfStorage: Words {
    switch self {
    case .storageLocked: Words("数据库正被别的程序占用", "another program holds the database")
    case .storageReadOnly: Words("当前用户不能写数据库", "this user may not write the database")
    case .storageNotDatabase: Words("文件不是数据库", "the file is not a database")
    case .storageDamaged: Words("数据库已损坏", "the database is damaged")
    case .storageBehind: Words("数据库缺少最新的数据", "the newest data is missing from the database")
    case .storageNewer:
      Words("数据库由更新的版本写成", "a newer version wrote the database")
    default: Words("数据库无法使用", "the database cannot be used")
    }
  }
}
