internal import Governance
internal import Storage

/// Shows entries of the audit log: who did what, what was and is, where and why.
///
/// Values of personal fields stay out of it: whoever may see them finds them in the record's
/// history. Of a record that may not be read nothing but the act is told.
struct AuditView {
  let host: Host
  let reader: Reader
  let filter: AuditFilter

  func answer(_ entries: [AuditEntry]) throws -> Answer {
    let table = Table(
      nil,
      [
        .number("序号", "No."), .text("时间", "When"), .text("经手", "Who"),
        .text("改动", "What"), .text("理由", "Why"), .text("插件", "Plugin"),
      ], try entries.map(row))
    return Answer(
      "audit", Report(Words("审计日志", "audit log"), [.table(table)]),
      data: .array(try entries.map(data)))
  }

  private func row(_ entry: AuditEntry) throws -> [Cell] {
    [
      .number(entry.sequence), .verbatim(entry.at.description), .verbatim(entry.actor),
      .text(try words(entry)), .text(ProgramReason.words(entry.reason)),
      .verbatim(entry.plugin ?? ""),
    ]
  }

  /// How many changes are told one by one, then how many sorts of them.
  private static let told = 5

  /// The act first, then what went along with it.
  private func words(_ entry: AuditEntry) throws -> Words {
    let changes = chosen(entry)
    guard !changes.isEmpty else { return gone(entry) }
    let acts = try changes.filter { !$0.isIncidental }.lines(atMost: Self.told) {
      try words($0, entry)
    }
    var lines = Array(acts.prefix(Self.told))
    let rest = acts.count - lines.count
    if rest > 0 { lines.append(Words("另有 \(rest) 种", "and \(rest) other sorts")) }
    lines += try changes.filter(\.isIncidental).lines(atMost: 1) { try words($0, entry) }
    return Words(
      lines.map(\.chinese).joined(separator: "；"), lines.map(\.english).joined(separator: "; "))
  }

  private func chosen(_ entry: AuditEntry) -> [Change] {
    filter.choosesChanges ? entry.changes.filter(filter.holds) : entry.changes
  }

  /// Of an erased entry the summary is left, which names no value.
  private func gone(_ entry: AuditEntry) -> Words {
    guard case .erased(let day, let reason) = entry.content else {
      return Words(verbatim: entry.summary)
    }
    return Words(
      "\(entry.summary)（内容已于 \(day) 清除：\(reason)）",
      "\(entry.summary) (erased on \(day): \(reason))")
  }

  private func words(_ change: Change, _ entry: AuditEntry) throws -> Words {
    let told =
      switch change.action {
      case "set": setting(change)
      case "update", "correct": try corrected(change)
      case "insert": counted(change)
      case "fail": failure(change, isQuoted: mayQuote(entry))
      default: change.words
      }
    return placed(told, change)
  }

  private func placed(_ words: Words, _ change: Change) -> Words {
    guard let unit = change.detail["unit"]?.text else { return words }
    let name = host.unitName(UnitID(unit), on: host.today)
    return Words("\(words.chinese)（\(name.chinese)）", "\(words.english) (\(name.english))")
  }

  // MARK: Settings

  /// `规定“公示期”（notice.workdays）：5 → 7，十字街社区，2026-05-12 起`.
  private func setting(_ change: Change) -> Words {
    let key = change.code ?? ""
    let declaration = host.book.declarations.first { $0.key == key }
    func value(_ name: String, _ none: Words) -> Words {
      guard let text = change.detail[name]?.text else { return none }
      let read = declaration.flatMap { declaration in
        declaration.type.value(canonical: text).map(declaration.words)
      }
      return read ?? Words(verbatim: text)
    }
    let before = value("before", Words("（没有规定）", "(none)"))
    let after = value("value", Words("（撤销规定）", "(withdrawn)"))
    let (whose, days) = (owner(change), validity(change))
    let label = declaration?.label
    return Words(
      "规定“\(label?.chinese ?? key)”（\(key)）：\(before.chinese) → \(after.chinese)，"
        + "\(whose.chinese)，\(days.chinese)",
      "set '\(label?.english ?? key)' (\(key)): \(before.english) → \(after.english), "
        + "\(whose.english), \(days.english)")
  }

  private func owner(_ change: Change) -> Words {
    let spelled = change.detail["target"]?.text ?? ""
    switch Storage.SettingDefinition.Target(spelling: spelled) {
    case .street: return Words("全街道", "the street")
    case .type(let type):
      return host.units.typologies.type(type)?.label ?? Words(verbatim: type)
    case .unit(let unit): return host.unitName(unit, on: host.today)
    case nil: return Words(verbatim: spelled)
    }
  }

