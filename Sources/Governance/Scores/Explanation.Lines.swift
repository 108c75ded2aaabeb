/// The tree for people: what counts first, arithmetic between only where it changes something.
extension Explanation {
  /// Lines of an explanation, opened `depth` levels below the total.
  ///
  /// One level is blocks, deductions and bonus; two adds indicators; three adds what was counted
  /// and the settings; four adds the codes of records.
  public func lines(depth: Int) -> [Report.TreeLine] {
    lines(at: 0, depth: depth, weight: nil)
  }

  /// The same lines as texts, two blanks for each level, without the columns of a page:
  /// `  解决率 85.71 58/64 = 90.63%；权重35，计30分`.
  public func texts(depth: Int, in language: Language) -> [String] {
    lines(depth: depth).map { line in
      let parts = [
        line.label.text(in: language), line.value.text(in: language),
        line.note?.text(in: language) ?? "",
      ]
      return String(repeating: "  ", count: line.depth)
        + parts.filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  private func lines(at level: Int, depth: Int, weight: Share?) -> [Report.TreeLine] {
    guard isShown else { return below(level, depth, weight) }
    let line = Report.TreeLine(
      level, label, .text(value.words(asScore: role != .input)),
      note: Words.joined(remarks(weight)))
    guard level < depth else { return [line] }
    return [line] + settingLines(level + 1, depth) + codeLines(level + 1, depth)
      + below(level + 1, depth, nil)
  }

  /// The children, those of a weighted mean with their weights.
  private func below(_ level: Int, _ depth: Int, _ weight: Share?) -> [Report.TreeLine] {
    guard level <= depth else { return [] }
    guard case .weightedMean(let mix) = operation else {
      return children.flatMap { $0.lines(at: level, depth: depth, weight: weight) }
    }
    let shares = mix.shares(of: children.map(\.value))
    return children.indices.flatMap { index in
      children[index].lines(
        at: level, depth: depth, weight: Share(declared: mix.weights[index], actual: shares[index]))
    }
  }

  /// A part's weight as declared and as it is after others dropped out.
  private struct Share {
    let declared: Rational
    let actual: Rational
  }

  /// Steps are shown where they change the value, except for what the line above says already.
  private var isShown: Bool {
    guard role == .step else { return true }
    switch operation {
    case .clamped, .otherwise: return children.first?.value != value
    default: return false
    }
  }

  private func remarks(_ weight: Share?) -> [Words] {
    var remarks: [Words] = []
    if role == .total, let before = children.first?.value.number, let rounding = notes.first {
      let text = (try? before.rounded(places: 4, .halfAway))?.description ?? before.shown
      remarks.append(
        Words("\(text) \(rounding.chinese)", "\(text) \(rounding.english)"))
      remarks += notes.dropFirst()
    } else {
      if let reason = value.reason { remarks.append(reason) }
      if let rate { remarks.append(rate) }
      if let weight { remarks.append(words(of: weight)) }
      remarks += notes
    }
    remarks += records.map(\.summary)
    return remarks
  }

  private func words(of share: Share) -> Words {
    let declared = share.declared.shown
    guard let number = value.number else {
      return Words("权重\(declared)，由其余部分分担", "weight \(declared), shared by the others")
    }
    let actual = share.actual * 100
    let points = (share.actual * number).shownAsScore
    let moved =
      actual == share.declared ? Words("", "") : Words("→\(actual.shown)", " → \(actual.shown)")
    return Words(
      "权重\(declared)\(moved.chinese)，计\(points)分",
      "weight \(declared)\(moved.english), \(points) points")
  }

  /// `58/64 = 90.63%` where this is scored from a rate.
  private var rate: Words? {
    guard role == .indicator, let rate = first(where: { $0.isRatio }), let evidence = rate.evidence,
      let number = rate.value.number
    else { return nil }
    let shown = "\(evidence) = \(number.shown)"
    return Words(shown + (rate.measure?.chinese ?? ""), shown + (rate.measure?.english ?? ""))
  }

  private var isRatio: Bool {
    if case .ratio = operation { true } else { false }
  }

  private func first(where matches: (Explanation) -> Bool) -> Explanation? {
    if matches(self) { return self }
    for child in children {
      if let found = child.first(where: matches) { return found }
    }
    return nil
  }

  private func settingLines(_ level: Int, _ depth: Int) -> [Report.TreeLine] {
    guard depth >= 3, level <= depth else { return [] }
    return settings.map { use in
      Report.TreeLine(
        level, Words("设置：\(use.label.chinese)", "setting: \(use.label.english)"), .empty,
        note: Words(
          "\(use.key) = \(use.value.chinese)（\(use.layer.chinese)）",
          "\(use.key) = \(use.value.english) (\(use.layer.english))"))
    }
  }

  private func codeLines(_ level: Int, _ depth: Int) -> [Report.TreeLine] {
    guard depth >= 4, level <= depth else { return [] }
    return records.filter { !$0.codes.isEmpty }.map { found in
      let rest = found.count - Int64(found.codes.count)
      let more = rest > 0 ? Words("等，另有\(rest)件", " and \(rest) more") : Words("", "")
      return Report.TreeLine(
        level, Words("编号", "codes"), .empty,
        note: Words(
          found.codes.joined(separator: "、") + more.chinese,
          found.codes.joined(separator: ", ") + more.english))
    }
  }
}

extension Contribution {
  /// `已受理的事项 58件（摘要 3f2a91c0）`.
  public var summary: Words {
    let short = digest.prefix(8)
    return Words(
      "\(query.chinese)：\(count)件，摘要\(short)",
      "\(query.english): \(count) \(count == 1 ? "record" : "records"), digest \(short)")
  }
}

extension Words {
  /// One sentence of several; nil for none.
  static func joined(_ parts: [Words]) -> Words? {
    guard !parts.isEmpty else { return nil }
    return Words(
      parts.map(\.chinese).joined(separator: "；"), parts.map(\.english).joined(separator: "; "))
  }
}
