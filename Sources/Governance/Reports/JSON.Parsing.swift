extension JSONValue {
  /// How large and how deep a text may be.
  public struct ParsingLimits: Hashable, Sendable {
    public var bytes: Int
    public var depth: Int

    public init(bytes: Int = 64 << 20, depth: Int = 100) {
      self.bytes = bytes
      self.depth = depth
    }
  }

  /// Reads JSON as RFC 8259 defines it and nothing more: no comments, no final
  /// commas, no duplicate names, no lone surrogates, no integer beyond 64 bits.
  ///
  /// - Throws: `input.invalid` with the line.
  public init(
    parsing text: String, file: String = "json", limits: ParsingLimits = ParsingLimits()
  ) throws(Problem) {
    guard text.utf8.count <= limits.bytes else {
      throw .notJSON(
        Words("内容超过 \(limits.bytes) 字节", "the text is longer than \(limits.bytes) bytes"),
        Place(file: file))
    }
    var parser = JSONParser(Array(text.utf8)[...], file: file, depth: limits.depth)
    self = try parser.document()
  }

  /// Reads one value of JSON from the middle of other bytes, without copying them first.
  public init(parsing bytes: ArraySlice<UInt8>, file: String = "json") throws(Problem) {
    var parser = JSONParser(bytes, file: file, depth: ParsingLimits().depth)
    self = try parser.document()
  }
}

extension Problem {
  static func notJSON(_ what: Words, _ place: Place) -> Problem {
    Problem(
      .inputInvalid, Words("不是有效的 JSON：\(what.chinese)", "not valid JSON: \(what.english)"),
      at: place)
  }
}

/// Recursive descent over bytes.
private struct JSONParser {
  private let bytes: ArraySlice<UInt8>
  private let file: String
  private let deepest: Int
  private var position: Int
  private var depth = 0

  init(_ bytes: ArraySlice<UInt8>, file: String, depth: Int) {
    self.bytes = bytes
    position = bytes.startIndex
    self.file = file
    self.deepest = depth
  }

  mutating func document() throws(Problem) -> JSONValue {
    let value = try value()
    skipSpace()
    guard position == bytes.endIndex else {
      throw problem(Words("值的后面还有多余的内容", "something follows the value"))
    }
    return value
  }

