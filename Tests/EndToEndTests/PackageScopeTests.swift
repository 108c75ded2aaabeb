import Foundation
import Governance
import Testing

/// A package sees no more than what it is for, whoever runs it: architecture, law 7; scripting.md,
/// "Who writes what".
@Suite struct PackageScopeTests {
  static func package(_ layer: String, unit: String = "") -> [String: String] {
    [
      "plugin.yaml": """
      id: look
      title: 看一看
      version: 1.0.0
      api: 1
      layer: \(layer)
      \(unit)
      reads:
        cases: all
        persons: all
      writes:
        questions: all
      """,
      "init.lua": """
      local gongyue = require "gongyue"
      local function file(unit)
        gongyue.questions:create {
          unit = unit, subject = "问", channel = "board", asked = "2026-05-11", due = "2026-05-12" }
      end
      return {
        gongyue.command { id = "count", title = "数一数", run = function()
          local units = {}
          for case in gongyue.cases:each() do units[case.unit] = true end
          local names = {}
          for unit in pairs(units) do names[#names + 1] = unit end
          return table.concat(names, " ")
        end },
        gongyue.command { id = "name", title = "点名", run = function()
          return gongyue.cases:where { unit = "sll-03" }:count()
        end },
        gongyue.command { id = "own", title = "写自己的", run = function() file "sll-02" end },
        gongyue.command { id = "other", title = "写别人的", run = function() file "sll-03" end },
        gongyue.command { id = "rank", title = "排名", run = function()
          local units = {}
          for _, row in ipairs(gongyue.assess("community-assessment", "2026-04").units) do
            units[#units + 1] = row.unit
          end
          return table.concat(units, " ")
        end },
      }
      """,
    ]
  }

  static func workspace(_ folder: String, _ layer: String, unit: String = "") throws -> Workspace {
    let workspace = try Workspace()
    for (name, text) in package(layer, unit: unit) {
      _ = try workspace.scratch.file("plugins/\(folder)/look/\(name)", containing: text)
    }
    let enabled = try workspace.run("plugin", "enable", "look")
    #expect(enabled.status == 0, "\(enabled.errors)")
    return workspace
  }

  @Test func `A community's command sees and writes its own community, also for the street office`()
    throws
  {
    let workspace = try Self.workspace("communities/sll-02", "community", unit: "unit: sll-02")
    for actor in ["office", "worker@sll-02"] {
      let count = try workspace.run("run", "look.count", "--as", actor)
      #expect(count.output == "sll-02\n", "\(count.errors)")
      try workspace.run("run", "look.name", "--as", actor).expect(.denied)
      try workspace.run("run", "look.other", "--as", actor, "--dry-run").expect(.denied)
      #expect(try workspace.run("run", "look.own", "--as", actor, "--dry-run").status == 0)
      let ranked = try workspace.run("run", "look.rank", "--as", actor)
      #expect(ranked.output == "sll-02\n", "\(ranked.errors)")
    }
    try workspace.run("run", "look.count", "--as", "worker@sll-03").expect(
      .denied, "社区工作者（worker@sll-03）不能运行“sll-02”的插件：它只管自己的单位")
  }

  @Test func `A type's command sees the communities of the type`() throws {
    let workspace = try Self.workspace("types/old_estate", "type")
    let count = try workspace.run("run", "look.count")
    #expect(count.output == "sll-02 sll-06\n", "\(count.errors)")
    #expect(
      try workspace.run("run", "look.count", "--as", "worker@sll-06").output == "sll-06\n")
    try workspace.run("run", "look.name").expect(.denied)
  }

  @Test func `The street's command sees what its actor sees`() throws {
    let workspace = try Self.workspace("street", "street")
    #expect(try workspace.run("run", "look.count").output.split(separator: " ").count == 8)
    #expect(
      try workspace.run("run", "look.count", "--as", "worker@sll-03").output == "sll-03\n")
  }
}
