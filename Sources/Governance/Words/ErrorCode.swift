/// What a failure is called outside Swift, and the exit status it gives.
///
/// Codes are a contract: scripts and outside checks match on them. `gongyue
/// help errors` prints this table.
public enum ErrorCode: String, CaseIterable, Sendable {
  case usage = "usage"
  case inputInvalid = "input.invalid"
  case periodInvalid = "period.invalid"
  case unitUnknown = "unit.unknown"
  case kindUnknown = "kind.unknown"
  case fieldUnknown = "field.unknown"
  case recordUnknown = "record.unknown"
  case calendarInvalid = "calendar.invalid"

  case settingInvalid = "setting.invalid"
  case settingUnknown = "setting.unknown"
  case settingConflict = "setting.conflict"
  case settingRefused = "setting.refused"
  case settingRequired = "setting.required"

  case pluginInvalid = "plugin.invalid"
  case pluginChanged = "plugin.changed"
  case pluginUnknown = "plugin.unknown"
  case pluginTest = "plugin.test"

  case formulaInvalid = "formula.invalid"
  case scoreInvalid = "score.invalid"
  case periodOpen = "period.open"
  case replayUnavailable = "replay.unavailable"

  case scriptSyntax = "script.syntax"
  case scriptError = "script.error"
  case limitTime = "limit.time"
  case limitMemory = "limit.memory"
  case limitOutput = "limit.output"
  case limitInstructions = "limit.instructions"
  case limitDepth = "limit.depth"

  case denied = "denied"

  case workspaceMissing = "workspace.missing"
  case workspaceExists = "workspace.exists"
  case storageUnavailable = "storage.unavailable"
  case storageLocked = "storage.locked"
  case storageReadOnly = "storage.read_only"
  case storageNotDatabase = "storage.not_database"
  case storageDamaged = "storage.damaged"
  case storageBehind = "storage.behind"
  case storageNewer = "storage.newer"
  case auditBroken = "audit.broken"
  case fileUnavailable = "file.unavailable"
  case `internal` = "internal"

  /// What the process ends with: 1 refused or failed, 64 wrong usage, 65 bad
  /// input data, 74 I/O, 75 a budget was exceeded, 77 not permitted.
  public var exitStatus: Int32 {
    switch self {
    case .usage, .periodInvalid, .unitUnknown, .kindUnknown, .fieldUnknown, .recordUnknown,
      .settingUnknown, .pluginUnknown:
      64
    case .inputInvalid, .calendarInvalid:
      65
    case .settingInvalid, .settingConflict, .settingRefused, .settingRequired, .pluginInvalid,
      .pluginChanged, .pluginTest, .formulaInvalid, .scoreInvalid, .periodOpen,
      .replayUnavailable, .scriptSyntax, .scriptError, .auditBroken, .workspaceExists, .internal:
      1
    case .limitTime, .limitMemory, .limitOutput, .limitInstructions, .limitDepth:
      75
    case .denied:
      77
    case .workspaceMissing, .storageUnavailable, .storageLocked, .storageReadOnly,
      .storageNotDatabase, .storageDamaged, .storageBehind, .storageNewer, .fileUnavailable:
      74
    }
  }
}
