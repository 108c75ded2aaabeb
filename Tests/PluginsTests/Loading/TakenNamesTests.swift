import Governance
import Lua
import Testing

@testable import Plugins

/// A name belongs to the package that was enabled with it.
@Suite struct TakenNamesTests {
  static func package(
    _ id: String, settings: String = "", code: String = "return {}", unit: String? = nil
  ) throws -> Package {
    let owner: Owner = unit.map { .community(UnitID($0)) } ?? .street
    let whose = unit.map { "layer: community\nunit: \($0)" } ?? "layer: street"
    let manifest = "id: \(id)\ntitle: 甲\nversion: 1.0.0\napi: 1\n\(whose)\n\(settings)"
    return try Package(
      PackageFiles(
        folder: "plugins/\(owner.folder)/\(id)",
        texts: ["plugin.yaml": manifest, "init.lua": code]), owner: owner)
  }

  static let streets = """
    settings:
      assessment.weights: {label: 权重, alias: 七块权重, type: integer, default: 5}
      notice.workdays: {label: 公示期, type: integer, default: 7}
      notice.old: {renamed: notice.workdays, from: 2026-01-01}
    """

  static func found(_ settings: String) throws -> [String] {
    let street = EnabledPackage(try package("rules", settings: streets), definitions: [])
    let package = try package("own", settings: "settings:\n  \(settings)", unit: "sll-02")
    return PackageCheck(package, enabled: [street]).problems.map {
      "\($0.place!.description.replacing("plugins/communities/sll-02/own/", with: "")) "
        + $0.message.chinese
    }
  }

  @Test(arguments: [
    (
      "assessment.weights: {retired: 2020-01-01}",
      ["plugin.yaml:8 设置“assessment.weights”是插件“street.rules”的，只有它能声明、改名或停用"]
    ),
    (
      "assessment.weights: {renamed: own.days, from: 2020-01-01}",
      ["plugin.yaml:8 设置“assessment.weights”是插件“street.rules”的，只有它能声明、改名或停用"]
    ),
    (
      "notice.old: {retired: 2020-01-01}",
      ["plugin.yaml:8 设置“notice.old”是插件“street.rules”的，只有它能声明、改名或停用"]
    ),
    (
      "notice.old: {label: 旧, type: integer, default: 1}",
      ["plugin.yaml:8 设置“notice.old”是插件“street.rules”的，只有它能声明、改名或停用"]
    ),
    (
      "notice.workdays: {label: 天数, type: integer, default: 1}",
      [
        "plugin.yaml:8 设置“notice.workdays”不能叫“notice.workdays”：插件“street.rules”的设置“notice.workdays”"
          + "（plugins/street/rules/plugin.yaml:8）已经叫这个"
      ]
    ),
    (
      "own.days: {label: 公示期, type: integer, default: 1}",
      [
        "plugin.yaml:8 设置“own.days”不能叫“公示期”：插件“street.rules”的设置“notice.workdays”"
          + "（plugins/street/rules/plugin.yaml:8）已经叫这个"
      ]
    ),
    (
      "own.days: {label: 天数, alias: 七块权重, type: integer, default: 1}",
      [
        "plugin.yaml:8 设置“own.days”不能叫“七块权重”：插件“street.rules”的设置“assessment.weights”"
          + "（plugins/street/rules/plugin.yaml:7）已经叫这个"
      ]
    ),
    (
      "own.a: {label: 甲, type: integer, default: 1}\n  own.b: {label: 甲, type: integer, default: 1}",
      ["plugin.yaml:9 设置“own.b”不能叫“甲”：设置“own.a”（plugins/communities/sll-02/own/plugin.yaml:8）已经叫这个"]
    ),
    ("own.days: {label: 天数, type: integer, default: 1}", []),
    ("own.old: {renamed: notice.workdays, from: 2026-01-01}", []),
  ])
  func `A setting belongs to the package that declared it`(
    settings: String, expected: [String]
  ) throws {
    #expect(try Self.found(settings) == expected)
  }

  @Test func `Formulas and commands of enabled packages are taken, both packages are named`()
    throws
  {
    let code = """
      local g = require "gongyue"
      return {
        g.formula { id = "score", title = "分", value = function() return 1 end },
        g.command { id = "list", title = "列", run = function() end },
      }
      """
    let street = try Self.package("street-one", code: code)
    let enabled = EnabledPackage(street, definitions: PackageCheck(street).definitions)
    #expect(enabled.definitions.count == 2)
    let own = try Self.package("own", code: code, unit: "sll-02")
    #expect(
      PackageCheck(own, enabled: [enabled]).problems.map { "\($0.place!) \($0.message.chinese)" }
        == [
          "plugins/communities/sll-02/own/init.lua:3 公式代码“score”已被启用的插件“street.street-one”用了",
          "plugins/communities/sll-02/own/init.lua:4 命令代码“list”已被启用的插件“street.street-one”用了",
        ])
    // Its own next version may keep them.
    #expect(PackageCheck(street, enabled: [enabled]).problems.isEmpty)
  }
}
