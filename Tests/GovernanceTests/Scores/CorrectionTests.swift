import Governance
import Testing

/// Row "Reproducible close": late data gives a numbered correction that says what differs and why.
struct CorrectionTests {
  private let closing = Correction.Closing(id: "assessment-2026-04", day: Day("2026-05-12")!)
  private let basis = Basis(
    records: ["cases": "1"], settings: ["assessment.weights": "2"],
    plugins: ["street.community-assessment": "3"], calendar: ["2026": "4"])

  @Test func `Nothing changed, nothing to correct`() throws {
    let tree = try P8.assess(P8.scheme(), P8.inputs()).explanation
    let correction = Correction(
      of: closing, closed: (basis, ["sll-01": tree]), fresh: (basis, ["sll-01": tree]))
    #expect(correction.isEmpty)
    #expect(lines(correction) == ["与封存的结果一致"])
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
      of: closing, closed: (basis, ["sll-01": stored, "sll-02": old]),
      fresh: (changed, ["sll-01": new, "sll-02": old]))
    #expect(correction.causes.map(\.source) == [.records, .calendar])
    #expect(
      correction.changes.map(\.path) == [
        ["community-assessment"], ["community-assessment", "c"],
        ["community-assessment", "c", "solution"],
      ])
    #expect(
      lines(correction) == [
        "与封存的结果不同（assessment-2026-04，2026-05-12 封存）",
        "记录有变动：1项统计读到的记录与封存时不同",
        "工作日历有变动：文件改过，但没有哪一天因此改变",
        "得分有变化：", "  十字街社区 89.40 → 90.03（+0.63）", "    闭环办理 89.76 → 92.88（+3.13）",
        "      解决率 87.50 → 96.43（+8.93）",
        "封存的结果没有动。若重新封存，将成为第1号更正。",
      ])
  }

  @Test func `Each cause is told in full, up to ten lines and a count`() throws {
    let tree = try P8.assess(P8.scheme(), P8.inputs()).explanation
    var changed = basis
    changed.records["cases"] = "1b"
    let correction = Correction(
      of: .init(id: "a-r1", day: Day("2026-05-12")!, correction: 1),
      closed: (basis, ["sll-01": tree]), fresh: (changed, ["sll-01": tree])
    ).explained { _ in
      (1...12).map { .init(Words("第\($0)条", "record \($0)"), data: ["n": .integer(Int64($0))]) }
    }
    #expect(
      lines(correction) == [
        "与封存的结果不同（a-r1，2026-05-12 封存）", "记录有变动：12条",
      ] + (1...10).map { "  第\($0)条" } + [
        "  另有2条", "得分没有变化。", "封存的结果没有动。若重新封存，将成为第2号更正。",
      ])
    #expect(lines(correction, .english).contains("Records changed: 12"))
    #expect(correction.json()["causes"]?.elements?[0]["details"]?.elements?.count == 12)
    let stored = correction.report(names: [:], isStored: true)
    #expect(stored.last == .paragraph(Words("这次封存为第2号更正。", "Closed as correction 2.")))
  }

  private func lines(_ correction: Correction, _ language: Language = .chinese) -> [String] {
    correction.report(names: ["sll-01": Words("十字街社区", "Shizijie")]).flatMap { block -> [String] in
      switch block {
      case .section(let words), .paragraph(let words):
        return words.text(in: language).split(separator: "\n").map(String.init)
      default: return []
      }
    }
  }

  @Test func `A unit that is new or gone is a change`() throws {
    let tree = try P8.assess(P8.scheme(), P8.inputs()).explanation
    let correction = Correction(
      of: closing, closed: (basis, [:]), fresh: (basis, ["sll-01": tree]))
    #expect(correction.changes.first?.old.number == nil)
    #expect(correction.changes.first?.new == tree.value)
  }

  @Test func `A value that became unknown is a change`() throws {
    let old = try P8.assess(P8.scheme(), P8.inputs()).explanation
    let gone = P8.inputs(others: ["h": .missing(Words("没有上报", "not reported"))])
    let new = try P8.assess(P8.scheme(), gone).explanation
    let correction = Correction(
      of: closing, closed: (basis, ["sll-01": old]), fresh: (basis, ["sll-01": new]))
    #expect(lines(correction).contains("  十字街社区 89.40 → 缺报"))
  }
}
