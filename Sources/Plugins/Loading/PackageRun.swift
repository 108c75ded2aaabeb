public import Governance
public import Lua

/// One package, loaded into an interpreter of its own for one run.
///
/// Nothing of another package is in it: `require` finds the package's own
/// files and `gongyue`, and values from elsewhere come through the host.
public final class PackageRun {
  public let package: Package
  public let interpreter: Interpreter
  public let context: ScriptContext
  private let limits: Limits
  public let definitions: [Definition]

  /// Loads a package.
  ///
  /// - Parameters:
  ///   - world: what its functions will read; nothing is read while it loads.
  ///   - output: gets what it prints, line by line.
  /// - Throws: `Problems` with everything that is wrong with its definitions;
  ///   `Problem` for what stopped it.
  public convenience init(
    _ package: Package, context: ScriptContext, limits: Limits = .none,
    output: @escaping (String) -> Void = { _ in }
  ) throws {
    try self.init(package, context: context, limits: limits, tools: Tools(), output: output)
  }

  /// What a run offers beyond the script API.
  struct Tools {
    var functions: [HostFunction] = []
    var modules: [HostModule] = []
    var types: [HostType] = []
  }

  init(
    _ package: Package, context: ScriptContext, limits: Limits, tools: Tools,
    output: @escaping (String) -> Void = { _ in }
  ) throws {
    self.package = package
    self.context = context
    self.limits = limits
    interpreter = Self.interpreter(package, context, limits, tools, output)
    context.interpreter = interpreter
    if context.capabilities.purpose != .command { interpreter.requireOrder() }
    let result: LuaValue
    do {
      result = try interpreter.run(
        package.files.texts["init.lua"] ?? "return {}", name: package.files.place("init.lua").file)
    } catch {
      throw Problem.script(error)
    }
    definitions = try DefinitionList(result, package).definitions
    guard context.capabilities.purpose == .formula else { return }
    try freezeGlobals()
    do {
      try interpreter.rememberState()
    } catch {
      throw Problem.script(error)
    }
  }

  /// Before a formula is asked about another unit or period: nothing that the last one left
  /// in a variable or a table of the package may reach it.
  public func startAfresh() throws {
    do {
      try interpreter.startAfresh()
    } catch {
      throw Problem.script(error)
    }
  }

  /// What a function leaves in a global for one community would be there for the next, and
  /// a score would depend on who comes first: formulas cannot assign globals.
  func freezeGlobals() throws {
    do {
      try interpreter.freezeGlobals { name in throw Problem.globalAssigned(name) }
    } catch {
      throw Problem.script(error)
    }
  }

  private static func interpreter(
    _ package: Package, _ context: ScriptContext, _ limits: Limits, _ tools: Tools,
    _ output: @escaping (String) -> Void
  ) -> Interpreter {
    let api = ScriptAPI(context)
    let files = package.files
    let name = package.name.description
    return Interpreter(
      limits: limits, modules: [api.module(with: tools.functions)] + tools.modules,
      types: api.types + tools.types,
      language: context.language == .chinese ? .chinese : .english,
      // Each line of it: none may pass for another package's.
      output: { text in
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
          output("[\(name)] \(line)")
        }
      }, describe: Problem.describer(context.language),
      loader: { try files.chunk($0) })
  }

  /// - Throws: `plugin.unknown` with the nearest id.
  public func command(_ id: String) throws(Problem) -> CommandDeclaration {
    for case .command(let command) in definitions where command.id == id { return command }
    let known = definitions.compactMap { definition -> String? in
      if case .command(let command) = definition { command.id } else { nil }
    }
    throw Problem.noSuchDefinition(id, Words("命令", "command"), package, known)
  }

  /// Every dated version of a formula.
  public func formulas(_ id: String) -> [FormulaDeclaration] {
    definitions.compactMap { definition in
      if case .formula(let formula) = definition, formula.id == id { formula } else { nil }
    }
  }

  /// The formulas of a title, in either language, each with its dated versions.
  public func formulas(titled title: String) -> [[FormulaDeclaration]] {
    var ids: [String] = []
    for case .formula(let formula) in definitions
    where [formula.title.chinese, formula.title.english].contains(title) {
      if !ids.contains(formula.id) { ids.append(formula.id) }
    }
    return ids.map(formulas)
  }

  /// Runs a command and gives what it returned: a report, text, data or nothing.
  public func run(
    _ command: CommandDeclaration, _ assignments: [Assignment]
  ) throws -> ScriptResult {
    let arguments = try command.read(assignments, on: context.today)
    do {
      return try ScriptResult(
        interpreter.call(command.run, [arguments]), in: context, output: limits.output)
    } catch let error as LuaError {
      throw Problem.script(error)
    }
  }
}

