import Governance
import SQLiteStorage
import Storage
import Testing

struct Records {
  /// `decisions.md` 3: numbered by the host per unit and year, cases without a letter.
  @Test func `Codes count by kind, unit and year of what happened`() throws {
    let store = try emptyStore()
    let codes = try store.write(office) { writing throws in
      [
        try writing.create(facilityCase()).code, try writing.create(facilityCase()).code,
        try writing.create(facilityCase("sll-03")).code,
        try writing.create(facilityCase(reported: "2025-12-31")).code,
        try writing.create(courtyard("东院")).code,
      ]
    }
    #expect(
      codes == [
        "sll-02-2026-0001", "sll-02-2026-0002", "sll-03-2026-0001", "sll-02-2025-0001",
        "sll-02-Y-2026-0001",
      ])
  }

  @Test func `Filing with the same client id twice gives one record`() throws {
    let store = try emptyStore()
    var draft = courtyard("东院")
    draft.client = "phone-7/41"
    let first = try store.write(office) { [draft] in try $0.create(draft) }
    draft.values["name"] = .text("西院")
    let second = try store.write(office) { [draft] in try $0.create(draft) }
    #expect(first == second)
    #expect(try store.read { try $0.count(Query(kind: "courtyard"), in: .all) } == 1)
    #expect(try store.commits() == 2, "declaring the kinds, filing once")
  }

  /// `decisions.md` 4: who, when, why; every version can be read again.
  @Test func `History keeps every version with who, when and why`() throws {
    let store = try emptyStore()
    let id = try store.write(office) { try $0.create(courtyard("东院")).id }
    let clerk = Signature(
      actor: "worker@sll-02", reason: "改名", plugin: "sll-02.rota 1.0.0", today: today)
    try store.write(clerk) { try $0.update("courtyard", id: id, ["name": .text("东大院")]) }
    let secretary = Signature(actor: "secretary@sll-02", reason: "录重", today: today)
    try store.write(secretary) { try $0.retract("courtyard", id: id, reason: "录重") }

    try store.read { reading throws in
      let history = try reading.history("courtyard", id: id, in: .all)
      #expect(history.map(\.number) == [1, 2, 3])
      #expect(history.map(\.actor) == ["office", "worker@sll-02", "secretary@sll-02"])
      #expect(history.map(\.reason) == ["登记", "改名", "录重"])
      #expect(history.map(\.plugin) == [nil, "sll-02.rota 1.0.0", nil])
      #expect(history.map(\.isRetraction) == [false, false, true])
      #expect(
        history.map { $0.record.values["name"] } == [.text("东院"), .text("东大院"), .text("东大院")])
      let first = try reading.record("courtyard", id: id, version: 1, in: .all)
      #expect(first?.values["name"] == .text("东院"))
      #expect(try reading.record("courtyard", id: id, in: .all) == nil)
      #expect(try reading.history("courtyard", id: id, in: .only("sll-03")).isEmpty)
    }
  }

  @Test func `A change that changes nothing leaves no trace`() throws {
    let store = try emptyStore()
    let id = try store.write(office) { try $0.create(courtyard("东院")).id }
    let commits = try store.commits()
    let same = try store.write(office) { try $0.update("courtyard", id: id, ["name": .text("东院")]) }
    #expect(same.version == 1)
    #expect(try store.commits() == commits)
  }

  @Test func `A change made from an old version is refused`() throws {
    let store = try emptyStore()
    let id = try store.write(office) { try $0.create(courtyard("东院")).id }
    try store.write(office) { try $0.update("courtyard", id: id, ["name": .text("西院")]) }
    let refusal = problem {
      try store.write(office) {
        try $0.update("courtyard", id: id, ["name": .text("南院")], expecting: 1)
      }
    }
    #expect(refusal?.message.chinese == "院落 sll-02-Y-2026-0001 已被别人改过（现在是第 2 版，不是第 1 版）")
  }

  @Test func `Corrections and retractions need a reason`() throws {
    let store = try emptyStore()
    let id = try store.write(office) { try $0.create(courtyard("东院")).id }
    let correction = problem {
      try store.write(office) {
        try $0.correct("courtyard", id: id, ["name": .text("西院")], reason: "  ")
      }
    }
    let retraction = problem {
      try store.write(office) { try $0.retract("courtyard", id: id, reason: "") }
    }
    #expect(correction?.message == Words("更正和撤销要写明理由", "a correction or retraction needs a reason"))
    #expect(retraction == correction)
    #expect(try store.read { try $0.record("courtyard", id: id, in: .all)?.version } == 1)
  }

  /// Law 8: missing is not zero, and says which of the five states it is.
  @Test func `States say why there is no value`() throws {
    let store = try emptyStore()
    var draft = facilityCase()
    draft.states = ["place": .pending, "accepted": .notApplicable]
    let id = try store.write(office) { [draft] in try $0.create(draft).id }
    let record = try #require(try store.read { try $0.record("case", id: id, in: .all) })
    #expect(record.state(of: "place") == .pending)
    #expect(record.state(of: "accepted") == .notApplicable)
    #expect(record.state(of: "resolved") == .missing)
    #expect(record.state(of: "kind") == .present)
    let later = try store.write(office) { try $0.update("case", id: id, ["place": .text("三号楼")]) }
    #expect(later.state(of: "place") == .present)
    #expect(later.state(of: "accepted") == .notApplicable)
  }

  @Test func `Everything wrong with a draft is said at once`() throws {
    let store = try emptyStore()
    var draft = facilityCase(kind: "公共设施损怀")
    draft.values["statee"] = .text("submitted")
    draft.values["reported"] = nil
    draft.values["red_on"] = .text("2026-02-30")
    do {
      _ = try store.write(office) { [draft] in try $0.create(draft) }
      Issue.record("was stored")
    } catch let problems as Problems {
      #expect(
        problems.all.map(\.message.chinese) == [
          "“事项”没有“statee”这一项", "“事项类别”（kind）没有“公共设施损怀”这个选项",
          "“事项”必须填“报告时间”（reported）",
          "“红牌日期”（red_on）应是日期，如 2026-05-12，得到的是 \"2026-02-30\"",
        ])
      #expect(problems.all[0].hint?.chinese == "是不是 state？")
      #expect(problems.all[1].hint?.chinese == "是不是 公共设施损坏？")
    }
    #expect(try store.read { try $0.count(Query(kind: "case"), in: .all) } == 0)
  }

  @Test func `Chinese labels and texts become what the field stores`() throws {
    let store = try emptyStore()
    var draft = facilityCase(kind: "公共设施损坏")
    draft.values["closed"] = .text("2026-05-01")
    draft.values["accepted"] = .integer(1_775_000_000_000)
    let record = try store.write(office) { [draft] in try $0.create(draft) }
    #expect(record.values["kind"] == .text("facility_damage"))
    #expect(record.values["closed"] == .day(Day("2026-05-01")!))
    #expect(record.values["accepted"] == .instant(Instant(milliseconds: 1_775_000_000_000)))
  }

  @Test func `A reference must name a record`() throws {
    let store = try emptyStore()
    var draft = facilityCase()
    draft.values["building"] = .integer(77)
    let refusal = problem { try store.write(office) { [draft] in try $0.create(draft) } }
    #expect(refusal?.message.chinese == "“事项”的“楼栋”（building）指向的记录 77 不存在")
    let bulk = problem { try store.write(office) { [draft] in try $0.insert("case", [draft]) } }
    #expect(bulk?.code == .inputInvalid)
    #expect(try store.read { try $0.count(Query(kind: "case"), in: .all) } == 0)
  }

  @Test func `Many at once are stored in order, with one change for the audit log`() throws {
    let store = try emptyStore()
    let names = (1...500).map { "院\($0)" }
    let ids = try store.write(office) { try $0.insert("courtyard", names.map { courtyard($0) }) }
    #expect(Set(ids).count == 500)
    try store.read { reading throws in
      let rows = try reading.columns(Query(kind: "courtyard"), ["id", "name", "code"], in: .all)
      #expect(rows.map { $0[0] } == ids.map { .integer($0) })
      #expect(rows.map { $0[1] } == names.map { .text($0) })
      #expect(rows.last?[2] == .text("sll-02-Y-2026-0500"))
      let entry = try #require(try reading.audit(newest: 1).first)
      #expect(entry.summary == "insert courtyard")
    }
    let next = try store.write(office) { try $0.create(courtyard("后来的")).code }
    #expect(next == "sll-02-Y-2026-0501")
  }
}

