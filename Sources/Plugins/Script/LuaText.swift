internal import Governance
internal import Lua

/// A value as Lua writes it: `{ 1, 2, 3, total = 6 }`.
struct LuaText {
  private let value: LuaValue

  init(_ value: LuaValue) {
    self.value = value
  }

  /// Tables that are wider than a line take a line for each member.
  private static let widest = 78

  var text: String { Self.text(value, indent: 0) }

  var inOneLine: String { Self.flat(value) }

  private static func text(_ value: LuaValue, indent: Int) -> String {
    let line = flat(value)
    let members = members(of: value)
    guard !members.isEmpty, indent + DisplayWidth.of(line) > widest else { return line }
    let inner = String(repeating: " ", count: indent + 2)
    let lines = members.map { name, value in
      inner + (name.map { "\($0) = " } ?? "") + text(value, indent: indent + 2) + ","
    }
    return (["{"] + lines + [String(repeating: " ", count: indent) + "}"]).joined(separator: "\n")
  }

  private static func flat(_ value: LuaValue) -> String {
    switch value {
    case .nil: "nil"
    case .boolean(let truth): String(truth)
    case .integer(let number): String(number)
    case .number(let number): number.description
    case .decimal(let units, let places): Decimal(units: units, places: places).description
    case .string(let text): quoted(text)
    case .function: "function"
    case .object(let object): flat(object)
    case .list, .record, .mixed: flat(members(of: value))
    }
  }

  private static func flat(_ members: [(name: String?, value: LuaValue)]) -> String {
    guard !members.isEmpty else { return "{}" }
    let parts = members.map { name, value in (name.map { "\($0) = " } ?? "") + flat(value) }
    return "{ " + parts.joined(separator: ", ") + " }"
  }

  private static func flat(_ object: HostObject) -> String {
    switch object.value {
    case let record as ScriptRecord: record.values["code"]?.text ?? object.type
    case let period as ScriptPeriod: period.period.description
    case let comparison as ScriptComparison where comparison.isMissing: "gongyue.missing"
    default: object.type
    }
  }

  private static func members(of value: LuaValue) -> [(name: String?, value: LuaValue)] {
    let listed = (value.items ?? []).map { (name: String?.none, value: $0) }
    let named = (value.fields ?? [:]).sorted { $0.key < $1.key }
      .map { (name: Optional(key($0.key)), value: $0.value) }
    return listed + named
  }

  private static func key(_ name: String) -> String {
    let isName =
      name.utf8.allSatisfy {
        (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 95
      } && !(name.first?.isNumber ?? true) && !ScriptAPI.luaKeywords.contains(name)
    return isName ? name : "[\(quoted(name))]"
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.reduce(into: "") { escaped, character in
      switch character {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.append(character)
      }
    }
    return "\"\(escaped)\""
  }
}
