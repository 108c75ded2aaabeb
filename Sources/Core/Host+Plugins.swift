internal import Digests
public import Governance
internal import Lua
internal import Plugins
internal import Storage

extension Host {
  /// The packages of the workspace, enabled or not.
  public func plugins() throws -> Answer {
    let rows: [[Cell]] = catalogue.packages.map { package in
      [
        .verbatim(package.name.description), .text(package.manifest.title),
        .verbatim(package.manifest.version.description), .text(state(of: package)),
      ]
    }
    let lostRows = lost.map { name, entry -> [Cell] in
      [
        .verbatim(name.description), .empty, .verbatim(entry.version.description),
        .text(Words("已启用，读不出来", "enabled, cannot be read")),
      ]
    }
    let table = Table(
      nil,
      [
        .text("插件", "Plugin"), .text("名称", "Title"), .text("版本", "Version"),
        .text("状态", "State"),
      ], rows + lostRows)
    let data = catalogue.packages.map { package -> JSONValue in
      [
        "name": .string(package.name.description),
        "title": .string(package.manifest.title.text(in: language)),
        "version": .string(package.manifest.version.description),
        "digest": .string(package.digest.description),
        "enabled": .bool(lock.entries[package.name] != nil),
        "problem": .optional(problem(with: package)) { .string($0.code.rawValue) },
      ]
    }
    let lostData = lost.map { name, entry -> JSONValue in
      [
        "name": .string(name.description), "version": .string(entry.version.description),
        "digest": .string(entry.digest.description), "enabled": true,
        "problem": .optional(catalogue.problems(ofEnabled: name).first) {
          .string($0.code.rawValue)
        },
      ]
    }
    return Answer(
      "plugin", Report(Words("插件", "plugins"), [.table(table)]), data: .array(data + lostData),
      warnings: (lockProblems + catalogue.problems).map(\.message))
  }

