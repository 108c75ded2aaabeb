import Foundation
import Governance
import Testing

/// `gongyue records`: what a person types, and what is shown.
@Suite struct RecordCommandTests {
  private static let code = "sll-02-2026-0061"

  @Test func `A record taken back is no record any more, but its history is there`() throws {
    let workspace = try Workspace()
    let retracted = try workspace.run(
      "records", "cases", Self.code, "--retract", "--reason", "重复登记")
    #expect(retracted.output == "已撤销 \(Self.code)；历史仍可查看。\n", "\(retracted.errors)")
    let history = try workspace.run("records", "cases", Self.code, "--history", "--format", "csv")
    #expect(history.status == 0, "\(history.errors)")
    let last = try #require(history.rows.last)
    #expect(last.hasPrefix("2,") && last.hasSuffix(",office,重复登记,撤销"), "\(last)")
    let data = try workspace.run("records", "cases", Self.code, "--history", "--json")
      .data(of: "records")
    #expect(data.elements?.map { $0["retracted"] } == [.bool(false), .bool(true)])
    for change in [
      [], ["--correct", "place=甲", "--reason", "改"], ["--retract", "--reason", "再撤"],
    ] {
      let outcome = try Program.run(["records", "cases", Self.code] + change, in: workspace.path)
      outcome.expect(.recordUnknown, "事项 \(Self.code) 已经撤销\n")
      #expect(
        outcome.errors.contains("gongyue records cases \(Self.code) --history 查看它的历史"))
    }
    let unknown = try workspace.run("records", "cases", "sll-02-2026-9999", "--history")
    unknown.expect(.recordUnknown, "没有编号为 sll-02-2026-9999 的事项\n")
  }

  @Test func `A correction says what was and what is`() throws {
    let workspace = try Workspace()
    let corrected = try workspace.run(
      "records", "cases", Self.code, "--correct", "危险=是", "--correct", "延期次数=１",
      "--correct", "地点=三号楼门前", "--reason", "现场核实", "--format", "csv")
    #expect(corrected.status == 0, "\(corrected.errors)")
    #expect(
      corrected.rows == [
        "项目,原来,现在", "危险,否,是", "地点,29号楼整套出租,三号楼门前", "延期次数,0,1",
      ])
    let english = try workspace.run(
      "records", "cases", Self.code, "--correct", "danger=no", "--reason", "又核实", "--lang", "en",
      "--format", "csv")
    #expect(english.rows == ["Field,Before,Now", "danger,yes,no"])
    let named = try workspace.run(
      "records", "cases", Self.code, "--correct", "place=四号楼门前", "--reason", "再核实")
    #expect(named.output.lines.first == "已更正 \(Self.code)，现在是第 4 版。", "\(named.output)")
    let same = try workspace.run(
      "records", "cases", Self.code, "--correct", "danger=false", "--reason", "再核实")
    #expect(same.output == "\(Self.code) 本来就是这样，没有改动。\n", "\(same.errors)")
  }

  @Test func `References are typed and shown by the other record's code`() throws {
    let workspace = try Workspace()
    let building = "sll-02-B-2026-0001"
    let page = try workspace.run(
      "records", "cases", Self.code, "--correct", "building=\(building)", "--reason", "核对楼栋",
      "--json")
    #expect(page.status == 0, "\(page.errors)")
    #expect(try page.data(of: "records").elements?.first?["building"] == .string(building))
    let shown = try workspace.run("records", "cases", Self.code, "--format", "csv")
    #expect(shown.rows.contains("楼栋,\(building)"), "\(shown.output)")
    let found = try workspace.run("records", "cases", "--where", "楼栋=\(building)", "--json")
    let codes = try found.data(of: "records").elements?.compactMap { $0["code"]?.text }
    #expect(codes?.contains(Self.code) == true)
    let unknown = try workspace.run(
      "records", "cases", Self.code, "--correct", "building=sll-02-B-2026-9999", "--reason", "试")
    unknown.expect(.recordUnknown, "没有编号为 sll-02-B-2026-9999 的楼栋\n")
  }

  @Test func `A file has every field, a terminal names those it leaves out`() throws {
    let workspace = try Workspace()
    let file = workspace.path + "/cases.csv"
    let saved = try workspace.run("records", "事项", "--limit", "3", "--output", file)
    #expect(saved.status == 0, "\(saved.errors)")
    let heading = try #require(
      try workspace.scratch.text(of: "cases.csv").split(separator: "\r\n").first)
    #expect(heading.split(separator: ",").count == 23, "\(heading)")
    let shown = try workspace.run("records", "事项", "--limit", "3").output
    #expect(shown.contains("没有列出：") && shown.contains("办结时间"), "\(shown)")
    let chosen = try workspace.run(
      "records", "事项", "--fields", "状态，reported", "--sort", "报告时间", "--descending", "--limit", "2",
      "--format", "csv")
    #expect(chosen.rows[0] == "编号,单位,状态,报告时间", "\(chosen.errors)")
    let times = chosen.rows.dropFirst().compactMap {
      $0.split(separator: ",").last.map(String.init)
    }
    #expect(times.count == 2 && times[0] >= times[1] && times[0] > "2026-05", "\(times)")
    let json = try workspace.run("records", "事项", "--fields", "状态", "--limit", "1", "--json")
      .data(of: "records").elements?.first
    #expect(json?.members?.map(\.name) == ["code", "unit", "version", "state"])
    let english = try workspace.run("records", "cases", "--limit", "1", "--lang", "en").output
    #expect(english.contains("not shown: "), "\(english)")
  }

  @Test func `Nobody sorts by what they may not read`() throws {
    let workspace = try Workspace()
    try workspace.run("records", "persons", "--sort", "出生年份").expect(.denied)
  }

  static let filters = ["danger=是", "危险=yes", "extended=1", "reported=2026-04-07", "unit=十字街"]

  @Test(arguments: filters)
  func `Every type of field can be filtered by as a person writes it`(filter: String) throws {
    let workspace = try Workspace()
    let found = try workspace.run("records", "cases", "--where", filter, "--json")
    #expect(found.status == 0, "\(found.errors)")
    #expect(try found.data(of: "records").elements?.isEmpty == false)
  }

  static let refused: [(arguments: [String], code: ErrorCode, words: String)] = [
    (["--where", "danger=也许"], .inputInvalid, "“危险”（danger）应是“是”或“否”，得到的是 \"也许\""),
    (["--where", "extended=很多"], .inputInvalid, "“延期次数”（extended）应是整数，得到的是 \"很多\""),
    (
      ["--where", "building=42"], .recordUnknown, "没有编号为 42 的楼栋"
    ),
    (
      [code, "--correct", "code=y", "--reason", "试"], .inputInvalid,
      "“代码”（code）由系统给定，不能更正"
    ),
    (
      [code, "--correct", "reported=2099-01-02 09:00", "--reason", "试"], .inputInvalid,
      "“reported”（报告时间）是 2099-01-02，还没有到（今天是 2026-05-12）"
    ),
  ]

  @Test(arguments: refused)
  func `What a field cannot be is refused`(arguments: [String], code: ErrorCode, words: String)
    throws
  {
    let workspace = try Workspace()
    let outcome = try Program.run(["records", "cases"] + arguments, in: workspace.path)
    outcome.expect(code, words)
  }

  @Test(arguments: [
    ("resolved=2026-02-01 09:00", "“resolved”（办结时间）2026-02-01 09:00 早于“"),
    ("accepted=2027-02-01 09:00", "“accepted”（受理时间）是 2027-02-01，还没有到（今天是 2026-05-12）"),
  ])
  func `A correction cannot put things out of their order or into the future`(
    change: String, words: String
  ) throws {
    let workspace = try Workspace()
    let outcome = try workspace.run(
      "records", "case", "sll-02-2026-0002", "--correct", change, "--reason", "核对")
    outcome.expect(.inputInvalid, words)
    let script = change.split(separator: "=").map(String.init)
    try workspace.run(
      "eval",
      "gongyue.cases:where { code = 'sll-02-2026-0002' }:first():update("
        + "{ \(script[0]) = '\(script[1])' }, '核对')"
    ).expect(.inputInvalid, words)
  }

  @Test func `A shortened list says of how many`() throws {
    let workspace = try Workspace()
    let some = try workspace.run("records", "buildings", "--unit", "sll-02", "--limit", "3")
    #expect(some.output.lines.last == "注：共 34 条，列出前 3 条", "\(some.output)")
    let english = try workspace.run(
      "records", "buildings", "--unit", "sll-02", "--limit", "3", "--lang", "en")
    #expect(english.output.lines.last == "Note: 34 in all, the first 3 shown", "\(english.output)")
    let all = try workspace.run("records", "buildings", "--unit", "sll-02")
    #expect(all.output.lines.last == "注：共 34 条", "\(all.output.lines.last ?? "")")
  }

  // decisions.md 19: naming what is outside one's scope is denied, not unknown.
  @Test func `A code of another community is denied`() throws {
    let workspace = try Workspace()
    let outcome = try workspace.run("records", "cases", "sll-01-2026-0001", "--as", "worker@sll-02")
    outcome.expect(.denied, "社区工作者（worker@sll-02）看不到 sll-01 的资料\n")
  }
}
