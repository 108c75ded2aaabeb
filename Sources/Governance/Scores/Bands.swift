/// One grade: a name for a stretch of scores, with stated edges.
public struct Band: Hashable, Sendable {
  /// One end of a stretch: 以上、以下 include it, 超过、不满 exclude it (Civil Code 1259).
  public struct Edge: Hashable, Sendable {
    public let value: Rational
    public let isIncluded: Bool

    public init(_ value: Rational, included: Bool) {
      self.value = value
      isIncluded = included
    }
  }

  /// Snake_case: `excellent`.
  public let id: String
  public let title: Words

  /// Nil reaches down to the next band, or to the end of the scale.
  public let lower: Edge?

  /// Nil reaches up to the next band, or to the end of the scale.
  public let upper: Edge?

  public init(_ id: String, _ title: Words, lower: Edge? = nil, upper: Edge? = nil) {
    self.id = id
    self.title = title
    self.lower = lower
    self.upper = upper
  }
}

/// Grades that cover a scale without gap or overlap, best first.
public struct Bands: Hashable, Sendable {
  public let scale: ClosedRange<Rational>

  /// Best first, every edge filled in.
  public let all: [Band]

  /// - Throws: every gap, overlap and uncovered end at once, each as `formula.invalid`.
  public init(
    _ bands: [Band], over scale: ClosedRange<Rational> = 0...100
  ) throws(Problems) {
    let ordered = bands.sorted { Self.position($0, scale) > Self.position($1, scale) }
    let filled = Self.filled(ordered, over: scale)
    let problems = Self.problems(in: filled, over: scale)
    guard problems.isEmpty else { throw Problems(problems) }
    self.scale = scale
    all = filled
  }

  /// The band of a score; nil outside the scale.
  public func band(of score: Rational) -> Band? {
    all.first { Self.contains($0, score) }
  }

  public func band(_ id: String) -> Band? {
    all.first { $0.id == id }
  }

  /// The worse of two bands of this list.
  public func worse(_ left: Band, _ right: Band) -> Band {
    let (first, second) = (all.firstIndex(of: left) ?? 0, all.firstIndex(of: right) ?? 0)
    return first > second ? left : right
  }

  /// The next worse band; nil for the worst.
  public func below(_ band: Band) -> Band? {
    guard let index = all.firstIndex(of: band), index + 1 < all.count else { return nil }
    return all[index + 1]
  }

  private static func contains(_ band: Band, _ score: Rational) -> Bool {
    guard let lower = band.lower, let upper = band.upper else { return false }
    let above = lower.isIncluded ? score >= lower.value : score > lower.value
    let under = upper.isIncluded ? score <= upper.value : score < upper.value
    return above && under
  }

  private static func position(_ band: Band, _ scale: ClosedRange<Rational>) -> Rational {
    band.lower?.value ?? (band.upper == nil ? scale.lowerBound : scale.lowerBound - 1)
  }

  private static func filled(_ bands: [Band], over scale: ClosedRange<Rational>) -> [Band] {
    bands.indices.map { index in
      let band = bands[index]
      let above = index > 0 ? bands[index - 1].lower : Band.Edge(scale.upperBound, included: false)
      let below =
        index + 1 < bands.count
        ? bands[index + 1].upper : Band.Edge(scale.lowerBound, included: false)
      return Band(
        band.id, band.title,
        lower: band.lower ?? below.map { Band.Edge($0.value, included: !$0.isIncluded) },
        upper: band.upper ?? above.map { Band.Edge($0.value, included: !$0.isIncluded) })
    }
  }
}

/// The checks: gaps, overlaps, uncovered ends.
extension Bands {
  private static func problems(in bands: [Band], over scale: ClosedRange<Rational>) -> [Problem] {
    guard let best = bands.first, let worst = bands.last else { return [.noBands] }
    var problems: [Problem] = []
    for (index, band) in bands.enumerated() {
      if bands[..<index].contains(where: { $0.id == band.id }) {
        problems.append(.bandTwice(band))
      }
    }
    for (upper, lower) in zip(bands, bands.dropFirst()) {
      if let problem = seam(lower: lower, upper: upper) { problems.append(problem) }
    }
    if let top = best.upper, !reaches(top, scale.upperBound, upward: true) {
      problems.append(.uncovered(from: top.value, to: scale.upperBound))
    }
    if let bottom = worst.lower, !reaches(bottom, scale.lowerBound, upward: false) {
      problems.append(.uncovered(from: scale.lowerBound, to: bottom.value))
    }
    return problems
  }

