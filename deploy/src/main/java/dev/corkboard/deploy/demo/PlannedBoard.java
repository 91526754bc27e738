// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.demo;

import java.util.List;

/**
 * A board of the demo and what is on it.
 *
 * @param pins to be made
 * @param saves titles of the other account's Pins to be saved to it
 */
record PlannedBoard(
    String name, String description, boolean secret, List<PlannedPin> pins, List<String> saves) {}
