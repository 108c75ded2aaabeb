public import Digests
public import Governance

/// What is enabled, by exact content: `plugins.lock`.
///
/// One line for each package, sorted by name: name, version, digest. Below
/// each, indented, its files with theirs, so that a change can be named.
public struct LockFile: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public let version: SemanticVersion
    public let digest: Digest
    public let files: [String: Digest]

    public init(version: SemanticVersion, digest: Digest, files: [String: Digest]) {
      self.version = version
      self.digest = digest
      self.files = files
    }
  }

  public static let fileName = "plugins.lock"

  /// What comes in here was pinned or read: each name in it fits its line.
  public private(set) var entries: [PackageName: Entry] = [:]

  public init() {}

  private static let heading = """
    # 已启用的插件：名称、版本、内容摘要（SHA-256）；缩进的是各文件的摘要。由 gongyue plugin enable 写入，请勿手改。
    # Enabled packages: name, version, digest; indented, their files. Written by gongyue plugin enable.
    """

  /// The text of the file, the same for the same entries.
  public var text: String {
    var lines = [Self.heading]
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      lines.append("\(name) \(entry.version) \(entry.digest)")
      for (path, digest) in entry.files.sorted(by: { $0.key < $1.key }) {
        lines.append("  \(digest) \(path)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Reads the file's text.
  ///
  /// - Throws: `Problems`: every line that is neither a package nor a file.
  public init(_ text: String, file: String = LockFile.fileName) throws(Problems) {
    let (lock, problems) = Self.reading(text, file: file)
    guard problems.isEmpty else { throw Problems(problems) }
    self = lock
  }

  /// What can be read of a text, and each line that cannot: what stands in the others is enabled
  /// all the same, so that a damaged file can be put right by the program.
  public static func reading(
    _ text: String, file: String = LockFile.fileName
  ) -> (lock: LockFile, problems: [Problem]) {
    var lock = LockFile()
    let findings = Findings(file: file, code: .pluginInvalid)
    var current: PackageName?
    // Lines may end in CRLF, which Swift takes for one character.
    for (index, content) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    )
    .enumerated() {
      if content.isEmpty || content.hasPrefix("#") { continue }
      let isRead =
        content.hasPrefix("  ")
        ? lock.readFile(content.dropFirst(2), of: current) : lock.readPackage(content, &current)
      if !isRead { findings.add(.lockLine, line: index + 1, hint: .lockAgain) }
    }
    return (lock, findings.problems)
  }

  private mutating func readPackage(_ line: Substring, _ current: inout PackageName?) -> Bool {
    let parts = line.split(separator: " ")
    guard parts.count == 3, let version = SemanticVersion(parts[1]),
      let digest = Digest(String(parts[2]))
    else { return false }
    let name = PackageName(String(parts[0]))
    guard name.isWellFormed, entries[name] == nil else { return false }
    entries[name] = Entry(version: version, digest: digest, files: [:])
    current = name
    return true
  }

  private mutating func readFile(_ line: Substring, of name: PackageName?) -> Bool {
    let parts = line.split(separator: " ", maxSplits: 1)
    guard let name, let entry = entries[name], parts.count == 2,
      let digest = Digest(String(parts[0])), FileName.fault(inPath: String(parts[1])) == nil,
      entry.files[String(parts[1])] == nil
    else { return false }
    var files = entry.files
    files[String(parts[1])] = digest
    entries[name] = Entry(version: entry.version, digest: entry.digest, files: files)
    return true
  }
}

extension LockFile {
  /// Pins a package as it is now.
  ///
  /// - Throws: `plugin.changed` when its content changed under the same
  ///   version, or its version went back; `plugin.invalid` for names that fit no line.
  public mutating func pin(_ package: Package) throws(Problem) {
    guard package.name.isWellFormed else { throw .packageName(package.name, package.files) }
    for path in package.files.paths {
      if let fault = FileName.fault(inPath: path) {
        throw .fileName(path, fault, in: package.files.folder)
      }
    }
    if let old = entries[package.name] {
      if package.manifest.version < old.version {
        throw .pluginWentBack(package, from: old.version)
      }
      if package.manifest.version == old.version, package.digest != old.digest {
        throw .pluginChanged(package, since: old)
      }
    }
    entries[package.name] = Entry(
      version: package.manifest.version, digest: package.digest, files: package.files.digests)
  }

  /// Takes a package out; nil where it is not in here.
  public mutating func unpin(_ name: PackageName) -> Entry? {
    entries.removeValue(forKey: name)
  }

  /// What to say about a package before it runs; nil when it is as it was enabled.
  ///
  /// `plugin.unknown` when it was never enabled, `plugin.changed` otherwise.
  public func problem(with package: Package) -> Problem? {
    guard let entry = entries[package.name] else { return .pluginNotEnabled(package.name) }
    if package.manifest.version < entry.version {
      return .pluginWentBack(package, from: entry.version)
    }
    if package.digest == entry.digest { return nil }
    return package.manifest.version == entry.version
      ? .pluginChanged(package, since: entry) : .pluginUpgraded(package, from: entry.version)
  }
}

extension Words {
  fileprivate static let lockLine = Words(
    "这一行不是“名称 版本 摘要”", "this line is not 'name version digest'")

  fileprivate static let lockAgain = Words(
    "请不要手改；gongyue plugin list 看哪些插件还在启用，对其余的运行 gongyue plugin enable，文件就会重新写好",
    "do not edit it; gongyue plugin list shows what is still enabled: run gongyue plugin enable for "
      + "the others, and it is written anew")
}

extension Problem {
  static func packageName(_ name: PackageName, _ files: PackageFiles) -> Problem {
    Problem(
      .pluginInvalid,
      Words(
        "“\(name.description.escapedForTerminal())”不能作为插件的全名",
        "'\(name.description.escapedForTerminal())' cannot be the full name of a package"),
      at: Place(file: files.folder),
      hint: Words(
        "全名是“所属.代码”；所属的文件夹名用字母、数字、连字符和下划线",
        "it is owner.id; an owner's folder is named by letters, digits, hyphens and underscores"))
  }

  public static func pluginNotEnabled(_ name: PackageName) -> Problem {
    Problem(
      .pluginUnknown, Words("插件“\(name)”没有启用", "the package '\(name)' is not enabled"),
      hint: Words("gongyue plugin enable \(name)", "gongyue plugin enable \(name)"))
  }

  static func pluginChanged(_ package: Package, since old: LockFile.Entry) -> Problem {
    let now = package.files.digests
    let changed = Set(now.keys).union(old.files.keys).filter { now[$0] != old.files[$0] }.sorted()
    let list = changed.joined(separator: "、")
    return Problem(
      .pluginChanged,
      Words(
        "插件“\(package.name)”的内容变了，版本仍是 \(old.version)：\(list)",
        "the package '\(package.name)' changed, but its version is still \(old.version): "
          + changed.joined(separator: ", ")),
      at: package.files.place(changed.first ?? "plugin.yaml"),
      hint: Words(
        "请在 plugin.yaml 里写新的版本号，再运行 gongyue plugin enable \(package.name)",
        "give it a new version in plugin.yaml, then run gongyue plugin enable \(package.name)"))
  }

  static func pluginUpgraded(_ package: Package, from old: SemanticVersion) -> Problem {
    Problem(
      .pluginChanged,
      Words(
        "插件“\(package.name)”已是 \(package.manifest.version) 版，启用的是 \(old) 版",
        "the package '\(package.name)' is at version \(package.manifest.version), enabled is \(old)"
      ),
      at: package.files.place("plugin.yaml"),
      hint: Words(
        "看过改动后运行 gongyue plugin enable \(package.name)",
        "review the change, then run gongyue plugin enable \(package.name)"))
  }

  static func pluginWentBack(_ package: Package, from old: SemanticVersion) -> Problem {
    Problem(
      .pluginChanged,
      Words(
        "插件“\(package.name)”的版本从 \(old) 退到了 \(package.manifest.version)",
        "the version of '\(package.name)' went back from \(old) to \(package.manifest.version)"),
      at: package.files.place("plugin.yaml"),
      hint: Words(
        "要恢复旧内容，请用更高的版本号；或先 gongyue plugin disable \(package.name)",
        "to restore old content use a higher version; or run gongyue plugin disable \(package.name) first"
      ))
  }
}
