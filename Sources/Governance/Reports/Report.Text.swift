extension Report {
  /// The report for a terminal: at most `width` columns where the words allow it,
  /// Chinese aligned by display width, control characters shown escaped.
  public func text(in language: Language, width: Int = 80) -> String {
    let renderer = TextRenderer(language: language, width: max(20, width))
    var parts: [(block: Block, lines: [String])] = []
    if let title { parts.append((.paragraph(title), renderer.wrap(title))) }
    parts += blocks.map { ($0, renderer.lines(of: $0)) }
    var lines: [String] = []
    for (index, part) in parts.enumerated() where !part.lines.isEmpty {
      if index > 0, !part.block.clings(to: parts[index - 1].block) { lines.append("") }
      lines += part.lines
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension Report.Block {
  /// Whether no empty line belongs between it and the block before.
  fileprivate func clings(to before: Report.Block) -> Bool {
    switch (before, self) {
    case (.footnote, .footnote), (.verbatim, .verbatim), (.section, .paragraph): true
    default: false
    }
  }
}

/// Draws blocks as lines of text.
private struct TextRenderer {
  let language: Language
  let width: Int

  func wrap(_ words: Words) -> [String] {
    words.text(in: language).escapedForTerminal(keepingLines: true).wrapped(to: width)
  }

  func lines(of block: Report.Block) -> [String] {
    switch block {
    case .section(let words): wrap(words)
    case .paragraph(let words): wrap(words)
    case .table(let table): (table.caption.map(wrap) ?? []) + lines(of: table)
    case .tree(let tree): lines(of: tree)
    case .bars(let bars): lines(of: bars)
    case .footnote(let words): footnote(words)
    case .verbatim(let text): verbatim(text)
    }
  }

  private func footnote(_ words: Words) -> [String] {
    let prefix = language == .chinese ? "注：" : "Note: "
    let indent = DisplayWidth.of(prefix)
    let lines = words.text(in: language).escapedForTerminal(keepingLines: true)
      .wrapped(to: width - indent)
    return lines.enumerated().map { index, line in
      (index == 0 ? prefix : String(repeating: " ", count: indent)) + line
    }
  }

  private func verbatim(_ text: String) -> [String] {
    var lines = text.escapedForTerminal(keepingLines: true)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private func lines(of table: Table) -> [String] {
    var columns = Array(table.columns.indices)
    let all = table.rows.map { row in
      columns.map { shown(table.cell(row, $0).text(in: language)) }
    }
    func drawn() -> TextGrid {
      let headings = columns.map { shown(table.columns[$0].heading.text(in: language)) }
      return TextGrid(
        alignments: columns.map { table.columns[$0].alignment },
        rows: [headings] + all.map { row in columns.map { row[$0] } })
    }
    var grid = drawn()
    while grid.leastWidth > width,
      let last = columns.lastIndex(where: { table.columns[$0].mayGiveWay })
    {
      columns.remove(at: last)
      grid = drawn()
    }
    let left = table.columns.indices.filter { !columns.contains($0) }
    let (headings, rows) = (grid.rows[0], grid.rows.dropFirst())
    let widths = grid.widths(fitting: width)
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    let head = grid.lines(of: headings, widths)
    return (head + [rule] + rows.flatMap { grid.lines(of: $0, widths) }).map(trimmed)
      + note(onLeft: left.map { table.columns[$0].heading })
  }

  /// Columns that gave way are named: nothing is left out without a word.
  private func note(onLeft headings: [Words]) -> [String] {
    guard !headings.isEmpty else { return [] }
    return footnote(
      Words(
        "这一行放不下：\(headings.map(\.chinese).joined(separator: "、"))；存成文件（--output 文件.csv）都有",
        "too wide for this line: \(headings.map(\.english).joined(separator: ", ")); "
          + "a file has them (--output FILE.csv)"))
  }

  private func lines(of tree: [Report.TreeLine]) -> [String] {
    let rows = tree.map { line in
      [
        String(repeating: "  ", count: line.depth) + shown(line.label.text(in: language)),
        shown(line.value.text(in: language)), shown(line.note?.text(in: language) ?? ""),
      ]
    }
    let kept = (0..<3).filter { column in
      column == 0 || rows.contains { !$0[column].isEmpty }
    }
    let aligned: [Alignment] = [.leading, .trailing, .leading]
    let slim = rows.map { row in kept.map { row[$0] } }
    let grid = TextGrid(alignments: kept.map { aligned[$0] }, rows: slim)
    let widths = grid.widths(fitting: width)
    return slim.flatMap { grid.lines(of: $0, widths) }.map(trimmed)
  }

  private func lines(of bars: Report.Bars) -> [String] {
    let labels = bars.items.map { shown($0.label.text(in: language)) }
    let values = bars.items.map { "\($0.value)" }
    let label = labels.map { DisplayWidth.of($0) }.max() ?? 0
    let value = values.map { DisplayWidth.of($0) }.max() ?? 0
    // However wide the line, nobody compares bars longer than this.
    let room = max(10, min(width, 80) - label - value - 4)
    let drawn = bars.items.indices.map { index in
      let length = bars.length(of: bars.items[index], room: room)
      return trimmed(
        labels[index].padded(to: label) + "  " + values[index].padded(to: value, .trailing) + "  "
          + String(repeating: "█", count: length))
    }
    return (bars.title.map(wrap) ?? []) + drawn
  }

  private func shown(_ text: String) -> String { text.escapedForTerminal() }

  private func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return String(line)
  }
}

extension Report.Bars {
  /// How many of `room` units a bar takes, rounded down.
  func length(of bar: Report.Bar, room: Int) -> Int {
    func size(_ decimal: Decimal) -> Double {
      Double(decimal.units) / (0..<decimal.places).reduce(1) { power, _ in power * 10 }
    }
    let full = most.map(size) ?? items.map { size($0.value) }.max() ?? 0
    guard full > 0 else { return 0 }
    // Half a millionth of a unit makes good what binary division loses.
    return max(0, min(room, Int(size(bar.value) / full * Double(room) + 5e-7)))
  }
}
