internal import Digests
internal import Governance
internal import Plugins
internal import Storage

/// Finds out what exactly has changed since a result was closed: which records by their
/// history, which settings, versions of plugins and days, each old and new.
struct ClosedChanges {
  let host: Host
  let closed: ClosedResult
  let period: Period
  let reader: Reader

  func details(of cause: Correction.Cause) throws -> [Correction.Detail] {
    switch cause.source {
    case .records: try records(cause.names)
    case .settings: settings(cause.names)
    case .plugins: try plugins(cause.names)
    case .calendar: try days()
    }
  }

  // MARK: Records

  /// Records of the communities whose readings differ, of the kinds the result read.
  private func records(_ names: [String]) throws -> [Correction.Detail] {
    let units = Set(names.map { Self.parted($0).unit })
    return try closed.kindsRead.compactMap(BuiltInKinds.kind).flatMap { kind in
      try reader.changed(kind.id, after: closed.sequence, concerning: period.last)
        .filter { units.contains($0.unit) }
        .compactMap { try record($0, kind) }
    }
  }

  /// Nil for what the actor may not see.
  private func record(_ changed: ChangedRecord, _ kind: Kind) throws -> Correction.Detail? {
    let versions = try reader.history(kind.id, id: changed.id, in: host.scope)
    guard let last = versions.last else { return nil }
    let before = changed.version.flatMap { old in versions.first { $0.number == old } }
    let change =
      last.isRetraction
      ? Words("已撤销", "retracted")
      : try RecordView(
        kind: kind, showing: [before?.record, last.record].compactMap(\.self), reader
      ).changes(from: before?.record, to: last.record)
    let more = versions.count { $0.number > changed.version ?? 0 } - 1
    let again = more > 0 ? Words("，此前还改过\(more)次", ", after \(more) earlier") : Words("", "")
    let name = name(changed.unit)
    let day = last.at.day
    return Correction.Detail(
      Words(
        "\(name.chinese) \(last.record.code)（\(kind.label.chinese)）：\(change.chinese)；"
          + "\(last.actor)，\(day)，理由：\(last.reason)\(again.chinese)",
        "\(name.english) \(last.record.code) (\(kind.label.english)): \(change.english); "
          + "by \(last.actor) on \(day), because: \(last.reason)\(again.english)"),
      data: [
        "code": .string(last.record.code), "kind": .string(kind.id),
        "unit": .string(changed.unit.rawValue), "retracted": .bool(last.isRetraction),
        "old_version": .optional(changed.version) { .integer(Int64($0)) },
        "new_version": .integer(Int64(last.number)), "actor": .string(last.actor),
        "day": .day(day), "reason": .string(last.reason),
      ])
  }

  // MARK: Settings

  /// One detail for all communities that went from the same value to the same value.
  private func settings(_ names: [String]) -> [Correction.Detail] {
    var order: [SettingStep] = []
    var units: [SettingStep: [UnitID]] = [:]
    for name in names {
      let (unit, key) = Self.parted(name)
      let step = SettingStep(
        label: host.settings.book.declarations.first { $0.key == key }?.label
          ?? Words(verbatim: key),
        key: key, old: closed.setting(key, of: unit), new: host.keptSetting(key, unit, period.last))
      if units[step] == nil { order.append(step) }
      units[step, default: []].append(unit)
    }
    return order.map { step in step.detail((units[step] ?? []).map { ($0, name($0)) }) }
  }

  // MARK: Plugins

  private func plugins(_ files: [String]) throws -> [Correction.Detail] {
    let now = host.catalogue.enabled(by: host.lock)
    let folders = Set(closed.packages.map(\.folder) + now.map(\.files.folder))
    return try folders.sorted().compactMap { folder in
      let changed = files.filter { $0.hasPrefix(folder + "/") }
        .map { String($0.dropFirst(folder.count + 1)) }
      guard !changed.isEmpty else { return nil }
      let old = try closed.packages.first { $0.folder == folder }.flatMap(version)
      let new = now.first { $0.files.folder == folder }.map { "\($0.manifest.version)" }
      let none = Words("没有", "none")
      let (was, becomes) = (
        old.map(Words.init(verbatim:)) ?? none, new.map(Words.init(verbatim:)) ?? none
      )
      let list = changed.prefix(6)
      let more = changed.count > list.count
      return Correction.Detail(
        Words(
          "\(folder)：版本 \(was.chinese) → \(becomes.chinese)，改动的文件 "
            + list.joined(separator: "、") + (more ? "等\(changed.count)个" : ""),
          "\(folder): version \(was.english) → \(becomes.english), in "
            + list.joined(separator: ", ") + (more ? " and \(changed.count - list.count) more" : "")
        ),
        data: [
          "folder": .string(folder), "old_version": .optional(old, JSONValue.string),
          "new_version": .optional(new, JSONValue.string),
          "files": .array(changed.map(JSONValue.string)),
        ])
    }
  }

  /// The version its kept manifest gave.
  private func version(_ kept: KeptGrounds.KeptPackage) throws -> String? {
    let texts = try kept.files.map { path, digest in
      (path, String(decoding: try reader.kept(digest), as: UTF8.self))
    }
    let files = PackageFiles(
      folder: kept.folder, texts: Dictionary(texts) { first, _ in first })
    return (try? Package(files, owner: kept.owner)).map { "\($0.manifest.version)" }
  }

