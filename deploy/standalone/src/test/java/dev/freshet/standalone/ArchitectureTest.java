package dev.freshet.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The layers of the architecture page, over the classes of every module. */
class ArchitectureTest {
  /** Fewer means that a module was not seen, and that every rule below holds for nothing. */
  private static final int CLASSES_MIN = 250;

  private static JavaClasses classes;

  @BeforeAll
  static void importEverything() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.freshet");
  }

  @Test
  void everyModuleIsSeen() {
    assertThat(classes.size()).isGreaterThanOrEqualTo(CLASSES_MIN);
    for (String module :
        new String[] {
          "schemas",
          "adaptation",
          "encoders",
          "broker",
          "trainer",
          "job",
          "scoreboard",
          "standalone"
        }) {
      Stream<JavaClass> ofModule =
          classes.stream().filter(c -> c.getPackageName().startsWith("dev.freshet." + module));
      assertThat(ofModule).as(module).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().assignedFrom(new EachPackage()).should().beFreeOfCycles().check(classes);
  }

  @Test
  void modulesUseOnlyWhatLiesBeneathThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("schemas")
        .definedBy("dev.freshet.schemas..")
        .layer("adaptation")
        .definedBy("dev.freshet.adaptation..")
        .layer("encoders")
        .definedBy("dev.freshet.encoders..")
        .layer("broker")
        .definedBy("dev.freshet.broker..")
        .layer("trainer")
        .definedBy("dev.freshet.trainer..")
        .layer("job")
        .definedBy("dev.freshet.job..")
        .layer("scoreboard")
        .definedBy("dev.freshet.scoreboard..")
        .layer("standalone")
        .definedBy("dev.freshet.standalone..")
        .whereLayer("standalone")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("scoreboard")
        .mayOnlyBeAccessedByLayers("standalone")
        .whereLayer("job")
        .mayOnlyBeAccessedByLayers("standalone")
        .whereLayer("trainer")
        .mayOnlyBeAccessedByLayers("standalone")
        .whereLayer("broker")
        .mayOnlyBeAccessedByLayers("standalone")
        .whereLayer("encoders")
        .mayOnlyBeAccessedByLayers("trainer", "job", "standalone")
        .whereLayer("adaptation")
        .mayOnlyBeAccessedByLayers("encoders", "trainer", "job", "standalone")
        .check(classes);
  }

  @Test
  void theInnerLoopKnowsNoStreamsAndNoEncoders() {
    noClasses()
        .that()
        .resideInAPackage("dev.freshet.adaptation..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            "org.apache.kafka..",
            "org.apache.avro..",
            "ai.djl..",
            "dev.freshet.schemas..",
            "dev.freshet.encoders..")
        .check(classes);
  }

  @Test
  void schemasKnowNothingElseOfFreshetNorOfStreams() {
    noClasses()
        .that()
        .resideInAPackage("dev.freshet.schemas..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.freshet..", "org.apache.flink..", "org.apache.kafka..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        resideInAnyPackage("dev.freshet.schemas.."))))
        .check(classes);
  }

  @Test
  void protobufStaysAtTheEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.freshet.adaptation.onnx..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.protobuf..", "ai.onnx.proto..", "org.tribuo..")
        .check(classes);
  }

  @Test
  void avroAndJacksonStayInsideSchemas() {
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("dev.freshet.schemas..")
        .and()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should(mention("org.apache.avro", "com.fasterxml.jackson"))
        .check(classes);
  }

  private static ArchCondition<JavaMethod> mention(String... packages) {
    return new ArchCondition<>("mention types of " + String.join(", ", packages)) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
            .filter(type -> Stream.of(packages).anyMatch(type.getPackageName()::startsWith))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.satisfied(
                            method, method.getFullName() + " mentions " + type.getName())));
      }
    };
  }

  /** Each package is a slice of its own. */
  private static final class EachPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      return SliceIdentifier.of(javaClass.getPackageName());
    }

    @Override
    public String getDescription() {
      return "each package";
    }
  }
}
