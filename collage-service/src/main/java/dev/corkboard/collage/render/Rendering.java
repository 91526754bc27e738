// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import com.google.protobuf.ByteString;

/** A finished drawing. */
public record Rendering(String contentType, int width, int height, ByteString bytes) {}
