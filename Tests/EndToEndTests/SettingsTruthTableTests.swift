import Foundation
import Governance
import Testing

/// One row of settings.md's truth table: what the files say, what is asked, what `why` answers.
struct TruthRow: CustomTestStringConvertible, Sendable {
  let name: String
  var files: [String: String] = [:]
  var key = "notice.days"
  var unit = "sll-02"
  var day: String?

  /// The first line of the answer, up to the unit's name.
  let answer: String

  /// Every definition: winner and losers, in their order, with why.
  let rows: [String]

  var testDescription: String { name }
}

/// The rows of settings.md, "Truth table to test", each through the real `gongyue why`.
@Suite struct SettingsTruthTableTests {
  static let law = "law/settings.yaml"
  static let street = "street/settings.yaml"
  static let type = "types/old_estate/settings.yaml"
  static let otherType = "types/commodity/settings.yaml"
  static let era = "types/before_2000/settings.yaml"
  static let community = "communities/sll-02/settings.yaml"

  static let declared = "plugins/street/rules/plugin.yaml"

  static let layers: [TruthRow] = [
    TruthRow(
      name: "none defined", answer: "公示期 = 5 天",
      rows: ["✔ 街道,\(declared):8,default 5,,键声明的默认值"]),
    TruthRow(
      name: "only a default", files: [street: "notice.days: {value: 6, strength: default}"],
      answer: "公示期 = 6 天",
      rows: ["✔ 街道,plugins/\(street):1,default 6,,"]),
    TruthRow(
      name: "type set", files: [type: "notice.days: 6"], answer: "公示期 = 6 天",
      rows: ["✔ 类型,plugins/\(type):1,set 6,,"]),
    TruthRow(
      name: "a type does not reach units of another type", files: [type: "notice.days: 6"],
      unit: "sll-01", answer: "公示期 = 5 天",
      rows: ["✔ 街道,\(declared):8,default 5,,键声明的默认值"]),
    TruthRow(
      name: "community set over type set",
      files: [
        type: "notice.days: 6",
        community: "notice.days: {value: 7, from: 2026-01-01, approval: 居民会议 2025-12-18 通过}",
      ], answer: "公示期 = 7 天",
      rows: [
        "✔ 社区,plugins/\(community):1,set 7,2026-01-01 起,居民会议 2025-12-18 通过",
        "✗ 类型,plugins/\(type):1,set 6,,被更具体的社区层覆盖",
      ]),
    TruthRow(
      name: "street mandate over community set",
      files: [
        street: "notice.days: {value: 4, strength: mandate, basis: 街道办 3 号文}",
        community: "notice.days: 7",
      ], answer: "公示期 = 4 天",
      rows: [
        "✔ 街道,plugins/\(street):1,mandate 4,,依据：街道办 3 号文",
        "✗ 社区,plugins/\(community):1,set 7,,街道层强制规定优先",
      ]),
    TruthRow(
      name: "law mandate over street mandate",
      files: [
        law: "notice.days: {value: 9, strength: mandate, basis: 条例 第十条}",
        street: "notice.days: {value: 4, strength: mandate}",
        community: "notice.days: 7",
      ], answer: "公示期 = 9 天",
      rows: [
        "✔ 法规,plugins/\(law):1,mandate 9,,依据：条例 第十条",
        "✗ 社区,plugins/\(community):1,set 7,,法规层强制规定优先",
        "✗ 街道,plugins/\(street):1,mandate 4,,法规层强制规定优先",
      ]),
    TruthRow(
      name: "tighten accepted",
      files: [street: "notice.tight: 6", community: "notice.tight: 8"], key: "notice.tight",
      answer: "从严公示期 = 8 天",
      rows: [
        "✔ 社区,plugins/\(community):1,set 8,,",
        "✗ 街道,plugins/\(street):1,set 6,,被更具体的社区层覆盖；下限 6 仍有效（只可从严）",
      ]),
    TruthRow(
      name: "tighten refused",
      files: [street: "notice.tight: 6", community: "notice.tight: 3"], key: "notice.tight",
      answer: "从严公示期 = 6 天",
      rows: [
        "✔ 街道,plugins/\(street):1,set 6,,",
        "✗ 社区,plugins/\(community):1,set 3,,已否决：低于街道下限 6 天",
      ]),
    TruthRow(
      name: "add: lists are united",
      files: [type: "duties.reports: [停水]", community: "duties.reports: [井盖]"],
      key: "duties.reports", answer: "必报事项 = 火情、纠纷、停水、井盖",
      rows: [
        "✔ 类型,plugins/\(type):1,set 停水,,",
        "✔ 社区,plugins/\(community):1,set 井盖,,",
        "✔ 街道,\(declared):13,default 火情、纠纷,,键声明的默认值",
      ]),
    TruthRow(
      name: "add: removal refused", files: [community: "duties.kept: [火情]"],
      key: "duties.kept", answer: "保留事项 = 火情、纠纷",
      rows: [
        "✔ 街道,\(declared):14,default 火情、纠纷,,键声明的默认值",
        "✗ 社区,plugins/\(community):1,set 火情,,已否决：缺少街道规定的“纠纷”",
      ]),
    TruthRow(
      name: "two rules of one layer that say the same",
      files: [community: "notice.days: [{value: 7}, {value: 7}]"], answer: "公示期 = 7 天",
      rows: [
        "✔ 社区,plugins/\(community):1,set 7,,",
        "✗ 社区,plugins/\(community):1,set 7,,与生效的规定相同",
      ]),
  ]

