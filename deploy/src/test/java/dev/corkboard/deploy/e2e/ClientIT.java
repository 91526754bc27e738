// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Splitter;
import dev.corkboard.client.ApiClient;
import dev.corkboard.client.ApiException;
import dev.corkboard.client.api.AccountsApi;
import dev.corkboard.client.api.AnalyticsApi;
import dev.corkboard.client.api.BoardsApi;
import dev.corkboard.client.api.CollageEditsApi;
import dev.corkboard.client.api.CollagesApi;
import dev.corkboard.client.api.MediaApi;
import dev.corkboard.client.api.OauthApi;
import dev.corkboard.client.api.PinsApi;
import dev.corkboard.client.api.SearchApi;
import dev.corkboard.client.api.ServiceApi;
import dev.corkboard.client.model.AccountUpdate;
import dev.corkboard.client.model.Board;
import dev.corkboard.client.model.BoardCreate;
import dev.corkboard.client.model.BoardUpdate;
import dev.corkboard.client.model.Canvas;
import dev.corkboard.client.model.Collage;
import dev.corkboard.client.model.CollageCreate;
import dev.corkboard.client.model.CollageEdit;
import dev.corkboard.client.model.CollagePublish;
import dev.corkboard.client.model.CollageUpdate;
import dev.corkboard.client.model.Content;
import dev.corkboard.client.model.Document;
import dev.corkboard.client.model.FollowAccountRequest;
import dev.corkboard.client.model.ImageBase64Source;
import dev.corkboard.client.model.ImageContent;
import dev.corkboard.client.model.Layer;
import dev.corkboard.client.model.Media;
import dev.corkboard.client.model.MediaCreate;
import dev.corkboard.client.model.MediaSource;
import dev.corkboard.client.model.MediaUpload;
import dev.corkboard.client.model.Operation;
import dev.corkboard.client.model.Picture;
import dev.corkboard.client.model.Pin;
import dev.corkboard.client.model.PinCreate;
import dev.corkboard.client.model.PinSave;
import dev.corkboard.client.model.PinUpdate;
import dev.corkboard.client.model.Placement;
import dev.corkboard.client.model.RemoveLayer;
import dev.corkboard.client.model.Section;
import dev.corkboard.client.model.SectionName;
import dev.corkboard.client.model.SetCollageMemberRequest;
import dev.corkboard.client.model.StoredImage;
import dev.corkboard.client.model.VideoSource;
import dev.corkboard.media.video.Videos;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every operation through a client that a generator made from our description of the API. */
class ClientIT {
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete");

  private final EndToEnd suite = EndToEnd.get();
  private final Rest me = suite.newAccount();
  private final Rest other = suite.newAccount();
  private final List<String> called = new ArrayList<>();
  private final ApiClient client = client();

  private ApiClient client() {
    ApiClient made = new ApiClient();
    made.updateBaseUri(suite.edge());
    made.setRequestInterceptor(
        request -> {
          request.header("Authorization", "Bearer " + me.account().token());
          HttpRequest sent = request.copy().build();
          called.add(sent.method() + " " + sent.uri().getPath());
          if (sent.uri().getPath().equals("/v1/uploads")) {
            request.POST(
                HttpRequest.BodyPublishers.ofByteArray(Pictures.bytes("png", 320, 200, 8)));
          }
        });
    return made;
  }

