/// JSON with one spelling for every value: sorted keys, no spaces, whole numbers only.
///
/// What is digested, kept in history or replayed is written this way. There are
/// no fractions on purpose: exact numbers travel as text.
public indirect enum CanonicalJSON: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case string(String)
  case array([CanonicalJSON])
  case object([String: CanonicalJSON])

  public subscript(key: String) -> CanonicalJSON? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  public var integer: Int64? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  public var array: [CanonicalJSON]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  public var object: [String: CanonicalJSON]? {
    guard case .object(let members) = self else { return nil }
    return members
  }
}

extension CanonicalJSON: CustomStringConvertible {
  /// The one spelling.
  public var description: String { String(decoding: bytes, as: UTF8.self) }

  public var bytes: [UInt8] {
    var output: [UInt8] = []
    write(to: &output)
    return output
  }

  func write(to output: inout [UInt8]) {
    switch self {
    case .null: output += "null".utf8
    case .boolean(let truth): output += (truth ? "true" : "false").utf8
    case .integer(let number): output += String(number).utf8
    case .string(let text): Self.write(text, to: &output)
    case .array(let elements): Self.write(elements, to: &output)
    case .object(let members): Self.write(members, to: &output)
    }
  }

  private static func write(_ elements: [CanonicalJSON], to output: inout [UInt8]) {
    output.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      element.write(to: &output)
    }
    output.append(UInt8(ascii: "]"))
  }

  private static func write(_ members: [String: CanonicalJSON], to output: inout [UInt8]) {
    output.append(UInt8(ascii: "{"))
    let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for (index, member) in sorted.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      write(member.key, to: &output)
      output.append(UInt8(ascii: ":"))
      member.value.write(to: &output)
    }
    output.append(UInt8(ascii: "}"))
  }

  private static func write(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
      case 0..<32, 127:
        let digits = Array("0123456789abcdef".utf8)
        output += "\\u00".utf8
        output += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}

extension CanonicalJSON {
  /// Reads what `bytes` wrote (spaces and other escapes are understood too);
  /// nil when it is not JSON of whole numbers.
  public init?(_ text: String) {
    var parser = Parser(bytes: Array(text.utf8))
    guard let value = parser.value(depth: 0), parser.isAtEnd else { return nil }
    self = value
  }

  private struct Parser {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) {
      self.bytes = bytes
    }

    private static let deepest = 64

    private mutating func next() -> UInt8? {
      while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) {
        position += 1
      }
      return position < bytes.count ? bytes[position] : nil
    }

    var isAtEnd: Bool {
      var copy = self
      return copy.next() == nil
    }

    private mutating func take(_ byte: Character) -> Bool {
      guard next() == byte.asciiValue else { return false }
      position += 1
      return true
    }

    private mutating func take(word: String) -> Bool {
      guard bytes[position...].starts(with: word.utf8) else { return false }
      position += word.utf8.count
      return true
    }

    mutating func value(depth: Int) -> CanonicalJSON? {
      guard depth < Self.deepest, let byte = next() else { return nil }
      switch byte {
      case UInt8(ascii: "\""): return string().map(CanonicalJSON.string)
      case UInt8(ascii: "["): return array(depth: depth)
      case UInt8(ascii: "{"): return object(depth: depth)
      case UInt8(ascii: "t"): return take(word: "true") ? .boolean(true) : nil
      case UInt8(ascii: "f"): return take(word: "false") ? .boolean(false) : nil
      case UInt8(ascii: "n"): return take(word: "null") ? .null : nil
      default: return number()
      }
    }

    private mutating func number() -> CanonicalJSON? {
      let start = position
      while position < bytes.count,
        bytes[position] == UInt8(ascii: "-") || (48...57).contains(bytes[position])
      {
        position += 1
      }
      return Int64(String(decoding: bytes[start..<position], as: UTF8.self)).map(Self.integer)
    }

    private static func integer(_ number: Int64) -> CanonicalJSON { .integer(number) }

    private mutating func array(depth: Int) -> CanonicalJSON? {
      position += 1
      var elements: [CanonicalJSON] = []
      if take("]") { return .array([]) }
      repeat {
        guard let element = value(depth: depth + 1) else { return nil }
        elements.append(element)
      } while take(",")
      return take("]") ? .array(elements) : nil
    }

    private mutating func object(depth: Int) -> CanonicalJSON? {
      position += 1
      var members: [String: CanonicalJSON] = [:]
      if take("}") { return .object([:]) }
      repeat {
        guard next() == UInt8(ascii: "\""), let key = string(), take(":"),
          let value = value(depth: depth + 1), members.updateValue(value, forKey: key) == nil
        else { return nil }
      } while take(",")
      return take("}") ? .object(members) : nil
    }

    private mutating func string() -> String? {
      position += 1
      var text: [UInt8] = []
      while position < bytes.count {
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
        case UInt8(ascii: "\\"):
          guard let character = escape() else { return nil }
          text += String(character).utf8
        case 0..<32: return nil
        default: text.append(byte)
        }
      }
      return nil
    }

    private mutating func escape() -> Character? {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{c}"
      case UInt8(ascii: "u"): return scalar().map(Character.init)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
        return Character(Unicode.Scalar(byte))
      default: return nil
      }
    }

    private mutating func scalar() -> Unicode.Scalar? {
      guard let high = unit() else { return nil }
      guard (0xd800..<0xdc00).contains(high) else { return Unicode.Scalar(high) }
      guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      else { return nil }
      position += 2
      guard let low = unit(), (0xdc00..<0xe000).contains(low) else { return nil }
      return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
    }

    private mutating func unit() -> UInt32? {
      guard position + 4 <= bytes.count else { return nil }
      let digits = String(decoding: bytes[position..<(position + 4)], as: UTF8.self)
      position += 4
      return UInt32(digits, radix: 16)
    }
  }
}
