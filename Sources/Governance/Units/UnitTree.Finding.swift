extension UnitTree {
  /// The unit that a person means by an id or a name; `十字街社区` is as good as `十字街`.
  ///
  /// - Throws: `unit.unknown`, with the nearest name when there is one, with
  ///   the ids when several units have the name, with the days when the unit
  ///   only exists at another time.
  public func find(_ text: String, on day: Day) throws(Problem) -> Unit {
    let plain = text.plainSpelling
    let id = UnitID(plain)
    if let unit = unit(id, on: day) { return unit }
    let present = all(on: day)
    // 四龙路 is a community's name and short for a street's: the full name goes first.
    let exact = present.filter { $0.name.isCalled(plain) }
    let named = exact.isEmpty ? present.filter { Self.otherName(of: $0) == plain } : exact
    if named.count == 1 { return named[0] }
    if named.count > 1 { throw .ambiguousUnit(text, named.map(\.id)) }
    if let other = units[id]?.first { throw .unitNotThen(text, other.valid, on: day) }
    throw .unknownUnit(
      text, nearest: nearest(to: text, in: present.flatMap { [$0.id.rawValue, $0.name.chinese] }))
  }

  /// A unit named by a file, where only ids will do.
  public func require(_ id: UnitID, on day: Day) throws(Problem) -> Unit {
    if let unit = unit(id, on: day) { return unit }
    if let other = units[id]?.first { throw .unitNotThen(id.rawValue, other.valid, on: day) }
    throw .unknownUnit(
      id.rawValue, nearest: nearest(to: id.rawValue, in: units.keys.map(\.rawValue).sorted()))
  }

  /// The name with the word for its level, or without where it has it.
  private static func otherName(of unit: Unit) -> String {
    let name = unit.name.chinese
    let suffix = unit.level == .estate ? "小区" : unit.level.label.chinese
    return name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name + suffix
  }
}

extension Problem {
  /// No unit has this id or name.
  public static func unknownUnit(_ text: String, nearest: String?) -> Problem {
    Problem(
      .unitUnknown, Words("没有“\(text)”这个单位", "there is no unit '\(text)'"),
      hint: nearest.map { Words("是不是“\($0)”？", "did you mean '\($0)'?") }
        ?? Words("用 gongyue units 查看全部单位", "gongyue units lists all units"))
  }

  static func ambiguousUnit(_ text: String, _ ids: [UnitID]) -> Problem {
    let list = ids.map(\.rawValue)
    return Problem(
      .unitUnknown,
      Words("有\(ids.count)个单位叫“\(text)”", "\(ids.count) units are called '\(text)'"),
      hint: Words(
        "请写代码：\(list.joined(separator: "、"))", "give the id: \(list.joined(separator: ", "))"))
  }

  static func unitNotThen(_ text: String, _ valid: DayInterval, on day: Day) -> Problem {
    Problem(
      .unitUnknown,
      Words(
        "\(day.chinese)没有“\(text)”这个单位", "there is no unit '\(text)' on \(day.label.english)"),
      hint: Words("它的有效期：\(valid.label.chinese)", "it exists: \(valid.label.english)"))
  }
}
