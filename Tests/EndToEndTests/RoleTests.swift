import Foundation
import Governance
import Testing

/// The table "Roles and sensitivity" of decisions.md, cell by cell, through the real program.
@Suite struct RoleTests {
  static let sensitive = ["new_pregnancy", "serious_illness", "instability_factor"]

  /// The demo street with two pregnancies reported in building 7 of sll-02: one by its head,
  /// one by the hotline.
  static let workspace: Workspace = {
    do {
      let workspace = try Workspace()
      let filed = try workspace.script(
        """
        local seven = gongyue.buildings:where { unit = "sll-02", number = 7 }:first()
        for _, channel in ipairs { "head", "hotline" } do
          gongyue.cases:create {
            unit = "sll-02", kind = "new_pregnancy", danger = false, consent = true,
            building = seven.id, channel = channel, state = "submitted", extended = 0,
            reported = "2026-05-11T08:00:00+08:00", accept_due = "2026-05-12T08:00:00+08:00",
            resolve_due = "2026-05-18T08:00:00+08:00" }
        end
        """, "--as", "worker@sll-02", "--purpose", "登记")
      guard filed.status == 0 else { preconditionFailure(filed.errors) }
      return workspace
    } catch { preconditionFailure("\(error)") }
  }()

  static func read(_ kind: String, _ actor: String, _ purpose: String? = nil) throws -> [JSONValue]
  {
    let stated = purpose.map { ["--purpose", $0] } ?? []
    let outcome = try Program.run(
      ["records", kind, "--unit", "sll-02", "--as", actor, "--json"] + stated, in: workspace.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try outcome.data(of: "records").elements ?? []
  }

  /// Everything there is, by kind: what a worker sees for a purpose.
  static func all(_ kind: String) throws -> [JSONValue] {
    try read(kind, "worker@sll-02", "核对")
  }

  static func ids(_ kind: String, _ code: String) throws -> Int64 {
    let outcome = try Program.run(
      ["eval", "print(gongyue.\(kind):where { code = '\(code)' }:first().id)"], in: workspace.path)
    return try #require(Int64(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  enum Rows {
    case all, none, ordinary, own, reported
    case having(String, [String?])
  }

  enum Shown: Equatable { case clear, masked, hidden }

  struct Cell: CustomTestStringConvertible {
    let actor: String
    var purpose: String?
    let kind: String
    let rows: Rows
    var field: String?
    var shown = Shown.clear

    var testDescription: String { "\(actor) \(kind)" }
  }

  static let me = "sll-02-P-2026-0001"
  static let resident = "resident@sll-02/" + me
  static let head = "head@sll-02/B07"

  static let cells: [Cell] = [
    // A resident: own and public; own; own.
    Cell(actor: resident, kind: "persons", rows: .own, field: "name"),
    Cell(actor: resident, kind: "dwellings", rows: .own, field: "low_income"),
    Cell(actor: resident, kind: "cases", rows: .none),
    Cell(
      actor: resident, kind: "conventions",
      rows: .having("state", ["publicity", "in_force", "ended"])),
    Cell(
      actor: resident, kind: "posts", rows: .having("to", [nil]), field: "name", shown: .masked),
    Cell(actor: "resident@sll-02", kind: "persons", rows: .none),
    Cell(actor: "resident@sll-02", kind: "dwellings", rows: .none),
    Cell(actor: "resident@sll-02", kind: "questions", rows: .having("channel", ["board"])),
    Cell(actor: "resident@sll-02", kind: "log_entries", rows: .none),
    // A head: own building; own building, masked elsewhere; what they filed.
    Cell(actor: head, kind: "cases", rows: .reported, field: "consent"),
    Cell(actor: head, kind: "persons", rows: .own, field: "name"),
    Cell(actor: head, kind: "dwellings", rows: .own, field: "low_income", shown: .hidden),
    Cell(
      actor: head, purpose: "慰问", kind: "dwellings", rows: .own, field: "low_income", shown: .hidden
    ),
    Cell(actor: head, kind: "log_entries", rows: .none),
    Cell(actor: head, kind: "buildings", rows: .all),
    // A worker and a receptionist: own community; with purpose.
    Cell(actor: "worker@sll-02", kind: "persons", rows: .all, field: "name"),
    Cell(actor: "worker@sll-02", kind: "cases", rows: .ordinary, field: "consent", shown: .hidden),
    Cell(actor: "worker@sll-02", purpose: "走访", kind: "cases", rows: .all, field: "consent"),
    Cell(actor: "receptionist@sll-02", kind: "persons", rows: .all, field: "name"),
    Cell(actor: "receptionist@sll-02", kind: "cases", rows: .ordinary),
    Cell(actor: "receptionist@sll-02", purpose: "接待", kind: "cases", rows: .all, field: "consent"),
    // Secretary and council: own community; secretary with purpose, council never.
    Cell(actor: "secretary@sll-02", kind: "persons", rows: .all, field: "name"),
    Cell(actor: "secretary@sll-02", kind: "cases", rows: .ordinary),
    Cell(actor: "secretary@sll-02", purpose: "核实", kind: "cases", rows: .all, field: "consent"),
    Cell(actor: "council@sll-02", kind: "persons", rows: .all, field: "name"),
    Cell(actor: "council@sll-02", purpose: "核实", kind: "cases", rows: .ordinary),
    Cell(
      actor: "council@sll-02", purpose: "核实", kind: "dwellings", rows: .all, field: "low_income",
      shown: .hidden),
    // The street: all of it, masked; sensitive never as records.
    Cell(actor: "supervision", kind: "persons", rows: .all, field: "name", shown: .masked),
    Cell(actor: "office", kind: "persons", rows: .all, field: "phone", shown: .masked),
    Cell(actor: "supervision", purpose: "督查", kind: "cases", rows: .ordinary),
    Cell(
      actor: "office", purpose: "汇总", kind: "cases", rows: .ordinary, field: "consent",
      shown: .hidden),
  ]

  @Test(arguments: cells)
  func `Each cell of the table is what the role sees, and no more`(cell: Cell) throws {
    let seen = try Self.read(cell.kind, cell.actor, cell.purpose)
    let all = try Self.all(cell.kind)
    let wanted = try all.filter { try Self.holds(cell, $0) }
    #expect(seen.compactMap { $0["code"]?.text } == wanted.compactMap { $0["code"]?.text })
    guard let field = cell.field else { return }
    #expect(!seen.isEmpty)
    let mask = BuiltInKinds.collection(cell.kind)?.field(field)?.mask
    for (record, whole) in zip(seen, wanted) {
      let value = record[field] ?? .null
      switch cell.shown {
      case .clear: #expect(value == whole[field] ?? .null)
      case .hidden: #expect(value == .null)
      case .masked: #expect(value.text == whole[field]?.text.flatMap { mask?.masked($0) })
      }
    }
  }

  private static func holds(_ cell: Cell, _ record: JSONValue) throws -> Bool {
    let isOrdinary = !sensitive.contains(record["kind"]?.text ?? "")
    switch cell.rows {
    case .all: return true
    case .none: return false
    case .ordinary: return isOrdinary
    case .having(let field, let values): return values.contains(record[field]?.text)
    case .reported:
      let isHere = record["building"]?.text == sevenCode
      return isHere && (isOrdinary || record["channel"]?.text == "head")
    case .own:
      if cell.actor == head {
        return cell.kind == "dwellings"
          ? record["building"]?.text == sevenCode
          : dwellingsOfSeven.contains(record["dwelling"]?.text ?? "")
      }
      return cell.kind == "persons"
        ? record["code"]?.text == me : record["code"]?.text == myDwelling
    }
  }

  private static let sevenCode = "sll-02-B-2026-0007"
  private static let seven = try! ids("buildings", sevenCode)

  /// Asked of the database itself, apart from what is being tested.
  private static let dwellingsOfSeven: Set<String> = {
    let script =
      "for d in gongyue.dwellings:where { building = \(seven) }:each() do print(d.code) end"
    let outcome = try! Program.run(["eval", script], in: workspace.path)
    return Set(outcome.output.lines)
  }()

  private static let myDwelling: String? = {
    let script = """
      local p = gongyue.persons:where { code = '\(me)' }:first()
      print(gongyue.dwellings:where { id = p.dwelling }:first().code)
      """
    let outcome = try! Program.run(["eval", script, "--as", "worker@sll-02"], in: workspace.path)
    return outcome.output.lines.first
  }()

  @Test func `The street is told how many, small numbers not, and it is noted`() throws {
    let workspace = Self.workspace
    for kind in Self.sensitive {
      for unit in ["sll-01", "sll-02", "sll-08"] {
        let whole = try workspace.run(
          "records", "cases", "--unit", unit, "--where", "kind=\(kind)", "--as", "worker@\(unit)",
          "--purpose", "核对", "--json")
        let number = try #require(try whole.data(of: "records").elements).count
        let told = try workspace.run(
          "records", "cases", "--unit", unit, "--where", "kind=\(kind)", "--as", "supervision",
          "--purpose", "督查")
        #expect(told.output.contains(number < 5 ? "共 少于 5 条" : "共 \(number) 条"), "\(told.output)")
        #expect(!told.output.contains("\(unit)-2026"))
      }
    }
    // Other tests of the table read beside this one: the entry need not be the newest.
    let entries = try workspace.run("audit", "show", "--last", "500", "--json").output
    #expect(entries.contains("\"reason\": \"督查\""), "\(entries.prefix(400))")
    let script = "print(gongyue.cases:where { building = \(Self.seven), kind = '新增孕妇' }:count())"
    let few = try workspace.run("eval", script, "--as", "office", "--purpose", "汇总")
    #expect(few.output == "少于 5 条\n", "\(few.errors)")
  }

  @Test func `A shortened list of sensitive records tells the whole number`() throws {
    func told(_ limit: String...) throws -> String {
      try Program.run(
        [
          "records", "case", "--where", "kind=instability_factor", "--as", "supervision",
          "--purpose", "督查",
        ] + limit, in: Self.workspace.path
      ).output
    }
    let whole = try told()
    #expect(whole.contains("共 ") && whole.contains(" 条") && !whole.contains("少于"), "\(whole)")
    #expect(try told("--limit", "2") == whole)
  }

  @Test(arguments: ["worker@十字街", "worker@十字街社区", "head@十字街/B07"])
  func `A role may name its community in Chinese`(actor: String) throws {
    let outcome = try Self.workspace.run("records", "buildings", "--as", actor, "--json")
    let units = try outcome.data(of: "records").elements?.compactMap { $0["unit"]?.text }
    #expect(Set(units ?? []) == ["sll-02"], "\(outcome.errors)")
  }

  @Test func `Scripts see the same rows, and a head changes only what is of the building`() throws {
    let workspace = try Workspace()
    let seen = try workspace.run("eval", "print(gongyue.log_entries:count())", "--as", Self.head)
    #expect(seen.output == "0\n", "\(seen.errors)")
    let names = try workspace.run(
      "eval", "for p in gongyue.persons:limit(3):each() do print(p.name) end", "--as", Self.head)
    #expect(names.output.lines.count == 3 && !names.output.contains("*"), "\(names.errors)")
    for (number, code) in [(7, nil), (8, ErrorCode.denied)] as [(Int, ErrorCode?)] {
      let filed = try workspace.script(
        """
        gongyue.cases:create {
          unit = "sll-02", kind = "safety_hazard", danger = false, channel = "head",
          building = gongyue.buildings:where { number = \(number) }:first().id, state = "submitted", extended = 0,
          reported = "2026-05-11T08:00:00+08:00", accept_due = "2026-05-12T08:00:00+08:00",
          resolve_due = "2026-05-18T08:00:00+08:00" }
        """, "--as", Self.head)
      if let code { filed.expect(code) } else { #expect(filed.status == 0, "\(filed.errors)") }
    }
    try workspace.run(
      "records", "conventions", "sll-02-N-2026-0001", "--correct", "title=另一个", "--reason", "试",
      "--as", Self.head
    ).expect(.denied, "楼栋长（head@sll-02/B07）只能登记和修改本楼栋的记录")
  }

  @Test func `Buildings, persons and parts that are not there are refused with words`() throws {
    let workspace = try Workspace()
    try workspace.run("units", "--as", "head@sll-02/B99")
      .expect(.recordUnknown, "sll-02 没有楼栋“B99”")
    try workspace.run("units", "--as", "resident@sll-02/sll-01-P-2026-0001")
      .expect(.recordUnknown, "sll-02 没有居民“sll-01-P-2026-0001”")
    try workspace.run("units", "--as", "worker@sll-02/B07").expect(.usage)
    #expect(try workspace.run("units", "--as", "resident@sll-02/P-2026-0001").status == 0)
    #expect(try workspace.run("units", "--as", "head@sll-02/sll-02-B-2026-0007").status == 0)
  }
}
