import Foundation
import Governance
import Testing

@testable import Plugins

struct SettingFilesTests {
  static func declarations(_ yaml: String, owner: Owner = .street) throws -> Manifest {
    let indented = yaml.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
      .joined(separator: "\n")
    return try Manifest(
      yaml: "id: x\ntitle: 甲\nversion: 1.0.0\napi: 1\nlayer: street\nsettings:\n" + indented,
      file: "plugin.yaml", owner: owner)
  }

  static func definitions(_ yaml: String, owner: Owner = .type("old_estate")) throws
    -> [SettingDefinition]
  {
    try SettingsFile.read(
      Catalogue.SettingsFile(
        owner: owner, file: "plugins/types/old_estate/settings.yaml", text: yaml))
  }

  @Test func `Declarations of every type`() throws {
    let manifest = try Self.declarations(
      """
      a.flag: {label: 甲, type: boolean, default: true}
      a.count: {label: 乙, english: count, type: integer, min: 1, max: 9, who: [street]}
      a.share: {label: 丙, type: decimal, places: 1, measure: "%", default: 12.5}
      a.day: {label: 丁, type: day, default: 2026-01-01}
      a.way: {label: 戊, type: choice, choices: {assembly: 居民会议, vote: {zh: 投票, en: ballot}}, default: 投票}
      a.list: {label: 己, type: list, of: integer, merge: union, delegate: add}
      a.weights: {label: 庚, type: map, keys: {x: 甲块, y: 乙块}, of: decimal, total: 100, default: {x: 40, y: 60}}
      a.curve:
        label: 辛
        type: record
        members:
          full: {label: 满分线, type: decimal}
          zero: {label: 零分线, type: decimal, required: true}
        rules: [full > zero]
        default: {full: 95, zero: 60}
      a.old: {renamed: a.count, from: 2026-01-01, note: 改了}
      a.gone: {retired: 2026-02-01}
      """)
    let types = manifest.settings.map(\.type)
    #expect(
      types[4] == .choice([Choice("assembly", "居民会议", "assembly"), Choice("vote", "投票", "ballot")]))
    #expect(types[5] == .list(of: .integer))
    #expect(
      manifest.settings.map { $0.defaultValue?.canonical } == [
        "true", nil, "12.5", "2026-01-01", "\"vote\"", nil, #"{"x":40,"y":60}"#,
        #"{"full":95,"zero":60}"#,
      ])
    #expect(manifest.settings[1].definers == [.street])
    #expect(manifest.settings[7].owner == .street)
    #expect(manifest.renames.map(\.new) == ["a.count", nil])
    #expect(manifest.renames[1].from == Day("2026-02-01"))
  }

  @Test func `A default that breaks its own declaration is refused`() {
    let problems = found {
      _ = try Self.declarations(
        """
        a.weights: {label: 权重, type: map, keys: {x: 甲, y: 乙}, of: integer, total: 100, default: {x: 40, y: 55}}
        a.days: {label: 天数, type: integer, min: 5, default: 3}
        a.way: {label: 方式, type: integer, delegate: tighten}
        a.curve: {label: 曲线, type: record, members: {full: decimal}, rules: [full > zero]}
        """)
    }
    #expect(problems.count == 4, "\(problems)")
    #expect(problems[0].hasPrefix("7: ") && problems[0].contains("95"))
    #expect(problems[1].hasPrefix("8: "))
    #expect(problems[2].hasPrefix("9: 只可从严要写明哪个方向更严"))
    #expect(problems[3].hasPrefix("10: “full > zero”不是两个成员之间的比较"))
  }

  @Test func `Definitions in every form`() throws {
    let all = try Self.definitions(
      """
      notice.workdays: 7
      a.share: 12.50
      a.text: "7"
      a.weights: {x: 40, y: 60}
      a.days:
        - {value: 3, from: 2026-01-01, to: 2026-07-01, strength: mandate, basis: 街发〔2026〕1号}
        - {function: days.lua#count, from: 2026-07-01, when: {type: old_estate, not: {unit: [sll-01, sll-02]}}}
      a.gone: {unset: 不再需要, delegate: locked, except: 例外}
      a.list: [1, 2]
      """)
    #expect(
      all.map(\.key) == [
        "notice.workdays", "a.share", "a.text", "a.weights", "a.days", "a.days", "a.gone", "a.list",
      ])
    #expect(all[0].content == .value(.integer(7)) && all[0].scope == .type("old_estate"))
    #expect(all[1].content == .value(.decimal(Decimal(units: 1250, places: 2))))
    #expect(all[2].content == .value(.text("7")))
    #expect(all[3].content == .value(.map(["x": .integer(40), "y": .integer(60)])))
    #expect(
      all[4].strength == .mandate && all[4].to == Day("2026-07-01") && all[4].place?.line == 6)
    #expect(
      all[5].content == .function(FunctionReference("plugins/types/old_estate/days.lua#count")!))
    #expect(all[5].condition == .all([.type(["old_estate"]), .not(.unit(["sll-01", "sll-02"]))]))
    #expect(all[6].content == .unset(reason: "不再需要") && all[6].exception == "例外")
    #expect(all[7].content == .value(.list([.integer(1), .integer(2)])))
  }

  @Test func `All that is wrong with definitions is said at once`() {
    #expect(
      found {
        _ = try Self.definitions(
          """
          a: {valeu: 3, from: 2026-01-01}
          b: {value: 3, unset: 不要}
          c: {value: 3, strenght: set}
          d: {value: 3, from: 2026-02-30}
          e: {value: 3, from: 2026-02-01, to: 2026-02-01}
          f: {function: ../../days.lua#x}
          g:
          h: {value: 3, when: {moon: full}}
          """)
      } == [
        "1: “a”没有写明取值 | 写 value、function 或 unset（理由）之一",
        "2: “b”同时写了 value、unset | 只能写一种",
        "3: 设置“c”里没有“strenght”这个键 | 是不是想写“strength”？",
        "4: “from”应为一个日期，如 2026-05-12，这里是“2026-02-30”",
        "5: 止日 2026-02-01 不晚于起日 2026-02-01 | to 是不再适用的第一天",
        "6: “../../days.lua#x”不是函数的位置 | 写成“文件.lua#函数名”，如 notice.lua#days",
        "7: “g”是空的",
        "8: 条件 when里没有“moon”这个键 | 可用的键：unit、type、since、before、caretaken、not、all、any、function",
        "8: 条件是空的",
      ])
  }

  @Test func `The shipped calendar is read, and knows the deadline of the issue`() throws {
    let text = try String(
      contentsOfFile: Self.shipped("plugins/law/calendar.yaml"), encoding: .utf8)
    let calendar = try CalendarFile.read(text)
    #expect(try calendar.addWorkdays(from: Day("2026-04-30")!, count: 5).due == Day("2026-05-11"))
    #expect(calendar.isProvisional(Day("2027-03-01")!))
  }

  @Test func `A calendar's mistakes have lines`() {
    #expect(
      found {
        _ = try CalendarFile.read(
          """
          format: gongyue.calendar/2
          version: "1"
          notices:
            - {number: 一号, title: 甲, issued: 2026-01-01, coverss: 2026}
          """)
      } == [
        "1: 不认识日历格式“gongyue.calendar/2” | 应为 gongyue.calendar/1",
        "4: 通知里没有“coverss”这个键 | 是不是想写“covers”？",
      ])
    #expect(
      found {
        _ = try CalendarFile.read(
          "format: gongyue.calendar/1\nversion: '1'\nnotices:\n  - {number: 一号, title: 甲, issued: 2026-13-01, off: [{name: 元旦, days: 2026-01-01}]}\n"
        )
      }.map { $0.prefix(2) } == ["4:"])
  }

  static func shipped(_ path: String, from file: String = #filePath) -> String {
    URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(path).path
  }
}

