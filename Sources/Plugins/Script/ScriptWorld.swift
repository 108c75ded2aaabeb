public import CLuaShim
public import Governance
public import Lua

/// What a run of scripts needs from its host.
///
/// Synchronous, and used on the run's thread only. Queries arrive complete:
/// fields exist, values have their stored types, capabilities were checked. The
/// scope is the host's: it is added to every query and to the queries inside
/// `Condition.matched`, and no script can remove it.
public protocol ScriptWorld: AnyObject {
  var kinds: [Kind] { get }
  var today: Day { get }
  var calendar: WorkCalendar { get }
  var language: Language { get }

  /// The unit that a script means by an id or a Chinese name; throws `unit.unknown`.
  func unit(named text: String) throws -> UnitID

  /// A script named a unit in a condition; throws `denied` outside the actor's scope.
  func admit(_ unit: UnitID) throws

  /// What many records come down to.
  func aggregate(_ query: Query, _ aggregate: Aggregate) throws -> Aggregated

  /// The same for each combination of values, ordered by them, missing ones first.
  func groups(_ query: Query, by fields: [String], _ aggregate: Aggregate) throws
    -> [AggregatedGroup]

  /// Records one by one: a column for each field, in that order, in stored form.
  func rows(_ query: Query, fields: [String]) throws -> ScriptRows

  /// Why fields of a record have no value, where that is known.
  func states(_ kind: String, id: Int64) throws -> [String: ValueState]

  /// Files a record; `unit` is among the values. Gives its id.
  func create(_ kind: String, _ values: [String: Value]) throws -> Int64

  /// Makes a new version of a record; a nil value clears the field.
  func update(_ kind: String, id: Int64, _ values: [String: Value?], reason: String) throws

  /// The value of a setting for a unit; nil unit is the subject's, else the street's.
  func setting(_ key: String, unit: UnitID?, on day: Day?) throws -> SettingValue?

  /// Where that value comes from, as `gongyue why` says it.
  func why(_ key: String, unit: UnitID?, on day: Day?) throws -> String

  /// The result of a formula, for commands: `{ period, units = { { unit, name, … } } }`.
  func assess(_ formula: String, _ period: Period) throws -> LuaValue

  /// One line for the run's log.
  func log(_ line: String) throws

  /// A query was read, for explanations; `aggregate` is nil for records.
  func noteRead(_ query: Query, _ aggregate: Aggregate?)

  /// What a formula looked at since this was last asked; nothing where no formula runs.
  func readsSinceAsked() throws -> FormulaReads

  /// An answer of the calendar rests on a day that no notice has settled.
  func noteProvisional(_ day: Day)
}

extension ScriptWorld {
  public func readsSinceAsked() throws -> FormulaReads { FormulaReads() }
  public func noteProvisional(_ day: Day) {}
}

/// Records one by one.
public struct ScriptRows {
  public var source: RowSource

  /// Whether a column for each field follows those of the fields, with its state as text;
  /// where none does, a field is present or missing.
  public var hasStates: Bool

  public init(_ source: RowSource, hasStates: Bool) {
    self.source = source
    self.hasStates = hasStates
  }
}

/// What an aggregate gave, and how many of the records had no value to give.
public struct Aggregated: Hashable, Sendable {
  /// Nil when no record had a value.
  public var value: Value?
  public var missing: Int

  public init(_ value: Value?, missing: Int = 0) {
    self.value = value
    self.missing = missing
  }
}

/// One group: its keys in the order of the fields, and what its records come down to.
public struct AggregatedGroup: Hashable, Sendable {
  public var keys: [Value?]
  public var value: Aggregated

  public init(_ keys: [Value?], _ value: Aggregated) {
    self.keys = keys
    self.value = value
  }
}
