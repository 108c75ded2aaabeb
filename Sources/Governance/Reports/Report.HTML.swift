extension Report {
  /// The report as one page without scripts or anything to fetch: readable on an
  /// old phone, and on paper.
  public func html(in language: Language) -> String {
    let renderer = HTMLRenderer(language: language)
    let title = title.map(renderer.escaped) ?? (language == .chinese ? "公约" : "Gongyue")
    let heading = self.title == nil ? "" : "<h1>\(title)</h1>\n"
    let tag = language == .chinese ? "zh-CN" : "en"
    return """
      <!DOCTYPE html>
      <html lang="\(tag)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>
      \(HTMLRenderer.style)
      </style>
      </head>
      <body>
      \(heading)\(blocks.map(renderer.html).joined(separator: "\n"))
      </body>
      </html>

      """
  }
}

/// Draws blocks as elements.
private struct HTMLRenderer {
  let language: Language

  static let style = """
    body{font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;\
    line-height:1.6;color:#222;max-width:60em;margin:0 auto;padding:1em}
    h1{font-size:1.4em}h2{font-size:1.15em}
    .wide{overflow-x:auto}
    table{border-collapse:collapse;margin:.5em 0 1em}
    caption{text-align:left;font-weight:bold;padding:.3em 0}
    th,td{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}
    th{background:#f2f2f2}
    .number{text-align:right;white-space:nowrap}.center{text-align:center}
    .tree td{border-width:0 0 1px}
    .bar{background:#3a7;height:.9em}
    .note{font-size:.85em;color:#555}
    pre{white-space:pre-wrap}
    @media print{body{max-width:none;padding:0;font-size:10.5pt}.wide{overflow:visible}\
    tr{page-break-inside:avoid}thead{display:table-header-group}\
    .bar{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
    """

  func html(_ block: Report.Block) -> String {
    switch block {
    case .section(let words): "<h2>\(escaped(words))</h2>"
    case .paragraph(let words): "<p>\(broken(words))</p>"
    case .table(let table): html(table)
    case .tree(let lines): html(lines)
    case .bars(let bars): html(bars)
    case .footnote(let words): "<p class=\"note\">\(broken(words))</p>"
    case .verbatim(let text): "<pre>\(text.escapedForHTML)</pre>"
    }
  }

  private func html(_ table: Table) -> String {
    let caption = table.caption.map { "<caption>\(escaped($0))</caption>\n" } ?? ""
    let head = table.columns.map { "<th\(style($0.alignment))>\(escaped($0.heading))</th>" }
    let rows = table.rows.map { row in
      let cells = table.columns.indices.map { column in
        let text = table.cell(row, column).text(in: language).escapedForHTML
        return "<td\(style(table.columns[column].alignment))>\(text)</td>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    return "<div class=\"wide\"><table>\n\(caption)<thead><tr>\(head.joined())</tr></thead>\n"
      + "<tbody>\n\(rows.joined())</tbody>\n</table></div>"
  }

  private func html(_ lines: [Report.TreeLine]) -> String {
    let rows = lines.map { line in
      let indent = line.depth == 0 ? "" : " style=\"padding-left:\(line.depth * 3 / 2 + 1)em\""
      return "<tr><td\(indent)>\(escaped(line.label))</td>"
        + "<td class=\"number\">\(line.value.text(in: language).escapedForHTML)</td>"
        + "<td>\(line.note.map(escaped) ?? "")</td></tr>\n"
    }
    return
      "<div class=\"wide\"><table class=\"tree\"><tbody>\n\(rows.joined())</tbody></table></div>"
  }

  private func html(_ bars: Report.Bars) -> String {
    let caption = bars.title.map { "<caption>\(escaped($0))</caption>\n" } ?? ""
    let rows = bars.items.map { bar in
      let length = bars.length(of: bar, room: 100)
      return "<tr><td>\(escaped(bar.label))</td><td class=\"number\">\(bar.value)</td>"
        + "<td style=\"width:60%\"><div class=\"bar\" style=\"width:\(length)%\"></div></td></tr>\n"
    }
    return "<table class=\"tree\">\n\(caption)<tbody>\n\(rows.joined())</tbody></table>"
  }

  private func style(_ alignment: Alignment) -> String {
    switch alignment {
    case .leading: ""
    case .trailing: " class=\"number\""
    case .center: " class=\"center\""
    }
  }

  func escaped(_ words: Words) -> String {
    words.text(in: language).escapedForHTML
  }

  /// Escaped, with the text's own lines kept.
  private func broken(_ words: Words) -> String {
    escaped(words).split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "<br>\n")
  }
}

extension StringProtocol {
  /// Safe as text and inside a quoted attribute; what a reader would obey is shown.
  public var escapedForHTML: String {
    var escaped = ""
    for character in escapedForTerminal(keepingLines: true) {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
