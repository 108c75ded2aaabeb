internal import Governance
internal import Lua

/// `gongyue.calendar`: working days, deadlines, periods.
struct CalendarAPI {
  let context: ScriptContext

  var module: HostModule {
    HostModule(
      "calendar", Bilingual("工作日、时限、期间", "Working days, deadlines, periods."),
      functions: workdays + deadlines + moments + [period])
  }

  private static func day(_ name: String, _ chinese: String, _ english: String) -> Parameter<String>
  {
    Parameter(name, Bilingual(chinese, english))
  }

  private var workdays: [HostFunction] {
    [
      HostFunction(
        "add_workdays",
        Bilingual(
          "往后数若干个工作日（当日不计；负数往前）",
          "So many working days on, the first day not counted; negative goes back."),
        Self.day("day", "起始日", "the day to start from"),
        Parameter("count", Bilingual("几个工作日", "how many"), as: Int.self),
        Parameter(
          "counting_first", Bilingual("起始日是否计入", "whether the first day counts"), as: Bool?.self),
        returns: Bilingual("日期", "the day")
      ) { day, count, first -> String in
        try self.context.counted(
          self.context.calendar().addWorkdays(
            from: Day.parse(day), count: count, countingFirstDay: first ?? false))
      },
      HostFunction(
        "workdays_between",
        Bilingual("前一日之后、到后一日为止有几个工作日", "How many working days lie after one day up to another."),
        Self.day("from", "前一日（不计）", "the earlier day, not counted"),
        Self.day("to", "后一日（计入）", "the later day, counted"),
        returns: Bilingual("个数；后一日在前则为负", "the count; negative when it is earlier")
      ) { from, to -> Int in
        let calendar = try self.context.calendar()
        return try calendar.workdays(
          after: self.context.looked(at: Day.parse(from), in: calendar),
          through: self.context.looked(at: Day.parse(to), in: calendar))
      },
      HostFunction(
        "is_workday", Bilingual("是不是工作日", "Whether a day is worked."),
        Self.day("day", "日期", "the day"),
        returns: Bilingual("是则 true", "true if it is")
      ) { day -> Bool in
        let calendar = try self.context.calendar()
        return calendar.isWorkday(self.context.looked(at: try Day.parse(day), in: calendar))
      },
      HostFunction(
        "is_provisional",
        Bilingual("放假通知公布前是否可能变动", "Whether a notice to come may change the day."),
        Self.day("day", "日期", "the day"), returns: Bilingual("是则 true", "true if it may")
      ) { day -> Bool in try self.context.calendar().isProvisional(Day.parse(day)) },
      HostFunction(
        "holiday", Bilingual("当日的节日；没有则 nil", "The holiday on a day, or nil."),
        Self.day("day", "日期", "the day"),
        returns: Bilingual("名称", "its name")
      ) { day -> String? in try self.context.calendar().status(of: Day.parse(day)).holiday },
      HostFunction(
        "workdays", Bilingual("期间里的工作日", "The working days of a period."),
        Parameter("period", Bilingual("期间", "the period"), as: LuaValue.self),
        returns: Bilingual("日期的列表", "a list of days")
      ) { period -> [LuaValue] in
        let calendar = try self.context.calendar()
        let period = try ScriptPeriod.read(period)
        let found = try calendar.workdays(in: period)
        if found.isProvisional { _ = self.context.looked(at: period.last, in: calendar) }
        return found.days.map { .string($0.description) }
      },
      HostFunction(
        "workday",
        Bilingual("期间里的第几个工作日，-1 为最后一个", "A period's first, second … working day; -1 is the last."),
        Parameter("number", Bilingual("第几个", "which"), as: Int.self),
        Parameter("period", Bilingual("期间", "the period"), as: LuaValue.self),
        returns: Bilingual("日期", "the day")
      ) { number, period -> String in
        try self.context.counted(
          self.context.calendar().workday(number, of: ScriptPeriod.read(period)))
      },
    ]
  }

