/// One sentence in Chinese and in English.
///
/// This target knows no community and no catalogue of words: whoever declares a
/// function writes both.
public struct Bilingual: Hashable, Sendable {
  public let chinese: String
  public let english: String

  public init(_ chinese: String, _ english: String) {
    self.chinese = chinese
    self.english = english
  }

  public func text(in language: LuaLanguage) -> String {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }
}

/// The language in which a script's author reads argument errors.
public enum LuaLanguage: Hashable, Sendable {
  case chinese
  case english
}
