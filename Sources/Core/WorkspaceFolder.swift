internal import Foundation
internal import Governance
internal import Plugins
internal import Storage

/// A folder with `gongyue.yaml`, and where things lie in it.
struct WorkspaceFolder {
  let path: String

  var configurationFile: String { path + "/" + WorkspaceConfiguration.fileName }
  var plugins: String { path + "/plugins" }
  var lockFile: String { path + "/" + LockFile.fileName }

  /// The folder that was named, or the nearest parent that is a workspace.
  static func find(_ opening: Opening) throws -> WorkspaceFolder {
    if let named = opening.workspace {
      let folder = WorkspaceFolder(path: Self.absolute(named, in: opening.directory))
      guard folder.exists else { throw Problem.notWorkspace(folder.path) }
      return folder
    }
    var candidate = URL(fileURLWithPath: opening.directory).standardizedFileURL
    while true {
      let folder = WorkspaceFolder(path: candidate.path)
      if folder.exists { return folder }
      if candidate.path == "/" { throw Problem.noWorkspace(above: opening.directory) }
      candidate.deleteLastPathComponent()
    }
  }

  var exists: Bool { FileManager.default.fileExists(atPath: configurationFile) }

  func configuration() throws -> WorkspaceConfiguration {
    try WorkspaceConfiguration(yaml: try Self.text(of: configurationFile))
  }

  func database(_ configuration: WorkspaceConfiguration) -> String {
    Self.absolute(configuration.database, in: path)
  }

  /// What is enabled, and the lines that say something else.
  func lock() throws -> (lock: LockFile, problems: [Problem]) {
    guard FileManager.default.fileExists(atPath: lockFile) else { return (LockFile(), []) }
    return LockFile.reading(try Self.text(of: lockFile))
  }

  func save(_ lock: LockFile) throws {
    try Self.write(lock.text, to: lockFile)
  }

  static func absolute(_ path: String, in directory: String) -> String {
    path.hasPrefix("/")
      ? path : URL(fileURLWithPath: directory + "/" + path).standardizedFileURL.path
  }

  /// A file's text.
  ///
  /// - Throws: `file.unavailable`, or `input.invalid` when it is not UTF-8.
  static func text(of path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Problem.unreadable(path)
    }
    guard let text = String(validating: data, as: UTF8.self) else { throw Problem.notUTF8(path) }
    return text
  }

  /// Whether there is something that could be read as a file.
  static func hasFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  static func write(_ text: String, to path: String) throws {
    try OutputFile.write(text, to: path)
  }
}

extension Problem {
  static func notWorkspace(_ path: String) -> Problem {
    Problem(
      .workspaceMissing,
      Words("这里不是工作区：没有 gongyue.yaml", "this is no workspace: there is no gongyue.yaml"),
      at: Place(file: path),
      hint: Words(
        "新建一个：gongyue init \(path)；想先看演示：gongyue init \(path) --demo",
        "make one: gongyue init \(path); to look around first: gongyue init \(path) --demo"))
  }

  static func noWorkspace(above directory: String) -> Problem {
    Problem(
      .workspaceMissing,
      Words(
        "从这里往上都没有找到工作区（gongyue.yaml）",
        "neither here nor in any folder above is a workspace (gongyue.yaml)"),
      at: Place(file: directory),
      hint: Words(
        "先进入工作区，或用 --workspace 指明；新建用 gongyue init",
        "go into a workspace or name one with --workspace; make one with gongyue init"))
  }

  static func unreadable(_ path: String) -> Problem {
    Problem(
      .fileUnavailable, Words("读不到这个文件", "the file cannot be read"), at: Place(file: path),
      hint: Words("检查文件名和权限", "check its name and permissions"))
  }

  static func unwritable(_ path: String) -> Problem {
    Problem(
      .fileUnavailable, Words("写不了这个文件", "the file cannot be written"),
      at: Place(file: path),
      hint: Words("检查文件夹是否存在、可写，磁盘是否已满", "check that its folder exists, is writable and not full"))
  }

  static func notUTF8(_ path: String) -> Problem {
    Problem(
      .inputInvalid, Words("这个文件不是 UTF-8 编码", "the file is not UTF-8"), at: Place(file: path),
      hint: Words("在编辑器里另存为 UTF-8（很可能原来是 GB18030）", "save it as UTF-8 (it may be GB18030)"))
  }
}
