/// Runs a computed value on behalf of the resolution.
///
/// `inherited` gives the value that would hold without this definition. Errors
/// end the resolution.
public typealias SettingEvaluator = (
  _ function: FunctionReference, _ inherited: () throws -> SettingValue, _ context: SettingContext
) throws -> SettingValue

/// What a computed value may know: the key, the unit's layers, the day, and whose rule it is.
public struct SettingContext: Sendable {
  public let key: String
  public let unit: UnitLayers
  public let day: Day
  public let definition: SettingDefinition
}

/// All declarations and definitions of a workspace, checked together.
///
/// Making one never fails: everything wrong is in `problems`, sorted by place,
/// and wrong definitions are kept so that `why` can list them as rejected. A wrong
/// definition stops whoever needs the value it may decide, and nobody else. The
/// order in which declarations, definitions and units are given does not matter.
public struct SettingsBook: Sendable {
  /// By key.
  public let declarations: [SettingDeclaration]

  /// In an order of their own, with keys and values in their one form.
  public let definitions: [SettingDefinition]
  public let renames: [SettingRename]
  public let typologies: [SettingTypology]
  public let units: [SettingUnit]

  /// What could not be understood, and whose it is.
  public private(set) var unread: [UnreadRules] = []

  /// Everything wrong, by place. `setting.refused` means that a definition is
  /// kept out of every result; the others stop whoever needs the value.
  public internal(set) var problems: [Problem] = []

  /// Those of declarations and of the types of units: they leave the book unfit for use.
  public private(set) var obstacles: [Problem] = []

  /// What should be put right some time: old names in use.
  public internal(set) var warnings: [Words] = []

  /// Declarations and such by name, for quick finding.
  let declarationByKey: [String: SettingDeclaration]
  let unitByID: [UnitID: SettingUnit]
  let typologyByType: [String: SettingTypology]
  private(set) var definitionsByKey: [String: [Int]]

  /// Definitions that are wrong by themselves, and why.
  var rejected: [Int: Problem] = [:]

  /// Problems found by resolving, with the definitions that have a part in them.
  var findings: [SettingFinding] = []

  /// - Parameters:
  ///   - unread: rules that could not even be read.
  ///   - evaluate: runs computed values while checking; without it, results that need them go unchecked.
  public init(
    declarations: [SettingDeclaration], definitions: [SettingDefinition],
    renames: [SettingRename] = [], typologies: [SettingTypology] = [], units: [SettingUnit] = [],
    unread: [UnreadRules] = [], using evaluate: SettingEvaluator? = nil
  ) {
    var intake = SettingIntake(renames: renames, typologies: typologies, units: units)
    intake.take(declarations)
    intake.take(definitions)
    intake.checkUnits()
    self.declarations = intake.declarations
    self.definitions = intake.definitions
    self.renames = renames
    self.typologies = typologies
    self.units = units.sorted { $0.id < $1.id }
    declarationByKey = intake.declarationByKey
    unitByID = Dictionary(units.map { ($0.id, $0) }) { first, _ in first }
    typologyByType = Dictionary(
      typologies.flatMap { typology in typology.types.map { ($0.code, typology) } }
    ) { first, _ in first }
    definitionsByKey = Dictionary(
      grouping: intake.definitions.indices, by: { intake.definitions[$0].key })
    rejected = intake.rejected
    warnings = intake.warnings
    obstacles = intake.problems
    let given = unread.map(underCurrentKey)
    self.unread = given + intake.unread.filter { !given.contains($0) }
    findings = examine(using: evaluate)
    var seen: Set<Problem> = []
    problems =
      (intake.problems + rejected.values + self.unread.flatMap(\.problems)
      + findings.map(\.problem)).filter { seen.insert($0).inserted }
      .sorted { Self.order($0) < Self.order($1) }
  }

  private func underCurrentKey(_ rules: UnreadRules) -> UnreadRules {
    let key = rules.key.flatMap { try? lookUp($0, on: nil).declaration.key }
    return UnreadRules(rules.scope, key: key, rules.problems)
  }

  /// The book without one definition, for asking what would hold then.
  func removing(_ definition: SettingDefinition) -> SettingsBook {
    var copy = self
    let name = definition.canonical
    copy.definitionsByKey[definition.key] = definitionsByKey[definition.key]?.filter {
      definitions[$0].canonical != name
    }
    return copy
  }