  static let typologies: [TruthRow] = [
    TruthRow(
      name: "two typologies that say the same",
      files: [type: "notice.days: 6", era: "notice.days: 6"], answer: "公示期 = 6 天",
      rows: [
        "✔ 类型,plugins/\(era):1,set 6,,", "✗ 类型,plugins/\(type):1,set 6,,与生效的规定相同",
      ]),
    TruthRow(
      name: "two typologies that differ, in the order of the key",
      files: [type: "notice.ordered: 6", era: "notice.ordered: 7"], key: "notice.ordered",
      answer: "有序公示期 = 7 天",
      rows: [
        "✔ 类型,plugins/\(era):1,set 7,,", "✗ 类型,plugins/\(type):1,set 6,,按先后次序让位于2000年以前",
      ]),
    TruthRow(
      name: "a type of the second typology does not reach other units",
      files: [era: "notice.days: 6"], unit: "sll-01", answer: "公示期 = 5 天",
      rows: ["✔ 街道,\(declared):8,default 5,,键声明的默认值"]),
  ]

  static let term = [community: "notice.days: {value: 7, from: 2026-05-12, to: 2026-05-20}"]

  static let days: [TruthRow] = [
    TruthRow(
      name: "not yet in force", files: term, day: "2026-05-11", answer: "公示期 = 5 天",
      rows: [
        "✔ 街道,\(declared):8,default 5,,键声明的默认值",
        "✗ 社区,plugins/\(community):1,set 7,2026-05-12 至 2026-05-19,2026-05-12 起才生效",
      ]),
    TruthRow(
      name: "the first day", files: term, day: "2026-05-12", answer: "公示期 = 7 天",
      rows: ["✔ 社区,plugins/\(community):1,set 7,2026-05-12 至 2026-05-19,"]),
    TruthRow(
      name: "the last day", files: term, day: "2026-05-19", answer: "公示期 = 7 天",
      rows: ["✔ 社区,plugins/\(community):1,set 7,2026-05-12 至 2026-05-19,"]),
    TruthRow(
      name: "expired on the day of its end", files: term, day: "2026-05-20",
      answer: "公示期 = 5 天",
      rows: [
        "✔ 街道,\(declared):8,default 5,,键声明的默认值",
        "✗ 社区,plugins/\(community):1,set 7,2026-05-12 至 2026-05-19,已于 2026-05-20 失效",
      ]),
    TruthRow(
      name: "the unit's type until 15 April",
      files: [type: "notice.days: 6", otherType: "notice.days: 9"], unit: "sll-03",
      day: "2026-04-15", answer: "公示期 = 6 天", rows: ["✔ 类型,plugins/\(type):1,set 6,,"]),
    TruthRow(
      name: "another type from 16 April",
      files: [type: "notice.days: 6", otherType: "notice.days: 9"], unit: "sll-03",
      day: "2026-04-16", answer: "公示期 = 9 天", rows: ["✔ 类型,plugins/\(otherType):1,set 9,,"]),
    TruthRow(
      name: "an estate follows its caretaker",
      files: [community: "notice.days: 7", otherType: "notice.days: 9"], unit: "sll-a",
      answer: "公示期 = 7 天", rows: ["✔ 社区,plugins/\(community):1,set 7,,"]),
    TruthRow(
      name: "and its own type when nobody cares for it",
      files: [community: "notice.days: 7", otherType: "notice.days: 9"], unit: "sll-a",
      day: "2026-06-01", answer: "公示期 = 9 天", rows: ["✔ 类型,plugins/\(otherType):1,set 9,,"]),
  ]

