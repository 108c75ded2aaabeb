public import Governance
internal import Lua

/// What a function of a formula looked at while it ran.
public struct FormulaReads: Hashable, Sendable {
  public var settings: [SettingUse]
  public var records: [Contribution]

  public init(settings: [SettingUse] = [], records: [Contribution] = []) {
    self.settings = settings
    self.records = records
  }

  /// The readings behind each of two results that a function gave.
  ///
  /// A query brings its own. Of plain numbers each has the readings that found as many
  /// records as it says; a reading that fits neither may stand behind both.
  func divided(between first: LuaValue, _ second: LuaValue) -> (FormulaReads, FormulaReads) {
    guard let above = first.plainNumber else {
      return (FormulaReads(settings: settings), FormulaReads(records: records))
    }
    guard let below = second.plainNumber else { return (self, FormulaReads()) }
    func fitting(_ own: Rational, _ other: Rational) -> [Contribution] {
      records.filter { Rational($0.count) == own || Rational($0.count) != other }
    }
    return (
      FormulaReads(settings: settings, records: fitting(above, below)),
      FormulaReads(records: fitting(below, above))
    )
  }
}

extension LuaValue {
  /// A number, a boolean or a mark is what it is; a query is not known yet.
  fileprivate var plainNumber: Rational? {
    if case .boolean(let truth) = self { return truth ? 1 : 0 }
    return rational
  }
}

/// Inputs by unit and period.
final class FoundInputs {
  private var known: [Key: Inputs] = [:]

  private struct Key: Hashable {
    let unit: UnitID
    let period: Period
  }

  func inputs(of unit: UnitID, _ period: Period) -> Inputs? {
    known[Key(unit: unit, period: period)]
  }

  func keep(_ inputs: Inputs, of unit: UnitID, _ period: Period) {
    known[Key(unit: unit, period: period)] = inputs
  }
}
