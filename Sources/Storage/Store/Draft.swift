public import Governance

/// A record about to be stored: what the host does not give itself.
public struct Draft: Hashable, Sendable {
  public let kind: String
  public let unit: UnitID
  public var values: [String: Value]

  /// Why fields have no value, where that is known (待补, 不适用, 零报告).
  public var states: [String: ValueState]

  /// The client's own id: filing the same draft twice gives the same record.
  public var client: String?

  public init(
    _ kind: String, unit: UnitID, _ values: [String: Value],
    states: [String: ValueState] = [:], client: String? = nil
  ) {
    self.kind = kind
    self.unit = unit
    self.values = values
    self.states = states
    self.client = client
  }
}

extension Draft {
  /// The draft with every value as its field stores it.
  ///
  /// - Throws: everything that is wrong with it at once.
  func accepted(by kind: Kind) throws -> Draft {
    var problems: [Problem] = []
    var accepted = self
    for key in (Array(values.keys) + states.keys).sorted() where kind.field(key) == nil {
      problems.append(.unknownField(key, of: kind))
    }
    for field in kind.fields {
      do throws(Problem) {
        accepted.values[field.key] = try values[field.key].map { value throws(Problem) in
          try field.accepting(value)
        }
      } catch {
        problems.append(error)
      }
      let isAnswered = values[field.key] != nil || states[field.key] != nil
      if field.isRequired, !isAnswered { problems.append(.missingValue(field, of: kind)) }
    }
    if problems.count == 1 { throw problems[0] }
    guard problems.isEmpty else { throw Problems(problems) }
    accepted.states = states.filter { state in
      !(state.value == .present || (state.value == .missing && values[state.key] == nil))
    }
    return accepted
  }
}
