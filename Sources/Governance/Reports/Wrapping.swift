extension String {
  /// The text in lines of at most `columns`, broken at spaces or between Chinese characters.
  ///
  /// No line begins with closing punctuation or ends with opening punctuation
  /// (避头尾) unless a single piece is wider than a line. Line breaks in the text stay.
  public func wrapped(to columns: Int) -> [String] {
    split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { Wrapping(columns: max(2, columns)).lines(of: $0) }
  }
}

extension String {
  /// The columns of the longest piece that no line break may divide.
  var widestWord: Int {
    Wrapping(columns: .max).pieces(of: self[...])
      .map { DisplayWidth.of($0.trimmedAtEnd) }.max() ?? 0
  }
}

extension String {
  /// The columns of the longest code in it, `sll-02-P-2026-0001` or `assessment.curve.log`:
  /// what a person would copy, as long as that is possible.
  var widestCode: Int {
    split(separator: " ").filter { $0.utf8.count <= 48 && ($0.isRecordCode || $0.isSettingKey) }
      .map(\.utf8.count).max() ?? 0
  }
}

extension Substring {
  /// A word of ASCII with digits and hyphens.
  fileprivate var isRecordCode: Bool {
    contains("-") && contains(where: \.isNumber)
      && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }

  /// Lower-case words joined by dots.
  fileprivate var isSettingKey: Bool {
    let words = split(separator: ".", omittingEmptySubsequences: false)
    return words.count > 1
      && words.allSatisfy { word in
        word.first.map { $0.isASCII && $0.isLowercase } ?? false
          && word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
      }
  }
}

/// Greedy line filling over pieces that must not be broken.
private struct Wrapping {
  let columns: Int

  func lines(of paragraph: Substring) -> [String] {
    guard DisplayWidth.of(paragraph) > columns else { return [String(paragraph)] }
    var lines: [String] = []
    var line = ""
    var width = 0
    for piece in pieces(of: paragraph).flatMap(fitting) {
      let whole = DisplayWidth.of(piece)
      let blanks = piece.reversed().prefix { $0 == " " }.count
      if width + whole - blanks > columns, !line.isEmpty {
        lines.append(line.trimmedAtEnd)
        line = piece == " " ? "" : piece
        width = piece == " " ? 0 : whole
      } else {
        line += piece
        width += whole
      }
    }
    return lines + [line.trimmedAtEnd]
  }

  /// The runs between which a line may end.
  func pieces(of paragraph: Substring) -> [String] {
    var pieces: [String] = []
    var before: (Character?, Character?) = (nil, nil)
    for character in paragraph {
      if let last = before.1, !pieces.isEmpty, !mayBreak(before.0, after: last, before: character) {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
      before = (before.1, character)
    }
    return pieces
  }

  /// A piece wider than a line is cut wherever it must be.
  private func fitting(_ piece: String) -> [String] {
    guard DisplayWidth.of(piece) > columns else { return [piece] }
    var parts = [""]
    var width = 0
    for character in piece {
      let more = DisplayWidth.of(character)
      if width + more > columns {
        parts.append("")
        width = 0
      }
      parts[parts.count - 1].append(character)
      width += more
    }
    return parts
  }

  private func mayBreak(
    _ beforeLeft: Character?, after left: Character, before right: Character
  ) -> Bool {
    if right == " " { return false }
    if left == " " { return true }
    // Paths: `plugins/street/` may end a line; keys, numbers and codes are never divided.
    if left == "/", let beforeLeft { return beforeLeft.isLetter && right.isLetter }
    if Self.closing.contains(right) || Self.opening.contains(left) { return false }
    return DisplayWidth.of(left) == 2 || DisplayWidth.of(right) == 2
  }

  private static let closing: Set<Character> = Set("，。、；：！？）》〉」』】〕”’…—·％℃,.;:!?)]}%")
  private static let opening: Set<Character> = Set("（《〈「『【〔“‘￥([{¥")
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
