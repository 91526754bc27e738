// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Ends the {@link TestStores} with the test run; found by JUnit through its service file. */
public final class TestStoresSession implements LauncherSessionListener {
  @Override
  public void launcherSessionClosed(LauncherSession session) {
    TestStores.stop();
  }
}
