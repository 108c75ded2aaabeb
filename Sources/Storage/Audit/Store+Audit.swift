internal import Digests
public import Governance

extension Reader {
  /// The newest entries of the audit log, newest first.
  ///
  /// - Parameter limit: how many; nil for all.
  public func audit(
    newest limit: Int? = nil, where filter: AuditFilter = AuditFilter()
  ) throws -> [AuditEntry] {
    let (text, bindings) = ("\(AuditEntry.selection) ORDER BY a.sequence DESC" as SQL)
      .rendered(for: connection.dialect)
    var found: [AuditEntry] = []
    try connection.forEachRow(text, bindings) { row in
      guard found.count < limit ?? .max else { return false }
      let entry = try AuditEntry(row: row)
      if filter.holds(entry) { found.append(entry) }
      return true
    }
    return found
  }

  /// The entry of one commit.
  public func auditEntry(_ sequence: Int64) throws -> AuditEntry? {
    try connection.row("\(AuditEntry.selection) WHERE a.sequence = \(sequence)")
      .map(AuditEntry.init(row:))
  }
}

extension Store {
  /// Recomputes the chain of the audit log and names every entry that does not fit.
  ///
  /// Finds altered, removed, moved and cut-off entries, and payloads that were
  /// altered or removed without having been erased.
  public func verifyAudit() throws -> [Problem] {
    let mark = try? driver.mark()
    return try driver.read { connection in
      var chain = AuditChain(path: driver.path)
      try connection.forEachRow("\(AuditEntry.selection) ORDER BY a.sequence") { row in
        chain.add(row)
      }
      let state = try connection.row("SELECT commits, head FROM gongyue_state")
      chain.end(
        commits: state?[0].integer ?? 0, head: state?[1].text ?? "",
        acknowledged: mark.flatMap { $0 }?.acknowledged)
      return chain.problems
    }
  }
}

extension Store {
  /// How many differences are named; more are only counted.
  private static let named = 20

  /// Compares records, their past versions and settings with what the audit log says was
  /// written, and names what was altered, removed or put there behind it.
  ///
  /// Worth asking only where `verifyAudit` finds nothing: the log is what it goes by.
  public func verifyRecords() throws -> [Problem] {
    let findings = try driver.read { connection in
      var check = RecordsCheck(connection, schema, path: driver.path)
      try check.run()
      return check.findings
    }
    var words = Array(findings.prefix(Self.named))
    let rest = findings.count - words.count
    if rest > 0 {
      words.append(Words("另有 \(rest) 处与审计日志不符", "and \(rest) more differences"))
    }
    return words.map { Problem.notAsWritten($0, at: driver.path) }
  }
}

extension Writer {
  /// Erases what an entry of the audit log says was written, and says why.
  ///
  /// The chain stays whole: it holds the payload's digest, and the salt that would
  /// let one guess at the payload goes with it.
  public func eraseAuditPayload(_ sequence: Int64, because reason: String) throws {
    guard !reason.isBlank else { throw Problem.reasonNeeded() }
    let changed = try connection.execute(
      """
      UPDATE gongyue_payloads SET salt = NULL, content = NULL,
      erased_on = \(signature.today.description), erased_for = \(reason)
      WHERE sequence = \(sequence) AND content IS NOT NULL
      """)
    guard changed == 1 else { throw Problem.nothingToErase(sequence) }
    record(
      Change(
        action: "erase",
        detail: ["sequence": .integer(sequence), "reason": .string(reason)]))
  }
}

extension AuditEntry {
  static let selection: SQL = """
    SELECT a.sequence, a.at, a.actor, a.reason, a.plugin, a.summary, a.payload, a.previous,
      a.digest, p.salt, p.content, p.erased_on, p.erased_for
    FROM gongyue_audit AS a LEFT JOIN gongyue_payloads AS p ON p.sequence = a.sequence
    """

  init(row: [Stored]) throws(Problem) {
    guard let sequence = row[0].integer, let at = row[1].integer, let actor = row[2].text,
      let reason = row[3].text, let summary = row[5].text,
      let payload = row[6].text.flatMap({ Digest($0) }), let previous = row[7].text,
      let digest = row[8].text.flatMap({ Digest($0) })
    else {
      throw .databaseDamaged(
        at: nil, detail: Words("审计日志读不懂", "the audit log cannot be read"))
    }
    self.sequence = sequence
    self.at = Instant(milliseconds: at)
    self.actor = actor
    self.reason = reason
    plugin = row[4].text
    self.summary = summary
    self.payload = payload
    self.previous = previous
    self.digest = digest
    content = Content(row: row)
  }
}

