public import Governance

/// Reading `plugins/types/typologies.yaml`: the typologies a workspace declares beside the type of
/// community, so that several of them may guide one community (`settings.md`, layers).
public struct TypologiesFile: Hashable, Sendable {
  public static let path = "plugins/types/typologies.yaml"

  /// As written; empty when there is no such file.
  public let text: String

  /// The type of community first, then those of the file.
  public private(set) var typologies: [Typology] = [.communityType]

  /// Everything that is wrong with the file (`setting.invalid`), each with its line; none of its
  /// typologies counts then.
  public let problems: [Problem]

  public init(_ text: String = "") {
    self.text = text
    let findings = Findings(file: Self.path, code: .settingInvalid)
    let declared = Self.read(text, findings)
    problems = findings.sorted
    if problems.isEmpty { typologies += declared }
  }

  private static func read(_ text: String, _ findings: Findings) -> [Typology] {
    let root: YAMLValue
    do {
      root = try YAMLValue.parse(text, file: findings.file, code: findings.code)
    } catch {
      findings.add(error, line: error.place?.line)
      return []
    }
    if root.isNull { return [] }
    guard case .map(let entries) = root.content else {
      findings.add(.expectedMap(Words("分类法", "typologies"), root), line: root.line)
      return []
    }
    var names = Names(findings)
    return entries.compactMap { typology($0, &names) }
  }

  private static func typology(_ entry: YAMLValue.Entry, _ names: inout Names) -> Typology? {
    let findings = names.findings
    let what = Words("分类法“\(entry.key)”", "the typology '\(entry.key)'")
    let known = ["label", "english", "compulsory", "types"]
    guard let section = YAMLSection(entry.value, of: what, known: known, findings),
      let label = section.requiredText("label"), let types = section.required("types")
    else { return nil }
    guard case .map(let entries) = types.content else {
      findings.add(.expectedMap(Words("类型 types", "types"), types), line: types.line)
      return nil
    }
    names.admit(entry.key, label, line: entry.line)
    return Typology(
      entry.key, label: Words(label, section.text("english") ?? label),
      isCompulsory: section.boolean("compulsory") ?? false,
      types: entries.compactMap { type in
        guard let words = findings.words(type.value, of: type.key) else { return nil }
        names.admit(type.key, words.chinese, line: type.line)
        return Choice(type.key, words.chinese, words.english)
      })
  }

  /// The codes and labels that are taken: a person may write either, and a code is a folder.
  private struct Names {
    let findings: Findings
    private var taken: Set<String>

    init(_ findings: Findings) {
      self.findings = findings
      let own = Typology.communityType
      taken = Set([own.id, own.label.chinese] + own.types.flatMap { [$0.code, $0.label.chinese] })
    }

    mutating func admit(_ code: String, _ label: String, line: Int) {
      if code.wholeMatch(of: /[a-z][a-z0-9_]*/) == nil {
        findings.add(
          Words("“\(code)”不能作为代码", "'\(code)' cannot be a code"), line: line,
          hint: Words(
            "用英文小写字母、数字和下划线，如 before_2000",
            "use lower-case letters, digits and underscores, such as before_2000"))
      }
      for name in Set([code, label]).sorted() where !taken.insert(name).inserted {
        findings.add(
          Words("“\(name)”已经有了", "'\(name)' is there already"), line: line,
          hint: Words(
            "代码和名称都不能与别的分类法或类型相同",
            "codes and labels differ from those of every typology and type"))
      }
    }
  }
}
