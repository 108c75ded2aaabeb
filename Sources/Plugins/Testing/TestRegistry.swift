internal import Governance
internal import Lua

/// What a test file sees beyond the script API: `gongyue.test`, and the tools called `t`.
final class TestRegistry {
  struct Test {
    let name: String
    let body: LuaFunction
  }

  struct Unfinished {
    let name: String
    let place: Place
  }

  static let moduleName = "gongyue.test.tools"

  let host: any PluginTestHost
  private let package: Package
  private let language: Language
  private let coverage: TestCoverage
  private(set) var tests: [Test] = []

  /// Tests that were named and have not been given their function, by number.
  private(set) var unfinished: [Int: Unfinished] = [:]
  private var named = 0
  private(set) var contents = TestContents.empty
  private var world: (any TestWorld)?
  weak var run: PackageRun?

  /// The numbers of the case of `t.cases` that runs.
  var picks: Picks?

  init(
    _ host: any PluginTestHost, _ package: Package, _ language: Language,
    _ coverage: TestCoverage
  ) {
    self.host = host
    self.package = package
    self.language = language
    self.coverage = coverage
  }

  /// `gongyue.test "name" (function(t) … end)`.
  var test: HostFunction {
    HostFunction(
      "test", Bilingual("一项测试", "One test."),
      Parameter("name", Bilingual("名称，一句话", "its name, a sentence"), as: String.self),
      Parameter(
        "nothing", Bilingual("函数写在括号外面", "the function stands outside the parentheses"),
        as: LuaValue.self),
      returns: Bilingual("再给它函数", "call it with the function")
    ) { [unowned self] name, body in
      let place = self.run?.context.caller() ?? Place(file: "")
      guard body.isNil else { throw Problem.testWithoutFunction(name) }
      self.named += 1
      self.unfinished[self.named] = Unfinished(name: name, place: place)
      return TestCase(name: name, number: self.named)
    }
  }

  var types: [HostType] {
    [
      HostType(
        "test_case", Bilingual("等待函数的测试", "A test waiting for its function."),
        metamethods: [
          HostFunction(
            "__call", Bilingual("登记测试", "Registers the test."),
            Parameter("case", Bilingual("测试", "the test"), as: TestCase.self),
            Parameter(
              "body", Bilingual("function(t) … end", "function(t) … end"), as: LuaFunction.self)
          ) { [unowned self] test, body in
            self.unfinished[test.number] = nil
            self.tests.append(Test(name: test.name, body: body))
          }
        ]),
      HostType(
        "test_formula", Bilingual("被测的公式", "A formula under test."), methods: formulaMethods),
      pickType,
    ]
  }

  /// The table `t`.
  var tools: HostModule {
    HostModule(
      Self.moduleName, Bilingual("测试用具", "Tools for tests."),
      functions: [equal, exact, explains, fails, makeWorld, formula, runCommand] + properties)
  }

  // MARK: Comparing

  private var equal: HostFunction {
    HostFunction(
      "equal", Bilingual("两者相等", "Both are equal."),
      Parameter("found", Bilingual("实际", "what was found"), as: LuaValue.self),
      Parameter("expected", Bilingual("应为", "what was expected"), as: LuaValue.self),
      Parameter("note", Bilingual("说明", "a note"), as: String?.self)
    ) { found, expected, note in
      guard !Self.same(found, expected) else { return }
      if found.isNumber, let text = expected.text, Rational(text) != nil {
        throw Problem.numberAgainstText(found, text, note)
      }
      throw Problem.testFailed(expected: Self.text(expected), found: Self.text(found), note)
    }
  }

