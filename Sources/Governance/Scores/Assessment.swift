/// One unit's result by a formula for a period, with its whole proof.
public struct Assessment: Hashable, Sendable {
  /// Whether the score says everything that it should.
  public enum Status: Hashable, Sendable {
    case assessed
    /// 未全部评定: these blocks had nothing to assess, the others carry their weight.
    case partly(without: [Words])
    /// 未评: nothing had any weight left.
    case notAssessed(Words)
    /// 无法确定: an input is missing or promised for later.
    case undetermined(Words)
  }

  public let formula: String
  public let unit: UnitID
  public let period: Period

  /// The total, with everything below it.
  public let explanation: Explanation

  /// Rounded at the declared point; nil when not assessed or undetermined.
  public let score: Decimal?

  /// Of the rounded score, and at most what the vetoes allow.
  public let band: Band?
  public let status: Status

  /// Vetoes that took effect, with what was found.
  public let vetoes: [Explanation]

  /// Whether the period was still running; `close` then refuses it.
  public let isProvisional: Bool

  public init(
    formula: String, unit: UnitID, period: Period, explanation: Explanation, score: Decimal?,
    band: Band?, status: Status, vetoes: [Explanation] = [], isProvisional: Bool = false
  ) {
    self.formula = formula
    self.unit = unit
    self.period = period
    self.explanation = explanation
    self.score = score
    self.band = band
    self.status = status
    self.vetoes = vetoes
    self.isProvisional = isProvisional
  }

  public var completeness: Completeness { explanation.completeness }

  /// A block's exact score, before any rounding; for tie rules.
  public func blockScore(_ id: String) -> Rational? {
    explanation.first(.block, id)?.value.number
  }
}

extension Assessment.Status {
  /// For a person; nil when there is nothing to say.
  public var note: Words? {
    switch self {
    case .assessed: nil
    case .partly(let blocks):
      Words(
        "未全部评定（\(blocks.map(\.chinese).joined(separator: "、"))未评，权重由其余部分分担）",
        "not fully assessed (without \(blocks.map(\.english).joined(separator: ", ")))")
    case .notAssessed(let reason): Words("未评：\(reason.chinese)", "not assessed: \(reason.english)")
    case .undetermined(let reason):
      Words("无法确定：\(reason.chinese)", "cannot be determined: \(reason.english)")
    }
  }

  /// The stable code: `assessed`, `partly`, `not_assessed`, `undetermined`.
  public var code: String {
    switch self {
    case .assessed: "assessed"
    case .partly: "partly"
    case .notAssessed: "not_assessed"
    case .undetermined: "undetermined"
    }
  }
}
