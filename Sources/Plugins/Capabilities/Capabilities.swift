public import Governance

/// What a run is for; it decides what is possible at all.
public enum RunPurpose: String, Hashable, Sendable {
  /// Only definitions are made: nothing can be read.
  case load
  /// Reads, never writes, never sensitive fields.
  case formula
  case command
  /// A plain file or the prompt: acts with the actor's rights.
  case file
  /// A plugin's own test, in a world of its own.
  case test
}

/// What one run may read and write: the intersection of manifest, actor and sensitivity.
public struct Capabilities: Sendable {
  public let actor: Actor
  public let purpose: RunPurpose

  /// Why sensitive fields are read, where a person said so.
  public let statedPurpose: String?

  /// Nil for plain files, which have the actor's rights alone.
  public let manifest: Manifest?

  public init(
    actor: Actor, purpose: RunPurpose, statedPurpose: String? = nil, manifest: Manifest? = nil
  ) {
    self.actor = actor
    self.purpose = purpose
    self.statedPurpose = statedPurpose
    self.manifest = manifest
  }

  /// How values are to be used.
  public enum Use: Hashable, Sendable {
    /// Only how many.
    case counting
    /// Searched, matched, ordered, grouped or added up by: as telling as showing it.
    case comparing
    /// Only whether there is one.
    case presence
    /// Shown.
    case showing
  }

  /// How the run may see a field: clear or masked.
  ///
  /// - Throws: `denied`, naming the field, whose run it is, and the line of the
  ///   manifest that would grant it.
  public func read(_ field: Field, of kind: Kind, for use: Use) throws(Problem) -> Reading {
    if purpose == .load, use == .showing { throw .readWhileLoading(kind) }
    if Kind.common.contains(where: { $0.key == field.key }) { return .clear }
    try checkGrant(field, of: kind)
    guard field.sensitivity != .none else { return .clear }
    // A query may be composed while a plugin loads; what comes of it is checked when it runs.
    guard purpose != .test, purpose != .load else { return .clear }
    if field.sensitivity == .sensitive { return try readSensitive(field, kind, use) }
    let named = reason(for: field, of: kind) != nil || manifest == nil
    let seen: Reading =
      named
      ? actor.reading(
        .personal, of: kind, purpose: statedPurpose ?? reason(for: field, of: kind)) : .masked
    switch seen {
    case .masked, .partly:
      // A mask shows that there is something; what is hidden does not even show that.
      let isShown = use == .showing || use == .presence && field.mask != .hidden
      guard isShown else { throw .maskedComparison(field, kind, named ? nil : manifest) }
      return seen
    default: return seen
    }
  }

  private func readSensitive(
    _ field: Field, _ kind: Kind, _ use: Use
  ) throws(Problem) -> Reading {
    guard purpose != .formula else { throw .sensitiveInFormula(field, kind) }
    let why = reason(for: field, of: kind)
    let seen = actor.reading(.sensitive, of: kind, purpose: why)
    if why == nil {
      switch seen {
      // The own needs no purpose, but a plugin states one for everything.
      case .clear where manifest == nil, .partly where manifest == nil: break
      case _ where purposeHelps(kind, use):
        throw .sensitiveWithoutPurpose(field, kind, manifest)
      default: break
      }
    }
    switch seen {
    case .clear, .logged: return seen
    case .partly where use == .showing: return seen
    default:
      throw .notAllowed(
        actor, to: Words("查看“\(field.label.chinese)”", "see '\(field.label.english)'"))
    }
  }

  /// Which rows with sensitive choices of a field are part of a query.
  ///
  /// The others are left out silently where nothing was named, like another
  /// community's rows; naming one without purpose is `denied`. Who may only count gets
  /// them where they are named, and then nothing else.
  func sensitiveRows(_ field: Field, of kind: Kind) -> Reading {
    if purpose == .test { return .clear }
    guard purpose != .formula else { return .never }
    let why = reason(for: field, of: kind)
    let seen = actor.reading(.sensitive, of: kind, purpose: why)
    switch seen {
    case .clear where why != nil || manifest == nil, .partly where why != nil || manifest == nil:
      return seen
    case .logged: return seen
    case .countsOnly where why != nil: return seen
    default: return .never
    }
  }

