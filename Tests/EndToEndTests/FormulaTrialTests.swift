import Foundation
import Governance
import Testing

/// `plugin check` runs each formula once, on the last finished period.
@Suite struct FormulaTrialTests {
  private func write(
    _ id: String, _ entry: String, reads: String = "[state, resolve_due]",
    into workspace: Workspace
  ) throws {
    let folder = workspace.path + "/plugins/street/" + id
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try """
    id: \(id)
    title: 试
    version: 1.0.0
    api: 1
    layer: street
    reads:
      cases: \(reads)
    """.write(toFile: folder + "/plugin.yaml", atomically: true, encoding: .utf8)
    try """
    local gongyue = require "gongyue"
    return { gongyue.formula { id = "\(id)", title = "试", \(entry) } }
    """.write(toFile: folder + "/init.lua", atomically: true, encoding: .utf8)
  }

  @Test func `What is wrong inside a formula's function is found by running it once`() throws {
    let workspace = try Workspace()
    let before = try workspace.mark()
    let cases: [(entry: String, expected: String)] = [
      (
        "rate = function(s) local all = gongyue.cases return all:where { stat = \"closed\" }, all end",
        "“cases”（事项）没有“stat”这一项"
      ),
      ("rate = function(s) return 5 end", "“试”的 rate 要返回分子和分母两个数"),
      (
        "rate = function(s) local all = gongyue.cases:count() return all:where {}, all end",
        "变量“all”是 number，里面没有东西可取"
      ),
      (
        "rate = function(s) local all = gongyue.cases return all:where { resolve_due = \"2026-13-01\" }, all end",
        "“resolve_due”"
      ),
      ("rate = function(s) return 1, s.witin end", "考核对象没有“witin”"),
      (
        "rate = function(s) local due = gongyue.cases return due:where { red_on = s.within }, due end",
        "插件“street."
      ),
      ("rate = function(s) return -1, 3 end", "“试”的分子是 -1，不能小于 0"),
      ("rate = function(s) while true do end end", "运行了"),
    ]
    for (index, one) in cases.enumerated() {
      try write("trial-\(index)", one.entry, into: workspace)
    }
    for (index, one) in cases.enumerated() {
      let outcome = try workspace.run("plugin", "check", "street.trial-\(index)", "--time", "2")
      #expect(outcome.status != 0 && outcome.errors.contains(one.expected), "\(outcome.errors)")
      #expect(
        outcome.errors.contains("plugins/street/trial-\(index)/init.lua:2"), "\(outcome.errors)")
    }
    #expect(try workspace.mark() == before, "a trial keeps nothing")
  }

  @Test func `A sound formula passes, and one that had nothing to read says so`() throws {
    let workspace = try Workspace()
    try write(
      "sound",
      "rate = function(s) return gongyue.cases:where { state = \"closed\", resolve_due = s.within }, gongyue.cases end",
      into: workspace)
    let sound = try workspace.run("plugin", "check", "street.sound")
    #expect(sound.status == 0, "\(sound.errors)")
    #expect(!sound.errors.contains("没有试算"), "\(sound.errors)")
    let scratch = try Scratch()
    _ = try Program.run(["init", scratch.path + "/empty"])
    let empty = try Program.run(
      ["plugin", "check", "street.community-assessment"], in: scratch.path + "/empty")
    #expect(empty.status == 0, "\(empty.errors)")
    #expect(empty.errors.contains("没有试算：工作区里还没有它考核的社区"), "\(empty.errors)")
  }

  @Test func `A rate of more than there is gives a score with a note`() throws {
    let workspace = try Workspace()
    try write("rate-over", "rate = function() return 5, 3 end", into: workspace)
    _ = try workspace.run("plugin", "enable", "street.rate-over")
    let outcome = try workspace.run("assess", "rate-over", "2026-04")
    #expect(outcome.output.contains("166.67"), "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("的分子大于分母，请核对"), "\(outcome.output)")
  }
}
