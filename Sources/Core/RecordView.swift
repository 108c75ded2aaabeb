internal import Governance
internal import Storage

/// Shows records of one kind: as a table, one on a page, or through its versions.
struct RecordView {
  let kind: Kind

  /// Codes of the records that are referred to, by kind and id: people never see an id.
  private let codes: [String: [Int64: String]]

  /// For headings alone.
  init(kind: Kind) {
    self.kind = kind
    codes = [:]
  }

  /// - Parameter records: those that will be shown.
  init(kind: Kind, showing records: [Record], _ reader: Reader) throws {
    self.kind = kind
    var ids: [String: Set<Int64>] = [:]
    for (target, key) in kind.references {
      for case .integer(let id)? in records.map({ $0.values[key] }) {
        ids[target, default: []].insert(id)
      }
    }
    var codes: [String: [Int64: String]] = [:]
    for (target, wanted) in ids { codes[target] = try reader.codes(of: wanted, target) }
    self.codes = codes
  }

  /// How many fields a table shows at most; on a narrow terminal the last ones give way, so
  /// that no code is broken. A page shows them all.
  private static let columns = 6

  /// - Parameters:
  ///   - total: how many there are, of which these are the first.
  ///   - fields: those to show; nil where there is room for the most telling ones only.
  func report(_ records: [Record], of total: Int, showing fields: [Field]?) -> Report {
    let filled = kind.fields.filter { field in records.contains { $0.values[field.key] != nil } }
    let shown = fields ?? mostTelling(of: filled)
    let table = Table(nil, columns(shown), records.map { cells($0, shown) })
    return Report(
      kind.label,
      [
        .table(table),
        .footnote(count(records.count, of: total)),
      ] + (fields == nil ? note(onLeft: filled.filter { !shown.contains($0) }) : []))
  }

  /// Fields that are not shown are named: nothing is left out without a word.
  private func note(onLeft fields: [Field]) -> [Report.Block] {
    guard !fields.isEmpty else { return [] }
    let (chinese, english) = (fields.map(\.label.chinese), fields.map(\.label.english))
    return [
      .footnote(
        Words(
          "没有列出：\(chinese.joined(separator: "、"))；用 --fields 选，或存成文件（--output 文件.csv）",
          "not shown: \(english.joined(separator: ", ")); choose with --fields, or write a file "
            + "(--output FILE.csv)"))
    ]
  }

  func columns(_ fields: [Field]) -> [Table.Column] {
    [.text("编号", "Code"), .text("单位", "Unit")] + fields.map(\.column)
  }

  func cells(_ record: Record, _ fields: [Field]) -> [Cell] {
    [.verbatim(record.code), .verbatim(record.unit.rawValue)] + fields.map { cell(record, $0) }
  }

  private func count(_ shown: Int, of total: Int) -> Words {
    shown == total
      ? Words("共 \(total) 条", "\(total) in all")
      : Words("共 \(total) 条，列出前 \(shown) 条", "\(total) in all, the first \(shown) shown")
  }

  /// The first few, the required ones before others.
  private func mostTelling(of filled: [Field]) -> [Field] {
    let chosen = filled.filter(\.isRequired) + filled.filter { !$0.isRequired }
    let keys = Set(chosen.prefix(Self.columns).map(\.key))
    return kind.fields.filter { keys.contains($0.key) }
  }

  func page(_ record: Record) -> Report {
    let rows = kind.fields.map { field in
      [.text(field.label), cell(record, field)] as [Cell]
    }
    let table = Table(nil, [.text("项目", "Field"), .text("内容", "Value")], rows)
    let title = Words(
      "\(kind.label.chinese) \(record.code)", "\(kind.label.english) \(record.code)")
    return Report(title, [.table(table)])
  }

  /// What a correction made of a record: each changed field as it was and is.
  func correction(of changed: [Field], from old: Record, to new: Record) -> Report {
    let code = new.code
    guard new.version != old.version else {
      return Report(
        nil,
        [
          .paragraph(
            Words("\(code) 本来就是这样，没有改动。", "\(code) says so already; nothing was changed."))
        ])
    }
    let table = Table(
      nil, [.text("项目", "Field"), .text("原来", "Before"), .text("现在", "Now")],
      changed.map { field in
        [.text(field.label), .text(words(old, field)), .text(words(new, field))]
      })
    return Report(
      nil,
      [
        .paragraph(
          Words(
            "已更正 \(code)，现在是第 \(new.version) 版。",
            "corrected \(code), now version \(new.version).")),
        .table(table),
      ])
  }

