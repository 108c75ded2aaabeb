import Governance
import Testing

struct RationalTests {
  @Test func `A fraction is always reduced, with the sign above`() {
    #expect(Rational(6, over: 8) == Rational(3, over: 4))
    #expect(Rational(3, over: -6).description == "-1/2")
    #expect(Rational(0, over: -7) == .zero)
    #expect(Rational(8, over: 4).description == "2")
  }

  @Test func `A third three times is one`() {
    let third = Rational(1, over: 3)
    #expect(third + third + third == 1)
    #expect(third * 3 - 1 == .zero)
    #expect(Rational(1) / third == 3)
  }

  @Test func `Dividing by zero gives no number`() {
    #expect(Rational(5).divided(by: 0) == nil)
    #expect(Rational(5).divided(by: 2) == Rational(5, over: 2))
  }

  // domain.md §3.4: a rounded "50 %" must not trigger.
  @Test func `Thresholds are compared before rounding`() {
    #expect(Rational(243, over: 488) < Rational(1, over: 2))
    #expect(Rational(306, over: 612) >= Rational(1, over: 2))
    #expect(Rational(-1, over: 2) < Rational(-1, over: 3))
  }

  @Test func `Clamping keeps a score between its ends`() {
    #expect(Rational(101).clamped(to: 0...100) == 100)
    #expect(Rational(-1, over: 9).clamped(to: 0...100) == 0)
    #expect(Rational(89).clamped(to: 0...100) == 89)
  }

  @Test(arguments: [
    ("92", "92"), ("-0.125", "-1/8"), ("59/64", "59/64"), ("-6/4", "-3/2"), ("0.50", "1/2"),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
  ])
  func `Text is read exactly`(text: String, exact: String) {
    #expect(Rational(text)?.description == exact)
  }

  @Test(arguments: [
    "", "-", ".5", "5.", "1/0", "1/-2", "1/2/3", "1.5/2", "1/1.5", "+1", "--1", "1e3", "nan", " 1",
    "１", "1,000", "/", "1/",
  ])
  func `What is no fraction is not read`(text: String) {
    #expect(Rational(text) == nil)
  }

  @Test func `A binary number is read as a person would write it`() {
    #expect(Rational(0.35) == Rational(35, over: 100))
    #expect(Rational(-1.0) == -1)
    #expect(Rational(1e21)?.description == "1000000000000000000000")
    #expect(Rational(2.5e-7) == Rational(1, over: 4_000_000))
    #expect(Rational(Double.nan) == nil)
    #expect(Rational(Double.infinity) == nil)
  }

  @Test func `A fraction that ends is also a decimal`() {
    #expect(Rational(59, over: 64).decimal?.description == "0.921875")
    #expect(Rational(12).decimal?.description == "12")
    #expect(Rational(1, over: 3).decimal == nil)
    #expect(Rational(1, over: 1024).decimal == nil)
  }

  @Test(arguments: [
    ("2.5", 0, "3", "2"), ("3.5", 0, "4", "4"), ("-2.5", 0, "-3", "-2"), ("-0.5", 0, "-1", "0"),
    ("89.145", 2, "89.15", "89.14"), ("89.1450001", 2, "89.15", "89.15"),
    ("89.1449999", 2, "89.14", "89.14"), ("1/3", 2, "0.33", "0.33"), ("2/3", 4, "0.6667", "0.6667"),
    ("0.005", 2, "0.01", "0.00"), ("-0.005", 2, "-0.01", "0.00"), ("7", 2, "7.00", "7.00"),
  ])
  func `A half goes away from zero or to the even neighbour`(
    text: String, places: Int, away: String, even: String
  ) throws {
    let number = try #require(Rational(text))
    #expect(try number.rounded(places: places, .halfAway).description == away)
    #expect(try number.rounded(places: places, .halfEven).description == even)
  }

  @Test func `A number that does not fit is refused, not wrapped`() throws {
    let large = try #require(Rational("92233720368547758.08"))
    let refusal = try #require(throws: Problem.self) { try large.rounded(places: 2, .halfAway) }
    #expect(refusal.message.chinese == "结果太大，放不进2位小数的数")
    let fits = try #require(Rational("-92233720368547758.08"))
    #expect(try fits.rounded(places: 2, .halfAway).units == .min)
    #expect(throws: Problem.self) { try Rational(1).rounded(places: 10, .halfAway) }
    #expect(throws: Problem.self) { try Rational(1).rounded(places: -1, .halfAway) }
  }

  // domain.md §8 P8 and decisions.md, "The community assessment's indicators".
  @Test func `The golden block and total come out with one rounding`() throws {
    func curve(_ rate: Rational) -> Rational {
      let zero = Rational(60, over: 100)
      return ((rate - zero) / Rational(35, over: 100) * 100).clamped(to: 0...100)
    }
    func block(_ response: Rational, _ solution: Rational, _ satisfaction: Rational) -> Rational {
      (curve(response) * 30 + curve(solution) * 35 + curve(satisfaction) * 35) / 100
    }
    let block1 = block(
      Rational(63, over: 64), Rational(58, over: 64), Rational(41, over: 46))
    #expect(try block1.rounded(places: 2, .halfAway).description == "89.76")

    let block2 = block(Rational(59, over: 64), Rational(55, over: 64), Rational(41, over: 46))
    func total(_ closedLoop: Rational) throws -> String {
      let weights: [Rational] = [18, 13, 22, 20, 10, 12, 5]
      let blocks: [Rational] = [100, 90, closedLoop, 88, 100, 76, 91]
      let sum = zip(weights, blocks).map { $0 * $1 / 100 }.reduce(.zero, +)
      return try sum.rounded(places: 2, .halfAway).description
    }
    #expect(try total(block2) == "89.15")
    #expect(try total(Rational(block2.rounded(places: 2, .halfAway))) == "89.16")
  }

  @Test(arguments: 1...20)
  func `Arithmetic keeps its laws and text reads back`(seed: UInt64) throws {
    var random = Seeded(seed)
    func any() -> Rational {
      Rational(
        Int.random(in: -10_000...10_000, using: &random),
        over: Int.random(in: 1...9999, using: &random))
    }
    for _ in 0..<100 {
      let (a, b, c) = (any(), any(), any())
      #expect(a + b == b + a)
      #expect((a + b) * c == a * c + b * c)
      #expect(a - b + b == a)
      #expect(b.isZero || a / b * b == a)
      #expect((a < b) == (b - a > 0))
      #expect(Rational(a.description) == a)
      let rounded = Rational(try a.rounded(places: 3, .halfEven))
      #expect((rounded - a).magnitude <= Rational(1, over: 2000))
    }
  }

  @Test func `Size grows with the number, so a host can stop it`() {
    #expect(Rational(1).bitWidth <= 2)
    var number = Rational(3, over: 7)
    for _ in 0..<10 { number = number * number }
    #expect(number.bitWidth > 1024)
    #expect(number.approximation == 0)
    #expect(Rational(1, over: 4).approximation == 0.25)
  }
}
