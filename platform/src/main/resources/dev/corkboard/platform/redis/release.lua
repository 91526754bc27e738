-- SPDX-FileCopyrightText: The Corkboard Authors
-- SPDX-License-Identifier: Apache-2.0

-- Ends a write: its guard goes, and whatever was filled or leased meanwhile.
-- KEYS: value, leases, guards. ARGV: token.
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('DEL', KEYS[1], KEYS[2])
return 1
