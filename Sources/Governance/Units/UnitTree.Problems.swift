extension Problem {
  private static func tree(_ chinese: String, _ english: String, hint: Words? = nil) -> Problem {
    Problem(.inputInvalid, Words(chinese, english), hint: hint)
  }

  static func unknown(_ id: UnitID, _ tree: UnitTree) -> Problem {
    let near = nearest(to: id.rawValue, in: tree.units.keys.map(\.rawValue).sorted())
    return .unknownUnit(id.rawValue, nearest: near)
  }

  static func emptyInterval(_ id: UnitID, _ valid: DayInterval) -> Problem {
    tree(
      "\(id) 的一段有效期是空的：起 \(valid.from?.description ?? "")，止 \(valid.to?.description ?? "")",
      "an interval of \(id) is empty: from \(valid.from?.description ?? "") to "
        + "\(valid.to?.description ?? "")",
      hint: Words("止日是失效的第一天，应晚于起日", "the end is the first day without it, after the start"))
  }

  static func unitTwice(_ id: UnitID, _ valid: DayInterval) -> Problem {
    tree(
      "\(id) 的两段有效期重叠（\(valid.label.chinese)）",
      "two intervals of \(id) overlap (\(valid.label.english))")
  }

  static func nameTwice(_ name: String, _ one: UnitID, _ other: UnitID) -> Problem {
    tree("\(one) 和 \(other) 同时都叫“\(name)”", "\(one) and \(other) are both called '\(name)'")
  }

  static func noParent(_ id: UnitID, _ level: UnitLevel) -> Problem {
    tree("\(level.label.chinese) \(id) 没有写上级", "the \(level.label.english) \(id) has no parent")
  }

  static func missing(_ id: UnitID, of other: UnitID, on day: Day) -> Problem {
    tree(
      "\(other) 所指的 \(id) 在\(day.chinese)不存在",
      "\(other) refers to \(id), which does not exist on \(day.label.english)")
  }

  static func wrongLevel(_ unit: Unit, _ parent: Unit) -> Problem {
    tree(
      "\(unit.level.label.chinese) \(unit.id) 不能归在\(parent.level.label.chinese) \(parent.id) 之下",
      "the \(unit.level.label.english) \(unit.id) cannot be under the "
        + "\(parent.level.label.english) \(parent.id)")
  }

  static func unknownTypology(_ membership: TypeMembership, _ known: [Typology]) -> Problem {
    let near = nearest(to: membership.typology, in: known.map(\.id))
    return tree(
      "\(membership.unit) 用了没有的分类法“\(membership.typology)”",
      "\(membership.unit) uses an unknown typology '\(membership.typology)'",
      hint: near.map { Words("是不是 \($0)？", "did you mean \($0)?") })
  }

  static func unknownType(_ membership: TypeMembership, _ typology: Typology) -> Problem {
    let near = nearest(to: membership.type, in: typology.types.map(\.code))
    return tree(
      "\(typology.label.chinese)里没有“\(membership.type)”（\(membership.unit)）",
      "'\(membership.type)' (\(membership.unit)) is no \(typology.label.english)",
      hint: near.map { Words("是不是 \($0)？", "did you mean \($0)?") })
  }

  static func twoTypes(_ one: TypeMembership, _ other: TypeMembership) -> Problem {
    tree(
      "\(one.unit) 同时属于 \(one.type) 和 \(other.type)（\(one.typology)）",
      "\(one.unit) is both \(one.type) and \(other.type) (\(one.typology))",
      hint: Words("请先写明前一类型的止日", "end the former type first"))
  }

  static func noType(_ id: UnitID, _ typology: Typology, on day: Day) -> Problem {
    let since =
      day == .earliest ? Words("", "") : Words("自\(day.chinese)起", " from \(day.label.english)")
    return tree(
      "\(id) \(since.chinese)没有\(typology.label.chinese)，这是必填的",
      "\(id) has no \(typology.label.english)\(since.english), which is compulsory")
  }

  static func besideItself(_ id: UnitID) -> Problem {
    tree("\(id) 不能与自己相邻", "\(id) cannot be adjacent to itself")
  }

  static func notAnEstate(_ unit: Unit) -> Problem {
    tree(
      "\(unit.id) 是\(unit.level.label.chinese)，只有代管小区才由别的社区代管",
      "\(unit.id) is a \(unit.level.label.english); only a caretaker estate is looked after")
  }

  static func noCommittee(_ care: Caretaking, on day: Day) -> Problem {
    tree(
      "\(care.caretaker) 不能代管 \(care.estate)：代管者须是已设居委会的社区",
      "\(care.caretaker) cannot look after \(care.estate): it takes a community with a committee",
      hint: day == .earliest
        ? nil : Words("自\(day.chinese)起不符", "this fails from \(day.label.english)"))
  }

  static func notAdjacent(_ care: Caretaking, on day: Day) -> Problem {
    tree(
      "\(care.caretaker) 不能代管 \(care.estate)：两者不相邻",
      "\(care.caretaker) cannot look after \(care.estate): they are not adjacent",
      hint: day == .earliest
        ? nil : Words("自\(day.chinese)起不符", "this fails from \(day.label.english)"))
  }

  static func twoCaretakers(_ one: Caretaking, _ other: Caretaking) -> Problem {
    tree(
      "\(one.estate) 同时由 \(one.caretaker) 和 \(other.caretaker) 代管",
      "\(one.estate) is looked after by \(one.caretaker) and \(other.caretaker) at once",
      hint: Words("由街道决定其一", "the street decides on one"))
  }
}
