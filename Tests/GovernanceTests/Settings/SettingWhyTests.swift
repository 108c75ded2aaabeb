import Governance
import Testing

/// `settings.md`, "Provenance is the normal return value".
@Suite struct `Settings why` {
  typealias World = SettingWorld

  static let rules = [
    World.set(
      7, .community("sll-02"), from: "2023-01-01", line: 12, approval: "居民会议 2022-12-18 通过"),
    World.set(6, .type("old_estate"), line: 8),
    World.set(5, .street(), .default, line: 3),
    World.set(3, .community("sll-02"), to: "2030-01-01", line: 4),
    World.set(9, .community("sll-06")),
  ]
  static let book = World.book([World.notice(delegation: .tighten(.higher))], rules)

  static func lines(_ result: Resolution, _ language: Language) -> [String] {
    result.why.report.text(in: language, width: 200).split(separator: "\n").map {
      String($0.reversed().drop { $0 == " " }.reversed())
    }
  }

  @Test func `Every rule that touches the unit is a line, the winner first`() throws {
    let result = try Self.book.resolve("公示期", for: "sll-02", on: World.day("2024-04-23"))
    #expect(
      Self.lines(result, .chinese) == [
        "公示期 = 7 个工作日    十字街社区 · 2024-04-23",
        "层级    来源                               定义       生效           说明",
        "------  ---------------------------------  ---------  -------------  -----------------------------------------------",
        "✔ 社区  community/sll-02/settings.yaml:12  set 7      2023-01-01 起  居民会议 2022-12-18 通过",
        "✗ 社区  community/sll-02/settings.yaml:4   set 3      至 2029-12-31  已否决：低于类型下限 6 个工作日",
        "✗ 类型  type/old_estate/settings.yaml:8    set 6                     被更具体的社区层覆盖；下限 6 仍有效（只可从严）",
        "✗ 街道  street/settings.yaml:3             default 5                 被更具体的社区层覆盖",
        "键声明   street/plugin.yaml:21  默认 5  依据：实施方案 四(三)  委托方式：只可从严（下限 6）",
      ])
  }

  @Test func `The same in English`() throws {
    let result = try Self.book.resolve(
      "notice.workdays", for: "sll-02", on: World.day("2024-04-23"))
    let lines = Self.lines(result, .english)
    #expect(lines.first == "notice period = 7 working days    Crossroads · 2024-04-23")
    #expect(
      lines.last
        == "declared street/plugin.yaml:21  default 5  basis: 实施方案 四(三)  "
        + "delegation: stricter only (minimum 6)")
    #expect(lines.count == 8)
  }

  @Test func `The declared default is a line of its own`() throws {
    let result = try World.resolve([])
    #expect(
      Self.lines(result, .chinese) == [
        "公示期 = 5 个工作日    十字街社区 · 2026-05-12",
        "层级    来源                   定义       生效  说明",
        "------  ---------------------  ---------  ----  --------------",
        "✔ 街道  street/plugin.yaml:21  default 5        键声明的默认值",
        "键声明   street/plugin.yaml:21  依据：实施方案 四(三)  委托方式：可自行规定",
      ])
  }

  @Test func `The canonical record holds value, winner and losers with reasons`() throws {
    let result = try Self.book.resolve("公示期", for: "sll-02", on: World.day("2024-04-23"))
    let lines = result.canonical.split(separator: "\n").map(String.init)
    #expect(
      lines.prefix(4) == [
        "setting notice.workdays", "unit sll-02 on 2024-04-23",
        "layers street=sll types=age:old_estate,keeper:owners community=sll-02 caretaker=-",
        "value 7",
      ])
    #expect(lines.filter { $0.hasPrefix("winner 7 ") }.count == 1)
    #expect(
      lines.filter { $0.hasPrefix("loser ") }.map {
        $0.split(separator: " ").prefix(3).joined(separator: " ")
      }
        == ["loser refused 3", "loser overridden 6", "loser overridden 5"])
  }
}
