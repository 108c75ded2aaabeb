import Foundation
import Governance
import Testing

/// Telling texts in every personal field, looked for in every output of everybody who may not
/// see them.
@Suite struct TellingTextTests {
  /// What people write where they should not, and a part of it that no mask of a beginning shows.
  static let telling = [
    (text: "欧阳铁柱", part: "阳铁柱"), (text: "肺癌晚期，住院楼3床", part: "癌晚期"),
    (text: "13987654321", part: "87654321"), (text: "620102194001011234", part: "0219400101"),
    (text: "幸福巷27号3号楼2单元501", part: "福巷27"),
    (text: "家住3号楼2单元的王老汉透析，电话13912345678", part: "透析"),
  ]

  /// Stands for a birth year; so long that no digest shows it by chance.
  static let year = "188377441"

  static let kinds: [(collection: String, fields: [String])] = [
    ("cases", ["reporter"]), ("dwellings", ["door"]),
    ("persons", ["name", "phone", "also_listed"]),
    ("posts", ["name"]), ("log_entries", ["text"]),
  ]

  /// A table of texts in Lua.
  private static func list(_ texts: [String]) -> String {
    "{ \(texts.map { "'\($0)'" }.joined(separator: ", ")) }"
  }

  /// Eight communities; in one of them, records of each kind with a personal text hold each of the
  /// texts, and the first of them held all of them in turn.
  private static let units = """
    local function unit(values)
      values.has_committee, values.from = values.level == "community", "2020-01-01"
      gongyue.units:create(values)
    end
    unit { unit = "sll", key = "sll", name = "试验街道", level = "street" }
    for number = 1, 8 do -- as many as the shipped packages know of
      local id = "sll-0" .. number
      unit { unit = id, key = id, name = number .. "号社区", level = "community", parent = "sll" }
      gongyue.unit_types:create {
        unit = id, typology = "community_type", type = "old_estate", from = "2020-01-01" }
    end
    """

  private static let records = """
    local texts = \(list(telling.map(\.text)))
    local seven, eight
    for number = 7, 8 do
      local id = gongyue.buildings:create {
        unit = "sll-02", name = number .. "号楼", number = number, form = "block" }
      if number == 7 then seven = id end
    end
    for _, text in ipairs(texts) do
      local home = gongyue.dwellings:create { unit = "sll-02", building = seven, door = text,
        occupied = true, rented = false, low_income = true }
      local person = gongyue.persons:create { unit = "sll-02", name = text, phone = text,
        also_listed = text, birth_year = \(year), dwelling = home, residence = "registered",
        aged = true, party = "none" }
      local post = gongyue.posts:create { unit = "sll-02", role = "head", person = person,
        name = text, building = seven, from = "2026-01-01" }
      gongyue.log_entries:create { unit = "sll-02", worker = post, day = "2026-04-10", text = text }
      gongyue.cases:create { unit = "sll-02", kind = "safety_hazard", danger = false,
        channel = "window", building = seven, state = "accepted", extended = 0, reporter = text,
        reported = "2026-04-08T08:00:00+08:00", accept_due = "2026-04-09T08:00:00+08:00",
        accepted = "2026-04-08T10:00:00+08:00", resolve_due = "2026-04-15T08:00:00+08:00" }
    end
    gongyue.cases:create { unit = "sll-02", kind = "new_pregnancy", danger = false, consent = true,
      channel = "window", building = seven, state = "accepted", extended = 0,
      reported = "2026-04-08T08:00:00+08:00", accept_due = "2026-04-09T08:00:00+08:00",
      resolve_due = "2026-04-15T08:00:00+08:00" }
    local fields = {
      \(kinds.map { "\($0.collection) = \(list($0.fields))" }.joined(separator: ", "))
    }
    for _, text in ipairs(texts) do
      for collection, names in pairs(fields) do
        local changes = {}
        for _, name in ipairs(names) do changes[name] = text end
        gongyue[collection]:first():update(changes, "核对")
      end
    end
    """

