extension SettingWhy {
  /// What `gongyue why` shows: the answer, every definition with its fate, the declaration.
  public var report: Report {
    let heading = Words(
      "\(answer.chinese)    \(subject.chinese)", "\(answer.english)    \(subject.english)")
    var blocks: [Report.Block] = []
    if !rows.isEmpty { blocks.append(.table(table)) }
    blocks.append(.paragraph(declaration))
    return Report(heading, blocks + warnings.map(Report.Block.footnote))
  }

  private var table: Table {
    let columns: [Table.Column] = [
      .text("层级", "Layer"), .text("来源", "Source"), .text("定义", "Definition"),
      .text("生效", "In force"), .text("说明", "Remark"),
    ]
    let cells = rows.map { row -> [Cell] in
      let mark = row.isWinner ? "✔" : "✗"
      return [
        .text(Words("\(mark) \(row.layer.chinese)", "\(mark) \(row.layer.english)")),
        .text(row.source), .text(row.statement), .text(row.validity), .text(row.remark),
      ]
    }
    return Table(nil, columns, cells)
  }
}
