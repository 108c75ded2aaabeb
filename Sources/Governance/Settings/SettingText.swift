extension SettingType {
  /// Reads what a person typed.
  ///
  /// Numbers may be full-width; lists are separated by `,` `，` or `、`; members
  /// are `name=value` (or `:`), with the code or the label; `[…]`, `{…}` and
  /// quotes nest and keep separators together.
  func read(_ text: String) throws(SettingMismatch) -> SettingValue {
    let trimmed = text.trimmedBlank
    if let scalar = scalar(trimmed) { return scalar }
    switch self {
    case .list:
      let items = trimmed.unwrapped("[", "]").pieces(at: [",", "，", "、"])
      return try accept(.list(items.map { .text($0.unquoted) }))
    case .map, .record:
      return try accept(.map(try members(trimmed.unwrapped("{", "}"))))
    default:
      throw SettingMismatch(expectation, found: .text(text))
    }
  }

  /// Reads a value back from its canonical spelling; nil when it is not one of this type.
  public func value(canonical text: String) -> SettingValue? {
    switch self {
    case .text: .text(text.unquoted)
    case .choice: try? read(text.unquoted)
    default: try? read(text)
    }
  }

  private func members(_ text: String) throws(SettingMismatch) -> [String: SettingValue] {
    var members: [String: SettingValue] = [:]
    for piece in text.pieces(at: [",", "，", "、"]) {
      let sides = piece.pieces(at: ["=", ":", "："], most: 2)
      guard sides.count == 2 else { throw SettingMismatch(expectation, found: .text(piece)) }
      let name = sides[0].unquoted
      guard members[name] == nil else {
        throw SettingMismatch(
          Words("每个名称只能出现一次", "must name each member once"), found: .text(name))
      }
      members[name] = .text(sides[1].unquoted)
    }
    return members
  }

  private func scalar(_ text: String) -> SettingValue? {
    switch self {
    case .boolean:
      switch text.lowercased() {
      case "true", "yes", "是", "开": .boolean(true)
      case "false", "no", "否", "关": .boolean(false)
      default: nil
      }
    case .integer: exactNumber(text, places: 0).map { .integer($0.units) }
    case .decimal(let places): exactNumber(text, places: places).map { .decimal($0) }
    case .text: .text(text)
    case .day: Day(text.halfWidth).map { .day($0) }
    case .choice(let choices):
      choices.first { $0.code == text || $0.label.chinese == text || $0.label.english == text }
        .map { .text($0.code) }
    case .list, .map, .record: nil
    }
  }
}

/// A number as people type it, read exactly; nil when it is anything else or has more places.
private func exactNumber(_ text: String, places: Int) -> Decimal? {
  let digits = text.halfWidth
  return try? Decimal.parse(
    digits.hasPrefix("+") ? String(digits.dropFirst()) : digits, places: places)
}

extension String {
  var trimmedBlank: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }

  /// Full-width digits and signs, as Chinese keyboards give them, made plain.
  public var halfWidth: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0xFF0B...0xFF1A: result.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0x2212: result.append("-")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  fileprivate func unwrapped(_ open: Character, _ close: Character) -> String {
    guard count >= 2, first == open, last == close else { return self }
    return String(dropFirst().dropLast()).trimmedBlank
  }

  fileprivate var unquoted: String {
    let pairs: [(Character, Character)] = [("\"", "\""), ("“", "”"), ("'", "'")]
    guard count >= 2, pairs.contains(where: { $0 == first && $1 == last }) else { return self }
    let inner = String(dropFirst().dropLast())
    return first == "\"" ? inner.unescaped : inner
  }

  /// The text that `SettingValue.quoted` escaped.
  private var unescaped: String {
    guard contains("\\") else { return self }
    var result = String.UnicodeScalarView()
    var rest = unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let escaped = rest.popFirst() else {
        result.append(scalar)
        continue
      }
      switch escaped {
      case "n": result.append("\n")
      case "r": result.append("\r")
      case "t": result.append("\t")
      case "u":
        let digits = String(String.UnicodeScalarView(rest.prefix(4)))
        rest = rest.dropFirst(4)
        result.append(UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? escaped)
      default: result.append(escaped)
      }
    }
    return String(result)
  }

  /// Parts between separators that stand outside brackets and quotes, trimmed; nothing gives no part.
  fileprivate func pieces(at separators: Set<Character>, most: Int = .max) -> [String] {
    guard !isEmpty else { return [] }
    var pieces: [String] = []
    var current = ""
    var depth = 0
    var quote: Character?
    var isEscaped = false
    for character in self {
      if let open = quote {
        if character == open, !isEscaped { quote = nil }
        isEscaped = character == "\\" && !isEscaped
      } else if character == "\"" || character == "“" {
        quote = character == "“" ? "”" : character
      } else if "[{".contains(character) {
        depth += 1
      } else if "]}".contains(character) {
        depth -= 1
      } else if depth == 0, separators.contains(character), pieces.count + 1 < most {
        pieces.append(current.trimmedBlank)
        current = ""
        continue
      }
      current.append(character)
    }
    return pieces + [current.trimmedBlank]
  }
}
