import CLuaShim
import Foundation
import Governance
import SQLiteStorage
import Storage
import Testing

struct Faults {
  private let folder = Folder()

  private func opening(_ path: String, creating: Bool = false) -> Problem? {
    problem { try Store.open(try SQLiteDriver.open(path, creating: creating, patience: 0.1)) }
  }

  private func write(_ bytes: [UInt8], to path: String) {
    _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
  }

  @Test func `A database that is not there`() {
    let found = opening(folder.file())
    #expect(found?.code == .storageUnavailable)
    #expect(found?.message == Words("找不到数据库文件", "there is no database file"))
    #expect(found?.place?.file == folder.file())
    #expect(!FileManager.default.fileExists(atPath: folder.file()), "opening made one")
  }

  @Test func `A folder that is not there`() {
    let found = opening(folder.path + "/none/gongyue.sqlite", creating: true)
    #expect(found?.code == .storageUnavailable)
  }

  @Test func `A folder in its place`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.file(), withIntermediateDirectories: false)
    let found = opening(folder.file(), creating: true)
    #expect(found?.code == .storageUnavailable)
    #expect(
      found?.message
        == Words("数据库的位置上是一个文件夹", "there is a folder where the database should be"))
  }

  @Test(arguments: [
    "hello",
    "PK\u{3}\u{4} and so on, long enough to hold a header of a hundred bytes or more, which this text does",
  ])
  func `Another sort of file`(content: String) {
    write(Array(content.utf8), to: folder.file())
    let found = opening(folder.file())
    #expect(found?.code == .storageNotDatabase)
    #expect(
      found?.message == Words("这个文件不是公约的数据库", "the file is not a Gongyue database"))
    #expect(
      found?.hint?.english
        == "check the path; if it used to be one, bring back a copy with gongyue restore")
  }

  @Test func `Another program's database`() throws {
    let driver = try SQLiteDriver.open(folder.file(), creating: true)
    try meddle(driver, "CREATE TABLE bookmarks (url TEXT)")
    #expect(opening(folder.file())?.code == .storageNotDatabase)
  }

  @Test func `An empty file`() {
    write([], to: folder.file())
    let found = opening(folder.file())
    #expect(found?.code == .storageDamaged)
    #expect(found?.message == Words("数据库已损坏：文件是空的", "the database is damaged: the file is empty"))
  }

  /// Cut anywhere: never opened as if nothing were missing.
  @Test(arguments: [50, 100, 4096, 8192, -4096, -1])
  func `A file cut short`(keeping: Int) throws {
    let whole = folder.file("whole.sqlite")
    try storeOnDisk(folder.file()).backup(to: whole)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
    let kept = keeping > 0 ? keeping : bytes.count + keeping
    let path = folder.file("cut.sqlite")
    _ = FileManager.default.createFile(atPath: path, contents: bytes.prefix(kept))
    let found = opening(path)
    #expect(found?.code == .storageDamaged)
    #expect(
      found?.message
        == Words(
          "数据库已损坏：文件不完整，被截短了", "the database is damaged: the file is incomplete, it was cut short"))
    #expect(found?.hint?.chinese == "先另存一份现有文件，再用 gongyue restore 恢复最近的备份")
  }

  @Test func `A page overwritten in the middle is found by doctor`() throws {
    let whole = folder.file("whole.sqlite")
    try storeOnDisk(folder.file()).backup(to: whole)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
    for offset in 8192..<(bytes.count - 4096) { bytes[offset] = 0xa5 }
    try bytes.write(to: URL(fileURLWithPath: whole))
    let found = problem { () -> Bool in
      let store = try Store.open(try SQLiteDriver.open(whole))
      return try store.examine().allSatisfy { $0.problem == nil }
    }
    #expect(found?.code == .storageDamaged)
  }

  @Test func `A database of a newer program`() throws {
    let store = try storeOnDisk(folder.file())
    try meddle(store, "PRAGMA user_version = 7")
    let found = opening(folder.file())
    #expect(found?.code == .storageNewer)
    #expect(
      found?.message
        == Words("数据库的版本是 7，本程序只认识到 1", "the database has version 7, this program knows up to 1"))
    #expect(found?.hint?.chinese == "请换用较新的 gongyue")
  }

  @Test func `A database that someone else is writing`() throws {
    let store = try storeOnDisk(folder.file())
    let other = try Store.open(try SQLiteDriver.open(folder.file(), patience: 0.05))
    let found = try store.write(office) { writing throws in
      try writing.create(courtyard("占用中"))
      return problem { try other.write(office) { try $0.create(courtyard("等不到")) } }
    }
    #expect(found?.code == .storageLocked)
    #expect(
      found?.message
        == Words("数据库正被另一个程序占用", "the database is in use by another program"))
    #expect(found?.hint?.chinese == "等对方做完再试；这次没有写入任何内容")
    #expect(try other.read { try $0.count(Query(kind: "courtyard"), in: .all) } == 2)
  }

  /// The tests may run as root, whom no permission stops: a child gives up its rights first.
  @Test(arguments: [0o444, 0o644])
  func `A database this user may not write can be read, and says why it cannot be written`(
    mode: Int
  ) async throws {
    try storeOnDisk(folder.file())
    chmod(folder.file(), mode_t(mode))
    chmod(folder.path, mode == 0o444 ? 0o777 : 0o755)
    let path = folder.file()
    await #expect(processExitsWith: .success) { [path = path as String] in
      if getuid() == 0 {
        try #require(setgid(65_534) == 0)
        try #require(setuid(65_534) == 0)
      } else if access(path, W_OK) == 0 {
        // Without root, only the file's own mode can be tried.
        return
      }
      let store = try Store.open(try SQLiteDriver.open(path))
      try #require(try store.read { try $0.count(Query(kind: "courtyard"), in: .all) } == 1)
      let read = try store.write(office, locking: .atFirstWrite) { writing in
        try writing.count(Query(kind: "courtyard"), in: .all)
      }
      try #require(read == 1)
      for locking in [Locking.atOnce, .atFirstWrite] {
        let found = problem {
          try store.write(office, locking: locking) { try $0.create(courtyard("西院")) }
        }
        try #require(found?.code == .storageReadOnly)
        try #require(
          found?.message == Words("当前用户不能写这个数据库", "this user cannot write the database"))
      }
      let told = try store.examine().compactMap(\.problem)
      try #require(told == [Words("当前用户不能写这个数据库", "this user cannot write the database")])
    }
  }

  @Test func `A database read alone notices that it was written meanwhile`() async throws {
    try storeOnDisk(folder.file())
    chmod(folder.file(), 0o444)
    chmod(folder.path, 0o777)
    let path = folder.file()
    await #expect(processExitsWith: .success) { [path = path as String] in
      try #require(getuid() != 0 || (setgid(65_534) == 0 && setuid(65_534) == 0))
      let store = try Store.open(try SQLiteDriver.open(path))
      let found = problem { () -> Int in
        try store.read { reading in
          // What another program's checkpoint would do to the file's date.
          guard utimes(path, nil) == 0 || unlink(path) == 0 else { return 0 }
          return try reading.count(Query(kind: "courtyard"), in: .all)
        }
      }
      try #require(found?.code == .storageLocked)
      try #require(found?.message.chinese == "读取期间数据库被改动，读到的可能不一致")
    }
  }

  // MARK: Damage

  /// 2,000 random bytes where the records of a kind lie.
  private func damaged(_ path: String) throws {
    let store = try storeOnDisk(path, courtyards: (1...40).map { "院\($0)" })
    let page = try store.driver.read { connection in
      var page: Int64 = 0
      let sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'courtyards'"
      try connection.forEachRow(sql, []) { row in
        page = row[0].integer ?? 0
        return false
      }
      return page
    }
    try store.driver.settle()
    let descriptor = open(path, O_WRONLY)
    defer { close(descriptor) }
    var random = Seeded(20_260_512)
    let bytes = (0..<2000).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    #expect(pwrite(descriptor, bytes, bytes.count, off_t((page - 1) * 4096)) == bytes.count)
  }

  @Test func `A backup of a damaged database is not called one`() throws {
    try damaged(folder.file())
    let store = try Store.open(try SQLiteDriver.open(folder.file()))
    let copy = folder.file("copy.sqlite")
    let found = problem { try store.backup(to: copy) }
    #expect(found?.code == .storageDamaged)
    #expect(found?.place?.file == folder.file())
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!left.contains { $0.hasPrefix("copy") }, "\(left)")
  }

  @Test func `A write that meets damage stops all writing until a backup is brought back`() throws {
    let (path, copy) = (folder.file(), folder.file("copy.sqlite"))
    try storeOnDisk(path).backup(to: copy)
    for name in [path, path + ".commits"] { unlink(name) }
    try damaged(path)
    let store = try Store.open(try SQLiteDriver.open(path))
    let met = problem { try store.write(office) { try $0.create(courtyard("西院")) } }
    #expect(met?.code == .storageDamaged)
    // Rows that C steps are no exception.
    unlink(path + ".damaged")
    let cursor = problem {
      try store.write(office, locking: .atFirstWrite) { writing in
        let source = try writing.cursor(Query(kind: "courtyard"), in: .all).source
        while source.step(source.context) == 1 {}
        source.finalize(source.context)
      }
    }
    #expect(cursor?.code == .storageDamaged)
    // A kind whose pages are whole.
    for locking in [Locking.atOnce, .atFirstWrite] {
      let refused = problem {
        try store.write(office, locking: locking) { try $0.create(facilityCase()) }
      }
      #expect(refused?.code == .storageDamaged)
      #expect(refused?.message.chinese == "写入时发现数据库已损坏，已停止一切写入；这次没有写入任何内容")
      #expect(refused?.hint?.chinese.contains("删除 \(path).damaged") == true)
    }
    #expect(try store.read { try $0.count(Query(kind: "case"), in: .all) } == 0)
    let kept = try SQLiteDriver.restore(from: copy, to: path, force: true)
    #expect(access((kept ?? "") + ".damaged", F_OK) == 0)
    let restored = try Store.open(try SQLiteDriver.open(path))
    try restored.write(office) { try $0.create(facilityCase()) }
  }

  @Test func `A restored database stands where a link leads, with the mode of the old one`() throws
  {
    let (real, link, copy) = (
      folder.file("real.sqlite"), folder.file(), folder.file("copy.sqlite")
    )
    try storeOnDisk(real).backup(to: copy)
    #expect(chmod(real, 0o660) == 0)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real.sqlite")
    _ = try SQLiteDriver.restore(from: copy, to: link, force: true)
    var facts = stat()
    #expect(lstat(link, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK)
    #expect(stat(real, &facts) == 0 && facts.st_mode == S_IFREG | 0o660)
    #expect(try Store.open(try SQLiteDriver.open(link)).isUncounted == false)
  }

  @Test func `An older file in the place of the newest`() throws {
    let store = try storeOnDisk(folder.file())
    let old = folder.file("old.sqlite")
    try store.backup(to: old)
    for name in ["甲", "乙", "丙"] { try store.write(office) { try $0.create(courtyard(name)) } }
    let path = folder.file("here.sqlite")
    try FileManager.default.copyItem(atPath: old, toPath: path)
    try FileManager.default.copyItem(atPath: folder.file() + ".commits", toPath: path + ".commits")
    let found = opening(path)
    #expect(found?.code == .storageBehind)
    #expect(
      found?.message
        == Words(
          "数据库缺少最近的 3 次写入（应到第 5 次，只到第 2 次）",
          "the database lacks its newest 3 commits (it ends at 2, not at 5)"))
    #expect(found?.place?.file == path)
  }

  @Test func `A mark that makes no sense`() throws {
    try storeOnDisk(folder.file())
    write(Array("garbage".utf8), to: folder.file() + ".commits")
    let found = opening(folder.file())
    #expect(found?.code == .storageDamaged)
    #expect(found?.place?.file == folder.file() + ".commits")
  }

  @Test func `A mark that is gone is said by doctor and made again by the next write`() throws {
    let store = try storeOnDisk(folder.file())
    unlink(folder.file() + ".commits")
    let missing = try store.examine().compactMap(\.problem?.chinese)
    #expect(missing == ["提交计数文件不见了，无法核对"])
    try store.write(office) { try $0.create(courtyard("西院")) }
    #expect(try store.examine().allSatisfy { $0.problem == nil })
  }

  /// The mark may be ahead by the one commit nobody was told of, never by more.
  @Test(arguments: [
    (2, false, true), (2, true, true), (3, false, true), (3, true, false), (4, false, false),
    (1, true, true),
  ])
  func `What the mark promises`(commit: Int64, isConfirmed: Bool, opens: Bool) throws {
    let store = try storeOnDisk(folder.file())
    #expect(try store.commits() == 2)
    unlink(folder.file() + ".commits")
    try store.driver.setMark(CommitMark(commit: commit, isConfirmed: isConfirmed))
    #expect((opening(folder.file()) == nil) == opens)
    let checks = try store.examine()
    #expect(checks.allSatisfy { $0.problem == nil } == opens)
  }

  @Test func `Every commit is flushed to the disk`() throws {
    let store = try storeOnDisk(folder.file())
    let question = Words("每次写入都落到磁盘", "every commit is flushed to the disk")
    #expect(try store.driver.selfCheck().first { $0.question == question }?.problem == nil)
    try store.driver.write(checkingReferences: true) { connection in
      try connection.forEachRow("PRAGMA synchronous", []) { row in
        #expect(row == [.integer(2)])
        return true
      }
    }
  }

  @Test func `Doctor names a reference that leads nowhere`() throws {
    let store = try emptyStore()
    try store.write(office) { writing throws in
      let building = try writing.create(
        Draft(
          "building", unit: "sll-02",
          ["name": .text("七栋"), "number": .integer(7), "form": .text("block")]))
      try writing.create(
        Draft(
          "stairwell", unit: "sll-02", ["building": .integer(building.id), "number": .integer(1)]))
    }
    try meddle(store, "DELETE FROM buildings")
    #expect(
      try store.examine().compactMap(\.problem?.chinese) == [
        "1 处引用没有着落，第一处在 stairwells 1", "楼栋 sll-02-B-2026-0001 不见了",
      ])
  }
}
