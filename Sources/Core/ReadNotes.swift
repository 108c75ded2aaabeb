internal import Governance
internal import Plugins

/// What scripts looked at, for explanations and for closing.
///
/// Beside the world, because a plugin's test has many short worlds and one explanation.
final class ReadNotes {
  /// Kinds that queries named; closing keeps their records.
  private(set) var kinds: Set<String> = []

  /// Whether it is noted which records a number came from; a number alone is had for less.
  private(set) var wantsRecords = true

  /// Since they were last taken.
  private var queries: [Query] = []
  private var settings: [Resolution] = []

  func note(kindsOf query: Query) { kinds.formUnion(query.kinds) }

  func note(_ query: Query) {
    guard wantsRecords, !queries.contains(query) else { return }
    queries.append(query)
  }

  func note(_ resolution: Resolution) { settings.append(resolution) }

  /// What was noted, with the records behind each query; asking forgets it.
  func take(_ evidence: (Query) throws -> Contribution) rethrows -> FormulaReads {
    defer {
      queries = []
      settings = []
    }
    return FormulaReads(
      settings: settings.map(SettingUse.init), records: try queries.map(evidence))
  }

  /// Runs `body` without noting which records its numbers came from.
  func withoutRecords<Value>(_ body: () throws -> Value) rethrows -> Value {
    let before = wantsRecords
    wantsRecords = false
    defer { wantsRecords = before }
    return try body()
  }
}
