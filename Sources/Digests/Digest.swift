internal import CSodium

/// A SHA-256 digest, spelled as 64 lower-case hexadecimal digits.
///
/// Plugin packages, settings, calendars, snapshots and the audit chain are all
/// named by digests of their bytes.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// The digest of some bytes.
  public init(of bytes: some Sequence<UInt8>) {
    let input = Array(bytes)
    var output = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256(&output, input, UInt64(input.count))
    description = Self.hexadecimal(output)
  }

  public init(of text: String) {
    self.init(of: text.utf8)
  }

  /// A digest read back from storage; nil when it is not 64 hexadecimal digits.
  public init?(_ text: String) {
    guard text.utf8.count == 64, text.utf8.allSatisfy(Self.isHexadecimal) else { return nil }
    description = text
  }

  /// The first twelve digits, enough to tell versions apart on screen.
  public var short: String { String(description.prefix(12)) }

  private static let digits = Array("0123456789abcdef".utf8)

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    digits.contains(byte)
  }
}
