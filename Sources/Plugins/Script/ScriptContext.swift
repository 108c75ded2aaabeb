public import Governance
internal import Lua

/// One run as the script API sees it: a world, or none, and what may be done in it.
public final class ScriptContext {
  private var world: (any ScriptWorld)?
  public let capabilities: Capabilities
  public let language: Language

  /// - Parameter world: nil while a package is only loaded or documented.
  public init(world: (any ScriptWorld)?, capabilities: Capabilities, language: Language = .chinese)
  {
    self.world = world
    self.capabilities = capabilities
    self.language = world?.language ?? language
  }

  /// From now on scripts read this world; for tests, which make their own.
  func enter(_ world: any ScriptWorld) {
    self.world = world
  }

  /// For making the reference: nothing can be done in it.
  public static func documentation(language: Language = .chinese) -> ScriptContext {
    ScriptContext(
      world: nil, capabilities: Capabilities(actor: .office, purpose: .load), language: language)
  }

  var kinds: [Kind] { world?.kinds ?? BuiltInKinds.all }
  var today: Day? { world?.today }

  func require(_ doing: Words) throws(Problem) -> any ScriptWorld {
    if let world { return world }
    throw Problem(
      .denied,
      Words("插件装载时不能\(doing.chinese)", "a plugin cannot \(doing.english) while it loads"),
      hint: Words("请写进函数里，运行时才有资料", "do it inside a function: data is there when it runs"))
  }

  /// What groupings of this run gave, so that their rows are printed as a person reads them.
  var groupings: Set<GroupColumns> = []

  /// The interpreter of the run, for the line that called; set once it is made.
  weak var interpreter: Interpreter?

  /// The line of the script that is calling.
  func caller() -> Place {
    guard let place = interpreter?.caller else { return Place(file: "init.lua") }
    return Place(file: place.chunk, line: place.line)
  }

  func calendar() throws(Problem) -> WorkCalendar {
    try require(Words("使用工作日历", "use the calendar")).calendar
  }

  /// A day that the calendar counted to, noted where no notice has settled the way there.
  func counted(_ deadline: Deadline) -> String {
    if deadline.isProvisional { world?.noteProvisional(deadline.due) }
    return deadline.due.description
  }

  /// The same for a day that was only looked at.
  func looked(at day: Day, in calendar: WorkCalendar) -> Day {
    if calendar.isProvisional(day) { world?.noteProvisional(day) }
    return day
  }

  /// A query that a script composed, rights asked for each field that it names.
  func composed(_ query: Query) throws -> ScriptQuery {
    let composed = try ScriptQuery(composed: query)
    try capabilities.check(query, kinds: kinds)
    return composed
  }

  /// A query as the world may answer it: rights asked for each field that it names or that its
  /// records are grouped and added up by, without the rows that this run may not see.
  ///
  /// Asked again although it was when the query was composed: that may have been while the
  /// package loaded.
  public func admitted(
    _ query: Query, for use: Capabilities.Use, by fields: [String] = []
  ) throws -> Query {
    try capabilities.check(query, by: fields, kinds: kinds)
    try capabilities.checkRough(query, groupedBy: fields, kinds: kinds)
    return capabilities.guarded(query, for: use, kinds: kinds)
  }

  /// - Throws: `denied` when a query names sensitive records that may only be counted.
  func refuseIfRough(_ query: Query) throws(Problem) {
    guard capabilities.isRough(query, kinds: kinds) else { return }
    throw .notAllowed(
      capabilities.actor,
      to: Words("逐条查看敏感记录，只能看有多少条", "see sensitive records one by one, only how many there are"))
  }

  func kind(_ id: String) throws(Problem) -> Kind {
    if let kind = kinds.first(where: { $0.id == id }) { return kind }
    throw Problem(
      .kindUnknown, Words("没有“\(id)”这类记录", "there is no kind of record '\(id)'"))
  }
}
