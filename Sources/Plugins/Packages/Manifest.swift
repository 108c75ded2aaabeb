public import Governance

/// What a package says about itself before any of it runs: `plugin.yaml`.
public struct Manifest: Hashable, Sendable {
  /// The number of the script API that this program offers.
  public static let currentAPI = 1

  /// Within its owner: `community-assessment`.
  public let id: String
  public let title: Words
  public let version: SemanticVersion
  public let api: Int
  public let owner: Owner
  public let extends: [Extension]
  public let reads: [Grant]
  public let writes: [Grant]
  public let sensitive: [SensitiveGrant]
  public let settings: [SettingDeclaration]
  public let renames: [SettingRename]

  /// The documents it rests on.
  public let basis: [String]
  public let admission: Admission?

  /// The file it was read from, for messages.
  public let file: String

  /// The line where `reads` stands, or would.
  public let readsLine: Int?
  public let writesLine: Int?
  public let sensitiveLine: Int?

  public var name: PackageName { PackageName(owner, id) }

  /// Another package that this one builds on.
  public struct Extension: Hashable, Sendable {
    public let name: PackageName
    public let versions: VersionRange?
    public let place: Place
  }

  /// A kind that scripts may read or write, whole or field by field.
  public struct Grant: Hashable, Sendable {
    /// The kind's id, whatever name the manifest used.
    public let kind: String

    /// Nil means every field that is not sensitive.
    public let fields: Set<String>?
    public let place: Place
  }

  /// A field that only a stated purpose opens.
  public struct SensitiveGrant: Hashable, Sendable {
    public let kind: String
    public let field: String
    public let purpose: String

    /// How long what was read may be kept.
    public let keep: String
    public let place: Place
  }

  /// 准入: who let this work reach the communities, and when.
  public struct Admission: Hashable, Sendable {
    public let record: String
    public let approved: Day?
    public let by: String?
  }
}
