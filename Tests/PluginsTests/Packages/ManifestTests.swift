import Governance
import Testing

@testable import Plugins

struct ManifestTests {
  static let whole = """
    id: stairwell-rota
    title: 楼道轮值公约
    version: 1.2.0
    api: 1
    layer: community
    unit: sll-02
    extends:
      - id: street.convention-base
        version: ^1.0.0
    reads:
      cases: [kind, state]
      buildings: all
      person: [residence, name]
    writes:
      - cases: [state]
    sensitive:
      - field: persons.name
        purpose: 在楼道公示轮值表
        keep: 30天
      - {field: cases.kind, purpose: 汇总件数, keep: 汇总完成即止}
    settings:
      rota.days:
        label: 轮值天数
        type: integer
        measure: 天
        default: 7
        min: 1
        delegate: tighten
        stricter: lower
    basis: 实施方案 三㈡
    admission: {record: 准入〔2026〕3号, approved: 2026-02-01, by: 街道办}
    """

  static func manifest(_ yaml: String, owner: Owner = .community("sll-02")) throws -> Manifest {
    try Manifest(
      yaml: yaml, file: "plugins/communities/sll-02/stairwell-rota/plugin.yaml", owner: owner)
  }

  @Test func `Every key of a manifest is read`() throws {
    let manifest = try Self.manifest(Self.whole)
    #expect(manifest.name.description == "sll-02.stairwell-rota")
    #expect(manifest.version == SemanticVersion("1.2.0"))
    #expect(manifest.extends.map(\.name.description) == ["street.convention-base"])
    #expect(manifest.extends[0].versions?.contains(SemanticVersion("1.9.3")!) == true)
    #expect(manifest.reads.map(\.kind) == ["case", "building", "person"])
    #expect(manifest.reads.map(\.fields) == [["kind", "state"], nil, ["residence", "name"]])
    #expect(manifest.reads[2].place.line == 13)
    #expect(manifest.writes.map(\.fields) == [["state"]])
    #expect(manifest.sensitive.map(\.purpose) == ["在楼道公示轮值表", "汇总件数"])
    #expect(manifest.settings.map(\.key) == ["rota.days"])
    #expect(manifest.settings[0].delegation == .tighten(.lower))
    #expect(manifest.settings[0].owner == .community)
    #expect(manifest.settings[0].place?.line == 22)
    #expect(manifest.basis == ["实施方案 三㈡"])
    #expect(manifest.admission?.record == "准入〔2026〕3号")
    #expect(manifest.admission?.approved == Day("2026-02-01"))
  }

  @Test func `All that is wrong is said at once, each with its line`() {
    let problems = found {
      _ = try Self.manifest(
        """
        id: Stairwell Rota
        titel: 楼道轮值公约
        version: 1.2
        api: 2
        layer: street
        reads:
          casses: [kind]
          buildings: [nmae]
        sensitive:
          - {field: buildings.name, purpose: 好奇, keep: 永久}
          - {field: persons.name, purpose: 公示}
        extends: rota
        settings:
          rota.days: {label: 天数, type: intger}
          Rota: {label: 天数, type: integer}
        """)
    }
    #expect(
      problems == [
        "1: “Stairwell Rota”不能作为插件代码 | 用小写字母、数字和连字符，以字母开头",
        "1: 缺少“title” | 补上一行：title: …",
        "1: 社区插件要写 unit: sll-02",
        "2: 插件清单里没有“titel”这个键 | 是不是想写“title”？",
        "3: “1.2”不是版本号 | 写成三个数，如 1.0.0",
        "4: 脚本接口第2版这里没有 | 本程序提供第1版，请升级程序",
        "5: layer 写的是 street，但文件在 plugins/communities/sll-02/ 下，属于 community",
        "7: 没有“casses”这类记录 | 是不是想写“cases”？",
        "8: “楼栋”没有“nmae”这一项 | 是不是想写“name”？",
        "10: “buildings.name”不是敏感字段，不必写在这里",
        "11: 缺少“keep” | 补上一行：keep: …",
        "12: “rota”不是完整的插件名 | 写成“所属.代码”，如 street.community-assessment",
        "14: “type”不能是“intger” | 是不是想写“integer”？",
        "15: “Rota”不能作为设置的代码 | 用英文小写词，以点相连，如 notice.workdays",
      ])
  }

  @Test(arguments: [
    ("id: [", "这里的值没有写完"), ("a: 1\na: 2", "“a”写了不止一次"), ("- 1", "插件清单应写成"),
    ("", "插件清单是空的 | plugin.yaml 至少写明 id、title、version、api、layer"), ("a: &x 1\nb: *x", "这里不使用引用"),
    (String(repeating: "[", count: 2000), "YAML 格式不对"),
    (String(repeating: "a: {", count: 40) + String(repeating: "}", count: 40), "文件太大或层次太深"),
  ])
  func `What is no manifest at all is said in one sentence`(yaml: String, words: String) {
    let problems = found { _ = try Self.manifest(yaml) }
    #expect(problems.count == 1)
    #expect(problems.first?.contains(words) == true, "\(problems)")
  }

  @Test func `Stars in Markdown are not references`() throws {
    let text = Self.whole.replacing("basis: 实施方案 三㈡", with: "basis: |\n  - *强调* & &c\n")
    #expect(try Self.manifest(text).basis == ["- *强调* & &c\n"])
  }

  @Test func `A purpose opens nothing that reads does not name`() {
    let text = Self.whole.replacing("[residence, name]", with: "[residence]")
    #expect(found { _ = try Self.manifest(text) } == ["17: persons.name 没有写在 reads 里"])
  }

  @Test func `An id equals its folder`() {
    let problems = found {
      _ = try Manifest(
        yaml: Self.whole, file: "x", owner: .community("sll-02"), folder: "stairwell")
    }
    #expect(problems == ["1: 代码“stairwell-rota”与所在文件夹“stairwell”不一致"])
  }
}

struct VersionTests {
  @Test func `Versions are ordered by numbers, trials before their release`() {
    let texts = [
      "0.9.9", "1.0.0-draft", "1.0.0-draft.2", "1.0.0-draft.10", "1.0.0", "1.0.1", "1.2.0",
      "1.10.0",
    ]
    let versions = texts.compactMap { SemanticVersion($0) }
    #expect(versions.count == texts.count)
    #expect(versions.shuffled().sorted() == versions)
    #expect(versions.map(\.description) == texts)
  }

  @Test(arguments: ["1", "1.2", "1.2.3.4", "01.2.3", "1.2.x", "1.2.3-", "v1.2.3", "", "1..2"])
  func `Anything else is no version`(text: String) {
    #expect(SemanticVersion(text) == nil)
  }

  @Test(arguments: [
    ("^1.2.0", "1.2.0", true), ("^1.2.0", "1.9.0", true), ("^1.2.0", "2.0.0", false),
    ("^0.2.0", "0.3.0", false), ("~1.2.0", "1.2.9", true), ("~1.2.0", "1.3.0", false),
    (">=1.0.0 <2.0.0", "1.5.0", true), (">=1.0.0 <2.0.0", "2.0.0", false),
    ("1.0.0", "1.0.1", false),
    ("<=1.0.0", "1.0.0", true), (">1.0.0", "1.0.0", false),
  ])
  func `A range says which versions will do`(range: String, version: String, does: Bool) {
    #expect(VersionRange(range)?.contains(SemanticVersion(version)!) == does)
  }
}
