public import Governance

/// A record that was filed, changed or taken back after a point of the audit log.
public struct ChangedRecord: Hashable, Sendable {
  public let id: Int64
  public let unit: UnitID

  /// The version that stood at that point; nil when it was filed later.
  public let version: Int?
}

extension Reader {
  /// What has become of a kind's records since a point, in order of their codes.
  ///
  /// - Parameter day: records all of whose dates lie after it are left out: what is filed
  ///   day by day says nothing about a period that ended before.
  public func changed(
    _ kind: String, after sequence: Int64, concerning day: Day
  ) throws -> [ChangedRecord] {
    let kind = try schema.kind(kind)
    return try connection.rows(
      """
      SELECT r.id, r.unit, (
        SELECT max(v.version) FROM gongyue_versions AS v
        WHERE v.kind = \(kind.id) AND v.record = r.id AND v.sequence <= \(sequence))
      FROM \(name: kind.collection) AS r
      WHERE r._sequence > \(sequence) AND \(Self.concerns(day, kind)) ORDER BY r.code
      """
    ).map { row in
      ChangedRecord(
        id: row[0].integer ?? 0, unit: UnitID(row[1].text ?? ""),
        version: row[2].integer.map(Int.init))
    }
  }

  /// Some date of the record is not after the day, or it has none.
  private static func concerns(_ day: Day, _ kind: Kind) -> SQL {
    var dated: [SQL] = []
    var early: [SQL] = []
    for field in kind.fields {
      let column: SQL = "r.\(name: field.key)"
      switch field.type {
      case .day, .period: early.append("\(column) <= \(day.description)")
      case .instant: early.append("\(column) < \(Instant(day + 1).milliseconds)")
      default: continue
      }
      dated.append("\(column) IS NULL")
    }
    guard !dated.isEmpty else { return "TRUE" }
    return "((\(dated.joined(separator: " AND "))) OR \(early.joined(separator: " OR ")))"
  }
}