struct Transactions {
  private struct Stop: Error {}

  /// Law 6: all of a run's writes, or none.
  @Test func `A write that throws leaves nothing`() throws {
    let store = try emptyStore()
    let commits = try store.commits()
    #expect(throws: Stop.self) {
      try store.write(office) { writing throws in
        try writing.create(courtyard("东院"))
        throw Stop()
      }
    }
    #expect(try store.read { try $0.count(Query(kind: "courtyard"), in: .all) } == 0)
    #expect(try store.commits() == commits)
    let code = try store.write(office) { try $0.create(courtyard("西院")).code }
    #expect(code == "sll-02-Y-2026-0001", "the number was not used up")
  }

  @Test func `A savepoint takes back its own part only, also from the audit log`() throws {
    let store = try emptyStore()
    try store.write(office) { writing throws in
      try writing.create(courtyard("留下"))
      #expect(throws: Stop.self) {
        try writing.savepoint {
          try writing.create(courtyard("外层"))
          try writing.savepoint { try writing.create(courtyard("内层")) }
          throw Stop()
        }
      }
      #expect(try writing.count(Query(kind: "courtyard"), in: .all) == 1)
      #expect(writing.changes.map(\.summary) == ["create courtyard sll-02-Y-2026-0001"])
      try writing.savepoint { try writing.create(courtyard("也留下")) }
    }
    let names = try store.read { try $0.columns(Query(kind: "courtyard"), ["name"], in: .all) }
    #expect(names == [[.text("留下")], [.text("也留下")]])
    let entry = try store.read { try $0.audit(newest: 1)[0] }
    #expect(
      entry.summary == "create courtyard sll-02-Y-2026-0001; create courtyard sll-02-Y-2026-0002")
  }

  @Test func `A rehearsal shows the changes and keeps none`() throws {
    let store = try emptyStore()
    let (code, changes) = try store.rehearse(office) { try $0.create(courtyard("东院")).code }
    #expect(code == "sll-02-Y-2026-0001")
    #expect(changes.map(\.summary) == ["create courtyard sll-02-Y-2026-0001"])
    #expect(try store.read { try $0.count(Query(kind: "courtyard"), in: .all) } == 0)
  }
}