  private static func order(_ problem: Problem) -> (String, Int, String) {
    (problem.place?.file ?? "", problem.place?.line ?? 0, problem.message.english)
  }

  /// What stops results: everything but refused definitions.
  public var errors: [Problem] { problems.filter { $0.code != .settingRefused } }

  /// Definitions that are kept out of every result because they break a rule of an upper layer.
  public var refusals: [Problem] { problems.filter { $0.code == .settingRefused } }

  /// - Throws: `Problems` when anything is wrong, refusals included.
  public func requireSound() throws {
    guard problems.isEmpty else { throw Problems(problems) }
  }

  /// What may be written down: trials are left out.
  public var storable: [SettingDefinition] { definitions.filter(\.isStorable) }

  /// The declaration for a key, a Chinese label or an alias.
  public func declaration(named name: String) throws -> SettingDeclaration {
    try lookUp(name, on: nil).declaration
  }

  /// The layers that contain a unit on a day; an estate under care follows its caretaker.
  public func layers(of id: UnitID, on day: Day) throws -> UnitLayers {
    guard let unit = unitByID[id] else { throw Problem.settingUnitUnknown(id, among: units) }
    var governing = unit
    var caretaker: UnitID?
    var seen: Set<UnitID> = [id]
    while let next = governing.caretakers.first(where: { $0.holds(on: day) })?.fact,
      let carer = unitByID[next], seen.insert(next).inserted
    {
      governing = carer
      caretaker = next
    }
    return UnitLayers(
      unit: id, name: unit.name, street: governing.street,
      types: memberships(of: governing, on: day), community: governing.community,
      caretaker: caretaker)
  }

  private func memberships(of unit: SettingUnit, on day: Day) -> [UnitLayers.TypeMembership] {
    unit.types.filter { $0.holds(on: day) }.map { dated in
      let typology = typologyByType[dated.fact]
      let label = typology?.types.first { $0.code == dated.fact }?.label
      return UnitLayers.TypeMembership(
        typology: typology?.id ?? "", code: dated.fact, label: label ?? Words(verbatim: dated.fact))
    }.sorted { ($0.typology, $0.code) < ($1.typology, $1.code) }
  }

  /// The value of a setting for a unit on a day, with everything that led to it.
  ///
  /// A period's result uses the settings of the period's last day.
  ///
  /// - Parameter key: a key, a Chinese label, an alias, or a renamed key.
  /// - Throws: `setting.unknown`, `setting.conflict`, `setting.required`,
  ///   `setting.invalid`, `unit.unknown`, whatever a computed value throws, and why a rule
  ///   that may decide it cannot be understood.
  public func resolve(
    _ key: String, for unit: UnitID, on day: Day, using evaluate: SettingEvaluator? = nil
  ) throws -> Resolution {
    let (declaration, warnings) = try lookUp(key, on: day)
    let layers = try layers(of: unit, on: day)
    try requireRead(declaration.key, in: layers)
    let pass = SettingPass(self, declaration, layers, day, evaluate)
    return try pass.run(warnings: warnings)
  }

  private func lookUp(
    _ name: String, on day: Day?
  ) throws -> (declaration: SettingDeclaration, warnings: [Words]) {
    var key = name
    var warnings: [Words] = []
    var seen: Set<String> = []
    while let rename = renames.first(where: { $0.old == key }), seen.insert(key).inserted {
      if let new = rename.new {
        if let warning = rename.warning(on: day) { warnings.append(warning) }
        key = new
      } else if let day, day < rename.from, declarationByKey[key] != nil {
        break
      } else {
        throw Problem.settingRetired(rename)
      }
    }
    if let declaration = declarationByKey[key] { return (declaration, warnings) }
    let called = declarations.called(key) { ($0.label, [$0.key, $0.alias].compactMap(\.self)) }
    if let called { return (called, warnings) }
    throw Problem.settingUnknown(name, among: declarations)
  }
}

extension SettingRename {
  /// What to say to whoever still uses the old name; nothing before it is out of use.
  func warning(on day: Day?) -> Words? {
    guard let new else { return nil }
    if let day, day < from { return nil }
    let chinese = note.map { "（\($0.chinese)）" } ?? ""
    let english = note.map { " (\($0.english))" } ?? ""
    return Words(
      "设置“\(old)”自 \(from) 起改名为“\(new)”，请改用新名\(chinese)",
      "setting '\(old)' is called '\(new)' since \(from); use the new name\(english)")
  }
}
