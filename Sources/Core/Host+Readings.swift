internal import Governance
internal import Storage

extension Host {
  /// Writes to the audit log that sensitive records may have been read: who, of which
  /// kind, how many, why (`decisions.md`, "with purpose, logged").
  ///
  /// Nothing is written when the kind has no sensitive field or none was disclosed.
  func noteReading(of kind: Kind, count: Int) throws {
    guard let purpose = opening.purpose, kind.holdsSensitive,
      actor.reading(.sensitive, purpose: purpose) == .logged
    else { return }
    try store.write(signature(purpose)) { writing in
      writing.note("read", ["kind": .string(kind.id), "records": .integer(Int64(count))])
    }
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