struct Scopes {
  private let kinds = [
    "facility_damage", "new_pregnancy", "serious_illness", "instability_factor", "safety_hazard",
  ]

  private func filled() throws -> Store {
    let store = try emptyStore()
    try store.write(office) { writing throws in
      for kind in kinds { try writing.create(facilityCase(kind: kind)) }
      try writing.create(facilityCase("sll-03"))
    }
    return store
  }

  private func plugin(_ fields: Grants.Fields, disclosed: Set<String> = []) -> Scope {
    .only("sll-02", grants: Grants(["case": fields], disclosed: disclosed))
  }

  /// Law 7: the compiler adds the scope, and nothing in a query removes it.
  @Test func `Records of other units do not exist for a query`() throws {
    let store = try filled()
    try store.read { reading throws in
      let any = Query(kind: "case", where: .any([.all([]), .not(.all([]))]))
      #expect(try reading.count(any, in: .only("sll-03")) == 1)
      #expect(try reading.count(any, in: Scope(units: .only([]))) == 0)
      let across = Query(
        kind: "case",
        where: .matched(Query(kind: "case"), on: [.init(outer: "state", inner: "state")]))
      #expect(try reading.records(across, in: .only("sll-03")).map(\.unit) == ["sll-03"])
      #expect(try reading.record("case", code: "sll-02-2026-0001", in: .only("sll-03")) == nil)
    }
  }

  /// `decisions.md` 19.
  @Test func `Naming a unit outside the scope is denied`() throws {
    let store = try filled()
    let query = Query(kind: "case", where: .compare(field: "unit", .equal, .value(.text("sll-03"))))
    let refusal = problem { try store.read { try $0.count(query, in: .only("sll-02")) } }
    #expect(refusal?.code == .denied)
    #expect(refusal?.message.chinese == "看不到 sll-03 的资料：不在可见范围内")
  }

