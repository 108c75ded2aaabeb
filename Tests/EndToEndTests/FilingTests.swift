import Governance
import Storage
import Testing

@testable import Core

@Suite struct FilingTests {
  @Test func `A correction made from an older version is refused`() throws {
    let workspace = try Workspace()
    let host = try ConcurrencyTests().host(workspace)
    let kind = try #require(BuiltInKinds.kind("case"))
    let code = "sll-02-2026-0001"
    let seen = try host.store.read { try host.require(kind, code: code, in: $0) }
    let first = try workspace.run(
      "records", "cases", code, "--correct", "place=三号楼门前", "--reason", "现场核实")
    #expect(first.status == 0, "\(first.errors)")
    let late: [(Filing) throws -> Void] = [
      { _ = try $0.correct(seen, of: kind, ["place": .text("四号楼")], reason: "晚到的更正") },
      { try $0.retract(seen, of: kind, reason: "晚到的撤销") },
    ]
    for change in late {
      var found: Problem?
      do {
        try host.store.write(.test) { try change(host.filing($0)) }
      } catch let problem as Problem { found = problem }
      #expect(found?.code == .inputInvalid)
      #expect(found?.message.chinese == "事项 \(code) 已被别人改过（现在是第 2 版，不是第 1 版）")
      #expect(found?.hint?.chinese == "重新读取后再改")
    }
    let shown = try workspace.run("records", "cases", code)
    #expect(shown.output.contains("三号楼门前"), "\(shown.output)")
  }
}
