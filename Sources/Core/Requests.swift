public import Governance

/// How a workspace is to be opened: what the common options of the command line say.
public struct Opening: Sendable {
  /// The workspace's folder; nil finds the nearest parent of `directory` with `gongyue.yaml`.
  public var workspace: String?
  public var directory: String

  /// Who acts, as typed: `head@sll-02/B07`; nil is the workspace's owner.
  public var actor: String?

  /// The date it is to be; nil takes the workspace's, else the real one.
  public var today: Day?
  public var language: Language

  /// What a run may use at most; nil takes the workspace's ceilings, which these only narrow.
  public var seconds: Double?
  public var megabytes: Int?

  /// Why sensitive fields are read, if they are.
  public var purpose: String?

  /// Told now and then how far a long job has come, from any thread.
  public var progress: (@Sendable (Progress) -> Void)?

  /// Told when a run does not end even a second after its time is up, because some
  /// call ignores its deadline; called on a thread of its own. The command line then
  /// ends the process, and the database drops the open transaction.
  public var overrun: (@Sendable (Problem) -> Void)?

  public init(
    workspace: String? = nil, directory: String, actor: String? = nil, today: Day? = nil,
    language: Language = .chinese, seconds: Double? = nil, megabytes: Int? = nil,
    purpose: String? = nil, progress: (@Sendable (Progress) -> Void)? = nil,
    overrun: (@Sendable (Problem) -> Void)? = nil
  ) {
    self.overrun = overrun
    self.workspace = workspace
    self.directory = directory
    self.actor = actor
    self.today = today
    self.language = language
    self.seconds = seconds
    self.megabytes = megabytes
    self.purpose = purpose
    self.progress = progress
  }
}

/// A change to one setting, as typed.
public struct SettingChange: Hashable, Sendable {
  public let key: String

  /// Nil takes the definition away again.
  public let value: String?
  public let target: Target

  /// `default`, `set` or `mandate`; nil is `set`.
  public let strength: String?
  public let from: Day?
  public let to: Day?

  /// What the change rests on; it is recorded.
  public let basis: String

  /// Whose setting it is.
  public enum Target: Hashable, Sendable {
    case unit(String)
    case type(String)
    case street
  }

  public init(
    key: String, value: String?, target: Target, strength: String? = nil, from: Day? = nil,
    to: Day? = nil, basis: String
  ) {
    self.key = key
    self.value = value
    self.target = target
    self.strength = strength
    self.from = from
    self.to = to
    self.basis = basis
  }
}

/// Which entries of the audit log are asked for, as typed; nil is any.
public struct AuditRequest: Hashable, Sendable {
  public let last: Int?
  public let unit: String?
  public let kind: String?
  public let record: String?
  public let day: Day?
  public let actor: String?

  public init(
    last: Int? = nil, unit: String? = nil, kind: String? = nil, record: String? = nil,
    day: Day? = nil, actor: String? = nil
  ) {
    self.last = last
    self.unit = unit
    self.kind = kind
    self.record = record
    self.day = day
    self.actor = actor
  }
}

/// What is to be assessed, and how much of it shown.
public struct AssessmentRequest: Hashable, Sendable {
  public let formula: String
  public let period: String
  public let unit: String?
  public let explains: Bool

  /// How far an explanation opens; 1 fits one screen.
  public let depth: Int
  public let whatIf: [Assignment]

  /// Whether the answer's data are wanted, with the proof of every number; whoever only
  /// reads the report gets it for less.
  public let wantsProof: Bool

  public init(
    formula: String, period: String, unit: String? = nil, explains: Bool = false, depth: Int = 1,
    whatIf: [Assignment] = [], wantsProof: Bool = true
  ) {
    self.wantsProof = wantsProof
    self.formula = formula
    self.period = period
    self.unit = unit
    self.explains = explains
    self.depth = depth
    self.whatIf = whatIf
  }
}

/// Files to run one after another, or one command of a plugin.
public struct ScriptRequest: Hashable, Sendable {
  public let targets: [String]
  public let arguments: [Assignment]
  public let isDryRun: Bool

  /// What standard input gave, for the target `-`.
  public let typed: String?

  public init(
    targets: [String], arguments: [Assignment] = [], isDryRun: Bool = false,
    typed: String? = nil
  ) {
    self.typed = typed
    self.targets = targets
    self.arguments = arguments
    self.isDryRun = isDryRun
  }
}

/// Which fields of records are listed, and in what order the records stand.
public struct RecordShape: Hashable, Sendable {
  /// Keys or labels; empty leaves the choice to the room there is.
  public let fields: [String]
  public let sort: String?
  public let isDescending: Bool

  /// Whether there is room for every field, as in a file.
  public let isWhole: Bool

  public init(
    fields: [String] = [], sort: String? = nil, isDescending: Bool = false, isWhole: Bool
  ) {
    self.fields = fields
    self.sort = sort
    self.isDescending = isDescending
    self.isWhole = isWhole
  }
}

/// What the script reference is written as.
public enum APIFormat: String, CaseIterable, Sendable {
  case luals
  case markdown
}
