internal import Digests
internal import Governance
internal import Lua
internal import Plugins
internal import Storage

/// One formula computed for all units of a street in one period.
struct Computation {
  let package: Package

  /// The formula's id, however it was named.
  let formula: String
  let title: Words
  let period: Period
  let standings: Standings

  /// Kinds that the formula's queries named.
  let kindsRead: Set<String>

  /// The street whose communities were computed; nil for communities without one.
  let street: Unit?

  /// All of them as one, where the formula declares how; nil for whoever sees only some.
  var total: Explanation?
}

extension Grounds {
  /// Computes a formula for the communities of each street, in order.
  ///
  /// - Parameter proving: whether explanations name the records behind each number; a
  ///   ranking alone is had for half the work.
  func compute(
    _ formula: String, _ period: Period, proving: Bool = true
  ) throws -> [Computation] {
    try RunThread.run {
      try store.read { reader in
        try Watchdog.guarding(limits, overrun) {
          try compute(formula, period, proving: proving, reading: reader)
        }
      }
    }
  }

  /// The same in a transaction at hand; call it on a run's thread.
  func compute(
    _ formula: String, _ period: Period, proving: Bool = true, reading reader: Reader
  ) throws -> [Computation] {
    guard period.first <= today else { throw Problem.notBegun(period, today: today) }
    let world = world(reader)
    let (run, declarations) = try find(formula, in: world)
    let declaration = try declarations.version(for: period)
    let host = FormulaWorld(world: world, run: run)
    let streets = streets(on: period.last).map { communities in
      communities.filter {
        run.package.manifest.owner.governs($0, in: units, on: period.last)
      }
    }
    return try streets.filter { !$0.isEmpty }.map { communities in
      let computing = FormulaRun(declaration, run.interpreter, host: host, today: today)
      let units = communities.map(formulaUnit(on: period.last))
      let street = communities.first?.parent.flatMap { self.units.unit($0, on: period.last) }
      func computed() throws -> (Standings, Explanation?) {
        let standings = try computing.standings(units, period)
        let total = try computing.total(
          of: standings.rows.map(\.contestant), period,
          street: street.map(formulaUnit(on: period.last)))
        return (standings, total)
      }
      let (standings, total) = try proving ? computed() : host.withoutRecords(computed)
      return Computation(
        package: run.package, formula: declaration.id, title: declaration.title, period: period,
        standings: standings, kindsRead: world.kindsRead, street: street, total: total)
    }
  }

  /// The package that offers a formula, loaded, and the formula's dated versions.
  ///
  /// A formula goes by its id, its package's name or its title. A package of the same
  /// name is tried first, so that usually only one is loaded.
  private func find(
    _ name: String, in world: World
  ) throws -> (PackageRun, [FormulaDeclaration]) {
    let withCode = packages.filter(\.hasCode)
    let likely = withCode.filter { $0.manifest.id == name || $0.name.description == name }
    let others = withCode.filter { !likely.contains($0) }
    var known: [Named] = []
    var titled: [(PackageRun, [FormulaDeclaration])] = []
    for package in likely + others {
      let run: PackageRun
      do {
        run = try load(package, in: world, purpose: .formula)
      } catch  where !likely.contains(package) {
        continue  // A broken package of someone else is no answer to this question.
      }
      let id = package.name.description == name ? package.manifest.id : name
      let found = run.formulas(id)
      if !found.isEmpty { return (run, found) }
      titled += run.formulas(titled: name).map { (run, $0) }
      known += run.definitions.compactMap { definition in
        guard case .formula(let formula) = definition else { return nil }
        return Named(formula.id, formula.title)
      }
    }
    guard titled.count < 2 else {
      throw Problem.ambiguousFormula(name, titled.compactMap { $0.1.first?.id })
    }
    if let found = titled.first { return found }
    let absent = absent(name)
    throw absent.isEmpty ? Problem.unknownFormula(name, known: known) : Problems(absent)
  }

  /// The visible communities by street, each in order of their ids.
  private func streets(on day: Day) -> [[Unit]] {
    let all = units.all(on: day).filter { unit in
      guard unit.level == .community else { return false }
      guard case .only(let visible) = visible else { return true }
      return visible.contains(unit.id)
    }
    let streets = Dictionary(grouping: all) { $0.parent?.rawValue ?? "" }
    return streets.sorted { $0.key < $1.key }.map { $0.value.sorted { $0.id < $1.id } }
  }

  private func formulaUnit(on day: Day) -> (Unit) -> FormulaUnit {
    { unit in
      FormulaUnit(
        unit.id, name: unit.name, type: communityType(unit, day))
    }
  }

  private func communityType(_ unit: Unit, _ day: Day) -> String? {
    units.communityType(of: unit.id, on: day)?.rawValue
  }
}

extension Owner {
  /// Whether a formula of this owner is about a community: a community's own is about
  /// itself, a type's about those of the type.
  /// Whether what it offers is for a community.
  fileprivate func governs(_ unit: Unit, in units: UnitTree, on day: Day) -> Bool {
    switch self {
    case .law, .street: true
    case .type(let own): units.types(of: unit.id, on: day).contains { $0.type == own }
    case .community(let own): own == unit.id
    }
  }
}

