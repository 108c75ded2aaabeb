/// How many columns a terminal gives a character or a string.
///
/// Chinese characters and full-width punctuation take two, combining marks and
/// invisible characters none, emoji two. Characters that Unicode calls ambiguous
/// (quotes, dashes, arrows) count one, as terminals in a UTF-8 locale do.
public enum DisplayWidth {
  /// The columns of one line of text.
  public static func of(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  /// The columns of one character as a reader sees it, with all that combines with it.
  public static func of(_ character: Character) -> Int {
    if let ascii = character.asciiValue { return ascii < 0x20 || ascii == 0x7F ? 0 : 1 }
    let scalars = character.unicodeScalars
    if scalars.count > 1, drawsOnePicture(scalars) { return 2 }
    return scalars.reduce(0) { $0 + of($1) }
  }

  /// Emoji presentation, joined emoji and flags: however long, one picture of two columns.
  private static func drawsOnePicture(_ scalars: Character.UnicodeScalarView) -> Bool {
    scalars.contains { scalar in
      switch scalar.value {
      case 0xFE0F, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF: true
      case 0x200D: scalars.first!.properties.isEmoji
      default: false
      }
    }
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .lineSeparator, .paragraphSeparator: return 0
    case .format: return scalar.value == 0xAD ? 1 : 0
    default: break
    }
    // The vowels and finals of a Hangul syllable share the columns of its first letter.
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }
    return isWide(scalar.value) ? 2 : 1
  }

  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= wide[0].lowerBound else { return false }
    var (low, high) = (0, wide.count - 1)
    while low <= high {
      let middle = (low + high) / 2
      if wide[middle].contains(value) { return true }
      if value < wide[middle].lowerBound { high = middle - 1 } else { low = middle + 1 }
    }
    return false
  }

  /// East Asian Width W and F (Unicode Standard Annex 11), unassigned gaps inside
  /// blocks of ideographs included, in order.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0,
    0x23F3...0x23F3, 0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F,
    0x2693...0x2693, 0x26A1...0x26A1, 0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5,
    0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA, 0x26F2...0x26F3, 0x26F5...0x26F5,
    0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B, 0x2728...0x2728,
    0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
    0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55,
    0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18AFF, 0x18B00...0x18CFF, 0x18D00...0x18D08, 0x1AFF0...0x1B2FF,
    0x1F004...0x1F004, 0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E, 0x1F191...0x1F19A,
    0x1F1E6...0x1F202, 0x1F210...0x1F23B, 0x1F240...0x1F248, 0x1F250...0x1F251,
    0x1F260...0x1F265, 0x1F300...0x1F320, 0x1F32D...0x1F335, 0x1F337...0x1F37C,
    0x1F37E...0x1F393, 0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0,
    0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E, 0x1F440...0x1F440, 0x1F442...0x1F4FC,
    0x1F4FF...0x1F53D, 0x1F54B...0x1F54E, 0x1F550...0x1F567, 0x1F57A...0x1F57A,
    0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F, 0x1F680...0x1F6C5,
    0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6D7, 0x1F6DC...0x1F6DF,
    0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7EB, 0x1F7F0...0x1F7F0,
    0x1F90C...0x1F93A, 0x1F93C...0x1F945, 0x1F947...0x1F9FF, 0x1FA70...0x1FAFF,
    0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}

/// Where the text stands in a cell wider than itself.
public enum Alignment: String, CaseIterable, Sendable {
  case leading
  case trailing
  case center
}

extension String {
  /// The text with spaces around it to fill `columns`; unchanged when it is as wide or wider.
  public func padded(to columns: Int, _ alignment: Alignment = .leading) -> String {
    let spare = columns - DisplayWidth.of(self)
    guard spare > 0 else { return self }
    let before =
      switch alignment {
      case .leading: 0
      case .trailing: spare
      case .center: spare / 2
      }
    return String(repeating: " ", count: before) + self
      + String(repeating: " ", count: spare - before)
  }

  /// The text cut to at most `columns`, with `…` where something was cut off.
  public func truncated(to columns: Int) -> String {
    guard DisplayWidth.of(self) > columns else { return self }
    guard columns > 0 else { return "" }
    var kept = ""
    var width = 1
    for character in self {
      width += DisplayWidth.of(character)
      if width > columns { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
