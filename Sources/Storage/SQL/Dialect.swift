internal import Governance

/// How one database spells what databases spell differently.
///
/// A second driver adds a case, and the compiler then names every place that differs.
public enum Dialect: CaseIterable, Sendable {
  case sqlite

  func placeholder(_ position: Int) -> String {
    switch self {
    case .sqlite: "?\(position)"
    }
  }

  /// True of a text column that spells a date: `2026-05-12`.
  func isDay(_ column: String) -> String {
    switch self {
    case .sqlite:
      "\(column) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date(\(column), '+0 days') IS \(column)"
    }
  }

  /// What a mask leaves of a column; NULL where that is nothing.
  func masked(_ column: SQL, as mask: Mask) -> SQL {
    let shown: SQL
    switch mask {
    case .hidden: return "NULL"
    case .name: shown = "substr(\(column), 1, 1) || \(Mask.nothing)"
    case .telephone: shown = maskedNumber(column)
    case .address: shown = maskedAddress(column)
    case .identityNumber: shown = "\(Mask.noDigits)"
    case .text: shown = "\(Mask.nothing)"
    }
    return "CASE WHEN \(column) IS NULL OR \(column) = '' THEN \(column) ELSE \(shown) END"
  }

  private func maskedNumber(_ column: SQL) -> SQL {
    """
    CASE WHEN length(\(column)) > 5 AND ltrim(\(column), \(Mask.digits)) = ''
      THEN substr(\(column), 1, 3) || \(Mask.noDigits) ELSE \(Mask.nothing) END
    """
  }

  private func maskedAddress(_ column: SQL) -> SQL {
    let rest: SQL = "ltrim(\(column), '0123456789')"
    let digits: SQL = "length(\(column)) - length(\(rest))"
    let endings = Mask.buildings.map { ending -> SQL in
      """
      WHEN substr(\(rest), 1, length(\(ending))) = \(ending)
        THEN substr(\(column), 1, \(digits)) || \(ending) || \(Mask.nothing)
      """
    }
    return """
      CASE WHEN \(digits) NOT BETWEEN 1 AND \(Mask.buildingDigits) THEN \(Mask.nothing)
        \(endings.joined(separator: " ")) ELSE \(Mask.nothing) END
      """
  }

  /// The date in China of a column of UTC milliseconds, as text.
  func dayOfInstant(_ column: SQL) -> SQL {
    switch self {
    case .sqlite: "date((\(column) + 28800000) / 1000.0, 'unixepoch')"
    }
  }
}
