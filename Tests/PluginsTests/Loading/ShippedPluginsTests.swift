import Foundation
import Governance
import Testing

@testable import Plugins

struct ShippedPluginsTests {
  static var catalogue: Catalogue { .read(SettingFilesTests.shipped("plugins")) }

  @Test func `Everything below plugins is read without a problem`() throws {
    let catalogue = Self.catalogue
    #expect(
      catalogue.problems.map { "\($0.place?.description ?? ""): \($0.message.chinese)" } == [])
    for file in catalogue.settingsFiles {
      #expect(found { _ = try SettingsFile.read(file) } == [], "\(file.file)")
    }
  }

  @Test(arguments: Self.catalogue.packages.filter(\.hasCode))
  func `Every shipped plugin loads`(package: Package) throws {
    let context = ScriptContext(
      world: nil,
      capabilities: Capabilities(actor: .office, purpose: .load, manifest: package.manifest))
    #expect(found { _ = try PackageRun(package, context: context) } == [], "\(package.name)")
  }

  @Test func `Every shipped plugin passes the static checks`() {
    let packages = Self.catalogue.packages
    let keys = packages.flatMap(\.manifest.settings).flatMap { [$0.key, $0.label.chinese] }
    for package in packages {
      let check = PackageCheck(package, settingKeys: keys, others: packages)
      #expect(PackageCheckTests.lines(check.problems + check.warnings) == [], "\(package.name)")
    }
  }
}
