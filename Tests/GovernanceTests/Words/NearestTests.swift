import Governance
import Testing

struct NearestTests {
  static let keys = ["notice.workdays", "notice.counting", "council.seats", "weights"]

  @Test(arguments: [
    ("notice.workday", "notice.workdays"),
    ("Notice.Workdays", "notice.workdays"),
    ("council.saets", "council.seats"),
    ("weihgts", "weights"),
    ("weight", "weights"),
  ])
  func `A slip of the finger finds the key that was meant`(typed: String, meant: String) {
    #expect(nearest(to: typed, in: Self.keys) == meant)
  }

  @Test(arguments: ["", "x", "budget", "notice.deadline.hours"])
  func `What is far from every key finds none`(typed: String) {
    #expect(nearest(to: typed, in: Self.keys) == nil)
  }

  @Test func `A longer form of a Chinese name finds the name`() {
    let names = ["建设路", "十字街", "四龙路", "红卫村"]
    #expect(nearest(to: "十字街社区", in: names) == "十字街")
    #expect(nearest(to: "十字路", in: names) == "十字街")
    #expect(nearest(to: "四龙", in: names) == "四龙路")
    #expect(nearest(to: "人民路", in: names) == nil)
  }

  @Test func `A text without end is not compared`() {
    let text = String(repeating: "weights", count: 100_000)
    #expect(nearest(to: text, in: Self.keys) == nil)
    #expect(nearest(to: "weights of blocks", in: Self.keys) == "weights")
  }

  @Test func `Of equally close names the first one wins`() {
    #expect(nearest(to: "sll-0", in: ["sll-02", "sll-01"]) == "sll-02")
  }

  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3),
    ("十字街", "十字路", 1), ("ca", "abc", 3),
  ])
  func `Edits are counted, a swap of neighbours as one`(left: String, right: String, edits: Int) {
    #expect(editDistance(left, right) == edits)
    #expect(editDistance(right, left) == edits)
  }
}
