import Foundation
import Governance
import Testing

@Suite struct ReportTests {
  static let ranking = Report(
    Words("社区考评 2026-04", "Assessment 2026-04"),
    [
      .table(
        Table(
          Words("老旧小区", "Old estates"),
          [
            .text("社区", "Community"), .number("得分", "Score"), .number("变化", "Change"),
            .text("首要原因", "Top reason"),
          ],
          [
            [
              .text(Words("十字街社区", "Shizijie")), .decimal(Decimal(units: 8910, places: 2)),
              .change(Decimal(units: 30, places: 2)), "=1+2",
            ],
            ["B|7 <b>", .number(7), .change(Decimal(units: -120, places: 2))],
          ])),
      .footnote(Words("名次只在同类社区内比较", "ranks compare like with like")),
    ])

  @Test func `A table aligns Chinese by display width`() {
    #expect(
      Self.ranking.text(in: .chinese) == """
        社区考评 2026-04

        老旧小区
        社区         得分   变化  首要原因
        ----------  -----  -----  --------
        十字街社区  89.10  +0.30  =1+2
        B|7 <b>         7  -1.20

        注：名次只在同类社区内比较

        """)
  }

  @Test func `A long cell wraps inside its column, and no line ends in blanks`() {
    let words = Words(
      verbatim: "响应率 59/64 低于满分线 95%，其中三件危险事项超过 24 小时，另有两件申请延期（一次）")
    let table = Table(
      nil, [.text("社区", "Community"), .number("得分", "Score"), .text("原因", "Reason")],
      [["十字街社区", .decimal(Decimal(units: 8910, places: 2)), .text(words)]])
    let lines = Report(nil, [.table(table)]).text(in: .chinese, width: 50)
      .split(separator: "\n").map(String.init)
    #expect(lines.count > 3)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 50 && $0.last != " " })
    #expect(DisplayWidth.of(lines[1]) == 50)
    #expect(
      lines.allSatisfy {
        $0.contains("十字街社区") || $0.hasPrefix(" ") || $0.hasPrefix("社") || $0.hasPrefix("-")
      })
  }

  @Test func `Codes stay whole while there are other columns to wrap`() {
    let table = Table(
      nil, [.text("编号", "Code"), .text("说明", "Note"), .number("分", "Points")],
      [["sll-02-2026-0413", "公共设施损坏，已派单给物业处理", .number(12)]])
    #expect(
      Report(nil, [.table(table)]).text(in: .chinese, width: 36) == """
        编号              说明            分
        ----------------  --------------  --
        sll-02-2026-0413  公共设施损坏，  12
                          已派单给物业处
                          理

        """)
  }

  @Test func `A tree is indented, its values stand under each other`() {
    let tree: [Report.TreeLine] = [
      .init(0, Words("总分", "total"), .decimal(Decimal(units: 8915, places: 2))),
      .init(
        1, Words("闭环办理", "closed loop"), .decimal(Decimal(units: 8976, places: 2)),
        note: Words("权重 30", "weight 30")),
      .init(2, Words("响应率", "response"), .number(5)),
    ]
    #expect(
      Report(nil, [.tree(tree)]).text(in: .chinese) == """
        总分        89.15
          闭环办理  89.76  权重 30
            响应率      5

        """)
  }

  @Test func `Bars are in proportion`() {
    let bars = Report.Bars(
      nil,
      [
        .init(Words("甲", "A"), Decimal(units: 100, places: 0)),
        .init(Words("乙社", "B"), Decimal(units: 505, places: 1)),
        .init(Words("丙", "C"), Decimal(units: -1, places: 0)),
      ])
    // 4 columns of label, 4 of value, 2 spaces after each: 19 are left for a full bar.
    #expect(
      Report(nil, [.bars(bars)]).text(in: .chinese, width: 31) == """
        甲     100  ███████████████████
        乙社  50.5  █████████
        丙      -1

        """)
  }

  @Test func `Text from data cannot drive the terminal`() {
    let report = Report(
      Words(verbatim: "a\u{1B}[2J"),
      [
        .table(Table(nil, [.text("甲", "A")], [["x\u{202E}\ny"]])), .verbatim("b\u{7}\nc\n"),
        .paragraph(Words(verbatim: "p\u{9B}1")),
      ])
    for format in [ReportFormat.text, .csv, .markdown, .html, .json] {
      let drawn = report.rendered(as: format, in: .chinese)
      #expect(
        !drawn.unicodeScalars.contains {
          $0 != "\n" && $0 != "\r" && $0.properties.generalCategory == .control || $0 == "\u{202E}"
        }, "\(format)")
    }
    #expect(report.text(in: .chinese).contains("x\\u{202E}\\ny"))
  }

  // RFC 4180; formulas are made harmless, numbers by type keep their sign.
  @Test func `CSV quotes what it must and runs nothing`() {
    #expect(
      Self.ranking.csv(in: .chinese)
        == "社区,得分,变化,首要原因\r\n十字街社区,89.10,+0.30,'=1+2\r\nB|7 <b>,7,-1.20,\r\n")
    #expect(CSV.field("a,b") == "\"a,b\"")
    #expect(CSV.field("说“好”\"\n") == "\"说“好”\"\"\n\"")
    #expect(CSV.field(" a") == "\" a\"")
    #expect(CSV.field("@SUM(A1)") == "'@SUM(A1)")
    #expect(CSV.field("-2+3") == "'-2+3")
    #expect(CSV.field("\t=1") == "'\t=1")
  }

  @Test func `CSV disarms what begins with a line feed, leaves a lone dash and every number`() {
    #expect(CSV.field("\n=1+1") == "\"'\n=1+1\"")
    #expect(CSV.field("-") == "-")
    let table = Table(
      nil, [.text("值", "Value"), .text("文字", "Text")],
      [
        [.binary(-0.02), "=1+1"], [.number(-5), "-1+1"],
        [.change(Decimal(units: -10, places: 2)), "+8"],
      ])
    #expect(
      Report(nil, [.table(table)]).csv(in: .chinese)
        == "值,文字\r\n-0.02,'=1+1\r\n-5,'-1+1\r\n-0.10,'+8\r\n")
  }

  @Test func `Tables of the same headings become one CSV table`() {
    let columns: [Table.Column] = [.text("社区", "Community")]
    let report = Report(
      nil,
      [
        .table(Table(Words("老旧", "old"), columns, [["甲"]])),
        .table(Table(Words("商品房", "new"), columns, [["乙"]])),
      ])
    #expect(report.csv(in: .chinese) == "分组,社区\r\n老旧,甲\r\n商品房,乙\r\n")
  }

  @Test func `HTML is escaped and fetches nothing`() {
    let page = Self.ranking.html(in: .chinese)
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh-CN\">"))
    #expect(page.contains("<td>B|7 &lt;b&gt;</td><td class=\"number\">7</td>"))
    #expect(page.contains("<caption>老旧小区</caption>"))
    #expect(page.contains("name=\"viewport\""))
    #expect(!page.contains("http") && !page.contains("<script") && !page.contains("src="))
    #expect(Self.ranking.html(in: .english).contains("<html lang=\"en\">"))
  }

  @Test func `Markdown means what it says`() {
    #expect(
      Self.ranking.markdown(in: .english) == """
        # Assessment 2026-04

        **Old estates**

        | Community | Score | Change | Top reason |
        | --- | ---: | ---: | --- |
        | Shizijie | 89.10 | +0.30 | =1+2 |
        | B\\|7 \\<b\\> | 7 | -1.20 |  |

        *ranks compare like with like*

        """)
    let code = Report(nil, [.verbatim("```\nx")]).markdown(in: .english)
    #expect(code == "````\n```\nx\n````\n")
  }

  @Test func `An answer gives its data as JSON and its report as anything else`() throws {
    let answer = Answer("assess", Self.ranking, data: ["formula": "community-assessment"])
    let json = try JSONValue(parsing: answer.rendered(as: .json, in: .chinese))
    #expect(json == .envelope("assess", ["formula": "community-assessment"]))
    #expect(answer.rendered(as: .csv, in: .chinese) == Self.ranking.csv(in: .chinese))
  }

  @Test func `A report without data of its own is data too`() throws {
    let json = try JSONValue(parsing: Self.ranking.rendered(as: .json, in: .chinese))
    let table = try #require(json["data"]?["blocks"]?.elements?.first?["table"])
    #expect(table["rows"]?.elements?.first?.elements?.dropFirst().first == "89.10")
    #expect(table["rows"]?.elements?.last?.elements?.last == .null)
  }

  @Test func `Codes are never broken: columns that may give way are left out from the last on`() {
    let code = "sll-02-VP-2026-0001"
    let optional = ["一", "二", "三"].map { Table.Column(Words($0, $0), mayGiveWay: true) }
    let table = Table(
      nil, [.text("编号", "Code"), .text("内容", "Subject")] + optional,
      [[.verbatim(code), "楼道清扫与堆物"] + (1...3).map { _ in .verbatim(code) }])
    let report = Report(nil, [.table(table)])
    for width in [40, 60, 80, 100] {
      let lines = report.text(in: .chinese, width: width).split(separator: "\n")
      #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= width }, "\(lines)")
      let shown = lines.joined(separator: " ").components(separatedBy: code).count - 1
      #expect(shown == min(4, (width - 8 + 2) / 21), "\(width): \(lines)")
    }
    // Where nothing may give way the line is too long rather than a code broken.
    let whole = Table(
      nil, Array(repeating: .text("编号", "Code"), count: 3),
      [
        Array(repeating: .verbatim(code), count: 3)
      ])
    #expect(
      Report(nil, [.table(whole)]).text(in: .chinese, width: 40).components(separatedBy: code).count
        == 4)
  }

  @Test func `An assignment splits at its first equals sign`() {
    #expect(Assignment("a=b=c") == Assignment(name: "a", value: "b=c"))
    #expect(Assignment("a=") == Assignment(name: "a", value: ""))
    #expect(Assignment("=b") == nil)
    #expect(Assignment("a") == nil)
  }
}
