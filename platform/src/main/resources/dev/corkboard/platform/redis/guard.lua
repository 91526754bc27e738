-- SPDX-FileCopyrightText: The Corkboard Authors
-- SPDX-License-Identifier: Apache-2.0

-- Announces a write: no value is readable and none can be filled until the release or the deadline.
-- KEYS: value, leases, guards. ARGV: token, guard in ms. The deadline is in the server's own time.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
redis.call('ZADD', KEYS[3], now + ARGV[2], ARGV[1])
if redis.call('PTTL', KEYS[3]) < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', KEYS[3], ARGV[2])
end
redis.call('DEL', KEYS[1], KEYS[2])
return 1
