-- SPDX-FileCopyrightText: The Corkboard Authors
-- SPDX-License-Identifier: Apache-2.0

-- Takes the right to fill a value; the last taker wins.
-- KEYS: value, lease, guards. ARGV: token, lease in ms.
-- Returns {0} when a writer's guard stands, {1} when the lease is taken, {2, value} when the value is there.
local value = redis.call('GET', KEYS[1])
if value then
  return {2, value}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('ZCOUNT', KEYS[3], '(' .. now, '+inf') > 0 then
  return {0}
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return {1}
