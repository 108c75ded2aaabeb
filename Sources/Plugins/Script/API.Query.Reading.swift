internal import Governance
internal import Lua

/// Aggregates, groups and records.
extension QueryAPI {
  private static var query: Parameter<ScriptQuery> {
    Parameter("query", Bilingual("查询", "the query"))
  }

  private static var field: Parameter<String> {
    Parameter("field", Bilingual("字段", "the field"))
  }

  /// What missing values count.
  private enum TotalOptions: OptionList {
    static let options = [
      Option(
        "missing", .choice(MissingRule.allCases.map(\.rawValue)),
        "缺值的怎么算：unknown 无法确定（默认），skip 略过，zero 当作 0",
        "what missing values count: unknown (default), skipped, or zero")
    ]
  }

  /// The same, and how an average is rounded.
  private enum AverageOptions: OptionList {
    static let options =
      TotalOptions.options + [
        Option(
          "places", .integer(0...Decimal.maximumPlaces), "小数位数，默认 2",
          "decimal places, 2 by default")
      ]
  }

  private static let optionsSummary = Bilingual("缺值怎么算", "what missing values count")

  var aggregates: [HostFunction] {
    [
      HostFunction(
        "count", Bilingual("有多少条", "How many there are."), Self.query,
        returns: Bilingual("条数", "the count")
      ) { query -> LuaValue in
        let count = try self.count(query.query, for: .counting)
        return self.told(count, of: query.query)
      },
      HostFunction(
        "exists", Bilingual("有没有", "Whether there is any."), Self.query,
        returns: Bilingual("有则 true", "true if there is")
      ) { query in
        var one = query.query
        one.limit = min(one.limit ?? 1, 1)
        try self.context.refuseIfRough(one)
        return try self.count(one, for: .showing) > 0
      },
      aggregate("sum", Bilingual("合计", "The sum of a field."), TotalOptions.self),
      aggregate(
        "avg", Bilingual("平均，四舍五入到 places 位（默认 2）", "The average, rounded to places (default 2)."),
        AverageOptions.self),
      aggregate("min", Bilingual("最小值；没有则 nil", "The smallest value, or nil."), TotalOptions.self),
      aggregate("max", Bilingual("最大值；没有则 nil", "The largest value, or nil."), TotalOptions.self),
      HostFunction(
        "group", Bilingual("按字段分组", "Groups by fields."), Self.query,
        Parameter("fields", Bilingual("一个或几个字段", "one or more fields"), as: Rest<String>.self),
        returns: Bilingual("分组的查询", "a grouped query")
      ) { query, fields in
        try self.group(query.query, fields.values)
      },
    ]
  }

  private func aggregate<List: OptionList>(
    _ name: String, _ summary: Bilingual, _ list: List.Type
  ) -> HostFunction {
    HostFunction(
      name, summary, Self.query, Self.field,
      Parameter("options", Self.optionsSummary, as: Options<List>.self),
      returns: Bilingual("结果", "the result")
    ) { query, field, options in
      try self.aggregate(name, query.query, field, options.table)
    }
  }

  private func count(_ query: Query, for use: Capabilities.Use) throws -> Int64 {
    let kind = try context.kind(query.kind)
    try context.capabilities.read(kind)
    let world = try context.require(Words("读取记录", "read records"))
    let guarded = try context.admitted(query, for: use)
    world.noteRead(guarded, .count)
    guard case .integer(let count)? = try world.aggregate(guarded, .count).value else { return 0 }
    return count
  }

  /// A count as the actor may know it: a small one of sensitive records is only "few".
  private func told(_ count: Int64, of query: Query) -> LuaValue {
    guard count < Reading.smallest,
      context.capabilities.isRough(query, kinds: context.kinds)
    else { return .integer(count) }
    return .object(HostObject(FormulaMark(.missing(.few))))
  }

  private func aggregate(
    _ name: String, _ query: Query, _ fieldName: String, _ options: OptionTable
  ) throws -> LuaValue {
    let field = try aggregated(name, query, fieldName)
    try context.refuseIfRough(query)
    let world = try context.require(Words("读取记录", "read records"))
    let guarded = try context.admitted(query, for: .showing, by: [field.key])
    let wanted = Self.aggregate(name, fieldName)
    world.noteRead(guarded, wanted)
    let result = try world.aggregate(guarded, wanted)
    let strategy = MissingRule(options)
    if let mark = strategy.mark(result, field) { return .object(HostObject(mark)) }
    switch name {
    case "sum": return Self.sum(result, field)
    case "avg":
      guard case .integer(let count)? = try world.aggregate(guarded, .count).value else {
        return .nil
      }
      return try Self.average(result, count, strategy, field, places: options["places"].int)
    default: return LuaValue(result.value)
    }
  }

