import Foundation
import Governance
import Testing

/// What people type, in a workspace: one reader for all of it.
@Suite struct TypedTests {
  @Test func `A period is read as people write it, wherever one is asked for`() throws {
    let workspace = try Workspace()
    let april = try workspace.run("assess", "community-assessment", "2026-04", "--unit", "sll-02")
    #expect(april.status == 0, "\(april.errors)")
    for period in ["2026年4月", "2026-4", "２０２６-04", "4月"] {
      let typed = try workspace.run("assess", "社区考核", period, "--unit", "十字街")
      #expect(typed.output == april.output, "\(period): \(typed.errors)")
    }
    let report = try workspace.run("run", "report", "period=2026-04")
    let typed = try workspace.run("run", "月报汇总", "period＝2026年４月")
    #expect(report.status == 0 && typed.output == report.output, "\(typed.errors)")
    #expect(try workspace.run("close", "社区考核", "2026年4月").status == 0)
    #expect(try workspace.run("replay", "community-assessment-2026-04").status == 0)
  }

  static let filters: [(typed: [String], same: [String])] = [
    (["报告时间=2026年4月3日"], ["reported=2026-04-03"]),
    (["报告时间=４月3日"], ["reported=2026-04-03"]),
    (["报告时间=2026/4/3"], ["reported=2026-04-03"]),
    (["报告时间=2026年4月"], ["reported=2026-04-01/2026-04-30"]),
    (["报告时间=4月1日至15日"], ["reported=2026-04-01/2026-04-15"]),
    (["报告时间>=4月1日", "报告时间<=4月15日"], ["reported=2026-04-01/2026-04-15"]),
    (["报告时间＞3月", "报告时间＜5月"], ["reported=2026-04"]),
    (["报告时间≥2026年4月", "报告时间≤2026年4月"], ["reported=2026-04"]),
    (["危险=有"], ["danger=true"]), (["延期次数=１次"], ["extended=1"]),
    (["延期次数>0"], ["extended!=0"]),
  ]

  @Test func `Days, months and ranges filter as people write them`() throws {
    let workspace = try Workspace()
    func codes(_ filters: [String]) throws -> [String?] {
      let found = try Program.run(
        ["records", "事项", "--json"] + filters.flatMap { ["--where", $0] }, in: workspace.path)
      #expect(found.status == 0, "\(found.errors)")
      return try #require(found.data(of: "records").elements).map { $0["code"]?.text }
    }
    for (typed, same) in Self.filters {
      let found = try codes(typed)
      #expect(!found.isEmpty, "\(typed)")
      #expect(try found == codes(same), "\(typed)")
    }
    let all = try codes([]).count
    #expect(try codes(["危险=是"]).count + codes(["危险!=是"]).count == all)
    #expect(
      try codes(["报告时间<2026-04-03"]).count + codes(["报告时间>=2026-04-03"]).count == all)
  }

  static let refused: [(String, ErrorCode, String)] = [
    ("报告时间=昨天", .inputInvalid, "“报告时间”（reported）应是时间，如 2026-05-12 09:30，得到的是 \"昨天\""),
    ("报告时间=2026-02-30", .inputInvalid, "“报告时间”（reported）应是时间，如 2026-05-12 09:30"),
    ("延期次数=2天", .inputInvalid, "“延期次数”（extended）应是整数，得到的是 \"2天\""),
    ("危险>否", .inputInvalid, "“危险”（danger）没有大小先后，不能这样比较"),
    ("危险", .usage, "--where 要写成 名称=值，不是“危险”"),
  ]

  @Test func `What cannot be read is refused in one sentence`() throws {
    let workspace = try Workspace()
    for (filter, code, words) in Self.refused {
      try workspace.run("records", "事项", "--where", filter).expect(code, words)
    }
  }

  @Test func `Kinds, fields and records are found by the usual word`() throws {
    let workspace = try Workspace()
    for (name, same) in [
      ("单元", "stairwells"), ("楼门", "stairwells"), ("住房", "dwellings"), ("户", "dwellings"),
      ("住房(户)", "dwellings"), ("住房（户）", "dwellings"), ("Dwelling", "dwellings"),
    ] {
      let typed = try workspace.run("records", name, "--limit", "１", "--format", "csv")
      let plain = try workspace.run("records", same, "--limit", "1", "--format", "csv")
      #expect(typed.status == 0 && typed.output == plain.output, "\(name): \(typed.errors)")
    }
    let buildings = try workspace.run("records", "楼栋", "--unit", "十字街", "--limit", "1", "--json")
    let building = try #require(buildings.data(of: "records").elements?.first)
    let name = try #require(building["name"]?.text)
    let code = try #require(building["code"]?.text)
    let named = try workspace.run(
      "records", "单元", "--unit", "十字街", "--where", "楼栋=\(name)", "--json")
    let coded = try workspace.run("records", "单元", "--where", "楼栋=\(code)", "--json")
    #expect(named.status == 0 && named.output == coded.output, "\(named.errors)")
  }

  @Test func `Settings and days of options are read as people write them`() throws {
    let workspace = try Workspace()
    let set = try workspace.run(
      "set", "公示期", "９ 个工作日", "--unit", "十字街", "--from", "6月1日", "--basis", "居民会议")
    #expect(set.status == 0, "\(set.errors)")
    for day in ["2026-06-01", "6月1日", "２０２６年6月1日", "2026.6.1"] {
      let why = try workspace.run("why", "公示期", "十字街", "--date", day)
      #expect(why.output.lines.first?.contains("9 个工作日") == true, "\(why.output)\(why.errors)")
      let later = try workspace.run("why", "公示期", "十字街", "--today", day)
      #expect(later.output == why.output, "\(later.errors)")
    }
    try workspace.run("set", "公示期", "5天", "--unit", "十字街", "--basis", "试").expect(
      .settingInvalid, "“公示期”（notice.workdays）应为整数，现在是“5天”\n  hint: 单位是“个工作日”，写 7 或 7 个工作日")
    try workspace.run("why", "公示期", "十字街", "--date", "后天").expect(
      .usage, "--date 不是日期：“后天”\n  hint: 写成 2026-05-12 的样子")
    let trial = try workspace.run(
      "assess", "社区考核", "2026年4月", "--what-if", "notice.workdays＝９个工作日")
    #expect(trial.status == 0, "\(trial.errors)")
  }

  /// One record of each kind, its page read as a person reads it.
  @Test func `Every value that a page shows finds the record again`() throws {
    let workspace = try Workspace()
    for kind in BuiltInKinds.all {
      let listed = try workspace.run("records", kind.id, "--limit", "1", "--json")
      guard let code = try listed.data(of: "records").elements?.first?["code"]?.text else {
        continue
      }
      let page = try workspace.run("records", kind.id, code, "--format", "csv")
      let shown = page.rows.dropFirst().map {
        $0.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      }
      let filters = shown.filter { row in
        let field = kind.fields.first { $0.label.chinese == row[0] }
        return field?.sensitivity == Sensitivity.none && !row[1].isEmpty && row[1] != "缺报"
          && row[1] != "不适用" && !row[1].contains("\"")
      }
      let found = try Program.run(
        ["records", kind.label.chinese, "--json"]
          + filters.flatMap { ["--where", "\($0[0])=\($0[1])"] }, in: workspace.path)
      #expect(found.status == 0, "\(kind.id): \(found.errors)")
      let codes = try found.data(of: "records").elements?.map { $0["code"]?.text } ?? []
      #expect(codes.contains(code), "\(kind.id): \(filters)")
    }
  }
}
