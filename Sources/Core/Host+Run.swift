internal import Digests
public import Governance
internal import Lua
internal import Plugins
internal import Storage
internal import Synchronization

extension Host {
  /// Runs files one after another, or one command of a plugin.
  ///
  /// Each is a transaction of its own: all of its writes are kept, or none. The first
  /// failure ends the run; what came before stays.
  public func run(
    _ request: ScriptRequest, print: @escaping @Sendable (String) -> Void
  ) throws -> Answer {
    guard let first = request.targets.first else { throw Problem.nothingToRun }
    if isCommand(first) {
      if request.targets.count > 1 {
        throw Problem.nameless(request.targets[1], after: first, try arguments(of: first))
      }
      return try run(command: first, request, print)
    }
    if let word = request.targets.dropFirst().first(where: isCommand) {
      throw Problem.nameless(word, after: first, [])
    }
    // All are read before any runs: what cannot be read stops nothing halfway.
    let scripts = try request.targets.map { target in
      if target == "-", let typed = request.typed {
        return Script(source: typed, name: "stdin", arguments: request.arguments)
      }
      let path = WorkspaceFolder.absolute(target, in: opening.directory)
      return Script(
        source: try WorkspaceFolder.text(of: path), name: target, arguments: request.arguments)
    }
    let taken = scripts.map { ScriptArguments(of: $0.source) }
    let unknown = request.arguments.compactMap {
      ScriptArguments.problem(with: $0.name, of: taken)
    }
    guard unknown.isEmpty else { throw Problems(unknown) }
    var combined = Answer("run", Report(), data: [])
    for script in scripts {
      combined.append(try run(script, isDryRun: request.isDryRun, print))
    }
    return combined
  }

  /// Whether a word names a command: neither is it called like a script nor is there such a file.
  private func isCommand(_ target: String) -> Bool {
    !target.hasSuffix(".lua") && target != "-"
      && !WorkspaceFolder.hasFile(WorkspaceFolder.absolute(target, in: opening.directory))
  }

  /// Runs a piece of code with the actor's rights.
  public func evaluate(
    _ code: String, isDryRun: Bool, print: @escaping @Sendable (String) -> Void
  ) throws -> Answer {
    var answer = try run(
      Script(source: code, name: "eval", mayBeExpression: true, arguments: []),
      isDryRun: isDryRun, print)
    answer.name = "eval"
    return answer
  }

  private func run(
    _ script: Script, isDryRun: Bool, _ print: @escaping @Sendable (String) -> Void
  ) throws -> Answer {
    try requireSoundSettings()
    let grounds = grounds
    return try transaction(
      ProgramReason.running(script.name).chinese, plugin: nil, of: script.source,
      isDryRun: isDryRun, print
    ) { writer, print in
      let world = grounds.world(writer, until: ContinuousClock.now + .seconds(grounds.seconds))
      try world.logging(print, limit: grounds.limits.output)
      let capabilities = Capabilities(
        actor: actor, purpose: .file, statedPurpose: opening.purpose, manifest: nil)
      let context = ScriptContext(world: world, capabilities: capabilities, language: language)
      let result = try Watchdog.guarding(grounds.limits, grounds.overrun) {
        try script.run(in: world, context, limits: grounds.limits, output: print)
      }
      return (result, world)
    }
  }

  private func run(
    command name: String, _ request: ScriptRequest, _ print: @escaping @Sendable (String) -> Void
  ) throws -> Answer {
    let (package, command) = try findCommand(name)
    try requireSoundSettings()
    let grounds = try grounds.seenBy(package)
    let signed = "\(package.name) \(package.manifest.version)"
    return try transaction(
      ProgramReason.running(command: command).chinese, plugin: signed,
      isDryRun: request.isDryRun, print
    ) { writer, print in
      let world = grounds.world(writer, until: ContinuousClock.now + .seconds(grounds.seconds))
      try world.logging(print, limit: grounds.limits.output)
      let result = try Watchdog.guarding(grounds.limits, grounds.overrun) {
        let run = try grounds.load(
          package, in: world, purpose: .command, statedPurpose: opening.purpose, output: print)
        return try run.run(run.command(command), request.arguments)
      }
      return (result, world)
    }
  }

  /// Runs a body on a run's thread in a write transaction, and shows what it changed; where
  /// it fails, the audit log says so.
  ///
  /// A run that only reads keeps nobody from writing. One that writes after another program
  /// did is begun again, alone, unless somebody has seen what it printed.
  private func transaction(
    _ reason: String, plugin: String?, of source: String? = nil, isDryRun: Bool,
    _ print: @escaping @Sendable (String) -> Void, _ body: @escaping RunBody
  ) throws -> Answer {
    let signature = signature(reason, plugin: plugin)
    let hasPrinted = Mutex(false)
    func attempt(_ locking: Locking) throws -> Answer {
      try transaction(signature, isDryRun: isDryRun, locking) { writer in
        try body(writer) { line in
          hasPrinted.withLock { $0 = true }
          print(line)
        }
      }
    }
    do {
      return try RunThread.run {
        do {
          return try attempt(.atFirstWrite)
        } catch is Overtaken {
          guard !hasPrinted.withLock({ $0 }) else { throw Problem.overtaken }
          return try attempt(.atOnce)
        }
      }
    } catch {
      if !isDryRun { noteFailure(error, signature, of: source) }
      throw error
    }
  }

