/// How much each part counts; the whole is always 100.
public struct Weights: Hashable, Sendable {
  /// In the order of the parts.
  public let ids: [String]
  public let values: [Rational]

  public static let total = Rational(100)

  /// - Parameters:
  ///   - given: id and weight, in any order.
  ///   - parts: the ids that must be there, in the order wanted.
  /// - Throws: every fault at once, each as `formula.invalid`: a total other than 100 (naming the
  ///   sum), a negative weight, a part without weight, a weight without part.
  public init(_ given: [(id: String, weight: Rational)], for parts: [String]) throws(Problems) {
    var problems: [Problem] = []
    for (id, weight) in given {
      if !parts.contains(id) { problems.append(.weightUnknown(id, among: parts)) }
      if weight.isNegative { problems.append(.weightNegative(id, weight)) }
    }
    for part in parts where !given.contains(where: { $0.id == part }) {
      problems.append(.weightMissing(part))
    }
    let sum = given.map(\.weight).reduce(.zero, +)
    if sum != Self.total { problems.append(.weightsTotal(sum)) }
    guard problems.isEmpty else { throw Problems(problems) }
    ids = parts
    values = parts.map { part in given.first { $0.id == part }?.weight ?? .zero }
  }

  public subscript(id: String) -> Rational? {
    ids.firstIndex(of: id).map { values[$0] }
  }
}

extension Problem {
  /// `weights that total 95`, named with the sum and how far it is off.
  public static func weightsTotal(_ sum: Rational) -> Problem {
    let off = (sum - Weights.total).magnitude.shown
    return Problem(
      .formulaInvalid,
      Words(
        "权重合计为\(sum.shown)，必须是100（\(sum < Weights.total ? "少" : "多")\(off)）",
        "weights total \(sum.shown), not 100 (\(off) too \(sum < Weights.total ? "few" : "many"))"))
  }

  static func weightUnknown(_ id: String, among parts: [String]) -> Problem {
    Problem(
      .formulaInvalid, Words("没有叫“\(id)”的部分", "there is no part called '\(id)'"),
      hint: nearest(to: id, in: parts).map { Words("是不是想写 \($0)？", "did you mean \($0)?") }
        ?? Words(
          "可用：\(parts.joined(separator: "、"))", "there are: \(parts.joined(separator: ", "))"))
  }

  static func weightMissing(_ id: String) -> Problem {
    Problem(
      .formulaInvalid, Words("“\(id)”没有权重", "'\(id)' has no weight"),
      hint: Words("不计分的部分请写 0", "write 0 for a part that does not count"))
  }

  static func weightNegative(_ id: String, _ weight: Rational) -> Problem {
    Problem(
      .formulaInvalid,
      Words("“\(id)”的权重是\(weight.shown)，不能小于0", "the weight of '\(id)' is \(weight.shown), below 0")
    )
  }
}
