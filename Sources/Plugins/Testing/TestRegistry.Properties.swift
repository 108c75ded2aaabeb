internal import Governance
internal import Lua

/// What must hold whatever the numbers: checked on cases that a seed makes, always the same.
extension TestRegistry {
  var properties: [HostFunction] { [bounded, monotone, anyOrder, cases] }

  private struct Draw {
    let seed: Int
    let count: Int

    init(_ options: OptionTable, count usual: Int) {
      seed = options["seed"].int ?? 1
      count = options["count"].int ?? usual
    }

    /// Each case has numbers of its own, so one can be looked at without those before it.
    func chance(_ number: Int) -> Chance {
      Chance(UInt64(bitPattern: Int64(seed)) &* 1_000_003 &+ UInt64(number))
    }

    func broken(_ number: Int, _ what: Words, _ given: String) -> Problem {
      Problem(
        .pluginTest,
        Words(
          "第\(number)例（seed \(seed)）：\(what.chinese)；\(given)",
          "case \(number) (seed \(seed)): \(what.english); \(given)"))
    }
  }

  private enum CaseOptions: OptionList {
    static let options = [
      Option("seed", .integer(.min ... .max), "种子，默认 1", "the seed, 1 by default"),
      Option("count", .integer(1...1000), "几例", "how many cases"),
    ]
  }

  private enum OrderOptions: OptionList {
    static let options = CaseOptions.options + ScoringOptions.options
  }

  private enum BoundsOptions: OptionList {
    static let options =
      OrderOptions.options + [
        Option("min", .number, "下限，默认 0", "the lower bound, 0 by default"),
        Option("max", .number, "上限，默认 100", "the upper bound, 100 by default"),
      ]
  }

  private enum MonotoneOptions: OptionList {
    static let options =
      OrderOptions.options + [
        Option("falls", .boolean, "越多越低", "whether more is worse")
      ]
  }

  // MARK: Bounds

  private var bounded: HostFunction {
    HostFunction(
      "bounded",
      Bilingual("不论输入如何，得分都在上下限之内", "Whatever the inputs, the score lies within its bounds."),
      Parameter("formula", Bilingual("公式", "the formula"), as: TestFormula.self),
      Parameter(
        "options", Bilingual("上下限，试几例（默认 100）", "bounds, and how many cases (100 by default)"),
        as: Options<BoundsOptions>.self)
    ) { [unowned self] formula, options in
      let options = options.table
      let draw = Draw(options, count: 100)
      let trial = try self.trial(formula, options)
      let least = options["min"].rational ?? 0
      let most = options["max"].rational ?? 100
      for number in 1...draw.count {
        var chance = draw.chance(number)
        let inputs = LuaValue.record(trial.generator.next(&chance, adjusts: true))
        guard let score = try trial.score(inputs, draw, number),
          !(least <= score && score <= most)
        else { continue }
        throw draw.broken(
          number,
          Words(
            "得分 \(score.shown) 不在 \(least.shown) 到 \(most.shown) 之间",
            "the score \(score.shown) is not within \(least.shown) to \(most.shown)"),
          Self.text(inputs))
      }
    }
  }

  // MARK: More is never less

  private var monotone: HostFunction {
    HostFunction(
      "monotone",
      Bilingual("一个指标的分子多了，得分不会低", "More in an indicator's numerator never lowers the score."),
      Parameter("formula", Bilingual("公式", "the formula"), as: TestFormula.self),
      Parameter(
        "indicator",
        Bilingual("指标，如 closed_loop.response", "the indicator, such as closed_loop.response"),
        as: String.self),
      Parameter(
        "options",
        Bilingual("方向，试几例（默认 100）", "the direction, and how many cases (100 by default)"),
        as: Options<MonotoneOptions>.self)
    ) { [unowned self] formula, indicator, options in
      let options = options.table
      let draw = Draw(options, count: 100)
      let trial = try self.trial(formula, options)
      let part = try trial.generator.part(named: indicator)
      let falls = options["falls"].bool ?? false
      for number in 1...draw.count {
        var chance = draw.chance(number)
        var table = trial.generator.next(&chance, adjusts: false)
        let (less, more) = trial.generator.pair(for: part, &chance)
        trial.generator.set(less, for: part, in: &table)
        let first = try trial.score(.record(table), draw, number)
        let before = table
        trial.generator.set(more, for: part, in: &table)
        let second = try trial.score(.record(table), draw, number)
        guard let first, let second, falls ? second > first : second < first else { continue }
        let (old, new) = (Self.text(less), Self.text(more))
        throw draw.broken(
          number,
          Words(
            "\(part.path) 由 \(old) 变为 \(new)，得分由 \(first.shown) 变为 \(second.shown)",
            "\(part.path) from \(old) to \(new) moved the score from \(first.shown) to "
              + second.shown), Self.text(.record(before)))
      }
    }
  }

  // MARK: Any order of records

  private var anyOrder: HostFunction {
    HostFunction(
      "any_order",
      Bilingual("小世界里的记录换了先后，结果不变", "The world's records in another order give the same result."),
      Parameter("formula", Bilingual("公式", "the formula"), as: TestFormula.self),
      Parameter(
        "options", Bilingual("试几例（默认 10）", "how many cases (10 by default)"),
        as: Options<OrderOptions>.self)
    ) { [unowned self] formula, options in
      guard let run = self.run else { return }
      let options = options.table
      let draw = Draw(options, count: 10)
      let unit = try self.unit(options)
      let period = try self.period(options)
      let first = try self.assessment(formula, unit, period)
      let usual = self.contents
      for number in 1...draw.count {
        var chance = draw.chance(number)
        let (contents, orders) = usual.reordered(&chance, kinds: run.context.kinds)
        try self.enter(try self.host.world(contents, for: run), run)
        let second = try self.assessment(formula, unit, period)
        guard let difference = first.difference(from: second) else { continue }
        let order = orders.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map {
          "\($0.key) \($0.value.map(String.init).joined(separator: " "))"
        }
        throw draw.broken(number, difference, order.joined(separator: "; "))
      }
      try self.enter(try self.host.world(usual, for: run), run)
    }
  }

