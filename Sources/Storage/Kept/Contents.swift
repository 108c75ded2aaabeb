public import Digests
public import Governance

/// What is kept under its digest: plugin source, settings, calendar, records of a closed period.
public enum KeptContent: Hashable, Sendable {
  case bytes([UInt8])
  case erased(on: Day, because: String)
}

extension Writer {
  /// Keeps bytes under their digest, once however often they are given.
  @discardableResult
  public func keep(content bytes: [UInt8]) throws -> Digest {
    let digest = Digest(of: bytes)
    let added = try connection.execute(
      """
      INSERT INTO gongyue_contents (digest, content)
      VALUES (\(digest.description), \(Stored.bytes(bytes))) ON CONFLICT (digest) DO NOTHING
      """)
    if added > 0 {
      record(Change(action: "keep", detail: ["digest": .string(digest.description)]))
    }
    return digest
  }

  /// Erases kept bytes and says why; replay then says what is gone.
  public func erase(content digest: Digest, because reason: String) throws {
    guard !reason.isBlank else { throw Problem.reasonNeeded() }
    let changed = try connection.execute(
      """
      UPDATE gongyue_contents SET content = NULL,
      erased_on = \(signature.today.description), erased_for = \(reason)
      WHERE digest = \(digest.description) AND content IS NOT NULL
      """)
    guard changed == 1 else { throw Problem.contentMissing(digest) }
    record(
      Change(
        action: "erase",
        detail: ["digest": .string(digest.description), "reason": .string(reason)]))
  }
}

extension Reader {
  /// What is kept under a digest; nil when nothing ever was.
  ///
  /// - Throws: `storage.damaged` when the bytes no longer have that digest.
  public func content(_ digest: Digest) throws -> KeptContent? {
    let row = try connection.row(
      """
      SELECT content, erased_on, erased_for FROM gongyue_contents
      WHERE digest = \(digest.description)
      """)
    guard let row else { return nil }
    if let bytes = row[0].bytes {
      guard Digest(of: bytes) == digest else { throw Problem.contentAltered(digest) }
      return .bytes(bytes)
    }
    guard let day = row[1].text.flatMap({ Day($0) }), let reason = row[2].text else {
      throw Problem.contentAltered(digest)
    }
    return .erased(on: day, because: reason)
  }

  /// The bytes under a digest.
  ///
  /// - Throws: `replay.unavailable` when they were erased or never kept, saying which.
  public func bytes(_ digest: Digest) throws -> [UInt8] {
    switch try content(digest) {
    case .bytes(let bytes): return bytes
    case .erased(let day, let reason): throw Problem.contentErased(digest, on: day, reason)
    case nil: throw Problem.contentMissing(digest)
    }
  }
}

extension Problem {
  static func contentMissing(_ digest: Digest) -> Problem {
    Problem(
      .replayUnavailable,
      Words("没有留存 \(digest.short) 这份内容", "the content \(digest.short) is not kept"))
  }

  static func contentErased(_ digest: Digest, on day: Day, _ reason: String) -> Problem {
    Problem(
      .replayUnavailable,
      Words(
        "留存内容 \(digest.short) 已于 \(day) 清除：\(reason)",
        "the content \(digest.short) was erased on \(day): \(reason)"))
  }

  static func contentAltered(_ digest: Digest) -> Problem {
    .databaseDamaged(
      at: nil,
      detail: Words(
        "留存内容 \(digest.short) 被改过", "the kept content \(digest.short) was altered"))
  }
}
