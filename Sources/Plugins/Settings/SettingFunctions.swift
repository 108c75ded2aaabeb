public import Governance
public import Lua

/// The functions beside files of settings: where computed values come from.
///
/// A function belongs to the folder of the file that names it, and only sees that
/// folder: a layer's own Lua files, or those of one package.
public struct SettingFunctions: Sendable {
  private let folders: [String: PackageFiles]
  let limits: Limits
  let language: Language

  /// - Parameter limits: what all functions of one run together may use.
  public init(
    _ files: [Catalogue.SettingsFile], limits: Limits = .none, language: Language = .chinese
  ) {
    folders = Dictionary(
      files.map { ($0.folder, PackageFiles(folder: $0.folder, texts: $0.functions)) }
    ) { first, _ in first }
    self.limits = limits
    self.language = language
  }

  /// Runs the functions of one run; values are computed once for each unit and day.
  public func evaluator() -> SettingEvaluator {
    let run = SettingFunctionRun(self)
    return { try run.value(of: $0, inherited: $1, $2) }
  }

  /// What can be told without running anything: files that are missing or are no Lua.
  public func unread(in definitions: [SettingDefinition]) -> [UnreadRules] {
    definitions.compactMap { definition in
      let problems = definition.functions.compactMap { problem(with: $0, of: definition) }
      return problems.isEmpty
        ? nil : UnreadRules(definition.scope, key: definition.key, problems)
    }
  }

  private func problem(
    with reference: FunctionReference, of definition: SettingDefinition
  ) -> Problem? {
    do {
      let chunk = try chunk(reference, of: definition)
      try Interpreter().check(chunk.source, name: chunk.name)
      return nil
    } catch let problem as Problem {
      return problem
    } catch {
      return .computing(error, of: definition)
    }
  }

  /// The files that a definition's functions may use.
  func files(of definition: SettingDefinition) -> PackageFiles {
    let folder = Self.folder(of: definition.place?.file ?? "")
    return folders[folder] ?? PackageFiles(folder: folder, texts: [:])
  }

  func chunk(
    _ reference: FunctionReference, of definition: SettingDefinition
  ) throws(Problem) -> Chunk {
    let files = files(of: definition)
    let prefix = files.folder + "/"
    let path =
      reference.file.hasPrefix(prefix)
      ? String(reference.file.dropFirst(prefix.count)) : reference.file
    guard let source = files.texts[path] else {
      throw .settingFileMissing(path, files, definition)
    }
    return Chunk(source: source, name: files.place(path).file)
  }

  /// `plugins/street/settings.yaml` lies in `plugins/street`.
  static func folder(of file: String) -> String {
    file.split(separator: "/").dropLast().joined(separator: "/")
  }
}

extension SettingDefinition {
  /// The functions it names, for its value and for its condition.
  fileprivate var functions: [FunctionReference] {
    let own: [FunctionReference] = if case .function(let own) = content { [own] } else { [] }
    return own + (condition?.functions ?? [])
  }
}

extension SettingCondition {
  fileprivate var functions: [FunctionReference] {
    switch self {
    case .function(let reference): [reference]
    case .not(let inner): inner.functions
    case .all(let parts), .any(let parts): parts.flatMap(\.functions)
    case .unit, .type, .since, .before, .caretaken: []
    }
  }
}

extension Problem {
  static func settingFileMissing(
    _ path: String, _ files: PackageFiles, _ definition: SettingDefinition
  ) -> Problem {
    let near = nearest(to: path, in: files.paths)
    return Problem(
      .settingInvalid,
      Words(
        "“\(definition.key)”用到的文件 \(path) 不在 \(files.folder) 里",
        "'\(definition.key)' uses the file \(path), which is not in \(files.folder)"),
      at: definition.place,
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? Words("函数要放在设置文件旁边", "functions lie beside the file of settings"))
  }

  static func settingFunctionMissing(
    _ reference: FunctionReference, known: [String], _ definition: SettingDefinition
  ) -> Problem {
    let file = reference.file.split(separator: "/").last ?? ""
    let near = nearest(to: reference.function, in: known)
    return Problem(
      .settingInvalid,
      Words(
        "“\(definition.key)”用到的 \(file) 没有返回函数 \(reference.function)",
        "'\(definition.key)' uses \(reference.function), which \(file) does not return"),
      at: definition.place,
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? Words(
          "文件最后写：return { \(reference.function) = \(reference.function) }",
          "end the file with: return { \(reference.function) = \(reference.function) }"))
  }

  static func settingWithoutResult(
    _ reference: FunctionReference, _ found: LuaValue, _ definition: SettingDefinition
  ) -> Problem {
    let file = reference.file.split(separator: "/").last ?? ""
    return Problem(
      .settingInvalid,
      Words(
        "“\(definition.key)”的函数 \(file)#\(reference.function) 返回了 \(found.spelled)，不能作为设置的值",
        "\(file)#\(reference.function) gave \(found.spelled) for '\(definition.key)': no setting can be that"
      ), at: definition.place)
  }

  /// A failure inside a function: its line in Lua, and which definition asked for it.
  static func computing(_ error: any Error, of definition: SettingDefinition) -> Problem {
    let problem: Problem =
      switch error {
      case let error as LuaError: .script(error)
      case let problem as Problem: problem
      default: Problem(.internal, Words(verbatim: "\(error)"))
      }
    let place = definition.place.map { "（\($0)）" } ?? ""
    return problem.while(
      Words(
        "计算设置“\(definition.key)”\(place)",
        "computing the setting '\(definition.key)'" + (definition.place.map { " (\($0))" } ?? "")))
  }
}
