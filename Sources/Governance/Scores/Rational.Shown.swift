extension Rational {
  /// For people: exact where two places suffice, else rounded to two; never calculated with.
  public var shown: String {
    if isWhole { return description }
    if let decimal, decimal.places <= 2 { return decimal.description }
    return (try? rounded(places: 2, .halfAway))?.description ?? description
  }

  /// For people, always with two places: a column of scores.
  public var shownAsScore: String {
    (try? rounded(places: 2, .halfAway))?.description ?? description
  }

  /// Exact and readable back: a decimal where it ends within nine places, else a fraction.
  public var exactText: String {
    decimal?.description ?? description
  }
}
