internal import Digests
internal import Governance
internal import Plugins
internal import Storage

/// What the files and the database of a workspace say about settings.
struct WorkspaceSettings {
  let book: SettingsBook

  /// Files that could not be understood; the book was made without them.
  let unreadable: [Problem]

  init(book: SettingsBook, unreadable: [Problem]) {
    self.book = book
    self.unreadable = unreadable
  }

  /// - Parameters:
  ///   - packages: the enabled ones, whose declarations count.
  ///   - disabled: the others: definitions of their settings rest until they are enabled.
  init(
    _ packages: [Package], files: [Catalogue.SettingsFile], recorded: [RecordedSetting],
    units: UnitTree, disabled: [Package] = []
  ) {
    var definitions: [Governance.SettingDefinition] = []
    var unreadable: [Problem] = []
    for file in files {
      do {
        definitions += try SettingsFile.read(file)
      } catch {
        unreadable += error.all
      }
    }
    definitions += recorded.map(\.definition)
    let resting = Set(disabled.flatMap(\.manifest.settings).map(\.key))
      .subtracting(packages.flatMap(\.manifest.settings).map(\.key))
    definitions.removeAll { resting.contains($0.key) }
    book = SettingsBook(
      declarations: packages.flatMap(\.manifest.settings), definitions: definitions,
      renames: packages.flatMap(\.manifest.renames), typologies: units.settingTypologies,
      units: units.settingUnits)
    self.unreadable = unreadable
  }

  /// What makes settings unfit to compute with.
  var errors: [Problem] { unreadable + book.errors }

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
  var definition: Governance.SettingDefinition {
    let scope: SettingScope =
      switch stored.target {
      case .street: .street(nil)
      case .type(let type): .type(type)
      case .unit(let unit): .community(unit)
      }
    return Governance.SettingDefinition(
      stored.key, scope, stored.value.map { .value(.text($0)) } ?? .unset(reason: stored.basis),
      strength: SettingStrength(rawValue: stored.strength) ?? .set, from: stored.from,
      to: stored.to, basis: stored.basis, author: author,
      origin: .database(sequence: sequence))
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
