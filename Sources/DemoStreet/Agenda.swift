internal import Governance

/// What the eight councils met about and which conventions they made, with the planted situations.
enum Agenda {
  struct Session {
    let held: Day
    let subject: String
    let present: Int

    /// For, against, abstained.
    var votes: (Int, Int, Int)?
    var minutesLate = false

    init(
      _ month: Int, _ day: Int, _ subject: String, present: Int,
      votes: (Int, Int, Int)? = nil, minutesLate: Bool = false
    ) {
      held = date(2026, month, day)
      self.subject = subject
      self.present = present
      self.votes = votes
      self.minutesLate = minutesLate
    }
  }

  struct Convention {
    let title, matter, field, state: String
    var inForce: Day?
    var reviewed: Day?
  }

  static let sessions: [[Session]] = [
    [
      Session(3, 18, "广场舞公约春季时段", present: 10, votes: (8, 1, 1)),
      // Five of eleven is not more than half of those present: abstentions sink it.
      Session(4, 15, "东院车棚改作充电棚", present: 11, votes: (5, 4, 2)),
      Session(5, 8, "六月高考静音安排", present: 10, votes: (9, 0, 1)),
    ],
    [
      Session(3, 19, "楼道清扫轮值安排", present: 9, votes: (7, 1, 1), minutesLate: true),
      // Ten seats since the head of building 7 resigned: seven are enough.
      Session(4, 22, "堆物清理的提醒步骤", present: 9, votes: (7, 1, 1)),
    ],
    [
      Session(3, 20, "垃圾分类投放时段", present: 9, votes: (6, 2, 1)),
      // A tie is not a pass.
      Session(4, 16, "沿街店铺外摆时段", present: 10, votes: (5, 5, 0)),
    ],
    [
      Session(3, 12, "潮汐停车方案讨论", present: 10, votes: (7, 2, 1)),
      Session(4, 10, "文明养犬公约年度评估", present: 9, votes: (8, 0, 1)),
      Session(5, 11, "代管小区公示栏选址", present: 9, votes: (8, 1, 0)),
    ],
    [
      Session(3, 17, "公益金使用计划", present: 10, votes: (8, 1, 1)),
      // Seven of eleven is no quorum; the matter came back nine days later.
      Session(4, 14, "村口坡道改造", present: 7),
      Session(4, 23, "村口坡道改造", present: 8, votes: (6, 1, 1)),
    ],
    [
      Session(3, 26, "设施认管名单", present: 9, votes: (7, 1, 1)),
      Session(4, 21, "健身区照明", present: 9, votes: (7, 2, 0)),
    ],
    [
      Session(3, 30, "电动自行车充电公约修订", present: 9, votes: (7, 1, 1)),
      Session(5, 7, "补选楼栋长的公示安排", present: 8, votes: (8, 0, 0)),
    ],
    [
      Session(3, 24, "邻里巡逻排班", present: 8, votes: (6, 1, 1)),
      Session(4, 17, "巷口照明与巡逻路线", present: 9, votes: (7, 1, 1)),
    ],
  ]

  private static func inForce(
    _ title: String, _ matter: String, _ field: String, _ day: Day, reviewed: Day? = nil
  ) -> Convention {
    Convention(
      title: title, matter: matter, field: field, state: "in_force", inForce: day,
      reviewed: reviewed)
  }

  static let conventions: [[Convention]] = [
    [inForce("广场舞公约", "广场舞时段与音量", "sanitation", date(2025, 6, 3))],
    [
      inForce("楼道轮值公约", "楼道清扫与堆物", "sanitation", date(2025, 6, 10)),
      Convention(title: "门禁登记公约", matter: "夜间门禁", field: "security", state: "drafted"),
    ],
    [inForce("垃圾分类公约", "投放时段与抽查", "sanitation", date(2025, 7, 1))],
    [
      // Shared parking earns money from common parts, so the owners decide; another is in force beside it.
      Convention(title: "潮汐停车公约", matter: "错时停车", field: "facility_care", state: "blocked"),
      inForce(
        "文明养犬公约", "院内养犬", "sanitation", date(2025, 4, 20), reviewed: date(2026, 4, 10)),
    ],
    [
      inForce("公益建设公约", "小微工程筹资与公开", "public_works", date(2025, 6, 20)),
      inForce(
        "晒场共用公约", "晒场轮用", "public_works", date(2025, 4, 8), reviewed: date(2026, 3, 27)),
    ],
    [
      inForce("设施认管公约", "公共设施认管", "facility_care", date(2025, 6, 16)),
      // Sent back by the street under article 31: it fined people.
      Convention(
        title: "楼前堆物处罚公约", matter: "楼前堆物", field: "sanitation", state: "returned"),
    ],
    [
      inForce("电动自行车充电公约", "室内充电", "security", date(2025, 7, 15)),
      // Its yearly review was due on 20 March and never done.
      inForce("门前三包公约", "楼前卫生", "sanitation", date(2025, 3, 20)),
    ],
    [inForce("邻里巡逻公约", "夜间义务巡逻", "security", date(2025, 8, 1))],
  ]
}
