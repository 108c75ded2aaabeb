import Governance
import Lua
import Testing

@testable import Plugins

/// Four cases of two communities, some sessions and posts.
private func street() -> SmallWorld {
  let world = SmallWorld()
  func at(_ text: String) -> Value { .instant(Instant(text)!) }
  for (unit, kind, state, reported, due, resolved) in [
    (
      "sll-01", "facility_damage", "resolved", "2026-04-01 09:00", "2026-04-08 18:00",
      "2026-04-07 10:00"
    ),
    ("sll-01", "safety_hazard", "handling", "2026-04-30 23:30", "2026-05-08 18:00", nil),
    (
      "sll-02", "facility_damage", "resolved", "2026-05-01 00:10", "2026-05-11 18:00",
      "2026-05-12 08:00"
    ),
    ("sll-02", "new_pregnancy", "accepted", "2026-04-10 10:00", "2026-04-20 18:00", nil),
    ("sll-09", "facility_damage", "accepted", "2026-04-10 10:00", "2026-04-20 18:00", nil),
  ] as [(String, String, String, String, String, String?)] {
    var values: [String: Value] = [
      "kind": .text(kind), "state": .text(state), "reported": at(reported), "resolve_due": at(due),
      "danger": .boolean(kind == "safety_hazard"), "extended": .integer(1),
      "channel": .text("head"),
      "reporter": .text("张三丰"),
    ]
    values["resolved"] = resolved.map(at)
    world.add("case", UnitID(unit), values)
  }
  world.add(
    "merit",
    [
      "title": .text("甲"), "day": .day(Day("2026-04-02")!),
      "points": .decimal(Decimal(units: 15, places: 1)),
    ])
  world.add(
    "merit",
    [
      "title": .text("乙"), "day": .day(Day("2026-04-09")!),
      "points": .decimal(Decimal(units: 5, places: 1)), "approved": .day(Day("2026-04-10")!),
    ])
  world.add(
    "session",
    [
      "held": .day(Day("2026-04-15")!), "seats_filled": .integer(10), "quorate": .boolean(true),
      "subject": .text("甲"), "votes_for": .integer(7),
    ])
  world.add(
    "session", "sll-02",
    [
      "held": .day(Day("2026-04-20")!), "seats_filled": .integer(9), "quorate": .boolean(false),
      "subject": .text("乙"),
    ])
  world.add(
    "post",
    [
      "role": .text("head"), "name": .text("李四"), "from": .day(Day("2026-01-01")!),
      "to": .day(Day("2026-04-30")!), "building": .integer(1),
    ])
  world.add(
    "post",
    [
      "role": .text("head"), "name": .text("王五"), "from": .day(Day("2026-02-01")!),
      "building": .integer(2),
    ])
  world.add("building", ["name": .text("3号楼"), "number": .integer(3), "form": .text("block")])
  world.add("building", ["name": .text("4号楼"), "number": .integer(4), "form": .text("block")])
  world.add("building", ["name": .text("5号楼"), "number": .integer(5), "form": .text("block")])
  return world
}

