---@meta gongyue

---@class decimal

---@class words
---@field zh string
---@field en? string

---查询：一类记录里的一部分，不会改变
---@class query
local query = {}

---只留下符合全部条件的
---@param conditions any 字段 = 值
---@return query 新的查询
function query:where(conditions) end

---去掉符合全部条件的
---@param conditions any 字段 = 值
---@return query 新的查询
function query:except(conditions) end

---按字段排序
---@param field string 字段
---@param direction? string asc 升序（默认）或 desc 降序
---@return query 新的查询
function query:order(field, direction) end

---最多取多少条
---@param count integer 条数
---@return query 新的查询
function query:limit(count) end

---某日有效的（起 ≤ 日 < 止）
---@param day string 日期
---@return query 新的查询
function query:in_force(day) end

---在另一查询里有对应记录的
---@param other query 另一查询
---@param pairs any { 本查询字段 = "对方字段" } 或同名字段的列表
---@return query 新的查询
function query:having(other, pairs) end

---在另一查询里没有对应记录的
---@param other query 另一查询
---@param pairs any { 本查询字段 = "对方字段" } 或同名字段的列表
---@return query 新的查询
function query:lacking(other, pairs) end

---有多少条
---@return any 条数
function query:count() end

---有没有
---@return boolean 有则 true
function query:exists() end

---合计
---@param field string 字段
---@param options? { missing?: "unknown"|"skip"|"zero" } 缺值怎么算
---@return any 结果
function query:sum(field, options) end

---平均，四舍五入到 places 位（默认 2）
---@param field string 字段
---@param options? { missing?: "unknown"|"skip"|"zero", places?: integer } 缺值怎么算
---@return any 结果
function query:avg(field, options) end

---最小值；没有则 nil
---@param field string 字段
---@param options? { missing?: "unknown"|"skip"|"zero" } 缺值怎么算
---@return any 结果
function query:min(field, options) end

---最大值；没有则 nil
---@param field string 字段
---@param options? { missing?: "unknown"|"skip"|"zero" } 缺值怎么算
---@return any 结果
function query:max(field, options) end

---按字段分组
---@param ... string 一个或几个字段
---@return grouping 分组的查询
function query:group(...) end

---第一条，没有则 nil
---@return record? 记录
function query:first() end

---全部取出，成一个列表
---@return table 记录的列表
function query:list() end

---逐条读取，内存不随条数增加
---@return rows 用于 for … in
function query:each() end

---每个字段一个列表，缺值是 gongyue.missing
---@param ... string 一个或几个字段
---@return ... 与字段同样多的列表
function query:columns(...) end

---登记一条记录
---@param values any 字段 = 值，含 unit
---@return integer 记录的编号
function query:create(values) end

---按字段分组的查询
---@class grouping
local grouping = {}

---每组多少条
---@return any 每组一行：分组字段和结果
function grouping:count() end

---每组合计
---@param field string 字段
---@param options? { missing?: "unknown"|"skip"|"zero" } 缺值怎么算
---@return any 每组一行：分组字段和结果
function grouping:sum(field, options) end

---每组平均
---@param field string 字段
---@param options? { missing?: "unknown"|"skip"|"zero", places?: integer } 缺值怎么算
---@return any 每组一行：分组字段和结果
function grouping:avg(field, options) end

---每组最小值
---@param field string 字段
---@param options? { missing?: "unknown"|"skip"|"zero" } 缺值怎么算
---@return any 每组一行：分组字段和结果
function grouping:min(field, options) end

---每组最大值
---@param field string 字段
---@param options? { missing?: "unknown"|"skip"|"zero" } 缺值怎么算
---@return any 每组一行：分组字段和结果
function grouping:max(field, options) end

---取出的一条记录
---@class record
local record = {}

---字段的状态：present、zero_report、missing、not_applicable、pending
---@param field string 字段
---@return string 状态
function record:state(field) end

---修改记录，要写理由
---@param values any 字段 = 新值；gongyue.missing 清空
---@param reason string 理由，会留存
function record:update(values, reason) end

---条件的右边
---@class comparison
local comparison = {}

---同一记录的另一字段
---@class field
local field = {}

---插件提供的一项
---@class definition
local definition = {}

