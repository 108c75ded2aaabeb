/// SplitMix64: a small generator whose whole state is one number, so one seed gives one street.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 to `bound` - 1. The standard library's own algorithm may change between
  /// releases; this one is ours and does not.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// True in `permille` of a thousand cases.
  mutating func chance(_ permille: Int) -> Bool {
    below(1000) < permille
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[below(elements.count)]
  }

  /// The same elements in an order of chance (Fisher and Yates).
  mutating func shuffled<Element>(_ elements: some Sequence<Element>) -> [Element] {
    var result = Array(elements)
    for index in stride(from: result.count - 1, to: 0, by: -1) {
      result.swapAt(index, below(index + 1))
    }
    return result
  }

  /// `count` of the elements, in their own order.
  mutating func sample<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    var result: [Element] = []
    result.reserveCapacity(count)
    for (index, element) in elements.enumerated()
    where below(elements.count - index) < count - result.count {
      result.append(element)
    }
    return result
  }
}
