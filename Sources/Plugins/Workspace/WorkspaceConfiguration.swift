public import Governance

/// What `gongyue.yaml` says about a workspace.
public struct WorkspaceConfiguration: Hashable, Sendable {
  public static let fileName = "gongyue.yaml"

  public let name: Words

  /// The street that owns the workspace.
  public let street: UnitID?

  /// The date it is to be, for demonstrations; nil is the real one.
  public let today: Day?
  public let language: Language
  public let limits: Ceilings

  /// The database's file name beside this file.
  public let database: String

  /// The ceilings that no command line option can raise.
  public struct Ceilings: Hashable, Sendable {
    public let seconds: Double
    public let megabytes: Int

    /// KiB that scripts may print.
    public let output: Int

    /// Instructions of Lua for one test of a package.
    public let instructions: Int

    public static let standard = Ceilings(
      seconds: 60, megabytes: 512, output: 4096, instructions: 100_000_000)

    public init(seconds: Double, megabytes: Int, output: Int, instructions: Int) {
      self.seconds = seconds
      self.megabytes = megabytes
      self.output = output
      self.instructions = instructions
    }
  }

  public init(
    name: Words, street: UnitID?, today: Day? = nil, language: Language = .chinese,
    limits: Ceilings = .standard, database: String = "gongyue.sqlite"
  ) {
    self.name = name
    self.street = street
    self.today = today
    self.language = language
    self.limits = limits
    self.database = database
  }
}

extension WorkspaceConfiguration {
  /// Reads the file's text.
  ///
  /// - Throws: `Problems` (`input.invalid`) with everything that is wrong, each with its line.
  public init(yaml text: String, file: String = Self.fileName) throws(Problems) {
    let findings = Findings(file: file, code: .inputInvalid)
    let root: YAMLValue
    do {
      root = try YAMLValue.parse(text, file: file, code: .inputInvalid)
    } catch {
      throw Problems([error])
    }
    let known = ["name", "street", "today", "language", "limits", "database"]
    let what = Words("工作区配置", "the workspace configuration")
    guard let section = YAMLSection(root, of: what, known: known, findings) else {
      throw Problems(findings.sorted)
    }
    let name = section.required("name").flatMap { findings.words($0, of: "name") }
    let limits = Self.limits(section["limits"], findings)
    let language = Self.language(section, findings)
    let database = Self.database(section, findings)
    let today = section.day("today")
    let street = section.text("street")
    try findings.check()
    guard let name else { throw Problems(findings.sorted) }
    self.init(
      name: name, street: street.map { UnitID($0) }, today: today,
      language: language, limits: limits, database: database)
  }

  private static func language(_ section: YAMLSection, _ findings: Findings) -> Language {
    guard let text = section.text("language") else { return .chinese }
    if let language = Language(rawValue: text) { return language }
    findings.add(
      Words("没有“\(text)”这种语言", "there is no language '\(text)'"),
      line: section.line(of: "language"),
      hint: Words("可写 zh 或 en", "write zh or en"))
    return .chinese
  }

  /// A plain file name: a workspace never reaches outside its folder.
  private static func database(_ section: YAMLSection, _ findings: Findings) -> String {
    guard let text = section.text("database") else { return "gongyue.sqlite" }
    if text.isEmpty || text.hasPrefix(".") || text.contains("/") || text.contains("\0") {
      findings.add(
        Words("“\(text)”不是文件名", "'\(text)' is not a file name"), line: section.line(of: "database"),
        hint: Words("只写名称，不带文件夹，如 gongyue.sqlite", "a name without folders, such as gongyue.sqlite")
      )
    }
    return text
  }

  private static func limits(_ value: YAMLValue?, _ findings: Findings) -> Ceilings {
    let standard = Ceilings.standard
    let known = ["time", "memory", "output", "instructions"]
    guard let value,
      let section = YAMLSection(value, of: Words("上限 limits", "limits"), known: known, findings)
    else { return standard }
    return Ceilings(
      seconds: seconds(section, findings) ?? standard.seconds,
      megabytes: positive("memory", 1_048_576, section) ?? standard.megabytes,
      output: positive("output", 1_048_576, section) ?? standard.output,
      instructions: positive("instructions", 1_000_000_000_000, section) ?? standard.instructions)
  }

  private static func seconds(_ section: YAMLSection, _ findings: Findings) -> Double? {
    guard let value = section["time"] else { return nil }
    if case .scalar(let text, _) = value.content, let number = Double(text), number > 0,
      number <= 86_400
    {
      return number
    }
    findings.add(
      .expected("time", Words("大于零的秒数", "a number of seconds above zero"), value), line: value.line)
    return nil
  }

  private static func positive(_ key: String, _ most: Int, _ section: YAMLSection) -> Int? {
    guard let number = section.integer(key) else { return nil }
    if (1...most).contains(number) { return number }
    section.findings.add(
      Words("“\(key)”应在 1 与 \(most) 之间", "'\(key)' must be between 1 and \(most)"),
      line: section.line(of: key))
    return nil
  }
}
