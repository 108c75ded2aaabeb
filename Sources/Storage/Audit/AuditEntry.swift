public import Digests
public import Governance

/// One entry of the audit log: who did what, when, why and by which plugin.
///
/// Every entry names the digest of the one before it, so that none can be
/// altered, removed or moved unnoticed. What was written lies apart, under a
/// salt, and can be erased without breaking the chain.
public struct AuditEntry: Hashable, Sendable {
  /// The number of the commit.
  public let sequence: Int64
  public let at: Instant
  public let actor: String
  public let reason: String
  public let plugin: String?

  /// What was done, without any value: `create case sll-02-2026-0413`.
  public let summary: String

  /// The digest of salt and payload.
  public let payload: Digest
  public let previous: String
  public let digest: Digest

  /// What was written; erased, or the changes as JSON.
  public let content: Content

  public enum Content: Hashable, Sendable {
    case changes(salt: String, JSONValue)
    case erased(on: Day, because: String)
    case unreadable
  }

  /// What the digest covers: everything but itself and the content, whose digest it covers.
  static func digest(
    sequence: Int64, at: Int64, actor: String, reason: String, plugin: String?, summary: String,
    payload: String, previous: String
  ) -> Digest {
    let covered = JSONValue.array([
      .integer(sequence), .integer(at), .string(actor), .string(reason),
      plugin.map { .string($0) } ?? .null, .string(summary), .string(payload), .string(previous),
    ])
    return Digest(of: covered.canonical)
  }

  static func payloadDigest(salt: String, content: String) -> Digest {
    Digest(of: salt + "\n" + content)
  }
}

extension AuditEntry {
  /// What was done, in order; empty once it was erased.
  public var changes: [Change] {
    guard case .changes(_, let json) = content else { return [] }
    return (json.elements ?? []).compactMap(Change.init(json:))
  }
}

/// Which entries of the audit log are asked for; nil is any.
public struct AuditFilter: Hashable, Sendable {
  public var unit: UnitID?
  public var kind: String?

  /// The code of a record, the key of a setting, the id of a closed result.
  public var code: String?
  public var day: Day?

  /// `worker@sll-02`, or the role alone.
  public var actor: String?

  public init(
    unit: UnitID? = nil, kind: String? = nil, code: String? = nil, day: Day? = nil,
    actor: String? = nil
  ) {
    self.unit = unit
    self.kind = kind
    self.code = code
    self.day = day
    self.actor = actor
  }

  /// Whether it asks for some changes among those of an entry.
  public var choosesChanges: Bool { unit != nil || kind != nil || code != nil }

  public func holds(_ change: Change) -> Bool {
    unit.map(change.concerns) ?? true && kind.map(change.concerns(kind:)) ?? true
      && code.map { $0 == change.code } ?? true
  }

  func holds(_ entry: AuditEntry) -> Bool {
    if let day, entry.at.day != day { return false }
    if let actor, entry.actor != actor, !entry.actor.hasPrefix(actor + "@") { return false }
    return !choosesChanges || entry.changes.contains(where: holds)
  }
}

extension AuditEntry {
  /// How many changes a summary names before it only counts.
  private static let named = 5

  static func sealing(_ writing: Writer, previous: String) -> AuditEntry {
    let changes = JSONValue.array(writing.changes.map(\.json))
    let salt = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    let payload = payloadDigest(salt: salt, content: changes.canonical)
    let summary = summary(of: writing.changes)
    let signature = writing.signature
    let digest = digest(
      sequence: writing.sequence, at: writing.at.milliseconds, actor: signature.actor,
      reason: signature.reason, plugin: signature.plugin, summary: summary,
      payload: payload.description, previous: previous)
    return AuditEntry(
      sequence: writing.sequence, at: writing.at, actor: signature.actor,
      reason: signature.reason, plugin: signature.plugin, summary: summary, payload: payload,
      previous: previous, digest: digest, content: .changes(salt: salt, changes))
  }

  /// The acts first, then what went along with them.
  private static func summary(of all: [Change]) -> String {
    let changes = all.filter { !$0.isIncidental } + all.filter(\.isIncidental)
    let named = changes.prefix(named).map(\.summary).joined(separator: "; ")
    return changes.count > Self.named ? "\(named); … (\(changes.count))" : named
  }

  func insert(_ connection: any Connection) throws {
    try connection.execute(
      """
      INSERT INTO gongyue_audit
        (sequence, at, actor, reason, plugin, summary, payload, previous, digest)
      VALUES (\(sequence), \(at.milliseconds), \(actor), \(reason), \(plugin), \(summary),
        \(payload.description), \(previous), \(digest.description))
      """)
    guard case .changes(let salt, let changes) = content else { return }
    try connection.execute(
      """
      INSERT INTO gongyue_payloads (sequence, salt, content)
      VALUES (\(sequence), \(salt), \(changes.canonical))
      """)
  }
}