  private typealias RunBody =
    (Writer, @escaping @Sendable (String) -> Void) throws -> (result: ScriptResult, world: World)

  private func transaction(
    _ signature: Signature, isDryRun: Bool, _ locking: Locking,
    _ body: (Writer) throws -> (result: ScriptResult, world: World)
  ) throws -> Answer {
    func checked(_ writer: Writer) throws -> (result: ScriptResult, world: World) {
      let run = try body(writer)
      try units.checkStill(writer)
      return run
    }
    func written(_ writer: Writer) throws -> ((result: ScriptResult, world: World), [Change]) {
      let run = try checked(writer)
      let changes = writer.changes
      if !changes.isEmpty { noteReading(of: run.world.kindsRead, in: writer) }
      return (run, changes)
    }
    let (run, changes) =
      isDryRun
      ? try store.rehearse(signature, locking: locking, checked)
      : try store.write(signature, locking: locking, written)
    // What was read was read, even where nothing is written.
    if isDryRun || changes.isEmpty { try noteReading(of: run.world.kindsRead) }
    return Answer(
      run.result, changes: changes, isDryRun: isDryRun, warnings: run.world.provisional)
  }

  /// After the rollback, in a transaction of its own: who ran what, and why it failed. Where
  /// the database itself is at fault, nothing more is written into it.
  private func noteFailure(_ error: any Error, _ signature: Signature, of source: String?) {
    let problem = (error as? Problem) ?? (error as? Problems)?.all.first
    guard let problem, !problem.code.rawValue.hasPrefix("storage.") else { return }
    _ = try? store.write(signature) { writer in
      writer.note(
        "fail",
        [
          "code": .string(problem.code.rawValue), "message": .string(problem.message.chinese),
          "english": .string(problem.message.english),
          "place": .optional(problem.place) { .string("\($0)") },
          "source": .optional(source) { .string(Digest(of: $0).short) },
        ])
    }
  }

  /// The package and id of a command: `report`, `月报汇总`, `monthly-bulletin.report` or
  /// `street.monthly-bulletin.report`.
  private func findCommand(_ name: String) throws -> (Package, String) {
    let (package, command) = try command(name)
    return (package, command.id)
  }

  private func command(_ name: String) throws -> (Package, CommandDeclaration) {
    let parts = name.split(separator: ".").map(String.init)
    let id = parts.last ?? name
    let owner = parts.dropLast().joined(separator: ".")
    var found: [(Package, CommandDeclaration)] = []
    var titled: [(Package, CommandDeclaration)] = []
    var known: [Named] = []
    for package in catalogue.enabled(by: lock) where package.hasCode {
      guard owner.isEmpty || package.manifest.id == owner || package.name.description == owner
      else { continue }
      for command in commands(of: package) {
        let named = Named(command.id, command.title)
        known.append(named)
        if command.id == id {
          found.append((package, command))
        } else if named.isCalled(id) {
          titled.append((package, command))
        }
      }
    }
    // An id goes before a title.
    if found.isEmpty { found = titled }
    if found.count == 1 { return found[0] }
    guard found.isEmpty else {
      throw Problem.ambiguousCommand(name, found.map { "\($0.0.name).\($0.1.id)" })
    }
    let absent = problemsOfAbsent(owner.isEmpty ? name : owner)
    if !absent.isEmpty { throw Problems(absent) }
    // Perhaps a package that cannot be read offers it.
    throw Problems(
      [.unknownCommand(name, known: known)]
        + lock.entries.keys.sorted().flatMap(catalogue.problems(ofEnabled:)))
  }

  /// The names of a command's arguments.
  private func arguments(of name: String) throws -> [String] {
    try command(name).1.arguments.map(\.name)
  }

  /// The commands that a package offers; none when it cannot be loaded.
  private func commands(of package: Package) -> [CommandDeclaration] {
    guard let run = try? loadOnly(package) else { return [] }
    return run.definitions.compactMap {
      if case .command(let command) = $0 { command } else { nil }
    }
  }
}

extension Grounds {
  /// The same for a package's command: a community's cannot even name another community's rows
  /// (architecture, law 7).
  ///
  /// - Throws: `denied` when the actor sees nothing of what the package is for.
  fileprivate func seenBy(_ package: Package) throws -> Grounds {
    var grounds = self
    grounds.visible = visible.intersection(units(of: package, on: today))
    if case .only(let units) = grounds.visible, units.isEmpty {
      throw Problem.notThePackageOf(actor, package.manifest.owner)
    }
    return grounds
  }

