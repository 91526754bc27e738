// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.regex.Pattern;
import org.apache.batik.parser.AWTPathProducer;
import org.apache.batik.parser.ParseException;
import org.apache.batik.parser.PathParser;

/** Path data of SVG 1.1, as an outline with the even-odd rule. */
public final class PathData {
  /** Characters. */
  public static final int MAX_LENGTH = 65_536;

  /** Points, control points counted; an arc counts as the curves it is drawn with. */
  public static final int MAX_POINTS = 2_000;

  /** The farthest that a point may lie from the upper left corner, in boxes. */
  public static final double MAX_COORDINATE = 10;

  private static final Pattern BEGINNING = Pattern.compile("[ \\t\\r\\n]*[Mm]");

  private PathData() {}

  /**
   * Reads path data.
   *
   * @throws IllegalArgumentException if it is empty, too long, has too many points or points too
   *     far out, or is no path data; the message says what is wrong, for whoever wrote it
   */
  public static Path2D parse(String d) {
    if (d.isBlank()) throw new IllegalArgumentException("is empty");
    if (d.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "has %,d characters (at most %,d)".formatted(d.length(), MAX_LENGTH));
    }
    // The producer takes for granted that there is a point to go on from.
    if (!BEGINNING.matcher(d).lookingAt()) {
      throw new IllegalArgumentException("is no path data of SVG: it must begin with a move");
    }
    AWTPathProducer producer = new AWTPathProducer();
    producer.setWindingRule(PathIterator.WIND_EVEN_ODD);
    PathParser parser = new PathParser();
    parser.setPathHandler(producer);
    try {
      parser.parse(d);
    } catch (ParseException e) {
      throw new IllegalArgumentException(
          "is no path data of SVG near line %d, column %d"
              .formatted(e.getLineNumber(), e.getColumnNumber()),
          e);
    }
    Path2D path = new Path2D.Double(producer.getShape());
    check(path);
    return path;
  }

  private static void check(Path2D path) {
    int points = 0;
    double[] at = new double[6];
    for (PathIterator each = path.getPathIterator(null); !each.isDone(); each.next()) {
      int numbers =
          switch (each.currentSegment(at)) {
            case PathIterator.SEG_CLOSE -> 0;
            case PathIterator.SEG_QUADTO -> 4;
            case PathIterator.SEG_CUBICTO -> 6;
            default -> 2;
          };
      points += numbers / 2;
      for (int i = 0; i < numbers; i++) {
        if (!(Math.abs(at[i]) <= MAX_COORDINATE)) {
          throw new IllegalArgumentException(
              "has a coordinate of %s (from -10 to 10)".formatted(at[i]));
        }
      }
    }
    if (points < 2) throw new IllegalArgumentException("draws nothing");
    if (points > MAX_POINTS) {
      throw new IllegalArgumentException(
          "has %,d points (at most %,d)".formatted(points, MAX_POINTS));
    }
  }
}
