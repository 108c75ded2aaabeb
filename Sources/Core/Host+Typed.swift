internal import Governance
internal import Storage

/// What a person types of a record: its code, and values of its fields.
extension Host {
  /// The value of a field as typed: `是`, `3`, a unit's name, another record's code or name.
  ///
  /// - Parameter near: where a name is looked for first that several records have.
  /// - Throws: `input.invalid` naming what the field takes; `unit.unknown`, `record.unknown`.
  func typed(_ text: String, _ field: Field, of kind: Kind, near: UnitID? = nil) throws -> Value {
    switch field.type {
    case .period: return .text(try Period.parse(text, today: today).description)
    case .unit: return .text(try unit(text).id.rawValue)
    case .reference(let target):
      guard let other = BuiltInKinds.kind(target) else { return try field.accepting(.text(text)) }
      return .integer(try store.read { try called(text, other, near: near, in: $0).id })
    case .text: return units.coded(try field.accepting(.text(text)), field.key, of: kind.id)
    default:
      let typing = Typing(today: today, measure: field.measure, label: field.label)
      return try field.accepting(field.type.typed?.read(text, typing) ?? .text(text))
    }
  }

  /// The record that a person means by its code, or by a name that only it has.
  private func called(
    _ text: String, _ kind: Kind, near: UnitID?, in reader: Reader
  ) throws -> Record {
    let code = text.plainSpelling
    if let record = try reader.record(kind.id, code: code, in: scope) { return record }
    // Names of people are no way to find them.
    guard let name = kind.field("name"), name.sensitivity == .none else {
      return try require(kind, code: code, in: reader)
    }
    let named = try reader.records(
      Query(kind: kind.id, where: .compare(field: "name", .equal, .value(.text(text)))), in: scope)
    let nearest = named.filter { $0.unit == near }
    let meant = nearest.count == 1 ? nearest : named
    if meant.count > 1 { throw Problem.ambiguousRecord(text, of: kind, meant.map(\.code)) }
    return try meant.first ?? require(kind, code: code, in: reader)
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
  fileprivate static func ambiguousRecord(
    _ name: String, of kind: Kind, _ codes: [String]
  ) -> Problem {
    let some = codes.prefix(4)
    let more = codes.count > some.count
    return Problem(
      .recordUnknown,
      Words(
        "有 \(codes.count) 条\(kind.label.chinese)叫“\(name)”",
        "\(codes.count) \(kind.collection) are called '\(name)'"),
      hint: Words(
        "请写编号：\(some.joined(separator: "、"))" + (more ? " 等" : ""),
        "give the code: \(some.joined(separator: ", "))" + (more ? " …" : "")))
  }

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
  /// What has happened cannot lie in the future, and nothing before what it follows; days on
  /// duty are planned ahead.
  ///
  /// - Parameters:
  ///   - changes: what is filed or changed; nil takes a value away.
  ///   - old: what the record has already.
  /// - Throws: `input.invalid` naming the fields and their days.
  func checkTimes(
    _ changes: [String: Value?], of old: [String: Value] = [:], by today: Day
  ) throws(Problem) {
    let past = chronology.isEmpty ? [happened].compactMap(\.self) : chronology
    guard id != "duty_day" else { return }
    let known = past.compactMap { key -> (field: Field, value: Value)? in
      guard let field = field(key), let value = changes[key] ?? old[key] else { return nil }
      return (field, value)
    }
    for (field, value) in known where changes[field.key] != nil {
      if let day = value.day, day > today { throw .yetToCome(field, day, today) }
    }
    for (before, after) in zip(known, known.dropFirst()) where after.value.precedes(before.value) {
      throw .outOfOrder(before, after)
    }
  }
}

extension Kind {
  /// What a unit may be called; see `UnitID.isWellFormed`.
  ///
  /// - Throws: `input.invalid` for an id that could be no folder and no part of a code.
  func checkUnitID(_ changes: [String: Value?]) throws(Problem) {
    guard id == "unit", case .text(let key)?? = changes["key"], !UnitID(key).isWellFormed else {
      return
    }
    throw Problem(
      .inputInvalid,
      Words("“\(key)”不能作为单位代码", "'\(key)' cannot be the id of a unit"),
      hint: Words(
        "用字母、数字、连字符和下划线，如 sll-09", "use letters, digits, hyphens and underscores, such as sll-09"))
  }
}

extension Value {
  /// The day of a date or moment.
  fileprivate var day: Day? {
    switch self {
    case .day(let day): day
    case .instant(let instant): instant.day
    default: nil
    }
  }

  /// Whether one moment lies before another; between a date and a moment the days decide.
  fileprivate func precedes(_ other: Value) -> Bool {
    if case .instant(let one) = self, case .instant(let two) = other { return one < two }
    guard let one = day, let two = other.day else { return false }
    return one < two
  }

  fileprivate var time: String {
    switch self {
    case .day(let day): "\(day)"
    case .instant(let instant): "\(instant)"
    default: ""
    }
  }
}

extension Problem {
  fileprivate static func yetToCome(_ field: Field, _ day: Day, _ today: Day) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(field.key)”（\(field.label.chinese)）是 \(day)，还没有到（今天是 \(today)）",
        "'\(field.key)' (\(field.label.english)) is \(day), which is yet to come "
          + "(today is \(today))"))
  }

  fileprivate static func outOfOrder(
    _ before: (field: Field, value: Value), _ after: (field: Field, value: Value)
  ) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(after.field.key)”（\(after.field.label.chinese)）\(after.value.time) 早于"
          + "“\(before.field.key)”（\(before.field.label.chinese)）\(before.value.time)",
        "'\(after.field.key)' (\(after.field.label.english)) \(after.value.time) is before "
          + "'\(before.field.key)' (\(before.field.label.english)) \(before.value.time)"))
  }
}
