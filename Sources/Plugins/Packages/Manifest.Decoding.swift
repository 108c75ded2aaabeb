public import Governance

extension Manifest {
  static let keys = [
    "id", "title", "version", "api", "layer", "unit", "extends", "reads", "writes", "sensitive",
    "settings", "basis", "admission",
  ]

  /// Reads a manifest.
  ///
  /// - Parameters:
  ///   - file: the path for messages, `plugins/street/rota/plugin.yaml`.
  ///   - owner: whose folder it lies in; the manifest must agree.
  ///   - folder: the folder's name, which the id must equal; nil does not check.
  /// - Throws: `Problems` with everything that is wrong, each with its line.
  public init(
    yaml text: String, file: String, owner: Owner, folder: String? = nil,
    kinds: [Kind] = BuiltInKinds.all
  ) throws(Problems) {
    let findings = Findings(file: file, code: .pluginInvalid)
    let root: YAMLValue
    do {
      root = try YAMLValue.parse(text, file: file, code: .pluginInvalid)
    } catch {
      throw Problems([error])
    }
    if root.isNull { throw Problems([.emptyManifest(file)]) }
    guard
      let section = YAMLSection(
        root, of: Words("插件清单", "the manifest"), known: Self.keys, findings)
    else { throw Problems(findings.sorted) }
    let reader = ManifestReader(section: section, findings: findings, kinds: kinds)
    let id = reader.id(folder: folder)
    let version = reader.version()
    let title = section.required("title").flatMap { findings.words($0, of: "title") }
    let api = reader.api()
    reader.checkLayer(owner)
    let reads = reader.grants("reads")
    let writes = reader.grants("writes")
    let (settings, renames) = reader.settings(owner)
    let draft = ManifestDraft(
      extends: reader.extends(), sensitive: reader.sensitive(reads: reads),
      admission: reader.admission(), basis: section.texts("basis"))
    try findings.check()
    guard let id, let version, let title, let api else { throw Problems(findings.sorted) }
    self.id = id
    self.title = title
    self.version = version
    self.api = api
    self.owner = owner
    self.extends = draft.extends
    self.reads = reads
    self.writes = writes
    self.sensitive = draft.sensitive
    self.settings = settings
    self.renames = renames
    self.basis = draft.basis
    self.admission = draft.admission
    self.file = file
    readsLine = section.has("reads") ? section.line(of: "reads") : nil
    writesLine = section.has("writes") ? section.line(of: "writes") : nil
    sensitiveLine = section.has("sensitive") ? section.line(of: "sensitive") : nil
  }
}

/// Parts of a manifest that are read before it is known whether it is whole.
private struct ManifestDraft {
  let extends: [Manifest.Extension]
  let sensitive: [Manifest.SensitiveGrant]
  let admission: Manifest.Admission?
  let basis: [String]
}

/// Reads the keys of one manifest, each into its type.
struct ManifestReader {
  let section: YAMLSection
  let findings: Findings
  let kinds: [Kind]

  func id(folder: String?) -> String? {
    guard let value = section.required("id"), let id = findings.text(value, of: "id") else {
      return nil
    }
    guard Self.isName(id) else {
      findings.add(
        Words("“\(id)”不能作为插件代码", "'\(id)' cannot be a package's id"), line: value.line,
        hint: Words(
          "用小写字母、数字和连字符，以字母开头", "use lower-case letters, digits and hyphens, a letter first"))
      return nil
    }
    if let folder, folder != id {
      findings.add(
        Words(
          "代码“\(id)”与所在文件夹“\(folder)”不一致", "the id '\(id)' differs from its folder '\(folder)'"),
        line: value.line)
    }
    return id
  }