  /// E3, E5 and E8 stay hidden until the field is disclosed for a purpose.
  @Test func `Rows with a sensitive choice are left out until it is disclosed`() throws {
    let store = try filled()
    try store.read { reading throws in
      let all = Query(kind: "case")
      #expect(try reading.count(all, in: plugin(.all)) == 2)
      #expect(try reading.count(all, in: plugin(.all, disclosed: ["case.kind"])) == 5)
      #expect(try reading.groups(all, by: ["kind"], .count, in: plugin(.all)).count == 2)
      let pregnant = Query(
        kind: "case", where: .compare(field: "kind", .equal, .value(.text("new_pregnancy"))))
      #expect(try reading.count(pregnant, in: plugin(.all)) == 0)
      #expect(
        try reading.count(.init(kind: "case", where: .not(pregnant.condition)), in: plugin(.all))
          == 2)
    }
  }

  @Test func `Grants of an actor narrowed by a manifest's grant what both do`() throws {
    let store = try filled()
    let place = Query(kind: "case", where: .isMissing(field: "place"))
    let all = Grants.everything(partly: [:])
    let narrowed = all.only(["case": .only(["kind", "place"])]).only([
      "case": .only(["kind"]), "post": .all,
    ])
    try store.read { reading throws in
      let scope = Scope(units: .all, grants: narrowed)
      #expect(try reading.count(Query(kind: "case"), in: scope) == 6)
      #expect(problem { try reading.count(place, in: scope) }?.code == .denied)
      #expect(problem { try reading.count(Query(kind: "post"), in: scope) }?.code == .denied)
      #expect(
        try reading.count(place, in: Scope(units: .all, grants: all.only(["case": .all]))) == 6)
    }
  }

  @Test func `A field that was not granted is denied, with what to do`() throws {
    let store = try filled()
    let query = Query(kind: "case", where: .isMissing(field: "place"))
    let refusal = problem { try store.read { try $0.count(query, in: plugin(.only(["kind"]))) } }
    #expect(
      refusal?.message.chinese == "不能读取“事项”的“地点”（cases.place）：清单的 reads 没有列出它")
    #expect(refusal?.hint?.english == "add place to cases under reads in plugin.yaml")
    let kind = problem { try store.read { try $0.count(Query(kind: "post"), in: plugin(.all)) } }
    #expect(kind?.message.english == "posts may not be read: the manifest's reads do not list them")
    let inner = Query(
      kind: "case",
      where: .matched(Query(kind: "post"), on: [.init(outer: "building", inner: "building")]))
    #expect(problem { try store.read { try $0.count(inner, in: plugin(.all)) } }?.code == .denied)
  }

  @Test func `A personal text is masked without a purpose and cannot be filtered by`() throws {
    let store = try filled()
    try store.read { reading throws in
      let record = try #require(try reading.first(Query(kind: "case"), in: plugin(.all)))
      #expect(record.values["reporter"] == .text("张*"))
      let clear = try #require(
        try reading.first(Query(kind: "case"), in: plugin(.all, disclosed: ["case.reporter"])))
      #expect(clear.values["reporter"] == .text("张三"))
      let history = try reading.history("case", id: record.id, in: plugin(.all))
      #expect(history.map { $0.record.values["reporter"] } == [.text("张*")])
    }
    let peek = Query(kind: "case", where: .compare(field: "reporter", .equal, .value(.text("张三"))))
    let refusal = problem { try store.read { try $0.exists(peek, in: plugin(.all)) } }
    #expect(
      refusal?.message.chinese == "“事项”的“报告人”（cases.reporter）是个人信息，没有写明用途，不能读取")
  }

  private static let note = Kind(
    "note", collection: "notes", "记", "note", code: "NO",
    fields: Mask.allCases.filter { $0 != .hidden }.map {
      Field($0.rawValue, $0.rawValue, $0.rawValue, .text, privacy: .personal($0))
    } + [Field("year", "年", "year", .integer, privacy: .personal(.hidden))])

  @Test(arguments: [
    "张三丰", "欧阳", "3号楼2单元501", "东院4号楼101", "团结巷3号院2号楼", "3号楼", "12-3-401", "12345号楼", "3号2单元",
    "7栋", "号楼", "楼", "0943-000-0112", "+86 1", "12345", "123456", "12", "", " ", "O'Brien", "é",
    "e\u{301}", "3\u{301}号楼", "3-\u{301}1", "👨‍👩‍👧", "１２３４５６", "张*", "094****", "3号楼*", "*",
  ])
  func `The database masks as Mask does, and nothing twice`(text: String) throws {
    let store = try emptyStore(kinds: [Self.note])
    let texts = Mask.allCases.filter { $0 != .hidden }.map { ($0.rawValue, Value.text(text)) }
    let values = Dictionary(uniqueKeysWithValues: texts + [("year", .integer(1950))])
    try store.write(office) { writing throws in
      let id = try writing.create(Draft("note", unit: "sll-02", values)).id
      let seen = try #require(
        try writing.record("note", id: id, in: Scope(units: .all, grants: .all(disclosing: []))))
      #expect(seen.values["year"] == nil)
      for mask in Mask.allCases where mask != .hidden {
        let masked = try #require(mask.masked(text))
        #expect(seen.values[mask.rawValue] == .text(masked), "\(mask)")
        #expect(mask.masked(masked) == masked, "\(mask)")
      }
    }
  }

  @Test func `Where a value is hidden or masked, so is why there is none`() throws {
    let store = try emptyStore(kinds: [Self.note])
    let states = ["year": ValueState.pending, "text": .notApplicable]
    let draft = Draft("note", unit: "sll-02", [:], states: states)
    let id = try store.write(office) { try $0.create(draft).id }
    let scope = Scope(units: .all, grants: .all(disclosing: []))
    try store.read { reading throws in
      #expect(try reading.record("note", id: id, in: .all)?.states == states)
      #expect(try reading.record("note", id: id, in: scope)?.states == [:])
      #expect(try reading.history("note", id: id, in: scope).map(\.record.states) == [[:]])
    }
  }

  @Test(arguments: [
    ("stat", "是不是 state？"), ("受理时限制", "是不是 受理时限？"),
    ("x\"; DROP TABLE cases; --", nil),
  ])
  func `An unknown field is named with the nearest known one`(name: String, hint: String?) throws {
    let store = try filled()
    let query = Query(kind: "case", where: .isMissing(field: name))
    let refusal = problem { try store.read { try $0.count(query, in: .all) } }
    #expect(refusal?.code == .fieldUnknown)
    #expect(refusal?.message.chinese == "“事项”没有“\(name)”这一项")
    if let hint { #expect(refusal?.hint?.chinese == hint) }
  }

  @Test func `What makes no sense is refused in words`() throws {
    let store = try filled()
    func refusal(_ condition: Condition) -> String? {
      problem { try store.read { try $0.count(Query(kind: "case", where: condition), in: .all) } }?
        .message.english
    }
    #expect(
      refusal(.compare(field: "state", .less, .value(.text("closed"))))
        == "'state' has no order, it can only be compared for equality")
    #expect(
      refusal(.compare(field: "extended", .equal, .value(.text("two"))))
        == "'extended' takes a whole number, got \"two\"")
    #expect(
      refusal(.compare(field: "extended", .equal, .field("closed")))
        == "'extended' and 'closed' hold different things and cannot be compared")
    #expect(
      refusal(.during(field: "place", today...today))
        == "'place' is neither a date nor a moment and cannot be within a period")
    #expect(
      refusal(.inForce(on: today))
        == "cases have no dates of validity and cannot be asked for what is in force")
    let deep = (0..<100).reduce(Condition.all([])) { inner, _ in .not(inner) }
    #expect(refusal(deep) == "the conditions are nested more than 50 deep")
    let sum = problem {
      try store.read { try $0.total(.sum("state"), of: Query(kind: "case"), in: .all) }
    }
    #expect(sum?.message.english == "'state' is no number and has no sum or average")
  }
}
