package io.millrace.compat.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink's data generators of both generations print lines until they are cancelled. */
@Timeout(60)
class DataGeneratorTest {
    private static final String PACKAGE = "org.apache.flink.streaming.examples.datagen.";
    private static final int ENOUGH = 12;

    @ParameterizedTest
    @ValueSource(strings = {FlinkJar.EXAMPLES_1, FlinkJar.EXAMPLES_2})
    void printsNumbersUntilItIsCancelled(String jar) throws Exception {
        try (FlinkJar program = FlinkJar.open(jar, 2);
                Printed printed = Printed.open(ENOUGH)) {
            Thread main = program.start(PACKAGE + "DataGenerator");
            printed.awaitEnough();
            program.cancelJobs();
            main.join();

            assertThat(printed.lines())
                    .hasSizeGreaterThanOrEqualTo(ENOUGH)
                    .allMatch(line -> line.matches("Number: \\d+"));
        }
    }

    /** Ten letters pass, then none until a checkpoint is complete. */
    @ParameterizedTest
    @ValueSource(strings = {FlinkJar.EXAMPLES_1, FlinkJar.EXAMPLES_2})
    void printsABurstForEachCheckpoint(String jar) throws Exception {
        try (FlinkJar program = FlinkJar.open(jar, 2);
                Printed printed = Printed.open(ENOUGH)) {
            Thread main = program.start(PACKAGE + "DataGeneratorPerCheckpoint");
            printed.awaitEnough();
            program.cancelJobs();
            main.join();

            assertThat(String.join("", printed.lines())).startsWith("abcdefghijab");
        }
    }
}
