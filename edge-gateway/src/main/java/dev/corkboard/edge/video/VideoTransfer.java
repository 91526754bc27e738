// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.video;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.stream.StreamMessage;
import dev.corkboard.edge.media.Upload;
import dev.corkboard.media.v1.UploadVideoRequest;
import dev.corkboard.media.v1.Video;
import dev.corkboard.media.v1.VideoServiceGrpc.VideoServiceStub;
import java.util.concurrent.CompletionStage;

/** Passes the bytes of a video on, behind its key. */
final class VideoTransfer {
  private final String key;
  private boolean begun;

  private VideoTransfer(String key) {
    this.key = key;
  }

  /** The video as the service stored it; fails as the service does, or as the bytes do. */
  static CompletionStage<Video> send(
      VideoServiceStub videos, String key, StreamMessage<HttpData> bytes) {
    return Upload.send(videos::uploadVideo, new VideoTransfer(key)::message, bytes);
  }

  private UploadVideoRequest message(ByteString chunk) {
    UploadVideoRequest.Builder message = UploadVideoRequest.newBuilder().setChunk(chunk);
    if (!begun) message.setUploadKey(key);
    begun = true;
    return message.build();
  }
}
