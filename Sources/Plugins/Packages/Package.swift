public import Digests
public import Governance

/// One plugin: its manifest and its files.
public struct Package: Hashable, Sendable {
  public let manifest: Manifest
  public let files: PackageFiles
  public let digest: Digest

  public var name: PackageName { manifest.name }

  /// - Throws: `Problems` with everything that is wrong with the manifest, or
  ///   one that there is no `plugin.yaml` or no `init.lua`.
  public init(_ files: PackageFiles, owner: Owner, kinds: [Kind] = BuiltInKinds.all)
    throws(Problems)
  {
    guard let text = files.texts["plugin.yaml"] else {
      throw Problems([.packageWithout("plugin.yaml", files)])
    }
    let name = files.folder.split(separator: "/").last.map(String.init)
    manifest = try Manifest(
      yaml: text, file: files.place("plugin.yaml").file, owner: owner, folder: name, kinds: kinds)
    // A package of declarations only, as the law's, has nothing to run.
    guard files.texts["init.lua"] != nil || !manifest.settings.isEmpty else {
      throw Problems([.packageWithout("init.lua", files)])
    }
    self.files = files
    digest = files.digest
  }

  /// Whether there is anything to run.
  public var hasCode: Bool { files.texts["init.lua"] != nil }

  /// The files of its tests, in order: those right in `tests/`; folders in it hold what they share.
  public var testFiles: [String] {
    files.paths.filter {
      $0.hasPrefix("tests/") && $0.hasSuffix(".lua") && !$0.dropFirst(6).contains("/")
    }
  }
}

extension Problem {
  static func packageWithout(_ file: String, _ files: PackageFiles) -> Problem {
    let hint =
      file == "init.lua"
      ? Words(
        "新建 init.lua，返回公式和命令的列表：return { gongyue.command { … } }",
        "add an init.lua that returns formulas and commands: return { gongyue.command { … } }")
      : .manifestNeeds
    return Problem(
      .pluginInvalid, Words("这个插件没有 \(file)", "this package has no \(file)"),
      at: Place(file: files.folder), hint: hint)
  }

  static func emptyManifest(_ file: String) -> Problem {
    Problem(
      .pluginInvalid, Words("插件清单是空的", "the manifest is empty"), at: Place(file: file),
      hint: .manifestNeeds)
  }
}

extension Words {
  /// What every `plugin.yaml` says.
  static let manifestNeeds = Words(
    "plugin.yaml 至少写明 id、title、version、api、layer，社区的插件还要写 unit；可以照抄别的插件的再改",
    "plugin.yaml says at least id, title, version, api and layer, a community's also unit; "
      + "copy another package's and change it")
}
