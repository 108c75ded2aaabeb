extension Report {
  /// The report as GitHub-flavoured Markdown.
  public func markdown(in language: Language) -> String {
    let renderer = MarkdownRenderer(language: language)
    let head = title.map { ["# " + renderer.inline($0)] } ?? []
    return (head + blocks.map(renderer.markdown)).joined(separator: "\n\n") + "\n"
  }
}

/// Draws blocks as Markdown.
private struct MarkdownRenderer {
  let language: Language

  func markdown(_ block: Report.Block) -> String {
    switch block {
    case .section(let words): "## " + inline(words)
    case .paragraph(let words): inline(words)
    case .table(let table): markdown(table)
    case .tree(let lines): lines.map(markdown).joined(separator: "\n")
    case .bars(let bars): markdown(bars)
    case .footnote(let words): "*\(inline(words))*"
    case .verbatim(let text): fenced(text)
    }
  }

  private func markdown(_ table: Table) -> String {
    let caption = table.caption.map { ["**\(inline($0))**", ""] } ?? []
    let head = line(table.columns.map { inline($0.heading) })
    let rule = line(
      table.columns.map { column in
        switch column.alignment {
        case .leading: "---"
        case .trailing: "---:"
        case .center: ":---:"
        }
      })
    let rows = table.rows.map { row in
      line(table.columns.indices.map { inline(table.cell(row, $0)) })
    }
    return (caption + [head, rule] + rows).joined(separator: "\n")
  }

  private func markdown(_ line: Report.TreeLine) -> String {
    let value = inline(line.value)
    let note =
      line.note.map { language == .chinese ? "（\(inline($0))）" : " (\(inline($0)))" } ?? ""
    return String(repeating: "  ", count: line.depth) + "- " + inline(line.label)
      + (value.isEmpty ? "" : " **\(value)**") + note
  }

  private func markdown(_ bars: Report.Bars) -> String {
    markdown(
      Table(
        bars.title, [.text("项目", "Item"), .number("值", "Value")],
        bars.items.map { [.text($0.label), .decimal($0.value)] }))
  }

  /// A fence longer than any inside.
  private func fenced(_ text: String) -> String {
    let longest = text.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let shown = text.escapedForTerminal(keepingLines: true)
    return fence + "\n" + shown + (shown.hasSuffix("\n") ? "" : "\n") + fence
  }

  private func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  private func inline(_ cell: Cell) -> String {
    cell.isNumeric ? cell.text(in: language) : inline(Words(verbatim: cell.text(in: language)))
  }

  /// Text that means itself: nothing in it is markup, and it stays on one line.
  func inline(_ words: Words) -> String {
    var escaped = ""
    for character in words.text(in: language).escapedForTerminal(keepingLines: true) {
      switch character {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "#", "~": escaped += "\\\(character)"
      case "&": escaped += "&amp;"
      case "\n", "\t": escaped += " "
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
