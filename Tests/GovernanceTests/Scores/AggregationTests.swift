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

  @Test(arguments: [
    (Gathering.last, Gathering.sum, "350"), (.average, .sum, "330"), (.sum, .sum, "990"),
    (.last, .average, "175"), (.first, .maximum, "210"), (.minimum, .minimum, "100"),
  ])
  func `Time is gathered first, then space`(time: Gathering, space: Gathering, result: String)
    throws
  {
    let data = try figures([("sll-01", [100, 110, 120]), ("sll-02", [210, 220, 230])])
    let tree = try Aggregation(time: time, space: space)
      .explanation(data, id: "households", label)
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
      try Aggregation(time: .average, space: .sum, missing: missing)
        .explanation(data, id: "households", label).value
    }
    #expect(try total(.unknown) == .missing(Words("二月缺报", "no February")))
    #expect(try total(.skip) == .present(310))
    #expect(try total(.zero) == .present(Rational(220, over: 3) + 200))
    #expect(try total(.value(110)) == .present(310))
  }

  @Test func `The order of units and periods changes nothing`() throws {
    let data = try figures([("sll-01", [100, 110, 120]), ("sll-02", [210, 220, 230])])
    let mixed = data.reversed().map { (unit: $0.unit, figures: Array($0.figures.reversed())) }
    let way = Aggregation(time: .last, space: .sum)
    #expect(
      try way.explanation(data, id: "h", label) == way.explanation(mixed, id: "h", label))
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
    let each = try scheme.rollUp(both, .eachThen(.average), period: period)
    let together = try scheme.rollUp(both, .together, period: period)
    #expect(each.value.number?.shown == "75")
    #expect(together.value.number?.shown == "99")
    #expect(each.notes.map(\.chinese) == ["先各自计分，再平均"])
    #expect(try each.recomputed() == each.value)
    let sum = try scheme.rollUp(both, .eachThen(.sum), period: period)
    #expect(sum.value.number?.shown == "150")
  }
}
