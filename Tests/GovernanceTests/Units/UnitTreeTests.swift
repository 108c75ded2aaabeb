import Governance
import Testing

/// A street like that of domain.md §9: four communities, one estate in care.
private struct Street {
  var units: [Unit] = [
    Unit("sll", name: Words("四龙路街道", "Silonglu Street"), level: .street),
    Unit(
      "sll-02", name: Words("十字街", "Shizi Street"), level: .community, parent: "sll",
      hasCommittee: true),
    Unit(
      "sll-03", name: Words("四龙路", "Silong Road"), level: .community, parent: "sll",
      hasCommittee: true),
    Unit(
      "sll-04", name: Words("大型区", "Daxing District"), level: .community, parent: "sll",
      hasCommittee: true),
    Unit(
      "sll-06", name: Words("友好路", "Youhao Road"), level: .community, parent: "sll",
      hasCommittee: true),
    Unit("sll-a", name: Words("锦绣苑", "Jinxiu Estate"), level: .estate, parent: "sll"),
  ]
  var types: [TypeMembership] = [
    TypeMembership("sll-02", is: "old_estate"), TypeMembership("sll-03", is: "mixed_commercial"),
    TypeMembership("sll-04", is: "commodity"), TypeMembership("sll-06", is: "old_estate"),
  ]
  var adjacencies: [Adjacency] = [
    Adjacency("sll-02", "sll-03"), Adjacency("sll-03", "sll-04"), Adjacency("sll-04", "sll-06"),
    Adjacency("sll-a", "sll-04"), Adjacency("sll-06", "sll-a"),
  ]
  var caretakings: [Caretaking] = [Caretaking("sll-a", by: "sll-04")]
  var typologies: [Typology] = [.communityType]

  func tree() throws(Problems) -> UnitTree {
    try UnitTree(
      units: units, types: types, adjacencies: adjacencies, caretakings: caretakings,
      typologies: typologies)
  }

  func problems() -> [Problem] {
    do {
      _ = try tree()
      return []
    } catch {
      return error.all
    }
  }
}

struct UnitTreeTests {
  let today = Day(year: 2026, month: 5, day: 12)!

  private func day(_ text: String) throws -> Day { try Day.parse(text) }

