internal import Governance
internal import Lua

/// What a script can do with `gongyue.cases` and every query made from it.
struct QueryAPI {
  let context: ScriptContext

  static let mostListed = 100_000

  var types: [HostType] {
    [
      HostType(
        "query", Bilingual("查询：一类记录里的一部分，不会改变", "Some records of a kind; never changes."),
        methods: composing + aggregates + reading + writing, metamethods: [display]),
      HostType(
        "grouping", Bilingual("按字段分组的查询", "A query grouped by fields."), methods: groupings),
      recordType,
    ]
  }

  private var composing: [HostFunction] {
    [
      HostFunction(
        "where", Bilingual("只留下符合全部条件的", "Keeps the records that meet every condition."),
        Self.query,
        Parameter("conditions", Bilingual("字段 = 值", "field = value"), as: LuaValue.self),
        returns: Bilingual("新的查询", "a new query")
      ) { query, table in
        try self.filter(query.query, table) { .all($0) }
      },
      HostFunction(
        "except", Bilingual("去掉符合全部条件的", "Leaves out the records that meet every condition."),
        Self.query,
        Parameter("conditions", Bilingual("字段 = 值", "field = value"), as: LuaValue.self),
        returns: Bilingual("新的查询", "a new query")
      ) { query, table in
        try self.filter(query.query, table) { .not(.all($0)) }
      },
      HostFunction(
        "order", Bilingual("按字段排序", "Orders by a field."), Self.query,
        Parameter("field", Bilingual("字段", "the field"), as: String.self),
        Parameter(
          "direction", Bilingual("asc 升序（默认）或 desc 降序", "asc (default) or desc"), as: String?.self),
        returns: Bilingual("新的查询", "a new query")
      ) { query, field, direction in
        try self.order(query.query, field, direction ?? "asc")
      },
      HostFunction(
        "limit", Bilingual("最多取多少条", "Takes at most so many."), Self.query,
        Parameter("count", Bilingual("条数", "how many"), as: Int.self),
        returns: Bilingual("新的查询", "a new query")
      ) { query, count in
        guard count >= 0 else {
          throw Problem(.inputInvalid, Words("条数不能是负数", "the count cannot be negative"))
        }
        var copy = query.query
        copy.limit = min(count, copy.limit ?? count)
        return ScriptQuery(copy)
      },
      HostFunction(
        "in_force", Bilingual("某日有效的（起 ≤ 日 < 止）", "Those in force on a day (from ≤ day < to)."),
        Self.query,
        Parameter("day", Bilingual("日期", "the day"), as: String.self),
        returns: Bilingual("新的查询", "a new query")
      ) { query, day in
        try self.inForce(query.query, day)
      },
      HostFunction(
        "having", Bilingual("在另一查询里有对应记录的", "Those with a matching record in another query."),
        Self.query,
        Parameter("other", Bilingual("另一查询", "the other query"), as: ScriptQuery.self),
        Parameter(
          "pairs",
          Bilingual(
            "{ 本查询字段 = \"对方字段\" } 或同名字段的列表",
            "{ own field = \"its field\" }, or a list of fields named alike"), as: LuaValue.self),
        returns: Bilingual("新的查询", "a new query")
      ) { query, other, pairs in
        try self.context.composed(
          query.query.filtered(by: self.match(query.query, other.query, pairs)))
      },
      HostFunction(
        "lacking", Bilingual("在另一查询里没有对应记录的", "Those without a matching record in another query."),
        Self.query,
        Parameter("other", Bilingual("另一查询", "the other query"), as: ScriptQuery.self),
        Parameter(
          "pairs",
          Bilingual(
            "{ 本查询字段 = \"对方字段\" } 或同名字段的列表",
            "{ own field = \"its field\" }, or a list of fields named alike"), as: LuaValue.self),
        returns: Bilingual("新的查询", "a new query")
      ) { query, other, pairs in
        try self.context.composed(
          query.query.filtered(by: .not(self.match(query.query, other.query, pairs))))
      },
    ]
  }