  /// Letters, digits and hyphens, a letter first, at most 64 of them.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, (97...122).contains(first), text.utf8.count <= 64 else {
      return false
    }
    return text.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
    }
  }

  func version() -> SemanticVersion? {
    guard let value = section.required("version"),
      let text = findings.text(value, of: "version")
    else { return nil }
    if let version = SemanticVersion(text) { return version }
    findings.add(
      Words("“\(text)”不是版本号", "'\(text)' is not a version"), line: value.line,
      hint: Words("写成三个数，如 1.0.0", "write three numbers, such as 1.0.0"))
    return nil
  }

  func api() -> Int? {
    guard let value = section.required("api"), let api = findings.integer(value, of: "api") else {
      return nil
    }
    if api == Manifest.currentAPI { return api }
    let current = Manifest.currentAPI
    findings.add(
      Words("脚本接口第\(api)版这里没有", "there is no version \(api) of the script API here"),
      line: value.line,
      hint: api > current
        ? Words(
          "本程序提供第\(current)版，请升级程序", "this program offers version \(current); upgrade the program")
        : Words("请写 api: \(current)", "write api: \(current)"))
    return nil
  }

  /// The path decides; `layer` and `unit` only repeat it for the reader.
  func checkLayer(_ owner: Owner) {
    let layers = ["law", "street", "type", "community"]
    if let value = section.required("layer"), let layer = findings.text(value, of: "layer") {
      if !layers.contains(layer) {
        let near = nearest(to: layer, in: layers)
        findings.add(
          Words("没有“\(layer)”这个层级", "there is no layer '\(layer)'"), line: value.line,
          hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
            ?? Words(
              "层级：\(layers.joined(separator: "、"))", "layers: \(layers.joined(separator: ", "))"))
      } else if layer != owner.layer {
        findings.add(
          Words(
            "layer 写的是 \(layer)，但文件在 plugins/\(owner.folder)/ 下，属于 \(owner.layer)",
            "layer says \(layer), but the file lies in plugins/\(owner.folder)/, which is \(owner.layer)"
          ),
          line: value.line)
      }
    }
    checkUnit(owner)
  }

  private func checkUnit(_ owner: Owner) {
    guard let value = section["unit"], let unit = findings.text(value, of: "unit") else {
      if case .community(let id) = owner {
        findings.add(
          Words("社区插件要写 unit: \(id)", "a community's package says unit: \(id)"),
          line: section.line)
      }
      return
    }
    if case .community(let id) = owner {
      guard unit != id.rawValue else { return }
      findings.add(
        Words(
          "unit 写的是 \(unit)，但文件在 \(id) 的文件夹里",
          "unit says \(unit), but the file lies in the folder of \(id)"),
        line: value.line)
    } else {
      findings.add(
        Words("只有社区插件写 unit", "only a community's package has a unit"), line: value.line)
    }
  }

  /// `{id: street.rota, version: ^1.2.0}`, the same as a list, or `street.rota ^1.2.0`.
  func extends() -> [Manifest.Extension] {
    guard let value = section["extends"] else { return [] }
    return findings.items(value).compactMap { item in
      if case .scalar(let text, _) = item.content {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let name = parts.first else { return nil }
        return link(name, parts.count > 1 ? parts[1] : nil, item.line)
      }
      let what = Words("extends 的一项", "an item of extends")
      guard let part = YAMLSection(item, of: what, known: ["id", "version"], findings),
        let name = part.requiredText("id")
      else { return nil }
      return link(name, part.text("version"), item.line)
    }
  }

  private func link(_ name: String, _ range: String?, _ line: Int) -> Manifest.Extension? {
    guard name.contains(".") else {
      findings.add(
        Words("“\(name)”不是完整的插件名", "'\(name)' is not a full package name"), line: line,
        hint: Words(
          "写成“所属.代码”，如 street.community-assessment",
          "write owner.id, such as street.community-assessment"))
      return nil
    }
    let versions = range.flatMap { VersionRange($0) }
    if let range, versions == nil {
      findings.add(
        Words("“\(range)”不是版本范围", "'\(range)' is not a range of versions"), line: line,
        hint: Words("如 ^1.2.0 或 >=1.2.0 <2.0.0", "such as ^1.2.0 or >=1.2.0 <2.0.0"))
    }
    return Manifest.Extension(
      name: PackageName(name), versions: versions, place: Place(file: findings.file, line: line))
  }

  func admission() -> Manifest.Admission? {
    guard let value = section["admission"] else { return nil }
    if case .scalar(let record, _) = value.content {
      return Manifest.Admission(record: record, approved: nil, by: nil)
    }
    let what = Words("准入 admission", "admission")
    guard let part = YAMLSection(value, of: what, known: ["record", "approved", "by"], findings),
      let record = part.requiredText("record")
    else { return nil }
    return Manifest.Admission(record: record, approved: part.day("approved"), by: part.text("by"))
  }
}
