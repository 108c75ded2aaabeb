internal import Foundation
public import Governance
internal import Plugins
internal import Storage

extension Host {
  /// What every command should say of the workspace, whatever it was asked.
  public var warnings: [Words] {
    guard store.isUncounted else { return [] }
    return [
      Words(
        "提交计数文件（\(configuration.database).commits）不见了，查不出最近的数据是否齐全；请运行 gongyue doctor",
        "the file that counts commits (\(configuration.database).commits) is missing, so lost data "
          + "would not be noticed; run gongyue doctor")
    ]
  }

  /// What a person should know of what was written, once it is; said once.
  public func takeWarnings() -> [Words] { store.takeWarnings() }

  /// The newest entries of the audit log that a request asks for.
  public func audit(_ request: AuditRequest) throws -> Answer {
    try require(.readAudit, Words("查看审计日志", "read the audit log"))
    let filter = AuditFilter(
      unit: try request.unit.map { try unit($0).id },
      kind: try request.kind.map { try kind($0).id },
      code: request.record, day: request.day, actor: request.actor)
    return try store.read { reader in
      let entries = try reader.audit(newest: request.last ?? 20, where: filter)
      return try AuditView(host: self, reader: reader, filter: filter).answer(entries)
    }
  }

  /// Recomputes the chain of the audit log from its beginning.
  public func verifyAudit() throws -> Answer {
    try require(.readAudit, Words("核对审计日志", "verify the audit log"))
    let broken = try store.verifyAudit()
    // The tables are judged by the log, so only a whole one can judge them.
    let altered = broken.isEmpty ? try store.verifyRecords() : []
    let problems = broken + altered
    let count = try store.commits()
    let words =
      if !broken.isEmpty {
        Words("审计日志有问题。", "the audit log is not as it was written.")
      } else if !altered.isEmpty {
        Words(
          "审计日志完整，记录或设置与它不符。",
          "the audit log is whole, but records or settings are not as it says.")
      } else {
        Words(
          "审计日志完整：\(count) 条，逐条相扣；记录和设置与它一致。",
          "the audit log is whole: \(count) entries, each chained; records and settings are as it says."
        )
      }
    return Answer(
      "audit", Report(nil, [.paragraph(words)]),
      data: ["entries": .integer(count), "sound": .bool(problems.isEmpty)], problems: problems)
  }

  /// A consistent copy of the database, while others may work.
  public func backup(to file: String) throws -> Answer {
    // A copy holds every community's records, unmasked.
    try require(.restore, Words("备份数据库", "back the database up"))
    let path = WorkspaceFolder.absolute(file, in: opening.directory)
    try store.backup(to: path)
    return Answer(
      "backup",
      Report(nil, [.paragraph(Words("已备份到 \(path)。", "backed up to \(path)."))]),
      data: ["file": .string(path)])
  }

  /// Puts a backup in the database's place; the old file is kept.
  public static func restore(
    _ opening: Opening, from file: String, force: Bool, drivers: Drivers
  ) throws -> Answer {
    let actor = try opening.actor.map { try Actor(parsing: $0) } ?? .office
    guard actor.may(.restore) else {
      throw Problem.notAllowed(actor, to: Words("恢复备份", "restore a backup"))
    }
    let folder = try WorkspaceFolder.find(opening)
    let configuration = try folder.configuration()
    let database = folder.database(configuration)
    let source = WorkspaceFolder.absolute(file, in: opening.directory)
    // A database that cannot be read has no count; it is replaced all the same.
    let before = try? Store.open(drivers.open(database, false)).commits()
    let kept = try drivers.restore(source, database, force)
    let store = try Store.open(drivers.open(database, false))
    let after = try store.commits()
    let signature = Signature(
      actor: actor.description, reason: "恢复备份 \(source)",
      today: opening.today ?? configuration.today ?? Store.systemTime().day)
    try store.write(signature) { writer in
      writer.note(
        "restore",
        [
          "from": .string(source), "entries": .integer(after),
          "before": before.map { .integer($0) } ?? .null,
          "kept": kept.map { .string($0) } ?? .null,
        ])
    }
    let lost = before.map { max(0, $0 - after) } ?? 0
    var notes = kept.map { [Words("原来的数据库保留在 \($0)。", "the old database is kept at \($0).")] } ?? []
    if lost > 0 {
      notes.append(
        Words(
          "备份以后的 \(lost) 次改动不在其中，旧数据库里还有。",
          "\(lost) later changes are not in it; the old database has them."))
    }
    return Answer(
      "restore",
      Report(
        nil,
        [.paragraph(Words("已从 \(source) 恢复。", "restored from \(source)."))]
          + notes.map(Report.Block.paragraph)),
      data: [
        "from": .string(source), "kept": .optional(kept) { .string($0) }, "lost": .integer(lost),
      ], warnings: store.takeWarnings())
  }

