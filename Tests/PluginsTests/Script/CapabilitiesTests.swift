import Governance
import Lua
import Testing

@testable import Plugins

struct CapabilitiesTests {
  static func world() -> SmallWorld {
    let world = SmallWorld()
    for kind in ["facility_damage", "serious_illness", "serious_illness"] {
      world.add(
        "case", ["kind": .text(kind), "state": .text("accepted"), "reporter": .text("张三丰")])
    }
    world.add(
      "person",
      [
        "name": .text("李小四"), "birth_year": .integer(1950), "residence": .text("registered"),
        "phone": .text("094300001"),
      ])
    world.add(
      "dwelling",
      ["door": .text("3号楼2单元501"), "low_income": .boolean(true), "occupied": .boolean(true)])
    return world
  }

  static func manifest(_ more: String) throws -> Manifest {
    try Manifest(
      yaml: "id: x\ntitle: 甲\nversion: 1.0.0\napi: 1\nlayer: street\n" + more,
      file: "plugins/street/x/plugin.yaml", owner: .street)
  }

  static let grants = """
    reads:
      cases: [kind, state]
      persons: [name, residence, birth_year]
      dwellings: all
    sensitive:
      - {field: persons.name, purpose: 核对名单, keep: 7天}
    """

  static func running(
    _ grants: String = grants, _ purpose: RunPurpose = .command, as actor: Actor = .office
  ) throws -> Running {
    Running(world(), as: actor, purpose, manifest: try manifest(grants))
  }

  @Test(arguments: [
    (
      #"gongyue.buildings:count()"#, "插件“street.x”没有获准读取 buildings",
      "在 plugins/street/x/plugin.yaml:6 的 reads 里写明 buildings: all，再重新启用"
    ),
    (
      #"gongyue.cases:where { danger = true }"#, "插件“street.x”没有获准读取 cases.danger",
      "在 plugins/street/x/plugin.yaml:7 的 reads 里写明 cases: [danger]，再重新启用"
    ),
    (
      #"print(gongyue.cases:first().reporter)"#, "插件“street.x”没有获准读取 cases.reporter",
      "在 plugins/street/x/plugin.yaml:7 的 reads 里写明 cases: [reporter]，再重新启用"
    ),
    (
      #"for c in gongyue.cases:each() do print(c.reporter) end"#,
      "插件“street.x”没有获准读取 cases.reporter",
      "在 plugins/street/x/plugin.yaml:7 的 reads 里写明 cases: [reporter]，再重新启用"
    ),
    (
      #"gongyue.cases:group "channel""#, "插件“street.x”没有获准读取 cases.channel",
      "在 plugins/street/x/plugin.yaml:7 的 reads 里写明 cases: [channel]，再重新启用"
    ),
    (
      #"gongyue.cases:create { unit = "sll-01" }"#, "插件“street.x”没有获准改写 cases",
      "在 plugins/street/x/plugin.yaml 的 writes 里写明 cases: all，再重新启用"
    ),
  ])
  func `What the manifest does not grant is denied, with the line that would`(
    source: String, message: String, hint: String
  ) throws {
    let problem = try #require(try Self.running().refusal(source))
    #expect(problem.code == .denied)
    #expect(problem.message.chinese == message)
    #expect(problem.hint?.chinese == hint)
  }

  /// All that a community could better its own standing with, and what residents say of it.
  static let standing = BuiltInKinds.all.filter { $0.isKeptByStreet || $0.isVerdict }

