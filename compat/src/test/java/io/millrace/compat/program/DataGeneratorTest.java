package io.millrace.compat.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink's DataGenerator of both generations prints lines until it is cancelled. */
@Timeout(60)
class DataGeneratorTest {
    private static final String MAIN = "org.apache.flink.streaming.examples.datagen.DataGenerator";
    private static final int ENOUGH = 12;

    @ParameterizedTest
    @ValueSource(strings = {FlinkJar.EXAMPLES_1, FlinkJar.EXAMPLES_2})
    void printsNumbersUntilItIsCancelled(String jar) throws Exception {
        try (FlinkJar program = FlinkJar.open(jar, 2);
                Printed printed = Printed.open(ENOUGH)) {
            Thread main = program.start(MAIN);
            printed.awaitEnough();
            program.cancelJobs();
            main.join();

            assertThat(printed.lines())
                    .hasSizeGreaterThanOrEqualTo(ENOUGH)
                    .allMatch(line -> line.matches("Number: \\d+"));
        }
    }
}
