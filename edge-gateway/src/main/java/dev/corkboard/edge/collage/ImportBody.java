// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.CreateCollageRequest;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.edge.document.DocumentPictures;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.Base64Text;
import dev.corkboard.edge.json.Echo;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.edge.media.UploadEndpoints;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.error.ApiException.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body of {@code POST /collages/import}: a {@link CollageFile}.
 *
 * @param pictures those that the document shows, by their asset key in the file
 * @param digest SHA-256 of the body
 */
record ImportBody(Collage collage, Map<String, Base64Text> pictures, ByteString digest) {
  private static final int MAX_PICTURES = 500;
  private static final Pattern ASSET_KEY = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final Map<String, String> CONTENT_TYPES =
      Stream.of("image/jpeg", "image/png", "image/webp", "image/gif")
          .collect(Collectors.toMap(Function.identity(), Function.identity()));

  static ImportBody read(byte[] body) {
    CollageFile.check(body);
    ByteString digest = ByteString.copyFrom(Hashing.sha256().hashBytes(body).asBytes());
    Collage.Builder collage = Collage.newBuilder();
    Map<String, Base64Text> pictures = new LinkedHashMap<>();
    JsonReader.document(
        body,
        (name, in) -> {
          if (in.isNull()) return;
          if (name.equals("pictures")) {
            in.object((key, value) -> pictures.put(key(pictures, key), picture(value)));
          } else {
            CreateCollageBody.property(collage, name, in);
          }
        });
    pictures.values().forEach(ImportBody::check);
    pictures.keySet().retainAll(shown(collage.getDocument(), pictures));
    return new ImportBody(collage.build(), pictures, digest);
  }

  private static String key(Map<String, Base64Text> before, String key) {
    if (before.size() == MAX_PICTURES) {
      throw ApiException.invalid(
          "pictures", "has one property too many, constraint: maxProperties=" + MAX_PICTURES);
    }
    if (!ASSET_KEY.matcher(key).matches()) {
      throw ApiException.invalid("pictures", Echo.quoted(key) + " is not an asset key");
    }
    return key;
  }

  private static Base64Text picture(JsonReader in) throws IOException {
    Base64Text[] data = new Base64Text[1];
    boolean[] typed = new boolean[1];
    in.present(
        (name, value) -> {
          if (name.equals("data")) data[0] = value.base64();
          if (name.equals("content_type")) {
            typed[0] = !Params.choose(value.path(), value.string(), CONTENT_TYPES).isEmpty();
          }
        });
    if (!typed[0]) throw in.missing("content_type");
    if (data[0] == null) throw in.missing("data");
    return data[0];
  }

  private static void check(Base64Text data) {
    data.check();
    if (data.size() > UploadEndpoints.MAX_PICTURE) {
      throw ApiException.invalid(
          ErrorReason.ERROR_REASON_IMAGE_TOO_LARGE,
          data.field(),
          data.size() + " bytes, expected at most " + UploadEndpoints.MAX_PICTURE);
    }
  }

  /** What the document shows; fails when some of that is not there. */
  private static Set<String> shown(Document document, Map<String, Base64Text> pictures) {
    Set<String> shown = new HashSet<>();
    List<Violation> missing = new ArrayList<>();
    DocumentPictures.map(
        document,
        (path, picture) -> {
          String key = picture.getAssetKey();
          shown.add(key);
          if (!pictures.containsKey(key)) {
            missing.add(
                new Violation(path + ".asset_key", Echo.quoted(key) + " is not among 'pictures'"));
          }
          return picture;
        });
    if (!missing.isEmpty()) throw ApiException.invalid(missing);
    return shown;
  }

  /**
   * The call, once the pictures are uploaded.
   *
   * @param uploaded the asset key of each picture by the one it has in the file
   */
  CreateCollageRequest toProto(Map<String, String> uploaded, String requestId) {
    Document document =
        DocumentPictures.map(
            collage.getDocument(),
            (path, picture) ->
                Picture.newBuilder().setAssetKey(uploaded.get(picture.getAssetKey())).build());
    Collage.Builder made = collage.toBuilder();
    if (collage.hasDocument()) made.setDocument(document);
    return CreateCollageRequest.newBuilder()
        .setCollage(made)
        .setRequestId(requestId)
        .setRequestDigest(digest)
        .build();
  }
}