  private var deadlines: [HostFunction] {
    [
      HostFunction(
        "deadline", Bilingual("时限及其算法", "A deadline and how it was counted."),
        Self.day("day", "起始日", "the day to start from"),
        Parameter("count", Bilingual("数目", "how many"), as: Int.self),
        Parameter(
          "options", Bilingual("怎么数", "how it is counted"), as: Options<DeadlineOptions>.self),
        returns: Bilingual(
          "{ due, label, provisional, calendar }", "{ due, label, provisional, calendar }")
      ) { day, count, options -> [String: LuaValue] in
        try self.deadline(Day.parse(day), count, options.table)
      },
      HostFunction(
        "add_days", Bilingual("往后数若干天（自然日）", "So many days on."),
        Self.day("day", "起始日", "the day to start from"),
        Parameter("count", Bilingual("几天，负数往前", "how many; negative goes back"), as: Int.self),
        returns: Bilingual("日期", "the day")
      ) { day, count -> String in
        let start = try Day.parse(day)
        guard count.magnitude <= 4_000_000, (start + count).isWritable else {
          throw Problem(
            .inputInvalid, Words("推算后超出了1年至9999年", "this leaves the years 1 to 9999"))
        }
        return (start + count).description
      },
      HostFunction(
        "days_between", Bilingual("两日相差几天", "How many days one day is after another."),
        Self.day("from", "前一日", "the earlier day"), Self.day("to", "后一日", "the later day"),
        returns: Bilingual("天数", "the count")
      ) { from, to -> Int in try Day.parse(to) - Day.parse(from) },
      HostFunction(
        "weekday", Bilingual("星期几：1 为星期一，7 为星期日", "The weekday: 1 is Monday, 7 Sunday."),
        Self.day("day", "日期", "the day"), returns: Bilingual("1 到 7", "1 to 7")
      ) { day -> Int in try Day.parse(day).weekday.rawValue },
      HostFunction(
        "add_months",
        Bilingual(
          "往后数若干个月；月底不够则取当月最后一天", "So many months on; the month's last day where it is shorter."),
        Self.day("day", "起始日", "the day to start from"),
        Parameter("count", Bilingual("几个月", "how many"), as: Int.self),
        returns: Bilingual("日期", "the day")
      ) { day, count -> String in
        guard count.magnitude <= 120_000 else {
          throw Problem(.inputInvalid, Words("月数太大", "too many months"))
        }
        let moved = try Day.parse(day).adding(months: count)
        guard moved.isWritable else {
          throw Problem(
            .inputInvalid, Words("推算后超出了1年至9999年", "this leaves the years 1 to 9999"))
        }
        return moved.description
      },
    ]
  }

  private enum DeadlineOptions: OptionList {
    static let options = [
      Option(
        "unit", .choice(["workdays", "days"]), "数工作日（默认）还是自然日",
        "working days (default) or days"),
      Option("counting_first", .boolean, "起始日是否计入", "whether the first day counts"),
    ]
  }

  private func deadline(
    _ day: Day, _ count: Int, _ options: OptionTable
  ) throws -> [String: LuaValue] {
    let calendar = try context.calendar()
    let first = options["counting_first"].bool ?? false
    let deadline =
      options["unit"].text == "days"
      ? try calendar.addDays(from: day, count: count, countingFirstDay: first)
      : try calendar.addWorkdays(from: day, count: count, countingFirstDay: first)
    return [
      "due": .string(deadline.due.description),
      "label": .string(deadline.label.text(in: context.language)),
      "provisional": .boolean(deadline.isProvisional),
      "calendar": .string(deadline.calendarVersion),
    ]
  }

  private var moments: [HostFunction] {
    [
      HostFunction(
        "instant", Bilingual("某日（或“日 时:分”）的时刻", "The moment a day begins, or of a day and time."),
        Self.day("text", "日期，或 \"2026-05-12 09:30\"", "a date, or \"2026-05-12 09:30\""),
        returns: Bilingual("毫秒数，可与时刻字段比较", "milliseconds, comparable with moments")
      ) { text -> Int64 in
        if let day = Day(text) { return Instant(day).milliseconds }
        return try Instant.parse(text).milliseconds
      },
      HostFunction(
        "day", Bilingual("时刻所在的日期", "The day of a moment."),
        Parameter("instant", Bilingual("毫秒数", "milliseconds"), as: Int64.self),
        returns: Bilingual("日期", "the day")
      ) { instant -> String in try Self.moment(instant).day.description },
      HostFunction(
        "time",
        Bilingual("时刻的写法，如 2026-05-12 09:30", "A moment written out, such as 2026-05-12 09:30."),
        Parameter("instant", Bilingual("毫秒数", "milliseconds"), as: Int64.self),
        returns: Bilingual("文字", "text")
      ) { instant -> String in try Self.moment(instant).description },
    ]
  }