struct QueryTests {
  @Test(arguments: [
    ("gongyue.cases:count()", "3"),
    (#"gongyue.cases:where{ kind = "facility_damage" }:count()"#, "2"),
    (#"gongyue.cases:where{ kind = "公共设施损坏" }:count()"#, "2"),
    (#"gongyue.cases:where{ kind = gongyue.any{ "facility_damage", "安全隐患" } }:count()"#, "3"),
    (#"gongyue.cases:where{ state = gongyue.isnt "resolved" }:count()"#, "1"),
    (#"gongyue.cases:where{ resolved = gongyue.missing }:count()"#, "1"),
    (#"gongyue.cases:where{ resolved = gongyue.isnt(gongyue.missing) }:count()"#, "2"),
    (
      #"gongyue.cases:where{ resolved = gongyue.at_most(gongyue.field "resolve_due") }:count()"#,
      "1"
    ),
    (#"gongyue.cases:where{ reported = gongyue.calendar.period "2026-04" }:count()"#, "2"),
    (#"gongyue.cases:where{ reported = "2026-04-30" }:count()"#, "1"),
    (#"gongyue.cases:where{ reported = gongyue.at_most "2026-04-30" }:count()"#, "2"),
    (#"gongyue.cases:where{ reported = gongyue.less "2026-04-30" }:count()"#, "1"),
    (#"gongyue.cases:where{ reported = gongyue.more "2026-04-30" }:count()"#, "1"),
    (
      #"gongyue.cases:where{ reported = gongyue.between("2026-04-30", "2026-05-01") }:count()"#, "2"
    ),
    (#"gongyue.cases:where{ danger = true }:count()"#, "1"),
    (#"gongyue.cases:except{ kind = "facility_damage", state = "resolved" }:count()"#, "1"),
    (#"gongyue.cases:where{ unit = "sll-02" }:count()"#, "1"),
    (#"gongyue.posts:in_force("2026-04-29"):count()"#, "2"),
    (#"gongyue.posts:in_force("2026-04-30"):count()"#, "1"),
    (
      #"gongyue.buildings:having(gongyue.posts:in_force "2026-05-01", { id = "building" }):count()"#,
      "1"
    ),
    (#"gongyue.buildings:lacking(gongyue.posts, { id = "building" }):count()"#, "1"),
    (#"gongyue.cases:having(gongyue.sessions, { "unit" }):count()"#, "3"),
    (#"gongyue.merits:sum "points""#, "2.0"),
    (#"gongyue.merits:where{ points = gongyue.at_least(1) }:count()"#, "1"),
    (#"gongyue.merits:where{ points = gongyue.decimal.of "1.5" }:count()"#, "1"),
    (#"gongyue.merits:where{ title = "丙" }:sum "points""#, "0.0"),
    (#"gongyue.sessions:sum "seats_filled""#, "19"),
    (#"gongyue.sessions:avg "seats_filled""#, "9.50"),
    (#"gongyue.sessions:min "held""#, "2026-04-15"),
    (#"gongyue.sessions:where{ subject = "丙" }:min "held""#, "nil"),
    (
      #"gongyue.sessions:exists(), gongyue.sessions:where{ subject = "丙" }:exists()"#, "true\tfalse"
    ),
    (#"gongyue.sessions:sum "votes_for""#, "1 条记录缺“赞成”"),
    (#"gongyue.sessions:sum "votes_for" + 3"#, "1 条记录缺“赞成”"),
    (#"gongyue.sessions:sum("votes_for", { missing = "skip" })"#, "7"),
    (#"gongyue.sessions:avg("votes_for", { missing = "zero", places = 1 })"#, "3.5"),
    (#"gongyue.sessions:order("held", "desc"):first().held"#, "2026-04-20"),
    (#"gongyue.sessions:first().quorate"#, "true"),
    (#"gongyue.sessions:limit(0):first()"#, "nil"),
    (#"gongyue.merits:first().points + 1"#, "2.5"),
    (#"gongyue.merits:first().approved"#, "nil"),
    (#"gongyue.merits:first():state "approved""#, "missing"),
    (#"#gongyue.sessions:list()"#, "2"),
    (#"tostring(gongyue.sessions)"#, "query sessions"),
  ])
  func `Queries give what they say`(expression: String, expected: String) throws {
    let running = Running(street())
    #expect(try running.prints("print(\(expression))") == [expected])
    #expect(running.world.openRows == 0)
  }

  @Test func `Each reads rows in order and columns gives lists`() throws {
    let running = Running(street())
    #expect(
      try running.prints(
        """
        for session in gongyue.sessions:order("held"):each() do print(session.unit, session.held, session.votes_for) end
        local held, votes = gongyue.sessions:columns("held", "votes_for")
        print(held[1], votes[2] == gongyue.missing, #votes)
        """) == ["sll-01\t2026-04-15\t7", "sll-02\t2026-04-20\tnil", "2026-04-15\ttrue\t2"])
  }

  @Test func `A live row knows the same states as a copy`() throws {
    let world = street()
    world.add(
      "session", "sll-03", ["held": .day(Day("2026-05-06")!)],
      states: ["minutes_due": .pending, "votes_for": .notApplicable, "abstained": .zeroReport])
    let fields = #"{ "minutes_due", "votes_for", "abstained", "held", "quorate" }"#
    let expected = ["pending", "not_applicable", "zero_report", "present", "missing"]
    #expect(
      try Running(world).prints(
        """
        for row in gongyue.sessions:where { unit = "sll-03" }:each() do
          for _, field in ipairs \(fields) do print(row:state(field)) end
        end
        local copy = gongyue.sessions:where { unit = "sll-03" }:first()
        for _, field in ipairs \(fields) do print(copy:state(field)) end
        """) == expected + expected)
  }

  @Test func `Groups come as rows`() throws {
    #expect(
      try Running(street()).prints(
        """
        for _, row in ipairs(gongyue.cases:group("kind"):count()) do print(row.kind, row.count) end
        for _, row in ipairs(gongyue.sessions:group("quorate"):sum "seats_filled") do print(row.quorate, row.sum) end
        for _, row in ipairs(gongyue.sessions:group("unit"):avg "seats_filled") do print(row.unit, row.avg) end
        """) == [
          "facility_damage\t2", "safety_hazard\t1", "false\t9", "true\t10", "sll-01\t10.00",
          "sll-02\t9.00",
        ])
  }

  @Test func `A query never changes`() throws {
    #expect(
      try Running(street()).prints(
        "local all = gongyue.cases; all:where{ danger = true }; all:limit(1); print(all:count())")
        == ["3"])
  }

  @Test(arguments: [
    ("gongyue.cases:where{ stat = 1 }", "field.unknown", "“cases”（事项）没有“stat”这一项", "是不是想写“state”？"),
    (
      #"gongyue.cases:where{ state = "resolve" }"#, "input.invalid", "“state”（状态）没有“resolve”这一项",
      "是不是想写“resolved”？"
    ),
    (
      #"gongyue.cases:where{ danger = 1 }"#, "input.invalid", "“danger”（危险）应为true 或 false，这里是 1",
      nil
    ),
    (
      #"gongyue.merits:where{ day = "2026-02-30" }"#, "input.invalid",
      "“day”（日期）应为日期，如 \"2026-05-12\"，这里是 “2026-02-30”", nil
    ),
    (
      #"gongyue.merits:where{ points = 1.55 }"#, "input.invalid", "“points”（分值）应为最多1位小数的数，这里是 1.55",
      nil
    ),
    (
      #"gongyue.cases:where{ state = { "a" } }"#, "input.invalid", "“state”不能直接等于一个表",
      "多选一请写 state = gongyue.any { … }"
    ),
    (
      #"gongyue.cases:where{ state = gongyue.less "a" }"#, "input.invalid",
      "“state”（状态）没有大小先后，不能这样比较", nil
    ),
    (
      #"gongyue.cases:where{ reported = gongyue.at_most(gongyue.field "red_on") }"#,
      "input.invalid", "“reported”和“red_on”类型不同，不能比较", nil
    ),
    (
      #"gongyue.cases:where{ unit = "sll-09" }"#, "denied", "街道办（office）看不到 sll-09 的资料",
      "只能查看本社区的资料"
    ),
    (#"gongyue.cases:in_force "2026-01-01""#, "input.invalid", "“cases”（事项）没有起止日期", nil),
    (#"gongyue.cases:sum "state""#, "input.invalid", "“state”（状态）不能求 sum", nil),
    (#"gongyue.cases:order("reported", "down")"#, "input.invalid", "排序方向只有 asc 和 desc", nil),
    (
      #"gongyue.cases:having(gongyue.posts, { id = "building" })"#, "input.invalid",
      "“id”（编号）和“building”（楼栋）不会相等", nil
    ),
    (
      #"print(gongyue.sessions:first().hold)"#, "field.unknown", "“sessions”（议事会会议）没有“hold”这一项",
      "是不是想写“held”？"
    ),
    (
      #"for s in gongyue.sessions:each() do print(s.hold) end"#, "field.unknown",
      "“sessions”（议事会会议）没有“hold”这一项", "是不是想写“held”？"
    ),
    (
      #"gongyue.sessions:sum("votes_for", { missing = "none" })"#, "input.invalid",
      "选项“missing”应为\"unknown\"、\"skip\"、\"zero\"，这里是 “none”", "如 missing = \"unknown\""
    ),
    (
      #"gongyue.visit_plans:where{ month = "2026-13" }"#, "period.invalid",
      "没有“2026-13”这个期间：一年只有1月至12月",
      "可写：日 2026-05-12，周 2026-W20，旬 2026-05-X2，月 2026-05，季度 2026-Q2，半年 2026-H1，年 2026，起止日 2026-04-01/2026-04-20；也可写 2026年5月、2026年5月12日"
    ),
  ])
  func `A mistake names field, value and what was meant`(
    source: String, code: String, message: String, hint: String?
  ) throws {
    let running = Running(street())
    let problem = try #require(running.refusal(source))
    #expect(problem.code.rawValue == code)
    #expect(problem.message.chinese == message)
    #expect(problem.hint?.chinese == hint)
    #expect(problem.place?.description == "test.lua:1")
    running.interpreter.closeCursors()
    #expect(running.world.openRows == 0)
  }

  @Test func `A script may catch a mistake and read it`() throws {
    #expect(
      try Running(street()).prints(
        "local ok, why = pcall(function() return gongyue.cases:where{ stat = 1 } end) print(ok, why)"
      ).first?.contains("“cases”（事项）没有“stat”这一项（是不是想写“state”？）") == true)
  }
}

struct WritingTests {
  @Test func `A command files and changes records`() throws {
    let running = Running(street())
    #expect(
      try running.prints(
        """
        local id = gongyue.merits:create { unit = "sll-01", title = "丙", day = "2026-05-01", points = 2 }
        local merit = gongyue.merits:where { title = "丙" }:first()
        print(id, merit.points)
        merit:update({ points = gongyue.decimal.of "2.5", approved = "2026-05-02" }, "街道批准")
        print(gongyue.merits:where { title = "丙" }:first().points)
        """) == ["3\t2.0", "2.5"])
    #expect(running.world.lines == ["update merit 3: 街道批准"])
  }

  @Test(arguments: [
    (#"gongyue.merits:create { unit = "sll-01", title = "丙" }"#, "缺少“day”（日期）、“points”（分值）"),
    (#"gongyue.merits:create { title = "丙", day = "2026-05-01", points = 2 }"#, "缺少 unit（所属单位）"),
    (
      #"gongyue.merits:create { unit = "sll-09", title = "丙", day = "2026-05-01", points = 2 }"#,
      "街道办（office）看不到 sll-09 的资料"
    ),
    (#"gongyue.merits:first():update({ title = "丁" }, " ")"#, "修改记录要写明理由"),
    (#"gongyue.merits:first():update({ unit = "sll-02" }, "搬家")"#, "“unit”不能修改"),
  ])
  func `What cannot be filed is refused`(source: String, message: String) {
    #expect(Running(street()).refusal(source)?.message.chinese == message)
  }
}
