internal import Governance
internal import Lua

/// `gongyue.decimal` and `gongyue.stats`: exact numbers.
struct NumberAPI {
  static var modules: [HostModule] { [decimal, statistics] }

  /// Numbers may not grow beyond this many bits inside one calculation.
  static let mostBits = 4096

  private static var number: Parameter<LuaValue> {
    Parameter("number", Bilingual("整数或十进制数", "an integer or decimal"))
  }

  private static var places: Parameter<Int> {
    Parameter("places", Bilingual("小数位数", "decimal places"))
  }

  private static var rounding: Parameter<String?> {
    Parameter(
      "rounding", Bilingual("half_away 四舍五入（默认）或 half_even", "half_away (default) or half_even"))
  }

  private static var decimal: HostModule {
    let result = Bilingual("十进制数", "a decimal")
    return HostModule(
      "decimal",
      Bilingual(
        "精确的十进制数；可用 + - * < 和 :eq。不能做表的键，请用 tostring(数)：相等的两个数是两个键",
        "Exact decimals; + - * < and :eq work. No keys of tables: use tostring(number)."),
      functions: [
        HostFunction(
          "of", Bilingual("由文字或整数得到十进制数", "A decimal from text or an integer."),
          Parameter("value", Bilingual("如 \"12.50\"", "such as \"12.50\""), as: LuaValue.self),
          returns: result
        ) { value -> LuaValue in
          if let text = value.text {
            guard let decimal = Decimal(text) else { throw Problem.notANumber(value) }
            return LuaValue(decimal)
          }
          guard let decimal = try rational(value).decimal else { throw Problem.notANumber(value) }
          return LuaValue(decimal)
        },
        HostFunction(
          "div", Bilingual("相除并舍入", "Divides and rounds."), number,
          Parameter("divisor", Bilingual("除数", "the divisor"), as: LuaValue.self), places,
          rounding, returns: result
        ) { number, divisor, places, rounding -> LuaValue in
          guard let quotient = try rational(number).divided(by: rational(divisor)) else {
            throw Problem(
              .inputInvalid, Words("不能除以零", "division by zero"),
              hint: Words(
                "先判断除数；比率可用 gongyue.stats.rate", "test the divisor first, or use gongyue.stats.rate"
              ))
          }
          return LuaValue(try quotient.rounded(places: places, Rounding(script: rounding)))
        },
        HostFunction(
          "round", Bilingual("舍入到几位小数", "Rounds to decimal places."), number, places, rounding,
          returns: result
        ) { number, places, rounding -> LuaValue in
          LuaValue(try rational(number).rounded(places: places, Rounding(script: rounding)))
        },
        HostFunction(
          "compare", Bilingual("比较大小：-1、0、1", "Compares: -1, 0, 1."), number,
          Parameter("other", Bilingual("另一个数", "the other number"), as: LuaValue.self),
          returns: Bilingual("小于 -1，等于 0，大于 1", "-1 less, 0 equal, 1 more")
        ) { number, other -> Int in
          let (left, right) = (try rational(number), try rational(other))
          return left < right ? -1 : left == right ? 0 : 1
        },
      ])
  }

  private static var list: Parameter<[LuaValue]> {
    Parameter("numbers", Bilingual("数的列表", "a list of numbers"))
  }

  private static var statistics: HostModule {
    HostModule(
      "stats", Bilingual("合计、比率、份额、中位数；全部精确", "Sums, rates, shares, medians; all exact."),
      functions: summaries + shares)
  }

  private static var summaries: [HostFunction] {
    let optional = Parameter<Int?>("places", Bilingual("小数位数，默认 2", "decimal places, 2 by default"))
    return [
      HostFunction(
        "sum", Bilingual("合计", "The sum."), list, returns: Bilingual("合计", "the sum")
      ) { list -> LuaValue in
        let total = try sum(list.map { try rational($0) })
        return try exact(total)
      },
      HostFunction(
        "mean", Bilingual("平均；空列表为 nil", "The average; nil of an empty list."), list, optional,
        returns: Bilingual("十进制数", "a decimal")
      ) { list, places -> LuaValue in
        guard !list.isEmpty else { return .nil }
        let total = try sum(list.map { try rational($0) })
        return LuaValue(
          try (total / Rational(list.count)).rounded(places: places ?? 2, .halfAway))
      },
      HostFunction(
        "median", Bilingual("中位数；空列表为 nil", "The median; nil of an empty list."), list, optional,
        returns: Bilingual("十进制数", "a decimal")
      ) { list, places -> LuaValue in
        let sorted = try sorted(list.map { try rational($0) }, by: <)
        guard !sorted.isEmpty else { return .nil }
        let middle = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        return LuaValue(try middle.rounded(places: places ?? 2, .halfAway))
      },
    ]
  }