  private static func moment(_ milliseconds: Int64) throws -> Instant {
    let limit = Int64(400_000_000_000_000)
    guard (-limit...limit).contains(milliseconds) else {
      throw Problem(.inputInvalid, Words("这不是时刻", "this is no moment"))
    }
    let instant = Instant(milliseconds: milliseconds)
    guard instant.day.isWritable else {
      throw Problem(.inputInvalid, Words("超出了1年至9999年", "outside the years 1 to 9999"))
    }
    return instant
  }

  private var period: HostFunction {
    HostFunction(
      "period",
      Bilingual("期间；给日期和种类则为该日所在的期间", "A period; with a day and a kind, the one the day lies in."),
      Parameter(
        "text",
        Bilingual("如 \"2026-04\"、\"2026-Q2\"，或日期", "such as \"2026-04\", \"2026-Q2\", or a day"),
        as: LuaValue.self),
      Parameter(
        "kind",
        Bilingual(
          "day week ten_days month quarter half_year year",
          "day week ten_days month quarter half_year year"), as: String?.self),
      returns: Bilingual("期间", "the period")
    ) { value, kind -> ScriptPeriod in
      let period = try ScriptPeriod.read(value)
      guard let kind else { return ScriptPeriod(period) }
      return ScriptPeriod(.containing(period.last, try ScriptPeriod.kind(kind)))
    }
  }
}

extension ScriptPeriod {
  /// A period object, or its spelling.
  static func read(_ value: LuaValue) throws(Problem) -> Period {
    if let period = value.object(as: ScriptPeriod.self) { return period.period }
    if let text = value.text { return try Period.parse(text) }
    throw Problem(
      .periodInvalid,
      Words("这里要一个期间，得到的是 \(value.spelled)", "a period is needed here, found \(value.spelled)"),
      hint: Words("如 \"2026-04\"", "such as \"2026-04\""))
  }

  static func kind(_ text: String) throws(Problem) -> PeriodKind {
    if let kind = PeriodKind(rawValue: text) { return kind }
    let known = PeriodKind.allCases.map(\.rawValue)
    throw Problem(
      .periodInvalid, Words("没有“\(text)”这种期间", "there is no kind of period '\(text)'"),
      hint: Words("可写：\(known.joined(separator: "、"))", "one of: \(known.joined(separator: ", "))"))
  }
}

/// Methods and fields of a period.
struct PeriodAPI {
  let context: ScriptContext

  private var period: Parameter<ScriptPeriod> {
    Parameter("period", Bilingual("期间", "the period"))
  }

  static let mostTrailing = 1000

  var type: HostType {
    HostType(
      "period",
      Bilingual(
        "期间；字段：from、to、text、label、kind、days", "A period; fields: from, to, text, label, kind, days."
      ),
      methods: moving + [
        HostFunction(
          "contains", Bilingual("日期在不在里面", "Whether a day lies in it."), period,
          Parameter("day", Bilingual("日期", "the day"), as: String.self),
          returns: Bilingual("在则 true", "true if it does")
        ) { period, day -> Bool in try period.period.contains(Day.parse(day)) },
        HostFunction(
          "parts", Bilingual("里面的较小期间", "The smaller periods in it."), period,
          Parameter("kind", Bilingual("如 month", "such as month"), as: String.self),
          returns: Bilingual("期间的列表", "a list of periods")
        ) { period, kind -> [LuaValue] in
          guard period.period.length <= 40_000 else {
            throw Problem(.periodInvalid, Words("期间太长", "the period is too long"))
          }
          return try period.period.subperiods(ScriptPeriod.kind(kind)).map(Self.object)
        },
      ], metamethods: meta)
  }

