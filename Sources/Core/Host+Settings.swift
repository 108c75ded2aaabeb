public import Governance
internal import Storage

extension Host {
  /// Every setting of a unit on a day, with the layer that gave it.
  public func settings(of name: String, on day: Day?) throws -> Answer {
    let unit = try unit(name)
    let settled = try book.settled(
      unit.id, on: day ?? today, using: settings.evaluator())
    let rows: [[Cell]] = settled.map { setting in
      [
        .text(setting.declaration.label), .verbatim(setting.declaration.key),
        .text(setting.resolution?.words ?? missing(setting).value),
        .text(setting.resolution.map(source) ?? missing(setting).why),
      ]
    }
    let table = Table(
      nil,
      [
        .text("设置", "Setting"), .text("代码", "Key"), .text("现值", "Value"),
        .text("来自", "From"),
      ], rows)
    return Answer(
      "settings",
      Report(Words("\(unit.name.chinese)的设置", "settings of \(unit.name.english)"), [.table(table)]),
      data: .array(settled.map(data)), problems: try problems(with: settled),
      warnings: settings.refusalWords(within: unit.id) + settings.resting.map(\.words))
  }

  /// Why values of a unit are not known; what is the same for many is said once.
  private func problems(with settled: [SettledSetting]) throws -> [Problem] {
    var found: [Problem] = []
    for setting in settled {
      do {
        _ = try setting.known()
      } catch let problem as Problem {
        if !found.contains(problem) { found.append(problem) }
      } catch let problems as Problems {
        found += problems.all.filter { !found.contains($0) }
      }
    }
    return found
  }

  /// Where two units differ.
  public func settings(of name: String, comparedWith other: String, on day: Day?) throws -> Answer {
    let (left, right) = (try unit(name), try unit(other))
    let differences = try book.diff(
      left.id, right.id, on: day ?? today, using: settings.evaluator())
    let table = Table(
      nil,
      [.text("设置", "Setting"), Table.Column(left.name), Table.Column(right.name)],
      differences.map { difference in
        [
          .text(difference.declaration.label), .text(words(difference.left)),
          .text(words(difference.right)),
        ]
      })
    let title = Words(
      "\(left.name.chinese)与\(right.name.chinese)不同的设置",
      "settings in which \(left.name.english) and \(right.name.english) differ")
    let blocks: [Report.Block] =
      differences.isEmpty
      ? [.paragraph(Words("没有不同。", "There is no difference."))] : [.table(table)]
    let data = differences.map { difference -> JSONValue in
      [
        "key": .string(difference.declaration.key),
        "left": .optional(difference.left) { .string($0.value.canonical) },
        "right": .optional(difference.right) { .string($0.value.canonical) },
      ]
    }
    return Answer(
      "settings", Report(title, blocks), data: .array(data))
  }

  /// What should be put right in a workspace's settings.
  public func lintSettings(of name: String, on day: Day?) throws -> Answer {
    let unit = try unit(name)
    let checked = settings.withComputedValues
    // A street sees what concerns all of its communities.
    let advice = book.lint(
      on: day ?? today, for: unit.level == .community ? unit.id : nil, using: settings.evaluator())
    let resting = settings.resting.map(\.words)
    let rows: [[Cell]] =
      advice.map { [.text($0.words), .verbatim($0.place.map { "\($0)" } ?? "")] }
      + resting.map { [.text($0), .verbatim("")] }
    let table = Table(nil, [.text("建议", "Advice"), .text("位置", "Place")], rows)
    let blocks: [Report.Block] =
      rows.isEmpty ? [.paragraph(Words("没有需要整理的。", "Nothing to put right."))] : [.table(table)]
    let data =
      advice.map { item -> JSONValue in
        [
          "kind": .string(item.kind.rawValue), "words": .string(item.words.text(in: language)),
          "place": .optional(item.place) { .string("\($0)") },
        ]
      }
      + resting.map { ["kind": "resting", "words": .string($0.text(in: language)), "place": nil] }
    return Answer(
      "settings", Report(Words("设置检查", "settings checked"), blocks), data: .array(data),
      problems: checked.errors + checked.book.refusals)
  }

