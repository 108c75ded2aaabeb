public import Governance
public import Lua

/// Everything that can be known about a package without reading a record.
public struct PackageCheck: Sendable {
  /// What keeps it from being enabled.
  public let problems: [Problem]

  /// What its author should look at.
  public let warnings: [Problem]

  /// What it offers; empty when it could not be loaded.
  public let definitions: [Definition]

  public var isSound: Bool { problems.isEmpty }

  /// What loading may use.
  public static let limits = Limits(
    time: 5, memory: 64 << 20, output: 1 << 20, instructions: 20_000_000)

  /// Checks a package.
  ///
  /// - Parameters:
  ///   - settingKeys: every key that some package declares, with labels and aliases.
  ///   - others: the packages it may extend.
  ///   - enabled: those whose names are taken.
  public init(
    _ package: Package, settingKeys: [String] = [], others: [Package] = [],
    enabled: [EnabledPackage] = [], kinds: [Kind] = BuiltInKinds.all
  ) {
    var problems = ScriptAPI.problems(withKinds: kinds)
    problems += Self.extensions(of: package, others)
    problems += Self.writes(of: package, kinds)
    let names = TakenNames(by: enabled, beside: package)
    problems += names.problems(with: package.manifest)
    let syntax = Self.syntax(of: package.files)
    problems += syntax
    let scan = SourceScan(
      package, settingKeys: settingKeys + package.manifest.settings.map(\.key), kinds: kinds)
    problems += scan.problems
    var definitions: [Definition] = []
    if syntax.isEmpty, package.hasCode {
      do {
        let context = ScriptContext(
          world: nil,
          capabilities: Capabilities(actor: .office, purpose: .load, manifest: package.manifest))
        definitions = try PackageRun(package, context: context, limits: Self.limits).definitions
      } catch let found as Problems {
        problems += found.all
      } catch let problem as Problem {
        problems.append(problem)
      } catch {
        problems.append(Problem(.internal, Words(verbatim: "\(error)")))
      }
    }
    problems += Self.settings(of: definitions, scan.settingKeys)
    problems += names.problems(with: definitions)
    self.problems = Self.inOrder(problems)
    self.warnings = Self.inOrder(scan.warnings)
    self.definitions = definitions
  }

  /// By file and line, each once.
  private static func inOrder(_ problems: [Problem]) -> [Problem] {
    var seen: Set<Problem> = []
    return problems.filter { seen.insert($0).inserted }.enumerated()
      .sorted { left, right in
        let (one, other) = (left.element.place, right.element.place)
        return (one?.file ?? "", one?.line ?? 0, left.offset)
          < (other?.file ?? "", other?.line ?? 0, right.offset)
      }
      .map(\.element)
  }

  /// What is no Lua in a package's files; known even where its manifest is broken.
  public static func syntax(of files: PackageFiles) -> [Problem] {
    let interpreter = Interpreter(limits: Limits(time: 5, memory: 64 << 20))
    return files.paths.filter { $0.hasSuffix(".lua") }.compactMap { path -> Problem? in
      do throws(LuaError) {
        try interpreter.check(files.texts[path] ?? "", name: files.place(path).file)
        return nil
      } catch {
        return Problem.script(error)
      }
    }
  }

  private static func extensions(of package: Package, _ others: [Package]) -> [Problem] {
    package.manifest.extends.compactMap { link in
      guard let other = others.first(where: { $0.name == link.name }) else {
        let near = nearest(to: link.name.description, in: others.map(\.name.description))
        return Problem(
          .pluginInvalid, Words("没有插件“\(link.name)”", "there is no package '\(link.name)'"),
          at: link.place,
          hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") })
      }
      guard let versions = link.versions, !versions.contains(other.manifest.version) else {
        return nil
      }
      return Problem(
        .pluginInvalid,
        Words(
          "需要“\(link.name)”的 \(versions) 版，现有 \(other.manifest.version)",
          "'\(link.name)' is needed at \(versions), there is \(other.manifest.version)"),
        at: link.place)
    }
  }

  /// What it wants to write and its layer may not.
  private static func writes(of package: Package, _ kinds: [Kind]) -> [Problem] {
    let manifest = package.manifest
    return manifest.writes.compactMap { grant in
      guard let kind = kinds.first(where: { $0.id == grant.kind }),
        let why = manifest.owner.reason(againstWriting: kind)
      else { return nil }
      return Problem.notForItsLayer(kind, manifest, why).at(grant.place)
    }
  }

  /// The settings that formulas name in their tables.
  private static func settings(of definitions: [Definition], _ known: [String]) -> [Problem] {
    definitions.flatMap { definition -> [Problem] in
      guard case .formula(let formula) = definition else { return [] }
      return formula.settingKeys.filter { !known.contains($0) }.map {
        .settingNotDeclared($0, known, formula.place)
      }
    }
  }
}

/// A light reading of a package's sources: names of the API, keys of settings, kinds read.
///
/// It looks at words, not at meaning: `gongyue` is taken to be the module. What
/// it cannot see is checked when it runs.
struct SourceScan {
  private(set) var problems: [Problem] = []
  private(set) var warnings: [Problem] = []
  let settingKeys: [String]
  private let package: Package
  private let kinds: [Kind]
  private let members: [String: Set<String>]

