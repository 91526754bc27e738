// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.Fixtures.await;
import static dev.corkboard.collage.Fixtures.newId;
import static dev.corkboard.collage.Fixtures.request;
import static dev.corkboard.collage.document.Documents.add;
import static dev.corkboard.collage.document.Documents.ids;
import static dev.corkboard.collage.document.Documents.layer;
import static dev.corkboard.collage.document.Documents.shape;
import static dev.corkboard.collage.document.Documents.turn;
import static dev.corkboard.collage.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/**
 * Sixteen editors of one collage, in processes of their own. Each adds layers, made of a stale
 * base, and counts: it turns one shared layer by a degree more than it saw.
 */
final class ParallelEditors {
  private static final int EDITORS = 16;
  private static final int LAYERS_EACH = 4;
  private static final int TURNS_EACH = 4;
  private static final int PROCESSES = 4;
  private static final Retention RETENTION = new Retention(5, 40, 1 << 20, 20, 2, 40);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BACK_OFF = Duration.ofMillis(10);

  private static final Set<ErrorReason> REFUSALS =
      Set.of(
          ErrorReason.ERROR_REASON_EDIT_CONFLICT, ErrorReason.ERROR_REASON_BASE_REVISION_TOO_OLD);

  private final CollageStore reliable;
  private final List<EditingRig> processes = new ArrayList<>();
  private final long owner = newId();
  private final Queue<Edit> accepted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refused = new AtomicInteger();

  /** Editors that write through one store and are audited through another one on the same data. */
  ParallelEditors(CollageStore faulty, CollageStore reliable) {
    this.reliable = reliable;
    for (int i = 0; i < PROCESSES; i++) processes.add(new EditingRig(faulty, RETENTION));
  }

  /** Lets them edit; nothing may be lost, doubled or torn. */
  void run() throws Exception {
    EditingRig audit = EditingRig.forgetful(reliable, RETENTION);
    StoredCollage collage = audit.create(owner, with(shape("shared")));
    ExecutorService threads = Executors.newFixedThreadPool(EDITORS);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < EDITORS; i++) {
      int number = i;
      running.add(threads.submit(() -> edit(processes.get(number % PROCESSES), collage, number)));
    }
    for (Future<?> one : running) one.get(300, TimeUnit.SECONDS);
    threads.shutdown();
    check(audit, collage);
  }

  private void check(EditingRig audit, StoredCollage collage) {
    int edits = EDITORS * (LAYERS_EACH + TURNS_EACH);
    Document document = audit.document(collage);
    List<String> layers = new ArrayList<>(List.of("shared"));
    for (int i = 0; i < EDITORS; i++) {
      for (int n = 0; n < LAYERS_EACH; n++) layers.add(id(i, n));
    }
    assertThat(ids(document)).containsExactlyInAnyOrderElementsOf(layers);
    assertThat(layer(document, "shared").getPlacement().getRotation())
        .isEqualTo((double) EDITORS * TURNS_EACH);
    assertThat(refused.get()).as("conflicts on the shared layer").isPositive();
    assertThat(audit.read(collage).revision()).isEqualTo(edits);
    assertThat(accepted).extracting(Edit::getRevision).doesNotHaveDuplicates().hasSize(edits);
    long kept = audit.read(collage).keptAfter();
    assertThat(await(reliable.edits(collage.id(), kept, edits)))
        .containsExactlyElementsOf(
            accepted.stream()
                .filter(edit -> edit.getRevision() > kept)
                .sorted((a, b) -> Long.compare(a.getRevision(), b.getRevision()))
                .toList());
    for (EditingRig process : processes) assertThat(process.document(collage)).isEqualTo(document);
  }

  private static String id(int editor, int number) {
    return "layer-" + editor + "-" + number;
  }

  private void edit(EditingRig process, StoredCollage collage, int editor) {
    for (int n = 0; n < Math.max(LAYERS_EACH, TURNS_EACH); n++) {
      long base = process.read(collage).revision();
      if (n < TURNS_EACH) turnOnce(process, collage);
      if (n < LAYERS_EACH) addOnce(process, collage, base, add(shape(id(editor, n))));
    }
  }

  /** Adds to a base that may be too old by now, and then to a newer one. */
  private void addOnce(EditingRig process, StoredCollage collage, long base, Operation operation) {
    Optional<Edit> added = deliver(process, collage, base, operation);
    while (added.isEmpty()) {
      added = deliver(process, collage, process.read(collage).revision(), operation);
    }
  }

  private void turnOnce(EditingRig process, StoredCollage collage) {
    Optional<Edit> turned = Optional.empty();
    while (turned.isEmpty()) {
      StoredCollage read = process.read(collage);
      Document document = await(process.history().document(read, read.revision()));
      double rotation = layer(document, "shared").getPlacement().getRotation();
      turned = deliver(process, collage, read.revision(), turn("shared", rotation + 1));
      if (turned.isEmpty()) refused.incrementAndGet();
    }
  }

  /** As a client does: repeats the request while the outcome is open. Empty when it is refused. */
  private Optional<Edit> deliver(
      EditingRig process, StoredCollage collage, long base, Operation operation) {
    RequestKey request = request("parallel");
    AtomicReference<Optional<Edit>> answer = new AtomicReference<>();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(BACK_OFF)
        .until(
            () -> {
              answer.set(attempt(process, collage, base, operation, request));
              return answer.get() != null;
            });
    answer.get().ifPresent(accepted::add);
    return answer.get();
  }

  private Optional<Edit> attempt(
      EditingRig process,
      StoredCollage collage,
      long base,
      Operation operation,
      RequestKey request) {
    try {
      return Optional.of(
          await(process.editing().edit(collage.id(), owner, base, List.of(operation), request)));
    } catch (ApiException e) {
      if (REFUSALS.contains(e.reason())) return Optional.empty();
      assertThat(e.reason())
          .isIn(
              ErrorReason.ERROR_REASON_CONTENTION,
              ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED,
              ErrorReason.ERROR_REASON_UNAVAILABLE);
      return null;
    }
  }
}
