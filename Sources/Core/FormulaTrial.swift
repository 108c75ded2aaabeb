internal import Governance
internal import Lua
internal import Plugins
internal import Storage

/// Runs each formula of a package once, on the last finished period, and keeps nothing.
///
/// A name mistyped inside a function, a day that is none, a field that the manifest does not
/// grant: such things show only when the function runs.
struct FormulaTrial {
  let package: Package
  let grounds: Grounds

  struct Findings {
    var problems: [Problem] = []

    /// What could not be tried, and why.
    var notes: [Words] = []
  }

  /// What one formula may take.
  static let seconds = 10.0

  func run(_ ids: [String]) -> Findings {
    var findings = Findings()
    var told = Set<String>()
    for id in ids where told.insert(id).inserted {
      do {
        let note = try RunThread.run {
          try grounds.store.read { reader in
            try Watchdog.guarding(grounds.limits, grounds.overrun) { try tried(id, reader) }
          }
        }
        findings.notes += [note].compactMap(\.self)
      } catch let problem as Problem {
        findings.problems.append(problem)
      } catch let problems as Problems {
        findings.problems += problems.all
      } catch {
        findings.problems.append(Problem(.internal, Words(verbatim: "\(error)")))
      }
    }
    return findings
  }

  /// Scores one community of each type.
  ///
  /// - Returns: what its author should know of the trial itself.
  private func tried(_ id: String, _ reader: Reader) throws -> Words? {
    let world = grounds.world(reader)
    let run = try grounds.load(package, in: world, purpose: .formula)
    let versions = run.formulas(id)
    guard let kind = versions.first?.period,
      let period = try? Period.containing(grounds.today, kind).previous,
      let declaration = try? versions.version(for: period)
    else { return .notInForce(id) }
    let units = grounds.subjects(of: package, on: period.last)
    guard !units.isEmpty else { return .noCommunity(id) }
    let host = FormulaWorld(world: world, run: run)
    let computing = FormulaRun(declaration, run.interpreter, host: host, today: grounds.today)
    for unit in units { _ = try host.withoutRecords { try computing.assess(unit, period) } }
    let isEmpty = try world.kindsRead.allSatisfy {
      try reader.count(Query(kind: $0), in: .all) == 0
    }
    return isEmpty && !world.kindsRead.isEmpty ? .nothingRead(id) : nil
  }
}

extension Grounds {
  /// The first community of each type that a package's formulas are for.
  fileprivate func subjects(of package: Package, on day: Day) -> [FormulaUnit] {
    var types = Set<String>()
    return units.all(on: day).filter { unit in
      guard unit.level == .community, package.manifest.owner.governs(unit, in: units, on: day)
      else { return false }
      if case .only(let visible) = visible { return visible.contains(unit.id) }
      return true
    }.sorted { $0.id < $1.id }.map(formulaUnit(on: day)).filter {
      types.insert($0.type ?? "").inserted
    }
  }

  /// The same with the settings of a package that is not enabled.
  func declaring(_ package: Package, _ host: Host) throws -> Grounds {
    let names = Set(packages.map(\.name) + [package.name])
    let files = host.catalogue.settingsFiles.filter { $0.package.map(names.contains) ?? true }
    let stored = try store.read { try $0.settings() }
    let settings = WorkspaceSettings(
      packages + [package], files: files,
      functions: SettingFunctions(files, limits: limits, language: language),
      recorded: stored.map(RecordedSetting.init(stored:)), units: units,
      unread: host.catalogue.unreadSettings,
      disabled: host.catalogue.packages.filter { !names.contains($0.name) })
    var grounds = Grounds(
      packages: packages + [package], settings: settings, calendar: calendar, units: units,
      store: store, today: today, language: language, actor: actor, visible: visible,
      limits: limits, unfit: unfit, absent: absent)
    grounds.overrun = overrun
    return grounds
  }
}

extension Words {
  static func notTried(_ package: Package, _ problems: [Problem]) -> Words {
    let why = problems[0].message
    return Words(
      "“\(package.name)”的公式没有试算：\(why.chinese)",
      "the formulas of '\(package.name)' were not tried: \(why.english)")
  }

  fileprivate static func notInForce(_ id: String) -> Words {
    Words(
      "公式“\(id)”没有试算：上一期还没有生效的版本",
      "the formula '\(id)' was not tried: no version was in force in the last period")
  }

  fileprivate static func noCommunity(_ id: String) -> Words {
    Words(
      "公式“\(id)”没有试算：工作区里还没有它考核的社区",
      "the formula '\(id)' was not tried: there is no community that it is for")
  }

  fileprivate static func nothingRead(_ id: String) -> Words {
    Words(
      "公式“\(id)”只空走了一遍：它读的记录工作区里一条也没有",
      "the formula '\(id)' was tried on nothing: there are no records of the kinds it reads")
  }
}

extension Problem {
  /// On one line, for what does not keep anything from going on.
  var asWarning: Words {
    let where_ = place.map { "\($0)" } ?? ""
    return Words(
      "\(where_)：\(message.chinese)" + (hint.map { "（\($0.chinese)）" } ?? ""),
      "\(where_): \(message.english)" + (hint.map { " (\($0.english))" } ?? ""))
  }
}