  /// The field of an aggregate, readable and of a fitting type.
  private func aggregated(_ name: String, _ query: Query, _ fieldName: String) throws -> Field {
    let kind = try context.kind(query.kind)
    let field = try ConditionReader(kind: kind, context: context).field(fieldName)
    try context.capabilities.check(query, by: [field.key], kinds: context.kinds)
    let fits = ["sum", "avg"].contains(name) ? field.isNumber : field.isComparable
    guard fits else {
      throw Problem(
        .inputInvalid,
        Words(
          "“\(fieldName)”（\(field.label.chinese)）不能求 \(name)",
          "'\(fieldName)' (\(field.label.english)) has no \(name)"))
    }
    return field
  }

  private static func aggregate(_ name: String, _ field: String) -> Aggregate {
    switch name {
    case "min": .minimum(field)
    case "max": .maximum(field)
    default: .sum(field)
    }
  }

  /// Of nothing it is zero, in the field's own form.
  private static func sum(_ result: Aggregated, _ field: Field) -> LuaValue {
    if let value = result.value { return LuaValue(value) }
    if case .decimal(let places) = field.type { return .decimal(units: 0, places: places) }
    return .integer(0)
  }

  private static func average(
    _ result: Aggregated, _ count: Int64, _ strategy: MissingRule, _ field: Field, places: Int?
  ) throws -> LuaValue {
    let counted = strategy == .zero ? count : count - Int64(result.missing)
    guard counted > 0, let total = sum(result, field).rational else { return .nil }
    let average = total / Rational(counted)
    return LuaValue(try average.rounded(places: places ?? 2, .halfAway))
  }

  // MARK: Groups

  private func group(_ query: Query, _ fields: [String]) throws -> ScriptGrouping {
    let kind = try context.kind(query.kind)
    guard !fields.isEmpty else {
      throw Problem(.inputInvalid, Words("要写明按哪些字段分组", "say which fields to group by"))
    }
    let reader = ConditionReader(kind: kind, context: context)
    for name in fields { _ = try reader.field(name) }
    try context.capabilities.check(query, by: fields, kinds: context.kinds)
    return ScriptGrouping(query: query, fields: fields)
  }

  var groupings: [HostFunction] {
    let grouping = Parameter<ScriptGrouping>("grouping", Bilingual("分组", "the grouping"))
    let result = Bilingual("每组一行：分组字段和结果", "a row for each group: its fields and the result")
    let count = HostFunction(
      "count", Bilingual("每组多少条", "How many each group has."), grouping, returns: result
    ) { try self.rows($0, "count", nil, nil) }
    func aggregate<List: OptionList>(
      _ name: String, _ summary: Bilingual, _ list: List.Type
    ) -> HostFunction {
      let options = Parameter("options", Self.optionsSummary, as: Options<List>.self)
      return HostFunction(name, summary, grouping, Self.field, options, returns: result) {
        try self.rows($0, name, $1, $2.table)
      }
    }
    return [
      count,
      aggregate("sum", Bilingual("每组合计", "The sum of each group."), TotalOptions.self),
      aggregate("avg", Bilingual("每组平均", "The average of each group."), AverageOptions.self),
      aggregate("min", Bilingual("每组最小值", "The smallest of each group."), TotalOptions.self),
      aggregate("max", Bilingual("每组最大值", "The largest of each group."), TotalOptions.self),
    ]
  }

  private func rows(
    _ grouping: ScriptGrouping, _ name: String, _ fieldName: String?, _ options: OptionTable?
  ) throws -> LuaValue {
    let kind = try context.kind(grouping.query.kind)
    try context.capabilities.read(kind)
    let field = try fieldName.map { try aggregated(name, grouping.query, $0) }
    if field != nil { try context.refuseIfRough(grouping.query) }
    let world = try context.require(Words("读取记录", "read records"))
    let guarded = try context.admitted(
      grouping.query, for: field == nil ? .counting : .showing,
      by: grouping.fields + [fieldName].compactMap(\.self))
    let wanted = fieldName.map { Self.aggregate(name, $0) } ?? .count
    world.noteRead(guarded, wanted)
    let groups = try world.groups(guarded, by: grouping.fields, wanted)
    let strategy = MissingRule(options)
    context.groupings.insert(
      GroupColumns(kind: kind.id, fields: grouping.fields, aggregate: name, of: fieldName))
    let counts = name == "avg" ? try world.groups(guarded, by: grouping.fields, .count) : []
    return .list(
      try groups.enumerated().map { index, group in
        var row: [String: LuaValue] = [:]
        for (field, key) in zip(grouping.fields, group.keys) {
          row[field] = kind.anyField(field).map { LuaValue($0.fromGroup(key)) } ?? .nil
        }
        var value = LuaValue(group.value.value)
        if name == "count", case .integer(let count)? = group.value.value {
          value = told(count, of: grouping.query)
        }
        if let field {
          if let mark = strategy.mark(group.value, field) {
            value = .object(HostObject(mark))
          } else if name == "sum" {
            value = Self.sum(group.value, field)
          } else if name == "avg", case .integer(let count)? = counts[index].value.value {
            value = try Self.average(
              group.value, count, strategy, field, places: options?["places"].int)
          }
        }
        row[name] = value
        return .record(row)
      })
  }

