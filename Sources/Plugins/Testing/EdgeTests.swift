internal import Governance

/// Tests that a package need not write: each edge of a formula's bands and brackets.
///
/// A score at an edge and beside it goes the formula's whole way, rounding included, and must
/// get the band that the declaration says.
struct EdgeTests {
  struct Edge {
    let name: Words
    let problem: Problem?
  }

  private let formula: FormulaDeclaration
  private let scheme: Scheme

  init(_ formula: FormulaDeclaration, _ scheme: Scheme) {
    self.formula = formula
    self.scheme = scheme
  }

  var all: [Edge] {
    let indicators = scheme.blocks.flatMap(\.indicators) + single
    return (scheme.bands.map(edges) ?? []) + indicators.flatMap(edges)
  }

  private var single: [Indicator] {
    if case .single(let indicator) = scheme.body { [indicator] } else { [] }
  }

  // MARK: Bands

  private func edges(of bands: Bands) -> [Edge] {
    let inner = bands.edges(places: scheme.rounding.places).map { edge, cases in
      self.edge(cases, Words("等次线 \(edge.exactText)", "edge of bands \(edge.exactText)"))
    }
    guard let best = bands.all.first, let worst = bands.all.last else { return inner }
    let ends = [(score: bands.scale.upperBound, band: best), (bands.scale.lowerBound, worst)]
    return inner + [edge(ends, Words("等次的两端", "both ends of the bands"))]
  }

  private func edge(_ cases: [(score: Rational, band: Band)], _ label: Words) -> Edge {
    let list = Words(
      cases.map { "\($0.score.exactText)\($0.band.title.chinese)" }.joined(separator: "，"),
      cases.map { "\($0.score.exactText) \($0.band.title.english)" }.joined(separator: ", "))
    return Edge(name: named(label, list), problem: cases.compactMap(wrongBand).first)
  }

  private func wrongBand(_ score: Rational, _ band: Band) -> Problem? {
    do {
      let result = try graded(score)
      guard result.band?.id != band.id else { return nil }
      let none = Words("没有等次", "no band")
      let (wanted, found) = (band.title, result.band?.title ?? none)
      return .wrongAtEdge(
        Words("\(score.exactText)分", "\(score.exactText) points"), wanted, found, at: formula.place)
    } catch {
      return error
    }
  }

  /// A result with this total before rounding.
  private func graded(_ score: Rational) throws(Problem) -> Assessment {
    let input = Inputs.Input(.present(score))
    var inputs = Inputs()
    for block in scheme.blocks { inputs.blocks[block.id] = input }
    for deduction in scheme.deductions { inputs.deductions[deduction.id] = [.init(.present(0))] }
    let (unit, period) = (UnitID("test"), Period.containing(Day(ordinal: 0), formula.period))
    guard let indicator = single.first else {
      return try scheme.score(inputs, unit: unit, period: period)
    }
    inputs.observations[.init("", indicator.id)] = .value(input)
    let plain: Scheme
    do throws(Problems) {
      plain = try Scheme(grading: indicator, of: scheme)
    } catch {
      throw error.all[0]
    }
    return try plain.score(inputs, unit: unit, period: period)
  }

  // MARK: Brackets

  private func edges(of indicator: Indicator) -> [Edge] {
    guard case .brackets(let brackets) = indicator.scale else { return [] }
    let cases = brackets.boundaryCases()
    return stride(from: 0, to: cases.count, by: 3).map { start in
      let near = cases[start..<min(start + 3, cases.count)]
      let label = Words(
        "“\(indicator.title.chinese)”分档 \(near[start + 1].base.exactText)",
        "brackets of '\(indicator.title.english)' at \(near[start + 1].base.exactText)")
      let list = near.map { "\($0.base.exactText)→\($0.amount.exactText)" }.joined(separator: " ")
      return Edge(
        name: named(label, Words(verbatim: list)),
        problem: near.compactMap { wrongAmount($0, $1, brackets) }.first)
    }
  }

  private func wrongAmount(
    _ base: Rational, _ amount: Rational, _ brackets: Brackets
  ) -> Problem? {
    let found = brackets.amount(for: base)
    guard found != amount else { return nil }
    return .wrongAtEdge(
      Words(verbatim: base.exactText), Words(verbatim: amount.exactText),
      Words(verbatim: found.exactText),
      at: formula.place)
  }

  private func named(_ label: Words, _ list: Words) -> Words {
    Words(
      "\(formula.title.chinese)：\(label.chinese)（\(list.chinese)）",
      "\(formula.title.english): \(label.english) (\(list.english))")
  }
}

extension Scheme {
  /// The bands and the rounding of a formula of one number, for a number that is the score.
  fileprivate init(grading indicator: Indicator, of scheme: Scheme) throws(Problems) {
    let plain = Indicator(id: indicator.id, title: indicator.title)
    try self.init(
      id: scheme.id, title: scheme.title, body: .single(plain), bands: scheme.bands,
      rounding: scheme.rounding)
  }
}

extension Problem {
  fileprivate static func wrongAtEdge(
    _ at: Words, _ wanted: Words, _ found: Words, at place: Place?
  ) -> Problem {
    Problem(
      .pluginTest,
      Words(
        "\(at.chinese)应为\(wanted.chinese)，实际是\(found.chinese)",
        "\(at.english): expected \(wanted.english), found \(found.english)"), at: place)
  }
}
