internal import Foundation
internal import Governance

/// Where the plugins and scripts that come with the program lie.
public struct ShippedFiles: Sendable {
  /// The folder that holds `plugins/` and `scripts/`.
  public let root: String
  public let origin: Origin

  /// How the folder was found.
  public enum Origin: Sendable {
    /// `share/gongyue` beside the program's `bin`.
    case installed
    /// A checkout of the sources, from which the program was built.
    case checkout
  }

  /// Looks beside the running program, then upwards for a checkout.
  public static func locate() throws -> ShippedFiles {
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let folder = URL(fileURLWithPath: program).deletingLastPathComponent()
    let installed = folder.deletingLastPathComponent().appendingPathComponent("share/gongyue").path
    if holdsLaw(installed) { return ShippedFiles(root: installed, origin: .installed) }
    var candidate = folder
    while candidate.path != "/" {
      if holdsLaw(candidate.path) { return ShippedFiles(root: candidate.path, origin: .checkout) }
      candidate.deleteLastPathComponent()
    }
    throw Problem.shippedFilesMissing(near: folder.path)
  }

  /// Copies `plugins/` and `scripts/` into a workspace that has neither.
  ///
  /// - Parameter demo: whether with what the demo street's communities settled: a street of
  ///   one's own has no such communities, and nothing could be read there.
  func copy(into workspace: String, demo: Bool) throws {
    for name in ["plugins", "scripts"] {
      let target = workspace + "/" + name
      guard !FileManager.default.fileExists(atPath: target) else { continue }
      try FileManager.default.copyItem(atPath: root + "/" + name, toPath: target)
      if name == "plugins", !demo { try Self.empty(target + "/communities") }
    }
  }

  private static func empty(_ folder: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      try FileManager.default.removeItem(atPath: folder + "/" + name)
    }
  }

  private static func holdsLaw(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/plugins/law/calendar.yaml")
  }
}

extension Problem {
  static func shippedFilesMissing(near folder: String) -> Problem {
    Problem(
      .fileUnavailable,
      Words(
        "找不到随程序提供的插件和脚本",
        "the plugins and scripts that come with the program are missing"),
      at: Place(file: folder),
      hint: Words(
        "请重新安装，或在源码目录中构建后运行", "reinstall, or run the program that was built in its checkout"))
  }
}