  /// - Throws: `denied` when a script names a sensitive choice without purpose.
  func name(_ choice: String, of field: Field, of kind: Kind) throws(Problem) {
    guard field.sensitiveChoices.contains(choice), purpose != .load,
      sensitiveRows(field, of: kind) == .never
    else { return }
    if purpose == .formula { throw .sensitiveInFormula(field, kind) }
    guard reason(for: field, of: kind) != nil || !purposeHelps(kind, .counting) else {
      throw .sensitiveWithoutPurpose(field, kind, manifest)
    }
    let label = field.label(ofChoice: choice)
    throw .notAllowed(
      actor,
      to: Words(
        "查看“\(label.chinese)”的\(kind.label.chinese)：这是敏感信息",
        "see '\(label.english)' among \(kind.collection): that is sensitive"))
  }

  /// Whether the actor could see sensitive fields of a kind with a purpose; whoever may not
  /// is not told to state one.
  private func purposeHelps(_ kind: Kind, _ use: Use) -> Bool {
    switch actor.reading(.sensitive, of: kind, purpose: "-") {
    case .clear, .logged: true
    case .partly, .countsOnly: use == .counting
    case .masked, .never: false
    }
  }

  /// Checks that records may be filed or changed: the actor, the package's layer and its manifest
  /// must all allow it. Which unit's, the host says.
  public func write(_ kind: Kind, fields: [String]) throws(Problem) {
    guard purpose != .formula, purpose != .load else { throw .writeInFormula(kind) }
    guard purpose == .test || actor.may(.write(kind)) else {
      throw .mayNotWrite(kind, actor)
    }
    guard let manifest else { return }
    // Whoever runs it: an office that tries a community's command lends it no rights.
    if let why = manifest.owner.reason(againstWriting: kind) {
      throw .notForItsLayer(kind, manifest, why)
    }
    guard let grant = manifest.writes.first(where: { $0.kind == kind.id }) else {
      throw .notGranted("writes", kind.collection, manifest, manifest.writesLine)
    }
    guard let granted = grant.fields else { return }
    for field in fields.sorted() where !granted.contains(field) && field != "unit" {
      throw .notGranted("writes", "\(kind.collection).\(field)", manifest, grant.place.line)
    }
  }

  /// Whether the manifest lets scripts see a field at all, for rows: no error, only an answer.
  func grants(_ field: Field, of kind: Kind) -> Bool {
    (try? checkGrant(field, of: kind)) != nil
  }

  /// Checks a use that can be seen in the source: what the manifest names no purpose for stays
  /// masked or hidden whoever runs it.
  ///
  /// - Throws: what every run would.
  func foresee(_ field: Field, of kind: Kind, for use: Use) throws(Problem) {
    if Kind.common.contains(where: { $0.key == field.key }) { return try checkGrant(kind) }
    try checkGrant(field, of: kind)
    guard let manifest, reason(for: field, of: kind) == nil else { return }
    switch (field.privacy, use) {
    case (.none, _), (.personal, .showing), (.personal, .counting): return
    case (.personal(let mask), .presence) where mask != .hidden: return
    case (.personal, _): throw .maskedComparison(field, kind, manifest)
    case (.sensitive, _): throw .sensitiveWithoutPurpose(field, kind, manifest)
    }
  }

  private func checkGrant(_ field: Field, of kind: Kind) throws(Problem) {
    try checkGrant(kind)
    guard let manifest, let grant = manifest.reads.first(where: { $0.kind == kind.id }),
      let fields = grant.fields
    else { return }
    guard fields.contains(field.key) else {
      throw .notGranted("reads", "\(kind.collection).\(field.key)", manifest, grant.place.line)
    }
  }

  /// Checks that a kind may be read at all.
  public func read(_ kind: Kind) throws(Problem) {
    guard purpose != .load else { throw .readWhileLoading(kind) }
    try checkGrant(kind)
  }

  /// Checks that the manifest names a kind among those it reads.
  func checkGrant(_ kind: Kind) throws(Problem) {
    guard let manifest, !manifest.reads.contains(where: { $0.kind == kind.id }) else { return }
    throw .notGranted("reads", kind.collection, manifest, manifest.readsLine)
  }

  /// The purpose that opens a field: the manifest's, or for a plain file the actor's.
  private func reason(for field: Field, of kind: Kind) -> String? {
    guard let manifest else { return statedPurpose }
    return manifest.sensitive.first { $0.kind == kind.id && $0.field == field.key }?.purpose
  }
}
