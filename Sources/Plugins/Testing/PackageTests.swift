public import Governance
public import Lua

/// Runs a package's own tests: `tests/*.lua`, each test in an interpreter of its own.
public struct PackageTests {
  /// How one test ended.
  public struct Outcome: Hashable, Sendable {
    /// As its author wrote it; in both languages where the program made the test.
    public let name: Words

    /// `plugins/street/rota/tests/rota.lua`.
    public let file: String

    /// Why it failed; nil when it passed.
    public let problem: Problem?

    /// Whether the program made it of a formula's edges.
    public let isGenerated: Bool

    public var passed: Bool { problem == nil }
  }

  /// Bands and exceptions of a formula that no test came to.
  public struct Unreached: Hashable, Sendable {
    public let formula: String
    public let title: Words

    /// Empty when no test looked at a result of the formula at all.
    public let parts: [Words]
  }

  public struct Results: Hashable, Sendable {
    /// In order of files and lines, then those that the program made.
    public var outcomes: [Outcome] = []

    /// A note, no failure.
    public var unreached: [Unreached] = []
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

  /// All tests, the package's own and those of its formulas' edges. A file that cannot be
  /// read is one failure.
  ///
  /// - Parameter progress: told after each test how many are done, and of how many so far.
  public func run(progress: (Int, Int) -> Void = { _, _ in }) -> Results {
    let coverage = TestCoverage()
    var outcomes: [Outcome] = []
    for path in package.testFiles {
      let file = package.files.place(path).file
      do {
        let (names, unfinished) = try names(in: path)
        if names.isEmpty, unfinished.isEmpty { throw Problem.noTests(file) }
        outcomes += unfinished.map { test in
          Outcome(
            Words(verbatim: test.name), file,
            Problem.testWithoutFunction(test.name, at: test.place))
        }
        for (index, name) in names.enumerated() {
          let problem = run(index, in: path, coverage)
          outcomes.append(Outcome(Words(verbatim: name), file, problem))
          progress(outcomes.count, outcomes.count - index - 1 + names.count)
        }
      } catch {
        outcomes.append(Outcome(Words(verbatim: file), file, Self.problem(error)))
      }
    }
    // A package that cannot be loaded has been told of by each of its tests, or is by `check`.
    guard let run = try? TestRun(package, host, limits, language, coverage) else {
      return Results(outcomes: outcomes)
    }
    let schemes = run.schemes
    let generated = schemes.flatMap { edges($0, $1) }
    return Results(outcomes: outcomes + generated.unique, unreached: run.unreached(schemes))
  }

  private func edges(_ formula: FormulaDeclaration, _ scheme: Scheme) -> [Outcome] {
    let file = formula.place?.file ?? package.files.place("init.lua").file
    return EdgeTests(formula, scheme).all.map { edge in
      Outcome(edge.name, file, edge.problem, isGenerated: true)
    }
  }

  /// The tests of a file, and those that were never given a function.
  private func names(
    in path: String
  ) throws -> (tests: [String], unfinished: [TestRegistry.Unfinished]) {
    let run = try TestRun(package, host, limits, language, TestCoverage())
    return (try run.load(path).map(\.name), run.unfinished)
  }

  private func run(_ index: Int, in path: String, _ coverage: TestCoverage) -> Problem? {
    do {
      let run = try TestRun(package, host, limits, language, coverage)
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
    case let problems as Problems: problems.joined
    case let error as LuaError: Problem.script(error)
    default: Problem(.internal, Words(verbatim: "\(error)"))
    }
  }
}

extension PackageTests.Outcome {
  fileprivate init(_ name: Words, _ file: String, _ problem: Problem?, isGenerated: Bool = false) {
    self.name = name
    self.file = file
    self.problem = problem
    self.isGenerated = isGenerated
  }
}

extension [PackageTests.Outcome] {
  /// Each once: several types of communities mostly have the same edges.
  fileprivate var unique: [PackageTests.Outcome] {
    var seen = Set<PackageTests.Outcome>()
    return filter { seen.insert($0).inserted }
  }
}

/// One interpreter with the package loaded and the tools of tests.
private final class TestRun {
  let run: PackageRun
  private let package: Package
  private let registry: TestRegistry

  private let host: any PluginTestHost
  private let coverage: TestCoverage

  init(
    _ package: Package, _ host: any PluginTestHost, _ limits: Limits, _ language: Language,
    _ coverage: TestCoverage
  ) throws {
    self.package = package
    self.host = host
    self.coverage = coverage
    let registry = TestRegistry(host, package, language, coverage)
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

  var unfinished: [TestRegistry.Unfinished] {
    registry.unfinished.sorted { $0.key < $1.key }.map(\.value)
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

  /// Each formula with its numbers for a community of each type, which may differ.
  ///
  /// Left out is what has no numbers here: a setting without a value, which the package's own
  /// tests give.
  var schemes: [(FormulaDeclaration, Scheme)] {
    formulas.flatMap { formula in
      CommunityType.allCases.compactMap { type in
        (try? scheme(of: formula, type.rawValue)).map { (formula, $0) }
      }
    }
  }

  private var formulas: [FormulaDeclaration] {
    run.definitions.compactMap { definition in
      if case .formula(let formula) = definition { formula } else { nil }
    }
  }

  private func scheme(of formula: FormulaDeclaration, _ type: String) throws -> Scheme {
    let empty = TestContents.empty
    let unit = TestContents.Unit(id: empty.units[0].id, name: empty.units[0].name, type: type)
    let world = try host.world(
      TestContents(today: nil, units: [unit], settings: [:], records: []), for: run)
    let last = formula.to.map { min(world.today, $0.advanced(by: -1)) } ?? world.today
    let day = formula.from.map { max(last, $0) } ?? last
    return try FormulaRun(
      formula, run.interpreter, host: world.formulaHost, today: world.today
    ).scheme(
      for: FormulaUnit(unit.id, name: unit.name, type: type),
      Period.containing(day, formula.period))
  }

  /// By formula, of the version that is written last.
  func unreached(
    _ schemes: [(FormulaDeclaration, Scheme)]
  ) -> [PackageTests.Unreached] {
    var told = Set<String>()
    return formulas.reversed().filter { told.insert($0.id).inserted }.reversed().compactMap {
      formula in
      let bands = schemes.last { $0.0 == formula }?.1.bands
      return coverage.unreached(of: formula, bands)
    }
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