  private static let workspace: Scratch = {
    do {
      let scratch = try Scratch()
      func run(_ arguments: String..., as actor: String = "office") throws {
        let signed = arguments + ["--as", actor, "--purpose", "登记", "--today", "2026-05-12"]
        let outcome = try Program.run(signed, in: scratch.path + "/w")
        guard outcome.status == 0 else { preconditionFailure(outcome.errors) }
      }
      let made = try Program.run(["init", "w"], in: scratch.path)
      guard made.status == 0 else { preconditionFailure(made.errors) }
      try run("eval", units)
      try run("eval", records, as: "worker@sll-02")
      try run("close", "community-assessment", "2026-04")
      // After the closing a result changes, and a name beside it.
      try run(
        "records", "cases", code("cases"), "--correct", "办结时间=2026-04-10 09:00", "--correct",
        "报告人=\(telling[0].text)", "--correct", "状态=resolved", "--reason", "补录",
        as: "worker@sll-02")
      // What a script of theirs says of its failure is theirs too.
      let failed = try Program.run(
        ["eval", "error(gongyue.log_entries:first().text)", "--as", "worker@sll-02"],
        in: scratch.path + "/w")
      guard failed.status == 1, failed.errors.contains(telling[5].part) else {
        preconditionFailure(failed.errors)
      }
      return scratch
    } catch { preconditionFailure("\(error)") }
  }()

  static func run(_ arguments: [String], as actor: String) throws -> Outcome {
    try Program.run(
      arguments + ["--as", actor, "--today", "2026-05-12"], in: workspace.path + "/w")
  }

  private static func code(_ collection: String) -> String {
    let letter = BuiltInKinds.collection(collection)?.codeLetter.map { "\($0)-" } ?? ""
    return "sll-02-\(letter)2026-0001"
  }

  /// Every row by every way of reading it, and what errors and returned tables make of it.
  private static let rows = """
    local function shown(value)
      if value == nil or value == gongyue.missing then return "-" end
      return tostring(value)
    end
    -- Cases have a field that is called state.
    local function why(row, name)
      return select(2, pcall(function() return row:state(name) end))
    end
    local all = {}
    for _, kind in ipairs {
      \(kinds.map { "{ gongyue.\($0.collection), \(list($0.fields)) }" }.joined(separator: ", "))
    } do
      local query, names = kind[1], kind[2]
      for row in query:each() do
        for _, name in ipairs(names) do print(row.code, shown(row[name]), why(row, name)) end
      end
      for _, row in ipairs(query:list()) do
        print(row)
        for _, name in ipairs(names) do
          print(shown(row[name]), why(row, name))
          all[#all + 1] = { name = row[name] }
          local _, found = pcall(error, row[name])
          print(found)
          print(select(2, pcall(gongyue.decimal.of, row[name] or "")))
          print(select(2, pcall(function() return query:where { code = row[name], reported = row[name] } end)))
          print(gongyue.json and gongyue.json.encode and gongyue.json.encode { row[name] } or "")
        end
      end
      for _, column in ipairs { query:columns(table.unpack(names)) } do
        for _, value in ipairs(column) do print(shown(value)) end
      end
      for _, method in ipairs { "order", "group", "min", "max" } do
        print(select(2, pcall(query[method], query, names[1])))
      end
      print(select(2, pcall(query.where, query, { [names[1]] = "欧阳" })))
      print(select(2, pcall(query.having, query, query, { names[1] })))
    end
    for person in gongyue.persons:each() do print(shown(person.birth_year), shown(person.dwelling)) end
    return all
    """

  /// Everything that somebody can ask for; the heaviest readers in every format.
  private static func questions(thoroughly: Bool) -> [[String]] {
    let formats = thoroughly ? ["text", "csv", "json", "html", "markdown"] : ["json"]
    var asked: [[String]] = [["eval", rows]]
    for kind in kinds {
      let (name, code) = (kind.collection, code(kind.collection))
      asked += formats.map { ["records", name, "--format", $0] }
      asked.append(["records", name, code, "--history"])
      guard thoroughly else { continue }
      asked += [
        ["records", name, code], ["records", name, code, "--history", "--json"],
        ["records", name, "--where", "\(kind.fields[0])="],
        [
          "records", name, code, "--correct", "\(kind.fields[0])=", "--reason", "试", "--correct",
          "id=1",
        ],
      ]
    }
    asked.append(["audit", "show", "--last", "100", "--json"])
    guard thoroughly else { return asked }
    let result = ["community-assessment", "2026-04"]
    asked += [
      ["audit", "show", "--last", "100"],
      ["assess"] + result + ["--explain", "--depth", "9", "--unit", "sll-02"],
      ["assess"] + result + ["--json"], ["close"] + result, ["close"] + result + ["--json"],
      ["replay", "community-assessment-2026-04", "--json"],
      ["run", "report", "period=2026-04"], ["run", "report", "period=2026-04", "--json"],
      ["doctor"], ["units", "--json"], ["why", "notice.workdays", "sll-02", "--json"],
    ]
    return asked
  }

