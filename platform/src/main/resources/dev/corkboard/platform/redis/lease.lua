-- SPDX-FileCopyrightText: The Corkboard Authors
-- SPDX-License-Identifier: Apache-2.0

-- Takes the right to fill a value; several readers may have it at once.
-- KEYS: value, leases, guards. ARGV: token, lease in ms. Times are in the server's own time.
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
-- First what a full server refuses: after another write it would let it pass.
redis.call('ZADD', KEYS[2], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return {1}
