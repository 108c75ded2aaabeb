import Governance
import Testing

/// Rows of `formulas.md`: aggregation in time apart from in space; calculate-then-aggregate.
struct AggregationTests {
  private let label = Words("户数", "households")

  private func figures(_ table: [(UnitID, [Int?])]) throws -> [(
    unit: UnitID, figures: [(period: Period, figure: Figure)]
  )] {
    try table.map { unit, numbers in
      (
        unit,
        try numbers.enumerated().map { index, number in
          (
            try Period.parse("2026-0\(index + 1)"),
            number.map { .present(Rational($0)) } ?? .missing(Words("二月缺报", "no February"))
          )
        }
      )
    }
  }

  /// Over time in each unit, then over units: as a formula of one number does it.
  private func total(
    _ way: Aggregation, _ data: [(unit: UnitID, figures: [(period: Period, figure: Figure)])]
  ) throws -> Explanation {
    let scheme = try Scheme(
      id: "households", title: label, body: .single(Indicator(id: "households", title: label)))
    let quarter = try Period.parse("2026-Q1")
    let results = try data.map { unit, figures in
      let months = try figures.map { period, figure in
        try scheme.score(
          Inputs([.init("", "households"): .value(.init(figure))]), unit: unit, period: period)
      }
      let whole = try scheme.gathered(months, way, unit: unit, period: quarter)
      return NamedResult(unit, name: Words(verbatim: unit.rawValue), whole.explanation)
    }
    return try scheme.total(of: results, way, period: quarter)
  }

  @Test(arguments: [
    (Gathering.last, Gathering.sum, "350"), (.average, .sum, "330"), (.sum, .sum, "990"),
    (.last, .average, "175"), (.first, .maximum, "210"), (.minimum, .minimum, "100"),
  ])
  func `Time is gathered first, then space`(time: Gathering, space: Gathering, result: String)
    throws
  {
    let data = try figures([("sll-01", [100, 110, 120]), ("sll-02", [210, 220, 230])])
    let tree = try total(Aggregation(time: time, space: space), data)
    #expect(tree.value.number?.shown == result)
    #expect(try tree.recomputed() == tree.value)
  }

  @Test func `A stock must not be summed over time, a flow may`() {
    let summed = Aggregation(time: .sum, space: .sum)
    #expect(summed.lint(.stock, of: label)?.message.chinese == "“户数”是存量，不能按时间累加")
    #expect(summed.lint(.flow, of: label) == nil)
    #expect(Aggregation(time: .last, space: .sum).lint(.stock, of: label) == nil)
  }

  @Test func `A missing month makes the whole unknown unless declared`() throws {
    let data = try figures([("sll-01", [100, nil, 120]), ("sll-02", [200, 200, 200])])
    func total(_ missing: MissingStrategy) throws -> Figure {
      try self.total(Aggregation(time: .average, space: .sum, missing: missing), data).value
    }
    #expect(try total(.unknown) == .missing(Words("二月缺报", "no February")))
    #expect(try total(.skip) == .present(310))
    #expect(try total(.zero) == .present(Rational(27333, over: 100)))
    #expect(try total(.value(110)) == .present(310))
  }

  @Test func `The order of units and periods changes nothing`() throws {
    let data = try figures([("sll-01", [100, 110, 120]), ("sll-02", [210, 220, 230])])
    let mixed = data.reversed().map { (unit: $0.unit, figures: Array($0.figures.reversed())) }
    let way = Aggregation(time: .last, space: .sum)
    #expect(
      try total(way, data) == total(way, mixed))
  }

  // Row "Calculate-then-aggregate vs aggregate-then-calculate".
  @Test func `Each-then-average and together give different totals, and each says which it is`()
    throws
  {
    let scheme = try Scheme(
      id: "rate", title: Words("办结率", "solved"),
      body: .single(Indicator(id: "rate", title: Words("办结率", "solved"))))
    func inputs(_ rate: (Int, Int)) -> Inputs { Inputs([.init("", "rate"): P8.observed(rate)]) }
    let both: [(unit: UnitID, inputs: Inputs)] = [
      ("sll-01", inputs((1, 2))), ("sll-02", inputs((98, 98))),
    ]
    let period = try Period.parse("2026-04")
    let scored = try both.map { unit, inputs in
      NamedResult(
        unit, name: Words("\(unit)社区", "\(unit)"),
        try scheme.score(inputs, unit: unit, period: period).explanation)
    }
    let each = try scheme.total(of: scored, .average, period: period)
    let together = try scheme.together(
      both.map { ($0.unit, Words("\($0.unit)社区", "\($0.unit)"), $0.inputs) }, period: period)
    #expect(each.value.number?.shown == "75")
    #expect(together.value.number?.shown == "99")
    #expect(each.notes.last?.chinese == "先各自计分，再平均")
    #expect(together.notes.last?.chinese == "先合并再计分")
    // Each unit's own numbers stay to be seen below the sum.
    #expect(
      together.leaves.map(\.label.chinese) == ["sll-01社区", "sll-02社区", "sll-01社区", "sll-02社区"])
    #expect(try together.recomputed() == together.value)
    #expect(try each.recomputed() == each.value)
    let sum = try scheme.total(of: scored, .sum, period: period)
    #expect(sum.value.number?.shown == "150")
  }
}