  /// What is enabled and cannot be read.
  private var lost: [(name: PackageName, entry: LockFile.Entry)] {
    lock.entries.filter { catalogue.package($0.key.description) == nil }
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func state(of package: Package) -> Words {
    guard lock.entries[package.name] != nil else { return Words("未启用", "not enabled") }
    return lock.problem(with: package) == nil
      ? Words("已启用", "enabled") : Words("启用后有改动", "changed since it was enabled")
  }

  private func problem(with package: Package) -> Problem? {
    lock.entries[package.name] == nil ? nil : lock.problem(with: package)
  }

  /// One package: what it is, reads, offers.
  public func plugin(_ name: String) throws -> Answer {
    let package = try catalogue.require(name)
    let manifest = package.manifest
    var rows: [[Cell]] = [
      [.text(Words("名称", "Title")), .text(manifest.title)],
      [.text(Words("版本", "Version")), .verbatim(manifest.version.description)],
      [.text(Words("所属", "Owner")), .text(manifest.owner.label)],
      [.text(Words("状态", "State")), .text(state(of: package))],
      [.text(Words("摘要", "Digest")), .verbatim(package.digest.short)],
      [
        .text(Words("依据", "Basis")),
        .text(
          Words(manifest.basis.joined(separator: "；"), manifest.basis.joined(separator: "; "))),
      ],
      [.text(Words("读取", "Reads")), .text(granted(manifest.reads))],
      [.text(Words("登记和修改", "Writes")), .text(manifest.written)],
      [.text(Words("设置", "Settings")), .number(manifest.settings.count)],
    ]
    if let admission = manifest.admission {
      rows.append([.text(Words("准入", "Admission")), .text(admission.words)])
    }
    if package.hasCode, let run = try? loadOnly(package) {
      rows += run.definitions.map { definition in
        let title = definition.title
        return [
          .text(definition.sort),
          .text(
            Words("\(definition.id)（\(title.chinese)）", "\(definition.id) (\(title.english))")),
        ]
      }
    }
    let table = Table(nil, [.text("项目", "Item"), .text("内容", "Content")], rows)
    return Answer(
      "plugin", Report(Words(verbatim: package.name.description), [.table(table)]),
      data: [
        "name": .string(package.name.description), "version": .string("\(manifest.version)"),
        "digest": .string("\(package.digest)"),
        "reads": .object(manifest.reads.map(\.json)),
        "writes": .object(manifest.writes.map(\.json)),
        "settings": .array(manifest.settings.map { .string($0.key) }),
        "admission": .optional(manifest.admission) { .string($0.words.text(in: language)) },
      ])
  }

  private func granted(_ grants: [Manifest.Grant]) -> Words {
    let kinds = grants.compactMap { grant in BuiltInKinds.kind(grant.kind)?.label }
    guard !kinds.isEmpty else { return Words("（无）", "(nothing)") }
    return Words(
      kinds.map(\.chinese).joined(separator: "、"), kinds.map(\.english).joined(separator: ", "))
  }

  /// Pins a package as it is now; from then on it counts.
  public func enablePlugin(_ name: String) throws -> Answer {
    try require(.managePlugins, Words("启用插件", "enable plugins"))
    let broken = catalogue.problems(of: name)
    guard broken.isEmpty else { throw Problems(broken) }
    let package = try catalogue.require(name)
    let problems = check(package, beside: inUse)
    guard problems.isEmpty else { throw Problems(problems) }
    let doubts = try doubts(about: package)
    var lock = lock
    try lock.pin(package)
    let (version, digest) = (package.manifest.version, package.digest)
    try change(lock, package.name, version, digest, "enable", ProgramReason.enabled.chinese)
    var answer = changed(package.name, version, Words("已启用", "enabled"))
    if let rights = package.manifest.rights { answer.report.blocks.append(.paragraph(rights)) }
    answer.warnings = doubts
    return answer
  }

  /// Takes a package out of use; its files stay.
  public func disablePlugin(_ name: String, reason: String?) throws -> Answer {
    try require(.managePlugins, Words("停用插件", "disable plugins"))
    let enabled = try self.enabled(name)
    guard !isLaw(enabled) else { throw Problem.lawStays(enabled) }
    let resting = restingDefinitions(without: enabled)
    var lock = lock
    guard let entry = lock.unpin(enabled) else {
      throw Problem.pluginNotEnabled(enabled)
    }
    try change(
      lock, enabled, entry.version, entry.digest, "disable",
      reason ?? ProgramReason.disabled.chinese)
    var answer = changed(enabled, entry.version, Words("已停用", "disabled"))
    answer.warnings = resting
    return answer
  }

  /// What every layer rests on cannot be taken away below it.
  private func isLaw(_ name: PackageName) -> Bool {
    catalogue.package(name.description).map { $0.manifest.owner == .law }
      ?? name.description.hasPrefix(Owner.law.name + ".")
  }

  /// The definitions of other layers that say nothing any more without a package.
  private func restingDefinitions(without name: PackageName) -> [Words] {
    guard let package = catalogue.package(name.description) else { return [] }
    let own = Set(package.manifest.settings.map(\.key))
    let kept = catalogue.enabled(by: lock).filter { $0.name != name }.flatMap(\.manifest.settings)
    let lost = own.subtracting(kept.map(\.key))
    let others = book.definitions.filter { definition in
      let isOwn = definition.place?.file.hasPrefix(package.files.folder + "/") ?? false
      return lost.contains(definition.key) && !isOwn
    }
    return others.map { definition in
      let label = package.manifest.settings.first { $0.key == definition.key }?.label
      let (whose, source) = (owner(of: definition.scope), definition.source)
      return Words(
        "不再起作用：\(whose.chinese)的“\(label?.chinese ?? definition.key)”（\(source.chinese)）",
        "no longer in effect: '\(label?.english ?? definition.key)' of \(whose.english) "
          + "(\(source.english))")
    }
  }

  func owner(of scope: SettingScope) -> Words {
    switch scope {
    case .community(let unit), .trial(let unit?):
      units.unit(unit, on: today)?.name ?? Words(verbatim: unit.rawValue)
    case .type(let code):
      units.typologies.type(code)?.label ?? Words(verbatim: code)
    default: scope.layer.label
    }
  }

  /// The full name of a package that is enabled, even if its files are broken or gone.
  private func enabled(_ name: String) throws -> PackageName {
    let named = lock.entries.keys.filter { $0.description == name || $0.id == name }
    if named.count == 1 { return named[0] }
    return try catalogue.require(name).name
  }

  /// The audit log first: an entry without its change is seen, a change without its entry is not.
  private func change(
    _ lock: LockFile, _ name: PackageName, _ version: SemanticVersion, _ digest: Digest,
    _ action: String, _ reason: String
  ) throws {
    try store.write(signature(reason, plugin: "\(name) \(version)")) { writer in
      writer.note(
        action,
        ["plugin": .string(name.description), "digest": .string(digest.description)])
    }
    try folder.save(lock)
  }

  private func changed(_ name: PackageName, _ version: SemanticVersion, _ done: Words) -> Answer {
    let whole = "\(name) \(version)"
    return Answer(
      "plugin",
      Report(nil, [.paragraph(Words("\(done.chinese) \(whole)。", "\(done.english) \(whole)."))]),
      data: ["name": .string(name.description)])
  }
}

extension Host {
  /// Checks packages without running what they offer; everything wrong at once.
  ///
  /// - Parameter names: names of packages or folders; empty checks all.
  public func checkPlugins(_ names: [String]) throws -> Answer {
    let (packages, broken) = try chosen(names)
    let checked = names.isEmpty ? settings.withComputedValues : settings
    var problems =
      names.isEmpty
      ? lockProblems + catalogue.problems
        + checked.errors.filter { !catalogue.problems.contains($0) }
        + checked.book.refusals : broken.flatMap(\.problems)
    for package in broken { problems += syntax(of: package) }
    let inUse = inUse
    for package in packages { problems += check(package, beside: inUse) }
    let count = packages.count + broken.count
    let words =
      problems.isEmpty
      ? Words("检查了 \(count) 个插件，没有问题。", "checked \(count) plugins, nothing wrong.")
      : Words(
        "检查了 \(count) 个插件，发现 \(problems.count) 个问题。",
        "checked \(count) plugins, found \(problems.count) problems.")
    return Answer(
      "plugin", Report(nil, [.paragraph(words)]),
      data: [
        "checked": .integer(Int64(count)), "problems": .integer(Int64(problems.count)),
      ], problems: problems, warnings: packages.compactMap(changedUnderItsVersion))
  }

