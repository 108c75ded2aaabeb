public import Governance
public import Lua

/// Runs a package's own tests: `tests/*.lua`, each test in an interpreter of its own.
public struct PackageTests {
  /// How one test ended.
  public struct Outcome: Hashable, Sendable {
    public let name: String

    /// `plugins/street/rota/tests/rota.lua`.
    public let file: String

    /// Why it failed; nil when it passed.
    public let problem: Problem?

    public var passed: Bool { problem == nil }
  }

  /// What one test may use; instructions are counted, so that it ends the same everywhere.
  public static let limits = Limits(
    time: 60, memory: 256 << 20, output: 1 << 20, instructions: 100_000_000)

  private let package: Package
  private let host: any PluginTestHost
  private let limits: Limits
  private let language: Language

  public init(
    _ package: Package, host: any PluginTestHost, limits: Limits = PackageTests.limits,
    language: Language = .chinese
  ) {
    self.package = package
    self.host = host
    self.limits = limits
    self.language = language
  }

  /// All tests in order of files and lines. A file that cannot be read is one failure.
  ///
  /// - Parameter progress: told after each test how many are done, and of how many so far.
  public func run(progress: (Int, Int) -> Void = { _, _ in }) -> [Outcome] {
    var outcomes: [Outcome] = []
    for path in package.testFiles {
      let file = package.files.place(path).file
      do {
        let names = try names(in: path)
        if names.isEmpty { throw Problem.noTests(file) }
        for (index, name) in names.enumerated() {
          let problem = run(index, in: path)
          outcomes.append(Outcome(name: name, file: file, problem: problem))
          progress(outcomes.count, outcomes.count - index - 1 + names.count)
        }
      } catch {
        outcomes.append(Outcome(name: file, file: file, problem: Self.problem(error)))
      }
    }
    return outcomes
  }

  private func names(in path: String) throws -> [String] {
    try TestRun(package, host, limits, language).load(path).map(\.name)
  }

  private func run(_ index: Int, in path: String) -> Problem? {
    do {
      let run = try TestRun(package, host, limits, language)
      let tests = try run.load(path)
      guard index < tests.count else { return nil }
      try run.run(tests[index].body)
      return nil
    } catch {
      return Self.problem(error)
    }
  }

  private static func problem(_ error: any Error) -> Problem {
    switch error {
    case let problem as Problem: problem
    case let problems as Problems: problems.all[0]
    case let error as LuaError: Problem.script(error)
    default: Problem(.internal, Words(verbatim: "\(error)"))
    }
  }
}

/// One interpreter with the package loaded and the tools of tests.
private final class TestRun {
  let run: PackageRun
  private let package: Package
  private let registry: TestRegistry

  init(
    _ package: Package, _ host: any PluginTestHost, _ limits: Limits, _ language: Language
  ) throws {
    self.package = package
    let registry = TestRegistry(host, package, language)
    self.registry = registry
    let context = ScriptContext(
      world: nil,
      capabilities: Capabilities(actor: .office, purpose: .test, manifest: package.manifest),
      language: language)
    run = try PackageRun(
      package, context: context, limits: limits,
      tools: PackageRun.Tools(
        functions: [registry.test], modules: [registry.tools], types: registry.types))
    registry.run = run
    try registry.enter(try host.world(.empty, for: run), run)
  }

  /// Runs the file, which only registers its tests.
  func load(_ path: String) throws -> [TestRegistry.Test] {
    _ = try run.interpreter.run(
      package.files.texts[path] ?? "", name: package.files.place(path).file)
    return registry.tests
  }

  func run(_ body: LuaFunction) throws {
    let tools = try run.interpreter.run("return require '\(TestRegistry.moduleName)'", name: "test")
    _ = try run.interpreter.call(body, [tools])
  }
}

extension Problem {
  fileprivate static func noTests(_ file: String) -> Problem {
    Problem(
      .pluginTest, Words("文件里没有测试", "the file has no tests"), at: Place(file: file),
      hint: Words(
        "gongyue.test \"名称\" (function(t) … end)", "gongyue.test \"name\" (function(t) … end)"))
  }
}
