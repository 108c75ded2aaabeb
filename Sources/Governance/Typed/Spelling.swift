extension String {
  /// Without blanks at both ends.
  public var trimmedBlank: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }

  /// Full-width letters, digits and signs, as Chinese keyboards give them, made plain.
  public var halfWidth: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E: result.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0x3000: result.append(" ")
      case 0x2212: result.append("-")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Half-width and without blanks around it: how a number, a day or a code is looked at.
  public var plainSpelling: String { halfWidth.trimmedBlank }
}

extension Words {
  /// Whether a person means this by a name: in either language, with brackets and letters of
  /// either width, in capitals or not.
  public func isCalled(_ name: String) -> Bool {
    let wanted = name.plainSpelling.lowercased()
    return [chinese, english].contains { $0.plainSpelling.lowercased() == wanted }
  }

  /// What `住房（户）` is usually called: 住房, or 户.
  public var usualNames: [String] {
    let parts = chinese.halfWidth.split { "()".contains($0) }.map { String($0).trimmedBlank }
    return parts.count > 1 ? parts : []
  }
}

extension Sequence {
  /// What a person means by a name: a code or the whole label before what the label is usually
  /// called, alone or with the code in brackets, as hints print them: `居民会议（assembly）`.
  public func called(
    _ name: String, by names: (Element) -> (label: Words, codes: [String])
  ) -> Element? {
    let wanted = name.plainSpelling
    let whole = first { element in
      let (label, codes) = names(element)
      return codes.contains(wanted) || label.isCalled(wanted)
        || codes.contains { Words("\(label.chinese)(\($0))", $0).isCalled(wanted) }
    }
    return whole ?? first { names($0).label.usualNames.contains(wanted) }
  }
}

extension Decimal {
  /// A number as people write it: `1,234.5`, `3万`, `7 个工作日`, `95%`; nil when it is
  /// anything else, or counts something else than is asked for.
  init?(typed text: String, _ typing: Typing) {
    // Not \d, which takes 万 for a digit.
    let whole = /([+-]?)([0-9][0-9,]*)(\.[0-9]+)?\s*([百千万亿]?)\s*(.*)/
    guard let match = text.wholeMatch(of: whole), typing.counts(match.5) else { return nil }
    let digits = match.2
    if digits.contains(","), digits.wholeMatch(of: /[0-9]{1,3}(,[0-9]{3})+/) == nil { return nil }
    let sign = match.1 == "-" ? "-" : ""
    guard let number = Decimal("\(sign)\(digits.filter { $0 != "," })\(match.3 ?? "")") else {
      return nil
    }
    let zeros = ["百": 2, "千": 3, "万": 4, "亿": 8][String(match.4)] ?? 0
    guard let scaled = number.timesTen(zeros) else { return nil }
    self = scaled
  }

  private func timesTen(_ zeros: Int) -> Decimal? {
    let (units, overflow) = units.multipliedReportingOverflow(
      by: Self.power(max(0, zeros - places)))
    return overflow ? nil : Decimal(units: units, places: max(0, places - zeros))
  }
}

extension Typing {
  /// Whether a word behind a number says what is counted here.
  fileprivate func counts(_ word: Substring) -> Bool {
    if word.isEmpty || measureNames.contains(word.lowercased()) { return true }
    guard let label, word.allSatisfy(\.isLetter) else { return false }
    return label.chinese.contains(word)
  }

  /// 个工作日 and 工作日, 日 and 天, working days and working day.
  private var measureNames: Set<String> {
    guard let measure else { return [] }
    let chinese = measure.chinese.halfWidth
    var names = [chinese, measure.english.halfWidth.lowercased()]
    if chinese.hasPrefix("个") { names.append(String(chinese.dropFirst())) }
    if ["日", "天"].contains(chinese) { names += ["日", "天"] }
    if names[1].hasSuffix("s") { names.append(String(names[1].dropLast())) }
    return Set(names)
  }
}
