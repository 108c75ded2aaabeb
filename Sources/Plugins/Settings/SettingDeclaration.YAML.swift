public import Governance

/// Reading the `settings:` of a manifest.
extension ManifestReader {
  static let declarationKeys = [
    "label", "english", "alias", "type", "places", "measure", "default", "min", "max", "subset",
    "merge", "who", "delegate", "stricter", "order", "basis", "choices", "of", "keys", "total",
    "members", "rules", "renamed", "retired", "from", "note",
  ]

  /// The declarations, and the keys that got another name or none.
  func settings(_ owner: Owner) -> ([SettingDeclaration], [SettingRename]) {
    guard let value = section["settings"] else { return ([], []) }
    guard case .map(let entries) = value.content else {
      findings.add(.expectedMap(Words("settings", "settings"), value), line: value.line)
      return ([], [])
    }
    var declarations: [SettingDeclaration] = []
    var renames: [SettingRename] = []
    for entry in entries {
      let reader = DeclarationReader(
        key: entry.key, line: entry.line, owner: owner, findings: findings)
      let what = Words("设置“\(entry.key)”", "the setting '\(entry.key)'")
      guard reader.checkKey(),
        let part = YAMLSection(entry.value, of: what, known: Self.declarationKeys, findings)
      else { continue }
      if part.has("renamed") || part.has("retired") {
        if let rename = reader.rename(part) { renames.append(rename) }
      } else if let declaration = reader.declaration(part) {
        declarations.append(declaration)
      }
    }
    return (declarations, renames)
  }
}

/// Reads one declaration.
private struct DeclarationReader {
  let key: String
  let line: Int
  let owner: Owner
  let findings: Findings

  var place: Place { Place(file: findings.file, line: line) }

  /// Lower-case words joined by dots: `assessment.curve.response`.
  func checkKey() -> Bool {
    let parts = key.split(separator: ".", omittingEmptySubsequences: false)
    let isKey = parts.allSatisfy { part in
      guard let first = part.utf8.first, (97...122).contains(first) else { return false }
      return part.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_")
      }
    }
    if !isKey {
      findings.add(
        Words("“\(key)”不能作为设置的代码", "'\(key)' cannot be the key of a setting"), line: line,
        hint: Words(
          "用英文小写词，以点相连，如 notice.workdays",
          "use lower-case words joined by dots, such as notice.workdays"))
    }
    return isKey
  }

  func declaration(_ part: YAMLSection) -> SettingDeclaration? {
    let label = part.requiredText("label")
    let type = type(part, key)
    let delegation = delegation(part)
    let value = part["default"].flatMap { $0.settingValue(findings, of: "default") }
    let measure = part.words("measure")
    let bounds = bounds(part)
    let merge =
      choice("merge", part, SettingMerge.init(rawValue:), SettingMerge.allCases) ?? .replace
    guard let label, let type, let delegation else { return nil }
    let plain = SettingDeclaration(
      key, label, part.text("english") ?? label, type, alias: part.text("alias"),
      measure: measure, default: nil, bounds: bounds, merge: merge, definers: definers(part),
      delegation: delegation, order: part.texts("order"), owner: owner.settingLayer,
      basis: part.text("basis"), place: place)
    return SettingDeclaration(
      key, plain.label.chinese, plain.label.english, type, alias: plain.alias, measure: measure,
      default: value.flatMap { accepted($0, plain, part.line(of: "default")) }, bounds: bounds,
      merge: merge, definers: plain.definers, delegation: delegation, order: plain.order,
      owner: plain.owner, basis: plain.basis, place: place)
  }

  /// A default is held to what the declaration itself says.
  private func accepted(
    _ value: SettingValue, _ declaration: SettingDeclaration, _ line: Int
  ) -> SettingValue? {
    do {
      return try declaration.accept(value, at: Place(file: findings.file, line: line))
    } catch let problem as Problem {
      findings.add(problem, line: line)
    } catch {
      findings.add(Words(verbatim: "\(error)"), line: line)
    }
    return nil
  }

  func rename(_ part: YAMLSection) -> SettingRename? {
    let new = part.text("renamed")
    guard let day = part.day(part.has("retired") ? "retired" : "from") else {
      if !part.has("retired"), part["from"] == nil {
        findings.add(
          Words("改名要写从哪天起：from", "a rename needs its first day: from"), line: line)
      }
      return nil
    }
    return SettingRename(key, to: new, from: day, note: part.words("note"), place: place)
  }

  private func bounds(_ part: YAMLSection) -> SettingBounds {
    func value(_ key: String) -> SettingValue? {
      part[key].flatMap { $0.settingValue(findings, of: key) }
    }
    var subset: [SettingValue]?
    if case .list(let items)? = value("subset") { subset = items }
    return SettingBounds(minimum: value("min"), maximum: value("max"), subset: subset)
  }

  private func definers(_ part: YAMLSection) -> Set<SettingLayer> {
    guard part.has("who") else { return [.street, .type, .community] }
    let known = ["law", "street", "type", "community"]
    var layers: Set<SettingLayer> = []
    for name in part.texts("who") {
      if known.contains(name), let layer = SettingLayer(rawValue: name) {
        layers.insert(layer)
      } else {
        unknown(name, "who", known, part.line(of: "who"))
      }
    }
    return layers
  }

  private func delegation(_ part: YAMLSection) -> SettingDelegation? {
    SettingDelegation.read(part, findings) ?? (part.has("delegate") ? nil : .open)
  }

  private func choice<Value: RawRepresentable<String>>(
    _ key: String, _ part: YAMLSection, _ make: (String) -> Value?, _ all: [Value]
  ) -> Value? {
    guard let text = part.text(key) else { return nil }
    if let value = make(text) { return value }
    unknown(text, key, all.map(\.rawValue), part.line(of: key))
    return nil
  }

  private func unknown(_ text: String, _ key: String, _ known: [String], _ line: Int) {
    findings.add(unknown: text, of: key, known: known, line: line)
  }
}

