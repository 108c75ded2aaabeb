import Governance
import Lua
import Testing

@testable import Plugins

/// The community assessment as it is shipped, with its shipped settings and given inputs (P8).
struct ShippedFormulaTests {
  private final class ShippedHost: FormulaHost {
    let book: SettingsBook

    init(_ book: SettingsBook) {
      self.book = book
    }

    func enter(_ subject: FormulaSubject) throws -> LuaValue { [:] }
    func count(_ object: HostObject) throws -> (Int64, Contribution?)? { nil }

    func resolve(_ key: String, for unit: UnitID, on day: Day) throws -> Resolution {
      try book.resolve(key, for: unit, on: day)
    }
  }

  private static let types = [
    "old_estate", "unit_compound", "commodity", "village_to_city", "mixed_commercial",
  ]

  private static var catalogue: Catalogue {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    return Catalogue.read("/" + root + "/plugins")
  }

  private static func book(_ catalogue: Catalogue) throws -> SettingsBook {
    let units = types.map { type in
      SettingUnit(
        UnitID(type), name: Words(type, type), street: "street", community: UnitID(type),
        types: [Dated(type)])
    }
    return SettingsBook(
      declarations: catalogue.packages.flatMap(\.manifest.settings),
      definitions: try catalogue.settingsFiles.flatMap { try SettingsFile.read($0) },
      typologies: [
        SettingTypology(
          "community_type", "社区类型", "community type", compulsory: true,
          types: types.map { Choice($0, $0, $0) })
      ],
      units: [
        SettingUnit("street", name: Words("街道", "street"), street: "street", community: nil)
      ] + units)
  }

  /// Only what the files call while they load; their functions are not called here.
  private static func interpreter(_ package: Package) -> Interpreter {
    let any = HostFunction(
      "any", Bilingual("任一", "any of"),
      Parameter("values", Bilingual("值", "values"), as: LuaValue.self),
      returns: Bilingual("条件", "a condition")
    ) { $0 }
    let formula = HostFunction(
      "formula", Bilingual("公式", "a formula"),
      Parameter("table", Bilingual("表", "the table"), as: LuaValue.self),
      returns: Bilingual("公式", "the formula")
    ) { $0 }
    return Interpreter(
      modules: [
        HostModule(
          "gongyue", Bilingual("公约", "gongyue"), functions: [any, formula] + FormulaMark.functions)
      ], types: [FormulaMark.type(in: .chinese)],
      loader: { name in
        let path = name.split(separator: ".").joined(separator: "/") + ".lua"
        return package.files.texts[path].map { Chunk(source: $0, name: path) }
      })
  }

  private func run<Result>(_ body: (FormulaRun) throws -> Result) throws -> Result {
    let catalogue = Self.catalogue
    let package = try catalogue.require("street.community-assessment")
    let interpreter = Self.interpreter(package)
    let source = try #require(package.files.texts["init.lua"])
    let offers = try interpreter.run(source, name: "init.lua")
    let declaration = try FormulaDeclaration(try #require(offers.items?.first))
    let host = ShippedHost(try Self.book(catalogue))
    return try body(
      FormulaRun(declaration, interpreter, host: host, today: Day("2026-05-12")!))
  }

  private func blocks(_ rates: LuaValue) -> LuaValue {
    [
      "organisation": 100, "deliberation": 90, "closed_loop": rates, "visits": 88,
      "publicity": 100, "environment": 76, "satisfaction": 91,
    ]
  }

  @Test func `It has the seven blocks, and every setting it reads is declared`() throws {
    try run { run in
      #expect(run.declaration.blocks.compactMap(\.letter).joined() == "ODCVPHS")
      let declared = Self.catalogue.packages.flatMap(\.manifest.settings).map(\.key)
      #expect(run.declaration.settingKeys.filter { !declared.contains($0) } == [])
      #expect(run.declaration.quota?.most == 2)
    }
  }

  @Test(arguments: zip(types, ["89.40", "90.45", "90.94", "90.72", "90.16"]))
  func `The golden totals come out for each type`(type: String, total: String) throws {
    let rates: LuaValue = ["response": [63, 64], "solution": [58, 64], "satisfaction": [41, 46]]
    try run { run in
      let result = try run.assess(
        FormulaUnit(UnitID(type), name: type, type: type), Period.parse("2026-04"),
        given: blocks(rates))
      #expect(result.score?.description == total)
      #expect(result.blockScore("closed_loop")?.shown == "89.76")
      #expect(try result.explanation.recomputed() == result.explanation.value)
    }
  }

  @Test func `There is one rounding point`() throws {
    let rates: LuaValue = ["response": [59, 64], "solution": [55, 64], "satisfaction": [41, 46]]
    try run { run in
      let result = try run.assess(
        FormulaUnit("village_to_city", name: "村"), Period.parse("2026-04"), given: blocks(rates))
      #expect(result.score?.description == "89.15")
    }
  }
}