---没有数值的原因
---@class mark
local mark = {}

---期间；字段：from、to、text、label、kind、days
---@class period
local period = {}

---前一个
---@return period 期间
function period:previous() end

---后一个
---@return period 期间
function period:next() end

---往后第几个，负数往前
---@param count integer 几个
---@return period 期间
function period:offset(count) end

---上年同期
---@return period 期间
function period:last_year() end

---当年1月1日至本期末
---@return period 期间
function period:year_to_date() end

---到本期为止的若干期
---@param count integer 几期
---@return table 期间的列表，从早到晚
function period:trailing(count) end

---日期在不在里面
---@param day string 日期
---@return boolean 在则 true
function period:contains(day) end

---里面的较小期间
---@param kind string 如 month
---@return table 期间的列表
function period:parts(kind) end

---公式正在考核的单位和期间
---@class subject
local subject = {}

---该单位在期末的设置值
---@param key string 设置的代码
---@return any 值
function subject:setting(key) end

---正在写的报告
---@class report
local report = {}

---小标题
---@param text string|words 文字，或 { zh = …, en = … }
function report:heading(text) end

---小标题（同 heading）
---@param text string|words 文字，或 { zh = …, en = … }
function report:section(text) end

---段落
---@param text string|words 文字，或 { zh = …, en = … }
function report:paragraph(text) end

---附注
---@param text string|words 文字，或 { zh = …, en = … }
function report:footnote(text) end

---原样的文字
---@param text string 文字
function report:verbatim(text) end

---表格
---@param columns (string|words|{ title: string|words, align?: "left"|"right"|"center", signed?: boolean })[] 列的列表：标题，或 { title = …, align = "right" }
---@param rows table 行的列表，每行是单元格的列表
---@param caption? string|words 表名
function report:table(columns, rows, caption) end

---条形图
---@param items (string|words|{ title: string|words, value: number|decimal })[] { { title = …, value = … }, … }
---@param title? string|words 图名
function report:bars(items, title) end

---逐项核对的清单
---@class checklist
local checklist = {}

---核对一项；上一项之后读到的记录都记在这一项名下
---@param title string|words 这一项的名称
---@param met boolean 是否具备
function checklist:check(title, met) end

---单位
---@class unit_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field key string 单位代码
---@field name string 名称
---@field english? string 英文名
---@field level string 层级
---@field parent? string 上级
---@field has_committee boolean 已设居委会
---@field from string 起
---@field to? string 止

---单位类型
---@class unit_type_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field typology string 分类法
---@field type string 类型
---@field from string 起
---@field to? string 止

---相邻
---@class adjacency_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field neighbour string 相邻单位
---@field from string 起
---@field to? string 止

---代管
---@class caretaking_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field caretaker string 代管社区
---@field from string 起
---@field to? string 止

---院落
---@class courtyard_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field name string 名称

---楼栋
---@class building_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field name string 名称
---@field number integer 楼号
---@field form string 形式
---@field courtyard? integer 所属院落

---单元（楼门）
---@class stairwell_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field building integer 楼栋
---@field number integer 单元号

---住房（户）
---@class dwelling_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field building? integer 楼栋
---@field stairwell? integer 单元
---@field door? string 门牌
---@field occupied boolean 已入住
---@field rented boolean 出租
---@field low_income? boolean 低保户

---居民
---@class person_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field name string 姓名
---@field birth_year? integer 出生年份
---@field dwelling? integer 住房
---@field residence string 居住类别
---@field aged boolean 六十岁以上
---@field party string 党员
---@field branch? integer 所在支部
---@field phone? string 电话
---@field also_listed? string 另一登记

---任职
---@class post_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field role string 职务
---@field person? integer 任职人
---@field name? string 姓名
---@field building? integer 楼栋
---@field seat? integer 席位
---@field from string 任职起
---@field to? string 任职止
---@field ended_because? string 离任原因

---社区党组织
---@class party_organisation_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field form string 形式
---@field formed string 成立日期

---楼宇党支部（党小组）
---@class party_branch_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field name string 名称
---@field form string 形式
---@field formed string 成立日期

---楼栋居民自治小组
---@class building_group_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field building integer 楼栋
---@field formed string 成立日期