  init(_ package: Package, settingKeys: [String], kinds: [Kind]) {
    self.package = package
    self.settingKeys = settingKeys
    self.kinds = kinds
    members = Self.members(kinds)
    for path in package.files.paths where path.hasSuffix(".lua") {
      scan(LuaTokens(package.files.texts[path] ?? "").tokens, path)
    }
  }

  /// The names of `gongyue` and of its modules; `""` is `gongyue` itself.
  private static func members(_ kinds: [Kind]) -> [String: Set<String>] {
    let module = ScriptAPI(.documentation()).module()
    var members = Dictionary(
      module.modules.map { ($0.name, Set($0.functions.map(\.name))) }
    ) { first, _ in first }
    members[""] = Set(module.functions.map(\.name))
      .union(module.modules.map(\.name)).union(kinds.map(\.collection))
      .union(["today", "missing", "test"])
    return members
  }

  private mutating func scan(_ tokens: [LuaTokens.Token], _ path: String) {
    for (index, token) in tokens.enumerated() {
      if token.text == "gongyue", token.sort == .name {
        member(tokens, index, path)
      }
      if token.sort == .symbol, ["==", "~="].contains(token.text) {
        comparison(tokens, index, path)
      }
      // `s:setting "key"` of a formula's subject.
      if token.text == "setting", token.sort == .name, index > 0, tokens[index - 1].text == ":" {
        setting(tokens, index + 1, package.files.place(path, line: token.line))
      }
    }
  }

  private mutating func member(_ tokens: [LuaTokens.Token], _ index: Int, _ path: String) {
    // `x.gongyue` is a field of something else.
    if index > 0, [".", ":"].contains(tokens[index - 1].text) { return }
    guard index + 2 < tokens.count, tokens[index + 1].text == ".",
      tokens[index + 2].sort == .name
    else { return }
    let name = tokens[index + 2]
    let place = package.files.place(path, line: name.line)
    guard let known = members[""], known.contains(name.text) else {
      problems.append(.noSuchMember("gongyue", name.text, members[""] ?? [], place))
      return
    }
    if let inner = members[name.text], index + 4 < tokens.count, tokens[index + 3].text == ".",
      tokens[index + 4].sort == .name, !inner.contains(tokens[index + 4].text)
    {
      problems.append(
        .noSuchMember("gongyue.\(name.text)", tokens[index + 4].text, inner, place))
    }
    if ["setting", "why"].contains(name.text) { setting(tokens, index + 3, place) }
    if let kind = kinds.first(where: { $0.collection == name.text }) {
      let creates = tokens.isCall("create", at: index + 3)
      grant(kind, creates ? .writes : .reads, path, place)
      fields(of: kind, tokens, index + 3, path)
    }
  }

  /// `gongyue.setting "key"` or `gongyue.setting("key"`.
  private mutating func setting(_ tokens: [LuaTokens.Token], _ index: Int, _ place: Place) {
    var index = index
    if index < tokens.count, tokens[index].text == "(", tokens[index].sort == .symbol { index += 1 }
    guard index < tokens.count, tokens[index].sort == .string else { return }
    // A key put together from parts cannot be known here.
    if index + 1 < tokens.count, tokens[index + 1].text == ".." { return }
    let key = tokens[index].text
    guard !settingKeys.contains(key) else { return }
    problems.append(.settingNotDeclared(key, settingKeys, place))
  }

  /// The fields that are named right behind a collection; a kind that is not granted says enough.
  private mutating func fields(
    of kind: Kind, _ tokens: [LuaTokens.Token], _ start: Int, _ path: String
  ) {
    guard !path.hasPrefix("tests/"), isGranted(kind) else { return }
    let query = QueryScan(
      tokens: tokens, kind: kind, kinds: kinds,
      capabilities: Capabilities(actor: .office, purpose: .load, manifest: package.manifest))
    problems += query.problems(from: start).map { problem, line in
      problem.moved(to: package.files.place(path, line: line))
    }
  }