  @Test func `What a community could better its standing with is what the street keeps`() {
    #expect(
      Self.standing.map(\.collection).sorted() == [
        "adjacencies", "callbacks", "caretakings", "excuses", "findings", "merits",
        "survey_answers", "unit_types", "units",
      ])
  }

  @Test(arguments: [Actor.office, Actor(.streetLeader), Actor(.secretary, of: "sll-02")])
  func `A community's package betters no standing, whoever runs it`(actor: Actor) throws {
    for kind in Self.standing {
      for purpose in [RunPurpose.command, .test] {
        let manifest = try Manifest(
          yaml: "id: x\ntitle: 甲\nversion: 1.0.0\napi: 1\nlayer: community\nunit: sll-02\n"
            + "writes:\n  \(kind.collection): all\n",
          file: "plugins/communities/sll-02/x/plugin.yaml", owner: .community("sll-02"))
        let capabilities = Capabilities(actor: actor, purpose: purpose, manifest: manifest)
        let refused = found { try capabilities.write(kind, fields: []) }.first ?? ""
        #expect(refused.contains("不能"), "\(kind.id) \(refused)")
        let street = Capabilities(
          actor: .office, purpose: purpose,
          manifest: try Self.manifest("writes:\n  \(kind.collection): all\n"))
        #expect(throws: Never.self) { try street.write(kind, fields: []) }
      }
    }
  }

  @Test func `A refusal names the package, the kind and the line that asks for it`() throws {
    let manifest = try Manifest(
      yaml: "id: x\ntitle: 甲\nversion: 1.0.0\napi: 1\nlayer: community\nunit: sll-02\n"
        + "writes:\n  merits: [title]\n",
      file: "plugins/communities/sll-02/x/plugin.yaml", owner: .community("sll-02"))
    let package = try Package(
      PackageFiles(
        folder: "plugins/communities/sll-02/x",
        texts: [
          "plugin.yaml": "id: x\ntitle: 甲\nversion: 1.0.0\napi: 1\nlayer: community\nunit: sll-02\n"
            + "writes:\n  merits: [title]\n", "init.lua": "return {}",
        ]), owner: .community("sll-02"))
    let expected =
      "社区的插件“sll-02.x”不能登记或修改“加分事实”：这由街道办登记，谁来运行都一样 | "
      + "请从 plugins/communities/sll-02/x/plugin.yaml:8 的 writes 里去掉 merits；街道可以用自己的插件或脚本登记"
    let merit = try #require(BuiltInKinds.kind("merit"))
    let capabilities = Capabilities(actor: .office, purpose: .command, manifest: manifest)
    #expect(found { try capabilities.write(merit, fields: ["title"]) } == [expected])
    let checked = try #require(PackageCheck(package).problems.first)
    #expect(found { throw checked } == ["8: " + expected])
  }

  @Test func `Fields that every record has are always readable`() throws {
    #expect(
      try Self.running().prints("local c = gongyue.cases:first() print(c.id, c.code, c.unit)") == [
        "1\tsll-01-1\tsll-01"
      ])
  }

  @Test(arguments: [
    (Actor.office, "李*"), (Actor(.worker, of: "sll-01"), "李小四"),
    (Actor(.resident, of: "sll-01"), "李*"),
  ])
  func `A purpose opens personal fields only as far as the actor may see them`(
    actor: Actor, name: String
  ) throws {
    let running = try Self.running(as: actor)
    #expect(try running.prints("print(gongyue.persons:first().name)") == [name])
    #expect(
      try running.prints("for p in gongyue.persons:each() do print(p.name, p.birth_year) end") == [
        name + "\tnil"
      ])
    // Without a purpose it stays masked for everyone.
    #expect(try running.prints("print(gongyue.dwellings:first().door)") == ["3号楼*"])
  }

  @Test(arguments: [
    #"gongyue.persons:where { birth_year = 1950 }"#, #"gongyue.persons:order "birth_year""#,
    #"gongyue.persons:group "birth_year""#, #"gongyue.persons:sum "birth_year""#,
    #"gongyue.persons:where { name = "李小四" }"#,
  ])
  func `A masked field cannot be searched, ordered, grouped or added up`(source: String) throws {
    #expect(try Self.running().refusal(source)?.message.chinese.contains("不能用来查找、排序或分组") == true)
  }

  @Test func `Sensitive fields need a purpose in the manifest, and an actor who may`() throws {
    let read = "print(gongyue.dwellings:where { low_income = true }:count())"
    let denied = try Self.running(as: Actor(.worker, of: "sll-01")).refusal(read)
    #expect(denied?.message.chinese == "住房（户）的“低保户”是敏感信息，没有写明用途不能读取")
    #expect(
      denied?.hint?.chinese
        == "插件“street.x”要在 plugins/street/x/plugin.yaml:10 的 sensitive 里写明 dwellings.low_income 的用途和保存期限"
    )
    // Whom no purpose helps is not told to state one.
    #expect(
      try Self.running().refusal(read)?.message.chinese == "街道办（office）不能查看“低保户”")
    let opened = Self.grants + "\n  - {field: dwellings.low_income, purpose: 慰问, keep: 30天}\n"
    #expect(try Self.running(opened, as: Actor(.worker, of: "sll-01")).prints(read) == ["1"])
    #expect(try Self.running(opened).refusal(read)?.code == .denied)
    #expect(
      try Self.running(opened, as: Actor(.council, of: "sll-01")).refusal(read)?.code == .denied)
    #expect(
      try Self.running(opened, .formula, as: Actor(.worker, of: "sll-01")).refusal(read)?.message
        .chinese == "公式不得使用敏感信息：住房（户）的“低保户”")
  }

  @Test func `Rows with sensitive choices are hidden until a purpose is named`() throws {
    let count = "print(gongyue.cases:count())"
    #expect(try Self.running().prints(count) == ["1"])
    let named = #"gongyue.cases:where { kind = "居民病重住院" }"#
    #expect(try Self.running().refusal(named)?.code == .denied)
    let opened = Self.grants + "\n  - {field: cases.kind, purpose: 汇总, keep: 汇总完成即止}\n"
    // The street office sees how many of those it names, not which, and no small number.
    #expect(try Self.running(opened).prints(count) == ["1"])
    #expect(try Self.running(opened).prints("print(\(named):count())") == ["少于 5 条"])
    #expect(try Self.running(opened).prints("print(#gongyue.cases:list())") == ["1"])
    for asked in ["list()", "first()", "exists()", #"max "reported""#] {
      #expect(try Self.running(opened).refusal("\(named):\(asked)")?.code == .denied, "\(asked)")
    }
    #expect(
      try Self.running(opened, as: Actor(.worker, of: "sll-01")).prints(
        "print(#gongyue.cases:list())") == ["3"])
    #expect(try Self.running(opened, .formula).prints(count) == ["1"])
  }

  @Test func `Formulas write nothing and nothing is read while loading`() throws {
    let writing =
      #"gongyue.merits:create { unit = "sll-01", title = "丙", day = "2026-05-01", points = 2 }"#
    #expect(
      Running(Self.world(), .formula).refusal(writing)?.message.chinese == "公式里不能登记或修改记录（加分事实）")
    #expect(
      Running(Self.world(), .load).refusal("gongyue.cases:count()")?.message.chinese
        == "插件装载时不能读取“事项”记录")
    #expect(
      Running(Self.world(), as: Actor(.resident, of: "sll-01")).refusal(writing)?.code == .denied)
    #expect(
      Running(Self.world(), .formula).refusal(#"gongyue.assess("x", "2026-04")"#)?.message.chinese
        == "公式里不能再做考核")
  }

  @Test func `A plain file acts with the actor's rights and the purpose stated`() throws {
    let read = "print(gongyue.dwellings:where { low_income = true }:count())"
    let worker = Actor(.worker, of: "sll-01")
    #expect(Running(Self.world(), as: worker).refusal(read)?.hint?.chinese == "用 --purpose 写明用途")
    #expect(try Running(Self.world(), as: worker, stating: "慰问").prints(read) == ["1"])
  }

}