  /// What is sound may still not be what was enabled: a file was edited, or is gone.
  private func changedUnderItsVersion(_ package: Package) -> Words? {
    guard lock.entries[package.name]?.version == package.manifest.version else { return nil }
    return problem(with: package)?.message
  }

  /// What is to be checked, those that cannot be read apart.
  private func chosen(_ names: [String]) throws -> ([Package], [Catalogue.BrokenPackage]) {
    guard !names.isEmpty else { return (catalogue.packages, catalogue.brokenPackages) }
    let readable = names.filter { brokenPackage($0) == nil }
    return (try readable.isEmpty ? [] : selected(readable), names.compactMap(brokenPackage))
  }

  /// The package that cannot be read, by folder, full name or id.
  private func brokenPackage(_ name: String) -> Catalogue.BrokenPackage? {
    guard catalogue.package(name) == nil else { return nil }
    let (folder, id) = (folder(of: name), PackageName(name).id)
    return catalogue.brokenPackages.first { $0.folder == folder }
      ?? catalogue.brokenPackages.first { $0.folder.hasSuffix("/" + id) }
  }

  private func syntax(of package: Catalogue.BrokenPackage) -> [Problem] {
    guard let files = package.files else { return [] }
    return (try? RunThread.run { PackageCheck.syntax(of: files) }) ?? []
  }

  private func check(_ package: Package, beside enabled: [EnabledPackage]) -> [Problem] {
    do {
      return try RunThread.run {
        PackageCheck(
          package, settingKeys: settingNames, others: catalogue.packages, enabled: enabled
        ).problems
      }
    } catch {
      return [Problem(.internal, Words(verbatim: "\(error)"))]
    }
  }

  /// The enabled packages and what they offer: their names are taken.
  private var inUse: [EnabledPackage] {
    catalogue.enabled(by: lock).map { package in
      let definitions = package.hasCode ? (try? loadOnly(package))?.definitions : nil
      return EnabledPackage(package, definitions: definitions ?? [])
    }
  }

