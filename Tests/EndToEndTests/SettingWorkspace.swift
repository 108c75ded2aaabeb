import Foundation
import Governance
import Testing

/// A small workspace for questions about settings: a street, three communities, an estate under
/// care, and one package that declares keys of every sort of delegation. Nothing shipped is in it.
final class SettingWorkspace: Sendable {
  let scratch: Scratch

  private static let original: Scratch = {
    do {
      let scratch = try Scratch()
      try make(in: scratch)
      return scratch
    } catch { preconditionFailure("\(error)") }
  }()

  /// - Parameter files: text by path below `plugins/`.
  init(_ files: [String: String] = [:]) throws {
    scratch = try Scratch()
    let source = Self.original.path + "/small"
    for name in try FileManager.default.contentsOfDirectory(atPath: source) {
      try FileManager.default.copyItem(
        atPath: source + "/" + name, toPath: scratch.path + "/" + name)
    }
    for (path, text) in files { try write(text, to: path) }
  }

  func write(_ text: String, to path: String) throws {
    _ = try scratch.file("plugins/" + path, containing: text)
  }

  func run(_ arguments: String...) throws -> Outcome {
    try Program.run(arguments, in: scratch.path)
  }

  /// The first line of `why`, and its table as rows of CSV without the header.
  func why(_ key: String, _ unit: String, on day: String? = nil) throws -> (String, [String]) {
    let date = day.map { ["--date", $0] } ?? []
    let text = try Program.run(["why", key, unit] + date, in: scratch.path)
    let rows = try Program.run(["why", key, unit, "--format", "csv"] + date, in: scratch.path)
    #expect(text.status == 0, "\(text.errors)")
    return (text.output.lines.first ?? "", Array(rows.rows.dropFirst()))
  }

  /// The newest entry of the audit log, as printed for programs.
  func mark() throws -> String {
    try newestEntry { try run("audit", "show", "--last", "100", "--json") }
  }

  private static func make(in scratch: Scratch) throws {
    func run(_ arguments: String...) throws {
      let folder = arguments[0] == "init" ? scratch.path : scratch.path + "/small"
      let outcome = try Program.run(arguments, in: folder)
      guard outcome.status == 0 else { preconditionFailure(outcome.errors) }
    }
    try run("init", "small")
    for package in ["community-assessment", "monthly-bulletin", "public-affairs"] {
      try run("plugin", "disable", "street.\(package)")
    }
    for folder in ["street", "types", "communities"] {
      try? FileManager.default.removeItem(atPath: scratch.path + "/small/plugins/" + folder)
    }
    let rules = "small/plugins/street/rules/"
    _ = try scratch.file(rules + "plugin.yaml", containing: manifest)
    _ = try scratch.file(rules + "init.lua", containing: formula)
    _ = try scratch.file("small/gongyue.yaml", containing: configuration)
    _ = try scratch.file("small/units.lua", containing: units)
    _ = try scratch.file("small/plugins/types/typologies.yaml", containing: typologies)
    try run("plugin", "enable", "street.rules")
    try run("run", "units.lua")
  }

  private static let configuration = """
    name: 试验街道
    street: sll
    today: 2026-05-12
    language: zh
    database: gongyue.sqlite
    limits: {time: 60, memory: 512}
    """

  private static let manifest = """
    id: rules
    title: 试验规定
    version: 1.0.0
    api: 1
    layer: street
    basis: 实施方案 四㈢
    settings:
      notice.days: {label: 公示期, type: integer, measure: 天, default: 5, min: 1, max: 99, who: [law, street, type, community]}
      notice.tight: {label: 从严公示期, type: integer, measure: 天, default: 5, delegate: tighten, stricter: higher}
      notice.locked: {label: 锁定公示期, type: integer, measure: 天, default: 6, delegate: locked}
      notice.must: {label: 自定公示期, type: integer, measure: 天, delegate: required}
      notice.old: {renamed: notice.days, from: 2026-03-01}
      duties.reports: {label: 必报事项, type: list, of: text, default: [火情, 纠纷], merge: union, delegate: add}
      duties.kept: {label: 保留事项, type: list, of: text, default: [火情, 纠纷], delegate: add}
      score.weights: {label: 权重, type: map, keys: {a: 甲块, b: 乙块}, of: decimal, total: 100, default: {a: 40, b: 60}}
      notice.ordered: {label: 有序公示期, type: integer, measure: 天, default: 5, order: [built_era, community_type]}
    """

  /// A second way of sorting communities, beside their type.
  private static let typologies = """
    built_era:
      label: 建成年代
      english: built
      types: {before_2000: 2000年以前, since_2000: {zh: 2000年以后, en: since 2000}}
    """

  private static let formula = """
    local gongyue = require "gongyue"
    return { gongyue.formula {
      id = "days", title = "公示得分", subject = "community", period = "month", from = "2026-01-01",
      value = function() return gongyue.setting "notice.days" end,
    } }
    """

  private static let units = """
    local function unit(values)
      values.has_committee, values.from = values.level == "community", "2020-01-01"
      gongyue.units:create(values)
    end
    unit { unit = "sll", key = "sll", name = "试验街道", level = "street" }
    for number, name in ipairs { "甲社区", "乙社区", "丙社区" } do
      local id = "sll-0" .. number
      unit { unit = id, key = id, name = name, level = "community", parent = "sll" }
    end
    unit { unit = "sll-a", key = "sll-a", name = "锦绣苑", level = "estate", parent = "sll" }
    local function is(id, type, from, to)
      gongyue.unit_types:create {
        unit = id, typology = "community_type", type = type, from = from, to = to }
    end
    is("sll-01", "commodity", "2020-01-01")
    is("sll-02", "old_estate", "2020-01-01")
    is("sll-03", "old_estate", "2020-01-01", "2026-04-16")
    is("sll-03", "commodity", "2026-04-16")
    is("sll-a", "commodity", "2020-01-01")
    -- Labels are taken like codes.
    gongyue.unit_types:create {
      unit = "sll-02", typology = "建成年代", type = "2000年以前", from = "2020-01-01" }
    gongyue.adjacencies:create { unit = "sll-a", neighbour = "sll-02", from = "2025-01-01" }
    gongyue.caretakings:create {
      unit = "sll-a", caretaker = "sll-02", from = "2025-01-01", to = "2026-06-01" }
    """
}

extension Outcome {
  /// The rows of CSV, whose lines end with carriage return and line feed.
  var rows: [String] {
    output.split(omittingEmptySubsequences: true) { $0 == "\r\n" || $0 == "\n" }.map(String.init)
  }
}
