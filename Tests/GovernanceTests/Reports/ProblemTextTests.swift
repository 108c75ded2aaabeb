import Governance
import Testing

@Suite struct ProblemTextTests {
  // scripting.md, "Every error goes to standard error as …".
  @Test func `A problem shows code, place, hint and context, each on its line`() {
    var problem = Problem(
      .settingUnknown, Words("没有设置“notice.workday”", "no setting 'notice.workday'"),
      at: Place(file: "plugins/street/settings.yaml", line: 12),
      hint: Words("是不是想用“notice.workdays”？", "did you mean 'notice.workdays'?")
    ).while(Words("读取街道设置", "reading the street's settings"))
    #expect(
      problem.text(in: .chinese) == """
        error[setting.unknown]: 没有设置“notice.workday”
          --> plugins/street/settings.yaml:12
          hint: 是不是想用“notice.workdays”？
          经过：读取街道设置

        """)
    // One call is the place already; more are listed, innermost first.
    problem.calls = [Problem.Call(Place(file: "a.lua", line: 3), in: "due")]
    #expect(problem.text(in: .english).hasSuffix("  while: reading the street's settings\n"))
    problem.calls.append(Problem.Call(Place(file: "a.lua", line: 9), in: nil))
    #expect(
      problem.text(in: .english).hasSuffix(
        "  traceback: a.lua:3 due\n             a.lua:9\n"))
    #expect(
      Problem(.denied, Words("没有权限", "not permitted")).text(in: .english)
        == "error[denied]: not permitted\n")
  }

  @Test func `A message cannot pass for another error or drive the terminal`() {
    let problem = Problem(.scriptError, Words(verbatim: "a\nerror[denied]: b\u{1B}[1A"))
    #expect(
      problem.text(in: .chinese)
        == "error[script.error]: a\n    error[denied]: b\\u{1B}[1A\n")
  }

  @Test func `Every code has a meaning of its own in both languages`() {
    let codes = ErrorCode.allCases
    #expect(Set(codes.map(\.meaning.chinese)).count == codes.count)
    #expect(Set(codes.map(\.meaning.english)).count == codes.count)
    #expect(codes.allSatisfy { !$0.meaning.chinese.isEmpty && !$0.meaning.english.isEmpty })
  }

  // scripting.md: 1 refused, 64 usage, 65 bad input, 74 I/O, 75 a budget, 77 not permitted.
  @Test func `Every code ends in a documented status`() {
    #expect(Set(ErrorCode.allCases.map(\.exitStatus)) == [1, 64, 65, 74, 75, 77])
  }
}