  static let computed: [TruthRow] = [
    TruthRow(
      name: "a function wraps a function wraps a function",
      files: [
        street: "notice.days: {function: more.lua#twice}",
        "street/more.lua": "return { twice = function(c, inherited) return inherited() * 2 end }",
        type: "notice.days: {function: more.lua#and_one}",
        "types/old_estate/more.lua":
          "return { and_one = function(c, inherited) return inherited() + 1 end }",
        community: "notice.days: {function: more.lua#thrice}",
        "communities/sll-02/more.lua":
          "return { thrice = function(c, inherited) return inherited() * 3 end }",
      ], answer: "公示期 = 33 天",
      rows: [
        "✔ 社区,plugins/\(community):1,set 33（more.lua#thrice）,,",
        "✗ 类型,plugins/\(type):1,set 11（more.lua#and_one）,,被更具体的社区层覆盖",
        "✗ 街道,plugins/\(street):1,set 10（more.lua#twice）,,被更具体的社区层覆盖",
      ]),
    TruthRow(
      name: "an exception beats the plain rule of its layer",
      files: [
        community: """
        notice.days:
          - {value: 6}
          - {value: 8, except: 夏季, when: {since: 2026-05-01}}
        """
      ], answer: "公示期 = 8 天",
      rows: [
        "✔ 社区,plugins/\(community):3,set 8,,",
        "✗ 社区,plugins/\(community):2,set 6,,例外“夏季”成立",
      ]),
    TruthRow(
      name: "a condition may be computed",
      files: [
        community: "notice.days: {value: 9, when: {function: when.lua#spring}}",
        "communities/sll-02/when.lua":
          "return { spring = function(c) return c.day < '2026-05-01' end }",
      ], answer: "公示期 = 5 天",
      rows: [
        "✔ 街道,\(declared):8,default 5,,键声明的默认值",
        "✗ 社区,plugins/\(community):1,set 9,,条件不成立",
      ]),
    TruthRow(
      name: "unset allowed: the inherited value holds again",
      files: [
        type: "notice.days: 6",
        community: """
        notice.days:
          - {value: 7, from: 2026-01-01}
          - {unset: 居民会议决定取消, from: 2026-05-01}
        """,
      ], answer: "公示期 = 6 天",
      rows: [
        "✔ 类型,plugins/\(type):1,set 6,,",
        "✗ 社区,plugins/\(community):2,set 7,2026-01-01 起,本层已撤销：居民会议决定取消",
        "✗ 社区,plugins/\(community):3,unset,2026-05-01 起,撤销本层规定：居民会议决定取消",
      ]),
    TruthRow(
      name: "locked: neither set nor unset below",
      files: [
        type: "notice.locked: {unset: 试试}", community: "notice.locked: 7",
      ], key: "notice.locked", answer: "锁定公示期 = 6 天",
      rows: [
        "✔ 街道,\(declared):10,default 6,,键声明的默认值",
        "✗ 社区,plugins/\(community):1,set 7,,已否决：上级已锁定，下级不得另行规定",
        "✗ 类型,plugins/\(type):1,unset,,已否决：上级已锁定，下级不得另行规定",
      ]),
    TruthRow(
      name: "a renamed key used", files: [community: "notice.old: 7"], key: "notice.old",
      answer: "公示期 = 7 天", rows: ["✔ 社区,plugins/\(community):1,set 7,,"]),
  ]

