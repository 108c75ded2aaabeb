public import Governance
internal import Plugins

extension Host {
  /// The script reference: editor stubs or a page, made from the functions themselves.
  public static func api(_ format: APIFormat, in language: Language = .chinese) -> String {
    let reference = ScriptReference(language: language)
    return switch format {
    case .luals: reference.luals
    case .markdown: reference.markdown
    }
  }
}
