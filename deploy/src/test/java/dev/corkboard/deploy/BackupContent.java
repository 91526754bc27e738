// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** Something of everything that two accounts can make. */
final class BackupContent {
  private static final int PINS_A_BOARD = 4;

  private final AccountView demo;
  private final AccountView guest;

  BackupContent(AccountView demo, AccountView guest) {
    this.demo = demo;
    this.guest = guest;
  }

  /** Boards, a section, Pins with pictures, saves, a follow, a collage with a member, published. */
  void make() {
    String board = board(demo, "Reading corners", "PUBLIC");
    String secret = board(demo, "Kept back", "SECRET");
    List<String> pins = new ArrayList<>();
    for (int i = 0; i < PINS_A_BOARD; i++) {
      pins.add(pin(board, i));
      pin(secret, PINS_A_BOARD + i);
    }
    String section = made(demo, "/v5/boards/" + board + "/sections", "{'name':'By windows'}");
    demo.call(
        "PATCH",
        "/v5/pins/" + pins.get(0),
        json("{'board_id':'%s','board_section_id':'%s'}".formatted(board, section)));
    String saved = board(guest, "Saved", "PUBLIC");
    made(guest, "/v5/pins/" + pins.get(1) + "/save", json("{'board_id':'%s'}".formatted(saved)));
    JsonNode other = guest.get("/v5/user_account");
    demo.call("POST", "/v5/user_account/following/" + other.get("username").textValue(), "{}");
    collage(board, pins.get(2), other.get("id").textValue());
  }

  private void collage(String board, String pin, String member) {
    String path =
        "/v1/collages/"
            + made(
                demo,
                "/v1/collages",
                json(
                    """
                    {'title':'Dusk','document':{'canvas':{'width':400,'height':300,
                     'background':{'type':'color','color':'#FFE9D0'}},'layers':[
                     {'id':'cut','placement':{'center_x':200,'center_y':150,'width':120,'height':120},
                      'content':{'type':'cut_out','picture':{'pin_id':'%s'},
                       'crop':{'width':0.5,'height':1},'clip':{'type':'path','d':'M0 0 H1 V1 Z'}}}]}}
                    """
                        .formatted(pin)));
    demo.call(
        "POST",
        path + "/edits",
        json(
            """
            {'base_revision':0,'operations':[{'type':'update_layer',
             'layer':{'id':'cut','opacity':0.8},'update_mask':['opacity']}]}
            """));
    demo.call("PUT", path + "/members/" + member, json("{'role':'editor'}"));
    demo.call("POST", path + "/publish", json("{'board_id':'%s'}".formatted(board)));
    guest.call("POST", path + "/remix", "{}");
  }

  private String board(AccountView owner, String name, String privacy) {
    return made(owner, "/v5/boards", json("{'name':'%s','privacy':'%s'}".formatted(name, privacy)));
  }

  private String pin(String board, int number) {
    return made(
        demo,
        "/v5/pins",
        json(
            """
            {'board_id':'%s','title':'Picture %d','media_source':{'source_type':'image_base64',
             'content_type':'image/png','data':'%s'}}
            """
                .formatted(board, number, picture(number))));
  }

  private static String made(AccountView owner, String path, String body) {
    return owner.call("POST", path, json(body)).get("id").textValue();
  }

  /** JSON with quotation marks that need no escape in Java. */
  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String picture(int number) {
    BufferedImage image = new BufferedImage(120, 80 + number, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(number * 7_919));
    graphics.fillOval(10, 10, 90, 50);
    graphics.dispose();
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return Base64.getEncoder().encodeToString(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
