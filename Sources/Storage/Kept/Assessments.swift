public import Digests
public import Governance

/// A closed period's result, frozen: what came out, and everything it came from.
public struct Assessment: Hashable, Sendable {
  public let id: String
  public let formula: String

  /// As it is spelled: `2026-04`.
  public let period: String

  /// 0 for the close itself, then counting corrections for late data.
  public let correction: Int

  /// The result, as canonical JSON.
  public let result: [UInt8]

  /// What it came from: digests of plugin, settings, calendar and records, as canonical JSON.
  public let manifest: [UInt8]

  public init(
    id: String, formula: String, period: String, correction: Int, result: [UInt8],
    manifest: [UInt8]
  ) {
    self.id = id
    self.formula = formula
    self.period = period
    self.correction = correction
    self.result = result
    self.manifest = manifest
  }
}

/// A stored assessment: its contents by digest, and who closed it when and why.
public struct KeptAssessment: Hashable, Sendable {
  public let id: String
  public let formula: String
  public let period: String
  public let correction: Int
  public let result: Digest
  public let manifest: Digest
  public let author: String
  public let reason: String
  public let at: Instant

  /// Where it stands in the audit log: what has a greater number came later.
  public let sequence: Int64
}

extension Writer {
  /// Stores a closed result; it never changes afterwards.
  ///
  /// - Throws: `period.open` when this correction of the period is there already.
  public func append(_ assessment: Assessment) throws {
    guard try self.assessment(assessment.id) == nil,
      try nextCorrection(assessment.formula, assessment.period) == assessment.correction
    else { throw Problem.alreadyClosed(assessment) }
    let result = try keep(content: assessment.result)
    let manifest = try keep(content: assessment.manifest)
    try connection.execute(
      """
      INSERT INTO gongyue_assessments
        (id, formula, period, correction, result, manifest, sequence)
      VALUES (\(assessment.id), \(assessment.formula), \(assessment.period),
        \(assessment.correction), \(result.description), \(manifest.description), \(sequence))
      """)
    record(
      Change(
        action: "close", code: assessment.id,
        detail: [
          "result": .string(result.description), "manifest": .string(manifest.description),
        ]))
  }
}

extension Reader {
  public func assessment(_ id: String) throws -> KeptAssessment? {
    try connection.row("\(KeptAssessment.selection) WHERE s.id = \(id)")
      .map(KeptAssessment.init(row:))
  }

  /// Closed results, oldest first; nil for any formula or period.
  public func assessments(
    formula: String? = nil, period: String? = nil
  ) throws -> [KeptAssessment] {
    try connection.rows(
      """
      \(KeptAssessment.selection)
      WHERE (\(formula) IS NULL OR s.formula = \(formula))
      AND (\(period) IS NULL OR s.period = \(period))
      ORDER BY s.formula, s.period, s.correction
      """
    ).map(KeptAssessment.init(row:))
  }

  /// The number that the next close of this period would have: 0, then 1, 2, ….
  public func nextCorrection(_ formula: String, _ period: String) throws -> Int {
    let count = try connection.value(
      """
      SELECT count(*) FROM gongyue_assessments
      WHERE formula = \(formula) AND period = \(period)
      """)
    return Int(count?.integer ?? 0)
  }
}

extension KeptAssessment {
  static let selection: SQL = """
    SELECT s.id, s.formula, s.period, s.correction, s.result, s.manifest,
      a.actor, a.reason, a.at, s.sequence
    FROM gongyue_assessments AS s LEFT JOIN gongyue_audit AS a ON a.sequence = s.sequence
    """

  init(row: [Stored]) throws(Problem) {
    guard let id = row[0].text, let formula = row[1].text, let period = row[2].text,
      let correction = row[3].integer, let result = row[4].text.flatMap({ Digest($0) }),
      let manifest = row[5].text.flatMap({ Digest($0) })
    else {
      throw .databaseDamaged(
        at: nil, detail: Words("一份归档结果读不懂", "a closed result cannot be read"))
    }
    self.init(
      id: id, formula: formula, period: period, correction: Int(correction), result: result,
      manifest: manifest, author: row[6].text ?? "", reason: row[7].text ?? "",
      at: Instant(milliseconds: row[8].integer ?? 0), sequence: row[9].integer ?? 0)
  }
}

extension Problem {
  static func alreadyClosed(_ assessment: Assessment) -> Problem {
    Problem(
      .periodOpen,
      Words(
        "\(assessment.id) 已经归档，不能再存一次", "\(assessment.id) is closed already"),
      hint: Words("迟到的数据用编号更正", "late data take a numbered correction"))
  }
}
