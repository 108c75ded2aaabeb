extension JSONValue {
  /// One line without spaces, members in their order.
  public var compact: String {
    var writer = JSONWriter(indents: false, sorts: false)
    writer.write(self)
    return writer.text
  }

  /// One line without spaces, members sorted by the bytes of their names: equal
  /// values give equal bytes, whatever order they were built in.
  public var canonical: String {
    var writer = JSONWriter(indents: false, sorts: true)
    writer.write(self)
    return writer.text
  }

  /// Two spaces a level, members in their order, without a final line feed.
  public var pretty: String { pretty(within: 0) }

  /// The same as it stands that many levels deep in something larger.
  func pretty(within depth: Int) -> String {
    var writer = JSONWriter(indents: true, sorts: false, depth: depth)
    writer.write(self)
    return writer.text
  }
}

private struct JSONWriter {
  let indents: Bool
  let sorts: Bool
  private(set) var text = ""
  private var depth: Int

  init(indents: Bool, sorts: Bool, depth: Int = 0) {
    self.indents = indents
    self.sorts = sorts
    self.depth = depth
  }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: text += "null"
    case .bool(let bool): text += bool ? "true" : "false"
    case .integer(let integer): text += String(integer)
    case .number(let number): write(number)
    case .string(let string): write(string)
    case .array(let elements):
      list("[", "]", elements) { writer, element in writer.write(element) }
    case .object(let members):
      let ordered =
        sorts
        ? members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        : members
      list("{", "}", ordered) { writer, member in
        writer.write(member.name)
        writer.text += writer.indents ? ": " : ":"
        writer.write(member.value)
      }
    }
  }

  private mutating func write(_ number: Double) {
    guard number.isFinite else { return text += "null" }
    // A whole number reads back as a number, not an integer, thanks to its point.
    text += number.description
  }

  private mutating func list<Element>(
    _ open: String, _ close: String, _ elements: [Element],
    _ each: (inout JSONWriter, Element) -> Void
  ) {
    text += open
    depth += 1
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      breakLine()
      each(&self, element)
    }
    depth -= 1
    if !elements.isEmpty { breakLine() }
    text += close
  }

  private mutating func breakLine() {
    guard indents else { return }
    text += "\n" + String(repeating: "  ", count: depth)
  }

  /// Whatever a terminal would obey is written as `\uXXXX`, so the text can be shown as it is.
  private mutating func write(_ string: String) {
    text += "\""
    if Self.isPlain(string) {
      text += string
    } else {
      escaped(string)
    }
    text += "\""
  }

  /// Whether the text is surely to be written as it is: letters, digits, Chinese and its
  /// punctuation. Most texts are, and are not looked at twice.
  private static func isPlain(_ string: String) -> Bool {
    var before: (UInt8, UInt8) = (0, 0)
    for byte in string.utf8 {
      switch (before.0, before.1, byte) {
      case (0xE2, 0x80, 0x90...0xA7): break  // U+2010…U+2027: dashes, quotation marks, ellipsis
      case (0xE2, 0x80, _): return false
      case (_, 0xE2, 0x80), (_, 0xEF, 0xBC), (_, 0xEF, 0xBD): break  // U+FF00…U+FF7F: wide forms
      case (_, 0xE2, _), (_, 0xEF, _): return false
      case (_, _, 0x22), (_, _, 0x5C): return false
      case (_, _, 0x20...0x7E), (_, _, 0x80...0xBF), (_, _, 0xE2...0xEF): break
      default: return false
      }
      before = (before.1, byte)
    }
    return true
  }

  private mutating func escaped(_ string: String) {
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.isObeyed: escape(scalar)
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  private static let digits = Array("0123456789abcdef".unicodeScalars)

  private mutating func escape(_ scalar: Unicode.Scalar) {
    for unit in UTF16.encode(scalar)! {
      text += "\\u"
      for shift in [12, 8, 4, 0] {
        text.unicodeScalars.append(Self.digits[Int(unit >> shift & 15)])
      }
    }
  }
}
