/// A list of fields with a name: what a table, a form and a script call the same thing.
public struct Kind: Hashable, Sendable {
  /// Singular, snake_case: `social_organisation`.
  public let id: String

  /// What scripts call the whole: `gongyue.social_organisations`.
  public let collection: String
  public let label: Words

  /// The part of a record's code that names its kind, e.g. `C` in `sll-02-C-2026-0413`; nil for cases,
  /// whose code is `sll-02-2026-0413`.
  public let codeLetter: String?
  public let fields: [Field]

  /// The field that says when it happened; nil for things that are rather than happen.
  public let happened: String?

  /// Fields whose moments follow one another and have passed when they are filled in.
  public let chronology: [String]

  /// The fields that say from and until when it holds, half-open.
  public let validity: Validity?

  /// Which of its records are public: everybody in their community may read them.
  public let published: Condition

  /// The field that says in which building a record lies, itself or by what it refers to.
  public let within: String?

  /// The field that says whose a record is: the person's, or what is the person's.
  public let belongsTo: String?

  /// Which of a building's records its head reported.
  public let reportedByHead: Condition

  /// Who files and changes its records; a role that is not named may not.
  public let writers: Set<Role>

  /// Whether only the street office files and changes its records: what a community could
  /// better its own standing with.
  public var isKeptByStreet: Bool { writers.isSubset(of: Role.ofStreet) }

  /// Whether it holds what others think of a community's work: its people may take that down, and
  /// the log says who did; a package of the community may not.
  public let isVerdict: Bool

  public struct Validity: Hashable, Sendable {
    public let from: String
    public let to: String
  }

  public init(
    _ id: String, collection: String, _ chinese: String, _ english: String, code: String?,
    happened: String? = nil, chronology: [String] = [], valid: (from: String, to: String)? = nil,
    published: Condition = .nothing, within: String? = nil, belongsTo: String? = nil,
    reportedByHead: Condition = .nothing, writers: Set<Role> = Role.ofCommunity,
    verdict: Bool = false, fields: [Field]
  ) {
    self.id = id
    self.collection = collection
    self.label = Words(chinese, english)
    self.codeLetter = code
    self.fields = fields
    self.happened = happened
    self.chronology = chronology
    self.validity = valid.map { Validity(from: $0.from, to: $0.to) }
    self.published = published
    self.within = within
    self.belongsTo = belongsTo
    self.reportedByHead = reportedByHead
    self.writers = writers
    isVerdict = verdict
  }

  public func field(_ key: String) -> Field? {
    fields.first { $0.key == key }
  }

  /// Columns every record has, before its kind's own: scripts may read and filter by them.
  public static let common: [Field] = [
    Field("id", "编号", "id", .integer, required: true),
    Field("code", "代码", "code", .text, required: true),
    Field("unit", "所属单位", "unit", .unit, required: true),
  ]

  /// A field of the kind's own or a common one.
  public func anyField(_ key: String) -> Field? {
    field(key) ?? Self.common.first { $0.key == key }
  }
}