---驻社区单位
---@class resident_unit_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field name string 名称
---@field sort string 类别
---@field phone? string 电话

---社区社会组织
---@class social_organisation_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field name string 名称
---@field sort string 类别
---@field recorded string 备案日期
---@field ended? string 注销日期

---社会组织活动
---@class activity_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field organisation integer 社会组织
---@field day string 日期
---@field title string 内容

---议事会授权
---@class mandate_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field scope string 授权范围
---@field from string 生效
---@field to? string 到期

---试运行
---@class trial_operation_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field from string 开始
---@field to? string 结束

---议事会席位
---@class council_seat_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field number integer 席位号
---@field sort string 席位类别

---议事会会议
---@class session_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field held string 召开日期
---@field subject string 议题
---@field seats_filled integer 在任席位
---@field quorate boolean 达到法定人数
---@field minutes_due? string 纪要应签日
---@field minutes_signed? string 纪要签署日
---@field votes_for? integer 赞成
---@field votes_against? integer 反对
---@field abstained? integer 弃权

---到会
---@class attendance_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field session integer 会议
---@field held string 日期
---@field seat integer 席位
---@field present boolean 到会

---免开批准
---@class excuse_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field month string 月份
---@field granted string 批准日期
---@field reason string 理由

---建议与督办
---@class advice_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field sort string 类别
---@field subject string 内容
---@field raised string 提出日期
---@field due string 应答复日
---@field replied? string 答复日期

---居民公约
---@class convention_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field title string 名称
---@field matter string 事项
---@field field string 领域
---@field state string 状态
---@field in_force? string 生效日期
---@field ended? string 终止日期
---@field review_due? string 年度评估应办日
---@field reviewed? string 评估日期

---事项
---@class case_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field kind string 事项类别
---@field danger boolean 危险
---@field place? string 地点
---@field building? integer 楼栋
---@field estate? string 代管小区
---@field consent? boolean 本人同意
---@field reporter? string 报告人
---@field channel string 渠道
---@field state string 状态
---@field exclusion? string 不计原因
---@field duplicate_of? integer 重复于
---@field reported integer 报告时间
---@field accept_due integer 受理时限
---@field accepted? integer 受理时间
---@field resolve_due integer 办结时限
---@field resolved? integer 办结时间
---@field fed_back? integer 反馈时间
---@field closed? string 归档日期
---@field extended integer 延期次数
---@field red_on? string 红牌日期
---@field recurrence_of? integer 复发于
---@field watch_ends? string 复发观察期止

---满意度回访
---@class callback_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field case integer 事项
---@field called string 回访日期
---@field answered boolean 接通作答
---@field satisfied? boolean 满意
---@field seed integer 抽样种子

---值班日
---@class duty_day_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field worker integer 工作者
---@field day string 日期
---@field status string 状态

---每日巡查
---@class patrol_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field worker integer 工作者
---@field day string 日期
---@field minutes integer 时长
---@field findings integer 发现问题

---民情日志
---@class log_entry_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field worker integer 工作者
---@field day string 日期
---@field text string 内容

---走访计划
---@class visit_plan_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field sort string 对象
---@field month string 月份
---@field worker integer 工作者
---@field dwelling? integer 住房
---@field resident_unit? integer 驻社区单位

---走访
---@class visit_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field plan integer 计划
---@field day string 日期
---@field outcome string 结果

---台账盘点
---@class ledger_count_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field ledger string 台账
---@field month string 月份
---@field opening integer 期初
---@field counted? integer 期末实数

---台账变动
---@class ledger_movement_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field ledger string 台账
---@field day string 日期
---@field cause string 原因
---@field quantity integer 数量（带正负号）
---@field reason? string 更正理由

---公开事项
---@class obligation_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field sort string 类别
---@field title string 标题
---@field decided string 决定日期
---@field due string 应公开日
---@field posted? string 张贴日期
---@field keep_until? string 应保留至
---@field removed? string 撤下日期

---居民提问
---@class question_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field subject string 内容
---@field channel string 渠道
---@field asked string 提问日期
---@field due string 应答复日
---@field answered? string 答复日期

---季度居民问卷
---@class survey_answer_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field panel string 问卷期
---@field completed string 完成日期
---@field answered boolean 作答
---@field satisfied? boolean 满意

