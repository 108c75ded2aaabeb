internal import Governance
internal import Storage

extension Host {
  /// Writes to the audit log that sensitive records may have been read: who, of which
  /// kind, how many, why (`decisions.md`, "with purpose, logged").
  ///
  /// Nothing is written when the kind has no sensitive field or none was disclosed.
  func noteReading(of kind: Kind, count: Int) throws {
    guard let purpose = opening.purpose, kind.holdsSensitive, isLogged(purpose) else { return }
    try store.write(signature(purpose)) { writing in
      writing.note("read", ["kind": .string(kind.id), "records": .integer(Int64(count))])
    }
  }
}

extension Host {
  /// The same for what a script may have read.
  func noteReading(of kinds: Set<String>, in writer: Writer) {
    let sensitive = sensitive(among: kinds)
    guard !sensitive.isEmpty, let purpose = opening.purpose else { return }
    writer.note(
      "read", ["kinds": .array(sensitive.map { .string($0) }), "purpose": .string(purpose)])
  }

  func noteReading(of kinds: Set<String>) throws {
    guard !sensitive(among: kinds).isEmpty, let purpose = opening.purpose else { return }
    try store.write(signature(purpose)) { noteReading(of: kinds, in: $0) }
  }

  /// Counts, too, are noted: a purpose was stated for them.
  private func isLogged(_ purpose: String) -> Bool {
    switch actor.reading(.sensitive, purpose: purpose) {
    case .logged, .countsOnly: true
    default: false
    }
  }

  /// Kinds of which the actor, having stated a purpose, may have seen what is sensitive.
  private func sensitive(among kinds: Set<String>) -> [String] {
    guard let purpose = opening.purpose, isLogged(purpose) else { return [] }
    return kinds.sorted().filter { BuiltInKinds.kind($0)?.holdsSensitive ?? false }
  }
}

extension Kind {
  /// Whether a field, or one of a field's choices, is sensitive.
  fileprivate var holdsSensitive: Bool {
    fields.contains { field in
      guard case .choice(let choices) = field.type else { return field.sensitivity == .sensitive }
      return field.sensitivity == .sensitive || choices.contains { $0.sensitivity == .sensitive }
    }
  }
}