  private static void assertRefused(int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.getCode()).isEqualTo(status));
  }

  @Test
  @DisplayName("a generated client calls every operation there is, but for pages")
  void everyOperation() throws ApiException {
    Board board = boards();
    Pin pin = pins(board);
    media(board);
    analytics(pin);
    accounts();
    publishing(board, edits(collages()));
    service(pin);
    leave(board, pin);
    assertThat(uncalled()).isEmpty();
  }

  private Board boards() throws ApiException {
    BoardsApi api = new BoardsApi(client);
    String name = "Board " + UUID.randomUUID();
    Board board = api.createBoard(new BoardCreate().name(name).description("about"), null);
    assertThat(api.getBoard(board.getId()).getName()).isEqualTo(name);
    api.updateBoard(board.getId(), new BoardUpdate().privacy(BoardUpdate.PrivacyEnum.SECRET), null);
    api.updateBoard(board.getId(), new BoardUpdate().privacy(BoardUpdate.PrivacyEnum.PUBLIC), null);
    assertThat(api.listBoards(25, null, "ALL").getItems()).hasSize(1);
    api.followBoard(board.getId());
    assertThat(api.listFollowedBoards(25, null, true).getItems()).hasSize(1);
    api.unfollowBoard(board.getId());
    assertThat(new SearchApi(client).searchBoards(25, null, name).getItems()).hasSize(1);
    return board;
  }

  private Pin pins(Board board) throws ApiException {
    BoardsApi boards = new BoardsApi(client);
    PinsApi api = new PinsApi(client);
    Section section =
        boards.createSection(board.getId(), new SectionName().name("Section"), "key of a section");
    boards.updateSection(board.getId(), section.getId(), new SectionName().name("Other"), null);
    assertThat(boards.listSections(board.getId(), null, null).getItems().get(0).getName())
        .isEqualTo("Other");
    ImageBase64Source picture = new ImageBase64Source();
    picture.sourceType(ImageBase64Source.SourceTypeEnum.IMAGE_BASE64);
    picture.contentType(ImageBase64Source.ContentTypeEnum.IMAGE_PNG);
    picture.data(Pictures.base64("png", 320, 200, 7));
    Pin pin =
        api.createPin(
            new PinCreate()
                .boardId(board.getId())
                .boardSectionId(section.getId())
                .title("Generated")
                .mediaSource(new MediaSource(picture)),
            null);
    assertThat(api.getPin(pin.getId(), false).getMedia().getImageMedia().getImages())
        .containsKey("600x");
    api.updatePin(pin.getId(), new PinUpdate().description("changed"), null);
    assertThat(api.listSectionPins(board.getId(), section.getId(), 1, null, null, null).getItems())
        .hasSize(1);
    assertThat(api.listBoardPins(board.getId(), 1, null, null, null).getItems()).hasSize(1);
    assertThat(api.listPins(1, null, List.of("REGULAR"), null, null, null, null).getItems())
        .hasSize(1);
    api.savePin(pin.getId(), new PinSave().boardId(board.getId()), null);
    assertThat(new SearchApi(client).searchPins("generated changed", null).getItems()).isNotEmpty();
    assertRefused(403, () -> new SearchApi(client).searchEverywhere("term", "US"));
    boards.deleteSection(board.getId(), section.getId());
    return pin;
  }

  private void media(Board board) throws ApiException {
    MediaApi api = new MediaApi(client);
    MediaUpload upload =
        api.createMedia(new MediaCreate().mediaType(MediaCreate.MediaTypeEnum.VIDEO));
    assertThat(api.listMedia(1, null).getItems().get(0).getMediaId())
        .isEqualTo(upload.getMediaId());
    api.uploadVideo(upload.getUploadParameters().get("key"), video());
    assertThat(api.findMedia(upload.getMediaId()).getStatus())
        .isEqualTo(Media.StatusEnum.SUCCEEDED);
    VideoSource source = new VideoSource().mediaId(upload.getMediaId()).coverImageKeyFrameTime(1);
    source.sourceType(VideoSource.SourceTypeEnum.VIDEO_ID);
    PinCreate create = new PinCreate().boardId(board.getId()).mediaSource(new MediaSource(source));
    PinsApi pins = new PinsApi(client);
    Pin pin = pins.createPin(create, null);
    assertThat(pin.getMedia().getVideoMedia().getDuration().intValue()).isEqualTo(Videos.MILLIS);
    pins.deletePin(pin.getId());
  }

  /** The generated client sends a file as the JSON of its path; its interceptor sends a picture. */
  private Collage collages() throws ApiException {
    StoredImage image = new MediaApi(client).uploadPicture(new File("picture.png"));
    Placement placement = new Placement();
    placement.centerX(BigDecimal.TEN).centerY(BigDecimal.TEN);
    placement.width(BigDecimal.TEN).height(BigDecimal.TEN);
    ImageContent content = new ImageContent().type(ImageContent.TypeEnum.IMAGE);
    content.picture(new Picture().assetKey(image.getAssetKey()));
    Layer layer = new Layer().id("picture").placement(placement).content(new Content(content));
    Document document = new Document().canvas(new Canvas().width(20).height(20));
    CollagesApi api = new CollagesApi(client);
    String id =
        api.createCollage(new CollageCreate().document(document.addLayersItem(layer)), null)
            .getId();
    String title = "Collage " + UUID.randomUUID();
    Collage collage = api.updateCollage(id, new CollageUpdate().title(title), null, null);
    assertThat(api.listCollages(25, null, null, null).getItems().get(0).getTitle())
        .isEqualTo(title);
    String editor = other.account().id();
    SetCollageMemberRequest role = new SetCollageMemberRequest();
    api.setCollageMember(id, editor, role.role(SetCollageMemberRequest.RoleEnum.EDITOR));
    assertThat(api.listCollageMembers(id, 25, null).getItems()).hasSize(2);
    api.removeCollageMember(id, editor);
    api.deleteCollage(id, "\"" + collage.getEtag() + "\"");
    assertThat(api.restoreCollage(id).getState()).isEqualTo(Collage.StateEnum.DRAFT);
    return collage;
  }

  private Collage edits(Collage collage) throws ApiException {
    CollageEditsApi api = new CollageEditsApi(client);
    String id = collage.getId();
    RemoveLayer removal = new RemoveLayer().type(RemoveLayer.TypeEnum.REMOVE_LAYER);
    CollageEdit edit = new CollageEdit().baseRevision(collage.getRevision());
    edit.addOperationsItem(new Operation(removal.layerId("picture")));
    long revision = api.editCollage(id, edit, null).getRevision();
    assertThat(api.undoEdit(id, null).getUndoneRevision()).isEqualTo(revision);
    assertThat(api.restoreRevision(id, revision, null).getRestoredRevision()).isEqualTo(revision);
    api.undoEdit(id, null);
    assertThat(api.listRevisions(id, 25, null).getItems()).hasSizeGreaterThan(3);
    assertRefused(404, () -> api.watchCollage("999", null, null));
    return new CollagesApi(client).getCollage(id, null);
  }

  private void publishing(Board board, Collage collage) throws ApiException {
    CollagesApi api = new CollagesApi(client);
    String id = collage.getId();
    assertThat(collage.getDocument().getLayers()).hasSize(1);
    assertThat(api.renderCollage(id, null, "png", "2x", null)).isNotEmpty();
    assertThat(api.replayCollage(id, null)).isNotEmpty();
    Collage published = api.publishCollage(id, new CollagePublish().boardId(board.getId()));
    String pinId = published.getPublication().getPinId();
    PinsApi pins = new PinsApi(client);
    assertThat(pins.getPin(pinId, false).getCreativeType()).isEqualTo(Pin.CreativeTypeEnum.COLLAGE);
    Collage copy = api.importCollage(api.exportCollage(id, null), null);
    assertThat(copy.getDocument().getLayers()).hasSize(1);
    Collage remix = api.remixCollage(id, null);
    assertThat(api.listRemixes(id, 25, null).getItems().get(0).getId()).isEqualTo(remix.getId());
    assertThat(api.listPinCollages(pinId, 25, null).getItems()).isEmpty();
    assertThat(api.unpublishCollage(id).getState()).isEqualTo(Collage.StateEnum.DRAFT);
  }

  private static File video() {
    try {
      Path file = Files.createTempFile("client", ".mp4");
      file.toFile().deleteOnExit();
      return Files.write(file, Videos.unique()).toFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void analytics(Pin pin) throws ApiException {
    AnalyticsApi api = new AnalyticsApi(client);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    List<String> save = List.of("SAVE");
    assertThat(
            api.getPinAnalytics(pin.getId(), today, today, save, null, null)
                .getAll()
                .getSummaryMetrics()
                .get("SAVE")
                .intValue())
        .isEqualTo(1);
    assertThat(api.getPinsAnalytics(List.of(pin.getId()), today, today, save, null))
        .containsKey(pin.getId());
    assertThat(
            api.getAccountAnalytics(today, today, null, null, null, null, null, save, null)
                .getAll()
                .getDailyMetrics())
        .hasSize(1);
    assertThat(api.getTopPins(today, today, "SAVE", 5, 30).getPins()).hasSize(1);
    assertThat(api.getTopVideoPins(today, today, "SAVE", 5, 30).getPins()).isEmpty();
  }

  @SuppressWarnings("deprecation")
  private void accounts() throws ApiException {
    AccountsApi api = new AccountsApi(client);
    assertThat(api.getAccount().getBoardCount()).isEqualTo(1);
    assertThat(api.updateAccount(new AccountUpdate().about("words")).getAbout()).isEqualTo("words");
    String name = other.account().username();
    assertThat(api.followAccount(name, new FollowAccountRequest()).getUsername()).isEqualTo(name);
    assertThat(api.listFollowing(25, null, null, null).getItems()).hasSize(1);
    assertThat(api.listFollowers(25, null).getItems()).isEmpty();
    api.unfollowAccount(name);
    assertThat(api.listBusinesses()).isEmpty();
    assertThat(api.listWebsites(25, null).getItems()).isEmpty();
    assertThat(api.listInterests(name, 25, null).getItems()).isEmpty();
    assertRefused(403, api::getWebsiteVerification);
    assertRefused(403, () -> api.verifyWebsite(null));
    assertRefused(403, () -> api.unverifyWebsite("site.example"));
    OauthApi oauth = new OauthApi(client);
    assertRefused(401, () -> oauth.issueToken("client_credentials", null, null, null, null, "x"));
    assertRefused(401, () -> oauth.revokeToken("token", null));
  }

  private void service(Pin pin) throws ApiException {
    ServiceApi api = new ServiceApi(client);
    assertThat(api.listKeys().getKeys()).isNotEmpty();
    api.getDescription();
    api.getDocsFile("swagger-ui.css");
    api.getHealth();
    String path = pin.getMedia().getImageMedia().getImages().get("600x").getUrl().getPath();
    List<String> parts = Splitter.on('/').splitToList(path);
    api.getMedia(parts.get(2), parts.get(3));
    api.headMedia(parts.get(2), parts.get(3));
  }

  private void leave(Board board, Pin pin) throws ApiException {
    new PinsApi(client).deletePin(pin.getId());
    new BoardsApi(client).deleteBoard(board.getId());
    assertRefused(404, () -> new BoardsApi(client).getBoard(board.getId()));
  }

  private Set<String> uncalled() {
    Set<String> uncalled = new TreeSet<>();
    JsonNode paths = me.get("/openapi.json").expect(200).json().get("paths");
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          String operation = method.toUpperCase(Locale.ROOT) + " " + path.getKey();
                          if (METHODS.contains(method) && !isCalled(operation)) {
                            uncalled.add(operation);
                          }
                        }));
    uncalled.removeIf(operation -> operation.matches(".* /(oauth.*|docs)"));
    return uncalled;
  }

  private boolean isCalled(String operation) {
    String pattern = operation.replaceAll("\\{[^}]*}", "[^/]+");
    return called.stream().anyMatch(call -> call.matches(pattern));
  }
}
