import Governance
import Testing

struct ThresholdTests {
  // domain.md §3.4.
  @Test(arguments: [
    (306, 612, true), (243, 488, false), (244, 488, true), (0, 10, false), (612, 612, true),
  ])
  func `Half of the dwellings triggers an application, a rounded half does not`(
    occupied: Int, handedOver: Int, reached: Bool
  ) {
    #expect(Occupancy(occupied: occupied, handedOver: handedOver).reachesHalf == reached)
  }

  @Test func `Without dwellings the rate is undefined`() {
    let none = Occupancy(occupied: 0, handedOver: 0)
    #expect(none.rate == nil)
    #expect(none.reachesHalf == nil)
    #expect(Occupancy(occupied: 243, handedOver: 488).rate == Rational(243, over: 488))
  }

  // Civil Code 1259; domain.md §6.4 and §0.3.
  @Test(arguments: [
    (BoundWord.orMore, [false, true, true]), (.orLess, [true, true, false]),
    (.within, [true, true, false]), (.reaching, [false, true, true]),
    (.elapsed, [false, true, true]), (.lessThan, [true, false, false]),
    (.exceeding, [false, false, true]), (.beyond, [false, false, true]),
    (.overHalf, [false, false, true]),
  ])
  func `A word of bound includes the number or not`(word: BoundWord, holds: [Bool]) {
    #expect([49, 50, 51].map { word.holds($0, 50) } == holds)
  }

  private func vote(
    _ area: (Int, Int, Int), _ heads: (Int, Int, Int)
  ) -> OwnersVote {
    OwnersVote(
      all: .init(area: Rational(area.0), heads: heads.0),
      takingPart: .init(area: Rational(area.1), heads: heads.1),
      approving: .init(area: Rational(area.2), heads: heads.2))
  }

  // Civil Code 278; domain.md §6.4.
  @Test func `Owners decide by area and by head`() {
    let exact = vote((3000, 2000, 1500), (30, 20, 15))
    #expect(exact.isQuorate)
    #expect(exact.isPassed(.special))
    #expect(exact.isPassed(.ordinary))
    let half = vote((3000, 2000, 1000), (30, 20, 11))
    #expect(!half.isPassed(.ordinary))
    #expect(vote((3000, 2000, 1001), (30, 20, 11)).isPassed(.ordinary))
    #expect(!vote((3000, 2000, 1001), (30, 20, 10)).isPassed(.ordinary))
    #expect(!vote((3000, 2000, 1499), (30, 20, 15)).isPassed(.special))
    #expect(!vote((3000, 2000, 1500), (30, 20, 14)).isPassed(.special))
  }

  @Test func `Without two thirds of both nothing is decided`() {
    #expect(!vote((3000, 1999, 1999), (30, 30, 30)).isPassed(.ordinary))
    #expect(!vote((3000, 3000, 3000), (30, 19, 19)).isPassed(.special))
    #expect(!vote((0, 0, 0), (0, 0, 0)).isQuorate)
  }
}