  // MARK: Records

  var reading: [HostFunction] {
    [
      HostFunction(
        "first", Bilingual("第一条，没有则 nil", "The first record, or nil."), Self.query,
        returns: Bilingual("记录", "the record")
      ) { query -> ScriptRecord? in
        var one = query.query
        one.limit = min(one.limit ?? 1, 1)
        return try VisibleRows(one, self.context).records(most: 1).first
      },
      HostFunction(
        "list", Bilingual("全部取出，成一个列表", "All records as a list."), Self.query,
        returns: Bilingual("记录的列表", "a list of records")
      ) { query -> [LuaValue] in
        try VisibleRows(query.query, self.context).records(most: Self.mostListed)
          .map { .object(HostObject($0)) }
      },
      HostFunction(
        "each", Bilingual("逐条读取，内存不随条数增加", "Reads record by record, in constant memory."),
        Self.query,
        returns: Bilingual("用于 for … in", "for a for loop")
      ) { query in
        try VisibleRows(query.query, self.context).cursor()
      },
      HostFunction(
        "columns",
        Bilingual(
          "每个字段一个列表，缺值是 gongyue.missing",
          "A list for each field; gongyue.missing where there is no value."),
        Self.query,
        Parameter("fields", Bilingual("一个或几个字段", "one or more fields"), as: Rest<String>.self),
        returns: Bilingual("与字段同样多的列表", "as many lists as fields")
      ) { query, fields in
        let kind = try self.context.kind(query.query.kind)
        let reader = ConditionReader(kind: kind, context: self.context)
        for name in fields.values { _ = try reader.field(name) }
        let rows = try VisibleRows(query.query, self.context, only: fields.values)
        return LuaResults(
          try rows.columns(fields.values, most: Self.mostListed).map { .list($0) })
      },
    ]
  }

  var recordType: HostType {
    let record = Parameter<ScriptRecord>("record", Bilingual("记录", "the record"))
    return HostType(
      "record", Bilingual("取出的一条记录", "A record that was read."),
      methods: [
        HostFunction(
          "state",
          Bilingual(
            "字段的状态：present、zero_report、missing、not_applicable、pending",
            "The state of a field's value."),
          record, Self.field, returns: Bilingual("状态", "the state")
        ) { record, field in
          let reader = ConditionReader(kind: record.kind, context: self.context)
          let seen = try self.context.capabilities.read(
            reader.field(field), of: record.kind, for: .presence)
          let world = try self.context.require(Words("读取记录", "read records"))
          if seen != .masked, let state = try world.states(record.kind.id, id: record.id)[field] {
            return state.rawValue
          }
          return record.values[field] == nil ? "missing" : "present"
        },
        update,
      ],
      metamethods: [
        HostFunction(
          "__index", Bilingual("字段的值", "A field's value."), record,
          Parameter("field", Bilingual("字段", "the field"), as: String.self)
        ) { record, name -> LuaValue in
          if let value = record.values[name] { return value }
          return try VisibleRows.unreadable(name, record.kind, self.context)
        },
        HostFunction("__tostring", Bilingual("记录的代码", "The record's code."), record) { record in
          record.values["code"]?.text ?? "\(record.kind.id) \(record.id)"
        },
      ])
  }
}

extension Field {
  /// A group's key in the form scripts see.
  fileprivate func fromGroup(_ key: Value?) -> Value? {
    switch (type, key) {
    case (.boolean, .integer(let number)?): .boolean(number != 0)
    case (.decimal(let places), .integer(let number)?):
      .decimal(Decimal(units: number, places: places))
    default: key
    }
  }
}

/// What an aggregate makes of records without a value.
enum MissingRule: String, CaseIterable {
  case unknown, skip, zero

  init(_ options: OptionTable?) {
    self = options?["missing"].text.flatMap(Self.init(rawValue:)) ?? .unknown
  }

  /// "Cannot be determined", where a record that should have a value has none.
  func mark(_ result: Aggregated, _ field: Field) -> FormulaMark? {
    guard self == .unknown, result.missing > 0 else { return nil }
    return FormulaMark(
      .missing(
        Words(
          "\(result.missing) 条记录缺“\(field.label.chinese)”",
          "\(result.missing) records lack '\(field.label.english)'")))
  }
}
