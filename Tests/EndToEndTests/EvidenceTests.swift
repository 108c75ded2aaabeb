import Governance
import Testing

/// Every number of a proof says which records it came from.
@Suite struct EvidenceTests {
  private static let formula = "community-assessment"

  @Test func `Numerators and denominators name their records; constants are those of checklists`()
    throws
  {
    let workspace = try Workspace()
    let data = try workspace.run("assess", Self.formula, "2026-04", "--json").data(of: "assess")
    for unit in try #require(data["units"]?.elements) {
      let proof = try Explanation(try #require(unit["explanation"]))
      for indicator in proof.all(.indicator) {
        let sides = indicator.all(.input).filter { ["numerator", "denominator"].contains($0.id) }
        let isChecklist = sides.first?.children.isEmpty == false
        for side in sides where !(isChecklist && side.id == "denominator") {
          for leaf in side.leaves {
            #expect(!leaf.records.isEmpty, "\(unit["unit"]?.text ?? "") \(indicator.id) \(leaf.id)")
            for reading in leaf.records where reading.count > 0 {
              #expect(!reading.codes.isEmpty && !reading.key.isEmpty)
            }
          }
        }
      }
      let attended = try #require(proof.first(.indicator, "attendance"))
      let seats = attended.all(.input).first { $0.id == "denominator" }
      if let seats { #expect(seats.records.map(\.query.chinese).joined().hasPrefix("议事会会议")) }
    }
  }

  @Test func `The six conditions are six children, each met or not, with its records`() throws {
    let workspace = try Workspace()
    let data = try workspace.run("assess", Self.formula, "2026-04", "--json").data(of: "assess")
    var notMet = 0
    for unit in try #require(data["units"]?.elements) {
      let proof = try Explanation(try #require(unit["explanation"]))
      let mechanism = try #require(proof.first(.indicator, "mechanism"))
      let met = try #require(mechanism.all(.input).first { $0.id == "numerator" })
      #expect(met.children.count == 6 && met.children.allSatisfy { !$0.records.isEmpty })
      let notes = met.children.flatMap(\.notes).map(\.chinese)
      #expect(notes.count == 6 && notes.allSatisfy { ["具备", "不具备"].contains($0) })
      #expect(met.value == .present(Rational(notes.count { $0 == "具备" })))
      #expect(try met.recomputed() == met.value)
      notMet += notes.count { $0 == "不具备" }
    }
    let text = try workspace.run(
      "assess", Self.formula, "2026-04", "--unit", "十字街", "--explain", "--depth", "4"
    ).output
    #expect(text.contains("议事会至少八席在任") && text.contains("1  具备；"), "\(text)")
    let english = try workspace.run(
      "assess", Self.formula, "2026-04", "--unit", "sll-02", "--explain", "--depth", "4", "--lang",
      "en"
    ).output
    #expect(english.contains("1  met; "), "\(english)")
  }
}

/// What a formula leaves behind for one community must not reach the next.
@Suite struct FormulaStateTests {
  @Test func `A formula that assigns a global is stopped at its line, in either language`() throws {
    let workspace = try Workspace()
    try workspace.add(
      "counter",
      """
      local gongyue = require "gongyue"
      limit = 100
      local function number(s)
        if s.unit == "sll-01" then return limit end
        seen = (seen or 0) + 1
        return seen
      end
      return { gongyue.formula { id = "counter", title = "数", value = number } }
      """)
    let outcome = try workspace.run("assess", "counter", "2026-04")
    outcome.expect(.scriptError, "公式里不能给全局变量“seen”赋值")
    #expect(
      outcome.errors.contains("  --> plugins/street/counter/init.lua:5\n"), "\(outcome.errors)")
    #expect(outcome.errors.contains("前面加 local：local seen = …"), "\(outcome.errors)")
    try workspace.run("assess", "counter", "2026-04", "--lang", "en")
      .expect(.scriptError, "a formula cannot assign the global 'seen'")
  }

