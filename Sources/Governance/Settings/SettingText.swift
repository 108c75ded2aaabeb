extension SettingType {
  /// Reads what a person typed.
  ///
  /// Numbers may be full-width; lists are separated by `,` `，` or `、`; members
  /// are `name=value` (or `:`, or a blank), with the code or the label; `[…]`, `{…}` and
  /// quotes nest and keep separators together.
  func read(_ text: String, _ typing: Typing = Typing()) throws(SettingMismatch) -> SettingValue {
    let trimmed = text.trimmedBlank
    if let value = typed?.read(trimmed, typing) { return SettingValue(value) }
    let isEmpty = Self.emptiness.contains(trimmed)
    switch self {
    case .list:
      let items = isEmpty ? [] : trimmed.unwrapped("[", "]").pieces(at: [",", "，", "、"])
      return try accept(.list(items.map { .text($0.unquoted) }), typing)
    case .map, .record:
      let parts = isEmpty ? [:] : try members(trimmed.unwrapped("{", "}"))
      return try accept(.map(parts), typing)
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
      let written = piece.pieces(at: ["=", "＝", ":", "："], most: 2)
      let sides = written.count == 2 ? written : labelled(piece)
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

  /// `党建 20`, as it is shown: a member's label or code, then its value.
  private func labelled(_ piece: String) -> [String] {
    let names =
      switch self {
      case .map(let keys, _, _): keys.flatMap { [$0.code, $0.label.chinese, $0.label.english] }
      case .record(let parts, _):
        parts.flatMap { [$0.code, $0.label.chinese, $0.label.english] }
      default: [String]()
      }
    let known = names.filter { piece.hasPrefix($0 + " ") }.max { $0.count < $1.count }
    guard let name = known ?? piece.firstIndex(of: " ").map({ String(piece[..<$0]) }) else {
      return [piece]
    }
    return [name, String(piece.dropFirst(name.count)).trimmedBlank]
  }

  /// How a list or map without anything in it is shown.
  private static let emptiness: Set = ["（空）", "(empty)"]
}

extension SettingValue {
  init(_ value: Value) {
    switch value {
    case .boolean(let truth): self = .boolean(truth)
    case .integer(let number): self = .integer(number)
    case .decimal(let number): self = .decimal(number)
    case .text(let text): self = .text(text)
    case .day(let day): self = .day(day)
    case .instant(let instant): self = .text(instant.description)
    }
  }
}

extension String {
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