  /// Every name under which a setting is known.
  private var settingNames: [String] {
    book.declarations.flatMap { [$0.key, $0.label.chinese] + [$0.alias].compactMap(\.self) }
      + book.renames.map(\.old)
  }

  /// Runs packages' own tests; failures are problems of the answer.
  ///
  /// - Parameter names: names of packages or folders; empty tests all that have tests.
  public func testPlugins(_ names: [String]) throws -> Answer {
    let packages = try selected(names)
    try requireCalendar()
    return try testing.answer(for: packages)
  }

  var testing: PluginTesting {
    PluginTesting(
      all: catalogue.packages, files: catalogue.settingsFiles, calendar: calendar, today: today,
      instructions: configuration.limits.instructions, drivers: drivers,
      progress: opening.progress)
  }

  /// The same for the plugins that come with the program; needs no workspace.
  public static func testShipped(_ opening: Opening, drivers: Drivers) throws -> Answer {
    let catalogue = Catalogue.read(try ShippedFiles.locate().root + "/plugins")
    guard catalogue.problems.isEmpty else { throw Problems(catalogue.problems) }
    return try PluginTesting(
      all: catalogue.packages, files: catalogue.settingsFiles,
      calendar: try CalendarFile.read(catalogue.calendar ?? ""),
      today: Day(year: 2026, month: 5, day: 12)!,
      instructions: WorkspaceConfiguration.Ceilings.standard.instructions, drivers: drivers,
      progress: opening.progress
    ).answer(for: catalogue.packages)
  }

  /// A path below the workspace, as messages name it: `plugins/street/rota`; empty elsewhere.
  private func folder(of name: String) -> String {
    let path = WorkspaceFolder.absolute(name, in: opening.directory)
    return path.hasPrefix(folder.path + "/") ? String(path.dropFirst(folder.path.count + 1)) : ""
  }

  /// Packages by name; a folder's path counts as the name of what lies in it.
  private func selected(_ names: [String]) throws -> [Package] {
    guard !names.isEmpty else { return catalogue.packages }
    return try names.map { name in
      let inside = folder(of: name)
      if let package = catalogue.packages.first(where: { $0.files.folder == inside }) {
        return package
      }
      let broken = catalogue.problems(of: inside.isEmpty ? name : inside)
      if !broken.isEmpty { throw Problems(broken) }
      return try catalogue.require(name)
    }
  }

  /// Loads a package without a world, to see what it offers.
  func loadOnly(_ package: Package) throws -> PackageRun {
    try RunThread.run {
      let capabilities = Capabilities(actor: actor, purpose: .load, manifest: package.manifest)
      let context = ScriptContext(world: nil, capabilities: capabilities, language: language)
      return try PackageRun(package, context: context, limits: limits)
    }
  }
}

extension Problem {
  static func lawStays(_ name: PackageName) -> Problem {
    Problem(
      .denied,
      Words(
        "“\(name)”是法规，不能停用：各层的规定都以它为底线",
        "'\(name)' is the law and cannot be disabled: every layer rests on it"),
      hint: Words(
        "法规有变动，就改 plugins/law 里的文件和版本号，再运行 gongyue plugin enable \(name)",
        "where the law changed, edit plugins/law and its version, then run "
          + "gongyue plugin enable \(name)"))
  }

  static func lawNotEnabled(_ name: PackageName) -> Problem {
    Problem(
      .pluginUnknown,
      Words("法规“\(name)”没有启用", "the law '\(name)' is not enabled"),
      at: Place(file: LockFile.fileName),
      hint: Words("gongyue plugin enable \(name)", "gongyue plugin enable \(name)"))
  }
}

extension Catalogue {
  /// What is wrong with a package that could not be read, by folder, full name or id.
  func problems(of name: String) -> [Problem] {
    let id = PackageName(name).id
    let known = packages.contains { $0.name.description == name || $0.manifest.id == name }
    guard !known else { return [] }
    return problems.filter { problem in
      guard let file = problem.place?.file else { return false }
      return file == name || file.hasPrefix(name + "/")
        || file.split(separator: "/").contains { $0 == id }
    }
  }
}