  @Test func `A formula cannot go by the addresses of its keys`() throws {
    let workspace = try Workspace()
    try workspace.add(
      "counter",
      """
      local gongyue = require "gongyue"
      local function number(s)
        local points = { [{}] = 1, [{}] = 2 }
        for _, value in pairs(points) do return value end
      end
      return { gongyue.formula { id = "counter", title = "数", value = number } }
      """)
    let outcome = try workspace.run("assess", "counter", "2026-04")
    outcome.expect(.scriptError, "键是表或函数时没有固定次序，公式里不能逐个取；请另用列表保存")
    #expect(
      outcome.errors.contains("  --> plugins/street/counter/init.lua:4\n"), "\(outcome.errors)")
  }

  @Test(arguments: [
    "limit = limit + 1", "_G.x = 1", "rawset(_G, 'x', 1)", "_ENV.x = {}", "load('x = 1')()",
    "string = nil", "function helper() end",
  ])
  func `There is no other way to a global`(statement: String) throws {
    let workspace = try Workspace()
    try workspace.add(
      "counter",
      """
      local gongyue = require "gongyue"
      limit = 100
      local function number(s) \(statement); return limit end
      return { gongyue.formula { id = "counter", title = "数", value = number } }
      """)
    try workspace.run("assess", "counter", "2026-04").expect(.scriptError, "公式里不能给全局变量“")
  }

  // Variables outside the function, tables of a module, the library: all as after loading.
  @Test func `What a formula keeps outside its function is gone for the next community`() throws {
    let workspace = try Workspace()
    try workspace.add(
      "keeper",
      """
      local gongyue = require "gongyue"
      local count, kept = 0, { list = {} }
      local function number(s)
        count = count + 1
        kept.list[#kept.list + 1] = s.unit
        kept[s.unit] = true
        string.seen = (string.seen or 0) + 1
        local more = 0
        for _ in pairs(kept) do more = more + 1 end
        return count * 1000 + #kept.list * 100 + string.seen * 10 + more
      end
      return { gongyue.formula { id = "keeper", title = "数", value = number } }
      """)
    let outcome = try workspace.run("assess", "keeper", "2026-04", "--json")
    let units = try #require(try outcome.data(of: "assess")["units"]?.elements)
    #expect(units.map { $0["score"]?.text } == Array(repeating: "1112.00", count: 8))
  }

  @Test func `Metatables and the place of an iterator are put back as well`() throws {
    let workspace = try Workspace()
    try workspace.add(
      "keeper",
      """
      local gongyue = require "gongyue"
      local base, plain = setmetatable({}, { __index = { n = 1 } }), {}
      local items, list, place = pairs { a = 1, b = 2, c = 3 }
      local function number(s)
        local seen = base.n + (plain.n or 0) * 100
        setmetatable(base, { __index = { n = 2 } })
        setmetatable(plain, { __index = { n = 1 } })
        local _, value = items(list, place)
        return seen * 10 + value
      end
      return { gongyue.formula { id = "keeper", title = "数", value = number } }
      """)
    let outcome = try workspace.run("assess", "keeper", "2026-04", "--json")
    let units = try #require(try outcome.data(of: "assess")["units"]?.elements)
    #expect(units.map { $0["score"]?.text } == Array(repeating: "11.00", count: 8))
  }

  @Test(arguments: [
    ("coroutine.wrap(function() for i = 1, 99 do coroutine.yield(i) end end)", "协程"),
    ("coroutine.create(function() end)", "协程"),
    ("{ x = { ('a b c'):gmatch('%a') } }", " gmatch "),
  ])
  func `What cannot be put back cannot be kept while the package loads`(
    value: String, name: String
  ) throws {
    let workspace = try Workspace()
    try workspace.add(
      "keeper",
      """
      local gongyue = require "gongyue"
      local kept = \(value)
      local function number(s) return kept and 1 end
      return { gongyue.formula { id = "keeper", title = "数", value = number } }
      """)
    try workspace.run("assess", "keeper", "2026-04").expect(
      .scriptError, "装载时建立的\(name)会从一个社区带到下一个；请在函数里建立")
  }

  @Test func `Globals of loading and the library are still there to be read`() throws {
    let workspace = try Workspace()
    try workspace.add(
      "reader",
      """
      local gongyue = require "gongyue"
      limit = 40
      local function number(s)
        local count = 0
        for name in pairs(_G) do if name == "limit" then count = count + 2 end end
        return limit + math.tointeger(count) + (pcall(error) and 1 or 0)
      end
      return { gongyue.formula { id = "reader", title = "数", value = number } }
      """)
    let outcome = try workspace.run("assess", "reader", "2026-04", "--format", "csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.lines.dropFirst().allSatisfy { $0.contains("42.00") })
  }
}

/// Rows "Calculate-then-aggregate" and "Aggregation in time ≠ in space" of `formulas.md`.
@Suite struct StreetTotalTests {
  private static func posted(_ way: String) -> String {
    """
    local gongyue = require "gongyue"
    return { gongyue.formula { id = "posted", title = { zh = "按时公开率", en = "posted in time" },
      roll_up = "\(way)", rate = function(s)
        local due = gongyue.obligations:where { due = s.within }
        return due:where { posted = gongyue.at_most(gongyue.field "due") }, due
      end } }
    """
  }

  private static let homes = """
    local gongyue = require "gongyue"
    return { gongyue.formula { id = "stock", title = { zh = "楼栋数", en = "buildings" },
      rounding = { places = 0 }, aggregate = { time = "last", space = "sum", nature = "stock" },
      value = function(s) return gongyue.buildings end } }
    """