extension AuditEntry.Content {
  init(row: [Stored]) {
    if let salt = row[9].text, let changes = row[10].text.flatMap({ try? JSONValue(parsing: $0) }) {
      self = .changes(salt: salt, changes)
    } else if let day = row[11].text.flatMap({ Day($0) }), let reason = row[12].text {
      self = .erased(on: day, because: reason)
    } else {
      self = .unreadable
    }
  }
}

/// Follows the chain entry by entry and gathers what does not fit.
struct AuditChain {
  private let path: String?
  private(set) var problems: [Problem] = []
  private var expected: Int64 = 1
  private var previous = ""

  init(path: String?) {
    self.path = path
  }

  mutating func add(_ row: [Stored]) {
    guard let sequence = row[0].integer else { return }
    if sequence > expected { report(.removed, expected, through: sequence - 1) }
    expected = sequence + 1
    let stored = row[8].text ?? ""
    let computed = AuditEntry.digest(
      sequence: sequence, at: row[1].integer ?? 0, actor: row[2].text ?? "",
      reason: row[3].text ?? "", plugin: row[4].text, summary: row[5].text ?? "",
      payload: row[6].text ?? "", previous: row[7].text ?? "")
    if computed.description != stored { report(.altered, sequence) }
    if row[7].text != previous { report(.outOfPlace, sequence) }
    previous = stored
    check(payloadOf: row, sequence)
  }

  private mutating func check(payloadOf row: [Stored], _ sequence: Int64) {
    if let salt = row[9].text, let content = row[10].text {
      let digest = AuditEntry.payloadDigest(salt: salt, content: content)
      if digest.description != row[6].text { report(.payloadAltered, sequence) }
    } else if row[11].text == nil {
      report(.payloadRemoved, sequence)
    }
  }

  mutating func end(commits: Int64, head: String, acknowledged: Int64?) {
    let last = max(commits, acknowledged ?? 0)
    if expected <= last { report(.cutOff, expected, through: last) }
    if expected > last, head != previous { report(.outOfPlace, expected - 1) }
  }

  private enum Finding {
    case altered, removed, outOfPlace, cutOff, payloadAltered, payloadRemoved
  }

  private mutating func report(_ finding: Finding, _ sequence: Int64, through last: Int64? = nil) {
    let row = last.map { $0 > sequence ? "\(sequence)–\($0)" : "\(sequence)" } ?? "\(sequence)"
    let words =
      switch finding {
      case .altered: Words("第 \(row) 条审计记录被改过", "audit entry \(row) was altered")
      case .removed: Words("第 \(row) 条审计记录被删除", "audit entry \(row) was removed")
      case .outOfPlace:
        Words("第 \(row) 条审计记录与前一条接不上", "audit entry \(row) does not follow the one before it")
      case .cutOff: Words("审计日志末尾缺第 \(row) 条", "the audit log lacks entry \(row) at its end")
      case .payloadAltered:
        Words("第 \(row) 条审计记录的内容被改过", "what audit entry \(row) says was written was altered")
      case .payloadRemoved:
        Words(
          "第 \(row) 条审计记录的内容不见了，也没有清除记录",
          "what audit entry \(row) says was written is gone, without having been erased")
      }
    problems.append(
      Problem(
        .auditBroken, words, at: path.map { Place(file: $0) },
        hint: Words(
          "另存现有文件，与最近的备份核对",
          "keep the file as it is and compare it with the last backup")))
  }
}

extension Problem {
  static func notAsWritten(_ words: Words, at path: String?) -> Problem {
    Problem(
      .auditBroken, words, at: path.map { Place(file: $0) },
      hint: Words(
        "有人绕过程序改了数据库；另存现有文件，与最近的备份核对",
        "the database was changed behind the program: keep the file as it is and compare it "
          + "with the last backup"))
  }

  static func nothingToErase(_ sequence: Int64) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "第 \(sequence) 条审计记录没有可清除的内容", "audit entry \(sequence) has nothing to erase"))
  }
}
