/// Rankings and single results as reports.
extension Standings.Row {
  /// Why a unit has the score it has: one screen at depth 1, more below.
  public func report(depth: Int = 1) -> Report {
    let total = assessment.explanation
    let title = Words(
      "\(contestant.name.chinese)（\(unit)） \(total.label.chinese) \(assessment.period.label.chinese)",
      "\(contestant.name.english) (\(unit)), \(total.label.english), "
        + assessment.period.label.english)
    var blocks: [Report.Block] = [.paragraph(headline), .tree(total.lines(depth: depth))]
    if !assessment.vetoes.isEmpty {
      blocks.append(.tree(assessment.vetoes.flatMap { $0.lines(depth: depth) }))
    }
    blocks += notes.map(Report.Block.footnote)
    blocks.append(.footnote(assessment.completeness.summary))
    return Report(title, blocks)
  }

  /// `89.15分，良好，本类型第1名（共3个），比上期+0.72；办结率 58/64，失2.50分`.
  public var headline: Words {
    guard let score else {
      return assessment.status.note ?? Words("没有得分", "no score")
    }
    var parts = [Words("\(score)分", "\(score) points")]
    if let band { parts.append(band.title) }
    if let rank {
      parts.append(Words("第\(rank)名（共\(groupSize)个）", "number \(rank) of \(groupSize)"))
    }
    if let change {
      let sign = change.units > 0 ? "+" : ""
      parts.append(Words("比上期\(sign)\(change)", "\(sign)\(change) since the last period"))
    }
    if let topReason {
      parts.append(
        Words("主要原因：\(topReason.words.chinese)", "mainly \(topReason.words.english)"))
    }
    if assessment.isProvisional { parts.append(Words("期间未结束，暂计", "provisional")) }
    return Words(
      parts.map(\.chinese).joined(separator: "，"), parts.map(\.english).joined(separator: ", "))
  }

  /// Cells under `Standings.columns`.
  public var cells: [Cell] {
    [
      rank.map { Cell.number($0) } ?? .empty, .text(contestant.name),
      band.map { .text($0.title) } ?? .empty,
      score.map { .decimal($0) } ?? .text(Words("未评", "none")),
      change.map { .change($0) } ?? .empty, topReason.map { .text($0.words) } ?? .empty,
    ]
  }
}

extension Standings {
  public static let columns: [Table.Column] = [
    .number("名次", "Rank"), .text("社区", "Community"), .text("等级", "Grade"),
    .number("得分", "Score"), .number("较上期", "Change"), .text("主要原因", "Top reason"),
  ]

  /// One table for each group, then the notes.
  ///
  /// - Parameter typeTitle: what a type is called.
  public func report(_ title: Words, typeTitle: (String?) -> Words?) -> Report {
    var types: [String?] = []
    for row in rows where !types.contains(row.contestant.type) { types.append(row.contestant.type) }
    let tables = types.map { type in
      Report.Block.table(
        Table(
          typeTitle(type), Self.columns,
          rows.filter { $0.contestant.type == type }.map(\.cells)))
    }
    let remarks = rows.flatMap { row in
      row.notes.map { note in
        Words(
          "\(row.contestant.name.chinese)：\(note.chinese)",
          "\(row.contestant.name.english): \(note.english)")
      }
    }
    return Report(title, tables + (notes + remarks).map(Report.Block.footnote))
  }
}

extension WhatIf {
  /// Old, new, difference, change of rank for every unit.
  public func report(_ title: Words) -> Report {
    let columns: [Table.Column] = [
      .text("社区", "Community"), .number("现得分", "Now"), .number("变动后", "Then"),
      .number("相差", "Difference"), .text("等级", "Grade"), .number("名次", "Rank"),
      .text("名次变化", "Change of rank"),
    ]
    let footnotes = notes + [Words("只是试算，没有保存任何内容", "a trial only, nothing was stored")]
    return Report(
      title,
      [.table(Table(nil, columns, rows.map(\.cells)))]
        + footnotes.map(Report.Block.footnote))
  }
}

extension WhatIf.Row {
  fileprivate var cells: [Cell] {
    [
      .text(name), old.map { .decimal($0) } ?? .empty, new.map { .decimal($0) } ?? .empty,
      difference.map { .change($0) } ?? .empty, .text(bands),
      .verbatim(oldRank == newRank ? text(newRank) : "\(text(oldRank))→\(text(newRank))"),
      .text(movement),
    ]
  }

  private func text(_ rank: Int?) -> String {
    rank.map { String($0) } ?? "—"
  }

  private var bands: Words {
    let old = oldBand?.title ?? Words(verbatim: "—")
    let new = newBand?.title ?? Words(verbatim: "—")
    // A grade whose edges moved is still the same grade.
    if oldBand?.id == newBand?.id { return new }
    return Words("\(old.chinese)→\(new.chinese)", "\(old.english) → \(new.english)")
  }

  private var movement: Words {
    switch climbed {
    case nil, 0: Words("", "")
    case let places? where places > 0: Words("升\(places)位", "up \(places)")
    case let places?: Words("降\(-places)位", "down \(-places)")
    }
  }
}
