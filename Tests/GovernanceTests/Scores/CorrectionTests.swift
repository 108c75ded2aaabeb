import Governance
import Testing

/// Row "Reproducible close": late data gives a numbered correction that says what differs and why.
struct CorrectionTests {
  private let basis = Basis(
    records: ["cases": "1"], settings: ["assessment.weights": "2"],
    plugins: ["street.community-assessment": "3"], calendar: ["2026": "4"])

  @Test func `Nothing changed, nothing to correct`() throws {
    let tree = try P8.assess(P8.scheme(), P8.inputs()).explanation
    let correction = Correction(
      number: 1, closed: (basis, ["sll-01": tree]), fresh: (basis, ["sll-01": tree]))
    #expect(correction.isEmpty)
    #expect(correction.lines.map(\.chinese) == ["与关账结果一致"])
  }

  @Test func `A correction names the cause, the unit and the parts that differ`() throws {
    let old = try P8.assess(P8.scheme(), P8.inputs()).explanation
    let new = try P8.assess(P8.scheme(), P8.inputs(solution: (60, 64))).explanation
    var changed = basis
    changed.records["cases"] = "1b"
    changed.calendar["2026"] = "4b"
    // The closed tree is what was stored, read back.
    let stored = try Explanation(JSONValue(parsing: old.json().compact))
    let correction = Correction(
      number: 2, closed: (basis, ["sll-01": stored, "sll-02": old]),
      fresh: (changed, ["sll-01": new, "sll-02": old]))
    #expect(correction.causes.map(\.source) == [.records, .calendar])
    #expect(
      correction.changes.map(\.path) == [
        ["community-assessment"], ["community-assessment", "c"],
        ["community-assessment", "c", "solution"],
      ])
    #expect(
      correction.lines.map(\.chinese) == [
        "第2号更正：与关账时不同", "记录有变动：cases", "工作日历有变动：2026", "sll-01 社区考核：89.4 → 90.03",
        "  闭环办理：89.76 → 92.88", "    解决率：87.5 → 96.43",
      ])
  }

  @Test func `A unit that is new or gone is a change`() throws {
    let tree = try P8.assess(P8.scheme(), P8.inputs()).explanation
    let correction = Correction(
      number: 1, closed: (basis, [:]), fresh: (basis, ["sll-01": tree]))
    #expect(correction.changes.first?.old.number == nil)
    #expect(correction.changes.first?.new == tree.value)
  }

  @Test func `A value that became unknown is a change`() throws {
    let old = try P8.assess(P8.scheme(), P8.inputs()).explanation
    let gone = P8.inputs(others: ["h": .missing(Words("没有上报", "not reported"))])
    let new = try P8.assess(P8.scheme(), gone).explanation
    let correction = Correction(
      number: 1, closed: (basis, ["sll-01": old]), fresh: (basis, ["sll-01": new]))
    #expect(correction.lines[1].chinese == "sll-01 社区考核：89.4 → 缺报")
  }
}
