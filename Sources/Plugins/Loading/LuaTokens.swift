/// The words of a Lua source, enough to find names; comments are left out.
struct LuaTokens {
  enum Sort: Hashable {
    case name, string, number, symbol
  }

  struct Token: Hashable {
    let sort: Sort
    let text: String
    let line: Int

    /// Where it begins, in bytes.
    let offset: Int
  }

  /// A character outside texts and comments that no Lua has.
  struct Foreign {
    let character: Character
    let line: Int

    /// From 1, in characters.
    let column: Int
  }

  private(set) var tokens: [Token] = []
  private(set) var foreign: [Foreign] = []
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
    case 128...: readForeign()
    default: readSymbol()
    }
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
      || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private mutating func add(_ sort: Sort, _ text: String, _ line: Int, _ offset: Int) {
    tokens.append(Token(sort: sort, text: text, line: line, offset: offset))
  }

  /// One character beyond ASCII, with the marks that belong to it.
  private mutating func readForeign() {
    var end = index + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let start = bytes[..<index].lastIndex(of: 10).map { $0 + 1 } ?? 0
    let before = String(decoding: bytes[start..<index], as: UTF8.self)
    foreign.append(
      Foreign(
        character: String(decoding: bytes[index..<end], as: UTF8.self).first ?? "?",
        line: line, column: before.count + 1))
    index = end
  }

  /// A name, or a number with its fraction.
  private mutating func readWord() {
    let start = index
    let isNumber = Self.isDigit(bytes[index])
    while let byte = peek(), Self.isName(byte) || (isNumber && byte == UInt8(ascii: ".")) {
      index += 1
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    add(isNumber ? .number : .name, text, line, start)
  }

  private mutating func readSymbol() {
    let two = peek(1).map { [bytes[index], $0] } ?? []
    let pair = String(decoding: two, as: UTF8.self)
    if ["==", "~=", "<=", ">=", "..", "::", "//"].contains(pair) {
      add(.symbol, pair, line, index)
      index += 2
    } else {
      add(.symbol, String(decoding: [bytes[index]], as: UTF8.self), line, index)
      index += 1
    }
  }

  private mutating func readQuoted(_ quote: UInt8) {
    let first = line
    index += 1
    let start = index
    // A line ends a text that is not closed, unless a backslash stands before.
    while let byte = peek(), byte != quote, byte != 10 {
      if byte == UInt8(ascii: "\\") { index += 1 }
      let skips = byte == UInt8(ascii: "\\") && peek() == UInt8(ascii: "z")
      if peek() == 10 { line += 1 }
      index += 1
      while skips, let blank = peek(), [9, 10, 11, 12, 13, 32].contains(blank) {
        if blank == 10 { line += 1 }
        index += 1
      }
    }
    let end = min(index, bytes.count)
    add(.string, String(decoding: bytes[start..<max(start, end)], as: UTF8.self), first, start - 1)
    if peek() == quote { index += 1 }
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
    if keeping { add(.string, String(decoding: bytes[start..<index], as: UTF8.self), first, start) }
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