/// Types: the part of a declaration that may nest.
extension DeclarationReader {
  static let types = [
    "boolean", "integer", "decimal", "text", "day", "choice", "list", "map", "record",
  ]

  fileprivate func type(_ part: YAMLSection, _ name: String) -> SettingType? {
    guard let text = part.requiredText("type") else { return nil }
    switch text {
    case "boolean": return .boolean
    case "integer": return .integer
    case "decimal": return .decimal(places: places(part))
    case "text": return .text
    case "day": return .day
    case "choice":
      guard let value = part.required("choices") else { return nil }
      return .choice(choices(value, "choices"))
    case "list": return element(part).map { .list(of: $0) }
    case "map": return map(part)
    case "record": return record(part)
    default:
      findings.add(unknown: text, of: "type", known: Self.types, line: part.line(of: "type"))
      return nil
    }
  }

  private func places(_ part: YAMLSection) -> Int {
    guard let places = part.integer("places") else { return 2 }
    if (0...Decimal.maximumPlaces).contains(places) { return places }
    findings.add(
      Words(
        "小数位数应在 0 与 \(Decimal.maximumPlaces) 之间",
        "places must be between 0 and \(Decimal.maximumPlaces)"),
      line: part.line(of: "places"))
    return 2
  }

  /// `of: integer`, or a type with its own keys.
  private func element(_ part: YAMLSection) -> SettingType? {
    guard let value = part.required("of") else { return nil }
    return nested(value, Words("of", "of"))
  }

  private func nested(_ value: YAMLValue, _ what: Words) -> SettingType? {
    var value = value
    if case .scalar = value.content {
      value = YAMLValue(
        content: .map([.init(key: "type", line: value.line, value: value)]), line: value.line)
    }
    let known = [
      "type", "places", "choices", "of", "keys", "total", "members", "rules", "label", "english",
      "required",
    ]
    guard let part = YAMLSection(value, of: what, known: known, findings) else { return nil }
    return type(part, what.chinese)
  }

  private func map(_ part: YAMLSection) -> SettingType? {
    let keys = part["keys"].map { choices($0, "keys") } ?? []
    var total: Decimal?
    if let value = part["total"] {
      if case .scalar(let text, _) = value.content { total = Decimal(text) }
      if total == nil {
        findings.add(.expected("total", Words("一个数", "a number"), value), line: value.line)
      }
    }
    return element(part).map { .map(keys: keys, of: $0, total: total) }
  }

