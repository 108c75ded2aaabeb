internal import Governance
internal import Lua

/// Everything wrong with one formula or command, each with the path inside its table.
final class FormulaFaults {
  let place: Place?
  private let code: ErrorCode
  private(set) var problems: [Problem] = []

  init(at place: Place?, code: ErrorCode = .formulaInvalid) {
    self.place = place
    self.code = code
  }

  func add(_ path: String, _ message: Words, hint: Words? = nil) {
    let whole =
      path.isEmpty ? message : Words("\(path)：\(message.chinese)", "\(path): \(message.english)")
    problems.append(Problem(code, whole, at: place, hint: hint))
  }

  func add(_ path: String, _ problem: Problem) {
    add(path, problem.message, hint: problem.hint)
  }

  func add(_ path: String, _ several: Problems) {
    for problem in several.all { add(path, problem) }
  }

  /// The value of a throwing step, its problems noted at a path.
  func noting<Value>(_ path: String, _ body: () throws -> Value) -> Value? {
    do {
      return try body()
    } catch let problem as Problem {
      add(path, problem)
    } catch let problems as Problems {
      add(path, problems)
    } catch {
      add(path, Words(verbatim: "\(error)"))
    }
    return nil
  }
}

/// One table of a declaration: reads its entries and notes what is wrong with them.
struct TableReader {
  let fields: [String: LuaValue]
  let path: String
  let faults: FormulaFaults

  /// Notes entries that `keys` does not name, each with the nearest known one.
  init?(_ value: LuaValue, at path: String, _ faults: FormulaFaults, keys: [String]) {
    guard let fields = value.fields else {
      faults.add(
        path, Words("应为表，实际是 \(value.typeName)", "expected a table, got \(value.typeName)"))
      return nil
    }
    self.fields = fields
    self.path = path
    self.faults = faults
    for key in fields.keys.sorted() where !keys.contains(key) {
      faults.add(
        path.isEmpty ? key : "\(path).\(key)", Words("没有这一项", "there is no such entry"),
        hint: nearest(to: key, in: keys).map { Words("是不是想写 \($0)？", "did you mean \($0)?") }
          ?? Words(
            "可用：\(keys.joined(separator: "、"))", "there are: \(keys.joined(separator: ", "))"))
    }
  }

  func path(to key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }

  func has(_ key: String) -> Bool {
    fields[key].map { !$0.isNil } ?? false
  }

  /// The entry, or nil with a problem when it is needed or of another sort.
  func read<Value>(
    _ key: String, as sort: Words, needed: Bool = false, _ convert: (LuaValue) -> Value?
  ) -> Value? {
    guard let value = fields[key], !value.isNil else {
      if needed {
        faults.add(path(to: key), Words("没有写，这一项必填", "is needed and was not given"))
      }
      return nil
    }
    if let converted = convert(value) { return converted }
    faults.add(
      path(to: key),
      Words(
        "应为\(sort.chinese)，实际是 \(value.shown)", "expected \(sort.english), got \(value.shown)"))
    return nil
  }

  func text(_ key: String, needed: Bool = false) -> String? {
    read(key, as: .aText, needed: needed) { $0.text.flatMap { $0.isEmpty ? nil : $0 } }
  }

  /// What is typed to name it, and stands in names of files and results.
  func id(_ key: String) -> String? {
    let form = Words(
      "小写字母、数字和连字符，以字母开头", "lower-case letters, digits and hyphens, a letter first")
    return read(key, as: form, needed: true) {
      $0.text.flatMap { ManifestReader.isName($0) ? $0 : nil }
    }
  }

  /// A text, or a table `{ zh = …, en = … }`.
  func words(_ key: String, needed: Bool = false) -> Words? {
    read(key, as: .aText, needed: needed, \.words)
  }

  func number(_ key: String, needed: Bool = false) -> Rational? {
    read(key, as: Words("数", "a number"), needed: needed, \.writtenNumber)
  }

  func count(_ key: String) -> Int? {
    read(key, as: Words("不小于0的整数", "a whole number of 0 or more")) {
      $0.int.flatMap { $0 >= 0 ? $0 : nil }
    }
  }

  func boolean(_ key: String) -> Bool? {
    read(key, as: Words("true 或 false", "true or false"), \.bool)
  }

  func day(_ key: String) -> Day? {
    read(key, as: Words("日期，如 2026-03-01", "a date like 2026-03-01")) {
      $0.text.flatMap { Day($0) }
    }
  }

  func function(_ key: String, needed: Bool = false) -> LuaFunction? {
    read(key, as: Words("函数", "a function"), needed: needed, \.function)
  }

  func choice(_ key: String, _ codes: [String]) -> String? {
    let sort = Words(codes.joined(separator: " / "), codes.joined(separator: " / "))
    return read(key, as: sort) { $0.text.flatMap { codes.contains($0) ? $0 : nil } }
  }

  /// A list of texts; one text stands for a list of one.
  func texts(_ key: String) -> [String] {
    read(key, as: Words("文字的列表", "a list of texts")) { value in
      if let text = value.text { return [text] }
      guard let items = value.items else { return nil }
      let texts = items.compactMap(\.text)
      return texts.count == items.count ? texts : nil
    } ?? []
  }

  /// Each item of a list, with its path.
  func items(_ key: String) -> [(value: LuaValue, path: String)] {
    let items = read(key, as: Words("列表", "a list")) {
      $0.items ?? ($0.fields?.isEmpty == true ? [] : nil)
    }
    return (items ?? []).enumerated().map { ($1, "\(path(to: key))[\($0 + 1)]") }
  }
}

extension Words {
  static let aText = Words("文字", "a text")
}

extension LuaValue {
  /// A number as its author wrote it: `0.5` is one half, whatever its nearest binary number is.
  var writtenNumber: Rational? {
    switch self {
    case .integer(let number): Rational(number)
    case .number(let number): Rational(number)
    case .decimal(let units, let places): Rational(Decimal(units: units, places: places))
    default: nil
    }
  }

  /// The value itself where it is short, else what Lua calls its type.
  var shown: String {
    switch self {
    case .string(let text) where text.count <= 30: "“\(text)”"
    case .integer(let number): String(number)
    case .number(let number): "\(number)"
    case .boolean(let flag): "\(flag)"
    case .decimal(let units, let places): Decimal(units: units, places: places).description
    default: typeName
    }
  }
}
