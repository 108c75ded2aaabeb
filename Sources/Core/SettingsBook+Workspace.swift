internal import Digests
internal import Governance
internal import Plugins
internal import Storage

/// What the files and the database of a workspace say about settings.
struct WorkspaceSettings {
  let book: SettingsBook

  /// Files that could not be understood; the book was made without them.
  let unreadable: [Problem]

  /// - Parameter packages: the enabled ones, whose declarations count.
  init(
    _ packages: [Package], files: [Catalogue.SettingsFile], stored: [StoredSetting],
    units: UnitTree
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
    definitions += stored.map(Governance.SettingDefinition.init(stored:))
    book = SettingsBook(
      declarations: packages.flatMap(\.manifest.settings), definitions: definitions,
      renames: packages.flatMap(\.manifest.renames), typologies: units.settingTypologies,
      units: units.settingUnits)
    self.unreadable = unreadable
  }

  /// What makes settings unfit to compute with.
  var errors: [Problem] { unreadable + book.errors }
}

extension Governance.SettingDefinition {
  /// A definition that `gongyue set` recorded.
  fileprivate init(stored: StoredSetting) {
    let definition = stored.definition
    let scope: SettingScope =
      switch definition.target {
      case .street: .street(nil)
      case .type(let type): .type(type)
      case .unit(let unit): .community(unit)
      }
    self.init(
      definition.key, scope,
      definition.value.map { .value(.text($0)) } ?? .unset(reason: definition.basis),
      strength: SettingStrength(rawValue: definition.strength) ?? .set,
      from: definition.from, to: definition.to, basis: definition.basis, author: stored.author,
      origin: .database(sequence: stored.id))
  }
}
