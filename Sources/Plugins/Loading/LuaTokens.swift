/// The words of a Lua source, enough to find names; comments are left out.
struct LuaTokens {
  enum Sort: Hashable {
    case name, string, number, symbol
  }

  struct Token: Hashable {
    let sort: Sort
    let text: String
    let line: Int
  }

  private(set) var tokens: [Token] = []
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  init(_ source: String) {
    // An editor's mark at the head of the file is no part of the text.
    bytes = Array(
      source.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? source.utf8.dropFirst(3) : source.utf8[...])
    while let byte = peek() { read(byte) }
  }

  private func peek(_ offset: Int = 0) -> UInt8? {
    index + offset < bytes.count ? bytes[index + offset] : nil
  }

  private mutating func read(_ byte: UInt8) {
    switch byte {
    case 10:
      line += 1
      index += 1
    case 9, 11, 12, 13, 32: index += 1
    case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"): skipComment()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): readQuoted(byte)
    case UInt8(ascii: "["):
      if let level = longBracket() { readLong(level, keeping: true) } else { readSymbol() }
    case _ where Self.isName(byte): readWord()
    default: readSymbol()
    }
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
      || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private mutating func add(_ sort: Sort, _ text: String, _ line: Int) {
    tokens.append(Token(sort: sort, text: text, line: line))
  }

  /// A name, or a number with its fraction.
  private mutating func readWord() {
    let start = index
    let isNumber = Self.isDigit(bytes[index])
    while let byte = peek(), Self.isName(byte) || (isNumber && byte == UInt8(ascii: ".")) {
      index += 1
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    add(isNumber ? .number : .name, text, line)
  }

  private mutating func readSymbol() {
    let two = peek(1).map { [bytes[index], $0] } ?? []
    let pair = String(decoding: two, as: UTF8.self)
    if ["==", "~=", "<=", ">=", "..", "::", "//"].contains(pair) {
      add(.symbol, pair, line)
      index += 2
    } else {
      add(.symbol, String(decoding: [bytes[index]], as: UTF8.self), line)
      index += 1
    }
  }

  private mutating func readQuoted(_ quote: UInt8) {
    let first = line
    index += 1
    let start = index
    while let byte = peek(), byte != quote {
      if byte == UInt8(ascii: "\\") { index += 1 }
      if peek() == 10 { line += 1 }
      index += 1
    }
    let end = min(index, bytes.count)
    add(.string, String(decoding: bytes[start..<max(start, end)], as: UTF8.self), first)
    index += 1
  }

  /// The level of `[[`, `[=[` …, or nil.
  private func longBracket(from offset: Int = 0) -> Int? {
    var level = 0
    while peek(offset + 1 + level) == UInt8(ascii: "=") { level += 1 }
    return peek(offset + 1 + level) == UInt8(ascii: "[") ? level : nil
  }

  private mutating func readLong(_ level: Int, keeping: Bool) {
    let first = line
    index += level + 2
    let start = index
    let close =
      [UInt8(ascii: "]")] + Array(repeating: UInt8(ascii: "="), count: level)
      + [UInt8(ascii: "]")]
    while index < bytes.count, !bytes[index...].starts(with: close) {
      if bytes[index] == 10 { line += 1 }
      index += 1
    }
    if keeping { add(.string, String(decoding: bytes[start..<index], as: UTF8.self), first) }
    index += close.count
  }

  private mutating func skipComment() {
    index += 2
    if peek() == UInt8(ascii: "["), let level = longBracket() {
      readLong(level, keeping: false)
      return
    }
    while let byte = peek(), byte != 10 { index += 1 }
  }
}
