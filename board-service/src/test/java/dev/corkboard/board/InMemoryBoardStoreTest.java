// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

class InMemoryBoardStoreTest implements BoardStoreContract {
  private final InMemoryBoardStore store = new InMemoryBoardStore();

  @Override
  public BoardStore boards() {
    return store;
  }

  @Override
  public void join(long boardId, long accountId, Role role) {
    store.entry(boardId).orElseThrow().members.put(accountId, role);
  }
}
