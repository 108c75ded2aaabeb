internal import Governance
internal import Storage

/// What a person types of a record: its code, and values of its fields.
extension Host {
  /// The value of a field as typed: `是`, `3`, a unit's name, another record's code.
  ///
  /// - Throws: `input.invalid` naming what the field takes; `unit.unknown`, `record.unknown`.
  func typed(_ text: String, _ field: Field, of kind: Kind) throws -> Value {
    switch field.type {
    case .boolean:
      switch text.lowercased() {
      case "是", "true", "yes", "y", "1": return .boolean(true)
      case "否", "false", "no", "n", "0": return .boolean(false)
      default: return try field.accepting(.text(text))
      }
    case .integer:
      guard let number = Int64(text.halfWidth) else { return try field.accepting(.text(text)) }
      return .integer(number)
    case .decimal, .day, .instant: return try field.accepting(.text(text.halfWidth))
    case .period: return .text(try Period.parse(text.halfWidth).description)
    case .unit: return .text(try unit(text).id.rawValue)
    case .reference(let target):
      guard let other = BuiltInKinds.kind(target) else { return try field.accepting(.text(text)) }
      return .integer(try store.read { try require(other, code: text, in: $0).id })
    case .text: return units.coded(try field.accepting(.text(text)), field.key, of: kind.id)
    case .choice: return try field.accepting(.text(text))
    }
  }

  /// A record by its code, as the actor may see it.
  ///
  /// - Throws: `record.unknown`, also when it was taken back; `denied` when it belongs to a
  ///   unit outside the actor's scope.
  func require(_ kind: Kind, code: String, in reader: Reader) throws -> Record {
    if let record = try reader.record(kind.id, code: code, in: scope) { return record }
    throw missing(code, of: kind, try reader.identity(kind.id, code: code))
  }

  /// Why a code names nothing here. What is hidden within the own units is as if it were
  /// not there.
  func missing(_ code: String, of kind: Kind, _ identity: Identity?) -> Problem {
    guard let identity else { return .noRecord(code, of: kind) }
    guard scope.holds(identity.unit) else {
      return .outsideScope(actor, unit: identity.unit)
    }
    return identity.isRetracted ? .retracted(code, of: kind) : .noRecord(code, of: kind)
  }
}

extension Problem {
  static func noRecord(_ code: String, of kind: Kind) -> Problem {
    Problem(
      .recordUnknown,
      Words(
        "没有编号为 \(code) 的\(kind.label.chinese)", "there is no \(kind.label.english) \(code)"),
      hint: Words(
        "gongyue records \(kind.collection) 列出可见的记录",
        "gongyue records \(kind.collection) lists those that may be seen"))
  }

  static func retracted(_ code: String, of kind: Kind) -> Problem {
    Problem(
      .recordUnknown,
      Words(
        "\(kind.label.chinese) \(code) 已经撤销", "the \(kind.label.english) \(code) was retracted"),
      hint: Words(
        "gongyue records \(kind.collection) \(code) --history 查看它的历史",
        "gongyue records \(kind.collection) \(code) --history shows its history"))
  }

  static func notCorrectable(_ field: Field) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(field.label.chinese)”（\(field.key)）由系统给定，不能更正",
        "'\(field.label.english)' (\(field.key)) is given by the program and cannot be corrected"),
      hint: Words("写错了就撤销这条，重新登记", "retract the record and file it again"))
  }
}

extension Kind {
  /// What has happened cannot lie in the future; days on duty are planned ahead.
  ///
  /// - Throws: `input.invalid` naming the field and the day.
  func checkHappened(_ values: [String: Value], by today: Day) throws(Problem) {
    guard id != "duty_day", let happened, let field = field(happened) else { return }
    let day: Day
    switch values[happened] {
    case .day(let value)?: day = value
    case .instant(let value)?: day = value.day
    default: return
    }
    guard day > today else { return }
    throw Problem(
      .inputInvalid,
      Words(
        "“\(field.key)”（\(field.label.chinese)）是 \(day)，还没有到（今天是 \(today)）",
        "'\(field.key)' (\(field.label.english)) is \(day), which is yet to come "
          + "(today is \(today))"))
  }
}
