internal import Governance
internal import Lua

extension Figure {
  /// What a formula's function returned: an integer, a decimal, a boolean (1 or 0), a mark, or nothing (missing).
  ///
  /// A number with a binary fraction is refused: 0.1 + 0.2 is not 0.3. So are NaN and infinity.
  init(_ value: LuaValue, _ title: Words) throws(Problem) {
    switch value {
    case .integer(let number): self = .present(Rational(number))
    case .decimal(let units, let places):
      self = .present(Rational(Decimal(units: units, places: places)))
    case .number(let number):
      guard let whole = Int64(exactly: number), whole.magnitude <= 1 << 53 else {
        throw .scoreNotExact(number, title)
      }
      self = .present(Rational(whole))
    case .boolean(let flag): self = .present(flag ? 1 : 0)
    case .nil:
      self = .missing(
        Words("“\(title.chinese)”没有给出数值", "'\(title.english)' gave no value"))
    case .object(let object):
      guard let mark = object.value as? FormulaMark else {
        throw .notANumber(value.typeName, title)
      }
      self = mark.figure
    default: throw .notANumber(value.typeName, title)
    }
  }
}

extension Problem {
  static func notANumber(_ found: String, _ title: Words) -> Problem {
    Problem(
      .scoreInvalid,
      Words(
        "“\(title.chinese)”给出的是 \(found)，不是数",
        "'\(title.english)' gave \(found), which is no number"),
      hint: Words(
        "可以返回整数、gongyue.decimal、查询，或 gongyue.dropped \"原因\"",
        "return an integer, gongyue.decimal, a query, or gongyue.dropped \"why\""))
  }
}
