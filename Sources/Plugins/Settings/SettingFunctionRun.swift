internal import Governance
internal import Lua

/// Computed values of one run.
///
/// Every call has an interpreter of its own: nothing of one layer is in another's, and
/// nothing of one call is left for the next, so that a value depends only on what the
/// function was given. What was computed is kept for the run.
final class SettingFunctionRun {
  private let functions: SettingFunctions
  private var known: [Question: Answer] = [:]
  private var depth = 0

  /// When the time of all calls together is over; set by the first.
  private var end: ContinuousClock.Instant?

  init(_ functions: SettingFunctions) {
    self.functions = functions
  }

  private struct Question: Hashable {
    let function: FunctionReference
    let key: String
    let unit: UnitLayers
    let day: Day
  }

  private struct Answer {
    let value: SettingValue

    /// What the function was told when it asked; the answer holds while that does.
    let inherited: SettingValue?
  }

  func value(
    of function: FunctionReference, inherited: () throws -> SettingValue,
    _ context: SettingContext
  ) throws -> SettingValue {
    let question = Question(
      function: function, key: context.key, unit: context.unit, day: context.day)
    if let answer = known[question] {
      if answer.inherited == nil { return answer.value }
      if let now = try? inherited(), now == answer.inherited { return answer.value }
    }
    let answer = try onRunThread {
      try withoutActuallyEscaping(inherited) { try compute(function, $0, context) }
    }
    known[question] = answer
    return answer.value
  }

  /// A call within a call is on the run's thread already.
  private func onRunThread(_ body: () throws -> Answer) throws -> Answer {
    depth += 1
    defer { depth -= 1 }
    return try depth == 1 ? RunThread.run(body) : body()
  }

  private func compute(
    _ function: FunctionReference, _ inherited: @escaping () throws -> SettingValue,
    _ context: SettingContext
  ) throws -> Answer {
    let definition = context.definition
    let chunk = try functions.chunk(function, of: definition)
    let asking = Inheritance(inherited)
    defer { asking.close() }
    let result: LuaValue
    do {
      let limits = try remaining(for: chunk)
      let interpreter = interpreter(functions.files(of: definition), asking, limits)
      let exports = try interpreter.run(chunk.source, name: chunk.name)
      guard let body = exports[function.function].function else {
        throw Problem.settingFunctionMissing(
          function, known: exports.fields?.keys.sorted() ?? [], definition)
      }
      let arguments = [context.table, .object(HostObject(Inherited()))]
      result = try interpreter.call(body, arguments).first ?? .nil
    } catch let error as LuaError {
      throw Problem.computing(worded(error), of: definition)
    }
    guard let value = try? SettingValue(script: result) else {
      throw Problem.settingWithoutResult(function, result, definition)
    }
    return Answer(value: value, inherited: asking.value)
  }

  private func interpreter(
    _ files: PackageFiles, _ asking: Inheritance, _ limits: Limits
  ) -> Interpreter {
    let module = HostModule(
      "gongyue", Bilingual("设置函数可用的接口", "What setting functions may use."),
      modules: NumberAPI.modules + [TextAPI.module, JSONAPI.module])
    let interpreter = Interpreter(
      limits: limits, modules: [module], types: [asking.type],
      language: functions.language == .chinese ? .chinese : .english,
      describe: Problem.describer(functions.language), loader: { try files.chunk($0) })
    interpreter.requireOrder()
    return interpreter
  }

  /// The run's limits; the time is what earlier calls left of it, and a stop where nothing is left.
  private func remaining(for chunk: Chunk) throws(LuaError) -> Limits {
    var limits = functions.limits
    guard let time = limits.time else { return limits }
    let now = ContinuousClock.now
    // A tenth is left to whoever asks, so that the function is named that used up the rest.
    let end = end ?? now + .seconds(time * 0.9)
    self.end = end
    guard end > now else {
      throw .exceeded(.time, used: time, limit: time, at: LuaPlace(chunk: chunk.name, line: 1))
    }
    limits.time = (end - now) / .seconds(1)
    return limits
  }

  /// Says the limit that was set, not what was left of it.
  private func worded(_ error: LuaError) -> LuaError {
    guard case .exceeded(.time, _, _, let place) = error, let time = functions.limits.time else {
      return error
    }
    return .exceeded(.time, used: time, limit: time, at: place)
  }
}

/// What the layer above says, as long as the call lasts.
private final class Inheritance {
  private var ask: (() throws -> SettingValue)?

  /// What it said, once a function asked.
  private(set) var value: SettingValue?

  init(_ ask: @escaping () throws -> SettingValue) {
    self.ask = ask
  }

  func close() {
    ask = nil
  }

  var type: HostType {
    HostType(
      Inherited.luaType, Bilingual("上级的值", "What would hold without this."),
      metamethods: [
        HostFunction(
          "__call", Bilingual("上级的值", "What would hold without this."),
          Parameter("inherited", Bilingual("inherited", "inherited"), as: Inherited.self),
          Parameter("context", Bilingual("可不写", "may be left out"), as: LuaValue.self),
          returns: Bilingual("值", "the value")
        ) { [unowned self] _, _ -> LuaValue in
          guard let ask = self.ask else { return .nil }
          let value = try ask()
          self.value = value
          return LuaValue(value)
        }
      ])
  }
}

/// `inherited`, the second argument of a setting's function; calling it gives the value.
private struct Inherited: LuaObject {
  static let luaType = "inherited"
}

extension SettingContext {
  /// `{ key, unit, type, types, street, community, caretaker, day }`.
  fileprivate var table: LuaValue {
    var fields: [String: LuaValue] = [
      "key": .string(key), "unit": .string(unit.unit.rawValue), "day": .string(day.description),
      "types": .record(
        Dictionary(unit.types.map { ($0.typology, .string($0.code)) }) { first, _ in first }),
    ]
    let type = unit.types.first { $0.typology == Typology.communityType.id }
    fields["type"] = type.map { .string($0.code) }
    fields["street"] = unit.street.map { .string($0.rawValue) }
    fields["community"] = unit.community.map { .string($0.rawValue) }
    fields["caretaker"] = unit.caretaker.map { .string($0.rawValue) }
    return .record(fields)
  }
}
