/// Operations as JSON: a name and the numbers they need to be done again.
extension Operation {
  /// The stable name: `weighted_mean`.
  public var name: String {
    switch self {
    case .given: "given"
    case .ratio: "ratio"
    case .sum: "sum"
    case .difference: "difference"
    case .product: "product"
    case .scaled: "scaled"
    case .gathered: "gathered"
    case .curve: "curve"
    case .brackets: "brackets"
    case .weightedMean: "weighted_mean"
    case .otherwise: "otherwise"
    case .orMark: "or_mark"
    case .onlyIf: "only_if"
    case .deduction: "deduction"
    case .atMost: "at_most"
    case .clamped: "clamped"
    case .adjusted: "adjusted"
    case .rounded: "rounded"
    }
  }

  var json: JSONValue {
    .object([.init("name", .string(name))] + members)
  }

  private var members: [JSONValue.Member] {
    switch self {
    case .given, .sum, .difference, .product, .onlyIf, .adjusted: []
    case .ratio(let number): [.init("per", .rational(number))]
    case .scaled(let number): [.init("by", .rational(number))]
    case .orMark(let number), .atMost(let number): [.init("mark", .rational(number))]
    case .gathered(let gathering): [.init("by", .string(gathering.rawValue))]
    case .curve(let curve): curve.members
    case .brackets(let brackets): brackets.members
    case .weightedMean(let mix):
      [
        .init("weights", .array(mix.weights.map(JSONValue.rational))),
        .init("needs_one_of", .array(mix.needsOneOf.map { .integer(Int64($0)) })),
      ]
    case .otherwise(let strategy): strategy.members
    case .deduction(let rule):
      [
        .init("each", .rational(rule.each)),
        .init("most", .optional(rule.most, JSONValue.rational)),
        .init("most_in_year", .optional(rule.mostInYear, JSONValue.rational)),
      ]
    case .clamped(let bounds):
      [.init("from", .rational(bounds.lowerBound)), .init("to", .rational(bounds.upperBound))]
    case .rounded(let places, let mode):
      [.init("places", .integer(Int64(places))), .init("mode", .string(mode.rawValue))]
    }
  }

  /// Whether that many children suffice.
  func accepts(_ count: Int) -> Bool {
    switch self {
    case .given: count == 0
    case .ratio, .difference: count == 2
    case .weightedMean(let mix):
      count == mix.weights.count && mix.needsOneOf.allSatisfy((0..<count).contains)
    case .scaled, .curve, .brackets, .otherwise, .orMark, .atMost, .clamped, .rounded:
      count == 1
    case .sum, .product, .gathered, .onlyIf, .deduction, .adjusted: count >= 1
    }
  }

  init(_ json: JSONValue) throws(Problem) {
    guard let name = json["name"]?.text else { throw .notAnExplanation("operation") }
    if let operation = Self.plain.first(where: { $0.name == name }) {
      self = operation
    } else if let operation = try Self.read(name, json) {
      self = operation
    } else {
      throw .notAnExplanation("operation")
    }
  }

  /// Those that need no numbers.
  private static let plain: [Operation] = [.given, .sum, .difference, .product, .onlyIf, .adjusted]

  private static func read(_ name: String, _ json: JSONValue) throws(Problem) -> Operation? {
    switch name {
    case "ratio": return json.rational("per").map(Operation.ratio)
    case "scaled": return json.rational("by").map(Operation.scaled)
    case "or_mark": return json.rational("mark").map(Operation.orMark)
    case "at_most": return json.rational("mark").map(Operation.atMost)
    case "gathered":
      return json["by"]?.text.flatMap(Gathering.init(rawValue:)).map(Operation.gathered)
    case "curve": return try Curve(json).map(Operation.curve)
    case "brackets": return try Brackets(json).map(Operation.brackets)
    case "weighted_mean": return Mix(json).map(Operation.weightedMean)
    case "otherwise": return MissingStrategy(json).map(Operation.otherwise)
    case "deduction": return try DeductionRule(json).map(Operation.deduction)
    case "clamped":
      guard let low = json.rational("from"), let high = json.rational("to"), low <= high else {
        return nil
      }
      return .clamped(low...high)
    case "rounded":
      guard let places = json["places"]?.integer, (0...9).contains(places),
        let mode = json["mode"]?.text.flatMap(Rounding.init(rawValue:))
      else { return nil }
      return .rounded(places: Int(places), mode)
    default: return nil
    }
  }
}