extension Grounds {
  /// The units whose records a package may see and write, beyond what its manifest grants: all
  /// for the street's, else the communities it is for and the estates in their care.
  func units(of package: Package, on day: Day) -> Scope.Units {
    let owner = package.manifest.owner
    guard owner != .law, owner != .street else { return .all }
    let own = units.all(on: day).filter {
      $0.level == .community && owner.governs($0, in: units, on: day)
    }
    let cared = own.flatMap { units.estates(caredForBy: $0.id, on: day) }
    return .only(Set((own + cared).map(\.id)))
  }
}

extension [Computation] {
  /// What somebody who sees only some units is shown of it.
  func shown(to visible: Scope.Units) -> [Computation] {
    guard case .only(let units) = visible else { return self }
    return compactMap { computation in
      let standings = computation.standings.only(units)
      guard !standings.rows.isEmpty else { return nil }
      return Computation(
        package: computation.package, formula: computation.formula, title: computation.title,
        period: computation.period,
        standings: standings, kindsRead: computation.kindsRead, street: computation.street)
    }
  }
}

extension [Standings] {
  /// For commands: `{ units = { { unit, name, type, type_title, score, … } }, notes = { … } }`,
  /// in order of type, then rank; the notes say whether the quota bit and how a tie went.
  func lua(in language: Language) -> LuaValue {
    let rows = flatMap(\.rows)
    return [
      "units": .list(rows.map { $0.lua(in: language) }),
      "notes": .list(flatMap(\.notes).map { .string($0.text(in: language)) }),
      "provisional": .boolean(rows.contains { $0.assessment.isProvisional }),
    ]
  }
}

extension Standings.Row {
  fileprivate func lua(in language: Language) -> LuaValue {
    let type = contestant.type
    var fields: [String: LuaValue] = [
      "unit": .string(unit.rawValue), "name": .string(contestant.name.text(in: language)),
    ]
    fields["type"] = type.map { .string($0) }
    fields["type_title"] = type.flatMap(CommunityType.init(rawValue:)).map {
      .string($0.label.text(in: language))
    }
    fields["score"] = score.map { .decimal(units: $0.units, places: $0.places) }
    fields["band"] = band.map { .string($0.id) }
    fields["band_title"] = band.map { .string($0.title.text(in: language)) }
    fields["rank"] = rank.map { .integer(Int64($0)) }
    fields["change"] = change.map { .decimal(units: $0.units, places: $0.places) }
    fields["reason"] = topReason.map { .string($0.words.text(in: language)) }
    fields["notes"] = .list(notes.map { .string($0.text(in: language)) })
    return .record(fields)
  }
}

/// A world as a formula's run asks it.
final class FormulaWorld: FormulaHost {
  private let world: World
  private let run: PackageRun

  init(world: World, run: PackageRun) {
    self.world = world
    self.run = run
    // Others were loaded into the world while this one was looked for.
    world.restrict(to: run.package.manifest)
  }

  func enter(_ subject: FormulaSubject) throws -> LuaValue {
    try run.startAfresh()
    try world.enter(subject)
    return .object(HostObject(ScriptSubject(subject)))
  }

  func count(_ object: HostObject) throws -> (Int64, Contribution?)? {
    guard let query = object.value as? ScriptQuery else { return nil }
    return try world.contribution(run.context.admitted(query.query, for: .counting))
  }

  func takeReads() throws -> FormulaReads { try world.takeReads() }

  func withoutRecords<Value>(_ body: () throws -> Value) rethrows -> Value {
    try world.withoutRecords(body)
  }

  func resolve(_ key: String, for unit: UnitID, on day: Day) throws -> Resolution {
    try world.resolve(key, for: unit, on: day)
  }

  func failure(_ error: LuaError, while doing: Words) -> any Error {
    Problem.script(error).while(doing)
  }
}

extension Problem {
  static func notBegun(_ period: Period, today: Day) -> Problem {
    Problem(
      .periodInvalid,
      Words(
        "\(period.label.chinese)还没有开始（今天是 \(today)），无可考核",
        "\(period.label.english) has not begun (today is \(today)): nothing to assess"),
      hint: Words("可看已经开始的期间；还没结束的算暂计", "a period that has begun gives a provisional result"))
  }

  static func ambiguousFormula(_ title: String, _ ids: [String]) -> Problem {
    let all = ids.joined(separator: "、")
    return Problem(
      .usage, Words("不止一个公式叫“\(title)”", "more than one formula is called '\(title)'"),
      hint: Words("写代码：\(all)", "write its id: \(ids.joined(separator: ", "))"))
  }

  static func unknownFormula(_ name: String, known: [Named]) -> Problem {
    Problem(
      .pluginUnknown, Words("没有“\(name)”这个公式", "there is no formula '\(name)'"),
      hint: known.nearest(to: name).map { Words("是不是 \($0)？", "did you mean \($0)?") }
        ?? (known.isEmpty
          ? Words("没有启用带公式的插件；gongyue plugin list 列出插件", "no enabled plugin offers a formula")
          : Words("可用的公式：\(known.words.chinese)", "formulas: \(known.words.english)")))
  }
}