  // MARK: Days

  /// Days that were worked and are not, or the other way round, a year around the period.
  private func days() throws -> [Correction.Detail] {
    guard let digest = closed.calendar else { return [] }
    let old = try CalendarFile.read(String(decoding: try reader.kept(digest), as: UTF8.self))
    return (period.first - 366..<period.last + 366).compactMap { day in
      let worked = host.calendar.isWorkday(day)
      guard worked != old.isWorkday(day) else { return nil }
      return Correction.Detail(
        worked
          ? Words("\(day)：原放假，现上班", "\(day): was off, is worked")
          : Words("\(day)：原上班，现放假", "\(day): was worked, is off"),
        data: ["day": .day(day), "worked": .bool(worked)])
    }
  }

  // MARK: Names

  private func name(_ unit: UnitID) -> Words { host.unitName(unit, on: period.last) }

  /// `sll-02 assessment.weights`: a unit, and what of it.
  private static func parted(_ name: String) -> (unit: UnitID, rest: String) {
    let parts = name.split(separator: " ", maxSplits: 1).map(String.init)
    return (UnitID(parts.first ?? ""), parts.count > 1 ? parts[1] : "")
  }
}

extension Host {
  func unitName(_ unit: UnitID, on day: Day) -> Words {
    units.unit(unit, on: day)?.name ?? Words(verbatim: unit.rawValue)
  }

  /// Every setting that a unit's result rested on, by unit and key.
  func keptSettings(_ computations: [Computation], on day: Day) -> JSONValue {
    .object(
      computations.flatMap(\.standings.rows).map { row in
        let keys = Set(row.assessment.explanation.settingKeys).sorted()
        let members = keys.compactMap { key in
          keptSetting(key, row.unit, day).map { JSONValue.Member(key, $0.json) }
        }
        return JSONValue.Member(row.unit.rawValue, .object(members))
      })
  }

  /// A setting as closed results keep it; nil when it cannot be resolved any more.
  func keptSetting(_ key: String, _ unit: UnitID, _ day: Day) -> KeptSetting? {
    let resolution = try? settings.book.resolve(
      key, for: unit, on: day, using: settings.evaluator())
    return resolution.map(KeptSetting.init)
  }
}

extension Explanation {
  fileprivate var settingKeys: [String] {
    settings.map(\.key) + children.flatMap(\.settingKeys)
  }
}

/// What a setting was for a unit, in words, and on what basis.
struct KeptSetting: Hashable {
  let value: Words
  let layer: Words
  let basis: String?

  init(_ resolution: Resolution) {
    value = resolution.words
    layer = resolution.layer?.label ?? Words("声明的默认值", "declared default")
    basis = resolution.winner?.basis
  }

  var json: JSONValue {
    [
      "value": .array([.string(value.chinese), .string(value.english)]),
      "layer": .array([.string(layer.chinese), .string(layer.english)]),
      "basis": .optional(basis, JSONValue.string),
    ]
  }

  init?(json: JSONValue) {
    func words(_ name: String) -> Words? {
      let pair = (json[name]?.elements ?? []).compactMap(\.text)
      return pair.count == 2 ? Words(pair[0], pair[1]) : nil
    }
    guard let value = words("value"), let layer = words("layer") else { return nil }
    self.value = value
    self.layer = layer
    basis = json["basis"]?.text
  }
}

/// A setting that went from one value to another.
private struct SettingStep: Hashable {
  let label: Words
  let key: String
  let old: KeptSetting?
  let new: KeptSetting?

  func detail(_ units: [(id: UnitID, name: Words)]) -> Correction.Detail {
    let names = Words(
      units.map(\.name.chinese).joined(separator: "、"),
      units.map(\.name.english).joined(separator: ", "))
    let (was, becomes) = values
    let basis = new?.basis.map { Words("；依据：\($0)", "; basis: \($0)") } ?? Words("", "")
    return Correction.Detail(
      Words(
        "\(label.chinese)（\(names.chinese)）：\(was.chinese) → \(becomes.chinese)\(basis.chinese)",
        "\(label.english) (\(names.english)): \(was.english) → \(becomes.english)\(basis.english)"),
      data: [
        "key": .string(key), "units": .array(units.map { .string($0.id.rawValue) }),
        "old": .optional(old, \.json), "new": .optional(new, \.json),
      ])
  }

  /// Of a value of many members those that differ; the layers where the value is the same.
  private var values: (Words, Words) {
    let none = Words("没有", "none")
    guard let old, let new else { return (old?.value ?? none, new?.value ?? none) }
    if old.value == new.value { return (old.layer, new.layer) }
    let chinese = Self.differing(old.value.chinese, new.value.chinese)
    let english = Self.differing(old.value.english, new.value.english)
    return (Words(chinese.0, english.0), Words(chinese.1, english.1))
  }

  private static func differing(_ old: String, _ new: String) -> (String, String) {
    let separator = old.contains("、") ? "、" : ", "
    let (olds, news) = (old.split(separator: separator), new.split(separator: separator))
    guard olds.count == news.count, olds.count > 1 else { return (old, new) }
    let places = olds.indices.filter { olds[$0] != news[$0] }
    return (
      places.map { olds[$0] }.joined(separator: separator),
      places.map { news[$0] }.joined(separator: separator)
    )
  }
}
