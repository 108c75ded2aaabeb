internal import Governance
internal import Lua
internal import Plugins
internal import Storage

/// What results rest on: packages, settings, calendar, units, records, day.
///
/// An open workspace has one; replaying a closed result builds another out of what
/// was kept, and computes in it with the same code.
struct Grounds {
  /// The enabled packages.
  let packages: [Package]
  let settings: WorkspaceSettings
  let calendar: WorkCalendar
  let units: UnitTree
  let store: Store
  let today: Day
  var language: Language
  let actor: Actor
  var visible: Scope.Units

  /// What a run of scripts may use.
  var limits: Limits

  /// Why a package may not run: changed since it was enabled. Kept packages always may.
  var unfit: (Package) -> Problem? = { _ in nil }

  /// What is wrong with a package of that name that is not among these: not enabled, unreadable.
  var absent: (String) -> [Problem] = { _ in [] }

  /// What happens when a run does not even end a second after its time is up.
  var overrun: (@Sendable (Problem) -> Void)?

  /// The same with other settings: a what-if.
  func trying(_ book: SettingsBook) -> Grounds {
    var grounds = Grounds(
      packages: packages, settings: settings.with(book), calendar: calendar, units: units,
      store: store, today: today, language: language,
      actor: actor, visible: visible, limits: limits, unfit: unfit, absent: absent)
    grounds.overrun = overrun
    return grounds
  }

  /// The same for the whole street, whoever asks: ranks and quotas need every
  /// community, and a result is the same for all who look at it. What a person is
  /// shown of it is narrowed afterwards.
  var ofWholeStreet: Grounds {
    var grounds = Grounds(
      packages: packages, settings: settings, calendar: calendar, units: units, store: store,
      today: today, language: language, actor: .office, visible: .all, limits: limits, unfit: unfit,
      absent: absent)
    grounds.overrun = overrun
    return grounds
  }

  /// The same for one unit alone.
  func seeing(_ unit: UnitID) -> Grounds {
    var grounds = self
    grounds.visible = .only([unit])
    return grounds
  }

  /// The same in the one language that results are kept in: their bytes must not depend on
  /// what whoever closes or replays them speaks.
  var spokenAsKept: Grounds {
    var grounds = self
    grounds.language = .chinese
    return grounds
  }

  func world(_ reader: Reader) -> World {
    World(
      reader, settings: settings, units: units, calendar: calendar, today: today,
      language: language, visible: visible, actor: actor)
  }

  /// Loads a package for one run in a world; its deadline also stops the database.
  func load(
    _ package: Package, in world: World, purpose: RunPurpose, statedPurpose: String? = nil,
    output: @escaping (String) -> Void = { _ in }
  ) throws -> PackageRun {
    if let problem = unfit(package) { throw problem }
    world.restrict(to: package.manifest)
    let capabilities = Capabilities(
      actor: actor, purpose: purpose, statedPurpose: statedPurpose, manifest: package.manifest)
    let context = ScriptContext(world: world, capabilities: capabilities, language: language)
    let run = try PackageRun(package, context: context, limits: limits, output: output)
    run.interpreter.attach(to: world)
    return run
  }
}

extension Host {
  /// The workspace as it is now.
  var grounds: Grounds {
    var grounds = Grounds(
      packages: catalogue.enabled(by: lock), settings: settings, calendar: calendar, units: units,
      store: store, today: today, language: language, actor: actor, visible: visibleUnits,
      limits: limits, unfit: lock.problem(with:), absent: problemsOfAbsent)
    grounds.overrun = opening.overrun
    return grounds
  }

  /// The workspace's ceilings, narrowed by what the command line said.
  var limits: Limits { Limits(configuration.limits, narrowedBy: opening) }
}

extension Limits {
  init(_ ceilings: WorkspaceConfiguration.Ceilings, narrowedBy opening: Opening) {
    self.init(
      time: min(ceilings.seconds, opening.seconds ?? .infinity),
      memory: min(ceilings.megabytes, opening.megabytes ?? .max) << 20,
      output: ceilings.output << 10)
  }
}
