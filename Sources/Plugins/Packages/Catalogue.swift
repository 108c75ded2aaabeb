internal import Foundation
public import Governance

/// Everything below a workspace's `plugins/`: packages, definitions of settings, the calendar.
public struct Catalogue: Sendable {
  /// A file of definitions, and whose they are.
  public struct SettingsFile: Hashable, Sendable {
    public let owner: Owner
    /// `plugins/street/settings.yaml`.
    public let file: String
    public let text: String

    /// The Lua files that its computed values may name, by path below its folder.
    public let functions: [String: String]

    /// The package it belongs to; nil for the file of a layer.
    public let package: PackageName?

    public init(
      owner: Owner, file: String, text: String, functions: [String: String] = [:],
      package: PackageName? = nil
    ) {
      self.owner = owner
      self.file = file
      self.text = text
      self.functions = functions
      self.package = package
    }

    /// `plugins/street`.
    public var folder: String { SettingFunctions.folder(of: file) }
  }

  /// A folder that should hold a package and does not hold a readable one.
  public struct BrokenPackage: Hashable, Sendable {
    /// `plugins/street/rota`.
    public let folder: String

    /// Nil where even the files could not be read.
    public let files: PackageFiles?
    public let problems: [Problem]
  }

  public let packages: [Package]

  /// What `problems` says of them is in here again.
  public let brokenPackages: [BrokenPackage]
  public let settingsFiles: [SettingsFile]

  /// The text of `plugins/law/calendar.yaml`.
  public let calendar: String?

  /// What `plugins/types/typologies.yaml` declares.
  public let typologies: TypologiesFile

  /// What could not be read; the rest is still here.
  public let problems: [Problem]

  /// The layers whose files of settings could not be read.
  public let unreadSettings: [UnreadRules]

  /// The package of a full name, or of an id that only one package has.
  public func package(_ name: String) -> Package? {
    if let exact = packages.first(where: { $0.name.description == name }) { return exact }
    let candidates = packages.filter { $0.manifest.id == name }
    return candidates.count == 1 ? candidates[0] : nil
  }

  /// - Throws: `plugin.unknown` with the nearest name.
  public func require(_ name: String) throws(Problem) -> Package {
    if let package = package(name) { return package }
    let near = nearest(to: name, in: packages.flatMap { [$0.name.description, $0.manifest.id] })
    throw Problem(
      .pluginUnknown, Words("没有“\(name)”这个插件", "there is no package '\(name)'"),
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? Words("gongyue plugin list 列出全部插件", "gongyue plugin list shows them all"))
  }

  public static let calendarFile = "plugins/law/calendar.yaml"
}

extension Catalogue {
  /// Reads the folder `plugins` of a workspace; never fails as a whole.
  public static func read(_ directory: String, kinds: [Kind] = BuiltInKinds.all) -> Catalogue {
    var reading = CatalogueReading(kinds: kinds)
    reading.readTypologies(directory)
    reading.readOwner(.law, directory)
    reading.readOwner(.street, directory)
    for type in reading.owners(directory, "types") { reading.readOwner(.type(type), directory) }
    for unit in reading.owners(directory, "communities") {
      reading.readOwner(.community(UnitID(unit)), directory)
    }
    let calendar = try? String(contentsOfFile: directory + "/law/calendar.yaml", encoding: .utf8)
    return Catalogue(
      packages: reading.packages, brokenPackages: reading.broken,
      settingsFiles: reading.settingsFiles, calendar: calendar,
      typologies: reading.typologies, problems: reading.problems,
      unreadSettings: reading.unreadSettings)
  }
}

/// One walk through `plugins/`.
private struct CatalogueReading {
  let kinds: [Kind]
  var packages: [Package] = []
  var broken: [Catalogue.BrokenPackage] = []
  var settingsFiles: [Catalogue.SettingsFile] = []
  var typologies = TypologiesFile()
  var problems: [Problem] = []
  var unreadSettings: [UnreadRules] = []

