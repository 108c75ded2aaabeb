import Governance
import Testing

/// An id is a folder, part of records' codes and packages' names, and stands in actors.
@Suite struct UnitIDTests {
  @Test(arguments: ["sll-02", "sll", "sll-a", "2", "SLL_02", "十字街", "é", "a-"])
  func `Letters and digits of any script, hyphens and underscores make an id`(text: String) {
    #expect(UnitID(text).isWellFormed)
  }

  @Test(arguments: [
    "", "-a", "_a", "a b", "a\nb", "a.b", "a/b", "a@b", "..", "a\u{301}", "a\u{200B}b", "a:b", "１　",
    String(repeating: "a", count: 65),
  ])
  func `What divides a folder, a code, an actor or a line is no id`(text: String) {
    #expect(!UnitID(text).isWellFormed)
  }
}
