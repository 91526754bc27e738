// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.demo;

/**
 * An encoded picture.
 *
 * @param contentType {@code image/png} or {@code image/jpeg}
 */
record Picture(String contentType, String base64) {}