  private static var query: Parameter<ScriptQuery> {
    Parameter("query", Bilingual("查询", "the query"))
  }

  private var display: HostFunction {
    HostFunction("__tostring", Bilingual("查询的名称", "The query's name."), Self.query) { query in
      let kind = try self.context.kind(query.query.kind)
      return "query \(kind.collection)"
    }
  }

  private func filter(
    _ query: Query, _ table: LuaValue, _ make: ([Condition]) -> Condition
  ) throws -> ScriptQuery {
    let reader = ConditionReader(kind: try context.kind(query.kind), context: context)
    return try context.composed(query.filtered(by: make(reader.conditions(table))))
  }

  private func order(_ query: Query, _ name: String, _ direction: String) throws -> ScriptQuery {
    guard ["asc", "desc"].contains(direction) else {
      throw Problem(
        .inputInvalid, Words("排序方向只有 asc 和 desc", "the direction is asc or desc"))
    }
    let kind = try context.kind(query.kind)
    let field = try ConditionReader(kind: kind, context: context).field(name)
    var copy = query
    copy.order.append(Query.Order(field.key, ascending: direction == "asc"))
    return try context.composed(copy)
  }

  private func inForce(_ query: Query, _ text: String) throws -> ScriptQuery {
    let kind = try context.kind(query.kind)
    guard kind.validity != nil else {
      throw Problem(
        .inputInvalid,
        Words(
          "“\(kind.collection)”（\(kind.label.chinese)）没有起止日期",
          "'\(kind.collection)' (\(kind.label.english)) has no dates of validity"))
    }
    return try context.composed(query.filtered(by: .inForce(on: Day.parse(text))))
  }

  private func match(_ outer: Query, _ inner: Query, _ pairs: LuaValue) throws -> Condition {
    let outerReader = ConditionReader(kind: try context.kind(outer.kind), context: context)
    let innerReader = ConditionReader(kind: try context.kind(inner.kind), context: context)
    var names: [(String, String)] = []
    for (key, value) in (pairs.fields ?? [:]).sorted(by: { $0.key < $1.key }) {
      names.append((key, value.text ?? ""))
    }
    for item in pairs.items ?? [] { names.append((item.text ?? "", item.text ?? "")) }
    guard !names.isEmpty else {
      throw Problem(
        .inputInvalid, Words("要写明哪些字段对应", "say which fields correspond"),
        hint: Words("如 { id = \"building\" }", "such as { id = \"building\" }"))
    }
    let matched = try names.map { outerName, innerName in
      let (left, right) = (try outerReader.field(outerName), try innerReader.field(innerName))
      guard left.canMatch(right, outerReader.kind, innerReader.kind) else {
        throw Problem.cannotMatch(left, right)
      }
      return Condition.FieldPair(outer: outerName, inner: innerName)
    }
    return .matched(inner, on: matched)
  }
}

extension Field {
  /// Whether values of the two fields can be equal at all: an id equals a reference to its kind.
  fileprivate func canMatch(_ other: Field, _ kind: Kind, _ otherKind: Kind) -> Bool {
    switch (target(in: kind), other.target(in: otherKind)) {
    case (let left?, let right?): left == right
    case (nil, nil): family == other.family
    default: false
    }
  }

  /// The kind whose ids it holds.
  private func target(in kind: Kind) -> String? {
    if key == "id" { return kind.id }
    if case .reference(let target) = type { return target }
    return nil
  }
}

extension Problem {
  fileprivate static func cannotMatch(_ left: Field, _ right: Field) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(left.key)”（\(left.label.chinese)）和“\(right.key)”（\(right.label.chinese)）不会相等",
        "'\(left.key)' (\(left.label.english)) and '\(right.key)' (\(right.label.english)) "
          + "can never be equal"))
  }
}