extension Mix {
  fileprivate init?(_ json: JSONValue) {
    guard let weights = json["weights"]?.elements, let needs = json["needs_one_of"]?.elements
    else { return nil }
    let numbers = weights.compactMap { $0.text.flatMap { Rational($0) } }
    guard numbers.count == weights.count else { return nil }
    self.init(numbers, needsOneOf: needs.compactMap { $0.integer.map(Int.init) })
  }
}

extension MissingStrategy {
  fileprivate var members: [JSONValue.Member] {
    switch self {
    case .unknown: [.init("strategy", "unknown")]
    case .skip: [.init("strategy", "skip")]
    case .zero: [.init("strategy", "zero")]
    case .value(let number): [.init("strategy", "value"), .init("value", .rational(number))]
    }
  }

  fileprivate init?(_ json: JSONValue) {
    switch json["strategy"]?.text {
    case "unknown": self = .unknown
    case "skip": self = .skip
    case "zero": self = .zero
    case "value":
      guard let number = json.rational("value") else { return nil }
      self = .value(number)
    default: return nil
    }
  }
}

extension DeductionRule {
  fileprivate init?(_ json: JSONValue) throws(Problem) {
    guard let each = json.rational("each") else { return nil }
    try self.init(
      each: each, most: json.rational("most"), mostInYear: json.rational("most_in_year"))
  }
}

extension Curve {
  fileprivate var members: [JSONValue.Member] {
    let (name, numbers): (String, [Rational]) =
      switch shape {
      case .higher(let full, let zero): ("higher", [full, zero])
      case .lower(let full, let zero): ("lower", [full, zero])
      case .range(let first, let second, let third, let fourth):
        ("range", [first, second, third, fourth])
      case .points(let points): ("points", points.flatMap { [$0.at, $0.score] })
      }
    return [
      .init("shape", .string(name)), .init("numbers", .array(numbers.map(JSONValue.rational))),
      .init("partial", .bool(givesPartialCredit)),
    ]
  }

  fileprivate init?(_ json: JSONValue) throws(Problem) {
    let texts = json["numbers"]?.elements ?? []
    let numbers = texts.compactMap { $0.text.flatMap { Rational($0) } }
    guard numbers.count == texts.count else { return nil }
    let shape: Shape
    switch (json["shape"]?.text, numbers.count) {
    case ("higher", 2): shape = .higher(full: numbers[0], zero: numbers[1])
    case ("lower", 2): shape = .lower(full: numbers[0], zero: numbers[1])
    case ("range", 4): shape = .range(numbers[0], numbers[1], numbers[2], numbers[3])
    case ("points", let count) where count.isMultiple(of: 2):
      shape = .points(
        stride(from: 0, to: count, by: 2).map { Point(at: numbers[$0], score: numbers[$0 + 1]) })
    default: return nil
    }
    try self.init(shape, partialCredit: json["partial"]?.boolean ?? true)
  }
}

extension Brackets {
  fileprivate var members: [JSONValue.Member] {
    [
      .init("reading", .string(reading.rawValue)),
      .init("includes_lower_edge", .bool(includesLowerEdge)),
      .init(
        "steps",
        .array(
          steps.map {
            [
              "from": .rational($0.from), "to": .optional($0.to, JSONValue.rational),
              "gives": .rational($0.gives),
            ]
          })),
    ]
  }

  fileprivate init?(_ json: JSONValue) throws(Problem) {
    guard let reading = json["reading"]?.text.flatMap(Reading.init(rawValue:)),
      let edge = json["includes_lower_edge"]?.boolean, let list = json["steps"]?.elements
    else { return nil }
    let steps = list.compactMap { step -> Step? in
      guard let from = step.rational("from"), let gives = step.rational("gives") else { return nil }
      return Step(from: from, to: step.rational("to"), gives: gives)
    }
    guard steps.count == list.count else { return nil }
    do {
      try self.init(steps, reading, includesLowerEdge: edge)
    } catch {
      throw error.all[0]
    }
  }
}
