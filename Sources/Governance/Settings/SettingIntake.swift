/// Checks what needs no resolving: each declaration, definition and unit by itself.
struct SettingIntake {
  let renames: [SettingRename]
  let typologies: [SettingTypology]
  let units: [SettingUnit]

  private(set) var declarations: [SettingDeclaration] = []
  private(set) var declarationByKey: [String: SettingDeclaration] = [:]
  private(set) var definitions: [SettingDefinition] = []
  private(set) var problems: [Problem] = []
  private(set) var warnings: [Words] = []
  private(set) var rejected: [Int: Problem] = [:]

  /// Rules for keys that nobody declares: they may be meant for any.
  private(set) var unread: [UnreadRules] = []

  init(renames: [SettingRename], typologies: [SettingTypology], units: [SettingUnit]) {
    self.renames = renames
    self.typologies = typologies
    self.units = units
  }

  private mutating func report(_ words: Words, at place: Place?, hint: Words? = nil) {
    problems.append(Problem(.settingInvalid, words, at: place, hint: hint))
  }

  mutating func take(_ given: [SettingDeclaration]) {
    var names: [String: String] = [:]
    for declaration in given.sorted(by: { Self.order($0) < Self.order($1) }) {
      if let first = declarationByKey[declaration.key] {
        let elsewhere = first.place?.description ?? "—"
        report(
          Words(
            "设置“\(declaration.key)”声明了两次，另一处在 \(elsewhere)",
            "setting '\(declaration.key)' is declared twice, also at \(elsewhere)"),
          at: declaration.place)
        continue
      }
      for name in [declaration.label.chinese, declaration.alias].compactMap(\.self) {
        if let other = names.updateValue(declaration.key, forKey: name), other != declaration.key {
          report(
            Words(
              "设置“\(declaration.key)”与“\(other)”都叫“\(name)”",
              "settings '\(declaration.key)' and '\(other)' are both called '\(name)'"),
            at: declaration.place)
        }
      }
      let checked = check(declaration)
      declarations.append(checked)
      declarationByKey[checked.key] = checked
    }
    for rename in renames { check(rename) }
  }

  private static func order(_ declaration: SettingDeclaration) -> (String, String, Int) {
    (declaration.key, declaration.place?.file ?? "", declaration.place?.line ?? 0)
  }

  /// Reports what does not fit, and returns the declaration with its default in its one form.
  private mutating func check(_ declaration: SettingDeclaration) -> SettingDeclaration {
    for fault in declaration.faults(typologies: typologies) { report(fault, at: declaration.place) }
    guard let value = declaration.defaultValue else { return declaration }
    do {
      return declaration.with(default: try declaration.acceptDefault(value))
    } catch let problem as Problem {
      problems.append(
        problem.at(declaration.place ?? Place(file: declaration.key))
          .while(Words("检查默认值", "checking the default")))
    } catch {}
    return declaration.with(default: nil)
  }

  private mutating func check(_ rename: SettingRename) {
    if rename.new != nil, declarationByKey[rename.old] != nil {
      report(
        Words(
          "“\(rename.old)”已改名，不能再声明", "'\(rename.old)' was renamed and cannot be declared again"),
        at: rename.place)
    }
    var seen: Set<String> = [rename.old]
    var next = rename.new
    while let name = next {
      guard seen.insert(name).inserted else {
        report(
          Words("设置改名成环：\(rename.old)", "setting '\(rename.old)' is renamed in a circle"),
          at: rename.place)
        return
      }
      guard let further = renames.first(where: { $0.old == name }) else {
        if declarationByKey[name] == nil {
          problems.append(.settingUnknown(name, among: declarations, at: rename.place))
        }
        return
      }
      next = further.new
    }
  }

  mutating func take(_ given: [SettingDefinition]) {
    let ordered = given.map { (definition: $0, name: $0.canonical) }.sorted { left, right in
      (left.definition.key, left.definition.layer.depth, left.name)
        < (right.definition.key, right.definition.layer.depth, right.name)
    }
    for (definition, _) in ordered {
      do {
        definitions.append(try accept(definition))
      } catch let problem as Problem {
        if problem.code == .settingUnknown {
          unread.append(UnreadRules(definition.scope, [problem]))
        }
        rejected[definitions.count] = problem
        var kept = definition
        kept.key = (try? currentKey(definition)) ?? definition.key
        definitions.append(kept)
      } catch {}
    }
  }

