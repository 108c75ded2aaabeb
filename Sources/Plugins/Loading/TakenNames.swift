internal import Governance

/// A package in use, and what it offers.
public struct EnabledPackage: Sendable {
  public let package: Package

  /// None when it cannot be loaded any more.
  public let definitions: [Definition]

  public init(_ package: Package, definitions: [Definition]) {
    self.package = package
    self.definitions = definitions
  }
}

/// What the enabled packages call their settings, formulas and commands.
///
/// A name belongs to whoever was enabled with it first: a second package could take the first
/// one's setting out of use, or stand in its formula's place, for a whole street.
struct TakenNames {
  private let others: [EnabledPackage]

  /// - Parameter package: the one to be checked; what it is called itself takes nothing.
  init(by enabled: [EnabledPackage], beside package: Package) {
    others = enabled.filter { $0.package.name != package.name }
  }

  /// Settings: keys, labels and aliases that are taken, and renames of what is another's.
  func problems(with manifest: Manifest) -> [Problem] {
    let declared = manifest.settings.enumerated().flatMap { index, setting in
      own(setting, after: manifest.settings[..<index]) + problems(with: setting)
    }
    return declared + manifest.renames.flatMap(problems)
  }

  private func own(
    _ setting: SettingDeclaration, after earlier: ArraySlice<SettingDeclaration>
  ) -> [Problem] {
    earlier.compactMap { other in
      other.shared(with: setting).map { .settingNameTaken(setting, $0, other, by: nil) }
    }
  }

  private func problems(with setting: SettingDeclaration) -> [Problem] {
    others.flatMap { other -> [Problem] in
      let (name, theirs) = (other.package.name, other.package.manifest)
      let taken = theirs.settings.compactMap { declared -> Problem? in
        declared.shared(with: setting).map { .settingNameTaken(setting, $0, declared, by: name) }
      }
      let gone = theirs.renames.filter { setting.names.contains($0.old) }
      return taken + gone.map { .settingOfAnother($0.old, name, at: setting.place) }
    }
  }

  private func problems(with rename: SettingRename) -> [Problem] {
    others.filter { other in
      let theirs = other.package.manifest
      return theirs.settings.contains { $0.names.contains(rename.old) }
        || theirs.renames.contains { $0.old == rename.old }
    }
    .map { .settingOfAnother(rename.old, $0.package.name, at: rename.place) }
  }

  /// Formulas and commands; versions of one formula are one package's.
  func problems(with definitions: [Definition]) -> [Problem] {
    definitions.flatMap { definition in
      others.filter { other in other.definitions.contains { $0.isNamed(like: definition) } }
        .map { .definitionTaken(definition, by: $0.package.name) }
    }
  }
}

extension SettingDeclaration {
  /// By what it can be asked for.
  fileprivate var names: Set<String> { Set([key, label.chinese, alias].compactMap(\.self)) }

  fileprivate func shared(with other: SettingDeclaration) -> String? {
    names.intersection(other.names).min()
  }
}

extension Definition {
  fileprivate func isNamed(like other: Definition) -> Bool {
    sort == other.sort && id == other.id
  }

  fileprivate var place: Place? {
    switch self {
    case .formula(let formula): formula.place
    case .command(let command): command.place
    }
  }
}

extension Problem {
  /// - Parameter owner: whose it is; nil where the same package says both.
  fileprivate static func settingNameTaken(
    _ setting: SettingDeclaration, _ name: String, _ other: SettingDeclaration,
    by owner: PackageName?
  ) -> Problem {
    let place = other.place?.description ?? "—"
    let whose = owner.map { Words("插件“\($0)”的", "of the package '\($0)' ") }
    return Problem(
      .pluginInvalid,
      Words(
        "设置“\(setting.key)”不能叫“\(name)”：\(whose?.chinese ?? "")设置“\(other.key)”（\(place)）已经叫这个",
        "the setting '\(setting.key)' cannot be called '\(name)': the setting '\(other.key)' "
          + "\(whose?.english ?? "")(\(place)) is called so"),
      at: setting.place,
      hint: Words(
        "换一个代码、名称（label）或别名（alias）", "choose another key, label or alias"))
  }

  fileprivate static func settingOfAnother(
    _ key: String, _ owner: PackageName, at place: Place?
  ) -> Problem {
    Problem(
      .pluginInvalid,
      Words(
        "设置“\(key)”是插件“\(owner)”的，只有它能声明、改名或停用",
        "the setting '\(key)' belongs to the package '\(owner)': no other may declare, rename or retire it"
      ),
      at: place,
      hint: Words(
        "要规定它的值，写在本层的 settings.yaml 里",
        "to give it a value write that into the layer's settings.yaml"))
  }

  fileprivate static func definitionTaken(
    _ definition: Definition, by owner: PackageName
  ) -> Problem {
    let sort = definition.sort
    return Problem(
      .pluginInvalid,
      Words(
        "\(sort.chinese)代码“\(definition.id)”已被启用的插件“\(owner)”用了",
        "the \(sort.english) id '\(definition.id)' is taken by the enabled package '\(owner)'"),
      at: definition.place,
      hint: Words("换一个 id，或先停用 \(owner)", "choose another id, or disable \(owner) first"))
  }
}
