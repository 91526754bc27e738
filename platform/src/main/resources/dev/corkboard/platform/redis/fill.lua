-- SPDX-FileCopyrightText: The Corkboard Authors
-- SPDX-License-Identifier: Apache-2.0

-- Stores a loaded value if nobody wrote or took the lease since.
-- KEYS: value, lease, guards. ARGV: token, value, life in ms, lease in ms.
-- The life counts from the moment of the lease, not of the fill: a value loaded just before a write that could not
-- place its guard is gone one life after that write.
-- Returns 1 when stored, 0 when refused.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('ZCOUNT', KEYS[3], '(' .. now, '+inf') > 0 then
  return 0
end
local life = tonumber(ARGV[3]) - (tonumber(ARGV[4]) - redis.call('PTTL', KEYS[2]))
redis.call('DEL', KEYS[2])
if life < 1 then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', life)
return 1
