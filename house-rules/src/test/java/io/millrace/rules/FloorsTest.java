package io.millrace.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A room uses the floors below it, never above; outside libraries stay in their rooms. */
class FloorsTest {
    /** Each room with the rooms of ours that it may use, itself included without saying so. */
    private record Floor(String room, String... mayUse) {}

    private static final List<Floor> FLOORS =
            List.of(
                    new Floor("api"),
                    new Floor("runtime", "api"),
                    new Floor("coordinator", "api", "runtime"),
                    new Floor("batch", "api", "runtime"),
                    new Floor("hdfs", "api", "runtime", "coordinator"),
                    new Floor("rocks", "api", "runtime"),
                    new Floor("connector", "api"),
                    // It keeps tables in Parquet's files, whose pages the connector reads.
                    new Floor("savepoint", "api", "runtime", "connector"),
                    new Floor("sql", "api", "runtime"),
                    new Floor("cep", "api"),
                    new Floor("ml", "api"),
                    new Floor("state", "api", "runtime", "savepoint"),
                    new Floor("worker", "api", "runtime", "batch"),
                    new Floor("host", "api", "runtime", "coordinator", "batch", "worker"),
                    new Floor(
                            "yarn",
                            "api",
                            "runtime",
                            "coordinator",
                            "batch",
                            "hdfs",
                            "worker",
                            "host"),
                    new Floor(
                            "client",
                            "compat",
                            "api",
                            "runtime",
                            "coordinator",
                            "hdfs",
                            "host",
                            "yarn",
                            "savepoint"),
                    new Floor("testutils", "api", "runtime", "batch", "host"),
                    new Floor("compat"),
                    new Floor("examples", "api", "connector"));

    @TestFactory
    List<DynamicTest> eachRoomUsesOnlyTheFloorsBelow() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Floor floor : FLOORS) {
            List<String> allowed = new ArrayList<>();
            allowed.add("io.millrace." + floor.room() + "..");
            for (String below : floor.mayUse()) {
                allowed.add("io.millrace." + below + "..");
            }
            tests.add(
                    DynamicTest.dynamicTest(
                            floor.room(),
                            () ->
                                    noClasses()
                                            .that()
                                            .resideInAPackage("io.millrace." + floor.room() + "..")
                                            .should()
                                            .dependOnClassesThat(
                                                    resideInAPackage("io.millrace..")
                                                            .and(
                                                                    not(
                                                                            resideInAnyPackage(
                                                                                    allowed.toArray(
                                                                                            String[]
                                                                                                    ::new)))))
                                            .allowEmptyShould(true)
                                            .check(Engine.CLASSES)));
        }
        return tests;
    }

    @Test
    void everyRoomIsOnThePlan() {
        List<String> planned = FLOORS.stream().map(Floor::room).toList();
        assertThat(
                        Engine.CLASSES.stream()
                                .map(type -> type.getPackageName().split("\\.")[2])
                                .distinct())
                .isSubsetOf(planned);
    }

    @Test
    void theApiUsesNothingButTheJdkAndSlf4j() {
        classes()
                .that()
                .resideInAPackage("io.millrace.api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.millrace.api..", "java..", "javax..", "org.slf4j..")
                .check(Engine.CLASSES);
    }

    @TestFactory
    List<DynamicTest> outsideLibrariesStayInTheirRooms() {
        return List.of(
                only(
                        "io.netty..",
                        "io.millrace.runtime.wire..",
                        "io.millrace.runtime.exchange.remote.."),
                only("org.objectweb.asm..", "io.millrace.runtime..", "io.millrace.compat.."),
                only("org.jctools..", "io.millrace.runtime.."),
                only(
                        "net.jpountz..",
                        "io.millrace.runtime.compress..",
                        "io.millrace.connector.parquet.."),
                only("org.xerial.snappy..", "io.millrace.connector.parquet.."),
                only(
                        "org.apache.parquet..",
                        "io.millrace.connector.parquet..",
                        "io.millrace.savepoint.."),
                only("org.apache.orc..", "io.millrace.connector.orc.."),
                only(
                        "com.github.luben..",
                        "io.millrace.runtime.compress..",
                        "io.millrace.connector.parquet.."),
                only(
                        "org.apache.hadoop..",
                        "io.millrace.hdfs..",
                        "io.millrace.yarn..",
                        "io.millrace.client.sandbox..",
                        // ORC's writer has its settings from Hadoop's Configuration.
                        "io.millrace.connector.orc.writer..",
                        // parquet-java's builder has it in a signature that is never called.
                        "io.millrace.connector.parquet.avro.."),
                only("org.rocksdb..", "io.millrace.rocks.."),
                only(
                        "org.apache.avro..",
                        "io.millrace.connector.avro..",
                        "io.millrace.connector.parquet.."),
                only("org.tukaani.xz..", "io.millrace.connector.file.."),
                only(
                        "org.apache.kafka..",
                        "io.millrace.connector.kafka..",
                        "io.millrace.examples.."), // programs name partitions
                only("com.github.benmanes.caffeine..", "io.millrace.connector.jdbc.."),
                only("org.apache.curator..", "io.millrace.hdfs.."),
                only("org.apache.zookeeper..", "io.millrace.hdfs.."),
                only("io.javalin..", "io.millrace.host.rest.."),
                only("org.eclipse.jetty..", "io.millrace.host.rest.."),
                only("picocli..", "io.millrace.client.."));
    }

    private static DynamicTest only(String library, String... rooms) {
        return DynamicTest.dynamicTest(
                library,
                () ->
                        noClasses()
                                .that()
                                .resideOutsideOfPackages(rooms)
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(library)
                                .check(Engine.CLASSES));
    }
}
