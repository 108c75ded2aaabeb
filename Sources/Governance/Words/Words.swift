/// The language a person reads.
public enum Language: String, CaseIterable, Sendable {
  case chinese = "zh"
  case english = "en"
}

/// One sentence or label in both languages, Chinese first.
///
/// Everything that a person may read is a `Words`: labels of fields and kinds,
/// messages of problems, headings of reports.
public struct Words: Hashable, Sendable {
  public let chinese: String
  public let english: String

  public init(_ chinese: String, _ english: String) {
    self.chinese = chinese
    self.english = english
  }

  /// The same text in both languages: names, numbers, codes.
  public init(verbatim text: String) {
    self.init(text, text)
  }

  public func text(in language: Language) -> String {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }
}
