import Governance
import Lua
import Testing

@testable import Plugins

/// Functions beside files of settings, each run alone.
struct SettingFunctionsTests {
  static let day = Day("2026-05-12")!

  static func book(
    _ files: [Catalogue.SettingsFile], limits: Limits = .none
  ) throws -> (SettingsBook, SettingFunctions) {
    let functions = SettingFunctions(files, limits: limits)
    let book = SettingsBook(
      declarations: [
        SettingDeclaration("notice.days", "公示期", "notice", .integer, default: .integer(5))
      ],
      definitions: try files.flatMap { try SettingsFile.read($0) },
      units: [SettingUnit("sll-02", name: Words("乙", "B"), street: "sll", community: "sll-02")],
      using: functions.evaluator())
    return (book, functions)
  }

  static func file(_ owner: Owner, _ lua: String) -> Catalogue.SettingsFile {
    Catalogue.SettingsFile(
      owner: owner, file: "plugins/\(owner.folder)/settings.yaml",
      text: "notice.days: {function: notice.lua#days}", functions: ["notice.lua": lua])
  }

  static func value(_ files: [Catalogue.SettingsFile]) throws -> SettingValue {
    let (book, functions) = try book(files)
    return try book.resolve(
      "notice.days", for: "sll-02", on: day, using: functions.evaluator()
    ).value
  }

  @Test func `Values cross between layers; globals and changed libraries do not`() throws {
    let street = Self.file(
      .street,
      """
      shared = 100
      string.len = function() return 1000 end
      return { days = function(c, inherited) return inherited() + 1 end }
      """)
    let community = Self.file(
      .community("sll-02"),
      """
      return { days = function(c, inherited)
        local above = inherited()
        return above * 10 + (shared or 0) + string.len("abc")
      end }
      """)
    #expect(try Self.value([street, community]) == .integer(63))
  }

  @Test func `What was computed is kept as long as what it inherited stays the same`() throws {
    let file = Self.file(
      .community("sll-02"), "return { days = function(c, inherited) return inherited() + 1 end }")
    let (book, functions) = try Self.book([file])
    let evaluate = functions.evaluator()
    func value(_ book: SettingsBook) throws -> SettingValue {
      try book.resolve("notice.days", for: "sll-02", on: Self.day, using: evaluate).value
    }
    #expect(try value(book) == .integer(6))
    let street = SettingDefinition("notice.days", .street(), .value(.integer(8)))
    #expect(try value(book.adding([street], using: evaluate)) == .integer(9))
    #expect(try value(book) == .integer(6))
  }

  @Test func `A folder's functions may require each other, not another folder's`() throws {
    let own = Catalogue.SettingsFile(
      owner: .community("sll-02"), file: "plugins/communities/sll-02/settings.yaml",
      text: "notice.days: {function: notice.lua#days}",
      functions: [
        "notice.lua":
          "local base = require 'base' return { days = function() return base.days end }",
        "base.lua": "return { days = 12 }",
      ])
    #expect(try Self.value([own]) == .integer(12))
    let other = Self.file(.street, "return { days = function() return 1 end }")
    let foreign = Self.file(
      .community("sll-02"), "local n = require 'street.notice' return { days = n.days }")
    #expect(throws: Problem.self) { try Self.value([other, foreign]) }
  }

  @Test func `Exact decimals and text are at hand; records, settings and the day of today are not`()
    throws
  {
    let file = Self.file(
      .community("sll-02"),
      """
      local gongyue = require "gongyue"
      return { days = function()
        local count = gongyue.text.len("公示期")
        for _, name in ipairs { "cases", "setting", "today", "calendar", "log" } do
          if gongyue[name] ~= nil then count = count + 100 end
        end
        return count
      end }
      """)
    #expect(try Self.value([file]) == .integer(3))
  }

  @Test func `All functions of a run share its time`() throws {
    let file = Self.file(
      .community("sll-02"),
      "return { days = function(c) if c.day < '2026-05-12' then while true do end end return 3 end }"
    )
    let (book, functions) = try Self.book([file], limits: Limits(time: 0.2))
    let evaluate = functions.evaluator()
    for day in ["2026-05-11", "2026-05-13"] {
      let problem = #expect(throws: Problem.self) {
        try book.resolve("notice.days", for: "sll-02", on: Day(day)!, using: evaluate)
      }
      #expect(problem?.code == .limitTime, "the second would end at once, had it time of its own")
    }
  }
}