  private static func reaches(_ edge: Band.Edge, _ end: Rational, upward: Bool) -> Bool {
    if edge.value == end { return edge.isIncluded }
    return upward ? edge.value > end : edge.value < end
  }

  private static func seam(lower: Band, upper: Band) -> Problem? {
    guard let end = lower.upper, let start = upper.lower else { return .seamUnstated(lower, upper) }
    if end.value == start.value, end.isIncluded != start.isIncluded { return nil }
    let overlaps = end.value > start.value || (end.value == start.value && end.isIncluded)
    return overlaps
      ? .bandsOverlap(lower, upper, at: start.value)
      : .bandGap(lower, upper, from: end.value, to: start.value)
  }

  /// Scores at and beside every inner edge with the band each must get; tests run them.
  ///
  /// Beside an edge only as far as the band there reaches.
  ///
  /// - Parameter places: how finely scores are rounded.
  public func boundaryCases(places: Int) -> [(score: Rational, band: Band)] {
    edges(places: places).flatMap(\.cases)
  }

  /// The same edge by edge, best first.
  public func edges(
    places: Int
  ) -> [(edge: Rational, cases: [(score: Rational, band: Band)])] {
    let step = Rational(Decimal(units: 1, places: places))
    return zip(all, all.dropFirst()).compactMap { upper, lower in
      guard let edge = upper.lower else { return nil }
      var cases = [(score: edge.value, band: edge.isIncluded ? upper : lower)]
      if let bottom = lower.lower, edge.value - step > bottom.value {
        cases.insert((edge.value - step, lower), at: 0)
      }
      if let top = upper.upper, edge.value + step < top.value {
        cases.append((edge.value + step, upper))
      }
      return (edge.value, cases)
    }
  }
}

extension Problem {
  static let noBands = Problem(.formulaInvalid, Words("没有任何等级", "there are no bands"))

  static func bandTwice(_ band: Band) -> Problem {
    Problem(
      .formulaInvalid, Words("等级“\(band.id)”写了两次", "band '\(band.id)' is written twice"))
  }

  static func uncovered(from: Rational, to: Rational) -> Problem {
    Problem(
      .formulaInvalid,
      Words(
        "\(from.shown)到\(to.shown)分没有等级", "scores from \(from.shown) to \(to.shown) have no band"),
      hint: Words("最低一档不写下限，就一直到底", "leave out the lower edge of the lowest band"))
  }

  static func seamUnstated(_ lower: Band, _ upper: Band) -> Problem {
    Problem(
      .formulaInvalid,
      Words(
        "“\(lower.title.chinese)”与“\(upper.title.chinese)”之间的分界没有写明",
        "the edge between '\(lower.title.english)' and '\(upper.title.english)' is not stated"),
      hint: Words("请给较高的一档写 at_least", "give the higher band at_least"))
  }

  static func bandsOverlap(_ lower: Band, _ upper: Band, at value: Rational) -> Problem {
    Problem(
      .formulaInvalid,
      Words(
        "“\(lower.title.chinese)”与“\(upper.title.chinese)”在\(value.shown)分处重叠",
        "'\(lower.title.english)' and '\(upper.title.english)' overlap at \(value.shown)"))
  }

  static func bandGap(_ lower: Band, _ upper: Band, from: Rational, to: Rational) -> Problem {
    Problem(
      .formulaInvalid,
      Words(
        "“\(lower.title.chinese)”与“\(upper.title.chinese)”之间有空档：\(from.shown)到\(to.shown)分",
        "there is a gap between '\(lower.title.english)' and '\(upper.title.english)': "
          + "\(from.shown) to \(to.shown)"),
      hint: Words(
        "上限写成 below = \(to.shown)，表示不满\(to.shown)分", "write the upper edge as below = \(to.shown)"))
  }
}
