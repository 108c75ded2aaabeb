/// Cells in columns two spaces apart, wrapped where the line is too narrow.
struct TextGrid {
  let alignments: [Alignment]
  let rows: [[String]]

  /// The narrowest a column of wrapped text may get.
  private static let narrowest = 6

  /// The width of each column, so that a line fits `total` if that is possible.
  ///
  /// The widest column of text gives way first, as far as its words allow; only when
  /// that is not enough are words broken too, but never a code: rather is the line too
  /// long. Numbers are never wrapped.
  func widths(fitting total: Int) -> [Int] {
    let codes = alignments.indices.map { column in rows.map { $0[column].widestCode }.max() ?? 0 }
    // No column is wider than a line: each of its cells is filled up to its width.
    var widths = alignments.indices.map { column in
      min(rows.map { DisplayWidth.of($0[column]) }.max() ?? 0, max(total, codes[column]))
    }
    var excess = widths.reduce(0, +) + 2 * max(0, widths.count - 1) - total
    guard excess > 0 else { return widths }
    let text = widths.indices.filter { alignments[$0] == .leading }
    let words = widths.indices.map { column in
      rows.map { $0[column].widestWord }.max() ?? 0
    }
    for least in [words, codes] {
      while excess > 0 {
        let shrinkable = text.filter { widths[$0] > max(least[$0], Self.narrowest) }
        guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
        excess -= 1
      }
    }
    return widths
  }

  /// Longer words may be broken before a column is given up for them.
  private static let widestKeptWord = 12

  /// The narrowest the columns together can be without breaking a code or a short word.
  var leastWidth: Int {
    let columns = alignments.indices.map { column in
      let cells = rows.map { $0[column] }
      let whole = cells.map { DisplayWidth.of($0) }.max() ?? 0
      guard alignments[column] == .leading else { return whole }
      let words = cells.map(\.widestWord).filter { $0 <= Self.widestKeptWord }
      return min(
        whole, max(Self.narrowest, cells.map(\.widestCode).max() ?? 0, words.max() ?? 0))
    }
    return columns.reduce(0, +) + 2 * max(0, columns.count - 1)
  }

  /// The lines that one row takes, each as wide as all columns together.
  func lines(of row: [String], _ widths: [Int]) -> [String] {
    let cells = row.indices.map { cell(row[$0], width: widths[$0]) }
    let height = cells.map(\.count).max() ?? 1
    return (0..<height).map { line in
      cells.indices.map { column in
        let text = line < cells[column].count ? cells[column][line] : ""
        return text.padded(to: widths[column], alignments[column])
      }.joined(separator: "  ")
    }
  }

  /// Continuation lines keep the indentation of the first.
  private func cell(_ text: String, width: Int) -> [String] {
    guard DisplayWidth.of(text) > width else { return [text] }
    let indent = String(text.prefix { $0 == " " })
    guard indent.count + Self.narrowest <= width else { return text.wrapped(to: width) }
    return String(text.dropFirst(indent.count)).wrapped(to: width - indent.count)
      .map { indent + $0 }
  }
}
