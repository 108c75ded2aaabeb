internal import Governance
internal import Lua
internal import Plugins
internal import Storage

/// Runs the tests of packages and tells how they ended.
struct PluginTesting {
  /// All packages whose settings the tests may use.
  let all: [Package]
  let files: [Catalogue.SettingsFile]
  let calendar: WorkCalendar
  let today: Day

  /// Tests pin words, so they are run in one language, whatever the one that asks speaks.
  private let language = Language.chinese
  let drivers: Drivers
  let progress: (@Sendable (Governance.Progress) -> Void)?

  func answer(for packages: [Package]) throws -> Answer {
    let tested = packages.filter { !$0.testFiles.isEmpty }
    let outcomes = try tested.flatMap { package in try run(package) }
    let failures = outcomes.compactMap(\.failure)
    let rows: [[Cell]] = outcomes.map { outcome in
      [
        .text(outcome.passed ? Words("通过", "passed") : Words("未通过", "failed")),
        .verbatim(outcome.name), .verbatim(outcome.file),
      ]
    }
    let table = Table(
      nil, [.text("结果", "Result"), .text("测试", "Test"), .text("文件", "File")], rows)
    let passed = outcomes.count - failures.count
    let summary = Words(
      "\(tested.count) 个插件，\(outcomes.count) 项测试：通过 \(passed)，未通过 \(failures.count)。",
      "\(tested.count) plugins, \(outcomes.count) tests: \(passed) passed, \(failures.count) failed."
    )
    return Answer(
      "plugin", Report(Words("插件测试", "plugin tests"), [.table(table), .paragraph(summary)]),
      data: [
        "passed": .integer(Int64(passed)), "failed": .integer(Int64(failures.count)),
        "tests": .array(
          outcomes.map { outcome in
            [
              "name": .string(outcome.name), "file": .string(outcome.file),
              "passed": .bool(outcome.passed),
            ]
          }),
      ], problems: failures)
  }

  private func run(_ package: Package) throws -> [PackageTests.Outcome] {
    let host = PluginTestWorlds(
      packages: all, files: files, calendar: calendar, today: today, language: language,
      drivers: drivers)
    return try RunThread.run {
      PackageTests(package, host: host, language: language).run { done, total in
        progress?(
          Governance.Progress(
            Words("测试 \(package.name)", "testing \(package.name)"), done: done, total: total))
      }
    }
  }
}

extension PackageTests.Outcome {
  /// Why it failed, as the runner reports it: whatever happened inside, a test that fails
  /// is a failed test.
  fileprivate var failure: Problem? {
    guard let problem, problem.code != .pluginTest else { return problem }
    var failure = Problem(
      .pluginTest,
      Words(
        "“\(name)”未通过：\(problem.message.chinese)（\(problem.code.rawValue)）",
        "'\(name)' failed: \(problem.message.english) (\(problem.code.rawValue))"),
      at: problem.place ?? Place(file: file), hint: problem.hint)
    for doing in problem.context { failure = failure.while(doing) }
    return failure
  }
}