  private var exact: HostFunction {
    HostFunction(
      "near_exact", Bilingual("数值正好相等，不论小数位数", "Numbers are exactly equal, whatever their places."),
      Parameter("found", Bilingual("实际", "what was found"), as: LuaValue.self),
      Parameter(
        "expected", Bilingual("应为，如 \"89.15\"", "what was expected, such as \"89.15\""),
        as: LuaValue.self),
      Parameter("note", Bilingual("说明", "a note"), as: String?.self)
    ) { found, expected, note in
      guard let wanted = expected.text.flatMap({ Rational($0) }) ?? expected.rational else {
        throw Problem(
          .inputInvalid,
          Words(
            "near_exact 的第二个参数要一个数，这里是 \(expected.spelled)",
            "near_exact takes a number second, found \(expected.spelled)"),
          hint: Words(
            "如 t.near_exact(result.score, \"89.15\")",
            "such as t.near_exact(result.score, \"89.15\")"))
      }
      guard found.rational != wanted else { return }
      throw Problem.testFailed(
        expected: expected.text ?? Self.text(expected), found: Self.text(found), note)
    }
  }

  private var fails: HostFunction {
    HostFunction(
      "fails", Bilingual("函数以这个错误代码失败", "The function fails with this code."),
      Parameter("code", Bilingual("错误代码，如 denied", "the code, such as denied"), as: String.self),
      Parameter("body", Bilingual("函数", "the function"), as: LuaFunction.self)
    ) { [unowned self] code, body in
      guard ErrorCode(rawValue: code) != nil else {
        let near = nearest(to: code, in: ErrorCode.allCases.map(\.rawValue))
        throw Problem(
          .inputInvalid, Words("没有错误代码“\(code)”", "there is no error code '\(code)'"),
          hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") })
      }
      do throws(LuaError) {
        _ = try self.run?.interpreter.call(body)
      } catch {
        let problem = Problem.script(error)
        guard problem.code.rawValue != code else { return }
        throw Problem.testFailed(
          expected: code, found: "\(problem.code.rawValue)：\(problem.message.chinese)", nil)
      }
      throw Problem.testFailed(expected: code, found: "没有失败", nil)
    }
  }

  /// As Lua compares, and decimals and tables by what they hold.
  static func same(_ left: LuaValue, _ right: LuaValue) -> Bool {
    if let one = left.rational, let other = right.rational { return one == other }
    switch (left, right) {
    case (.object, .object):
      if let one = left.object(as: ScriptPeriod.self) {
        return one.period == right.object(as: ScriptPeriod.self)?.period
      }
      if let one = left.object(as: FormulaMark.self) {
        return one.figure == right.object(as: FormulaMark.self)?.figure
      }
      return left == right
    case (.list(let one), .list(let other)):
      return one.count == other.count && zip(one, other).allSatisfy { same($0, $1) }
    case (.list(let items), .record(let fields)), (.record(let fields), .list(let items)):
      return items.isEmpty && fields.isEmpty
    case (.record(let one), .record(let other)):
      return one.count == other.count
        && one.allSatisfy { key, value in other[key].map { same(value, $0) } ?? false }
    default: return left == right
    }
  }

  static func text(_ value: LuaValue) -> String {
    if case .decimal = value { return value.spelled }
    if let json = try? JSONAPI.json(value) { return json.canonical }
    return value.spelled
  }

  // MARK: Worlds, formulas, commands

  private var makeWorld: HostFunction {
    HostFunction(
      "world",
      Bilingual("测试用的小世界：今天、单位、设置、记录", "The test's small world: today, units, settings, records."),
      Parameter("contents", Bilingual("内容", "its contents"), as: LuaValue.self)
    ) { [unowned self] table in
      guard let run = self.run else { return }
      self.contents = try TestContents(table, kinds: run.context.kinds)
      try self.enter(try self.host.world(self.contents, for: run), run)
    }
  }

  /// From now on the script API reads this world, and `gongyue.today` is its day.
  func enter(_ world: any TestWorld, _ run: PackageRun) throws {
    self.world = world
    run.context.enter(world)
    _ = try run.interpreter.run(
      "rawset(require 'gongyue', 'today', '\(world.today)')", name: "test")
  }

  private func currentWorld(_ run: PackageRun) throws -> any TestWorld {
    if let world { return world }
    let world = try host.world(contents, for: run)
    try enter(world, run)
    return world
  }

  private var formula: HostFunction {
    HostFunction(
      "formula", Bilingual("插件里的公式", "A formula of the package."),
      Parameter("id", Bilingual("代码", "its id"), as: String.self),
      returns: Bilingual("公式，可用 :given 和 :assess", "the formula, with :given and :assess")
    ) { [unowned self] id -> TestFormula in
      guard let run = self.run, !run.formulas(id).isEmpty else {
        let known = self.run?.definitions.map(\.id) ?? []
        throw Problem.noSuchDefinition(id, .formula, self.package, known)
      }
      return TestFormula(id: id)
    }
  }

  private var formulaMethods: [HostFunction] {
    let formula = Parameter<TestFormula>("formula", Bilingual("公式", "the formula"))
    let inputs = Parameter<LuaValue>("inputs", Bilingual("给定的输入", "the inputs given"))
    let options = Parameter<Options<GivenOptions>>(
      "options", Bilingual("给谁、哪一期、说明怎么写", "for whom and when, and how it is explained"))
    let parts =
      "score, band, status, note, provisional, blocks, indicators, deductions, bonus, lines"
    let result = Bilingual("{ \(parts) }", "{ \(parts) }")
    let given = ["given", "blocks"].map { name in
      HostFunction(
        name, Bilingual("用给定的输入计分", "Scores inputs that the test gives."), formula, inputs, options,
        returns: result
      ) { [unowned self] in try self.score($0, $1, $2.table) }
    }
    let assess = HostFunction(
      "assess", Bilingual("用小世界的记录计分", "Scores the records of the test's world."), formula, options,
      returns: result
    ) { [unowned self] in try self.score($0, nil, $1.table) }
    return given + [assess, standings]
  }

  private var standings: HostFunction {
    HostFunction(
      "standings",
      Bilingual("用给定的输入为小世界里的各单位排名", "Ranks the world's units by inputs that the test gives."),
      Parameter<TestFormula>("formula", Bilingual("公式", "the formula")),
      Parameter<LuaValue>("inputs", Bilingual("单位代码到输入", "inputs by unit id")),
      Parameter<Options<StandingsOptions>>("options", Bilingual("哪一期", "when")),
      returns: Bilingual(
        "{ notes, units = { [代码] = { score, band, rank, notes } } }",
        "{ notes, units = { [id] = { score, band, rank, notes } } }")
    ) { [unowned self] in try self.rank($0, $1, $2.table) }
  }

  private func score(
    _ formula: TestFormula, _ given: LuaValue?, _ options: OptionTable
  ) throws -> LuaValue {
    guard run != nil else { return .nil }
    let period = try period(options)
    let unit = try unit(options)
    let scoring = try scoring(formula, period)
    let assessment =
      try given.map { try scoring.assess(unit, period, given: $0) } ?? scoring.assess(unit, period)
    coverage.note(assessment)
    return try result(assessment, scoring.declaration, ExplanationView(options, language))
  }

  /// The version in force, over the test's world.
  func scoring(_ formula: TestFormula, _ period: Period) throws -> FormulaRun {
    guard let run else { throw Problem.noSuchDefinition(formula.id, .formula, package, []) }
    let declaration = try run.formulas(formula.id).version(for: period)
    let world = try currentWorld(run)
    return FormulaRun(declaration, run.interpreter, host: world.formulaHost, today: world.today)
  }

  func period(_ options: OptionTable) throws -> Period {
    try options["period"].isNil ? Period.parse("2026-04") : ScriptPeriod.read(options["period"])
  }

  private func rank(
    _ formula: TestFormula, _ given: LuaValue, _ options: OptionTable
  ) throws -> LuaValue {
    guard run != nil else { return .nil }
    let period = try period(options)
    let scoring = try scoring(formula, period)
    for id in (given.fields ?? [:]).keys.sorted() { _ = try known(id) }
    let contestants = try contents.units.filter { !given[$0.id.rawValue].isNil }.map { unit in
      let subject = FormulaUnit(unit.id, name: unit.name, type: unit.type)
      let assessment = try scoring.assess(subject, period, given: given[unit.id.rawValue])
      return Contestant(assessment, name: subject.name, type: unit.type)
    }
    let standings = try scoring.standings(of: contestants, period)
    coverage.note(standings)
    return [
      "notes": .list(standings.notes.map { .string($0.text(in: language)) }),
      "units": .record(
        Dictionary(uniqueKeysWithValues: standings.rows.map { ($0.unit.rawValue, row($0)) })),
    ]
  }

  private func row(_ row: Standings.Row) -> LuaValue {
    [
      "score": row.score.map { LuaValue($0) } ?? .nil,
      "band": row.band.map { .string($0.id) } ?? .nil,
      "rank": row.rank.map { .integer(Int64($0)) } ?? .nil,
      "notes": .list(row.notes.map { .string($0.text(in: language)) }),
    ]
  }

  /// The unit named, else the first; its type may be another for this time.
  func unit(_ options: OptionTable) throws -> FormulaUnit {
    let known = try options["unit"].text.map(known) ?? contents.units[0]
    guard let type = options["type"].text, type != known.type else {
      return FormulaUnit(known.id, name: known.name, type: known.type)
    }
    let changed = TestContents.Unit(id: known.id, name: known.name, type: type)
    contents = TestContents(
      today: contents.today, units: contents.units.map { $0.id == known.id ? changed : $0 },
      settings: contents.settings, records: contents.records)
    world = nil
    return FormulaUnit(known.id, name: known.name, type: type)
  }

  private func known(_ id: String) throws(Problem) -> TestContents.Unit {
    if let unit = contents.units.first(where: { $0.id.rawValue == id }) { return unit }
    let ids = contents.units.map(\.id.rawValue)
    throw Problem(
      .unitUnknown,
      Words("测试的小世界里没有单位“\(id)”", "the test's world has no unit '\(id)'"),
      hint: nearest(to: id, in: ids).map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? Words(
          "有：\(ids.joined(separator: "、"))；在 t.world 的 units 里写",
          "there are: \(ids.joined(separator: ", ")); they stand in units of t.world"))
  }

  private func result(
    _ assessment: Assessment, _ declaration: FormulaDeclaration, _ view: ExplanationView
  ) throws -> LuaValue {
    let explanation = assessment.explanation
    var blocks: [String: LuaValue] = [:]
    var indicators: [String: LuaValue] = [:]
    for block in declaration.blocks {
      guard let found = explanation.first(.block, block.id) else { continue }
      if let number = found.value.number { blocks[block.id] = try hundredths(number) }
      indicators[block.id] = .record(try values(found.all(.indicator)))
    }
    return [
      "score": assessment.score.map { LuaValue($0) } ?? .nil,
      "band": assessment.band.map { .string($0.id) } ?? .nil,
      "status": .string(assessment.status.code),
      "note": assessment.status.note.map { .string($0.text(in: view.language)) } ?? .nil,
      "provisional": .boolean(assessment.isProvisional),
      "blocks": .record(blocks), "indicators": .record(indicators),
      "deductions": .record(try values(explanation.all(.deduction))),
      "bonus": try explanation.first(.bonus)?.value.number.map(hundredths) ?? .nil,
      "lines": view.lines(of: explanation),
    ]
  }

  /// Numbers by id; what does not apply has none.
  private func values(_ parts: [Explanation]) throws -> [String: LuaValue] {
    var values: [String: LuaValue] = [:]
    for part in parts {
      if let number = part.value.number { values[part.id] = try hundredths(number) }
    }
    return values
  }

  private func hundredths(_ number: Rational) throws -> LuaValue {
    LuaValue(try number.rounded(places: 2, .halfAway))
  }

  private var runCommand: HostFunction {
    HostFunction(
      "run", Bilingual("运行插件里的命令", "Runs a command of the package."),
      Parameter("id", Bilingual("代码", "its id"), as: String.self),
      Parameter(
        "arguments",
        Bilingual("参数，如 { period = \"2026-04\" }", "arguments such as { period = \"2026-04\" }"),
        as: LuaValue.self),
      returns: Bilingual("报告的文字，或命令返回的值", "the report's text, or what it returned")
    ) { [unowned self] id, arguments -> LuaValue in
      guard let run = self.run else { return .nil }
      _ = try self.currentWorld(run)
      guard let given = arguments.isNil ? [:] : arguments.onlyFields else {
        throw Problem(
          .inputInvalid,
          Words(
            "命令的参数要一个表，这里是 \(arguments.spelled)",
            "a command's arguments are a table, found \(arguments.spelled)"),
          hint: Words("如 { period = \"2026-04\" }", "such as { period = \"2026-04\" }"))
      }
      let typed = given.sorted { $0.key < $1.key }.map { name, value in
        Assignment(name: name, value: Self.typed(value))
      }
      let result = try run.run(run.command(id), typed)
      guard result.isReport else { return JSONAPI.value(result.data) }
      return .string(result.report.rendered(as: .text, in: self.language))
    }
  }

  /// As somebody would type it on the command line.
  private static func typed(_ value: LuaValue) -> String {
    switch value {
    case .string(let text): text
    case .boolean(let truth): truth ? "true" : "false"
    default: value.object(as: ScriptPeriod.self)?.period.description ?? value.spelled
    }
  }
}

/// `gongyue.test "name"`, before it has its function.
private struct TestCase: LuaObject {
  static let luaType = "test_case"
  let name: String
  let number: Int
}

/// `t.formula "id"`.
struct TestFormula: LuaObject {
  static let luaType = "test_formula"
  let id: String
}

/// What a test may say of a scoring.
enum ScoringOptions: OptionList {
  static let options = [
    Option("unit", .text, "小世界里的单位，默认第一个", "a unit of the world; the first by default"),
    Option(
      "type", .choice(CommunityType.allCases.map(\.rawValue)), "把单位当作这个类型",
      "the type that the unit is taken for"),
    Option("period", .period, "期间，默认 2026-04", "the period, 2026-04 by default"),
  ]
}

private enum GivenOptions: OptionList {
  static let options =
    ScoringOptions.options + [
      Option("depth", .integer(1...4), "说明展开几层，默认 2", "levels of the explanation, 2 by default"),
      Option(
        "lang", .choice(Language.allCases.map(\.rawValue)), "说明的语言，默认 zh",
        "the explanation's language, zh by default"),
    ]
}

private enum StandingsOptions: OptionList {
  static let options = ScoringOptions.options.filter { $0.name == "period" }
}

extension LuaValue {
  /// A decimal or a number of Lua's own.
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .number, .decimal: true
    default: false
    }
  }
}

