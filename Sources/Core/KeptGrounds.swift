internal import Digests
internal import Governance
internal import Plugins
internal import Storage

/// What a closed result keeps, named by digests, so that it can be computed again
/// after everything has changed: the manifest of a closing.
struct KeptGrounds {
  let formula: String
  let period: Period
  let today: Day

  let packages: [KeptPackage]
  let settingsFiles: [KeptSettingsFile]
  let recorded: Digest
  let calendar: Digest

  /// Of the file of typologies; nil where there was none.
  let typologies: Digest?
  let records: Snapshot

  /// By unit and key, each setting that a score rested on, in words: to say later what it was.
  let resolved: JSONValue

  struct KeptPackage {
    let owner: Owner
    let folder: String
    let files: [(path: String, digest: Digest)]
  }

  struct KeptSettingsFile {
    let owner: Owner
    let file: String
    let digest: Digest

    /// The Lua files beside it.
    let functions: [(path: String, digest: Digest)]
  }
}

/// Keeping.
extension KeptGrounds {
  /// Keeps everything that a computation rested on; contents that are there already are
  /// kept once.
  init(
    keeping host: Host, for computations: [Computation], _ formula: String, _ period: Period,
    in writer: Writer
  ) throws {
    func keep(_ text: String) throws -> Digest { try writer.keep(content: Array(text.utf8)) }
    self.formula = formula
    self.period = period
    today = host.today
    packages = try host.catalogue.enabled(by: host.lock).map { package in
      KeptPackage(
        owner: package.manifest.owner, folder: package.files.folder,
        files: try package.files.paths.map { ($0, try keep(package.files.texts[$0] ?? "")) })
    }
    settingsFiles = try host.catalogue.settingsFiles(by: host.lock).map { file in
      KeptSettingsFile(
        owner: file.owner, file: file.file, digest: try keep(file.text),
        functions: try file.functions.sorted { $0.key < $1.key }.map {
          ($0.key, try keep($0.value))
        })
    }
    let stored = try writer.settings().map(RecordedSetting.init(stored:))
    recorded = try keep(JSONValue.array(stored.map(\.json)).canonical)
    calendar = try keep(host.catalogue.calendar ?? "")
    let declared = host.catalogue.typologies.text
    typologies = declared.isEmpty ? nil : try keep(declared)
    let kinds = computations.reduce(into: Set(BuiltInKinds.structure.map(\.id))) {
      $0.formUnion($1.kindsRead)
    }
    records = try writer.snapshot(kinds.sorted(), units: .all)
    resolved = host.keptSettings(computations, on: period.last)
  }

  var json: JSONValue {
    [
      "formula": .string(formula), "period": .string("\(period)"), "today": .day(today),
      "packages": .array(
        packages.map { package in
          [
            "folder": .string(package.folder), "owner": .string(package.owner.folder),
            "files": .object(package.files.map { .init($0.path, .string("\($0.digest)")) }),
          ]
        }),
      "settings_files": .array(
        settingsFiles.map { file in
          [
            "file": .string(file.file), "owner": .string(file.owner.folder),
            "digest": .string("\(file.digest)"),
            "functions": .object(
              file.functions.map { .init($0.path, .string("\($0.digest)")) }),
          ]
        }),
      "resolved_settings": resolved, "recorded_settings": .string("\(recorded)"),
      "calendar": .string("\(calendar)"),
      "typologies": .optional(typologies) { .string("\($0)") }, "records": records.json,
    ]
  }
}

/// Bringing back.
extension KeptGrounds {
  /// Nil when the manifest is not one of ours.
  init?(json: JSONValue) {
    guard let formula = json["formula"]?.text,
      let period = json["period"]?.text.flatMap({ try? Period.parse($0) }),
      let today = json["today"]?.text.flatMap({ Day($0) }),
      let recorded = json["recorded_settings"]?.text.flatMap({ Digest($0) }),
      let calendar = json["calendar"]?.text.flatMap({ Digest($0) }),
      let records = json["records"].flatMap(Snapshot.init(json:))
    else { return nil }
    self.formula = formula
    self.period = period
    self.today = today
    self.recorded = recorded
    self.calendar = calendar
    typologies = json["typologies"]?.text.flatMap { Digest($0) }
    self.records = records
    resolved = json["resolved_settings"] ?? [:]
    packages = (json["packages"]?.elements ?? []).compactMap(KeptPackage.init(json:))
    settingsFiles = (json["settings_files"]?.elements ?? []).compactMap(
      KeptSettingsFile.init(json:))
  }

