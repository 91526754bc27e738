// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.CollageHeaders.Standing;
import dev.corkboard.collage.document.DocumentRules;
import dev.corkboard.collage.document.Editor;
import dev.corkboard.collage.index.CollageIndex;
import dev.corkboard.collage.pins.CollagePins;
import dev.corkboard.collage.pins.Credits;
import dev.corkboard.collage.pins.DecodedPictures;
import dev.corkboard.collage.pins.MediaHolder;
import dev.corkboard.collage.pins.PictureBytes;
import dev.corkboard.collage.pins.PictureSources;
import dev.corkboard.collage.pins.PinDirectory;
import dev.corkboard.collage.render.CollageDrawing;
import dev.corkboard.collage.render.Fonts;
import dev.corkboard.collage.render.RenderExecutor;
import dev.corkboard.collage.render.Replay;
import dev.corkboard.platform.page.PageTokens;
import io.grpc.BindableService;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Everything about collages, wired: the services and the work behind them. */
final class Collages {
  /** Documents that were worked on last, kept in memory: 32 MiB. */
  private static final long RECENT_BYTES = 32 << 20;

  private final List<BindableService> services;
  private final PublishingSweeper publishing;
  private final TrashSweeper trash;

  /** What collages are kept in. */
  record Stores(
      CollageStore collages, CollageHeaders headers, CreationStore creations, CollageIndex index) {}

  /** Whom collages need. */
  record Peers(
      PinDirectory pins,
      MediaHolder media,
      PictureBytes bytes,
      CollagePins collagePins,
      Accounts accounts) {}

  /**
   * What there is to run with.
   *
   * @param editing replays edits
   * @param ids of collages
   */
  record Means(
      RenderExecutor rendering,
      Executor editing,
      EditFeeds feeds,
      PageTokens tokens,
      LongSupplier ids,
      Clock clock) {}

  Collages(Stores stores, Peers peers, Means means, Duration trashLife, Duration publishAge) {
    Clock clock = means.clock();
    DocumentRules rules = DocumentRules.of(Fonts.families());
    Editor editor = new Editor(rules);
    CollageStore store = stores.collages();
    CollageHeaders headers = stores.headers();
    CollageIndex index = stores.index();
    CollageHistory history =
        new CollageHistory(store, editor, Retention.DEFAULT, RECENT_BYTES, means.editing());
    CollageEditing editing =
        new CollageEditing(
            store,
            history,
            editor,
            new Compaction(
                store,
                id ->
                    headers.standing(id, 0).thenApply(found -> found.flatMap(Standing::publishing)),
                history,
                Retention.DEFAULT),
            Retention.DEFAULT,
            clock,
            means.editing());
    CollageAccess access = new CollageAccess(headers, peers.pins());
    Credits credits = new Credits(peers.pins());
    CollageViews views = new CollageViews(access, history, credits);
    PictureSources sources =
        new PictureSources(peers.pins(), peers.media(), peers.bytes(), index, clock);
    CollageCreator creator =
        new CollageCreator(
            store,
            stores.creations(),
            index,
            access,
            history,
            views,
            sources,
            rules,
            means.ids(),
            clock);
    CollageLists lists =
        new CollageLists(index, access, views, history, peers.pins(), means.tokens());
    CollageEdits edits =
        new CollageEdits(
            store, access, editing, history, sources, credits, means.feeds(), means.tokens());
    DecodedPictures pictures = new DecodedPictures(peers.bytes());
    Drawings drawings =
        new Drawings(
            access, history, new CollageDrawing(pictures), new Replay(pictures), means.rendering());
    PublishingSaga saga = new PublishingSaga(headers, peers.collagePins(), clock);
    Publisher publisher =
        new Publisher(
            store,
            headers,
            access,
            history,
            index,
            drawings,
            peers.pins(),
            peers.collagePins(),
            saga,
            clock);
    publishing = new PublishingSweeper(index, headers, saga, publishAge, clock);
    trash = new TrashSweeper(index, headers, peers.media(), clock);
    services =
        List.of(
            new CollageService(
                creator,
                new CollageChanges(store, headers, access, index, trashLife, clock),
                access,
                views,
                lists,
                new CollageMembers(
                    headers, access, index, peers.accounts(), means.tokens(), clock)),
            new EditService(edits, new EditWatching(access, history, edits, means.feeds(), clock)),
            new RenderService(drawings),
            new PublishingService(publisher, creator, lists, views));
  }

  /** To be added to the gRPC server. */
  List<BindableService> services() {
    return services;
  }

  /** Finishes publishings that were left unfinished. */
  CompletionStage<Void> sweepPublishings() {
    return publishing.sweep();
  }

  /** Removes what was long enough in the trash. */
  CompletionStage<Void> sweepTrash() {
    return trash.sweep();
  }
}
