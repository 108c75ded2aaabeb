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

  private static func summary(of changes: [Change]) -> String {
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
