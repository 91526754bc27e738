// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Closes the {@link RunningSuite} after the last test, before the stores it stands on end. */
public final class RunningSuiteEnd implements TestExecutionListener {
  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    RunningSuite.end();
  }
}
