-- A formula over every row: two fields of each. Both hosts run this very text.
local minutes, findings, rows = 0, 0, 0
for row in host.each() do
  minutes = minutes + row.minutes
  findings = findings + row.findings
  rows = rows + 1
end
count = rows
return minutes * 1000 + findings
