internal import Governance

extension YAMLValue {
  /// The value as a setting has it; numbers are exact, quoted text stays text.
  ///
  /// Nil, with a problem, where something is left empty.
  func settingValue(_ findings: Findings, of key: String) -> SettingValue? {
    switch content {
    case .scalar(let text, let isPlain): return isPlain ? Self.plain(text) : .text(text)
    case .list(let items):
      let values = items.compactMap { $0.settingValue(findings, of: key) }
      return values.count == items.count ? .list(values) : nil
    case .map(let entries):
      var members: [String: SettingValue] = [:]
      for entry in entries {
        guard let value = entry.value.settingValue(findings, of: entry.key) else { return nil }
        members[entry.key] = value
      }
      return .map(members)
    case .null:
      findings.add(Words("“\(key)”是空的", "'\(key)' is empty"), line: line)
      return nil
    }
  }

  private static func plain(_ text: String) -> SettingValue {
    switch text {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default: break
    }
    if let day = Day(text) { return .day(day) }
    // What is no number's one spelling (010, +5) may be a text: it stays as it was written.
    guard let number = Decimal(text), number.description == text else { return .text(text) }
    return number.places == 0 ? .integer(number.units) : .decimal(number)
  }
}
