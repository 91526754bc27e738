// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures subjects in turn, round by round, so that what slows the machine down slows all of them.
 * Each begins in another place in the next round.
 *
 * @param time each measurement takes
 * @param warmUp each subject is loaded before the first round, up to four times as long when it is
 *     slow
 */
record Rounds(int rounds, Duration time, Duration warmUp) {
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  /** Load before each measurement that is not counted. */
  private static final int LEAD_SHARE = 5;

  private static final int WARM_REQUESTS = 10_000;
  private static final int MOST_WARM_UPS = 4;

  /** The samples of each subject by its name, one a round. */
  Map<String, List<Sample>> run(List<Subject> subjects) {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (Subject subject : subjects) {
      if (samples.put(subject.name(), new ArrayList<>()) != null) {
        throw new IllegalArgumentException("two subjects are called " + subject.name());
      }
      warm(subject);
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < subjects.size(); i++) {
        Subject subject = subjects.get((i + round) % subjects.size());
        subject.prepare();
        subject.load(time.dividedBy(LEAD_SHARE));
        Sample sample = Sample.take(subject, time);
        report("round " + (round + 1), sample, subject);
        samples.get(subject.name()).add(sample);
      }
    }
    return samples;
  }

  /** Long enough for the compiler to have seen its code, also on a busy machine. */
  private void warm(Subject subject) {
    subject.prepare();
    long requests = 0;
    for (int times = 0; times < MOST_WARM_UPS && requests < WARM_REQUESTS; times++) {
      Sample sample = Sample.take(subject, warmUp);
      requests += sample.load().requests();
      report("warm", sample, subject);
    }
  }

  private static void report(String round, Sample sample, Subject subject) {
    log.info(
        "{} {}: {} CPU us, {}/s, p50 {} ms{}",
        round,
        subject.name(),
        String.format(Locale.ROOT, "%.1f", sample.cpu()),
        String.format(Locale.ROOT, "%.0f", sample.load().perSecond()),
        String.format(Locale.ROOT, "%.2f", sample.load().millis(50)),
        sample.load().failed() == 0 ? "" : ", FAILED " + sample.load().failed());
  }
}
