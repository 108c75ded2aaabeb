public import Governance

extension Store {
  /// How many commits the database has.
  public func commits() throws -> Int64 {
    try driver.read { connection in
      try connection.value("SELECT commits FROM gongyue_state")?.integer ?? 0
    }
  }

  /// A consistent copy in another file, with its own count of commits beside it, that has
  /// passed every check: what `examine` asks of a database.
  ///
  /// - Throws: `file.unavailable` when there is a file of that name or no room for it,
  ///   `storage.damaged` when the copy, and so the database, is not sound.
  public func backup(to path: String) throws {
    try driver.copy(to: path) {
      _ = try Store.requireSound($0, kinds: schema.kinds, of: driver.path)
    }
  }

  /// Asks a copy everything that `examine` does.
  ///
  /// - Parameter original: what it is a copy of, where the damage then is.
  /// - Throws: `storage.damaged` with the first thing that is wrong.
  /// - Returns: how many commits it has.
  public static func requireSound(
    _ copy: any Driver, kinds: [Kind], of original: String?
  ) throws -> Int64 {
    do {
      let store = try Store.open(copy, kinds: kinds)
      if let first = try store.examine().compactMap(\.problem).first {
        throw Problem.databaseDamaged(at: original, detail: first)
      }
      return try store.commits()
    } catch let problem as Problem where problem.code == .storageDamaged {
      throw Problem(
        problem.code, problem.message, at: original.map { Place(file: $0) }, hint: problem.hint)
    }
  }

  /// Everything that `gongyue doctor` asks of the database, in order.
  public func examine() throws -> [SelfCheck] {
    let mark = Result { try driver.mark() }
    var checks = try driver.selfCheck()
    checks.append(try versionCheck())
    checks.append(try markCheck(mark))
    let audit = try auditCheck()
    checks.append(audit)
    // Only a whole log can judge the tables.
    if audit.problem == nil { checks.append(try recordsCheck()) }
    return checks
  }

  private func versionCheck() throws -> SelfCheck {
    let question = Words("数据表的版本与程序一致", "the tables have this program's version")
    let version = try driver.read { try $0.value("PRAGMA user_version")?.integer ?? 0 }
    if version == Migration.version { return SelfCheck(question) }
    return SelfCheck(
      question,
      problem: Words(
        "版本是 \(version)，应是 \(Migration.version)",
        "version \(version) instead of \(Migration.version)"))
  }

  /// The mark was read before the database's count, so a write in between does no harm.
  private func markCheck(_ mark: Result<CommitMark?, any Error>) throws -> SelfCheck {
    let question = Words("最近的写入都在", "the newest commits are there")
    let commits = try commits()
    switch mark {
    case .failure(let problem as Problem): return SelfCheck(question, problem: problem.message)
    case .failure(let error): throw error
    case .success(nil) where driver.path != nil:
      return SelfCheck(
        question,
        problem: Words("提交计数文件不见了，无法核对", "the file that counts commits is missing"),
        hint: Words(
          "与最近的备份核对有没有丢数据；下一次写入会重新建立这个文件",
          "compare with the newest backup; the next write makes the file again"))
    case .success(nil): return SelfCheck(question)
    case .success(let mark?):
      guard mark.acknowledged > commits else { return SelfCheck(question) }
      let behind = Problem.databaseBehind(
        at: driver.path, has: commits, promised: mark.acknowledged)
      return SelfCheck(question, problem: behind.message)
    }
  }

  private func recordsCheck() throws -> SelfCheck {
    let question = Words("记录和设置与审计日志一致", "records and settings are as the audit log says")
    return SelfCheck(question, problem: try verifyRecords().first?.message)
  }

  private func auditCheck() throws -> SelfCheck {
    let question = Words("审计日志完整", "the audit log is whole")
    return SelfCheck(question, problem: try verifyAudit().first?.message)
  }
}
