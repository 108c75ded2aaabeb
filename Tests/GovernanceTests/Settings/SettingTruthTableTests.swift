import Governance
import Testing

/// The rows of `settings.md`, "Truth table to test", in its order.
@Suite struct `Settings truth table` {
  typealias World = SettingWorld

  @Test func `None defined gives the declared default`() throws {
    let result = try World.resolve([])
    #expect(result.value == .integer(5))
    #expect(result.layer == nil)
    #expect(result.losers.isEmpty)
  }

  @Test func `None defined and no default is an error that says who may define it`() {
    let problem = World.problem { try World.resolve([], World.notice(default: nil)) }
    #expect(problem?.code == .settingRequired)
    #expect(
      problem?.message
        == Words(
          "“公示期”（notice.workdays）对 sll-02 在 2026-05-12 没有规定，也没有默认值",
          "notice.workdays is not defined for sll-02 on 2026-05-12 and has no default"))
    #expect(
      problem?.hint?.chinese
        == "请由法规或街道或类型或社区规定：gongyue set notice.workdays 值 --unit sll-02 --basis 依据")
  }

  @Test func `Required of lower layers and defined by one`() throws {
    let declaration = World.notice(delegation: .required, default: nil)
    #expect(World.problem { try World.resolve([], declaration) }?.code == .settingRequired)
    let result = try World.resolve([World.set(7, .community("sll-02"))], declaration)
    #expect(result.value == .integer(7))
  }

  @Test func `Only a default of the street`() throws {
    let result = try World.resolve([World.set(6, .street(), .default)])
    #expect(result.value == .integer(6))
    #expect(result.layer == .street)
  }

  @Test func `Of two defaults the lower layer wins`() throws {
    let result = try World.resolve([
      World.set(6, .street(), .default), World.set(8, .type("old_estate"), .default),
    ])
    #expect(result.value == .integer(8))
    #expect(result.lossCodes == ["street overridden"])
  }

  @Test func `A set of an upper layer beats a default of a lower one`() throws {
    let result = try World.resolve([
      World.set(6, .street()), World.set(8, .community("sll-02"), .default),
    ])
    #expect(result.value == .integer(6))
    #expect(result.lossCodes == ["community weaker"])
  }

  @Test func `The type sets, for its own units only`() throws {
    let rules = [World.set(6, .type("old_estate"))]
    #expect(try World.resolve(rules).value == .integer(6))
    #expect(try World.resolve(rules, for: "sll-06").value == .integer(5))
  }

  @Test func `Community set over type set`() throws {
    let result = try World.resolve([
      World.set(6, .type("old_estate")), World.set(7, .community("sll-02")),
    ])
    #expect(result.value == .integer(7))
    #expect(result.layer == .community)
    #expect(result.lossCodes == ["type overridden"])
  }

  @Test func `Street mandate over community set`() throws {
    let result = try World.resolve([
      World.set(4, .street(), .mandate), World.set(7, .community("sll-02")),
    ])
    #expect(result.value == .integer(4))
    #expect(result.lossCodes == ["community mandated"])
    #expect(result.losers[0].loss.words.chinese == "街道层强制规定优先")
  }

  @Test func `Law mandate over street mandate`() throws {
    let result = try World.resolve([
      World.set(9, .law, .mandate), World.set(4, .street(), .mandate),
      World.set(7, .community("sll-02"), .mandate),
    ])
    #expect(result.value == .integer(9))
    #expect(result.layer == .law)
    #expect(result.lossCodes == ["community mandated", "street mandated"])
  }

  @Test(arguments: [(7, true), (6, true), (5, false)])
  func `Tightening is accepted, loosening refused`(value: Int, isAccepted: Bool) throws {
    let rules = [World.set(6, .street(), .default), World.set(Int64(value), .community("sll-02"))]
    let declaration = World.notice(delegation: .tighten(.higher))
    let book = World.book([declaration], rules)
    let result = try book.resolve("notice.workdays", for: "sll-02", on: World.today)
    #expect(result.value == .integer(isAccepted ? Int64(value) : 6))
    #expect(book.problems.map(\.code) == (isAccepted ? [] : [.settingRefused]))
    #expect(book.errors.isEmpty)
    guard !isAccepted else { return }
    #expect(result.lossCodes == ["community refused"])
    #expect(result.losers[0].loss.words.chinese == "已否决：低于街道下限 6 个工作日")
    #expect(book.problems[0].place == Place(file: "community/sll-02/settings.yaml", line: 1))
    #expect(
      book.problems[0].message
        == Words(
          "“公示期”（notice.workdays）只可从严：低于街道下限 6 个工作日",
          "notice.workdays is stricter only: below the street's minimum of 6 working days"))
  }

  @Test func `Lower can be the stricter direction`() throws {
    let declaration = World.notice(delegation: .tighten(.lower))
    let result = try World.resolve(
      [World.set(9, .community("sll-02")), World.set(4, .type("old_estate"))], declaration)
    #expect(result.value == .integer(4))
    #expect(result.losers[0].loss.words.chinese == "已否决：高于类型上限 4 个工作日")
  }

  @Test func `Tightening is judged against the inherited value, not the declared one`() throws {
    let declaration = World.notice(delegation: .tighten(.higher))
    let rules = [World.set(8, .type("old_estate")), World.set(6, .community("sll-02"))]
    #expect(try World.resolve(rules, declaration).value == .integer(8))
  }

  static let reports = SettingDeclaration(
    "duties.reports", "八必报", "reports", .list(of: .text),
    default: .list([.text("火情"), .text("纠纷")]), merge: .union, delegation: .add)

  @Test func `Added items join the list of the layers above`() throws {
    let book = World.book(
      [Self.reports],
      [
        World.define(.value(.list([.text("井盖")])), .community("sll-02"), key: "duties.reports"),
        World.define(
          .value(.list([.text("火情"), .text("停水")])), .type("old_estate"), key: "duties.reports"),
      ])
    let result = try book.resolve("duties.reports", for: "sll-02", on: World.today)
    #expect(result.words.chinese == "火情、纠纷、停水、井盖")
    #expect(result.winners.map(\.definition.layer) == [.type, .community])
    #expect(result.losers.isEmpty)
  }

  @Test func `An item that an upper layer added cannot be removed`() throws {
    let replaced = SettingDeclaration(
      "duties.reports", "八必报", "reports", .list(of: .text),
      default: .list([.text("火情"), .text("纠纷")]), delegation: .add)
    let rule = World.define(
      .value(.list([.text("火情")])), .community("sll-02"), key: "duties.reports")
    let book = World.book([replaced], [rule])
    let result = try book.resolve("duties.reports", for: "sll-02", on: World.today)
    #expect(result.words.chinese == "火情、纠纷")
    #expect(
      book.problems.map(\.message.chinese) == ["“八必报”（duties.reports）只可增加：缺少街道规定的“纠纷”"])
  }

  @Test func `An addition cannot be withdrawn either`() throws {
    let removal = World.define(
      .unset(reason: "不再需要"), .community("sll-02"), key: "duties.reports")
    let book = World.book([Self.reports], [removal])
    #expect(
      book.problems.map(\.message.chinese) == ["“八必报”（duties.reports）只可增加：不能撤销"])
  }

  @Test func `Two typologies may say the same`() throws {
    let result = try World.resolve([
      World.set(6, .type("old_estate")), World.set(6, .type("owners"), line: 2),
    ])
    #expect(result.value == .integer(6))
    #expect(result.lossCodes == ["type same"])
  }

  @Test func `Two typologies that differ are a conflict naming both`() {
    let rules = [World.set(6, .type("old_estate")), World.set(7, .type("owners"), line: 2)]
    let problem = World.problem { try World.resolve(rules) }
    #expect(problem?.code == .settingConflict)
    #expect(
      problem?.message.chinese
        == "“公示期”（notice.workdays）在 sll-02（2026-05-12）有互不相同的同级规定："
        + "类型 老旧小区 6 个工作日（type/old_estate/settings.yaml:1）；"
        + "类型 业主自管 7 个工作日（type/owners/settings.yaml:2）")
    #expect(World.book([World.notice()], rules).problems.map(\.code) == [.settingConflict])
  }

  @Test func `A conflict below the winner does not matter`() throws {
    let result = try World.resolve([
      World.set(6, .type("old_estate")), World.set(7, .type("owners"), line: 2),
      World.set(8, .community("sll-02")),
    ])
    #expect(result.value == .integer(8))
  }

  @Test func `Two rules of one layer that differ are a conflict`() {
    let rules = [World.set(6, .community("sll-02")), World.set(7, .community("sll-02"), line: 9)]
    #expect(World.problem { try World.resolve(rules) }?.code == .settingConflict)
  }

  @Test(arguments: [(["age", "keeper"], 6), (["keeper", "age"], 7), (["keeper"], 7)])
  func `A declared order decides between typologies`(order: [String], expected: Int) throws {
    let result = try World.resolve(
      [World.set(6, .type("old_estate")), World.set(7, .type("owners"), line: 2)],
      World.notice(order: order))
    #expect(result.value == .integer(Int64(expected)))
    #expect(result.lossCodes == ["type ordered"])
  }

  @Test(arguments: [(SettingMerge.min, 6), (.max, 7), (.sum, 13)])
  func `A declared merge combines typologies`(merge: SettingMerge, expected: Int) throws {
    let result = try World.resolve(
      [World.set(6, .type("old_estate")), World.set(7, .type("owners"), line: 2)],
      World.notice(merge: merge))
    #expect(result.value == .integer(Int64(expected)))
    #expect(result.winners.count == 2)
  }

  @Test(arguments: [
    ("2026-05-11", 5, "not_yet"), ("2026-05-12", 7, ""), ("2026-05-19", 7, ""),
    ("2026-05-20", 5, "expired"),
  ])
  func `A rule holds from its first day until before its last`(
    day: String, expected: Int, loss: String
  ) throws {
    let rule = World.set(7, .community("sll-02"), from: "2026-05-12", to: "2026-05-20")
    let result = try World.resolve([rule], on: World.day(day))
    #expect(result.value == .integer(Int64(expected)))
    #expect(result.losers.map(\.loss.code) == (loss.isEmpty ? [] : [loss]))
  }

  @Test(arguments: [("2026-04-15", 6), ("2026-04-16", 9), ("2026-04-30", 9)])
  func `A unit that changes its type follows the type of the day`(day: String, expected: Int) throws
  {
    let rules = [World.set(6, .type("old_estate")), World.set(9, .type("commodity"))]
    let period = try Period.parse("2026-04")
    #expect(period.last == World.day("2026-04-30"))
    let result = try World.resolve(rules, for: "sll-04", on: World.day(day))
    #expect(result.value == .integer(Int64(expected)))
  }

  @Test func `An estate under care follows its caretaker, then its own type`() throws {
    let rules = [World.set(7, .community("sll-02")), World.set(9, .type("commodity"))]
    let cared = try World.resolve(rules, for: "sll-a")
    #expect(cared.value == .integer(7))
    #expect(cared.unit.caretaker == "sll-02")
    #expect(cared.why.subject.chinese == "锦绣苑（由 sll-02 代管） · 2026-05-12")
    let own = try World.resolve(rules, for: "sll-a", on: World.day("2026-06-01"))
    #expect(own.value == .integer(9))
    #expect(own.unit.caretaker == nil)
  }

  @Test func `A computed value may wrap the inherited one, three levels deep`() throws {
    let rules = ["law", "street", "community"].map { file in
      World.define(
        .function(FunctionReference("\(file).lua#more")!),
        file == "law" ? .law : file == "street" ? .street() : .community("sll-02"))
    }
    var trace: [String] = []
    let result = try World.resolve(rules) { function, inherited, context in
      guard case .integer(let value) = try inherited() else { return .text("?") }
      trace.append("\(context.definition.layer.rawValue) \(function) \(value)")
      return .integer(value * 2)
    }
    #expect(result.value == .integer(40))
    #expect(
      trace == [
        "law law.lua#more 5", "street street.lua#more 10", "community community.lua#more 20",
      ])
  }

  @Test func `An exception wraps its layer's plain rule`() throws {
    let rules = [
      World.set(6, .community("sll-02")),
      World.define(
        .function(FunctionReference("summer.lua#longer")!), .community("sll-02"), except: "夏季",
        line: 2),
    ]
    let result = try World.resolve(rules) { _, inherited, _ in
      guard case .integer(let value) = try inherited() else { return .text("?") }
      return .integer(value + 1)
    }
    #expect(result.value == .integer(7))
    #expect(result.losers.map(\.loss.words.chinese) == ["例外“夏季”成立"])
  }

  @Test func `Exceptions of one group that hold at once are a conflict`() throws {
    let plain = World.set(6, .community("sll-02"))
    let summer = World.set(
      8, .community("sll-02"), when: .since(World.day("2026-05-01")), except: "季节", line: 2)
    let winter = World.set(
      8, .community("sll-02"), when: .before(World.day("2026-05-15")), except: "季节", line: 3)
    let problem = World.problem { try World.resolve([plain, summer, winter]) }
    #expect(problem?.code == .settingConflict)
    #expect(
      problem?.message.chinese
        == "“公示期”（notice.workdays）的例外“季节”在 sll-02（2026-05-12）同时成立："
        + "community/sll-02/settings.yaml:2；community/sll-02/settings.yaml:3")
    let later = try World.resolve([plain, summer, winter], on: World.day("2026-05-15"))
    #expect(later.value == .integer(8))
    #expect(Set(later.losers.map(\.loss.code)) == ["condition_false", "exception"])
  }

  @Test func `A layer may withdraw its own rule; the inherited value holds again`() throws {
    let rules = [
      World.set(6, .type("old_estate")),
      World.set(7, .community("sll-02"), from: "2026-01-01"),
      World.define(
        .unset(reason: "居民会议决定取消"), .community("sll-02"), from: "2026-05-01", line: 2),
    ]
    let before = try World.resolve(rules, on: World.day("2026-04-30"))
    #expect(before.value == .integer(7))
    let after = try World.resolve(rules)
    #expect(after.value == .integer(6))
    #expect(after.lossCodes == ["community withdrawn", "community withdrawal"])
    #expect(after.losers[0].loss.words.chinese == "本层已撤销：居民会议决定取消")
  }

  @Test func `A withdrawal does not reach rules that begin after it`() throws {
    let result = try World.resolve([
      World.set(7, .community("sll-02"), from: "2026-01-01"),
      World.define(.unset(reason: "取消"), .community("sll-02"), from: "2026-05-01", line: 2),
      World.set(8, .community("sll-02"), from: "2026-05-10", line: 3),
    ])
    #expect(result.value == .integer(8))
    #expect(Set(result.losers.map(\.loss.code)) == ["withdrawal", "withdrawn"])
  }

  @Test func `What is locked can be neither set nor withdrawn below`() throws {
    let rules = [
      World.set(6, .street()), World.set(7, .community("sll-02")),
      World.define(.unset(reason: "试试"), .type("old_estate")),
    ]
    let book = World.book([World.notice(delegation: .locked)], rules)
    let result = try book.resolve("notice.workdays", for: "sll-02", on: World.today)
    #expect(result.value == .integer(6))
    #expect(result.lossCodes == ["community refused", "type refused"])
    #expect(
      book.problems.map(\.message.chinese) == [
        "“公示期”（notice.workdays）不得变更：上级已锁定，下级不得另行规定",
        "“公示期”（notice.workdays）不得变更：上级已锁定，下级不得另行规定",
      ])
  }

  @Test func `A renamed key still works and says so`() throws {
    let rename = SettingRename(
      "notice.days", to: "notice.workdays", from: World.day("2026-03-01"),
      place: Place(file: "street/plugin.yaml", line: 40))
    let rule = World.define(
      .value(.integer(7)), .community("sll-02"), key: "notice.days", line: 3)
    let book = World.book([World.notice()], [rule], renames: [rename])
    #expect(book.problems.isEmpty)
    #expect(
      book.warnings.map(\.chinese) == [
        "设置“notice.days”自 2026-03-01 起改名为“notice.workdays”，请改用新名（community/sll-02/settings.yaml:3）"
      ])
    let result = try book.resolve("notice.days", for: "sll-02", on: World.today)
    #expect(result.key == "notice.workdays")
    #expect(result.value == .integer(7))
    #expect(
      result.warnings.map(\.english) == [
        "setting 'notice.days' is called 'notice.workdays' since 2026-03-01; use the new name"
      ])
    let early = try book.resolve("notice.days", for: "sll-02", on: World.day("2026-02-28"))
    #expect(early.warnings.isEmpty)
  }

  @Test func `A retired key is unknown from its day on`() throws {
    let retired = SettingRename("notice.workdays", to: nil, from: World.day("2026-03-01"))
    let book = World.book([World.notice()], [], renames: [retired])
    let before = try book.resolve("notice.workdays", for: "sll-02", on: World.day("2026-02-28"))
    #expect(before.value == .integer(5))
    let problem = World.problem {
      try book.resolve("notice.workdays", for: "sll-02", on: World.today)
    }
    #expect(problem?.code == .settingUnknown)
    #expect(problem?.message.chinese == "设置“notice.workdays”自 2026-03-01 起已停用")
  }

  @Test func `A trial wins where it may and is never persisted`() throws {
    let book = World.book([World.notice()], [World.set(7, .community("sll-02"))])
    let tried = try book.trying([(key: "公示期", text: "9个工作日")])
    let result = try tried.resolve("notice.workdays", for: "sll-02", on: World.today)
    #expect(result.value == .integer(9))
    #expect(result.layer == .trial)
    #expect(tried.definitions.count == 2)
    #expect(tried.storable == book.definitions)
    let trial = try #require(tried.definitions.first { $0.layer == .trial })
    let problem = World.problem { try trial.requireStorable() }
    #expect(problem?.code == .settingInvalid)
    #expect(problem?.message.chinese == "“notice.workdays”是试算，不能保存")
    #expect(
      try book.resolve("notice.workdays", for: "sll-02", on: World.today).value == .integer(7))
  }

  @Test func `A trial does not beat a mandate`() throws {
    let book = World.book([World.notice()], [World.set(4, .street(), .mandate)])
    let tried = try book.trying([(key: "notice.workdays", text: "9")])
    let result = try tried.resolve("notice.workdays", for: "sll-02", on: World.today)
    #expect(result.value == .integer(4))
  }

  @Test func `What is locked may be tried for all units, in its owner's stead, but not for one`()
    throws
  {
    let book = World.book([World.notice(delegation: .locked)])
    let tried = try book.trying([(key: "notice.workdays", text: "9")])
    #expect(
      try tried.resolve("notice.workdays", for: "sll-02", on: World.today).value == .integer(9))
    let problem = World.problem {
      try book.trying([(key: "notice.workdays", text: "9")], for: "sll-02")
    }
    #expect(problem?.code == .settingRefused)
  }
}
