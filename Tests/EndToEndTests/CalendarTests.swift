import Foundation
import Governance
import Testing

/// The calendar of working days is data, and says what it does not know.
@Suite struct CalendarTests {
  @Test func `A notice is added to the calendar without a new version of the law`() throws {
    let workspace = try Workspace()
    let path = "plugins/law/calendar.yaml"
    let text = try workspace.scratch.text(of: path)
    _ = try workspace.scratch.file(
      path,
      containing: text + """

          - number: 街办〔2026〕1号
            title: 本街道放假一天
            issued: 2026-05-06
            off:
              - {name: 街道活动, days: 2026-05-13}

        """)
    let days = "print(gongyue.calendar.add_workdays('2026-05-12', 1))"
    #expect(try workspace.run("eval", days).output == "2026-05-14\n")
    let doctor = try workspace.run("doctor")
    #expect(doctor.status == 0, "\(doctor.output)\(doctor.errors)")
    #expect(doctor.output.contains("2007至2026年"), "\(doctor.output)")
    let assessed = try workspace.run("assess", "community-assessment", "2026-04")
    #expect(assessed.status == 0 && assessed.errors == "")
  }

  @Test func `A calendar that is wrong is refused with its line`() throws {
    let workspace = try Workspace()
    let path = "plugins/law/calendar.yaml"
    let text = try workspace.scratch.text(of: path)
    _ = try workspace.scratch.file(
      path, containing: text.replacingOccurrences(of: "2026-05-01/2026-05-05", with: "2026-05-32"))
    for command in [["doctor"], ["assess", "community-assessment", "2026-04"]] {
      let outcome = try Program.run(command, in: workspace.path)
      outcome.expect(.calendarInvalid)
      #expect(outcome.errors.contains("  --> plugins/law/calendar.yaml:"), "\(outcome.errors)")
    }
  }

  @Test(arguments: [
    (
      "print(gongyue.calendar.add_workdays('2026-12-25', 7))",
      "注意：2027-01-06 的放假通知还没有公布，用到它的结果是暂定的\n",
      "note: the holiday notice for 2027-01-06 is not out: what rests on it is provisional\n"
    ),
    (
      "print(gongyue.calendar.is_workday('2006-10-02'))",
      "注意：工作日历从 2007-01-01 起，2006-10-02 一带只按周末推算\n",
      "note: the calendar begins on 2007-01-01: around 2006-10-02 only weekends are known\n"
    ),
    ("print(gongyue.calendar.add_workdays('2026-05-12', 7))", "", ""),
    // What is asked for with its uncertainty needs no warning.
    ("print(gongyue.calendar.deadline('2026-12-25', 7).provisional)", "", ""),
  ])
  func `A run that counts on days no notice has settled says so`(
    code: String, chinese: String, english: String
  ) throws {
    let workspace = try Workspace()
    let outcome = try workspace.run("eval", code)
    #expect(outcome.status == 0 && outcome.errors == chinese)
    #expect(try workspace.run("eval", code, "--lang", "en").errors == english)
  }

  @Test func `The shared script marks a provisional last day`() throws {
    let workspace = try Workspace()
    let one = try workspace.run("run", "scripts/deadline.lua", "posted=2026-12-25", "unit=sll-02")
    #expect(
      one.output.lines.first == "2026-12-25 张贴，公示 7 个工作日（张贴当日不计），到 2027-01-06（暂定） 为止。")
    let all = try workspace.run("run", "scripts/deadline.lua", "posted=2026-12-25", "--lang", "en")
    #expect(all.output.lines.contains { $0.hasSuffix("2027-01-06 (provisional)") }, "\(all.output)")
    #expect(all.status == 0 && all.errors == "")
  }
}
