/// Why a definition did not decide.
public enum SettingLoss: Hashable, Sendable {
  case invalid(Problem)
  case notYet(Day)
  case expired(Day)
  /// A later record of the same layer ended it.
  case succeeded(Day?)
  case conditionFalse
  /// The same layer has a record in the database.
  case database
  /// Its layer withdrew it; the reason.
  case withdrawn(String)
  /// It is the withdrawal itself.
  case withdrawal(String)
  /// It breaks a rule of an upper layer; the problem, and the breach in short.
  case refused(Problem, Words)
  case mandated(SettingLayer)
  case overridden(SettingLayer)
  case weaker(SettingLayer)
  case exception(String)
  /// Another type goes first.
  case ordered(Words)
  /// Says the same as the winner.
  case same

  /// Stable, for machines.
  public var code: String {
    switch self {
    case .invalid: "invalid"
    case .notYet: "not_yet"
    case .expired: "expired"
    case .succeeded: "succeeded"
    case .conditionFalse: "condition_false"
    case .database: "database"
    case .withdrawn: "withdrawn"
    case .withdrawal: "withdrawal"
    case .refused: "refused"
    case .mandated: "mandated"
    case .overridden: "overridden"
    case .weaker: "weaker"
    case .exception: "exception"
    case .ordered: "ordered"
    case .same: "same"
    }
  }

  public var words: Words {
    switch self {
    case .invalid(let problem):
      Words("无效：" + problem.message.chinese, "invalid: " + problem.message.english)
    case .notYet(let day): Words("\(day) 起才生效", "in force only from \(day)")
    case .expired(let day): Words("已于 \(day) 失效", "expired on \(day)")
    case .succeeded(let day):
      day.map { Words("已被 \($0) 起的新规定取代", "replaced by a new rule from \($0)") }
        ?? Words("已被后来的规定取代", "replaced by a later rule")
    case .conditionFalse: Words("条件不成立", "its condition does not hold")
    case .database: Words("被本层后来的设置取代", "replaced by its layer's record in the database")
    case .withdrawn(let reason): Words("本层已撤销：\(reason)", "withdrawn by its layer: \(reason)")
    case .withdrawal(let reason): Words("撤销本层规定：\(reason)", "withdraws its layer's rule: \(reason)")
    case .refused(_, let breach):
      Words("已否决：" + breach.chinese, "refused: " + breach.english)
    case .mandated(let layer):
      Words("\(layer.label.chinese)层强制规定优先", "the \(layer.label.english) layer mandates otherwise")
    case .overridden(let layer):
      Words(
        "被更具体的\(layer.label.chinese)层覆盖",
        "overridden by the more specific \(layer.label.english) layer")
    case .weaker(let layer):
      Words(
        "默认值，让位于\(layer.label.chinese)层更强的规定",
        "gives way to the firmer rule of the \(layer.label.english) layer")
    case .exception(let label): Words("例外“\(label)”成立", "the exception '\(label)' holds")
    case .ordered(let type):
      Words("按先后次序让位于\(type.chinese)", "the type '\(type.english)' goes first")
    case .same: Words("与生效的规定相同", "says the same as the winner")
    }
  }
}

/// A setting's value for a unit on a day, with everything that led to it.
///
/// This is the normal return value: a report embeds `canonical` by its hash.
public struct Resolution: Hashable, Sendable {
  /// A definition that gave the value, or a part of it where values are merged.
  public struct Winner: Hashable, Sendable {
    public let definition: SettingDefinition
    public let value: SettingValue
  }

  /// A definition that did not decide, and why.
  public struct Loser: Hashable, Sendable {
    public let definition: SettingDefinition

    /// What it says; nil when that was never computed.
    public let value: SettingValue?
    public let loss: SettingLoss

    var order: String { definition.canonical }
  }

  /// The inherited value that a community may not go below (or above).
  public struct Floor: Hashable, Sendable {
    public let value: SettingValue
    public let direction: Stricter
    public let layer: SettingLayer
  }

  public let declaration: SettingDeclaration
  public let unit: UnitLayers
  public let day: Day
  public let value: SettingValue

  /// Empty when the declared default holds; several when values are merged.
  public let winners: [Winner]

  /// The nearest layer first.
  public let losers: [Loser]

  /// What the community may do with it.
  public let delegation: SettingDelegation
  public let floor: Floor?

  /// Old names that were used.
  public let warnings: [Words]

  public var key: String { declaration.key }

  /// What decided, or nil for the declared default.
  public var winner: SettingDefinition? { winners.first?.definition }

  /// The layer that gave the value; nil for the declared default.
  public var layer: SettingLayer? { winner?.layer }

  /// The value with labels and unit of measure: `7 个工作日`.
  public var words: Words { declaration.words(value) }

  /// The whole record as text, the same in every run, for embedding by hash.
  public var canonical: String {
    var lines = ["setting \(key)", "unit \(unit.unit) on \(day)"]
    let types = unit.types.map { "\($0.typology):\($0.code)" }.joined(separator: ",")
    lines.append(
      "layers street=\(unit.street?.rawValue ?? "-") types=\(types) "
        + "community=\(unit.community?.rawValue ?? "-") caretaker=\(unit.caretaker?.rawValue ?? "-")"
    )
    lines.append("value \(value.canonical)")
    lines.append(
      "declared default=\(declaration.defaultValue?.canonical ?? "-") "
        + "merge=\(declaration.merge.rawValue) owner=\(declaration.owner.rawValue) "
        + "place=\(declaration.place?.description ?? "-")")
    lines.append("delegation \(delegation)")
    lines += winners.map { "winner \($0.value.canonical) \($0.definition.canonical)" }
    lines += losers.map {
      "loser \($0.loss.code) \($0.value?.canonical ?? "-") \($0.definition.canonical)"
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
