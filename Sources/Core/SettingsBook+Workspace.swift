internal import Digests
internal import Governance
internal import Plugins
internal import Storage

/// What the files and the database of a workspace say about settings.
struct WorkspaceSettings {
  let book: SettingsBook

  /// What is wrong with enabled packages that could not be read: what they declare is not known.
  let broken: [Problem]

  /// Recorded rules that rest, each with why.
  let resting: [RestingSetting]

  /// Where computed values come from.
  let functions: SettingFunctions

  private init(
    book: SettingsBook, broken: [Problem], resting: [RestingSetting], functions: SettingFunctions
  ) {
    self.book = book
    self.broken = broken
    self.resting = resting
    self.functions = functions
  }

  /// - Parameters:
  ///   - packages: the enabled ones, whose declarations count.
  ///   - functions: where the files' computed values come from; none is run here.
  ///   - recorded: those that speak of what is not there any more rest: a stored rule is no stop.
  ///   - unread: files that could not be read at all, and whose they are.
  ///   - disabled: the others: definitions of their settings rest until they are enabled.
  ///   - broken: what is wrong with enabled packages that could not be read: what they declare is
  ///     not known, so it is no fault of other files that they name it.
  init(
    _ packages: [Package], files: [Catalogue.SettingsFile], functions: SettingFunctions,
    recorded: [RecordedSetting], units: UnitTree, unread: [UnreadRules] = [],
    disabled: [Package] = [], broken: [Problem] = []
  ) {
    var definitions: [Governance.SettingDefinition] = []
    var unread = unread
    for file in files {
      do {
        definitions += try SettingsFile.read(file)
      } catch {
        unread.append(UnreadRules(file.owner.settingScope, error.all))
      }
    }
    unread += functions.unread(in: definitions)
    let declarations = packages.flatMap(\.manifest.settings)
    let renames = packages.flatMap(\.manifest.renames)
    let declared = Set(declarations.map(\.key)).union(renames.map(\.old))
    self.resting = RestingSetting.among(recorded, declared: declared, units: units)
    let atRest = Set(RestingSetting.all(in: recorded, declared: declared, units: units))
    definitions += recorded.filter { !atRest.contains($0.sequence) }.map { record in
      let key = renames.current(record.stored.key)
      return record.definition(of: declarations.first { $0.key == key }?.type)
    }
    let resting = Set(disabled.flatMap(\.manifest.settings).map(\.key))
      .subtracting(declarations.map(\.key))
    definitions.removeAll {
      resting.contains($0.key) || (!broken.isEmpty && !declared.contains($0.key))
    }
    book = SettingsBook(
      declarations: declarations, definitions: definitions, renames: renames,
      typologies: units.settingTypologies,
      units: units.settingUnits, unread: unread)
    self.broken = broken
    self.functions = functions
  }

  /// The same files and functions with another book: a what-if.
  func with(_ book: SettingsBook) -> WorkspaceSettings {
    WorkspaceSettings(book: book, broken: broken, resting: resting, functions: functions)
  }

  /// The same, checked with each computed value run once: for whoever looks after settings.
  var withComputedValues: WorkspaceSettings { with(book.adding([], using: evaluator())) }

  /// Runs computed values for one question; it remembers what it computed.
  func evaluator() -> SettingEvaluator { functions.evaluator() }

  /// Everything wrong, whomever it stops.
  var errors: [Problem] { broken + book.errors.filter { !broken.contains($0) } }

  /// What leaves settings unfit to compute with for everybody.
  var obstacles: [Problem] { broken + book.obstacles.filter { !broken.contains($0) } }

  /// The same as warnings, for changes that were not held against what cannot be understood.
  var errorWords: [Words] {
    errors.map { problem in
      let place = problem.place.map { "\($0)" } ?? ""
      return Words(
        "读不懂，没有对照：\(problem.message.chinese)（\(place)）",
        "not understood, so nothing was held against it: \(problem.message.english) (\(place))")
    }
  }

  /// Refused definitions, as warnings: they are listed by `why` and count nowhere.
  ///
  /// - Parameter unit: whose computed values are looked at too; nil for everybody's.
  func refusalWords(within unit: UnitID?) -> [Words] {
    let scopes = unit.map { [SettingScope.community($0)] }
    let computed =
      book.computedKeys.isEmpty
      ? [] : book.refusals(of: book.computedKeys, within: scopes, using: evaluator())
    return (book.refusals + computed.filter { !book.refusals.contains($0) }).map(\.message)
  }
}

/// A definition that `gongyue set` recorded in the database.
struct RecordedSetting: Hashable {
  let sequence: Int64
  let author: String
  let stored: Storage.SettingDefinition

  init(stored: StoredSetting) {
    sequence = stored.id
    author = stored.author
    self.stored = stored.definition
  }

  /// As the engine judges it.
  ///
  /// - Parameter type: of the setting, in whose spelling the value was kept; nil when it is
  ///   declared no more.
  func definition(of type: SettingType?) -> Governance.SettingDefinition {
    let scope: SettingScope =
      switch stored.target {
      case .street: .street(nil)
      case .type(let type): .type(type)
      case .unit(let unit): .community(unit)
      }
    let content: SettingContent =
      stored.value.map { .value(type?.value(canonical: $0) ?? .text($0)) }
      ?? .unset(reason: stored.basis)
    return Governance.SettingDefinition(
      stored.key, scope, content,
      strength: SettingStrength(rawValue: stored.strength) ?? .set, from: stored.from,
      to: end, basis: stored.basis, author: author,
      origin: .database(sequence: sequence))
  }

  /// A record that was replaced on its first day has no day at all; its successor says so.
  private var end: Day? {
    stored.to.flatMap { $0 > stored.from ? $0 : nil }
  }
}

extension [SettingRename] {
  /// What a key is called now.
  fileprivate func current(_ key: String) -> String {
    var current = key
    var seen: Set<String> = []
    while seen.insert(current).inserted, let next = first(where: { $0.old == current })?.new {
      current = next
    }
    return current
  }
}

/// As closed results keep it.
extension RecordedSetting {
  var json: JSONValue {
    let (scope, name): (String, String?) =
      switch stored.target {
      case .street: ("street", nil)
      case .type(let type): ("type", type)
      case .unit(let unit): ("unit", unit.rawValue)
      }
    return [
      "sequence": .integer(sequence), "author": .string(author), "key": .string(stored.key),
      "scope": .string(scope), "name": .optional(name) { .string($0) },
      "strength": .string(stored.strength), "value": .optional(stored.value) { .string($0) },
      "from": .day(stored.from), "to": .optional(stored.to, JSONValue.day),
      "basis": .string(stored.basis),
    ]
  }

  init?(json: JSONValue) {
    guard let sequence = json["sequence"]?.integer, let author = json["author"]?.text,
      let key = json["key"]?.text, let strength = json["strength"]?.text,
      let from = json["from"]?.text.flatMap({ Day($0) }), let basis = json["basis"]?.text
    else { return nil }
    let target: Storage.SettingDefinition.Target
    switch (json["scope"]?.text, json["name"]?.text) {
    case ("street"?, _): target = .street
    case ("type"?, let type?): target = .type(type)
    case ("unit"?, let unit?): target = .unit(UnitID(unit))
    default: return nil
    }
    self.sequence = sequence
    self.author = author
    stored = Storage.SettingDefinition(
      key: key, target: target, strength: strength, value: json["value"]?.text, from: from,
      to: json["to"]?.text.flatMap { Day($0) }, basis: basis)
  }
}