  @Test(arguments: ["together", "each_then_average"])
  func `The street's row puts communities together the declared way`(way: String) throws {
    let workspace = try Workspace()
    try workspace.add("posted", Self.posted(way))
    let data = try workspace.run("assess", "posted", "2026-04", "--json").data(of: "assess")
    let total = try #require(data["totals"]?.elements?.first)
    let proof = try Explanation(try #require(total["explanation"]))
    #expect(try proof.recomputed() == proof.value)
    let units = try #require(data["units"]?.elements).map {
      try Explanation(try #require($0["explanation"]))
    }
    func sum(_ side: String) -> Rational {
      units.flatMap { $0.all(.input) }.filter { $0.id == side }.compactMap(\.value.number)
        .reduce(.zero, +)
    }
    let scores = units.compactMap(\.value.number)
    let expected =
      way == "together"
      ? sum("numerator") * 100 / sum("denominator")
      : scores.reduce(.zero, +) / Rational(scores.count)
    let rounded = try expected.rounded(places: 2, .halfAway)
    #expect(proof.value == .present(Rational(rounded)))
    let text = try workspace.run("assess", "posted", "2026-04")
    #expect(text.output.contains("全街道\n"), "\(text.output)")
    #expect(text.output.contains(way == "together" ? "先合并再计分" : "先各自计分，再平均"))
    let english = try workspace.run("assess", "posted", "2026-04", "--lang", "en").output
    #expect(english.contains("Whole street\n"), "\(english)")
    // Whoever sees one community is not told the sum of all.
    let own = try workspace.run("assess", "posted", "2026-04", "--as", "secretary@sll-02")
    #expect(own.status == 0 && !own.output.contains("全街道"), "\(own.errors)")
  }

  @Test func `A stock of a quarter is the last month's, and the street's the sum`() throws {
    let workspace = try Workspace()
    try workspace.add("stock", Self.homes)
    func units(_ period: String) throws -> ([String], String) {
      let data = try workspace.run("assess", "stock", period, "--json").data(of: "assess")
      let scores = try #require(data["units"]?.elements).map { $0["score"]?.text ?? "" }
      return (scores, data["totals"]?.elements?.first?["value"]?.text ?? "")
    }
    let (march, street) = try units("2026-03")
    let quarter = try units("2026-Q1")
    #expect(quarter.0 == march && quarter.1 == street)
    #expect(march.compactMap { Int($0) }.reduce(0, +) == Int(street))
    let told = try workspace.run("assess", "stock", "2026-Q1", "--unit", "sll-02", "--explain")
    #expect(told.output.contains("各期期末") && told.output.contains("2026年3月"), "\(told.output)")
    let whole = try workspace.run("assess", "stock", "2026-Q1", "--unit", "四龙路街道", "--explain")
    #expect(whole.output.contains("各单位合计") && whole.output.contains("十字街"), "\(whole.output)")
    #expect(try workspace.run("close", "stock", "2026-Q1").status == 0)
    #expect(try workspace.run("replay", "stock-2026-Q1").status == 0)
    let posted = try workspace.run("assess", "community-assessment", "2026-Q1")
    posted.expect(.periodInvalid, "“社区考核”按月计算，2026-Q1不是一个月")
    #expect(posted.errors.contains("aggregate = "), "\(posted.errors)")
  }

  @Test func `A stock summed over months is refused before it can run`() throws {
    let workspace = try Workspace()
    for (way, message) in [
      (#"time = "sum", space = "sum", nature = "stock""#, "“楼栋数”是存量，不能按时间累加"),
      (#"time = "sum", space = "sum""#, "aggregate.nature：按时间累加时要写明，存量不能累加"),
    ] {
      let source = Self.homes.replacing(
        #"time = "last", space = "sum", nature = "stock""#, with: way)
      try workspace.write("stock", source)
      let checked = try workspace.run("plugin", "check", "stock")
      #expect(checked.status != 0 && (checked.output + checked.errors).contains(message))
    }
  }
}

extension Workspace {
  /// Writes a package of the street that may read what these tests read, and enables it.
  func add(_ id: String, _ source: String) throws {
    try write(id, source)
    let enabled = try run("plugin", "enable", id)
    #expect(enabled.status == 0, "\(enabled.errors)")
  }

  func write(_ id: String, _ source: String) throws {
    let folder = "plugins/street/\(id)/"
    _ = try scratch.file(
      folder + "plugin.yaml",
      containing: """
        id: \(id)
        title: 试验
        version: 1.0.0
        api: 1
        layer: street
        reads:
          obligations: [due, posted]
          buildings: [name]

        """)
    _ = try scratch.file(folder + "init.lua", containing: source)
  }
}