extension Words {
  fileprivate static let formula = Words("公式", "formula")
}

extension Problem {
  static func testWithoutFunction(_ name: String, at place: Place? = nil) -> Problem {
    Problem(
      .pluginTest,
      Words("测试“\(name)”没有登记：它的函数没有写对地方", "the test '\(name)' has no function where it belongs"),
      at: place,
      hint: Words(
        "写成 gongyue.test \"\(name)\" (function(t) … end)：名称后面没有逗号，函数另用一对括号",
        "write gongyue.test \"\(name)\" (function(t) … end): no comma, the function in parentheses of its own"
      ))
  }

  /// A number never equals a text, whatever it shows.
  fileprivate static func numberAgainstText(
    _ found: LuaValue, _ text: String, _ note: String?
  ) -> Problem {
    let sort =
      if case .decimal = found { Words("十进制数", "a decimal") } else { Words("数", "a number") }
    let start = note.map { "\($0)：" } ?? ""
    return Problem(
      .pluginTest,
      Words(
        "\(start)实际是\(sort.chinese) \(found.spelled)，应为的是文字 \"\(text)\"：数和文字从不相等",
        "\(start)found \(sort.english) \(found.spelled), expected the text \"\(text)\": they are never equal"
      ),
      hint: Words(
        "比较数值请写 t.near_exact(…, \"\(text)\")",
        "to compare numbers write t.near_exact(…, \"\(text)\")"))
  }

  static func testFailed(expected: String, found: String, _ note: String?) -> Problem {
    let start = note.map { "\($0)：" } ?? ""
    return Problem(
      .pluginTest,
      Words("\(start)应为 \(expected)，实际是 \(found)", "\(start)expected \(expected), found \(found)"))
  }
}
