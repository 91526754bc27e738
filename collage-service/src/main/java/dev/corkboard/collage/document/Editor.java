// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.document.Draft.NoRoomException;
import dev.corkboard.collage.document.Pass.Checking;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.ReplaceDocument;
import dev.corkboard.collage.v1.UpdateCanvas;
import dev.corkboard.platform.error.ApiException;
import java.util.List;
import java.util.Set;

/**
 * Applies operations to documents, all or none of them. Where no order key is left between two
 * layers, all layers get new ones in the same edit, in the same order.
 */
public final class Editor {
  /** The most operations an edit may have. */
  public static final int MAX_OPERATIONS = 200;

  private static final Set<String> CANVAS_PATHS = Set.of("width", "height", "background");

  private final LayerEdits layers;

  /**
   * What operations made.
   *
   * @param applied the operations with all they left open, as they can be replayed
   * @param inverse the operations that take them back, in order; empty when nothing changed. New
   *     order keys that all layers got stay
   */
  public record Result(Document document, List<Operation> applied, List<Operation> inverse) {}

  public Editor(DocumentRules rules) {
    this.layers = new LayerEdits(rules.layers());
  }

  /**
   * Applies what a client asked for. Fails with INVALID_FIELD, all fields at once, when an
   * operation breaks a limit, names what is not there, or changes what is locked.
   */
  public Result apply(Document document, List<Operation> operations) {
    Checks checks = Checks.begin();
    checks.count("operations", operations.size(), 1, MAX_OPERATIONS);
    checks.throwIfAny();
    return run(document, operations, Checking.ALL);
  }

  /**
   * Applies operations whose values were accepted before: limits of values are not looked at again.
   * Fails as {@link #apply} when the document is not one that they can be applied to.
   */
  public Result applyAgain(Document document, List<Operation> operations) {
    return run(document, operations, Checking.STATE);
  }

  /**
   * Applies operations to the document that they were applied to before; nothing is checked. Fails
   * with INTERNAL when it is another one.
   */
  public Document replay(Document document, List<Operation> operations) {
    try {
      return run(document, operations, Checking.NONE).document();
    } catch (ApiException another) {
      throw ApiException.internal(another);
    }
  }

  private Result run(Document document, List<Operation> operations, Checking checking) {
    Pass pass = new Pass(new Draft(document), checking);
    try {
      return run(pass, document, operations);
    } catch (NoRoomException full) {
      return runSpread(document, operations, checking);
    }
  }

  private Result runSpread(Document document, List<Operation> operations, Checking checking) {
    Pass pass = new Pass(new Draft(document), checking);
    for (Layer layer : pass.draft().spread()) {
      pass.draft().put(layer);
      pass.applied(Operations.reorder(layer));
    }
    try {
      return run(pass, document, operations);
    } catch (NoRoomException full) {
      pass.checks().add("operations", "must leave room between order keys of 64 digits");
      pass.checks().throwIfAny();
      throw full;
    }
  }

  private Result run(Pass pass, Document before, List<Operation> operations) {
    for (int i = 0; i < operations.size(); i++) {
      apply(pass, pass.checks().in("operations", i), operations.get(i));
    }
    Document document = pass.draft().build();
    if (pass.checksState()) DocumentRules.totals(pass.checks(), "operations", document);
    pass.checks().throwIfAny();
    List<Operation> inverse = document.equals(before) ? List.of() : pass.inverse();
    return new Result(document, pass.applied(), inverse);
  }

  private void apply(Pass pass, Checks checks, Operation operation) {
    switch (operation.getOperationCase()) {
      case ADD_LAYER -> layers.add(pass, checks.in("add_layer"), operation.getAddLayer());
      case UPDATE_LAYER ->
          layers.update(pass, checks.in("update_layer"), operation.getUpdateLayer());
      case REMOVE_LAYER ->
          layers.remove(pass, checks.in("remove_layer"), operation.getRemoveLayer());
      case REORDER_LAYER ->
          layers.reorder(pass, checks.in("reorder_layer"), operation.getReorderLayer());
      case UPDATE_CANVAS -> canvas(pass, checks.in("update_canvas"), operation.getUpdateCanvas());
      case ADD_GROUP -> GroupEdits.add(pass, checks.in("add_group"), operation.getAddGroup());
      case UPDATE_GROUP ->
          GroupEdits.update(pass, checks.in("update_group"), operation.getUpdateGroup());
      case REMOVE_GROUP ->
          GroupEdits.remove(pass, checks.in("remove_group"), operation.getRemoveGroup());
      case REPLACE_DOCUMENT -> replace(pass, checks, operation.getReplaceDocument());
      case OPERATION_NOT_SET -> checks.add("operation", "is required");
    }
  }

  private static void canvas(Pass pass, Checks checks, UpdateCanvas operation) {
    List<String> paths = Masks.paths(operation.getUpdateMask());
    if (paths.isEmpty() || !CANVAS_PATHS.containsAll(paths)) {
      checks.add("update_mask", "must hold width, height or background, and these alone");
      return;
    }
    Canvas before = pass.draft().canvas();
    Canvas.Builder builder = before.toBuilder();
    Masks.set(builder, operation.getCanvas(), paths);
    Canvas after = builder.build();
    if (pass.checksLimits()) CanvasRules.check(checks.in("canvas"), after);
    pass.draft().put(after);
    if (after.equals(before)) {
      pass.applied(Operations.update(after, paths));
    } else {
      pass.applied(Operations.update(after, paths), Operations.update(before, paths));
    }
  }

  private static void replace(Pass pass, Checks checks, ReplaceDocument operation) {
    if (pass.checksLimits()) {
      checks.add("replace_document", "is made by the server alone");
      return;
    }
    Document before = pass.draft().build();
    pass.draft().replace(operation.getDocument());
    if (before.equals(operation.getDocument())) {
      pass.applied(Operations.replace(before));
    } else {
      pass.applied(Operations.replace(operation.getDocument()), Operations.replace(before));
    }
  }
}