  /// Examines a workspace from its folder to its last audit entry; finds what it can
  /// even where opening fails.
  public static func doctor(_ opening: Opening, drivers: Drivers) throws -> Answer {
    let folder = try WorkspaceFolder.find(opening)
    let examination = Examination()
    examination.note(Words("工作区", "workspace"), Words(verbatim: folder.path))
    if let shipped = try? ShippedFiles.locate() {
      let origin =
        shipped.origin == .installed ? Words("安装", "installed") : Words("源码目录", "checkout")
      examination.note(
        Words("随附插件", "shipped plugins"),
        Words("\(shipped.root)（\(origin.chinese)）", "\(shipped.root) (\(origin.english))"))
    }
    examination.attempt(Words("打开工作区", "the workspace opens")) {
      let host = try Host.open(opening, drivers: drivers)
      let database = folder.database(host.configuration)
      for check in try host.store.examine() {
        examination.add(
          check.question,
          check.problem.map {
            Problem(check.code, $0, at: Place(file: database), hint: check.hint)
          })
      }
      examination.attempt(Words("工作日历", "the working-day calendar")) {
        try host.requireCalendar()
        examination.note(Words("工作日历", "the working-day calendar"), host.calendar.coverage)
      }
      for problem in host.catalogue.problems {
        examination.add(Words("插件文件", "files of plugins"), problem)
      }
      for package in host.catalogue.enabled(by: host.lock) {
        examination.add(
          Words("插件 \(package.name)", "plugin \(package.name)"), host.lock.problem(with: package))
      }
      let proven = Words("封存结果与其说明相符", "closed results follow from their explanations")
      examination.attempt(proven) {
        let problems = try host.store.read { try ClosedProofs.problems(in: $0) }
        for problem in problems { examination.add(proven, problem) }
        if problems.isEmpty { examination.add(proven, nil) }
      }
      let settings = host.settings.withComputedValues
      examination.add(
        Words("设置能够使用", "settings can be used"), host.unsound.first ?? settings.errors.first)
      for problem in settings.errors.dropFirst() {
        examination.add(Words("设置文件", "files of settings"), problem)
      }
      for refusal in settings.book.refusals {
        examination.note(Words("没有采用的规定", "a rule that is not used"), refusal.message)
      }
      for rule in settings.resting {
        examination.note(Words("暂不起作用的规定", "a rule that rests"), rule.words)
      }
    }
    return examination.answer
  }
}

/// What `doctor` looked at, line by line.
private final class Examination {
  private var rows: [[Cell]] = []
  private var problems: [Problem] = []

  func note(_ what: Words, _ value: Words) {
    rows.append([.text(what), .text(value)])
  }

  func add(_ question: Words, _ problem: Problem?) {
    rows.append([.text(question), .text(problem?.message ?? Words("正常", "fine"))])
    // Several questions may meet the same problem.
    if let problem, !problems.contains(where: { $0.message == problem.message }) {
      problems.append(problem)
    }
  }

  func attempt(_ question: Words, _ body: () throws -> Void) {
    do {
      try body()
    } catch let problem as Problem {
      add(question, problem)
    } catch let several as Problems {
      several.all.forEach { add(question, $0) }
    } catch {
      add(question, Problem(.internal, Words(verbatim: "\(error)")))
    }
  }

  var answer: Answer {
    let table = Table(nil, [.text("检查", "Check"), .text("结果", "Result")], rows)
    return Answer(
      "doctor", Report(Words("体检", "examination"), [.table(table)]),
      data: ["sound": .bool(problems.isEmpty)], problems: problems)
  }
}
