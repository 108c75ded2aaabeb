internal import Digests
public import Governance

/// Reading `settings.yaml`: what a layer says about settings.
public enum SettingsFile {
  /// Reads a file of definitions.
  ///
  /// Types and bounds are not checked here: that takes the declarations, and
  /// resolution reports it with the place.
  ///
  /// - Throws: `Problems` (`setting.invalid`) with everything that is wrong, each with its line.
  public static func read(_ file: Catalogue.SettingsFile) throws(Problems) -> [SettingDefinition] {
    let findings = Findings(file: file.file, code: .settingInvalid)
    let root: YAMLValue
    do {
      root = try YAMLValue.parse(file.text, file: file.file, code: .settingInvalid)
    } catch {
      throw Problems([error])
    }
    if root.isNull { return [] }
    guard case .map(let entries) = root.content else {
      findings.add(
        .expectedMap(Words("设置文件", "a file of settings"), root), line: root.line,
        hint: root.fullWidthColonHint)
      throw Problems(findings.sorted)
    }
    let reader = DefinitionReader(
      scope: file.owner.settingScope, folder: file.folder,
      digest: Digest(of: file.text), findings: findings)
    let definitions = entries.flatMap { reader.definitions($0) }
    try findings.check()
    return definitions
  }
}

/// Reads the definitions of one file.
private struct DefinitionReader {
  let scope: SettingScope
  let folder: String
  let digest: Digest
  let findings: Findings

  /// One value, one map with `value`, `function` or `unset`, or a list of such maps.
  func definitions(_ entry: YAMLValue.Entry) -> [SettingDefinition] {
    if case .list(let items) = entry.value.content, items.contains(where: isDefinition) {
      return items.compactMap { definition(entry.key, $0, $0.line) }
    }
    return [definition(entry.key, entry.value, entry.line)].compactMap(\.self)
  }

  private func isDefinition(_ value: YAMLValue) -> Bool {
    guard case .map(let entries) = value.content else { return false }
    return entries.contains { ["value", "function", "unset"].contains($0.key) }
  }

  private func definition(_ key: String, _ value: YAMLValue, _ line: Int) -> SettingDefinition? {
    guard case .map(let entries) = value.content else {
      return value.settingValue(findings, of: key).map { make(key, .value($0), line) }
    }
    guard isDefinition(value) else { return withoutContent(key, entries, line) }
    let what = Words("设置“\(key)”", "the setting '\(key)'")
    guard
      let part = YAMLSection(value, of: what, known: SettingDefinition.writtenKeys, findings)
    else { return nil }
    let content = content(key, part)
    let strength = strength(part)
    let from = part.day("from")
    let to = part.day("to")
    if let from, let to, to <= from {
      findings.add(
        Words("止日 \(to) 不晚于起日 \(from)", "it ends on \(to), not after its first day \(from)"),
        line: part.line(of: "to"),
        hint: Words("to 是不再适用的第一天", "to is the first day it no longer holds"))
    }
    let condition = part["when"].flatMap { self.condition($0) }
    let delegation = SettingDelegation.read(part, findings)
    guard let content else { return nil }
    return SettingDefinition(
      key, scope, content, strength: strength, from: from, to: to, when: condition,
      except: part.text("except"), delegation: delegation, basis: part.text("basis"),
      author: part.text("author"), approval: part.text("approval"), origin: .file,
      place: Place(file: findings.file, line: line), contentHash: digest.description)
  }

  private func make(_ key: String, _ content: SettingContent, _ line: Int) -> SettingDefinition {
    SettingDefinition(
      key, scope, content, origin: .file, place: Place(file: findings.file, line: line),
      contentHash: digest.description)
  }

  /// A map without `value`: either somebody forgot the word, or it is the value itself.
  private func withoutContent(
    _ key: String, _ entries: [YAMLValue.Entry], _ line: Int
  ) -> SettingDefinition? {
    let known = SettingDefinition.writtenKeys
    if !entries.isEmpty, !entries.contains(where: { known.contains($0.key) }) {
      let value = YAMLValue(content: .map(entries), line: line)
      return value.settingValue(findings, of: key).map { make(key, .value($0), line) }
    }
    findings.add(
      Words("“\(key)”没有写明取值", "'\(key)' has no value"), line: line,
      hint: Words(
        "写 value、function 或 unset（理由）之一", "write one of value, function or unset (with a reason)"))
    return nil
  }

  private func content(_ key: String, _ part: YAMLSection) -> SettingContent? {
    let given = ["value", "function", "unset"].filter { part.has($0) }
    guard given.count == 1 else {
      findings.add(
        Words(
          "“\(key)”同时写了 \(given.joined(separator: "、"))",
          "'\(key)' has \(given.joined(separator: ", ")) at once"),
        line: part.line, hint: Words("只能写一种", "write only one"))
      return nil
    }
    switch given[0] {
    case "value":
      return part.required("value").flatMap { $0.settingValue(findings, of: "value") }
        .map { .value($0) }
    case "function":
      return part.requiredText("function").flatMap { function($0, part.line(of: "function")) }.map {
        .function($0)
      }
    default: return part.requiredText("unset").map { .unset(reason: $0) }
    }
  }

  private func function(_ text: String, _ line: Int) -> FunctionReference? {
    guard let reference = FunctionReference(text), !reference.file.contains("..") else {
      findings.add(
        Words("“\(text)”不是函数的位置", "'\(text)' does not name a function"), line: line,
        hint: Words(
          "写成“文件.lua#函数名”，如 notice.lua#days", "write file.lua#function, such as notice.lua#days"))
      return nil
    }
    return FunctionReference(file: folder + "/" + reference.file, function: reference.function)
  }

  private func strength(_ part: YAMLSection) -> SettingStrength {
    guard let text = part.text("strength") else { return .set }
    if let strength = SettingStrength(rawValue: text) { return strength }
    findings.add(
      unknown: text, of: "strength", known: SettingStrength.allCases.map(\.rawValue),
      line: part.line(of: "strength"))
    return .set
  }
}

/// Conditions: several keys in one map must all hold.
extension DefinitionReader {
  private static let conditionKeys = [
    "unit", "type", "since", "before", "caretaken", "not", "all", "any", "function",
  ]

  fileprivate func condition(_ value: YAMLValue) -> SettingCondition? {
    let what = Words("条件 when", "the condition")
    guard let part = YAMLSection(value, of: what, known: Self.conditionKeys, findings) else {
      return nil
    }
    let parts = Self.conditionKeys.compactMap { key in
      part[key].flatMap { condition(key, $0, part) }
    }
    guard !parts.isEmpty else {
      findings.add(Words("条件是空的", "the condition is empty"), line: value.line)
      return nil
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private func condition(
    _ key: String, _ value: YAMLValue, _ part: YAMLSection
  ) -> SettingCondition? {
    switch key {
    case "unit": return .unit(part.texts(key).map { UnitID($0) })
    case "type": return .type(part.texts(key))
    case "since": return part.day(key).map { .since($0) }
    case "before": return part.day(key).map { .before($0) }
    case "caretaken": return part.boolean(key).map { $0 ? .caretaken : .not(.caretaken) }
    case "not": return condition(value).map { .not($0) }
    case "all": return .all(findings.items(value).compactMap { condition($0) })
    case "any": return .any(findings.items(value).compactMap { condition($0) })
    default: return part.text(key).flatMap { function($0, value.line) }.map { .function($0) }
    }
  }
}
