extension Figure {
  /// For people, in both languages, two places for scores.
  public func words(asScore: Bool = false) -> Words {
    if let number { return Words(verbatim: asScore ? number.shownAsScore : number.shown) }
    switch state {
    case .notApplicable: return Words("不适用", "n/a")
    case .pending: return Words("待补", "pending")
    default: return Words("缺报", "missing")
    }
  }
}