---加分事实
---@class merit_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field title string 事由
---@field day string 日期
---@field points decimal 分值
---@field approved? string 批准日期

---查实问题
---@class finding_record : record
---@field id integer 编号
---@field code string 代码
---@field unit string 所属单位
---@field sort string 类别
---@field day string 查实日期
---@field summary string 情况

---@class gongyue
local gongyue = {}

---单位
---@type query
gongyue.units = nil

---单位类型
---@type query
gongyue.unit_types = nil

---相邻
---@type query
gongyue.adjacencies = nil

---代管
---@type query
gongyue.caretakings = nil

---院落
---@type query
gongyue.courtyards = nil

---楼栋
---@type query
gongyue.buildings = nil

---单元（楼门）
---@type query
gongyue.stairwells = nil

---住房（户）
---@type query
gongyue.dwellings = nil

---居民
---@type query
gongyue.persons = nil

---任职
---@type query
gongyue.posts = nil

---社区党组织
---@type query
gongyue.party_organisations = nil

---楼宇党支部（党小组）
---@type query
gongyue.party_branches = nil

---楼栋居民自治小组
---@type query
gongyue.building_groups = nil

---驻社区单位
---@type query
gongyue.resident_units = nil

---社区社会组织
---@type query
gongyue.social_organisations = nil

---社会组织活动
---@type query
gongyue.activities = nil

---议事会授权
---@type query
gongyue.mandates = nil

---试运行
---@type query
gongyue.trial_operations = nil

---议事会席位
---@type query
gongyue.council_seats = nil

---议事会会议
---@type query
gongyue.sessions = nil

---到会
---@type query
gongyue.attendances = nil

---免开批准
---@type query
gongyue.excuses = nil

---建议与督办
---@type query
gongyue.advices = nil

---居民公约
---@type query
gongyue.conventions = nil

---事项
---@type query
gongyue.cases = nil

---满意度回访
---@type query
gongyue.callbacks = nil

---值班日
---@type query
gongyue.duty_days = nil

---每日巡查
---@type query
gongyue.patrols = nil

---民情日志
---@type query
gongyue.log_entries = nil

---走访计划
---@type query
gongyue.visit_plans = nil

---走访
---@type query
gongyue.visits = nil

---台账盘点
---@type query
gongyue.ledger_counts = nil

---台账变动
---@type query
gongyue.ledger_movements = nil

---公开事项
---@type query
gongyue.obligations = nil

---居民提问
---@type query
gongyue.questions = nil

---季度居民问卷
---@type query
gongyue.survey_answers = nil

---加分事实
---@type query
gongyue.merits = nil

---查实问题
---@type query
gongyue.findings = nil

---@type string
gongyue.today = nil

---@type comparison
gongyue.missing = nil

---是其中之一
---@param values any 值的列表
---@return comparison 条件
function gongyue.any(values) end

---小于或等于
---@param value any 值，或 gongyue.field
---@return comparison 条件
function gongyue.at_most(value) end

---大于或等于
---@param value any 值，或 gongyue.field
---@return comparison 条件
function gongyue.at_least(value) end

---小于（日期：早于）
---@param value any 值，或 gongyue.field
---@return comparison 条件
function gongyue.less(value) end

---大于（日期：晚于）
---@param value any 值，或 gongyue.field
---@return comparison 条件
function gongyue.more(value) end

---不是；没有值的也算不是
---@param value any 值、any 或 missing
---@return comparison 条件
function gongyue.isnt(value) end

---在两者之间，含两头
---@param low any 下限
---@param high any 上限
---@return comparison 条件
function gongyue.between(low, high) end

---同一记录的另一字段
---@param name string 字段
---@return field 可放在条件里
function gongyue.field(name) end

---定义公式
---@param definition any 定义的表
---@return definition 定义，放进 init.lua 返回的列表
function gongyue.formula(definition) end

---定义命令
---@param definition any 定义的表
---@return definition 定义，放进 init.lua 返回的列表
function gongyue.command(definition) end

---定义公约（本版尚不支持）
---@param definition any 定义的表
---@return definition 定义，放进 init.lua 返回的列表
function gongyue.convention(definition) end

---定义表单（本版尚不支持）
---@param definition any 定义的表
---@return definition 定义，放进 init.lua 返回的列表
function gongyue.form(definition) end