  /// The folders in a folder, sorted; links and hidden ones are none.
  static func folders(_ directory: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.sorted().filter { name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: directory + "/" + name)
      return !name.hasPrefix(".") && attributes?[.type] as? FileAttributeType == .typeDirectory
    }
  }

  /// The folders of types or communities; one that no unit could be called is a problem.
  mutating func owners(_ root: String, _ layer: String) -> [String] {
    Self.folders(root + "/" + layer).filter { name in
      if UnitID(name).isWellFormed { return true }
      problems.append(.ownerFolder(name, in: "plugins/" + layer))
      return false
    }
  }

  mutating func readOwner(_ owner: Owner, _ root: String) {
    let directory = root + "/" + owner.folder
    let folder = "plugins/" + owner.folder
    if FileManager.default.fileExists(atPath: directory + "/plugin.yaml") {
      // The law is one package that fills its folder.
      readPackage(directory, folder, owner)
      return
    }
    readSettings(directory, folder, owner)
    if case .type(let type) = owner { checkType(type, folder) }
    for name in Self.folders(directory) {
      readPackage(directory + "/" + name, folder + "/" + name, owner)
    }
  }

  mutating func readTypologies(_ root: String) {
    guard let text = read("typologies.yaml", root + "/types", "plugins/types", .street) else {
      return
    }
    typologies = TypologiesFile(text)
    problems += typologies.problems
  }

  private mutating func checkType(_ type: String, _ folder: String) {
    let known = typologies.typologies.types.map(\.code)
    guard !known.contains(type) else { return }
    let near = nearest(to: type, in: known)
    problems.append(
      Problem(
        .pluginInvalid, Words("没有“\(type)”这个类型", "there is no type '\(type)'"),
        at: Place(file: folder),
        hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
          ?? Words("类型：\(known.joined(separator: "、"))", "types: \(known.joined(separator: ", "))"))
    )
  }

  private mutating func readPackage(_ directory: String, _ folder: String, _ owner: Owner) {
    var files: PackageFiles?
    do {
      let read = try PackageFiles.read(directory, as: folder)
      files = read
      let package = try Package(read, owner: owner, kinds: kinds)
      packages.append(package)
      guard let text = read.texts["settings.yaml"] else { return }
      settingsFiles.append(
        Catalogue.SettingsFile(
          owner: owner, file: folder + "/settings.yaml", text: text,
          functions: read.texts.filter { $0.key.hasSuffix(".lua") }, package: package.name))
    } catch {
      let found =
        (error as? Problems)?.all
        ?? [Problem(.pluginInvalid, Words(verbatim: "\(error)"), at: Place(file: folder))]
      problems += found
      broken.append(Catalogue.BrokenPackage(folder: folder, files: files, problems: found))
    }
  }

  /// The file of a layer, and the Lua files beside it.
  private mutating func readSettings(_ directory: String, _ folder: String, _ owner: Owner) {
    guard let text = read("settings.yaml", directory, folder, owner) else { return }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    var functions: [String: String] = [:]
    for name in names.sorted() where name.hasSuffix(".lua") && !name.hasPrefix(".") {
      if let fault = FileName.fault(in: name) {
        problems.append(.fileName(name, fault, in: folder))
        continue
      }
      functions[name] = read(name, directory, folder, owner)
    }
    settingsFiles.append(
      Catalogue.SettingsFile(
        owner: owner, file: folder + "/settings.yaml", text: text, functions: functions))
  }

  /// An ordinary file of a layer; nil when it is not there, or cannot be used, which is a problem.
  private mutating func read(
    _ name: String, _ directory: String, _ folder: String, _ owner: Owner
  ) -> String? {
    let location = directory + "/" + name
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: location) else {
      return nil
    }
    let words: Words
    var hint: Words?
    if attributes[.type] as? FileAttributeType != .typeRegular {
      words = Words("这不是普通文件", "this is not an ordinary file")
    } else if (attributes[.size] as? Int ?? 0) > PackageFiles.maximumFileBytes {
      let limit = PackageFiles.maximumFileBytes / 1024
      words = Words("文件超过 \(limit) KiB", "the file is larger than \(limit) KiB")
    } else if let data = FileManager.default.contents(atPath: location),
      let text = String(validating: data, as: UTF8.self)
    {
      return text
    } else {
      words = Words("文件不是 UTF-8 文本", "the file is not UTF-8 text")
      hint = Words("在编辑器里另存为 UTF-8（很可能原来是 GB18030）", "save it as UTF-8 (it may be GB18030)")
    }
    let problem = Problem(.settingInvalid, words, at: Place(file: folder + "/" + name), hint: hint)
    problems.append(problem)
    unreadSettings.append(UnreadRules(owner.settingScope, [problem]))
    return nil
  }
}

extension Problem {
  fileprivate static func ownerFolder(_ name: String, in folder: String) -> Problem {
    let shown = name.escapedForTerminal()
    return Problem(
      .pluginInvalid,
      Words("文件夹“\(shown)”不能用作名称", "the folder '\(shown)' cannot be so called"),
      at: Place(file: folder),
      hint: Words(
        "文件夹名就是类型或单位的代码：字母、数字、连字符和下划线",
        "it is the code of a type or unit: letters, digits, hyphens and underscores"))
  }
}
