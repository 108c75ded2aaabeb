public import Digests
internal import Foundation
public import Governance

/// The files of one package, read once; what is checked, hashed and run is this copy.
public struct PackageFiles: Hashable, Sendable {
  /// What a package may hold: files, bytes in one file, bytes in all.
  public static let maximumFiles = 500
  public static let maximumFileBytes = 512 * 1024
  public static let maximumBytes = 8 * 1024 * 1024

  /// Where it lies, for messages: `plugins/street/rota`.
  public let folder: String

  /// Text by path below the folder, `blocks/visits.lua`.
  public let texts: [String: String]

  public init(folder: String, texts: [String: String]) {
    self.folder = folder
    self.texts = texts
  }

  public var paths: [String] { texts.keys.sorted() }

  /// A path as messages name it.
  public func place(_ path: String, line: Int? = nil) -> Place {
    Place(file: folder.isEmpty ? path : folder + "/" + path, line: line)
  }

  /// What is data and not the package: definitions of settings have a history of their own, and
  /// the calendar grows with every notice and is kept with each closed result.
  private static let data: Set = ["settings.yaml", "calendar.yaml"]

  /// The digest that `plugins.lock` pins: sorted paths and bytes of everything but data.
  public var digest: Digest {
    var bytes: [UInt8] = []
    for path in paths where !Self.data.contains(path) {
      let content = texts[path].map { Array($0.utf8) } ?? []
      bytes += Array("\(path.utf8.count):\(path)\(content.count):".utf8)
      bytes += content
    }
    return Digest(of: bytes)
  }

  /// The digest of each file, to say which one changed.
  public var digests: [String: Digest] {
    texts.filter { !Self.data.contains($0.key) }.mapValues { Digest(of: $0) }
  }
}

extension PackageFiles {
  /// Reads a folder.
  ///
  /// Names that begin with a dot are passed over. Everything else must be a
  /// regular file of UTF-8 text within the limits and with a plain name, below
  /// the folder without any symbolic link.
  ///
  /// - Parameters:
  ///   - directory: the folder on disk.
  ///   - folder: what messages call it.
  /// - Throws: `Problems` with everything that is wrong.
  public static func read(_ directory: String, as folder: String) throws -> PackageFiles {
    var reading = FolderReading(folder: folder)
    reading.read(directory, below: "")
    guard reading.problems.isEmpty else { throw Problems(reading.problems) }
    return PackageFiles(folder: folder, texts: reading.texts)
  }
}

/// One walk through a folder.
private struct FolderReading {
  let folder: String
  var texts: [String: String] = [:]
  var problems: [Problem] = []
  var bytes = 0

  mutating func read(_ directory: String, below prefix: String) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
      add(
        .fileUnavailable, prefix, Words("打不开这个文件夹", "this folder cannot be opened"))
      return
    }
    for name in names.sorted() where !name.hasPrefix(".") {
      guard texts.count < PackageFiles.maximumFiles else {
        add(
          .pluginInvalid, "",
          Words(
            "文件太多，最多\(PackageFiles.maximumFiles)个",
            "there are more than \(PackageFiles.maximumFiles) files"))
        return
      }
      read(directory + "/" + name, path: prefix + name)
    }
  }

  private mutating func read(_ location: String, path: String) {
    if let fault = FileName.fault(inPath: path) {
      problems.append(.fileName(path, fault, in: folder))
      return
    }
    guard path.split(separator: "/").count <= 8 else {
      add(.pluginInvalid, path, Words("文件夹层次太深", "folders are nested too deeply"))
      return
    }
    switch (try? FileManager.default.attributesOfItem(atPath: location))?[.type]
      as? FileAttributeType
    {
    case .typeDirectory: read(location, below: path + "/")
    case .typeRegular: readFile(location, path: path)
    case .typeSymbolicLink:
      add(
        .pluginInvalid, path, Words("插件里不能有符号链接", "a package cannot hold symbolic links"),
        hint: Words("请把文件本身放进来", "put the file itself there"))
    default:
      add(.pluginInvalid, path, Words("这不是普通文件", "this is not an ordinary file"))
    }
  }

  private mutating func readFile(_ location: String, path: String) {
    guard let handle = FileHandle(forReadingAtPath: location),
      let data = try? handle.read(upToCount: PackageFiles.maximumFileBytes + 1) ?? Data()
    else {
      add(.fileUnavailable, path, Words("读不了这个文件", "this file cannot be read"))
      return
    }
    try? handle.close()
    bytes += data.count
    let limit = PackageFiles.maximumFileBytes / 1024
    guard data.count <= PackageFiles.maximumFileBytes else {
      add(.pluginInvalid, path, Words("文件超过 \(limit) KiB", "the file is larger than \(limit) KiB"))
      return
    }
    let total = PackageFiles.maximumBytes / 1024 / 1024
    guard bytes <= PackageFiles.maximumBytes else {
      add(
        .pluginInvalid, path,
        Words("插件合计超过 \(total) MiB", "the package is larger than \(total) MiB"))
      return
    }
    guard let text = String(validating: data, as: UTF8.self), !text.utf8.contains(0) else {
      add(
        .pluginInvalid, path, Words("文件不是 UTF-8 文本", "the file is not UTF-8 text"),
        hint: Words("请另存为 UTF-8", "save it as UTF-8"))
      return
    }
    texts[path] = text
  }

  private mutating func add(_ code: ErrorCode, _ path: String, _ message: Words, hint: Words? = nil)
  {
    let file = path.isEmpty ? folder : folder + "/" + path
    problems.append(Problem(code, message, at: Place(file: file), hint: hint))
  }
}