  /// Why a setting has the value it has.
  public func why(_ key: String, unit name: String, on day: Day?) throws -> Answer {
    let unit = try unit(name)
    let resolution = try book.resolve(
      key, for: unit.id, on: day ?? today, using: settings.evaluator())
    return Answer("why", resolution.why.report, data: data(resolution))
  }

  /// What stands where there is no value: nobody defined it, or what was defined is not known.
  private func missing(_ setting: SettledSetting) -> (value: Words, why: Words) {
    (try? setting.known()) == nil
      ? (Words("（不明）", "(unknown)"), Words("读不懂，见下", "not understood, see below"))
      : (Words("（无）", "(none)"), Words("须由下级规定", "a lower layer must define it"))
  }

  private func source(_ resolution: Resolution) -> Words {
    resolution.layer?.label ?? Words("声明的默认值", "declared default")
  }

  private func words(_ resolution: Resolution?) -> Words {
    resolution?.words ?? Words("（无）", "(none)")
  }
}

extension Host {
  /// Records a definition of a setting; the same rules hold as for files.
  public func set(_ change: SettingChange) throws -> Answer {
    if change.value == nil,
      let rule = settings.resting.first(where: { $0.isMeant(by: change, among: units, on: today) })
    {
      return try withdraw(rule, by: change)
    }
    let (definition, stored) = try definition(change)
    let check = book.check(definition, using: settings.evaluator())
    _ = try check.accepted()
    let before = valueBefore(stored)
    try store.write(signature(change.basis)) { _ = try $0.set(stored, before: before) }
    let key = definition.key
    // A number or day is kept in its one spelling, so that is what is said.
    let value = change.value.map { definition.content.spelling ?? $0 }
    let words = try recorded(definition)
    return Answer(
      "set", Report(nil, [.paragraph(words)]),
      data: ["key": .string(key), "value": .optional(value) { .string($0) }],
      warnings: check.warnings + unknownValues(under: change.target))
  }

  /// Withdraws a rule that rests: nothing is left to judge it by.
  private func withdraw(_ rule: RestingSetting, by change: SettingChange) throws -> Answer {
    let layer: Actor.Action.Layer =
      switch rule.record.stored.target {
      case .street: .street
      case .type: .type
      case .unit(let unit): .community(unit)
      }
    try requireBasis(of: change, on: layer)
    let (key, target) = (rule.record.stored.key, rule.record.stored.target)
    try store.write(signature(change.basis)) {
      _ = try $0.set(
        Storage.SettingDefinition(
          key: key, target: target, strength: SettingStrength.set.rawValue, value: nil,
          from: change.from ?? today, to: nil, basis: change.basis))
    }
    return Answer(
      "set",
      Report(
        nil, [.paragraph(Words("已撤销“\(key)”的规定。", "withdrew the definition of \(key)."))]),
      data: ["key": .string(key), "value": nil])
  }

  private func requireBasis(of change: SettingChange, on layer: Actor.Action.Layer) throws {
    guard change.basis.contains(where: { !$0.isWhitespace }) else { throw Problem.settingBaseless }
    try require(.setSetting(layer), Words("改动这一层的设置", "change settings of this layer"))
  }

  /// What held for a unit until then, whoever had said so; nil for layers of many units.
  private func valueBefore(_ definition: Storage.SettingDefinition) -> String? {
    guard case .unit(let unit) = definition.target else { return nil }
    let resolution = try? book.resolve(
      definition.key, for: unit, on: definition.from, using: settings.evaluator())
    return resolution?.value.canonical
  }

  /// What was stored, with labels: who typed a label sees that it was understood.
  private func recorded(_ definition: Governance.SettingDefinition) throws -> Words {
    let declaration = try book.declaration(named: definition.key)
    let (key, label) = (declaration.key, declaration.label)
    guard case .value(let value) = definition.content else {
      return Words(
        "已撤销“\(label.chinese)”（\(key)）的规定。", "withdrew the definition of \(key).")
    }
    let shown = declaration.words(value)
    return Words(
      "已记录：\(label.chinese)（\(key)）= \(shown.chinese)。",
      "recorded: \(label.english) (\(key)) = \(shown.english).")
  }

