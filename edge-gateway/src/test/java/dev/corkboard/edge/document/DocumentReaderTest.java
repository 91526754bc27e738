// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.platform.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
  private static Document read(String json) {
    List<Document> read = new ArrayList<>();
    JsonReader.document(
        ("{\"document\":" + json + "}").getBytes(StandardCharsets.UTF_8),
        (name, in) -> read.add(DocumentReader.document(in)));
    return read.get(0);
  }

  private static Document layer(String properties) {
    return read("{\"layers\":[{" + properties.replace('\'', '"') + "}]}");
  }

  private static void fails(String properties, String expected) {
    assertThatThrownBy(() -> layer(properties))
        .isInstanceOf(ApiException.class)
        .satisfies(
            e -> {
              var first = ((ApiException) e).violations().get(0);
              assertThat(first.field() + ": " + first.description()).contains(expected);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1e400|is too large",
        "-1e400|is too large",
        "4.9e-324|is too close to 0",
        "1e-310|is too close to 0",
        "-0.0001e-400|is too close to 0",
        "\"1\"|'1' is not of type 'number'",
        "true|true is not of type 'number'",
        "[1]|an array is not of type 'number'",
        "{}|an object is not of type 'number'"
      },
      quoteCharacter = '~')
  void aNumberThatIsNoneNamesItsPlace(String number, String expected) {
    fails("'placement':{'rotation':" + number + "}", "document.layers[0].placement.rotation: ");
    fails("'placement':{'rotation':" + number + "}", expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "+1", "01", "0x1", "1.", ".5", "--1"})
  void whatIsNoNumberInJsonNamesItsPlace(String number) {
    fails("'opacity':" + number, "body: is not valid JSON: ");
    fails("'opacity':" + number, ", in document.layers[0].opacity");
  }

  @Test
  void aNumberOfFourHundredDigitsNamesItsPlace() {
    fails("'opacity':" + "1".repeat(400), ", in document.layers[0].opacity");
    fails("'opacity':0." + "1".repeat(400), ", in document.layers[0].opacity");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "0.0", "-0.0", "0e400", "2.2250738585072014E-308", "1.7976931348623157e308"})
  void numbersAtTheEdgeAreTaken(String number) {
    assertThat(layer("'opacity':" + number).getLayers(0).getOpacity())
        .isEqualTo(Double.parseDouble(number));
  }

  @Test
  void jsonThatIsTooDeepNamesItsPlace() {
    fails("'x':" + "[".repeat(20), ", in document.layers[0].x[0]");
    fails("'content':" + "{'content':".repeat(20), ", in document.layers[0].content");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'content':{}|document.layers[0].content.type: 'type' is a required property",
        "'content':{'type':null}|document.layers[0].content.type: is not of type 'string'",
        "'content':{'type':'video'}|.content.type: 'video' is not one of ['cut_out', 'image',",
        "'content':[]|document.layers[0].content: an array is not of type 'object'",
        "'content':{'type':'cut_out','clip':{'type':'x'}}|.content.clip.type: 'x' is not one of",
        "'content':{'type':'cut_out','clip':{'type':'polygon'}}|.clip.points: 'points' is a required",
        "'content':{'type':'shape','geometry':{'type':'box'}}|.geometry.type: 'box' is not one of",
        "'content':{'type':'shape','fill':{'type':'picture'}}|.fill.type: 'picture' is not one of",
        "'content':{'type':'shape','fill':{'type':'color'}}|.fill.color: 'color' is a required",
        "'content':{'type':'shape','fill':{'stops':[{}],'type':'gradient'}}|.stops[0].offset: 'off",
        "'content':{'type':'stroke','points':[{'x':1,'y':2},{'x':1}]}|.points[1].y: 'y' is a requir",
        "'content':{'type':'stroke','points':[{'x':1,'y':2,'pressure':'hard'}]}|.points[0].pressure:",
        "'content':{'type':'shape','geometry':{'type':'line','to':{'y':1}}}|.geometry.to.x: 'x' is",
        "'content':{'type':'image','picture':{}}|.picture: must have either pin_id or asset_key",
        "'content':{'type':'image','picture':{'pin_id':'5','asset_key':'k'}}|.picture: must have",
        "'content':{'type':'image','picture':{'pin_id':5}}|.picture.pin_id: 5 is not of type 'strin",
        "'content':{'type':'image','picture':{'pin_id':'5','index':-1}}|.picture.index: -1 is less",
        "'content':{'type':'text','alignment':'left'}|.alignment: 'left' is not one of ['center',",
        "'content':{'type':'text','font_weight':400.5}|.font_weight: 400.5 is not of type 'integer'",
        "'blend_mode':'dodge'|document.layers[0].blend_mode: 'dodge' is not one of ['darken',",
        "'placement':{'center_y':1}|.placement.center_x: 'center_x' is a required property",
        "'placement':{'center_x':1,'center_y':null}|.placement.center_y: 'center_y' is a required",
        "'hidden':'no'|document.layers[0].hidden: 'no' is not of type 'boolean'",
        "'id':7|document.layers[0].id: 7 is not of type 'string'"
      },
      quoteCharacter = '~')
  void whatIsWrongIsNamed(String properties, String expected) {
    fails(properties, expected);
  }

  @Test
  void thereAreSoManyAndNoMore() {
    String point = "{'x':0,'y':0},";
    fails(
        "'content':{'type':'stroke','points':[" + point.repeat(10_000) + "1]}",
        ".content.points[10000]: is one item too many, constraint: maxItems=10000");
    fails(
        "'content':{'type':'cut_out','clip':{'type':'polygon','points':["
            + point.repeat(2_000)
            + "1]}}",
        ".clip.points[2000]: is one item too many");
    assertThatThrownBy(() -> read("{\"layers\":[" + "{},".repeat(200) + "{}]}"))
        .hasMessageContaining("maxItems=200");
    assertThatThrownBy(() -> read("{\"groups\":[" + "{},".repeat(100) + "{}]}"))
        .hasMessageContaining("maxItems=100");
  }

  @Test
  void theTypeMayStandAnywhereAndWhatIsNoneOfItsPropertiesIsIgnored() {
    Document document =
        layer(
            "'content':{'points':5,'picture':{'index':2,'x':{'type':'no'},'pin_id':'5'},"
                + "'unheard_of':[{}],'crop':null,'type':'image'}");
    assertThat(document.getLayers(0).getImage().getPicture())
        .isEqualTo(
            Picture.newBuilder()
                .setPin(dev.corkboard.collage.v1.PinPicture.newBuilder().setPinId("5").setIndex(2))
                .build());
    assertThat(document.getLayers(0).getImage().hasCrop()).isFalse();
  }
}
