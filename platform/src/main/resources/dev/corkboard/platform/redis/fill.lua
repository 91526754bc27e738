-- SPDX-FileCopyrightText: The Corkboard Authors
-- SPDX-License-Identifier: Apache-2.0

-- Stores a loaded value if nobody wrote since its lease was taken: a write deletes all leases.
-- KEYS: value, leases, guards. ARGV: token, value, life in ms, lease in ms.
-- The life counts from the moment of the lease, not of the fill: a value loaded just before a write that could not
-- place its guard is gone one life after that write.
-- Returns 1 when stored, 0 when refused.
local taken = redis.call('ZSCORE', KEYS[2], ARGV[1])
if not taken then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local age = now - taken
local life = ARGV[3] - age
local stored = 0
if redis.call('ZCOUNT', KEYS[3], '(' .. now, '+inf') == 0 and age < tonumber(ARGV[4]) and life >= 1 then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', life)
  stored = 1
end
redis.call('ZREM', KEYS[2], ARGV[1])
return stored
