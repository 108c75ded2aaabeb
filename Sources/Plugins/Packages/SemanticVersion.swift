/// A version as `major.minor.patch`, with an optional part for trials: `1.4.0`, `2.0.0-draft.1`.
public struct SemanticVersion: Hashable, Sendable, CustomStringConvertible {
  public let major: Int
  public let minor: Int
  public let patch: Int

  /// `draft.1`; empty for a release.
  public let stage: String

  /// Nil for anything but three whole numbers, and an optional `-` part of
  /// letters, digits, dots and hyphens.
  public init?(_ text: some StringProtocol) {
    let text = Substring(text)
    let halves = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = halves[0].split(separator: ".", omittingEmptySubsequences: false)
      .map { Self.number($0) }
    guard numbers.count == 3, let major = numbers[0], let minor = numbers[1],
      let patch = numbers[2]
    else { return nil }
    self.major = major
    self.minor = minor
    self.patch = patch
    stage = halves.count == 2 ? String(halves[1]) : ""
    guard halves.count == 1 || (!stage.isEmpty && stage.utf8.allSatisfy(Self.isStage)) else {
      return nil
    }
  }

  public var description: String {
    "\(major).\(minor).\(patch)" + (stage.isEmpty ? "" : "-\(stage)")
  }

  static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 6, text.utf8.allSatisfy({ (48...57).contains($0) }),
      text == "0" || !text.hasPrefix("0")
    else { return nil }
    return Int(text)
  }

  private static func isStage(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte) || (65...90).contains(byte)
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }
}

extension SemanticVersion: Comparable {
  /// By numbers; a trial comes before its release, trials by their parts.
  public static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
    let leftNumbers = (left.major, left.minor, left.patch)
    let rightNumbers = (right.major, right.minor, right.patch)
    if leftNumbers != rightNumbers { return leftNumbers < rightNumbers }
    if left.stage.isEmpty || right.stage.isEmpty {
      return !left.stage.isEmpty && right.stage.isEmpty
    }
    return precedes(left.stage, right.stage)
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    let leftParts = left.split(separator: ".")
    let rightParts = right.split(separator: ".")
    for (one, other) in zip(leftParts, rightParts) where one != other {
      switch (Int(one), Int(other)) {
      case (let one?, let other?): return one < other
      case (_?, nil): return true
      case (nil, _?): return false
      case (nil, nil): return one < other
      }
    }
    return leftParts.count < rightParts.count
  }
}

/// Which versions of another package will do: `^1.2.0`, `~1.2.0`, `>=1.2.0 <2.0.0`, `1.2.0`.
public struct VersionRange: Hashable, Sendable, CustomStringConvertible {
  private enum Bound: Hashable {
    case atLeast(SemanticVersion)
    case above(SemanticVersion)
    case below(SemanticVersion)
    case atMost(SemanticVersion)
    case exactly(SemanticVersion)

    func admits(_ version: SemanticVersion) -> Bool {
      switch self {
      case .atLeast(let bound): version >= bound
      case .above(let bound): version > bound
      case .below(let bound): version < bound
      case .atMost(let bound): version <= bound
      case .exactly(let bound): version == bound
      }
    }
  }

  public let description: String
  private let bounds: [Bound]

  /// Nil when a part is no version with one of `^ ~ >= > <= < =` before it.
  public init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard !parts.isEmpty else { return nil }
    var bounds: [Bound] = []
    for part in parts {
      guard let more = Self.bounds(part) else { return nil }
      bounds += more
    }
    self.bounds = bounds
    description = parts.joined(separator: " ")
  }

  public func contains(_ version: SemanticVersion) -> Bool {
    bounds.allSatisfy { $0.admits(version) }
  }

  private static func bounds(_ part: Substring) -> [Bound]? {
    let operators = [">=", "<=", "^", "~", ">", "<", "="]
    let sign = operators.first { part.hasPrefix($0) } ?? ""
    guard let version = SemanticVersion(part.dropFirst(sign.count)) else { return nil }
    switch sign {
    case ">=": return [.atLeast(version)]
    case "<=": return [.atMost(version)]
    case ">": return [.above(version)]
    case "<": return [.below(version)]
    case "^":
      let next = version.major > 0 ? "\(version.major + 1).0.0" : "0.\(version.minor + 1).0"
      return SemanticVersion(next).map { [.atLeast(version), .below($0)] }
    case "~":
      let next = "\(version.major).\(version.minor + 1).0"
      return SemanticVersion(next).map { [.atLeast(version), .below($0)] }
    default: return [.exactly(version)]
    }
  }
}
