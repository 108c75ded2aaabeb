/// One resolution: a setting, a unit, a day.
///
/// The rules of `settings.md`, in their order: `sift` keeps what is in force
/// (1), `judge` rejects what breaks delegation, layer by layer from the top (2),
/// `settle` ranks the rest (3–6). A computed value asks for `inherited` (7).
final class SettingPass {
  let book: SettingsBook
  let declaration: SettingDeclaration
  let layers: UnitLayers
  let day: Day
  let evaluate: SettingEvaluator?

  /// Definitions of the key in layers that contain the unit, by index in the book.
  let candidates: [Int]

  /// Those that are out, and why.
  var fates: [Int: SettingLoss] = [:]
  var values: [Int: SettingValue] = [:]

  /// Who was in a conflict that was thrown.
  var rivals: [Int] = []

  /// Whether a computed value was needed and could not be run.
  var needsFunction = false

  /// - Parameter mattering: the definitions to look at, where it is known which matter on the
  ///   day; nil looks at all of the key, so that each loser is told.
  init(
    _ book: SettingsBook, _ declaration: SettingDeclaration, _ layers: UnitLayers, _ day: Day,
    _ evaluate: SettingEvaluator?, among mattering: [Int]? = nil
  ) {
    self.book = book
    self.declaration = declaration
    self.layers = layers
    self.day = day
    self.evaluate = evaluate
    candidates = (mattering ?? book.definitionsByKey[declaration.key] ?? []).filter {
      layers.isWithin(book.definitions[$0].scope)
    }
  }

  /// - Throws: as `SettingsBook.resolve`.
  func run(warnings: [Words]) throws -> Resolution {
    try sift()
    for layer in SettingLayer.allCases { try judge(layer) }
    guard let outcome = try settle(standing) else {
      throw Problem.settingRequired(declaration, in: layers, on: day)
    }
    let value = try declaration.acceptWhole(outcome.value)
    for index in standing where !outcome.winners.contains(index) {
      fates[index] = loss(of: index, to: outcome.winners)
    }
    return Resolution(
      declaration: declaration, unit: layers, day: day, value: value,
      winners: outcome.winners.map {
        Resolution.Winner(definition: definition($0), value: values[$0] ?? value)
      },
      losers: losers(),
      delegation: delegation(binding: .community), floor: floor(), warnings: warnings)
  }

  func definition(_ index: Int) -> SettingDefinition { book.definitions[index] }

  var standing: [Int] { candidates.filter { fates[$0] == nil } }

  func losers() -> [Resolution.Loser] {
    candidates.compactMap { index in
      fates[index].map { loss in
        var value = values[index]
        if value == nil, case .value(let given) = definition(index).content { value = given }
        return Resolution.Loser(definition: definition(index), value: value, loss: loss)
      }
    }.sorted { ($1.definition.layer, $0.order) < ($0.definition.layer, $1.order) }
  }

  func sift() throws {
    for index in candidates {
      let definition = definition(index)
      if let problem = book.rejected[index] {
        fates[index] =
          problem.code == .settingRefused
          ? .refused(problem, problem.message) : .invalid(problem)
      } else if let from = definition.from, day < from {
        fates[index] = .notYet(from)
      } else if let to = definition.to, day >= to {
        fates[index] = definition.wasReplacedAtOnce ? .succeeded(nil) : .expired(to)
      }
    }
    succeed()
    forestall()
    for index in candidates where definition(index).isInForce(on: day) {
      if case .invalid(let problem) = fates[index] { throw problem }
    }
    for index in standing {
      guard let condition = definition(index).condition else { continue }
      if try !holds(condition, for: index) { fates[index] = .conditionFalse }
    }
    preferDatabase()
  }

  /// A new record in the database ends its predecessors, even after it ends itself; those too
  /// that are of no use any more.
  func succeed() {
    for index in candidates where fates[index] == nil || isInvalid(index) {
      guard let sequence = definition(index).origin.sequence else { continue }
      let successors = candidates.filter { other in
        guard let later = definition(other).origin.sequence, book.rejected[other] == nil else {
          return false
        }
        return later > sequence && isSameSource(other, index)
          && definition(other).condition == definition(index).condition
          && definition(other).exception == definition(index).exception && ends(other, index)
      }
      if let next = successors.min(by: { (start($0), $0) < (start($1), $1) }) {
        fates[index] = .succeeded(definition(next).from)
      }
    }
  }

  /// A record still to come that newer ones replace on every day of it will never hold.
  func forestall() {
    for index in candidates {
      guard case .notYet? = fates[index], let sequence = definition(index).origin.sequence
      else { continue }
      let later = candidates.filter { other in
        guard let its = definition(other).origin.sequence, book.rejected[other] == nil else {
          return false
        }
        return its > sequence && isSameSource(other, index)
          && definition(other).condition == definition(index).condition
          && definition(other).exception == definition(index).exception
      }
      // What holds changes on these days only.
      let edges = later.flatMap { [definition($0).from, definition($0).to] }.compactMap { $0 }
      let days = [start(index)] + edges.filter(definition(index).isInForce)
      let isReplaced = days.allSatisfy { day in later.contains { ends($0, index, on: day) } }
      if isReplaced, let next = later.min(by: { (start($0), $0) < (start($1), $1) }) {
        fates[index] = .succeeded(definition(next).from)
      }
    }
  }

  private func isInvalid(_ index: Int) -> Bool {
    if case .invalid = fates[index] { true } else { false }
  }

  func start(_ index: Int) -> Day { definition(index).from ?? Day(ordinal: .min / 2) }

  func ends(_ later: Int, _ earlier: Int) -> Bool { ends(later, earlier, on: day) }

  func ends(_ later: Int, _ earlier: Int, on day: Day) -> Bool {
    guard start(later) <= day else { return false }
    return definition(later).isInForce(on: day) || start(earlier) <= start(later)
  }

  /// One layer's one voice: two types speak apart, anything else of a layer together.
  func isSameSource(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (definition(left), definition(right))
    return one.layer == other.layer && (one.layer != .type || one.scope == other.scope)
  }

  func preferDatabase() {
    let records = standing.filter {
      definition($0).origin.sequence != nil && !definition($0).isUnset
    }
    for index in standing where definition(index).origin == .file {
      if records.contains(where: { isSameSource($0, index) }) { fates[index] = .database }
    }
  }

  func holds(_ condition: SettingCondition, for index: Int) throws -> Bool {
    switch condition {
    case .unit(let units): return units.contains(layers.unit)
    case .type(let codes): return layers.types.contains { codes.contains($0.code) }
    case .since(let start): return day >= start
    case .before(let end): return day < end
    case .caretaken: return layers.caretaker != nil
    case .not(let inner): return try !holds(inner, for: index)
    case .all(let parts): return try parts.allSatisfy { try holds($0, for: index) }
    case .any(let parts): return try parts.contains { try holds($0, for: index) }
    case .function(let reference):
      let answer = try call(reference, index) {
        throw Problem.settingFunctionUnavailable(reference)
      }
      guard case .boolean(let value) = answer else {
        throw Problem.settingConditionNotBoolean(reference, answer, at: definition(index).place)
      }
      return value
    }
  }

  func call(
    _ reference: FunctionReference, _ index: Int, inherited: () throws -> SettingValue
  ) throws -> SettingValue {
    guard let evaluate else {
      needsFunction = true
      throw Problem.settingFunctionUnavailable(reference)
    }
    let context = SettingContext(
      key: declaration.key, unit: layers, day: day, definition: definition(index))
    return try evaluate(reference, inherited, context)
  }
}
