internal import Governance
internal import Lua

/// `gongyue.json`.
struct JSONAPI {
  static var module: HostModule {
    HostModule(
      "json", Bilingual("JSON 文字", "JSON text."),
      functions: [
        HostFunction(
          "encode",
          Bilingual(
            "写成 JSON；键按字母排序，十进制数写成文字，gongyue.missing 写成 null，空表写成 []",
            "Writes JSON; keys sorted, decimals as strings, gongyue.missing as null, an empty table as []."
          ),
          Parameter("value", Bilingual("值", "the value"), as: LuaValue.self),
          returns: Bilingual("文字", "the text")
        ) { value -> String in
          let json = try json(value)
          guard json.bytes <= BoundedText.most else {
            throw Problem(
              .inputInvalid,
              Words(
                "内容超过 \(BoundedText.most >> 10) KiB，不能写成 JSON",
                "more than \(BoundedText.most >> 10) KiB cannot be written as JSON"))
          }
          return json.canonical
        },
        HostFunction(
          "decode",
          Bilingual(
            "读 JSON；null 为 nil，在列表里为 gongyue.missing",
            "Reads JSON; null is nil, within a list gongyue.missing."),
          Parameter("text", Bilingual("文字", "the text"), as: BoundedText.self),
          returns: Bilingual("值", "the value")
        ) { text -> LuaValue in
          value(try JSONValue(parsing: text.text, limits: .init(depth: 60)))
        },
        HostFunction(
          "object",
          Bilingual(
            "空的对象：没有填东西时写成 {}，不是 []", "An empty object: left empty, it is written {}, not []."),
          returns: Bilingual("表", "a table")
        ) { LuaValue.record([:]) },
      ])
  }

  static func json(_ value: LuaValue) throws(Problem) -> JSONValue {
    switch value {
    case .nil: return .null
    case .boolean(let value): return .bool(value)
    case .integer(let value): return .integer(value)
    case .number(let value):
      guard value.isFinite else { throw .notJSON(Words(verbatim: value.description)) }
      return .number(value)
    case .string(let text): return .string(text)
    case .decimal(let units, let places): return .decimal(Decimal(units: units, places: places))
    case .list(let items):
      var elements: [JSONValue] = []
      for item in items { elements.append(try json(item)) }
      return .array(elements)
    case .record(let fields): return try object(fields)
    case .object(let object):
      if let record = object.value as? ScriptRecord { return try self.object(record.values) }
      if let period = object.value as? ScriptPeriod { return .string(period.period.description) }
      if object.value is FormulaMark { return .null }
      if (object.value as? ScriptComparison)?.isMissing ?? false { return .null }
      throw .notJSON(value.named)
    case .mixed:
      throw .notJSON(Words("既有序号又有名称的表", "a table with both items and named entries"))
    case .function: throw .notJSON(value.named)
    }
  }

  private static func object(_ fields: [String: LuaValue]) throws(Problem) -> JSONValue {
    var members: [JSONValue.Member] = []
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      members.append(JSONValue.Member(name, try json(value)))
    }
    return .object(members)
  }

  static func value(_ json: JSONValue) -> LuaValue {
    switch json {
    case .null: .nil
    case .bool(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let text): .string(text)
    case .array(let elements):
      .list(elements.map { $0 == .null ? ComparisonAPI.missing : value($0) })
    case .object(let members):
      .record(Dictionary(members.map { ($0.name, value($0.value)) }) { _, last in last })
    }
  }
}

extension JSONValue {
  /// The bytes of its texts and names, and some for each value.
  var bytes: Int {
    switch self {
    case .null, .bool, .integer, .number: 8
    case .string(let text): 8 + text.utf8.count
    case .array(let elements): elements.reduce(8) { $0 + $1.bytes }
    case .object(let members): members.reduce(8) { $0 + $1.name.utf8.count + $1.value.bytes }
    }
  }
}

extension Problem {
  fileprivate static func notJSON(_ what: Words) -> Problem {
    Problem(
      .inputInvalid,
      Words("\(what.chinese)不能写成 JSON", "\(what.english) cannot be written as JSON"))
  }
}
