import Governance
import Testing

struct DecimalTests {
  @Test(arguments: [
    (8910, 2, "89.10"), (-5, 2, "-0.05"), (12, 0, "12"), (0, 3, "0.000"), (-120, 1, "-12.0"),
    (Int64.min, 2, "-92233720368547758.08"), (1, 9, "0.000000001"),
  ])
  func `As many digits are shown as there are places`(units: Int64, places: Int, text: String) {
    let decimal = Decimal(units: units, places: places)
    #expect(decimal.description == text)
    #expect(Decimal(text)?.units == units)
    #expect(Decimal(text)?.places == places)
  }

  @Test(arguments: [
    "", "-", ".", "1.", ".1", "+1", "1.2.3", "1e2", "1,000", "0.0000000001", "9223372036854775808",
    "0x1", " 1", "一", "１",
  ])
  func `What is no decimal is not read`(text: String) {
    #expect(Decimal(text) == nil)
  }

  @Test func `Numbers are equal and ordered by value, whatever their places`() throws {
    let short = try #require(Decimal("9.5"))
    let long = try #require(Decimal("9.500"))
    #expect(short == long)
    #expect(short.hashValue == long.hashValue)
    #expect(short < Decimal(10))
    #expect(Decimal(units: .max, places: 0) > Decimal(units: .max, places: 9))
    #expect(Decimal(units: -1, places: 9) < Decimal(0))
  }

  // decisions.md 7: money and scores never pass through binary numbers.
  @Test func `A tenth and two tenths are three tenths`() throws {
    let sum = try Decimal(units: 1, places: 1) + Decimal(units: 20, places: 2)
    #expect(sum.description == "0.30")
    #expect(try (sum - Decimal(1)).description == "-0.70")
    #expect(try (sum * sum).description == "0.0900")
  }

  @Test func `What does not fit is refused`() throws {
    let most = Decimal(units: .max, places: 2)
    let cent = Decimal(units: 1, places: 2)
    let problem = try #require(throws: Problem.self) { try most + cent }
    #expect(problem.code == .inputInvalid)
    #expect(problem.message.english == "the result is too large for a number with 2 decimals")
    #expect(throws: Problem.self) { try Decimal(units: .min, places: 0) - Decimal(1) }
    #expect(throws: Problem.self) { try most * most }
  }

  @Test func `A product drops zeros before it gives up on its places`() throws {
    let fine = Decimal(units: 500_000, places: 6)
    #expect(try (fine * fine).description == "0.250000000")
    #expect(throws: Problem.self) {
      try Decimal(units: 1, places: 5) * Decimal(units: 1, places: 5)
    }
  }

  @Test func `Digits are never lost silently`() throws {
    let price = Decimal(units: 12_50, places: 2)
    #expect(try price.rescaled(to: 4).units == 125_000)
    #expect(try price.rescaled(to: 1).description == "12.5")
    let problem = try #require(throws: Problem.self) { try price.rescaled(to: 0) }
    #expect(problem.message.chinese == "12.50 用0位小数写不下，不能悄悄舍入")
    #expect(try price.rounded(places: 0, .halfAway).description == "13")
    #expect(try price.rounded(places: 0, .halfEven).description == "12")
  }

  @Test func `Text is read at the field's places`() throws {
    #expect(try Decimal.parse("12.5", places: 2).units == 1250)
    #expect(try Decimal.parse("12.500", places: 2).units == 1250)
    let problem = try #require(throws: Problem.self) { try Decimal.parse("12.505", places: 2) }
    #expect(problem.message.chinese == "“12.505”不是最多2位小数的数")
    #expect(problem.hint?.chinese == "请写成 12.50 这样，不带单位和逗号")
  }

  // domain.md §8 P3: shares of a surplus are fractions until the end.
  @Test func `A decimal becomes a fraction and comes back`() throws {
    let surplus = try #require(Decimal("384.60"))
    let share = Rational(surplus) * Rational(1000, over: 3275)
    #expect(try Decimal(share, places: 2, .halfAway).description == "117.44")
    #expect(Rational(surplus).decimal?.description == "384.6")
  }

  @Test(arguments: 1...10)
  func `Sums of decimals equal sums of fractions`(seed: UInt64) throws {
    var random = Seeded(seed)
    func any() -> Decimal {
      Decimal(
        units: Int64.random(in: -1_000_000...1_000_000, using: &random),
        places: Int.random(in: 0...4, using: &random))
    }
    for _ in 0..<200 {
      let (a, b) = (any(), any())
      #expect(Rational(try a + b) == Rational(a) + Rational(b))
      #expect(Rational(try a - b) == Rational(a) - Rational(b))
      #expect(Rational(try a * b) == Rational(a) * Rational(b))
      #expect((a < b) == (Rational(a) < Rational(b)))
      #expect(Decimal(a.description) == a)
    }
  }
}
