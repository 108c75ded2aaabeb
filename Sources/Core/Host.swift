public import Governance
internal import Lua
internal import Plugins
internal import Storage

/// An open workspace: the one module that every face asks.
///
/// Opening reads the configuration, the calendar, the plugins and the units once;
/// questions and changes are the extensions beside this file. Everything is
/// synchronous: a run of scripts owns a thread of its own inside.
public struct Host {
  let opening: Opening
  let folder: WorkspaceFolder
  let configuration: WorkspaceConfiguration
  let drivers: Drivers
  let store: Store
  let actor: Actor
  /// The day to look from.
  public let today: Day

  /// The day it is: as the workspace pins it, else by the clock.
  var workspaceToday: Day { configuration.today ?? Store.systemTime().day }

  /// Weekends alone where the file cannot be read: what counts days refuses then, what does not
  /// (a replay has its own) goes on.
  let calendar: WorkCalendar
  private let calendarProblems: [Problem]
  let catalogue: Catalogue
  let lock: LockFile
  /// Lines of the lock file that cannot be read; the rest of it counts.
  let lockProblems: [Problem]
  let units: UnitTree
  let settings: WorkspaceSettings

  /// The version of the program.
  public static let version = "0.1.0"

  /// Opens a workspace.
  ///
  /// - Throws: `workspace.missing`, the storage problems, `setting.invalid` for
  ///   typologies that cannot be read, `usage` for an actor that cannot be. Broken plugins and settings do not prevent opening; what needs
  ///   them refuses.
  public static func open(_ opening: Opening, drivers: Drivers) throws -> Host {
    let folder = try WorkspaceFolder.find(opening)
    let configuration = try folder.configuration()
    let actor = try opening.actor.map { try Actor(parsing: $0) } ?? .office
    let today = opening.today ?? configuration.today ?? Store.systemTime().day
    let driver = try drivers.open(folder.database(configuration), false)
    let store = try Store.open(driver)
    return try Host(
      opening: opening, folder: folder, configuration: configuration, drivers: drivers,
      store: store, actor: actor, today: today)
  }

  /// What a workspace speaks; nil where there is none, or its configuration cannot be read.
  public static func language(of workspace: String?, from directory: String) -> Language? {
    let opening = Opening(workspace: workspace, directory: directory)
    return try? WorkspaceFolder.find(opening).configuration().language
  }

  /// The day it is in a workspace, for a date typed without its year; the clock's where there
  /// is none, or its configuration cannot be read.
  public static func today(in workspace: String?, from directory: String) -> Day {
    let opening = Opening(workspace: workspace, directory: directory)
    let pinned = try? WorkspaceFolder.find(opening).configuration().today
    return pinned ?? Store.systemTime().day
  }

  private init(
    opening: Opening, folder: WorkspaceFolder, configuration: WorkspaceConfiguration,
    drivers: Drivers, store: Store, actor: Actor, today: Day
  ) throws {
    self.opening = opening
    self.folder = folder
    self.configuration = configuration
    self.drivers = drivers
    self.store = store
    self.today = today
    catalogue = Catalogue.read(folder.plugins)
    (lock, lockProblems) = try folder.lock()
    (calendar, calendarProblems) = Self.calendar(in: catalogue, folder)
    let typologies = catalogue.typologies
    guard typologies.problems.isEmpty else { throw Problems(typologies.problems) }
    let (units, stored, placed) = try store.read { reader in
      let units = try UnitTree(reading: reader, typologies: typologies.typologies)
      // What a person types may be the id or the Chinese name (decisions 20).
      let own = try actor.ownUnit.map { try units.find($0.rawValue, on: today).id }
      let actor = Actor(actor.role, of: own, part: actor.part)
      let visible = Self.visibleUnits(to: actor, in: units, on: today)
      return (units, try reader.settings(), try actor.placed(by: reader, in: visible))
    }
    self.units = units
    self.actor = placed
    let files = catalogue.settingsFiles(by: lock)
    let enabled = Set(lock.entries.keys)
    let lost = catalogue.lost(from: lock, units)
    settings = WorkspaceSettings(
      catalogue.enabled(by: lock), files: files,
      functions: SettingFunctions(
        files, limits: Limits(configuration.limits, narrowedBy: opening),
        language: opening.language),
      recorded: stored.map(RecordedSetting.init(stored:)), units: units,
      unread: catalogue.unreadSettings + lost.ofCommunities,
      disabled: catalogue.packages.filter { !enabled.contains($0.name) },
      broken: lost.ofAll)
  }

  private static func calendar(
    in catalogue: Catalogue, _ folder: WorkspaceFolder
  ) -> (WorkCalendar, [Problem]) {
    do {
      // What cannot be read says why: missing, not allowed, not UTF-8.
      let text =
        try catalogue.calendar
        ?? WorkspaceFolder.text(of: folder.path + "/" + Catalogue.calendarFile)
      return (try CalendarFile.read(text), [])
    } catch let problem as Problem {
      return (.withoutNotices, [problem])
    } catch let problems as Problems {
      return (.withoutNotices, problems.all)
    } catch {
      return (.withoutNotices, [.unreadable(folder.path + "/" + Catalogue.calendarFile)])
    }
  }
}

