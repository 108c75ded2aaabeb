internal import Governance
internal import Lua

/// Filing and changing records; commands only.
extension QueryAPI {
  var writing: [HostFunction] {
    [
      HostFunction(
        "create", Bilingual("登记一条记录", "Files a record."),
        Parameter(
          "query", Bilingual("类别，如 gongyue.cases", "the kind, such as gongyue.cases"),
          as: ScriptQuery.self),
        Parameter(
          "values", Bilingual("字段 = 值，含 unit", "field = value, with unit"), as: LuaValue.self),
        returns: Bilingual("记录的编号", "the record's id")
      ) { query, values -> Int64 in
        try self.create(query.query, values)
      }
    ]
  }

  var update: HostFunction {
    HostFunction(
      "update", Bilingual("修改记录，要写理由", "Changes the record, with a reason."),
      Parameter("record", Bilingual("记录", "the record"), as: ScriptRecord.self),
      Parameter(
        "values",
        Bilingual("字段 = 新值；gongyue.missing 清空", "field = new value; gongyue.missing clears"),
        as: LuaValue.self),
      Parameter("reason", Bilingual("理由，会留存", "why; it is recorded"), as: String.self)
    ) { record, values, reason in
      try self.update(record, values, reason)
    }
  }

  private func create(_ query: Query, _ table: LuaValue) throws -> Int64 {
    let kind = try context.kind(query.kind)
    let values = try read(table, kind)
    try context.capabilities.write(kind, fields: Array(values.keys))
    let missing = kind.fields.filter { $0.isRequired && (values[$0.key] ?? nil) == nil }
    guard missing.isEmpty else { throw Problem.fieldsMissing(missing, of: kind) }
    guard let unit = values["unit"], unit != nil else {
      throw Problem(.inputInvalid, Words("缺少 unit（所属单位）", "unit is missing"))
    }
    let world = try context.require(Words("登记记录", "file records"))
    return try world.create(kind.id, values.compactMapValues(\.self))
  }

  private func update(_ record: ScriptRecord, _ table: LuaValue, _ reason: String) throws {
    let values = try read(table, record.kind)
    try context.capabilities.write(record.kind, fields: Array(values.keys))
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw Problem(.inputInvalid, Words("修改记录要写明理由", "a change needs a reason"))
    }
    for key in ["unit", "id", "code"] where values[key] != nil {
      throw Problem(.inputInvalid, Words("“\(key)”不能修改", "'\(key)' cannot be changed"))
    }
    let world = try context.require(Words("修改记录", "change records"))
    try world.update(record.kind.id, id: record.id, values, reason: reason)
  }

  private func read(_ table: LuaValue, _ kind: Kind) throws -> [String: Value?] {
    guard let fields = table.onlyFields, !fields.isEmpty else {
      throw Problem(
        .inputInvalid, Words("要一个“字段 = 值”的表", "a table of field = value is needed"))
    }
    let reader = ConditionReader(kind: kind, context: context)
    var values: [String: Value?] = [:]
    for (name, raw) in fields.sorted(by: { $0.key < $1.key }) {
      let field = try reader.field(name)
      if case .missing? = raw.object(as: ScriptComparison.self)?.content {
        values.updateValue(nil, forKey: name)
        continue
      }
      var value = try field.value(raw)
      if case .unit = field.type, case .text(let text) = value, !isNew(text, fields, kind) {
        let world = try context.require(Words("登记记录", "file records"))
        let unit = try world.unit(named: text)
        if name == "unit" { try world.admit(unit) }
        value = .text(unit.rawValue)
      }
      values.updateValue(value, forKey: name)
    }
    return values
  }

  /// Whether a text is the id of the very unit that is being filed.
  private func isNew(_ text: String, _ fields: [String: LuaValue], _ kind: Kind) -> Bool {
    kind.id == "unit" && fields["key"]?.text == text
  }
}
