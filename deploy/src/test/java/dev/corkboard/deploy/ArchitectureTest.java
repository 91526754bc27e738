// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must never import what; RATIONALE has the table with the reasons. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("dev/corkboard/platform/testing"))
          .importPackages("dev.corkboard");

  private static final String[] DOMAIN_PROTOS = {
    "dev.corkboard.account.v1..",
    "dev.corkboard.board.v1..",
    "dev.corkboard.media.v1..",
    "dev.corkboard.pin.v1.."
  };

  private static final DescribedPredicate<JavaClass> PROTO =
      resideInAPackage("dev.corkboard.*.v1..");

  private static DescribedPredicate<JavaClass> service(String... packages) {
    return resideInAnyPackage(packages).and(not(PROTO));
  }

  private static final DescribedPredicate<JavaClass> ACCOUNT =
      service(
          "dev.corkboard.account..",
          "dev.corkboard.follow..",
          "dev.corkboard.oauth..",
          "dev.corkboard.oidc..");
  private static final DescribedPredicate<JavaClass> BOARD =
      service("dev.corkboard.board..", "dev.corkboard.placement..");
  private static final DescribedPredicate<JavaClass> PIN =
      service("dev.corkboard.pin..", "dev.corkboard.media..");
  private static final DescribedPredicate<JavaClass> COLLAGE = service("dev.corkboard.collage..");
  private static final DescribedPredicate<JavaClass> SERVICES =
      ACCOUNT.or(BOARD).or(PIN).or(COLLAGE);

  /**
   * The wiring of a process: {@code PinServer}, {@code Main}; the servers of platform are not
   * meant.
   */
  private static final DescribedPredicate<JavaClass> WIRING =
      simpleNameEndingWith("Server")
          .or(simpleName("Main"))
          .and(not(resideInAPackage("dev.corkboard.platform..")));

  @Test
  void thereIsAHouseToCheck() {
    for (DescribedPredicate<JavaClass> part :
        List.of(ACCOUNT, BOARD, PIN, COLLAGE, PROTO, WIRING)) {
      assertThat(CLASSES.that(part)).as(part.getDescription()).isNotEmpty();
    }
  }

  @Test
  void protoKnowsProtobufAndGrpcAlone() {
    classes()
        .that(PROTO)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "com.google..", "io.grpc..", "javax.annotation..")
                .or(PROTO))
        .check(CLASSES);
  }

  @Test
  void platformKnowsNoDomain() {
    noClasses()
        .that()
        .resideInAPackage("dev.corkboard.platform..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DOMAIN_PROTOS)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.corkboard.platform..")
        .should()
        .dependOnClassesThat(SERVICES)
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.linecorp.armeria..", "com.fasterxml.jackson.."})
  void httpAndJsonLiveAtTheEdge(String library) {
    noClasses()
        .that(SERVICES.or(resideInAPackage("dev.corkboard.platform..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void servicesNeverSeeEachOther() {
    for (DescribedPredicate<JavaClass> one : List.of(ACCOUNT, BOARD, PIN, COLLAGE)) {
      noClasses().that(one).should().dependOnClassesThat(SERVICES.and(not(one))).check(CLASSES);
    }
  }

  @Test
  void theEdgeSeesNoServiceAndNoStore() {
    noClasses()
        .that()
        .resideInAPackage("dev.corkboard.edge..")
        .should()
        .dependOnClassesThat(
            SERVICES.or(resideInAnyPackage("com.datastax..", "dev.corkboard.platform.cassandra..")))
        .check(CLASSES);
  }

  @Test
  void theDriverStaysInStoresNamedAfterIt() {
    noClasses()
        .that(
            not(
                simpleNameStartingWith("Cassandra")
                    .or(WIRING)
                    .or(insideOf("Cassandra"))
                    .or(
                        resideInAnyPackage(
                            "dev.corkboard.platform.cassandra..", "dev.corkboard.stores.."))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.datastax..")
        .check(CLASSES);
  }

  /** Nested classes and lambdas belong to the class around them. */
  private static DescribedPredicate<JavaClass> insideOf(String prefix) {
    return DescribedPredicate.describe(
        "inside of " + prefix + "*",
        type ->
            type.getEnclosingClass().isPresent()
                && type.getEnclosingClass().get().getSimpleName().startsWith(prefix));
  }

  @Test
  void lettuceStaysInTheCache() {
    noClasses()
        .that(
            not(
                resideInAnyPackage("dev.corkboard.platform.redis..", "dev.corkboard.edge.limit..")
                    .or(WIRING)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.lettuce..")
        .check(CLASSES);
  }

  @Test
  void theSdkOfS3StaysInTheStoreOfMedia() {
    noClasses()
        .that(
            not(
                resideInAPackage("dev.corkboard.media..")
                    .and(simpleNameStartingWith("S3").or(insideOf("S3")))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(CLASSES);
  }

  @Test
  void spansBeginAtFewPlaces() {
    noClasses()
        .that(not(resideInAnyPackage("dev.corkboard.platform..", "dev.corkboard.edge.http..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(CLASSES);
  }

  @Test
  void theEnvironmentIsReadInOnePlace() {
    noClasses()
        .that(
            not(
                resideInAnyPackage("dev.corkboard.platform.config..", "dev.corkboard.stores..")
                    .or(WIRING)))
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(CLASSES);
  }

  @Test
  void deploySeesOfTheServicesOnlyHowToStartThem() {
    noClasses()
        .that()
        .resideInAPackage("dev.corkboard.deploy..")
        .should()
        .dependOnClassesThat(
            SERVICES
                .or(resideInAPackage("dev.corkboard.edge.."))
                .and(not(simpleNameEndingWith("Server").or(simpleNameEndingWith("Config")))))
        .check(CLASSES);
  }

  @Test
  void noNameSaysNothing() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Common")
        .orShould()
        .haveSimpleNameEndingWith("Base")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .check(CLASSES.that(not(PROTO)));
  }
}
