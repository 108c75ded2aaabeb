/// Names of people who do not exist: rare surnames joined to given names by chance.
enum Names {
  private static let surnames = [
    "闻", "柏", "祁", "桑", "鲍", "蒲", "邬", "佟", "岑", "衣", "蔺", "荀", "尚", "糜", "晏", "仇",
    "褚", "宓", "郗", "冼", "巫", "娄", "弓", "栾", "隗", "阚", "幸", "司", "嵇", "逄", "展", "咸",
    "缪", "訾", "邴", "鞠", "卓", "蔚", "闵", "蒙",
  ]
  private static let first = [
    "若", "思", "远", "清", "云", "景", "书", "子", "知", "明", "晓", "安", "文", "嘉", "雨", "星",
    "怀", "静", "秋", "春", "望", "松", "竹", "青", "采", "慕", "亦", "向", "念", "南", "北", "禾",
  ]
  private static let second = [
    "川", "帆", "宁", "舟", "梅", "兰", "岚", "泉", "溪", "石", "林", "航", "霖", "萱", "芸", "棠",
    "朗", "峰", "遥", "真", "和", "平", "月", "琴", "禾", "原", "野", "朴", "澄", "实", "瑾", "桐",
  ]

  static func person(_ random: inout SplitMix) -> String {
    let surname = random.pick(surnames)
    return random.chance(180)
      ? surname + random.pick(second) : surname + random.pick(first) + random.pick(second)
  }

  /// One of the hundred numbers that nobody has.
  static func phone(_ random: inout SplitMix) -> String {
    let number = random.below(100)
    return "0943-000-01" + (number < 10 ? "0" : "") + String(number)
  }
}
