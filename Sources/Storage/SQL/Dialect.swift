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

  /// What `Masking` leaves of a column of text.
  func masked(_ column: SQL) -> SQL {
    let places = Masking.places.map { place -> SQL in
      let end = position(of: place, in: column)
      return "WHEN \(end) > 0 THEN substr(\(column), 1, \(end)) || \(Masking.hidden)"
    }
    return """
      CASE WHEN \(column) IS NULL OR \(column) = '' THEN \(column)
        WHEN ltrim(\(column), \(Masking.digits)) = '' THEN
          CASE WHEN length(\(column)) > 5
            THEN substr(\(column), 1, 3) || \(Masking.hiddenDigits) ELSE \(Masking.hidden) END
        \(places.joined(separator: " ")) ELSE substr(\(column), 1, 1) || \(Masking.hidden) END
      """
  }

  /// Where a text begins in a column, from 1; 0 when it is not there.
  private func position(of text: String, in column: SQL) -> SQL {
    switch self {
    case .sqlite: "instr(\(column), \(text))"
    }
  }

  /// The date in China of a column of UTC milliseconds, as text.
  func dayOfInstant(_ column: SQL) -> SQL {
    switch self {
    case .sqlite: "date((\(column) + 28800000) / 1000.0, 'unixepoch')"
    }
  }
}
