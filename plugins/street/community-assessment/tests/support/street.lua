-- 测试用的小街道：只写与本条测试有关的记录，其余取寻常的值。
local street = {}

-- 默认值之上改几项；写 false 表示这一项没有值（本来就是“是、否”的除外）。
local flags = { danger = true, quorate = true }

function street.changed(record, fields)
  for name, value in pairs(fields or {}) do
    if value == false and not flags[name] then record[name] = nil else record[name] = value end
  end
  return record
end

--- 一件事项；默认 4 月 1 日报告，按时受理、按时办结。
function street.case(fields)
  return street.changed({
    kind = "facility_damage", danger = false, channel = "head", state = "closed", extended = 0,
    reported = "2026-04-01 09:00",
    accept_due = "2026-04-02 18:00", accepted = "2026-04-02 10:00",
    resolve_due = "2026-04-09 18:00", resolved = "2026-04-08 10:00",
  }, fields)
end

--- 若干条同样的记录。
function street.times(count, make)
  local list = {}
  for number = 1, count do list[number] = make(number) end
  return list
end

--- 一次议事会；默认 4 月 10 日召开，达到法定人数，纪要按时签署。
function street.session(fields)
  return street.changed({
    held = "2026-04-10", subject = "楼道照明", seats_filled = 10, quorate = true,
    minutes_due = "2026-04-15", minutes_signed = "2026-04-14",
  }, fields)
end

--- 用这些记录计分；options 可给 today、settings、period、type。
function street.assess(t, records, options)
  options = options or {}
  local world = {
    today = options.today or "2026-05-12", settings = options.settings,
    units = { { id = "sll-01", name = "甲社区", type = options.type } },
  }
  for collection, list in pairs(records) do world[collection] = list end
  t.world(world)
  return t.formula("community-assessment"):assess {
    unit = "sll-01", period = options.period or "2026-04",
  }
end

return street