  private func validity(_ change: Change) -> Words {
    let from = change.detail["from"]?.text ?? ""
    guard let to = change.detail["to"]?.text else { return Words("\(from) 起", "from \(from)") }
    return Words("\(from) 起至 \(to) 前", "from \(from) until before \(to)")
  }

  // MARK: Records

  /// `更正事项 sll-02-2026-0413：办结时间 … → 缺报`.
  private func corrected(_ change: Change) throws -> Words {
    let (words, kind) = (change.words, change.kind.flatMap(BuiltInKinds.kind))
    guard let kind, let id = change.id, try isReadable(change, kind) else { return words }
    func record(_ name: String) -> Record {
      Record(
        kind: kind.id, id: id, code: change.code ?? "", unit: "", version: 0,
        values: change.values(name, of: kind), states: [:])
    }
    let (old, new) = (record("before"), record("after"))
    let open = kind.changed(from: old, to: new).filter { $0.handling == .none }
    let hidden = kind.changed(from: old, to: new).filter { $0.handling != .none }
    let view = try RecordView(kind: kind, showing: [old, new], reader)
    let told = [view.changes(open, from: old, to: new), personal(hidden)].filter {
      !$0.chinese.isEmpty
    }
    guard !told.isEmpty else { return words }
    return Words(
      "\(words.chinese)：" + told.map(\.chinese).joined(separator: "；"),
      "\(words.english): " + told.map(\.english).joined(separator: "; "))
  }

  private func personal(_ fields: [Field]) -> Words {
    guard !fields.isEmpty else { return Words("", "") }
    return Words(
      fields.map(\.label.chinese).joined(separator: "、") + "（个人信息，见记录的历史）",
      fields.map(\.label.english).joined(separator: ", ")
        + " (personal: see the record's history)")
  }

  private func counted(_ change: Change) -> Words {
    let count = change.detail["count"]?.integer ?? 0
    return Words(
      "\(change.words.chinese) \(count) 条", "\(change.words.english): \(count)")
  }

  /// What a script says of its failure may quote what its actor saw: a community's is for those
  /// of the community who see it plainly too.
  private func mayQuote(_ entry: AuditEntry) -> Bool {
    guard let author = try? Actor(parsing: entry.actor) else { return false }
    if author.role.isStreetWide { return true }
    return host.actor.unit == author.unit && host.actor.reading(.personal, purpose: nil) == .clear
  }

  private func failure(_ change: Change, isQuoted: Bool) -> Words {
    let code = change.detail["code"]?.text ?? ""
    guard isQuoted else {
      return Words(
        "\(change.words.chinese)（\(code)，原因可能含个人信息，由本社区查看）",
        "\(change.words.english) (\(code); why may hold personal data and is for the community)")
    }
    let message = change.detail["message"]?.text ?? ""
    let english = change.detail["english"]?.text ?? message
    let place = change.detail["place"]?.text.map { "，\($0)" } ?? ""
    return Words(
      "\(change.words.chinese)：\(message)（\(code)\(place)）",
      "\(change.words.english): \(english) (\(code)\(place.isEmpty ? "" : " at " + place.dropFirst()))"
    )
  }

  // MARK: Data

  private func data(_ entry: AuditEntry) throws -> JSONValue {
    [
      "sequence": .integer(entry.sequence), "at": .string(entry.at.iso),
      "actor": .string(entry.actor), "reason": .string(entry.reason),
      "plugin": .optional(entry.plugin) { .string($0) }, "summary": .string(entry.summary),
      "changes": .array(try chosen(entry).map { try data($0, isQuoted: mayQuote(entry)) }),
      "digest": .string("\(entry.digest)"),
    ]
  }

  private func isReadable(_ change: Change, _ kind: Kind) throws -> Bool {
    guard let code = change.code else { return false }
    return try reader.id(kind.id, code: code, in: host.scope) != nil
  }

  private func data(_ change: Change, isQuoted: Bool) throws -> JSONValue {
    var detail = change.detail
    if change.action == "fail", !isQuoted { (detail["message"], detail["english"]) = (nil, nil) }
    if let kind = change.kind.flatMap(BuiltInKinds.kind) {
      let isReadable = try isReadable(change, kind)
      let hidden = Set(kind.fields.filter { !isReadable || $0.handling != .none }.map(\.key))
      for name in ["before", "after", "values", "states"] {
        guard let members = detail[name]?.members else { continue }
        detail[name] = .object(members.filter { !hidden.contains($0.name) })
      }
    }
    return [
      "action": .string(change.action), "kind": .optional(change.kind) { .string($0) },
      "code": .optional(change.code) { .string($0) },
      "detail": .object(detail.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }),
    ]
  }
}