  private static func object(_ period: Period) -> LuaValue {
    .object(HostObject(ScriptPeriod(period)))
  }

  private var moving: [HostFunction] {
    let result = Bilingual("期间", "the period")
    return [
      HostFunction("previous", Bilingual("前一个", "The one before."), period, returns: result) {
        ScriptPeriod(try $0.period.previous)
      },
      HostFunction("next", Bilingual("后一个", "The one after."), period, returns: result) {
        ScriptPeriod(try $0.period.next)
      },
      HostFunction(
        "offset", Bilingual("往后第几个，负数往前", "So many on; negative goes back."), period,
        Parameter("count", Bilingual("几个", "how many"), as: Int.self), returns: result
      ) { ScriptPeriod(try $0.period.offset(by: $1)) },
      HostFunction(
        "last_year", Bilingual("上年同期", "The same a year earlier."), period, returns: result
      ) { ScriptPeriod(try $0.period.samePeriodLastYear) },
      HostFunction(
        "year_to_date", Bilingual("当年1月1日至本期末", "From 1 January to its last day."), period,
        returns: result
      ) { ScriptPeriod($0.period.yearToDate) },
      HostFunction(
        "trailing", Bilingual("到本期为止的若干期", "So many periods that end with this one."), period,
        Parameter("count", Bilingual("几期", "how many"), as: Int.self),
        returns: Bilingual("期间的列表，从早到晚", "a list, the oldest first")
      ) { period, count -> [LuaValue] in
        guard count <= Self.mostTrailing else {
          throw Problem(.periodInvalid, Words("期数太多", "too many periods"))
        }
        return try period.period.trailing(count).map(Self.object)
      },
    ]
  }

  private var meta: [HostFunction] {
    let other = Parameter<LuaValue>("other", Bilingual("另一个", "the other"))
    return [
      HostFunction(
        "__index", Bilingual("期间的字段", "A period's field."), period,
        Parameter("name", Bilingual("字段", "the field"), as: String.self)
      ) { period, name -> LuaValue in try self.field(name, of: period.period) },
      HostFunction("__tostring", Bilingual("写法", "Its spelling."), period) {
        $0.period.description
      },
      HostFunction(
        "__concat", Bilingual("连接文字", "Joins texts."),
        Parameter("left", Bilingual("左", "left"), as: LuaValue.self), other
      ) { left, right -> String in try Self.text(left) + Self.text(right) },
      HostFunction("__eq", Bilingual("是否同一期间", "Whether they are the same."), period, other) {
        $0.period == $1.object(as: ScriptPeriod.self)?.period
      },
      HostFunction("__lt", Bilingual("是否更早", "Whether it is earlier."), period, other) {
        try $0.period < ScriptPeriod.read($1)
      },
      HostFunction("__le", Bilingual("是否不晚", "Whether it is not later."), period, other) {
        try $0.period <= ScriptPeriod.read($1)
      },
    ]
  }

  private static func text(_ value: LuaValue) throws(Problem) -> String {
    if let period = value.object(as: ScriptPeriod.self) { return period.period.description }
    switch value {
    case .string(let text): return text
    case .integer(let number): return String(number)
    default:
      throw Problem(
        .inputInvalid,
        Words("期间不能和 \(value.spelled) 连接", "a period cannot be joined with \(value.spelled)"))
    }
  }

  private func field(_ name: String, of period: Period) throws(Problem) -> LuaValue {
    switch name {
    case "from": return .string(period.first.description)
    case "to": return .string(period.last.description)
    case "text": return .string(period.description)
    case "label": return .string(period.label.text(in: context.language))
    case "kind": return .string(period.kind?.rawValue ?? "custom")
    case "days": return .integer(Int64(period.length))
    default:
      let known = ["from", "to", "text", "label", "kind", "days", "previous", "next", "contains"]
      let near = nearest(to: name, in: known)
      throw Problem(
        .fieldUnknown, Words("期间没有“\(name)”", "a period has no '\(name)'"),
        hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") })
    }
  }
}
