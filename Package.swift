// swift-tools-version: 6.2
import PackageDescription

/// What every target is compiled with.
let common: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Everything except the targets that talk to C (Lua, SQLite) is also checked for unsafe code.
let checked: [SwiftSetting] = common + [.strictMemorySafety()]

let package = Package(
  name: "gongyue",
  products: [
    .executable(name: "gongyue", targets: ["gongyue"]),
    .library(name: "Lua", targets: ["Lua"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/attaswift/BigInt", exact: "6.0.1"),
  ],
  targets: [
    .systemLibrary(name: "CLua", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"])]),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .target(name: "CLuaShim", dependencies: ["CLua"]),
    .target(name: "Lua", dependencies: ["CLua", "CLuaShim"], swiftSettings: common),
    .target(
      name: "Governance", dependencies: [.product(name: "BigInt", package: "BigInt")],
      swiftSettings: checked),
    .target(name: "Digests", dependencies: ["CSodium"], swiftSettings: common),
    .target(
      name: "Storage", dependencies: ["Governance", "Digests", "CLuaShim"], swiftSettings: common),
    .target(
      name: "SQLiteStorage",
      dependencies: ["Storage", "CLuaShim", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: common),
    .target(
      name: "Plugins",
      dependencies: ["Governance", "Lua", "Digests", .product(name: "Yams", package: "Yams")],
      swiftSettings: common),
    .target(name: "DemoStreet", dependencies: ["Governance"], swiftSettings: checked),
    .target(
      name: "Core", dependencies: ["Governance", "Storage", "Plugins", "DemoStreet", "Digests"],
      swiftSettings: common),
    .executableTarget(
      name: "gongyue",
      dependencies: [
        "Core", "Governance", "SQLiteStorage", "Storage",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: common),
    .executableTarget(
      name: "gongyue-bench",
      dependencies: ["Core", "CLuaShim", "Governance", "Lua", "SQLiteStorage", "Storage"],
      path: "Benchmarks/swift", swiftSettings: common),
    .testTarget(
      name: "LuaTests", dependencies: ["Lua", "CLuaShim"], exclude: ["Hostile", "Language"],
      swiftSettings: common),
    .testTarget(name: "GovernanceTests", dependencies: ["Governance"], swiftSettings: common),
    .testTarget(
      name: "StorageTests",
      dependencies: [
        "Storage", "SQLiteStorage", "Governance", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: common),
    .testTarget(
      name: "PluginsTests", dependencies: ["Plugins", "Governance", "Lua"], swiftSettings: common),
    .target(
      name: "StreetEvaluator", dependencies: ["DemoStreet", "Governance"],
      path: "Tests/StreetEvaluator", swiftSettings: common),
    .testTarget(
      name: "DemoStreetTests", dependencies: ["DemoStreet", "Governance", "StreetEvaluator"],
      swiftSettings: common),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Core", "DemoStreet", "Plugins", "Storage", "SQLiteStorage", "Governance",
        "StreetEvaluator",
      ],
      swiftSettings: common),
  ],
  swiftLanguageModes: [.v6]
)
