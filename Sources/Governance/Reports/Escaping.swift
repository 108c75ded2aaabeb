extension StringProtocol {
  /// The text with everything shown that a terminal or a reader would otherwise obey:
  /// control characters, escape sequences, C1, direction overrides, invisible marks.
  ///
  /// They appear as Lua writes them, `\u{1B}`. With `keepingLines`, line feeds and
  /// tabs stay; without it the result is one line.
  public func escapedForTerminal(keepingLines: Bool = false) -> String {
    guard unicodeScalars.contains(where: { $0.isObeyed }) else { return String(self) }
    var shown = ""
    for scalar in unicodeScalars {
      if !scalar.isObeyed || keepingLines && (scalar == "\n" || scalar == "\t") {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += scalar.shown
      }
    }
    return shown
  }
}

extension Unicode.Scalar {
  /// Whether a terminal acts on it, or a reader cannot see it and is misled.
  var isObeyed: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator:
      true
    case .format:
      // Joiners and tags make emoji, the soft hyphen is a hyphen.
      switch value {
      case 0xAD, 0x200C, 0x200D, 0xE0020...0xE007F: false
      default: true
      }
    default: false
    }
  }

  fileprivate var shown: String {
    switch self {
    case "\n": "\\n"
    case "\t": "\\t"
    case "\r": "\\r"
    default: "\\u{" + String(value, radix: 16, uppercase: true) + "}"
    }
  }
}