  private func isGranted(_ kind: Kind) -> Bool {
    (package.manifest.reads + package.manifest.writes).contains { $0.kind == kind.id }
  }

  /// Whether the manifest grants what a collection is used for; where that cannot be seen
  /// (`local all = gongyue.cases`), either grant will do.
  private enum Use: String {
    case reads, writes
  }

  private mutating func grant(_ kind: Kind, _ use: Use, _ path: String, _ place: Place) {
    let manifest = package.manifest
    let isWritten = manifest.writes.contains { $0.kind == kind.id }
    let granted = use == .writes ? isWritten : isGranted(kind)
    guard !path.hasPrefix("tests/"), !granted else { return }
    let line = use == .writes ? manifest.writesLine : manifest.readsLine
    problems.append(
      Problem.notGranted(use.rawValue, kind.collection, manifest, line).moved(to: place))
  }

  /// Lua never asks a decimal whether it equals a number: `==` is simply false.
  private mutating func comparison(
    _ tokens: [LuaTokens.Token], _ index: Int, _ path: String
  ) {
    let stops: Set<String> = [
      "if", "and", "or", "not", "return", "local", "=", "then", "do", "while", "until", ",", "{",
      "}", "==", "~=", ";",
    ]
    let left = tokens[..<index].reversed().prefix { !stops.contains($0.text) || $0.sort == .string }
    let right = tokens[(index + 1)...].prefix { !stops.contains($0.text) || $0.sort == .string }
    let sides = [Array(left), Array(right)]
    for (one, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
      guard other.count == 1, other[0].sort == .number, makesDecimal(one) else { continue }
      warnings.append(
        Problem(
          .pluginInvalid,
          Words(
            "十进制数和数字用 \(tokens[index].text) 比较永远不相等",
            "a decimal compared to a number by \(tokens[index].text) is never equal"),
          at: package.files.place(path, line: tokens[index].line),
          hint: Words(
            "请写 a:eq(b)，或 gongyue.decimal.compare(a, b) == 0",
            "write a:eq(b), or gongyue.decimal.compare(a, b) == 0")))
      return
    }
  }

  /// Whether a chain of words gives a decimal: made by the decimal or statistics
  /// functions, an average, or a field that holds decimals.
  private func makesDecimal(_ tokens: [LuaTokens.Token]) -> Bool {
    let fields = Set(
      kinds.flatMap { kind in
        kind.fields.filter { if case .decimal = $0.type { true } else { false } }.map(\.key)
      })
    let names = Set(tokens.filter { $0.sort != .symbol }.map(\.text))
    if names.contains("compare") { return false }
    return !names.isDisjoint(with: ["of", "div", "round", "avg", "mean", "median", "rate"])
      || !names.isDisjoint(with: fields)
  }
}

extension [LuaTokens.Token] {
  /// Whether `:method` stands there, as in `gongyue.cases:create`.
  fileprivate func isCall(_ method: String, at index: Int) -> Bool {
    index + 1 < count && self[index].sort == .symbol && self[index].text == ":"
      && self[index + 1].sort == .name && self[index + 1].text == method
  }
}

extension Problem {
  /// The same problem at another place.
  fileprivate func moved(to place: Place) -> Problem {
    var copy = self
    copy.place = place
    return copy
  }

  static func noSuchMember(
    _ module: String, _ name: String, _ known: Set<String>, _ place: Place
  ) -> Problem {
    let near = nearest(to: name, in: known.sorted())
    return Problem(
      .pluginInvalid, Words("\(module) 没有“\(name)”", "\(module) has no '\(name)'"), at: place,
      hint: near.map { Words("是不是想写“\(module).\($0)”？", "did you mean '\(module).\($0)'?") }
        ?? Words(
          "gongyue api --format markdown 列出全部", "gongyue api --format markdown lists them all"))
  }

  static func settingNotDeclared(
    _ key: String, _ known: [String], _ place: Place?
  ) -> Problem {
    let near = nearest(to: key, in: known)
    return Problem(
      .settingUnknown, Words("没有“\(key)”这项设置", "there is no setting '\(key)'"), at: place,
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? Words(
          "请在某个插件的 plugin.yaml 的 settings 里声明",
          "declare it under settings in a package's plugin.yaml"))
  }
}
