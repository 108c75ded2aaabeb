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

  /// What one test may use of them, as `gongyue.yaml` says.
  let instructions: Int

  /// Tests pin words, so they are run in one language, whatever the one that asks speaks.
  private let language = Language.chinese
  let drivers: Drivers
  let progress: (@Sendable (Governance.Progress) -> Void)?

  /// A package with what came of its tests.
  private struct Tested {
    let package: Package
    let results: PackageTests.Results
  }

  func answer(for packages: [Package]) throws -> Answer {
    let tested = try packages.map { Tested(package: $0, results: try run($0)) }.filter {
      !$0.results.outcomes.isEmpty
    }
    let outcomes = tested.flatMap(\.results.outcomes)
    let failures = outcomes.compactMap(\.failure)
    let rows: [[Cell]] = outcomes.map { outcome in
      [
        .text(outcome.passed ? Words("通过", "passed") : Words("未通过", "failed")),
        outcome.isGenerated ? .text(outcome.name) : .verbatim(outcome.name.chinese),
        .verbatim(outcome.file),
      ]
    }
    let table = Table(
      nil, [.text("结果", "Result"), .text("测试", "Test"), .text("文件", "File")], rows)
    let passed = outcomes.count - failures.count
    let summary = Self.summary(tested.count, outcomes, passed: passed)
    return Answer(
      "plugin",
      Report(
        Words("插件测试", "plugin tests"),
        [.table(table), .paragraph(summary)] + tested.flatMap(Self.notes)),
      data: [
        "passed": .integer(Int64(passed)), "failed": .integer(Int64(failures.count)),
        "tests": .array(
          outcomes.map { outcome in
            [
              "name": .string(outcome.name.chinese), "file": .string(outcome.file),
              "passed": .bool(outcome.passed), "generated": .bool(outcome.isGenerated),
            ]
          }), "unreached": .array(tested.flatMap(Self.unreached)),
      ], problems: failures)
  }

  /// The tests of one package that fail.
  func failures(of package: Package) throws -> [PackageTests.Outcome] {
    try run(package).outcomes.filter { !$0.passed }
  }

  private static func summary(
    _ packages: Int, _ outcomes: [PackageTests.Outcome], passed: Int
  ) -> Words {
    let generated = outcomes.count(where: \.isGenerated)
    let (count, failed) = (outcomes.count, outcomes.count - passed)
    let edges =
      generated == 0
      ? Words("", "")
      : Words("（其中\(generated)项由程序按分界生成）", " (\(generated) of them made of the edges)")
    return Words(
      "\(packages) 个插件，\(count) 项测试\(edges.chinese)：通过 \(passed)，未通过 \(failed)。",
      "\(packages) plugins, \(count) tests\(edges.english): \(passed) passed, \(failed) failed.")
  }

  /// What no test came to, in small print.
  private static func notes(_ tested: Tested) -> [Report.Block] {
    tested.results.unreached.map { unreached in
      let title = unreached.title
      guard !unreached.parts.isEmpty else {
        return .footnote(
          Words(
            "没有一项测试看过“\(title.chinese)”的结果。", "no test looks at a result of '\(title.english)'."))
      }
      return .footnote(
        Words(
          "“\(title.chinese)”的测试没有走到：\(unreached.parts.map(\.chinese).joined(separator: "、"))。",
          "the tests of '\(title.english)' never came to: "
            + unreached.parts.map(\.english).joined(separator: ", ") + "."))
    }
  }

  private static func unreached(_ tested: Tested) -> [JSONValue] {
    tested.results.unreached.map { unreached in
      [
        "plugin": .string(tested.package.name.description),
        "formula": .string(unreached.formula),
        "parts": .array(unreached.parts.map { .string($0.chinese) }),
      ]
    }
  }

  private var limits: Limits {
    var limits = PackageTests.limits
    limits.instructions = instructions
    return limits
  }

  private func run(_ package: Package) throws -> PackageTests.Results {
    let host = PluginTestWorlds(
      packages: all, files: files, calendar: calendar, today: today, language: language,
      drivers: drivers)
    return try RunThread.run {
      PackageTests(package, host: host, limits: limits, language: language).run { done, total in
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
        "“\(name.chinese)”未通过：\(problem.message.chinese)（\(problem.code.rawValue)）",
        "'\(name.english)' failed: \(problem.message.english) (\(problem.code.rawValue))"),
      at: problem.place ?? Place(file: file), hint: problem.hint)
    for doing in problem.context { failure = failure.while(doing) }
    return failure
  }
}
