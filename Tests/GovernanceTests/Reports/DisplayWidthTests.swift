import Governance
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("公约", 4), ("公约 abc", 8), ("（注）", 6), ("，。", 4), ("“引”", 4),
    ("é", 1), ("e\u{301}", 1), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("ｶﾞ", 2), ("Ａ", 2),
    ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("🇨🇳", 2), ("✔", 1), ("✔️", 2), ("→", 1), ("𠮷", 2),
    ("a\u{200B}b", 2), ("\u{1B}[31m", 4), ("〇", 2), ("①", 1), ("⺀", 2),
  ])
  func `A string is as wide as a terminal draws it`(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test func `Padding fills to the column, whatever the script`() {
    #expect("公约".padded(to: 6) == "公约  ")
    #expect("公约".padded(to: 6, .trailing) == "  公约")
    #expect("公约".padded(to: 7, .center) == " 公约  ")
    #expect("公约公约".padded(to: 6) == "公约公约")
  }

  @Test(arguments: [
    ("十字街社区", 10, "十字街社区"), ("十字街社区", 9, "十字街社…"), ("十字街社区", 8, "十字街…"),
    ("abc", 2, "a…"), ("abc", 0, ""),
  ])
  func `Truncating never exceeds the columns`(text: String, columns: Int, cut: String) {
    #expect(text.truncated(to: columns) == cut)
    #expect(DisplayWidth.of(text.truncated(to: columns)) <= columns)
  }

  @Test(arguments: [
    // Breaks between Chinese characters, never before closing punctuation.
    ("公示期为七个工作日，不得缩短。", 10, ["公示期为七", "个工作日，", "不得缩短。"]),
    // Never after opening punctuation, even if that leaves a line short.
    ("按照他《方案》", 8, ["按照他", "《方案》"]),
    ("按照《实施方案》办理", 8, ["按照《实", "施方案》", "办理"]),
    ("one two three", 7, ["one two", "three"]),
    ("第一行\n第二行", 20, ["第一行", "第二行"]),
    // Neither keys nor numbers nor codes are divided, as long as they fit a line; paths are.
    ("见 assessment.curve.seats", 24, ["见", "assessment.curve.seats"]),
    ("plugins/street/assessment", 18, ["plugins/street/", "assessment"]),
    ("得分 89.15 分", 8, ["得分", "89.15 分"]),
    ("见 sll-02-2026-0413", 18, ["见", "sll-02-2026-0413"]),
    ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
    ("", 10, [""]),
  ])
  func `Lines break where a reader expects`(text: String, columns: Int, lines: [String]) {
    #expect(text.wrapped(to: columns) == lines)
  }

  @Test func `Wrapping loses nothing but spaces and keeps every line within its columns`() {
    let alphabet = Array("公约示期，。（）《》ab1 -，x")
    var random = Seeded(20_260_512)
    for _ in 0..<500 {
      let text = String(
        (0..<Int(random.next() % 60)).map { _ in
          alphabet[Int(random.next() % UInt64(alphabet.count))]
        })
      let columns = 4 + Int(random.next() % 20)
      let lines = text.wrapped(to: columns)
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns }, "\(text) at \(columns)")
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }

  @Test func `What a terminal would obey is shown instead`() {
    #expect("\u{1B}[2J红".escapedForTerminal() == "\\u{1B}[2J红")
    #expect("a\u{9B}b\u{7F}".escapedForTerminal() == "a\\u{9B}b\\u{7F}")
    #expect("按\u{202E}序\u{2066}".escapedForTerminal() == "按\\u{202E}序\\u{2066}")
    #expect("一\r\n二\t".escapedForTerminal() == "一\\r\\n二\\t")
    #expect("一\r\n二\t".escapedForTerminal(keepingLines: true) == "一\\r\n二\t")
    #expect("公约，👨‍👩‍👧".escapedForTerminal() == "公约，👨‍👩‍👧")
  }
}