  /// The key in use today for the one a definition was written with.
  private func currentKey(_ definition: SettingDefinition) throws -> String {
    var key = definition.key
    var seen: Set<String> = []
    while let rename = renames.first(where: { $0.old == key }), seen.insert(key).inserted {
      guard let new = rename.new else {
        if declarationByKey[key] != nil, let to = definition.to, to <= rename.from { break }
        throw Problem.settingRetired(rename, at: definition.place)
      }
      key = new
    }
    if declarationByKey[key] != nil { return key }
    if let match = declarations.first(where: { $0.label.chinese == key || $0.alias == key }) {
      return match.key
    }
    throw Problem.settingUnknown(key, among: declarations, at: definition.place)
  }

  private mutating func accept(_ given: SettingDefinition) throws -> SettingDefinition {
    var definition = given
    definition.key = try currentKey(given)
    if let rename = renames.first(where: { $0.old == given.key }),
      let warning = rename.warning(on: nil)
    {
      let place = given.place.map { "（\($0)）" } ?? ""
      warnings.append(Words(warning.chinese + place, warning.english + place))
    }
    guard let declaration = declarationByKey[definition.key] else { return definition }
    if definition.layer != .trial, !declaration.definers.contains(definition.layer) {
      throw Problem.settingLayerNotAllowed(declaration, definition)
    }
    try checkDates(of: definition)
    try checkScope(of: definition)
    if case .value(let value) = definition.content {
      definition.content = .value(try declaration.accept(value, at: definition.place))
    }
    return definition
  }

  private func checkDates(of definition: SettingDefinition) throws {
    guard let from = definition.from, let to = definition.to, from >= to else { return }
    if definition.wasReplacedAtOnce { return }
    throw Problem(
      .settingInvalid,
      Words(
        "“\(definition.key)”的起止日期颠倒：\(from) 至 \(to)（止日不含在内）",
        "'\(definition.key)' runs from \(from) to \(to), which is no day at all (the end is excluded)"
      ),
      at: definition.place)
  }

  private func checkScope(of definition: SettingDefinition) throws {
    switch definition.scope {
    case .type(let code) where !typologies.isEmpty:
      let known = typologies.flatMap(\.types)
      guard !known.contains(where: { $0.code == code }) else { return }
      throw Problem(
        .settingInvalid,
        Words("没有叫“\(code)”的社区类型", "there is no community type '\(code)'"),
        at: definition.place,
        hint: nearest(to: code, in: known.map(\.code)).map {
          Words("是否指 \($0)？", "did you mean \($0)?")
        })
    case .community(let id) where !units.isEmpty, .street(let id?) where !units.isEmpty,
      .trial(let id?) where !units.isEmpty:
      guard !units.contains(where: { $0.id == id || $0.street == id }) else { return }
      throw Problem.settingUnitUnknown(id, among: units).at(
        definition.place ?? Place(file: id.rawValue))
    default: return
    }
  }

  /// At most one type of each typology on any day, and one of each that is compulsory.
  mutating func checkUnits() {
    for unit in units.sorted(by: { $0.id < $1.id }) where unit.community == unit.id {
      let days = Set(unit.changes + [unit.from].compactMap(\.self)).sorted()
      for typology in typologies {
        let codes = Set(typology.types.map(\.code))
        let own = unit.types.filter { codes.contains($0.fact) }
        let isCared = { (day: Day) in unit.caretakers.contains { $0.holds(on: day) } }
        for day in days.isEmpty ? [Day(ordinal: 20_000)] : days where unit.exists(on: day) {
          let held = Set(own.filter { $0.holds(on: day) }.map(\.fact)).sorted()
          if held.count > 1 {
            report(
              Words(
                "\(unit.id) 在 \(day) 按“\(typology.label.chinese)”属于两类："
                  + held.joined(separator: "、"),
                "\(unit.id) has two types of '\(typology.id)' on \(day): "
                  + held.joined(separator: ", ")), at: nil)
          } else if held.isEmpty, typology.isCompulsory, !isCared(day) {
            report(
              Words(
                "\(unit.id) 在 \(day) 没有“\(typology.label.chinese)”的类型，而这一分类必须有",
                "\(unit.id) has no type of the compulsory typology '\(typology.id)' on \(day)"),
              at: nil)
          }
        }
      }
    }
  }
}

