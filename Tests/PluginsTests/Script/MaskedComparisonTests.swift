import Governance
import Lua
import Testing

@testable import Plugins

/// Nobody learns by comparing what reading would not show.
@Suite struct MaskedComparisonTests {
  // MARK: Attacks

  private static let manifest = """
    reads:
      persons: [name, dwelling, birth_year]
      dwellings: [building, door]
      cases: all
    writes:
      cases: all
    """

  private static func plugin(
    _ grants: String = manifest, _ purpose: RunPurpose = .command, as actor: Actor = .office
  ) throws -> Running {
    try CapabilitiesTests.running(grants, purpose, as: actor)
  }

  /// What `cases:create` needs, with a guess at a name where anybody may write.
  private static let guess = """
    gongyue.cases:create { unit = "sll-01", kind = "facility_damage", danger = false,
      place = "李小四", channel = "head", state = "submitted", extended = 0,
      reported = "2026-05-11T08:00:00+08:00", accept_due = "2026-05-12T08:00:00+08:00",
      resolve_due = "2026-05-18T08:00:00+08:00" }
    """

  @Test(arguments: ["having", "lacking"], ["persons", "cases"])
  func `A guess written where one may write, matched and rolled back, tells nothing of a name`(
    method: String, from collection: String
  ) throws {
    let matched =
      collection == "persons"
      ? "gongyue.persons:where { id = 1 }:\(method)(gongyue.cases, { name = 'place' })"
      : "gongyue.cases:\(method)(gongyue.persons:where { id = 1 }, { place = 'name' })"
    let problem = try Self.plugin().refusal(
      """
      local _, found = pcall(function()
        \(Self.guess)
        error(tostring(\(matched):exists()))
      end)
      error(found, 0)
      """)
    #expect(problem?.code == .denied)
    #expect(
      problem?.message.chinese == "居民的“姓名”是个人信息，只能隐去部分后显示，不能用来查找、排序或分组")
    #expect(
      problem?.hint?.chinese
        == "插件“street.x”要在 plugins/street/x/plugin.yaml 的 sensitive 里写明 persons.name 的用途和保存期限；"
        + "运行的人看得到原文时才能用")
  }

  @Test func `A hidden dwelling and a birth year are not found by matching or by their absence`()
    throws
  {
    let plugin = try Self.plugin()
    for source in [
      "gongyue.dwellings:having(gongyue.persons:where { id = 1 }, { id = 'dwelling' }):first()",
      "gongyue.persons:having(gongyue.dwellings, { dwelling = 'id' }):count()",
      "gongyue.persons:lacking(gongyue.cases, { birth_year = 'extended' }):count()",
      "gongyue.persons:where { birth_year = gongyue.missing }:count()",
      "gongyue.persons:first():state 'birth_year'",
    ] {
      #expect(plugin.refusal(source)?.code == .denied, "\(source)")
    }
    // A mask shows that there is a name; asking tells no more.
    #expect(
      try plugin.prints(
        "print(gongyue.persons:where { name = gongyue.missing }:count(), "
          + "gongyue.persons:first():state 'name')") == ["0\tpresent"])
    #expect(
      try plugin.prints("for p in gongyue.persons:each() do print(p:state 'birth_year') end") == [
        "missing"
      ])
  }

  @Test func `A kind that was not granted does not even answer by being matched`() throws {
    let refused = try Self.plugin().refusal(
      "gongyue.cases:having(gongyue.log_entries, { 'unit' }):exists()")
    #expect(refused?.message.chinese == "插件“street.x”没有获准读取 log_entries")
  }

  @Test func `What was composed while a package loaded is asked again when it runs`() throws {
    let name = Condition.compare(field: "name", .equal, .value(.text("李小四")))
    let pair = [Condition.FieldPair(outer: "place", inner: "name")]
    let context = try Self.plugin().context
    for query in [
      Query(kind: "person", where: name), Query(kind: "person", where: .not(.any([name]))),
      Query(kind: "person", order: [.init("name")]),
      Query(kind: "case", where: .matched(Query(kind: "person"), on: pair)),
      Query(
        kind: "case",
        where: .matched(
          Query(kind: "person", where: name), on: [.init(outer: "unit", inner: "unit")])),
    ] {
      #expect(throws: Problem.self) { try context.admitted(query, for: .counting) }
    }
    #expect(throws: Problem.self) {
      try context.admitted(Query(kind: "person"), for: .counting, by: ["name"])
    }
    _ = try context.admitted(Query(kind: "person"), for: .counting)
  }

  /// Of sensitive records the street is told how many, never which.
  @Test(arguments: [
    (":group 'code':count()", "代码"), (":group('unit', 'building'):count()", "楼栋"),
    (":where { building = gongyue.isnt(7) }:count()", "楼栋"),
    (":where { id = gongyue.more(2) }:count()", "编号"),
    (":where { code = gongyue.any { 'a', 'b' } }:count()", "代码"),
    (":except { place = 'x' }:count()", "地点"),
    (
      ":having(gongyue.buildings:where { number = gongyue.isnt(7) }, { building = 'id' }):count()",
      "楼号"
    ),
    (":lacking(gongyue.buildings:where { number = 7 }, { building = 'id' }):count()", "楼栋"),
    (":where { building = 7 }:count()", nil),
    (":where { danger = gongyue.isnt(true) }:count()", nil),
    (":where { reported = gongyue.less '2026-05-01', unit = 'sll-01' }:count()", nil),
    (":group('unit', 'kind'):count()", nil),
  ])
  func `Differences of counts do not single out a sensitive record`(form: String, field: String?)
    throws
  {
    let running = Running(CapabilitiesTests.world(), stating: "汇总")
    let problem = running.refusal(
      "local _ = gongyue.cases:where { kind = 'serious_illness' }\(form)")
    #expect(
      problem?.message.chinese
        == field.map { "街道办（office）不能按“\($0)”把敏感记录逐个分开，只能看有多少条" })
  }

  // MARK: Each form on each field

  /// Whose run it is: a plain file, or a package that names the field with or without a purpose.
  private enum Author: CaseIterable {
    case file, fileWithPurpose, package, packageWithPurpose, formula

    func running(_ actor: Actor, _ kind: Kind, _ field: Field) throws -> Running {
      let world = CapabilitiesTests.world()
      switch self {
      case .file: return Running(world, as: actor)
      case .fileWithPurpose: return Running(world, as: actor, stating: "核对")
      case .package, .packageWithPurpose, .formula:
        var grants = "reads:\n"
        for kind in BuiltInKinds.all { grants += "  \(kind.collection): all\n" }
        if self != .package {
          grants +=
            "sensitive:\n  - {field: \(kind.collection).\(field.key), purpose: 核对, keep: 7天}\n"
        }
        return Running(
          world, as: actor, self == .formula ? .formula : .command,
          manifest: try CapabilitiesTests.manifest(grants))
      }
    }
  }

  private static let actors = [
    Actor(.streetLeader), .office, Actor(.supervision), Actor(.secretary, of: "sll-01"),
    Actor(.worker, of: "sll-01"), Actor(.head, of: "sll-01", part: "B01", place: 1),
    Actor(.council, of: "sll-01"), Actor(.receptionist, of: "sll-01"),
    Actor(.resident, of: "sll-01", part: "P", place: 1),
  ]

  private static func literal(_ field: Field) -> String {
    switch field.type {
    case .text: "'x'"
    case .integer, .reference: "1"
    case .decimal: "gongyue.decimal.of '1'"
    case .boolean: "true"
    case .day, .instant: "'2026-05-01'"
    case .period: "'2026-05'"
    case .choice(let choices): "'\(choices[0].code)'"
    case .unit: "'sll-01'"
    }
  }

  /// A field of another kind, free for all, that the field can be matched with.
  private static func partner(_ field: Field) -> (collection: String, key: String) {
    switch field.type {
    case .text: ("cases", "place")
    case .integer: ("cases", "extended")
    case .boolean: ("cases", "danger")
    case .reference(let target): (BuiltInKinds.kind(target)!.collection, "id")
    default: preconditionFailure("no kind has a personal \(field.type): add its partner")
    }
  }

  /// Every way in which a query can ask for a field.
  private static func forms(_ kind: Kind, _ field: Field) -> [String] {
    let (all, key, value) = ("gongyue.\(kind.collection)", field.key, literal(field))
    let partner = partner(field)
    let other = "gongyue.\(partner.collection)"
    var forms = [
      "\(all):where { \(key) = \(value) }:count()", "\(all):where { \(key) = \(value) }:exists()",
      "\(all):except { \(key) = \(value) }:list()",
      "\(all):where { \(key) = gongyue.any { \(value), \(value) } }:first()",
      "\(all):where { \(key) = gongyue.isnt(\(value)) }:count()",
      "\(all):where { \(key) = gongyue.isnt(gongyue.any { \(value) }) }:each()",
      "\(all):where { \(key) = gongyue.field '\(key)' }:count()",
      "\(all):order '\(key)':first()", "\(all):order('\(key)', 'desc'):limit(1):columns 'id'",
      "\(all):group '\(key)':count()", "\(all):group('unit', '\(key)'):count()",
      "\(all):having(\(all), { '\(key)' }):count()",
      "\(all):lacking(\(all), { \(key) = '\(key)' }):count()",
      "\(all):having(\(other), { \(key) = '\(partner.key)' }):exists()",
      "\(other):having(\(all), { \(partner.key) = '\(key)' }):first()",
      "\(other):lacking(\(all), { unit = 'unit', \(partner.key) = '\(key)' }):count()",
      "gongyue.units:having(\(all):where { \(key) = \(value) }, { 'unit' }):exists()",
      "gongyue.units:lacking(\(all):order '\(key)':limit(1), { 'unit' }):exists()",
      "\(all):group 'unit':count() \(all):where { id = 1, \(key) = \(value) }:count()",
    ]
    if field.isComparable {
      forms += ["at_most", "at_least", "less", "more"].map {
        "\(all):where { \(key) = gongyue.\($0)(\(value)) }:count()"
      }
      forms += [
        "\(all):where { \(key) = gongyue.between(\(value), \(value)) }:count()",
        "\(all):where { \(key) = gongyue.at_most(gongyue.field '\(key)') }:count()",
        "\(all):min '\(key)'", "\(all):max '\(key)'", "\(all):group 'unit':max '\(key)'",
      ]
    }
    if field.isNumber {
      forms += ["\(all):sum '\(key)'", "\(all):avg '\(key)'", "\(all):group 'unit':avg '\(key)'"]
    }
    guard field.mask.map({ $0 == .hidden }) ?? true else { return forms }
    return forms + [
      "\(all):where { \(key) = gongyue.missing }:count()",
      "\(all):where { \(key) = gongyue.isnt(gongyue.missing) }:count()",
    ]
  }

  /// What reading the plain value would give.
  private static func reads(_ running: Running, _ kind: Kind, _ field: Field) -> Bool {
    switch try? running.context.capabilities.read(field, of: kind, for: .showing) {
    case .clear, .logged: true
    default: false
    }
  }

  @Test func `Every form of query asks the rights of reading, for every field, role and package`()
    throws
  {
    var (refused, allowed) = (0, 0)
    for kind in BuiltInKinds.all {
      for field in kind.fields where field.sensitivity != .none {
        for actor in Self.actors {
          for author in Author.allCases {
            let running = try author.running(actor, kind, field)
            let mayRead = Self.reads(running, kind, field)
            for form in Self.forms(kind, field) {
              let problem = running.refusal("local _ = " + form)
              #expect(
                problem?.code == (mayRead ? nil : .denied),
                "\(actor) \(author): \(form) \(problem as Any)")
              if mayRead { allowed += 1 } else { refused += 1 }
            }
          }
        }
      }
    }
    #expect(refused > 5_000 && allowed > 1_000, "\(refused) refused, \(allowed) allowed")
  }

  // MARK: What can be seen in the source

  @Test(arguments: [
    ("gongyue.persons:where { name = 'x' }:count()", ["persons.name"]),
    ("gongyue.persons:except { name = gongyue.any { 'x' } }:count()", ["persons.name"]),
    ("gongyue.persons:order 'birth_year':first()", ["persons.birth_year"]),
    ("gongyue.persons:group('dwelling'):count()", ["persons.dwelling"]),
    ("gongyue.persons:having(gongyue.cases, { name = 'place' }):exists()", ["persons.name"]),
    ("gongyue.cases:lacking(gongyue.persons, { place = 'name' }):exists()", ["persons.name"]),
    ("gongyue.cases:having(gongyue.cases, { 'unit', 'reporter' }):exists()", ["cases.reporter"]),
    (
      "gongyue.cases:having(gongyue.persons:where { aged = true }, { reporter = 'name' }):exists()",
      ["cases.reporter", "persons.name"]
    ),
    ("gongyue.persons:where { birth_year = gongyue.missing }:count()", ["persons.birth_year"]),
    ("gongyue.persons:where { name = gongyue.isnt(gongyue.missing) }:count()", []),
    ("gongyue.persons:where { phone = gongyue.missing, aged = true }:count()", []),
    ("gongyue.cases:having(gongyue.buildings, { building = 'id' }):exists()", []),
    ("print(gongyue.persons:first().name, gongyue.persons:columns 'name')", []),
  ])
  func `plugin check points out comparisons that would always be refused`(
    source: String, named: [String]
  ) throws {
    let grants = PackageCheckTests.head.replacing(
      "cases: [kind]", with: "cases: all\n  persons: all\n  buildings: all")
    let check = PackageCheck(
      try PackageCheckTests.package(
        [
          "init.lua":
            "local gongyue = require 'gongyue'\nlocal function run()\n\(source)\nend\nreturn {}"
        ],
        manifest: grants))
    #expect(check.problems.allSatisfy { $0.code == .denied && $0.place?.line == 3 })
    let found = check.problems.map { problem in
      problem.hint?.chinese.split(separator: " ").first {
        $0.contains(".") && !$0.contains("/") && !$0.contains("“")
      }
      .map(String.init) ?? ""
    }
    #expect(found.sorted() == named, "\(check.problems.map(\.message.chinese))")
  }
}
