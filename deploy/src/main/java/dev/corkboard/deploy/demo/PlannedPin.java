// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.demo;

import java.util.List;

/**
 * A Pin of the demo.
 *
 * @param title no other Pin of the demo has
 * @param pictures the numbers of its pictures; several make a carousel
 */
record PlannedPin(String title, String description, String link, List<Integer> pictures) {}
