internal import Governance
internal import Lua

/// How a test wants to see an explanation: so many levels, in one language.
struct ExplanationView {
  let depth: Int
  let language: Language

  /// - Parameter usual: the language that the tests run in.
  init(_ options: OptionTable, _ usual: Language) {
    depth = options["depth"].int ?? 2
    language = options["lang"].text.flatMap(Language.init(rawValue:)) ?? usual
  }

  func lines(of explanation: Explanation) -> LuaValue {
    .list(explanation.texts(depth: depth, in: language).map { .string($0) })
  }
}

extension TestRegistry {
  /// `t.explains(result, { "总分 89.40", "解决率 85.71" })`.
  var explains: HostFunction {
    HostFunction(
      "explains",
      Bilingual(
        "说明里依次有这些行；只写一行的开头也行",
        "The explanation has these lines in order; a line's beginning will do."
      ),
      Parameter("result", Bilingual("计分的结果", "the result of scoring"), as: LuaValue.self),
      Parameter(
        "expected", Bilingual("一行，或几行的列表", "one line, or a list of them"), as: LuaValue.self),
      Parameter("note", Bilingual("说明", "a note"), as: String?.self)
    ) { result, expected, note in
      let lines = (result["lines"].items ?? []).compactMap(\.text).map { line in
        String(line.drop { $0 == " " })
      }
      var rest = lines[...]
      for wanted in (expected.items ?? [expected]).map({ $0.text ?? $0.spelled }) {
        guard let index = rest.firstIndex(where: { $0.hasPrefix(wanted) }) else {
          let found = Self.nearestLine(to: wanted, in: lines)
          throw Problem.testFailed(expected: wanted, found: found, note)
        }
        rest = rest[(index + 1)...]
      }
    }
  }

  /// The line with the same label, else all of them.
  private static func nearestLine(to wanted: String, in lines: [String]) -> String {
    let label = wanted.prefix { $0 != " " }
    return lines.first { $0.hasPrefix(label) } ?? lines.joined(separator: " | ")
  }
}
