-- P 居务公开：按时公开、足期保留、提问答复。
local gongyue = require "gongyue"
local common = require "blocks.common"

local function on_time(s)
  return common.in_time(gongyue.obligations, "due", "posted", s.within)
end

-- 法定至少张贴十五日；提前撤下的不算足期。
local function kept(s)
  local ended = gongyue.obligations:where { keep_until = s.within }
  return ended:except { removed = gongyue.less(gongyue.field "keep_until") }, ended
end

local function questions(s)
  return common.in_time(gongyue.questions, "due", "answered", s.within)
end

return {
  id = "publicity", letter = "P", title = { zh = "居务公开", en = "publicity" },
  indicators = {
    { id = "on_time", title = { zh = "按时公开", en = "published in time" },
      weight = 60, curve = "assessment.curve.on_time", rate = on_time },
    { id = "kept", title = { zh = "足期保留", en = "kept on the board" },
      weight = 25, curve = "assessment.curve.kept", rate = kept },
    { id = "questions", title = { zh = "提问按时答复", en = "questions in time" },
      weight = 15, curve = "assessment.curve.questions", rate = questions },
  },
}