  private static var shares: [HostFunction] {
    let optional = Parameter<Int?>("places", Bilingual("小数位数，默认 2", "decimal places, 2 by default"))
    return [
      HostFunction(
        "rate",
        Bilingual(
          "分子占分母的百分之几；分母为 0 则 nil（不适用）",
          "The numerator in percent of the denominator; nil when that is 0."),
        Parameter("numerator", Bilingual("分子", "the numerator"), as: LuaValue.self),
        Parameter("denominator", Bilingual("分母", "the denominator"), as: LuaValue.self), optional,
        returns: Bilingual("百分数", "percent")
      ) { numerator, denominator, places -> LuaValue in
        guard let rate = try rational(numerator).divided(by: rational(denominator)) else {
          return .nil
        }
        return LuaValue(try (rate * 100).rounded(places: places ?? 2, .halfAway))
      },
      HostFunction(
        "shares",
        Bilingual(
          "各数占合计的百分之几，合起来正好 100", "Each number's percent of the whole; together exactly 100."),
        list, optional, returns: Bilingual("百分数的列表；合计为 0 则 nil", "a list; nil when the sum is 0")
      ) { list, places -> LuaValue in try shares(list, places ?? 2) },
    ]
  }

  /// Largest remainders get what rounding down leaves over; the earlier of equal ones first.
  private static func shares(_ list: [LuaValue], _ places: Int) throws -> LuaValue {
    guard (0...Decimal.maximumPlaces).contains(places) else {
      throw Problem(
        .inputInvalid, Words("小数位数应在 0 与 9 之间", "places must be between 0 and 9"))
    }
    let numbers = try list.map { try rational($0) }
    let total = try sum(numbers)
    guard !numbers.contains(where: \.isNegative), !total.isZero else { return .nil }
    let unit = (0..<places).reduce(Int64(1)) { power, _ in power * 10 }
    let exact = try numbers.enumerated().map { index, number in
      if index & 255 == 0 { try RunningScript.check() }
      return number / total * Rational(100) * Rational(unit)
    }
    var units = try exact.enumerated().map { index, share in
      if index & 255 == 0 { try RunningScript.check() }
      let near = try share.rounded(places: 0, .halfAway).units
      return Rational(near) > share ? near - 1 : near
    }
    let order = try sorted(Array(exact.indices)) { left, right in
      let (one, other) = (
        exact[left] - Rational(units[left]), exact[right] - Rational(units[right])
      )
      return one == other ? left < right : one > other
    }
    let left = 100 * unit - units.reduce(0, +)
    for index in order.prefix(Int(left)) { units[index] += 1 }
    return .list(units.map { .decimal(units: $0, places: places) })
  }

  /// In order; looks after the run's time as it goes.
  private static func sorted<Element>(
    _ elements: [Element], by precedes: (Element, Element) -> Bool
  ) throws -> [Element] {
    var compared = 0
    return try elements.sorted { left, right in
      compared += 1
      if compared & 255 == 0 { try RunningScript.check() }
      return precedes(left, right)
    }
  }

  private static func sum(_ numbers: [Rational]) throws -> Rational {
    var total = Rational.zero
    for (index, number) in numbers.enumerated() {
      if index & 255 == 0 { try RunningScript.check() }
      total = try bounded(total + number)
    }
    return total
  }

  private static func rational(_ value: LuaValue) throws(Problem) -> Rational {
    guard let rational = value.rational else { throw .notANumber(value) }
    return rational
  }

  private static func bounded(_ number: Rational) throws(Problem) -> Rational {
    guard number.bitWidth <= mostBits else {
      throw Problem(.inputInvalid, Words("数太大", "the number is too large"))
    }
    return number
  }

  private static func exact(_ number: Rational) throws(Problem) -> LuaValue {
    guard let decimal = number.decimal else {
      throw Problem(.inputInvalid, Words("结果放不下", "the result does not fit"))
    }
    return decimal.places == 0 ? .integer(decimal.units) : LuaValue(decimal)
  }
}

extension Rounding {
  fileprivate init(script text: String?) throws(Problem) {
    guard let rounding = Rounding(rawValue: text ?? "half_away") else {
      throw Problem(
        .inputInvalid, Words("没有“\(text ?? "")”这种舍入", "there is no rounding '\(text ?? "")'"),
        hint: Words("可写 half_away 或 half_even", "write half_away or half_even"))
    }
    self = rounding
  }
}

extension Problem {
  fileprivate static func notANumber(_ value: LuaValue) -> Problem {
    let isMissing = value.object(as: ScriptComparison.self)?.isMissing ?? false
    let mark = value.object(as: FormulaMark.self)
    if isMissing || mark?.figure.number == nil && mark != nil {
      return noValue(mark?.figure.reason)
    }
    if case .object = value {
      return Problem(
        .inputInvalid, Words("\(value.named.chinese)不是数", "\(value.named.english) is no number"))
    }
    return Problem(
      .inputInvalid,
      Words("\(value.spelled) 不是可以精确计算的数", "\(value.spelled) is not an exact number"),
      hint: Words("写成 gongyue.decimal.of \"12.50\"", "write gongyue.decimal.of \"12.50\""))
  }

  private static func noValue(_ reason: Words?) -> Problem {
    let why = reason.map { Words("（\($0.chinese)）", " (\($0.english))") } ?? Words("", "")
    return Problem(
      .inputInvalid,
      Words(
        "有一个值缺了，不能计算\(why.chinese)", "a value is missing\(why.english): nothing can be computed"),
      hint: Words(
        "缺值不是 0：先用 :where { 字段 = gongyue.isnt(gongyue.missing) } 去掉，"
          + "或用 :sum(字段, { missing = \"skip\" }) 写明怎么算",
        "missing is not 0: leave it out with :where { field = gongyue.isnt(gongyue.missing) }, "
          + "or say what it counts with :sum(field, { missing = \"skip\" })"))
  }
}
