// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

/** The trail of a request that is not traced. */
record UntracedTrail(String requestId) implements Trail {}