  /// The grounds of then, with the records in a database of their own.
  ///
  /// - Throws: `replay.unavailable` when something was erased since.
  func restored(by host: Host) throws -> Grounds {
    try host.store.read { reader in
      func text(_ digest: Digest) throws -> String {
        String(decoding: try reader.kept(digest), as: UTF8.self)
      }
      let store = try reader.restored(records, into: host.drivers.inMemory())
      let packages = try self.packages.map { kept in
        let texts = try kept.files.map { ($0.path, try text($0.digest)) }
        let files = PackageFiles(
          folder: kept.folder, texts: Dictionary(texts) { first, _ in first })
        return try Package(files, owner: kept.owner)
      }
      let files = try settingsFiles.map { kept in
        Catalogue.SettingsFile(
          owner: kept.owner, file: kept.file, text: try text(kept.digest),
          functions: Dictionary(try kept.functions.map { ($0.path, try text($0.digest)) }) {
            first, _ in first
          })
      }
      let stored = try JSONValue(parsing: text(recorded)).elements ?? []
      let typologies = TypologiesFile(try self.typologies.map(text) ?? "").typologies
      let units = try store.read { try UnitTree(reading: $0, typologies: typologies) }
      return Grounds(
        packages: packages,
        settings: WorkspaceSettings(
          packages, files: files,
          functions: SettingFunctions(files, limits: host.limits, language: .chinese),
          recorded: stored.compactMap(RecordedSetting.init(json:)),
          units: units),
        calendar: try CalendarFile.read(text(calendar)), units: units, store: store, today: today,
        language: .chinese, actor: .office, visible: .all, limits: host.limits)
    }
  }
}

extension KeptGrounds.KeptPackage {
  fileprivate init?(json: JSONValue) {
    guard let folder = json["folder"]?.text,
      let owner = json["owner"]?.text.flatMap(Owner.init(folder:)),
      let members = json["files"]?.members
    else { return nil }
    self.owner = owner
    self.folder = folder
    files = members.compactMap { member in
      member.value.text.flatMap { Digest($0) }.map { (member.name, $0) }
    }
  }
}

extension KeptGrounds.KeptSettingsFile {
  fileprivate init?(json: JSONValue) {
    guard let file = json["file"]?.text,
      let owner = json["owner"]?.text.flatMap(Owner.init(folder:)),
      let digest = json["digest"]?.text.flatMap({ Digest($0) })
    else { return nil }
    self.file = file
    self.owner = owner
    self.digest = digest
    functions = (json["functions"]?.members ?? []).compactMap { member in
      member.value.text.flatMap { Digest($0) }.map { (member.name, $0) }
    }
  }
}

extension Owner {
  /// Reads what `folder` writes: `law`, `street`, `types/old_estate`, `communities/sll-02`.
  init?(folder: String) {
    let parts = folder.split(separator: "/").map(String.init)
    switch (parts.first, parts.count) {
    case ("law"?, 1): self = .law
    case ("street"?, 1): self = .street
    case ("types"?, 2): self = .type(parts[1])
    case ("communities"?, 2): self = .community(UnitID(parts[1]))
    default: return nil
    }
  }
}

extension Reader {
  /// A kept content.
  ///
  /// - Throws: `replay.unavailable` when it was erased or is not there.
  func kept(_ digest: Digest) throws -> [UInt8] {
    switch try content(digest) {
    case .bytes(let bytes)?: return bytes
    case .erased(let day, let reason)?: throw Problem.contentErased(on: "\(day)", because: reason)
    case nil: throw Problem.contentMissing(digest)
    }
  }
}

extension Problem {
  static func contentErased(on day: String, because reason: String) -> Problem {
    Problem(
      .replayUnavailable,
      Words(
        "这份封存结果用到的资料已于 \(day) 删除：\(reason)",
        "what this closed result came from was erased on \(day): \(reason)"),
      hint: Words("封存时的得分仍在，只是不能再重算", "the scores remain, but cannot be computed again"))
  }

  static func contentMissing(_ digest: Digest) -> Problem {
    Problem(
      .replayUnavailable,
      Words("缺少封存的内容 \(digest.short)", "kept content \(digest.short) is missing"),
      hint: Words("运行 gongyue doctor 检查数据库", "examine the database with gongyue doctor"))
  }
}