  /// Whose value a change would alter; stores nothing.
  public func impact(of change: SettingChange) throws -> Answer {
    let (definition, _) = try definition(change)
    let impacts = try book.impact(
      of: definition, on: change.from ?? today, using: settings.evaluator())
    let rows: [[Cell]] = impacts.map { impact in
      [.text(name(of: impact.unit.unit)), .text(words(impact.old)), .text(words(impact.new))]
    }
    let table = Table(
      nil, [.text("单位", "Unit"), .text("现在", "Now"), .text("改后", "Then")], rows)
    let blocks: [Report.Block] =
      rows.isEmpty
      ? [.paragraph(Words("没有单位受影响。", "No unit is affected."))] : [.table(table)]
    let data = impacts.map { impact -> JSONValue in
      [
        "unit": .string(impact.unit.unit.rawValue),
        "old": .optional(impact.old) { .string($0.value.canonical) },
        "new": .optional(impact.new) { .string($0.value.canonical) },
      ]
    }
    return Answer(
      "set", Report(Words("影响（未保存）", "impact (nothing stored)"), blocks), data: .array(data),
      warnings: unknownValues(under: change.target))
  }

  /// Rules of lower layers that the change was not held against.
  private func unknownValues(under target: SettingChange.Target) -> [Words] {
    if case .unit = target { [] } else { settings.errorWords }
  }

  private func name(of id: UnitID) -> Words {
    units.unit(id, on: today)?.name ?? Words(verbatim: id.rawValue)
  }

  /// The change as the engine judges it and as the database keeps it.
  private func definition(
    _ change: SettingChange
  ) throws -> (Governance.SettingDefinition, Storage.SettingDefinition) {
    let declaration = try book.declaration(named: change.key)
    let (scope, target, layer) = try target(change.target)
    try requireBasis(of: change, on: layer)
    // What the rules above say is not known: nothing can be judged by them.
    try book.requireRead(declaration.key, above: scope, on: change.from ?? today)
    let value = try change.value.map { try declaration.read($0, on: today) }
    let content = value.map(SettingContent.value) ?? .unset(reason: change.basis)
    let strength = SettingStrength(rawValue: change.strength ?? "set") ?? .set
    let from = change.from ?? today
    if let to = change.to, to <= from {
      throw Problem.settingWithoutDays(declaration.key, from, to)
    }
    let definition = Governance.SettingDefinition(
      declaration.key, scope, content, strength: strength, from: from, to: change.to,
      basis: change.basis, author: actor.description,
      origin: .database(sequence: Int64.max))
    let stored = Storage.SettingDefinition(
      key: declaration.key, target: target, strength: strength.rawValue, value: value?.canonical,
      from: from, to: change.to, basis: change.basis)
    return (definition, stored)
  }

  private func target(
    _ target: SettingChange.Target
  ) throws -> (SettingScope, Storage.SettingDefinition.Target, Actor.Action.Layer) {
    switch target {
    case .street: return (.street(nil), .street, .street)
    case .type(let name):
      let type = try type(name)
      return (.type(type), .type(type), .type)
    case .unit(let name):
      let unit = try settingUnit(name)
      return (.community(unit.id), .unit(unit.id), .community(unit.id))
    }
  }

  /// The unit whose own settings are meant; only communities have some.
  ///
  /// - Throws: `setting.refused` for a street or an estate, saying whose setting holds there.
  func settingUnit(_ name: String) throws -> Unit {
    let unit = try unit(name)
    guard unit.level != .community else { return unit }
    throw Problem.noSettingsOfItsOwn(unit, caretaker: units.caretaker(of: unit.id, on: today))
  }

  /// A type by code or Chinese label.
  private func type(_ name: String) throws -> String {
    let types = units.typologies.types
    if let type = types.called(name, by: { ($0.label, [$0.code]) }) { return type.code }
    let near = nearest(to: name, in: types.flatMap { [$0.code, $0.label.chinese] })
    let all = types.map { "\($0.code)（\($0.label.chinese)）" }.joined(separator: "、")
    throw Problem(
      .usage, Words("没有“\(name)”这个类型", "there is no type '\(name)'"),
      hint: near.map { Words("是不是 \($0)？", "did you mean \($0)?") }
        ?? Words("类型：\(all)", "types: \(types.map(\.code).joined(separator: ", "))"))
  }
}

