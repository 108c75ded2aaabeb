import Foundation
import Governance
import Testing

/// `gongyue set`: a definition like any other, in the database, audited.
@Suite struct SettingChangeTests {
  static let community = "communities/sll-02/settings.yaml"

  @Test func `A change is audited, beats its layer's file, and ends its predecessor`() throws {
    let workspace = try SettingWorkspace([Self.community: "notice.days: 7"])
    let first = try workspace.run(
      "set", "公示期", "8", "--unit", "乙社区", "--from", "2026-05-01", "--basis", "居民会议 4 月 28 日通过")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output == "已记录：公示期（notice.days）= 8 天。\n")
    let second = try workspace.run(
      "set", "notice.days", "9天", "--unit", "sll-02", "--basis", "居民会议 5 月 10 日通过")
    #expect(second.status == 0, "\(second.errors)")
    let (answer, rows) = try workspace.why("notice.days", "sll-02")
    #expect(answer.hasPrefix("公示期 = 9 天    "))
    #expect(
      rows == [
        "✔ 社区,数据库 第 2 号,set 9,2026-05-12 起,依据：居民会议 5 月 10 日通过",
        "✗ 社区,plugins/\(Self.community):1,set 7,,被本层后来的设置取代",
        "✗ 社区,数据库 第 1 号,set 8,2026-05-01 至 2026-05-11,已于 2026-05-12 失效",
      ])
    #expect(try workspace.why("notice.days", "sll-02", on: "2026-05-11").0.hasPrefix("公示期 = 8 天"))
    let entry = try workspace.mark()
    #expect(entry.contains("set notice.days") && entry.contains("居民会议 5 月 10 日通过"), "\(entry)")
    #expect(entry.contains("\"office\""), "\(entry)")
    #expect(try workspace.run("audit", "verify").status == 0)
  }

  // A record that is replaced on its first day was never in force and is no error either.
  @Test func `Two changes on one day: the later one holds, and nothing is unfit`() throws {
    let workspace = try SettingWorkspace()
    for value in ["8", "9"] {
      let set = try workspace.run(
        "set", "notice.days", value, "--unit", "sll-02", "--basis", "会议")
      #expect(set.status == 0, "\(set.errors)")
    }
    let (answer, rows) = try workspace.why("notice.days", "sll-02")
    #expect(answer.hasPrefix("公示期 = 9 天    "))
    #expect(
      rows == [
        "✔ 社区,数据库 第 2 号,set 9,2026-05-12 起,依据：会议",
        "✗ 社区,数据库 第 1 号,set 8,2026-05-12 起,已被 2026-05-12 起的新规定取代",
      ])
    let assessed = try workspace.run("assess", "days", "2026-05")
    #expect(assessed.status == 0, "\(assessed.errors)")
  }

  // Audit: the first of two rules for the same coming day was said to come into force.
  @Test func `A coming rule that a newer one replaces will never hold, and says so`() throws {
    let workspace = try SettingWorkspace()
    for (value, from) in [("8", "2026-06-01"), ("9", "2026-05-20"), ("7", "2026-07-01")] {
      let set = try workspace.run(
        "set", "notice.days", value, "--unit", "sll-02", "--from", from, "--basis", "会议")
      #expect(set.status == 0, "\(set.errors)")
    }
    let losses = try workspace.why("notice.days", "sll-02").1.filter { $0.contains("数据库") }
      .map { $0.components(separatedBy: ",").last ?? "" }
    #expect(
      losses.sorted() == ["2026-05-20 起才生效", "2026-07-01 起才生效", "已被 2026-05-20 起的新规定取代"])
    #expect(try workspace.why("notice.days", "sll-02", on: "2026-06-10").0.hasPrefix("公示期 = 9 天"))
    #expect(try workspace.why("notice.days", "sll-02", on: "2026-07-10").0.hasPrefix("公示期 = 7 天"))
  }

  @Test func `Values of every sort are kept as they were typed, and read back the same`() throws {
    let workspace = try SettingWorkspace()
    let typed = [
      ("score.weights", "甲块=30，乙块=70", "权重 = 甲块 30、乙块 70"),
      ("duties.reports", "停水、井盖", "必报事项 = 火情、纠纷、停水、井盖"),
      ("notice.must", "１０天", "自定公示期 = 10 天"),
    ]
    for (key, text, answer) in typed {
      let set = try workspace.run("set", key, text, "--unit", "sll-02", "--basis", "会议")
      #expect(set.status == 0, "\(set.errors)")
      #expect(try workspace.why(key, "sll-02").0.hasPrefix(answer + "    "))
    }
    let assessed = try workspace.run("assess", "days", "2026-05")
    #expect(assessed.status == 0, "\(assessed.errors)")
  }

  @Test func `--unset withdraws what the layer said; the inherited value holds`() throws {
    let workspace = try SettingWorkspace([Self.community: "notice.days: 7"])
    let unset = try workspace.run(
      "set", "notice.days", "--unset", "--unit", "sll-02", "--basis", "居民会议决定取消")
    #expect(unset.status == 0, "\(unset.errors)")
    #expect(unset.output == "已撤销“公示期”（notice.days）的规定。\n")
    let (answer, rows) = try workspace.why("notice.days", "sll-02")
    #expect(answer.hasPrefix("公示期 = 5 天    "))
    #expect(
      rows == [
        "✔ 街道,plugins/street/rules/plugin.yaml:8,default 5,,键声明的默认值",
        "✗ 社区,plugins/\(Self.community):1,set 7,,本层已撤销：居民会议决定取消",
        "✗ 社区,数据库 第 1 号,unset,2026-05-12 起,撤销本层规定：居民会议决定取消",
      ])
  }

  @Test func `A type and the street are changed for their units`() throws {
    let workspace = try SettingWorkspace()
    for (target, value) in [(["--street"], "6"), (["--type", "商品房小区"], "8")] {
      let set = try Program.run(
        ["set", "notice.days", value, "--basis", "街道办 3 号文"] + target, in: workspace.scratch.path)
      #expect(set.status == 0, "\(set.errors)")
    }
    #expect(try workspace.why("notice.days", "sll-01").0.hasPrefix("公示期 = 8 天"))
    #expect(try workspace.why("notice.days", "sll-02").0.hasPrefix("公示期 = 6 天"))
  }

  @Test func `--impact shows whose value changes and stores nothing`() throws {
    let workspace = try SettingWorkspace([Self.community: "notice.days: 7"])
    let before = try workspace.mark()
    let impact = try workspace.run(
      "set", "notice.days", "9", "--unit", "sll-02", "--basis", "设想", "--impact", "--format", "csv")
    #expect(impact.status == 0, "\(impact.errors)")
    #expect(impact.rows == ["单位,现在,改后", "乙社区,7 天,9 天", "锦绣苑,7 天,9 天"])
    #expect(try workspace.mark() == before)
    #expect(try workspace.why("notice.days", "sll-02").0.hasPrefix("公示期 = 7 天"))
  }

  // Settings are recorded for communities, types and the street: nothing reads one of an estate.
  static let elsewhere: [(unit: String, words: String, hint: String)] = [
    ("试验街道", "试验街道（sll）是街道，没有自己一层的设置", "给整个街道定，用 --street；试算时不写 --unit"),
    (
      "锦绣苑", "锦绣苑（sll-a）是代管小区，没有自己一层的设置",
      "它用代管社区的设置：--unit sll-02（乙社区）"
    ),
  ]

  @Test(arguments: elsewhere)
  func `A setting is not stored where nothing reads it`(unit: String, words: String, hint: String)
    throws
  {
    let workspace = try SettingWorkspace()
    let before = try workspace.mark()
    let set = try workspace.run("set", "notice.days", "9", "--unit", unit, "--basis", "会议")
    set.expect(.settingRefused, words + "\n")
    #expect(set.errors.contains("  hint: " + hint), "\(set.errors)")
    let trial = try workspace.run(
      "assess", "days", "2026-05", "--what-if", "notice.days=9", "--unit", unit)
    trial.expect(.settingRefused, words + "\n")
    #expect(try workspace.mark() == before)
  }

  @Test(arguments: ["", " ", "　\t"])
  func `A basis must say something`(basis: String) throws {
    let workspace = try SettingWorkspace()
    for extra in [[], ["--impact"]] {
      let outcome = try Program.run(
        ["set", "notice.days", "9", "--unit", "sll-02", "--basis", basis] + extra,
        in: workspace.scratch.path)
      outcome.expect(.settingInvalid, "依据不能是空的\n")
    }
    let english = try workspace.run(
      "set", "notice.days", "9", "--unit", "sll-02", "--basis", basis, "--lang", "en")
    english.expect(.settingInvalid, "the basis cannot be empty\n")
  }

  @Test func `Full-width digits are said as they are kept`() throws {
    let workspace = try SettingWorkspace()
    let set = try workspace.run("set", "公示期", "１０", "--unit", "乙社区", "--basis", "会议")
    #expect(set.output == "已记录：公示期（notice.days）= 10 天。\n", "\(set.errors)")
  }

  static let refused: [(arguments: [String], code: ErrorCode, words: String, hint: String)] = [
    (
      ["notice.tight", "3", "--unit", "sll-02"], .settingRefused,
      "“从严公示期”（notice.tight）只可从严：低于街道下限 5 天", ""
    ),
    (
      ["notice.locked", "7", "--unit", "sll-02"], .settingRefused,
      "“锁定公示期”（notice.locked）不得变更：上级已锁定，下级不得另行规定", ""
    ),
    (
      ["score.weights", "a=40,b=55", "--unit", "sll-02"], .settingInvalid,
      "“权重”（score.weights）合计应为 100，现在是 95", ""
    ),
    (
      ["notice.dayz", "7", "--unit", "sll-02"], .settingUnknown, "没有叫“notice.dayz”的设置",
      "是否指 notice.days（公示期）？"
    ),
    (["notice.days", "七", "--unit", "sll-02"], .settingInvalid, "“公示期”（notice.days）应为整数", ""),
    (["notice.days", "7", "--unit", "sll-09"], .unitUnknown, "", ""),
    (
      ["notice.days", "7", "--unit", "sll-02", "--from", "2026-05-12", "--to", "2026-05-12"],
      .settingInvalid, "“notice.days”的起止日期颠倒：2026-05-12 至 2026-05-12（止日不含在内）", ""
    ),
  ]

  @Test(arguments: refused)
  func `What no file may say is not stored either`(
    arguments: [String], code: ErrorCode, words: String, hint: String
  ) throws {
    let workspace = try SettingWorkspace()
    let before = try workspace.mark()
    let outcome = try Program.run(
      ["set"] + arguments + ["--basis", "会议"], in: workspace.scratch.path)
    outcome.expect(code, words)
    #expect(hint.isEmpty || outcome.errors.contains("  hint: " + hint), "\(outcome.errors)")
    #expect(outcome.output == "")
    #expect(try workspace.mark() == before)
  }

  static let roles: [(actor: String, target: [String], isAllowed: Bool)] = [
    ("secretary@sll-02", ["--unit", "sll-02"], true),
    ("secretary@sll-02", ["--unit", "sll-01"], false),
    ("secretary@sll-02", ["--street"], false),
    ("secretary@sll-02", ["--type", "old_estate"], false),
    ("worker@sll-02", ["--unit", "sll-02"], false),
    ("resident@sll-02", ["--unit", "sll-02"], false),
    ("supervision", ["--street"], false),
    ("street_leader", ["--street"], true),
  ]

  // decisions.md, "Roles and sensitivity": a layer is changed by whoever is responsible for it.
  @Test(arguments: roles)
  func `Who may change which layer`(actor: String, target: [String], isAllowed: Bool) throws {
    let workspace = try SettingWorkspace()
    let before = try workspace.mark()
    let outcome = try Program.run(
      ["set", "notice.days", "8", "--basis", "会议", "--as", actor] + target,
      in: workspace.scratch.path)
    if isAllowed {
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try workspace.mark().contains("\"\(actor)\""))
    } else {
      outcome.expect(.denied)
      #expect(try workspace.mark() == before)
    }
  }

  @Test func `Advice is about the unit that was named, and for the street about all`() throws {
    let workspace = try Workspace()
    let change = try workspace.run(
      "set", "notice.workdays", "5", "--unit", "sll-01", "--basis", "议事会")
    #expect(change.status == 0, "\(change.errors)")
    #expect(try workspace.run("settings", "sll-02", "--lint").output == "设置检查\n\n没有需要整理的。\n")
    for unit in ["sll-01", "sll"] {
      let advice = try workspace.run("settings", unit, "--lint", "--format", "csv").output
      #expect(advice.contains("社区 sll-01 的 notice.workdays：与不写时的值相同"), "\(unit): \(advice)")
    }
  }

  @Test func `Settings as data have their labels and the value as people read it`() throws {
    let data = try Workspace().run("settings", "sll-02", "--json", "--lang", "en").data(
      of: "settings")
    let notice = try #require(data.elements?.first { $0["key"]?.text == "notice.workdays" })
    #expect(notice["label"]?.text == "notice period")
    #expect(notice["shown"]?.text == "7 working days" && notice["value"]?.text == "7")
  }
}
