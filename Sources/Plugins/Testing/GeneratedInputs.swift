internal import Governance
internal import Lua

/// Makes inputs as a test would give them to `:given`, edges more often than chance would.
///
/// `{ closed_loop = { response = { 3, 64 }, … }, …, deductions = { red = 2 }, bonus = 1 }`.
struct GeneratedInputs {
  /// An indicator as written and as its settings make it.
  struct Part {
    /// Nil for a formula of one number.
    let block: String?
    let declared: IndicatorDeclaration
    let resolved: Indicator

    /// `closed_loop.response`.
    var path: String { [block, resolved.id].compactMap(\.self).joined(separator: ".") }

    var isRate: Bool {
      if case .rate = declared.function { true } else { false }
    }
  }

  let parts: [Part]
  private let declaration: FormulaDeclaration

  init(_ declaration: FormulaDeclaration, _ scheme: Scheme) {
    self.declaration = declaration
    switch (declaration.body, scheme.body) {
    case (.single(let declared), .single(let resolved)):
      parts = [Part(block: nil, declared: declared, resolved: resolved)]
    case (.blocks(let declared), .blocks(let resolved)):
      parts = zip(declared, resolved).flatMap { written, block in
        zip(written.indicators, block.indicators).map {
          Part(block: block.id, declared: $0, resolved: $1)
        }
      }
    default: parts = []
    }
  }

  /// The part that a test names: `response`, `closed_loop.response`, or the formula's own id.
  ///
  /// - Throws: `input.invalid` with the nearest name when there is none, or several.
  func part(named name: String) throws(Problem) -> Part {
    let found = parts.filter { [$0.path, $0.resolved.id].contains(name) }
    if found.count == 1 { return found[0] }
    let paths = parts.map(\.path)
    guard found.isEmpty else {
      let names = found.map(\.path)
      throw Problem(
        .inputInvalid,
        Words("几个板块都有指标“\(name)”", "several blocks have an indicator '\(name)'"),
        hint: Words(
          "请写全：\(names.joined(separator: "、"))",
          "write it in full: \(names.joined(separator: ", "))"))
    }
    throw Problem(
      .inputInvalid, Words("没有指标“\(name)”", "there is no indicator '\(name)'"),
      hint: nearest(to: name, in: paths + parts.map(\.resolved.id)).map {
        Words("是不是想写“\($0)”？", "did you mean '\($0)'?")
      })
  }

  /// Inputs for every part, with deductions, bonus and vetoes where `adjusts` says so.
  func next(_ chance: inout Chance, adjusts: Bool) -> [String: LuaValue] {
    var table: [String: LuaValue] = [:]
    for part in parts { set(number(for: part, &chance), for: part, in: &table) }
    guard adjusts else { return table }
    var counts: [String: LuaValue] = [:]
    for deduction in declaration.deductions {
      counts[deduction.id] = chance.once(in: 2) ? 0 : .integer(Int64(chance.within(1...12)))
    }
    if !counts.isEmpty { table["deductions"] = .record(counts) }
    if declaration.bonus != nil { table["bonus"] = .integer(Int64(chance.within(0...10))) }
    let vetoes = declaration.vetoes.map { ($0.shape.id, LuaValue.boolean(chance.once(in: 8))) }
    if !vetoes.isEmpty { table["vetoes"] = .record(Dictionary(vetoes) { $1 }) }
    return table
  }

  /// Two values of a part, the second with more in its numerator, or more in itself.
  func pair(for part: Part, _ chance: inout Chance) -> (LuaValue, LuaValue) {
    if part.isRate {
      let whole = chance.within(1...60)
      let less = chance.within(0...whole - 1)
      return (rate(less, whole), rate(chance.within(less + 1...whole), whole))
    }
    let (edges, range) = span(of: part)
    let less = chance.once(in: 4) ? chance.pick(edges) : chance.within(range)
    let most = max(range.upperBound, less + 1)
    return (hundredths(less), hundredths(chance.within(less + 1...most)))
  }

  /// Puts a part's value where `:given` looks for it.
  func set(_ value: LuaValue, for part: Part, in table: inout [String: LuaValue]) {
    guard let block = part.block else {
      table[part.isRate ? "rate" : "value"] = value
      return
    }
    var own = table[block]?.fields ?? [:]
    own[part.resolved.id] = value
    table[block] = .record(own)
  }

  private func number(for part: Part, _ chance: inout Chance) -> LuaValue {
    if part.isRate {
      let whole = chance.once(in: 8) ? 0 : chance.within(1...60)
      let some = chance.within(0...whole)
      return rate(chance.pick([0, some, some, whole]), whole)
    }
    let (edges, range) = span(of: part)
    return hundredths(chance.once(in: 4) ? chance.pick(edges) : chance.within(range))
  }

  private func rate(_ above: Int, _ below: Int) -> LuaValue {
    [.integer(Int64(above)), .integer(Int64(below))]
  }

  private func hundredths(_ units: Int) -> LuaValue { .decimal(units: Int64(units), places: 2) }

  /// Where a number's scale bends, in hundredths, and the range to draw from: ten beyond each end.
  private func span(of part: Part) -> (edges: [Int], range: ClosedRange<Int>) {
    let corners: [Rational]
    switch part.resolved.scale {
    case .none: return ([0, 10_000], 0...10_000)
    case .brackets(let brackets): corners = brackets.steps.map(\.from)
    case .curve(let curve): corners = curve.shape.corners
    }
    let units = corners.compactMap { try? Int($0.rounded(places: 2, .halfAway).units) }.sorted()
    guard let least = units.first, let most = units.last else { return ([0], 0...10_000) }
    return (units, (least - 1000)...(most + 1000))
  }
}

extension Curve.Shape {
  /// Where the line bends.
  fileprivate var corners: [Rational] {
    switch self {
    case .higher(let full, let zero), .lower(let full, let zero): [full, zero]
    case .range(let first, let second, let third, let fourth): [first, second, third, fourth]
    case .points(let points): points.map(\.at)
    }
  }
}
