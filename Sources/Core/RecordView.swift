internal import Governance
internal import Storage

/// Shows records of one kind: as a table, one on a page, or through its versions.
struct RecordView {
  let kind: Kind

  /// How many fields a table shows at most; on a narrow terminal the last ones give way, so
  /// that no code is broken. A page shows them all.
  private static let columns = 6

  func report(_ records: [Record]) -> Report {
    let shown = columns(for: records)
    let table = Table(
      nil, [.text("编号", "Code"), .text("单位", "Unit")] + shown.map(column),
      records.map { record in
        [.verbatim(record.code), .verbatim(record.unit.rawValue)]
          + shown.map { cell(record, $0) }
      })
    return Report(
      kind.label,
      [
        .table(table),
        .footnote(Words("共 \(records.count) 条", "\(records.count) in all")),
      ])
  }

  /// Fields that have a value somewhere, the required ones first.
  private func columns(for records: [Record]) -> [Field] {
    let filled = kind.fields.filter { field in records.contains { $0.values[field.key] != nil } }
    let chosen = filled.filter(\.isRequired) + filled.filter { !$0.isRequired }
    let keys = Set(chosen.prefix(Self.columns).map(\.key))
    return kind.fields.filter { keys.contains($0.key) }
  }

  private func column(_ field: Field) -> Table.Column {
    switch field.type {
    case .integer, .decimal, .reference: Table.Column(field.label, .trailing, mayGiveWay: true)
    default: Table.Column(field.label, mayGiveWay: true)
    }
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
      .verbatim(version.actor), .verbatim(version.reason),
      .text(changes(from: previous, to: version.record)),
    ]
  }

  /// `办结时间 2026-04-12 10:00 → 缺报`.
  func changes(from old: Record?, to new: Record) -> Words {
    guard let old else { return Words("登记", "created") }
    let changed = kind.fields.filter { old.values[$0.key] != new.values[$0.key] }
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
      "record": data(version.record),
    ]
  }

  func data(_ record: Record) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("code", .string(record.code)), .init("unit", .string(record.unit.rawValue)),
      .init("version", .integer(Int64(record.version))),
    ]
    for field in kind.fields {
      members.append(.init(field.key, .optional(record.values[field.key], data)))
    }
    let states = record.states.sorted { $0.key < $1.key }
    if !states.isEmpty {
      let object = states.map { JSONValue.Member($0.key, .string($0.value.rawValue)) }
      members.append(.init("states", .object(object)))
    }
    return .object(members)
  }

  private func data(_ value: Value) -> JSONValue {
    switch value {
    case .boolean(let truth): .bool(truth)
    case .integer(let number): .integer(number)
    case .decimal(let decimal): .decimal(decimal)
    case .text(let text): .string(text)
    case .day(let day): .day(day)
    case .instant(let instant): .string(instant.iso)
    }
  }

  private func cell(_ record: Record, _ field: Field) -> Cell {
    switch record.values[field.key] {
    case .integer(let number): .number(number)
    case .decimal(let decimal): .decimal(decimal)
    case nil where record.state(of: field.key) == .missing: .empty
    default: .text(words(record, field))
    }
  }

  private func words(_ record: Record, _ field: Field) -> Words {
    guard let value = record.values[field.key] else {
      return record.state(of: field.key).label
    }
    return switch (value, field.type) {
    case (.text(let code), .choice(let choices)):
      choices.first { $0.code == code }?.label ?? Words(verbatim: code)
    case (.boolean(let truth), _): truth ? Words("是", "yes") : Words("否", "no")
    case (.integer(let number), _): Words(verbatim: String(number))
    case (.decimal(let decimal), _): Words(verbatim: decimal.description)
    case (.text(let text), _): Words(verbatim: text)
    case (.day(let day), _): Words(verbatim: day.description)
    case (.instant(let instant), _): Words(verbatim: instant.description)
    }
  }
}

extension ValueState {
  /// What stands in place of a value.
  var label: Words {
    switch self {
    case .present: Words("有值", "present")
    case .zeroReport: Words("零报告", "zero report")
    case .missing: Words("缺报", "missing")
    case .notApplicable: Words("不适用", "not applicable")
    case .pending: Words("待补", "pending")
    }
  }
}
