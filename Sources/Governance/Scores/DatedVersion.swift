/// Something that holds from a day until another, half-open.
public protocol DatedVersion {
  var id: String { get }
  var from: Day? { get }
  var to: Day? { get }
}

extension DatedVersion {
  public func isInForce(on day: Day) -> Bool {
    (from.map { $0 <= day } ?? true) && (to.map { day < $0 } ?? true)
  }
}

extension Collection where Element: DatedVersion {
  /// The one version for a period: the one in force on its last day, as for settings.
  ///
  /// - Throws: `formula.invalid` when none or more than one is.
  public func version(for period: Period) throws(Problem) -> Element {
    let found = filter { $0.isInForce(on: period.last) }
    guard let only = found.first else { throw .noVersion(of: first?.id ?? "", period, among: self) }
    guard found.count == 1 else { throw .severalVersions(found, period) }
    return only
  }
}

extension Problem {
  static func noVersion(
    of id: String, _ period: Period, among all: some Collection<some DatedVersion>
  ) -> Problem {
    let spans = all.map { "\($0.from?.description ?? "…")—\($0.to?.description ?? "…")" }
    return Problem(
      .formulaInvalid,
      Words(
        "公式“\(id)”在\(period.last.chinese)没有生效的版本",
        "formula '\(id)' has no version in force on \(period.last)"),
      hint: spans.isEmpty
        ? nil
        : Words(
          "现有版本：\(spans.joined(separator: "；"))", "versions: \(spans.joined(separator: "; "))"))
  }

  static func severalVersions(_ found: [some DatedVersion], _ period: Period) -> Problem {
    let starts = found.map { $0.from?.description ?? "…" }
    return Problem(
      .formulaInvalid,
      Words(
        "公式“\(found[0].id)”在\(period.last.chinese)同时有\(found.count)个版本生效"
          + "（\(starts.joined(separator: "、"))起）",
        "formula '\(found[0].id)' has \(found.count) versions in force on \(period.last) (from "
          + "\(starts.joined(separator: ", ")))"),
      hint: Words("给前一个版本写上 to", "give the earlier one a to"))
  }
}
