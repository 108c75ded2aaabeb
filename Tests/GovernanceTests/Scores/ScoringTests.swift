import Governance
import Testing

/// Rows of `formulas.md`: numerator and denominator, missing data, score assembly, trace.
struct ScoringTests {
  private let missing = Figure.missing(Words("没有上报", "not reported"))

  // Row "Numerator/denominator": den = 0 is "does not apply", neither an error nor 0.
  @Test func `A denominator of 0 does not apply`() throws {
    let result = try Operation.ratio(per: 100).result(of: [.zeroReport, .present(0)])
    #expect(
      result == .notApplicable(Words("分母为0，不适用", "the denominator is 0, so it does not apply")))
    #expect(try Operation.ratio(per: 1000).result(of: [.present(1), .present(8)]) == .present(125))
  }

  // Row "Missing data": five states, unknown by default, three strategies.
  @Test(arguments: [
    (MissingStrategy.unknown, ValueState.missing, String?.none), (.skip, .present, "100"),
    (.zero, .present, "50"), (.value(60), .present, "80"),
  ])
  func `A missing part is unknown unless the formula declares otherwise`(
    strategy: MissingStrategy, state: ValueState, score: String?
  ) throws {
    let indicators = ["a", "b"].map {
      Indicator(id: $0, title: Words($0, $0), weight: 50, missing: strategy)
    }
    let scheme = try P8.scheme(cIndicators: indicators)
    var inputs = P8.inputs()
    inputs.observations[.init("c", "a")] = .value(.init(.present(100)))
    inputs.observations[.init("c", "b")] = .value(.init(missing))
    let result = try P8.assess(scheme, inputs)
    let block = try #require(result.explanation.first(.block, "c"))
    #expect(block.value.state == state)
    #expect(block.value.number?.shown == score)
    #expect(result.completeness.undetermined.count == 1)
    #expect(!result.completeness.isComplete)
    if strategy == .unknown {
      #expect(result.score == nil)
      #expect(result.status == .undetermined(Words("没有上报", "not reported")))
    }
  }

  @Test func `A zero report counts as 0, a pending value as undetermined`() throws {
    #expect(try Operation.sum.result(of: [.zeroReport, .present(3)]) == .present(3))
    let pending = Figure.pending(Words("周五补报", "by Friday"))
    #expect(try Operation.sum.result(of: [pending, .present(3)]) == pending)
    #expect(try Operation.sum.result(of: [pending, missing]) == missing)
  }

  @Test func `What was not given at all is missing, not 0`() throws {
    var inputs = P8.inputs()
    inputs.observations[.init("h", "all")] = nil
    let result = try P8.assess(P8.scheme(), inputs)
    #expect(result.score == nil)
    #expect(result.status.note?.chinese == "无法确定：“环境安全”缺报")
  }

  // Row "Score assembly": substitution must be declared.
  @Test func `A block without anything to assess drops out and the total says so`() throws {
    let inputs = P8.inputs(others: ["h": .notApplicable(Words("本月无隐患", "none"))])
    let result = try P8.assess(P8.scheme("old_estate"), inputs)
    // (100·15 + 90·15 + C·20 + 88·15 + 100·10 + 91·5) / 80
    #expect(result.score?.description == "92.75")
    #expect(result.status == .partly(without: [Words("环境安全", "h")]))
  }

  @Test func `With nothing left there is no score`() throws {
    let nothing = Figure.notApplicable(Words("无", "none"))
    let others = Dictionary(uniqueKeysWithValues: P8.blockIDs.map { ($0, nothing) })
    let inputs = P8.inputs(response: (0, 0), solution: (0, 0), satisfaction: (0, 0), others: others)
    let result = try P8.assess(P8.scheme(), inputs)
    #expect(result.score == nil)
    #expect(result.band == nil)
    #expect(result.status.code == "not_assessed")
  }

  @Test func `A dropped part may count as fully met where the formula says so`() throws {
    let indicators = [
      Indicator(
        id: "a", title: Words("甲", "a"), weight: 50,
        scale: .curve(try Curve(.higher(full: 95, zero: 60))), whenDropped: .fullMark),
      Indicator(id: "b", title: Words("乙", "b"), weight: 30),
      Indicator(id: "c", title: Words("丙", "c"), weight: 20, whenDropped: .mark(0)),
    ]
    let scheme = try P8.scheme(cIndicators: indicators)
    var inputs = P8.inputs()
    inputs.observations[.init("c", "a")] = P8.observed((0, 0))
    inputs.observations[.init("c", "b")] = .value(.init(.present(50)))
    inputs.observations[.init("c", "c")] = .value(
      .init(.notApplicable(Words("没有公约", "no convention"))))
    let result = try P8.assess(scheme, inputs)
    #expect(result.blockScore("c") == 65)
  }

  @Test func `A block needs one of its named indicators, or is not assessed`() throws {
    let indicators = ["met", "minutes", "replies"].map {
      Indicator(id: $0, title: Words($0, $0), weight: Rational($0 == "met" ? 40 : 30))
    }
    let block = Block(
      id: "d", title: Words("议事公约", "d"), weight: 100, indicators: indicators,
      needsOneOf: ["met", "minutes"])
    let scheme = try Scheme(
      id: "f", title: Words("试", "t"), body: .blocks([block]), bands: P8.bands)
    let gone = Inputs.Observation.value(.init(.notApplicable(Words("免开", "excused"))))
    let there = Inputs.Observation.value(.init(.present(90)))
    func score(_ minutes: Inputs.Observation) throws -> String? {
      let inputs = Inputs([
        .init("d", "met"): gone, .init("d", "minutes"): minutes, .init("d", "replies"): there,
      ])
      return try P8.assess(scheme, inputs).score?.description
    }
    #expect(try score(there) == "90.00")
    #expect(try score(gone) == nil)
  }

  @Test func `An indicator that requires another drops out with it`() throws {
    let indicators = [
      Indicator(id: "met", title: Words("召开", "met"), weight: 40),
      Indicator(id: "minutes", title: Words("纪要", "minutes"), weight: 40, requires: ["met"]),
      Indicator(id: "replies", title: Words("答复", "replies"), weight: 20),
    ]
    let scheme = try P8.scheme(cIndicators: indicators)
    var inputs = P8.inputs()
    for (id, figure) in [
      ("met", Figure.notApplicable(Words("免开", "excused"))), ("minutes", .present(10)),
      ("replies", .present(70)),
    ] { inputs.observations[.init("c", id)] = .value(.init(figure)) }
    let result = try P8.assess(scheme, inputs)
    #expect(result.blockScore("c") == 70)
    #expect(result.explanation.all(.indicator).filter { $0.id == "minutes" }.count == 1)
  }

  // Row "Score assembly": deductions, bonus caps, floor and ceiling.
  private let council = Deduction(
    id: "no_session", title: Words("当月未召开议事会", "no session"),
    rule: try! DeductionRule(each: 2, mostInYear: 6))
  private let red = Deduction(
    id: "red", title: Words("红牌", "red"), rule: try! DeductionRule(each: 1, most: 10))

  @Test(arguments: [
    ([1], "-2"), ([0, 1, 1], "0"), ([1, 1, 1], "-2"), ([1, 1, 1, 1], "0"), ([1, 2], "-2"),
    ([2, 1, 1], "-2"),
  ])
  func `The council's deduction stops at 6 in a year`(counts: [Int], points: String) throws {
    let figures = counts.map { Figure.present(Rational($0)) }
    #expect(try Operation.deduction(council.rule).result(of: figures).number?.shown == points)
  }

  @Test func `Deductions and bonus are capped, and the total stays within 0 and 100`() throws {
    let bonus = Bonus(title: Words("加分", "bonus"), most: 5)
    let scheme = try P8.scheme("old_estate", deductions: [council, red], bonus: bonus)
    func total(_ reds: Int, _ points: Int, _ others: [String: Figure] = [:]) throws -> String? {
      var inputs = P8.inputs(others: others)
      inputs.deductions = [
        "no_session": [.init(.present(1))], "red": [.init(.present(Rational(reds)))],
      ]
      inputs.bonus = .init(.present(Rational(points)))
      return try P8.assess(scheme, inputs).score?.description
    }
    #expect(try total(0, 0) == "87.40")
    #expect(try total(3, 0) == "84.40")
    #expect(try total(30, 0) == "77.40")
    #expect(try total(3, 7) == "89.40")
    let full = Dictionary(uniqueKeysWithValues: P8.blockIDs.map { ($0, Figure.present(100)) })
    #expect(try total(0, 5, full) == "100.00")
  }

  @Test func `A deduction cannot be determined from a missing count`() throws {
    let result = try P8.assess(P8.scheme(deductions: [red]), P8.inputs())
    #expect(result.score == nil)
    #expect(result.status.code == "undetermined")
  }

  // Row "Score assembly": 一票否决.
  @Test func `A veto limits the band and leaves the score`() throws {
    let veto = Veto(id: "false_record", title: Words("查实弄虚作假", "false record"), atMost: "pass")
    let scheme = try P8.scheme("commodity", vetoes: [veto])
    var inputs = P8.inputs()
    #expect(try P8.assess(scheme, inputs).band?.id == "excellent")
    inputs.vetoes["false_record"] = .init(.present(1))
    let result = try P8.assess(scheme, inputs)
    #expect(result.band?.id == "pass")
    #expect(result.score?.description == "90.94")
    #expect(result.vetoes.map(\.label.chinese) == ["查实弄虚作假"])
    inputs.vetoes["false_record"] = .init(.zeroReport)
    #expect(try P8.assess(scheme, inputs).band?.id == "excellent")
  }

  @Test func `A veto never lifts a band`() throws {
    let veto = Veto(id: "v", title: Words("否决", "v"), atMost: "pass")
    var inputs = P8.inputs(others: [
      "o": .present(0), "p": .present(0), "h": .present(0), "d": .present(0),
    ])
    inputs.vetoes["v"] = .init(.present(1))
    #expect(try P8.assess(P8.scheme(vetoes: [veto]), inputs).band?.id == "fail")
  }

  @Test func `A veto that names no band is refused with the nearest one`() {
    let problems = #expect(throws: Problems.self) {
      try P8.scheme(vetoes: [Veto(id: "v", title: Words("否决", "v"), atMost: "pas")])
    }
    #expect(problems?.all[0].hint?.chinese == "是不是想写 pass？")
  }

  @Test func `A score outside 0 to 100 is refused`() throws {
    let scheme = try P8.scheme()
    let problem = #expect(throws: Problem.self) {
      try P8.assess(scheme, P8.inputs(others: ["h": .present(101)]))
    }
    #expect(problem?.code == .scoreInvalid)
    #expect(problem?.message.chinese == "“环境安全”给出101分，不在0到100之间")
  }

  @Test func `The band is that of the rounded score`() throws {
    let scheme = try Scheme(
      id: "f", title: Words("试", "t"), body: .single(Indicator(id: "f", title: Words("试", "t"))),
      bands: P8.bands)
    func band(_ number: String) throws -> String? {
      let input = Inputs.Observation.value(.init(.present(Rational(number)!)))
      return try P8.assess(scheme, Inputs([.init("", "f"): input])).band?.id
    }
    #expect(try band("89.995") == "excellent")
    #expect(try band("89.994999") == "good")
  }

  // Row "Numbers": declared places and mode, one rounding point.
  @Test func `Half away and half even round a half differently`() throws {
    for (mode, expected) in [(Rounding.halfAway, "0.13"), (.halfEven, "0.12")] {
      let scheme = try Scheme(
        id: "f", title: Words("试", "t"),
        body: .single(Indicator(id: "f", title: Words("试", "t"), per: 1)),
        rounding: RoundingPoint(places: 2, mode: mode))
      let result = try P8.assess(scheme, Inputs([.init("", "f"): P8.observed((1, 8))]))
      #expect(result.score?.description == expected)
    }
  }

  // Row "DatedVersion formulas": exactly one applies or error.
  private struct Version: DatedVersion {
    let id = "assessment"
    let from: Day?
    let to: Day?
  }

  @Test func `Exactly one version applies for a period, that of its last day`() throws {
    let old = Version(from: Day("2024-01-01"), to: Day("2026-04-15"))
    let new = Version(from: Day("2026-04-15"), to: nil)
    #expect(try [old, new].version(for: Period.parse("2026-03")).to == old.to)
    #expect(try [old, new].version(for: Period.parse("2026-04")).to == nil)
    let none = #expect(throws: Problem.self) { try [old].version(for: Period.parse("2026-04")) }
    #expect(none?.message.chinese == "公式“assessment”在2026年4月30日没有生效的版本")
    #expect(none?.hint?.chinese == "现有版本：2024-01-01—2026-04-15")
    let open = Version(from: Day("2024-01-01"), to: nil)
    let several = #expect(throws: Problem.self) {
      try [open, new].version(for: Period.parse("2026-04"))
    }
    #expect(
      several?.message.chinese == "公式“assessment”在2026年4月30日同时有2个版本生效（2024-01-01、2026-04-15起）")
  }
}