  static let viewers: [(actor: String, isThorough: Bool)] = [
    ("office", true), ("supervision", false), ("street_leader", false), ("head@sll-02/B08", false),
    ("resident@sll-02", false),
    ("secretary@sll-01", false), ("worker@sll-01", false), ("council@sll-01", false),
    ("receptionist@sll-01", false),
  ]

  @Test func `Telling texts reach nobody who may not see them, in whatever is printed`() throws {
    var looked = 0
    for viewer in Self.viewers {
      for question in Self.questions(thoroughly: viewer.isThorough) {
        let outcome = try Self.run(question, as: viewer.actor)
        looked += 1
        let printed = outcome.output + outcome.errors
        let asked = "\(viewer.actor): \(question.prefix(5).joined(separator: " ").prefix(90))"
        for (_, part) in Self.telling {
          #expect(!printed.contains(part), "\(asked): \(part)\n\(printed.prefix(2000))")
        }
        #expect(!printed.contains(Self.year), "\(asked)")
        if question[0] == "audit" {
          #expect(!printed.contains("新增孕妇") && !printed.contains("new_pregnancy"), "\(asked)")
        }
        if question == ["records", "persons", "--format", "json"] {
          #expect(!printed.contains("-D-2026-"), "\(asked)")
        }
        if question[0] == "eval" { #expect(outcome.status == 0, "\(asked) \(outcome.errors)") }
      }
    }
    print("telling texts: \(looked) outputs looked at")
    #expect(looked > 140)
  }

  @Test func `They are there for whoever keeps them`() throws {
    for kind in Self.kinds {
      let seen = try Self.run(["records", kind.collection, "--json"], as: "worker@sll-02")
      let records = try #require(try seen.data(of: "records").elements)
      for field in kind.fields {
        let texts = Set(records.compactMap { $0[field]?.text })
        #expect(Self.telling.dropFirst().allSatisfy { texts.contains($0.text) }, "\(field)")
      }
      let history = try Self.run(
        ["records", kind.collection, Self.code(kind.collection), "--history"], as: "worker@sll-02")
      #expect(Self.telling.allSatisfy { history.output.contains($0.part) }, "\(history.output)")
    }
  }

  @Test func `Counting by guesses is refused for each field that is masked or hidden`() throws {
    for kind in BuiltInKinds.all {
      for field in kind.fields where field.sensitivity != .none {
        let guess = field.type == .boolean ? "true" : Self.year
        let outcome = try Self.run(
          ["records", kind.collection, "--where", "\(field.key)=\(guess)"], as: "office")
        outcome.expect(.denied)
        #expect(!outcome.errors.contains(guess), "\(outcome.errors)")
      }
    }
  }

  // To write what is there already must not be told from a change.
  @Test func `A guess at what one may not see is a change like any other`() throws {
    let scratch = try Scratch()
    try FileManager.default.copyItem(
      atPath: Self.workspace.path + "/w", toPath: scratch.path + "/w")
    var answers: Set<String> = []
    for guess in [Self.telling[5].text, "卓不群"] {
      let outcome = try Program.run(
        [
          "records", "log_entries", Self.code("log_entries"), "--correct", "text=\(guess)",
          "--reason", "猜", "--today", "2026-05-12",
        ], in: scratch.path + "/w")
      #expect(outcome.status == 0, "\(outcome.errors)")
      answers.insert(outcome.output.replacing(#/第 \d+ 版/#, with: "第 n 版"))
      let rehearsed = try Program.run(
        [
          "eval", "gongyue.log_entries:first():update({ text = '\(guess)' }, '猜')", "--dry-run",
          "--today", "2026-05-12",
        ], in: scratch.path + "/w")
      answers.insert(rehearsed.output)
    }
    #expect(answers.count == 2, "\(answers)")
  }
}
