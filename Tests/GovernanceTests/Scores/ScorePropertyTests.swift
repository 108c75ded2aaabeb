import Governance
import Testing

/// What holds for every score, tried on seeded random communities (row "Tests" of `formulas.md`).
struct ScorePropertyTests {
  private struct World {
    var rates: [(Int, Int)]
    var others: [String: Figure]
    var reds: Int
    var bonus: Int

    init(_ seeded: inout Seeded) {
      rates = (0..<3).map { _ in
        let due = Int.random(in: 0...80, using: &seeded)
        return (Int.random(in: 0...due, using: &seeded), due)
      }
      others = [:]
      for id in ["o", "d", "v", "p", "h", "s"] {
        let score = Int.random(in: 0...10_000, using: &seeded)
        others[id] =
          Int.random(in: 0..<8, using: &seeded) == 0
          ? .notApplicable(Words("无", "none")) : .present(Rational(score, over: 100))
      }
      reds = Int.random(in: 0...14, using: &seeded)
      bonus = Int.random(in: 0...8, using: &seeded)
    }

    func assess(_ type: String) throws -> Assessment {
      let red = Deduction(
        id: "red", title: Words("红牌", "red"), rule: try DeductionRule(each: 1, most: 10))
      let scheme = try P8.scheme(
        type, deductions: [red], bonus: Bonus(title: Words("加分", "bonus"), most: 5))
      var inputs = P8.inputs(
        response: rates[0], solution: rates[1], satisfaction: rates[2], others: others)
      inputs.deductions["red"] = [.init(.present(Rational(reds)))]
      inputs.bonus = .init(.present(Rational(bonus)))
      return try P8.assess(scheme, inputs)
    }
  }

  static let seeds: [UInt64] = Array(1...60)

  @Test(arguments: seeds)
  func `A score is within its bounds, and its leaves recompute it`(seed: UInt64) throws {
    var seeded = Seeded(seed)
    let world = World(&seeded)
    for type in P8.weights.keys.sorted() {
      let result = try world.assess(type)
      if let score = result.score {
        #expect((0...100).contains(Rational(score)))
        #expect(result.band == P8.bands.band(of: Rational(score)))
      }
      #expect(try result.explanation.recomputed() == result.explanation.value)
      let read = try Explanation(JSONValue(parsing: result.explanation.json().compact))
      #expect(try read.recomputed() == result.explanation.value)
    }
  }

  @Test(arguments: seeds)
  func `Doing better in one rate never lowers the score`(seed: UInt64) throws {
    var seeded = Seeded(seed)
    var world = World(&seeded)
    for index in world.rates.indices where world.rates[index].0 < world.rates[index].1 {
      let before = try world.assess("commodity").score
      world.rates[index].0 += 1
      let after = try world.assess("commodity").score
      #expect(try #require(after) >= #require(before), "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func `A red card never raises the score, a bonus never lowers it`(seed: UInt64) throws {
    var seeded = Seeded(seed)
    var world = World(&seeded)
    let before = try world.assess("old_estate").score
    world.reds += 1
    #expect(try world.assess("old_estate").score ?? Decimal(0) <= before ?? Decimal(0))
    world.reds -= 1
    world.bonus += 1
    #expect(try world.assess("old_estate").score ?? Decimal(0) >= before ?? Decimal(0))
  }

  @Test(arguments: seeds)
  func `The parts of a total add up to it, wherever nothing is held at a bound`(seed: UInt64) throws
  {
    var seeded = Seeded(seed)
    let world = World(&seeded)
    let result = try world.assess("mixed_commercial")
    let bounded = result.explanation.children[0]
    let adjusted = bounded.children[0]
    guard adjusted.value == bounded.value, let total = adjusted.value.number else { return }
    let blocks = adjusted.children[0].children
    let kept = blocks.filter { !$0.value.isNotApplicable }
    let weights = Dictionary(
      uniqueKeysWithValues: zip(P8.blockIDs, P8.weights["mixed_commercial"]!.map { Rational($0) }))
    let left = kept.compactMap { weights[$0.id] }.reduce(.zero, +)
    let base = kept.compactMap { block in
      block.value.number.map { $0 * weights[block.id]! / left }
    }.reduce(.zero, +)
    let added = adjusted.children.dropFirst().compactMap(\.value.number).reduce(.zero, +)
    #expect(base + added == total)
  }
}