extension PackageFiles {
  /// What `require "blocks.visits"` means: `blocks/visits.lua` of this package, or nothing.
  func chunk(_ name: String) throws(Problem) -> Chunk? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty
        && part.utf8.allSatisfy {
          (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0)
            || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        }
    }
    let path = parts.joined(separator: "/") + ".lua"
    if isPlain, let source = texts[path] { return Chunk(source: source, name: place(path).file) }
    let known = paths.filter { $0.hasSuffix(".lua") && !$0.hasPrefix("tests/") && $0 != "init.lua" }
      .map { $0.dropLast(4).split(separator: "/").joined(separator: ".") }
    let near = nearest(to: name, in: known + ["gongyue"])
    throw Problem(
      .scriptError,
      Words("require 找不到“\(name)”", "require finds no '\(name)'"),
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? Words(
          "只能引用插件自己的文件和 gongyue", "only the package's own files and gongyue can be required"))
  }
}

/// Reads what `init.lua` returned.
struct DefinitionList {
  let definitions: [Definition]

  /// - Throws: `Problems` with everything that is wrong.
  init(_ result: LuaValue, _ package: Package) throws(Problems) {
    var definitions: [Definition] = []
    var problems: [Problem] = []
    let start = package.files.place("init.lua")
    guard let items = result.onlyItems else {
      throw Problems([.notAList(result, start)])
    }
    for (index, item) in items.enumerated() {
      guard let definition = item.object(as: ScriptDefinition.self) else {
        problems.append(.notADefinition(item, index + 1, start))
        continue
      }
      do {
        definitions.append(try Self.read(definition))
      } catch {
        problems += error.all
      }
    }
    problems += Self.clashes(definitions, start)
    guard problems.isEmpty else { throw Problems(problems) }
    self.definitions = definitions
  }

  private static func read(_ definition: ScriptDefinition) throws(Problems) -> Definition {
    switch definition.sort {
    case .formula: return .formula(try FormulaDeclaration(definition.table, at: definition.place))
    case .command: return .command(try CommandDeclaration(definition.table, at: definition.place))
    case .convention, .form: throw Problems([.notYet(definition)])
    }
  }

  /// Two things of one sort and id; formulas may follow each other in time.
  private static func clashes(_ definitions: [Definition], _ place: Place) -> [Problem] {
    var problems: [Problem] = []
    for (index, definition) in definitions.enumerated() {
      for other in definitions[..<index] where other.id == definition.id {
        if case .formula(let one) = definition, case .formula(let two) = other {
          guard one.overlaps(two) else { continue }
        }
        problems.append(
          Problem(
            .pluginInvalid,
            Words("“\(definition.id)”定义了两次", "'\(definition.id)' is defined twice"), at: place,
            hint: Words(
              "同一公式的不同版本要用 from、to 错开", "versions of one formula follow each other by from and to"))
        )
      }
    }
    return problems
  }
}

extension FormulaDeclaration {
  /// Whether both are in force on some day.
  fileprivate func overlaps(_ other: FormulaDeclaration) -> Bool {
    let (start, otherStart) = (from ?? .earliest, other.from ?? .earliest)
    let startsBeforeEnd = other.to.map { start < $0 } ?? true
    let otherStartsBeforeEnd = to.map { otherStart < $0 } ?? true
    return startsBeforeEnd && otherStartsBeforeEnd
  }
}
