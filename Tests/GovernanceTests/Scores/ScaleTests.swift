import Governance
import Testing

/// Rows of `formulas.md`: brackets; targets, direction, partial credit; score assembly (weights).
struct ScaleTests {
  // Row "Targets, distance to target".
  @Test(arguments: [
    ("100", "100"), ("95", "100"), ("94.9", "99.71"), ("77.5", "50"), ("60.35", "1"), ("60", "0"),
    ("12", "0"),
  ])
  func `A rate scores 100 at full, 0 at zero, and linear between`(rate: String, score: String)
    throws
  {
    let curve = try Curve(.higher(full: 95, zero: 60))
    #expect(curve.score(at: Rational(rate)!).shown == score)
  }

  @Test func `Where lower is better the curve runs the other way`() throws {
    let curve = try Curve(.lower(full: 2, zero: 10))
    #expect(
      [1, 2, 6, 10, 11].map { curve.score(at: Rational($0)).shown } == [
        "100", "100", "50", "0", "0",
      ])
  }

  @Test func `Where a range is best both sides fall off`() throws {
    let curve = try Curve(.range(10, 20, 30, 50))
    let scores = [5, 10, 15, 20, 25, 30, 40, 50, 60].map { curve.score(at: Rational($0)).shown }
    #expect(scores == ["0", "0", "50", "100", "100", "100", "50", "0", "0"])
    #expect(curve.target(from: 12) == 20)
    #expect(curve.target(from: 40) == 30)
    #expect(curve.target(from: 25) == 25)
  }

  @Test func `Without partial credit only the target counts`() throws {
    let curve = try Curve(.higher(full: 95, zero: 60), partialCredit: false)
    #expect(["94.99", "95"].map { curve.score(at: Rational($0)!) } == [0, 100])
  }

  @Test func `A curve of points joins them with straight lines`() throws {
    let points = [("60", "0"), ("80", "60"), ("100", "100")].map {
      Curve.Point(at: Rational($0.0)!, score: Rational($0.1)!)
    }
    let curve = try Curve(.points(points))
    #expect([50, 70, 80, 90, 120].map { curve.score(at: Rational($0)) } == [0, 30, 60, 80, 100])
  }

  @Test func `A curve whose full is not above its zero is refused`() {
    #expect(throws: Problem.self) { try Curve(.higher(full: 60, zero: 60)) }
    let problem = #expect(throws: Problem.self) { try Curve(.higher(full: 60, zero: 95)) }
    #expect(problem?.code == .formulaInvalid)
    #expect(problem?.message.chinese == "满分线 60 必须高于零分线 95")
    #expect(throws: Problem.self) { try Curve(.lower(full: 10, zero: 2)) }
    #expect(throws: Problem.self) { try Curve(.range(10, 5, 30, 50)) }
    #expect(throws: Problem.self) {
      try Curve(.points([.init(at: 1, score: 101), .init(at: 2, score: 0)]))
    }
  }

  // Row "Brackets": bands with stated edges, gap, overlap and uncovered checks, boundary cases.
  @Test(arguments: [
    ("100", "excellent"), ("90", "excellent"), ("89.99", "good"), ("80", "good"),
    ("79.99", "pass"), ("60", "pass"), ("59.99", "fail"), ("0", "fail"),
  ])
  func `A band begins at its lower edge`(score: String, band: String) {
    #expect(P8.bands.band(of: Rational(score)!)?.id == band)
  }

  @Test func `Boundary cases stand at and beside every edge`() {
    let cases = P8.bands.boundaryCases(places: 2)
    #expect(
      cases.map { "\($0.score.shown) \($0.band.id)" } == [
        "89.99 good", "90 excellent", "90.01 excellent", "79.99 pass", "80 good", "80.01 good",
        "59.99 fail", "60 pass", "60.01 pass",
      ])
    for (score, band) in cases { #expect(P8.bands.band(of: score) == band) }
  }

  private func problems(_ bands: [(String, String?, String?)]) -> [String] {
    let bands = bands.map { id, lower, upper in
      Band(
        id, Words(id, id), lower: lower.map { .init(Rational($0)!, included: true) },
        upper: upper.map { .init(Rational($0)!, included: true) })
    }
    do {
      _ = try Bands(bands)
      return []
    } catch {
      return error.all.map(\.message.chinese)
    }
  }

  @Test func `Gaps, overlaps and uncovered ends are all named at once`() {
    #expect(
      problems([("a", "90", "99"), ("b", "80", "89.99"), ("c", "10", "85")]) == [
        "“b”与“a”之间有空档：89.99到90分", "“c”与“b”在80分处重叠", "99到100分没有等级", "0到10分没有等级",
      ])
    #expect(problems([("a", "90", nil), ("a", nil, nil)]) == ["等级“a”写了两次"])
    #expect(problems([]) == ["没有任何等级"])
    #expect(problems([("a", "60", nil), ("b", nil, nil)]) == [])
  }

  @Test func `An edge that both or neither side includes is named`() {
    let neither = [
      Band("up", Words("上", "up"), lower: .init(50, included: false)),
      Band("down", Words("下", "down"), upper: .init(50, included: false)),
    ]
    #expect(throws: Problems.self) { try Bands(neither) }
    let above = try? Bands([
      Band("up", Words("上", "up"), lower: .init(50, included: false)),
      Band("down", Words("下", "down")),
    ])
    #expect(above?.band(of: 50)?.id == "down")
  }

  // Row "Brackets": marginal rate, marginal amount, single amount; left-closed.
  @Test func `A marginal rate applies to the part within its bracket`() throws {
    let brackets = try Brackets(
      [.init(from: 0, gives: Rational("0.1")!), .init(from: 100, gives: Rational("0.2")!)],
      .marginalRate)
    #expect([0, 50, 100, 150].map { brackets.amount(for: Rational($0)) } == [0, 5, 10, 20])
  }

  @Test func `Marginal amounts add up, a single amount does not`() throws {
    let steps = [(0, 1), (10, 2), (20, 5)].map {
      Brackets.Step(from: Rational($0.0), gives: Rational($0.1))
    }
    let bases = [-1, 0, 9, 10, 20].map { Rational($0) }
    let marginal = try Brackets(steps, .marginalAmount)
    #expect(bases.map(marginal.amount) == [0, 1, 1, 3, 8])
    let single = try Brackets(steps, .singleAmount)
    #expect(bases.map(single.amount) == [0, 1, 1, 2, 5])
    let above = try Brackets(steps, .singleAmount, includesLowerEdge: false)
    #expect(bases.map(above.amount) == [0, 0, 1, 1, 2])
  }

  @Test func `Brackets with gap, overlap or disorder are refused`() {
    let gap = [Brackets.Step(from: 0, to: 9, gives: 1), .init(from: 10, gives: 2)]
    #expect(
      throws: Problems([
        .init(
          .formulaInvalid,
          Words(
            "分段有空档：一段到9为止，下一段从10开始", "brackets leave a gap: one ends at 9, the next begins at 10"))
      ])
    ) {
      try Brackets(gap, .singleAmount)
    }
    #expect(throws: Problems.self) {
      try Brackets([.init(from: 0, to: 11, gives: 1), .init(from: 10, gives: 2)], .singleAmount)
    }
    #expect(throws: Problems.self) {
      try Brackets([.init(from: 10, gives: 1), .init(from: 0, gives: 2)], .marginalRate)
    }
  }

  // Row "Score assembly": weights must total 100 (checked).
  @Test func `Weights that total 95 are refused, naming the sum`() {
    let problems = #expect(throws: Problems.self) {
      try Weights([("a", 50), ("b", 45)], for: ["a", "b"])
    }
    #expect(problems?.all.map(\.message.chinese) == ["权重合计为95，必须是100（少5）"])
  }

  @Test func `Every fault of weights is named at once`() {
    let problems = #expect(throws: Problems.self) {
      try Weights([("closed_lop", 110), ("b", -5)], for: ["closed_loop", "b", "c"])
    }
    #expect(
      problems?.all.map(\.message.chinese) == [
        "没有叫“closed_lop”的部分", "“b”的权重是-5，不能小于0", "“closed_loop”没有权重", "“c”没有权重",
        "权重合计为105，必须是100（多5）",
      ])
    #expect(problems?.all[0].hint?.chinese == "是不是想写 closed_loop？")
  }

  @Test func `A scheme checks weights within each block too`() {
    let problems = #expect(throws: Problems.self) {
      try P8.scheme(cIndicators: [P8.rate("response", "响应率", 30), P8.rate("solution", "解决率", 65)])
    }
    #expect(problems?.all.map(\.message.chinese) == ["权重合计为95，必须是100（少5）"])
    #expect(problems?.all[0].context.map(\.chinese) == ["检查“闭环办理”时"])
  }
}
