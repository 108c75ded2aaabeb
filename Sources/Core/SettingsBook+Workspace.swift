internal import Digests
internal import Governance
internal import Plugins
internal import Storage

/// What the files and the database of a workspace say about settings.
struct WorkspaceSettings {
  let book: SettingsBook

  /// Files that could not be understood; the book was made without them.
  let unreadable: [Problem]

  /// Where computed values come from.
  let functions: SettingFunctions

  init(book: SettingsBook, unreadable: [Problem], functions: SettingFunctions) {
    self.book = book
    self.unreadable = unreadable
    self.functions = functions
  }

  /// - Parameters:
  ///   - packages: the enabled ones, whose declarations count.
  ///   - functions: where the files' computed values come from; they are computed while checking.
  ///   - unreadable: what is wrong with files that could not be read at all.
  ///   - disabled: the others: definitions of their settings rest until they are enabled.
  ///   - broken: what is wrong with enabled packages that could not be read: what they declare is
  ///     not known, so it is no fault of other files that they name it.
  init(
    _ packages: [Package], files: [Catalogue.SettingsFile], functions: SettingFunctions,
    recorded: [RecordedSetting], units: UnitTree, unreadable: [Problem] = [],
    disabled: [Package] = [], broken: [Problem] = []
  ) {
    var definitions: [Governance.SettingDefinition] = []
    var unreadable = unreadable + broken
    for file in files {
      do {
        definitions += try SettingsFile.read(file)
      } catch {
        unreadable += error.all
      }
    }
    unreadable += functions.problems(with: definitions)
    let declarations = packages.flatMap(\.manifest.settings)
    let renames = packages.flatMap(\.manifest.renames)
    definitions += recorded.map { record in
      let key = renames.current(record.stored.key)
      return record.definition(of: declarations.first { $0.key == key }?.type)
    }
    let resting = Set(disabled.flatMap(\.manifest.settings).map(\.key))
      .subtracting(declarations.map(\.key))
    let known = Set(declarations.map(\.key)).union(renames.map(\.old))
    definitions.removeAll {
      resting.contains($0.key) || (!broken.isEmpty && !known.contains($0.key))
    }
    book = SettingsBook(
      declarations: declarations, definitions: definitions, renames: renames,
      typologies: units.settingTypologies,
      units: units.settingUnits, using: functions.evaluator())
    self.unreadable = unreadable
    self.functions = functions
  }

  /// The same files and functions with another book: a what-if.
  func with(_ book: SettingsBook) -> WorkspaceSettings {
    WorkspaceSettings(book: book, unreadable: unreadable, functions: functions)
  }

  /// Runs computed values for one question; it remembers what it computed.
  ///
  /// What used up its time while the files were checked is not tried a second time.
  func evaluator() -> SettingEvaluator {
    guard let stop = book.errors.first(where: { $0.code == .limitTime }) else {
      return functions.evaluator()
    }
    return { _, _, _ in throw stop }
  }

  /// What makes settings unfit to compute with.
  var errors: [Problem] { unreadable + book.errors.filter { !unreadable.contains($0) } }

  /// The same as warnings, where what is sound can still be shown.
  var errorWords: [Words] {
    errors.map { problem in
      let place = problem.place.map { "\($0)" } ?? ""
      return Words(
        "没有采用：\(problem.message.chinese)（\(place)）",
        "not used: \(problem.message.english) (\(place))")
    }
  }

  /// Refused definitions, as warnings: they are listed by `why` and count nowhere.
  var refusalWords: [Words] { book.refusals.map(\.message) }
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
