local gongyue = require "gongyue"

local function notice(unit, day)
  return gongyue.setting("notice.workdays", { unit = unit, on = day })
end

gongyue.test "向阳村社区的公示期随季节：比街道多两个工作日，或与街道相同" (function(t)
  t.world { today = "2026-05-12", units = { { id = "sll-05", name = "向阳村社区", type = "village_to_city" } } }
  t.equal(notice("sll-05", "2026-02-28"), 5)
  t.equal(notice("sll-05", "2026-03-01"), 7)
  t.equal(notice("sll-05", "2026-10-31"), 7)
  t.equal(notice("sll-05", "2026-11-01"), 5)
end)

gongyue.test "街道改了公示期，社区的函数跟着变，仍不低于街道" (function(t)
  t.world {
    today = "2026-05-12",
    units = { { id = "sll-05", name = "向阳村社区", type = "village_to_city" } },
    settings = { ["notice.workdays"] = 8 },
  }
  t.equal(notice("sll-05", "2026-01-15"), 8)
  t.equal(notice("sll-05", "2026-05-12"), 10)
end)