  @Test func `A street has its communities, the estate apart`() throws {
    let tree = try Street().tree()
    #expect(
      tree.communities(of: "sll", on: today).map(\.id) == ["sll-02", "sll-03", "sll-04", "sll-06"])
    #expect(tree.estates(caredForBy: "sll-04", on: today).map(\.id) == ["sll-a"])
    #expect(tree.estates(caredForBy: "sll-06", on: today).isEmpty)
    #expect(tree.subtree(of: "sll", on: today).count == 6)
    #expect(tree.subtree(of: "sll-02", on: today).map(\.id) == ["sll-02"])
  }

  @Test func `Adjacency holds both ways`() throws {
    let tree = try Street().tree()
    #expect(tree.neighbours(of: "sll-04", on: today).map(\.id) == ["sll-03", "sll-06", "sll-a"])
    #expect(tree.neighbours(of: "sll-a", on: today).map(\.id) == ["sll-04", "sll-06"])
    #expect(tree.areAdjacent("sll-a", "sll-06", on: today))
    #expect(!tree.areAdjacent("sll-02", "sll-06", on: today))
  }

  @Test(arguments: [
    ("sll-02", "sll-02"), ("十字街", "sll-02"), ("十字街社区", "sll-02"), ("四龙路", "sll-03"),
    ("四龙路社区", "sll-03"), ("四龙路街道", "sll"), ("锦绣苑", "sll-a"), ("锦绣苑小区", "sll-a"),
  ])
  func `A unit is found by id or Chinese name`(text: String, id: String) throws {
    #expect(try Street().tree().find(text, on: today).id.rawValue == id)
  }

  @Test func `A mistyped unit gets the nearest name`() throws {
    let tree = try Street().tree()
    let problem = try #require(throws: Problem.self) { try tree.find("十子街", on: today) }
    #expect(problem.code == .unitUnknown)
    #expect(problem.message == Words("没有“十子街”这个单位", "there is no unit '十子街'"))
    #expect(problem.hint == Words("是不是“十字街”？", "did you mean '十字街'?"))
    let id = try #require(throws: Problem.self) { try tree.require("sll-20", on: today) }
    #expect(id.hint?.chinese == "是不是“sll-02”？")
    let nothing = try #require(throws: Problem.self) { try tree.find("人民公园", on: today) }
    #expect(nothing.hint?.chinese == "用 gongyue units 查看全部单位")
  }

  // decisions.md 25: streets of a district have communities of the same name.
  @Test func `A name that several units have asks for the id`() throws {
    var street = Street()
    street.units += [
      Unit("gyl", name: Words("公园路街道", "Gongyuan Road"), level: .street),
      Unit("gyl-02", name: Words("十字街", "Shizi Street"), level: .community, parent: "gyl"),
    ]
    street.types.append(TypeMembership("gyl-02", is: "commodity"))
    let tree = try street.tree()
    let problem = try #require(throws: Problem.self) { try tree.find("十字街", on: today) }
    #expect(problem.message.chinese == "有2个单位叫“十字街”")
    #expect(problem.hint?.chinese == "请写代码：gyl-02、sll-02")
  }

  // decisions.md 6: half-open; settings.md, "unit changes type mid-period".
  @Test func `A type ends on the day before the next begins`() throws {
    var street = Street()
    let turn = try day("2026-04-16")
    street.types[0] = TypeMembership("sll-02", is: "old_estate", valid: DayInterval(to: turn))
    street.types.append(
      TypeMembership("sll-02", is: "commodity", valid: DayInterval(from: turn)))
    let tree = try street.tree()
    #expect(tree.communityType(of: "sll-02", on: turn - 1) == .oldEstate)
    #expect(tree.communityType(of: "sll-02", on: turn) == .commodity)
    #expect(try tree.changes(of: "sll-02", in: Period.parse("2026-04")) == [turn])
    #expect(try tree.changes(of: "sll-02", in: Period.parse("2026-05")).isEmpty)
    #expect(tree.type(of: "sll-a", on: today) == nil)
  }

  @Test func `The chain names street, types and community`() throws {
    let tree = try Street().tree()
    let chain = try #require(tree.chain(of: "sll-02", on: today))
    #expect(chain.street?.id == "sll")
    #expect(chain.types.map(\.type) == ["old_estate"])
    #expect(chain.community?.id == "sll-02")
    #expect(chain.caretaker == nil)
    #expect(tree.chain(of: "sll-99", on: today) == nil)
    let street = try #require(tree.chain(of: "sll", on: today))
    #expect(street.street?.id == "sll")
    #expect(street.community == nil)
    #expect(street.types.isEmpty)
  }

  // B4: all functions work for the estate through its caretaker.
  @Test func `An estate in care follows its caretaker while it is in care`() throws {
    var street = Street()
    let end = try day("2026-05-01")
    street.caretakings = [
      Caretaking("sll-a", by: "sll-04", valid: DayInterval(to: end)),
      Caretaking("sll-a", by: "sll-06", valid: DayInterval(from: end)),
    ]
    let tree = try street.tree()
    let before = try #require(tree.chain(of: "sll-a", on: end - 1))
    #expect(before.community?.id == "sll-04")
    #expect(before.caretaker?.id == "sll-04")
    #expect(before.types.map(\.type) == ["commodity"])
    #expect(tree.chain(of: "sll-a", on: end)?.types.map(\.type) == ["old_estate"])
    #expect(tree.caretaker(of: "sll-a", on: end)?.id == "sll-06")
    #expect(tree.estates(caredForBy: "sll-04", on: end).isEmpty)
  }

  @Test func `A unit exists only while it exists`() throws {
    var street = Street()
    let end = try day("2026-03-01")
    street.units.append(
      Unit(
        "sll-09", name: Words("旧街", "Old Street"), level: .community, parent: "sll",
        valid: DayInterval(from: try day("2011-05-16"), to: end)))
    street.types.append(TypeMembership("sll-09", is: "old_estate"))
    let tree = try street.tree()
    #expect(tree.unit("sll-09", on: end - 1) != nil)
    #expect(tree.unit("sll-09", on: end) == nil)
    #expect(tree.communities(of: "sll", on: today).count == 4)
    let problem = try #require(throws: Problem.self) { try tree.find("sll-09", on: today) }
    #expect(problem.message.chinese == "2026年5月12日没有“sll-09”这个单位")
    #expect(problem.hint?.chinese == "它的有效期：2011年5月16日至2026年2月28日")
  }

  @Test func `Everything wrong with a tree is said at once`() throws {
    var street = Street()
    let (may, june) = (try day("2026-05-01"), try day("2026-06-01"))
    street.units += [
      Unit(
        "sll-03", name: Words("四龙路", "Silong Road"), level: .community, parent: "sll",
        valid: DayInterval(from: may)),
      Unit("sll-07", name: Words("十字街", "Shizi"), level: .community, parent: "sll-02"),
      Unit("sll-08", name: Words("红卫村", "Hongwei"), level: .community),
      Unit(
        "sll-10", name: Words("新村", "Xin"), level: .community, parent: "xxx",
        valid: DayInterval(from: june, to: may)),
    ]
    street.types += [
      TypeMembership("sll-02", is: "commodity", valid: DayInterval(from: may)),
      TypeMembership("sll-07", is: "old_estat"), TypeMembership("sll-90", is: "commodity"),
      TypeMembership("sll-08", is: "commodity", typology: "age"),
      TypeMembership("sll-08", is: "commodity", valid: DayInterval(to: may)),
    ]
    street.adjacencies.append(Adjacency("sll-02", "sll-02"))
    let messages = street.problems().map(\.message.chinese)
    #expect(
      messages == [
        "社区 sll-07 不能归在社区 sll-02 之下",
        "社区 sll-08 没有写上级",
        "sll-10 的一段有效期是空的：起 2026-06-01，止 2026-05-01",
        "sll-03 的两段有效期重叠（一直）",
        "社区类型里没有“old_estat”（sll-07）",
        "没有“sll-90”这个单位",
        "sll-08 用了没有的分类法“age”",
        "sll-02 同时属于 old_estate 和 commodity（community_type）",
        "sll-08 自2026年5月1日起没有社区类型，这是必填的",
        "sll-02 不能与自己相邻",
      ])
    #expect(street.problems()[4].hint?.chinese == "是不是 old_estate？")
  }

  // B4: the caretaker is adjacent and has a committee, on every day.
  @Test func `Only an adjacent community with a committee looks after an estate`() throws {
    var far = Street()
    far.caretakings = [Caretaking("sll-a", by: "sll-02")]
    #expect(far.problems().map(\.message.chinese) == ["sll-02 不能代管 sll-a：两者不相邻"])

    var without = Street()
    let may = try day("2026-05-01")
    without.units[3] = Unit(
      "sll-04", name: Words("大型区", "Daxing"), level: .community, parent: "sll",
      hasCommittee: true, valid: DayInterval(to: may))
    without.units.append(
      Unit(
        "sll-04", name: Words("大型区", "Daxing"), level: .community, parent: "sll",
        valid: DayInterval(from: may)))
    #expect(
      without.problems().map(\.message.chinese) == ["sll-04 不能代管 sll-a：代管者须是已设居委会的社区"])
    #expect(without.problems()[0].hint?.chinese == "自2026年5月1日起不符")

    var ends = Street()
    ends.adjacencies[3] = Adjacency("sll-a", "sll-04", valid: DayInterval(to: may))
    #expect(ends.problems().map(\.hint?.english) == ["this fails from 1 May 2026"])

    var twice = Street()
    twice.caretakings.append(Caretaking("sll-a", by: "sll-06", valid: DayInterval(from: may)))
    #expect(twice.problems().map(\.message.chinese) == ["sll-a 同时由 sll-04 和 sll-06 代管"])

    var community = Street()
    community.caretakings.append(Caretaking("sll-03", by: "sll-04"))
    #expect(
      community.problems().map(\.message.chinese) == ["sll-03 是社区，只有代管小区才由别的社区代管"])
  }

  // settings.md: at most one group per typology, compulsory typologies checked.
  @Test func `A second typology may be left out, the compulsory one not`() throws {
    var street = Street()
    street.typologies.append(
      Typology(
        "age", label: Words("建成年代", "year built"), isCompulsory: false,
        types: [Choice("before_2000", "2000年以前", "before 2000")]))
    street.types.append(TypeMembership("sll-02", is: "before_2000", typology: "age"))
    let chain = try #require(try street.tree().chain(of: "sll-02", on: today))
    #expect(chain.types.map(\.typology) == ["community_type", "age"])
    street.types.removeFirst()
    #expect(
      street.problems().map(\.message.english) == [
        "sll-02 has no type of community, which is compulsory"
      ])
  }

  @Test func `Intervals are half-open and read with their last day`() throws {
    let (march, may) = (try day("2026-03-01"), try day("2026-05-01"))
    let spring = DayInterval(from: march, to: may)
    #expect(spring.contains(march))
    #expect(!spring.contains(may))
    #expect(!spring.overlaps(DayInterval(from: may)))
    #expect(spring.overlaps(DayInterval(from: may - 1)))
    #expect(spring.overlaps(.always))
    #expect(!DayInterval(from: may, to: may).overlaps(.always))
    #expect(spring.label == Words("2026年3月1日至2026年4月30日", "1 March 2026 to 30 April 2026"))
    #expect(DayInterval.always.label.chinese == "一直")
  }

  @Test func `Codes of types are those that people write`() {
    #expect(
      CommunityType.allCases.map(\.rawValue) == [
        "old_estate", "unit_compound", "commodity", "village_to_city", "mixed_commercial",
      ])
    #expect(CommunityType.villageToCity.label.chinese == "村改居")
  }

  @Test func `Settings learn of each unit's street, types and caretakers`() throws {
    var street = Street()
    let may = try day("2026-05-01")
    street.caretakings = [Caretaking("sll-a", by: "sll-04", valid: DayInterval(from: may))]
    let tree = try street.tree()
    let units = tree.settingUnits
    #expect(units.map(\.id) == ["sll", "sll-02", "sll-03", "sll-04", "sll-06", "sll-a"])
    #expect(units.map(\.street) == Array(repeating: "sll", count: 6))
    #expect(units[1].community == "sll-02")
    #expect(units[1].types == [.init("old_estate")])
    #expect(units[5].community == nil)
    #expect(units[5].caretakers == [.init("sll-04", from: may)])
    #expect(tree.settingTypologies.map(\.isCompulsory) == [true])
  }
}