---不适用：这一项退出，权重由其余项分担。
---@param reason string|words 原因
---@return mark 标记
function gongyue.dropped(reason) end

---缺报：结果无法确定，除非公式另有约定。
---@param reason string|words 原因
---@return mark 标记
function gongyue.unknown(reason) end

---待补：约定日后补报。
---@param reason string|words 原因
---@return mark 标记
function gongyue.pending(reason) end

---零报告：查过，确实没有。
---@return mark 标记
function gongyue.zero_report() end

---逐项核对的清单；rate 返回它，就按具备的项数占全部项数计分
---@return checklist 清单，用 :check 逐项填
function gongyue.checklist() end

---设置的值
---@param key string 设置的代码
---@param options? { unit?: string, on?: string } 问的是谁、哪一天的
---@return any 值
function gongyue.setting(key, options) end

---设置的值从哪里来
---@param key string 设置的代码
---@param options? { unit?: string, on?: string } 问的是谁、哪一天的
---@return string 说明
function gongyue.why(key, options) end

---读的人所用语言的文字
---@param texts string|words { zh = …, en = … }；只写一段文字则两种语言都用它
---@return string 文字
function gongyue.words(texts) end

---在运行日志里记一行
---@param text string 文字
function gongyue.log(text) end

---按公式考核；只在命令里
---@param formula string 公式的代码
---@param period any 期间
---@return any { period, units = { … } }
function gongyue.assess(formula, period) end

---某个函数的说明
---@param name? string 如 "calendar.add_workdays"；不写则列出全部
---@return string 说明
function gongyue.help(name) end

---工作日、时限、期间
gongyue.calendar = {}

---往后数若干个工作日（当日不计；负数往前）
---@param day string 起始日
---@param count integer 几个工作日
---@param counting_first? boolean 起始日是否计入
---@return string 日期
function gongyue.calendar.add_workdays(day, count, counting_first) end

---前一日之后、到后一日为止有几个工作日
---@param from string 前一日（不计）
---@param to string 后一日（计入）
---@return integer 个数；后一日在前则为负
function gongyue.calendar.workdays_between(from, to) end

---是不是工作日
---@param day string 日期
---@return boolean 是则 true
function gongyue.calendar.is_workday(day) end

---放假通知公布前是否可能变动
---@param day string 日期
---@return boolean 是则 true
function gongyue.calendar.is_provisional(day) end

---当日的节日；没有则 nil
---@param day string 日期
---@return string? 名称
function gongyue.calendar.holiday(day) end

---期间里的工作日
---@param period any 期间
---@return table 日期的列表
function gongyue.calendar.workdays(period) end

---期间里的第几个工作日，-1 为最后一个
---@param number integer 第几个
---@param period any 期间
---@return string 日期
function gongyue.calendar.workday(number, period) end

---时限及其算法
---@param day string 起始日
---@param count integer 数目
---@param options? { unit?: "workdays"|"days", counting_first?: boolean } 怎么数
---@return table { due, label, provisional, calendar }
function gongyue.calendar.deadline(day, count, options) end

---往后数若干天（自然日）
---@param day string 起始日
---@param count integer 几天，负数往前
---@return string 日期
function gongyue.calendar.add_days(day, count) end

---两日相差几天
---@param from string 前一日
---@param to string 后一日
---@return integer 天数
function gongyue.calendar.days_between(from, to) end

---星期几：1 为星期一，7 为星期日
---@param day string 日期
---@return integer 1 到 7
function gongyue.calendar.weekday(day) end

---往后数若干个月；月底不够则取当月最后一天
---@param day string 起始日
---@param count integer 几个月
---@return string 日期
function gongyue.calendar.add_months(day, count) end

---某日（或“日 时:分”）的时刻
---@param text string 日期，或 "2026-05-12 09:30"
---@return integer 毫秒数，可与时刻字段比较
function gongyue.calendar.instant(text) end

---时刻所在的日期
---@param instant integer 毫秒数
---@return string 日期
function gongyue.calendar.day(instant) end

---时刻的写法，如 2026-05-12 09:30
---@param instant integer 毫秒数
---@return string 文字
function gongyue.calendar.time(instant) end