struct WorkspaceConfigurationTests {
  @Test func `A workspace's configuration is read`() throws {
    let configuration = try WorkspaceConfiguration(
      yaml: """
        name: 示范街道
        street: sll
        today: 2026-05-12
        language: en
        database: data.sqlite
        limits: {time: 1.5, memory: 64, output: 10, instructions: 5000}
        """)
    #expect(configuration.name.chinese == "示范街道")
    #expect(configuration.street == "sll")
    #expect(configuration.today == Day("2026-05-12"))
    #expect(configuration.language == .english)
    #expect(configuration.database == "data.sqlite")
    #expect(
      configuration.limits == .init(seconds: 1.5, megabytes: 64, output: 10, instructions: 5000))
    #expect(try WorkspaceConfiguration(yaml: "name: 甲").limits == .standard)
  }

  @Test func `Its mistakes are said at once`() {
    #expect(
      found {
        _ = try WorkspaceConfiguration(
          yaml: """
            nmae: 甲
            today: 5月12日
            language: fr
            database: ../x.sqlite
            limits: {time: -1, memory: 0, outptu: 1}
            """)
      } == [
        "1: 工作区配置里没有“nmae”这个键 | 是不是想写“name”？",
        "1: 缺少“name” | 补上一行：name: …",
        "2: “today”应为一个日期，如 2026-05-12，这里是“5月12日”",
        "3: 没有“fr”这种语言 | 可写 zh 或 en",
        "4: “../x.sqlite”不是文件名 | 只写名称，不带文件夹，如 gongyue.sqlite",
        "5: 上限 limits里没有“outptu”这个键 | 是不是想写“output”？",
        "5: “time”应为大于零的秒数，这里是“-1”",
        "5: “memory”应在 1 与 1048576 之间",
      ])
  }
}
