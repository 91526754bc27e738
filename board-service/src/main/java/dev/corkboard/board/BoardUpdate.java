// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.v1.Board;
import java.util.function.UnaryOperator;

/**
 * A change of a board's own properties.
 *
 * @param edit makes the wanted board from the current one, or refuses by throwing an {@code
 *     ApiException}; runs again on the newer board when another writer wins
 * @param narrows whether it may take access away from somebody
 * @param etag the etag the current board must have, or empty
 */
record BoardUpdate(
    long boardId,
    long actorId,
    UnaryOperator<Board> edit,
    boolean narrows,
    String etag,
    RequestKey request) {}