extension Catalogue {
  /// What is wrong with enabled packages that are not there or cannot be read. What a community's
  /// own would have said is unknown for that community; what any other would, for all.
  fileprivate func lost(
    from lock: LockFile, _ units: UnitTree
  ) -> (ofCommunities: [UnreadRules], ofAll: [Problem]) {
    var result: (ofCommunities: [UnreadRules], ofAll: [Problem]) = ([], [])
    for name in lock.entries.keys.sorted() {
      let problems = problems(ofEnabled: name)
      let unit = UnitID(name.owner)
      if problems.isEmpty { continue }
      if units.settingUnits.contains(where: { $0.id == unit }) {
        result.ofCommunities.append(UnreadRules(.community(unit), problems))
      } else {
        result.ofAll += problems.filter { !result.ofAll.contains($0) }
      }
    }
    return result
  }

  /// Why an enabled package is not there; empty when it is.
  func problems(ofEnabled name: PackageName) -> [Problem] {
    guard package(name.description) == nil else { return [] }
    let found = problems(of: name.description)
    return found.isEmpty ? [Problem.enabledPackageLost(name)] : found
  }

  /// The packages that were enabled, changed since or not.
  func enabled(by lock: LockFile) -> [Package] {
    packages.filter { lock.entries[$0.name] != nil }
  }

  /// The files of settings that count: the layers' own, and those of enabled packages.
  func settingsFiles(by lock: LockFile) -> [SettingsFile] {
    settingsFiles.filter { file in file.package.map { lock.entries[$0] != nil } ?? true }
  }
}

extension Problem {
  static func enabledPackageLost(_ name: PackageName) -> Problem {
    Problem(
      .pluginUnknown,
      Words("已启用的插件“\(name)”不见了", "the enabled package '\(name)' is gone"),
      at: Place(file: LockFile.fileName),
      hint: name.description.hasPrefix(Owner.law.name + ".")
        ? Words("把 plugins/law 放回去", "put plugins/law back")
        : Words(
          "把它的文件夹放回 plugins/；不再使用就运行 gongyue plugin disable \(name)",
          "put its folder back, or run gongyue plugin disable \(name)"))
  }
}

extension Host {
  var language: Language { opening.language }

  /// The units whose records the actor may see: all of the street, or the own
  /// community and the estates it cares for.
  var visibleUnits: Scope.Units { Self.visibleUnits(to: actor, in: units, on: today) }

  fileprivate static func visibleUnits(
    to actor: Actor, in units: UnitTree, on day: Day
  ) -> Scope.Units {
    guard let own = actor.ownUnit else { return .all }
    return .only(Set([own] + units.estates(caredForBy: own, on: day).map(\.id)))
  }

  /// A unit as typed: id or Chinese name.
  ///
  /// - Throws: `unit.unknown`, `denied` when it lies outside the actor's scope.
  func unit(_ text: String) throws -> Unit {
    let unit = try units.find(text, on: today)
    if case .only(let visible) = visibleUnits, !visible.contains(unit.id) {
      throw Problem.outsideScope(actor, unit: unit.id)
    }
    return unit
  }

  func require(_ action: Actor.Action, _ doing: Words) throws {
    guard actor.may(action) else { throw Problem.notAllowed(actor, to: doing) }
  }

  func signature(_ reason: String, plugin: String? = nil) -> Signature {
    Signature(actor: actor.description, reason: reason, plugin: plugin, today: today)
  }

  /// Why a package of that name, or of that id, is not among those that are enabled.
  func problemsOfAbsent(_ name: String) -> [Problem] {
    guard let package = catalogue.package(name) else { return catalogue.problems(of: name) }
    return lock.problem(with: package).map { [$0] } ?? []
  }

  var book: SettingsBook { settings.book }

  /// - Throws: `Problems` when nothing can be computed; see `unsound`.
  func requireSoundSettings() throws {
    let problems = unsound
    guard problems.isEmpty else { throw Problems(problems) }
  }

  /// - Throws: `calendar.invalid` or `file.unavailable` when days cannot be counted.
  func requireCalendar() throws {
    guard calendarProblems.isEmpty else { throw Problems(calendarProblems) }
  }

  /// Why nothing can be computed for anybody: the calendar, an enabled package of the street or
  /// the law that cannot be read, declarations that contradict each other. The package comes
  /// before settings: without its declarations, settings that are right look wrong.
  ///
  /// Rules of one layer that are wrong are no such reason: they stop whoever they govern, when a
  /// value is asked for.
  var unsound: [Problem] {
    guard calendarProblems.isEmpty else { return calendarProblems }
    // What an unreadable line enabled is not known: neither is what results would rest on.
    guard lockProblems.isEmpty else { return lockProblems }
    // A lock that was edited by hand does not put the law out of force.
    let law = catalogue.packages
      .filter { $0.manifest.owner == .law && lock.entries[$0.name] == nil }
      .map { Problem.lawNotEnabled($0.name) }
    let lost = settings.broken + law
    return lost.isEmpty ? settings.obstacles : lost
  }
}