  private mutating func value() throws(Problem) -> JSONValue {
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try nested { parser throws(Problem) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(Problem) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case .some(let byte) where byte == UInt8(ascii: "-") || isDigit(byte): return try number()
    case .some: throw problem(Words("此处应当是一个值", "expected a value"))
    case nil: throw problem(Words("内容不完整", "the text ends too early"))
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(Problem) -> JSONValue
  ) throws(Problem) -> JSONValue {
    depth += 1
    guard depth <= deepest else {
      throw problem(Words("嵌套超过 \(deepest) 层", "nested deeper than \(deepest) levels"))
    }
    position += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func array() throws(Problem) -> JSONValue {
    var elements: [JSONValue] = []
    if takes("]") { return .array([]) }
    repeat { elements.append(try value()) } while takes(",")
    try expect("]")
    return .array(elements)
  }

  private mutating func object() throws(Problem) -> JSONValue {
    var members: [JSONValue.Member] = []
    // A few names are compared sooner than hashed.
    var names: Set<String> = []
    if takes("}") { return .object([]) }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else {
        throw problem(Words("此处应当是带引号的名称", "expected a name in quotes"))
      }
      let name = try string()
      if members.count == Self.few { names = Set(members.map(\.name)) }
      let isNew =
        members.count < Self.few
        ? !members.contains { $0.name == name } : names.insert(name).inserted
      guard isNew else {
        throw problem(Words("名称“\(name)”出现了两次", "the name \"\(name)\" appears twice"))
      }
      try expect(":")
      members.append(JSONValue.Member(name, try value()))
    } while takes(",")
    try expect("}")
    return .object(members)
  }

  private static let few = 32

  private mutating func word(_ text: String, _ value: JSONValue) throws(Problem) -> JSONValue {
    let end = position + text.utf8.count
    guard end <= bytes.endIndex, bytes[position..<end].elementsEqual(text.utf8) else {
      throw problem(Words("此处应当是一个值", "expected a value"))
    }
    position = end
    return value
  }

  private mutating func number() throws(Problem) -> JSONValue {
    let start = position
    if peek == UInt8(ascii: "-") { position += 1 }
    let first = peek
    let whole = digits()
    guard whole > 0, whole == 1 || first != UInt8(ascii: "0") else {
      throw problem(Words("数字的写法不对", "this is not how a number is written"))
    }
    let isWhole = try !fractionAndExponent()
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let integer = Int64(text) { return .integer(integer) }
    guard !isWhole, let number = Double(text), number.isFinite else {
      throw problem(Words("数字 \(text) 太大", "the number \(text) is too large"))
    }
    return .number(number)
  }

  /// True when there was a fraction or an exponent.
  private mutating func fractionAndExponent() throws(Problem) -> Bool {
    var found = false
    if peek == UInt8(ascii: ".") {
      position += 1
      guard digits() > 0 else {
        throw problem(Words("小数点后面没有数字", "no digit after the point"))
      }
      found = true
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      guard digits() > 0 else {
        throw problem(Words("指数没有数字", "no digit in the exponent"))
      }
      found = true
    }
    return found
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = peek, isDigit(byte) { position += 1 }
    return position - start
  }

  private mutating func string() throws(Problem) -> String {
    position += 1
    let start = position
    while let byte = peek, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
      position += 1
    }
    var text = bytes[start..<position]
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += Array(try escape().utf8)
      case ..<0x20:
        throw problem(Words("字符串里有未转义的控制字符", "a control character inside a string"))
      default: text.append(byte)
      }
    }
    throw problem(Words("字符串没有结束", "a string is not closed"))
  }

  private mutating func escape() throws(Problem) -> String {
    guard let byte = peek else {
      throw problem(Words("字符串没有结束", "a string is not closed"))
    }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return String(UnicodeScalar(byte))
    case UInt8(ascii: "u"): return try scalar()
    default: throw problem(Words("没有这种转义写法", "there is no such escape"))
    }
  }

  private mutating func scalar() throws(Problem) -> String {
    var units = [try hexadecimal()]
    if UTF16.isLeadSurrogate(units[0]) {
      guard takesExactly("\\u") else { throw loneSurrogate }
      units.append(try hexadecimal())
      guard UTF16.isTrailSurrogate(units[1]) else { throw loneSurrogate }
    } else if UTF16.isTrailSurrogate(units[0]) {
      throw loneSurrogate
    }
    return String(decoding: units, as: UTF16.self)
  }

  private var loneSurrogate: Problem {
    problem(Words("代理字符不成对", "a surrogate without its partner"))
  }

  private mutating func hexadecimal() throws(Problem) -> UInt16 {
    let end = position + 4
    let text = String(decoding: bytes[position..<min(end, bytes.endIndex)], as: UTF8.self)
    guard end <= bytes.endIndex, text.utf8.allSatisfy({ isDigit($0) || isHexadecimalLetter($0) }),
      let unit = UInt16(text, radix: 16)
    else { throw problem(Words("\\u 后面应当是四位十六进制数字", "\\u needs four hexadecimal digits")) }
    position = end
    return unit
  }

  private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func skipSpace() {
    while position < bytes.endIndex {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func takes(_ character: UnicodeScalar) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func takesExactly(_ text: String) -> Bool {
    let end = position + text.utf8.count
    guard end <= bytes.endIndex, bytes[position..<end].elementsEqual(text.utf8) else {
      return false
    }
    position = end
    return true
  }

  private mutating func expect(_ character: UnicodeScalar) throws(Problem) {
    guard takes(character) else {
      throw problem(Words("此处应当是“\(character)”", "expected '\(character)'"))
    }
  }

  private func problem(_ what: Words) -> Problem {
    let line = bytes.prefix(upTo: min(position, bytes.endIndex)).count { $0 == 0x0A } + 1
    return .notJSON(what, Place(file: file, line: line))
  }

  private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private func isHexadecimalLetter(_ byte: UInt8) -> Bool {
    (97...102).contains(byte) || (65...70).contains(byte)
  }
}