---期间；给日期和种类则为该日所在的期间
---@param text any 如 "2026-04"、"2026-Q2"，或日期
---@param kind? string day week ten_days month quarter half_year year
---@return period 期间
function gongyue.calendar.period(text, kind) end

---按字符和显示宽度处理文字
gongyue.text = {}

---有几个字
---@param text string 文字
---@return integer 字数
function gongyue.text.len(text) end

---显示几列宽，汉字占两列
---@param text string 文字
---@return integer 列数
function gongyue.text.width(text) end

---补空格到指定列数
---@param text string 文字
---@param columns integer 列数
---@param align? string left（默认）、right、center
---@return string 文字
function gongyue.text.pad(text, columns, align) end

---从第几个字到第几个字；负数从末尾数
---@param text string 文字
---@param first integer 从第几个
---@param last? integer 到第几个，默认到末尾
---@return string 文字
function gongyue.text.sub(text, first, last) end

---第一次出现在第几个字；没有则 nil
---@param text string 文字
---@param needle string 要找的文字
---@return integer? 第几个字
function gongyue.text.find(text, needle) end

---按分隔文字切开
---@param text string 文字
---@param separator string 分隔文字
---@return table 文字的列表
function gongyue.text.split(text, separator) end

---去掉两头的空白
---@param text string 文字
---@return string 文字
function gongyue.text.trim(text) end

---截到指定列数，截去处写…
---@param text string 文字
---@param columns integer 列数
---@return string 文字
function gongyue.text.truncate(text, columns) end

---JSON 文字
gongyue.json = {}

---写成 JSON；键按字母排序，十进制数写成文字，gongyue.missing 写成 null，空表写成 []
---@param value any 值
---@return string 文字
function gongyue.json.encode(value) end

---读 JSON；null 为 nil，在列表里为 gongyue.missing
---@param text string 文字
---@return any 值
function gongyue.json.decode(text) end

---空的对象：没有填东西时写成 {}，不是 []
---@return any 表
function gongyue.json.object() end

---报告：标题、段落、表格
gongyue.report = {}

---新报告
---@param title? string|words 标题
---@return report 报告；命令返回它就会打印
function gongyue.report.new(title) end

---精确的十进制数；可用 + - * < 和 :eq。不能做表的键，请用 tostring(数)：相等的两个数是两个键
gongyue.decimal = {}

---由文字或整数得到十进制数
---@param value any 如 "12.50"
---@return any 十进制数
function gongyue.decimal.of(value) end

---相除并舍入
---@param number any 整数或十进制数
---@param divisor any 除数
---@param places integer 小数位数
---@param rounding? string half_away 四舍五入（默认）或 half_even
---@return any 十进制数
function gongyue.decimal.div(number, divisor, places, rounding) end

---舍入到几位小数
---@param number any 整数或十进制数
---@param places integer 小数位数
---@param rounding? string half_away 四舍五入（默认）或 half_even
---@return any 十进制数
function gongyue.decimal.round(number, places, rounding) end

---比较大小：-1、0、1
---@param number any 整数或十进制数
---@param other any 另一个数
---@return integer 小于 -1，等于 0，大于 1
function gongyue.decimal.compare(number, other) end

---合计、比率、份额、中位数；全部精确
gongyue.stats = {}

---合计
---@param numbers table 数的列表
---@return any 合计
function gongyue.stats.sum(numbers) end

---平均；空列表为 nil
---@param numbers table 数的列表
---@param places? integer 小数位数，默认 2
---@return any 十进制数
function gongyue.stats.mean(numbers, places) end

---中位数；空列表为 nil
---@param numbers table 数的列表
---@param places? integer 小数位数，默认 2
---@return any 十进制数
function gongyue.stats.median(numbers, places) end

---分子占分母的百分之几；分母为 0 则 nil（不适用）
---@param numerator any 分子
---@param denominator any 分母
---@param places? integer 小数位数，默认 2
---@return any 百分数
function gongyue.stats.rate(numerator, denominator, places) end

---各数占合计的百分之几，合起来正好 100
---@param numbers table 数的列表
---@param places? integer 小数位数，默认 2
---@return any 百分数的列表；合计为 0 则 nil
function gongyue.stats.shares(numbers, places) end

return gongyue
