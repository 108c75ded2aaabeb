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

  /// The date in China of a column of UTC milliseconds, as text.
  func dayOfInstant(_ column: SQL) -> SQL {
    switch self {
    case .sqlite: "date((\(column) + 28800000) / 1000.0, 'unixepoch')"
    }
  }
}