  // MARK: Cases of a test's own

  private var cases: HostFunction {
    HostFunction(
      "cases",
      Bilingual(
        "用种子定下的数把函数运行若干次", "Runs a function so many times, with numbers that a seed makes."),
      Parameter(
        "options", Bilingual("试几例（默认 20）", "how many cases (20 by default)"),
        as: Options<CaseOptions>.self),
      Parameter(
        "body",
        Bilingual(
          "function(pick) … end；pick(1, 6) 是1到6的整数",
          "function(pick) … end; pick(1, 6) is a whole number from 1 to 6"), as: LuaFunction.self)
    ) { [unowned self] options, body in
      let draw = Draw(options.table, count: 20)
      for number in 1...draw.count {
        self.picks = Picks(chance: draw.chance(number))
        do throws(LuaError) {
          _ = try self.run?.interpreter.call(body, [.object(HostObject(TestPick()))])
        } catch {
          let problem = Problem.script(error)
          guard problem.code.isOfTests else { throw problem }
          let given = "pick = " + (self.picks?.drawn.map(String.init) ?? []).joined(separator: " ")
          var failure = draw.broken(number, problem.message, given)
          failure.place = problem.place
          failure.hint = problem.hint
          throw failure
        }
      }
    }
  }

  var pickType: HostType {
    HostType(
      TestPick.luaType, Bilingual("种子定下的数", "Numbers that a seed makes."),
      metamethods: [
        HostFunction(
          "__call", Bilingual("下一个整数", "The next whole number."),
          Parameter("pick", Bilingual("取数", "the numbers"), as: TestPick.self),
          Parameter("least", Bilingual("最小", "the least"), as: Int.self),
          Parameter("most", Bilingual("最大", "the most"), as: Int.self),
          returns: Bilingual("整数", "a whole number")
        ) { [unowned self] _, least, most in
          guard least <= most, most.subtractingReportingOverflow(least).overflow == false else {
            throw Problem(
              .inputInvalid, Words("最小的数不能大于最大的数", "the least cannot exceed the most"))
          }
          return self.picks?.next(least...most) ?? least
        }
      ])
  }

  /// One formula with what its cases are made from and scored by.
  private struct Trial {
    let scoring: FormulaRun
    let generator: GeneratedInputs
    let unit: FormulaUnit
    let period: Period

    /// The rounded score; nil without one.
    func score(_ inputs: LuaValue, _ draw: Draw, _ number: Int) throws -> Rational? {
      do {
        return try scoring.assess(unit, period, given: inputs).score.map { Rational($0) }
      } catch let problem as Problem {
        throw draw.broken(number, problem.message, TestRegistry.text(inputs))
      }
    }
  }

  private func trial(_ formula: TestFormula, _ options: OptionTable) throws -> Trial {
    let unit = try unit(options)
    let period = try period(options)
    let scoring = try scoring(formula, period)
    let scheme = try scoring.scheme(for: unit, period)
    return Trial(
      scoring: scoring, generator: GeneratedInputs(scoring.declaration, scheme), unit: unit,
      period: period)
  }

  private func assessment(
    _ formula: TestFormula, _ unit: FormulaUnit, _ period: Period
  ) throws -> Assessment {
    try scoring(formula, period).assess(unit, period)
  }
}

/// The numbers of one case, and the first that were drawn.
struct Picks {
  /// So many are told; a message need not be longer.
  private static let shown = 50

  var chance: Chance
  private(set) var drawn: [Int] = []

  init(chance: Chance) {
    self.chance = chance
  }

  mutating func next(_ range: ClosedRange<Int>) -> Int {
    let number = chance.within(range)
    if drawn.count < Self.shown { drawn.append(number) }
    return number
  }
}

/// What a case's function calls for its numbers.
struct TestPick: LuaObject {
  static let luaType = "test_pick"
}

extension ErrorCode {
  /// Whether a case can be named as the reason; running out of time or memory is the whole test's.
  fileprivate var isOfTests: Bool {
    let limits: [ErrorCode] = [
      .limitTime, .limitMemory, .limitOutput, .limitInstructions, .limitDepth,
    ]
    return !limits.contains(self)
  }
}

extension Assessment {
  /// The first part that another result has otherwise, from the total down.
  fileprivate func difference(from other: Assessment) -> Words? {
    let correction = Correction(
      of: .init(id: "", day: period.last), closed: (Basis(), [unit: explanation]),
      fresh: (Basis(), [unit: other.explanation]))
    if let change = correction.changes.first(where: { $0.role == .indicator })
      ?? correction.changes.last
    {
      let (old, new) = (change.old.words(), change.new.words())
      return Words(
        "“\(change.label.chinese)”由 \(old.chinese) 变为 \(new.chinese)",
        "'\(change.label.english)' moved from \(old.english) to \(new.english)")
    }
    guard band != other.band || status != other.status else { return nil }
    return Words("等次或评定情况变了", "the band or the status changed")
  }
}