extension SettingDeclaration {
  fileprivate func with(default value: SettingValue?) -> SettingDeclaration {
    SettingDeclaration(
      key, label.chinese, label.english, type, alias: alias, measure: measure, default: value,
      bounds: bounds, merge: merge, definers: definers, delegation: delegation, order: order,
      owner: owner, basis: basis, place: place)
  }

  /// A default must be whole, even where definitions may be parts.
  fileprivate func acceptDefault(_ value: SettingValue) throws -> SettingValue {
    try accept(try acceptWhole(value))
  }

  /// What contradicts itself in the declaration.
  fileprivate func faults(typologies: [SettingTypology]) -> [Words] {
    var faults: [Words] = []
    func fault(_ chinese: String, _ english: String) {
      faults.append(Words("设置“\(key)”：" + chinese, "setting '\(key)': " + english))
    }
    if !Self.isKey(key) {
      fault("键应为小写英文，以点分段，如 notice.workdays", "a key is lower-case words with dots")
    }
    if label.chinese.isEmpty { fault("缺少中文名称", "has no Chinese label") }
    if definers.isEmpty { fault("没有任何一层可以规定它", "no layer may define it") }
    if delegation == .required, defaultValue != nil {
      fault("须由下级规定，就不能有默认值", "lower layers must define it, so it cannot have a default")
    }
    if !bindsSomebody {
      fault(
        "没有更低的层可以规定它，委托方式“\(delegation.label.chinese)”不起作用；改为 delegate: open",
        "no lower layer may define it, so that it cannot be \(delegation.label.english); "
          + "write delegate: open")
    }
    if !delegationFits { fault("委托方式与类型不合", "the delegation does not fit the type") }
    if !mergeFits { fault("合并方式与类型不合", "the merge does not fit the type") }
    for name in order where !typologies.contains(where: { $0.id == name }) {
      fault("没有叫“\(name)”的分类", "there is no typology '\(name)'")
    }
    if let low = bounds.minimum?.position, let high = bounds.maximum?.position, low > high {
      fault("下限高于上限", "its minimum is above its maximum")
    }
    for label in type.repeatedLabels { fault("“\(label)”重复", "'\(label)' is there twice") }
    return faults
  }

  private static func isKey(_ text: String) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      guard let first = part.utf8.first, (97...122).contains(first) else { return false }
      return part.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    }
  }

  /// What lower layers may do says nothing where there are none.
  private var bindsSomebody: Bool {
    switch delegation {
    case .open, .locked: true
    case .tighten, .add, .required: definers.contains { $0 > owner }
    }
  }

  private var delegationFits: Bool {
    switch delegation {
    case .open, .required, .locked: true
    case .add, .tighten(.subset), .tighten(.superset): type.isList
    case .tighten(.higher), .tighten(.lower): type.hasOrderedLeaves
    }
  }

  private var mergeFits: Bool {
    switch merge {
    case .replace: true
    case .union: type.isList
    case .byKey: type.isMap
    case .min, .max: type.isOrdered
    case .sum: type.isOrdered && type != .day
    }
  }
}

extension SettingType {
  fileprivate var hasOrderedLeaves: Bool {
    switch self {
    case .map(_, let element, _): element.isOrdered
    case .record(let parts, _): parts.allSatisfy(\.type.isOrdered)
    default: isOrdered
    }
  }

  /// Codes or labels that name two choices or members.
  fileprivate var repeatedLabels: [String] {
    let names: [String]
    switch self {
    case .choice(let choices), .map(let choices, _, _):
      names = choices.flatMap { Set([$0.code, $0.label.chinese]) }
    case .record(let parts, _): names = parts.flatMap { Set([$0.code, $0.label.chinese]) }
    case .list(let element): return element.repeatedLabels
    default: return []
    }
    var seen: Set<String> = []
    return Set(names.filter { !seen.insert($0).inserted }).sorted()
  }
}