  func history(_ versions: [Version]) -> Report {
    let table = Table(
      nil,
      [
        .number("版本", "Version"), .text("时间", "When"), .text("经手", "Who"),
        .text("理由", "Why"), .text("改动", "What changed"),
      ],
      versions.enumerated().map { index, version in
        row(version, after: index > 0 ? versions[index - 1].record : nil)
      })
    return Report(
      Words("\(kind.label.chinese)的历史", "history of the \(kind.label.english)"), [.table(table)])
  }

  private func row(_ version: Version, after previous: Record?) -> [Cell] {
    [
      .number(version.number), .verbatim(version.at.description),
      .verbatim(version.actor), .text(ProgramReason.words(version.reason)),
      .text(version.isRetraction ? .retracted : changes(from: previous, to: version.record)),
    ]
  }

  /// `办结时间 2026-04-12 10:00 → 缺报`.
  func changes(from old: Record?, to new: Record) -> Words {
    guard let old else { return Words("登记", "created") }
    return changes(kind.changed(from: old, to: new), from: old, to: new)
  }

  func changes(_ changed: [Field], from old: Record, to new: Record) -> Words {
    func text(_ language: Language) -> String {
      changed.map { field in
        let was = words(old, field).text(in: language)
        let becomes = words(new, field).text(in: language)
        return "\(field.label.text(in: language)) \(was) → \(becomes)"
      }.joined(separator: language == .chinese ? "；" : "; ")
    }
    return Words(text(.chinese), text(.english))
  }

  func data(_ version: Version) -> JSONValue {
    [
      "version": .integer(Int64(version.number)), "at": .string(version.at.iso),
      "actor": .string(version.actor), "reason": .string(version.reason),
      "retracted": .bool(version.isRetraction), "record": data(version.record),
    ]
  }

  func data(_ record: Record) -> JSONValue { data(record, of: kind.fields) }

  func data(_ record: Record, of fields: [Field]) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("code", .string(record.code)), .init("unit", .string(record.unit.rawValue)),
      .init("version", .integer(Int64(record.version))),
    ]
    for field in fields where kind.field(field.key) != nil {
      members.append(
        .init(field.key, .optional(record.values[field.key]) { data($0, of: field) }))
    }
    let keys = Set(fields.map(\.key))
    let states = record.states.filter { keys.contains($0.key) }.sorted { $0.key < $1.key }
    if !states.isEmpty {
      let object = states.map { JSONValue.Member($0.key, .string($0.value.rawValue)) }
      members.append(.init("states", .object(object)))
    }
    return .object(members)
  }

  private func data(_ value: Value, of field: Field) -> JSONValue {
    if let code = referred(value, field) { return .string(code) }
    return switch value {
    case .boolean(let truth): .bool(truth)
    case .integer(let number): .integer(number)
    case .decimal(let decimal): .decimal(decimal)
    case .text(let text): .string(text)
    case .day(let day): .day(day)
    case .instant(let instant): .string(instant.iso)
    }
  }

  private func cell(_ record: Record, _ field: Field) -> Cell {
    guard let value = record.values[field.key] else {
      return record.state(of: field.key) == .missing ? .empty : .text(words(record, field))
    }
    return field.isReference ? .text(words(record, field)) : field.cell(of: value)
  }

  private func words(_ record: Record, _ field: Field) -> Words {
    guard let value = record.values[field.key] else {
      return record.state(of: field.key).label
    }
    if let code = referred(value, field) { return Words(verbatim: code) }
    return field.words(of: value)
  }
}

extension RecordView {
  /// The code of the record that a reference names.
  private func referred(_ value: Value, _ field: Field) -> String? {
    guard case .reference(let target) = field.type, case .integer(let id) = value else {
      return nil
    }
    return codes[target]?[id]
  }
}

extension Kind {
  /// The fields in which two versions of a record differ.
  func changed(from old: Record, to new: Record) -> [Field] {
    fields.filter { field in
      old.values[field.key] != new.values[field.key]
        || old.state(of: field.key) != new.state(of: field.key)
    }
  }

  /// The fields that refer to other records, with the kind they refer to.
  fileprivate var references: [(target: String, key: String)] {
    fields.compactMap { field in
      guard case .reference(let target) = field.type else { return nil }
      return (target, field.key)
    }
  }
}

extension Field {
  fileprivate var isReference: Bool {
    if case .reference = type { true } else { false }
  }
}

extension Words {
  fileprivate static let retracted = Words("撤销", "retracted")
}
