internal import Governance

extension QueryCompiler {
  /// A field against a value.
  ///
  /// Moments are compared with dates by their date in China; decimals and whole
  /// numbers exactly, whatever their places.
  func compare(
    _ field: Field, _ comparison: Comparison, _ value: Value, _ source: Source
  ) throws(Problem) -> SQL {
    if comparison.isOrdering, !field.isOrdered { throw .notOrdered(field) }
    if field.key == "unit", case .text(let unit) = value, !scope.holds(UnitID(unit)) {
      throw .unitOutsideScope(unit)
    }
    let column = source.column(field.key)
    switch (field.type, value) {
    case (.integer, .decimal(let number)), (.decimal, .decimal(let number)):
      return compareNumber(column, comparison, number, places: field.type.places)
    case (.decimal, .integer(let number)):
      let decimal = Decimal(units: number, places: 0)
      return compareNumber(column, comparison, decimal, places: field.type.places)
    case (.decimal, .text(let text)):
      guard let number = Decimal(text) else { break }
      return compareNumber(column, comparison, number, places: field.type.places)
    case (.instant, .day(let day)): return compareMoment(column, comparison, day)
    case (.instant, .text(let text)):
      guard let day = Day(text) else { break }
      return compareMoment(column, comparison, day)
    case (.day, .instant(let instant)):
      return try compare(field, comparison, .day(instant.day), source)
    default: break
    }
    let accepted = try field.accepting(value)
    return plain(column, comparison, "\(field.stored(accepted))")
  }

  /// A field against another field of the same record.
  func compare(
    _ left: Field, _ comparison: Comparison, _ right: Field, _ source: Source
  ) throws(Problem) -> SQL {
    if comparison.isOrdering, !left.isOrdered || !right.isOrdered {
      throw .notOrdered(left.isOrdered ? right : left)
    }
    let (left, right) = try sides(left, source, right, source)
    return plain(left, comparison, right)
  }

  /// Two fields in a form that compares; a moment beside a date counts by its date in China.
  func sides(
    _ left: Field, _ leftSource: Source, _ right: Field, _ rightSource: Source
  ) throws(Problem) -> (left: SQL, right: SQL) {
    let leftColumn = leftSource.column(left.key)
    let rightColumn = rightSource.column(right.key)
    switch (left.type, right.type) {
    case (.instant, .day): return (dialect.dayOfInstant(leftColumn), rightColumn)
    case (.day, .instant): return (leftColumn, dialect.dayOfInstant(rightColumn))
    default:
      guard left.isComparable(with: right, leftSource.kind, rightSource.kind) else {
        throw .notComparable(left, right)
      }
      return (leftColumn, rightColumn)
    }
  }

  private func plain(_ left: SQL, _ comparison: Comparison, _ right: SQL) -> SQL {
    "\(left) \(SQL(trusted: comparison.rawValue)) \(right)"
  }

  /// Whole days of a moment: a day begins at midnight in China.
  private func compareMoment(_ column: SQL, _ comparison: Comparison, _ day: Day) -> SQL {
    let begins = Instant(day).milliseconds
    let ends = Instant(day + 1).milliseconds
    return switch comparison {
    case .less: "\(column) < \(begins)"
    case .atLeast: "\(column) >= \(begins)"
    case .atMost: "\(column) < \(ends)"
    case .greater: "\(column) >= \(ends)"
    case .equal: "(\(column) >= \(begins) AND \(column) < \(ends))"
    case .notEqual: "(\(column) < \(begins) OR \(column) >= \(ends))"
    }
  }

  /// A scaled column against a number that may lie between two of its steps.
  private func compareNumber(
    _ column: SQL, _ comparison: Comparison, _ number: Decimal, places: Int
  ) -> SQL {
    if let units = number.units(at: places) { return plain(column, comparison, "\(units)") }
    guard let below = number.floor(at: places) else {
      return beyond(column, comparison, isAbove: number.units > 0)
    }
    return switch comparison {
    case .equal: "FALSE"
    case .notEqual: "\(column) IS NOT NULL"
    case .less, .atMost: "\(column) <= \(below)"
    case .greater, .atLeast: "\(column) > \(below)"
    }
  }

  /// Against a number outside everything the column can hold.
  private func beyond(_ column: SQL, _ comparison: Comparison, isAbove: Bool) -> SQL {
    let holds =
      switch comparison {
      case .equal: false
      case .notEqual: true
      case .less, .atMost: isAbove
      case .greater, .atLeast: !isAbove
      }
    return holds ? "\(column) IS NOT NULL" : "FALSE"
  }
}

extension Comparison {
  var isOrdering: Bool { self != .equal && self != .notEqual }
}

extension FieldType {
  /// Decimal places of a number; 0 for whole ones.
  var places: Int {
    if case .decimal(let places) = self { places } else { 0 }
  }
}

extension Decimal {
  /// The greatest step of `wanted` places at or below the number; nil when it
  /// cannot be scaled that far.
  func floor(at wanted: Int) -> Int64? {
    guard wanted < places else { return units(at: wanted) }
    var divisor: Int64 = 1
    for _ in 0..<(places - wanted) { divisor *= 10 }
    let quotient = units / divisor
    return units % divisor < 0 ? quotient - 1 : quotient
  }
}

extension Field {
  /// Whether two fields hold the same sort of thing.
  func isComparable(with other: Field, _ kind: Kind, _ otherKind: Kind) -> Bool {
    func sort(_ field: Field, _ kind: Kind) -> String {
      switch field.type {
      case .text: "text"
      case .unit: "unit"
      case .period: "period"
      case .day: "day"
      case .instant: "instant"
      case .boolean: "boolean"
      case .decimal(let places): "number \(places)"
      case .integer: field.key == "id" ? "record \(kind.id)" : "number 0"
      case .reference(let target): "record \(target)"
      case .choice: "choice"
      }
    }
    let left = sort(self, kind)
    let right = sort(other, otherKind)
    return left == right || (isUnitKey(kind) && right == "unit")
      || (other.isUnitKey(otherKind) && left == "unit")
  }

  /// The text field that holds a unit's own id.
  private func isUnitKey(_ kind: Kind) -> Bool { kind.id == "unit" && key == "key" }
}
