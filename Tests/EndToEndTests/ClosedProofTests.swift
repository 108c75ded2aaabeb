import Governance
import Testing

@testable import Core

/// What `replay` and `doctor` ask of a closing: do the kept leaves still give the kept result?
@Suite struct ClosedProofTests {
  static func result(sum: String) throws -> JSONValue {
    let parts = [3, 4].map { (number: Rational) in
      Explanation(given: .present(number), id: "part-\(number.exactText)", Words("部分", "part"))
    }
    let tree = try Explanation(.sum, of: parts, id: "total", Words("总分", "total"), role: .total)
    let json = tree.json().compact.replacing("\"value\":\"7\"", with: "\"value\":\"\(sum)\"")
    return ["units": [["unit": "sll-02", "explanation": try JSONValue(parsing: json)]]]
  }

  @Test func `Leaves that give the kept result prove it`() throws {
    #expect(try ClosedProofs(of: "days-2026-04", Self.result(sum: "7")).problem == nil)
  }

  @Test func `A result that its leaves do not give is named, with unit and node`() throws {
    let problem = try ClosedProofs(of: "days-2026-04", Self.result(sum: "8")).problem
    #expect(problem?.code == .replayUnavailable)
    #expect(
      problem?.message.chinese
        == "封存结果 days-2026-04 里 sll-02 的说明对不上：total 由下面各项重算，总数应为7，封存的是8")
  }
}