  @Test(arguments: layers + typologies + days + computed)
  func `why names the winner and every loser with its reason`(row: TruthRow) throws {
    let workspace = try SettingWorkspace(row.files)
    let (answer, rows) = try workspace.why(row.key, row.unit, on: row.day)
    #expect(answer.hasPrefix(row.answer + "    "), "\(answer)")
    #expect(rows == row.rows)
  }

  @Test func `An old name still works, and why says what it is called now`() throws {
    let workspace = try SettingWorkspace()
    let why = try workspace.run("why", "notice.old", "sll-02")
    #expect(
      why.output.contains("设置“notice.old”自 2026-03-01 起改名为“notice.days”，请改用新名"),
      "\(why.output)")
  }

  static let errors: [(name: String, files: [String: String], key: String, words: String)] = [
    (
      "required and not defined", [:], "notice.must",
      "“自定公示期”（notice.must）对 sll-02 在 2026-05-12 没有规定，也没有默认值"
    ),
    (
      "two rules of one layer that differ",
      [community: "notice.days: [{value: 6}, {value: 7}]"], "notice.days",
      "“公示期”（notice.days）在 sll-02（2026-05-12）有互不相同的同级规定：社区 sll-02 6 天"
    ),
    (
      "two typologies that differ",
      [type: "notice.days: 6", era: "notice.days: 7"], "notice.days",
      "“公示期”（notice.days）在 sll-02（2026-05-12）有互不相同的同级规定：类型 2000年以前 7 天（plugins/types/before_2000/settings.yaml:1）；"
        + "类型 老旧小区 6 天（plugins/types/old_estate/settings.yaml:1）"
    ),
    (
      "exceptions of one group at once",
      [
        community: """
        notice.days:
          - {value: 8, except: 季节, when: {since: 2026-05-01}}
          - {value: 8, except: 季节, when: {before: 2026-05-15}}
        """
      ], "notice.days",
      "“公示期”（notice.days）的例外“季节”在 sll-02（2026-05-12）同时成立："
    ),
    ("unknown", [:], "notice.dayz", "没有叫“notice.dayz”的设置"),
  ]

  @Test(arguments: errors)
  func `What has no one value is an error with words of its own`(
    name: String, files: [String: String], key: String, words: String
  ) throws {
    let workspace = try SettingWorkspace(files)
    let outcome = try workspace.run("why", key, "sll-02")
    let codes: [String: ErrorCode] = [
      "notice.must": .settingRequired, "notice.days": .settingConflict,
      "notice.dayz": .settingUnknown,
    ]
    outcome.expect(try #require(codes[key]), words)
    #expect(outcome.output == "")
  }

  @Test func `A trial changes what is shown and nothing that is kept`() throws {
    let workspace = try SettingWorkspace([Self.community: "notice.days: 7"])
    let before = try workspace.mark()
    let trial = try workspace.run("assess", "days", "2026-04", "--what-if", "notice.days=9")
    #expect(trial.status == 0, "\(trial.errors)")
    #expect(trial.output.contains("乙社区    7.00    9.00  +2.00"), "\(trial.output)")
    #expect(try workspace.mark() == before)
    #expect(try workspace.why("notice.days", "sll-02").0.hasPrefix("公示期 = 7 天"))
    let refused = try workspace.run("assess", "days", "2026-04", "--what-if", "notice.days=100")
    refused.expect(.settingRefused)
  }
}