  /// The records of a run; what it assesses is computed within the run's own time.
  fileprivate func world(_ reader: Reader, until deadline: ContinuousClock.Instant) -> World {
    let world = world(reader)
    world.assessing = { formula, period in
      var within = self.ofWholeStreet
      let left = ContinuousClock.now.duration(to: deadline) / .seconds(1)
      within.limits.time = max(left, 0.001)
      return try within.compute(formula, period, proving: false, reading: reader)
        .shown(to: self.visible).map(\.standings).lua(in: self.language)
    }
    return world
  }
}

extension World {
  /// What to say of days that the calendar could only guess: the last of those to come, the
  /// first of those before its beginning.
  fileprivate var provisional: [Words] {
    let beginning = calendar.beginning
    let (before, after) = (
      provisionalDays.filter { day in beginning.map { day < $0 } ?? false }.min(),
      provisionalDays.filter { day in beginning.map { day >= $0 } ?? true }.max()
    )
    let early = before.map { day in
      Words(
        "工作日历从 \(beginning ?? day) 起，\(day) 一带只按周末推算",
        "the calendar begins on \(beginning ?? day): around \(day) only weekends are known")
    }
    let late = after.map { day in
      Words(
        "\(day) 的放假通知还没有公布，用到它的结果是暂定的",
        "the holiday notice for \(day) is not out: what rests on it is provisional")
    }
    return [early, late].compactMap(\.self)
  }
}

extension Answer {
  /// What a script gave back, then what it changed.
  fileprivate init(
    _ result: ScriptResult, changes: [Change], isDryRun: Bool, warnings: [Words]
  ) {
    self.init("run", result.report, data: result.data)
    self.warnings = warnings
    guard !changes.isEmpty else { return }
    let rows = changes.lines(atMost: Self.listed, \.words).map { [.text($0)] as [Cell] }
    report.blocks.append(
      .table(
        Table(
          isDryRun
            ? Words("将会改动（没有保存）", "would change (nothing stored)")
            : Words("已改动", "changed"),
          [.text("记录", "Record")], rows)))
  }

  /// How many changes are listed one by one; more of a sort are only counted.
  private static let listed = 20

  fileprivate mutating func append(_ other: Answer) {
    report.title = report.title ?? other.report.title
    report.blocks += other.report.blocks
    if other.data != nil { data = .array((data.elements ?? []) + [other.data]) }
    warnings += other.warnings
    problems += other.problems
  }
}

extension Problem {
  static let overtaken = Problem(
    .storageLocked,
    Words(
      "运行期间别的程序改了数据，这次没有写入任何内容",
      "another program wrote while this ran; nothing was written"),
    hint: Words("再运行一次", "run it again"))

  static let nothingToRun = Problem(
    .usage, Words("没有说明要运行什么", "there is nothing to run"),
    hint: Words(
      "gongyue run 文件.lua，或 gongyue run 命令", "gongyue run FILE.lua, or gongyue run COMMAND"))

  static func notThePackageOf(_ actor: Actor, _ owner: Owner) -> Problem {
    let whose = owner.label
    return Problem(
      .denied,
      Words(
        "\(actor.role.label.chinese)（\(actor)）不能运行“\(whose.chinese)”的插件：它只管自己的单位",
        "\(actor.role.label.english) (\(actor)) may not run a plugin of '\(whose.english)': it is for its "
          + "own units"))
  }

  /// A word after a command or script that is no `name=value`.
  static func nameless(_ word: String, after target: String, _ arguments: [String]) -> Problem {
    let example = "\(arguments.first ?? "period")=\(word)"
    return Problem(
      .usage,
      Words("“\(target)”后面的“\(word)”没有写参数名", "'\(word)' after '\(target)' has no name"),
      hint: Words(
        "参数写成 名称=值：gongyue run \(target) \(example)",
        "arguments are written name=value: gongyue run \(target) \(example)"))
  }

  static func unknownCommand(_ name: String, known: [Named]) -> Problem {
    Problem(
      .pluginUnknown, Words("没有“\(name)”这个命令", "there is no command '\(name)'"),
      hint: known.nearest(to: name).map { Words("是不是 \($0)？", "did you mean \($0)?") }
        ?? (known.isEmpty
          ? Words("没有启用带命令的插件；脚本文件要写 .lua", "no enabled plugin offers commands; files end in .lua")
          : Words(
            "可用的命令：\(known.words.chinese)；脚本文件要写 .lua",
            "commands: \(known.words.english); files end in .lua")))
  }

  static func ambiguousCommand(_ name: String, _ candidates: [String]) -> Problem {
    let all = candidates.joined(separator: "、")
    return Problem(
      .usage, Words("不止一个插件有命令“\(name)”", "more than one plugin offers '\(name)'"),
      hint: Words("写全名：\(all)", "write it whole: \(all)"))
  }
}
