/// What a formula found out about one unit.
public struct Inputs: Hashable, Sendable {
  /// One number with its evidence.
  public struct Input: Hashable, Sendable {
    public let figure: Figure
    public let period: Period?
    public let records: [Contribution]
    public let settings: [SettingUse]

    /// What it is the sum of, where that is told one by one.
    public let parts: [Part]

    public init(
      _ figure: Figure, period: Period? = nil, records: [Contribution] = [],
      settings: [SettingUse] = [], parts: [Part] = []
    ) {
      self.parts = parts
      self.figure = figure
      self.period = period
      self.records = records
      self.settings = settings
    }
  }

  /// One of the numbers that another is the sum of: a condition met or not, one unit of several.
  public struct Part: Hashable, Sendable {
    public let label: Words
    public let input: Input
    public let note: Words?

    public init(_ label: Words, _ input: Input, note: Words? = nil) {
      self.label = label
      self.input = input
      self.note = note
    }
  }

  /// What an indicator gave.
  public enum Observation: Hashable, Sendable {
    case rate(Input, of: Input)
    case value(Input)
  }

  /// By block and indicator id; a single formula's by `("", id)`.
  public struct Key: Hashable, Sendable {
    public let block: String
    public let indicator: String

    public init(_ block: String, _ indicator: String) {
      self.block = block
      self.indicator = indicator
    }
  }

  public var observations: [Key: Observation]

  /// Scores of whole blocks by id, given in place of their indicators: for tests and trials.
  public var blocks: [String: Input] = [:]

  /// By deduction id: this period's count first, then those of the year's earlier periods.
  public var deductions: [String: [Input]]
  public var bonus: Input?

  /// Veto id and what was found; a number above 0 limits the band.
  public var vetoes: [String: Input]

  public init(
    _ observations: [Key: Observation] = [:], deductions: [String: [Input]] = [:],
    bonus: Input? = nil, vetoes: [String: Input] = [:]
  ) {
    self.observations = observations
    self.deductions = deductions
    self.bonus = bonus
    self.vetoes = vetoes
  }
}
