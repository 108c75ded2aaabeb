import Foundation
import Governance
import Testing

/// With `--lang en` everything that the program and the shipped plugins say is English.
///
/// What people wrote stays as they wrote it: names of units, contents of records, the
/// documents that rules rest on.
@Suite struct EnglishTests {
  /// Every command that prints something, on the demo street; those that write come last.
  private static let commands = """
    units
    settings sll-02
    settings sll-05
    settings sll-02 --diff sll-05
    settings sll-04 --lint
    why notice.workdays sll-02
    why notice.workdays sll-05
    why assessment.weights sll-02
    why assessment.bands sll-02
    why assessment.curve.heads sll-02
    why clock.counts_first_day sll-02
    records cases --limit 3
    records cases sll-02-2026-0061
    records cases sll-02-2026-0061 --history
    records persons --limit 3
    assess community-assessment 2026-04
    assess community-assessment 2026-05
    assess community-assessment 2026-04 --unit sll-02 --explain --depth 9
    assess community-assessment 2026-04 --unit sll-04 --explain --depth 9
    assess community-assessment 2026-05 --unit sll-04 --explain --depth 9
    assess community-assessment 2026-04 --what-if assessment.curve.heads=full=100,zero=70
    plugin list
    plugin show law
    plugin show community-assessment
    plugin show monthly-bulletin
    plugin show public-affairs
    plugin check
    run ranking period=2026-04
    run ranking period=2026-05
    run ledgers period=2026-04
    run ledgers period=2026-05
    run report period=2026-04
    run scripts/overdue.lua
    run scripts/deadline.lua posted=2026-04-30
    run scripts/deadline.lua posted=2026-12-25 unit=sll-02
    run scripts/overview.lua
    eval print(gongyue.dropped("no-reason"),gongyue.zero_report())
    doctor
    audit verify
    set notice.workdays 9 --unit sll-04 --basis meeting --impact
    set notice.workdays 9 --unit sll-04 --basis meeting
    set notice.workdays 3 --unit sll-04 --basis meeting
    set assessment.weights 1 --type old_estate --basis meeting
    run ranking period=Q
    run ranking period=2026-Q1
    close community-assessment 2026-04
    replay community-assessment-2026-04
    plugin disable monthly-bulletin
    plugin enable street.monthly-bulletin
    audit show --last 20
    help
    help run
    help options
    help errors
    """.lines

  @Test func `English output has no Chinese but what people wrote`() throws {
    let workspace = try Workspace()
    let written = try Self.written(in: workspace)
    for command in Self.commands {
      let words = command.split(separator: " ").map(String.init)
      let drawn = words[0] == "help" ? [] : ["--format", "markdown"]
      let outcome = try Program.run(words + drawn + ["--lang", "en"], in: workspace.path)
      // Markdown escapes the asterisk of a masked name.
      var text = (outcome.output + outcome.errors).replacingOccurrences(of: "\\", with: "")
      for own in written + (words[0] == "records" ? try contents(words, workspace) : []) {
        text = text.replacingOccurrences(of: own, with: "")
      }
      for line in text.lines where line.unicodeScalars.contains(where: Self.isChinese) {
        Issue.record("\(command): \(line)")
      }
    }
  }

  /// Characters of Chinese, its punctuation and full-width forms.
  private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    [0x3000...0x303F, 0x3400...0x9FFF, 0xFF00...0xFFEF].contains { $0.contains(scalar.value) }
  }

  /// Names of units, places of cases, bases of rules; the longest first.
  private static func written(in workspace: Workspace) throws -> [String] {
    let units = try workspace.run("units", "--json").data(of: "units")
    let cases = try workspace.run("records", "cases", "--limit", "5000", "--json")
    let files =
      FileManager.default.enumerator(atPath: workspace.path + "/plugins")?.allObjects as? [String]
      ?? []
    let bases = try files.filter { $0.hasSuffix(".yaml") }.flatMap { file in
      try workspace.scratch.text(of: "plugins/" + file).matches(
        of: /(?m)(?:^ *basis: |^  - )(?<text>.+)$/
      ).map { String($0.text) }
    }
    let all = texts(of: units) + texts(of: try cases.data(of: "records")) + bases
    return Set(all).filter { $0.unicodeScalars.contains(where: isChinese) }.sorted {
      ($0.count, $0) > ($1.count, $1)
    }
  }

  /// What the records hold that a command shows.
  private func contents(_ command: [String], _ workspace: Workspace) throws -> [String] {
    Self.texts(of: try Program.run(command + ["--json"], in: workspace.path).data(of: "records"))
      .filter { $0 != "写入演示街道" && $0.unicodeScalars.contains(where: Self.isChinese) }
  }

  private static func texts(of json: JSONValue) -> [String] {
    if let text = json.text { return [text] }
    if let elements = json.elements { return elements.flatMap { texts(of: $0) } }
    return (json.members ?? []).flatMap { texts(of: $0.value) }
  }

  @Test(arguments: [
    ("settings sll-02", "excellent 90 points, good 80 points, pass 60 points"),
    ("why notice.workdays sll-02", "notice period = 7 working days"),
    (
      "why assessment.weights sll-02", "organisation 15 points, deliberation 15 points, closed loop"
    ),
    ("set question.workdays 1 --unit sll-02 --basis meeting --impact", "| 1 working day |"),
    ("plugin list", "community assessment"),
    ("audit show", "writing the demo street"),
    ("run ranking period=2026-04", "ranking of the community assessment, April 2026"),
    ("run ranking period=2026-04", "| +0.72 | hazards in time 28/31, up 0.83 |"),
    ("run report period=2026-Q1", "the report is by month: write one, such as period=2026-04"),
  ])
  func `Units of measure, choices and titles are in the reader's language`(
    command: String, expected: String
  ) throws {
    let words =
      command.split(separator: " ").map(String.init) + ["--lang", "en", "--format", "markdown"]
    let workspace = try Workspace()
    let outcome = try Program.run(words, in: workspace.path)
    let text = outcome.output + outcome.errors
    #expect(text.contains(expected), "\(workspace.path): \(text)")
  }
}
