public import Governance

/// How personal data looks to those who may not see it: `张*`, `3号楼*`, `094****`.
public enum Masking {
  /// A text with all but its beginning hidden; the length is hidden too.
  ///
  /// A name keeps its first character, a number its first three, an address
  /// what stands before the first 单元, 室, 户 or hyphen.
  public static func mask(_ text: String) -> String {
    guard let first = text.first else { return text }
    if text.allSatisfy({ $0.isASCII && ($0.isNumber || "-+ ".contains($0)) }) {
      return text.count > 5 ? String(text.prefix(3)) + "****" : "*"
    }
    if let end = text.firstIndex(where: { "楼院巷".contains($0) }) {
      return String(text[...end]) + "*"
    }
    return String(first) + "*"
  }

  /// The value as somebody sees it who may not see it; nil where a mask would say nothing.
  public static func mask(_ value: Value) -> Value? {
    if case .text(let text) = value { return .text(mask(text)) }
    return nil
  }
}
