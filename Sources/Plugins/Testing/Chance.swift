/// SplitMix64: one seed gives the same numbers on every machine, today and later.
struct Chance {
  private var state: UInt64

  init(_ seed: UInt64) {
    state = seed
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// - Precondition: there are fewer than 2^63 numbers in the range.
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    let bound = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int(next().multipliedFullWidth(by: bound).high)
  }

  /// True once in so many cases.
  mutating func once(in count: Int) -> Bool { within(1...count) == 1 }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[within(0...elements.count - 1)]
  }

  /// The same elements in an order of chance (Fisher and Yates).
  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for index in stride(from: result.count - 1, to: 0, by: -1) {
      result.swapAt(index, within(0...index))
    }
    return result
  }
}
