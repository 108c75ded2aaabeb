/// What clerks of an invented street write: fresh texts, put together from parts.
enum Texts {
  private static let unitNames = [
    "school": ["小学", "幼儿园", "中学"], "clinic": ["诊所", "口腔诊所"],
    "shop": ["便民超市", "面馆", "理发店", "果蔬店", "五金店", "药店", "早餐铺", "洗衣店", "文具店"],
    "firm": ["装饰公司", "物流站", "机电维修部", "家政公司"], "office": ["粮站", "邮政所", "养护站", "供水站", "税务点"],
    "property_firm": ["物业服务公司"], "cooperative": ["股份经济合作社"], "mine": ["矿山公司生活区管理处"],
  ]

  /// `四龙路果蔬店（三店）` is the twenty-second shop: a name, and which of that name.
  static func unitName(_ sort: String, _ number: Int, _ place: String) -> String {
    let names = unitNames[sort]!
    let round = (number - 1) / names.count
    let suffix = ["", "（二店）", "（三店）", "（四店）", "（五店）", "（六店）"]
    let name = place + names[(number - 1) % names.count]
    return sort == "shop" ? name + suffix[round] : round == 0 ? name : name + "第\(round + 1)部"
  }

  static let organisations = [
    "culture_sport": ["晨练队", "合唱团", "书画社", "棋友会", "秧歌队"],
    "service": ["邻里互助社", "维修角", "银龄陪伴队"], "safety_mediation": ["平安巡防队", "调解工作室"],
    "consultation": ["议事协商小组"], "hub": ["社会组织联合会"],
  ]

  static let activities = [
    "组织例行活动并清点器材", "为行动不便的老人上门服务", "开放日接待新成员", "与物业一起清理楼道杂物",
    "夜间巡查并提醒关好门窗", "节前慰问演出排练", "议事协商小组碰头会", "旧衣与图书交换",
  ]

  /// Places by kind of report, in the order of 八必报; nil where no place is written down.
  static let places: [[String]?] = [
    ["路灯不亮", "井盖松动", "健身器材断裂", "下水管渗漏", "单元门关不上", "消火栓漏水"],
    ["后巷垃圾堆积", "墙面小广告", "巷口占道摊点", "污水外溢"],
    nil,
    ["新入住一户", "合租新增两人", "工友临时借住"],
    nil,
    ["整套出租", "隔间出租", "门面后屋出租"],
    ["楼道堆物堵住通道", "飞线充电", "燃气软管老化", "外墙砖松动", "花盆放在窗沿外"],
    nil,
  ]

  private static let openings = ["上午走访", "下午走访", "早间巡查路过", "入户回访", "随楼栋长走访", "接电话后前往"]
  private static let hosts = ["独居老人家", "新租户家", "低保户家", "院内几家住户", "沿街商铺", "一楼住户", "顶楼住户"]
  private static let matters = [
    "对方反映楼道灯时亮时灭，已查看线路", "提醒电动车不要上楼充电，对方答应配合", "了解家中用药和买菜有没有困难",
    "说明物业费公示的查看方法", "核对常住人口和租住情况，资料已更新", "听取对垃圾投放点位置的意见",
    "商量把晾衣绳移到背街一侧", "询问下水是否仍有返味，暂时没有复发",
  ]
  private static let endings = ["，约定下周再看。", "，已转维修人员。", "，当场答复，对方满意。", "，记入待办，月底前回话。", "，无需进一步处理。"]

  /// Well over the twenty characters that a log entry must have.
  static func log(_ random: inout SplitMix) -> String {
    random.pick(openings) + random.pick(hosts) + "，" + random.pick(matters)
      + random.pick(endings)
  }

  static let questions = [
    "公共维修资金什么时候公布", "院内停车位怎样分配", "健身器材何时修好", "楼道照明电费由谁承担", "低保复审需要带哪些材料",
    "社区食堂几点开门", "快递柜能不能换个位置", "暖气管道今年是否检修",
  ]
  static let advices = [
    "建议在西门加装反光镜", "建议把议事时间改到晚上七点", "建议增设旧衣回收箱", "建议公示栏加装雨棚", "建议错时开放学校操场",
    "督办后巷排水沟清淤", "督办地下室堆物清理", "督办围墙裂缝加固",
  ]
  static let disclosures = [
    "低保和临时救助名单复核结果", "社区工作经费使用说明", "院内道路修补方案", "公共收益使用安排", "楼栋长补贴发放办法", "公益建设项目选定结果",
  ]
}