extension Host {
  private func data(_ setting: SettledSetting) -> JSONValue {
    if let resolution = setting.resolution { return data(resolution) }
    var problem: JSONValue = nil
    do { _ = try setting.known() } catch {
      let first = (error as? Problem) ?? (error as? Problems)?.all.first
      problem = .optional(first) { $0.json(in: language) }
    }
    return [
      "key": .string(setting.declaration.key),
      "label": .string(setting.declaration.label.text(in: language)), "value": nil,
      "problem": problem,
    ]
  }

  /// A resolution for programs: value, winner, and every loser with its reason.
  func data(_ resolution: Resolution) -> JSONValue {
    [
      "key": .string(resolution.key),
      "label": .string(resolution.declaration.label.text(in: language)),
      "shown": .string(resolution.words.text(in: language)),
      "value": .string(resolution.value.canonical),
      "unit": .string(resolution.unit.unit.rawValue), "day": .day(resolution.day),
      "layer": .optional(resolution.layer) { .string($0.rawValue) },
      "delegation": .string(resolution.delegation.code),
      "winners": .array(resolution.winners.map { data($0.definition, value: $0.value) }),
      "losers": .array(
        resolution.losers.map { loser in
          let definition = data(loser.definition, value: loser.value)
          return .object(
            (definition.members ?? []) + [
              .init("loss", .string(loser.loss.code)),
              .init("why", .string(loser.loss.words.text(in: language))),
            ])
        }),
    ]
  }

  private func data(_ definition: Governance.SettingDefinition, value: SettingValue?) -> JSONValue {
    [
      "layer": .string(definition.layer.rawValue),
      "strength": .string(definition.strength.rawValue),
      "value": .optional(value) { .string($0.canonical) },
      "from": .optional(definition.from, JSONValue.day),
      "to": .optional(definition.to, JSONValue.day),
      "basis": .optional(definition.basis) { .string($0) },
      "place": .optional(definition.place) { .string("\($0)") },
    ]
  }
}

extension SettingContent {
  /// The one spelling of a number or a day.
  fileprivate var spelling: String? {
    guard case .value(let value) = self else { return nil }
    switch value {
    case .integer, .decimal, .day: return value.canonical
    default: return nil
    }
  }
}

extension Problem {
  static let settingBaseless = Problem(
    .settingInvalid,
    Words("依据不能是空的", "the basis cannot be empty"),
    hint: Words(
      "用 --basis 写明由谁、什么时候定的，如“居民会议 4 月 28 日通过”",
      "say with --basis who decided it and when"))

  static func noSettingsOfItsOwn(_ unit: Unit, caretaker: Unit?) -> Problem {
    let level = unit.level.label
    let hint =
      switch (unit.level, caretaker) {
      case (.estate, let caretaker?):
        Words(
          "它用代管社区的设置：--unit \(caretaker.id)（\(caretaker.name.chinese)）",
          "it has those of the community that looks after it: --unit \(caretaker.id) "
            + "(\(caretaker.name.english))")
      case (.estate, nil):
        Words("它用街道的设置：--street", "it has the street's settings: --street")
      default:
        Words(
          "给整个街道定，用 --street；试算时不写 --unit",
          "for the whole street use --street, or in a what-if leave --unit away")
      }
    return Problem(
      .settingRefused,
      Words(
        "\(unit.name.chinese)（\(unit.id)）是\(level.chinese)，没有自己一层的设置",
        "\(unit.name.english) (\(unit.id)) is a \(level.english) and has no settings of its own"),
      hint: hint)
  }

  static func settingWithoutDays(_ key: String, _ from: Day, _ to: Day) -> Problem {
    Problem(
      .settingInvalid,
      Words(
        "“\(key)”的起止日期颠倒：\(from) 至 \(to)（止日不含在内）",
        "'\(key)' holds from \(from) until before \(to), which is no day at all"))
  }
}
