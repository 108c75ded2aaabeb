import Foundation
import Governance
import SQLiteStorage
import Storage
import Testing

/// Numbers that look random and come out the same for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

let today = Day("2026-05-12")!

let office = Signature(actor: "office", reason: "登记", today: today)

/// A store in memory whose clock stands still.
func emptyStore(kinds: [Kind] = BuiltInKinds.all) throws -> Store {
  try Store.open(try SQLiteDriver.inMemory(), kinds: kinds) { Instant(today, hour: 9) }
}

/// A folder that is gone when the test ends.
final class Folder {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "gongyue-\(UInt64.random(in: .min ... .max))"
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func file(_ name: String = "gongyue.sqlite") -> String { "\(path)/\(name)" }
}

/// A store in a file, with one courtyard per name.
@discardableResult
func storeOnDisk(_ path: String, courtyards: [String] = ["东院"]) throws -> Store {
  let store = try Store.open(try SQLiteDriver.open(path, creating: true))
  for name in courtyards {
    try store.write(office) { try $0.create(courtyard(name)) }
  }
  return store
}

func courtyard(_ name: String, unit: UnitID = "sll-02") -> Draft {
  Draft("courtyard", unit: unit, ["name": .text(name)])
}

func facilityCase(
  _ unit: UnitID = "sll-02", kind: String = "facility_damage", reported: String = "2026-04-02"
) -> Draft {
  let moment = Instant(Day(reported)!, hour: 10)
  return Draft(
    "case", unit: unit,
    [
      "kind": .text(kind), "danger": .boolean(false), "channel": .text("head"),
      "state": .text("submitted"), "reported": .instant(moment),
      "accept_due": .instant(moment + 86_400_000), "resolve_due": .instant(moment + 864_000_000),
      "extended": .integer(0), "reporter": .text("张三"),
    ])
}

/// Runs SQL behind the store's back, as a meddler would.
func meddle(_ store: Store, _ statement: SQL) throws {
  try store.driver.write(checkingReferences: false) { connection in
    let (text, bindings) = statement.rendered(for: connection.dialect)
    try connection.execute(text, bindings)
  }
}

func meddle(_ driver: any Driver, _ statement: SQL) throws {
  try driver.write(checkingReferences: false) { connection in
    let (text, bindings) = statement.rendered(for: connection.dialect)
    try connection.execute(text, bindings)
  }
}

/// The problem that `body` throws.
func problem(_ body: () throws -> some Any) -> Problem? {
  do {
    _ = try body()
    return nil
  } catch let problem as Problem {
    return problem
  } catch let problems as Problems {
    return problems.all.first
  } catch {
    Issue.record("not a problem: \(error)")
    return nil
  }
}
