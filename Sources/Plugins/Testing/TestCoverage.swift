internal import Governance

/// Which bands and exceptions the results of a package's tests reached.
///
/// Only what a test looks at counts; cases that property checks generate do not.
final class TestCoverage {
  /// Something that a formula may come to.
  enum Part: Hashable {
    case band(String)
    case veto(String)
    case deduction(String)
    case bonus
    case quota
    /// An indicator without denominator, by block.
    case dropped(String, String)
  }

  private var reached: [String: Set<Part>] = [:]

  func note(_ result: Assessment) {
    var parts = Set<Part>()
    if let band = result.band { parts.insert(.band(band.id)) }
    for veto in result.vetoes { parts.insert(.veto(veto.id)) }
    for deduction in result.explanation.all(.deduction) where deduction.isPoints {
      parts.insert(.deduction(deduction.id))
    }
    if result.explanation.first(.bonus)?.isPoints ?? false { parts.insert(.bonus) }
    for block in result.explanation.all(.block) {
      for indicator in block.all(.indicator) where indicator.isDropped {
        parts.insert(.dropped(block.id, indicator.id))
      }
    }
    if result.explanation.first(.indicator, result.formula)?.isDropped ?? false {
      parts.insert(.dropped("", result.formula))
    }
    reached[result.formula, default: []].formUnion(parts)
  }

  func note(_ standings: Standings) {
    for row in standings.rows {
      note(row.assessment)
      guard let band = row.band, row.assessment.band != band else { continue }
      reached[row.assessment.formula, default: []].formUnion([.quota, .band(band.id)])
    }
  }

  /// What of a formula no test came to, in the order of its table; nil when none is left.
  ///
  /// - Parameter bands: the formula's, with their settings filled in.
  func unreached(of formula: FormulaDeclaration, _ bands: Bands?) -> PackageTests.Unreached? {
    let title = formula.title
    guard let reached = reached[formula.id] else {
      return PackageTests.Unreached(formula: formula.id, title: title, parts: [])
    }
    let parts = Self.parts(of: formula, bands).filter { !reached.contains($0.part) }
    guard !parts.isEmpty else { return nil }
    return PackageTests.Unreached(formula: formula.id, title: title, parts: parts.map(\.label))
  }

  private static func parts(
    of formula: FormulaDeclaration, _ bands: Bands?
  ) -> [(part: Part, label: Words)] {
    var parts: [(part: Part, label: Words)] = (bands?.all ?? []).map { band in
      (.band(band.id), band.title.quoted("等次", "band"))
    }
    parts += formula.vetoes.map { veto in
      (.veto(veto.shape.id), veto.shape.title.quoted("一票否决", "veto"))
    }
    parts += formula.deductions.map { deduction in
      (.deduction(deduction.id), deduction.title.quoted("扣分", "deduction"))
    }
    if let bonus = formula.bonus { parts.append((.bonus, bonus.title.quoted("加分", "bonus"))) }
    if formula.quota != nil { parts.append((.quota, Words("名额用满", "the quota used up"))) }
    if case .single(let indicator) = formula.body, indicator.isRate {
      parts.append((.dropped("", formula.id), Words("没有分母", "no denominator")))
    }
    for block in formula.blocks {
      parts += block.indicators.filter(\.isRate).map { indicator in
        let title = indicator.shape.title
        return (
          .dropped(block.id, indicator.id),
          Words("“\(title.chinese)”没有分母", "'\(title.english)' without denominator")
        )
      }
    }
    return parts
  }
}

extension IndicatorDeclaration {
  fileprivate var isRate: Bool {
    if case .rate = function { true } else { false }
  }
}

extension Words {
  fileprivate func quoted(_ chinese: String, _ english: String) -> Words {
    Words("\(chinese)“\(self.chinese)”", "\(english) '\(self.english)'")
  }
}

extension Explanation {
  fileprivate var isPoints: Bool { value.number.map { !$0.isZero } ?? false }

  /// Without a value of its own, whether its weight is shared or a mark stands in its place.
  /// A checklist, always out of as many as it has, has nothing to reach.
  fileprivate var isDropped: Bool {
    if first(.input, "numerator")?.children.isEmpty == false { return true }
    if case .orMark = operation { return children.first?.value.isNotApplicable ?? false }
    return value.isNotApplicable
  }
}