  private func record(_ part: YAMLSection) -> SettingType? {
    guard let value = part.required("members") else { return nil }
    guard case .map(let entries) = value.content else {
      findings.add(.expectedMap(Words("members", "members"), value), line: value.line)
      return nil
    }
    let members = entries.compactMap { member($0) }
    let rules = part.texts("rules").compactMap { rule($0, members, part.line(of: "rules")) }
    return members.count == entries.count ? .record(members, rules: rules) : nil
  }

  /// `full: {label: 满分线, type: decimal}`, or `full: decimal`.
  private func member(_ entry: YAMLValue.Entry) -> SettingMember? {
    let what = Words("成员“\(entry.key)”", "the member '\(entry.key)'")
    guard let type = nested(entry.value, what) else { return nil }
    var label: String?
    var english: String?
    var isRequired = true
    if case .map(let parts) = entry.value.content {
      for part in parts {
        switch part.key {
        case "label": label = findings.text(part.value, of: "label")
        case "english": english = findings.text(part.value, of: "english")
        case "required": isRequired = findings.boolean(part.value, of: "required") ?? true
        default: break
        }
      }
    }
    let chinese = label ?? entry.key
    return SettingMember(entry.key, chinese, english ?? entry.key, type, required: isRequired)
  }

  /// `full > zero`.
  private func rule(_ text: String, _ members: [SettingMember], _ line: Int) -> SettingRule? {
    let parts = text.split(separator: " ").map(String.init)
    let codes = members.map(\.code)
    guard parts.count == 3, let comparison = Comparison(rawValue: parts[1]),
      codes.contains(parts[0]), codes.contains(parts[2])
    else {
      findings.add(
        Words("“\(text)”不是两个成员之间的比较", "'\(text)' does not compare two members"), line: line,
        hint: Words("如 full > zero", "such as full > zero"))
      return nil
    }
    return SettingRule(parts[0], comparison, parts[2])
  }

  /// `{code: 标签}`, `{code: {zh: …, en: …}}`, or a list of codes.
  private func choices(_ value: YAMLValue, _ key: String) -> [Choice] {
    if case .map(let entries) = value.content {
      return entries.compactMap { entry in
        findings.words(entry.value, of: entry.key).map {
          Choice(entry.key, $0.chinese, $0.english == $0.chinese ? entry.key : $0.english)
        }
      }
    }
    return findings.items(value).compactMap { item in
      findings.text(item, of: key).map { Choice($0, $0, $0) }
    }
  }
}

extension SettingDelegation {
  /// `delegate:` with `stricter:` where it is `tighten`; nil when absent or wrong.
  static func read(_ part: YAMLSection, _ findings: Findings) -> SettingDelegation? {
    guard let text = part.text("delegate") else { return nil }
    switch text {
    case "open": return .open
    case "add": return .add
    case "required": return .required
    case "locked": return .locked
    case "tighten":
      guard let stricter = part.text("stricter") else {
        findings.add(
          Words("只可从严要写明哪个方向更严：stricter", "tighten says which direction is stricter: stricter"),
          line: part.line(of: "delegate"),
          hint: Words(
            "stricter: higher 或 lower、subset、superset",
            "stricter: higher, lower, subset or superset"))
        return nil
      }
      if let direction = Stricter(rawValue: stricter) { return .tighten(direction) }
      let known = Stricter.allCases.map(\.rawValue)
      findings.add(unknown: stricter, of: "stricter", known: known, line: part.line(of: "stricter"))
      return nil
    default:
      let known = ["open", "tighten", "add", "required", "locked"]
      findings.add(unknown: text, of: "delegate", known: known, line: part.line(of: "delegate"))
      return nil
    }
  }
}

extension Owner {
  var settingLayer: SettingLayer {
    switch self {
    case .law: .law
    case .street: .street
    case .type: .type
    case .community: .community
    }
  }

  /// Whose rules a file of settings in its folder are.
  public var settingScope: SettingScope {
    switch self {
    case .law: .law
    case .street: .street(nil)
    case .type(let type): .type(type)
    case .community(let unit): .community(unit)
    }
  }
}

extension Findings {
  func add(unknown text: String, of key: String, known: [String], line: Int) {
    let near = nearest(to: text, in: known)
    add(
      Words("“\(key)”不能是“\(text)”", "'\(key)' cannot be '\(text)'"), line: line,
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? Words("可写：\(known.joined(separator: "、"))", "one of: \(known.joined(separator: ", "))"))
  }
}
